"""The questions to an index give what reading every issue would give, and run nothing that was typed."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from ledger.domain import filters, rates
from ledger.domain.acts import undoing, working
from ledger.domain.course import OWN
from ledger.domain.filters import Condition, parse_filter
from ledger.domain.issue import issue_of
from ledger.domain.lights import days_late, light
from ledger.domain.moves import Status
from ledger.domain.replay import replay
from ledger.domain.schema import ISSUE
from ledger.domain.settings import LIGHTS, Light, Settings
from ledger.domain.text import fold
from ledger.errors import UsageError
from ledger.store import index, query, tables
from ledger.store.query import Day, Shown
from tests.issues import issue, measure
from tests.store.shelf import context, note, open_book, put, save

TODAY = dt.date(2025, 9, 1)
DAY = Day(TODAY, LIGHTS)
UNITS = ("综合股", "财务股", "Ａ股", "工程 股", "")
LEADERS = ("顾某", "沈某", "Lin", "")
CATEGORIES = ("作风建设", "财务管理", "")
WORDS = (
    "台账",
    "整改",
    "公文",
    "责任",
    "ＡＢ",
    "Abc",
    "二〇二五",
    "①",
    "’引",
    "％",
    "a_b",
    "\x01",
    '"',
    "x",
    " ",
)


def made_up(seed: int, count: int = 40):
    """Issues of every status, with and without measures, shared ones among them."""
    source = random.Random(seed)

    def fields() -> dict:
        return {
            "unit": source.choice(UNITS),
            "leader": source.choice(LEADERS),
            "owner": source.choice(LEADERS),
            "co_units": tuple(source.sample(UNITS[:4], source.randrange(3))),
            "criterion": "".join(source.choices(WORDS, k=3)),
            "term": source.choice(("immediate", "phased", "longterm", "")),
            "continuing": source.random() < 0.3,
            "due": source.choice((None, TODAY + dt.timedelta(days=source.randrange(-40, 40)))),
            "review_on": source.choice((None, TODAY + dt.timedelta(days=source.randrange(-20, 20)))),
            "due_text": source.choice(("", "2025年9月底前")),
            "since": source.choice((None, TODAY - dt.timedelta(days=source.randrange(30)))),
            "suspect": source.random() < 0.1,
        }

    def part(number: int):
        serves = tuple(
            f"i{source.randrange(1, count + 3)}" for _each in range(source.choice((0, 0, 0, 1, 2)))
        )
        text = "".join(source.choices(WORDS, k=6))
        return measure(number, str(source.choice(list(Status))), text=text, serves=serves, **fields())

    def one(number: int):
        parts = [part(each) for each in range(1, source.randrange(5))]
        alone = str(source.choice(list(Status)))
        status = alone if not parts or source.random() < 0.15 else None
        steps = {"steps": 2, "signed": 1} if status in ("done", "closing") and source.random() < 0.5 else {}
        return issue(
            number,
            *parts,
            status=status,
            title="".join(source.choices(WORDS, k=4)),
            category=source.choice(CATEGORIES),
            kind=source.choice(("finding", "theme")),
            flags=tuple(source.sample(("rebound_prone", "key"), source.randrange(3))),
            claimed_by=source.choice(LEADERS),
            **steps,
            **fields(),
        )

    return tuple(one(number) for number in range(1, count + 1))


def asked(issues):
    return index.memory((each, ()) for each in issues)


def as_filter_sees(each) -> dict:
    """An issue as `domain.filters` is asked about it; its measures' units, leaders and owners count for it."""
    days = days_late(each.late_since, TODAY)
    parts = (each, *each.live)
    return {
        **{name: getattr(each, name) for name in filters.FIELDS if hasattr(each, name)},
        **{name: [getattr(part, name) for part in parts] for name in ("unit", "leader", "owner")},
        "term": each.term or None,
        "status": str(each.status),
        "due": each.open_due,
        "overdue": (days or 0) > 0,
        "light": light(days, each.status, LIGHTS),
    }


def measure_as_filter_sees(each, of) -> dict:
    late = each.late_from if of.late_since and Status.VOID not in (each.status, of.status) else None
    days = days_late(late, TODAY)
    home = {
        name: getattr(of, name) for name in ("title", "category", "kind", "flags", "claimed_by", "number")
    }
    return {
        **{name: getattr(each, name) for name in filters.FIELDS if hasattr(each, name)},
        **home,
        "term": each.term or None,
        "status": str(each.status),
        "overdue": (days or 0) > 0,
        "light": light(days, each.status, LIGHTS),
    }


