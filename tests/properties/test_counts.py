"""Counts asked of the index are the counting rules' own, whatever was done to a ledger and on whatever day."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections import Counter
from functools import partial

from hypothesis import example, given
from hypothesis import strategies as st

from ledger.domain import rates
from ledger.domain.acts import closing, planning, ticking, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.cadence import Cadence, Period, period_of
from ledger.domain.course import OWN
from ledger.domain.issue import issue_of
from ledger.domain.moves import Status
from ledger.domain.recurrence import Recurrence
from ledger.errors import LedgerError
from ledger.store import counting, index
from ledger.store.book import Book
from ledger.store.workspace import Workspace
from ledger.usecases import reading
from ledger.usecases.sight import Sight, ask
from tests import town
from tests.domain.desk import FIRST_DAY, SIMPLE, TWO, TWO_OWN, Desk, bring

DAYS = st.integers(-5, 70).map(lambda days: FIRST_DAY + dt.timedelta(days=days))
TERMS = ("", "immediate", "phased", "longterm")
FIELDS = {
    "unit": st.sampled_from(["", "综合股", "财务股"]),
    "category": st.sampled_from(["", "作风", "财务"]),
    "leader": st.sampled_from(["", "顾某", "沈某"]),
    "term": st.sampled_from(TERMS),
    "due": st.none() | DAYS,
}
ISSUE = st.fixed_dictionaries(FIELDS)
MEASURE = st.fixed_dictionaries({name: FIELDS[name] for name in ("unit", "leader", "term", "due")})


def week(day: dt.date) -> Period:
    """The week in which a day lies."""
    return period_of(Cadence.WEEKLY, day)


def weekly(day: dt.date) -> str:
    """Each week from that of a day on, for a month."""
    return str(Recurrence(week(day), week(day + dt.timedelta(days=28))))


def serve(desk: Desk, key: str, _day: dt.date, others: list[str]) -> None:
    """Let a measure count for every other issue."""
    if key != OWN:
        desk.do(planning.edit, key, {"serves": others})


def bring_to(desk: Desk, key: str, _day: dt.date, _others: list[str], *, status: Status) -> None:
    """All the acts that lead there from the beginning; those that are refused on the way lead elsewhere."""
    bring(desk, key, status)


#: What may be done to an issue or a measure, by name; what the rules refuse is left out.
DEEDS = {
    **{f"to {each}": partial(bring_to, status=each) for each in Status if each is not Status.PENDING},
    "sign": lambda desk, key, _day, _others: desk.do(closing.close, key, SignWords(result="已整改到位。")),
    "return": lambda desk, key, _day, _others: desk.do(closing.send_back, key, SignWords(), why="不实"),
    "reopen": lambda desk, key, _day, _others: desk.do(closing.reopen, key, why="反弹"),
    "review": lambda desk, key, day, _others: desk.do(planning.edit, key, {"review_on": day}),
    "extend": lambda desk, key, day, _others: desk.do(working.extend, key, day, why="汛期"),
    "weekly": lambda desk, key, day, _others: desk.do(planning.edit, key, {"recurrence": weekly(day)}),
    "occur": lambda desk, key, day, _others: desk.do(ticking.occur, key, [week(day)], "done"),
    "excuse": lambda desk, key, day, _others: desk.do(ticking.occur, key, [week(day)], "excused", why="汛期"),
    "serve": serve,
}
DEED = st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 3), st.integers(0, 3), DAYS)
LEDGER = st.lists(st.tuples(ISSUE, st.lists(MEASURE, max_size=3)), min_size=2, max_size=4)
DONE = st.lists(DEED, min_size=4, max_size=24)


def worked_on(chain, ledger, deeds):
    """Issues to which some things were done: who, and in which order, is made up."""
    desks = []
    for number, (fields, measures) in enumerate(ledger, 1):
        desk = Desk(chain)
        rows = [{"text": "整改", **said(each)} for each in measures]
        desk.do(planning.add, number, {"title": "台账不全", **said(fields)}, rows)
        desks.append(desk)
    for name, place, part, day in deeds if desks else ():
        desk = desks[place % len(desks)]
        keys = [OWN, *(each["uid"] for each in desk.state.measures())]
        others = [each.state.fields["uid"] for each in desks if each is not desk]
        desk.today += dt.timedelta(days=1)
        with contextlib.suppress(LedgerError):
            DEEDS[name](desk, keys[part % len(keys)], day, others)
    return [(issue_of(desk.state), desk.entries) for desk in desks]


def said(fields):
    return {name: value for name, value in fields.items() if value}


LATE = {"unit": "", "category": "作风", "leader": "", "term": "", "due": FIRST_DAY}
ONE = {"unit": "", "leader": "", "term": "", "due": None}
OTHER = LATE | {"category": "财务"}
NEXT = FIRST_DAY + dt.timedelta(days=1)


@given(st.sampled_from([SIMPLE, TWO, TWO_OWN]), LEDGER, DONE, DAYS)
@example(SIMPLE, [], [], FIRST_DAY)
@example(SIMPLE, [(LATE, [ONE])] * 2, [("serve", 0, 1, FIRST_DAY)], NEXT)
@example(TWO_OWN, [(LATE, [ONE])] * 2, [("to done", 0, 1, FIRST_DAY), ("to closing", 0, 0, FIRST_DAY)], NEXT)
@example(TWO, [(LATE, [ONE])] * 2, [("to interim", 0, 1, FIRST_DAY), ("review", 0, 1, FIRST_DAY)], NEXT)
@example(
    SIMPLE, [(OTHER, []), (LATE, [ONE])], [("serve", 1, 1, FIRST_DAY), ("to void", 0, 0, FIRST_DAY)], NEXT
)
@example(SIMPLE, [(OTHER, []), (OTHER, []), (LATE, [ONE])], [("serve", 2, 1, FIRST_DAY)], NEXT)
@example(
    SIMPLE, [(ONE | {"category": ""}, [ONE]), (OTHER, []), (LATE, [])], [("serve", 0, 1, FIRST_DAY)], NEXT
)
@example(
    SIMPLE, [(ONE | {"category": ""}, [ONE]), (LATE, []), (OTHER, [])], [("serve", 0, 1, FIRST_DAY)], NEXT
)
@example(
    TWO_OWN,
    [(LATE, [ONE])] * 2,
    [("to longterm", 0, 1, FIRST_DAY), ("review", 0, 1, FIRST_DAY), ("to closing", 0, 0, FIRST_DAY)],
    NEXT,
)
def test_the_index_counts_as_the_rules_do(chain, ledger, deeds, day):
    """Totals, statuses, lateness, rates, and every grouping in its order: the same from SQL as from the issues."""
    found = worked_on(chain, ledger, deeds)
    issues = [issue for issue, _entries in found]
    whole = rates.tally(issues, day)
    with index.memory(found) as asked:
        assert counting.counts(asked, day) == whole
        assert rates.rates(counting.counts(asked, day)) == rates.rates(whole)
        for field in rates.FIELDS:
            assert counting.counts_by(asked, field, day) == rates.by(issues, field, day)


@given(st.sampled_from([SIMPLE, TWO, TWO_OWN]), LEDGER, DONE, DAYS)
def test_the_rules_count_as_the_contract_says(chain, ledger, deeds, day):
    """Contract §6, read plainly: void nowhere; late by due, by review, or by a week that was missed."""
    issues = [issue for issue, _entries in worked_on(chain, ledger, deeds) if issue.status != "void"]
    measures = [each for issue in issues for each in issue.measures if each.status != "void"]
    late = 0
    for issue in issues:
        if issue.status in ("closed", "done", "closing") and issue.steps:
            continue  # its own close-out took all its measures along
        parts = [each for each in issue.measures if each.status != "void"] or [issue]
        late += sum(1 for each in parts if _late(each, day))
    whole = rates.tally(issues, day)
    for count, targets in ((whole.issues, issues), (whole.measures, measures)):
        statuses = Counter(str(each.status) for each in targets)
        assert {str(status): number for status, number in count.by_status.items() if number} == statuses
        assert count.total == len(targets)
    assert whole.overdue == late
    closed = sum(1 for each in measures if each.status == "closed")
    settled = closed + sum(1 for each in measures if each.status == "longterm")
    assert [(each.numerator, each.denominator) for each in rates.rates(whole)][2:] == [
        (closed, len(measures)),
        (settled, len(measures)),
    ]


def _late(target, day) -> bool:
    until = {"pending": target.due, "active": target.due}
    until |= {"interim": target.review_on, "longterm": target.review_on}
    limit = until.get(str(target.status))
    return (limit is not None and limit < day) or (str(target.status) in until and _missed(target, day))


def _missed(target, day) -> bool:
    """Whether a week of what comes round has passed and is neither done nor excused."""
    own = getattr(target, "recurrence", None)
    recorded = {each.name for each in target.occurrences} if own else ()
    return own is not None and any(each.last < day and each.name not in recorded for each in own.periods())


def test_stats_says_what_the_records_say_on_any_day(run):
    """The command, the index as it is and as it was, and the records read one by one give one answer."""
    book = Book(Workspace(town.start(run)), "2025")
    issues = reading.issues_of(book)
    for day in (dt.date(2025, 5, 15) + dt.timedelta(days=each) for each in range(0, 120, 13)):
        now, then = Sight(book, day), Sight(book, day, as_of=day)
        assert counted(now) == rates.tally(issues, day)
        as_it_was = rates.tally(reading.issues_of(book, as_of=day), day)
        assert counted(then) == as_it_was
        told = json.loads(run.ok("stats", "--json", "--as-of", day.isoformat()))
        assert told["measures"]["by_status"] == dict(as_it_was.measures.by_status)
        assert (told["issues"]["overdue"], told["overdue"]) == (as_it_was.issues.overdue, as_it_was.overdue)


def counted(sight):
    return ask(sight, lambda asked: counting.counts(asked, sight.day))
