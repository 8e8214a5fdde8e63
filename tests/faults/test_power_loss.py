"""The power fails at any moment of any command that writes: what was acknowledged is on the disk (RELIABILITY A10)."""

from __future__ import annotations

import shutil

import pytest

from tests.faults import deeds, powerloss, tracing
from tests.faults.conftest import ALL, SOAK
from tests.faults.forked import Ended

#: In CI some commands, and every so manieth state of the disk; fewer of those in which the index alone differs.
NAMES = [name for name, deed in deeds.DEEDS.items() if deed.codes != deeds.GIT]
SOME = NAMES if SOAK else ["add", "note: several", "init", "evidence add"]
STEP = 1 if SOAK else 5
INDEX_STEP = 1 if ALL else 5 if SOAK else 80


@pytest.mark.parametrize("name", SOME)
def test_the_power_fails(shelf, run, tmp_path, figures, name):
    """Whatever was not flushed is lost or not: old or new ledger, and new once it was acknowledged."""
    tracing.needs_strace()
    case = shelf.case(name, run)
    home, log = case.laid_out(tmp_path / "made"), tmp_path / "log"
    with tracing.traced(shelf.program, log, tracing.CHANGING, *powerloss.WHOLE):
        running = shelf.program.start(home, case.deed.words, fixed=True)
        done = running.wait()
    assert done.code == 0
    disk = powerloss.Disk(case.template)
    calls = [call for call in tracing.calls_of(log, running.pid) if disk_changed(call)]
    seen: set[int] = set()
    count = 0
    for place, call in enumerate(calls):
        if not disk.do(call, str(home)) and place + 1 < len(calls):
            continue
        last = place + 1 == len(calls)
        for state in disk.after_a_cut():
            mark = hash((last, frozenset(state.items())))
            if mark in seen:
                continue
            seen.add(mark)
            count += 1
            if count % (INDEX_STEP if of_index(call) else STEP) and not last:
                continue
            judge(case, state, tmp_path, Ended(0, "", "") if last else Ended(-9, "", ""), call)
            figures["power failures"] += 1
    assert {name: data for name, data in final(disk).items() if name.startswith("ledgers/t/issues/")} == {
        path.relative_to(home).as_posix(): path.read_bytes() for path in (home / "ledgers/t/issues").iterdir()
    }, "the calls explain what is there"


def of_index(call):
    """Whether a call is about the index, which whoever comes next makes anew."""
    return b"/.index/".hex() in call.line.replace("\\x", "")


def disk_changed(call):
    return call.name != "openat" or call.opens_to_write


def final(disk):
    return {name: disk.now[file] for name, file in disk.names.items() if file >= 0}


def judge(case, state, tmp_path, ended, call):
    folder = tmp_path / "w"
    shutil.rmtree(folder, ignore_errors=True)
    powerloss.lay_out(state, folder)
    try:
        case.judge.judged(folder, ended, tidy=False)
    except Exception as error:
        error.add_note(f"{ended.code} after {call.name} {call.when}: {sorted(state)}")
        raise
