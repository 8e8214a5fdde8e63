"""Paragraphs of Word: no text of a field becomes markup, none is lost."""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import escape

from ledger.domain.text import width

_RUN: Final = "<w:r>"
#: Marks both scripts have, such as quotes and dashes, are set in the Chinese typeface.
#: Source: ECMA-376 part 1, §17.3.2.26 (rFonts, hint).
_CHINESE: Final = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
_BREAK: Final = "<w:r><w:br/></w:r>"


def paragraph(style: str, text: str, more: str = "") -> str:
    """A paragraph of one style; its lines stay lines.

    Shape: `more` are properties that go before those every style has.
    """
    return whole(style, runs(text), more)


def whole(style: str, inside: str, more: str = "") -> str:
    """A paragraph of runs that are there already."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{inside}</w:p>'


def runs(text: str) -> str:
    """A text as runs, one for each of its lines.

    Shape: `text` is as `told.printed` has it.
    """
    return _BREAK.join(_run(line) for line in text.split("\n")) if "\n" in text else _run(text)


def _run(line: str) -> str:
    if not line:
        return ""
    inside = "<w:tab/>".join(_text(part) if part else "" for part in line.split("\t"))
    return f"{_RUN}{inside}</w:r>"


def _text(part: str) -> str:
    return f'<w:t xml:space="preserve">{escape(part)}</w:t>'


def titled(text: str) -> str:
    """A title as one run; where one line is not enough, broken where it makes sense, the lines alike.

    Source: GB/T 9704-2012 §7.3.1 (lines that end with a whole word, arranged evenly).
    """
    places = [found.start() for found in _BETWEEN.finditer(text)] if width(text) > _LINE else []
    halves = [(text[:place], text[place:]) for place in places]
    fitting = [(one, two) for one, two in halves if max(width(one), width(two)) <= _LINE]
    if not fitting or "\n" in text or "\t" in text:
        return runs(text)
    one, two = min(fitting, key=lambda both: abs(width(both[0]) - width(both[1])))
    return f"{_RUN}{_text(one)}<w:br/>{_text(two)}</w:r>"


#: What a line of a title holds: 20 characters of 22 points. Units: half characters.
_LINE: Final = 40
#: Where a title may be broken: before 关于, after 的, a mark or a blank.
_BETWEEN: Final = re.compile(r"(?<=.)(?=关于)|(?<=[的、 ])(?=.)")


def in_language(body: str, language: str) -> str:
    """The text for readers of one language: no field can hold a run, so every run is ours."""
    return body.replace(_RUN, _CHINESE) if language == "zh" else body
