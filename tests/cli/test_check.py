"""`ledger check`: what it says when all is well, and that nothing broken goes unseen; see `test_broken.py` too."""

from __future__ import annotations

import dataclasses
import json
import os
import random
from pathlib import Path

import pytest

from ledger.store.book import Book
from ledger.store.workspace import Workspace
from ledger.usecases import checking
from tests.cli.repository import git, somebody


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture
def sound(run, tmp_path) -> Path:
    """A small ledger with a bit of everything, in which everything holds."""
    paper = tmp_path / "清单.txt"
    paper.write_text("公章3枚\n", encoding="utf-8")
    run.ok("init", "2025", "--no-input")
    run.ok("add", "公章外借没有登记", "--unit", "党政办", "--due", "2025-06-30")
    run.ok("measure", "1", "-t", "建立外借登记簿", "-t", "专人保管")
    run.ok("note", "1.1", "-t", "清点公章3枚")
    run.ok("evidence", "add", "1.1", str(paper))
    run.ok("add", "会议记录缺页")
    run.ok("close", "2", "--result", "已补齐")
    run.ok("note", "-t", "召开动员会")
    paper.unlink()
    return tmp_path


# -- what it says ---------------------------------------------------------------------------------------


def test_a_sound_ledger_is_passed_over_in_silence(run, sound):
    """When all is well: nothing, and 0, with every rule and every file of evidence."""
    before = contents(sound)
    for options in ((), ("--strict", "--read-data"), ("status", "links")):
        assert run("check", *options) == (0, "", "")
    assert contents(sound) == before
    document = {"schema": "ledger/check@1", "ledger": "2025", "ok": True, "faults": []}
    assert json.loads(run.ok("check", "--json")) == document


def record(folder: Path, number: int = 1) -> Path:
    [path] = (folder / "ledgers/2025/issues").glob(f"{number:04d}-*.toml")
    return path


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def test_warnings_alone_are_no_failure(run, sound):
    """A hand edit is welcome: it is named, and the exit code stays 0 unless --strict."""
    path = record(sound)
    rewrite(path, 'title = "公章外借没有登记"', 'title = "公章外借不登记"')
    result = run("check")
    assert result == (
        0,
        f"ledgers/2025/issues/{path.name}:4: warning: title was changed by hand: 公章外借没有登记 -> 公章外借不登记\n"
        '    4 | title = "公章外借不登记"\n'
        "  record it with: ledger adopt 1\n",
        "errors: 0, warnings: 1; files concerned: 1; issues: 2\n",
    )
    assert run("check", "--strict").code == 7
    run.ok("adopt", "1")
    assert run("check") == (0, "", "")


def test_json_gives_every_fault_in_order(run, sound):
    """One document: rule, severity, file, line, id, message and hint, by file and line; codes, not labels."""
    first, second = record(sound, 1), record(sound, 2)
    rewrite(second, 'status = "closed"', 'status = "done"')
    rewrite(first, 'status = "active"', 'status = "closed"')
    rewrite(first, 'unit = "党政办"', 'unit = "财政所"')
    result = run("check", "--json", lang="zh")
    document = json.loads(result.out)
    assert (result.code, result.err, document["ok"]) == (7, "", False)
    assert [list(fault) for fault in document["faults"]] == [
        ["rule", "severity", "file", "line", "id", "message", "hint"]
    ] * 3
    assert [
        (each["rule"], each["severity"], each["file"], each["line"], each["id"])
        for each in document["faults"]
    ] == [
        ("hand-edits", "warning", f"ledgers/2025/issues/{first.name}", 5, "1"),
        ("status", "error", f"ledgers/2025/issues/{first.name}", 8, "1"),
        ("status", "error", f"ledgers/2025/issues/{second.name}", 6, "2"),
    ]


def test_an_unknown_rule_is_named_before_anything_is_read(run, sound):
    """A slip in a rule's name is a usage error that lists the rules."""
    result = run("check", "states")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(
        "error: there is no rule states\nhint: there are: unreadable, deleted, entries, "
    )


def test_evidence_is_read_when_asked(run, sound):
    """A file of the same size with other content shows only with --read-data."""
    [kept] = (sound / "ledgers/2025/evidence").rglob("*.txt")
    kept.chmod(0o644)
    kept.write_text("公章4枚\n", encoding="utf-8")
    assert run("check") == (0, "", "")
    result = run("check", "--read-data")
    assert result.code == 7
    assert "the file 清单.txt was changed after it was attached" in result.out


def test_one_unreadable_record_does_not_hide_the_others(run, sound):
    """What cannot be read is named by file and line; the rest is checked all the same."""
    rewrite(record(sound, 1), "[history]", "<<<<<<< HEAD\n[history]")
    rewrite(record(sound, 2), 'status = "closed"', 'status = "done"')
    result = run("check", "--json")
    assert result.code == 7
    assert [fault["rule"] for fault in json.loads(result.out)["faults"]] == ["unreadable", "status"]


