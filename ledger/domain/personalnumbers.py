"""Numbers that lead to a person: telephones, identity cards, accounts, and e-mail addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledger.domain.occurrences import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What they look like in a text that is plain.
#: Source: GB 11643-1999 (18 digits, the last may be X); GB/T 14504 and the numbering plan of telephones (11
#: digits beginning with 1; area codes of 3 or 4 digits beginning with 0); accounts as banks print them.
_NUMBERS: Final = re.compile(
    r"""
    [A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+
  | (?<![0-9])(?:
        [1-9]\d{5}[ -]?\d{8}[ -]?\d{3}[0-9Xx]
      | (?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}
      | \(?0\d{2,3}\)?[ -]?\d{7,8}(?:-\d{1,6})?
      | \d{4}(?:\ \d{4}){3,6}(?:\ \d{1,3})?
      | \d{12,30}
    )(?![0-9])
  | (?:(?<=电话)|(?<=热线)|(?<=传真)|(?<=电话[:为是])|(?<=热线[:为是])|(?<=传真[:为是]))
    \d{3,4}-?\d{4}(?![0-9])
    """,
    re.VERBOSE,
)
#: Without so many digits near each other, or an @, there is none of them.
_MAYBE: Final = re.compile(r"[0-9０-９][0-9０-９ ()（）\s－-]{5}|[@＠]")  # noqa: RUF001
_SEPARATORS: Final = re.compile(r"[^0-9A-Za-z@._%+]")


def may_hold(text: str) -> bool:
    """Whether there may be any in a text, as it is written; most are done with by this."""
    return _MAYBE.search(text) is not None


def spans(text: str) -> Iterator[Span]:
    """Where they stand in a text that is plain, from left to right."""
    if may_hold(text):
        for found in _NUMBERS.finditer(text):
            yield Span(found.start(), found.end(), found[0])


def bare(number: str) -> str:
    """A number without what separates its digits, as two of them are compared."""
    digits = _SEPARATORS.sub("", number)
    return digits if "@" in digits else digits.lstrip("+")
