"""Another body's list held against the ledger (季度对账): as a page, as TSV, as JSON, as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from ledger.commands import looking
from ledger.commands.agenda import FOUND
from ledger.commands.importchoices import Map
from ledger.commands.options import ExitCode, Output
from ledger.commands.output import STDOUT, put
from ledger.commands.receiving import Understood, receive
from ledger.commands.remarks import warn, where
from ledger.domain.reconciliation import FIELDS, Difference, Line, Matched, Reconciliation, code_of
from ledger.domain.text import excerpt
from ledger.domain.words import listed
from ledger.errors import RejectedInputError, UsageError
from ledger.intake.proposal import Proposal
from ledger.ui import console, labels, page
from ledger.ui.console import Cell, Column, Toned
from ledger.ui.table import Tone
from ledger.usecases import reading, reconciling, sentlist
from ledger.usecases.reconciling import Wanted
from ledger.usecases.sight import Sight

#: What a pipe gets of each line.
TSV = ("found", "id", "n", "field", "ours", "theirs", "title", "line")
_EDGE = "  "


def compare(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Another body's list; - reads stdin.")],
    what: Annotated[
        Literal["issues", "measures"], typer.Option("--on", help="Compare issues, or measure by measure.")
    ] = "issues",
    by: Annotated[
        Literal["number", "title"] | None,
        typer.Option("--match-by", help="Match by number or by title alone; else by all that is alike."),
    ] = None,
    fields: Annotated[
        str,
        typer.Option(
            "--fields",
            metavar="FIELD,...",
            help="Compare only these: title, unit, leader, owner, due, status.",
            show_default=False,
        ),
    ] = "",
    column: Map = None,
    output: Output = None,
    exit_code: ExitCode = False,
) -> int | None:
    """Hold another body's list against the ledger; nothing is written to the ledger.

    Any file import reads will do. Shown is what only one of the two has, and where they differ. Issues are
    matched by their words, then by number, then by their measures. Deadlines are compared as dates, names
    with their aliases, statuses by what they say: "rectified" is also what a list without close-out says of
    what is closed. What the list does not say is not compared. -o FILE writes a workbook (.xlsx) or .csv.

    Examples:
        ledger compare theirs.xlsx
        ledger compare theirs.csv --fields unit,due,status -o differences.xlsx
        ledger compare theirs.xlsx --on measures --exit-code
    """
    wanted = Wanted(what, by or "", _fields(fields))
    form = _form(output, file)
    seen = looking.sight()
    proposal = _list(seen, file, column or ())
    issues = reading.issues_of(seen.book, as_of=seen.as_of, known_at=seen.known_at)
    found = reconciling.compare(seen.book, issues, proposal, wanted, seen.day)
    if form:
        _written(seen, found, proposal, wanted, output)
    elif console.wants_json():
        about = {**looking.about(seen), "file": proposal.file, "on": wanted.on, "by": wanted.by or None}
        console.document("ledger/compare@1", {**about, **as_json(found, wanted)})
    elif console.wants_plain():
        console.rows([Column(each) for each in TSV], list(_rows(found, wanted)))
    else:
        for line in _page(found, wanted, console.width()):
            console.say(*line)
    if not console.wants_json() or form:
        _tell(found, proposal, wanted)
    return FOUND if exit_code and not found.agrees else None


def _fields(text: str) -> tuple[str, ...]:
    """The fields named, as codes or in the words of either language.

    Raises:
        UsageError: one is not compared.
    """
    if not text.strip():
        return FIELDS
    chosen = []
    for word in text.replace("，", ",").replace("、", ",").split(","):
        name = labels.code("field", word.strip()) or word.strip()
        code = "title" if name == "text" else name
        if code not in FIELDS:
            offered = labels.labels("field")
            message = _("{field} is not compared").format(field=word.strip() or "-")
            raise UsageError(
                message, _("there are: {codes}").format(codes=listed(f"{e} {offered[e]}" for e in FIELDS))
            )
        chosen.append(code)
    return tuple(dict.fromkeys(chosen))


def _form(output: Path | None, file: str) -> str:
    """Which form the name of the file asks for; none for the screen or a pipe.

    Raises:
        UsageError: a form that is not written, or it would be written over the list itself.
    """
    if output is None or output == STDOUT:
        return ""
    ending = output.suffix.lower()
    if ending not in (".xlsx", ".csv"):
        message = _("a comparison is not written as {ending}").format(ending=ending or output.name)
        raise UsageError(message, _("there are: {codes}").format(codes=".xlsx, .csv"))
    if output.exists() and Path(file).exists() and output.samefile(file):
        message = _("{path} is the list itself and would be written over").format(path=output.as_posix())
        raise UsageError(message, _("choose another place with -o"))
    return ending[1:]


def _list(seen: Sight, file: str, mapping: Sequence[str]) -> Proposal:
    """What the file lists, its columns as a saved map has them.

    Raises:
        UsageError: it is a folder.
        RejectedInputError: it lists nothing.
    """
    if file != "-" and Path(file).is_dir():
        raise UsageError(_("{path} is a folder").format(path=file), _("name a file inside it"))
    found = receive(file, mapping, lambda: seen.book)
    proposal = found.proposal if isinstance(found, Understood) else sentlist.as_list(found.sheets[0])
    if not proposal.issues:
        reason = proposal.warnings[0].message if proposal.warnings else _("no issues were found")
        message = _("{file}: there is no list to compare: {reason}").format(file=proposal.file, reason=reason)
        raise RejectedInputError(message, _("see what is understood: ledger import FILE --dry-run"))
    return proposal


def _written(
    seen: Sight, found: Reconciliation, proposal: Proposal, wanted: Wanted, output: Path | None
) -> None:
    from ledger import __version__
    from ledger.reports import build_comparison
    from ledger.reports.basis import Basis

    basis = Basis(seen.book.name, seen.book.settings, seen.day, seen.known_at, __version__)
    asked = build_comparison.Asked(proposal.file, wanted.on)
    assert output is not None
    build = build_comparison.workbook if output.suffix.lower() == ".xlsx" else build_comparison.table
    about = {**looking.about(seen), "compared": proposal.file, "agrees": found.agrees}
    put(build(found, basis, asked), output, "compare", about)


# --- for a person ------------------------------------------------------------------------------------------


def _page(found: Reconciliation, wanted: Wanted, width: int) -> Iterator[page.Line]:
    groups: tuple[tuple[str, Tone, Sequence[Matched | Line]], ...] = (
        (_("different"), "warn", found.different),
        (_("only in the ledger"), "bad", found.only_ours),
        (_("only in the list"), "bad", found.only_theirs),
    )
    for heading, tone, members in groups:
        if not members:
            continue
        yield (Toned(f"{heading} {len(members)}", tone),)
        for each in members:
            if isinstance(each, Matched):
                yield from _matched(each, wanted, width)
            else:
                place = _place(each)
                yield from page.spread(
                    f"{_EDGE}{each.id}  {_one_line(each.text)}", place, width, indent="      "
                )


def _matched(each: Matched, wanted: Wanted, width: int) -> Iterator[page.Line]:
    """Both ids and the title, then a line for each field with both values."""
    ids = each.ours.id if each.ours.id == each.theirs.id else f"{each.ours.id} = {each.theirs.id}"
    place = _place(each.theirs)
    yield from page.spread(f"{_EDGE}{ids}  {_one_line(each.ours.text)}", place, width, indent="      ")
    rows = [
        (_label(item.field, wanted), _("ledger: {value}").format(value=_ours(item)))
        for item in each.differences
    ]
    others = [_("list: {value}").format(value=_one_line(item.theirs)) for item in each.differences]
    for row, other in zip(rows, others, strict=True):
        for lines in page.grid([row, ("", other)], width, indent="      "):
            yield from lines


def _place(line: Line) -> tuple[str, ...]:
    if line.line is None:
        return ()
    return (where(line.sheet, line.line),)


def _label(field: str, wanted: Wanted) -> str:
    return labels.label("field", code_of(field, wanted.on))


def _ours(item: Difference) -> str:
    if item.ours is None:
        return looking.NOTHING
    return labels.label("status", item.ours) if item.field == "status" else _one_line(item.ours)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _tell(found: Reconciliation, proposal: Proposal, wanted: Wanted) -> None:
    """The counts, and what to know about them."""
    warn((each.line, each.message) for each in proposal.warnings)
    counts = _counts(found)
    message = _(
        "{file}: {equal} equal, {different} different, {ours} only in the ledger, {theirs} only in the list"
    )
    said = message.format(
        file=proposal.file,
        equal=counts["equal"],
        different=counts["different"],
        ours=counts["only_ours"],
        theirs=counts["only_theirs"],
    )
    console.tell(said)
    same = sum(1 for each in found.matched for item in each.reworded if item.field == "due")
    if same:
        words = ngettext(
            "{count} deadline is worded otherwise and means the same day",
            "{count} deadlines are worded otherwise and mean the same day",
            same,
        )
        console.tell(words.format(count=same))
    if found.unsaid:
        names = listed(_label(each, wanted) for each in found.unsaid)
        console.tell(_("not in the list, so not compared: {fields}").format(fields=names))
    if found.unread:
        words = ngettext(
            "{count} entry under {field} was not understood and not compared: {text}",
            "{count} entries under {field} were not understood and not compared, the first: {text}",
            len(found.unread),
        )
        line, field = found.unread[0]
        shown = excerpt(line.said[field].text)
        console.warn(words.format(count=len(found.unread), field=_label(field, wanted), text=shown))


def _counts(found: Reconciliation) -> dict[str, int]:
    return {
        "equal": len(found.equal),
        "different": len(found.different),
        "only_ours": len(found.only_ours),
        "only_theirs": len(found.only_theirs),
    }


# --- for programs ----------------------------------------------------------------------------------------


def _rows(found: Reconciliation, wanted: Wanted) -> Iterator[tuple[Cell, ...]]:
    for each in found.different:
        for item in each.differences:
            field = code_of(item.field, wanted.on)
            ids = (each.ours.id, each.theirs.id)
            yield (
                "different", *ids, field, item.ours, item.theirs, _one_line(each.ours.text), each.theirs.line,
            )  # fmt: skip
    for line in found.only_ours:
        yield ("only_ours", line.id, "", "", "", "", _one_line(line.text), None)
    for line in found.only_theirs:
        yield ("only_theirs", "", line.id, "", "", "", _one_line(line.text), line.line)


def as_json(found: Reconciliation, wanted: Wanted) -> dict[str, Any]:
    """The comparison as codes; what is of ours has ids, what is theirs their own count."""
    return {
        "agrees": found.agrees,
        "fields": [code_of(each, wanted.on) for each in found.fields],
        "unsaid": [code_of(each, wanted.on) for each in found.unsaid],
        "totals": _counts(found),
        "different": [_pair(each, wanted) for each in found.different],
        "reworded": [_pair(each, wanted) for each in found.equal if each.reworded],
        "only_ours": [_line(each) for each in found.only_ours],
        "only_theirs": [_line(each) for each in found.only_theirs],
        "unread": [
            {**_line(line), "field": code_of(field, wanted.on), "words": line.said[field].text}
            for line, field in found.unread
        ],
    }


def _pair(each: Matched, wanted: Wanted) -> dict[str, Any]:
    return {
        "ours": _line(each.ours),
        "theirs": _line(each.theirs),
        "alike": round(each.score, 3),
        "differences": [_difference(item, wanted) for item in each.differences],
        "reworded": [_difference(item, wanted) for item in each.reworded],
    }


def _line(line: Line) -> dict[str, Any]:
    return {"id": line.id, "text": line.text, "sheet": line.sheet, "line": line.line}


def _difference(item: Difference, wanted: Wanted) -> dict[str, Any]:
    return {"field": code_of(item.field, wanted.on), "ours": item.ours, "theirs": item.theirs}
