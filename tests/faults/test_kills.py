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
from tests.faults import oracle
from tests.faults.conftest import SOAK

#: So many rounds of a hundred kills, each on a ledger of its own; 8 writers enter so many issues each.
ROUNDS = 50 if SOAK else 1
KILLS = 100
ADDS = 200 if SOAK else 25
WORK = "tests.faults.writers:write_for_ever"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a thing of Unix")


@pytest.fixture
def folder(tmp_path, run):
    """A ledger with two issues."""
    run.ok("init", "t")
    run.ok("add", "one", "-m", "first")
    run.ok("add", "two")
    return tmp_path


def killed_after(program, folder, seed, chance):
    """Start a writer, kill it at a random moment after its first deed, and give what it acknowledged."""
    writer = program.start(folder, [folder, seed], work=WORK)
    writer.wait_for_a_word()
    time.sleep(chance.random() * 0.03)
    writer.send(signal.SIGKILL)
    ended = writer.wait()
    assert (ended.code, ended.err) == (-signal.SIGKILL, "")
    return [line.split() for line in ended.out.split("\n")[:-1]]


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_hundred_kills_lose_nothing_that_was_acknowledged(shelf, folder, run, figures, turn):
    """No acknowledged change is lost, numbers stay distinct, check is silent (docs/contract.md §2; RELIABILITY A1)."""
    chance = random.Random(turn)
    done = []
    for seed in range(KILLS):
        done += killed_after(shelf.program, folder, turn * KILLS + seed, chance)
        figures["kills at random"] += 1
    said = {act: [deed for deed in done if deed[0] == act] for act in ("add", "note", "close", "many")}
    oracle.write_next(folder)
    assert oracle.strays(folder) == []
    assert run("check").code == 0, run("check")
    book = Book(find(folder), "t")
    records = list(book.records())
    titles = {record.state.fields["number"]: record.state.fields["title"] for record in records}
    assert len(titles) == len(records)
    notes = {number: texts(book, number) for number in (1, 2)}
    lost = [deed for deed in said["add"] if titles.get(int(deed[1])) != deed[2]]
    lost += [deed for deed in said["close"] if str(book.find(int(deed[1])).state.status()) != "closed"]
    lost += [deed for deed in said["note"] + said["many"] if deed[2] not in notes[1]]
    lost += [deed for deed in said["many"] if deed[2] not in notes[2]]
    figures["acknowledged changes"] += len(done)
    figures["acknowledged changes lost"] += len(lost)
    assert lost == []
    both = {word for each in book.find(1).entries if (word := many_of(each))}
    assert both == {word for each in book.find(2).entries if (word := many_of(each))}
    rows = oracle.listed(folder)
    run.ok("reindex")
    assert oracle.listed(folder) == rows
    assert len(done) >= KILLS


def texts(book, number):
    return {str(entry.data.get("text")) for entry in book.find(number).entries}


def many_of(entry):
    """The word of a note on two issues at once."""
    text = str(entry.data.get("text", ""))
    return text if text.startswith("both-") else ""


def test_eight_processes_lose_nothing_and_share_no_number(folder, run, figures):
    """Eight writers at once: every add is there under a number of its own (RELIABILITY A4)."""

    def writer(name):
        code = (
            "import sys\nfrom ledger.cli import main\n"
            f"sys.exit(max(main(['add', sys.argv[1] + '-' + str(n), '-q']) for n in range({ADDS})))"
        )
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        return subprocess.run(
            [sys.executable, "-c", code, name], cwd=folder, env=environment, capture_output=True, check=False
        )

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(writer, "abcdefgh"))
    assert [(result.returncode, result.stderr) for result in results] == [(0, b"")] * 8
    records = list(Book(find(folder), "t").records())
    assert sorted(record.state.fields["number"] for record in records) == list(range(1, 8 * ADDS + 3))
    titles = {record.state.fields["title"] for record in records}
    assert titles == {"one", "two"} | {f"{name}-{turn}" for name in "abcdefgh" for turn in range(ADDS)}
    assert run("check").code == 0
    figures["adds by 8 writers at once"] += 8 * ADDS
