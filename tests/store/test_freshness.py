"""What a folder looks like: the same whoever looks, part by part, and different after any change."""

from __future__ import annotations

import os
import sys
from functools import partial
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.store import freshness, workers

NAMES = [f"{number:04d}-{number * 7919:08x}.toml" for number in range(1, 40)]


@pytest.fixture
def folder(tmp_path):
    """Files of several sizes, and what is no record."""
    for number, name in enumerate(NAMES):
        (tmp_path / name).write_bytes(b"x" * number)
    (tmp_path / ".0001-0.toml.4711.new").write_bytes(b"x")
    (tmp_path / "notes.txt").write_bytes(b"x")
    return tmp_path


def files(seen: freshness.Seen) -> dict[str, bytes]:
    """How each file looks, whatever the order."""
    return {name: looks for part in seen.values() for name, looks in freshness._each(part)}


def test_records_are_looked_at_and_nothing_else(folder):
    """Rule: every record is in the part its name says, with the four numbers its file system gives."""
    seen = freshness.look(folder)
    about = {name: (folder / name).stat() for name in NAMES}
    expected = {
        name: b"".join(
            number.to_bytes(8, sys.byteorder)
            for number in (each.st_size, each.st_mtime_ns, each.st_ctime_ns, each.st_ino)
        )
        for name, each in about.items()
    }
    parts = {freshness.part_of(name) for name in NAMES}
    assert (expected, parts, sorted(NAMES)) == (files(seen), set(seen), freshness.names(seen))


def test_several_processes_see_what_one_sees(folder, monkeypatch):
    """Rule: how many look makes no difference."""
    alone = freshness.look(folder)
    monkeypatch.setattr(freshness, "_MANY", 1)
    monkeypatch.setattr(workers, "cores", lambda: 3)
    shared = []
    spread = workers.spread
    monkeypatch.setattr(workers, "spread", lambda *given, **how: shared.append(how) or spread(*given, **how))
    together = freshness.look(folder, together=True)
    assert (alone, [0]) == (together, [how["least"] for how in shared])


@settings(max_examples=15, deadline=None)
@given(
    chosen=st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(["change", "remove", "add"])), max_size=8
    )
)
def test_every_change_is_a_difference_and_amending_sees_it(tmp_path_factory, chosen):
    """Rule: what changed, came or went is named; a new look at those files alone gives the whole new look."""
    folder = tmp_path_factory.mktemp("folder")
    for name in NAMES:
        (folder / name).write_bytes(b"x")
    before = freshness.look(folder)
    for name, what in chosen:
        path = folder / name
        if what == "remove":
            path.unlink(missing_ok=True)
        elif what == "add":
            (folder / f"9{name}").write_bytes(b"x")
        else:
            path.write_bytes(b"changed")
    now = freshness.look(folder)
    there = {path.name for path in folder.iterdir()}
    touched = {name for name, what in chosen if what != "add"} | {f"9{name}" for name, _what in chosen}
    changed, gone = freshness.difference(before, now)
    amended = freshness.amended(before, folder, touched)
    assert (gone, changed - touched, files(amended)) == (set(NAMES) - there, set(), files(now))
    assert {name for name in touched & there if files(before).get(name) != files(now)[name]} == changed


def test_a_missing_folder_has_nothing(tmp_path):
    """Rule: where there is no folder there is nothing to see."""
    assert freshness.look(tmp_path / "none") == {}


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_link_that_leads_nowhere_is_seen(folder):
    """Rule: it is listed with its own look, so that whoever reads it names it."""
    (folder / "0099-zzzzzzzz.toml").symlink_to("nowhere")
    assert freshness.names(freshness.look(folder)) == sorted([*NAMES, "0099-zzzzzzzz.toml"])


def test_numbers_beyond_measure_are_kept_as_far_as_they_go(folder):
    """Rule: a file system that counts its files beyond 63 bits is looked at all the same."""

    def strange(place, name, **how):
        about = (place / name).stat(**how)
        return SimpleNamespace(
            st_size=about.st_size, st_mtime_ns=-1, st_ctime_ns=about.st_ctime_ns, st_ino=(1 << 64) - 5
        )

    part = freshness._part(partial(strange, folder), NAMES[:2])
    assert [looks[24:] for _name, looks in freshness._each(part)] == [
        ((1 << 63) - 5).to_bytes(8, sys.byteorder)
    ] * 2


def test_a_hidden_file_is_no_record(folder):
    """Rule: what begins with a dot is no record, whatever it ends with."""
    (folder / ".0001-aaaaaaaa.toml").write_bytes(b"x")
    assert freshness.names(freshness.look(folder)) == sorted(NAMES)


@pytest.mark.parametrize("age", [-1, 0, 1])
def test_only_files_of_the_last_moments_are_unsettled_and_only_those_asked_for(folder, age):
    """Rule: a file changed exactly two seconds before is young still, a nanosecond earlier it is not."""
    moment = 1_700_000_000_000_000_000
    for name in NAMES:
        os.utime(folder / name, ns=(moment, moment - freshness.UNSETTLED_NS + age))
    seen = freshness.look(folder)
    same_part = [name for name in NAMES if freshness.part_of(name) == freshness.part_of(NAMES[0])]
    assert len(same_part) > 1
    assert freshness.unsettled(seen, moment, NAMES[:1]) == (set(NAMES[:1]) if age >= 0 else set())


def test_a_part_of_the_folder_may_come_and_go(tmp_path):
    """Rule: the first file of a part and its last one are a difference; a part without files names none."""
    one, other = (
        NAMES[0],
        next(name for name in NAMES if freshness.part_of(name) != freshness.part_of(NAMES[0])),
    )
    (tmp_path / one).write_bytes(b"x")
    before = freshness.look(tmp_path)
    (tmp_path / other).write_bytes(b"x")
    (tmp_path / one).unlink()
    now = freshness.look(tmp_path)
    assert freshness.difference(before, now) == ({other}, {one})
    assert freshness.names(freshness.without(now, [other])) == []
