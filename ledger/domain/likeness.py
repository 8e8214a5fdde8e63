"""How alike two texts are, and which of one list are which of another.

Chinese has no blanks between words, so its characters and their pairs stand for words.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: From here on two texts are taken for two wordings of one thing.
#: Source: 35 titles each reworded by hand: 27 and more of the 35 lie above it, and of the 1,190 pairs that do
#: not belong together two; tests/domain/test_likeness.py.
ALIKE = 0.45

#: Characters of a text that are compared; what two long texts share shows long before.
_COMPARED = 2_000
#: Places looked up for one text, and texts then compared with it: so that time grows with the number
#: of texts and not with its square, whatever they say.
_LOOKED_UP = 600
_COMPARED_WITH = 24
#: As many texts as if they had been seen that share nothing, so that of a few texts none counts as common.
_UNSEEN = 50

_FRAME = re.compile(r"(?:关于|针对)?(?P<core>.+?)(?:方面)?(?:的?问题)?", re.DOTALL)


class Likely(NamedTuple):
    """A text that looks like another.

    Attributes:
        at: Its place in the list it was looked for in, counted from 0.
        score: 1.0 for the same text, less the less they share; never below what was asked for.
    """

    at: int
    score: float


class Pair(NamedTuple):
    """One of ours and one of theirs that are taken for the same thing; places counted from 0."""

    ours: int
    theirs: int
    score: float


def gist(text: str) -> str:
    """What a text says, without width, case, blanks, signs and the frame 关于…的问题.

    Shape: two texts with one gist are the same text; it is empty only where there is no letter or digit.
    """
    bare = "".join(filter(str.isalnum, fold(text)))
    found = _FRAME.fullmatch(bare) if len(bare) <= _COMPARED else None
    return found["core"] if found else bare


def likeness(one: str, other: str) -> float:
    """How alike two texts are.

    Units: 0.0 (no character in common) to 1.0, which only the same gist has: twice what they
        share, divided by what they have (Dice), in characters and pairs of neighbours.
    """
    first, second = gist(one), gist(other)
    marks, others = _marks(first), _marks(second)
    return _score(first == second, 2 * len(marks & others), len(marks) + len(others))


class Shelf:
    """A list of texts among which others are looked for; what many of them share weighs little."""

    def __init__(self, texts: Iterable[str], *, beside: Iterable[str] = ()) -> None:
        """Keep `texts`; those `beside` only help to tell what is common."""
        self._gists = [gist(text) for text in texts]
        self._marks: list[tuple[str, ...]] = []
        self._same: dict[str, list[int]] = {}
        self._where: dict[str, list[int]] = {}
        once: dict[str, str] = {}  # each mark is kept once: of thousands of texts they are most of the memory
        for at, each in enumerate(self._gists):
            marks = tuple([once.setdefault(mark, mark) for mark in _marks(each)])
            self._marks.append(marks)
            self._same.setdefault(each, []).append(at)
            for mark in marks:
                self._where.setdefault(mark, []).append(at)
        self._seen = Counter({mark: len(places) for mark, places in self._where.items()})
        self._total = len(self._gists) + _UNSEEN
        for text in beside:
            self._seen.update(_marks(gist(text)))
            self._total += 1
        self._weights = {mark: self._weight(seen) for mark, seen in self._seen.items()}
        # Exact sums: a set gives its members in another order each time the program runs.
        self._sums = [math.fsum(map(self._weights.__getitem__, marks)) for marks in self._marks]

    def like(self, text: str, *, least: float = ALIKE, most: int = 3) -> list[Likely]:
        """The texts on the shelf that look like this one, the most alike first.

        Shape: at most `most`; of texts equally alike the earlier first; a text without a letter or
            digit is like nothing.
        Units: `least` 0.0 to 1.0.
        """
        wanted = gist(text)
        if not wanted:
            return []
        marks = _marks(wanted)
        new = self._weight(0)
        total = math.fsum(self._weights.get(mark, new) for mark in marks)
        found = []
        for at in dict.fromkeys([*self._same.get(wanted, ())[:most], *self._candidates(marks)]):
            shared = math.fsum(map(self._weights.__getitem__, marks.intersection(self._marks[at])))
            found.append(Likely(at, _score(wanted == self._gists[at], 2 * shared, total + self._sums[at])))
        found.sort(key=lambda likely: (-likely.score, likely.at))
        return [likely for likely in found if likely.score >= least and likely.score > 0][:most]

    def _weight(self, seen: int) -> float:
        return math.log(1 + self._total / (seen + 1))

    def _candidates(self, marks: frozenset[str]) -> list[int]:
        """The texts that share most of the rarest marks; what every text has tells none from another."""
        shared: Counter[int] = Counter()
        left = _LOOKED_UP
        found = sorted((len(self._where[mark]), mark) for mark in marks if mark in self._where)
        for _count, mark in found:
            places = self._where[mark]
            shared.update(places[:left])
            left -= len(places)
            if left <= 0:
                break
        best = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
        return [at for at, _count in best[:_COMPARED_WITH]]


def matched(ours: Sequence[str], theirs: Sequence[str], *, least: float = ALIKE) -> list[Pair]:
    """Which of ours is which of theirs: each at most once, the most alike first come first served.

    Shape: in our order. Of equals the first goes with the first. What is like nothing is left out.
    Units: `least` 0.0 to 1.0.
    """
    pairs = _same(ours, theirs)
    left_ours = _without(range(len(ours)), map(itemgetter(0), pairs))
    left_theirs = _without(range(len(theirs)), map(itemgetter(1), pairs))
    if not left_ours or not left_theirs:
        return sorted(pairs)
    shelf = Shelf((ours[at] for at in left_ours), beside=theirs)
    likely = [
        Pair(left_ours[found.at], at, found.score)
        for at in left_theirs
        for found in shelf.like(theirs[at], least=least, most=_COMPARED_WITH)
    ]
    likely.sort(key=lambda pair: (-pair.score, abs(pair.ours - pair.theirs), pair.ours, pair.theirs))
    taken_ours, taken_theirs = set[int](), set[int]()
    for pair in likely:
        if pair.ours not in taken_ours and pair.theirs not in taken_theirs:
            taken_ours.add(pair.ours)
            taken_theirs.add(pair.theirs)
            pairs.append(pair)
    return sorted(pairs)


def _same(ours: Sequence[str], theirs: Sequence[str]) -> list[Pair]:
    """The pairs that say the same, in order."""
    places: dict[str, list[int]] = {}
    for at, text in reversed(list(enumerate(ours))):
        if said := gist(text):
            places.setdefault(said, []).append(at)
    pairs = []
    for at, text in enumerate(theirs):
        if same := places.get(gist(text)):
            pairs.append(Pair(same.pop(), at, 1.0))
    return pairs


def _without(numbers: Iterable[int], taken: Iterable[int]) -> list[int]:
    gone = set(taken)
    return [number for number in numbers if number not in gone]


def _score(is_same: bool, shared: float, total: float) -> float:
    if is_same:
        return 1.0 if total else 0.0
    return min(shared / total, 0.999) if total else 0.0


def _marks(said: str) -> frozenset[str]:
    """What a gist is compared by: its characters and its pairs of neighbours."""
    head = said[:_COMPARED]
    return frozenset(head).union(map("".join, zip(head, head[1:], strict=False)))
