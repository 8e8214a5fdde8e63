"""Files of the ledger that are not right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.books import files, path_of, refused, rewrite, status

# --- files that are not right -----------------------------------------------------------------------------


def damaged(run, line: str) -> str:
    """Run what must end with 7 and change nothing; give the first line of the message."""
    before = files()
    result = run(*line.split())
    assert (result.code, result.out) == (7, ""), (line, result)
    first, *rest = result.err.splitlines()
    assert [each.split(":")[0] for each in rest] == ["hint"], (line, result)
    assert files() == before
    return first


def test_a_record_cut_anywhere(run, ledger):
    """Cut at every 50th byte a record is named by file and line (7); others stay usable, totals refuse, nothing is written."""
    file = path_of(7)
    whole = file.read_bytes()
    for length in range(0, len(whole) - 2, 50):
        file.write_bytes(whole[:length])
        for line in ("note 7.1 -t x", "show 7", "stats", "list", "undo --yes"):
            message = damaged(run, line)
            assert message.startswith(f"error: {file}:"), (length, line, message)
            assert message.removeprefix(f"error: {file}:").split(":")[0].isdecimal(), (length, line, message)
        assert run("show", "2").code == 0
    run.ok("note", "2", "-t", "x")
    run.ok("add", "八")
    assert run("check").code == 7
    file.write_bytes(whole)
    run.ok("note", "7.1", "-t", "x")
    assert run("check").code == 0


def test_conflict_markers(run, ledger):
    """What git left in a record, the settings or the people is named by file and line (7)."""
    file = path_of(7)
    whole = file.read_text(encoding="utf-8")
    lines = whole.splitlines(keepends=True)
    for place in (3, 9, len(lines) - 2):
        marked = [
            *lines[:place],
            "<<<<<<< HEAD\n",
            lines[place],
            "=======\n",
            lines[place],
            ">>>>>>> theirs\n",
            *lines[place + 1 :],
        ]
        file.write_text("".join(marked), encoding="utf-8")
        for line in ("note 7 -t x", "list"):
            assert damaged(run, line).startswith(f"error: {file}:{place + 1}: ")
        run.ok("note", "2", "-t", "x")
    file.write_text(whole, encoding="utf-8")
    for name in ("ledger.toml", "people.toml"):
        path = Path("ledgers/t") / name
        kept = path.read_text(encoding="utf-8")
        path.write_text("<<<<<<< HEAD\n" + kept, encoding="utf-8")
        assert f"ledgers/t/{name}:1: " in damaged(run, "add x --unit y")
        path.write_text(kept, encoding="utf-8")


def test_a_second_number_7(run, ledger):
    """Two files of one number: commands on it pick none (6), `check` names them, the others go on."""
    file = path_of(7)
    copy = file.with_name("0007-00000000.toml")
    shutil.copyfile(file, copy)
    what = f"issue 7 stands in several files: {copy}, {file}"
    hint = "keep the right one, and move the others out of the folder; ledger check says more"
    for line in (
        "note 7 -t x",
        "note 7.1 -t x",
        "close 7 --result x",
        "edit 7 --title x",
        "adopt 7",
        "show 7",
    ):
        refused(run, line, 6, what, hint)
    assert "0007-00000000.toml" in damaged(run, "list")
    result = run("check")
    assert (result.code, "0007-00000000.toml" in result.out, file.name in result.out) == (7, True, True)
    run.ok("note", "2", "-t", "x")
    assert run.ok("add", "八").startswith("8  ")
    copy.unlink()
    run.ok("note", "7", "-t", "x")


def test_a_file_named_for_another_number(run, ledger):
    """A file somebody gave another number's name is not worked on under either."""
    file = path_of(7)
    file.rename(file.with_name("0009-" + file.name[5:]))
    what = f"ledgers/t/issues/0009-{file.name[5:]}: the file is named for issue 9 but holds issue 7"
    refused(run, "note 9 -t x", 7, what, f"give the file its own name back: {file.name}")
    refused(run, "note 7 -t x", 3, "there is no issue 7 (there are 1-9)", "ledger list shows them all")
    assert run("check").code == 7


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("抽查3月公文", "抽查4月公文"),
        ('"do":"done"', '"do":"note"'),
        ('"by":"林某","do":"done"', '"by":"李某","do":"done"'),
        ('head = "sha256:', 'head = "sha256:0'),
    ],
)
def test_a_changed_line_of_history(run, ledger, old, new):
    """Touched history is damage (7), named by file and line; nothing builds on it."""
    file = path_of(7)
    rewrite(file, old, new)
    for line in ("note 7 -t x", "list", "stats"):
        assert damaged(run, line).startswith(f"error: {file}:")
    assert run("check").code == 7


def test_a_line_of_history_taken_out(run, ledger):
    """A history with a line less does not hold (7), wherever the line stood."""
    file = path_of(7)
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    for place in (-4, -3, -2):
        file.write_text(
            "".join(lines[:place] + lines[place + 1 :] if place + 1 else lines[:place]), encoding="utf-8"
        )
        assert damaged(run, "note 7 -t x").startswith(f"error: {file}:")


def test_a_status_changed_by_hand(run, ledger):
    """A status the history does not support is refused (6) with file, line and the way out, and shown by `check`."""
    file = path_of(7)
    rewrite(file, 'status = "done"', 'status = "closed"')
    line = file.read_text(encoding="utf-8").splitlines().index('status = "closed"') + 1
    hint = "put it back by hand, or with: ledger adopt ID --put-back; then use the command for it"
    refused(run, "note 7 -t x", 6, f"{file}:{line}: status was changed by hand", hint)
    result = run("check")
    assert (result.code, f"{file}:{line}: " in result.out) == (7, True)
    assert status("7.1") == "done"


def test_a_newer_format_is_named(run, ledger):
    """A record of a newer version is refused by name, not guessed at."""
    file = path_of(7)
    rewrite(file, "format = 1", "format = 2")
    message = damaged(run, "note 7 -t x")
    assert message == f"error: {file}:1: the record was written by a newer version (format 2)"


@pytest.mark.parametrize("how", ["deleted", "garbage", "empty", "directory", "truncated"])
def test_the_index_is_disposable(run, ledger, how):
    """Whatever lies in the index's place, answers and commands are the same."""
    expected = run.ok("list")
    index = Path("ledgers/t/.index/index.db")
    before = index.read_bytes()
    index.unlink()
    if how == "garbage":
        index.write_bytes(b"garbage" * 1000)
    elif how == "empty":
        index.write_bytes(b"")
    elif how == "directory":
        (index / "inner").mkdir(parents=True)
    elif how == "truncated":
        index.write_bytes(before[: len(before) // 2])
    assert run("list")[:2] == (0, expected)
    run.ok("note", "1", "-t", "x")
    assert run.ok("list") != expected
    assert run("check").code == 0
