"""Computing anew: rates, sums and differences as exact fractions, rounded half-up, shown in signs."""

from __future__ import annotations

import re
from fractions import Fraction
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ledger.domain.numerals import SCALES
from ledger.intake.claim import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Decimals a rate is shown with at least. Source: docs/contract.md §6.
SHOWN = 1
#: Terms of a long sum that are shown.
_TERMS = 12
_SCALE = re.compile(r"(?<=[0-9])[百千万亿]+$")
#: Percentage points within which a share that was rounded to whole ones lies.
_ABOUT = 1.001
_NOUGHT = Fraction(0)


class Figure(Protocol):
    """A printed number: `slack` is by how much it may be off because it was rounded itself."""

    @property
    def value(self) -> Fraction:
        """In single ones."""

    @property
    def decimals(self) -> int:
        """How many are printed."""

    @property
    def written(self) -> str:
        """As printed."""

    @property
    def slack(self) -> Fraction:
        """By how much the true value may differ."""


class Judged(NamedTuple):
    """What becomes of one printed number: the numbers as plain decimals, and the sum that shows it."""

    verdict: Verdict
    expected: str
    printed: str
    words: str


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Rounded half-up (away from nought) to so many decimals. Source: docs/contract.md §6."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10**decimals)


def _cut(value: Fraction, decimals: int) -> Fraction:
    """Cut off behind so many decimals."""
    scaled = abs(value) * 10**decimals
    whole = scaled.numerator // scaled.denominator
    return Fraction(whole if value >= 0 else -whole, 10**decimals)


def verdict(computed: Fraction, printed: Figure, slack: Fraction = _NOUGHT) -> Verdict:
    """Whether a printed number is the computed one, which may itself be off by `slack`."""
    if rounded(computed, printed.decimals) == printed.value:
        return Verdict.OK
    if slack:
        half = Fraction(1, 2 * 10**printed.decimals)
        return Verdict.OK if abs(computed - printed.value) <= slack + half else Verdict.WRONG
    return Verdict.TRUNCATED if _cut(computed, printed.decimals) == printed.value else Verdict.WRONG


def plain(value: Fraction, decimals: int | None = None) -> str:
    """A number in plain digits: with so many decimals, or with as many as it has (six at most)."""
    if decimals is None:
        decimals = next((each for each in range(6) if (value * 10**each).denominator == 1), 6)
    digits = int(rounded(abs(value), decimals) * 10**decimals)
    whole, behind = divmod(digits, 10**decimals)
    sign = "-" if value < 0 and digits else ""
    return f"{sign}{whole}.{behind:0{decimals}}" if decimals else f"{sign}{whole}"


def about(part: Figure, whole: Figure, printed: Figure) -> bool:
    """Whether a share may be the printed one at all: a quick look before it is computed."""
    return abs(float(part.value) * 100 / float(whole.value) - float(printed.value)) < _ABOUT


def rate(part: Figure, whole: Figure, printed: Figure) -> Judged:
    """A share in per cent: 412 ÷ 515 = 80.0%."""
    computed = part.value * 100 / whole.value
    slack = (part.slack + part.value / whole.value * whole.slack) * 100 / whole.value
    found = verdict(computed, printed, slack)
    return _per_cent(computed, printed, found, f"{part.written} ÷ {whole.written}")


def growth(base: Figure, now: Figure, printed: Figure, *, grew: bool) -> Judged:
    """Growth or a fall in per cent of where it began: (120 - 150) ÷ 150."""
    first, second = (now, base) if grew else (base, now)
    computed = (first.value - second.value) * 100 / base.value
    found = verdict(computed, printed, (base.slack + now.slack) * 100 / base.value)
    return _per_cent(computed, printed, found, f"({first.written} - {second.written}) ÷ {base.written}")


def _per_cent(computed: Fraction, printed: Figure, found: Verdict, sum_: str) -> Judged:
    shown = plain(computed, max(printed.decimals, SHOWN))
    said = plain(printed.value, printed.decimals)
    return Judged(found, shown, said, _ended(f"{sum_} = {shown}%", f"{said}%", found))


def difference(first: Figure, second: Figure, printed: Figure) -> Judged:
    """What is between two numbers: 118 - 49 = 69."""
    return remainder(first, (second,), printed)


def remainder(whole: Figure, parts: Sequence[Figure], printed: Figure) -> Judged:
    """What is left of a whole: 38 - 36 = 2."""
    rest = whole.value - sum((each.value for each in parts), _NOUGHT)
    found = _equal(rest, printed, _slack((whole, *parts)))
    words = f"{' - '.join(each.written for each in (whole, *parts))} = {_scaled(rest, whole)}"
    return Judged(found, plain(rest), plain(printed.value), _ended(words, printed.written, found))


def addition(parts: Sequence[Figure], whole: Figure) -> Judged:
    """A sum: 688 + 4 + 5 = 697."""
    total = sum((each.value for each in parts), _NOUGHT)
    found = _equal(total, whole, _slack(parts))
    written = [each.written for each in parts]
    if len(written) > _TERMS:
        written = [*written[: _TERMS - 2], "…", written[-1]]
    words = _ended(f"{' + '.join(written)} = {_scaled(total, whole)}", whole.written, found)
    return Judged(found, plain(total), plain(whole.value), words)


def _scaled(value: Fraction, like: Figure) -> str:
    """A number in the scale another is printed in: 2亿 and not 200000000 beside 1.8亿."""
    found = _SCALE.search(like.written)
    return plain(value / SCALES[found[0]]) + found[0] if found and found[0] in SCALES else plain(value)


def _slack(figures: Sequence[Figure]) -> Fraction:
    return sum((each.slack for each in figures), _NOUGHT)


def _equal(computed: Fraction, printed: Figure, slack: Fraction) -> Verdict:
    return Verdict.OK if abs(computed - printed.value) <= slack + printed.slack else Verdict.WRONG


def _ended(sum_: str, printed: str, found: Verdict) -> str:
    if found is Verdict.OK:
        return sum_
    if found is Verdict.TRUNCATED:
        return _("{sum}, printed {printed}: cut off, not rounded").format(sum=sum_, printed=printed)
    return _("{sum}, printed {printed}").format(sum=sum_, printed=printed)