def test_settings_that_cannot_be_read_are_a_fault(run, sound):
    """A broken ledger.toml is one fault among others, with its line."""
    path = sound / "ledgers/2025/ledger.toml"
    path.write_text("format = 1\ntitle = 7\n", encoding="utf-8")
    document = json.loads(run("check", "--json").out)
    assert [(each["rule"], each["file"], each["line"]) for each in document["faults"]] == [
        ("unreadable", "ledgers/2025/ledger.toml", 2)
    ]
    assert document["faults"][0]["id"] is None


def test_a_folder_in_place_of_a_record_is_named(run, sound):
    """Something that is no file is a fault, not a crash."""
    (sound / "ledgers/2025/issues/0009-aaaaaaaa.toml").mkdir()
    [fault] = json.loads(run("check", "--json").out)["faults"]
    assert (fault["rule"], fault["file"]) == ("unreadable", "ledgers/2025/issues/0009-aaaaaaaa.toml")


def test_a_file_too_large_to_be_a_record_is_named(run, sound):
    """It is not read: its size is said, and how the record comes back."""
    path = record(sound)
    path.write_bytes(path.read_bytes() + b"# " + b"x" * (2 << 20) + b"\n")
    size = path.stat().st_size
    [fault] = json.loads(run("check", "--json").out)["faults"]
    assert (fault["rule"], fault["line"], fault["message"], fault["hint"]) == (
        "unreadable",
        1,
        f"the file has {size} bytes, more than the 2097152 it may have",
        "look at the file: it was probably put there by mistake",
    )


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_that_leads_nowhere_is_named(run, sound):
    """A record that cannot be opened is named; a link to a device is never waited for."""
    path = record(sound)
    for target in ("nothing.toml", "/dev/zero"):
        path.unlink()
        path.symlink_to(target)
        [fault] = json.loads(run("check", "unreadable", "--json").out)["faults"]
        assert (fault["file"], fault["message"], fault["hint"]) == (
            f"ledgers/2025/issues/{path.name}",
            "this is no file but a folder, a link or a device",
            f"bring it back with: ledger restore {path.name}; without git, from a copy that is whole",
        ), target


def test_crlf_of_a_checkout_is_no_fault(run, sound):
    """Git may have changed the line ends; that is no hand edit and no other form."""
    path = record(sound)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert run("check") == (0, "", "")


# -- nothing broken goes unseen --------------------------------------------------------------------------


def faults_with(folder: Path, data: bytes) -> list:
    path = record(folder)
    path.write_bytes(data)
    return checking.faults(Book(Workspace(folder), "2025"))


def test_a_record_cut_anywhere_is_named(sound):
    """Cut at any byte, a record is never passed over in silence."""
    whole = record(sound).read_bytes()
    places = [
        *range(0, len(whole) - 1, 13),
        *(at for at, byte in enumerate(whole) if byte == 10 and at < len(whole) - 1),
    ]
    missed = [at for at in places if not faults_with(sound, whole[:at])]
    assert missed == []


def test_a_flipped_bit_is_named(sound):
    """One bit changed anywhere in a record is found: damage as an error, a plain field as a hand edit."""
    whole = record(sound).read_bytes()
    chance = random.Random(7)
    missed = []
    for _round in range(300):
        at, bit = chance.randrange(len(whole)), chance.randrange(8)
        changed = bytearray(whole)
        changed[at] ^= 1 << bit
        if not faults_with(sound, bytes(changed)):
            missed.append((at, bit))
    assert missed == []


def test_a_record_that_is_gone_while_checking_is_left_out(sound, monkeypatch):
    """A file removed by somebody else meanwhile is not there: no fault, no crash."""
    names = Book.names

    def seen(book, *arguments):
        return [*names(book, *arguments), "0099-aaaaaaaa.toml"]

    monkeypatch.setattr(Book, "names", seen)
    assert checking.faults(Book(Workspace(sound), "2025")) == []


def test_a_line_that_is_not_there_any_more_is_not_shown(sound):
    """A file that is gone, or shorter, when a fault is told: the fault is told without its line."""
    book = Book(Workspace(sound), "2025")
    rewrite(record(sound), 'status = "active"', 'status = "closed"')
    [fault] = checking.faults(book)
    assert checking.excerpt(book, fault) == 'status = "closed"'
    assert checking.excerpt(book, dataclasses.replace(fault, line=9999)) == ""
    record(sound).unlink()
    assert checking.excerpt(book, fault) == ""


def test_a_renumbered_record_is_not_deleted(run, sound):
    """Another number is another name of the file; in the middle of a merge nothing is said; back again, neither."""
    somebody()
    for words in (["init", "-q"], ["add", "ledgers"], ["commit", "-q", "-m", "x"]):
        git(*words)
    (path,) = Path("ledgers/2025/issues").glob("0002-*.toml")
    path.rename(path.with_name(path.name.replace("0002-", "0009-")))
    assert run("check", "deleted") == (0, "", "")
    path.with_name(path.name.replace("0002-", "0009-")).unlink()
    assert run("check", "deleted").code == 7
    Path(".git/MERGE_HEAD").write_text(git("rev-parse", "HEAD") + "\n")
    assert run("check", "deleted") == (0, "", "")
    Path(".git/MERGE_HEAD").unlink()
    run.ok("restore", "2", "--yes")
    assert run("check", "deleted") == (0, "", "")
