"""Frozen periods on the disk: their folders, their manifests, and the digests of their files."""

from __future__ import annotations

import contextlib
import os
import re
from gettext import gettext as _
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from ledger.domain.checkpoint import Checkpoint
from ledger.domain.frozen import (
    CHECKPOINT,
    FREEZE,
    MANIFEST,
    Frozen,
    FrozenHead,
    Kept,
    as_document,
    frozen_of,
    issue_named,
)
from ledger.domain.presented import parse
from ledger.errors import DamageError, LedgerError, NotFoundError
from ledger.store import files, recordfile

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from ledger.store.book import Book

#: Where frozen periods lie in the folder of a ledger. Source: docs/contract.md §2.
FOLDER: Final = "frozen"
#: Where a folder of one has the views of the reports, and what they rest on.
VIEWS: Final = "views"
BASIS: Final = "basis"
#: Where the office's templates are copied to, within the basis.
TEMPLATES: Final = "templates"

_FORM = recordfile.Form(
    fields=(
        "format", "period", "issue", "replaces", "why", "as_of", "known_at", "by", "version", "language",
        "reports", "before", "entries", "checkpoint",
    ),
    tables=("files",),
    rows={"files": ("path", "size", "sha256")},
)  # fmt: skip


def names(ledger: Path) -> list[str]:
    """The names of the frozen periods of a ledger, in the order of time, reissues after what they replace."""
    try:
        found = os.listdir(ledger / FOLDER)  # noqa: PTH208  names are all that is wanted
    except FileNotFoundError:
        return []
    known = [(meant[0].last, meant[0].name, meant[1], name) for name in found if (meant := issue_named(name))]
    return [name for _last, _period, _issue, name in sorted(known)]


def registered(book: Book) -> dict[str, set[str]]:
    """What the books say was frozen: the digests of the manifests, by the names of the periods.

    Shape: a record that cannot be read is passed over; `check` tells it.
    """
    found: dict[str, set[str]] = {}
    for name in book.names(FREEZE):
        with contextlib.suppress(DamageError, OSError):
            fields = book.read(name, FREEZE).state.fields
            found.setdefault(str(fields.get("title")), set()).add(str(fields.get("sha256")))
    return found


def known(ledger: Path, registered: Iterable[str]) -> list[str]:
    """The frozen periods there are, then those that only the books know."""
    there = names(ledger)
    return [*there, *sorted(set(registered) - set(there))]


def manifest(frozen: Frozen) -> bytes:
    """The manifest as its file has it."""
    return recordfile.checked(as_document(frozen), None, _FORM, path=PurePosixPath(MANIFEST))


def read(ledger: Path, name: str) -> tuple[Frozen, str]:
    """What the manifest of a frozen period says, and the digest of its file.

    Raises:
        NotFoundError: nothing of that name is frozen.
        DamageError: there is no manifest, or it cannot be read; it is named.
    """
    folder = ledger / FOLDER / name
    if not folder.is_dir():
        raise NotFoundError(
            _("{name} is not frozen").format(name=name), _("ledger freeze alone says what is")
        )
    path = shown(ledger, name, MANIFEST)
    try:
        data = files.read(folder / MANIFEST)
    except FileNotFoundError as error:
        message = _("{path}: the file is gone").format(path=path)
        raise DamageError(message, _("take the folder from git, or from a copy that is whole")) from error
    document = recordfile.read_toml(data, path=path)
    try:
        found = frozen_of(document)
    except DamageError as error:
        raise DamageError(f"{path}: {error.message}", error.hint) from error
    if found.name != name:
        message = _("{path}: this is of {other}: the folder was given another name")
        hint = _("give the folder its own name back")
        raise DamageError(message.format(path=path, other=found.name), hint)
    return found, files.digest(data)


def every(ledger: Path) -> list[Frozen]:
    """All that is frozen, in the order of time.

    Raises:
        DamageError: as `read`.
    """
    return [read(ledger, name)[0] for name in names(ledger)]


