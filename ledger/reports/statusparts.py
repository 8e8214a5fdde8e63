"""Sections of the monthly status besides its counts: what changed, lies ahead, was answered, came back."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING

from ledger.domain import lettercounts
from ledger.domain.words import some
from ledger.reports import statuscharts
from ledger.reports.balances import balances
from ledger.reports.views import Column, Kind, Section, Table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.domain.cadence import Span
    from ledger.domain.changes import Side
    from ledger.domain.letter import Letter
    from ledger.reports.balances import Event
    from ledger.reports.standing import History
    from ledger.reports.views import Cell
    from ledger.reports.words import Words

#: So many ids stand behind one figure; the rest is counted.
_NAMED = 60


def lit(counts: Mapping[str, tuple[int, int]], words: Mapping[str, str]) -> Table:
    """How many issues and measures show each light."""
    columns = (
        Column("light", pgettext("document", "light")),
        Column("issues", pgettext("document", "issues"), Kind.NUMBER),
        Column("measures", pgettext("document", "measures"), Kind.NUMBER),
    )
    return Table(columns, tuple((words[code], *both) for code, both in counts.items()), empty="")


def changed(history: History | None, say: Words) -> Iterator[Section]:
    """What changed in the period: each figure before, with what made it more and less, and after."""
    if history is None:
        return
    found = history.changes
    sides = [(pgettext("document", "issues"), found.issues)]
    if found.measures.opening.total or found.measures.closing.total:
        sides.append((pgettext("document", "measures"), found.measures))
    columns = (
        Column("figure", pgettext("document", "what")),
        Column("before", _("before"), Kind.NUMBER),
        Column("gained", _("gained"), Kind.NUMBER),
        Column("lost", _("lost"), Kind.NUMBER),
        Column("after", _("after"), Kind.NUMBER),
    )
    tables = tuple(
        Table(
            columns,
            tuple((b.label, b.before, len(b.gained), len(b.lost), b.after) for b in balances(side)),
            empty="",
            title=name,
        )
        for name, side in sides
    )
    named = (Column("figure", pgettext("document", "what")), *say.columns("id"))
    rows = tuple(row for name, side in sides for row in _named(name, side, history.ids))
    events = Table(named, rows, _("Nothing has changed."))
    yield Section("changed", _("Changed in this period"), (*tables, events))


def _named(name: str, side: Side, ids: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    """Which issues or measures stand behind each figure of what happened."""
    for each in balances(side):
        for sign, events in (("+", each.gained), ("-", each.lost)):
            if events:
                yield f"{name} {each.label} {sign}{len(events)}", some(_ids(events, ids), _NAMED)


def _ids(events: Sequence[Event], ids: Mapping[str, str]) -> list[str]:
    """What the events are about, in the order of the days, then of the numbers."""
    order = sorted(events, key=lambda each: (each.on, _place(ids.get(each.uid, ""))))
    return [ids.get(each.uid, each.uid) for each in order]


def _place(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.split(".") if part)


def trend(history: History | None) -> Iterator[Section]:
    """How many issues were open at the ends of the last months."""
    if history is None or not any(count for _day, count in history.open_on):
        return
    columns = (
        Column("day", pgettext("document", "date"), Kind.DATE),
        Column("open", _("open issues"), Kind.NUMBER),
    )
    table = Table(columns, history.open_on, empty="")
    yield Section("trend", _("Open issues over time"), (table, statuscharts.trend(history.open_on)))


def months_ahead(months: Sequence[tuple[str, int]]) -> Section:
    """How much falls due in each month to come."""
    columns = (
        Column("month", pgettext("document", "month")),
        Column("falls_due", _("falls due"), Kind.NUMBER),
    )
    table = Table(columns, tuple(months), _("Nothing falls due."))
    chart = (statuscharts.ahead(months),) if months else ()
    return Section("ahead", _("Deadlines ahead"), (table, *chart))


def letters(every: Sequence[Letter], span: Span) -> Iterator[Section]:
    """Letters signed or answered in the period, and those that still wait: who has answered, and when."""
    day = span.last
    shown = [each for each in every if each.counts and _of_period(each, span)]
    if not any(each.counts for each in every):
        return
    signed = [each for each in every if each.counts and _within(each.signed_on, span)]
    rate = lettercounts.rate(signed, day)
    count = lettercounts.count(signed, day)
    counted = Table(
        columns=(
            Column("sent", _("letters signed in the period"), Kind.NUMBER),
            Column("answered", _("answered"), Kind.NUMBER),
            Column("awaited", _("awaited"), Kind.NUMBER),
            Column("late", _("late without an answer"), Kind.NUMBER),
            Column("in_time", _("answered in time"), Kind.NUMBER),
            Column("denominator", pgettext("document", "denominator"), Kind.NUMBER),
            Column("percent", _("share answered in time"), Kind.PERCENT),
        ),
        rows=(
            (
                count.sent,
                count.answered,
                count.awaited,
                count.late,
                rate.numerator,
                rate.denominator,
                rate.percent,
            ),
        ),
        empty="",
    )
    columns = (
        Column("reference", pgettext("document", "letter")),
        Column("addressee", _("addressee")),
        Column("signed_on", pgettext("document", "signed on"), Kind.DATE),
        Column("reply_by", _("answer due"), Kind.DATE),
        Column("answered_on", _("answered on"), Kind.DATE),
        Column("days_late", _("days late"), Kind.NUMBER),
    )
    rows = tuple(
        (
            f"{each.id} {each.reference or each.form}",
            each.addressee,
            each.signed_on,
            each.reply_by,
            each.answered_on,
            max(((each.answered_on or day) - each.reply_by).days, 0) if each.reply_by else None,
        )
        for each in shown
    )
    yield Section(
        "letters", _("Letters and their answers"), (counted, Table(columns, rows, _("No letter waits.")))
    )


def _of_period(letter: Letter, span: Span) -> bool:
    waits = letter.stage == "signed" and letter.reply_by is not None
    return waits or _within(letter.signed_on, span) or _within(letter.answered_on, span)


def _within(day: dt.date | None, span: Span) -> bool:
    return day is not None and span.first <= day <= span.last


def rebounds(found: Mapping[str, tuple[int, int]], say: Words) -> Iterator[Section]:
    """What came back, by category."""
    if not found:
        return
    columns = (
        *say.columns("category"),
        Column("issues", pgettext("document", "issues"), Kind.NUMBER),
        Column("measures", pgettext("document", "measures"), Kind.NUMBER),
    )
    names = sorted(found)
    rows = tuple((name or _("(no category)"), *found[name]) for name in names)
    sums = (
        sum(issues for issues, _measures in found.values()),
        sum(measures for _issues, measures in found.values()),
    )
    table = Table(columns, rows, empty="", total=(say.field["total"], *sums))
    yield Section("rebounds", _("What came back"), (table, statuscharts.rebounds(found)))
