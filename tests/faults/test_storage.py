"""A disk that is full, small, read-only or broken, and a process that may open no more files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults import deeds, oracle, tracing
from tests.faults.conftest import SOAK

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a program that forks is a thing of Unix")

#: How large a file may become, in bytes: from nothing at all to more than any file is.
FILE_SIZES = range(0, 120_000, 3_000 if SOAK else 30_000)
#: How many files may be open at once; 3 are open to begin with, and the program that forks holds some.
OPEN_FILES = range(3, 24) if SOAK else (4, 6, 8)
#: Commands that stand for the others: one record, several, evidence, a new ledger, and the index.
SOME = ("add", "note: several", "evidence add", "init", "reindex")
NOBODY = 65534


def judged(case, folder, ended, figures, what):
    try:
        state = case.judge.judged(folder, ended, case.deed.codes)
    except Exception as error:
        error.add_note(f"{what}: {ended}")
        raise
    figures[f"{what}, ending with the {state} ledger"] += 1
    return state


@pytest.mark.parametrize("name", deeds.DEEDS if SOAK else SOME)
def test_a_limit_on_the_size_of_files(shelf, run, tmp_path, figures, name):
    """A file that may not become so large is a full disk: nothing is half-written (RELIABILITY B2)."""
    case = shelf.case(name, run)
    for most in FILE_SIZES:
        folder = case.laid_out(tmp_path / "w")
        ended = shelf.program.run(folder, *case.deed.words, fixed=True, limits={"FSIZE": most})
        judged(case, folder, ended, figures, "file size limited")


@pytest.mark.parametrize("name", deeds.DEEDS if SOAK else SOME)
def test_too_many_open_files(shelf, run, tmp_path, figures, name):
    """A process that may open no more files says so, and leaves nothing half-written (RELIABILITY B7)."""
    case = shelf.case(name, run)
    for most in OPEN_FILES:
        folder = case.laid_out(tmp_path / "w")
        ended = shelf.program.run(folder, *case.deed.words, fixed=True, limits={"NOFILE": most})
        judged(case, folder, ended, figures, "open files limited")


@contextmanager
def small_disk(folder, kilobytes):
    """A disk in memory of that size, mounted on a folder."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a disk in memory, and not everywhere")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(folder, left):
    """Leave so many bytes free."""
    with (folder / "ballast").open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 4096):
                pass
        except OSError:
            file.truncate(max(0, file.tell() - left))


@pytest.mark.parametrize("name", deeds.DEEDS if SOAK else SOME)
def test_a_full_disk(shelf, run, tmp_path, figures, name):
    """On a full disk: one message and 8, reading works, and with room again so does the command (RELIABILITY B1)."""
    case = shelf.case(name, run)
    with small_disk(tmp_path / "disk", 2048) as disk:
        for pages in range(0, 40, 1 if SOAK else 13):
            folder = case.laid_out(disk / "w")
            fill(disk, pages * 4096)
            ended = shelf.program.run(folder, *case.deed.words, fixed=True)
            if oracle.texts(folder) == case.judge.before.texts:
                assert oracle.listed(folder) == case.judge.before.listed
                elsewhere = run("-L", "t", "export", "json", cwd=folder)
                assert elsewhere.code == 0 or case.judge.before.faults
            (disk / "ballast").unlink()
            if judged(case, folder, ended, figures, "disk full") == "old" and name != "undo":
                assert shelf.program.run(folder, *case.deed.words).code == 0
            shutil.rmtree(folder)


@pytest.mark.parametrize("name", [name for name, deed in deeds.DEEDS.items() if deed.codes != deeds.GIT])
def test_a_folder_that_may_only_be_read(shelf, run, figures, name):
    """Whoever may only read is told so before anything happens, and can ask everything (RELIABILITY B5)."""
    if os.geteuid() != 0:
        pytest.skip("only root may become somebody else")
    case = shelf.case(name, run)
    with tempfile.TemporaryDirectory() as outside:  # where somebody else may look
        Path(outside).chmod(0o755)
        folder = case.laid_out(Path(outside) / "w")
        before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
        ended = shelf.program.run(folder, *case.deed.words, user=NOBODY)
        assert (ended.code, ended.out) == (8, ""), ended
        asked = shelf.program.run(folder, "-L", "t", "list", "--measures", "--json", user=NOBODY)
        assert (asked.code, asked.err) == (0, ""), asked
        assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    figures["read-only folder"] += 1


#: Commands that only read, beside those that write.
READERS = ("list", "show 1", "stats", "check", "history 1", "search debts")


@pytest.mark.parametrize("line", [*READERS, *SOME])
def test_a_disk_that_cannot_be_read(shelf, run, tmp_path, figures, line):
    """A read that fails is one message: no record is left out of an answer, none is changed (RELIABILITY B4)."""
    tracing.needs_strace()
    if line in READERS:
        deeds.OTHERS.setdefault(line, deeds.Deed(line))
    case = shelf.case(line, run, tracing.READING)
    places = tracing.points(case.calls, writing=False, within=f"{shelf.folder}/")
    whole = shelf.program.run(case.laid_out(tmp_path / "w"), *case.deed.words)
    of_the_index = [call for call in places if "/index.db" in call.line and "stat" in call.name]
    for call in [*places[:: 1 if SOAK else max(1, len(places) // 3)], *of_the_index]:
        folder = case.laid_out(tmp_path / "w")
        with tracing.failing(shelf.program, tmp_path / "log", call, "EIO"):
            ended = shelf.program.run(folder, *case.deed.words, fixed=True)
        try:
            state = case.judge.judged(folder, ended, (0, 7, 8))
            told = ended.code or ended.out == whole.out or "index is damaged" in ended.out
            assert line not in READERS or told, "another answer, and no word of it"
        except Exception as error:
            error.add_note(f"{call}: {ended}")
            raise
        figures[f"EIO at {call.name} (reading), ending with the {state} ledger"] += 1
