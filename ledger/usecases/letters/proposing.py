"""Which letters the rules call for on a day, as they would be sent; nothing is written."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ledger.domain import monthly
from ledger.domain.ladder import Case, Cause, Ladder, Rung, Sent, called_for
from ledger.domain.workdays import after
from ledger.errors import UsageError
from ledger.store import lists
from ledger.store.listed import Day
from ledger.usecases.letters.reading import letters
from ledger.usecases.letters.rungs import rung_of
from ledger.usecases.naming import meant
from ledger.usecases.sight import ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ledger.domain.letter import Letter
    from ledger.domain.settings import Light
    from ledger.store.indexfile import Index
    from ledger.store.listed import MeasureRow, Row
    from ledger.usecases.sight import Sight

#: What can still be pushed: whatever is worked on, and what is only reviewed from time to time.
OPEN = frozenset({"pending", "active", "interim", "longterm"})
#: So many stand in one letter, the others in another: more is read by nobody, and a text has a limit.
MOST = 50

T = TypeVar("T")


class Proposed(NamedTuple):
    """A measure, or an issue without any, about which a letter is called for.

    Shape: `due` is the date from which it is late, None where it has none; `title` is that of its issue.
    Units: `days` late, negative when days are left.
    """

    id: str
    uid: str
    text: str
    title: str
    unit: str
    due: dt.date | None
    days: int | None
    cause: Cause


class Proposal(NamedTuple):
    """A letter that is called for: its rung, the unit it goes to, and what it is about.

    Shape: `unit` is empty where nobody is responsible.
    """

    rung: Rung
    unit: str
    items: tuple[Proposed, ...]


def proposals(
    sight: Sight, *, rung: str = "", unit: str = "", tell: Callable[[str], object] | None = None
) -> tuple[Proposal, ...]:
    """What the rules call for on the day looked at, one letter a rung and unit; the highest rung first.

    Shape: with `rung` or `unit` only those.

    Raises:
        UsageError: there is no such rung.
    """
    settings = sight.book.settings
    only = rung_of(settings.letters, rung).code if rung else ""
    wanted = meant(sight.book.people, unit) if unit else ()
    sent = _sent(letters(sight), sight.day)
    rows = ask(sight, lambda asked: _candidates(asked, sight, sent), tell=tell)
    counted = _counted(settings.letters)
    lights = cache(lambda due, status: monthly.shown(due, status, sight.day, settings.lights, counted))
    groups: dict[tuple[str, str], list[Proposed]] = {}
    for row in rows:
        due = _late_from(row)
        case = Case(
            due=due,
            days=None if due is None else (sight.day - due).days,
            shown={} if due is None else lights(due, row.status),
            letters=sent.get(row.uid, ()),
        )
        called = called_for(settings.letters, case)
        if called is None or (only and called[0].code != only) or (wanted and row.unit not in wanted):
            continue
        item = Proposed(
            row.id,
            row.uid,
            getattr(row, "text", row.title),
            row.title,
            row.unit or "",
            due,
            case.days,
            called[1],
        )
        groups.setdefault((called[0].code, item.unit), []).append(item)
    rungs = {each.code: each for each in settings.letters.rungs}
    order = {code: place for place, code in enumerate(reversed(rungs))}
    return tuple(
        Proposal(rungs[code], to, tuple(some))
        for code, to in sorted(groups, key=lambda each: (order[each[0]], each[1]))
        for some in parted(groups[code, to])
    )


def parted(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Items in parts of which each fits into one letter."""
    return (items[start : start + MOST] for start in range(0, len(items), MOST))


def _sent(known: Iterable[Letter], day: dt.date) -> Mapping[str, Sequence[Sent]]:
    """The letters about each thing by its uid, the oldest first; what was taken back counts for nothing."""
    found: dict[str, list[Sent]] = {}
    for letter in known:
        if letter.stage in ("withdrawn", "void"):
            continue
        for uid in letter.items:
            ground = letter.about(uid)
            due = ground.due if ground else None
            found.setdefault(uid, []).append(Sent(letter.id, letter.rung, due, letter.standing(day)))
    return found


def _candidates(asked: Index, sight: Sight, sent: Mapping[str, Sequence[Sent]]) -> list[MeasureRow | Row]:
    """What is late or falls due soon, and whatever else was written about without success."""
    ladder = sight.book.settings.letters
    ahead = _ahead(ladder, sight.book.settings.lights)
    day = Day(sight.day, sight.book.settings.lights)
    rows = lists.due_between(asked, dt.date.min, _last(sight.day, ahead), day)
    seen = {row.uid for row in rows}
    failing = {each for rung in ladder.rungs for each in rung.after}
    more = [uid for uid, about in sent.items() if uid not in seen and about[-1].standing in failing]
    rows += [row for row in lists.named(asked, more, day) if row.status in OPEN]
    return rows


def _ahead(ladder: Ladder, lights: Sequence[Light]) -> int:
    """How many days before its date something may be called for: by its days, or by a light that stood."""
    days = [each.before for each in ladder.rungs if each.before is not None]
    counted = _counted(ladder)
    days += [-each.from_days for each in lights if each.code in counted and each.from_days is not None]
    return max(days, default=0)


def _counted(ladder: Ladder) -> frozenset[str]:
    """The lights whose month ends are counted."""
    return frozenset(code for each in ladder.rungs for code in each.month_ends)


def _last(day: dt.date, ahead: int) -> dt.date:
    try:
        return after(day, ahead)
    except UsageError:  # beyond the calendar nothing falls due
        return day


def _late_from(row: MeasureRow | Row) -> dt.date | None:
    on = row.more.get("late_from") or row.more.get("late_since")
    return dt.date.fromisoformat(on) if on else None
