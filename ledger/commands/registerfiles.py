"""A register as a file, and a received list into a register."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Annotated, Final

import typer

from ledger import language
from ledger.commands import deeds, looking, receivedlists
from ledger.commands.named import Named
from ledger.commands.options import DryRun, On, Output, Raw, Yes
from ledger.commands.output import STDOUT, put
from ledger.commands.receivedlists import Columns, File
from ledger.commands.registers import Filters, InPeriod, chosen, question
from ledger.commands.registertree import meant
from ledger.commands.registerwords import Words
from ledger.domain.declaration import Declaration
from ledger.domain.entered import Entered
from ledger.errors import UsageError
from ledger.intake.plainrows import PlainSheets
from ledger.reports import build_registersheet
from ledger.reports.build_registersheet import Rows
from ledger.reports.export import csv_text
from ledger.reports.workbooks import writing
from ledger.ui import ask, console
from ledger.ui.console import Column
from ledger.usecases import registercolumns, registerimport
from ledger.usecases.registercolumns import Listed
from ledger.usecases.registerimport import Source
from ledger.usecases.registerlinks import ids_in

_FORM = Named({"csv": "", "xlsx": ""})
#: So many rows of a received list are shown before it is entered.
_SHOWN: Final = 5


def import_rows(
    file: File,
    columns: Columns = None,
    on: On = None,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Enter a received list.

    Columns are known by the names and labels of the fields; others are left out, and named. A row that says
    what a record says is that record, so the same file again adds nothing; a row that `export` wrote changes
    its record where it says something else. When a cell is not understood nothing is entered.

    Examples:
        ledger register regulations import regulations.csv
        ledger register visits import visits.csv --map where=unit --dry-run
    """
    declaration = meant()
    said = registercolumns.spoken_map(declaration, columns or ())
    received, digest = receivedlists.received(file)
    found = registercolumns.listed(declaration, received, said)
    if not console.wants_json():
        _say(declaration, received, found)
    desk = deeds.desk(on, dry_run=dry_run)
    if ask.possible() and not (yes or dry_run):
        _preview(found)
        count = len(found.rows)
        words = ngettext("Enter {count} row into {register}?", "Enter {count} rows into {register}?", count)
        if not ask.agreed(words.format(count=count, register=declaration.label.said(language.current()))):
            return
    name = "-" if file == "-" else Path(file).name
    outcome = registerimport.import_rows(desk, declaration, found, Source(name, digest))
    done = outcome.value
    values = {
        "added": done.added,
        "edited": done.changed,
        "same": done.same,
        "columns": receivedlists.columns(found),
        "left_out": found.left_out,
        "remarks": [
            {"code": each.code, "message": each.message, "line": each.line} for each in received.remarks
        ],
    }
    if deeds.told("register-import", desk, outcome, **values):
        return
    console.say(
        _("entered: {added}; changed: {changed}; there already: {same}").format(
            added=len(done.added), changed=len(done.changed), same=done.same
        )
    )
    if done.added:
        console.next_step(f"ledger register {declaration.kind} list", "ledger undo")


def _say(declaration: Declaration, received: PlainSheets, found: Listed) -> None:
    spoken = language.current()
    names = {name: each.label.said(spoken) for name, each in declaration.fields.items()}
    receivedlists.say(received, found, names)
    if found.totals:
        console.tell(_("rows that add up others, left out: {count}").format(count=found.totals))


def _preview(found: Listed) -> None:
    fields = [each for each in found.columns if each.field != registercolumns.UID]
    rows = [[row.given.get(each.field, "") for each in fields] for row in found.rows[:_SHOWN]]
    console.rows([Column(each.heading) for each in fields], rows)


def export(
    words: Filters = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            click_type=_FORM,
            help="csv or xlsx; else the ending of the file says it.",
        ),
    ] = None,
    period: InPeriod = "",
    output: Output = None,
    raw: Raw = False,
) -> None:
    """Write the records of a register as CSV or a workbook, for people; `import` takes it back.

    Examples:
        ledger register meetings export -o meetings.csv
        ledger register meetings export --period 2025 -o meetings.xlsx
        ledger register meetings export type=推进会 --format csv
    """
    seen, declaration = looking.sight(), meant()
    form = form or ("csv" if output in (None, STDOUT) else output.suffix[1:].lower())
    if not form:
        message = _("{file} does not say in which format").format(file=output)
        raise UsageError(message, _("let it end in .csv or .xlsx, or say --format"))
    if form not in _FORM.offered:
        message = _("a register cannot be exported as {form}").format(form=form)
        raise UsageError(message, _("there are: {forms}").format(forms=", ".join(_FORM.offered)))
    if form == "xlsx" and output in (None, STDOUT):
        raise UsageError(_("a workbook needs a file"), _("name it with -o, such as -o ledger.xlsx"))
    records, _total = chosen(seen, declaration, question(seen, declaration, words, period))
    with language.speaking(seen.book.settings.language or language.current()):
        rows = _rows(Words(declaration, ids_in(seen.book, declaration, records)), declaration, records)
        if form == "csv":
            data = csv_text([rows.headings, *rows.rows], raw=raw).encode()
        else:
            title = declaration.label.said(language.current())
            data = writing.write(build_registersheet.build(declaration, rows, title=title, day=seen.day))
    about = {"ledger": seen.book.name, "as_of": seen.day, "register": declaration.kind, "format": form}
    put(data, output, "register-export", {**about, "rows": len(records)})


def _rows(words: Words, declaration: Declaration, records: list[Entered]) -> Rows:
    names = list(declaration.fields)
    return Rows(
        [_("no."), *(words.heading(name) for name in names), registercolumns.UID],
        [(each.id, *(words.sheet_cell(name, each) for name in names), each.uid) for each in records],
    )
