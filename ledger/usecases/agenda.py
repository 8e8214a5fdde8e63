"""What is late, what falls due next, what waits at which step, and what else a day asks for."""

from __future__ import annotations

import datetime as dt
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ledger.errors import UsageError
from ledger.store import lists, upcoming
from ledger.store.listed import Day
from ledger.usecases.awaiting import closed, coming, reviews
from ledger.usecases.queues import Waits
from ledger.usecases.sight import ask

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ledger.domain.rates import Tally
    from ledger.store.indexfile import Index
    from ledger.store.listed import MeasureRow, Row
    from ledger.store.populations import Closed
    from ledger.store.upcoming import Ending, Review
    from ledger.usecases.awaiting import Section
    from ledger.usecases.queues import Queue
    from ledger.usecases.sight import Sight


#: A time something may fall due in: its code, its first and its last day.
Span: TypeAlias = tuple[str, dt.date, dt.date]


class Item(NamedTuple):
    """Something with a deadline: a measure, or an issue that has none.

    Shape: `on` is its due date, its review date when `by_review`, or the end of `period` where that is one of
        what comes round again; `title` is that of its issue.
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
    period: str


class Window(NamedTuple):
    """The concentrated period (集中整改期), and how what is still worked on ends.

    Units: `days_left` from the day looked at to its last day, negative once it has ended.
    """

    first: dt.date | None
    last: dt.date
    days_left: int
    ending: Ending


class Agenda(NamedTuple):
    """What is late and what falls due.

    Shape: `overdue` with the longest late first; `soon` lists with the code of their time (``week`` and
        ``month``, or ``within``, or ``window`` and ``after``), the earliest first; `queues` in the order of
        the steps; `sections` hold what else falls due in that time or is late; `doubts` are sentences about
        what cannot be told.
    """

    overdue: tuple[Item, ...]
    soon: tuple[tuple[str, tuple[Item, ...]], ...]
    queues: tuple[Queue, ...]
    sections: tuple[Section, ...] = ()
    window: Window | None = None
    doubts: tuple[str, ...] = ()
    #: What the sections of reviews and look-backs are made from.
    again: tuple[Review, ...] = ()
    closed: tuple[Closed, ...] = ()

    @property
    def is_late(self) -> bool:
        """Whether anything in it is late: a deadline, a step beyond its limit, whatever else is awaited."""
        awaited = (each for section in self.sections for each in section.items)
        return bool(
            self.overdue or any(each.late for each in self.queues) or any(each.days > 0 for each in awaited)
        )


class Morning(NamedTuple):
    """What a day begins with: the counts of the ledger, the version of its plan, and the agenda."""

    tally: Tally
    plan: int
    agenda: Agenda


def agenda(
    sight: Sight,
    *,
    within: int | None = None,
    window: bool = False,
    tell: Callable[[str], object] | None = None,
) -> Agenda:
    """What is late, what falls due, and what waits.

    Shape: `within` days from the day looked at, or by the end of the concentrated period and after it with
        `window`; without either this week and this month.

    Raises:
        UsageError: `window`, and the settings give the period no last day.
    """
    spans = _around(sight) if window else _spans(sight.day, within)
    return _with_sections(ask(sight, lambda asked: _agenda(asked, sight, spans), tell=tell), sight, spans)


def morning(sight: Sight, *, tell: Callable[[str], object] | None = None) -> Morning:
    """The counts and the agenda of the week."""
    return completed(ask(sight, lambda asked: counted(asked, sight), tell=tell), sight)


def counted(asked: Index, sight: Sight) -> Morning:
    """What the index says of a morning, for who asks it more than that; see `completed`."""
    from ledger.store.counting import counts

    tally = counts(asked, sight.day)
    day = Day(sight.day, sight.book.settings.lights)
    plans = lists.rows(asked, (), day, lists.Shown(("-plan",), 1, ("plan",)))
    version = int(plans[0].more["plan"] or 0) if plans else 0
    return Morning(tally, version, _agenda(asked, sight, _spans(sight.day, None)[:1]))


def completed(found: Morning, sight: Sight) -> Morning:
    """A morning with what the index does not hold: milestones, letters, clues, look-backs."""
    return found._replace(agenda=_with_sections(found.agenda, sight, _spans(sight.day, None)[:1]))


def _with_sections(found: Agenda, sight: Sight, spans: Sequence[Span]) -> Agenda:
    more = coming(sight, _until(sight, spans), found.again, found.closed)
    doubts = tuple(dict.fromkeys((*found.doubts, *more.doubts)))
    return found._replace(sections=more.sections, doubts=doubts)


def _until(sight: Sight, spans: Sequence[Span]) -> dt.date:
    return max((last for _code, _first, last in spans), default=sight.day)


def _spans(day: dt.date, within: int | None) -> list[Span]:
    """The times something may fall due in, each with its first and its last day.

    Source: ISO 8601, weeks end on Sunday.
    """
    if within is not None:
        return [("within", day, _later(day, within))]
    sunday = _later(day, 6 - day.weekday())
    months = day.year * 12 + day.month
    end = _later(dt.date(months // 12, months % 12 + 1, 1), -1) if months < 12 * dt.MAXYEAR else dt.date.max
    spans: list[Span] = [("week", day, sunday)]
    return [*spans, ("month", _later(sunday, 1), end)] if sunday < end else spans


def _around(sight: Sight) -> list[Span]:
    """The rest of the concentrated period, and what comes after it."""
    last = sight.book.settings.window_to
    if last is None:
        message = _("the concentrated period has no last day")
        raise UsageError(message, _("give it one, as to under [window], with: ledger config --edit"))
    spans: list[Span] = [("window", sight.day, last)] if sight.day <= last else []
    return [*spans, ("after", max(_later(last, 1), sight.day), dt.date.max)]


def _later(day: dt.date, days: int) -> dt.date:
    number = min(max(day.toordinal() + days, 1), dt.date.max.toordinal())
    return dt.date.fromordinal(number)


def _agenda(asked: Index, sight: Sight, spans: Sequence[Span]) -> Agenda:
    settings = sight.book.settings
    day = Day(sight.day, settings.lights)
    soon = [
        (code, tuple(_item(row, sight.day) for row in lists.due_between(asked, first, last, day)))
        for code, first, last in spans
    ]
    waits = Waits(sight)
    return Agenda(
        overdue=tuple(_item(row, sight.day) for row in lists.overdue(asked, day)),
        soon=tuple(soon),
        queues=waits.queues(lists.waiting(asked, of=settings.chain.of)),
        window=_window(asked, sight),
        doubts=tuple(waits.doubts),
        again=tuple(reviews(asked, sight)),
        closed=tuple(closed(asked, sight, _until(sight, spans))),
    )


def _window(asked: Index, sight: Sight) -> Window | None:
    settings = sight.book.settings
    last = settings.window_to
    if last is None:
        return None
    first = settings.window_from or settings.source.feedback_on
    return Window(first, last, (last - sight.day).days, upcoming.ending(asked, last))


def _period(row: MeasureRow | Row, on: dt.date) -> str:
    """The period of what comes round again that ends on the day; empty where the day is another date."""
    awaited: str | None = getattr(row, "awaited", None)
    if awaited is None:
        return ""
    from ledger.domain.cadence import period_named  # few measures come round

    return awaited if period_named(awaited).last == on else ""


def _item(row: MeasureRow | Row, day: dt.date) -> Item:
    on = dt.date.fromisoformat(row.more.get("late_from") or row.more["late_since"])
    period = _period(row, on)
    return Item(
        id=row.id,
        uid=row.uid,
        text=getattr(row, "text", row.title),
        title=row.title,
        unit=row.unit or "",
        leader=row.leader or "",
        status=row.status,
        on=on,
        by_review=row.status in ("interim", "longterm") and not period,
        days=(day - on).days,
        light=row.light,
        requested=getattr(row, "requested", None) or "",
        period=period,
    )
