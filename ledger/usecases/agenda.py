"""What is late, what falls due next, and what waits at which step."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from ledger.store import lists
from ledger.store.listed import Day
from ledger.usecases.sight import ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ledger.domain.closeout import Chain
    from ledger.domain.rates import Tally
    from ledger.store.indexfile import Index
    from ledger.store.listed import MeasureRow, Row
    from ledger.store.lists import Waiting
    from ledger.usecases.sight import Sight


class Item(NamedTuple):
    """Something with a deadline: a measure, or an issue that has none.

    Shape: `on` is its due date, or its review date when `by_review`; `title` is that of its issue.
    Units: `days` late, negative when days are left.
    """

    id: str
    uid: str
    text: str
    title: str
    unit: str
    leader: str
    status: str
    on: dt.date
    by_review: bool
    days: int
    light: str | None
    requested: str


class Queue(NamedTuple):
    """What waits for one step of close-out, the longest first.

    Shape: `place` counts the step from 1 in a chain of `of` steps.
    Units: `longest_days` whole days since the first of them was reported or last signed.
    """

    step: str
    label: str
    place: int
    of: int
    items: tuple[Waiting, ...]
    longest_days: int | None


class Agenda(NamedTuple):
    """What is late and what falls due.

    Shape: `overdue` with the longest late first; `soon` lists with the code of their time (``week`` and
        ``month``, or ``within``), the earliest first; `queues` in the order of the steps.
    """

    overdue: tuple[Item, ...]
    soon: tuple[tuple[str, tuple[Item, ...]], ...]
    queues: tuple[Queue, ...]


class Morning(NamedTuple):
    """What a day begins with: the counts of the ledger, the version of its plan, and the agenda."""

    tally: Tally
    plan: int
    agenda: Agenda


def agenda(sight: Sight, *, within: int | None = None, tell: Callable[[str], object] | None = None) -> Agenda:
    """What is late, what falls due, and what waits.

    Units: `within` whole days from the day looked at; None means this week and this month.
    """
    return ask(sight, lambda asked: _agenda(asked, sight, _spans(sight.day, within)), tell=tell)


def morning(sight: Sight, *, tell: Callable[[str], object] | None = None) -> Morning:
    """The counts and the agenda of the week."""
    from ledger.store.counting import counts

    week = _spans(sight.day, None)[:1]

    def question(asked: Index) -> Morning:
        tally = counts(asked, sight.day)
        day = Day(sight.day, sight.book.settings.lights)
        plans = lists.rows(asked, (), day, lists.Shown(("-plan",), 1, ("plan",)))
        version = int(plans[0].more["plan"] or 0) if plans else 0
        return Morning(tally, version, _agenda(asked, sight, week))

    return ask(sight, question, tell=tell)


def _spans(day: dt.date, within: int | None) -> list[tuple[str, dt.date, dt.date]]:
    """The times something may fall due in, each with its first and its last day.

    Source: ISO 8601, weeks end on Sunday.
    """
    if within is not None:
        return [("within", day, _later(day, within))]
    sunday = _later(day, 6 - day.weekday())
    months = day.year * 12 + day.month
    end = _later(dt.date(months // 12, months % 12 + 1, 1), -1) if months < 12 * dt.MAXYEAR else dt.date.max
    spans = [("week", day, sunday)]
    return [*spans, ("month", _later(sunday, 1), end)] if sunday < end else spans


def _later(day: dt.date, days: int) -> dt.date:
    number = min(max(day.toordinal() + days, 1), dt.date.max.toordinal())
    return dt.date.fromordinal(number)


def _agenda(asked: Index, sight: Sight, spans: Iterable[tuple[str, dt.date, dt.date]]) -> Agenda:
    settings = sight.book.settings
    day = Day(sight.day, settings.lights)
    soon = [
        (code, tuple(_item(row, sight.day) for row in lists.due_between(asked, first, last, day)))
        for code, first, last in spans
    ]
    return Agenda(
        overdue=tuple(_item(row, sight.day) for row in lists.overdue(asked, day)),
        soon=tuple(soon),
        queues=_queues(lists.waiting(asked, of=settings.chain.of), settings.chain, sight.day),
    )


def _item(row: MeasureRow | Row, day: dt.date) -> Item:
    on = dt.date.fromisoformat(row.more.get("late_from") or row.more["late_since"])
    return Item(
        id=row.id,
        uid=row.uid,
        text=getattr(row, "text", row.title),
        title=row.title,
        unit=row.unit or "",
        leader=row.leader or "",
        status=row.status,
        on=on,
        by_review=row.status in ("interim", "longterm"),
        days=(day - on).days,
        light=row.light,
        requested=getattr(row, "requested", None) or "",
    )


def _queues(waiting: Iterable[Waiting], chain: Chain, day: dt.date) -> tuple[Queue, ...]:
    """What waits, by step: what has been signed by none waits for the first of the chain in force."""
    groups: dict[str, list[Waiting]] = {}
    for each in waiting:
        groups.setdefault(each.step or chain.steps[0].code, []).append(each)
    places = {code: place for place, code in enumerate(chain.codes, 1)}
    labels = {step.code: step.label for step in chain.steps}
    ordered = sorted(groups, key=lambda code: (places.get(code, len(places) + 1), code))
    return tuple(
        _queue(code, labels.get(code) or code, groups[code], len(chain.steps), day) for code in ordered
    )


def _queue(code: str, label: str, items: list[Waiting], of: int, day: dt.date) -> Queue:
    since = [each.since for each in items if each.since is not None]
    return Queue(
        step=code,
        label=label,
        place=items[0].signed + 1,
        of=items[0].steps or of,
        items=tuple(items),
        longest_days=max((day - min(since)).days, 0) if since else None,
    )
