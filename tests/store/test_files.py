"""Files are written whole or not at all, and only over what was read."""

from __future__ import annotations

import errno
import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from ledger.errors import ConflictError, DamageError, StorageError
from ledger.store import files, platform
from ledger.store.files import digest

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = b"old\n", b"new\n" * 5000


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_digest() -> None:
    """The digest is SHA-256 in hexadecimal, as others compute it."""
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_writes_a_new_file_and_its_folders(tmp_path: Path) -> None:
    """A first record brings its folders with it, and nothing else is left there."""
    path = tmp_path / "demo" / "issues" / "0001-a.toml"
    files.write(path, NEW, expected=None)
    assert (files.read(path), names(path.parent)) == (NEW, ["0001-a.toml"])


def test_a_new_folder_is_down_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut takes no folder away that a record was written into: each is confirmed in the one above it."""
    confirmed: list[Path] = []
    monkeypatch.setattr(platform, "sync_folder", confirmed.append)
    files.make_folder(tmp_path / "demo" / "issues")
    assert confirmed == [tmp_path, tmp_path / "demo"]


def test_a_file_that_was_read_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of records are read one after the other, and none of them stays open, whatever it was."""
    path = tmp_path / "a.toml"
    path.write_bytes(OLD)
    closed: list[int] = []
    close = os.close
    monkeypatch.setattr(os, "close", lambda number: (closed.append(number), close(number)))
    files.read(path)
    with pytest.raises(DamageError):
        files.read(path, limit=1)
    assert len(closed) == 2


def test_writes_over_what_was_read(tmp_path: Path) -> None:
    """What was read may be replaced."""
    path = tmp_path / "a.toml"
    path.write_bytes(OLD)
    files.write(path, NEW, expected=digest(OLD))
    assert (path.read_bytes(), names(tmp_path)) == (NEW, ["a.toml"])


@pytest.mark.parametrize(
    ("there", "expected", "message"),
    [
        (b"theirs", digest(OLD), "was changed by another program"),
        (b"theirs", None, "is already there"),
        (None, digest(OLD), "was removed"),
    ],
)
def test_never_over_anything_else(
    tmp_path: Path, there: bytes | None, expected: str | None, message: str
) -> None:
    """A file that is not what was read stays as it is, and the writer is told."""
    path = tmp_path / "a.toml"
    if there is not None:
        path.write_bytes(there)
    with pytest.raises(ConflictError, match=message):
        files.write(path, NEW, expected=expected)
    assert [each.read_bytes() for each in tmp_path.iterdir()] == ([there] if there is not None else [])


def test_looks_again_before_it_replaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change made while the new content was on its way to the disk is not lost."""
    path = tmp_path / "a.toml"
    path.write_bytes(OLD)
    monkeypatch.setattr(platform, "sync_file", lambda _descriptor: path.write_bytes(b"theirs"))
    with pytest.raises(ConflictError):
        files.write(path, NEW, expected=digest(OLD))
    assert (path.read_bytes(), names(tmp_path)) == (b"theirs", ["a.toml"])


@pytest.mark.parametrize("name", ["sync_file", "replace"])
def test_a_failing_disk_leaves_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """When the disk refuses, the old content is whole, nothing is left behind, and the error is seen."""
    path = tmp_path / "a.toml"
    path.write_bytes(OLD)

    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(platform, name, full)
    with pytest.raises(OSError, match="No space"):
        files.write(path, NEW, expected=digest(OLD))
    assert (path.read_bytes(), names(tmp_path)) == (OLD, ["a.toml"])


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.EIO, os.strerror(errno.EIO)), "Input/output error"),
        (OSError("no such device today"), "no such device today"),
    ],
    ids=["a number", "only words"],
)
@pytest.mark.parametrize("deed", ["write", "remove"])
def test_a_disk_that_does_not_confirm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str, error: OSError, reason: str
) -> None:
    """When the folder cannot be flushed the change is there, and whoever asked for it hears both (B4)."""
    path = tmp_path / "a.toml"
    path.write_bytes(OLD)

    def broken(_folder: Path) -> None:
        raise error

    monkeypatch.setattr(platform, "sync_folder", broken)
    with pytest.raises(StorageError, match=f"is made, but .* will last: {reason}$"):
        if deed == "write":
            files.write(path, NEW, expected=digest(OLD))
        else:
            files.remove(path, expected=digest(OLD))
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == (
        {"a.toml": NEW} if deed == "write" else {}
    )


@pytest.mark.skipif(sys.platform == "win32", reason="no umask there")
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_the_mode_follows_the_umask(tmp_path: Path, mask: int) -> None:
    """A record is as readable as anything else its owner writes, and never executable."""
    before = os.umask(mask)
    try:
        files.write(tmp_path / "a", NEW, expected=None)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o666 & ~mask


def test_remove_only_what_was_read(tmp_path: Path) -> None:
    """The old name of a renumbered record goes only if it holds what was read."""
    path = tmp_path / "a"
    path.write_bytes(b"theirs")
    with pytest.raises(ConflictError):
        files.remove(path, expected=digest(OLD))
    assert path.read_bytes() == b"theirs"
    files.remove(path, expected=digest(b"theirs"))
    assert not path.exists()


def test_reads_up_to_the_limit(tmp_path: Path) -> None:
    """A file is read whole up to the limit, refused one byte later, and read whole when it grows meanwhile."""
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert files.read(path, limit=5) == b"12345"
    with pytest.raises(DamageError, match="5 bytes, more than the 4"):
        files.read(path, limit=4)
    path.write_bytes(b"")
    assert files.read(path) == b""


def test_reads_what_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a file gains between asking for its size and reading it is read too."""
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    true = os.read
    monkeypatch.setattr(os, "read", lambda descriptor, _size: true(descriptor, 2))
    assert files.read(path) == b"12345"


