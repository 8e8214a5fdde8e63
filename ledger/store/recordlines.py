"""Where things stand in the text of a TOML file: keys, tables, history, comments, conflict markers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.store.recordform import SURE

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The pieces of TOML that matter for knowing where one is. Source: TOML 1.0.0, "String", "Comment".
_PIECE: Final = re.compile(
    r'"""(?:[^\\"]++|\\.|"(?!""))*+"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*'"
    r"|(?P<comment>\#[^\n]*)"
    r"|(?P<break>\n)",
    re.DOTALL,
)

#: A line that opens a table or gives a key its value.
_TABLE: Final = re.compile(r"[ \t]*\[\[?[ \t]*([^\]\n]+?)[ \t]*\]")
_KEY: Final = re.compile(r"[ \t]*([A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')[ \t]*=")

#: What git leaves where two versions of a line clash.
_MARKER: Final = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?=[ \n]|\Z)", re.MULTILINE)


class Comment(NamedTuple):
    """A comment in a file.

    Units: `line` counts from 1.
    """

    line: int
    text: str


def line_at(text: str, position: int) -> int:
    """The number of the line that holds `position`, counted from 1."""
    return text.count("\n", 0, position) + 1


def comments(text: str) -> list[Comment]:
    """Every comment, wherever it stands, without its sign."""
    if "#" not in text:
        return []
    return [
        Comment(line_at(text, found.start()), found[0][1:].strip())
        for found in _PIECE.finditer(text)
        if found["comment"] is not None
    ]


def first_marker(text: str, *, valid: bool) -> int | None:
    """The line of the first conflict marker; nothing when there is none.

    Shape: in a file that parses (`valid`), a line of seven signs may be somebody's text, so only
    those count that nobody writes.
    """
    if valid and not any(sign in text for sign in SURE):
        return None
    for found in _MARKER.finditer(text):
        if not valid or found[0] in SURE:
            return line_at(text, found.start())
    return None


def of_key(text: str, key: str, *, part: str | None, index: int) -> int:
    """The line of a key at the top, or in the table of that index among `[[part]]`.

    Shape: where the key is absent, the line of its table; 1 at the top.
    """
    table, seen, fallback = "", -1, 1
    for start in _line_starts(text):
        opened = _TABLE.match(text, start)
        if opened:
            table = opened[1]
            seen += table == part
            if table == part and seen == index:
                fallback = line_at(text, start)
            continue
        named = _KEY.match(text, start)
        here = table == "" if part is None else table == part and seen == index
        if here and named and named[1].strip("\"'") == key:
            return line_at(text, start)
    return fallback


def part_at(text: str, line: int, part: str | None) -> int | None:
    """The index of the `[[part]]` a line stands in; nothing at the top and in the history.

    Shape: a comment right above the heading of a part belongs to that part.
    """
    rows = text.split("\n")
    while line < len(rows) and rows[line - 1].lstrip().startswith("#"):
        line += 1
    end = sum(len(row) + 1 for row in rows[: line - 1])
    index, inside = -1, False
    for start in _line_starts(text):
        if start > end:
            break
        opened = _TABLE.match(text, start)
        if opened:
            index += opened[1] == part
            inside = f"{opened[1]}.".startswith(f"{part}.")
    return index if inside else None


def of_entries(text: str) -> list[int]:
    """The lines on which the entries of the history begin, in order."""
    lines: list[int] = []
    for start in _line_starts(text):
        opened = _TABLE.match(text, start)
        if opened and opened[1] == "history":
            lines = [
                line_at(text, found.start())
                for found in _PIECE.finditer(text, opened.end())
                if found["comment"] is None and found["break"] is None
            ]
    return lines


def _line_starts(text: str) -> Iterator[int]:
    """Where lines begin that are not the inside of a string."""
    yield 0
    for found in _PIECE.finditer(text):
        if found["break"] is not None:
            yield found.end()
