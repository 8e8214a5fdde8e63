"""What spreadsheet programs make of a text, and what they call a column."""

from __future__ import annotations

import re

#: What begins a formula, in half and in full width, with any quotes already before it.
#: Source: OWASP "CSV Injection"; Excel reads the full-width forms like their twins.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def guarded(text: str) -> str:
    """The text with a quote before it when a spreadsheet would calculate it."""
    return "'" + text if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded; any other text as it is."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text


def letter(at: int) -> str:
    """What a spreadsheet calls the column with this index."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
