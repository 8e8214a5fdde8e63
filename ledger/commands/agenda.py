"""What is overdue, what falls due, what waits for a sign-off, and what else a day asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from gettext import gettext as _
from gettext import ngettext
from typing import Annotated, Any, TypeAlias

import typer

from ledger.commands import looking
from ledger.commands.options import ExitCode
from ledger.domain.words import listed
from ledger.errors import UsageError
from ledger.ui import console, labels, page
from ledger.ui.console import Cell, Column, Part, Toned
from ledger.ui.page import Line
from ledger.usecases.agenda import Agenda, Item, Window, agenda
from ledger.usecases.awaiting import Awaited
from ledger.usecases.queues import Queue, Queued
from ledger.usecases.sight import Sight

#: A heading with what stands below it.
Group: TypeAlias = tuple[str, Sequence[Item] | Sequence[Awaited]]
#: What a pipe gets of each line.
TSV = ("section", "id", "text", "unit", "leader", "status", "on", "days", "light", "step", "until")
#: The exit code when something was found. Source: docs/contract.md §4.
FOUND = 10
_EDGE = "  "
#: So many lines of a text are shown; `show` and pipes have the whole of it.
LINES = 2


def due(
    within: Annotated[
        int | None,
        typer.Option(
            "--within",
            metavar="DAYS",
            min=0,
            help="Show what falls due within so many days.",
            show_default=False,
        ),
    ] = None,
    window: Annotated[
        bool, typer.Option("--window", help="Show what falls due in the concentrated period, and after it.")
    ] = False,
    exit_code: ExitCode = False,
) -> int | None:
    """Show what is overdue, what falls due this week and this month, and what waits for a sign-off.

    The longest overdue stands first. Interim and long-term work is late only past its review date, what waits
    for a step of close-out only past the limit of the step. Milestones, unanswered letters, clues, reviews
    and look-backs are shown once they fall due in that time. With --exit-code the command ends with 10 when
    anything is late.

    Examples:
        ledger due
        ledger due --within 14
        ledger due --window
        ledger due --exit-code -q
    """
    if window and within is not None:
        raise UsageError(_("--within and --window exclude each other"), _("give one of them"))
    seen = looking.sight()
    found = agenda(seen, within=within, window=window, tell=console.warn)
    doubtful(found)
    if console.wants_json():
        payload = {**looking.about(seen), "within": within, **as_json(found)}
        console.document("ledger/due@1", payload)
    elif console.wants_plain():
        console.rows([Column(each) for each in TSV], rows(found))
    else:
        _page(seen, found, within)
    return FOUND if exit_code and found.is_late else None


def doubtful(found: Agenda) -> None:
    """Say what cannot be told, so that nothing is left out in silence."""
    for each in found.doubts:
        console.warn(each)


def _page(seen: Sight, found: Agenda, within: int | None) -> None:
    headings = {
        "week": _("due this week"),
        "month": _("due this month"),
        "within": ngettext("due within {count} day", "due within {count} days", within or 0).format(
            count=within
        ),
        "window": _("due in the concentrated period"),
        "after": _("due after the concentrated period"),
    }
    groups: list[Group] = [(_("overdue"), found.overdue)]
    groups += [(headings[code], items) for code, items in found.soon]
    groups += awaited(found)
    shown = [(heading, items) for heading, items in groups if items]
    width = console.width()
    console.aside(looking.when(seen))
    if found.window is not None:
        for part in page.paragraph("", period(found.window), width):
            console.say(part)
    for line in sections(shown, width, looking.own_lights(seen.book.settings)):
        console.say(*line)
    for line in waiting(found.queues, width):
        console.say(*line)
    if not shown and not found.queues:
        console.tell(_("nothing is overdue, nothing falls due, nothing waits"))


# --- for programs --------------------------------------------------------------------------------------


def as_json(found: Agenda) -> dict[str, Any]:
    """The agenda as codes; `due` says with `when` which time each falls into."""
    return {
        "overdue": [_item(each) for each in found.overdue],
        "due": [{**_item(each), "when": code} for code, items in found.soon for each in items],
        "waiting": [_queue(each) for each in found.queues],
        "sections": [
            {"code": section.code, "items": [_awaited(each) for each in section.items]}
            for section in found.sections
        ],
        "window": None if found.window is None else _window(found.window),
    }


def _awaited(each: Awaited) -> dict[str, Any]:
    """Something awaited as codes; what says nothing is null."""
    values = {"id": each.id, "text": each.text, "unit": each.unit or None, "step": each.step or None}
    return {**values, "on": each.on, "days": each.days}


def _window(window: Window) -> dict[str, Any]:
    return {
        "from": window.first,
        "to": window.last,
        "days_left": window.days_left,
        **window.ending._asdict(),
    }


def _item(each: Item) -> dict[str, Any]:
    return {
        "id": each.id,
        "uid": each.uid,
        "text": each.text,
        "title": each.title,
        "unit": each.unit or None,
        "leader": each.leader or None,
        "status": each.status,
        "on": each.on,
        "by_review": each.by_review,
        "period": each.period or None,
        "days": each.days,
        "light": each.light,
        "requested": each.requested or None,
    }


def _queue(queue: Queue) -> dict[str, Any]:
    items = [
        {
            "id": each.id,
            "uid": each.uid,
            "text": each.text,
            "unit": each.unit,
            "since": each.since,
            "suspect": each.suspect,
            "until": each.until,
            "days": each.days,
        }
        for each in queue.items
    ]
    return {
        "step": queue.step,
        "label": queue.label,
        "place": queue.place,
        "of": queue.of,
        "longest_days": queue.longest_days,
        "limit": queue.limit and {"number": queue.limit.number, "unit": queue.limit.unit},
        "late": queue.late,
        "items": items,
    }


def rows(found: Agenda) -> list[tuple[Cell, ...]]:
    """The agenda as a pipe gets it: see TSV."""
    dated = [("overdue", found.overdue), *found.soon]
    lines: list[tuple[Cell, ...]] = [
        (section, i.id, i.text, i.unit, i.leader, i.status, i.on, i.days, i.light, "", "")
        for section, items in dated
        for i in items
    ]
    lines += [
        (
            "waiting",
            each.id,
            each.text,
            each.unit,
            "",
            "closing" if each.signed else "done",
            each.since,
            "" if each.days is None else each.days,
            "",
            queue.step,
            each.until,
        )
        for queue in found.queues
        for each in queue.items
    ]
    lines += [
        (section.code, each.id, each.text, each.unit, "", "", each.on, each.days, "", each.step, "")
        for section in found.sections
        for each in section.items
    ]
    return lines


# --- for people ------------------------------------------------------------------------------------------


def awaited(found: Agenda) -> list[Group]:
    """The sections of what else is awaited, each under its heading."""
    return [(labels.label("section", each.code), each.items) for each in found.sections]


def period(window: Window) -> str:
    """The concentrated period in a sentence: how long it lasts, and how what is worked on ends."""
    count = window.days_left
    if count < 0:
        rest = ngettext("ended {count} day ago", "ended {count} days ago", -count).format(count=-count)
    else:
        rest = ngettext("{count} day left", "{count} days left", count).format(count=count)
    words = _(
        "concentrated period {first}..{last}, {rest}; still worked on: "
        "{inside} due in it, {after} after it, {undated} without a date"
    )
    return words.format(first=window.first or "", last=window.last, rest=rest, **window.ending._asdict())


def sections(
    groups: Sequence[Group], width: int, lights: Mapping[str, str], left_out: str = ""
) -> Iterator[Line]:
    """Headings with the rows below them; all rows stand under one another.

    Shape: `lights` as in `cells`; `left_out` says below the first of them what it leaves out.
    """
    every = [cells(each, lights) for _heading, items in groups for each in items]
    laid = page.grid(every, width, indent=_EDGE, most=LINES)
    for heading, items in groups:
        yield from _heading(heading, width)
        for _each in items:
            yield from next(laid)
        if left_out:
            yield from ((line,) for line in page.paragraph("", left_out, width, indent=_EDGE))
            left_out = ""


def _heading(text: str, width: int) -> Iterator[Line]:
    yield from ((Toned(line, "strong"),) for line in page.paragraph("", text, width))


def cells(each: Item | Awaited, lights: Mapping[str, str]) -> tuple[Part, ...]:
    """One row: id, text, unit, date, how late, the light, and what else there is to say.

    Shape: `lights` are the office's own words for lights, as `looking.own_lights` gives them.
    """
    late: Part = looking.lateness(each.days)
    if each.days > 0:
        late = Toned(str(late), "bad")
    if isinstance(each, Awaited):
        step = labels.label("clue_step", each.step) if each.step else ""
        return (each.id, each.text, each.unit or looking.NOTHING, str(each.on), late, "", step)
    tone = labels.tone("light", each.light) if each.light else None
    if each.days <= 0 and tone in ("warn", "bad"):
        late = Toned(str(late), tone)
    light = looking.light(lights, each.light) if lights else ""
    beside = labels.label("field", "review_on") if each.by_review else each.period
    asked = {"extend": _("extension asked for"), "longterm": _("long-term asked for")}.get(each.requested, "")
    return (each.id, each.text, each.unit or looking.NOTHING, str(each.on), late, light, beside or asked)


def waiting(queues: Sequence[Queue], width: int) -> Iterator[Line]:
    """What waits at which step, and for how long."""
    if not queues:
        return
    yield from _heading(_("waiting for a sign-off"), width)
    for queue in queues:
        words = _("step {place}/{of} {label}").format(place=queue.place, of=queue.of, label=queue.label)
        if queue.longest_days:
            count = queue.longest_days
            longest = ngettext("longest {count} day", "longest {count} days", count).format(count=count)
            words = f"{words}   {longest}"
        if queue.limit is not None:
            words = f"{words}   {_limited(queue)}"
        ids = " ".join(map(_named, queue.items))
        yield from ((line,) for line in page.paragraph(f"{words}   ", ids, width, indent=_EDGE))


def _limited(queue: Queue) -> str:
    """The limit of a step, and how many wait longer."""
    limit = queue.limit.words() if queue.limit else ""
    if not queue.late:
        return _("limit {limit}").format(limit=limit)
    words = ngettext("limit {limit}, {count} past it", "limit {limit}, {count} past it", queue.late)
    return words.format(limit=limit, count=queue.late)


def _named(each: Queued) -> str:
    beside = [_("suspect")] if each.suspect else []
    if each.days is not None and each.days > 0:
        beside.append(looking.lateness(each.days))
    return _("{id} ({beside})").format(id=each.id, beside=listed(beside)) if beside else each.id
