"""``ledger.toml`` as typed values; it is the user's file and never rewritten."""

from __future__ import annotations

import datetime as dt
from gettext import gettext as _
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ledger.domain.closeout import Chain, Distinct, Need, Step
from ledger.domain.settings import LIGHTS, Light, Settings, Source
from ledger.errors import DamageError
from ledger.store import files
from ledger.store.toml import FORMAT, LARGEST_BYTES, read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

T = TypeVar("T")

#: A chain has one to nine steps; real ones have one to five. Source: DECISIONS.md D-22.
_MOST_STEPS = 9
_LIGHT_CODES = ("red", "orange", "yellow", "blue", "green")


class _File(NamedTuple):
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


class _Reader:
    """Takes values out of one table, naming file and key when one is not right."""

    def __init__(self, values: Mapping[str, Any], file: _File, prefix: str = "") -> None:
        self.values = values
        self.file = file
        self.prefix = prefix

    def take(self, key: str, kind: type[T], default: T) -> T:
        value = self.values.get(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.wrong(key, _("{kind} is expected").format(kind=_kind_name(kind)))
        return value

    def day(self, key: str) -> dt.date | None:
        value = self.values.get(key)
        if value is not None and (not isinstance(value, dt.date) or isinstance(value, dt.datetime)):
            raise self.wrong(key, _("a date such as 2025-06-30, without quotes, is expected"))
        return value

    def whole(self, key: str) -> int | None:
        value = self.values.get(key)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise self.wrong(key, _("a whole number is expected"))
        return value

    def one_of(self, key: str, codes: tuple[str, ...], default: str) -> str:
        value = self.take(key, str, default)
        if value not in codes:
            raise self.wrong(key, _("one of {codes} is expected").format(codes=", ".join(codes)))
        return value

    def words(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.wrong(key, _("a list of words is expected"))
        return tuple(value)

    def table(self, key: str) -> _Reader:
        return _Reader(self.take(key, dict, {}), self.file, f"{self.prefix}{key}.")

    def tables(self, key: str) -> list[_Reader]:
        rows = self.take(key, list, [])
        return [_Reader(row, self.file, f"{self.prefix}{key}[{n}].") for n, row in enumerate(rows, 1)]

    def wrong(self, key: str, reason: str) -> DamageError:
        line = self.file.line_of(key)
        message = _("{path}:{line}: {key}: {reason}").format(
            path=self.file.path.as_posix(), line=line, key=self.prefix + key, reason=reason
        )
        return DamageError(message, _("mend it with: ledger config --edit"))


def _kind_name(kind: type) -> str:
    names = {str: _("text in quotes"), bool: "true / false", int: _("a whole number"), dict: _("a table")}
    return names.get(kind, _("a list"))


def load(path: Path) -> Settings:
    """The settings of a ledger.

    Raises:
        DamageError: the file is not TOML, or a value is not what it should be; file and line are named.
    """
    data = files.read(path, limit=LARGEST_BYTES)
    top = _Reader(read_toml(data, path=path), _File(path, data.decode().splitlines()))
    if top.take("format", int, FORMAT) > FORMAT:
        message = _("{path} was written by a newer version").format(path=path.as_posix())
        raise DamageError(message, _("bring this program up to date"))
    source, window, plan = top.table("source"), top.table("window"), top.table("plan")
    return Settings(
        title=top.take("title", str, ""),
        org=top.take("org", str, ""),
        language=top.one_of("language", ("", "zh", "en"), ""),
        source=Source(
            level=source.take("level", str, ""),
            round=source.take("round", str, ""),
            team=source.take("team", str, ""),
            on_site_from=source.day("on_site_from"),
            on_site_to=source.day("on_site_to"),
            feedback_on=source.day("feedback_on"),
        ),
        window_from=window.day("from"),
        window_to=window.day("to"),
        plan_required=plan.take("required", bool, False),
        plan_submitted_on=plan.day("submitted_on"),
        default_year=plan.whole("year"),
        immediate_days=top.table("deadlines").whole("immediate_days"),
        chain=_chain(top.table("closeout")),
        lights=_lights(top),
        workdays=_workdays(top.table("workdays")),
        list_titles={str(key): str(value) for key, value in top.take("lists", dict, {}).items()},
    )


def _chain(table: _Reader) -> Chain:
    of = table.one_of("of", ("measure", "issue"), "issue")
    distinct = Distinct(table.one_of("distinct", tuple(Distinct), "warn"))
    steps = tuple(_step(row) for row in table.tables("steps")) or (Step("close"),)
    if len(steps) > _MOST_STEPS or len({step.code for step in steps}) < len(steps):
        raise table.wrong(
            "steps", _("one to {most} steps with codes of their own are expected").format(most=_MOST_STEPS)
        )
    return Chain(of, steps, distinct)


def _step(row: _Reader) -> Step:
    code = row.take("code", str, "")
    if not code.isascii() or not code.replace("-", "_").isidentifier():
        raise row.wrong("code", _('a short ASCII name such as "unit" is expected'))
    needs = row.words("requires")
    if not set(needs) <= set(Need):
        raise row.wrong("requires", _("only {codes} are understood").format(codes=", ".join(Need)))
    place = row.file.place_of('"' + code + '"')
    return Step(
        code, row.take("label", str, ""), row.words("signers"), tuple(Need(each) for each in needs), place
    )


def _lights(top: _Reader) -> tuple[Light, ...]:
    rows = top.tables("lights")
    if not rows:
        return LIGHTS
    lights = []
    for number, row in enumerate(rows, 1):
        days = row.whole("from_days")
        code = row.one_of("code", _LIGHT_CODES, "")
        if days is None:
            raise row.wrong("from_days", _("a whole number is expected"))
        lights.append(Light(code, days, row.file.place_of("from_days", nth=number)))
    return tuple(sorted(lights, key=lambda light: -light.from_days))


def _workdays(table: _Reader) -> dict[dt.date, bool]:
    days = {}
    for key in table.values:
        try:
            days[dt.date.fromisoformat(key)] = table.take(key, bool, False)
        except ValueError:
            raise table.wrong(key, _("a date such as 2027-02-08 is expected")) from None
    return days
