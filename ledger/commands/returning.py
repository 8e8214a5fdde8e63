"""Returned workbooks taken back: who has returned theirs, what would change, what is left out and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Any, Final, NamedTuple

from ledger.commands import deeds
from ledger.domain.roundtrip import PROGRESS
from ledger.domain.words import listed, said, with_hint
from ledger.errors import ConflictError, NotFoundError, RefusedError, RejectedInputError, UsageError
from ledger.intake.returned import Returned
from ledger.ui import ask, console
from ledger.usecases import returning
from ledger.usecases.change import Outcome
from ledger.usecases.returnedcells import Place, gather
from ledger.usecases.returneddiff import Left, Take
from ledger.usecases.returning import Taken

#: Endings of files that may be returned workbooks. Source: Excel, WPS and LibreOffice save as these.
ENDINGS: Final = (".xlsx", ".xls", ".et", ".ods")
#: The most files a folder is looked through for.
MOST: Final = 2_000
#: What somebody has to look at before the month is done; the rest is said and counts as nothing.
_DIFFER, _FORBIDDEN = frozenset({"stale", "twice"}), frozenset({"refused", "unclear"})


class Came(NamedTuple):
    """What came back from a folder.

    Shape: `unread` are files that could not be read, with the reason; `others` are none of ours.
    """

    sheets: tuple[Returned, ...]
    unread: tuple[tuple[str, RejectedInputError], ...] = ()
    others: tuple[str, ...] = ()


def from_folder(folder: Path, read: Callable[[Path], object]) -> Came:
    """Every workbook of a folder, however its file is called.

    Raises:
        NotFoundError: there is none.
        UsageError: there are more than anybody sends out.
    """
    found = (
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in ENDINGS and path.is_file() and not path.name.startswith((".", "~$"))
    )
    paths = [path for path, _number in zip(found, range(MOST + 1), strict=False)]
    if len(paths) > MOST:
        message = _("{folder} holds more than {most} workbooks").format(folder=folder.as_posix(), most=MOST)
        raise UsageError(message, _("name the folder of one month"))
    sheets, unread, others = [], [], []
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            answer = read(path)
        except RejectedInputError as error:
            unread.append((name, error))
            continue
        if isinstance(answer, Returned):
            sheets.append(answer)
        else:
            others.append(name)
    if not (sheets or unread or others):
        message = _("there is no workbook in {folder}").format(folder=folder.as_posix())
        raise NotFoundError(message, _("put the returned files there: .xlsx, or .xls, .et, .ods"))
    return Came(tuple(sheets), tuple(unread), tuple(others))


def take_back(
    came: Came,
    *,
    yes: bool = False,
    on: dt.date | None = None,
    why: str = "",
    dry_run: bool = False,
    new: bool = False,
) -> None:
    """Show what came back and what it would change, and take it when that is wanted.

    Raises:
        RejectedInputError: a file could not be read; the others were taken.
        ConflictError: a cell says something else than the ledger has come to say, or another file; the others
            were taken.
        RefusedError: a rule forbids a cell, or it is not understood; the others were taken.
    """
    desk = deeds.desk(on, why)
    planned = returning.take_back(desk._replace(dry_run=True), came.sheets, dated=on is not None, new=new)
    outcome = planned
    if dry_run or not planned.value.taken:
        outcome = planned._replace(dry_run=dry_run)
    elif yes or _agreed(came, planned):
        with deeds.telling(desk) as telling:
            outcome = returning.take_back(telling, came.sheets, dated=on is not None, new=new)
    else:
        return
    if console.wants_json():
        deeds.told("import", desk, outcome, **_as_json(came, outcome.value))
        _complain(came, outcome.value)
        return
    if yes or not planned.value.taken or dry_run:
        _show(came, outcome.value)
    deeds.say_committed(outcome.commit, outcome.warnings)
    if dry_run:
        # A person has seen the cells; entries and diffs of twenty files are for programs.
        deeds.show_planned((*outcome.changed, *outcome.files) if console.wants_plain() else ())
    elif came.sheets:
        _say_done(outcome.value)
    _complain(came, outcome.value)


def _agreed(came: Came, planned: Outcome[Taken]) -> bool:
    if ask.possible():
        _show(came, planned.value)
    return ask.agreed(_("Put these on the books?"))


def _complain(came: Came, taken: Taken) -> None:
    """End with an error where somebody has to look at something, though the rest is done."""
    if came.unread:
        name, error = came.unread[0]
        message = _("{count} of the files cannot be read, such as {file}; the others are taken")
        raise RejectedInputError(message.format(count=len(came.unread), file=name), error.hint)
    differ = sum(1 for each in taken.left if each.code in _DIFFER)
    if differ:
        message = ngettext(
            "{count} cell is left out because two sides say different things; the rest is taken",
            "{count} cells are left out because two sides say different things; the rest is taken",
            differ,
        )
        raise ConflictError(message.format(count=differ), _("decide each of them: ledger edit or assign"))
    forbidden = sum(1 for each in taken.left if each.code in _FORBIDDEN)
    if forbidden:
        message = ngettext(
            "{count} cell is left out because a rule forbids it; the rest is taken",
            "{count} cells are left out because a rule forbids them; the rest is taken",
            forbidden,
        )
        raise RefusedError(message.format(count=forbidden), _("look at what is said of each of them"))


def _say_done(taken: Taken) -> None:
    if not taken.taken:
        console.say(_("nothing new: the ledger has all of it"))
        return
    notes = sum(1 for each in taken.taken if each.field == PROGRESS)
    words = _("{cells} cells taken, {notes} of them notes; left out: {left}")
    console.say(words.format(cells=len(taken.taken), notes=notes, left=len(taken.left)))
    console.next_step("ledger report status", "ledger undo")


class _Units(NamedTuple):
    """Who was to return a sheet, and who has."""

    all: tuple[str, ...]
    missing: tuple[str, ...]
    empty: tuple[str, ...]
    twice: Mapping[str, Sequence[str]]


def _units(came: Came) -> _Units:
    month = max((sheet.period for sheet in came.sheets), default="")
    sheets = [sheet for sheet in came.sheets if sheet.audience == "unit" and sheet.period == month]
    everybody = tuple(dict.fromkeys(unit for sheet in sheets for unit in sheet.units))
    files: dict[str, list[str]] = {}
    filled = set()
    for sheet in sheets:
        files.setdefault(sheet.unit, []).append(sheet.file)
        if gather([sheet]).is_filled:
            filled.add(sheet.unit)
    return _Units(
        everybody,
        tuple(unit for unit in everybody if unit not in files),
        tuple(unit for unit in files if unit not in filled),
        {unit: names for unit, names in files.items() if len(names) > 1},
    )


def _show(came: Came, taken: Taken) -> None:
    """Who has returned theirs, what changes, what is left out."""
    units = _units(came)
    if units.all:
        came_back = len(units.all) - len(units.missing)
        console.say(_("returned: {count} of {all} units").format(count=came_back, all=len(units.all)))
    for sentence, names in (
        (_("not returned yet: {units}"), units.missing),
        (_("nothing filled in: {units}"), units.empty),
    ):
        if names:
            console.warn(sentence.format(units=listed(_named(each) for each in names)))
    for unit, files in units.twice.items():
        console.warn(
            _("{unit} returned theirs twice: {files}").format(unit=_named(unit), files=listed(files))
        )
    for name in came.others:
        console.warn(_("{file} is no sheet of ours; take it in with: ledger import").format(file=name))
    for name, error in came.unread:
        console.warn(f"{name}: {with_hint(error)}")
    if taken.taken:
        columns = [
            console.Column(_("No."), whole=True),
            console.Column(_("Field"), whole=True),
            console.Column(_("Was")),
            console.Column(_("Becomes")),
            console.Column(_("Source")),
        ]
        console.rows(columns, [_row(each) for each in taken.taken])
    for left in taken.left:
        console.warn(_sentence(left))


def _named(unit: str) -> str:
    return unit or _("(no unit)")


def _row(take: Take) -> tuple[str, str, str, str, str]:
    return (take.id, field(take.field), take.ours, take.text, _where(take.place))


def field(name: str) -> str:
    """What people call a field, the month's progress and a new measure among them."""
    if name == PROGRESS:
        return _("progress")
    return _("new measure") if name == "new" else said("field", name)