ASKED = (
    "status:active", "status:active,closing", "status:void", "unit:综合", "unit:a股", "unit:工程股,财务", "leader:顾某",
    "leader:lin", "owner:沈", "co_units:Ａ股", "category:财务", "title:台账", "title:abc", "criterion:整改",
    "criterion:①", 'title:"', "title:％", "title:a_b", "term:phased", "term:immediate,longterm", "continuing:yes",
    "continuing:no", "overdue:yes", "overdue:no", "light:red", "light:yellow,green", "light:blue", "flags:key",
    "flags:key,rebound_prone", "kind:theme", "claimed_by:Lin", "number:7", "number>30", "number<=3",
    "due<2025-09-01", "due>=2025-09-01", "due:2025-09-05", "review_on>2025-08-30",
)  # fmt: skip


@pytest.mark.parametrize(
    "words", [*[(word,) for word in ASKED], ("status:active", "unit:综合", "overdue:yes")]
)
@pytest.mark.parametrize("seed", [1, 2])
def test_conditions_mean_what_they_say(words, seed):
    """A condition chooses the issues, and the measures, that `domain.filters` chooses."""
    issues = made_up(seed)
    given = parse_filter(words, today=TODAY)
    chosen = [each.uid for each in issues if filters.matches(given, as_filter_sees(each))]
    parts = [
        part.uid
        for each in issues
        for part in each.measures
        if filters.matches(given, measure_as_filter_sees(part, each))
        and ("void" in words[0] or Status.VOID not in (part.status, each.status))
    ]
    with asked(issues) as connection:
        found = [row.uid for row in query.rows(connection, given, DAY)]
        found_parts = [row.uid for row in query.measure_rows(connection, given, DAY)]
        totals = [query.total(connection, given, DAY), query.total(connection, given, DAY, of="measure")]
    assert (found, found_parts, totals) == (chosen, parts, [len(chosen), len(parts)])


def test_the_conditions_of_these_tests_can_tell():
    """Each condition above is met by some made-up issues and not by others: none is tested for nothing."""
    issues = (*made_up(1), *made_up(2))
    shares = [
        sum(filters.matches(parse_filter((word,), today=TODAY), as_filter_sees(each)) for each in issues)
        for word in ASKED
        if word != "light:blue"
    ]
    assert [share for share in shares if not 0 < share < len(issues)] == []


def test_any_lights_mean_in_a_condition_what_they_mean_on_a_row():
    """Thresholds in any order, twice one code, days far beyond the calendar: row and condition agree."""
    source = random.Random(5)
    issues = made_up(3)
    for _turn in range(30):
        lights = tuple(
            Light(source.choice(("a", "b", "c")), source.choice((-9_999_999, -30, -7, 0, 1, 10, 9_999_999)))
            for _each in range(source.randrange(4))
        )
        day = Day(TODAY, lights)
        with asked(issues) as connection:
            shown = {row.uid: row.light for row in query.rows(connection, (), day)}
            for code in "abc":
                given = (Condition("light", "is", (code,)),)
                found = {row.uid for row in query.rows(connection, given, day)}
                assert found == {uid for uid, each in shown.items() if each == code}


def test_long_term_work_shows_no_light_on_the_day_of_its_review():
    """From the day after it does: row and condition agree."""
    issues = [
        issue(number, measure(1, "longterm", review_on=TODAY - dt.timedelta(days=number - 1)))
        for number in (1, 2)
    ]
    with asked(issues) as connection:
        lights = [row.light for row in query.rows(connection, (), DAY)]
        found = [row.id for row in query.rows(connection, parse_filter(("light:red,yellow,green",)), DAY)]
    assert (lights, found) == ([None, "red"], ["2"])


def test_a_row_has_the_shape_of_the_contract():
    """One issue, every column of `list --json` (contract §5)."""
    one = issue(
        7,
        measure(1, "active", text="甲", due=dt.date(2025, 8, 22), due_text="八月"),
        measure(2, "closed", text="乙"),
        measure(3, "void", text="丙"),
        title="台账不全",
        category="作风建设",
        unit="综合股",
        due=dt.date(2025, 12, 31),
        criterion="全",
    )
    with asked([one]) as connection:
        (row,) = query.rows(connection, (), DAY, Shown(more=("criterion", "remark")))
    counts = dict.fromkeys(map(str, Status), 0) | {"total": 2, "active": 1, "closed": 1, "void": 1}
    assert row._asdict() == {
        "id": "7",
        "uid": "i7",
        "title": "台账不全",
        "category": "作风建设",
        "unit": "综合股",
        "leader": None,
        "owner": None,
        "term": None,
        "continuing": False,
        "status": "active",
        "due": dt.date(2025, 8, 22),
        "due_text": "八月",
        "overdue_days": 10,
        "light": "red",
        "measures": counts,
        "rebounds": 0,
        "suspect": False,
        "signed": 0,
        "steps": 0,
        "next_step": None,
        "more": {"criterion": "全", "remark": None},
    }


