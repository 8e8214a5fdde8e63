"""Several files change together: all at once, inside the folder, and never over what somebody changed."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from ledger.errors import ConflictError, DamageError
from ledger.store import files
from ledger.store.files import digest
from ledger.store.transaction import Change, commit, pending
from tests.store.power import BEFORE, changes, everything, lay_out, leftovers, seen, settled


def test_all_at_once(tmp_path: Path) -> None:
    """Several changes are made together, and nothing of how it was done is left."""
    state = lay_out(tmp_path)
    commit(state, tmp_path, changes())
    assert not pending(state)
    settled(tmp_path, new=True)


def test_how_far_it_is(tmp_path: Path) -> None:
    """Each file of several is told once it is on the disk, the last before anything is in its place."""
    state = lay_out(tmp_path)
    told: list[tuple[int, int, bytes]] = []
    first = tmp_path / "a/issues/0001-x.toml"

    def tell(done: int, total: int) -> None:
        told.append((done, total, first.read_bytes()))

    commit(state, tmp_path, changes(), on_progress=tell)
    assert told == [(each, 5, b"one\n") for each in range(1, 6)]
    assert first.read_bytes() == b"one, changed\n"


def test_one_change_needs_no_stage(tmp_path: Path) -> None:
    """One file is its own transaction: its rename commits it."""
    state = lay_out(tmp_path)
    commit(state, tmp_path, [Change(PurePosixPath("a/x.toml"), b"x", None)])
    commit(state, tmp_path, [Change(PurePosixPath("a/x.toml"), None, digest(b"x"))])
    commit(state, tmp_path, [])
    assert (seen(tmp_path), state.exists()) == (BEFORE, False)


@pytest.mark.parametrize("path", list(BEFORE)[:3])
def test_nothing_over_a_changed_file(tmp_path: Path, path: str) -> None:
    """One file that is not what was read stops the whole change before anything is staged."""
    state = lay_out(tmp_path)
    (tmp_path / path).write_bytes(b"theirs")
    with pytest.raises(ConflictError, match=path):
        commit(state, tmp_path, changes())
    assert (seen(tmp_path), leftovers(tmp_path)) == ({**BEFORE, path: b"theirs"}, [])


def test_looks_again_before_the_commit_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file changed while the new ones were staged stops the change, and nothing stays staged."""
    state = lay_out(tmp_path)
    path = "b/issues/0003-z.toml"
    true = files.put

    def meddled(target: Path, data: bytes) -> None:
        true(target, data)
        (tmp_path / path).write_bytes(b"theirs")

    monkeypatch.setattr(files, "put", meddled)
    with pytest.raises(ConflictError, match="0003-z"):
        commit(state, tmp_path, changes())
    assert (seen(tmp_path), leftovers(tmp_path)) == ({**BEFORE, path: b"theirs"}, [])


def test_taking_away_what_is_not_there_is_nothing(tmp_path: Path) -> None:
    """A change from nothing to nothing makes no file and no trouble."""
    state = lay_out(tmp_path)
    commit(state, tmp_path, [Change(PurePosixPath("a/issues/0009-q.toml"), None, None)])
    assert everything(tmp_path) == BEFORE


@pytest.mark.parametrize(
    "path",
    [
        "../x",
        "/etc/x",
        "a/../../x",
        "a/./../x",
        ".state/lock.db",
        "a/.state/x",
        "a\\x",
        "C:/x",
        "a:b",
        "a\0b",
        "a//../b",
        "con?",
    ],
)
def test_paths_stay_inside(tmp_path: Path, path: str) -> None:
    """No change leads out of the folder of ledgers, nor into its state, on any system."""
    state = lay_out(tmp_path / "ledgers")
    given = [Change(PurePosixPath(path), b"x", None), Change(PurePosixPath("a/n.toml"), b"x", None)]
    for some in (given, given[:1]):
        with pytest.raises(DamageError):
            commit(state, tmp_path / "ledgers", some)
    assert (seen(tmp_path / "ledgers"), [each.name for each in tmp_path.iterdir()]) == (BEFORE, ["ledgers"])


def test_one_file_once(tmp_path: Path) -> None:
    """A change that names a file twice is a mistake, not a race."""
    state = lay_out(tmp_path)
    with pytest.raises(DamageError, match="twice"):
        commit(
            state,
            tmp_path,
            [Change(PurePosixPath("a/n"), b"1", None), Change(PurePosixPath("a/n"), b"2", None)],
        )
    assert seen(tmp_path) == BEFORE
