"""`undo`, `adopt`, `reindex`, `sql`: taken back, adopted, built anew, asked; and edits made by hand."""

from __future__ import annotations

import json
import shutil
import subprocess
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
    files,
    last,
    path_of,
    ready,
    record,
    refused,
    rewrite,
    status,
    statuses,
    typed,
    unchanged,
)


@pytest.fixture
def ledger(run):
    """Two issues; the first has two measures."""
    ready(run, "init t\nadd 文风不实 -m 甲 -m 乙 --unit 办公室 --due 2025-06-30\nadd 会议过多")


def write_comment(number: int, text: str = "# 领导批示：抓紧") -> None:
    rewrite(path_of(number), "\nstatus =", f"\n{text}\nstatus =")


# --- undo -----------------------------------------------------------------------------------------------


def test_undo_takes_the_last_command_back(run, ledger):
    """The last command no longer counts; nothing is erased; the entry names it; then comes the one before."""
    typed(run, "note 1.1 -t 一\ndone 1.1 --result 成")
    batch = last(1).batch
    assert run.ok("undo", "--yes") == "taken back in: 1\n"
    assert (status("1.1"), field("1.1", "result"), acts(1)) == (
        "active",
        None,
        ["add", "note", "done", "undo"],
    )
    assert last(1).data == {"batch": batch}
    run.ok("undo", "--yes")
    assert status("1.1") == "pending"
    document = json.loads(run.ok("undo", "--json", "--yes"))
    assert (document["schema"], document["acts"], status("2")) == ("ledger/undo@1", ["add"], "void")


def test_what_was_added_becomes_void(run, ledger):
    """An undone `add` leaves a void issue; its number is not given again; then nothing is left to take back."""
    typed(run, "undo --yes\nundo --yes")
    assert statuses("1", "1.1", "2") == ["void"] * 3
    assert run.ok("add", "三").startswith("3  ")
    run.ok("undo", "--yes")
    refused(run, "undo", 3, "there is nothing to take back", "ledger history shows what was done")


def test_undo_says_what_it_takes_back(run, ledger, monkeypatch):
    """A person is told what would be taken back, and may say no; nobody there: --yes is named."""
    run.ok("note", "1.1", "2", "-t", "x", **at("2025-03-05"))
    said = "2025-03-05 09:00 林某: note on 1 2\n"
    result = run("undo")
    hint = "hint: give --yes; questions are asked only on a terminal and without --no-input\n"
    assert result == (2, "", f"{said}error: --yes is missing\n{hint}")
    monkeypatch.setattr(ask, "confirm", lambda _message: False)
    assert run("undo") == (0, "", f"{said}nothing was changed\n")
    assert unchanged(run, "undo").out.count('\n+head = "sha256:') == 2
    monkeypatch.setattr(ask, "confirm", lambda _message: True)
    assert run("undo") == (0, "taken back in: 1 2\n", said)
    assert statuses("1.1", "2") == ["pending", "pending"]


def test_undo_is_whole_or_nothing(run, ledger):
    """A command over several records is refused whole when one of them has changed since."""
    run.ok("assign", "1", "2", "--owner", "王某")
    batch = last(2).batch
    run.ok("assign", "1", "--owner", "李某")
    hint = "take that back first, newest first: ledger undo"
    refused(run, f"undo {batch} --yes", 4, "issue 1 has changed since: assign on 2025-03-01", hint)
    run.ok("undo", "--yes")
    run.ok("undo", batch, "--yes")
    assert (field("1", "owner"), field("2", "owner")) == (None, None)
    refused(
        run,
        f"undo {batch} --yes",
        4,
        "that change has been taken back already",
        "ledger history shows what counts",
    )


def test_what_cannot_be_taken_back(run):
    """An approved plan is revised instead; an unknown command is named."""
    run.ok("init", "t", "--preset", "five-level")
    typed(run, "add x -m 甲 --leader 张某\nclaim 1\nplan approve")
    refused(run, "undo --yes", 4, "an approved plan is not taken back", "revise it and approve a new version")
    refused(run, "undo 01JX --yes", 3, "there is no change 01JX", "ledger history shows them")


