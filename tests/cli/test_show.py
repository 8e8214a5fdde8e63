"""`show`: an issue with its measures, or one measure in full."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("ledger")


def test_an_issue_for_a_person(run, terminal):
    """Head with light, responsibility, deadlines, then each measure with result, notes, files and sign-offs."""
    assert (
        run.ok("show", "1")
        == """\
1  文风不实                                                                      red  2 days overdue
   status in progress
   category Conduct   term phased   flags prone to rebound
   leader Lin   unit Office   co-units Archive   owner Gu   claimed by Lin 2025-03-28
   due 2025-06-30 (printed "2025年6月底前")

   1.1  Rewrite the rules  closed       2025-05-20
        result in force since May
        2025-05-06 林某  draft sent round
        evidence rules.txt
        sign-offs 3/3  Unit 2025-05-20 Office meeting 3; Office check 2025-05-20 Rectification
                       office; Committee 2025-05-20 Party group 9
   1.2  Train the clerks   in progress  2025-06-30  2 days overdue
        1.2.1  notices drafted (done 2025-06-10)
        1.2.2  all trained (not done)
        1 earlier note: ledger show 1.2
        2025-06-10 林某  clerks named
        2025-06-10 林某  trainer found
        林某 asked on 2025-06-10 for more time, until 2025-08-31: the trainer is ill

17 entries, the last of 2025-06-10
"""
    )


def test_an_issue_in_chinese(run, terminal, chinese):
    """The same page in Chinese; a suspect sign-off and a review date are marked in words."""
    assert run("show", "3", lang="zh") == (
        0,
        """\
3  Too many meetings                                                                  绿  还有 90 天
   状态 阶段性完成
   方面 Conduct
   责任领导 Lin   责任单位 Office   认领人 Lin 2025-03-28
   时限 2025-07-31

   3.1  Merge meetings  销号审核中 1/3，存疑  2025-07-31
        整改成效 one meeting a month
        审签 1/3  Unit 2025-06-10 Lin（存疑）；下一环节：Office check
   3.2  Halve the rest  阶段性完成            2025-07-31
        整改成效 ten of twenty   下次复核 2025-09-30

7 条记录，最近 2025-06-20
""",
        "下一步: ledger history 3    ledger explain 3\n",
    )


def test_a_measure_in_full(run, terminal):
    """One measure has all its notes, every run through the chain with opinions, and the digest of each file."""
    assert (
        run.ok("show", "1.1")
        == """\
1.1  Rewrite the rules
   status closed
   issue 1 文风不实   term phased
   leader Lin   unit Office   co-units Archive   owner Gu
   due 2025-06-30 (printed "2025年6月底前")
   criterion rules adopted   result in force since May
   2025-05-06 林某  draft sent round
   evidence rules.txt  rules  the rules were adopted  10 B  60edae6c449d
   close-out 1: closed
     1/3  Unit 2025-05-20 Office meeting 3
     2/3  Office check 2025-05-20 Rectification office; checked on site
     3/3  Committee 2025-05-20 Party group 9

