"""`history`: what was done to an issue or a measure, and the last commands over the whole ledger."""

from __future__ import annotations

import json
import re

import pytest

pytestmark = pytest.mark.usefixtures("ledger")

PAGE = """\
2025-03-01  1    entered              林某  recorded 2025-03-01 09:00  00000001
            category: Conduct
            co-units: Archive
            due: 2025-06-30
            due as printed: 2025年6月底前
            flags: prone to rebound
            leader: Lin
            owner: Gu
            term: phased
            issue: 文风不实
            unit: Office
            1.1 measure: Rewrite the rules
            1.2 measure: Train the clerks
2025-03-01  1.2  points               林某  recorded 2025-03-01 09:00  0000000f
            points: 1 notices drafted
2025-03-01  1.2  points               林某  recorded 2025-03-01 09:00  0000000f
            points: 2 all trained
2025-06-10  1.2  note                 林某  recorded 2025-06-10 09:00  00000010
            spot check of 40 documents: two were signed by nobody
2025-06-10  1.2  note                 林某  recorded 2025-06-10 09:00  00000012
            clerks named
2025-06-10  1.2  note                 林某  recorded 2025-06-10 09:00  00000013
            trainer found
2025-06-10  1.2  points               林某  recorded 2025-06-10 09:00  00000015
            points: 1 notices drafted -> 1 notices drafted (2025-06-10)
2025-06-10  1.2  extension asked for  林某  recorded 2025-06-10 09:00  00000016
            due: 2025-08-31
            reason the trainer is ill
"""


def test_a_measure_for_a_person(run, terminal):
    """Business date, id, act, who and when recorded, command; below it what was said and changed, and why."""
    assert run("history", "1.2") == (0, PAGE, "")


def test_in_chinese(run, terminal, chinese):
    """The same in Chinese, sign-offs with how many of how many."""
    assert (
        run.ok("history", "3.1", "--limit", "3", lang="zh")
        == """\
2025-06-10  3.1  报完成    林某  2025-06-10 09:00 记录  00000018
            整改成效: one meeting a month
2025-06-10  3.1  审签 1/3  林某  2025-06-10 09:00 记录  00000019
            Unit
            审签人 Lin
2025-06-20  3.1  修改      林某  2025-06-20 09:00 记录  0000001b
            检验标准: no more than one a month
            理由 asked for by the inspectors
"""
    )


def test_a_change_says_from_what_to_what(run, terminal):
    """A field that had a value is told with both; one taken away with a dash; the last step as closed."""
    run.ok("edit", "2.1", "--criterion", "dry", "--why", "first")
    run.ok("edit", "2.1", "--criterion", "dry and lit", "--why", "second")
    assert run.ok("history", "2.1", "--limit", "1").splitlines()[1:] == [
        "            criterion: dry -> dry and lit",
        "            reason second",
    ]
    assert run.ok("history", "1.1").splitlines()[-3].split("  ")[:3] == ["2025-05-20", "1.1", "closed 3/3"]


def test_a_pipe_gets_every_column(run):
    """One row an entry, newest last, with the whole name of its command."""
    rows = [line.split("\t") for line in run.ok("history", "3.1", lang="zh").splitlines()]
    assert rows[0] == [
        "on", "at", "by", "id", "act", "changes", "said", "why", "signer", "meeting", "batch", "undone", "overtaken",
    ]  # fmt: skip
    assert rows[3][:-3] == [
        "2025-06-10",
        "2025-06-10T09:00:00+08:00",
        "林某",
        "3.1",
        "sign",
        "",
        "unit",
        "",
        "Lin",
        "",
    ]
    assert rows[4][4:9] == [
        "edit",
        "3.1 criterion: - -> no more than one a month",
        "",
        "asked for by the inspectors",
        "",
    ]
    assert [len(row[-3]) for row in rows[1:]] == [26] * 4
    assert [row[-1] for row in rows[1:]] == ["false"] * 4


def test_an_entry_as_json(run):
    """An entry as JSON has what it changed by field, its data, its command and its hash."""
    document = json.loads(run.ok("history", "3.1", "--limit", "1", "--json"))
    (entry,) = document.pop("entries")
    assert document == {
        "schema": "ledger/history@1", "ledger": "2025", "as_of": "2025-07-02", "known_at": None,
        "ids": ["3.1"], "batches": [],
    }  # fmt: skip
    assert [len(entry.pop(name)) for name in ("batch", "entry", "hash")] == [26, 26, 64]
    assert entry == {
        "id": "3.1", "act": "edit", "on": "2025-06-20", "at": "2025-06-20T09:00:00+08:00", "by": "林某",
        "signer": None, "meeting": None, "why": "asked for by the inspectors",
        "changes": [{"id": "3.1", "field": "criterion", "was": None, "now": "no more than one a month"}],
        "data": {}, "signed": 0, "steps": 0, "undone": False, "overtaken": False,
    }  # fmt: skip


