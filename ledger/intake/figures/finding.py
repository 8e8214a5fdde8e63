"""What a rule finds in a paragraph, before it is known where the paragraph stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt

    from ledger.intake.claim import Kind
    from ledger.intake.figures.arithmetic import Judged


class Finding(NamedTuple):
    """A claim with its place in the flat text of its paragraph, and its window where it is about one.

    Attributes:
        start: Where its words begin.
        end: Where they end.
    """

    start: int
    end: int
    kind: Kind
    judged: Judged
    unit: str = ""
    window: tuple[dt.date, dt.date] | None = None
