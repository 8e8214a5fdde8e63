"""The office's own paragraphs of a notice: headings and paragraphs, with figures of the ledger put in.

A file of `prose/` is text: `# ` and `## ` begin headings, an empty line ends a paragraph, `{{ … }}` is a
figure. Everything else that Markdown knows is refused, so that nothing is printed as it was not meant.
"""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.text import excerpt
from ledger.errors import RejectedInputError
from ledger.reports import templates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The files a notice is made from, by what they are about; an import writes the same.
FILES: Final = ("preamble", "organisation", "next_steps", "contact")
#: A heading, and how deep it stands; deeper ones are refused.
_HEADING: Final = re.compile(r"(#{1,2})\s+(\S.*)")
#: What Markdown takes for something else than text, at the start of a line and inside one.
_MARKUP: Final = re.compile(
    r"(?:[-*+]\s|>|```|~~~|\||<[A-Za-z/!]|!\[|#|={3,}\s*$|-{3,}\s*$)|(?:.*?)(?:\*\*|\]\(|\{%|\{#)"
)
#: One figure: a name, or a call with names and texts in quotes.
_FIGURE: Final = re.compile(r"\{\{(?P<inside>.*?)\}\}")
_SIMPLE: Final = re.compile(r"""(?:[\w\s.,()=]|"[^"]*"|'[^']*')*""")


class Passage(NamedTuple):
    """A heading or a paragraph; `level` 1 or 2 for headings, 0 for a paragraph, `line` counts from 1."""

    level: int
    text: str
    line: int


def passages(text: str, place: str) -> tuple[Passage, ...]:
    """The headings and paragraphs of a file, in order; `place` is how messages call it.

    Raises:
        RejectedInputError: something in it is neither; file and line are named.
    """
    found: list[Passage] = []
    goes_on = False
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        heading = _HEADING.fullmatch(line)
        if not heading and _MARKUP.match(line):
            message = _("{place}:{line}: only headings (# and ##) and paragraphs stand in prose")
            hint = _("write it as plain text: {text}").format(text=excerpt(line))
            raise RejectedInputError(message.format(place=place, line=number), hint)
        if heading:
            found.append(Passage(len(heading[1]), heading[2], number))
        elif line and goes_on:
            before = found.pop()
            found.append(before._replace(text=f"{before.text}{_glue(before.text)}{line}"))
        elif line:
            found.append(Passage(0, line, number))
        goes_on = bool(line) and not heading
    return tuple(found)


def _glue(before: str) -> str:
    """What joins two lines of a paragraph: nothing behind a Chinese character."""
    return " " if before[-1].isascii() else ""


def filled(found: tuple[Passage, ...], values: Mapping[str, object], place: str) -> Iterator[Passage]:
    """The same with every figure put in.

    Raises:
        RejectedInputError: a figure is none, or its name is unknown; file and line are named.
    """
    for each in found:
        if "{{" not in each.text:
            yield each
            continue
        at = f"{place}:{each.line}"
        for figure in _FIGURE.finditer(each.text):
            if not _SIMPLE.fullmatch(figure["inside"]):
                message = _("{place}: {figure} is more than a name or a call").format(
                    place=at, figure=excerpt(figure[0])
                )
                raise RejectedInputError(message, _('write for instance {{ count("meetings") }}'))
        yield each._replace(text=templates.line(each.text, values, place=at))


def place(ledger: str, name: str) -> str:
    """How a file is called in messages, from the folder of the workspace."""
    return f"ledgers/{ledger}/prose/{name}.md"


#: How the number of a main heading is printed, in files an import wrote.
_NUMBER: Final = re.compile(r"[一二三四五六七八九十]{1,3}、\s*")
#: A heading is no sentence, and short. Units: characters.
_LONGEST: Final = 60


def is_title(passage: Passage) -> bool:
    """Whether it is the heading of the whole file: # …, or a line numbered as one of a notice (一、…)."""
    if passage.level:
        return passage.level == 1
    return (
        bool(_NUMBER.match(passage.text)) and len(passage.text) <= _LONGEST and passage.text[-1] not in "。；"
    )


def without_number(heading: str) -> str:
    """A heading without the number it had in another document: it is numbered here."""
    return _NUMBER.sub("", heading, count=1)
