"""What goes out in a workbook and comes back filled in: which cells may be filled, and whether one was."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from gettext import gettext as _
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.schema import INHERITED
from ledger.domain.text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.domain.issue import Target

#: The hidden sheet of a workbook that comes from a ledger, and the number of its form.
SHEET: Final = "_ledger"
FORM: Final = 1
#: Where the list of rows begins on it.
ROWS: Final = "rows"
#: What stands between two of several names in one cell.
BETWEEN: Final = "、"
#: The most characters a cell of a workbook holds. Source: ECMA-376, ST_Xstring; Excel's own limit.
CELL: Final = 32_767
#: The column for what was done in the period.
PROGRESS: Final = "progress"


class Audience(StrEnum):
    """Who fills a workbook in: the office all of it, or one unit its own."""

    OFFICE = "office"
    UNIT = "unit"


#: The cells each may fill in. What was found and what will be done are the plan's own words: `edit` changes
#: them. Source: docs/contract.md §2 (a plan's deadlines move by request), DOMAIN.md c1, d2.
FILLED: Final[Mapping[Audience, tuple[str, ...]]] = {
    Audience.OFFICE: (
        "unit", "co_units", "leader", "owner", "criterion", "deliverable", "term", "due", "remark",
    ),
    Audience.UNIT: ("owner", "deliverable", "due", "status", "result", "remark", PROGRESS),
}  # fmt: skip
#: What can be seen and not filled in; an edit there is named and not taken.
SHOWN: Final[Mapping[Audience, tuple[str, ...]]] = {
    Audience.OFFICE: ("title", "category", "text", "status", "result"),
    Audience.UNIT: ("title", "category", "text", "leader", "criterion", "term"),
}
#: What measures take from their issue, so that one cell may stand for all of them.
SHARED: Final = frozenset((*INHERITED, "due"))

_DIGITS = 8
#: So many cells are remembered: the columns of a ledger say the same again and again.
_KEPT = 4096
_UNSEEN = re.compile("[\u200c\u200d]")
_ENDS = re.compile(r"[^\S\n]+(?=\n|\Z)")


def plain(value: object) -> str:
    """A value as cells are compared by: what a spreadsheet program may change by itself does not count.

    Shape: dates ISO; line ends LF, none at either end; blanks at the ends of lines do not count.
    """
    if isinstance(value, dt.datetime):
        value = value.date()
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    return _plain(str(value))


@lru_cache(maxsize=_KEPT)
def _plain(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    return _ENDS.sub("", text).strip()


def value_of(target: Target, name: str) -> str:
    """What a field says, in the form cells are compared by; codes stay codes."""
    if name == PROGRESS:
        return ""
    value = getattr(target, name, "")
    return BETWEEN.join(value) if isinstance(value, tuple) else plain(value)


class Prints(NamedTuple):
    """The fingerprint of a row: of each of its cells whether the issue owns it, and the mark of what it said.

    Shape: `cells` leads from a field to (whether the cell is the issue's, mark); see `mark`.
    """

    cells: Mapping[str, tuple[bool, str]]

    def __str__(self) -> str:
        """The form it has in a cell."""
        return " ".join(f"{name}{'^' if own else '='}{said}" for name, (own, said) in self.cells.items())

    @classmethod
    def read(cls, text: str) -> Prints:
        """The fingerprint a cell holds; what is none is left out."""
        found = re.finditer(r"([a-z_]+)([\^=])([0-9a-f]{8}x?)(?= |\Z)", text)
        return cls({each[1]: (each[2] == "^", each[3]) for each in found})


def shown(text: str) -> str:
    """The text as a cell can hold it; where it is too long the cell says so at its end."""
    seen = visible(text)
    if _units(seen) <= CELL:
        return seen
    end = _(" ... (cut: the text has {count} characters, a cell holds {most})").format(
        count=len(text), most=CELL
    )
    kept = seen[: CELL - len(end)]
    return kept[: len(kept) - (_units(kept) - len(kept))] + end


def _units(text: str) -> int:
    """How many characters a spreadsheet program counts. Source: they are units of UTF-16."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


@lru_cache(maxsize=_KEPT)
def mark(text: str) -> str:
    """A short hash of what a cell says; of a cell that does not show all of it, with an x behind it."""
    held = shown(text)
    cut = "x" if held != visible(text) else ""
    return hashlib.sha256(plain(held).encode()).hexdigest()[:_DIGITS] + cut