def _where(place: Place) -> str:
    return f"{place.file}:{place.line}" if place.line else place.file


def _sentence(left: Left) -> str:
    about = " ".join(filter(None, (left.id, left.field and field(left.field))))
    both = ""
    if left.code in ("stale", "fixed", "cut", "refused") and left.field:
        both = _(" (the ledger says: {ours}; the sheet says: {theirs})").format(
            ours=left.ours or "-", theirs=left.theirs or "-"
        )
    where = listed(_where(each) for each in left.places)
    return "{where}: {about}{colon}{message}{both}".format(
        where=where, about=about, colon=": " if about else "", message=left.message, both=both
    )


def _as_json(came: Came, taken: Taken) -> dict[str, Any]:
    units = _units(came)
    return {
        "returned": [
            {"file": each.file, "unit": each.unit or None, "audience": each.audience, "period": each.period}
            for each in came.sheets
        ],
        "missing": [each or None for each in units.missing],
        "empty": [each or None for each in units.empty],
        "taken": [
            {
                "id": each.id,
                "field": each.field,
                "was": each.ours or None,
                "becomes": each.text or None,
                "file": each.place.file,
                "line": each.place.line,
            }
            for each in taken.taken
        ],
        "left": [
            {
                "code": each.code,
                "id": each.id or None,
                "field": each.field or None,
                "ours": each.ours or None,
                "theirs": each.theirs or None,
                "message": each.message,
                "places": [{"file": place.file, "line": place.line or None} for place in each.places],
            }
            for each in taken.left
        ],
        "same": taken.same,
        "others": list(came.others),
        "unread": [
            {"file": name, "message": error.message, "hint": error.hint} for name, error in came.unread
        ],
    }
