"""`close` where one sign-off is enough."""

from __future__ import annotations

from ledger.ui import ask
from tests.cli.books import acts, field, record, refused, status


def test_two_lines_are_all_a_small_office_types(run, simple, chinese):  # noqa: F811
    """`add` and `close --result` close an issue: it is reported done and signed in one batch."""
    assert run.ok("close", "2", "--result", "例会合并") == "2  close-out  1/1  closed\n"
    assert (status("2"), field("2", "result"), acts(2)) == ("closed", "例会合并", ["add", "done", "sign"])
    assert len({entry.batch for entry in record(2).entries[1:]}) == 1
    run.ok("add", "三")
    assert run.ok("销号", "3", "--result", "成", lang="zh") == "3  close-out  1/1  已销号\n"


def test_open_measures_are_named(run, simple):
    """Under the issue's own chain open measures are refused by name; --all takes them along with the result."""
    hint = "report them first, or take them along with: ledger close 1 --all"
    refused(run, "close 1 --result 成", 4, "issue 1 has measures that are not done: 1.1 1.2", hint)
    run.ok("done", "1.1", "--result", "甲成")
    refused(run, "close 1 --result 成", 4, "issue 1 has measures that are not done: 1.2", hint)
    assert run.ok("close", "1", "--result", "全成", "--all") == "1  close-out  1/1  closed\n"
    assert [status("1"), field("1.1", "result"), field("1.2", "result"), status("1.2")] == [
        "closed",
        "甲成",
        "全成",
        "done",
    ]


def test_what_is_not_reported_is_not_signed(run, simple):
    """Without a result nothing is signed, and the way there is said; a measure is closed with its issue."""
    hint = "report it first: ledger done 2 --result TEXT, or add --result here"
    refused(run, "close 2", 4, "2 is not reported done yet (pending)", hint)
    hint = "report it with: ledger done 1.1 --result TEXT"
    refused(run, "close 1.1 --result 成", 4, "1.1 is closed with its issue", hint)
    run.ok("close", "2", "--result", "成")
    refused(
        run, "close 2 --result 成", 4, "2 is closed, so close is not possible", "possible now: note, reopen"
    )


def test_a_person_is_asked_for_the_result(run, simple, monkeypatch):
    """`close` asks a person for a result that is missing."""
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "text", lambda _message, *, flag, **_rest: flag)
    run.ok("close", "2")
    assert (status("2"), field("2", "result")) == ("closed", "--result")
