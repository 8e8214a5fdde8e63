"""Help pages that line up on a screen where 中文 takes two columns a character."""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import TYPE_CHECKING, Final

import click

from ledger.domain.text import width as columns_of
from ledger.ui import console
from ledger.ui.table import pad, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: No line of help is longer, however wide the terminal: long lines are hard to read.
WIDEST: Final = 100
#: The first column of a list of options is at most this share of the page.
FIRST_COLUMN: Final = 0.45
#: Lines that stand for themselves: indented, or points of a list.
KEPT: Final = r"\s|[-*] "
#: The line after which a docstring gives examples, in the languages it is written in.
EXAMPLES: Final = ("Examples:", "示例:", "示例：")


class Page(click.HelpFormatter):
    """click's page of help, measured in columns of the screen."""

    def __init__(
        self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None
    ) -> None:
        """Take the width of the terminal."""
        super().__init__(indent_increment, width=width or min(console.width(), WIDEST))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How the command is written."""
        head = f"{_('Usage:') if prefix is None else prefix.rstrip()} {prog} "
        indent = columns_of(head)
        if indent > self.width // 2:
            self._lines(wrap(head.rstrip(), self.width))
            indent = 4
            head = " " * indent
        first, *rest = wrap(args, max(self.width - indent, 1))
        self._lines([head + first, *(" " * indent + line for line in rest)])

    def write_text(self, text: str) -> None:
        """Paragraphs, filled anew; indented lines and points of a list stay lines."""
        room = max(self.width - self.current_indent, 1)
        blank = " " * self.current_indent
        for place, paragraph in enumerate(paragraphs(text)):
            if place:
                self.write("\n")
            for line in paragraph:
                self._lines(blank + each for each in wrap(line, room))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Terms and what they mean, in two columns."""
        widest = max(columns_of(term) for term, _meaning in rows)
        first = min(widest, col_max, int(self.width * FIRST_COLUMN))
        blank = " " * self.current_indent
        room = max(self.width - self.current_indent - first - col_spacing, 1)
        for term, meaning in rows:
            lines = wrap(meaning, room) if meaning else [""]
            if columns_of(term) > first:
                self._lines(blank + line for line in wrap(term, max(self.width - self.current_indent, 1)))
            else:
                self._lines([blank + pad(term, first + col_spacing) + lines.pop(0)])
            self._lines(blank + " " * (first + col_spacing) + line for line in lines)

    def _lines(self, lines: Iterator[str] | Sequence[str]) -> None:
        for line in lines:
            self.write(line.rstrip() + "\n")


class Context(click.Context):
    """click's context with our pages."""

    formatter_class = Page


def paragraphs(text: str) -> Iterator[list[str]]:
    """The paragraphs of `text`, each as the lines that may be filled one by one."""
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        lines: list[str] = []
        for line in block.splitlines():
            if lines and not re.match(KEPT, line):
                lines[-1] = joined(lines[-1], line)
            else:
                lines.append(line.rstrip())
        yield lines


def joined(first: str, second: str) -> str:
    """Two lines as one: with a blank between them, unless one of them is Chinese there."""
    chinese = columns_of(first[-1:]) == 2 or columns_of(second[:1]) == 2
    return first + ("" if chinese else " ") + second


def parts(text: str) -> tuple[str, list[str]]:
    """A docstring as its prose and the lines of its examples, without their indent."""
    lines = text.splitlines()
    for place, line in enumerate(lines):
        if line in EXAMPLES:
            examples = [each.removeprefix("    ") for each in lines[place + 1 :]]
            return "\n".join(lines[:place]), examples
    return text, []