def test_a_measure_row_says_what_it_inherits():
    """A measure shows the unit and deadline of its issue where it has none, and its issue's title."""
    one = issue(
        7, measure(1, "active", text="甲"), title="台账不全", unit="综合股", due=dt.date(2025, 9, 4), category="作风"
    )  # fmt: skip
    with asked([one]) as connection:
        (row,) = query.measure_rows(connection, (), DAY, Shown(more=("points_total",)))
    shown = (
        row.id,
        row.text,
        row.title,
        row.category,
        row.unit,
        row.due,
        row.overdue_days,
        row.light,
        row.more,
    )
    expected = (
        "7.1",
        "甲",
        "台账不全",
        "作风",
        "综合股",
        dt.date(2025, 9, 4),
        0,
        "yellow",
        {"points_total": 0},
    )
    assert shown == expected


@pytest.mark.parametrize("seed", range(6))
def test_counts_are_those_of_the_counting_rules(seed):
    """Totals, statuses, what is late, and by unit, category, leader and term, as `domain.rates` counts them."""
    issues = made_up(seed)
    with asked(issues) as connection:
        assert query.counts(connection, TODAY) == rates.tally(issues, TODAY)
        for field in rates.FIELDS:
            assert query.counts_by(connection, field, TODAY) == rates.by(issues, field, TODAY)


def test_counting_by_something_else_is_refused():
    """A field nobody counts by is named, with those there are."""
    with asked([]) as connection, pytest.raises(UsageError, match="nothing can be counted by owner"):
        query.counts_by(connection, "owner", TODAY)


@pytest.mark.parametrize("seed", range(4))
def test_measures_of_others_that_serve_an_issue_count_for_it(seed):
    """The measures of a row are those that count for the issue, shared ones among them (contract §2)."""
    issues = made_up(seed)
    serving = rates.measures_by_issue(issues)
    with asked(issues) as connection:
        found = {row.uid: row.measures["total"] for row in query.rows(connection, (), DAY)}
    assert {uid: found[uid] for uid in serving} == {uid: len(each) for uid, each in serving.items()}


@pytest.mark.parametrize("seed", range(4))
def test_what_is_late_is_what_the_counting_rules_say(seed):
    """Overdue work: late measures and late issues without any, the longest late first."""
    issues = made_up(seed)
    late = [part for each in issues for part in rates.overdue(each, TODAY) if each.status is not Status.VOID]
    with asked(issues) as connection:
        found = query.overdue(connection, DAY)
    assert sorted(row.uid for row in found) == sorted(part.uid for part in late)
    days = [row.overdue_days for row in found]
    assert (days, len(days) > 3) == (sorted(days, reverse=True), True)


def test_what_falls_due_counts_both_days():
    """Due from one day to another: both are in, the day before and the day after are not."""
    days = [TODAY + dt.timedelta(days=each) for each in (-1, 0, 7, 8)]
    parts = [measure(number, "active", due=day) for number, day in enumerate(days, 1)]
    alone = issue(2, status="pending", due=days[1])
    done = issue(3, measure(1, "done", due=days[1]))
    with asked([issue(1, *parts), alone, done]) as connection:
        found = query.due_between(connection, days[1], days[2], DAY)
    assert [row.id for row in found] == ["1.2", "2", "1.3"]


@pytest.mark.parametrize("name", ["due", "title", "unit", "overdue", "status", "closed_on"])
def test_sorting_puts_what_has_no_value_last(name):
    """Ascending and, with a minus, descending; no value is last both times; numbers decide between equals."""
    issues = made_up(9)
    value = {
        "due": lambda each: each.open_due,
        "overdue": lambda each: each.late_since,
        "status": lambda each: list(Status).index(each.status),
    }.get(name, lambda each: getattr(each, name) or None)
    known = [each for each in issues if value(each) is not None]
    last = [each.uid for each in issues if value(each) is None]
    with asked(issues) as connection:
        up = [row.uid for row in query.rows(connection, (), DAY, Shown(sort=(name,)))]
        down = [row.uid for row in query.rows(connection, (), DAY, Shown(sort=(f"-{name}",)))]
    assert up == [each.uid for each in sorted(known, key=value)] + last
    assert down == [each.uid for each in sorted(known, key=value, reverse=True)] + last


