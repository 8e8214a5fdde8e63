"""Evidence files: copied in once, under their own digest, and never changed."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from ledger.domain.filenames import harmless
from ledger.errors import DamageError, NotFoundError, RejectedInputError, UsageError
from ledger.store import files, platform

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The largest file taken as evidence. Units: bytes. Source: git hosts refuse files over 100 MiB.
LARGEST_BYTES = 100 * 1024 * 1024
_SUFFIX = re.compile(r"\.[0-9a-z]{1,8}")
#: How a kept file is named. Source: docs/contract.md §2.
_NAMED = re.compile(r"[0-9a-f]{64}(?:\.[0-9a-z]{1,8})?")
_SHELVED = re.compile("[0-9a-f]{2}")
_PIECE = 1 << 20
#: What opening answers for a link, a socket or a device. Source: open(2); FreeBSD says EMLINK for a link.
_NOT_PLAIN: Final = frozenset({errno.ELOOP, errno.EMLINK, errno.EINVAL, errno.EISDIR, errno.ENXIO})


@dataclass(frozen=True, slots=True)
class Received:
    """A file somebody gives as evidence. Units: `size` in bytes."""

    source: Path
    name: str
    sha256: str
    size: int

    @property
    def place(self) -> PurePosixPath:
        """Where it is kept, relative to the ledger's folder."""
        suffix = PurePosixPath(self.name).suffix.lower()
        kept = suffix if _SUFFIX.fullmatch(suffix) else ""
        return PurePosixPath("evidence", self.sha256[:2], self.sha256 + kept)


def look_at(source: Path) -> Received:
    """Measure a file before it is taken in.

    Raises:
        NotFoundError: there is no such file.
        UsageError: it is a folder.
        RejectedInputError: it is a link, a device, or too large.
    """
    with _opened(source) as file:
        size = os.fstat(file.fileno()).st_size
        if size > LARGEST_BYTES:
            raise _too_large(source, size)
        hasher = hashlib.sha256()
        for piece in _pieces(file, source):
            hasher.update(piece)
        return Received(source, harmless(source.name, "evidence"), hasher.hexdigest(), file.tell())


def _opened(source: Path) -> BinaryIO:
    """A plain file, opened for reading; what lies in its place a moment later is not followed either.

    Source: RELIABILITY E11: the last part of the path is no link, and the opened file is a regular one.
    """
    shown = source.as_posix()
    try:
        mode = os.lstat(source).st_mode  # first: to open some devices is to do something
        if stat.S_ISDIR(mode):
            raise UsageError(_("{path} is a folder").format(path=shown), _("name the files in it"))
        if stat.S_ISREG(mode):
            return os.fdopen(platform.open_regular(source, follow=False), "rb")
    except FileNotFoundError as error:
        raise NotFoundError(_("there is no file {path}").format(path=shown), _("check the path")) from error
    except OSError as error:
        if error.errno not in _NOT_PLAIN:
            raise
    message = _("{path} is not an ordinary file").format(path=shown)
    raise RejectedInputError(message, _("give the file itself, not a link to it"))


def _pieces(file: BinaryIO, source: Path) -> Iterator[bytes]:
    """What the file holds, as long as it is not too large: it may grow while it is read."""
    size = 0
    while piece := file.read(_PIECE):
        size += len(piece)
        if size > LARGEST_BYTES:
            raise _too_large(source, size)
        yield piece


def _too_large(source: Path, size: int) -> RejectedInputError:
    message = _("{path} has {size} bytes; evidence may have {most}").format(
        path=source.as_posix(), size=size, most=LARGEST_BYTES
    )
    return RejectedInputError(message, _("keep it elsewhere and attach a note of where it is"))


def digest(source: Path) -> str:
    """The SHA-256 of a file, in hexadecimal; it may be large."""
    hasher = hashlib.sha256()
    with source.open("rb") as file:
        while piece := file.read(_PIECE):
            hasher.update(piece)
    return hasher.hexdigest()


