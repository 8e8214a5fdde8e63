"""Sizes of samples, what they prove, and who is drawn: all exact."""

from __future__ import annotations

import hashlib
import itertools
from fractions import Fraction
from math import comb, exp, fsum, lgamma

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.sampling import clean_chance, drawn, per_cent, rank, share, size, upper_bound

TEN, FIVE = Fraction(1, 10), Fraction(1, 20)
NINETY, NINETY_FIVE = Fraction(9, 10), Fraction(19, 20)

#: Source: the sizes the documents' populations call for; each is checked below against all smaller ones.
SIZES = {
    (38, TEN, NINETY): 16,
    (38, TEN, NINETY_FIVE): 20,
    (178, TEN, NINETY): 21,
    (251, TEN, NINETY): 21,
    (327, TEN, NINETY): 21,
    (1786, FIVE, NINETY_FIVE): 58,
    (0, TEN, NINETY): 0,
    (1, TEN, NINETY): 1,
}  # fmt: skip


@pytest.mark.parametrize(("asked", "expected"), SIZES.items())
def test_so_many_have_to_be_looked_at(asked, expected):
    """The sizes the five documents' figures call for."""
    assert size(*asked).sample == expected


def by_counting(population: int, bad: int, sample: int) -> Fraction:
    """The chance to see none of the bad ones, by listing every sample there is."""
    clean = sum(min(each, default=bad) >= bad for each in itertools.combinations(range(population), sample))
    return Fraction(clean, comb(population, sample))


