"""What somebody asked for, as SQL: our columns by name, every value bound."""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from gettext import gettext as _
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from ledger.domain.filters import ANYWHERE, FIELDS
from ledger.domain.lights import only_days
from ledger.domain.text import fold
from ledger.errors import UsageError
from ledger.store.lit import FUNCTION, lit
from ledger.store.tables import HOLDS, holds

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from ledger.domain.filters import Condition
    from ledger.domain.settings import Light
    from ledger.store.listed import Day

#: What is listed: issues, or measures one by one.
Of: TypeAlias = Literal["issue", "measure"]
#: A value bound to a statement.
Bound: TypeAlias = str | int | bytes

#: Where a field stands, for issues `i` and for measures `m` of issues `i`. What an issue's measures say of
#: unit, leader and owner counts for the issue as well.
_COLUMNS: Final[Mapping[Of, Mapping[str, str]]] = {
    "issue": {
        **{name: f'i."{name}"' for name in FIELDS},
        "unit": 'i."units"', "leader": 'i."leaders"', "owner": 'i."owners"', "due": 'i."open_due"',
        "late": 'i."late_since"',
    },
    "measure": {
        **{name: f'm."{name}"' for name in FIELDS},
        "number": 'm."issue_number"', "title": 'i."title"', "category": 'i."category"', "kind": 'i."kind"',
        "flags": 'i."flags"', "claimed_by": 'i."claimed_by"', "late": 'm."late_from"',
        "due": 'm."falls_due"',
    },
}  # fmt: skip
#: Columns that hold several texts.
_LISTS: Final[Mapping[Of, frozenset[str]]] = {
    "issue": frozenset({"unit", "leader", "owner", "co_units"}),
    "measure": frozenset({"co_units"}),
}
#: What free text is looked for in, of a measure.
_MEASURE_TEXTS: Final = ("text", "criterion", "deliverable", "result", "interim_goal", "due_text", "remark")
_KEPT: Final = 20_000


class Where(NamedTuple):
    """What stands behind WHERE, and the values to bind, in their order."""

    clause: str
    values: tuple[Bound, ...]


def where(conditions: Iterable[Condition], *, of: Of, today: dt.date, lights: Sequence[Light] = ()) -> Where:
    """The conditions as one clause; true of everything when there are none.

    Raises:
        UsageError: a field that nothing is stored of.

    Source: docs/contract.md §3; RELIABILITY E9: columns from a list of ours, values bound.
    """
    parts = [_one(each, of, today, lights) for each in conditions]
    if not parts:
        return Where("1", ())
    return Where(
        " AND ".join(f"({part.clause})" for part in parts),
        tuple(value for part in parts for value in part.values),
    )


def place_of_light(of: Of) -> str:
    """The place among the lights of the one that shows, 0 the strictest, in SQL; see `teach`."""
    return f'{FUNCTION}({of[0]}."uid")'


def teach(connection: sqlite3.Connection, day: Day, statement: str) -> None:
    """Give a connection what a statement needs: text compares without width, case and blanks; lights."""
    known = lit(connection, day.today, day.lights) if f"{FUNCTION}(" in statement else None
    if known is not None:
        known.whole()
        connection.create_function(FUNCTION, 1, known.place)
    connection.create_function("folded", 1, _folded, deterministic=True)
    connection.create_function("folded_each", 1, _folded_each, deterministic=True)
    connection.create_function("holds", 2, holds, deterministic=True)


@lru_cache(maxsize=_KEPT)
def _folded(text: str | None) -> str | None:
    return None if text is None else fold(text)


@lru_cache(maxsize=_KEPT)
def _folded_each(listed: str | None) -> str | None:
    """A list of texts as lines: no folded text holds a line break."""
    return None if listed is None else "\n".join(fold(str(each)) for each in json.loads(listed))


def _one(condition: Condition, of: Of, today: dt.date, lights: Sequence[Light]) -> Where:
    name, values = condition.field, condition.values
    if name == ANYWHERE:
        return _anywhere([str(each) for each in values], of)
    if name not in FIELDS:
        raise UsageError(_("there is no field {name}").format(name=name))
    column = _COLUMNS[of][name]
    match name, FIELDS[name]:
        case "overdue", _:
            late = f"COALESCE({_COLUMNS[of]['late']} < ?, 0)"
            return Where(f"{late} IN ({_marks(values)})", (today.isoformat(), *_bound(values)))
        case "light", _:
            return _light([str(each) for each in values], of, today, lights)
        case "flags", _:
            inner = f"SELECT 1 FROM json_each({column}) WHERE value IN ({_marks(values)})"
            return Where(f"EXISTS ({inner})", _bound(values))
        case _, "flag":
            return Where(f"COALESCE({column}, 0) IN ({_marks(values)})", _bound(values))
        case _, "text":
            form = "folded_each" if name in _LISTS[of] else "folded"
            return _occurs(f"{form}({column})", [str(each) for each in values])
    if condition.op == "is":
        return Where(f"{column} IN ({_marks(values)})", _bound(values))
    return Where(f"{column} {condition.op} ?", _bound(values))


def _occurs(text: str, words: Sequence[str]) -> Where:
    return Where(" OR ".join([f"instr({text}, ?) > 0"] * len(words)), tuple(map(fold, words)))


def _anywhere(words: Sequence[str], of: Of) -> Where:
    folded = tuple(fold(word).encode() for word in words)
    found = Where(" OR ".join([HOLDS] * len(words)), folded)
    clause = f'i."uid" IN (SELECT "issue_uid" FROM "search" WHERE {found.clause})'
    if of == "issue":
        return Where(clause, found.values)
    texts = " || char(10) || ".join(f"COALESCE(m.\"{name}\", '')" for name in _MEASURE_TEXTS)
    own = _occurs(f'folded({texts} || char(10) || i."title")', words)
    return Where(f"{clause} AND ({own.clause})", (*found.values, *own.values))


def _light(codes: Sequence[str], of: Of, today: dt.date, lights: Sequence[Light]) -> Where:
    """A light shows between its own threshold and those of the lights before it, as `lights.light` says."""
    if not only_days(lights):
        places = [place for place, each in enumerate(lights) if each.code in codes]
        return Where(f"{place_of_light(of)} IN ({_marks(places)})", tuple(places))
    late = _COLUMNS[of]["late"]
    state = "i" if of == "issue" else "m"
    lit = f"{state}.\"status\" NOT IN ('closed', 'void') AND ({state}.\"status\" <> 'longterm' OR {late} < ?)"
    ranges: list[str] = []
    values: list[Bound] = [today.isoformat()]
    for place, each in enumerate(lights):
        if each.code in codes:
            earlier = [_day(today, light.from_days or 0) for light in lights[:place]]
            ranges.append(" AND ".join([f"{late} <= ?", *[f"{late} > ?"] * len(earlier)]))
            values += [_day(today, each.from_days or 0), *earlier]
    shown = " OR ".join(f"({each})" for each in ranges) or "0"
    return Where(f"{lit} AND ({shown})", tuple(values))


def _day(today: dt.date, days_late: int) -> str:
    """The date that is so many days late today."""
    number = min(max(today.toordinal() - days_late, dt.date.min.toordinal()), dt.date.max.toordinal())
    return dt.date.fromordinal(number).isoformat()


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _bound(values: Iterable[str | int | bool | dt.date]) -> tuple[Bound, ...]:
    return tuple(
        each.isoformat() if isinstance(each, dt.date) else int(each) if isinstance(each, bool) else each
        for each in values
    )
