"""A received list of clues."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext

from ledger import language
from ledger.commands import deeds, receivedlists
from ledger.commands.options import DryRun, On, Yes
from ledger.commands.receivedlists import Columns, File
from ledger.domain.clue import CHANNELS
from ledger.domain.declaration import Label
from ledger.domain.settings import Settings
from ledger.ui import ask, console, labels
from ledger.usecases import clueimport, registercolumns


def import_clues(
    file: File,
    columns: Columns = None,
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
    received, _digest = receivedlists.received(file)
    found = registercolumns.listed(known, received, said)
    receivedlists.say(received, found, labels.labels("clue_field"))
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
        "columns": receivedlists.columns(found),
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
