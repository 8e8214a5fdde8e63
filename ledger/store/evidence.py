"""Evidence files: copied in once, under their own digest, and never changed."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ledger.errors import NotFoundError, RejectedInputError, UsageError
from ledger.store import files, platform

#: The largest file taken as evidence. Units: bytes. Source: git hosts refuse files over 100 MiB.
LARGEST_BYTES = 100 * 1024 * 1024
_SUFFIX = re.compile(r"\.[0-9a-z]{1,8}")
#: How a kept file is named. Source: docs/contract.md §2.
_NAMED = re.compile(r"[0-9a-f]{64}(?:\.[0-9a-z]{1,8})?")
_SHELVED = re.compile("[0-9a-f]{2}")
_PIECE = 1 << 20


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
    if not os.path.lexists(source):
        raise NotFoundError(_("there is no file {path}").format(path=source.as_posix()), _("check the path"))
    if source.is_dir():
        raise UsageError(_("{path} is a folder").format(path=source.as_posix()), _("name the files in it"))
    if source.is_symlink() or not source.is_file():
        message = _("{path} is not an ordinary file").format(path=source.as_posix())
        raise RejectedInputError(message, _("give the file itself, not a link to it"))
    size = source.stat().st_size
    if size > LARGEST_BYTES:
        message = _("{path} has {size} bytes; evidence may have {most}").format(
            path=source.as_posix(), size=size, most=LARGEST_BYTES
        )
        raise RejectedInputError(message, _("keep it elsewhere and attach a note of where it is"))
    return Received(source, _shown_name(source.name), digest(source), size)


def _shown_name(name: str) -> str:
    flat = unicodedata.normalize("NFC", name)
    return "".join(each for each in flat if each.isprintable())[:120] or "evidence"


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
    """Copy the file into the ledger; a file that is there already is left as it is.

    Raises:
        RejectedInputError: the file changed while it was copied.
    """
    goal = folder / received.place
    if goal.exists() and goal.stat().st_size == received.size:
        return
    files.make_folder(goal.parent)
    spare = files.spare_name(goal)
    try:
        hasher = hashlib.sha256()
        with received.source.open("rb") as source, spare.open("xb") as file:
            while piece := source.read(_PIECE):
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