def test_the_last_commands(run, terminal):
    """Without an id: the last commands, newest last, with the end of their names, which `undo` takes."""
    assert run("history", "--limit", "3") == (
        0,
        """\
recorded at       recorded by  command   act            no.
-----------------------------------------------------------
2025-06-20 09:00  林某         0000001c  interim        3.2
2025-06-25 09:00  林某         0000001e  reported done  2.1
2025-06-25 09:00  林某         0000001f  returned       2.1
""",
        "next: ledger undo 0000001f\n",
    )


def test_a_note_of_the_office_is_a_command_too(run):
    """The office's chronicle stands in no issue, but what was written there can be taken back as well."""
    run.ok("note", "-t", "briefing held")
    last = run.ok("history", "--limit", "1").splitlines()[1].split("\t")
    assert last[3:] == ["note", "chronicle:1", "false"]


def test_what_was_taken_back_is_marked(run, terminal, chinese):
    """A command taken back stays, marked; so does the entry that took it back."""
    batch = json.loads(run.ok("history", "--limit", "1", "--json"))["batches"][0]["batch"]
    run.ok("undo", batch[-8:].lower(), "--yes", "--why", "wrong measure")
    assert run.ok("history", "2.1").splitlines()[-5:-3] == [
        "2025-06-25  2.1  returned (taken back)  林某  recorded 2025-06-25 09:00  0000001f",
        "            reason the room is damp   signer Rectification office",
    ]
    last = run.ok("history", "2.1", "--limit", "1", lang="zh").splitlines()
    assert last[1:] == ["            撤销操作 0000001f", "            理由 wrong measure"]
    assert [
        each["undone"] for each in json.loads(run.ok("history", "--limit", "2", "--json"))["batches"]
    ] == [True, False]


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("0000", 2, "error: "),
        ("1F", 3, "error: there is no change 1F\nhint: ledger history shows them\n"),
        (
            "nothing-like-it",
            3,
            "error: there is no change nothing-like-it\nhint: ledger history shows them\n",
        ),
    ],
)
def test_a_command_is_named_by_the_end_of_its_name(run, name, code, message):
    """An end that no name has, or several have, or that is too short, undoes nothing."""
    result = run("undo", name, "--yes")
    if code == 2:
        assert (result.code, "changes end with" in result.err) in ((2, True), (3, False))
    else:
        assert result == (code, "", message)


def test_every_kind_of_answer_has_its_words(run, terminal):
    """A refusal, an erratum, a return to a step and a request to go long-term are told as what they are."""
    run.ok("extend", "1.2", "--refuse", "--meeting", "Party group 12")
    run.ok(
        "edit",
        "1.2",
        "--co-unit",
        "Archive",
        "--co-unit",
        "Police",
        "--continuing",
        "--erratum",
        "--why",
        "slip",
    )
    run.ok(
        "longterm",
        "1.2",
        "--request",
        "--interim-goal",
        "half",
        "--review-on",
        "2025-12-31",
        "--why",
        "no money",
    )
    run.ok("evidence", "add", "3.1", "rules.txt")
    run.ok("confirm", "3.1", "--signer", "Lin")
    run.ok("close", "3.1", "--signer", "Rectification office")
    run.ok("return", "3.1", "--to", "office", "--why", "look again")
    assert (
        unnamed(run.ok("history", "1.2", "--limit", "3"))
        == """\
2025-07-02  1.2  extension refused    林某  recorded 2025-07-02 09:00  COMMAND
            meeting Party group 12
2025-07-02  1.2  erratum              林某  recorded 2025-07-02 09:00  COMMAND
            co-units: Archive, Police
            continuing: yes
            reason slip
2025-07-02  1.2  long-term asked for  林某  recorded 2025-07-02 09:00  COMMAND
            interim goal: half
            next review: 2025-12-31
            reason no money
"""
    )
    assert (
        unnamed(run.ok("history", "3.1", "--limit", "1"))
        == """\
2025-07-02  3.1  sent back  林某  recorded 2025-07-02 09:00  COMMAND
            Office check
            reason look again
"""
    )


def unnamed(page):
    """A page without the names of its commands."""
    return re.sub("[0-9a-z]{8}$", "COMMAND", page, flags=re.MULTILINE)


def test_as_it_was(run):
    """On an earlier day only what counted by then; at an earlier time only what was recorded by then."""
    assert len(run.ok("history", "3", "--as-of", "2025-06-10").splitlines()) == 1 + 5
    assert len(run.ok("history", "3", "--known-at", "2025-03-28").splitlines()) == 1 + 3
    found = json.loads(run.ok("history", "--as-of", "2025-03-01", "--json"))["batches"]
    assert {each["at"] for each in found} == {"2025-03-01T09:00:00+08:00"}


def test_of_an_empty_ledger(run, terminal):
    """Nothing recorded is said beside the data."""
    run.ok("init", "empty", "--no-input")
    assert run("history", "-L", "empty") == (0, "", "nothing has been recorded yet\n")
