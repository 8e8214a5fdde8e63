"""`adopt`: edits made by hand."""

from __future__ import annotations

import json

import pytest

from tests.cli.books import (
    acts,
    field,
    last,
    path_of,
    record,
    refused,
    rewrite,
    typed,
    unchanged,
)
from tests.cli.upkeep.byhand import write_comment

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


def test_adopt_looks_at_every_issue(run, ledger, chinese):
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
    refused(run, "adopt L1", 3, "there is no L1", "ledger history shows what was done")


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
