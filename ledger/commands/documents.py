"""The ledger for other programs."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import Annotated

import typer

from ledger import __version__
from ledger.commands import deeds, options
from ledger.commands.named import Named
from ledger.commands.options import Output, Raw
from ledger.commands.output import STDOUT, put
from ledger.domain.issue import Issue
from ledger.errors import UsageError
from ledger.reports.basis import Basis
from ledger.store.book import Book
from ledger.ui import console
from ledger.usecases import reading


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reading command is about: the ledger, its issues as asked for, and the day."""

    book: Book
    issues: tuple[Issue, ...]
    basis: Basis

    def about(self, form: str) -> dict[str, object]:
        """What the answer says first of an export written in that form."""
        return {"ledger": self.book.name, "as_of": self.basis.as_of, "format": form}


def asked() -> Asked:
    """The issues of the ledger meant, as they are or as they were.

    Raises:
        NotFoundError: no workspace, no ledger of that name, or a commit git does not know.
        UsageError: several ledgers and none named, or `--known-at` is no time.
    """
    session = options.session()
    book = deeds.opened()
    known_at = None
    if session.known_at is not None:
        known_at = reading.moment(session.known_at, book.workspace.root, options.now())
    issues = reading.issues_of(book, as_of=session.as_of, known_at=known_at)
    return Asked(book, issues, Basis(book.name, book.settings, options.as_of(), known_at, __version__))


SPLIT = Named({"unit": ""})
EXPORT = Named({"json": "", "csv": "", "xlsx": ""})


def export(
    form: Annotated[
        str | None,
        typer.Argument(
            metavar="FORMAT",
            click_type=EXPORT,
            help="json, csv or xlsx; else the ending of the file says it.",
        ),
    ] = None,
    output: Output = None,
    raw: Raw = False,
    split: Annotated[
        str | None,
        typer.Option(
            "--split",
            metavar="BY",
            click_type=SPLIT,
            help="unit: one workbook for each unit, in the folder of -o, to be filled in and taken back.",
        ),
    ] = None,
    period: Annotated[
        str, typer.Option("--period", metavar="MONTH", help="The month reported on; else that of the day.")
    ] = "",
) -> None:
    """Write the whole ledger as JSON, CSV or a workbook.

    json has every field of every issue and measure, with sign-offs, notes and evidence, as codes. csv has a
    row for each measure, with headings in the language of the ledger, and opens in a spreadsheet program.
    xlsx is ready to print and to fill in, and import takes it back. With --split unit every unit gets
    its own, with a column for the month's progress.

    Examples:
        ledger export json -o ledger.json
        ledger export csv --as-of 2025-06-30
        ledger export xlsx -o ledger.xlsx
        ledger export --split unit --period 2025-06 -o june
    """
    from ledger.commands import sending
    from ledger.reports import export as exporting

    form = form or ("xlsx" if split else "" if output is None else output.suffix[1:].lower())
    if form not in EXPORT.offered:
        message = (
            _("the ledger cannot be exported as {form}").format(form=form)
            if form
            else _("it is not said what to export the ledger as")
        )
        raise UsageError(message, _("there are: {forms}").format(forms=", ".join(EXPORT.offered)))
    if split is not None and (split not in SPLIT.offered or form != "xlsx"):
        message = _("{form} is not split by {by}").format(form=form, by=split)
        raise UsageError(message, _("say: ledger export xlsx --split unit -o FOLDER"))
    found = asked()
    if form == "xlsx":
        write = sending.split if split else sending.whole
        write(found, output, sending.month(period, found.basis.as_of))
        return
    if form == "csv":
        data = exporting.as_csv(found.issues, found.basis, raw=raw).encode()
        put(data, output, "export", found.about(form))
        return
    payload = exporting.as_json(found.issues, found.basis)
    if output in (None, STDOUT):
        console.document(payload.pop("schema"), payload)
        return
    put(exporting.json_text(payload).encode(), output, "export", found.about(form))
