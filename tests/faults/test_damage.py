"""A record that was cut, or in which a bit turned, is named; nothing answers as if it were whole."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

from ledger.domain.schema import ISSUE
from ledger.errors import DamageError
from ledger.store import record
from tests.faults import deeds
from tests.faults.conftest import SOAK

#: How many of a record's lengths and bits are tried: in the long run every length, else every so manieth.
STEP = 1 if SOAK else 97
FLIPS = 2000 if SOAK else 60
PARTS = 8
CUT = 3


@pytest.fixture
def folder(shelf, run, tmp_path):
    """The ledger all deeds are done in."""
    return shutil.copytree(shelf.ledger(run), tmp_path / "w")


def path_of(folder, number):
    (path,) = (folder / "ledgers/t/issues").glob(f"{number:04}-*.toml")
    return path


def content(path, data):
    """What a record says when it is read; nothing when it is refused."""
    shown = Path("ledgers/t/issues", path.name)
    try:
        read = record.read(data, shown, ISSUE)
    except DamageError:
        return None
    return read.text.document, read.entries


def named(run, folder, path):
    """What check says of one file, and its exit code; of others it says nothing."""
    result = run("check", "--json", cwd=folder)
    faults = json.loads(result.out)["faults"]
    others = {fault["file"] for fault in faults} - {f"ledgers/t/issues/{path.name}"}
    assert {file for file in others if "/issues/" in file} == set()
    return [fault for fault in faults if fault["file"].endswith(path.name)], result.code


def held(run, folder, path, spoilt, whole):
    """A spoilt record is named by check, or provably says what it said; gives how it was named.

    A plain field that says something else cannot be told from one that somebody has edited, and is named as that.
    """
    path.write_bytes(spoilt)
    faults, code = named(run, folder, path)
    severities = {fault["severity"] for fault in faults}
    assert all(fault["line"] >= 1 and fault["message"] for fault in faults)
    assert code == (7 if "error" in severities else 0)
    if not faults:
        assert content(path, spoilt) == content(path, whole)
        return "without effect"
    return "named, exit 7" if code else "named as edited by hand"


def left_alone(run, folder, path, spoilt):
    """The others can be worked with; the spoilt one is not written over; an answer that needs it names it."""
    number = int(path.name[:4])
    other = 1 if number != 1 else 4
    assert run("show", str(other), cwd=folder).code == 0
    assert run("note", str(other), "-t", "goes on", cwd=folder).code == 0
    answer = run("list", cwd=folder)
    assert (answer.code, path.name in answer.err) == (7, True)
    assert run("note", str(number), "-t", "never", cwd=folder).code in (3, 6, 7)
    assert path.read_bytes() == spoilt


@pytest.mark.parametrize("part", range(PARTS))
def test_a_record_cut_anywhere_is_named(folder, run, figures, part):
    """Cut after any byte a record is named, or says all it said (RELIABILITY C4)."""
    path = path_of(folder, 3)
    whole = path.read_bytes()
    for turn, length in enumerate(range(part * STEP, len(whole), STEP * PARTS)):
        found = held(run, folder, path, whole[:length], whole)
        figures["records cut"] += 1
        figures[f"records cut: {found}"] += 1
        if found == "named, exit 7" and turn % 16 == 0:
            left_alone(run, folder, path, whole[:length])
    path.write_bytes(whole)
    assert run("check", cwd=folder).code == 0


@pytest.mark.parametrize("part", range(PARTS))
def test_a_turned_bit_in_a_record_is_named(folder, run, figures, part):
    """One bit turned anywhere in a record is named, or changes nothing it says (RELIABILITY C5)."""
    chance = random.Random(part)
    path = path_of(folder, (3, 5)[part % 2])
    whole = path.read_bytes()
    for _turn in range(FLIPS // PARTS):
        spoilt = bytearray(whole)
        spoilt[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        found = held(run, folder, path, bytes(spoilt), whole)
        figures["bits of records turned"] += 1
        figures[f"bits of records turned: {found}"] += 1
    path.write_bytes(whole)
    assert run("check", cwd=folder).code == 0


@pytest.mark.parametrize("count", range(1, CUT + 1))
def test_a_history_cut_at_its_end_is_seen_by_its_head(folder, run, count):
    """The last entries taken away whole, the file otherwise in form: the head names what is missing (RELIABILITY §3)."""
    path = path_of(folder, 3)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    del lines[-1 - count : -1]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    faults, code = named(run, folder, path)
    assert (code, {fault["rule"] for fault in faults} >= {"head"}) == (7, True), faults


def test_every_deed_refuses_a_damaged_record(shelf, run, tmp_path):
    """No command that writes saves a damaged record anew."""
    for name in ("note", "edit", "done", "close", "void", "assign", "evidence add", "adopt"):
        folder = shelf.case(name, run).laid_out(tmp_path / "w")
        path = path_of(folder, 4 if name in ("void", "adopt") else 1)
        data = path.read_bytes().replace(b'"do":"add"', b'"do":"adx"')
        path.write_bytes(data)
        result = run(*deeds.DEEDS[name].words, cwd=folder)
        assert (result.code, path.name in result.err, path.read_bytes() == data) == (7, True, True), name
