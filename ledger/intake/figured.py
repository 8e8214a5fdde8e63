"""What a document says of its own figures, all of it; working days are counted where the calendar is known.

Kept apart from `figures`, whose rules only the process needs that reads the document.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.workdays import count_workdays
from ledger.errors import RefusedError
from ledger.intake.claim import Claim, Verdict
from ledger.intake.proposal import Remark  # noqa: TC001 - wire asks for it at run time

if TYPE_CHECKING:
    from ledger.domain.workdays import IsWorkday


@dataclass(frozen=True, slots=True)
class Figures:
    """What a document says of figures, in order.

    Attributes:
        file: Its name as typed.
        remarks: What was left out or guessed when it was read.
    """

    file: str
    claims: tuple[Claim, ...] = ()
    remarks: tuple[Remark, ...] = ()


def with_workdays(claim: Claim, is_workday: IsWorkday) -> Claim:
    """The claim with its working days counted, where it is about working days or is a window of publication.

    Shape: of a year whose holidays are not known yet it stays unclear.
    """
    if claim.first is None or claim.last is None or claim.verdict is Verdict.WRONG:
        return claim
    try:
        count = count_workdays(claim.first, claim.last, is_workday)
        opening = is_workday(claim.first)
    except RefusedError as error:
        return replace(claim, arithmetic=error.message) if claim.unit == "workday" else claim
    if claim.unit != "workday":
        words = _("{words}; of these {count} working days").format(words=claim.arithmetic, count=count)
        return replace(claim, arithmetic=words)
    words = _("{first} to {last}: {count} working days, both ends counted")
    words = words.format(first=claim.first, last=claim.last, count=count)
    printed = int(claim.printed) if claim.printed else None
    verdict, arithmetic = judged_days(words, count, printed, without_first=count - opening)
    return replace(claim, verdict=verdict, expected=str(count), arithmetic=arithmetic)


def judged_days(words: str, count: int, printed: int | None, *, without_first: int) -> tuple[Verdict, str]:
    """What becomes of a number of days, of which some do not count the first, and `words` that show it."""
    if printed in (None, count):
        return Verdict.OK, words
    if printed == without_first:
        return Verdict.UNCLEAR, _("{words}; {count} without the first").format(
            words=words, count=without_first
        )
    return Verdict.WRONG, _("{words}, printed {printed}").format(words=words, printed=printed)
