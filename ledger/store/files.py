"""Files read whole, and written whole or not at all, only over what was read."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ledger.errors import ConflictError, DamageError, StorageError
from ledger.store import platform

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The name a file has while it is being written: `.0007-3f9k2mxa.toml.4711.new`.
_STRAY: Final = re.compile(r"\..+\.[0-9]+\.new")

#: Folders whose half-written files have an owner of their own, who need not hold the lock.
_NOT_OURS: Final = frozenset({".state", ".index", ".git"})

#: Bytes asked for beyond the size a file says it has, so that a file that grew is noticed.
_MARGIN: Final = 1


def digest(data: bytes) -> str:
    """The SHA-256 of `data`, in hexadecimal."""
    import hashlib  # 4 ms and 3 MiB that reading a file of settings need not cost

    return hashlib.sha256(data).hexdigest()


def digest_at(path: Path) -> str | None:
    """The digest of the file at `path`; nothing when there is none."""
    try:
        return digest(read(path))
    except FileNotFoundError:
        return None


def read(path: Path, *, limit: int | None = None) -> bytes:
    """All bytes of the plain file at `path`.

    Units: `limit` bytes; None takes a file of any size.

    Raises:
        DamageError: the file is larger than `limit`.
    """
    descriptor = platform.open_regular(path)
    try:
        size = os.fstat(descriptor).st_size
        if limit is not None and size > limit:
            message = _("{path}: the file has {size} bytes, more than the {limit} it may have")
            raise DamageError(
                message.format(path=path.as_posix(), size=size, limit=limit),
                _("look at the file: it was probably put there by mistake"),
            )
        pieces = []
        while piece := os.read(descriptor, size + _MARGIN):
            pieces.append(piece)
    finally:
        os.close(descriptor)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def write(path: Path, data: bytes, *, expected: str | None) -> None:
    """Put `data` at `path`, all of it or nothing, only over what was read before.

    Shape: `expected` is the digest of what was read; None when nothing may be there yet.
    The replacement is the commit point; the folder is made when it is missing.

    Raises:
        ConflictError: something else is at `path` than was read.
        StorageError: it is written, but may not outlast a power cut.

    Source: docs/contract.md §2 "Writing one record".
    """
    agree(path, expected)
    spare = spare_name(path)
    try:
        put(spare, data)
        agree(path, expected)
        platform.replace(spare, path)
    except BaseException:
        discard(spare)
        raise
    _confirm(path)


def write_folder(folder: Path, written: Mapping[str, bytes]) -> None:
    """A new folder with these files, all of them or nothing.

    Raises:
        StorageError: it is written, but may not outlast a power cut.
    """
    spare = spare_name(folder)
    try:
        spare.mkdir()
        for name, data in written.items():
            put(spare / name, data)
        platform.replace(spare, folder)
    except BaseException:
        shutil.rmtree(spare, ignore_errors=True)
        raise
    _confirm(folder)


def remove(path: Path, *, expected: str) -> None:
    """Take the file at `path` away, only if it is what was read.

    Raises:
        ConflictError: something else is at `path` than was read.
        StorageError: it is gone, but may come back after a power cut.
    """
    agree(path, expected)
    path.unlink()
    _confirm(path)


def discard(spare: Path) -> None:
    """Take a half-written file away as far as the disk lets us; the next writer sweeps what stays."""
    with contextlib.suppress(OSError):
        spare.unlink()


def _confirm(path: Path) -> None:
    # Never tried again: a second fsync says that all is well though the first has lost the bytes.
    try:
        platform.sync_folder(path.parent)
    except OSError as error:
        message = _("the change to {path} is made, but the disk does not say whether it will last: {reason}")
        raise StorageError(
            message.format(path=path.as_posix(), reason=error.strerror or error),
            _("look at the disk, then whether the change is there; do not simply repeat it"),
        ) from error


def agree(path: Path, expected: str | None) -> None:
    """Refuse when something else is at `path` than was read.

    Raises:
        ConflictError: the file was changed, made or removed meanwhile.
    """
    now = digest_at(path)
    if now == expected:
        return
    if now is None:
        message = _("{path} was removed while this command ran")
    elif expected is None:
        message = _("{path} is already there")
    else:
        message = _("{path} was changed by another program while this command ran")
    raise ConflictError(
        message.format(path=path.as_posix()),
        _("nothing was written; look at the file, then run the command again"),
    )


def put(path: Path, data: bytes) -> None:
    """Write `data` to the new file `path`, down to the disk; its mode follows the umask."""
    try:
        file = path.open("xb", buffering=0)
    except FileNotFoundError:
        make_folder(path.parent)
        file = path.open("xb", buffering=0)
    with file:
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]
        platform.sync_file(file.fileno())


def spare_name(path: Path) -> Path:
    """Where the new content of `path` is written first: beside it, under a name nobody reads.

    A leftover of a dead process that had our number is cleared away.
    """
    spare = path.with_name(f".{path.name}.{os.getpid()}.new")
    spare.unlink(missing_ok=True)
    return spare


def make_folder(folder: Path) -> None:
    """Make `folder` and what is missing above it, down to the disk."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        platform.sync_folder(each.parent)


def names(folder: Path, *, suffix: str = ".toml") -> list[str]:
    """The names of the records in `folder`, sorted; none when there is no such folder.

    Shape: names that end with `suffix` and do not begin with a dot. A link that leads nowhere is
    listed, so that whoever reads it names it.
    """
    try:
        found = os.listdir(folder)  # noqa: PTH208  names are all that is wanted, of thousands
    except FileNotFoundError:
        return []
    return sorted(name for name in found if name.endswith(suffix) and name[0] != ".")


def sweep(root: Path) -> list[str]:
    """Remove what killed commands left half-written in the folder of ledgers, and beside it what git reads.

    Shape: the names removed, in order. Only for whoever holds the lock: then nobody else is writing.
    """
    strays = [path for path in root.parent.glob(".git*.new") if _STRAY.fullmatch(path.name)]
    for folder, folders, found in os.walk(root):
        folders[:] = [name for name in folders if name not in _NOT_OURS]
        strays += [Path(folder, name) for name in found if _STRAY.fullmatch(name)]
    for path in strays:
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
    return sorted(path.name for path in strays)
