"""Making a checkpoint, and reading one that was kept; nothing is written to the ledger."""

from __future__ import annotations

import codecs
from gettext import gettext as _
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.checkpoint import Checkpoint, Head, PlanDigest, in_order
from ledger.domain.plan import plan_of
from ledger.domain.presented import presented as parsed
from ledger.errors import DamageError, NotFoundError, RejectedInputError, UsageError
from ledger.store import files, freshness, recordfile

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from typing import BinaryIO

    from ledger.domain.presented import Presented
    from ledger.store.book import Book

#: The name that means standard input.
STDIN: Final = "-"
#: The largest file that is read as a checkpoint. Units: bytes; 110 a record leave room for half a million.
_LARGEST: Final = 64 << 20
#: How often the records are read again when somebody changes them meanwhile.
_ROUNDS: Final = 5


class _Seen(NamedTuple):
    head: Head
    last: str
    path: PurePosixPath


def checkpoint(book: Book, made: dt.datetime, version: str) -> Checkpoint:
    """The checkpoint of a ledger as it stands now; `version` is the program's.

    Raises:
        DamageError: a record or a plan cannot be read, its history does not hold, or a record stands in two
            files; it is named.
    """
    title = book.settings.title or ""
    found: list[_Seen] = []
    plans: list[PlanDigest] = []
    for _round in range(_ROUNDS):
        before = _look(book)
        found, plans = list(_records(book)), _plans(book)
        if _look(book) == before:
            break
    _once(found)
    heads = in_order(each.head for each in found)
    last = max((each.last for each in found), default="")
    moment = made.isoformat(timespec="seconds")
    return Checkpoint(book.name, title, moment, version, last, heads, tuple(plans))


def _look(book: Book) -> list[object]:
    """What changes when somebody writes: heads of one moment belong together."""
    folders = (*(schema.folder for schema in book.schemas()), "plans")
    return [freshness.look(book.folder / folder) for folder in folders]


def _records(book: Book) -> Iterator[_Seen]:
    for schema in book.schemas():
        for record in book.records(schema):
            fields = record.state.fields
            head = Head(
                schema.kind,
                fields.get("number", 0),
                str(fields.get("uid", "")),
                len(record.entries),
                record.state.tips[0],
            )
            if not head.is_whole:
                message = _("{path}: the history gives the record no number or no uid")
                raise DamageError(
                    message.format(path=record.path),
                    _("take the file from git, or from a copy that is whole"),
                )
            yield _Seen(head, max(entry.id for entry in record.entries), record.path)


def _once(found: list[_Seen]) -> None:
    first: dict[str, _Seen] = {}
    for each in found:
        other = first.setdefault(each.head.uid, each)
        if other is not each:
            message = _("{path} holds the same record as {other}").format(path=each.path, other=other.path)
            raise DamageError(message, _("one of them is a copy: move it out of the folder"))


def _plans(book: Book) -> list[PlanDigest]:
    found = []
    for name in files.names(book.folder / "plans"):
        path = PurePosixPath("ledgers", book.name, "plans", name)
        data = files.read(book.folder / "plans" / name)
        document = recordfile.read_toml(data, path=path)
        try:
            version = plan_of(document).version
        except DamageError as error:
            raise DamageError(f"{path}: {error.message}", error.hint) from error
        found.append(PlanDigest(version, plan_digest(data)))
    return sorted(found)


def plan_digest(data: bytes) -> str:
    """The digest of a plan's file, line endings of a checkout aside."""
    return files.digest(data.replace(b"\r\n", b"\n"))


def presented(name: str, stdin: BinaryIO) -> Presented:
    """A checkpoint somebody kept, in a file or, where the name is "-", on standard input.

    Raises:
        NotFoundError: there is no such file.
        UsageError: it is a folder.
        RejectedInputError: it is too large, or holds no checkpoint.
    """
    if name == STDIN:
        return parsed(_text(stdin.read(_LARGEST + 1), name), _("standard input"))
    try:
        with Path(name).open("rb") as file:
            return parsed(_text(file.read(_LARGEST + 1), name), name)
    except (FileNotFoundError, NotADirectoryError):
        message = _("there is no file {path}").format(path=name)
        raise NotFoundError(message, _("check the path; - reads standard input")) from None
    except IsADirectoryError:
        raise UsageError(_("{path} is a folder").format(path=name), _("name the file in it")) from None


def _text(data: bytes, name: str) -> str:
    """The text of a checkpoint: ASCII but for the title, which need not be readable."""
    if len(data) > _LARGEST:
        message = _("{path} is larger than any checkpoint").format(path=name)
        raise RejectedInputError(message, _("give a file made by: ledger checkpoint -o FILE"))
    encoding = "utf-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8"
    return data.decode(encoding, "replace")
