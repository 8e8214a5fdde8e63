"""A document as somebody sent it: read with what is known of its columns, doubts asked, progress shown."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from gettext import gettext as _
from pathlib import Path
from typing import Final, NamedTuple

from ledger.commands import options
from ledger.commands.returning import Came, from_folder
from ledger.domain.words import listed
from ledger.intake.proposal import Column, Proposal
from ledger.intake.returned import Returned
from ledger.store.book import Book
from ledger.ui import ask, console, labels

#: The name of standard input.
_STDIN: Final = "-"


class Understood(NamedTuple):
    """A document, and how its columns were read.

    Shape: `specs` are what was said of columns, typed or answered; `saved` names the saved map that was used.
    """

    proposal: Proposal
    specs: tuple[str, ...] = ()
    saved: str = ""


def receive(file: str, specs: Sequence[str], book: Callable[[], Book | None]) -> Understood | Came:
    """What a document proposes; or, of a folder or a workbook that went out from here, what came back.

    Shape: `book` gives the ledger whose saved maps count; it is asked only where a list has columns.
    """
    if file != _STDIN and Path(file).is_dir():
        return from_folder(Path(file), lambda path: _answer(str(path), (), io.BytesIO()))
    if specs:
        from ledger.intake import mapping

        mapping.parse(specs, labels.labels("column"))  # what is wrong is said before anything is read
    stream = _kept(file)
    found = _answer(file, specs, stream)
    if not isinstance(found, Proposal):
        return Came((found,))
    if not found.columns:
        return _by_a_kept_map(Understood(found), file, stream, book)
    return _with_columns(Understood(found, tuple(specs)), file, stream, book)


def _kept(file: str) -> io.BytesIO:
    """Standard input, which may be read again once it is known what the columns mean."""
    if file != _STDIN:
        return io.BytesIO()
    from ledger.intake.reading import LIMITS

    return io.BytesIO(options.stdin_for(file).read(max(LIMITS.values()) + 1))


def _answer(file: str, specs: Sequence[str], stream: io.BytesIO) -> Proposal | Returned:
    from ledger.intake import answer

    stream.seek(0)
    with console.progress() as tell:
        return answer(file, stdin=stream, mapping=tuple(specs), on_progress=tell)


def _with_columns(
    received: Understood, file: str, stream: io.BytesIO, book: Callable[[], Book | None]
) -> Understood:
    """The list read again with the map kept for its headers, and with what a person says of the rest."""
    from ledger.usecases.importing import columns

    ledger = book()
    kept = columns.saved_map(ledger, received.proposal) if ledger is not None else None
    if kept is not None:
        every = _joined(kept.specs, received.specs)
        received = _again(received, file, stream, every)._replace(saved=str(kept.path))
    if ask.possible():
        answers = [_asked(each) for each in received.proposal.columns if each.asked]
        if answers:
            received = _again(received, file, stream, _joined(received.specs, answers))
    return received


def _by_a_kept_map(
    received: Understood, file: str, stream: io.BytesIO, book: Callable[[], Book | None]
) -> Understood:
    """A list of which the program knows too few headers, read with the map that was kept for just these."""
    from ledger.usecases.importing import columns

    proposal = received.proposal
    if proposal.issues or not any(each.code == "sheet_left_out" for each in proposal.warnings):
        return received
    ledger = book()
    for kept in columns.every_map(ledger) if ledger is not None else ():
        found = _again(received, file, stream, kept.specs)
        if columns.headers(found.proposal) == kept.headers:
            return found._replace(saved=str(kept.path))
    return received


def _joined(*several: Sequence[str]) -> tuple[str, ...]:
    """What was said of columns, each column once: what was said last counts."""
    said = {each.rpartition("=")[0] or each: each for specs in several for each in specs}
    return tuple(said.values())


def _again(received: Understood, file: str, stream: io.BytesIO, specs: Sequence[str]) -> Understood:
    found = _answer(file, specs, stream)
    assert isinstance(found, Proposal)
    return received._replace(proposal=found, specs=tuple(specs))


def _asked(column: Column) -> str:
    """Ask what a column means; as `--map` takes it.

    Shape: offered first is what its header hints at, else to leave it alone: a hasty Enter does no harm.
    """
    from ledger.intake import mapping

    words = labels.labels("column")
    words = {**words, mapping.IGNORED: _("leave it alone")}
    choices = {each: words[each] for each in (*column.candidates, mapping.IGNORED, *mapping.FIELDS)}
    where = f"{column.sheet}!{column.letter}" if column.sheet else column.letter
    message = _("What stands in column {column} {header} ({samples})?").format(
        column=where, header=" ".join(column.header.split()), samples=listed(column.samples)
    )
    return mapping.spelled(column, ask.choose(message, choices, flag="--map"))
