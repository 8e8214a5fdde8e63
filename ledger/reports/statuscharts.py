"""The charts of the monthly status; each stands beside the table that has its figures."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING

from ledger.domain import rates
from ledger.domain.words import dated
from ledger.reports.views import Chart, Series, Shape

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from ledger.domain.rates import Group
    from ledger.reports.words import Words

#: So many months ahead are drawn; the table has all.
_AHEAD = 12


def progress(groups: Sequence[Group], say: Words) -> tuple[Chart, ...]:
    """How far the issues of each category are."""
    if not groups:
        return ()
    labels = tuple(each.value or _("(no category)") for each in groups)
    series = tuple(
        Series(say.status[status], tuple(each.tally.issues.by_status[status] for each in groups))
        for status in rates.SHOWN
    )
    described = _("Issues of {count} categories by status; the table has the figures.")
    return (
        Chart(
            "progress",
            _("Progress by category"),
            described.format(count=len(groups)),
            Shape.STACKED,
            labels,
            series,
        ),
    )


def units(groups: Sequence[Group]) -> tuple[Chart, ...]:
    """How many issues of each unit are open, and in how many anything is late."""
    if not groups:
        return ()
    labels = tuple(each.value or _("(no unit)") for each in groups)
    counts = [each.tally.issues for each in groups]
    series = (
        Series(_("open issues"), tuple(each.total - each.closed for each in counts)),
        Series(pgettext("document", "overdue"), tuple(each.overdue for each in counts)),
    )
    described = _("Open and overdue issues of {count} units; the table has the figures.")
    return (
        Chart(
            "units", _("Open issues by unit"), described.format(count=len(groups)), Shape.BARS, labels, series
        ),
    )


def trend(open_on: Sequence[tuple[dt.date, int]]) -> Chart:
    """Open issues at the ends of the last months."""
    described = _("From {first} to {last} the number of open issues went from {before} to {after}.").format(
        first=dated(open_on[0][0]), last=dated(open_on[-1][0]), before=open_on[0][1], after=open_on[-1][1]
    )
    return Chart(
        "open_over_time",
        _("Open issues over time"),
        described,
        Shape.LINE,
        tuple(day.isoformat() for day, _count in open_on),
        (Series(_("open issues"), tuple(count for _day, count in open_on)),),
    )


def ahead(months: Sequence[tuple[str, int]]) -> Chart:
    """How much falls due in the months to come."""
    shown = months[:_AHEAD]
    described = _("{count} fall due from {first} to {last}.").format(
        count=sum(count for _month, count in shown), first=shown[0][0], last=shown[-1][0]
    )
    return Chart(
        "deadlines_ahead",
        _("Deadlines ahead"),
        described,
        Shape.BARS,
        tuple(month for month, _count in shown),
        (Series(_("falls due"), tuple(count for _month, count in shown)),),
    )


def rebounds(found: Mapping[str, tuple[int, int]]) -> Chart:
    """How many issues and measures of each category came back."""
    names = sorted(found)
    described = _("What came back in {count} categories; the table has the figures.").format(count=len(names))
    return Chart(
        "rebounds",
        _("What came back"),
        described,
        Shape.BARS,
        tuple(name or _("(no category)") for name in names),
        (
            Series(pgettext("document", "issues"), tuple(found[name][0] for name in names)),
            Series(pgettext("document", "measures"), tuple(found[name][1] for name in names)),
        ),
    )
