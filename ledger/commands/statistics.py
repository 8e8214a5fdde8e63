"""Counting, with the definition of every rate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from gettext import gettext as _
from gettext import pgettext
from typing import Annotated, Any, TypeAlias

import typer

from ledger.commands import looking, options
from ledger.commands.named import Named
from ledger.commands.tallies import as_json, share
from ledger.domain import rates
from ledger.domain.rates import Count, Group, Tally
from ledger.errors import UsageError
from ledger.store import counting, populations
from ledger.store.indexfile import Index
from ledger.store.listed import Day
from ledger.ui import console, labels
from ledger.usecases.sight import Sight, ask

#: All counts of a day, those of each value of a field, and how many show each light.
_Counted: TypeAlias = tuple[Tally, tuple[Group, ...], dict[str, tuple[int, int]]]
PER = Named(dict.fromkeys(rates.FIELDS, ""))
Per = Annotated[
    str | None,
    typer.Option("--per", metavar="FIELD", click_type=PER, help="Count by unit, category, leader or term."),
]


def stats(
    per: Per = None,
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help="What changed in it: day, week, month, quarter, year, or 2025-06, 2025-Q2, 2025-W23.",
        ),
    ] = None,
    ids: Annotated[
        bool, typer.Option("--ids", help="With --period: name what stands behind each figure.")
    ] = False,
) -> None:
    """Count issues and measures by status and light, what is overdue, and the rates with their definitions.

    Void ones count nowhere. Long-term and interim work is counted apart and never raises a closed rate.
    100.0% is shown only when nothing is open. `--by unit` means the same as `--per unit`.

    With --period: the figures at the end of the period, those at the end of the one before, and what makes
    the difference, each from the events of its kind; a period that is not over is counted to today.

    Examples:
        ledger stats
        ledger stats --per unit
        ledger stats --as-of 2025-06-30 --json
        ledger stats --period month
        ledger stats --period 2025-Q2 --ids
    """
    seen = looking.sight()
    day = seen.day
    field = per or _field_said_with_by()
    if period is not None:
        if field:
            raise UsageError(_("--period counts the whole ledger"), _("leave --per out"))
        from ledger.commands import periodstats  # counts of today need none of it

        periodstats.show(seen, period, ids=ids)
        return
    if ids:
        raise UsageError(_("--ids belongs to --period"), _("add for instance --period month"))

    def question(asked: Index) -> tuple[_Counted, tuple[int, int]]:
        lit = counting.lights(asked, Day(day, seen.book.settings.lights))
        groups = counting.counts_by(asked, field, day) if field else ()
        return (counting.counts(asked, day), groups, lit), populations.came_back(asked)

    (whole, groups, lit), back = ask(seen, question, tell=console.warn)
    if console.wants_json():
        lights = [{"code": code, "issues": one, "measures": two} for code, (one, two) in lit.items()]
        values = {**as_json(whole), "lights": lights, "by": [_group(each) for each in groups], "period": None}
        values["rebounds"] = dict(zip(("issues", "measures"), back, strict=True))
        console.document("ledger/stats@1", {**looking.about(seen), **values})
        return
    if field:
        _by(field, groups, day)
    else:
        _whole(seen, whole, lit, back)
    console.aside(
        _("void ones count nowhere, a shared measure once; overdue work: {n}").format(n=whole.overdue)
    )


def _field_said_with_by() -> str | None:
    """`--by` says who records; nothing is recorded here, so the name of a field can only mean the field."""
    said = options.session().by
    return said if said in rates.FIELDS else None


# --- for programs ------------------------------------------------------------------------------------


def _group(group: Group) -> dict[str, Any]:
    return {"field": group.field, "value": group.value or None, **as_json(group.tally)}


# --- for people ----------------------------------------------------------------------------------------


def _whole(seen: Sight, tally: Tally, lit: Mapping[str, tuple[int, int]], back: tuple[int, int]) -> None:
    words = labels.labels("status")
    lights = looking.lights(seen.book.settings)
    columns = [
        console.Column(_("as of {day}").format(day=seen.day)),
        _figure(pgettext("document", "issues")),
        _figure(pgettext("document", "measures")),
    ]
    one, other = tally.issues, tally.measures
    rows: list[tuple[console.Cell, ...]] = [
        (labels.label("field", "total"), one.total, other.total),
        *((words[status], one.by_status[status], other.by_status[status]) for status in rates.SHOWN),
        (pgettext("document", "overdue"), one.overdue, other.overdue),
        *((_("light: {light}").format(light=lights[code]), *counts) for code, counts in lit.items()),
        *([(_("came back, by look-back"), *back)] if any(back) else []),
        (_("closed rate: closed ÷ all"), _closed(one), _closed(other)),
        (_("settled rate: closed and long-term ÷ all"), _settled(one), _settled(other)),
    ]
    console.rows(columns, rows)


def _by(field: str, groups: tuple[Group, ...], day: dt.date) -> None:
    first = _("{field}, {day}").format(field=labels.label("field", field), day=day)
    columns = [
        console.Column(first),
        _figure(_("issues closed ÷ all")),
        _figure(_("issues long-term")),
        _figure(_("measures closed ÷ all")),
        _figure(_("measures long-term")),
        _figure(pgettext("document", "overdue")),
    ]
    console.rows(columns, [_by_row(field, group) for group in groups])


def _by_row(field: str, group: Group) -> tuple[console.Cell, ...]:
    issues, measures = group.tally.issues, group.tally.measures
    value = labels.label("term", group.value) if field == "term" else group.value
    return (
        value or "-",
        _closed(issues),
        issues.settled - issues.closed,
        _closed(measures),
        measures.settled - measures.closed,
        group.tally.overdue,
    )


def _closed(count: Count) -> str:
    return share(count.closed, count.total)


def _settled(count: Count) -> str:
    return share(count.settled, count.total)


def _figure(heading: str) -> console.Column:
    return console.Column(heading, align="right")
