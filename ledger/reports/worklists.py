"""Lists of work that monthly reports carry: what was closed, what is late, what falls due."""

from __future__ import annotations

import datetime as dt
from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING

from ledger.domain import rates
from ledger.domain.moves import Status
from ledger.reports.views import Column, Kind, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger.domain.issue import Issue, Target
    from ledger.reports.words import Words


def wording(target: Target) -> str:
    """What a measure says, or what an issue is called."""
    return str(getattr(target, "text", "") or getattr(target, "title", ""))


def closed(issues: Iterable[Issue], day: dt.date, say: Words) -> Section:
    """What was closed in the month, up to the day: issues, each followed by its measures."""
    first = day.replace(day=1)
    rows = tuple(
        (target.id, wording(target), target.unit, target.leader, on, target.result)
        for issue in issues
        for target, on in ((issue, _closed_on(issue)), *((each, each.closed_on) for each in issue.live))
        if on is not None and target.status is Status.CLOSED and first <= on <= day
    )
    columns = say.columns(
        "id",
        _issue_or_measure(),
        "unit",
        "leader",
        Column("closed_on", pgettext("document", "closed on"), Kind.DATE),
        "result",
    )
    return Section(
        "closed",
        _("Closed this month"),
        (Table(columns, rows, _("Nothing was closed.")),),
    )


def _closed_on(issue: Issue) -> dt.date | None:
    """The day an issue was closed: by its own sign-offs, else with the last of its measures."""
    if issue.status is not Status.CLOSED or issue.closed_on is not None:
        return issue.closed_on
    return max((each.closed_on for each in issue.live if each.closed_on is not None), default=None)


def overdue(issues: Iterable[Issue], day: dt.date, say: Words) -> Section:
    """What is late on the day, the longest late first."""
    late = [target for issue in issues for target in rates.overdue(issue, day)]
    late.sort(key=lambda target: -target.overdue_days(day))
    rows = tuple(
        (
            target.id,
            wording(target),
            target.unit,
            target.leader,
            target.late_from,
            target.overdue_days(day),
            target.remark,
            _latest(target),
            say.requested(target),
        )
        for target in late
    )
    columns = say.columns(
        "id",
        _issue_or_measure(),
        "unit",
        "leader",
        ("due", Kind.DATE),
        ("overdue_days", Kind.NUMBER),
        "remark",
        Column("latest", _("latest note")),
        Column("requested", pgettext("document", "asked for")),
    )
    return Section(
        "overdue",
        pgettext("document", "Overdue"),
        (Table(columns, rows, _("Nothing is overdue.")),),
    )


def _latest(target: Target) -> str:
    if not target.notes:
        return ""
    note = max(target.notes, key=lambda each: each.on)
    return f"{note.on} {note.text}"


def due_next(issues: Iterable[Issue], day: dt.date, say: Words) -> Section:
    """What falls due, or is to be reviewed, from the day to the end of the month after it."""
    last = _end_of_next_month(day)
    ahead = [
        (target.late_from, target)
        for issue in issues
        if issue.late_since is not None
        for target in issue.live or (issue,)
        if target.late_from is not None and day <= target.late_from <= last
    ]
    ahead.sort(key=lambda found: found[0])
    rows = tuple(
        (
            target.id,
            wording(target),
            target.unit,
            target.leader,
            due,
            (due - day).days,
            say.standing(target),
        )
        for due, target in ahead
    )
    columns = say.columns(
        "id",
        _issue_or_measure(),
        "unit",
        "leader",
        ("due", Kind.DATE),
        Column("days_left", _("days left"), Kind.NUMBER),
        "status",
    )
    heading = _("Due by the end of next month ({last})").format(last=last)
    return Section(
        "due_next",
        heading,
        (Table(columns, rows, _("Nothing falls due.")),),
    )


def _end_of_next_month(day: dt.date) -> dt.date:
    months = day.year * 12 + day.month + 1
    return dt.date(months // 12, months % 12 + 1, 1) - dt.timedelta(days=1)


def _issue_or_measure() -> Column:
    return Column("text", _("issue or measure"))
