"""What keeps coming back (屡改屡犯): rebounds, hidden variants, issues of several rounds that look alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from ledger.domain.likeness import Shelf
from ledger.domain.text import fold
from ledger.store import populations
from ledger.store.book import Book
from ledger.usecases.sight import ask

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.store.populations import Recurring
    from ledger.usecases.sight import Sight

Reason: TypeAlias = Literal["rebound", "variant", "alike"]
REASONS: Final[tuple[Reason, ...]] = ("rebound", "variant", "alike")
#: So many issues of earlier rounds are named for one that looks like them, of so many that are looked at.
_NAMED: Final = 3
_LOOKED_AT: Final = 24


class Other(NamedTuple):
    """The issue that came back in another shape, or looks like one that did.

    Shape: `id` and `title` are empty where its ledger, or the issue, is gone.
    """

    ledger: str
    uid: str
    id: str
    title: str


class Repeat(NamedTuple):
    """An issue that is not the first of its kind.

    Shape: `times` counts look-backs that found a rebound; `other` is what it is a variant of, or like; only a
        person says that two are the same.
    Units: `percent` of likeness, whole; None for what somebody said.
    """

    ledger: str
    uid: str
    id: str
    title: str
    unit: str
    category: str
    status: str
    reason: Reason
    times: int
    other: Other | None
    percent: int | None


class Group(NamedTuple):
    """What keeps coming back at one unit under one heading, in how many issues for each reason."""

    unit: str
    category: str
    rebounds: int
    variants: int
    alike: int
    repeats: tuple[Repeat, ...]


def repeats(sight: Sight, *, unit: str = "", category: str = "") -> tuple[Group, ...]:
    """What keeps coming back in all ledgers of the workspace, the worst unit and heading first.

    Shape: with `unit` or `category` only where they stand, blanks, case and width apart.
    """
    shelves = [(book.name, _issues(sight, book)) for book in _books(sight)]
    every = [(name, each) for name, issues in shelves for each in issues]
    found = [*_rebounds(every), *_variants(every), *_alike(shelves)]
    groups: dict[tuple[str, str], list[Repeat]] = {}
    for each in found:
        if _stands(unit, each.unit) and _stands(category, each.category):
            groups.setdefault((each.unit, each.category), []).append(each)
    made = [_group(*named, several) for named, several in groups.items()]
    return tuple(sorted(made, key=_order))


def _order(group: Group) -> tuple[int, bool, str, str]:
    """The most repeats first; where nobody said a unit, last."""
    return -len(group.repeats), not group.unit, group.unit, group.category


def _books(sight: Sight) -> Iterator[Book]:
    """The ledger looked at, and the others of its workspace, by name."""
    for name in sight.book.workspace.names():
        yield sight.book if name == sight.book.name else Book(sight.book.workspace, name)


def _issues(sight: Sight, book: Book) -> list[Recurring]:
    return ask(sight._replace(book=book), populations.recurring)


def _stands(wanted: str, text: str) -> bool:
    return fold(wanted) in fold(text)


def _group(unit: str, category: str, several: Sequence[Repeat]) -> Group:
    rebounds, variants, alike = (
        len({each.uid for each in several if each.reason == reason}) for reason in REASONS
    )
    ordered = sorted(
        several, key=lambda each: (REASONS.index(each.reason), each.ledger, int(each.id), each.uid)
    )
    return Group(unit, category, rebounds, variants, alike, tuple(ordered))


def _repeat(
    ledger: str,
    each: Recurring,
    reason: Reason,
    other: Other | None = None,
    percent: int | None = None,
) -> Repeat:
    return Repeat(
        ledger, each.uid, each.id, each.title, each.unit, each.category, each.status, reason, each.rebounds,
        other, percent,
    )  # fmt: skip


def _rebounds(every: Sequence[tuple[str, Recurring]]) -> Iterator[Repeat]:
    return (_repeat(name, each, "rebound") for name, each in every if each.rebounds)


def _variants(every: Sequence[tuple[str, Recurring]]) -> Iterator[Repeat]:
    known = {(name, each.uid): each for name, each in every}
    for name, each in every:
        if each.variant_of:
            ledger, slash, uid = each.variant_of.rpartition("/")
            home = ledger if slash else name
            before = known.get((home, uid))
            other = Other(home, uid, before.id, before.title) if before else Other(home, uid, "", "")
            yield _repeat(name, each, "variant", other)


def _alike(shelves: Sequence[tuple[str, list[Recurring]]]) -> Iterator[Repeat]:
    """Issues that look like one of an earlier round, at the same unit or under the same heading.

    Shape: of two rounds that is the earlier whose first issue was entered earlier.
    """
    rounds = sorted((each for each in shelves if each[1]), key=lambda each: min(one.uid for one in each[1]))
    before: list[tuple[str, Recurring]] = []
    for name, issues in rounds:
        if before:
            shelf = Shelf(each.title for _name, each in before)
            for each in issues:
                yield from _like(name, each, before, shelf)
        before += [(name, each) for each in issues]


def _like(
    name: str, each: Recurring, before: Sequence[tuple[str, Recurring]], shelf: Shelf
) -> Iterator[Repeat]:
    named = 0
    for likely in shelf.like(each.title, most=_LOOKED_AT):
        ledger, other = before[likely.at]
        linked = each.variant_of == f"{ledger}/{other.uid}"
        if named < _NAMED and not linked and _same_place(each, other):
            named += 1
            whom = Other(ledger, other.uid, other.id, other.title)
            yield _repeat(name, each, "alike", whom, int(likely.score * 100))


def _same_place(one: Recurring, other: Recurring) -> bool:
    same_unit = bool(one.unit) and fold(one.unit) == fold(other.unit)
    return same_unit or (bool(one.category) and fold(one.category) == fold(other.category))
