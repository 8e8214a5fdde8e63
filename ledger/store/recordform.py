"""The one form in which a record stands in its file (owner of tomli-w)."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.domain.text import SENTENCE_ENDS, sentences

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

#: What closes a record: one line of history after the other, each a literal string.
HISTORY: Final = "[history]\nentries = [\n"

#: How far a line of history stands in, and what is around it.
ENTRY_OPENS: Final = "  '"
ENTRY_CLOSES: Final = "',"

#: Text that holds one of these before its last character may be more than one sentence.
_MAY_BE_LONG: Final = re.compile(f"[{re.escape(SENTENCE_ENDS)}].")

#: What a TOML basic string cannot show as it is. Source: TOML 1.0.0, "String"; as tomli-w writes it.
_SPECIAL: Final = re.compile('["\\\\\x00-\x08\x0a-\x1f\x7f]')
_SHORT: Final = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\n": "\\n", "\f": "\\f", "\r": "\\r"}

#: What a backslash at the end of a line swallows when the next line begins with it. Source: TOML 1.0.0.
_SWALLOWED: Final = " \t\n"

#: A line of text that git would take for a conflict marker; nothing of ours may begin like one.
_MARKER: Final = re.compile(r"^(?=<{7}|={7}|>{7}|\|{7}).", re.MULTILINE)
#: Those among the markers that nobody writes into a text.
SURE: Final = ("<<<<<<<", ">>>>>>>")


#: Stands in the order of fields where those go that it does not name.
OTHERS: Final = "*"


class Form(NamedTuple):
    """The order in which a kind of record shows what it has.

    Shape: `fields` is the whole top, from `format` to `head`; `tables` are the record's own lists of
    rows, before the parts; `part` names the list of parts, `part_tables` the lists of rows that
    close each; `rows` gives the order of keys inside such a list, by its name. What is not
    named follows, or stands in the place of `OTHERS`, sorted, so that equal documents give equal bytes.

    Source: docs/contract.md §2.
    """

    fields: tuple[str, ...]
    tables: tuple[str, ...] = ()
    part: str | None = None
    part_fields: tuple[str, ...] = ()
    part_tables: tuple[str, ...] = ()
    rows: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def render(document: Mapping[str, Any], lines: Sequence[str] | None, form: Form) -> str:
    """The text of a record: its fields, its parts, and one line for each entry of its history.

    Shape: `document` is what the record's TOML parses to, without its history; `lines` are the
    entries as they are hashed; None leaves the history out. Verifies nothing: see `checked`.
    """
    return "".join(_blocks(document, lines, form))


def _blocks(document: Mapping[str, Any], lines: Sequence[str] | None, form: Form) -> Iterator[str]:
    parts = (form.part,) if form.part is not None else ()
    tables = [name for name in (*form.tables, *parts) if _is_table(document.get(name))]
    yield _pairs(document, form.fields, tables)
    for name in tables:
        for row in document[name]:
            yield f"\n[[{name}]]\n"
            if name == form.part:
                yield from _part(row, name, form)
            else:
                yield _pairs(row, form.rows.get(name, ()), ())
    if lines is not None:
        yield "\n" + HISTORY
        for line in lines:
            yield f"{ENTRY_OPENS}{line}{ENTRY_CLOSES}\n"
        yield "]\n"


def _part(part: Mapping[str, Any], name: str, form: Form) -> Iterator[str]:
    tables = [table for table in form.part_tables if _is_table(part.get(table))]
    yield _pairs(part, form.part_fields, tables)
    for table in tables:
        for row in part[table]:
            yield f"\n[[{name}.{table}]]\n"
            yield _pairs(row, form.rows.get(table, ()), ())


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _pairs(table: Mapping[str, Any], order: Sequence[str], elsewhere: Collection[str]) -> str:
    """The keys of a table with their values, a line each; `elsewhere` names what is shown on its own."""
    from tomli_w import dumps

    shown: list[str] = []
    plain: dict[str, Any] = {}
    for key in _in_order(table, order):
        if key in elsewhere:
            continue
        ours = _ours(table[key])
        if ours is None:
            plain[key] = table[key]
            continue
        if plain:
            shown.append(dumps(plain))
            plain = {}
        shown.append(f"{_key(key)} = {ours}\n")
    shown.append(dumps(plain))
    return "".join(shown)


def pair(key: str, value: object) -> str:
    """A key with its value, as they stand in a file."""
    return _pairs({key: value}, (), ())


def _in_order(table: Mapping[str, Any], order: Sequence[str]) -> Iterable[str]:
    known = [key for key in order if key in table]
    if len(known) == len(table):
        return known
    before = order[: order.index(OTHERS)] if OTHERS in order else order
    place = sum(key in table for key in before)
    return [*known[:place], *sorted(table.keys() - set(known)), *known[place:]]


def _ours(value: object) -> str | None:
    """A value as we show it ourselves; nothing when tomli-w shows it as we want it."""
    if isinstance(value, str):
        if "\n" not in value and not _MAY_BE_LONG.search(value):
            return None
        lines = sentences(value)
        return _long(lines) if len(lines) > 1 or "\n" in value else None
    return _inline(value) if isinstance(value, (list, dict)) else None


@lru_cache(maxsize=256)
def _key(key: str) -> str:
    from tomli_w import dumps

    return dumps({key: 0}).removesuffix(" = 0\n")


def _inline(value: object) -> str:
    """A list or a table of values on one line: tomli-w would break it at 100 characters."""
    from tomli_w import dumps

    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, dict):
        pairs = ", ".join(f"{_key(key)} = {_inline(value[key])}" for key in sorted(value))
        return f"{{ {pairs} }}" if pairs else "{}"
    return dumps({"x": value}).removeprefix("x = ").removesuffix("\n")


def _long(lines: list[str]) -> str:
    """Text of several sentences or lines: one a line, so that a change shows where it is.

    Shape: no line but the first begins with blanks, unless the one before ends with a line feed.
    """
    ends = ["" if line.endswith("\n") else "\\\n" for line in lines[:-1]]
    body = "".join(_shown(line) + end for line, end in zip(lines, [*ends, ""], strict=True))
    if body[0] in _SWALLOWED:
        body = _spelt(body[0]) + body[1:]
    return f'"""\\\n{_MARKER.sub(_escape, body)}"""'


def _shown(line: str) -> str:
    return _SPECIAL.sub(_escape, line[:-1]) + "\n" if line.endswith("\n") else _SPECIAL.sub(_escape, line)


def _escape(found: re.Match[str]) -> str:
    return _spelt(found[0])


def _spelt(character: str) -> str:
    return _SHORT.get(character) or f"\\u{ord(character):04x}"
