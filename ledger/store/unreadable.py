"""A file that cannot be read, said by file, line and reason."""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.schema import ISSUE
from ledger.domain.text import excerpt
from ledger.errors import DamageError

if TYPE_CHECKING:
    from pathlib import PurePath


#: The name of a record's file, by which it can be restored. Source: docs/contract.md §2.
_RECORD = re.compile(r"[0-9]{4,9}-[0-9a-z]{8}\.toml")


def _way_out(path: PurePath) -> str:
    if not _RECORD.fullmatch(path.name):
        return _("take the file from git, or from a copy that is whole")
    hint = _("bring it back with: ledger restore {name}; without git, from a copy that is whole")
    return hint.format(name=restorable(path))


def restorable(path: PurePath) -> str:
    """How a record's file is called where it is to be restored: a name alone is an issue's."""
    return path.name if path.parent.name == ISSUE.folder else "/".join(path.parts[-3:])


class UnreadableRecordError(DamageError):
    """A file that cannot be read as what it should be.

    Attributes:
        path: The file, as it was named to the reader.
        line: Where the trouble is, counted from 1; None when it is in no one line.
        reason: The message without file and line.
    """

    def __init__(self, path: PurePath, line: int | None, reason: str, hint: str = "") -> None:
        """Name the file and the line before the reason."""
        where = path.as_posix() if line is None else f"{path.as_posix()}:{line}"
        super().__init__(f"{where}: {reason}", hint or _way_out(path))
        self.path = path
        self.line = line
        self.reason = reason


class UnmergedRecordError(UnreadableRecordError):
    """A file in which a merge of git waits for a person."""


def too_large(path: PurePath, size: int, limit: int) -> UnreadableRecordError:
    """A file larger than any record.

    Units: bytes.
    """
    reason = _("the file has {size} bytes, more than the {limit} a record may have")
    return UnreadableRecordError(path, None, reason.format(size=size, limit=limit))


def not_utf8(path: PurePath, data: bytes, offset: int) -> UnreadableRecordError:
    """A file in another encoding, or none.

    Units: `offset` bytes from the beginning.
    """
    reason = _("byte {offset} is not UTF-8").format(offset=offset)
    return UnreadableRecordError(path, data.count(b"\n", 0, offset) + 1, reason, _("save the file as UTF-8"))


def conflict(path: PurePath, line: int, *, record: bool) -> UnreadableRecordError:
    """A merge that git left to a person; two versions of a `record` can be put together."""
    reason = _("an unresolved merge conflict of git")
    if record:
        hint = _("put both sides together with: ledger resolve")
    else:
        hint = _("settle it in git first: keep one side of the file whole")
    return UnmergedRecordError(path, line, reason, hint)


def not_toml(path: PurePath, text: str, error: Exception) -> UnreadableRecordError:
    """A file that the TOML reader refuses, with the line it refuses."""
    line: int | None = getattr(error, "lineno", None)
    if line is None:
        problem = _("a number is too long") if isinstance(error, ValueError) else _("it is nested too deep")
        return UnreadableRecordError(path, None, _("this is not TOML ({problem})").format(problem=problem))
    rows = text.split("\n")
    line = min(line, len(rows))
    reason = _("this is not TOML ({problem}): {excerpt}")
    shown = excerpt(rows[line - 1].strip(), 60)
    return UnreadableRecordError(path, line, reason.format(problem=_problem(str(error)), excerpt=shown))


def _problem(said: str) -> str:
    """What the reader found, in our words: its own are English only and change with its releases."""
    match said.split(" ")[:2]:
        case ["Cannot" | "Duplicate", *_]:
            return _("a name is given twice")
        case ["Unclosed" | "Unterminated" | "Illegal" | "Found", *_]:
            return _("a text or a list is not closed, or holds a control character")
        case ["Unescaped" | "Escaped", *_] | ["Invalid", "hex"]:
            return _("a backslash stands before something it cannot stand before")
        case ["Invalid", "date"]:
            return _("there is no such date or time")
        case ["Expected", *_]:
            return _("a sign is missing or too many")
        case _:
            return _("this cannot be understood")
