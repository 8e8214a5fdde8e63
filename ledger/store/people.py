"""``people.toml``: units, persons and dates of office; it is the user's file and never rewritten."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.namebook import Slip, slips
from ledger.domain.people import Office, People, Person, Unit
from ledger.errors import DamageError
from ledger.store import files
from ledger.store.settings.reader import File, Reader
from ledger.store.toml import LARGEST_BYTES, decoded, loaded

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["People", "load", "read"]


def load(path: Path) -> People:
    """The people file; a missing one means that any name is fine.

    Raises:
        DamageError: the file is not TOML, a value is not what it should be, or it contradicts itself; file
            and line are named.
    """
    people, found = read(path)
    if found:
        message = _("{path}:{line}: {reason}").format(
            path=path.as_posix(), line=found[0].line, reason=found[0].message
        )
        raise DamageError(message, found[0].hint)
    return people


def read(path: Path) -> tuple[People, list[Slip]]:
    """The people file, and in what it contradicts itself, by line.

    Raises:
        DamageError: the file is not TOML, or a value is not what it should be; file and line are named.
    """
    try:
        data = files.read(path, limit=LARGEST_BYTES)
    except FileNotFoundError:
        return People(), []
    text, _changed = decoded(data, path)
    top = Reader(loaded(text, path), File(path, text.splitlines()))
    people = People(
        [_unit(row) for row in top.tables("units")],
        [_person(row) for row in top.tables("persons")],
        [_office(row) for row in top.tables("offices")],
    )
    return people, sorted(slips(people))


def _unit(row: Reader) -> Unit:
    return Unit(
        name=_needed(row, "name"),
        aliases=row.words("aliases"),
        leader=row.take("leader", str, ""),
        group=row.take("group", str, ""),
        begins=row.day("from"),
        ends=row.day("to"),
        successor=row.take("successor", str, ""),
        lines=_lines(row),
    )


def _person(row: Reader) -> Person:
    return Person(_needed(row, "name"), row.words("aliases"), _lines(row))


def _office(row: Reader) -> Office:
    return Office(
        person=_needed(row, "person"),
        unit=_needed(row, "unit"),
        post=row.take("post", str, ""),
        leads=row.take("leads", bool, True),
        begins=row.day("from"),
        ends=row.day("to"),
        lines=_lines(row),
    )


def _needed(row: Reader, key: str) -> str:
    value = row.take(key, str, "")
    if not value.strip():
        raise row.wrong(key, _('a name is needed, such as {key} = "..."').format(key=key))
    return value


def _lines(row: Reader) -> dict[str, int]:
    """The line of each key of a row; under the empty key where the row begins."""
    return {"": row.lines.start, **{key: row.line_of(key) for key in row.values}}
