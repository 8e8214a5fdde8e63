"""The process around a command: streams that are closed or full, a folder that is gone, names no one would choose."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.books import acts, files, ready

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="descriptors and names of Unix")
PROGRAM = f'"{sys.executable}" -m ledger'


@pytest.fixture
def ledger(run):
    """An issue with a measure, and a notice to take in."""
    ready(run, "init t\nadd 文风不实 -m 甲")
    text = "关于整改情况的公示\n1.关于“会议过多”问题。整改措施：一是合并例会。\n"
    Path("notice.txt").write_text(text, encoding="utf-8")


def shell(script: str, **changes: str | None) -> subprocess.CompletedProcess[bytes]:
    """A line of shell in which `ledger` is the program."""
    known = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **changes}
    env = {name: value for name, value in known.items() if value is not None}
    script = f'ledger() {{ {PROGRAM} "$@"; }}; {script}'
    return subprocess.run(["bash", "-c", script], capture_output=True, check=False, timeout=60, env=env)


def lines(said: bytes) -> list[str]:
    return [line.split(":")[0] for line in said.decode().splitlines()]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize(
    "line",
    [
        "list",
        "list --json",
        "show 1",
        "report status",
        "export json",
        "export csv",
        "check --json",
        "--help",
        "undo -n",
    ],
)
def test_a_full_disk_under_the_output(ledger, line):
    """Output that cannot be written ends with 8 and one message."""
    result = shell(f"ledger {line} > /dev/full")
    said = ['{"error"'] if "--json" in line else ["error", "hint"]
    assert (result.returncode, lines(result.stderr)[-2:]) == (8, said)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_what_was_done_stays_done(run, ledger):
    """A command that could not say what it did has done it, and says that the output failed."""
    assert shell("ledger note 1.1 -t x > /dev/full").returncode == 8
    assert acts(1) == ["add", "note"]
    assert shell("ledger note 1.1 -t x 2> /dev/full").returncode == 0
    assert shell("ledger show 99 2> /dev/full").returncode == 3
    assert run("check").code == 0


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("ledger list <&-", 0),
        ("ledger add 二 <&-", 0),
        ("ledger note 1.1 <&-", 2),
        ("ledger undo <&-", 2),
        ("ledger import notice.txt --yes <&-", 0),
        ("ledger import notice.txt <&-", 2),
        ("ledger import - --yes <&-", 2),
        ("ledger note - -t x <&-", 2),
        ("ledger sql - <&-", 2),
        ("ledger check --against - <&-", 2),
        ("ledger check --against gone.txt <&-", 3),
        ("ledger list >&-", 8),
        ("ledger add 二 >&-", 8),
        ("ledger list 2>&-", 0),
        ("ledger show 99 2>&-", 3),
        ("ledger show 99 --json 2>&-", 3),
        ("ledger list <&- >&- 2>&-", 8),
        ("ledger show 99 <&- >&- 2>&-", 3),
    ],
)
def test_closed_streams(run, ledger, line, code):
    """A stream that is closed is said, or needed by nobody; there is never a traceback, and the ledger stays whole."""
    result = shell(line)
    assert (result.returncode, b"Traceback" in result.stderr, b"unexpected" in result.stderr) == (
        code,
        False,
        False,
    )
    assert run("check").code == 0


def test_a_folder_that_is_gone(ledger):
    """Started in a deleted folder a command says there is no ledger (3), or works where -C leads."""
    root = Path.cwd()
    for line, code in (
        ("list", 3),
        (f"-C '{root}' list", 0),
        ("init x", 8),
        ("import notice.txt -n", 3),
        ("--version", 0),
    ):
        result = shell(f"mkdir -p gone && cd gone && rmdir ../gone && ledger {line}")
        assert (line, result.returncode, b"Traceback" in result.stderr) == (line, code, False), result.stderr


@pytest.mark.parametrize(
    "changes",
    [
        {"HOME": None, "XDG_CONFIG_HOME": None},
        {"HOME": "/nonexistent", "XDG_CONFIG_HOME": None},
        {"TERM": None},
        {"TERM": "dumb"},
        {"PATH": ""},
    ],
)
def test_an_environment_with_less(run, ledger, changes):
    """Without a home, a terminal's name, a path to git: the same answers; who records is then unknown."""
    expected = run.ok("list")
    changes = {**changes, "TAIZHANG_ACTOR": None, "GIT_CONFIG_GLOBAL": "/dev/null"}
    result = subprocess.run(
        [sys.executable, "-m", "ledger", "list"],
        capture_output=True,
        check=False,
        timeout=60,
        env=_with(changes),
    )
    assert (result.returncode, result.stdout.decode(), result.stderr) == (0, expected, b"")
    done = subprocess.run(
        [sys.executable, "-m", "ledger", "note", "1.1", "-t", "x"],
        capture_output=True,
        check=False,
        timeout=60,
        env=_with(changes),
    )
    assert (done.returncode, done.stdout) == (0, b"noted: 1.1\n"), done.stderr
    sign = [sys.executable, "-m", "ledger", "close", "1", "--all", "--result", "x"]
    assert (
        subprocess.run(sign, capture_output=True, check=False, timeout=60, env=_with(changes)).returncode == 4
    )


def _with(changes: dict[str, str | None]) -> dict[str, str]:
    known = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **changes}
    return {name: value for name, value in known.items() if value is not None}


@pytest.mark.parametrize(
    "name",
    [
        "with blanks",
        "整改 台账",
        "new\nline",
        "'quote\"",
        "-rf",
        "$(touch leaked)",
        "é",
        "e\u0301",
        "%41%00",
        "\udcff",
    ],
)
def test_a_workspace_of_any_name(run, ledger, name):
    """Whatever the folders above a ledger are called, everything works in it, and messages name it harmlessly."""
    Path(name).mkdir()
    shutil.move("ledgers", Path(name, "ledgers"))
    for line in (
        ["list"],
        ["note", "1.1", "-t", "x"],
        ["sql", "select 1"],
        ["check"],
        ["reindex"],
        ["report", "status", "-o", "a.md"],
    ):
        assert run(*line, cwd=Path(name)).code == 0, line
        assert run("-C", f"./{name}", *line).code == 0, line
    result = run("-C", f"./{name}/x", "list")
    assert (result.code, result.err.count("\n"), Path("leaked").exists()) == (3, 2, False)


def test_a_ledger_behind_a_link(run, ledger):
    """A ledger, or the folder of all, may be a link to another disk; every write goes through it."""
    shutil.move("ledgers/t", "elsewhere")
    Path("ledgers/t").symlink_to(Path("elsewhere").absolute(), target_is_directory=True)
    run.ok("note", "1.1", "-t", "x")
    shutil.move("ledgers", "far")
    Path("ledgers").symlink_to(Path("far").absolute(), target_is_directory=True)
    run.ok("add", "二")
    assert Path("ledgers").is_symlink()
    assert Path("ledgers/t").is_symlink()
    assert len([name for name in files() if name.startswith("elsewhere/issues/")]) == 2
    assert run("check").code == 0