@dataclass(frozen=True, slots=True)
class Shelf:
    """What lies in a ledger's folder of evidence.

    Shape: `files` leads from the digest files are named for to their paths: one content given under names of
        two kinds is kept twice; `links` are links and devices, which are no evidence wherever they lead;
        `others` whatever else somebody put there. All sorted.
    """

    files: dict[str, list[Path]] = field(default_factory=dict)
    links: list[Path] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)


def kept(folder: Path) -> Shelf:
    """Every file kept as evidence in a ledger's folder, and what else is there."""
    shelf = Shelf()
    for each in _inside(folder / "evidence"):
        if each.is_dir(follow_symlinks=False) and _SHELVED.fullmatch(each.name):
            for file in _inside(Path(each.path)):
                _put_on(shelf, file, each.name)
        else:
            _put_on(shelf, each, None)
    return shelf


def _inside(folder: Path) -> list[os.DirEntry[str]]:
    """What is in a folder, by name, but for what is hidden or still being written."""
    try:
        with os.scandir(folder) as found:
            return sorted((each for each in found if each.name[0] != "."), key=lambda each: each.name)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _put_on(shelf: Shelf, entry: os.DirEntry[str], place: str | None) -> None:
    if not entry.is_file(follow_symlinks=False) and not entry.is_dir(follow_symlinks=False):
        shelf.links.append(Path(entry.path))
    elif entry.is_file() and entry.name[:2] == place and _NAMED.fullmatch(entry.name):
        shelf.files.setdefault(entry.name[:64], []).append(Path(entry.path))
    else:
        shelf.others.append(Path(entry.path))


def find(folder: Path, sha256: str) -> Path | None:
    """The file kept under a digest in a ledger's folder; None where there is none, or only a link."""
    for each in _inside(folder / "evidence" / sha256[:2]):
        if each.name[:64] == sha256 and _NAMED.fullmatch(each.name) and each.is_file(follow_symlinks=False):
            return Path(each.path)
    return None


class Part(NamedTuple):
    """One of several parts the evidence is read in, so that reading all of them reads every file once.

    Units: `number` counts from 1.
    """

    number: int = 1
    of: int = 1

    def holds(self, digest: str) -> bool:
        """Whether the files of that digest are in this part."""
        return int(digest, 16) % self.of == self.number - 1


def take_in(folder: Path, received: Received) -> None:
    """Copy the file into the ledger; the same file is left as it is, a damaged one is made whole.

    Raises:
        RejectedInputError: the file changed while it was copied, or is a link or a device by now.
        DamageError: the folder it belongs into is a link.
    """
    goal = folder / received.place
    if goal.parent.is_symlink():
        message = _("{path} is a link, and may lead out of the ledger").format(path=goal.parent.as_posix())
        raise DamageError(message, _("put a folder in its place"))
    if is_kept(folder, received):
        return
    files.make_folder(goal.parent)
    spare = files.spare_name(goal)
    try:
        hasher = hashlib.sha256()
        with _opened(received.source) as source, spare.open("xb") as file:
            for piece in _pieces(source, received.source):
                hasher.update(piece)
                file.write(piece)
            file.flush()
            platform.sync_file(file.fileno())
        if hasher.hexdigest() != received.sha256:
            message = _("{name} changed while it was read").format(name=received.name)
            raise RejectedInputError(message, _("run the command again"))
        platform.replace(spare, goal)
    except BaseException:
        files.discard(spare)
        raise
    platform.sync_folder(goal.parent)


def is_kept(folder: Path, received: Received) -> bool:
    """Whether exactly this content is kept in a ledger's folder, in a file of its own."""
    goal = folder / received.place
    try:
        with _opened(goal) as file:
            return os.fstat(file.fileno()).st_size == received.size and digest(goal) == received.sha256
    except (NotFoundError, RejectedInputError, UsageError):
        return False
