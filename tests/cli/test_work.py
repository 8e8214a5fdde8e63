"""`note`, `evidence`, `point`, `interim`, `done`, `extend`, `longterm`, `void`: the daily work."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from ledger.domain.schema import CHRONICLE
from ledger.ui import ask
from tests.chinese import chinese  # noqa: F401  a fixture
from tests.cli.books import (
    acts,
    at,
    book,
    day,
    field,
    last,
    ready,
    record,
    refused,
    status,
    statuses,
    typed,
    unchanged,
)


@pytest.fixture
def simple(run):
    """A ledger without a plan: issue 1 with two measures, issue 2 with none."""
    ready(run, "init t\nadd 文风不实 -m 甲 -m 乙 --due 2025-06-30\nadd 会议过多")


@pytest.fixture
def planned(run):
    """A ledger whose plan is approved: one issue with two measures."""
    ready(
        run,
        """
        init t --preset five-level
        add 文风不实 -m 甲 -m 乙 --due 2025-06-30 --leader 张某
        claim 1
        plan approve --meeting 党组会
        """,
    )


# --- note ---------------------------------------------------------------------------------------------


def test_a_note_starts_what_was_pending(run, simple):
    """The first note makes a measure active; its text and date stand in the history alone."""
    assert run.ok("note", "1.1", "-t", "抽查3月公文", "--on", "2025-02-27") == "noted: 1.1\n"
    entry = last(1)
    assert (entry.do, entry.data, str(entry.on)) == ("note", {"text": "抽查3月公文"}, "2025-02-27")
    assert statuses("1.1", "1.2", "1") == ["active", "pending", "active"]
    run.ok("note", "1.2", "2", "1", "-t", "第一行\n第二行")
    assert statuses("1.2", "2") == ["active", "active"]
    assert last(2).data == {"text": "第一行\n第二行"}


def test_a_note_changes_no_other_status(run, simple):
    """A note on what is closed, void or done is kept and changes nothing."""
    typed(run, "void 1.1 --why 重复\ndone 1.2 --result 成\nclose 2 --result 成")
    run.ok("note", "1.1", "1.2", "2", "-t", "补记")
    assert statuses("1.1", "1.2", "2") == ["void", "done", "closed"]


def test_the_office_has_a_chronicle(run, simple, chinese):  # noqa: F811
    """Without an id a note goes into registers/chronicle/, numbered from 1; the Chinese name does it too."""
    assert run.ok("note", "-t", "3月例会") == "noted in the chronicle\n"
    assert run.ok("记事", "-t", "4月例会", lang="zh") == "已记入大事记\n"
    records = list(book().records(CHRONICLE))
    assert [
        (each.path.parent.as_posix(), each.state.fields["number"], each.state.fields["text"])
        for each in records
    ] == [
        ("ledgers/t/registers/chronicle", 1, "3月例会"),
        ("ledgers/t/registers/chronicle", 2, "4月例会"),
    ]


def test_a_note_needs_words_and_a_place(run, simple):
    """No text, an id that is not there, a point: refused, nothing noted anywhere."""
    hint = "give --text; questions are asked only on a terminal and without --no-input"
    refused(run, "note 1", 2, "--text is missing", hint)
    refused(run, "note 1 -t ' '", 2, "a note needs a text", "give it with --text")
    refused(run, "note 1 9 -t x", 3, "there is no issue 9 (there are 1-2)", "ledger list shows them all")
    refused(
        run, "note 2.1 -t x", 3, "issue 2 has no measure 1", "it has none yet: ledger measure 2 --text TEXT"
    )
    refused(run, "note L3 -t x", 3, "there is no L3", "there is none of its kind yet")
    refused(run, "done L3 --result x", 2, "L3 is not an issue, a measure or a point", "write 7, 7.2 or 7.2.1")
    hint = "write 7, 7.2, 7.2.1, 3-9, 7.1-7.3, L3, C12, R2025-1 or meetings:5"
    refused(run, "note 七 -t x", 2, '"七" is not a number of this ledger', hint)


def test_a_person_is_asked_what_was_done(run, simple, monkeypatch):
    """`note` without a text asks a person for it."""
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "text", lambda message, *, flag, **_rest: f"{message} {flag}")
    run.ok("note", "1.1")
    assert last(1).data == {"text": "What was done? --text"}


def test_a_note_as_json_and_tried(run, simple):
    """--json gives the entry; --dry-run gives it too and writes nothing."""
    document = json.loads(run.ok("note", "1.1", "-t", "x", "--json"))
    assert (document["schema"], [each["do"] for each in document["changed"][0]["entries"]]) == (
        "ledger/note@1",
        ["note"],
    )
    out = unchanged(run, 'note 1.2 -t "甲\'乙"').out
    assert json.loads(out.splitlines()[0])["data"] == {"text": "甲'乙"}
    assert '+status = "active"' in out.splitlines()
    assert "registers/chronicle/0001-" in unchanged(run, "note -t x").out


# --- evidence -------------------------------------------------------------------------------------------


def test_evidence_is_kept_under_its_digest(run, simple):
    """The file is copied once under its sha256; the record keeps name, kind, size and what it proves."""
    Path("会议纪要.PDF").write_bytes(b"minutes")
    sha = hashlib.sha256(b"minutes").hexdigest()
    out = run.ok("evidence", "add", "1.1", "会议纪要.PDF", "--kind", "纪要", "--proves", "制度已通过")
    assert out == f"1.1  会议纪要.PDF  sha256:{sha[:12]}\n"
    assert Path(f"ledgers/t/evidence/{sha[:2]}/{sha}.pdf").read_bytes() == b"minutes"
    assert field("1.1", "evidence") == [
        {"sha256": sha, "name": "会议纪要.PDF", "kind": "纪要", "proves": "制度已通过", "size": 7}
    ]
    assert statuses("1.1", "1") == ["active", "active"]
    refused(
        run,
        "evidence add 1.1 会议纪要.PDF",
        4,
        "1.1 already has this file: 会议纪要.PDF",
        "a file is attached once; see: ledger show 1.1",
    )
    run.ok("evidence", "add", "2", "会议纪要.PDF")
    assert [row["sha256"] for row in field("2", "evidence")] == [sha]


def test_a_folder_finds_its_measures(run, simple):
    """Files named by an id go to their measure, that of a point too; a date is no id; the rest is left out and named."""
    folder = Path("佐证")
    folder.mkdir()
    for name in (
        "1.1 a.txt",
        "1.2.1b.txt",
        "2 c.txt",
        "１．１d.txt",
        "2025-06-30 e.txt",
        "2025年6月.txt",
        "其他.txt",
        ".hidden",
    ):
        (folder / name).write_text(name, encoding="utf-8")
    result = run("evidence", "add", "佐证", "--yes", "--json")
    assert [row["name"] for row in field("1.1", "evidence")] == ["1.1 a.txt", "１．１d.txt"]
    assert [field("1.2", "evidence")[0]["name"], field("2", "evidence")[0]["name"]] == [
        "1.2.1b.txt",
        "2 c.txt",
    ]
    left = [line for line in result.err.splitlines() if line.startswith("warning")]
    assert sorted(left) == [
        f"warning: {name} names no measure and is left out"
        for name in ("2025-06-30 e.txt", "2025年6月.txt", "其他.txt")
    ]


def test_a_folder_is_shown_before_it_is_taken(run, simple, monkeypatch):
    """Without --yes a person sees what would go where and may say no; nobody there: --yes is named."""
    Path("f").mkdir()
    refused(run, "evidence add f", 2, "no file name begins with an id", "name them so: 7.2 minutes.pdf")
    Path("f/1.1 a.txt").write_text("a", encoding="utf-8")
    result = run("evidence", "add", "f")
    assert (result.code, result.err.splitlines()) == (
        2,
        [
            "1.1  1.1 a.txt",
            "error: --yes is missing",
            "hint: give --yes; questions are asked only on a terminal and without --no-input",
        ],
    )
    monkeypatch.setattr(ask, "confirm", lambda _message: False)
    assert run("evidence", "add", "f") == (0, "", "1.1  1.1 a.txt\nnothing was changed\n")
    assert unchanged(run, "evidence add f").out.count('"do":"evidence"') == 2
    monkeypatch.setattr(ask, "confirm", lambda _message: True)
    assert run.ok("evidence", "add", "f").startswith("1.1  1.1 a.txt  sha256:")


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("evidence add 1.1 gone.txt", 3, "there is no file gone.txt", "check the path"),
        ("evidence add 1.1", 2, "no file was given for 1.1", "name one or more files after it"),
        ("evidence add 1.1 f", 2, "f is a folder", "name the files in it"),
        (
            "evidence add 1-2 a.txt",
            2,
            "files are attached to one issue or measure at a time",
            "run the command once for each",
        ),
        ("evidence add 7.1 a.txt", 3, "there is no issue 7 (there are 1-2)", "ledger list shows them all"),
        (
            "evidence add 1.1 link.txt",
            9,
            "link.txt is not an ordinary file",
            "give the file itself, not a link to it",
        ),
    ],
)
def test_what_is_no_evidence(run, simple, line, code, message, hint):
    """A file that is not there, a folder, a link, no id: refused, nothing copied."""
    Path("f").mkdir()
    Path("a.txt").write_text("a", encoding="utf-8")
    Path("link.txt").symlink_to("a.txt")
    refused(run, line, code, message, hint)
    assert not any(Path("ledgers/t/evidence").rglob("*.txt"))


# --- point ----------------------------------------------------------------------------------------------


def test_points_hold_a_measure_open(run, simple):
    """Points are added, ticked and opened again; while one is open the measure cannot be reported done."""
    assert run.ok("point", "1.1", "--add", "起草", "--add", "印发") == "1.1.1  起草\n1.1.2  印发\n"
    assert (status("1.1"), [each["text"] for each in field("1.1", "points")]) == ("active", ["起草", "印发"])
    hint = "tick them with: ledger point 1.1.1 --done"
    refused(run, "done 1.1 --result 成", 4, "1.1 has open points: 1.1.1 1.1.2", hint)
    assert run.ok("point", "1.1.1", "--on", "2025-02-28") == "ticked off: 1.1\n"
    assert field("1.1", "points")[0] == {"number": 1, "text": "起草", "done_on": day("2025-02-28")}
    assert run.ok("point", "1.1.1", "--open") == "open again: 1.1\n"
    assert "done_on" not in field("1.1", "points")[0]
    run.ok("point", "1.1")
    assert [each["done_on"] for each in field("1.1", "points")] == [day("2025-03-01")] * 2
    run.ok("done", "1.1", "--result", "成")


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("point 1.1 --add ''", 2, "a point needs a text", "give it with --add"),
        ("point 1 --add x", 2, "points belong to a measure", "name one, such as 1.1"),
        (
            "point 1 2 --add x",
            2,
            "points are added to one measure at a time",
            "name one measure: ledger point 7.2 --add TEXT",
        ),
        (
            "point 1.1 --add x --add y 1.2",
            2,
            "points are added to one measure at a time",
            "name one measure: ledger point 7.2 --add TEXT",
        ),
        ("point 1.1.1", 3, "1.1 has no point 1", "ledger show 1 shows them"),
        ("point 1.1", 2, "1.1 has no points", "add one with: ledger point 1.1 --add TEXT"),
        ("point 2", 2, "2 has no points", "add one with: ledger point 2.1 --add TEXT"),
    ],
)
def test_points_that_are_not_there(run, simple, line, code, message, hint):
    """A point without a text, on an issue, or that is not there: refused."""
    refused(run, line, code, message, hint)


def test_a_point_never_stands_for_its_measure(run, simple):
    """Only `point` takes the id of a point; elsewhere the measure has to be named."""
    run.ok("point", "1.1", "--add", "起草")
    for line in (
        "void 1.1.1 --why x",
        "note 1.1.1 -t x",
        "close 1.1.1 --result x",
        "done 1.1.1 --result x",
        "extend 1.1.1 --to 2025-09-30 --why x",
        "edit 1.1.1 -t x",
    ):
        refused(run, line, 2, "1.1.1 is a point of measure 1.1", "name the measure: 1.1")


# --- interim, done ----------------------------------------------------------------------------------------


def test_interim_keeps_a_measure_in_dispatch(run, simple):
    """An interim completion has a result and a review date, and can be reported done later."""
    assert (
        run.ok("interim", "1.1", "--result", "17处完成12处", "--review-on", "2025-09-30") == "interim: 1.1\n"
    )
    assert (status("1.1"), field("1.1", "result"), field("1.1", "review_on")) == (
        "interim",
        "17处完成12处",
        day("2025-09-30"),
    )
    refused(
        run,
        "interim 1.1",
        4,
        "1.1 is interim, so interim is not possible",
        "possible now: note, done, longterm",
    )
    run.ok("done", "1.1")
    assert (status("1.1"), field("1.1", "result")) == ("done", "17处完成12处")


def test_done_needs_a_result(run, simple, chinese):  # noqa: F811
    """Whatever is reported done says what was achieved; said in Chinese too."""
    hint = "say what was achieved: ledger done 1.1 --result TEXT"
    refused(run, "done 1.1", 4, "1.1 has no result", hint)
    result = run("报完成", "1.1", lang="zh")
    assert (result.code, result.err) == (
        4,
        "错误: 1.1 没有填写整改成效\n提示: 请写明整改成效：ledger done 1.1 --result 文字\n",
    )
    assert run("done", "1.1", "1.2", "--result", "成") == (
        0,
        "done, awaiting close-out: 1.1 1.2\n",
        "next: ledger close 1.1 1.2\n",
    )
    assert statuses("1.1", "1.2", "1") == ["done", "done", "done"]
    refused(
        run,
        "done 1.1 --result 成",
        4,
        "1.1 is done, so done is not possible",
        "possible now: note, close, return, longterm",
    )


def test_an_issue_is_done_after_its_measures(run, simple):
    """Under the issue's own chain, open measures are named; long-term and void ones do not stand in the way."""
    run.ok("done", "1.1", "--result", "成")
    hint = "report them first, or take them along with: ledger close 1 --all"
    refused(run, "done 1 --result 成", 4, "issue 1 has measures that are not done: 1.2", hint)
    run.ok("longterm", "1.2", "--interim-goal", "一半", "--review-on", "2025-12-31", "--why", "存量大")
    run.ok("done", "1", "--result", "成")
    assert status("1") == "done"


