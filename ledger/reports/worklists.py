"""Lists of work that monthly reports carry: what was closed, what is late, what falls due."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext, pgettext
from typing import TYPE_CHECKING

from ledger.reports.views import Column, Kind, Paragraph, Section, Style, Table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from ledger.reports.standing import Line, Part
    from ledger.reports.views import Block, Cell
    from ledger.reports.words import Words


def closed(part: Part, say: Words) -> Section:
    """What was closed in the period: issues, each followed by its measures."""
    columns = say.columns(
        "id",
        _issue_or_measure(),
        "unit",
        "leader",
        Column("closed_on", pgettext("document", "closed on"), Kind.DATE),
        "result",
    )
    rows = tuple((*_whose(each), each.on, each.result) for each in part.lines)
    return _section(
        "closed", _("Closed in this period"), Table(columns, rows, _("Nothing was closed.")), part
    )


def overdue(part: Part, day: dt.date, say: Words, lights: Mapping[str, str]) -> Section:
    """What is late on the day, the longest late first."""
    columns = say.columns(
        "id",
        _issue_or_measure(),
        "unit",
        "leader",
        ("due", Kind.DATE),
        ("overdue_days", Kind.NUMBER),
        *_light_column(lights),
        "remark",
        Column("latest", _("latest note")),
        Column("requested", pgettext("document", "asked for")),
    )
    rows = tuple(
        (
            *_whose(each),
            each.on,
            (day - each.on).days,
            *_light(each, lights),
            each.remark,
            "" if each.latest is None else f"{each.latest[0]} {each.latest[1]}",
            say.asked_for(each.requested),
        )
        for each in part.lines
    )
    table = Table(columns, rows, _("Nothing is overdue."))
    return _section("overdue", pgettext("document", "Overdue"), table, part)


def due_next(part: Part, day: dt.date, last: dt.date, say: Words, lights: Mapping[str, str]) -> Section:
    """What falls due, or is to be reviewed, from the day to the end of the month after it."""
    columns = say.columns(
        "id",
        _issue_or_measure(),
        "unit",
        "leader",
        ("due", Kind.DATE),
        Column("days_left", _("days left"), Kind.NUMBER),
        *_light_column(lights),
        "status",
    )
    rows = tuple(
        (
            *_whose(each),
            each.on,
            (each.on - day).days,
            *_light(each, lights),
            say.stands(each.status, each.signed, each.steps),
        )
        for each in part.lines
    )
    heading = _("Due by the end of next month ({last})").format(last=last)
    return _section("due_next", heading, Table(columns, rows, _("Nothing falls due.")), part)


def _section(key: str, title: str, table: Table, part: Part) -> Section:
    blocks: list[Block] = [table]
    shown, total = len(part.lines), part.total
    if total > shown:
        said = ngettext(
            "The first {shown} of {total} are listed; ledger list and ledger due show all.",
            "The first {shown} of {total} are listed; ledger list and ledger due show all.",
            total,
        )
        blocks.append(Paragraph(said.format(shown=shown, total=total), Style.NOTE))
    return Section(key, title, tuple(blocks))


def _whose(line: Line) -> tuple[Cell, ...]:
    return line.id, line.text, line.unit, line.leader


def _light_column(lights: Mapping[str, str]) -> tuple[Column, ...]:
    return (Column("light", pgettext("document", "light")),) if lights else ()


def _light(line: Line, lights: Mapping[str, str]) -> tuple[Cell, ...]:
    return (lights.get(line.light or "", ""),) if lights else ()


def _issue_or_measure() -> Column:
    return Column("text", _("issue or measure"))
