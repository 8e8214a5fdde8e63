"""Frozen dataclasses as JSON and back: what crosses between a child process that reads a file and this one.

What comes back was made from a stranger's file by a process that may have gone wrong, so every value is held
to the type its field declares. Dataclasses become lists in the order of their fields, dates their ISO form;
where a field may be of several types, the value is a pair of the type's name and what was packed.
"""

from __future__ import annotations

import collections.abc
import dataclasses
import datetime as dt
import enum
import functools
import sys
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias, TypeVar

T = TypeVar("T")
Turn: TypeAlias = Callable[[Any], Any]
_Turns: TypeAlias = list[tuple[int, Turn]]

#: Names that modules often import for types alone, so that they are not there at run time.
_KNOWN = {
    "dt": dt, "Any": Any, "Literal": typing.Literal, "Mapping": Mapping, "Sequence": collections.abc.Sequence,
}  # fmt: skip
#: What JSON has itself; None belongs to unions.
_PLAIN = (str, int, float, bool, types.NoneType)
_DATES = (dt.datetime, dt.date, dt.time)


class WireError(ValueError):
    """What came is not what its type declares."""


class _Coder(NamedTuple):
    """How values of one type cross; where both turns are None, JSON takes them as they are."""

    fits: Callable[[Any], bool]
    pack: Turn | None = None
    unpack: Turn | None = None


def pack(value: object) -> Any:  # noqa: ANN401 - JSON
    """A frozen dataclass as JSON can write it; its class must be told to `unpack`.

    Shape: a field of a type that does not cross is a fault of ours, and a TypeError.
    """
    kind: Any = type(value)
    return _turned(_of_class(kind).pack, value)


def unpack(data: object, kind: type[T]) -> T:
    """The dataclass of `kind` that was packed.

    Shape: every value is of the type its field declares, else WireError.
    """
    wanted: Any = kind
    value = _turned(_of_class(wanted).unpack, data)
    if not isinstance(value, kind):
        raise _wrong(kind, data)
    return value


def _turned(turn: Turn | None, value: object) -> Any:  # noqa: ANN401 - whatever it turns into
    return value if turn is None else turn(value)


def _wrong(kind: object, value: object) -> WireError:
    return WireError(f"not a {getattr(kind, '__name__', kind)}: {repr(value)[:80]}")


@functools.cache
def _coder(hint: Any) -> _Coder:  # noqa: ANN401 - a type as it is written
    origin = typing.get_origin(hint)
    if hint is Any:
        return _Coder(lambda _value: True)
    if hint in _PLAIN:
        return _Coder(lambda value: type(value) is hint, None, lambda data: _held(hint, data))
    if origin is typing.Literal:
        return _literal(typing.get_args(hint))
    if origin in (typing.Union, types.UnionType):
        return _union(typing.get_args(hint))
    if origin is tuple:
        return _tuple(typing.get_args(hint))
    if origin in (collections.abc.Mapping, dict):
        return _mapping(typing.get_args(hint)[1])
    if isinstance(hint, type):
        return _of_class(hint)
    raise TypeError(f"{hint} does not cross")


@functools.cache
def _of_class(kind: Any) -> _Coder:  # noqa: ANN401 - a class
    """The coder of a class that JSON does not know."""
    if kind in _DATES:
        return _Coder(lambda value: type(value) is kind, kind.isoformat, lambda data: _day(kind, data))
    if kind is dt.timedelta:
        return _Coder(lambda value: type(value) is kind, dt.timedelta.total_seconds, _lapse)
    if issubclass(kind, enum.Enum):
        return _Coder(
            lambda value: type(value) is kind, lambda value: value.value, lambda data: _member(kind, data)
        )
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind)
    raise TypeError(f"{kind.__name__} does not cross")


def _held(kind: type, data: object) -> object:
    if type(data) is not kind and (kind is not float or type(data) is not int):
        raise _wrong(kind, data)
    return data


def _day(kind: Any, data: object) -> Any:  # noqa: ANN401 - one of _DATES
    try:
        return kind.fromisoformat(data)
    except (TypeError, ValueError):
        raise _wrong(kind, data) from None


def _lapse(data: object) -> dt.timedelta:
    if type(data) not in (int, float):
        raise _wrong(dt.timedelta, data)
    try:
        return dt.timedelta(seconds=data)  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        raise _wrong(dt.timedelta, data) from None


def _member(kind: type[enum.Enum], data: object) -> enum.Enum:
    try:
        return kind(data)
    except ValueError:
        raise _wrong(kind, data) from None


def _literal(values: tuple[Any, ...]) -> _Coder:
    def unpack(data: object) -> object:
        if data not in values:
            raise _wrong(values, data)
        return data

    return _Coder(lambda value: value in values, None, unpack)


