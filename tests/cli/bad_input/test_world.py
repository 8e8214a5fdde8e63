"""A world that refuses, and somebody else who writes."""

from __future__ import annotations

import ctypes
import resource
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.bad_input.child import LINUX, another_writer, child
from tests.cli.books import acts, field, files, path_of, refused, rewrite, typed

# --- a world that refuses ---------------------------------------------------------------------------------


def without_override() -> None:
    """In a child: even root is bound by the rights of files (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH dropped)."""
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


@contextmanager
def read_only(*folders: Path):
    for folder in folders:
        folder.chmod(0o555)
    try:
        yield
    finally:
        for folder in folders:
            folder.chmod(0o755)


@LINUX
@pytest.mark.parametrize("which", ["issues", "state", "all"])
def test_a_folder_that_is_read_only(run, ledger, which):
    """Where nothing can be written a command says so (8) and leaves nothing behind; what only reads goes on."""
    home = Path("ledgers/t")
    places = {
        "issues": [home / "issues"],
        "state": [Path("ledgers/.state")],
        "all": [
            Path(),
            Path("ledgers"),
            Path("ledgers/.state"),
            home,
            *(each for each in home.iterdir() if each.is_dir()),
        ],
    }
    expected = run.ok("list")
    before = files()
    shutil.rmtree(home / ".index")
    run.ok("note", "7.2", "-t", "x", "--dry-run")
    Path("ledgers/.state").mkdir(exist_ok=True)
    with read_only(*[each for each in places[which] if each.exists()]):
        result = child("note", "7.1", "-t", "x", preexec_fn=without_override)
        shown = child("list", preexec_fn=without_override)
    assert (result.returncode, result.stdout) == (8, b"")
    first, second = result.stderr.decode().splitlines()
    assert (first.startswith("error: "), second.startswith("hint: ")) == (True, True)
    assert (shown.returncode, shown.stdout.decode()) == (0, expected)
    assert files() == before
    run.ok("note", "7.1", "-t", "x")


@LINUX
def test_a_file_nobody_may_read(run, ledger):
    """A record that cannot be read is named (8), and left out of no total."""
    file = path_of(7)
    file.chmod(0)
    try:
        results = [
            child(*line.split(), preexec_fn=without_override) for line in ("note 7 -t x", "stats", "list")
        ]
        other = child("note", "2", "-t", "x", preexec_fn=without_override)
    finally:
        file.chmod(0o644)
    assert [(each.returncode, each.stdout) for each in results] == [(8, b"")] * 3
    assert all(file.name in each.stderr.decode() for each in results)
    assert other.returncode == 0


@contextmanager
def full_disk(folder: Path):
    """Make the disk under `folder` full; gives what a child needs for that: nothing, or where we may not mount a limit."""
    folder.mkdir()
    folder = folder.absolute()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(folder)]
    mounted = (
        shutil.which("mount") is not None
        and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    )

    def fill():
        if not mounted:
            return {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))}
        with (folder / "filler").open("wb", buffering=0) as filler, pytest.raises(OSError, match="space"):
            while True:
                filler.write(b"x" * 4096)
        return {}

    try:
        yield fill
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


@LINUX
def test_a_full_disk(run, monkeypatch, tmp_path):
    """On a full disk every command ends with 8, says so, and leaves whole records; with room again all goes on."""
    with full_disk(Path("disk")) as fill:
        monkeypatch.chdir("disk")
        run.ok("init", "t")
        typed(run, "add 一 -m 甲\nadd 二")
        limits = fill()
        before = files()
        for line in (
            "note 1 -t x",
            "add 三",
            "assign 1 2 --unit 甲科",
            "close 2 --result 成",
            "note -t 例会",
        ):
            result = child(*line.split(), **limits)
            said = result.stderr.decode().splitlines()
            assert (result.returncode, result.stdout, len(said)) == (8, b"", 2), (line, result)
            assert said[0].startswith("error: "), said
            assert files() == before, line
        assert child("list", **limits).returncode == 0
        Path("filler").unlink(missing_ok=True)
        typed(run, "note 1 -t x\nassign 1 2 --unit 甲科")
        assert (run("check").code, field("2", "unit")) == (0, "甲科")
        monkeypatch.chdir(tmp_path)


@LINUX
@pytest.mark.parametrize("size", [0, 100, 300, 700, 1100])
def test_a_limit_on_the_size_of_files(run, ledger, size):
    """Whatever write the system refuses, a command over several records is whole or absent."""
    before = files()
    result = child(
        "assign",
        "1-3",
        "--unit",
        "办公室",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    assert result.returncode in (0, 8), result
    units = {field(str(number), "unit") for number in (1, 2, 3)}
    assert units == ({"办公室"} if result.returncode == 0 else {None})
    assert result.returncode == 0 or files() == before
    run.ok("note", "1", "-t", "x")
    assert run("check").code == 0


def test_two_writers(run, ledger):
    """Who has to wait too long is told for whom (5); readers do not wait."""
    before = files()
    with another_writer() as number:
        result = run("note", "7.1", "-t", "x", env={"TAIZHANG_LOCK_TIMEOUT": "0.2"})
        assert (result.code, result.out) == (5, "")
        first, second = result.err.splitlines()
        assert first.startswith("error: 王某 is writing to this workspace since ")
        assert f": import (process {number} on " in first
        assert second == "hint: wait until it has ended, then run the command again"
        assert run("list").code == 0
        assert files() == before
    run.ok("note", "7.1", "-t", "x")


def test_a_timeout_that_is_no_number(run, ledger):
    """TAIZHANG_LOCK_TIMEOUT is a number of seconds."""
    refused(
        run, "note 1 -t x", 2, "TAIZHANG_LOCK_TIMEOUT is not a number of seconds: bald",
        "set it to 30, or leave it unset", env={"TAIZHANG_LOCK_TIMEOUT": "bald"},
    )  # fmt: skip


def test_a_file_changed_while_a_command_ran(run, ledger, monkeypatch):
    """What another program wrote meanwhile is not overwritten (6)."""
    from ledger.store import transaction

    commit = transaction.commit
    file = path_of(7)

    def meddled(*arguments, **options):
        rewrite(file, "文风不实", "作风不实")
        return commit(*arguments, **options)

    monkeypatch.setattr(transaction, "commit", meddled)
    result = run("note", "7.1", "-t", "x")
    assert (result.code, result.out) == (6, "")
    assert "was changed by another program while this command ran" in result.err
    assert "作风不实" in file.read_text(encoding="utf-8")
    assert acts(7) == ["add", "note", "done"]
