"""Whatever is wrong ends as the contract says: one message, a hint, nothing lost, never a traceback."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.ui import ask
from tests.chinese import chinese  # noqa: F401  a fixture
from tests.cli.books import acts, book, field, files, path_of, ready, record, refused, rewrite, status, typed

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="rights and limits of Linux")
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="a thing of Unix")
PROGRAM = [sys.executable, "-m", "ledger"]


@pytest.fixture
def ledger(run):
    """Seven issues; the seventh has two measures and a little history."""
    others = "\n".join(f"add 问题{number}" for number in range(1, 7))
    ready(
        run,
        f"init t\n{others}\nadd 文风不实 -m 甲 -m 乙 --due 2025-06-30\nnote 7.1 -t 抽查3月公文\ndone 7.1 --result 成",
    )


def environment(**changes: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1", **changes}


def child(*argv: str, **options) -> subprocess.CompletedProcess:
    """The program as a process of its own."""
    options = {"capture_output": True, "check": False, "timeout": 60, "env": environment(), **options}
    return subprocess.run([*PROGRAM, *argv], **options)


# --- what is typed --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("show 31", 3, "there is no issue 31 (there are 1-7)", "ledger list shows them all; did you mean 3?"),
        ("note 31 -t x", 3, "there is no issue 31 (there are 1-7)", "ledger list shows them all; did you mean 3?"),
        ("note 7.9 -t x", 3, "issue 7 has no measure 9", "it has 1-2"),
        ("point 7.1.4", 3, "7.1 has no point 4", "ledger show 7 shows them"),
        ("note 1 2 31 -t x", 3, "there is no issue 31 (there are 1-7)", "ledger list shows them all; did you mean 3?"),
        ("close 5-9 --result x", 3, "there is no issue 8 (there are 1-7)", "ledger list shows them all"),
        ("note 0 -t x", 2, '"0" is not a number of this ledger',
         "write 7, 7.2, 7.2.1, 3-9, 7.1-7.3, L3, C12, R2025-1 or meetings:5"),
        ("note 1-99999 -t x", 2, "the ranges name more than 10,000 things at once",
         "give smaller ranges, one command after another"),
        ("reopen 7.1 --why x", 4, "7.1 is done, so reopen is not possible", "possible now: note, close, return, longterm"),
        ("return 1 --why x", 4, "1 is pending, so return is not possible", "possible now: note, interim, done, longterm"),
        ("interim 7.1", 4, "7.1 is done, so interim is not possible", "possible now: note, close, return, longterm"),
        ("note 1 -t x --on 2025-02-30", 2, "the date 2025-02-30 does not exist", "2025-02 has the days 1-28"),
        ("note 1 -t x --on 2025-03-02", 2, "2025-03-02 has not come yet; today is 2025-03-01", "a business date is today or earlier"),
        ("note 1 -t x --on 明天", 2, "2025-03-02 has not come yet; today is 2025-03-01", "a business date is today or earlier"),
        ("extend 7 --to 2025-13-01 --why x", 2, "the date 2025-13-01 does not exist", "a year has the months 1-12"),
    ],
)  # fmt: skip
def test_what_makes_no_sense(run, ledger, line, code, message, hint):
    """An unknown id, a move that is not allowed, a date that cannot be: one message, a hint, nothing written."""
    refused(run, line, code, message, hint)


@pytest.mark.parametrize(
    ("typed_ids", "answer"),
    [
        ("７．２", "7.2"),
        ("7-2", "7.2"),
        ("7.1-7.2", "7.1 7.2"),
        ("1,3、5", "1 3 5"),
        ("2-4", "2 3 4"),
        ("07.02 7.2", "7.2"),
    ],
)
def test_ids_as_people_type_them(run, ledger, typed_ids, answer):
    """Full-width digits, 7-2 for a measure, ranges and lists are understood; what is named twice counts once."""
    assert run("note", *typed_ids.split(), "-t", "x") == (0, f"noted: {answer}\n", "")


def test_refusals_in_chinese(run, ledger, chinese):  # noqa: F811
    """The same in Chinese, codes of statuses and acts in words."""
    result = run("reopen", "7.1", "--why", "x", lang="zh")
    assert (result.code, result.err) == (
        4,
        "错误: 7.1 现为已完成待销号，不能重启\n提示: 现在可以：记事、销号、退回、转长期\n",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\x1b[31mred", "an invisible or control character, U+001B, stands at line 1, character 2"),
        ("a\x00b", "an invisible or control character, U+0000, stands at line 1, character 2"),
        ("a\x07", "an invisible or control character, U+0007, stands at line 1, character 2"),
        ("\u202eflip", "an invisible or control character, U+202E, stands at line 1, character 1"),
        ("zero\u200bwidth", "an invisible or control character, U+200B, stands at line 1, character 5"),
        ("ab\udcff", "the text is not valid Unicode at line 1, character 3 (U+DCFF)"),
    ],
)
def test_text_nobody_can_see(run, ledger, text, message):
    """Control bytes, escape sequences, marks that turn text around, half a character: rejected (9) wherever they stand."""
    before = files()
    for argv in (
        ("add", text),
        ("add", "x", "-m", text),
        ("add", "x", "--unit", text),
        ("note", "7.1", "-t", text),
        ("note", "-t", text),
        ("done", "7.2", "--result", text),
        ("edit", "7", "--why", text, "--title", "y"),
        ("close", "7", "--meeting", text, "--result", "x", "--all"),
        ("note", "7", "-t", "x", "--by", text),
        ("init", "u", "--org", text),
    ):
        result = run(*argv)
        assert (result.code, result.out) == (9, ""), (argv, result)
        first, second, *rest = result.err.splitlines()
        assert (first, second.startswith("hint: "), rest) == (f"error: {message}", True, []), argv
    assert files() == before


def test_a_line_break_in_a_title(run, ledger):
    """A title and a name stand on one line; a note may have several."""
    refused(
        run, "add 'a\nb'", 9, "a line break or a tab stands at character 2 of a one-line text",
        "keep titles and names on one line",
    )  # fmt: skip
    run.ok("note", "1", "-t", "a\nb")


def test_ten_megabytes_of_text(run, ledger):
    """A text as long as a book is rejected at once; a record never grows beyond what is read."""
    text = "长" * (10 * 1024 * 1024 // 3)
    before = files()
    for argv, what in (
        (("add", text), "the line has 3,495,253 characters, the limit is 2,000"),
        (("note", "7", "-t", text), "the text has 10,485,759 bytes, the limit is 65,536"),
    ):
        result = run(*argv)
        assert (result.code, result.out, result.err.splitlines()[0]) == (9, "", f"error: {what}")
    result = run("import", "-", "--yes", stdin=text)
    assert (result.code, "larger than 8 MB" in result.err) == (9, True)
    assert files() == before


def test_a_record_has_a_largest_size(run, ledger):
    """The note that would make a record too large to be read is refused (4); what there was stays usable."""
    for argv in [("note", "1", "-t", "长" * 21_000)] * 34:
        result = run(*argv)
        if result.code:
            break
    assert (result.code, result.err.splitlines()[0]) == (
        4,
        "error: issue 1 would become larger than a record may be",
    )
    assert path_of(1).stat().st_size <= 2 * 1024 * 1024
    run.ok("note", "1", "-t", "x")


@UNIX
def test_bytes_that_are_no_text_on_the_command_line(ledger):
    """What the shell hands over that is not UTF-8 is rejected (9), under any locale."""
    before = files()
    for language in ("C.UTF-8", "C"):
        result = child("add", b"a\xffb", env=environment(LANG=language, PYTHONUTF8="0"))
        assert (result.returncode, result.stdout) == (9, b"")
        assert result.stderr.startswith(b"error: the text is not valid Unicode at line 1, character 2")
    assert files() == before


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


# --- somebody else ------------------------------------------------------------------------------------------


HOLDER = """
import sys
from pathlib import Path
from ledger.store.lock import locked
with locked(Path("ledgers/.state"), by="王某", command="import"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_writer():
    """Another process that is writing, until the block ends; gives its number."""
    options = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "env": environment()}
    with subprocess.Popen([sys.executable, "-c", HOLDER], **options) as process:
        assert process.stdout.readline() == b"held\n"
        try:
            yield process.pid
        finally:
            process.stdin.close()


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

    def meddled(*arguments):
        rewrite(file, "文风不实", "作风不实")
        return commit(*arguments)

    monkeypatch.setattr(transaction, "commit", meddled)
    result = run("note", "7.1", "-t", "x")
    assert (result.code, result.out) == (6, "")
    assert "was changed by another program while this command ran" in result.err
    assert "作风不实" in file.read_text(encoding="utf-8")
    assert acts(7) == ["add", "note", "done"]


