"""What the commands that take in a received list share: the file, its columns, what is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _
from typing import Annotated

import typer

from ledger.commands import options, remarks
from ledger.domain.words import listed as together
from ledger.intake.plainrows import PlainSheets
from ledger.ui import console
from ledger.usecases.registercolumns import Listed

File = Annotated[
    str,
    typer.Argument(metavar="FILE", help="A list as .csv, .tsv or .xlsx; - reads stdin.", show_default=False),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar="COLUMN=FIELD", help="What a column means; - for nothing. May be repeated."
    ),
]


def received(file: str) -> tuple[PlainSheets, str]:
    """The rows of a list that was typed as FILE, and the digest of its bytes.

    Raises:
        UsageError: it is `-`, and the standard input is closed.
        RejectedInputError: it cannot be read as a list.
    """
    from ledger import intake

    stream = options.stdin_for(file)
    with console.progress() as tell:
        return intake.plain_rows(file, stdin=stream, on_progress=tell)


def say(sheets: PlainSheets, found: Listed, names: Mapping[str, str]) -> None:
    """Tell what was remarked on a list, which of its columns are read, and which are not.

    Shape: `names` are words for fields; a column that is none of them, such as the uid, is not told of.
    """
    remarks.warn((each.line, each.message) for each in sheets.remarks)
    read = [names[each.field] for each in found.columns if each.field in names]
    console.tell(_("columns read: {names}").format(names=together(read)))
    if found.left_out:
        console.warn(_("columns left out: {names}").format(names=together(found.left_out)))


def columns(found: Listed) -> list[dict[str, str]]:
    """What the columns mean, for a program."""
    return [{"heading": each.heading, "field": each.field} for each in found.columns]
