"""What changed in a period: figures before and after, and the events that make the difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from gettext import gettext as _
from gettext import pgettext
from operator import attrgetter
from typing import Any

from ledger.commands import looking
from ledger.commands.tallies import as_json, count_json
from ledger.domain.cadence import Span
from ledger.domain.changes import Move, Shift, Side
from ledger.domain.moves import Status
from ledger.reports.balances import Event, balances
from ledger.ui import console, page
from ledger.ui.console import Cell, Column
from ledger.usecases.changing import Changed, changed, span
from ledger.usecases.sight import Sight

_EDGE = "  "


def show(seen: Sight, words: str, *, ids: bool) -> None:
    """Show what changed in the period of that name; with `ids` what stands behind each figure."""
    wanted = span(words, seen.day)
    found = changed(seen, wanted.first, wanted.last, tell=console.warn)
    if console.wants_json():
        console.document("ledger/stats@1", {**looking.about(seen), **_json(wanted, found)})
        return
    sides = {"issues": found.changes.issues, "measures": found.changes.measures}
    if console.wants_plain():
        _plain(sides, found.ids, ids=ids)
        return
    width = console.width()
    heading = _("{period}: {first} to {last}").format(
        period=wanted.name, first=wanted.first, last=wanted.last
    )
    console.aside(heading)
    named = {"issues": pgettext("document", "issues"), "measures": pgettext("document", "measures")}
    for name, side in sides.items():
        _table(named[name], side)
    for name, side in sides.items() if ids else ():
        for line in _events(named[name], side, found.ids, width):
            console.say(line)
    console.aside(_("each figure is counted from events of its kind; before + gained - lost = after"))


# --- for people ----------------------------------------------------------------------------------------


def _table(name: str, side: Side) -> None:
    heads = [
        Column(name),
        *(Column(each, "right") for each in (_("before"), _("gained"), _("lost"), _("after"))),
    ]
    rows: list[tuple[Cell, ...]] = [
        (each.label, each.before, len(each.gained) or "", len(each.lost) or "", each.after)
        for each in balances(side)
    ]
    console.rows(heads, rows)


def _events(name: str, side: Side, ids: Mapping[str, str], width: int) -> list[str]:
    lines = []
    for each in balances(side):
        for sign, events in (("+", each.gained), ("-", each.lost)):
            if events:
                told = "  ".join(_told(event, ids) for event in sorted(events, key=attrgetter("on")))
                lines += page.paragraph(f"{name} {each.label} {sign}  ", told, width)
    return lines


def _told(event: Event, ids: Mapping[str, str]) -> str:
    told = f"{ids.get(event.uid, event.uid)} {event.on}"
    return f"{told} ({event.before} > {event.after})" if isinstance(event, Shift) else told


# --- for programs --------------------------------------------------------------------------------------


def _plain(sides: Mapping[str, Side], names: Mapping[str, str], *, ids: bool) -> None:
    every = [(name, each) for name, side in sides.items() for each in balances(side)]
    if not ids:
        heads = [Column(each) for each in ("of", "figure", "before", "gained", "lost", "after")]
        console.rows(
            heads,
            [
                (name, each.code, each.before, len(each.gained), len(each.lost), each.after)
                for name, each in every
            ],
        )
        return
    signed = [
        (name, each.code, sign, event)
        for name, each in every
        for sign, events in (("+", each.gained), ("-", each.lost))
        for event in sorted(events, key=attrgetter("on"))
    ]
    keys = ("id", "on", "before", "after")
    rows = [
        (name, code, sign, *(_values(event, names)[key] for key in keys))
        for name, code, sign, event in signed
    ]
    console.rows([Column(each) for each in ("of", "figure", "sign", *keys)], rows)


def _json(wanted: Span, found: Changed) -> dict[str, Any]:
    told = found.changes
    previous = told.opening
    return {
        **as_json(told.closing),
        "lights": [],
        "by": [],
        "period": {
            "name": wanted.name,
            "from": wanted.first,
            "to": wanted.last,
            "before": {
                "issues": count_json(previous.issues),
                "measures": count_json(previous.measures),
                "overdue": previous.overdue,
            },
            "changes": {
                name: {code: _listed(events, found.ids) for code, events in kinds(side).items()}
                for name, side in (("issues", told.issues), ("measures", told.measures))
            },
        },
    }


def kinds(side: Side) -> dict[str, tuple[Event, ...]]:
    """What happened, by the code of its kind."""
    return {
        "new": side.inflow(None),
        "void": side.outflow(None),
        "closed": side.inflow(Status.CLOSED),
        "reopened": side.reopened,
        "interim": side.inflow(Status.INTERIM),
        "interim_left": side.outflow(Status.INTERIM),
        "longterm": side.inflow(Status.LONGTERM),
        "longterm_left": side.outflow(Status.LONGTERM),
        "late": tuple(each for each in side.turns if each.late),
        "late_left": tuple(each for each in side.turns if not each.late),
        "due_later": tuple(each for each in side.shifts if each.after > each.before),
        "due_sooner": tuple(each for each in side.shifts if each.after < each.before),
    }


def _listed(events: Sequence[Event], ids: Mapping[str, str]) -> dict[str, Any]:
    ordered = sorted(events, key=lambda each: (each.on, each.uid))
    return {"count": len(ordered), "events": [_values(each, ids) for each in ordered]}


def _values(event: Event, ids: Mapping[str, str]) -> dict[str, Any]:
    """An event in codes: statuses of what got another one, dates of a deadline that moved."""
    before = after = None
    if isinstance(event, Move):
        before, after = event.before and str(event.before), event.after and str(event.after)
    elif isinstance(event, Shift):
        before, after = event.before.isoformat(), event.after.isoformat()
    return {"id": ids.get(event.uid), "uid": event.uid, "on": event.on, "before": before, "after": after}