def test_the_chronicle_can_be_undone(run, ledger):
    """A note of the office is taken back like anything else."""
    run.ok("note", "-t", "3月例会")
    run.ok("undo", "--yes")
    (kept,) = book().records(CHRONICLE)
    assert [entry.do for entry in kept.entries] == ["add", "undo"]


def test_an_undone_undo_brings_it_back(run, ledger):
    """Taking an undo back makes the command count again."""
    typed(run, "note 1.1 -t 一\nundo --yes")
    batch = last(1).batch
    run.ok("undo", batch, "--yes")
    assert status("1.1") == "active"


def test_undo_takes_the_command_not_the_hand_edit(run, ledger):
    """A hand edit recorded on the way is a batch of its own, taken back after the command that found it."""
    rewrite(path_of(1), '"办公室"', '"财务股"')
    run.ok("note", "1.1", "-t", "一")
    assert acts(1) == ["add", "adopt", "note"]
    run.ok("undo", "--yes")
    assert (status("1.1"), field("1", "unit")) == ("pending", "财务股")
    run.ok("undo", "--yes")
    assert field("1", "unit") == "办公室"


def test_an_undone_move_gives_the_number_back(run):
    """Taking a new number, a moved measure or a merged issue back leaves everything as it was, and `check` silent."""
    run.ok("init", "t", "--preset", "single-level")
    typed(run, "add 甲 -m 一\nadd 乙 -m 二")
    for line in ("move 1 --to 7", "move 1.1 --to 2", "merge 1 2", "split 1 --title 丙 --measures 1.1"):
        typed(run, f"{line}\nundo --yes")
        assert [(status(word), field(word, "title")) for word in ("1", "2")] == [
            ("pending", "甲"),
            ("pending", "乙"),
        ]
        assert statuses("1.1", "2.1") == ["pending", "pending"]
        assert run("check").code == 0
    assert book().numbers() == [1, 2, 3]


def test_undo_is_seen_as_it_was_known(run, ledger):
    """What was undone later is still seen as of a moment before it (docs/contract.md §2)."""
    run.ok("note", "1.1", "-t", "一", **at("2025-03-05"))
    run.ok("undo", "--yes", **at("2025-03-10"))
    found = record(1)
    key = found.state.measures()[0]["uid"]
    known = found.entries[-2].instant
    assert str(book().replayed(found, as_of=day("2025-03-20"), known_at=known).status(key)) == "active"
    assert str(book().replayed(found, as_of=day("2025-03-05"), known_at=None).status(key)) == "pending"


# --- hand edits -------------------------------------------------------------------------------------------


def test_a_plain_hand_edit_is_recorded_before_the_command(run, ledger):
    """A changed plain field becomes an entry of its own, before and after, by whoever runs the command, who is told."""
    rewrite(path_of(1), 'unit = "办公室"', 'unit = "财务股"')
    rewrite(path_of(1), 'text = "乙"', 'text = "乙二"\ncriterion = "全签"')
    result = run("note", "1.1", "-t", "x", by="顾某")
    assert result == (
        0,
        "noted: 1.1\n",
        "warning: issue 1 was edited by hand, which is recorded first: unit, text, criterion\n",
    )
    adopted, note = record(1).entries[-2:]
    second = record(1).state.measures()[1]["uid"]
    assert (adopted.do, adopted.by, adopted.set, adopted.was) == (
        "adopt",
        "顾某",
        {"unit": "财务股", "measures": {second: {"text": "乙二", "criterion": "全签"}}},
        {"unit": "办公室", "measures": {second: {"text": "乙"}}},
    )
    assert (note.do, adopted.batch != note.batch, note.prev) == ("note", True, (adopted.hash,))


def test_a_hand_edit_is_shown_by_dry_run(run, ledger):
    """--dry-run shows the adoption too, and writes nothing."""
    rewrite(path_of(1), '"办公室"', '"财务股"')
    out = unchanged(run, "note 1.1 -t x").out
    assert [json.loads(line)["do"] for line in out.splitlines()[:2]] == ["adopt", "note"]


