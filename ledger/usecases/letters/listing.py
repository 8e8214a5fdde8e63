"""Letters that meet what somebody asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.stretch import ALWAYS, Stretch
from ledger.usecases.letters.reading import letters
from ledger.usecases.letters.rungs import rung_of
from ledger.usecases.naming import meant

if TYPE_CHECKING:
    from ledger.domain.letter import Letter
    from ledger.usecases.sight import Sight


class Wanted(NamedTuple):
    """Which letters are asked for; empty means any.

    Shape: `rung` as people write it; `period` is held against the day of signing, of what was never signed
        against the day it was drafted.
    """

    rung: str = ""
    unit: str = ""
    unanswered: bool = False
    period: Stretch = ALWAYS


def listed(sight: Sight, wanted: Wanted) -> tuple[Letter, ...]:
    """The letters that meet it, in the order of their numbers; void ones are left out.

    Raises:
        UsageError: there is no such rung, neither on the ladder nor on any letter.
    """
    every = [each for each in letters(sight) if each.stage != "void"]
    rung = _rung(sight, wanted.rung, every) if wanted.rung else ""
    units = meant(sight.book.people, wanted.unit) if wanted.unit else ()
    return tuple(
        each
        for each in every
        if (not rung or each.rung == rung)
        and (not units or each.addressee in units)
        and (not wanted.unanswered or standing(each, sight) in ("awaiting", "unanswered"))
        and wanted.period.holds(each.signed_on or each.drafted_on)
    )


def _rung(sight: Sight, word: str, every: list[Letter]) -> str:
    """The code of a rung; one that the ladder has no more is known by its letters."""
    known = {name.casefold(): each.rung for each in every for name in (each.form, each.rung)}
    return known.get(word.strip().casefold()) or rung_of(sight.book.settings.letters, word).code


def standing(letter: Letter, sight: Sight) -> str:
    """How a letter stands, in one code: its stage where that says all."""
    return letter.stage if letter.stage in ("withdrawn", "void") else letter.standing(sight.day)