@pytest.mark.parametrize("population", range(1, 11))
@pytest.mark.parametrize("rate", [FIVE, TEN, Fraction(1, 3), Fraction(9, 10)])
@pytest.mark.parametrize("confidence", [Fraction(1, 2), NINETY, NINETY_FIVE])
def test_no_smaller_sample_would_do(population, rate, confidence):
    """The size is the smallest whose risk is small enough; every possible sample was listed to see it."""
    asked = size(population, rate, confidence)
    assert asked.bad == -(-population * rate.numerator // rate.denominator)
    risks = [by_counting(population, asked.bad, each) for each in range(population - asked.bad + 2)]
    assert [clean_chance(population, asked.bad, each) for each in range(len(risks))] == risks
    assert asked.sample == next(n for n, risk in enumerate(risks) if risk <= 1 - confidence)


@given(
    st.integers(1, 2_000),
    st.fractions(Fraction(1, 1000), Fraction(999, 1000), max_denominator=1000),
    st.fractions(Fraction(1, 1000), Fraction(999, 1000), max_denominator=1000),
)
def test_a_size_is_enough_and_one_less_is_not(population, rate, confidence):
    """Whatever is asked for, the risk is kept, and is not kept with one less."""
    asked = size(population, rate, confidence)
    assert clean_chance(population, asked.bad, asked.sample) <= 1 - confidence
    assert asked.sample == 0 or clean_chance(population, asked.bad, asked.sample - 1) > 1 - confidence


def chance_of(population: int, bad: int, sample: int, found: int) -> Fraction:
    """The chance to see so many bad ones."""
    return Fraction(comb(bad, found) * comb(population - bad, sample - found), comb(population, sample))


@pytest.mark.parametrize("confidence", [Fraction(1, 2), NINETY, NINETY_FIVE])
@pytest.mark.parametrize("population", range(1, 19))
def test_the_bound_holds_at_least_as_often_as_it_says(population, confidence):
    """Every true number of bad ones, every sample size, every outcome: the bound covers it often enough."""
    for sample in range(population + 1):
        bounds = {found: upper_bound(population, sample, found, confidence) for found in range(sample + 1)}
        for bad in range(population + 1):
            possible = range(max(0, sample - (population - bad)), min(bad, sample) + 1)
            covered = sum(chance_of(population, bad, sample, x) for x in possible if bounds[x] >= bad)
            assert covered >= confidence, (population, sample, bad)


@pytest.mark.parametrize("confidence", [NINETY, NINETY_FIVE])
def test_the_bound_is_no_larger_than_it_must_be(confidence):
    """One bad more than the bound, and so few would hardly have been seen."""
    for population, sample in ((38, 4), (38, 16), (38, 20), (12, 12)):
        for found in range(sample + 1):
            bound = upper_bound(population, sample, found, confidence)
            assert found <= bound <= population - (sample - found)
            risks = [sum(chance_of(population, bad, sample, x) for x in range(found + 1) if sample - x <= population - bad)
                     for bad in (bound, bound + 1) if bad <= population - (sample - found)]  # fmt: skip
            assert risks[0] > 1 - confidence
            assert len(risks) == 1 or risks[1] <= 1 - confidence


def test_what_small_samples_prove():
    """Four clean ones of 38 leave up to 19 bad, eighteen up to 4; all of them looked at leaves no doubt."""
    assert upper_bound(38, 4, 0, NINETY_FIVE) == 19
    assert upper_bound(38, 18, 0, NINETY_FIVE) == 4
    assert upper_bound(38, 0, 0, NINETY_FIVE) == 38
    assert [upper_bound(38, 38, found, NINETY) for found in (0, 3, 38)] == [0, 3, 38]
    assert upper_bound(0, 0, 0, NINETY) == 0


@given(st.integers(1, 400), st.sampled_from([FIVE, TEN]), st.sampled_from([NINETY, NINETY_FIVE]))
def test_a_clean_sample_of_the_size_proves_the_rate(population, rate, confidence):
    """Size and bound are one calculation: none bad among so many means fewer than the rate allows."""
    asked = size(population, rate, confidence)
    assert upper_bound(population, asked.sample, 0, confidence) < asked.bad


def test_large_populations_are_worked_out_all_the_same():
    """Thirty thousand closed ones with a very small rate, and thousands looked at, are no other case."""
    asked = size(30_000, Fraction(1, 1000), NINETY_FIVE)
    assert clean_chance(30_000, 30, asked.sample) <= FIVE < clean_chance(30_000, 30, asked.sample - 1)
    bound = upper_bound(30_000, 2_000, 1_000, NINETY)
    assert by_logarithms(30_000, bound, 2_000, 1_000) > 0.1 > by_logarithms(30_000, bound + 1, 2_000, 1_000)


def by_logarithms(population: int, bad: int, sample: int, found: int) -> float:
    """The chance to see at most so many bad ones, by another way than exact fractions."""

    def ways(n: int, k: int) -> float:
        return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)

    whole = ways(population, sample)
    return fsum(exp(ways(bad, x) + ways(population - bad, sample - x) - whole) for x in range(found + 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "10%": TEN, "10 %": TEN, "10％": TEN, "１０％": TEN, "０.１": TEN, " 2.5% ": Fraction(1, 40), "0.1": TEN, "0.05": FIVE, "99.9%": Fraction(999, 1000),
        "10": None, "1": None, "0": None, "0%": None, "100%": None, "-5%": None, "ten": None, "": None, "1e1%": None,
        "10%%": None, "0.1%": Fraction(1, 1000), "1/10": None, "1000%": None,
    }.items(),
)  # fmt: skip
def test_a_share_is_read_as_it_was_written(text, expected):
    """A percentage or a fraction below one; what could be either is neither."""
    assert share(text) == expected


@pytest.mark.parametrize("text", ["10%", "2.5%", "99.9%", "0.1%", "0.000001%"])
def test_a_share_is_shown_as_it_is_read(text):
    """What is kept of a share means the same share."""
    assert per_cent(share(text)) == text


def test_who_is_drawn_follows_from_seed_and_uid_alone():
    """The rank is a plain SHA-256 anybody can work out, and the order of the population plays no part."""
    uids = [f"01JX8K2M7Q4Z0T5B1C3F9K2M{n:02}" for n in range(40)]
    assert rank("seed", uids[0]) == hashlib.sha256(b"seed" + uids[0].encode()).hexdigest()
    first = drawn("seed", uids, 7)
    assert drawn("seed", reversed(uids), 7) == first
    assert drawn("seed", uids, 12)[:7] == first
    assert drawn("other", uids, 7) != first
    assert (
        drawn("种子", uids, 3)
        == sorted(uids, key=lambda uid: hashlib.sha256(("种子" + uid).encode()).digest())[:3]
    )
