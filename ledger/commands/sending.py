"""The ledger as workbooks that are filled in and come back: all of it, or one file a unit."""

from __future__ import annotations

import datetime as dt
import io
import re
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from ledger import language
from ledger.commands.output import STDOUT, put, put_all
from ledger.domain.dates import day_of
from ledger.domain.roundtrip import Audience
from ledger.errors import LedgerError, NotFoundError, RefusedError, UsageError
from ledger.reports import build_roundtrip
from ledger.reports.build_roundtrip import Part
from ledger.reports.workbooks import writing
from ledger.store import files
from ledger.ui import console

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.commands.documents import Asked
    from ledger.reports.workbooks.sheets import Workbook


def month(text: str, day: dt.date) -> dt.date:
    """The first day of the month meant: the one named, else that of `day`.

    Raises:
        UsageError: it is no month.
    """
    if not text:
        return day.replace(day=1)
    found = re.fullmatch(r"([0-9]{4})[-./年]?([0-9]{1,2})月?", text.strip())
    if found is None:
        message = _("{text} is not a month").format(text=text)
        raise UsageError(message, _("write it as 2025-06"))
    return day_of(int(found[1]), int(found[2]), 1)


def whole(found: Asked, output: Path | None, period: dt.date) -> None:
    """All of the ledger in one workbook."""
    if output is None or output == STDOUT:
        raise UsageError(_("a workbook needs a file"), _("name it with -o, such as -o ledger.xlsx"))
    with language.speaking(found.basis.language):
        made = build_roundtrip.build(found.issues, found.basis, Part(Audience.OFFICE, period))
        data = writing.write(made)
    _say_cut(made)
    _keep_filled({output: data})
    put(data, output, "export", found.about("xlsx"))


def split(found: Asked, folder: Path | None, period: dt.date) -> None:
    """One workbook for each unit, in a folder; what nobody has been given has one of its own."""
    if folder is None or folder == STDOUT:
        raise UsageError(_("the files of the units need a folder"), _("name it with -o, such as -o june"))
    made_files: dict[str, bytes] = {}
    about = []
    with language.speaking(found.basis.language):
        units = build_roundtrip.units_of(found.issues)
        if not units:
            raise NotFoundError(_("there is nothing to send out"), _("enter issues first: ledger add"))
        for unit, name in build_roundtrip.file_names(units, period).items():
            part = Part(Audience.UNIT, period, unit, units)
            made = build_roundtrip.build(found.issues, found.basis, part)
            made_files[name] = writing.write(made)
            about.append({"unit": unit or None, "file": name, "rows": build_roundtrip.count(made)})
            _say_cut(made)
    _keep_filled({folder / name: data for name, data in made_files.items()})
    put_all(made_files, folder)
    if console.wants_json():
        more = {"period": f"{period:%Y-%m}", "folder": folder.as_posix(), "units": about}
        console.document("ledger/export@1", {**found.about("xlsx"), **more})
    else:
        console.tell(
            _("written: {count} files in {folder}").format(count=len(made_files), folder=folder.as_posix())
        )
        console.next_step(f"ledger import {folder.as_posix()}")


def _keep_filled(written: Mapping[Path, bytes]) -> None:
    """Write over nothing that somebody has filled in.

    Raises:
        RefusedError: a workbook that came back lies where one would be written.
    """
    from ledger.intake import answer
    from ledger.intake.returned import Returned
    from ledger.usecases.returnedcells import gather

    for path, data in written.items():
        if not path.is_file() or files.digest_at(path) == files.digest(data):
            continue
        try:
            found = answer(str(path), stdin=io.BytesIO())
        except LedgerError:
            continue  # none of ours
        if isinstance(found, Returned) and gather([found]).is_filled:
            message = _("{path} has been filled in and would be written over").format(path=path.as_posix())
            raise RefusedError(message, _("take it in first, and choose another place with -o"))


def _say_cut(made: Workbook) -> None:
    for name in build_roundtrip.cut(made):
        message = _("{id}: a text is longer than a cell can hold and is cut there; it is not taken back")
        console.warn(message.format(id=name))