def test_a_field_edited_by_hand_is_not_overwritten(run, ledger):
    """A command that sets what was changed by hand is refused (6); after `adopt` it goes."""
    rewrite(path_of(1), '"办公室"', '"财务股"')
    hint = "keep the hand edit with: ledger adopt, then run the command again"
    refused(
        run, "assign 1 --unit 党办", 6, f"{path_of(1)}: unit was changed by hand and by this command", hint
    )
    typed(run, "adopt 1\nassign 1 --unit 党办")
    assert (field("1", "unit"), last(1).was) == ("党办", {"unit": "财务股"})


@pytest.mark.parametrize(
    ("old", "new", "name", "line"),
    [
        ("due = 2025-06-30", "due = 2025-09-30", "due", 6),
        ("due_original = 2025-06-30", "due_original = 2025-09-30", "due_original", 7),
        ("number = 1\ntitle", "number = 8\ntitle", "number", 3),
        ('status = "pending"\nhead', 'status = "closed"\nhead', "status", 8),
        ('text = "乙"\nstatus = "pending"', 'text = "乙"\nstatus = "done"', "status", 21),
        ('number = 2\ntext = "乙"', 'number = 5\ntext = "乙"', "number", 19),
        ('text = "乙"', 'text = "乙"\ndue = 2025-09-30', "due", 21),
    ],
)  # fmt: skip
def test_a_protected_hand_edit_is_refused(run, ledger, old, new, name, line):
    """Status, deadlines, numbers: a command, `adopt` too, is refused (6) with file, line and the way out."""
    file = path_of(1)
    rewrite(file, old, new)
    hint = "put it back by hand, or with: ledger adopt ID --put-back; then use the command for it"
    for command in ("note 1 -t x", "adopt", "adopt 1", "close 1 --result x"):
        refused(run, command, 6, f"{file}:{line}: {name} was changed by hand", hint)
    run.ok("note", "2", "-t", "x")
    rewrite(file, new, old)
    run.ok("note", "1", "-t", "x")


def test_comments_move_into_the_remark(run, ledger):
    """A write is refused (6) while a record has comments; `adopt` moves them into the remark, after what stands there."""
    run.ok("edit", "1", "--remark", "原注")
    write_comment(1)
    file, hint = path_of(1), "take comments into the remark first: ledger adopt"
    refused(run, "note 1.1 -t x", 6, f"{file}:9: the file has a comment", hint)
    assert run.ok("adopt", "1", "--why", "核实") == "adopted: 1\n"
    assert (field("1", "remark"), last(1).do, last(1).why) == ("原注\n领导批示：抓紧", "adopt", "核实")
    assert "#" not in file.read_text(encoding="utf-8")
    run.ok("note", "1.1", "-t", "x")


def test_adopt_looks_at_every_issue(run, ledger, chinese):  # noqa: F811
    """Without ids every issue is looked at; where nothing was edited nothing is written."""
    assert run("adopt") == (0, "", "nothing was edited by hand\n")
    rewrite(path_of(1), '"文风不实"', '"作风不实"')
    write_comment(2)
    assert json.loads(unchanged(run, "adopt --json").out)["ids"] == ["1", "2"]
    document = json.loads(run.ok("adopt", "--json"))
    assert (document["schema"], document["ids"], field("1", "title")) == (
        "ledger/adopt@1",
        ["1", "2"],
        "作风不实",
    )
    assert run("采纳", lang="zh") == (0, "", "没有手工改动\n")
    refused(run, "adopt 9", 3, "there is no issue 9 (there are 1-2)", "ledger list shows them all")
    refused(run, "adopt L1", 2, "L1 is not an issue", "write the number of an issue, such as 7")


def test_other_hand_edits_stay_as_they_are(run, ledger):
    """Unknown keys are kept by every write; a file in another order or with CRLF is read as it is."""
    file = path_of(1)
    rewrite(file, "\nstatus =", '\nx_ours = "留着"\nstatus =')
    run.ok("note", "1.1", "-t", "x")
    assert 'x_ours = "留着"\n' in file.read_text(encoding="utf-8")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    run.ok("note", "1.1", "-t", "y")
    assert b"\r" not in file.read_bytes()


