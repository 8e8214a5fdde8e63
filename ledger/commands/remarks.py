"""What was remarked on a received document, and where something stands in it, for a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from gettext import gettext as _

from ledger.ui import console


def where(sheet: str | None, line: int) -> str:
    """Where something stands in a document."""
    return places()(sheet, line)


def places() -> Callable[[str | None, int], str]:
    """How to say where things stand, for thousands of them: the words are looked up once."""
    row, of_text = _("{sheet}, row {line}"), _("line {line}")
    return lambda sheet, line: (row if sheet else of_text).format(sheet=sheet, line=line)


def warn(remarks: Iterable[tuple[int | None, str]]) -> None:
    """Say what was remarked, each with its line where it has one, beside what is shown."""
    place = _("line {line}: {message}")
    for line, message in remarks:
        console.warn((place if line else "{message}").format(line=line, message=message))
