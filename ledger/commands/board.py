"""The board: where the ledger stands, on one screen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from gettext import gettext as _
from gettext import ngettext
from typing import Any, NamedTuple

from ledger.commands import agenda, looking, overview, periodstats
from ledger.commands.statistics import Per
from ledger.commands.tallies import as_json, count_json
from ledger.domain import rates
from ledger.domain.rates import Group
from ledger.ui import console, labels, page
from ledger.ui.console import Cell, Column, Part, Toned
from ledger.ui.page import Line
from ledger.usecases.board import Board
from ledger.usecases.board import board as seen_board
from ledger.usecases.lookback.coming import UnderWay
from ledger.usecases.queues import Queue
from ledger.usecases.sight import Sight

#: What changed this month is told in these words, from the events of that kind.
_CHANGES = ("new", "closed", "reopened", "interim", "longterm", "late", "due_later")
#: Lines a board takes where nobody says how many there are; the line of the prompt is left free.
_LINES = 24
_EDGE = "  "


class _Block(NamedTuple):
    """A heading with the rows below it, of which as many are shown as there is room for."""

    heading: Part
    rows: Sequence[tuple[Part, ...]]


def board(
    per: Per = None,
) -> None:
    """Show at a glance where the ledger stands.

    Counts by status and light, by category or whatever --per names; what changed this month; what is late,
    falls due this week, or waits for a sign-off; letters without an answer, milestones, look-backs, clues. It
    fits the screen: behind each heading stands how many there are, below it as many as there is room for.

    Examples:
        ledger board
        ledger board --per unit
        ledger board --as-of 2025-06-30 --json
    """
    seen = looking.sight()
    found = seen_board(seen, per, tell=console.warn)
    agenda.doubtful(found.morning.agenda)
    if console.wants_json():
        console.document("ledger/board@1", {**looking.about(seen), **_json(seen, found)})
        return
    if console.wants_plain():
        console.rows([Column(each) for each in agenda.TSV], _rows(found))
        return
    width, lines = console.width(), shutil.get_terminal_size((80, _LINES)).lines
    head = [*_head(seen, found, width)]
    blocks = [each for each in _blocks(found, looking.own_lights(seen.book.settings)) if each.rows]
    room = max(lines - 1 - len(head) - len(blocks), len(blocks))
    for line in head:
        console.say(*line)
    for block, count in zip(blocks, _shares([len(each.rows) for each in blocks], room), strict=True):
        console.say(block.heading)
        for laid in page.grid(block.rows[:count], width, indent=_EDGE, most=1):
            for line in laid:
                console.say(*line)


# --- for people ----------------------------------------------------------------------------------------


def _shares(sizes: Sequence[int], room: int) -> list[int]:
    """How many rows each block gets: one each, then in turn as long as there is room."""
    given = [0] * len(sizes)
    while room > 0 and any(one < size for one, size in zip(given, sizes, strict=True)):
        for place, size in enumerate(sizes):
            if given[place] < size and room > 0:
                given[place] += 1
                room -= 1
    return given


def _head(seen: Sight, found: Board, width: int) -> Iterator[Line]:
    """Whose ledger it is, the counts, the lights, and what changed this month."""
    yield from overview.title(seen, found.morning, width)
    yield from overview.counts(found.morning, width)
    words = looking.lights(seen.book.settings)
    lights = [(words[code], f"{one}/{two}") for code, (one, two) in found.lights.items() if one or two]
    if lights:
        said = _("lights (issues/measures)")
        yield from page.facts([(said, "  ".join(" ".join(each) for each in lights))], width, indent=_EDGE)
    issues, measures = found.changes.issues, found.changes.measures
    happened = periodstats.kinds(measures if measures.closing.total else issues)
    changed = [(labels.label("change", kind), str(len(happened[kind]) or "")) for kind in _CHANGES]
    if any(count for _kind, count in changed):
        yield from page.facts([(found.month.name, _("so far")), *changed], width, indent=_EDGE)


def _blocks(found: Board, lights: Mapping[str, str]) -> Iterator[_Block]:
    now = found.morning.agenda
    groups, late = found.groups, now.overdue
    yield _Block(Toned(_heading(groups), "strong"), [_group(each) for each in groups])
    yield _Block(_counted(_("overdue"), len(late), bad=True), [agenda.cells(each, lights) for each in late])
    for _code, items in now.soon:
        yield _Block(_counted(_("due this week"), len(items)), [agenda.cells(each, lights) for each in items])
    total = sum(len(each.items) for each in now.queues)
    yield _Block(_counted(_("waiting for a sign-off"), total), [_queue(each) for each in now.queues])
    letters = [
        (each.id, f"{each.name} {each.title}".strip(), each.addressee, str(each.reply_by), _late(each.days))
        for each in found.letters
    ]
    yield _Block(_counted(_("letters without an answer"), len(letters)), letters)
    for section in now.sections:
        if section.code != "letters":
            heading = _counted(labels.label("section", section.code), len(section.items))
            yield _Block(heading, [agenda.cells(each, lights) for each in section.items])
    reviews = [_review(each) for each in found.reviews]
    yield _Block(_counted(_("look-backs under way"), len(reviews)), reviews)


def _counted(heading: str, count: int, *, bad: bool = False) -> Part:
    return Toned(f"{heading} {count}", "bad" if bad and count else "strong")


def _heading(groups: Sequence[Group]) -> str:
    field = labels.label("field", groups[0].field) if groups else ""
    words = _("{field} {count}: issues and measures closed ÷ all, overdue")
    return words.format(field=field, count=len(groups))


def _group(group: Group) -> tuple[Part, ...]:
    issues, measures, late = group.tally.issues, group.tally.measures, group.tally.overdue
    value = labels.label("term", group.value) if group.field == "term" and group.value else group.value
    share = rates.percent(issues.closed, issues.total)
    return (
        "" if share is None else f"{share}%",
        value or looking.NOTHING,
        f"{issues.closed}/{issues.total}",
        f"{measures.closed}/{measures.total}" if measures.total else "",
        Toned(str(late), "bad") if late else "",
    )


def _queue(queue: Queue) -> tuple[Part, ...]:
    step = _("step {place}/{of} {label}").format(place=queue.place, of=queue.of, label=queue.label)
    days = queue.longest_days or 0
    longest = ngettext("longest {count} day", "longest {count} days", days).format(count=days) if days else ""
    return (step, " ".join(each.id for each in queue.items), longest)


def _review(each: UnderWay) -> tuple[Part, ...]:
    done = _("{done} of {all} looked at").format(done=each.drawn - each.open, all=each.drawn)
    return (each.id, each.title, done if each.drawn else labels.label("stage", each.stage))


def _late(days: int) -> Part:
    said = looking.lateness(days)
    return Toned(said, "bad") if days > 0 else said


# --- for programs --------------------------------------------------------------------------------------


def _rows(found: Board) -> list[tuple[Cell, ...]]:
    """What a pipe gets: the rows of `due`, then all letters and look-backs that are open."""
    lines = [row for row in agenda.rows(found.morning.agenda) if row[0] != "letters"]
    lines += [
        ("letters", each.id, each.title, each.addressee, "", "", each.reply_by, each.days, "", "", "")
        for each in found.letters
    ]
    lines += [
        ("under_way", each.id, each.title, "", "", each.stage, each.as_of, "", "", "", "")
        for each in found.reviews
    ]
    return lines


def _json(seen: Sight, found: Board) -> dict[str, Any]:
    settings = seen.book.settings
    told = found.changes
    return {
        "org": settings.org or None,
        "title": settings.title or None,
        "plan": found.morning.plan or None,
        "issues": count_json(found.morning.tally.issues),
        "measures": count_json(found.morning.tally.measures),
        "lights": [
            {"code": code, "issues": one, "measures": two} for code, (one, two) in found.lights.items()
        ],
        "by": [
            {"field": each.field, "value": each.value or None, **as_json(each.tally)} for each in found.groups
        ],
        "month": {
            "name": found.month.name,
            "from": found.month.first,
            "to": found.month.last,
            **{
                name: {kind: len(events) for kind, events in periodstats.kinds(side).items()}
                for name, side in (("issues", told.issues), ("measures", told.measures))
            },
        },
        **agenda.as_json(found.morning.agenda),
        "letters": [
            {
                "id": each.id,
                "title": each.title,
                "addressee": each.addressee,
                "signed_on": each.signed_on,
                "reply_by": each.reply_by,
                "days": each.days,
            }
            for each in found.letters
        ],
        "under_way": [each._asdict() for each in found.reviews],
    }
