"""Values taken out of the tables of ``ledger.toml``, naming file, line and key when one is not right."""

from __future__ import annotations

import datetime as dt
import re
from gettext import gettext as _
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ledger.errors import DamageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

T = TypeVar("T")

#: The place of a row in the way to a key: closeout.steps[2].code.
_NTH = re.compile(r"\[[0-9]+\]")


class File(NamedTuple):
    """The file that is read, to say where in it something stands."""

    path: Path
    lines: list[str]

    def line_of(self, word: str, *, nth: int = 1) -> int:
        """The line of the nth place where a key or value stands; 1 when it is not found."""
        found = (number for number, line in enumerate(self.lines, 1) if word in line.split("#")[0])
        return next(islice(found, nth - 1, None), 1)

    def place_of(self, word: str, *, nth: int = 1) -> str:
        """The same as ``file:line``."""
        return f"{self.path.name}:{self.line_of(word, nth=nth)}"


class Reader:
    """Takes values out of one table, naming file and key when one is not right."""

    def __init__(
        self, values: Mapping[str, Any], file: File, prefix: str = "", lines: range | None = None
    ) -> None:
        """Read from these values; `prefix` is the way to them, for messages, `lines` where they stand."""
        self.values = values
        self.file = file
        self.prefix = prefix
        self.lines = lines or range(1, len(file.lines) + 1)

    def take(self, key: str, kind: type[T], default: T) -> T:
        """A value of that kind, or the default."""
        value = self.values.get(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.wrong(key, _("{kind} is expected").format(kind=_kind_name(kind)))
        return value

    def day(self, key: str) -> dt.date | None:
        """A date, if one is given."""
        value = self.values.get(key)
        if value is not None and (not isinstance(value, dt.date) or isinstance(value, dt.datetime)):
            raise self.wrong(key, _("a date such as 2025-06-30, without quotes, is expected"))
        return value

    def whole(self, key: str) -> int | None:
        """A whole number, if one is given."""
        value = self.values.get(key)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise self.wrong(key, _("a whole number is expected"))
        return value

    def one_of(self, key: str, codes: tuple[str, ...], default: str) -> str:
        """One of the codes, or the default."""
        value = self.take(key, str, default)
        if value not in codes:
            raise self.wrong(key, _("one of {codes} is expected").format(codes=", ".join(codes)))
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words; none when nothing is given."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.wrong(key, _("a list of words is expected"))
        return tuple(value)

    def table(self, key: str) -> Reader:
        """A table below this one; an empty one when it is missing."""
        return Reader(self.take(key, dict, {}), self.file, f"{self.prefix}{key}.", self.lines)

    def tables(self, key: str) -> list[Reader]:
        """The rows of an array of tables."""
        rows = self.take(key, list, [])
        if not all(isinstance(row, dict) for row in rows):
            raise self.wrong(key, _("a list of tables is expected: [[{key}]]").format(key=key))
        parts = self._parts(key, len(rows))
        return [
            Reader(row, self.file, f"{self.prefix}{key}[{n}].", part)
            for n, (row, part) in enumerate(zip(rows, parts, strict=True), 1)
        ]

    def _parts(self, key: str, count: int) -> list[range]:
        """The lines from the heading of each row to the next; all there are where rows have no headings."""
        heading = f"[[{_NTH.sub('', self.prefix)}{key}]]"
        starts = [line for line in self.lines if _bare(self.file.lines[line - 1]) == heading]
        if len(starts) != count:
            return [self.lines] * count
        return [range(*ends) for ends in pairwise([*starts, self.lines.stop])]

    def line_of(self, key: str) -> int:
        """The line on which a key stands; that on which its table begins where it does not."""
        own = (n for n in self.lines if _bare(self.file.lines[n - 1]).partition("=")[0].strip("\"'") == key)
        inline = (n for n in self.lines if key in self.file.lines[n - 1].split("#")[0])
        return next(own, None) or next(inline, self.lines.start)

    def wrong(self, key: str, reason: str) -> DamageError:
        """The refusal of what stands under a key: file, line and what is expected there."""
        message = _("{path}:{line}: {key}: {reason}").format(
            path=self.file.path.as_posix(), line=self.line_of(key), key=self.prefix + key, reason=reason
        )
        settings = self.file.path.name == "ledger.toml"
        return DamageError(
            message, _("mend it with: ledger config --edit") if settings else _("mend it with an editor")
        )


def _bare(line: str) -> str:
    """A line without its comment and its blanks."""
    return "".join(line.split("#")[0].split())


def _kind_name(kind: type) -> str:
    names = {str: _("text in quotes"), bool: "true / false", int: _("a whole number"), dict: _("a table")}
    return names.get(kind, _("a list"))
