"""All a clerk needs at a glance: how it stands, what is late, waits or falls due, and what has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ledger.store import counting, spellbook
from ledger.store.listed import Day
from ledger.usecases.agenda import Morning, completed, counted
from ledger.usecases.changing import span
from ledger.usecases.sight import ask

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.domain.cadence import Span
    from ledger.domain.changes import Changes
    from ledger.domain.rates import Group
    from ledger.store.indexfile import Index
    from ledger.usecases.letters.reading import Awaited
    from ledger.usecases.lookback.coming import UnderWay
    from ledger.usecases.sight import Sight


class Board(NamedTuple):
    """What a board shows.

    Shape: `groups` are the counts by one field, what is most late first; `lights` how many issues and
        measures show each light; `changes` those of `month` so far; `letters` await an answer, `reviews` are
        under way.
    """

    morning: Morning
    groups: tuple[Group, ...]
    lights: Mapping[str, tuple[int, int]]
    month: Span
    changes: Changes
    letters: tuple[Awaited, ...]
    reviews: tuple[UnderWay, ...]


def board(sight: Sight, field: str | None, *, tell: Callable[[str], object] | None = None) -> Board:
    """What a board shows on the day looked at.

    Shape: `field` is what is counted by; None means categories, and units where nothing has a category.

    Raises:
        UsageError: nothing is counted by `field`.
    """
    month = span("month", sight.day)

    def question(asked: Index) -> tuple[Morning, tuple[Group, ...], Mapping[str, tuple[int, int]], Changes]:
        from ledger.domain.changes import changes

        groups = counting.counts_by(asked, field or "category", sight.day)
        if field is None and not any(each.value for each in groups):
            groups = counting.counts_by(asked, "unit", sight.day)
        lights = counting.lights(asked, Day(sight.day, sight.book.settings.lights))
        found = changes(spellbook.between(asked, month.first, month.last), month.first, month.last)
        return counted(asked, sight), groups, lights, found

    morning, groups, lights, found = ask(sight, question, tell=tell)
    from ledger.usecases.letters.reading import awaited
    from ledger.usecases.lookback.coming import under_way

    return Board(
        morning=completed(morning, sight),
        groups=tuple(sorted(groups, key=_urgency)),
        lights=lights,
        month=month,
        changes=found,
        letters=awaited(sight),
        reviews=under_way(sight),
    )


def _urgency(group: Group) -> tuple[int, int]:
    issues = group.tally.issues
    return -group.tally.overdue, issues.closed - issues.total
