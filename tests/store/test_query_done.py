"""What waits for a sign-off, and what was done, asked of an index."""

from __future__ import annotations

import datetime as dt

from ledger.domain.acts import undoing, working
from ledger.domain.course import OWN
from ledger.domain.issue import issue_of
from ledger.domain.replay import replay
from ledger.domain.schema import ISSUE
from ledger.domain.settings import Settings
from ledger.store import index, query
from ledger.store.query import Day
from tests.issues import issue, measure
from tests.store.invented import asked
from tests.store.shelf import context, note, open_book, put, save


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
