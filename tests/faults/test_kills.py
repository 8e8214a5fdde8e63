"""Killed at any moment, or many at once: what was acknowledged is there, the rest is whole or absent."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ledger.store.book import Book
from ledger.store.workspace import find

#: A worker that does random writing commands for ever and says after each what it has done.
WORKER = """
import random, sys, datetime as dt
from pathlib import Path
from ledger.domain.acts.closing import SignWords
from ledger.errors import LedgerError
from ledger.usecases import planning, working, closing, shaping, reading
from ledger.usecases.change import Actor, Desk
book = reading.open_book(Path(sys.argv[1]))
chance = random.Random(int(sys.argv[2]))
now = dt.datetime(2025, 3, 1, 9, tzinfo=dt.timezone.utc)
print("ready", flush=True)
for turn in range(10**6):
    desk = Desk(book, Actor("w", now.date(), now, "why"))
    word = f"{sys.argv[2]}-{turn}"
    act = chance.choice("add add note close move many".split())
    try:
        if act == "add":
            outcome = planning.add_issue(desk, {"title": word}, ["a", "b"])
            word = f"add {outcome.value} {word}"
        elif act == "note":
            working.note(desk, ["1"], word)
            word = f"note 1 {word}"
        elif act == "close":
            number = planning.add_issue(desk, {"title": word}).value
            print(f"add {number} {word}", flush=True)
            closing.close(desk, [str(number)], SignWords(result="r"))
            word = f"close {number} {word}"
        elif act == "many":
            working.note(desk, ["1", "2"], word)
            word = f"many 1 {word}"
        else:
            shaping.move(desk, ["1.1"], "2")
            word = "other"
    except LedgerError as error:
        word = "refused"
    print(word, flush=True)
"""


@pytest.fixture
def folder(tmp_path, run):
    """A ledger with two issues."""
    run.ok("init", "t")
    run.ok("add", "one", "-m", "first")
    run.ok("add", "two")
    return tmp_path


def start(folder, seed):
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(folder), str(seed)],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=environment,
    )


def killed_after(folder, seed, chance):
    """Start a worker, kill it at a random moment after its first deed, and give what it acknowledged."""
    worker = start(folder, seed)
    lines = [worker.stdout.readline(), worker.stdout.readline()]
    time.sleep(chance.random() * 0.03)
    worker.send_signal(signal.SIGKILL)
    rest, _err = worker.communicate()
    whole = (lines[0] + lines[1] + rest).split("\n")[:-1]
    return [line.split() for line in whole if line.split()[0] in ("add", "note", "close", "many")]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a thing of Unix")
def test_a_hundred_kills_lose_nothing_that_was_acknowledged(folder, run):
    """No acknowledged change is lost, numbers stay distinct, check is silent (docs/contract.md §2)."""
    chance = random.Random(7)
    done = [deed for seed in range(100) for deed in killed_after(folder, seed, chance)]
    assert run("check").code == 0, run("check")
    book = Book(find(folder), "t")
    records = list(book.records())
    titles = {record.state.fields["number"]: record.state.fields["title"] for record in records}
    assert len(titles) == len(records)
    notes = {number: texts(book, number) for number in (1, 2)}
    for act, number, word in done:
        if act == "add":
            assert titles[int(number)] == word
        elif act == "close":
            assert str(book.find(int(number)).state.status()) == "closed"
        else:
            assert word in notes[1]
            assert act == "note" or word in notes[2]
    assert len(done) >= 100


def texts(book, number):
    return {str(entry.data.get("text")) for entry in book.find(number).entries}


def test_eight_processes_lose_nothing_and_share_no_number(folder, run):
    """Eight writers at once: every add is there under a number of its own."""

    def writer(name):
        code = (
            "import sys\nfrom ledger.cli import main\n"
            "sys.exit(max(main(['add', sys.argv[1] + '-' + str(n), '-q']) for n in range(25)))"
        )
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        return subprocess.run(
            [sys.executable, "-c", code, name], cwd=folder, env=environment, capture_output=True, check=False
        )

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(writer, "abcdefgh"))
    assert [(result.returncode, result.stderr) for result in results] == [(0, b"")] * 8
    records = list(Book(find(folder), "t").records())
    assert sorted(record.state.fields["number"] for record in records) == list(range(1, 203))
    titles = {record.state.fields["title"] for record in records}
    assert titles == {"one", "two"} | {f"{name}-{turn}" for name in "abcdefgh" for turn in range(25)}
    assert run("check").code == 0