def test_every_protected_edit_is_named_at_once(run, ledger):
    """Whoever changed several protected fields, of several issues, hears of all of them with file and line."""
    one, two = path_of(1), path_of(2)
    rewrite(one, "due = 2025-06-30", "due = 2025-09-30")
    rewrite(one, 'text = "乙"\nstatus = "pending"', 'text = "乙"\nstatus = "done"')
    rewrite(two, "number = 2", "number = 5")
    hint = "put it back by hand, or with: ledger adopt ID --put-back; then use the command for it"
    message = f"changed by hand: {one}:6 due, {one}:21 status"
    refused(run, "note 1 -t x", 6, message, hint)
    refused(run, "adopt", 6, f"{message}, {two}:3 number", hint)


def test_put_back(run, ledger):
    """`adopt ID --put-back` writes protected fields as the history has them and shows both; plain edits are kept."""
    file = path_of(1)
    whole = file.read_text(encoding="utf-8")
    rewrite(file, "due = 2025-06-30", "due = 2025-09-30")
    rewrite(file, 'text = "乙"\nstatus = "pending"', 'text = "乙"\nstatus = "done"')
    assert "-due = 2025-09-30\n+due = 2025-06-30" in unchanged(run, "adopt 1 --put-back").out
    assert run("adopt", "1", "--put-back")[::2] == (
        0,
        "nothing was recorded: the file is what its history says, and there is nothing to undo\n",
    )
    rewrite(file, "due = 2025-06-30", "due = 2025-09-30")
    rewrite(file, 'text = "乙"\nstatus = "pending"', 'text = "乙"\nstatus = "done"')
    assert run.ok("adopt", "1", "--put-back") == (
        "put back: 1 due: 2025-09-30 -> 2025-06-30\nput back: 1.2 status: done -> pending\nadopted: 1\n"
    )
    assert (acts(1), file.read_text(encoding="utf-8")) == (["add"], whole)
    rewrite(file, 'unit = "办公室"\ndue = 2025-06-30\n', 'unit = "财务股"\n')
    document = json.loads(run.ok("adopt", "1", "--put-back", "--json"))
    assert document["put_back"] == [{"id": "1", "field": "due", "before": None, "after": "2025-06-30"}]
    assert (acts(1), field("1", "unit"), str(field("1", "due"))) == (["add", "adopt"], "财务股", "2025-06-30")
    assert run("check", "--strict").code == 0
    run.ok("undo", "--yes")
    assert field("1", "unit") == "办公室"
    refused(
        run, "adopt --put-back", 2, "nothing is put back everywhere at once",
        "name the issues: ledger adopt ID --put-back",
    )  # fmt: skip


def test_a_measure_taken_out_is_put_back(run, ledger):
    """A measure somebody deleted comes back whole; one somebody wrote is never lost by putting back."""
    file = path_of(1)
    whole = file.read_text(encoding="utf-8")
    cut = whole[: whole.rindex("\n[[measures]]")] + whole[whole.index("\n[history]") :]
    file.write_text(cut, encoding="utf-8", newline="\n")
    assert run.ok("adopt", "1", "--put-back") == "put back: 1.2 measures: - -> 乙\nadopted: 1\n"
    assert file.read_text(encoding="utf-8") == whole
    rewrite(file, "\n[history]", '\n[[measures]]\nnumber = 3\ntext = "丙"\n\n[history]')
    result = run("adopt", "1", "--put-back")
    assert (result.code, result.err.splitlines()[1]) == (
        6,
        "hint: take it out, and add it with: ledger measure 1",
    )
    assert f"error: {file}:" in result.err
    assert "丙" in file.read_text(encoding="utf-8")