def test_a_limit_gives_the_first(tmp_path):
    """A limit cuts the list, not the total."""
    issues = made_up(1)
    with asked(issues) as connection:
        found = [row.id for row in query.rows(connection, (), DAY, Shown(limit=3))]
        assert (found, query.total(connection, (), DAY)) == (["1", "2", "3"], len(issues))


HOSTILE = ('uid" FROM issue; DROP TABLE issue; --', "1) OR (1", "load_extension('x')", "rowid", "", "*")


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_was_typed_never_becomes_sql(typed):
    """A column or a field that is not ours is refused; a value is only ever a value (RELIABILITY E9)."""
    issues = made_up(1)
    with asked(issues) as connection:
        for shown in (Shown(sort=(typed,)), Shown(more=(typed,))):
            with pytest.raises(UsageError, match="there is no column"):
                query.rows(connection, (), DAY, shown)
        with pytest.raises(UsageError, match="there is no field"):
            query.rows(connection, (Condition(typed, "is", ("x",)),), DAY)
        for field in ("title", "unit", "status", "flags", "light", "text"):
            query.rows(connection, (Condition(field, "is", (typed,)),), DAY)
        assert query.total(connection, (), DAY) == len(issues)


# -- search -----------------------------------------------------------------------------


def by_hand(issues, words) -> list[str]:
    """The issues in any text of which each word stands, found by looking at them one by one."""
    folded = [fold(word) for word in words if fold(word)]
    if not folded:
        return []
    texts = {each.uid: [fold(text) for text in tables.texts(each, ())] for each in issues}
    return [
        uid for uid, found in texts.items() if all(any(word in text for text in found) for word in folded)
    ]


@pytest.mark.parametrize("seed", range(4))
def test_search_finds_what_looking_one_by_one_finds(seed):
    """Any word of one or more characters, any width and case: none missed, none too many (G12)."""
    source = random.Random(seed)
    issues = made_up(seed)
    whole = "".join(text for each in issues for text in tables.texts(each, ()))
    cuts = [source.randrange(len(whole) - 4) for _each in range(150)]
    words = [(whole[at : at + source.randrange(1, 4)],) for at in cuts]
    words += [tuple(source.choices(WORDS, k=2)) for _each in range(30)] + [
        ("%",),
        ("_",),
        ("",),
        ("\n",),
        ("不存在",),
    ]
    with asked(issues) as connection:
        found = [query.matching(connection, each) for each in words]
    assert found == [by_hand(issues, each) for each in words]


def test_a_word_is_not_found_across_two_texts():
    """The end of one text and the beginning of the next make no word."""
    one = issue(1, measure(1, text="末尾台"), measure(2, text="账开头"), title="题")
    with asked([one]) as connection:
        assert query.matching(connection, ["台账"]) == []


def test_a_hit_names_where_it_is(tmp_path):
    """Issue, measure, point or entry of the history; the field or act; the words around it as they were typed."""
    book = open_book(tmp_path)
    draft = put(book, 7, "台账　不全", "修订《公文》办法", "组织培训", unit="综合股", criterion="台账齐全")
    draft.context = context()
    working.add_point(draft, draft.state.measures()[1]["uid"], "培训台账ABC")
    note(book, draft, "四月抽查，台账两处缺页")
    with index.connect(book) as connection:
        hits = query.search(connection, ["台账"])
        narrow = [(hit.id, hit.field) for hit in query.search(connection, ["ａｂｃ", "公文"])]
        across = [hit.field for hit in query.search(connection, ["账不全"])]
    assert [(hit.id, hit.field, hit.excerpt) for hit in hits] == [
        ("7", "title", "台账 不全"),
        ("7", "criterion", "台账齐全"),
        ("7.2", "points", "培训台账ABC"),
        ("7.1", "note", "四月抽查，台账两处缺页 试"),
    ]
    assert (narrow, across) == ([("7.1", "text"), ("7.2", "points")], ["title"])


def test_a_long_text_is_shown_from_the_word_on():
    """An excerpt fits a line and holds the word."""
    one = issue(1, measure(1, text="长" * 300 + "台账" + "尾" * 300), title="题")
    with asked([one]) as connection:
        (hit,) = query.search(connection, ["台账"])
    assert (hit.excerpt.startswith("..."), "台账" in hit.excerpt, len(hit.excerpt) < 60) == (True, True, True)


