"""Leaving: interruptions, questions, closed pipes, other terminals."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.ui import ask
from tests.cli.bad_input.child import PROGRAM, UNIX, another_writer, child, environment
from tests.cli.books import book, field, files, record, refused, rewrite

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
