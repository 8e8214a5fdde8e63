"""Frozen periods (定稿): reports as they were sent, what they rest on, and the manifest of it all."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from ledger.domain.schema import KEPT, Field, Kind, Lifecycle, Schema, named
from ledger.errors import DamageError

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from ledger.domain.cadence import Period
    from ledger.domain.checkpoint import Head

T = TypeVar("T")

#: The register of what was frozen: one record a manifest, with its digest, so that none is altered unseen.
#: Nothing is taken off it: a mistake is followed by a reissue.
FREEZE: Final = Schema(
    kind="freezes",
    folder="registers/freezes",
    by_name=named(
        Field("uid", Kind.LINE, kept=True),
        Field("number", Kind.NUMBER, kept=True),
        Field("formerly", Kind.LIST, kept=True),
        Field("on", Kind.DATE, kept=True),
        Field("title", Kind.LINE, kept=True),
        Field("sha256", Kind.LINE, kept=True),
        Field("remark", Kind.TEXT),
    ),
    lifecycle=Lifecycle(KEPT, MappingProxyType({})),
)

#: What the file is called that names all others of a frozen period, and what says how far every history went.
MANIFEST: Final = "manifest.toml"
CHECKPOINT: Final = "checkpoint.txt"
#: The form of a manifest. Source: docs/contract.md §2.
FORMAT: Final = 1
#: What a frozen period is called: its period, and from the second issue on which one it is.
_NAME: Final = re.compile(r"(?P<period>[0-9][0-9QHW-]*)(?:-r(?P<issue>[1-9][0-9]*))?", re.ASCII)
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_FIRST: Final = 1


class FrozenFile(NamedTuple):
    """One file of a frozen period. Shape: `path` is relative to its folder. Units: `size` in bytes."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a manifest says.

    Shape: `issue` counts from 1, a reissue is 2 and above; `as_of` is the day the reports are of, `known_at`
        the moment of freezing; `version` is that of the program; `reports` are names of files such as
        ``status.md``; `before` names the frozen period whose figures the reports correct, `replaces` the
        issue this one takes the place of, both empty where there is none; `entries` are those of all records
        of the checkpoint, whose digest `checkpoint` is.
    """

    period: str
    issue: int
    as_of: dt.date
    known_at: dt.datetime
    by: str
    version: str
    language: str
    reports: tuple[str, ...]
    entries: int
    checkpoint: str
    files: tuple[FrozenFile, ...]
    before: str = ""
    replaces: str = ""
    why: str = ""

    @property
    def name(self) -> str:
        """What its folder is called: 2025-06, 2025-06-r2."""
        return name_of(self.period, self.issue)


class FrozenHead(NamedTuple):
    """How a record stood in a frozen period: which period, of which day, and the hash of the last entry."""

    name: str
    as_of: dt.date
    head: str


def name_of(period: str, issue: int) -> str:
    """What the folder of an issue of a period is called."""
    return period if issue == _FIRST else f"{period}-r{issue}"


def issue_named(name: str) -> tuple[Period, int] | None:
    """The period and which issue of it a folder holds; nothing where it is named for none."""
    from ledger.domain.cadence import is_name, period_named  # every command knows the register, few its names

    found = _NAME.fullmatch(name)
    if found is None or not is_name(found["period"]):
        return None
    issue = int(found["issue"] or _FIRST)
    return (period_named(found["period"]), issue) if name_of(found["period"], issue) == name else None


# --- the manifest ----------------------------------------------------------------------------------


def as_document(frozen: Frozen) -> dict[str, Any]:
    """The manifest as its file shows it."""
    words = {name: getattr(frozen, name) for name in ("before", "replaces", "why")}
    return {
        "format": FORMAT,
        "period": frozen.period,
        "issue": frozen.issue,
        "as_of": frozen.as_of,
        "known_at": frozen.known_at.isoformat(timespec="seconds"),
        "by": frozen.by,
        "version": frozen.version,
        "language": frozen.language,
        "reports": list(frozen.reports),
        "entries": frozen.entries,
        "checkpoint": frozen.checkpoint,
        **{name: value for name, value in words.items() if value},
        "files": [each._asdict() for each in frozen.files],
    }


def frozen_of(document: Mapping[str, Any]) -> Frozen:
    """What a manifest says.

    Raises:
        DamageError: a value is missing or cannot be what it should be.
    """
    reader = _Reader(document)
    if reader.take("format", int) > FORMAT:
        message = _("the manifest was written by a newer version")
        raise DamageError(message, _("bring this program up to date"))
    return Frozen(
        period=reader.take("period", str),
        issue=reader.take("issue", int),
        as_of=reader.take("as_of", dt.date),
        known_at=reader.moment("known_at"),
        by=reader.take("by", str),
        version=reader.take("version", str),
        language=reader.take("language", str),
        reports=tuple(str(each) for each in reader.take("reports", list)),
        entries=reader.take("entries", int),
        checkpoint=reader.take("checkpoint", str),
        files=tuple(_file(each) for each in reader.take("files", list)),
        before=str(document.get("before", "")),
        replaces=str(document.get("replaces", "")),
        why=str(document.get("why", "")),
    )


class _Reader:
    """Values of a manifest, each of its own kind."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document

    def take(self, name: str, kind: type[T]) -> T:
        value = self.document.get(name)
        if type(value) is not kind:
            raise _not_a_manifest(name)
        return value

    def moment(self, name: str) -> dt.datetime:
        try:
            found = dt.datetime.fromisoformat(self.take(name, str))
        except ValueError:
            raise _not_a_manifest(name) from None
        if found.tzinfo is None:
            raise _not_a_manifest(name)
        return found


