"""What was remarked on a received document, and where something stands in it, for a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from gettext import gettext as _

from ledger.intake.proposal import Remark
from ledger.ui import console


def where(sheet: str | None, line: int) -> str:
    """Where something stands in a document."""
    return places()(sheet, line)


def places() -> Callable[[str | None, int], str]:
    """How to say where things stand, for thousands of them: the words are looked up once."""
    row, of_text = _("{sheet}, row {line}"), _("line {line}")
    return lambda sheet, line: (row if sheet else of_text).format(sheet=sheet, line=line)


def warn(remarks: Iterable[Remark]) -> None:
    """Say what was remarked beside what is shown."""
    place = _("line {line}: {message}")
    for each in remarks:
        console.warn((place if each.line else "{message}").format(line=each.line, message=each.message))
