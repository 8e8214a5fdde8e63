"""Values of fields as entries set them: held to what a field is made for, dates read from ISO text."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from ledger.domain.schema import Kind
from ledger.domain.ticked import TABLES, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What each kind of field holds once it is read; dates are read first.
_TYPES = {
    Kind.TEXT: str,
    Kind.LINE: str,
    Kind.CODE: str,
    Kind.DATE: dt.date,
    Kind.NUMBER: int,
    Kind.FLAG: bool,
    Kind.LIST: list,
    Kind.RECURRENCE: str,
}
#: Fields whose values are texts as they stand.
_TEXTS = (Kind.TEXT, Kind.LINE, Kind.CODE)


def put(home: dict[str, Any], known: Mapping[str, Any], name: str, value: object) -> None:
    """Set a field, or take it away with None; dates come as ISO text or as dates.

    What the field cannot hold is a ValueError: whoever applies entries makes a problem of it.
    """
    if value is None:
        home.pop(name, None)
        return
    shape = known.get(name)
    if shape is not None and shape.kind is Kind.DECLARED:
        value = _declared(value)
    elif shape is not None:
        if type(value) is not str or shape.kind not in _TEXTS:
            value = _held(shape.kind, value)
    elif name == "points":
        value = [_point(each) for each in rows(value, "text")]
    elif name in TABLES:
        value = rows_of(name, value)
    elif name == "evidence":
        value = rows(value, "sha256")
    home[name] = value


def _held(kind: Kind, value: object) -> object:
    if kind is Kind.DATE and isinstance(value, str):
        return dt.date.fromisoformat(value)
    if type(value) is not _TYPES[kind]:
        raise ValueError(value)
    if isinstance(value, list) and not all(isinstance(each, (str, int)) for each in value):
        raise ValueError(value)
    if kind is Kind.RECURRENCE:
        from ledger.domain.recurrence import recurrence_of  # few records have one

        recurrence_of(str(value))
    return value


def _declared(value: object) -> object:
    """A value of a field whose kind its declaration says; whoever reads the record may not know that."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list) and not all(isinstance(each, str) for each in value):
        raise ValueError(value)
    if not isinstance(value, (str, int, list)):
        raise ValueError(value)  # noqa: TRY004 - one kind of trouble for whoever applies entries
    return value


def rows(value: object, needed: str) -> list[dict[str, Any]]:
    """Rows of a table in a record, each a copy; each has a text under `needed`, else it is a ValueError."""
    if not isinstance(value, list):
        raise ValueError(value)  # noqa: TRY004 - one kind of trouble for whoever applies entries
    return [dict(_row(each, needed)) for each in value]


def _row(raw: object, needed: str) -> Mapping[str, Any]:
    if not isinstance(raw, dict) or not isinstance(raw.get(needed), str):
        raise ValueError(raw)
    return raw


def _point(raw: dict[str, Any]) -> dict[str, Any]:
    if type(raw.get("number", 1)) is not int:
        raise ValueError(raw)
    if isinstance(raw.get("done_on"), str):
        raw["done_on"] = dt.date.fromisoformat(raw["done_on"])
    return raw
