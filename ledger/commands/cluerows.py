"""What is told of a clue, as codes or words; who gave it only where somebody asks for that."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any

import typer

from ledger.commands.clues import channel_label
from ledger.domain.clue import Clue
from ledger.domain.ids import short
from ledger.domain.register import PUBLICATIONS, register
from ledger.domain.schema import ISSUE
from ledger.ui import labels
from ledger.ui.console import Cell, Toned
from ledger.usecases.cluereading import ids_by_name, issue_id
from ledger.usecases.sight import Sight

Reveal = Annotated[bool, typer.Option("--reveal", help="Show who gave it, which is confidential.")]

#: The kinds of labels of fields that hold codes.
CODES = {"outcome": "finding", "stage": "stage", "late_step": "clue_step"}


class Rows:
    """Clues of one ledger, as they are told."""

    def __init__(self, seen: Sight, *, reveal: bool) -> None:
        """Tell of the clues of this ledger; with `reveal` who gave them, too."""
        self.seen = seen
        self.reveal = reveal
        self._words = {kind: labels.labels(kind) for kind in CODES.values()}

    @cached_property
    def _issues(self) -> Mapping[str, str]:
        return ids_by_name(self.seen.book, ISSUE)

    @cached_property
    def _publications(self) -> Mapping[str, str]:
        return ids_by_name(self.seen.book, register(PUBLICATIONS))

    def fields(self, clue: Clue) -> dict[str, Any]:
        """Everything about a clue, as codes; None for what is not there."""
        held = {name: None if value == "" else value for name, value in clue._asdict().items()}
        del held["number"]
        late = [each._asdict() for each in clue.lateness(self.seen.day)]
        return {
            "id": clue.id,
            **held,
            "source": held["source"] if self.reveal else None,
            "issue": issue_id(self._issues, clue) or None,
            "publication": self._publications.get(short(clue.publication)) if clue.publication else None,
            "late": late,
        }

    def cell(self, row: Mapping[str, Any], name: str) -> Cell:
        """One field of such a row, in words."""
        value: Cell = row[name]
        if value is None:
            return ""
        if name == "channel":
            return channel_label(self.seen.book.settings, str(value))
        if name in CODES:
            return self._words[CODES[name]].get(str(value), str(value))
        return Toned(str(value), "bad") if name == "due" and row["late"] else value