17 entries, the last of 2025-06-10
"""
    )


def test_a_rejected_attempt_is_told(run, terminal):
    """A measure that was returned says so; in full with the reason and the date."""
    run.ok("done", "2.1", "--result", "archive dry")
    run.ok("close", "2.1", "--signer", "Shen")
    run.ok("return", "2.1", "--why", "no shelves yet")
    assert "        returned once\n" in run.ok("show", "2")
    assert "   close-out 1: returned 2025-07-02  no shelves yet\n     1/3  Unit 2025-07-02 Shen\n" in run.ok(
        "show", "2.1"
    )


def test_a_point_shows_its_measure(run, terminal):
    """The id of a point means its measure; all ids are shown, with a line between."""
    assert run.ok("show", "1.2.1") == run.ok("show", "1.2")
    both = run.ok("show", "1.2", "2.1")
    assert (
        both
        == run.ok("show", "1.2").split("\n\n")[0] + "\n\n" + run.ok("show", "2.1").split("\n\n")[0] + "\n"
    )


def test_a_pipe_gets_a_row_for_each_value(run):
    """Id, field and value, as codes; measures, points, notes and sign-offs have rows of their own, nothing is cut."""
    rows = [line.split("\t") for line in run.ok("show", "1").splitlines()]
    assert rows[0] == ["id", "field", "value"]
    assert {len(row) for row in rows} == {3}
    for row in (
        ["1", "title", "文风不实"],
        ["1", "overdue_days", "2"],
        ["1", "light", "red"],
        ["1", "file", "ledgers/2025/issues/0001-00000002.toml"],
        ["1", "entries", "17"],
        ["1.1", "sign", "2/3 office 2025-05-20 Rectification office checked on site"],
        ["1.2", "note", "2025-06-10 林某 spot check of 40 documents: two were signed by nobody"],
        ["1.2.1", "point", "notices drafted (2025-06-10)"],
        ["1.2.2", "point", "all trained"],
        ["1.2", "request", "extend 2025-06-10 林某 the trainer is ill 2025-08-31"],
    ):
        assert row in rows
    assert run.ok("show", "1", "--plain", lang="zh") == "\n".join(map("\t".join, rows)) + "\n"


def test_everything_as_json(run):
    """An issue as JSON has its fields, light, file, measures, and on them the requests that wait."""
    document = json.loads(run.ok("show", "1", "3.1", "--json"))
    assert list(document) == ["schema", "ledger", "as_of", "known_at", "issues", "measures", "records"]
    assert document["records"] == []
    (issue,), (measure,) = document["issues"], document["measures"]
    assert (document["schema"], issue["id"], issue["light"], issue["file"], issue["history"]) == (
        "ledger/show@1",
        "1",
        "red",
        "ledgers/2025/issues/0001-00000002.toml",
        {"entries": 17, "last": "2025-06-10T09:00:00+08:00"},
    )
    assert [(each["id"], each["status"], each["light"]) for each in issue["measures"]] == [
        ("1.1", "closed", None),
        ("1.2", "active", "red"),
    ]
    assert issue["measures"][1]["requests"] == [
        {
            "act": "extend", "on": "2025-06-10", "by": "林某", "why": "the trainer is ill", "due": "2025-08-31",
            "due_text": None, "interim_goal": None, "review_on": None,
        }
    ]  # fmt: skip
    assert (measure["issue"], measure["title"], measure["suspect"]) == ("3", "Too many meetings", True)
    assert [each["suspect"] for each in measure["closeouts"][0]["signatures"]] == [True]


def test_as_it_was(run, terminal):
    """With a day, the page is that of the day; what was not there yet is not found."""
    assert (
        run.ok("show", "3", "--as-of", "2025-06-12")
        == """\
as of 2025-06-12
3  Too many meetings                                                             green  49 days left
   status in progress
   category Conduct
   leader Lin   unit Office   claimed by Lin 2025-03-28
   due 2025-07-31

   3.1  Merge meetings  in close-out 1/3  2025-07-31
        result one meeting a month
        sign-offs 1/3  Unit 2025-06-10 Lin; next: Office check
   3.2  Halve the rest  not started       2025-07-31

