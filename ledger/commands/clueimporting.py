"""A received list of clues."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from typing import Annotated, BinaryIO

import typer

from ledger import language
from ledger.commands import deeds, options
from ledger.commands.options import DryRun, On, Yes
from ledger.domain.clue import CHANNELS
from ledger.domain.declaration import Declaration, Label
from ledger.domain.settings import Settings
from ledger.domain.words import listed as together
from ledger.intake.plainrows import PlainSheets
from ledger.ui import ask, console, labels
from ledger.usecases import clueimport, registercolumns
from ledger.usecases.registercolumns import Listed


def import_clues(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="A list as .csv, .tsv or .xlsx; - reads stdin.", show_default=False
        ),
    ],
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="COLUMN=FIELD", help="What a column means; - for nothing. May be repeated."
        ),
    ] = None,
    on: On = None,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Enter a received list of clues, with what was done about each.

    Title, channel and day of receipt are needed. Who verifies, outcome, result and their days are entered as
    the acts they tell of. A row that is there already, by title, channel, source and day, is left alone. When
    a cell is not understood nothing is entered.

    Examples:
        ledger clue import clues.csv
        ledger clue import clues.xlsx --map "Came in by=channel" --dry-run
    """
    desk = deeds.desk(on, dry_run=dry_run)
    known = clueimport.declaration(channels(desk.book.settings))
    said = registercolumns.spoken_map(known, columns or ())
    found = registercolumns.listed(known, _received(file, options.stdin_for(file)), said)
    _say(known, found)
    if ask.possible() and not (yes or dry_run):
        count = len(found.rows)
        words = ngettext("Enter {count} clue?", "Enter {count} clues?", count)
        if not ask.agreed(words.format(count=count)):
            return
    with deeds.telling(desk) as shown:
        outcome = clueimport.import_rows(shown, found, known)
    done = outcome.value
    values = {
        "added": done.added,
        "same": done.same,
        "columns": [{"heading": each.heading, "field": each.field} for each in found.columns],
        "left_out": found.left_out,
    }
    if not deeds.told("clue-import", desk, outcome, **values):
        console.say(
            _("entered: {added}; there already: {same}").format(added=len(done.added), same=done.same)
        )


def channels(settings: Settings) -> dict[str, Label]:
    """Every channel there is, with its words in both languages."""
    own = {code: Label(label, label) for code, label in settings.clues.channels.items()}
    return {**{code: _label(code) for code in CHANNELS}, **own}


def _label(code: str) -> Label:
    english = labels.WORDS["channel"][code]
    return Label(language.catalogue("zh").pgettext("channel", english), english)


def _received(file: str, stream: BinaryIO) -> PlainSheets:
    from ledger import intake

    with console.progress() as tell:
        received, _digest = intake.plain_rows(file, stdin=stream, on_progress=tell)
    return received


def _say(known: Declaration, found: Listed) -> None:
    words = labels.labels("clue_field")
    console.tell(
        _("columns read: {names}").format(names=together(words[each.field] for each in found.columns))
    )
    if found.left_out:
        console.warn(_("columns left out: {names}").format(names=together(found.left_out)))
