"""`extend`: deadlines that move, with and without a request, and those that cannot."""

from __future__ import annotations

import pytest

from tests.cli.books import at, book, day, field, last, record, refused


def test_extend_keeps_the_original_deadline(run, simple):
    """Without a plan a deadline moves at once, with a reason; the first date stays. A measure gets its own."""
    refused(run, "extend 1.1 --to 2025-07-31", 4, "1.1: a reason is needed", "give it with --why")
    assert (
        run.ok("extend", "1.1", "--to", "2025年9月底前", "--why", "设备未到", "--meeting", "局务会")
        == "extended: 1.1\n"
    )
    assert [field("1.1", name) for name in ("due", "due_original", "due_text")] == [
        day("2025-09-30"),
        day("2025-06-30"),
        "2025年9月底前",
    ]
    assert (last(1).meeting, last(1).why, field("1", "due")) == ("局务会", "设备未到", day("2025-06-30"))
    run.ok("extend", "1", "--to", "2025-07-31", "--why", "x")
    assert [field("1", "due"), field("1.1", "due")] == [day("2025-07-31"), day("2025-09-30")]
    assert [str(m.due) for m in record(1).issue.measures] == ["2025-09-30", "2025-07-31"]


def test_a_request_changes_no_field(run, planned):
    """Under a plan a deadline is asked for, then approved or refused; asking and refusing change no field."""
    hint = "say --request, --approve or --refuse"
    refused(run, "extend 1.1 --to 2025-07-31 --why x", 4, "under a plan somebody has to decide on it", hint)
    assert (
        run.ok("extend", "1.1", "--to", "2025-07-31", "--request", "--why", "设备未到") == "asked for: 1.1\n"
    )
    assert (field("1.1", "due"), last(1).set) == (None, {})
    refused(
        run, "extend 1.1 --to 2025-08-31 --request --why x", 4, "a request on 1.1 is waiting for its answer",
        "answer it with --approve or --refuse",
    )  # fmt: skip
    assert run.ok("extend", "1.1", "--refuse", "--why", "理由不足", "--signer", "张某") == "refused: 1.1\n"
    assert (field("1.1", "due"), last(1).signer) == (None, "张某")
    refused(
        run,
        "extend 1.1 --refuse --why x",
        4,
        "there is no request on 1.1",
        "ask with --request, or decide at once with --approve",
    )
    run.ok("extend", "1.1", "--to", "2025-08-31", "--request", "--why", "设备未到", "--on", "2025-02-27")
    run.ok("extend", "1.1", "--approve", "--meeting", "领导小组会", "--why", "同意")
    assert [field("1.1", name) for name in ("due", "due_original")] == [day("2025-08-31"), day("2025-06-30")]


def test_approval_needs_no_request_and_acts_from_its_day(run, planned):
    """--approve with a date is enough, and counts from its business date on."""
    run.ok(
        "extend",
        "1",
        "--to",
        "2025-07-31",
        "--approve",
        "--why",
        "设备未到",
        "--on",
        "2025-05-10",
        **at("2025-05-20"),
    )
    found = record(1)
    before, after = (
        book().replayed(found, as_of=day(each), known_at=None).fields["due"]
        for each in ("2025-05-09", "2025-05-10")
    )
    assert (before, after) == (day("2025-06-30"), day("2025-07-31"))
    hint = "give the new deadline: ledger extend 1 --to DATE"
    refused(run, "extend 1 --approve --why x", 2, "nothing was asked for on 1", hint)


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("extend 1.1 --why x", 2, "--to is missing", "give --to; questions are asked only on a terminal and without --no-input"),
        ("extend 1.1 --to 2025-02-30 --why x", 2, "the date 2025-02-30 does not exist", "2025-02 has the days 1-28"),
        ("extend 1.1 --to 长期坚持 --why x", 2, "the new deadline is not understood: 长期坚持",
         "write it as 2025-09-30, 2025年9月底前 or +15wd"),
        ("extend 1.1 --to 2025-06-30 --why x", 4, "1.1 is due on 2025-06-30 already", "give another date with --to"),
        ("extend 1.1 --request --refuse --why x", 2, "--request, --approve and --refuse exclude one another", "give one of the three"),
        ("extend 9 --to 2025-09-30 --why x", 3, "there is no issue 9 (there are 1-2)", "ledger list shows them all"),
    ],
)  # fmt: skip
def test_deadlines_that_cannot_move(run, simple, line, code, message, hint):
    """No date, none that exists, the same one, two answers at once: refused."""
    refused(run, line, code, message, hint)