5 entries, the last of 2025-06-10
"""
    )
    assert run("show", "3", "--as-of", "2025-02-01") == (
        3,
        "",
        "error: there was no issue 3 on 2025-02-01\nhint: ledger history 3 shows when it was entered\n",
    )


def test_a_hand_edit_is_shown(run, terminal):
    """What somebody wrote into the file is shown, though no command has adopted it yet."""
    path = Path("ledgers/2025/issues/0002-00000005.toml")
    path.write_text(
        path.read_text(encoding="utf-8").replace('"Files in disorder"', '"Files in a heap"', 1),
        encoding="utf-8",
    )
    assert run.ok("show", "2").startswith("2  Files in a heap ")


def test_what_is_void_says_why(run, terminal):
    """A void issue is shown with the reason, and without a light."""
    assert run.ok("show", "4").startswith(
        "4  Entered twice\n   status void\n   category Records   void because the same as 2\n"
    )


def test_a_former_number_leads_to_the_new_one(run, terminal):
    """A number that an issue once had is not found, and the hint names the one it has."""
    run.ok("init", "draft", "--preset", "five-level", "--no-input")
    run.ok("add", "Late papers", "-L", "draft")
    run.ok("move", "1", "--to", "9", "-L", "draft")
    assert "\n9\tformerly\t1\n" in run.ok("show", "9", "-L", "draft", "--plain")
    assert "\n   former numbers 1\n" in run.ok("show", "9", "-L", "draft")
    assert run("show", "1", "-L", "draft") == (
        3,
        "",
        "error: there is no issue 1 any more: it is 9 now\nhint: show it with: ledger show 9\n",
    )


def test_a_missing_number_is_named_even_beside_a_damaged_record(run):
    """Looking for former numbers never hides what was asked: the number is named, not the damage elsewhere."""
    Path("ledgers/2025/issues/0002-00000005.toml").write_text("format = \n", encoding="utf-8")
    assert run("show", "9").err.startswith("error: there is no issue 9 (there are 1-4)\n")


def test_a_request_to_carry_on_and_a_void_measure(run, terminal):
    """A request to go long-term stands below its measure; a void measure has no date."""
    run.ok(
        "longterm",
        "2.1",
        "--request",
        "--interim-goal",
        "half",
        "--review-on",
        "2025-12-31",
        "--why",
        "no money",
    )
    run.ok("void", "3.2", "--why", "not needed")
    assert (
        "        林某 asked on 2025-07-02 to carry on long-term, next review 2025-12-31: no money\n"
        in run.ok("show", "2")
    )
    assert "\n   3.2  Halve the rest  void\n" in run.ok("show", "3")


@pytest.mark.parametrize(
    ("word", "code", "err"),
    [
        ("9", 3, "error: there is no issue 9 (there are 1-4)\nhint: ledger list shows them all\n"),
        ("1.9", 3, "error: issue 1 has no measure 9\nhint: it has 1-2\n"),
        ("4.1", 3, "error: issue 4 has no measure 1\nhint: it has none yet: ledger measure 4 --text TEXT\n"),
        ("1.2.9", 3, "error: 1.2 has no point 9\nhint: ledger show 1.2 shows them\n"),
        ("L3", 3, "error: there is no L3\nhint: there is none of its kind yet\n"),
    ],
)
def test_what_is_not_there_is_named(run, word, code, err):
    """One id that is missing shows nothing; the message names it and what there is."""
    assert run("show", "1", word) == (code, "", err)
    assert json.loads(run("show", word, "--json").err)["error"]["exit"] == code


@pytest.mark.parametrize("columns", [20, 34, 40, 60, 80])
def test_a_page_fits_any_terminal(run, terminal, chinese, columns):
    """No line is wider than the terminal, however narrow, and every result is still there."""
    from ledger.domain.text import width

    env = {"COLUMNS": str(columns)}
    for word in ("1", "1.1", "3"):
        for lang in ("en", "zh"):
            out = run.ok("show", word, "--lang", lang, env=env)
            assert [line for line in out.splitlines() if width(line) > columns] == []


def test_colour_repeats_a_word(run, terminal):
    """With colour the words are the same; without NO_COLOR they are also painted."""
    plain = run.ok("show", "1")
    painted = run.ok("show", "1", env={"NO_COLOR": None, "TERM": "xterm"})
    assert "\x1b[31mred\x1b[0m" in painted
    for code in ("\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[2m", "\x1b[1m", "\x1b[0m"):
        painted = painted.replace(code, "")
    assert painted == plain


def test_a_record_of_another_kind_is_shown(run, chinese):
    """Its fields, notes and evidence, whatever its kind; taken back it is void, and before its day it is not there."""
    run.ok("note", "-t", "3月例会", "--on", "2025-03-05")
    run.ok("note", "chronicle:1", "-t", "补记参会人员", "--on", "2025-03-06")
    (record,) = json.loads(run.ok("show", "chronicle:1", "1", "--json"))["records"]
    assert (record["id"], record["kind"], record["stage"], record["fields"]) == (
        "chronicle:1", "chronicle", "kept", {"on": "2025-03-05", "text": "3月例会"},
    )  # fmt: skip
    assert [note["text"] for note in record["notes"]] == ["补记参会人员"]
    assert run.ok("show", "chronicle:1", "--plain").splitlines()[1:4] == [
        "chronicle:1\tstage\tkept", "chronicle:1\ton\t2025-03-05", "chronicle:1\ttext\t3月例会",
    ]  # fmt: skip
    assert "3月例会" in run.ok("show", "chronicle:1", lang="zh")
    assert run("show", "chronicle:1", "--as-of", "2025-03-01").code == 3
    history = json.loads(run.ok("history", "chronicle:1", "--json"))
    assert [each["act"] for each in history["entries"]] == ["add", "note"]
    run.ok("void", "chronicle:1", "--why", "重复")
    assert json.loads(run.ok("show", "chronicle:1", "--json"))["records"][0]["stage"] == "void"
    assert run("note", "chronicle:1", "-t", "x").code == 4
    assert run.ok("check") == ""
