"""A report written into a form that somebody else made: a superior's workbook or an office's Word file.

A workbook says nothing but what its map puts into it. A Word form is a template, and so a program: it is run
only where somebody agreed to that very file.
"""

from __future__ import annotations

import base64
from gettext import gettext as _
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from ledger.errors import RefusedError
from ledger.intake import guarded
from ledger.intake.formats.cellform import Filled
from ledger.intake.formats.wordform import Document
from ledger.reports import cellforms, leaks, wordforms
from ledger.reports.archive import packed, unpacked
from ledger.store import cellmaps, files, trustedforms
from ledger.usecases import reporting

if TYPE_CHECKING:
    from ledger.intake.reading import Received
    from ledger.reports.views import Report
    from ledger.store.book import Book
    from ledger.usecases.sight import Sight

#: What is installed for Word forms.
EXTRA: Final = "pip install 'taizhang[office-forms]'"


def filled_workbook(sight: Sight, report: Report, form: Received, name: str) -> bytes:
    """The form with the cells filled in that the map `name` speaks of; everything else stays as it is.

    Raises:
        NotFoundError: there is no such map, or the form has not that sheet.
        DamageError: the map is none.
        RejectedInputError: the form cannot be read, a cell cannot be filled, or the report has no such value.
        RefusedError: it is to leave the office, and something protected stands in it.
    """
    entries = cellforms.entries(report, cellmaps.read(sight.book.folder, name))
    answer = guarded.ask("fill", form, answers=(Filled,), arguments={"entries": entries})
    changed = {part: text.encode() for part, text in answer.parts}
    return _released(sight, report, packed({**unpacked(form.data), **changed}))


def is_trusted(book: Book, form: Received) -> bool:
    """Whether somebody here agreed to run this very file."""
    return trustedforms.trusted(book.workspace.state, files.digest(form.data))


def trust(book: Book, form: Received) -> None:
    """Remember that somebody agreed to run this very file.

    Raises:
        LockedError: another command is writing.
    """
    trustedforms.trust(book.workspace.state, files.digest(form.data))


def require_extra() -> None:
    """Refuse Word forms where what fills them is not installed.

    Raises:
        RefusedError: it is not.
    """
    if find_spec("docxtpl") is None:
        message = _("Word forms need docxtpl, which is not installed")
        raise RefusedError(message, _("install it with: {command}").format(command=EXTRA))


def filled_document(sight: Sight, report: Report, form: Received) -> bytes:
    """The Word form filled in with the values of the report; the same bytes each time.

    Raises:
        RejectedInputError: the form cannot be read or filled.
        RefusedError: it is to leave the office, and something protected stands in it.
    """
    answer = guarded.ask(
        "word_form", form, answers=(Document,), arguments={"values": wordforms.values(report)}
    )
    return _released(sight, report, packed(unpacked(base64.b64decode(answer.data))))


def _released(sight: Sight, report: Report, data: bytes) -> bytes:
    reporting.released(sight, report, leaks.pieces(data))
    return data
