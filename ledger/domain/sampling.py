"""How many to look at again, which ones, and what may be said of the rest: exact, without floats.

Source: sampling without replacement, the hypergeometric distribution; docs/lookback.md has the formulas.
"""

from __future__ import annotations

import hashlib
import math
import re
from bisect import bisect_left
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.text import halfwidth

if TYPE_CHECKING:
    from collections.abc import Iterable

#: A share as people write it: 10%, 2.5 %, 0.1.
_SHARE: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?)\s*(%?)")


class Size(NamedTuple):
    """How many have to be looked at, and what for.

    Shape: were `bad` or more of `population` bad, the chance to see none of them among `sample` drawn would
        be at most one minus the confidence.
    """

    population: int
    bad: int
    sample: int


def share(text: str) -> Fraction | None:
    """The share somebody wrote, above 0 and below 1; None when it is none, or nobody can tell (10).

    Shape: with a sign per cent (10%, ２.５％), without one a decimal fraction (0.1).
    """
    found = _SHARE.fullmatch(halfwidth(text).strip())
    if found is None:
        return None
    value = Fraction(found[1]) / (100 if found[2] else 1)
    return value if 0 < value < 1 else None


def per_cent(value: Fraction) -> str:
    """A share as it is kept and shown: 10%, 2.5%.

    Shape: `value` has at most eight decimals, as `share` gives it.
    """
    whole, decimals = divmod(int(value * 100 * 10**6), 10**6)
    return f"{whole}.{decimals:06}".rstrip("0").rstrip(".") + "%"


def size(population: int, rate: Fraction, confidence: Fraction) -> Size:
    """How many of a population to look at, so that a rate of bad ones would show.

    Shape: bad = ⌈rate × population⌉; the smallest sample in which, were so many bad, none of them would be
        with a probability of at most 1 - confidence. Nothing of nothing.
    """
    bad = math.ceil(rate * population)
    risk = 1 - confidence
    samples = range(population - bad + 1)
    found = bisect_left(samples, True, key=lambda sample: clean_chance(population, bad, sample) <= risk)
    return Size(population, bad, found if population else 0)


def clean_chance(population: int, bad: int, sample: int) -> Fraction:
    """The probability that none of `bad` is among `sample` drawn from `population`.

    Source: hypergeometric, P(X = 0) = C(population - bad, sample) / C(population, sample), which does not
    change when `bad` and `sample` change places.
    """
    few, many = sorted((bad, sample))
    return Fraction(math.comb(population - many, few), math.comb(population, few))


def upper_bound(population: int, sample: int, found: int, confidence: Fraction) -> int:
    """The most that may be bad in a population, `found` bad ones having been seen in a sample of it.

    Shape: the largest number under which so few would be seen with a probability above 1 - confidence;
        whatever the true number is, the bound is not below it with at least that confidence.

    Source: the exact one-sided (Clopper-Pearson) bound for the hypergeometric distribution.
    """
    risk = 1 - confidence
    most = population - (sample - found)
    numbers = range(found, most + 1)
    beyond = bisect_left(numbers, True, key=lambda bad: _at_most(population, bad, sample, found) <= risk)
    return found + beyond - 1


def _at_most(population: int, bad: int, sample: int, found: int) -> Fraction:
    """The probability that at most `found` of `bad` are among those drawn.

    Each number of ways follows from the one before, so that no factorial is worked out twice.
    """
    good = population - bad
    first = max(0, sample - good)
    ways = math.comb(bad, first) * math.comb(good, sample - first)
    total = 0
    for seen in range(first, min(found, bad, sample) + 1):
        total += ways
        ways = ways * (bad - seen) * (sample - seen) // ((seen + 1) * (good - sample + seen + 1))
    return Fraction(total, math.comb(population, sample))


def rank(seed: str, uid: str) -> str:
    """What decides who is drawn: the SHA-256 of the seed and the uid, one behind the other.

    Shape: in hexadecimal; the smallest are drawn first. `printf %s%s SEED UID | sha256sum` gives the same.
    """
    return hashlib.sha256(f"{seed}{uid}".encode()).hexdigest()


def drawn(seed: str, uids: Iterable[str], sample: int) -> list[str]:
    """The uids a seed draws, in the order of their ranks."""
    return sorted(uids, key=lambda uid: rank(seed, uid))[:sample]
