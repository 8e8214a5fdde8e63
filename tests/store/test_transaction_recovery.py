"""Recovery settles what was half done, and says what it finished and what it could not."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from ledger.errors import ConflictError, DamageError, StorageError
from ledger.store import platform, transaction
from ledger.store.transaction import commit, overlay, pending, recover
from tests.store.power import AFTER, BEFORE, changes, everything, half_done, lay_out, seen, settled


def test_half_written_files_go_when_somebody_was_interrupted(tmp_path: Path) -> None:
    """Only then is every folder looked through; without a word of it nothing is touched."""
    state = lay_out(tmp_path)
    stray = tmp_path / "a" / "issues" / ".0001-x.toml.4711.new"
    stray.touch()
    assert (recover(state, tmp_path), stray.exists()) == ([], True)
    assert (recover(state, tmp_path, interrupted=True), stray.exists()) == ([], False)


def test_recovery_says_what_it_finished(tmp_path: Path) -> None:
    """Whoever recovers learns which files were brought to their new content."""
    state = half_done(tmp_path)
    assert recover(state, tmp_path) == [change.path.as_posix() for change in changes()]


def test_what_cannot_be_put_in_place_leaves_no_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that refuses the last step keeps no file under a name of its own; the stage waits."""
    state = half_done(tmp_path)

    def broken(*_given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space"):
        patch.setattr(platform, "replace", broken)
        recover(state, tmp_path)
    assert [name for name in everything(tmp_path) if name.endswith(".new")] == []
    settled(tmp_path, new=True)


def test_both_versions_stay_when_a_file_was_changed_since(tmp_path: Path) -> None:
    """An edit made after the stop is not overwritten: it is named, and both versions are kept."""
    state = half_done(tmp_path)
    path = "a/issues/0001-x.toml"
    (tmp_path / path).write_bytes(b"theirs")
    before = everything(tmp_path)
    for deed in (recover, overlay):
        with pytest.raises(ConflictError, match=path) as caught:
            deed(state, tmp_path)
        staged = Path(caught.value.hint.rsplit(" ", 1)[1])
        assert staged.read_bytes() == AFTER[path]
    assert everything(tmp_path) == before
    (tmp_path / path).write_bytes(BEFORE[path])
    settled(tmp_path, new=True)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "No space left on device"),
        (OSError("no such device today"), "no such device today"),
    ],
    ids=["a number", "only words"],
)
def test_what_is_decided_and_not_done_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, reason: str
) -> None:
    """After the commit point a failing disk undoes nothing: why is told, and the next command finishes."""
    state = lay_out(tmp_path)

    def broken(*_given: object) -> None:
        raise error

    with monkeypatch.context() as patch, pytest.raises(StorageError, match=f"not all .* yet: {reason}$"):
        patch.setattr(transaction, "_finish", broken)
        commit(state, tmp_path, changes())
    settled(tmp_path, new=True)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("0", b"other"),
        ("4", b"other"),
        ("commit.json", b""),
        ("commit.json", b"{}"),
        ("commit.json", b'{"steps": [{"path": "../x", "before": null, "after": "a", "staged": "0"}]}'),
        ("commit.json", b'{"steps": [{"path": "a/x", "before": null, "after": "a", "staged": "../../a"}]}'),
        (
            "commit.json",
            '{"steps": [{"path": "a/x", "before": null, "after": "a", "staged": "１"}]}'.encode(),
        ),
    ],
)
def test_a_damaged_stage_is_not_put_in_place(tmp_path: Path, name: str, data: bytes) -> None:
    """What lies in a stage is checked before it becomes a record, and never leads out of the ledgers."""
    state = half_done(tmp_path)
    (stage,) = (state / "txn").iterdir()
    (stage / name).write_bytes(data)
    for deed in (recover, overlay):
        with pytest.raises(DamageError):
            deed(state, tmp_path)
    assert seen(tmp_path) == BEFORE


def test_nothing_to_recover(tmp_path: Path) -> None:
    """A workspace that never had a transaction has none to finish, and stays untouched."""
    state = tmp_path / ".state"
    assert (pending(state), recover(state, tmp_path), overlay(state, tmp_path)) == (False, [], {})
    assert list(tmp_path.iterdir()) == []
