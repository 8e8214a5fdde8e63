"""Every kind of record: issues, letters, clues, reviews, the office's chronicle and its registers."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ledger.domain.clue import CLUE
from ledger.domain.frozen import FREEZE
from ledger.domain.handover import HANDOVER
from ledger.domain.letter import LETTER
from ledger.domain.milestones import MILESTONE
from ledger.domain.register import FOLDER, register
from ledger.domain.review import REVIEW
from ledger.domain.schema import CHRONICLE, ISSUE, REVIEWS_A_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.domain.ids import Id
    from ledger.domain.schema import Schema

#: The kinds that every ledger may have, in the order in which they are told.
FIXED: Final[Mapping[str, Schema]] = MappingProxyType(
    {schema.kind: schema for schema in (ISSUE, CHRONICLE, LETTER, CLUE, REVIEW, HANDOVER, MILESTONE, FREEZE)}
)


def schema_of(kind: str) -> Schema:
    """The shape of the records of a kind; any other name than those of `FIXED` is that of a register."""
    return FIXED.get(kind) or register(kind)


def kept_in(folder: str) -> Schema | None:
    """The kind of record whose files lie in a folder of a ledger, if any do: clues, registers/meetings."""
    if folder.startswith(f"{FOLDER}/"):
        return schema_of(folder.removeprefix(f"{FOLDER}/"))
    return next((schema for schema in FIXED.values() if schema.folder == folder), None)


def meant(id_: Id) -> tuple[Schema, int]:
    """The kind of record an id means, and the record's number; of a measure or a point its issue's."""
    match id_.kind:
        case "issue" | "measure" | "point":
            return ISSUE, id_.numbers[0]
        case "review":
            return REVIEW, id_.numbers[0] * REVIEWS_A_YEAR + id_.numbers[1]
        case "register":
            return schema_of(id_.register), id_.numbers[0]
        case kind:
            return FIXED[kind], id_.numbers[0]
