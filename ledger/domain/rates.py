"""Counting rules (口径): what counts, what is late, and every rate with its definition."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.moves import Status
from ledger.domain.schema import TERMS
from ledger.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from ledger.domain.issue import Issue, Measure, Target

#: The statuses that count; void counts nowhere. Source: docs/contract.md §6.
COUNTED: tuple[Status, ...] = tuple(status for status in Status if status is not Status.VOID)

#: The same from the most to the least advanced, as tables of counts show them.
SHOWN: tuple[Status, ...] = (
    Status.CLOSED,
    Status.CLOSING,
    Status.DONE,
    Status.INTERIM,
    Status.ACTIVE,
    Status.PENDING,
    Status.LONGTERM,
)

#: What counts can be grouped by.
FIELDS = ("unit", "category", "leader", "term")


class Count(NamedTuple):
    """How many there are, how many in each status, and how many are late.

    Shape: `by_status` has every status but void, zeros included; its values sum to `total`.
    """

    total: int
    by_status: Mapping[Status, int]
    overdue: int

    @property
    def closed(self) -> int:
        """How many are closed."""
        return self.by_status[Status.CLOSED]

    @property
    def settled(self) -> int:
        """How many are closed or carried on as long-term work."""
        return self.closed + self.by_status[Status.LONGTERM]


class Tally(NamedTuple):
    """The counts of a ledger, or of a part of it.

    Shape: `overdue` counts what stands on the list of overdue work: late measures, and late issues
        that have no measures. `issues.overdue` counts issues in which anything is late.
    """

    issues: Count
    measures: Count
    overdue: int


class Rate(NamedTuple):
    """A share, with everything needed to check it by hand.

    Shape: `name` is a code; `definition` a sentence in the language spoken.
    Units: `percent` per cent with one decimal; None when there is nothing to divide by.
    """

    name: str
    definition: str
    numerator: int
    denominator: int
    percent: Decimal | None


class Group(NamedTuple):
    """The counts of what shares one value of a field; an empty value gathers what has none."""

    field: str
    value: str
    tally: Tally


def percent(numerator: int, denominator: int) -> Decimal | None:
    """The share in per cent, rounded half-up to one decimal; None of nothing.

    Shape: 100.0 only when all of them are meant, 99.9 as long as one is left.

    Source: docs/contract.md §6.
    """
    if denominator == 0:
        return None
    tenths = (2000 * numerator + denominator) // (2 * denominator)
    if numerator < denominator:
        tenths = min(tenths, 999)
    return Decimal(tenths).scaleb(-1)


def overdue(issue: Issue, today: dt.date) -> tuple[Target, ...]:
    """What is late in an issue: its measures, or the issue itself when it has none.

    Shape: in the order of the numbers; empty when nothing is late.

    Source: docs/contract.md §6.
    """
    if issue.late_since is None:
        return ()
    return tuple(each for each in issue.live or (issue,) if each.overdue_days(today) > 0)


def counting(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """The issues that count: all but the void ones."""
    return tuple(issue for issue in issues if issue.status is not Status.VOID)


def measures_by_issue(issues: Sequence[Issue]) -> dict[str, tuple[Measure, ...]]:
    """The measures that count for each issue, by its uid: its own, then those of others that serve it.

    Source: docs/contract.md §2: a shared measure counts for each issue and once in totals.
    """
    live = counting(issues)
    found = {issue.uid: list(issue.live) for issue in live}
    for issue in live:
        for measure in issue.live:
            for uid in dict.fromkeys(measure.serves):
                if uid != issue.uid and uid in found:
                    found[uid].append(measure)
    return {uid: tuple(measures) for uid, measures in found.items()}


def tally(issues: Iterable[Issue], today: dt.date) -> Tally:
    """All counts of the issues given, on the day given."""
    live = counting(issues)
    return _tally(live, [measure for issue in live for measure in issue.live], _Late(live, today))


def by(issues: Iterable[Issue], field: str, today: dt.date) -> tuple[Group, ...]:
    """The counts of each unit, category, leader or term.

    Shape: in the order in which the values first appear, terms in their own order. Issues sum to the
        whole. A measure stands under its own unit, leader and term; under a category it stands once
        for all the issues there it belongs to or serves, so that categories may sum to more.

    Raises:
        UsageError: nothing is grouped by `field`.
    """
    if field not in FIELDS:
        message = _("nothing can be counted by {field}").format(field=field)
        raise UsageError(message, _("there are: {fields}").format(fields=", ".join(FIELDS)))
    live = counting(issues)
    late = _Late(live, today)
    categories = {issue.uid: issue.category for issue in live}
    parts: dict[str, tuple[list[Issue], list[Measure]]] = {}
    for issue in live:
        parts.setdefault(getattr(issue, field), ([], []))[0].append(issue)
        for measure in issue.live:
            for value in _values(issue, measure, field, categories):
                parts.setdefault(value, ([], []))[1].append(measure)
    order = [each for each in TERMS if each in parts] if field == "term" else []
    return tuple(
        Group(field, value, _tally(*parts[value], late)) for value in dict.fromkeys([*order, *parts])
    )


def rates(counts: Tally) -> tuple[Rate, ...]:
    """Closed and settled rates of issues and of measures.

    Source: docs/contract.md §6.
    """
    issues, measures = counts.issues, counts.measures
    return (
        _rate(
            "issues_closed",
            _("closed issues ÷ all issues; void ones count nowhere"),
            issues.closed,
            issues.total,
        ),
        _rate(
            "issues_settled",
            _("closed and long-term issues ÷ all issues; void ones count nowhere"),
            issues.settled,
            issues.total,
        ),
        _rate(
            "measures_closed",
            _("closed measures ÷ all measures; shared ones count once, void ones nowhere"),
            measures.closed,
            measures.total,
        ),
        _rate(
            "measures_settled",
            _("closed and long-term measures ÷ all measures; shared ones count once, void ones nowhere"),
            measures.settled,
            measures.total,
        ),
    )


def overdue_rates(counts: Tally) -> tuple[Rate, ...]:
    """The shares of issues and of measures that are late.

    Source: docs/contract.md §6, what is overdue.
    """
    issues, measures = counts.issues, counts.measures
    return (
        _rate(
            "issues_overdue",
            _("issues in which anything is late ÷ all issues; void ones count nowhere"),
            issues.overdue,
            issues.total,
        ),
        _rate(
            "measures_overdue",
            _("late measures ÷ all measures; shared ones count once, void ones nowhere"),
            measures.overdue,
            measures.total,
        ),
    )


class _Late:
    """What is late on a day: the issues, and the parts that stand on the list of overdue work."""

    def __init__(self, issues: Iterable[Issue], today: dt.date) -> None:
        self.parts: set[int] = set()
        self.issues: set[int] = set()
        for issue in issues:
            late = overdue(issue, today)
            if late:
                self.issues.add(id(issue))
                self.parts.update(map(id, late))


def _tally(issues: Sequence[Issue], measures: Sequence[Measure], late: _Late) -> Tally:
    of_issues, of_measures = _count(issues, late.issues), _count(measures, late.parts)
    alone = sum(1 for issue in issues if id(issue) in late.parts)
    return Tally(of_issues, of_measures, of_measures.overdue + alone)


def _count(targets: Sequence[Target], late: set[int]) -> Count:
    statuses = Counter(each.status for each in targets)
    by_status = {status: statuses[status] for status in COUNTED}
    return Count(len(targets), by_status, sum(1 for each in targets if id(each) in late))


def _values(issue: Issue, measure: Measure, field: str, categories: Mapping[str, str]) -> Iterable[str]:
    if field != "category":
        return (getattr(measure, field),)
    served = (categories[uid] for uid in categories if uid in measure.serves) if measure.serves else ()
    return dict.fromkeys((issue.category, *served))


def _rate(name: str, definition: str, numerator: int, denominator: int) -> Rate:
    return Rate(name, definition, numerator, denominator, percent(numerator, denominator))
