"""``maps/*.toml``: what the columns of a list mean that somebody sends every month."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.errors import DamageError
from ledger.store import files
from ledger.store.toml import FORMAT, LARGEST_BYTES, read_toml

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

#: Where they lie in a ledger.
FOLDER: Final = "maps"
#: What a map of cells has, which lies there too (`cellmaps`).
CELLS: Final = "cells"
ROWS: Final = "rows"


class ColumnMap(NamedTuple):
    """One saved map.

    Shape: `path` is relative to the ledger's folder; `headers` are all headers of the list it is for, in
        order; `specs` are what the columns mean, as `--map` takes it; `digest` that of the file.
    """

    path: PurePosixPath
    headers: tuple[str, ...]
    specs: tuple[str, ...]
    digest: str


def saved(folder: Path) -> list[ColumnMap]:
    """Every map of columns in a ledger's folder, by name.

    Raises:
        DamageError: a file is none, or is of a newer format.
    """
    found = []
    for name in files.names(folder / FOLDER):
        path = PurePosixPath(FOLDER, name)
        data = files.read(folder / path, limit=LARGEST_BYTES)
        values = read_toml(data, path=path)
        if CELLS in values or ROWS in values:
            continue
        headers, specs = _texts(values.get("headers")), _texts(values.get("map"))
        if values.get("format") != FORMAT or headers is None or specs is None:
            message = _("{path}: a map of columns has format = 1, headers and map").format(path=path)
            raise DamageError(message, _("take it out of the folder, and import with --map again"))
        found.append(ColumnMap(path, headers, specs, files.digest(data)))
    return found


def _texts(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return None
    return tuple(value)


def rendered(headers: Sequence[str], specs: Sequence[str]) -> bytes:
    """The file of a map, one column a line."""
    from tomli_w import dumps

    values = {"format": FORMAT, "map": list(specs), "headers": list(headers)}
    return dumps(values, multiline_strings=False, indent=2).encode()
