"""Which fields a record has, in which order, and what kind each is."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(StrEnum):
    """What a field holds."""

    __hash__ = str.__hash__  # that of Enum is a call for every look into a table

    TEXT = "text"
    LINE = "line"
    CODE = "code"
    DATE = "date"
    NUMBER = "number"
    FLAG = "flag"
    LIST = "list"


class Field(NamedTuple):
    """One field of a record or of a part."""

    name: str
    kind: Kind
    codes: tuple[str, ...] = ()
    #: Nobody types it: acts, imports and approvals write it.
    kept: bool = False


class Schema(NamedTuple):
    """The shape of one kind of record.

    Shape: `by_name` and `part_by_name` are in the order in which a file shows the fields.
    """

    kind: str
    folder: str
    by_name: Mapping[str, Field]
    part: str | None = None
    part_by_name: Mapping[str, Field] = MappingProxyType({})

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields, in their order."""
        return tuple(self.by_name.values())

    @property
    def part_fields(self) -> tuple[Field, ...]:
        """The fields of each part, in their order."""
        return tuple(self.part_by_name.values())

    def id_of(self, number: int) -> str:
        """The id people use for a record: 7 for an issue, chronicle:3 for one of a register."""
        return f"{number}" if self.kind == "issue" else f"{self.kind}:{number}"


TERMS = ("immediate", "phased", "longterm")
KINDS = ("finding", "theme")


def _named(*fields: Field) -> Mapping[str, Field]:
    return MappingProxyType({each.name: each for each in fields})


#: What measures take from their issue when they have nothing of their own.
#: Source: docs/contract.md §1.
INHERITED = ("unit", "co_units", "leader", "owner", "criterion", "term")
#: A deadline is inherited whole: its three keys together.
DUE_KEYS = ("due", "due_original", "due_text")

_RESPONSIBLE = (
    Field("unit", Kind.LINE),
    Field("co_units", Kind.LIST),
    Field("leader", Kind.LINE),
    Field("owner", Kind.LINE),
    Field("criterion", Kind.TEXT),
    Field("deliverable", Kind.TEXT),
    Field("result", Kind.TEXT, kept=True),
    Field("term", Kind.CODE, TERMS),
    Field("continuing", Kind.FLAG),
    Field("due", Kind.DATE),
    Field("due_original", Kind.DATE, kept=True),
    Field("due_text", Kind.LINE),
    Field("interim_goal", Kind.TEXT),
    Field("review_on", Kind.DATE),
)

ISSUE = Schema(
    kind="issue",
    folder="issues",
    by_name=_named(
        Field("uid", Kind.LINE, kept=True),
        Field("number", Kind.NUMBER, kept=True),
        Field("formerly", Kind.LIST, kept=True),
        Field("kind", Kind.CODE, KINDS),
        Field("title", Kind.LINE),
        Field("category", Kind.LINE),
        *_RESPONSIBLE,
        Field("claimed_by", Kind.LINE, kept=True),
        Field("claimed_on", Kind.DATE, kept=True),
        Field("flags", Kind.LIST),
        Field("remark", Kind.TEXT),
    ),
    part="measures",
    part_by_name=_named(
        Field("uid", Kind.LINE, kept=True),
        Field("number", Kind.NUMBER, kept=True),
        Field("text", Kind.TEXT),
        *_RESPONSIBLE,
        Field("serves", Kind.LIST),
        Field("remark", Kind.TEXT),
    ),
)

#: The office's own dated notes (工作记事), one a file.
CHRONICLE = Schema(
    kind="chronicle",
    folder="registers/chronicle",
    by_name=_named(
        Field("uid", Kind.LINE, kept=True),
        Field("number", Kind.NUMBER, kept=True),
        Field("formerly", Kind.LIST, kept=True),
        Field("on", Kind.DATE),
        Field("text", Kind.TEXT),
        Field("remark", Kind.TEXT),
    ),
)

SCHEMAS = {ISSUE.kind: ISSUE, CHRONICLE.kind: CHRONICLE}