@pytest.mark.skipif(sys.platform == "win32", reason="no such thing there")
@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_reads_plain_files_only(tmp_path: Path, kind: str) -> None:
    """A pipe under a record's name does not make a command wait for ever."""
    path = tmp_path / "a"
    if kind == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    with pytest.raises(OSError, match=os.strerror(errno.EISDIR if kind == "folder" else errno.EINVAL)):
        files.read(path)


@pytest.mark.skipif(sys.platform == "win32", reason="no such thing there")
def test_a_link_is_refused_where_none_may_be(tmp_path: Path) -> None:
    """A link is followed for a record, and refused for what strangers send."""
    (tmp_path / "a").write_bytes(OLD)
    (tmp_path / "b").symlink_to("a")
    assert files.read(tmp_path / "b") == OLD
    with pytest.raises(OSError, match=os.strerror(errno.ELOOP)):
        platform.open_regular(tmp_path / "b", follow=False)


def test_names(tmp_path: Path) -> None:
    """A folder's records are listed in order; drafts and other files are not."""
    for name in ("b.toml", "a.toml", ".a.toml.12.new", ".hidden.toml", "a.txt"):
        (tmp_path / name).write_bytes(name.encode())
    assert files.names(tmp_path) == ["a.toml", "b.toml"]
    assert files.names(tmp_path / "none") == []


@pytest.mark.skipif(sys.platform == "win32", reason="no links there")
def test_names_hold_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    """A record that cannot be read is never left out of the list."""
    (tmp_path / "a.toml").symlink_to("gone")
    assert files.names(tmp_path) == ["a.toml"]


def test_sweep(tmp_path: Path) -> None:
    """What killed commands left half-written goes, in whatever folder of a ledger, and nothing else does."""
    stays = [
        ".gitignore.new",
        ".mine.12.new",
        "ledgers/.state/.holder.json.12.new",
        "ledgers/a/.index/.x.12.new",
        "ledgers/a/issues/.0007-a.toml.new",
        "ledgers/a/issues/.x.12.new.toml",
        "ledgers/a/issues/0007-a.toml",
        "ledgers/a/issues/0007-a.toml.12.new",
    ]
    goes = [
        ".gitignore.12.new",
        "ledgers/a/evidence/ab/.abc.txt.999.new",
        "ledgers/a/issues/.0007-a.toml.12.new",
    ]
    for name in stays + goes:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert files.sweep(tmp_path / "ledgers") == sorted(name.rsplit("/", 1)[-1] for name in goes)
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert left == stays
    assert files.sweep(tmp_path / "ledgers") == files.sweep(tmp_path / "none") == []


def test_a_leftover_of_our_own_number_is_no_obstacle(tmp_path: Path) -> None:
    """A dead process that had our number does not stop us from writing."""
    (tmp_path / f".a.{os.getpid()}.new").write_bytes(b"stray")
    files.write(tmp_path / "a", NEW, expected=None)
    assert (names(tmp_path), files.read(tmp_path / "a")) == (["a"], NEW)
