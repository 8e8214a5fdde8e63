r"""The quick reader: what a record's fields say, when they stand in the one form; nothing when they do not.

It knows what our own writer writes, and proves that the text is that. Whatever else stands in a file (other
spellings of TOML, unknown keys, another order) is for the TOML reader: there is no second opinion on it here.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.domain.text import SENTENCE_ENDS, sentences
from ledger.store.recordform import OTHERS, Form, pair
from ledger.store.toml import load

if TYPE_CHECKING:
    from collections.abc import Mapping

#: A character that a text shows as it is.
_PLAIN: Final = r'[^"\\\x00-\x08\x0a-\x1f\x7f]'
#: A text of one sentence, in which no other begins; a longer one is looked at more closely.
_SENTENCE: Final = (
    rf"""[^"\\\x00-\x08\x0a-\x1f\x7f{re.escape(SENTENCE_ENDS)}]*+[{re.escape(SENTENCE_ENDS)}]?"""
)

#: A key with its value: a text on one line, a date, a number, a text of several lines, a list of texts; or
#: anything else, in which case it is looked at whether we would write it so. At last, what is no such line.
#: Source: docs/contract.md §2; TOML 1.0.0.
_PAIR: Final = re.compile(
    rf"""([a-z0-9_]+)\ =\ (?:
        ("{_SENTENCE}")
      | ([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})
      | ([1-9][0-9]{{0,17}})
      | \"""\\\n(?![\ \t\n])((?:{_PLAIN}|\n|\\\n(?![\ \t\n]))++)\"""
      | \["({_PLAIN}*+(?:",\ "{_PLAIN}*+)*+)"\]
      | (\"""(?:[^"\\]|\\.|"(?!""))*+"{{3,5}}|[^\n]+)
    )\n|.""",
    re.VERBOSE | re.DOTALL,
)
#: So many bits have the letters of a key that is not named, the longest there is.
_LETTERS: Final = 40 * 8
#: A text that holds one of these might open a line with what git takes for a conflict marker.
_MARKERS: Final = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


class _Table(NamedTuple):
    """What may stand in a table: its keys with their places, and its own place among the lists of rows."""

    keys: Mapping[str, int]
    place: int = -1
    inside: bool = False


class _OtherFormError(Exception):
    """Something stands otherwise than we write it."""


class Reader:
    """Reads the fields of one kind of record."""

    def __init__(self, form: Form) -> None:
        """Take the form in which such records stand."""
        self._own = _keys(form.fields)
        self._tables = {
            name: _Table(_keys(form.rows.get(name, ())), place) for place, name in enumerate(form.tables)
        }
        self._part = form.part or ""
        if form.part:
            self._tables[form.part] = _Table(_keys(form.part_fields), len(form.tables))
            for place, name in enumerate(form.part_tables):
                self._tables[f"{form.part}.{name}"] = _Table(
                    _keys(form.rows.get(name, ())), place, inside=True
                )

    def read(self, text: str) -> dict[str, Any] | None:
        """What the text before a history says, when it is just what we would write; else nothing.

        Shape: the same as the TOML reader gives.
        """
        if any(marker in text for marker in _MARKERS):
            return None
        try:
            return self._document(text)
        except (_OtherFormError, ValueError, RecursionError, MemoryError):
            return None

    def _document(self, text: str) -> dict[str, Any]:
        first, *rest = text.split("\n[[")
        document = _pairs(first, self._own)
        part: dict[str, Any] | None = None
        last = last_inside = -1
        for block in rest:
            name, _closed, body = block.partition("]]\n")
            table = self._tables.get(name)
            if table is None:
                raise _OtherFormError
            row = _pairs(body, table.keys)
            if table.inside:
                if part is None or table.place < last_inside:
                    raise _OtherFormError
                part.setdefault(name.rpartition(".")[2], []).append(row)
                last_inside = table.place
                continue
            if table.place < last:
                raise _OtherFormError
            document.setdefault(name, []).append(row)
            last, last_inside = table.place, -1
            part = row if name == self._part else None
        return document


def _keys(names: tuple[str, ...]) -> dict[str, int]:
    if OTHERS in names:
        return _Open(names)
    return {name: place for place, name in enumerate(names)}


class _Open(dict[str, int]):
    """Places of keys where others may stand among those that are named, in the order of their letters."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__({name: place << _LETTERS for place, name in enumerate(names) if name != OTHERS})
        self._others = names.index(OTHERS) << _LETTERS

    def get(self, key: str, default: int = -1) -> int:  # type: ignore[override]
        """The place of a key; every key has one that is not too long."""
        found = super().get(key)
        if found is not None or len(key) * 8 > _LETTERS:
            return default if found is None else found
        return self._others + int.from_bytes(key.encode().ljust(_LETTERS // 8, b"\0"))


def _pairs(text: str, keys: Mapping[str, int]) -> dict[str, Any]:
    """The keys of a table with their values, every one in its place."""
    pairs: dict[str, Any] = {}
    last = -1
    for key, line, day, number, lines, listed, other in _PAIR.findall(text):
        place = keys.get(key, -1)
        if place <= last:  # as it is where no line was found, and no key
            raise _OtherFormError
        last = place
        if line:
            pairs[key] = line[1:-1]
        elif lines:
            pairs[key] = _long(lines)
        elif day:
            pairs[key] = dt.date.fromisoformat(day)
        elif number:
            pairs[key] = int(number)
        elif listed:
            pairs[key] = listed.split('", "')
        else:
            pairs[key] = _other(other)
    return pairs


def _long(shown: str) -> str:
    """A text of several sentences, one a line; with line feeds of its own it is looked at more closely."""
    value = shown.replace("\\\n", "")
    lines = shown.split("\\\n")
    if "\n" in value:
        value = _other(f'"""\\\n{shown}"""')
        return str(value)
    if len(lines) == 1 or lines != sentences(value):
        raise _OtherFormError
    return value


def _other(shown: str) -> Any:  # noqa: ANN401 - whatever a key may hold
    """Any value, read by the TOML reader and shown by our writer: it must stand just so."""
    line = f"x = {shown}\n"
    value = load(line)["x"]
    if pair("x", value) != line:
        raise _OtherFormError
    return value
