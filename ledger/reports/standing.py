"""How a ledger stands on a day, as counts and rows: what the monthly status is made from.

The same from the issues (`standing_of`) as from the index (`usecases.standing`), which reads no record.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeGuard

from ledger.domain import rates
from ledger.domain.lights import days_late, light, only_days
from ledger.domain.moves import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ledger.domain.cadence import Span
    from ledger.domain.changes import Changes
    from ledger.domain.issue import Issue, Target
    from ledger.domain.rates import Group, Tally
    from ledger.domain.settings import Light

#: So many rows of a list stand in the report, the most urgent first; how many there are in all is said.
#: Source: DECISIONS.md D-106.
LONGEST: Final = 200


class Line(NamedTuple):
    """An issue or a measure on a list of work.

    Shape: `on` is the day the list goes by; `light` a code, None where none shows; `latest` the day and text
        of the last note.
    """

    id: str
    text: str
    unit: str
    leader: str
    status: str
    signed: int
    steps: int
    on: dt.date
    light: str | None = None
    remark: str = ""
    result: str = ""
    requested: str = ""
    latest: tuple[dt.date, str] | None = None


class Part(NamedTuple):
    """The first lines of a list of work, and how many there are in all."""

    lines: tuple[Line, ...]
    total: int


class Standing(NamedTuple):
    """How a ledger stands on a day.

    Shape: `groups` by category and `units` by unit; `closed` in the period, `overdue` the longest late
        first, `ahead` up to the end of the next month, the earliest first; `months` says how much falls due
        in each month from the day on (2025-07); `lights` how many issues and measures show each light, and
        `worst` the strictest light in each category, None where the lights need the past and nobody asked;
        `rebounds` how many issues and measures of each category came back.
    """

    whole: Tally
    groups: tuple[Group, ...]
    units: tuple[Group, ...]
    closed: Part
    overdue: Part
    ahead: Part
    months: tuple[tuple[str, int], ...]
    lights: Mapping[str, tuple[int, int]] | None
    worst: Mapping[str, str | None] | None
    rebounds: Mapping[str, tuple[int, int]]


class History(NamedTuple):
    """How a ledger came to stand as it does.

    Shape: `ids` are those of everything the changes name, by uid; `open_on` says how many issues were open
        at the end of a day, for the ends of the last months and the day itself.
    """

    changes: Changes
    ids: Mapping[str, str]
    open_on: tuple[tuple[dt.date, int], ...]


def standing_of(issues: Sequence[Issue], span: Span, lights: Sequence[Light]) -> Standing:
    """How these issues stand on the last day of a period."""
    day, live = span.last, rates.counting(issues)
    bright = only_days(lights)
    ahead = _sorted((each.late_from, each) for each in _expected(live) if _from(each, day))
    return Standing(
        whole=rates.tally(issues, day),
        groups=rates.by(issues, "category", day),
        units=rates.by(issues, "unit", day),
        closed=_part(_closed(live, span), day, lights),
        overdue=_part(
            _sorted((e.late_from, e) for issue in live for e in rates.overdue(issue, day)), day, lights
        ),
        ahead=_part([found for found in ahead if found[0] <= end_of_next_month(day)], day, lights),
        months=tuple(sorted(Counter(f"{on:%Y-%m}" for on, _each in ahead).items())),
        lights=_lights(live, day, lights) if bright else None,
        worst=_worst(live, day, lights) if bright else None,
        rebounds=_rebounds(live),
    )


def wording(target: Target) -> str:
    """What a measure says, or what an issue is called."""
    from ledger.domain.issue import Measure  # not needed where the index is asked

    if isinstance(target, Measure):
        return target.text
    return target.title if _is_issue(target) else ""


def _is_issue(target: Target) -> TypeGuard[Issue]:
    from ledger.domain.issue import Issue

    return isinstance(target, Issue)


def end_of_next_month(day: dt.date) -> dt.date:
    """The last day of the month after that of a day."""
    months = day.year * 12 + day.month + 1
    return dt.date(months // 12, months % 12 + 1, 1) - dt.timedelta(days=1)


def _expected(live: Iterable[Issue]) -> Iterator[Target]:
    """What can be late: measures, and issues without any."""
    for issue in live:
        if issue.late_since is not None:
            yield from issue.live or (issue,)


def _from(target: Target, day: dt.date) -> bool:
    return target.late_from is not None and target.late_from >= day


def _sorted(found: Iterable[tuple[dt.date | None, Target]]) -> list[tuple[dt.date, Target]]:
    """The earliest first; of one day measures before issues, each in the order of their numbers."""
    dated = [(on, each) for on, each in found if on is not None]
    return sorted(dated, key=lambda pair: (pair[0], _is_issue(pair[1])))


def _closed(live: Iterable[Issue], span: Span) -> list[tuple[dt.date, Target]]:
    """What was closed in the period: issues, each followed by its measures."""
    return [
        (on, target)
        for issue in live
        for target, on in ((issue, _closed_on(issue)), *((each, each.closed_on) for each in issue.live))
        if on is not None and target.status is Status.CLOSED and span.first <= on <= span.last
    ]


def _closed_on(issue: Issue) -> dt.date | None:
    """The day an issue was closed: by its own sign-offs, else with the last of its measures."""
    if issue.status is not Status.CLOSED or issue.closed_on is not None:
        return issue.closed_on
    return max((each.closed_on for each in issue.live if each.closed_on is not None), default=None)


def _part(found: Sequence[tuple[dt.date, Target]], day: dt.date, lights: Sequence[Light]) -> Part:
    return Part(tuple(_line(target, on, day, lights) for on, target in found[:LONGEST]), len(found))


def _line(target: Target, on: dt.date, day: dt.date, lights: Sequence[Light]) -> Line:
    note = max(target.notes, key=lambda each: each.on, default=None)
    late = target.late_since if _is_issue(target) else target.late_from
    return Line(
        id=target.id,
        text=wording(target),
        unit=target.unit,
        leader=target.leader,
        status=target.status,
        signed=target.signed,
        steps=target.steps,
        on=on,
        light=light(days_late(late, day), target.status, lights) if only_days(lights) else None,
        remark=target.remark,
        result=target.result,
        requested=target.requested,
        latest=None if note is None else (note.on, note.text),
    )


def _each_light(
    live: Iterable[Issue], day: dt.date, lights: Sequence[Light]
) -> Iterator[tuple[Issue, int, str | None]]:
    """Every issue and measure that counts: its issue, 0 or 1, and the light it shows."""
    for issue in live:
        yield issue, 0, light(days_late(issue.late_since, day), issue.status, lights)
        for each in issue.live:
            late = each.late_from if issue.late_since is not None else None
            yield issue, 1, light(days_late(late, day), each.status, lights)


def _lights(live: Iterable[Issue], day: dt.date, lights: Sequence[Light]) -> dict[str, tuple[int, int]]:
    found = Counter((shown, place) for _issue, place, shown in _each_light(live, day, lights))
    return {each.code: (found[each.code, 0], found[each.code, 1]) for each in lights}


def _worst(live: Iterable[Issue], day: dt.date, lights: Sequence[Light]) -> dict[str, str | None]:
    """The strictest light an issue of each category shows."""
    order = [each.code for each in lights]
    found: dict[str, set[str]] = {}
    for issue, place, shown in _each_light(live, day, lights):
        if place == 0:
            found.setdefault(issue.category, set()).update(() if shown is None else (shown,))
    return {name: min(shown, key=order.index, default=None) for name, shown in found.items()}


def _rebounds(live: Iterable[Issue]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for issue in live:
        issues, measures = found.get(issue.category, (0, 0))
        back = sum(each.rebounds > 0 for each in issue.live)
        found[issue.category] = (issues + (issue.rebounds > 0), measures + back)
    return {name: counts for name, counts in found.items() if any(counts)}
