"""``report --form``: a report written into a superior's workbook or an office's own Word form."""

from __future__ import annotations

import sys
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger.errors import RefusedError, UsageError
from ledger.ui import ask

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.reports.views import Report
    from ledger.usecases.sight import Sight


class Filling(NamedTuple):
    """The form to be filled.

    Shape: `map` is the name of the map of a workbook, empty for that of the form; `trusted` says that the
        person agrees to run a Word form.
    """

    path: Path
    map: str = ""
    trusted: bool = False

    def form_of(self, output: Path | None, asked: str | None) -> str:
        """The format that comes out, where that is what the command line asks for too.

        Raises:
            UsageError: it is not, or the form is none that can be filled.
        """
        from ledger.intake import reading  # most reports are made without a form

        ending = asked or ("" if output is None else output.suffix.lower().removeprefix("."))
        if ending not in ("", self.format):
            message = _("{file} is filled in as {form}, not as {other}")
            shown = reading.shown(self.path)
            raise UsageError(
                message.format(file=shown, form=self.format, other=ending),
                _("name a file with -o, such as -o report.{form}").format(form=self.format),
            )
        return self.format

    @property
    def format(self) -> str:
        """What comes out: xlsx or docx.

        Raises:
            UsageError: the form is neither.
        """
        from ledger.intake import reading

        ending = self.path.suffix.lower().removeprefix(".")
        if ending not in ("xlsx", "docx"):
            message = _("{file} is no form that can be filled").format(file=reading.shown(self.path))
            raise UsageError(message, _("a form is an .xlsx workbook or a .docx file"))
        return ending


def wanted(path: Path | None, cell_map: str, *, trusted: bool) -> Filling | None:
    """What the command line says of a form; None where it names none.

    Raises:
        UsageError: it says something of a form and names none.
    """
    if path is not None:
        return Filling(path, cell_map, trusted)
    if cell_map or trusted:
        option = "--map" if cell_map else "--trust-form"
        message = _("{option} says something of a form, and none is named").format(option=option)
        raise UsageError(message, _("name it with --form FILE"))
    return None


def filled(sight: Sight, report: Report, wanted: Filling) -> bytes:
    """The form with what the report says.

    Raises:
        RefusedError: nobody agreed to run the Word form, or what fills it is not installed.
        NotFoundError: there is no such file, map or sheet.
        RejectedInputError: the form cannot be read or filled.
    """
    from ledger.intake import reading
    from ledger.usecases import officeforms  # few forms are filled in, and that takes much

    if wanted.format == "docx":
        officeforms.require_extra()
    form = reading.receive(wanted.path, stdin=sys.stdin.buffer)
    if wanted.format == "xlsx":
        return officeforms.filled_workbook(sight, report, form, wanted.map or wanted.path.stem)
    if not officeforms.is_trusted(sight.book, form):
        _agree(wanted, form.shown)
        officeforms.trust(sight.book, form)
    return officeforms.filled_document(sight, report, form)


def _agree(wanted: Filling, shown: str) -> None:
    """Have a person agree to run the form, unless the command line says so.

    Raises:
        RefusedError: nobody does.
    """
    question = _("A Word form is a program that runs here, shut in. Do you know who made {file}, and run it?")
    agreed = wanted.trusted or (ask.possible() and ask.confirm(question.format(file=shown)))
    if not agreed:
        message = _("{file} was not run: nobody agreed to it").format(file=shown)
        raise RefusedError(
            message, _("if you know who made it, add --trust-form; this is asked once for a file")
        )