def test_a_person_is_asked_what_was_achieved(run, simple, monkeypatch):
    """`done` asks a person for the result when there is none, and only then."""
    asked = []
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "text", lambda message, *, flag, **_rest: asked.append(flag) or "成")
    run.ok("done", "1.1")
    run.ok("edit", "1.2", "--result", "已有")
    run.ok("done", "1.2")
    assert (asked, field("1.1", "result"), field("1.2", "result")) == (["--result"], "成", "已有")


# --- extend -----------------------------------------------------------------------------------------------


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


# --- longterm, void ---------------------------------------------------------------------------------------


def test_longterm_has_a_goal_and_a_review(run, simple):
    """Long-term work has an interim goal, a review date and a reason; it may still be reported done."""
    hint = "give --interim-goal and --review-on"
    refused(
        run, "longterm 1.1 --why x", 2, "1.1: long-term work needs an interim goal and a review date", hint
    )
    line = "longterm 1.1 --interim-goal 扫描一半 --review-on 2025-12-31"
    refused(run, line, 4, "1.1: a reason is needed", "give it with --why")
    run.ok(*line.split(), "--why", "存量大")
    assert [status("1.1"), *(field("1.1", name) for name in ("term", "interim_goal", "review_on"))] == [
        "longterm",
        "longterm",
        "扫描一半",
        day("2025-12-31"),
    ]
    refused(
        run, f"{line} --why x", 4, "1.1 is longterm, so longterm is not possible", "possible now: note, done"
    )
    run.ok("done", "1.1", "--result", "成")
    assert status("1.1") == "done"


