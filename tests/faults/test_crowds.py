"""Several at once: first runs, a holder of the lock that hangs or is dead, readers beside writers."""

from __future__ import annotations

import json
import signal
import sys
import time

import pytest

from tests.faults import oracle
from tests.faults.conftest import SOAK

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a program that forks is a thing of Unix")

ROUNDS = 40 if SOAK else 2
SECONDS = 60 if SOAK else 4
EXPORT = ["export", "json"]


@pytest.fixture
def folder(tmp_path, run):
    """A ledger with two issues, whose index is there."""
    run.ok("init", "t")
    run.ok("add", "one", "-m", "first")
    run.ok("add", "two")
    run.ok("list")
    return tmp_path


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_one_of_eight_that_begin_the_same_ledger_makes_it(shelf, run, tmp_path, figures, turn):
    """Eight first runs at once: one makes the ledger, seven hear that it is there, and it is whole."""
    running = [shelf.program.start(tmp_path, ["init", "t"]) for _each in range(8)]
    ended = [each.wait() for each in running]
    assert sorted(each.code for each in ended) == [0] + [6] * 7
    assert {each.err.split("\n")[0] for each in ended if each.code} == {"error: there is a ledger t already"}
    assert oracle.faults(tmp_path) == []
    assert oracle.strays(tmp_path) == []
    figures["first runs at once"] += 8


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_eight_that_begin_different_ledgers_all_do(shelf, run, tmp_path, figures, turn):
    """Eight first runs of eight ledgers in one folder all succeed."""
    running = [shelf.program.start(tmp_path, ["init", name]) for name in "abcdefgh"]
    ended = [each.wait() for each in running]
    assert [(each.code, each.err[:6]) for each in ended if each.code] == []
    assert [run("-L", name, "check").code for name in "abcdefgh"] == [0] * 8
    ignored = (tmp_path / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert len(ignored) == len(set(ignored))
    figures["first runs at once"] += 8


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_eight_first_questions_get_one_answer(shelf, folder, run, figures, turn):
    """Eight commands that find no index make one, and all answer alike (RELIABILITY A8)."""
    right = run.ok("list", "--measures", "--json")
    for each in (folder / "ledgers/t/.index").iterdir():
        each.unlink()
    running = [shelf.program.start(folder, ["list", "--measures", "--json"]) for _each in range(8)]
    answers = [each.wait() for each in running]
    assert [each.code for each in answers] == [0] * 8
    assert {each.out for each in answers} == {right}
    figures["first questions at once"] += 8


def test_readers_never_see_half_a_change(shelf, folder, run, figures):
    """While changes of two records go through, every answer is from before or after one (RELIABILITY A5)."""
    asked = "select notes from issue order by number"
    run.ok("note", "1", "2", "-t", "begun")
    writer = shelf.program.start(folder, [folder, "1"], work="tests.faults.writers:write_pairs")
    end = time.monotonic() + SECONDS
    seen = set()
    try:
        while time.monotonic() < end:
            readers = [shelf.program.start(folder, ["sql", asked, "--json"]) for _each in range(3)]
            readers += [shelf.program.start(folder, line) for line in (["show", "1", "2", "--json"], EXPORT)]
            for each in readers:
                answer = each.wait()
                assert (answer.code, answer.err) == (0, "")
                document = json.loads(answer.out)
                counts = {notes_in(row) for row in document.get("rows") or document["issues"]}
                assert len(counts) == 1, "half a change was seen"
                seen |= counts
                figures["answers beside a writer"] += 1
    finally:
        writer.send(signal.SIGKILL)
        writer.wait()
    assert len(seen) > 2, "the writer wrote meanwhile"


def notes_in(row):
    """How many notes an issue has, in whichever answer."""
    found = row[0] if isinstance(row, list) else row["notes"]
    return found if isinstance(found, int) else len(found)


def test_who_waits_for_a_hung_command_hears_for_whom(shelf, folder, run):
    """A holder that hangs is waited for as long as allowed, then named; nothing is written (RELIABILITY A6)."""
    before = oracle.texts(folder)
    holder = shelf.program.start(folder, [folder], work="tests.faults.writers:hold_for_ever")
    holder.wait_for_a_word()
    result = run("add", "x", env={"TAIZHANG_LOCK_TIMEOUT": "0.3"})
    assert result.code == 5
    assert f"hanging (process {holder.pid} on" in result.err
    assert run("list").code == 0
    assert oracle.texts(folder) == before
    holder.send(signal.SIGKILL)
    holder.wait()
    assert (folder / "ledgers/.state/holder.json").exists()
    begun = time.monotonic()
    run.ok("add", "x")
    assert time.monotonic() - begun < 5
    assert oracle.strays(folder) == []
