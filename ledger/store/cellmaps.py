"""``maps/*.toml`` with cells: which value of a report stands in which cell of a superior's form."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.domain.words import listed
from ledger.errors import DamageError, NotFoundError, UsageError
from ledger.store import files
from ledger.store.columnmaps import CELLS, FOLDER, ROWS
from ledger.store.toml import FORMAT, LARGEST_BYTES, read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: What may stand in a map, and in one of its lists.
_KEYS: Final = frozenset({"format", CELLS, ROWS})
_LIST_KEYS: Final = frozenset({"list", "sheet", "first", "last", "columns"})


class ListMap(NamedTuple):
    """Where a list of a report stands in the form.

    Shape: `columns` leads from a column of the sheet to the key of one of the list's; the rows of the form
        are `first` to `last`, None where it is as long as there is room.
    """

    name: str
    sheet: str
    first: int
    last: int | None
    columns: Mapping[str, str]


class CellMap(NamedTuple):
    """A saved map.

    Shape: `path` is relative to the ledger's folder; `cells` leads from a cell, `C5` or `Sheet!C5`, to the
        name of a value.
    """

    path: PurePosixPath
    cells: Mapping[str, str]
    lists: tuple[ListMap, ...]


def read(folder: Path, name: str) -> CellMap:
    """The map of that name in a ledger's folder.

    Raises:
        UsageError: the name is none.
        NotFoundError: there is no such map.
        DamageError: the file is no map of cells.
    """
    path = PurePosixPath(FOLDER, f"{name}.toml")
    if not name or path.name != f"{name}.toml" or name.startswith("."):
        raise UsageError(_("{name} is no name of a map").format(name=name), _("name a file of maps/"))
    try:
        data = files.read(folder / path, limit=LARGEST_BYTES)
    except FileNotFoundError:
        message = _("there is no map {path}").format(path=path)
        hint = _('write one: format = 1, then [cells] with lines such as C5 = "facts.org"; names: {command}')
        raise NotFoundError(message, hint.format(command="ledger report KIND --list-fields")) from None
    return _map(path, read_toml(data, path=path))


def _map(path: PurePosixPath, values: Mapping[str, Any]) -> CellMap:
    unknown = sorted(values.keys() - _KEYS)
    cells, lists = values.get(CELLS, {}), values.get(ROWS, [])
    if values.get("format") != FORMAT or unknown or not _is_texts(cells) or not isinstance(lists, list):
        raise _broken(path, unknown)
    return CellMap(path, cells, tuple(_list(path, each) for each in lists))


def _list(path: PurePosixPath, values: Any) -> ListMap:  # noqa: ANN401 - TOML
    if not isinstance(values, dict) or values.keys() - _LIST_KEYS:
        raise _broken(path, sorted(values.keys() - _LIST_KEYS) if isinstance(values, dict) else [])
    name, first, last, columns = map(values.get, ("list", "first", "last", "columns"))
    sheet = values.get("sheet", "")
    sound = isinstance(name, str) and isinstance(sheet, str) and columns and _is_texts(columns)
    ends = _is_row(first) and (last is None or (_is_row(last) and last >= first))
    if not sound or not ends:
        raise _broken(path, [])
    return ListMap(name, sheet, first, last, columns)  # type: ignore[arg-type]  # just looked at


def _is_row(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


def _broken(path: PurePosixPath, unknown: list[str]) -> DamageError:
    message = _("{path} is no map of cells").format(path=path)
    if unknown:
        message = _("{path} is no map of cells: nobody knows {names}").format(
            path=path, names=listed(unknown)
        )
    hint = _('it has format = 1, [cells] with C5 = "NAME", [[rows]] with list, sheet, first, last, columns')
    return DamageError(message, hint)
