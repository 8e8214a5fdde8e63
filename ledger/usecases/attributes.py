"""What `.gitattributes` says of the files of a ledger, line by line; the last line that matches counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import PurePosixPath

#: Parts of a pattern that stand for more than themselves, the longest first. Source: gitignore(5).
_PARTS = {"**/": "(?:.*/)?", "/**": "/.*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_PART = re.compile(r"\*\*/|/\*\*|\*\*|\*|\?|\[[^\]/]+\]")


class Line(NamedTuple):
    """One line of a file of attributes.

    Shape: `folder` is the one the pattern is relative to; a value is True for `text`, False for `-text`,
        None for `!text`, else what stands behind the sign.
    """

    file: PurePosixPath
    number: int
    folder: PurePosixPath
    pattern: str
    values: Mapping[str, bool | str | None]

    def matches(self, path: PurePosixPath) -> bool:
        """Whether it speaks of a file."""
        if not path.is_relative_to(self.folder):
            return False
        inside = path.relative_to(self.folder)
        anchored = "/" in self.pattern.rstrip("/")
        wanted = str(inside) if anchored else inside.name
        return re.fullmatch(_expression(self.pattern.lstrip("/")), wanted) is not None


def lines(text: str, file: PurePosixPath, folder: PurePosixPath) -> list[Line]:
    """The lines of a file of attributes, without comments and macros."""
    found = []
    for number, row in enumerate(text.splitlines(), 1):
        words = row.split()
        if words and not words[0].startswith(("#", "[attr]", "!", '"')):
            found.append(Line(file, number, folder, words[0], dict(_values(words[1:]))))
    return found


def said(of: PurePosixPath, rows: Iterable[Line], name: str) -> bool | str | None:
    """The value of an attribute for a file; nothing when no line gives one. Shape: the weakest line first."""
    value: bool | str | None = None
    for row in rows:
        if name in row.values and row.matches(of):
            value = row.values[name]
    return value


def _values(words: Iterable[str]) -> Iterator[tuple[str, bool | str | None]]:
    for word in words:
        name, equals, value = word.partition("=")
        if equals:
            yield name, value
        elif word == "binary":  # git's own macro
            yield from (("text", False), ("merge", False), ("diff", False))
        elif word[0] in "-!":
            yield word[1:], False if word[0] == "-" else None
        else:
            yield word, True


def _expression(pattern: str) -> str:
    made, place = "", 0
    for found in _PART.finditer(pattern):
        part = found[0]
        made += re.escape(pattern[place : found.start()])
        made += _PARTS.get(part) or part.replace("[!", "[^")
        place = found.end()
    return made + re.escape(pattern[place:])
