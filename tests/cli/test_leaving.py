"""How the program ends when the world around it is not kind: pipes, disks, signals, terminals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

#: The program with a few small commands behind its door, as a child process.
PROGRAM = """
import sys, time, types
from ledger import cli
from ledger.commands import CommandSpec, tree
from ledger.ui import ask, console

fake = types.ModuleType("ledger.commands.fake")

def many(rows: int = 20000) -> None:
    "Print many lines."
    for number in range(rows):
        console.say(f"{number} 整改台账")

def wait() -> None:
    "Wait."
    console.say("ready")
    console.flush()
    time.sleep(60)

def show(text: str = "整改 \U0001f600 \U00020000") -> None:
    "Print a text as a line, a table and a document."
    console.say(text)
    console.rows([console.Column("问题")], [[text]])
    console.document("ledger/x@1", {"text": text})
    console.tell(text)

def ask_all() -> None:
    "Ask everything there is to ask."
    title = ask.text("Title?", flag="--title")
    term = ask.choose("Term?", {"immediate": "立行立改", "phased": "限期"}, flag="--term")
    units = ask.several("Units?", {"a": "甲", "b": "乙"}, flag="--unit")
    console.say(repr((title, term, units, ask.confirm("Sure?"))))

fake.many, fake.wait, fake.show, fake.ask_all = many, wait, show, ask_all
sys.modules[fake.__name__] = fake
tree.COMMANDS = tuple(CommandSpec(n, n, "fake", n.replace("-", "_"), "see", "") for n in ("many", "wait", "show", "ask-all"))
cli.run()
"""


def command(*argv: str) -> list[str]:
    return [sys.executable, "-c", PROGRAM, *argv]


def environment(**changes: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **changes}


def child(*argv: str, stdout=subprocess.PIPE, **changes: str):
    return subprocess.Popen(
        command(*argv),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=environment(**changes),
    )


@pytest.mark.parametrize(
    "argv", [("many",), ("many", "--rows", "1"), ("--help",)], ids=["long", "short", "help"]
)
def test_a_closed_pipe_ends_quietly(argv):
    """`| head -1` ends the program with 0 and without a word, also when the pipe is closed before the first line."""
    process = child(*argv)
    process.stdout.close()
    assert (process.wait(timeout=60), process.stderr.read()) == (0, b"")
    process.stderr.close()


def test_the_first_line_gets_through():
    """Whoever reads one line gets it whole."""
    process = child("many")
    assert process.stdout.readline() == "0 整改台账\n".encode()
    process.stdout.close()
    assert (process.wait(timeout=60), process.stderr.read()) == (0, b"")
    process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "argv", [("many",), ("many", "--rows", "1"), ("--help",)], ids=["long", "short", "help"]
)
def test_a_full_disk_under_the_output_is_named(argv):
    """Output that cannot be written ends with 8 and says so, even for one buffered line."""
    with Path("/dev/full").open("wb") as full:
        process = child(*argv, stdout=full)
        err = process.communicate(timeout=60)[1].decode()
    expected = "error: cannot write the output: the disk is full\nhint: send it to another place; a change to the ledger is made all the same\n"
    assert (process.returncode, err) == (8, expected)


def test_a_closed_stdout_is_named():
    """Data that nobody can receive is an error, not silence."""
    script = 'exec "$@" >&-'
    run = subprocess.run(
        ["sh", "-c", script, "sh", *command("many", "--rows", "1")],
        capture_output=True, text=True, env=environment(), check=False,
    )  # fmt: skip
    expected = "error: the standard output is closed\nhint: let it go to a terminal or a file\n"
    assert (run.returncode, run.stderr) == (8, expected)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(
    ("number", "code", "err"),
    [
        ("SIGTERM", 143, "error: ended by the system\n"),
        ("SIGHUP", 129, "error: ended by the system\n"),
        ("SIGINT", 130, "error: interrupted\n"),
    ],
)
def test_a_signal_ends_with_its_code(number, code, err):
    """SIGTERM, SIGHUP and SIGINT end the program with 128 and their number, in one line."""
    process = child("wait")
    assert process.stdout.readline() == b"ready\n"
    process.send_signal(getattr(signal, number))
    out, said = process.communicate(timeout=60)
    assert (process.returncode, out, said.decode()) == (code, b"", err)


def test_a_gbk_terminal_takes_any_text():
    """What GBK lacks is written as an escape; JSON stays JSON; nothing fails."""
    process = child("show", PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    lines = out.decode("gbk").splitlines()
    assert lines[:3] == ["整改 \\U0001f600 \\U00020000", "问题", "整改 \\U0001f600 \\U00020000"]
    assert json.loads(lines[3]) == {"schema": "ledger/x@1", "text": "整改 \U0001f600 \U00020000"}
    assert err.decode("gbk").splitlines() == lines[:1]


@pytest.mark.parametrize("flag", ["-O", "-bb", "-Werror"])
def test_python_flags_change_nothing(flag):
    """Optimised, strict about bytes or about warnings, the program does the same."""
    run = subprocess.run(
        [sys.executable, flag, *command("many", "--rows", "2")[1:]],
        capture_output=True, env=environment(), check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout.decode(), run.stderr) == (0, "0 整改台账\n1 整改台账\n", b"")


def test_a_deleted_folder_is_no_trouble(tmp_path):
    """Started in a folder that is gone, help still comes."""
    folder = tmp_path / "gone"
    folder.mkdir()
    script = 'cd "$0" && rmdir "$0" && exec "$@"'
    run = subprocess.run(
        ["sh", "-c", script, str(folder), *command("--help")],
        capture_output=True, text=True, env=environment(), check=False,
    )  # fmt: skip
    assert (run.returncode, run.stderr) == (0, "")


def terminal(*argv: str, **changes: str):
    pexpect = pytest.importorskip("pexpect")
    python, *rest = command(*argv)
    variables = {**environment(**changes), "TERM": changes.get("TERM", "xterm")}
    variables.pop("NO_COLOR", None)
    return pexpect.spawn(python, rest, env=variables, encoding="utf-8", timeout=60, dimensions=(30, 80))


def test_a_person_is_asked():
    """On a terminal what is missing is asked for: a line, one of several, some of several, yes or no."""
    person = terminal("ask-all")
    person.expect("Title")
    person.send("文风不实\r")
    person.expect("Term")
    person.send("\x1b[B\r")
    person.expect("Units")
    person.send(" \x1b[B \r")
    person.expect("Sure")
    person.send("y")
    person.expect_exact("('文风不实', 'phased', ['a', 'b'], True)")
    person.expect(pytest.importorskip("pexpect").EOF)
    person.close()
    assert person.exitstatus == 0


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["ctrl-c", "ctrl-d"])
def test_a_question_can_be_left(key):
    """Ctrl-C and Ctrl-D in a question end the program with 130."""
    person = terminal("ask-all")
    person.expect("Title")
    person.send(key)
    person.expect("error: interrupted")
    person.expect(pytest.importorskip("pexpect").EOF)
    person.close()
    assert person.exitstatus == 130


@pytest.mark.parametrize("argv", [("ask-all", "--no-input"), ("ask-all", "--json")], ids=["no-input", "json"])
def test_a_person_who_wants_no_questions_gets_none(argv):
    """--no-input and --json ask nothing on a terminal either: the flag is named, exit 2."""
    person = terminal(*argv)
    person.expect("--title is missing")
    person.expect(pytest.importorskip("pexpect").EOF)
    person.close()
    assert person.exitstatus == 2


def test_a_dumb_terminal_is_not_drawn_on():
    """TERM=dumb cannot show a question: the flag is named instead, and no escape byte is sent."""
    person = terminal("ask-all", TERM="dumb")
    shown = person.read()
    person.close()
    assert (person.exitstatus, "\x1b" in shown) == (2, False)
    assert "--title is missing" in shown


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("delay_ms", [20, 60, 100])
def test_an_early_ctrl_c_leaves_no_traceback(delay_ms):
    """Ctrl-C while the program is still being loaded ends it without a traceback of ours."""
    starting = (
        "import sys, signal; from ledger import cli; sys.stdout.write('.'); sys.stdout.flush(); cli.run()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", starting, "--help"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    )  # fmt: skip
    assert process.stdout.read(1) == b"."
    time.sleep(delay_ms / 1000)
    process.send_signal(signal.SIGINT)
    err = process.communicate(timeout=60)[1].decode()
    assert process.returncode in (0, 130, -signal.SIGINT)
    assert "Traceback" not in err