# --- leaving ------------------------------------------------------------------------------------------------


@UNIX
def test_ctrl_c_while_waiting(ledger):
    """Who waits is told for whom; Ctrl-C then ends the command with 130, in one line, and nothing was written."""
    before = files()
    with another_writer():
        process = subprocess.Popen(
            [*PROGRAM, "note", "7.1", "-t", "x"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        assert process.stderr.readline().decode() == "waiting: 王某 is writing (import)\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"error: interrupted\n")
    assert files() == before


def person(*argv: str):
    """The program on a terminal, with somebody in front of it."""
    pexpect = pytest.importorskip("pexpect")
    variables = {**environment(), "TERM": "xterm"}
    return pexpect.spawn(
        sys.executable,
        ["-m", "ledger", *argv],
        env=variables,
        encoding="utf-8",
        timeout=20,
        dimensions=(30, 90),
    )


@UNIX
def test_a_person_answers(ledger):
    """On a terminal `add` asks for title, unit and deadline, and does what was answered."""
    pexpect = pytest.importorskip("pexpect")
    terminal = person("add")
    for question, answer in (
        ("What was found", "会议过多"),
        ("Responsible unit", "办公室"),
        ("Due", "2025年6月底前"),
    ):
        terminal.expect(question)
        terminal.send(answer + "\r")
    terminal.expect("8  会议过多")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert (terminal.exitstatus, field("8", "unit"), str(field("8", "due"))) == (0, "办公室", "2025-06-30")


@UNIX
@pytest.mark.parametrize(
    ("line", "question"),
    [("note 7.1", "What was done"), ("close 6", "What was achieved"), ("undo", "Take this back")],
)
def test_ctrl_c_in_a_question(ledger, line, question):
    """Ctrl-C in a question ends with 130, and nothing was written."""
    pexpect = pytest.importorskip("pexpect")
    before = files()
    terminal = person(*line.split())
    terminal.expect(question)
    terminal.send("\x03")
    terminal.expect("error: interrupted")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 130
    assert files() == before


def test_no_terminal_no_question(run, ledger, monkeypatch):
    """Without a terminal, with --no-input or --json, what is missing is named with its flag (2)."""
    hint = "give --text; questions are asked only on a terminal and without --no-input"
    refused(run, "note 7", 2, "--text is missing", hint)
    refused(run, "note 7 --no-input", 2, "--text is missing", hint)
    monkeypatch.setattr(ask, "possible", lambda: False)
    assert '"exit": 2' in run("note", "7", "--json").err


@UNIX
def test_a_closed_pipe(run, ledger):
    """`| head -1` ends quietly, and what was written stays written."""
    script = f'"{sys.executable}" -m ledger note 1-7 -t x --json | head -c 1; echo "[${{PIPESTATUS[0]}}]"'
    result = subprocess.run(
        ["bash", "-c", script], capture_output=True, env=environment(), check=False, timeout=60
    )
    assert (result.stdout, result.stderr) == (b"{[0]\n", b"")
    assert record(7).entries[-1].data == {"text": "x"}


def test_a_gbk_terminal(ledger):
    """A terminal that knows GBK alone loses no text: what it lacks is spelt out, what is stored is whole."""
    result = child(
        "add", "表情\U0001f600与𠮷", env=environment(PYTHONIOENCODING="gbk", PYTHONUTF8="0", LANG="zh_CN.GBK")
    )
    assert (result.returncode, result.stdout.decode("gbk")) == (0, "8  表情\\U0001f600与\\U00020bb7\n")
    assert field("8", "title") == "表情\U0001f600与𠮷"


def test_nothing_is_a_traceback(run, ledger):
    """What nobody foresaw is one line too; TAIZHANG_DEBUG=1 shows where."""
    assert book().numbers() == [1, 2, 3, 4, 5, 6, 7]
    rewrite(Path("ledgers/t/ledger.toml"), "[plan]", "[plan")
    result = run("add", "x")
    assert (result.code, "Traceback" in result.err, len(result.err.splitlines())) == (7, False, 2)