def test_comments_of_a_measure_move_into_its_remark(run, ledger):
    """A comment belongs to where it stands: to the issue, or to the measure it stands in or right above."""
    file = path_of(1)
    rewrite(file, "format = 1", "# 总的\nformat = 1  # 也是总的")
    rewrite(file, 'text = "甲"', 'text = "甲" # 关于甲\n#   \n# 还是甲')
    second = file.read_text(encoding="utf-8").rindex("[[measures]]")
    text = file.read_text(encoding="utf-8")
    file.write_text(
        f"{text[:second]}# 乙的上面\n{text[second:]}".replace(
            'text = "乙"', 'text = "乙"\nremark = "原注" # 乙'
        ),
        encoding="utf-8",
        newline="\n",
    )
    rewrite(file, "entries = [", "entries = [ # 历史里的")
    run.ok("adopt", "1")
    assert (field("1", "remark"), field("1.1", "remark"), field("1.2", "remark")) == (
        "总的\n也是总的\n历史里的",
        "关于甲\n还是甲",
        "原注\n乙的上面\n乙",
    )
    rewrite(file, "format = 1", "#\nformat = 1")
    assert run.ok("adopt") == "adopted: 1\n"
    assert (acts(1), "#" in file.read_text(encoding="utf-8")) == (["add", "adopt"], False)


def test_hand_edits_go_through_the_intake(run, ledger):
    """What an editor put into a field or a comment is text from outside: rejected (9) with its place, else cleaned."""
    file = path_of(1)
    rewrite(file, '"办公室"', '"办\u202e公室"')
    what = f"{file}:5: unit: an invisible or control character, U+202E, stands at line 1, character 2"
    hint = "delete that character and give the text again"
    for line in ("adopt", "note 1.1 -t x"):
        refused(run, line, 9, what, hint)
    rewrite(file, '"办\u202e公室"', '" 办公室 "')
    rewrite(file, 'text = "乙"', 'text = "cafe\u0301\\r\\n二"')
    run.ok("note", "1.1", "-t", "x")
    assert (field("1", "unit"), field("1.2", "text")) == ("办公室", "caf\u00e9\n二")
    write_comment(1, "# 零\u200b宽")
    what = f"{path_of(1)}:8: #: an invisible or control character, U+200B, stands at line 1, character 2"
    refused(run, "adopt 1", 9, what, hint)


NEW = """\
# 主任批示
title = "会议过多且长"
unit = "综合科"
due = 2025-07-01
x_box = 12

[[measures]]
text = "合并会议"
points = [{text = "一"}, {text = "二"}]
colour = "red"

[[measures]]
number = 1
text = "压缩时间"
"""


def write_new(text: str = NEW, name: str = "新问题.toml") -> Path:
    path = Path("ledgers/t/issues") / name
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def test_a_new_file_goes_on_the_books(run, ledger):
    """A file written by hand gets uid, number, numbered measures, an `add` entry and its own name; it can be undone."""
    file = write_new()
    assert json.loads(unchanged(run, "adopt --json").out)["added"] == [{"file": str(file), "id": "3"}]
    assert run.ok("adopt") == f"added from {file}: 3\n"
    assert not file.exists()
    assert (acts(3), last(3).by, field("3", "title"), field("3", "remark")) == (
        ["add"],
        "林某",
        "会议过多且长",
        "主任批示",
    )
    assert (field("3", "due_original"), field("3.1", "text"), field("3.2", "text")) == (
        day("2025-07-01"),
        "压缩时间",
        "合并会议",
    )
    assert [point["text"] for point in field("3.2", "points")] == ["一", "二"]
    text = path_of(3).read_text(encoding="utf-8")
    assert ("x_box = 12\n" in text, 'colour = "red"\n' in text) == (True, True)
    assert run("check", "--strict").code == 0
    assert run.ok("adopt") == ""
    run.ok("undo", "--yes")
    assert status("3") == "void"
    assert run.ok("add", "四").startswith("4  ")


def test_until_then_a_new_file_is_named(run, ledger):
    """No answer leaves a file written by hand out silently: it is named, with the way onto the books (7)."""
    file = write_new()
    what = "somebody wrote this file by hand"
    hint = "put it on the books with: ledger adopt"
    for line in ("list", "stats", "due", "report status", "list --as-of 2025-03-01"):
        refused(run, line, 7, f"{file}:1: {what}", hint)
    document = json.loads(run("check", "--json").out)
    assert [(each["file"], each["message"], each["hint"]) for each in document["faults"]] == [
        (str(file), what, hint)
    ]
    run.ok("note", "1.1", "-t", "x")
    assert run("show", "2").code == 0


