"""`adopt`: files somebody wrote by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.domain.schema import CHRONICLE
from tests.cli.books import (
    acts,
    book,
    day,
    field,
    last,
    path_of,
    refused,
    rewrite,
    status,
    typed,
    unchanged,
)
from tests.cli.upkeep.byhand import write_new


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
        run, "adopt chronicle:9", 3, "there is no chronicle:9",
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
