"""One line of history: what happened, when, by whom, and the hash that binds it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import unicodedata
from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

from ledger.domain.text import excerpt
from ledger.errors import DamageError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Put before the bytes of an entry, so that its hash can never be that of something else.
#: Source: domain separation as in RFC 6962 §2.1.
TAG = b"ledger-entry/1\0"

#: What a TOML literal string cannot hold, besides what JSON escapes itself.
_ESCAPED = re.compile("['\x7f-\x9f]")
_ALWAYS = ("at", "batch", "by", "do", "id", "on", "prev")
_TEXTS = ("at", "batch", "by", "do", "id", "on", "meeting", "sees", "signer", "target", "why")
_TABLES = ("set", "was", "data")


#: Who stands in a record when nobody said who they are; never of a sign-off.
#: Source: docs/contract.md §3, `--by`.
UNKNOWN: Final = "unknown"


class Entry(NamedTuple):
    """One recorded act on a record.

    Shape: `set` and `was` are relative to the whole record: fields by name, and under
        ``measures`` the changed fields of each measure by uid; None removes a field.
        Dates inside them are ISO text. `prev` holds the hashes of the entries before it:
        none for the first, two after a merge.
    """

    id: str
    batch: str
    do: str
    on: dt.date
    at: str
    by: str
    prev: tuple[str, ...]
    line: str
    hash: str
    signer: str | None = None
    meeting: str | None = None
    target: str | None = None
    why: str | None = None
    sees: str | None = None
    set: Mapping[str, Any] = MappingProxyType({})
    was: Mapping[str, Any] = MappingProxyType({})
    data: Mapping[str, Any] = MappingProxyType({})

    @property
    def instant(self) -> dt.datetime:
        """The moment it was recorded, with its offset."""
        return dt.datetime.fromisoformat(self.at)


def canonical(value: object) -> str:
    r"""The one spelling of `value` as JSON that fits a TOML literal string.

    Raises:
        DamageError: a float stands somewhere in it.

    Source: docs/contract.md §2 (sorted keys, NFC, no floats, `'` as \u0027).
    """
    return _spelled(_plain(value))


def is_canonical(line: str) -> bool:
    """Whether a line of history that can be read stands in its one spelling.

    Raises:
        DamageError: a float stands somewhere in it.
    """
    values = _strictly(line)
    if unicodedata.is_normalized("NFC", line):  # no part of NFC text is anything else (UAX #15)
        return _spelled(values) == line
    return canonical(values) == line  # a combining mark after an escape may make it look otherwise


def _spelled(plain: object) -> str:
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", _encode(plain))


def _refuse(number: str) -> NoReturn:
    raise DamageError(_("a history entry cannot hold {value}").format(value=number))


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
_strictly = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse).decode


def _plain(value: object) -> object:
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    raise DamageError(_("a history entry cannot hold {value}").format(value=repr(value)))


def digest(line: str) -> str:
    """The hash of an entry's line, in hexadecimal."""
    return hashlib.sha256(TAG + line.encode("utf-8")).hexdigest()


def parse(line: str) -> Entry:
    """The entry a line of history holds.

    Raises:
        DamageError: the line is not an entry.
    """
    try:
        raw = json.loads(line)
        entry = _entry(raw, line)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        message = _("a line of the history is not an entry: {line}").format(line=excerpt(line, 60))
        raise DamageError(message, _("take the file from git, or from a copy that is whole")) from error
    return entry


def _entry(raw: dict[str, Any], line: str) -> Entry:
    _fits(raw, line)
    return entry_of(raw, line)


def entry_of(raw: Mapping[str, Any], line: str) -> Entry:
    """The entry of a line whose values are known to be of the right kinds.

    A day that is none, or a moment that is none or has no offset, is a ValueError.
    """
    at, get = raw["at"], raw.get
    if dt.datetime.fromisoformat(at).tzinfo is None:
        raise ValueError(line)
    return Entry._make(
        (
            raw["id"],
            raw["batch"],
            raw["do"],
            dt.date.fromisoformat(raw["on"]),
            at,
            raw["by"],
            tuple(raw["prev"]),
            line,
            digest(line),
            get("signer"),
            get("meeting"),
            get("target"),
            get("why"),
            get("sees"),
            get("set", {}),
            get("was", {}),
            get("data", {}),
        )
    )


def _fits(raw: dict[str, Any], line: str) -> None:
    if not isinstance(raw["prev"], list):
        raise TypeError(line)
    for text in (*(raw[name] for name in _TEXTS if name in raw), *raw["prev"]):
        if not isinstance(text, str):
            raise TypeError(line)
    for name in _TABLES:
        if name in raw and not isinstance(raw[name], dict):
            raise TypeError(line)
    if "\\ud" in line or "\\uD" in line:  # half of a character, which no file can hold
        json.dumps(raw, ensure_ascii=False).encode()


def compose(parts: Mapping[str, Any]) -> Entry:
    """A new entry from its parts; what is empty is left out of its line.

    Shape: `parts` has the keys of an entry line; `on` may be a date and `at` a datetime.
    """
    kept = {key: value for key, value in parts.items() if key in _ALWAYS or value not in (None, "", {}, ())}
    return parse(canonical(kept))