@pytest.mark.parametrize(
    ("number", "name", "given", "words"),
    [
        (9, "新.toml", 9, ""),
        (2, "新.toml", 3, "warning: {file} asks for number 2, which was used before; it gets 3\n"),
        (3, "0003-abcdefgh.toml", 3, ""),
        (None, "2025-计划.toml", 3, ""),
    ],
)
def test_the_number_of_a_new_file(run, ledger, number, name, given, words):
    """A number the file asks for is kept if no record ever had it; the name of the file asks for nothing."""
    asked = "" if number is None else f"number = {number}\n"
    file = write_new(f'format = 1\n{asked}title = "三"\nstatus = "pending"\n', name)
    asked_for = [] if number == 2 else [str(number or 2025)]
    assert run("adopt", *asked_for) == (0, f"added from {file}: {given}\n", words.format(file=file))
    assert field(str(given), "title") == "三"


def test_numbers_are_never_given_twice(run, ledger):
    """Not the number an issue had before it was moved, not one of two files that ask for the same."""
    run.ok("init", "u", "--preset", "single-level")
    typed(run, "-L u add 甲\n-L u move 1 --to 7")
    folder = Path("ledgers/u/issues")
    for name, number in (("a", "number = 1\n"), ("b", "number = 9\n"), ("c", "number = 9\n"), ("d", "")):
        (folder / f"{name}.toml").write_text(f'title = "{name}"\n{number}', encoding="utf-8")
    result = run("-L", "u", "adopt")
    assert result.out == (
        "added from ledgers/u/issues/a.toml: 8\n"
        "added from ledgers/u/issues/b.toml: 9\n"
        "added from ledgers/u/issues/c.toml: 10\n"
        "added from ledgers/u/issues/d.toml: 11\n"
    )
    assert [each.name[:4] for each in sorted(folder.iterdir())] == ["0007", "0008", "0009", "0010", "0011"]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ('unit = "x"', "title is missing (line 1)"),
        ('title = " "', "title is missing (line 1)"),
        ('title = "x"\nstatus = "closed"', "status comes about by commands only (line 2)"),
        (
            'title = "x"\ndue = "2025年6月底前"\nnumber = 0\ndue_original = 2025-06-30',
            "due holds what it cannot hold (line 2), number holds what it cannot hold (line 3), "
            "due_original comes about by commands only (line 4)",
        ),
        ('title = "x"\nmeasures = ["a"]', "measures holds what it cannot hold (line 2)"),
        (
            'title = "x"\n[[measures]]\nnumber = 1\ntext = "a"\n[[measures]]\nnumber = 1\nuid = "01JX"',
            "uid comes about by commands only (line 7), number holds what it cannot hold (line 3), "
            "text is missing (line 5), number holds what it cannot hold (line 6)",
        ),
        (
            'title = "x"\n[[measures]]\ntext = "a"\npoints = ["b"]\n[[measures.evidence]]\nsha256 = "00"',
            "points holds what it cannot hold (line 4), evidence comes about by commands only (line 2)",
        ),
    ],
)
def test_what_cannot_go_on_the_books(run, ledger, text, reasons):
    """A new file is rejected (9) with every reason and its line."""
    file = write_new(text + "\n")
    refused(
        run,
        "adopt",
        9,
        f"{file} cannot go on the books: {reasons}",
        "mend these lines, then run the command again",
    )


def test_a_new_file_goes_through_the_intake(run, ledger):
    """A hidden character in a new file is rejected with its line; too many measures are refused."""
    file = write_new('title = "x"\n[[measures]]\ntext = "a\\u001b[31m"\n')
    what = f"{file}:3: text: an invisible or control character, U+001B, stands at line 1, character 2"
    refused(run, "adopt", 9, what, "delete that character and give the text again")
    write_new('title = "x"\n' + '[[measures]]\ntext = "a"\n' * 2001)
    what = "an issue takes at most 2,000 measures, 2,001 were given".replace(",0", "0")
    refused(run, "adopt", 4, what, "put the rest into another issue")