def test_what_a_measure_inherits_is_found_once():
    """A leader named on the issue is one hit, not one for each measure."""
    one = issue(1, measure(1, text="甲"), measure(2, text="乙", leader="沈某"), title="题", leader="顾某")
    with asked([one]) as connection:
        found = [(hit.id, hit.field) for name in ("顾某", "沈某") for hit in query.search(connection, [name])]
    assert found == [("1", "leader"), ("1.2", "leader")]


def test_a_limit_of_hits_counts_issues():
    """The first issues are shown with all their hits."""
    issues = [issue(number, title="台账", criterion="台账") for number in (1, 2, 3)]
    with asked(issues) as connection:
        found = [(hit.id, hit.field) for hit in query.search(connection, ["台账"], limit=2)]
    assert found == [("1", "title"), ("1", "criterion"), ("2", "title"), ("2", "criterion")]


# -- what waits, and what was done ------------------------------------------------------


def test_what_waits_for_a_sign_off():
    """Under a chain for measures: measures, and issues without any; under one for issues: issues; longest first."""
    issues = [
        issue(1, measure(1, "closing", text="甲", since=dt.date(2025, 8, 20), next_step="approve", signed=1, steps=2)),
        issue(2, measure(1, "done", text="乙", since=dt.date(2025, 8, 1)), measure(2, "active")),
        issue(3, status="done", title="丙", since=dt.date(2025, 8, 10)),
        issue(4, measure(1, "done"), status="void"),
    ]  # fmt: skip
    with asked(issues) as connection:
        measures = query.waiting(connection, of="measure")
        own = query.waiting(connection, of="issue")
    assert [(each.id, each.text, each.step, each.signed, each.steps) for each in measures] == [
        ("2.1", "乙", None, 0, 0),
        ("3", "丙", None, 0, 0),
        ("1.1", "甲", "approve", 1, 2),
    ]
    assert [each.id for each in own] == ["3", "1"]


def test_the_last_commands_come_first(tmp_path):
    """Each with what it did to what; one that was taken back is marked."""
    book = open_book(tmp_path)
    first, second = put(book, 1, "甲", "做"), put(book, 2, "乙")
    bulk = context("2025-04-01")
    for draft in (first, second):
        draft.context = bulk
        working.note(draft, OWN, "一起记")
        save(book, draft)
    note(book, first, "又记")
    batch = first.added[-1].batch
    first.context = context("2025-04-02")
    undoing.undo(first, batch)
    save(book, first)
    with index.connect(book) as connection:
        found = query.batches(connection, 3)
        everything = query.batches(connection, 99)
    assert [(each.acts, each.ids, each.undone) for each in found] == [
        (("undo",), ("1",), False),
        (("note",), ("1.1",), True),
        (("note",), ("1", "2"), False),
    ]
    assert ([each.acts for each in everything[3:]], found[2].batch) == ([("add",), ("add",)], bulk.batch)


def test_an_empty_ledger_has_no_commands():
    """Nothing was done yet: no answer, no error."""
    with asked([]) as connection:
        assert query.batches(connection, 5) == []


def test_a_history_in_its_order(tmp_path):
    """Everything done to an issue, what it was done to, by whom, and what was said."""
    book = open_book(tmp_path)
    draft = put(book, 7, "题", "甲")
    note(book, draft, "四月抽查")
    uid = draft.state.fields["uid"]
    with index.connect(book) as connection:
        found = [
            (each.place, each.id, str(each.on), each.by, each.do, each.text)
            for each in query.history(connection, uid)
        ]
    assert found == [
        (0, "7", "2025-03-01", "林某", "add", "试"),
        (1, "7.1", "2025-04-01", "林某", "note", "四月抽查 试"),
    ]


def test_an_issue_as_it_was_is_asked_like_one_that_is(tmp_path):
    """With an index in memory of a day, lists and counts are those of that day."""
    book = open_book(tmp_path)
    draft = put(book, 1, "题", "甲", due=dt.date(2025, 8, 1))
    note(book, draft, "开始了", on="2025-07-01")
    june = replay(ISSUE, draft.state.entries, as_of=dt.date(2025, 6, 30))
    with index.memory([(issue_of(june), june.entries)]) as connection:
        (row,) = query.rows(connection, (), Day(dt.date(2025, 6, 30), Settings().lights))
        assert (row.status, row.light, query.matching(connection, ["开始"])) == ("pending", "green", [])
