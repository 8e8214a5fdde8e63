"""Text that a spreadsheet program would take for a formula, made harmless and taken back."""

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
