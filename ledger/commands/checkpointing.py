"""A checkpoint: what somebody outside keeps, so that a later rewrite shows."""

from __future__ import annotations

from typing import Annotated

import typer

from ledger import __version__
from ledger.commands import deeds, options
from ledger.commands.options import Output
from ledger.commands.output import STDOUT, put
from ledger.domain.checkpoint import Checkpoint
from ledger.ui import console
from ledger.usecases import checkpointing


def checkpoint(
    output: Output = None,
    short: Annotated[bool, typer.Option("--short", help="Only one line, for a form or a git tag.")] = False,
) -> None:
    """Write down how far every history goes, for somebody else to keep.

    A history that was rewritten as a whole, or cut at its end, still holds in itself. Whoever keeps a
    checkpoint can show it: print it, mail it, or put it into a git tag, and later hold the ledger against it
    with `ledger check --against FILE`. The same histories always give the same digest. Nothing is made while
    a record cannot be read or its history does not hold.

    Examples:
        ledger checkpoint -o 2025-06.txt
        ledger checkpoint --short
        git tag -m "$(ledger checkpoint --short)" sent-2025-06
    """
    book = deeds.opened()
    made = checkpointing.checkpoint(book, options.now(), __version__)
    line = made.short.text
    if output in (None, STDOUT) and console.wants_json():
        console.document("ledger/checkpoint@1", _as_json(made))
        return
    about = {"ledger": book.name, "digest": made.digest, "short": line.rstrip("\n")}
    put((line if short else made.text).encode(), output, "checkpoint", about)


def _as_json(made: Checkpoint) -> dict[str, object]:
    return {
        "ledger": made.ledger,
        "digest": made.digest,
        "short": made.short.text.rstrip("\n"),
        "title": made.title or None,
        "made_at": made.made,
        "version": made.program,
        "last": made.last or None,
        "entries": made.entries,
        "records": [
            {
                "id": each.id,
                "kind": each.kind,
                "number": each.number,
                "uid": each.uid,
                "entries": each.entries,
                "head": each.head,
            }
            for each in made.heads
        ],
        "plans": [{"version": each.version, "sha256": each.digest} for each in made.plans],
    }
