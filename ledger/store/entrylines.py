"""Lines of history to entries, many at a time (owner of msgspec).

What an entry is, and its one spelling, are settled in `domain.entry`; this only finds the same sooner.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NotRequired, TypedDict

from ledger.domain import entry
from ledger.errors import DamageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger.domain.entry import Entry
    from ledger.store.recordfile import RecordText


#: From so many records on, loading msgspec pays: 20 ms once against 75 µs a record.
MANY: Final = 300


class _Line(TypedDict):
    """The kinds of the values an entry's line holds."""

    at: str
    batch: str
    by: str
    do: str
    id: str
    on: str
    prev: list[str]
    data: NotRequired[dict[str, Any]]
    meeting: NotRequired[str]
    sees: NotRequired[str]
    set: NotRequired[dict[str, Any]]
    signer: NotRequired[str]
    target: NotRequired[str]
    was: NotRequired[dict[str, Any]]
    why: NotRequired[str]


def prepare() -> None:
    """Load what reads many lines now: once, before processes share the work."""
    _coders()


def entries_of(record: RecordText, *, many: bool = True) -> tuple[tuple[Entry | None, ...], bool]:
    """The entries of a record, None for a line that is none; and whether all stand in their one spelling.

    Shape: False means that this is not known, as always when there are not `many` records.
    """
    if not (many and record.plain):
        return tuple(_slowly(line) for line in record.lines), False
    read = [_quickly(line) for line in record.lines]
    return tuple(each or _slowly(line) for each, line in zip(read, record.lines, strict=True)), all(read)


def _slowly(line: str) -> Entry | None:
    try:
        return entry.parse(line)
    except DamageError:
        return None


def _quickly(line: str) -> Entry | None:
    """The entry of a line of harmless characters that stands in its one spelling; else nothing."""
    decode, encode, errors = _coders()
    try:
        values = decode(line)
        if encode(values).replace(b"'", b"\\u0027") != line.encode():
            return None
        return entry.entry_of(values, line)
    except errors:
        return None


class _Coders(NamedTuple):
    """What reads a line, what writes it with its keys in order, and the errors both may end in."""

    decode: Callable[[str], _Line]
    encode: Callable[[object], bytes]
    errors: tuple[type[Exception], ...]


@lru_cache(maxsize=1)
def _coders() -> _Coders:
    from msgspec import MsgspecError
    from msgspec.json import Decoder, Encoder

    encode = Encoder(order="deterministic").encode
    return _Coders(
        Decoder(_Line, float_hook=_refuse).decode, encode, (MsgspecError, ValueError, RecursionError)
    )


def _refuse(number: str) -> float:
    raise ValueError(number)