def _file(row: object) -> FrozenFile:
    if not isinstance(row, dict):
        raise _not_a_manifest("files")
    reader = _Reader(row)
    found = FrozenFile(reader.take("path", str), reader.take("size", int), reader.take("sha256", str))
    if not _DIGEST.fullmatch(found.sha256) or not _is_inside(found.path):
        raise _not_a_manifest("files")
    return found


def _is_inside(path: str) -> bool:
    return not any(part in ("", ".", "..") for part in path.split("/")) and "\\" not in path


def _not_a_manifest(name: str) -> DamageError:
    message = _("the manifest has no {name} that can be read").format(name=name)
    return DamageError(message, _("take the folder from git, or from a copy that is whole"))


# --- what became of it -----------------------------------------------------------------------------


class Slip(NamedTuple):
    """Something of a frozen period that is not what it was. Shape: `file` is a path in the workspace."""

    file: str
    message: str
    hint: str


class Kept(NamedTuple):
    """A frozen period as its folder has it.

    Shape: `path` is that of the folder, relative to the workspace; `frozen` is what the manifest says, None
        where it cannot be read, for which `why` is then the reason and the way out; `digest` is the
        manifest's own; `there` leads from the paths of all other files to their digests; `heads` are those of
        the records, `places` the lines on which the checkpoint has them, by uid; none where that was altered.
    """

    name: str
    path: str
    frozen: Frozen | None = None
    why: tuple[str, str] = ("", "")
    digest: str = ""
    there: Mapping[str, str] = MappingProxyType({})
    heads: Mapping[str, Head] = MappingProxyType({})
    places: Mapping[str, int] = MappingProxyType({})

    @property
    def manifest(self) -> str:
        """Where its manifest stands."""
        return f"{self.path}/{MANIFEST}"


def slips(kept: Kept, registered: Mapping[str, Container[str]]) -> Iterator[Slip]:
    """What of the files of a frozen period is not what it was.

    Shape: `registered` leads from the names of frozen periods to the digests of manifests on the books.
    """
    path = kept.manifest
    if kept.frozen is None:
        yield Slip(path, *kept.why)
        return
    if kept.name not in registered:
        message = _("no record of registers/freezes says that {name} was frozen")
        hint = _("bring the record back from git, or from a copy; the folder alone proves nothing")
        yield Slip(path, message.format(name=kept.name), hint)
    elif kept.digest not in registered[kept.name]:
        message = _("this is not the manifest that was written: the books have another digest")
        yield Slip(path, message, way_back())
    listed = {each.path: each.sha256 for each in kept.frozen.files}
    for each in sorted({*listed, *kept.there}):
        if listed.get(each) != kept.there.get(each):
            yield _altered(f"{kept.path}/{each}", was=each in listed, there=each in kept.there)


def _altered(path: str, *, was: bool, there: bool) -> Slip:
    if not there:
        return Slip(path, _("the file is gone"), way_back())
    if not was:
        return Slip(
            path, _("the file was put in after the period was frozen"), _("take it out of the folder")
        )
    return Slip(path, _("the file was changed after the period was frozen"), way_back())


def way_back() -> str:
    """What to do about a frozen file that is not what it was."""
    return _("take the file from git, or from a copy that is whole")
