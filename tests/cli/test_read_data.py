"""`ledger check --read-data[=n/t]`: every file of evidence is read once, whatever number of parts it is read in."""

from __future__ import annotations

import hashlib
import json
import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.store import evidence
from ledger.store.evidence import Part

FOLDER = Path("ledgers/2025/evidence")


@pytest.fixture
def book(run) -> list[Path]:
    """A ledger with twelve files of evidence."""
    run.ok("init", "2025", "--no-input")
    run.ok("add", "公章外借没有登记", "-m", "建立登记簿")
    Path("papers").mkdir()
    for number in range(12):
        Path(f"papers/1.1 第{number}份.txt").write_text(f"第{number}份\n", encoding="utf-8")
    run.ok("evidence", "add", "papers", "--yes")
    return sorted(FOLDER.rglob("*.txt"))


def rewrite(path: Path) -> None:
    """Other content of the same size."""
    path.write_bytes(path.read_bytes()[::-1])


def altered(run, *options: str) -> int:
    found = json.loads(run("check", "evidence", "--json", *options).out)["faults"]
    return len([each for each in found if "was changed after it was attached" in each["message"]])


@given(st.lists(st.binary(max_size=8), max_size=40), st.integers(1, 12))
@settings(max_examples=60)
def test_parts_cover_everything_exactly_once(contents, count):
    """Whatever the files and the number of parts: each file is in one part, and in the same one next time."""
    for digest in {hashlib.sha256(content).hexdigest() for content in contents}:
        assert sum(Part(number, count).holds(digest) for number in range(1, count + 1)) == 1


def test_all_parts_find_what_one_reading_finds(run, book):
    """The parts together name every altered file, each once; without the option none is read."""
    for path in book:
        rewrite(path)
    assert altered(run) == 0
    assert altered(run, "--read-data") == altered(run, "--read-data=1/1") == 12
    found = [altered(run, f"--read-data={number}/5") for number in range(1, 6)]
    assert (sum(found), max(found) < 12) == (12, True)


def test_the_option_may_stand_alone_before_names_of_rules(run, book):
    """What follows it is a rule, never its value: that is joined to it."""
    rewrite(book[0])
    assert run("check", "--read-data", "status") == (0, "", "")
    assert run("check", "--read-data", "evidence").code == 7
    assert run("check", "evidence", "--read-data").code == 7
    assert run("check", "evidence", "--", "status").code == 0


@pytest.mark.parametrize("value", ["0/5", "6/5", "1", "1/0", "a/b", "", "1/5/5", "-1/5"])
def test_what_is_no_part_is_refused(run, book, value):
    """It says how a part is written."""
    result = run("check", f"--read-data={value}")
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith("hint: write --read-data=2/5 for the second of five parts\n")


def test_a_part_typed_apart_is_taken_for_a_rule(run, book):
    """It is refused before anything is read, so that nobody believes it was one."""
    assert run("check", "--read-data", "2/5").err.startswith("error: there is no rule 2/5\n")


def test_what_is_kept_twice_is_read_twice(run, book):
    """One content under names of two kinds has two files, and either may be damaged."""
    Path("copy.md").write_bytes(book[0].read_bytes())
    run.ok("evidence", "add", "1", "copy.md")
    [copy] = FOLDER.rglob("*.md")
    assert run("check", "--read-data", "--strict") == (0, "", "")
    rewrite(copy)
    assert altered(run, "--read-data") == 2  # both rows name that content
    copy.write_bytes(b"")
    assert run("check").code == 7


@pytest.mark.skipif(os.name == "nt", reason="links and pipes need rights there")
def test_a_link_or_a_device_is_named(run, book):
    """In place of a file, of a folder, or anywhere among the evidence; it is not read, wherever it leads."""
    book[0].unlink()
    book[0].symlink_to("/dev/zero")
    os.mkfifo(FOLDER / "ab0")
    (FOLDER / "zz").symlink_to("/", target_is_directory=True)
    found = json.loads(run("check", "evidence", "--read-data", "--json").out)["faults"]
    assert sorted((each["file"], each["severity"], each["message"]) for each in found) == sorted(
        [
            (path, "error", "a link or a device stands among the evidence")
            for path in (book[0].as_posix(), f"{FOLDER}/ab0", f"{FOLDER}/zz")
        ]
        + [(each["file"], "error", each["message"]) for each in found if "is not kept in" in each["message"]]
    )
    assert len(found) == 4


def test_what_nobody_attached_is_a_warning(run, book):
    """A stray file is named with what to do; hidden files of the system, and those being written, are not."""
    (FOLDER / ".DS_Store").write_bytes(b"")
    (FOLDER / "照片").mkdir()
    (book[0].parent / "Thumbs.db").write_bytes(b"")
    digest = hashlib.sha256(b"x").hexdigest()
    (FOLDER / digest[:2]).mkdir(exist_ok=True)
    (FOLDER / digest[:2] / digest).write_bytes(b"x")
    (book[0].parent / f"{'0' * 64}.txt").write_bytes(b"in the wrong folder")
    result = run("check", "evidence", "--read-data", "--json")
    found = {(each["file"], each["severity"], each["message"]) for each in json.loads(result.out)["faults"]}
    none = "this was not attached: its name is not a digest, or not in the folder for it"
    assert (result.code, found) == (
        0,
        {
            (f"{FOLDER}/照片", "warning", none),
            (f"{book[0].parent.as_posix()}/Thumbs.db", "warning", none),
            (f"{book[0].parent.as_posix()}/{'0' * 64}.txt", "warning", none),
            (f"{FOLDER}/{digest[:2]}/{digest}", "warning", "no record names this file"),
        },
    )


def test_what_was_taken_back_is_still_named_by_its_history(run, book):
    """A file whose attaching was undone is no stray: the history names it."""
    run.ok("undo", "--yes")
    assert run("check", "evidence", "--strict", "--read-data") == (0, "", "")


def test_no_stray_is_named_while_a_record_cannot_be_read(run, book):
    """That record may name the file."""
    [path] = Path("ledgers/2025/issues").glob("*.toml")
    path.write_bytes(path.read_bytes()[:200])
    assert run("check", "evidence") == (0, "", "")


def test_evidence_that_cannot_be_read_is_named(run, book, monkeypatch):
    """A bad disk under one file does not hide the others."""
    digest = evidence.digest

    def failing(path: Path) -> str:
        if path == book[3].resolve() or path.name == book[3].name:
            raise OSError(5, "Input/output error")
        return digest(path)

    monkeypatch.setattr(evidence, "digest", failing)
    rewrite(book[5])
    result = run("check", "--read-data", "--json")
    found = {(each["rule"], each["file"]) for each in json.loads(result.out)["faults"]}
    assert (result.code, ("unreadable", book[3].as_posix()) in found, len(found)) == (7, True, 2)


def test_a_large_file_needs_no_memory(tmp_path):
    """It is read piece by piece."""
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(64 << 20)
    tracemalloc.start()
    try:
        evidence.digest(large)
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()


def test_a_ledger_without_evidence_is_fine(run):
    """No folder, nothing to read."""
    run.ok("init", "2025", "--no-input")
    assert run("check", "--read-data", "--strict") == (0, "", "")