def test_longterm_under_a_plan_is_decided(run, planned):
    """Under a plan it is asked for and approved; the approval takes goal and date from the request."""
    line = "longterm 1.1 --interim-goal 扫描一半 --review-on 2025-12-31 --why 存量大"
    refused(run, line, 4, "under a plan somebody has to decide on it", "say --request, --approve or --refuse")
    run.ok(*line.split(), "--request")
    assert (status("1.1"), field("1.1", "term")) == ("pending", None)
    run.ok("longterm", "1.1", "--approve", "--meeting", "领导小组会", "--why", "同意")
    assert (status("1.1"), field("1.1", "interim_goal"), last(1).meeting) == (
        "longterm",
        "扫描一半",
        "领导小组会",
    )


def test_void_takes_out_of_the_count(run, simple, chinese):  # noqa: F811
    """Void needs a reason, takes the measures of an issue along, and stays readable under its number."""
    refused(run, "void 1.1", 4, "1.1: a reason is needed", "give it with --why")
    assert run.ok("作废", "1.1", "--why", "重复", lang="zh") == "作废：1.1\n"
    assert run.ok("void", "1", "--why", "并入2") == "void: 1.2 1\n"
    assert (statuses("1", "1.1", "1.2"), acts(1)) == (["void"] * 3, ["add", "void", "void", "void"])
    assert record(1).issue.title == "文风不实"


def test_what_is_closed_cannot_be_void(run, simple):
    """A closed issue is reopened before it is taken off the books."""
    run.ok("close", "2", "--result", "成")
    refused(run, "void 2 --why x", 4, "2 is closed, so void is not possible", "possible now: note, reopen")


def test_no_status_is_dated_before_the_last(run, simple):
    """Status entries of one target never go back in time; notes may."""
    run.ok("done", "1.1", "--result", "成", "--on", "2025-02-20")
    refused(
        run, "void 1.1 --why x --on 2025-02-19", 4,
        "1.1 was last changed on 2025-02-20; void cannot be dated 2025-02-19", "give a date from 2025-02-20 on with --on",
    )  # fmt: skip
    run.ok("note", "1.1", "-t", "x", "--on", "2025-01-01")
