"""The rung of the ladder that somebody means."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.errors import UsageError

if TYPE_CHECKING:
    from ledger.domain.ladder import Ladder, Rung


def rung_of(ladder: Ladder, word: str) -> Rung:
    """The rung of that code, or called that in documents.

    Raises:
        UsageError: there is none.
    """
    wish = word.strip().casefold()
    for each in ladder.rungs:
        if wish in (each.code.casefold(), each.zh.casefold(), each.en.casefold()):
            return each
    codes = ", ".join(
        each.code if each.code == each.zh else f"{each.code} {each.zh}" for each in ladder.rungs
    )
    raise UsageError(
        _("there is no rung {word}").format(word=word), _("there are: {codes}").format(codes=codes)
    )
