"""Reports: the papers of the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from gettext import gettext as _
from pathlib import Path
from typing import Annotated

import typer

from ledger import __version__, reports
from ledger.commands import looking, reportfields, reportforms
from ledger.commands.named import Named
from ledger.commands.options import Output
from ledger.commands.output import STDOUT, put, refuse_screen
from ledger.errors import RefusedError
from ledger.reports import remarks
from ledger.reports.material import Wanted
from ledger.reports.reckoning import doubts
from ledger.reports.views import Report
from ledger.ui import console
from ledger.usecases import reporting

KIND = Named(reports.KINDS)
RATE = Named(
    {
        "issues_closed": "问题完成率",
        "issues_settled": "问题完成及长期推进率",
        "measures_closed": "措施完成率",
        "measures_settled": "措施完成及长期推进率",
        "issues_overdue": "问题逾期率",
        "measures_overdue": "措施逾期率",
    }
)
FORM = Named(dict.fromkeys(reports.formats("dossier"), ""))


def report(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            click_type=KIND,
            help="Which of them: status, notice, closeout and so on.",
            show_default=False,
        ),
    ],
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID...",
            help="What it is about, where it is not about everything.",
            show_default=False,
        ),
    ] = None,
    plan: Annotated[
        int | None,
        typer.Option("--plan", metavar="N", min=1, help="As this version of the plan was approved."),
    ] = None,
    period: Annotated[
        str,
        typer.Option(
            "--period", metavar="PERIOD", help="week, month, quarter, year, 2025-06, 2025-Q2 or 2025-W23."
        ),
    ] = "",
    rate: Annotated[
        str,
        typer.Option(
            "--rate",
            metavar="RATE",
            click_type=RATE,
            help="What units are ranked by, such as measures_closed.",
        ),
    ] = "",
    output: Output = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            click_type=FORM,
            help="md, html, docx or xlsx; else the ending of the file says it.",
        ),
    ] = None,
    profile: Annotated[
        str,
        typer.Option(
            "--redact",
            metavar="PROFILE",
            help="Leave out what must not leave the office: public, or a profile of ledger.toml.",
        ),
    ] = "",
    office_form: Annotated[
        Path | None,
        typer.Option("--form", metavar="FILE", help="Fill in this .xlsx or .docx form of somebody else."),
    ] = None,
    cell_map: Annotated[
        str,
        typer.Option("--map", metavar="NAME", help="The map in maps/ for an .xlsx form; else by its name."),
    ] = "",
    trust_form: Annotated[
        bool, typer.Option("--trust-form", help="Run a .docx form: I know who made it.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing while figures of the report do not agree.")
    ] = False,
    list_fields: Annotated[
        bool,
        typer.Option("--list-fields", help="Name the values a template, a form or a cell map can ask for."),
    ] = False,
) -> None:
    """Write a report, in the language of the ledger.

    status is the monthly table: counts and rates, what changed, what is late, what falls due. ranking puts
    units in order by one share. book is the whole ledger, lists are the three lists. notice is the public
    notice, progress the report upward: by results, with the office's own paragraphs from prose/. closeout and
    extension are forms to be signed, one a page. evidence is the catalogue of proofs, letter an official
    letter, lookback what a look-back found, register any other book, dossier all of a case in one archive.
    withheld lists what is kept from the public. The same ledger and day give the same bytes.

    Examples:
        ledger report status
        ledger report status --as-of 2025-06-30 -o 2025-06.xlsx
        ledger report lists --plan 1 -o lists.docx
        ledger report ranking --period month --rate measures_closed
        ledger report closeout 7.1 7.2 -o forms.docx
        ledger report notice --redact public -o notice.docx
        ledger report letter L3 -o letter.docx
        ledger report register meetings --period 2025
        ledger report dossier 7 -o 7.zip
        ledger report --list-fields status
    """
    named, which = ("", tuple(ids or ())) if kind != "register" else _named(ids or ())
    wanted = Wanted(kind, which, named, plan=plan, period=period, rate=rate, redact=profile)
    reports.check(wanted)
    filling = reportforms.wanted(office_form, cell_map, trusted=trust_form)
    if filling is not None:
        form = filling.form_of(output, form)
    sight = looking.sight()
    if list_fields:
        reportfields.show(sight.book.name, reporting.view(sight, wanted, __version__))
        return
    form = form_of(output, form, kind)
    if form == reports.ARCHIVE and not (output in (None, STDOUT) and console.wants_json()):
        from ledger.usecases import dossiers

        about = {"ledger": sight.book.name, "as_of": sight.day, "kind": kind, "format": form}
        put(dossiers.packed(sight, wanted, __version__), output, "report", about, text=False)
        return
    view = reporting.view(sight, wanted, __version__)
    for each in view.remarks:
        console.warn(remarks.told(each))
    _reckon(view, strict=strict)
    if output in (None, STDOUT) and console.wants_json():
        from ledger.reports import as_json

        document = {"ledger": sight.book.name, **reporting.payload(sight, view)}
        console.document(as_json.SCHEMA, document)
        return
    if filling is None:
        written = reporting.written(sight, view, form)
    else:
        from ledger.reports import leaks

        written = reportforms.filled(sight, view, filling)
        reporting.released(sight, view, leaks.pieces(written))
    about = {"ledger": sight.book.name, "as_of": view.stamp.as_of, "kind": kind, "format": form}
    put(written, output, "report", about, text=form in reports.TEXTS)


def _named(words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The register a report is of, which stands where others have ids, and what follows it."""
    return (words[0], tuple(words[1:])) if words else ("", ())


def _reckon(view: Report, *, strict: bool) -> None:
    """Say which figures of the report do not agree.

    Raises:
        RefusedError: some do not, and it is not to be written then.
    """
    found = [
        _("{words}: {arithmetic}").format(words=each.text, arithmetic=each.arithmetic)
        for each in doubts(view)
    ]
    for words in found:
        console.warn(_("the figures of the report do not agree: {words}").format(words=words))
    if found and strict:
        message = _("the report was not written, for its figures do not agree: {words}")
        hint = _("mend the text it comes from, or leave out --strict")
        raise RefusedError(message.format(words=found[0]), hint)


def form_of(output: Path | None, form: str | None = None, kind: str = "") -> str:
    """The format asked for, else what the name of the file asks for, else Markdown.

    Raises:
        UsageError: the kind has no such format, or a terminal cannot show it.
    """
    known = reports.formats(kind)
    form = form or _ending_of(output, known)
    if form not in known:
        raise reports.no_format(form)
    if form not in reports.TEXTS and not console.wants_json():
        refuse_screen(output, form)
    return form


def _ending_of(output: Path | None, known: Mapping[str, tuple[str, ...]]) -> str:
    ending = "" if output is None else output.suffix.lower()
    for form, endings in known.items():
        if ending in endings:
            return form
    return ending[1:] if ending[1:] in _OTHERS else next(iter(known))


#: Endings of formats that cannot be written, so that nobody finds Markdown in a file that says otherwise.
_OTHERS = frozenset({"doc", "pdf", "xls", "csv", "json", reports.ARCHIVE})
