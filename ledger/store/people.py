"""``people.toml``: the units and persons an office knows, with their other names."""

from __future__ import annotations

import difflib
from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.errors import DamageError
from ledger.store import files
from ledger.store.toml import LARGEST_BYTES, read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class People(NamedTuple):
    """Who may be named.

    Shape: `units` and `persons` hold full names; `aliases` lead from another name to the full
        one; `leaders` from a unit to its leader. All empty means any name is fine.
    """

    units: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    aliases: Mapping[str, str] = MappingProxyType({})
    leaders: Mapping[str, str] = MappingProxyType({})

    def full(self, name: str) -> str:
        """The full name behind an alias; any other name as it is. Inner blanks do not count (张　三)."""
        squeezed = "".join(name.split())
        return (
            self.aliases.get(name)
            or self.aliases.get(squeezed)
            or (squeezed if self.known(squeezed) else name)
        )

    def known(self, name: str) -> bool:
        """Whether the name is listed."""
        return (
            name in self.units
            or name in self.persons
            or name in self.aliases
            or name in self.leaders.values()
        )

    def near(self, name: str) -> tuple[str, ...]:
        """Listed names that look like this one, at most three."""
        listed = dict.fromkeys((*self.units, *self.persons, *self.aliases, *self.leaders.values()))
        return tuple(difflib.get_close_matches(name, listed, n=3, cutoff=0.5))

    def leader_of(self, unit: str) -> str:
        """The leader of a unit; empty when none is listed."""
        return self.leaders.get(self.full(unit), "")


def load(path: Path) -> People:
    """The people file; a missing one means that any name is fine.

    Raises:
        DamageError: the file is not TOML, or a row has no name.
    """
    try:
        data = files.read(path, limit=LARGEST_BYTES)
    except FileNotFoundError:
        return People()
    values = read_toml(data, path=path)
    units, persons = _rows(values, "units", path), _rows(values, "persons", path)
    aliases = {str(alias): row["name"] for row in (*units, *persons) for alias in row.get("aliases", ())}
    return People(
        units=tuple(row["name"] for row in units),
        persons=tuple(row["name"] for row in persons),
        aliases=aliases,
        leaders={row["name"]: str(row["leader"]) for row in units if row.get("leader")},
    )


def _rows(values: Mapping[str, Any], key: str, path: Path) -> list[dict[str, Any]]:
    rows = values.get(key, [])
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and isinstance(row.get("name"), str) for row in rows
    ):
        message = _("{path}: every [[{key}]] needs a name").format(path=path.as_posix(), key=key)
        raise DamageError(message, _('write it as: name = "..."'))
    return rows
