"""The view of the day; and the first time, three questions."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _
from gettext import ngettext, pgettext
from pathlib import Path

from ledger.commands import agenda, looking, options
from ledger.domain import rates
from ledger.domain.moves import Status
from ledger.domain.rates import Count
from ledger.domain.settings import Settings
from ledger.errors import NotFoundError
from ledger.store.workspace import find
from ledger.ui import ask, console, labels, page
from ledger.ui.console import Column
from ledger.ui.page import Line
from ledger.usecases.agenda import Agenda, Morning, morning
from ledger.usecases.sight import Sight

#: So many lines of overdue work; `ledger due` has them all.
MOST = 10
#: The order in which the counts of the day stand: what is settled, then what still moves.
_ORDER = (
    Status.CLOSED, Status.LONGTERM, Status.CLOSING, Status.DONE, Status.INTERIM, Status.ACTIVE,
    Status.PENDING,
)  # fmt: skip
_EDGE = "  "


def overview() -> None:
    """Show what is overdue, what is due this week, and what waits at which step.

    The first time, outside any workspace, it asks for your name, the office and how issues are closed, and
    starts a ledger.

    Examples:
        ledger
        ledger --as-of 2025-06-30
        ledger --json
    """
    folder = _unused()
    if folder is not None:
        _first(folder)
        return
    seen = looking.sight()
    found = morning(seen, tell=console.warn)
    if console.wants_json():
        console.document("ledger/overview@1", {**looking.about(seen), **_json(seen.book.settings, found)})
    elif console.wants_plain():
        console.rows([Column(each) for each in agenda.TSV], agenda.rows(found.agenda))
    else:
        _page(seen, found)


# --- the first time --------------------------------------------------------------------------------------


def _unused() -> Path | None:
    """The folder to start in, when there is no ledger yet where the command line looks for one."""
    asked = options.session()
    folder = asked.root or Path.cwd()
    try:
        workspace = find(asked.root)
    except NotFoundError:
        if not folder.is_dir():
            raise
        return folder
    return None if workspace.names() or asked.ledger else workspace.root


def _first(folder: Path) -> None:
    about = _("ledger keeps rectification ledgers: from the findings of an inspection to their close-out.")
    if console.wants_json():
        nothing = Morning(rates.tally((), options.as_of()), 0, Agenda((), (), ()))
        head = {"ledger": None, "as_of": options.as_of(), "known_at": None}
        console.document("ledger/overview@1", {**head, **_json(Settings(), nothing)})
        return
    console.say(about)
    if not ask.possible():
        console.say(_("there is no ledger here yet"))
        console.next_step("ledger init", "ledger demo", "ledger --help")
        return
    from ledger.commands.beginning import begin

    begin(folder)


# --- every other time --------------------------------------------------------------------------------------


def title(seen: Sight, found: Morning, width: int) -> Iterator[Line]:
    """Whose ledger it is, as of when, and under which version of the plan."""
    settings = seen.book.settings
    plan = _("plan v{version}").format(version=found.plan) if found.plan else ""
    name = " ".join(filter(None, (settings.org, settings.title))) or seen.book.name
    beside = "   ".join(filter(None, (looking.when(seen), plan)))
    yield from page.spread(name, [beside], width)


def _page(seen: Sight, found: Morning) -> None:
    width = console.width()
    agenda.doubtful(found.agenda)
    for line in title(seen, found, width):
        console.say(*line)
    console.say("")
    for line in counts(found, width):
        console.say(*line)
    groups: list[agenda.Group] = [(_("overdue"), found.agenda.overdue[:MOST])]
    groups += [(_("due this week"), items) for _code, items in found.agenda.soon]
    groups += agenda.awaited(found.agenda)
    shown = [(heading, items) for heading, items in groups if items]
    if shown or found.agenda.queues:
        console.say("")
    lights = looking.own_lights(seen.book.settings)
    for line in agenda.sections(shown, width, lights, _left_out(len(found.agenda.overdue) - MOST)):
        console.say(*line)
    for line in agenda.waiting(found.agenda.queues, width):
        console.say(*line)
    console.next_step(*_commands(found))


def _left_out(count: int) -> str:
    """How much more is overdue than stands on the page."""
    if count <= 0:
        return ""
    words = ngettext("{count} more overdue: {command}", "{count} more overdue: {command}", count)
    return words.format(count=count, command="ledger due")


def counts(found: Morning, width: int) -> Iterator[Line]:
    """Issues and measures by status, how many are overdue, and the closed rate."""
    tally = found.tally
    yield from page.facts(_count(pgettext("document", "issues"), tally.issues), width, indent=_EDGE)
    if tally.measures.total:
        yield from page.facts(_count(pgettext("document", "measures"), tally.measures), width, indent=_EDGE)


def _count(name: str, count: Count) -> list[tuple[str, str]]:
    statuses = labels.labels("status")
    share = rates.percent(count.closed, count.total)
    rate = "" if share is None else f"{share}% ({count.closed}/{count.total})"
    return [
        (name, str(count.total)),
        *((statuses[each], str(count.by_status[each] or "")) for each in _ORDER),
        (pgettext("document", "overdue"), str(count.overdue or "")),
        (_("closed rate"), rate),
    ]


def _commands(found: Morning) -> list[str]:
    """What could be done next: work off what waits, look at what is late, or begin."""
    if not found.tally.issues.total:
        return ["ledger add ...", "ledger import ...", "ledger --help"]
    late, queues = found.agenda.overdue, found.agenda.queues
    commands = [f"ledger explain {late[0].id}"] if late else []
    if queues:
        ids = " ".join(each.id for each in queues[0].items[:MOST] if not each.suspect)
        commands += [f"ledger close {ids}"] if ids else []
    return [*commands, "ledger list --open"]


# --- for programs ------------------------------------------------------------------------------------------


def _json(settings: Settings, found: Morning) -> dict[str, object]:
    tally = found.tally
    return {
        "org": settings.org or None,
        "title": settings.title or None,
        "plan": found.plan or None,
        "issues": _counted(tally.issues),
        "measures": _counted(tally.measures),
        **agenda.as_json(found.agenda),
    }


def _counted(count: Count) -> dict[str, object]:
    by_status = {str(status): number for status, number in count.by_status.items()}
    rate = {
        "numerator": count.closed,
        "denominator": count.total,
        "percent": rates.percent(count.closed, count.total),
    }
    return {"total": count.total, "by_status": by_status, "overdue": count.overdue, "closed_rate": rate}
