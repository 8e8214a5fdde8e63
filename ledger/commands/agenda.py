"""What is overdue, what falls due, what waits for a sign-off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import gettext as _
from gettext import ngettext
from typing import Annotated, Any

import typer

from ledger.commands import looking
from ledger.commands.options import ExitCode
from ledger.ui import console, labels, page
from ledger.ui.console import Cell, Column, Part, Toned
from ledger.ui.page import Line
from ledger.usecases.agenda import Agenda, Item, Queue, agenda
from ledger.usecases.sight import Sight

#: What a pipe gets of each line.
TSV = ("section", "id", "text", "unit", "leader", "status", "on", "days", "light", "step")
#: The exit code when something was found. Source: docs/contract.md §4.
FOUND = 10
_EDGE = "  "


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
    exit_code: ExitCode = False,
) -> int | None:
    """Show what is overdue, what falls due this week and this month, and what waits for a sign-off.

    The longest overdue stands first. Interim and long-term work is late only past its review date. With
    --exit-code the command ends with 10 when something is overdue.

    Examples:
        ledger due
        ledger due --within 14
        ledger due --exit-code -q
    """
    seen = looking.sight()
    found = agenda(seen, within=within, tell=console.warn)
    if console.wants_json():
        payload = {**looking.about(seen), "within": within, **as_json(found)}
        console.document("ledger/due@1", payload)
    elif console.wants_plain():
        console.rows([Column(each) for each in TSV], rows(found))
    else:
        _page(seen, found, within)
    return FOUND if exit_code and found.overdue else None


def _page(seen: Sight, found: Agenda, within: int | None) -> None:
    headings = {
        "week": _("due this week"),
        "month": _("due this month"),
        "within": ngettext("due within {count} day", "due within {count} days", within or 0).format(
            count=within
        ),
    }
    groups = [(_("overdue"), found.overdue), *((headings[code], items) for code, items in found.soon)]
    shown = [(heading, items) for heading, items in groups if items]
    width = console.width()
    console.aside(looking.when(seen))
    for line in sections(shown, width):
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
        }
        for each in queue.items
    ]
    return {
        "step": queue.step,
        "label": queue.label,
        "place": queue.place,
        "of": queue.of,
        "longest_days": queue.longest_days,
        "items": items,
    }


def rows(found: Agenda) -> list[tuple[Cell, ...]]:
    """The agenda as a pipe gets it: see TSV."""
    dated = [("overdue", found.overdue), *found.soon]
    lines: list[tuple[Cell, ...]] = [
        (section, i.id, i.text, i.unit, i.leader, i.status, i.on, i.days, i.light, "")
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
            "",
            "",
            queue.step,
        )
        for queue in found.queues
        for each in queue.items
    ]
    return lines


# --- for people ------------------------------------------------------------------------------------------


def sections(groups: Sequence[tuple[str, Sequence[Item]]], width: int, left_out: str = "") -> Iterator[Line]:
    """Headings with the rows below them; all rows stand under one another.

    Shape: `left_out` says below the first of them what it leaves out.
    """
    cells = [_cells(each) for _heading, items in groups for each in items]
    laid = page.grid(cells, width, indent=_EDGE)
    for heading, items in groups:
        yield from _heading(heading, width)
        for _each in items:
            yield from next(laid)
        if left_out:
            yield from ((line,) for line in page.paragraph("", left_out, width, indent=_EDGE))
            left_out = ""


def _heading(text: str, width: int) -> Iterator[Line]:
    yield from ((Toned(line, "strong"),) for line in page.paragraph("", text, width))


def _cells(each: Item) -> tuple[Part, ...]:
    late: Part = looking.lateness(each.days)
    if each.days > 0:
        late = Toned(str(late), "bad")
    elif each.light == "yellow":
        late = Toned(str(late), "warn")
    beside = labels.label("field", "review_on") if each.by_review else ""
    asked = {"extend": _("extension asked for"), "longterm": _("long-term asked for")}.get(each.requested, "")
    return (each.id, each.text, each.unit or looking.NOTHING, str(each.on), late, beside or asked)


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
        ids = " ".join(_named(each.id, suspect=each.suspect) for each in queue.items)
        yield from ((line,) for line in page.paragraph(f"{words}   ", ids, width, indent=_EDGE))


def _named(name: str, *, suspect: bool) -> str:
    return _("{id} (suspect)").format(id=name) if suspect else name
