"""Keeping issues and measures out of the public edition, with a reason and somebody's consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.acts import withholding
from ledger.domain.text import one_line
from ledger.usecases.change import Desk, Outcome, Work, change
from ledger.usecases.targets import targets

if TYPE_CHECKING:
    from collections.abc import Sequence


def withhold(
    desk: Desk, ids: Sequence[str], kind: str, *, signer: str = "", meeting: str = ""
) -> Outcome[list[str]]:
    """Withhold issues or measures, all of them or none; with an empty `kind` they may be published again.

    Shape: gives the ids, each once; `kind` is one of ledger.domain.withheld.KINDS.

    Raises:
        NotFoundError: there is no such issue or measure.
        RefusedError: no reason is given, or nobody who agreed.
        UsageError: one of them stands like that already.
    """

    def deed(work: Work) -> list[str]:
        agreed = desk.book.people.full(one_line(signer)) if signer else ""
        chosen = {each.draft.name(each.key): each for each in targets(work, ids)}
        for each in chosen.values():
            withholding.withhold(each.draft, each.key, kind, signer=agreed, meeting=one_line(meeting))
        return list(chosen)

    return change(desk, "withhold", deed)