def _union(hints: tuple[Any, ...]) -> _Coder:
    """Of one type and None: that type or null. Of several: a pair of the type's name and the value."""
    coders = {_name(hint): _coder(hint) for hint in hints if hint is not types.NoneType}
    empty = len(coders) < len(hints)

    def fits(value: object) -> bool:
        return (empty and value is None) or any(coder.fits(value) for coder in coders.values())

    if len(coders) == 1:
        (coder,) = coders.values()
        if not empty:
            return coder
        return _Coder(
            fits,
            coder.pack and (lambda value: None if value is None else coder.pack(value)),  # type: ignore[misc]
            lambda data: None if data is None else _turned(coder.unpack, data),
        )

    def pack(value: object) -> Any:  # noqa: ANN401 - JSON
        if empty and value is None:
            return None
        name, coder = next((each for each in coders.items() if each[1].fits(value)), (None, None))
        if coder is None:
            raise TypeError(f"{type(value).__name__} is none of {', '.join(coders)}")
        return [name, _turned(coder.pack, value)]

    def unpack(data: object) -> Any:  # noqa: ANN401 - one of the types
        if empty and data is None:
            return None
        name, packed = data if isinstance(data, list) and len(data) == 2 else (None, None)
        if not isinstance(name, str) or name not in coders:
            raise _wrong(" | ".join(coders), data)
        return _turned(coders[name].unpack, packed)

    return _Coder(fits, pack, unpack)


def _name(hint: object) -> str:
    return hint.__name__ if isinstance(hint, type) else str(hint)


def _tuple(hints: tuple[Any, ...]) -> _Coder:
    endless = len(hints) == 2 and hints[1] is Ellipsis
    coders = [_coder(hint) for hint in (hints[:1] if endless else hints)]
    types_of = tuple(hints) if not endless and all(hint in _PLAIN for hint in hints) else None
    one = hints[0] if endless and hints[0] in _PLAIN else None

    def several(values: Any) -> list[_Coder]:  # noqa: ANN401 - a tuple or a list
        return coders * len(values) if endless else coders

    def pack(values: tuple[Any, ...]) -> list[Any]:
        return [_turned(coder.pack, value) for coder, value in zip(several(values), values, strict=True)]

    def unpack(data: object) -> tuple[Any, ...]:
        if not isinstance(data, list) or not (endless or len(data) == len(coders)):
            raise _wrong(tuple, data)
        if types_of == tuple(map(type, data)) or (one is not None and {one}.issuperset(map(type, data))):
            return tuple(data)
        return tuple(_turned(coder.unpack, each) for coder, each in zip(several(data), data, strict=True))

    plain = one is not None or types_of is not None
    return _Coder(lambda value: type(value) is tuple, None if plain else pack, unpack)


def _mapping(hint: Any) -> _Coder:  # noqa: ANN401 - a type as written
    coder = _coder(hint)

    def pack(value: Mapping[str, Any]) -> dict[str, Any]:
        turn = coder.pack
        return dict(value) if turn is None else {key: turn(each) for key, each in value.items()}

    def unpack(data: object) -> dict[str, Any]:
        if not isinstance(data, dict):
            raise _wrong(dict, data)
        if not data or (hint in _PLAIN and {hint}.issuperset(map(type, data.values()))):
            return data
        return {key: _turned(coder.unpack, each) for key, each in data.items()}

    return _Coder(lambda value: isinstance(value, Mapping), pack, unpack)


def _dataclass(kind: Any) -> _Coder:  # noqa: ANN401 - a dataclass
    """The coder of a dataclass; thousands of one kind cross at a time, so plain ones are judged together."""
    hints = typing.get_type_hints(kind, {**_KNOWN, **vars(sys.modules[kind.__module__])})
    fields = [each for each in dataclasses.fields(kind) if each.init]
    names = [each.name for each in fields]
    by_name = any(each.kw_only for each in fields)
    seen: set[tuple[type, ...]] = set()

    @functools.cache  # not at once: a class may hold others of its kind
    def turns() -> tuple[_Turns, _Turns, _Turns]:
        """By place: what packs, what unpacks, and what need not unpack where these types were seen before."""
        coders = [(at, hints[name], _coder(hints[name])) for at, name in enumerate(names)]
        packing = [(at, coder.pack) for at, _hint, coder in coders if coder.pack]
        plain = [(at, coder.unpack) for at, hint, coder in coders if coder.unpack and _is_plain(hint)]
        rest = [(at, coder.unpack) for at, hint, coder in coders if coder.unpack and not _is_plain(hint)]
        return packing, rest, plain

    def pack(value: object) -> list[Any]:
        values = [getattr(value, name) for name in names]
        for at, turn in turns()[0]:
            values[at] = turn(values[at])
        return values

    def unpack(data: object) -> object:
        if not isinstance(data, list) or len(data) != len(names):
            raise _wrong(kind, data)
        _packing, rest, plain = turns()
        values = list(data)
        shape = tuple(map(type, data))
        for at, turn in rest if shape in seen else (*plain, *rest):
            values[at] = turn(values[at])
        seen.add(shape)
        return kind(**dict(zip(names, values, strict=True))) if by_name else kind(*values)

    return _Coder(lambda value: type(value) is kind, pack, unpack)


def _is_plain(hint: Any) -> bool:  # noqa: ANN401 - a type as written
    """Whether the type of a value alone says that it is right."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        several = [each for each in typing.get_args(hint) if each is not types.NoneType]
        return len(several) == 1 and several[0] in _PLAIN
    return hint in _PLAIN
