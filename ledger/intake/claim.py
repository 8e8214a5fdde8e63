"""What a document says about its own figures, and whether it holds."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - wire asks for it at run time
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

#: What is claimed: a rate of two counts; a whole and the states it is split into; a whole and its parts; what
#: is left of a whole; growth or a fall; days from one date to another; one quantity given again.
Kind = Literal["ratio", "sum", "parts", "remainder", "change", "window", "repeat"]


class Verdict(StrEnum):
    """Whether what is printed follows from the other figures.

    `truncated`: cut off where it should have been rounded. `unclear`: a figure it is to follow from is not
    told, or it may be read in two ways.
    """

    OK = "ok"
    WRONG = "wrong"
    TRUNCATED = "truncated"
    UNCLEAR = "unclear"


#: The verdicts somebody should look at.
ALARMS = (Verdict.WRONG, Verdict.TRUNCATED)


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing the document says that other figures of it bear out or not.

    Attributes:
        line: Of a text its line, of Word and web pages the paragraph, of a sheet the row; counted from 1.
        column: Where in that line, or the column of the sheet; counted from 1.
        text: The words, as printed.
        expected: What follows from the other figures, as a plain decimal; None when nothing does.
        printed: What is printed, as a plain decimal; None where only a window of days is named.
        arithmetic: The same in signs or words.
        sheet: The name of the sheet; empty in a text.
        unit: What `expected` and `printed` count: "%", "point" (percentage points), "day", "workday", or the
            measure word printed.
        first: The first day of a window.
        last: Its last day.
    """

    line: int
    column: int
    text: str
    kind: Kind
    verdict: Verdict
    expected: str | None = None
    printed: str | None = None
    arithmetic: str = ""
    unit: str = ""
    sheet: str = ""
    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def alarm(self) -> bool:
        """Whether somebody should look at it."""
        return self.verdict in ALARMS


def as_json(claim: Claim) -> dict[str, Any]:
    """A claim in the shape scripts rely on.

    Source: docs/contract.md §5.
    """
    window = {"from": _iso(claim.first), "to": _iso(claim.last)} if claim.first else None
    shape = asdict(claim)
    return {
        **{name: shape[name] for name in ("line", "column", "text", "kind")},
        "verdict": str(claim.verdict),
        "expected": _number(claim.expected),
        "printed": _number(claim.printed),
        "unit": claim.unit or None,
        "arithmetic": claim.arithmetic,
        "sheet": claim.sheet or None,
        "window": window,
    }


def _number(plain: str | None) -> int | float | None:
    if plain is None:
        return None
    return float(Decimal(plain)) if "." in plain else int(plain)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