def latest_before(ledger: Path, day: dt.date) -> Frozen | None:
    """The latest whose period ended before a day; of several of one day the one that was frozen last.

    Shape: no older manifest is read than it takes.

    Raises:
        DamageError: as `read`.
    """
    best: Frozen | None = None
    for name in reversed(names(ledger)):
        meant = issue_named(name)
        if meant is None or meant[0].last >= day:
            continue
        if best is not None and meant[0].last < best.as_of:
            break
        found = read(ledger, name)[0]
        if best is None or _when(found) > _when(best):
            best = found
    return best


def _when(frozen: Frozen) -> tuple[dt.date, dt.datetime, int]:
    return frozen.as_of, frozen.known_at, frozen.issue


def kept(ledger: Path, name: str) -> Kept:
    """A frozen period as its folder has it, whatever became of it."""
    path = str(shown(ledger, name))
    hint = _("take the folder from git, or from a copy that is whole")
    if not (ledger / FOLDER / name).is_dir():
        return Kept(name, path, why=(_("the folder is gone"), hint))
    try:
        found, digest = read(ledger, name)
        there = digests(ledger, name)
    except LedgerError as error:
        reason = re.sub(rf"^{re.escape(path)}/{MANIFEST}(:\d+)?:? ", "", error.message)
        return Kept(name, path, why=(reason, error.hint or hint))
    except OSError as error:
        reason = _("the file cannot be read: {reason}").format(reason=error.strerror or error)
        return Kept(name, path, why=(reason, hint))
    try:
        seen = checkpoint(ledger, name)
    except (LedgerError, OSError):  # its digest is another one too, which is told
        return Kept(name, path, found, digest=digest, there=there)
    heads = {head.uid: head for head in seen.heads}
    places = {head.uid: seen.places[head.line] for head in seen.heads}
    return Kept(name, path, found, digest=digest, there=there, heads=heads, places=places)


def digests(ledger: Path, name: str) -> dict[str, str]:
    """The digest of every file of a frozen period but the manifest, by its path in the folder."""
    home = ledger / FOLDER / name
    found = {}
    for folder, _folders, inside in os.walk(home):
        for each in inside:
            path = Path(folder, each)
            found[path.relative_to(home).as_posix()] = files.digest(files.read(path))
    found.pop(MANIFEST, None)
    return found


def checkpoint(ledger: Path, name: str) -> Checkpoint:
    """How far every history went when a period was frozen.

    Raises:
        DamageError: it is gone, or was changed since.
    """
    path = ledger / FOLDER / name / CHECKPOINT
    place = shown(ledger, name, CHECKPOINT)
    hint = _("take the folder from git, or from a copy that is whole")
    try:
        found = parse(files.read(path).decode("utf-8", "replace"), str(place))
    except FileNotFoundError as error:
        raise DamageError(_("{path}: the file is gone").format(path=place), hint) from error
    except LedgerError as error:
        raise DamageError(_("{path}: {reason}").format(path=place, reason=error.message), hint) from error
    if not isinstance(found, Checkpoint):
        raise DamageError(_("{path} is no checkpoint").format(path=place), hint)
    return found


def view_path(kind: str) -> str:
    """Where the view of a kind of report is kept in the folder of a frozen period."""
    return f"{VIEWS}/{kind}.json"


def shown(ledger: Path, name: str, path: str = "") -> PurePosixPath:
    """How a file of a frozen period is called in messages: relative to the workspace."""
    return PurePosixPath("ledgers", ledger.name, FOLDER, name, path)


def heads(ledger: Path) -> dict[str, tuple[FrozenHead, ...]]:
    """Where the history of every record ended in each frozen period, by uid.

    Raises:
        DamageError: a manifest or a checkpoint cannot be read.
    """
    found: dict[str, tuple[FrozenHead, ...]] = {}
    for frozen in every(ledger):
        for head in checkpoint(ledger, frozen.name).heads:
            seen = FrozenHead(frozen.name, frozen.as_of, head.head)
            found[head.uid] = (*found.get(head.uid, ()), seen)
    return found


def numbers(ledger: Path) -> frozenset[tuple[str, int]]:
    """The numbers that records have in frozen reports, each with the uid of its record.

    Raises:
        DamageError: a checkpoint cannot be read.
    """
    seen = (checkpoint(ledger, name).heads for name in names(ledger))
    return frozenset((head.uid, head.number) for heads_of in seen for head in heads_of)
