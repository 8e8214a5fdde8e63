"""What is found of figures in a text."""

from __future__ import annotations

from ledger.intake.figures import of_lines
from ledger.intake.lines import split


def found(text: str):
    return of_lines(split(text))


def only(text: str):
    (claim,) = found(text)
    return claim
