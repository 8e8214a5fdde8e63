"""Two lists of findings held against each other (季度对账): what only one has, and where they differ."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from ledger.domain.likeness import ALIKE, gist, likeness, matched

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

#: What is compared of an issue or a measure, in the order in which it is shown; `title` is a measure's text.
FIELDS = ("title", "unit", "leader", "owner", "due", "status")

By: TypeAlias = Literal["", "number", "title"]
On: TypeAlias = Literal["issues", "measures"]

#: Titles this little alike still are one finding where the number is the same too.
_ALIKE_BY_NUMBER = 0.25
#: What the measures under two findings must share where the titles tell nothing.
_ALIKE_BY_MEASURES = 0.6


def code_of(field: str, on: On) -> str:
    """The code people know a compared field by: what a measure says is its text."""
    return "text" if field == "title" and on == "measures" else field


class Said(NamedTuple):
    """What one list says of a field.

    Shape: `meanings` are all it may stand for; two lists say the same where they have one in common. None
        of them: it was not understood. `wordings` are those that count as the text itself.
    """

    text: str
    meanings: frozenset[Hashable]
    wordings: frozenset[str] = frozenset()


class Line(NamedTuple):
    """An issue or a measure of one list.

    Shape: `id` as that list counts (7, 7.2); `beside` is what it says in its measures, for an issue; `under`
        the id of its issue, for a measure. `said` has what the list says and nothing else. What no longer
        `counts` is not missing anywhere. `line` and `sheet` say where it stands in a file.
    """

    id: str
    number: int
    text: str
    said: Mapping[str, Said]
    beside: str = ""
    under: str | None = None
    counts: bool = True
    line: int | None = None
    sheet: str | None = None


class Difference(NamedTuple):
    """A field of which both lists say something else, or the same in other words; None: ours says nothing."""

    field: str
    ours: str | None
    theirs: str


class Matched(NamedTuple):
    """One issue or measure that both lists have.

    Units: `score` 1.0 for the same words, less the less alike they are.
    """

    ours: Line
    theirs: Line
    score: float
    differences: tuple[Difference, ...]
    reworded: tuple[Difference, ...]


class Reconciliation(NamedTuple):
    """All that two lists have in common and have not.

    Shape: `fields` are those compared; `unsaid` those the other list says nothing of anywhere; `unread` what
        it says that was not understood, as (line, field).
    """

    fields: tuple[str, ...]
    unsaid: tuple[str, ...]
    matched: tuple[Matched, ...]
    only_ours: tuple[Line, ...]
    only_theirs: tuple[Line, ...]
    unread: tuple[tuple[Line, str], ...]

    @property
    def different(self) -> tuple[Matched, ...]:
        """What both have and do not say the same of."""
        return tuple(each for each in self.matched if each.differences)

    @property
    def equal(self) -> tuple[Matched, ...]:
        """What both have and say the same of."""
        return tuple(each for each in self.matched if not each.differences)

    @property
    def agrees(self) -> bool:
        """Whether there is nothing to settle."""
        return not (self.only_ours or self.only_theirs or self.different)


def reconcile(
    ours: Sequence[Line], theirs: Sequence[Line], *, fields: Iterable[str] = FIELDS, by: By = ""
) -> Reconciliation:
    """Hold two lists of issues against each other.

    Shape: in our order, then in theirs. By number alone, by the words alone, or (`by` empty) by the words,
        then by number where the words are somewhat alike, then by the measures.
    """
    pairs = _pairs(ours, theirs, by)
    return _compared(ours, theirs, pairs, fields)


def reconcile_measures(
    issues: Sequence[tuple[Line, Line]],
    ours: Sequence[Line],
    theirs: Sequence[Line],
    *,
    fields: Iterable[str] = FIELDS,
) -> Reconciliation:
    """Hold the measures of two lists against each other, within the `issues` that both have."""
    under_ours, under_theirs = _by_issue(ours), _by_issue(theirs)
    pairs = {}
    for one, other in issues:
        mine, others = under_ours[one.id], under_theirs[other.id]
        found = _by_words([ours[at] for at in mine], [theirs[at] for at in others])
        pairs.update({mine[at]: others[place] for at, place in found.items()})
    return _compared(ours, theirs, pairs, fields)


def _by_issue(lines: Sequence[Line]) -> defaultdict[str | None, list[int]]:
    places: defaultdict[str | None, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        places[line.under].append(at)
    return places


# --- which is which ---------------------------------------------------------------------------------


def _pairs(ours: Sequence[Line], theirs: Sequence[Line], by: By) -> dict[int, int]:
    """The place of one of theirs for the place of one of ours."""
    if by == "number":
        return dict(_same_numbers(ours, theirs))
    pairs = _by_words(ours, theirs)
    if by == "title":
        return pairs
    one, other = _left(ours, theirs, pairs)
    for at, place in _same_numbers(ours, theirs, one, other):
        if likeness(ours[at].text, theirs[place].text) >= _ALIKE_BY_NUMBER:
            pairs[at] = place
    one, other = _left(ours, theirs, pairs)
    one = [at for at in one if ours[at].beside]
    other = [at for at in other if theirs[at].beside]
    beside = matched(
        [ours[at].beside for at in one], [theirs[at].beside for at in other], least=_ALIKE_BY_MEASURES
    )
    pairs.update({one[pair.ours]: other[pair.theirs] for pair in beside})
    return pairs


def _by_words(ours: Sequence[Line], theirs: Sequence[Line]) -> dict[int, int]:
    """The same words with the same number first, then the same words, then words that are alike."""
    pairs: dict[int, int] = {}
    numbered = {(gist(line.text), line.number): at for at, line in reversed(list(enumerate(theirs)))}
    taken = set[int]()
    for at, line in enumerate(ours):
        place = numbered.get((gist(line.text), line.number))
        if place is not None and place not in taken and gist(line.text):
            pairs[at] = place
            taken.add(place)
    one, other = _left(ours, theirs, pairs)
    found = matched([ours[at].text for at in one], [theirs[at].text for at in other], least=ALIKE)
    pairs.update({one[pair.ours]: other[pair.theirs] for pair in found})
    return pairs


def _left(
    ours: Sequence[Line], theirs: Sequence[Line], pairs: Mapping[int, int]
) -> tuple[list[int], list[int]]:
    taken = set(pairs.values())
    one = [at for at in range(len(ours)) if at not in pairs]
    return one, [at for at in range(len(theirs)) if at not in taken]


def _same_numbers(
    ours: Sequence[Line],
    theirs: Sequence[Line],
    one: Iterable[int] | None = None,
    other: Iterable[int] | None = None,
) -> Iterator[tuple[int, int]]:
    """Places of the same number; of a number that stands twice the first."""
    places: dict[int, int] = {}
    for at in range(len(theirs)) if other is None else other:
        places.setdefault(theirs[at].number, at)
    for at in range(len(ours)) if one is None else one:
        place = places.pop(ours[at].number, None)
        if place is not None:
            yield at, place


# --- what differs -------------------------------------------------------------------------------------


def _compared(
    ours: Sequence[Line], theirs: Sequence[Line], pairs: Mapping[int, int], fields: Iterable[str]
) -> Reconciliation:
    wanted = tuple(each for each in FIELDS if each in set(fields))
    there = {field for line in theirs for field in line.said}
    compared = tuple(each for each in wanted if each in there)
    found = tuple(_matched(ours[at], theirs[pairs[at]], compared) for at in sorted(pairs))
    one, other = _left(ours, theirs, pairs)
    unread = [
        (line, field)
        for line in theirs
        for field in compared
        if field in line.said and not line.said[field].meanings
    ]
    return Reconciliation(
        fields=compared,
        unsaid=tuple(each for each in wanted if each not in there),
        matched=found,
        only_ours=tuple(ours[at] for at in one if ours[at].counts),
        only_theirs=tuple(theirs[at] for at in other),
        unread=tuple(unread),
    )


def _matched(ours: Line, theirs: Line, fields: Iterable[str]) -> Matched:
    differences, reworded = [], []
    for field in fields:
        said = theirs.said.get(field)
        if said is None or not said.meanings:
            continue
        own = ours.said.get(field)
        found = Difference(field, own.text if own else None, said.text)
        if own is None or not own.meanings & said.meanings:
            differences.append(found)
        elif own.text != said.text and not own.wordings & said.wordings:
            reworded.append(found)
    score = likeness(ours.text, theirs.text)
    return Matched(ours, theirs, score, tuple(differences), tuple(reworded))