def test_the_chronicle_is_adopted_too(run, ledger):
    """A note of the office edited or written by hand is recorded like anything else."""
    run.ok("note", "-t", "3月例会")
    folder = Path("ledgers/t/registers/chronicle")
    (file,) = folder.iterdir()
    rewrite(file, "3月例会", "三月例会")
    (folder / "新.toml").write_text('on = 2025-02-27\ntext = "推进会"\n', encoding="utf-8")
    assert json.loads(run.ok("adopt", "--json"))["ids"] == ["chronicle:1", "chronicle:2"]
    assert [each.state.fields["text"] for each in book().records(CHRONICLE)] == ["三月例会", "推进会"]
    rewrite(file, "三月例会", "例会")
    assert run.ok("adopt", "chronicle:1") == "adopted: chronicle:1\n"
    refused(
        run, "adopt chronicle:9", 3, "there is no note chronicle:9 of the office",
        "ledger history shows what was done",
    )  # fmt: skip


def test_a_cut_record_is_no_new_file(run, ledger):
    """A record that lost its end keeps its uid, and is damage: adopt would give it a second life."""
    file = path_of(1)
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("status")], encoding="utf-8")
    refused(
        run, "adopt", 7, f"{file}:1: the record has no history: the file was cut",
        f"bring it back with: ledger restore {file.name}; without git, from a copy that is whole",
    )  # fmt: skip


# --- reindex, sql -----------------------------------------------------------------------------------------


def test_reindex_builds_the_index_anew(run, ledger):
    """The index is made from the records alone, whatever lay there before."""
    index = Path("ledgers/t/.index/index.db")
    before = files()
    assert run.ok("reindex") == "2 issues indexed\n"
    index.write_bytes(b"garbage")
    assert json.loads(run.ok("reindex", "--json")) == {
        "schema": "ledger/reindex@1",
        "ledger": "t",
        "issues": 2,
    }
    assert (
        run.ok("sql", "select number, title from issue order by number")
        == "number\ttitle\n1\t文风不实\n2\t会议过多\n"
    )
    assert files() == before


def test_sql_reads_and_never_writes(run, ledger):
    """A SELECT is answered as rows or JSON, from stdin too; anything else is refused with the way out."""
    statement = "select number, unit from issue order by number"
    assert run.ok("sql", statement) == "number\tunit\n1\t办公室\n2\t\n"
    assert run.ok("sql", "-", stdin=statement) == "number\tunit\n1\t办公室\n2\t\n"
    document = json.loads(run.ok("sql", statement, "--json"))
    assert (document["columns"], document["rows"]) == (["number", "unit"], [[1, "办公室"], [2, None]])
    what, hint = (
        "this statement would do more than read the index",
        "change the ledger with its own commands; the index is only a copy",
    )
    for line in ('sql "delete from issue"', "sql \"attach 'x.db' as x\"", 'sql "pragma user_version = 7"'):
        refused(run, line, 2, what, hint)
    assert not Path("x.db").exists()
    what, hint = "the standard input is not text at byte 0", "send the statement in UTF-8"
    refused(run, "sql -", 9, what, hint, stdin=b"\xff\xfe")


def test_sql_follows_the_records(run, ledger):
    """The index is brought up before it is asked, after a command and after a hand edit."""
    run.ok("note", "2", "-t", "x")
    assert run.ok("sql", "select status from issue where number = 2") == "status\nactive\n"
    rewrite(path_of(2), '"会议过多"', '"会议太多"')
    assert run.ok("sql", "select title from issue where number = 2") == "title\n会议太多\n"


@pytest.mark.skipif(shutil.which("git") is None, reason="without git nothing is known of deleted files")
def test_a_deleted_file_is_named_where_git_has_it(run, ledger):
    """Adopting a record whose file is gone names the way back; its number is not given to a new file."""
    git("init")
    commit()
    path_of(2).unlink()
    message = "the file of 2 is gone from its folder, but git has it"
    hint = "bring it back with: ledger restore 2; what is taken off the books is made void: ledger void"
    refused(run, "adopt 2", 3, message, hint)
    commit()
    refused(run, "adopt 2", 3, message, hint)
    write_new('title = "三"\nnumber = 2\n')
    assert run.ok("adopt").endswith(": 3\n")
    refused(run, "adopt 9", 3, "there is no issue 9 (there are 1-3)", "ledger list shows them all")


def git(*arguments: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def commit() -> None:
    git("add", "-A")
    git("commit", "-m", "x")
