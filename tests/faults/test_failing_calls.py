"""Any one system call of any command that writes fails, or is the last thing that happens."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib

import pytest

from tests.faults import deeds, oracle, tracing
from tests.faults.conftest import ALL, SOAK
from tests.faults.forked import ROOT

#: How many of a command's calls are made to fail where not all are.
FEW = 2
#: In the long run all calls are made to fail, but for writes of the index one in so many, and one in so many calls is
#: asked to stop at.
INDEX_PAGES = 1 if ALL else 8
SPARSE = 4


def few(points, name):
    """Some calls of a command, others for every command and fault."""
    start, asked = zlib.crc32(name.encode()), name.split()[-1] in tracing.ASKED
    pages = [call for call in points if call.name == "pwrite64" and "/.index/" in call.line]
    chosen = [call for call in points if call not in pages] + pages[start % INDEX_PAGES :: INDEX_PAGES]
    if not SOAK:
        return [chosen[(start + turn * 7919) % len(chosen)] for turn in range(1 if asked else FEW)]
    return chosen[start % min(SPARSE, len(chosen)) :: SPARSE] if asked else chosen


def test_every_command_that_writes_is_tried():
    """Whoever adds a command that writes says here how it is typed (tests/faults/deeds.py)."""
    assert {name.split(":")[0] for name in deeds.DEEDS} == deeds.writing()


@pytest.mark.parametrize("fault", tracing.FAULTS)
@pytest.mark.parametrize("name", [*deeds.DEEDS, *deeds.OTHERS])
def test_any_call_that_changes_the_disk(shelf, run, tmp_path, figures, name, fault):
    """Acknowledged is there, the rest is whole or absent; a full or broken disk is one message (RELIABILITY A2, B1-B4)."""
    tracing.needs_strace()
    case = shelf.case(name, run, tracing.CHANGING)
    for call in few(tracing.points(case.calls), f"{name} {fault}"):
        hit(shelf, case, tmp_path, call, fault, figures)
    assert sum(figures.values()) > 0


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        ("fsync", "ENOSPC"),
        ("rename", "EIO"),
        ("fdatasync", "EDQUOT"),
        ("openat", "EMFILE"),
        ("rename", "KILL"),
    ],
)
def test_the_program_as_a_person_starts_it(shelf, run, tmp_path, call, fault):
    """From the shell too: exit code 8 (or 0, where only the index came to harm), one message, no traceback."""
    tracing.needs_strace()
    case = shelf.case("add", run)
    folder = case.laid_out(tmp_path / "w")
    inject = f"inject={call}:{tracing.FAULTS.get(fault, f'error={fault}')}:when=1"
    within = ["-P", str(folder / "ledgers/t/issues")] if call == "openat" else []
    command = ["strace", "-f", "-qq", "-o", "/dev/null", *within, "-e", f"trace={call}", "-e", inject]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run(
        [*command, sys.executable, "-m", "ledger", *case.deed.words],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == {"KILL": -9, "EDQUOT": 0}.get(fault, 8), ended
    assert "Traceback" not in ended.stderr
    assert ended.returncode != 8 or ended.stderr.startswith("error: ")
    oracle.write_next(folder)
    assert oracle.strays(folder) == []
    assert (oracle.texts(folder) == case.judge.before.texts) is (fault != "EDQUOT")
    assert oracle.faults(folder) == []


def hit(shelf, case, tmp_path, call, fault, figures):
    """Do the deed with one call failing, and judge what is left."""
    folder, log = case.laid_out(tmp_path / "w"), tmp_path / "log"
    with tracing.failing(shelf.program, log, call, fault):
        running = shelf.program.start(folder, case.deed.words, fixed=True)
        ended = running.wait()
    made = tracing.calls_of(log, running.pid)
    reached = ended.code == -9 or len(made) >= call.when
    if ended.code == tracing.ASKED.get(fault):
        left = oracle.strays(folder)  # what is in txn/ may be committed, and the next command settles it
        assert [name for name in left if "/txn/" not in name] == [], ended
    figures[f"{fault} at {call.name}" if reached else f"{fault} at {call.name}: not reached"] += 1
    codes = {*case.deed.codes, tracing.ASKED.get(fault, 0)}
    if case.deed.codes == deeds.GIT and tracing.broke_a_pipe(log):
        codes.add(1)  # git's words were lost, as no pipe ever loses them
    try:
        state = case.judge.judged(folder, ended, codes)
    except Exception as error:
        error.add_note(f"{fault} at {call}\n{ended}")
        raise
    figures[f"trials ending with the {state} ledger"] += 1
