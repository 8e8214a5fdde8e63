"""Which fields a record has, in which order, and what kind each is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.withheld import KINDS as WITHHELD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


#: A review's number is its year times this, and its own: R2025-1 is kept as 2025001.
REVIEWS_A_YEAR = 1000


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
    #: How often something comes round, from when to when: quarterly from 2025-Q2 to 2026-Q4.
    RECURRENCE = "recurrence"
    #: What a declaration says it is: text, a whole number, yes or no, or a list of texts; dates as ISO text.
    DECLARED = "declared"


class Field(NamedTuple):
    """One field of a record or of a part."""

    name: str
    kind: Kind
    codes: tuple[str, ...] = ()
    #: Nobody types it: acts, imports and approvals write it.
    kept: bool = False
    #: Told only to whoever asks for it: `domain.confidence`.
    confidential: bool = False


class OpenFields(Mapping[str, Field]):
    """Fields of which some are named here, and any other may be declared elsewhere.

    Shape: goes through those named here; asked for any other name a field may have, there is one.
    """

    def __init__(self, *fields: Field) -> None:
        """Take those that are named here, in their order."""
        self._named = {each.name: each for each in fields}
        self._met = dict(self._named)  # thousands of records have the same fields

    def __getitem__(self, name: str) -> Field:
        """The field of that name."""
        found = self._met.get(name)
        if found is None:
            if name in _NO_FIELDS or not DECLARED_NAME.fullmatch(name):
                raise KeyError(name)
            found = self._met[name] = Field(name, Kind.DECLARED)
        return found

    def __iter__(self) -> Iterator[str]:
        """The names of those that are named here."""
        return iter(self._named)

    def __len__(self) -> int:
        """How many are named here."""
        return len(self._named)


#: What a field that a declaration names may be called: it becomes a key of files and an option of commands.
DECLARED_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
#: What stands in files without being a field.
_NO_FIELDS = frozenset({"format", "status", "head", "history", "evidence", "points", "measures", "items"})

#: The stage of a record about which there is nothing more to decide; its file shows none.
KEPT = "kept"
#: The stage of a record taken off the books, whatever its kind.
VOID = "void"


class Lifecycle(NamedTuple):
    """The stages records of a kind go through; issues have statuses instead (docs/contract.md §1).

    Shape: `moves` leads from a stage and an act to the stage after it; a move that it does not list cannot
        happen. Notes, evidence, edits and what the engine itself does are possible at every stage but void;
        what a kind with `drafts` says only at those, and from then on it stands as it was signed.
    """

    first: str
    moves: Mapping[tuple[str, str], str]
    drafts: frozenset[str] = frozenset()

    def settled(self, stage: str) -> bool:
        """Whether what a record says cannot be changed any more."""
        return bool(self.drafts) and stage not in self.drafts

    @property
    def acts(self) -> frozenset[str]:
        """The acts that lead from one stage to another."""
        return frozenset(act for _stage, act in self.moves)

    def allowed(self, stage: str) -> tuple[str, ...]:
        """What is possible at a stage, in the order of the table."""
        return tuple(act for now, act in self.moves if now == stage)


class Schema(NamedTuple):
    """The shape of one kind of record.

    Shape: `by_name` and `part_by_name` are in the order in which a file shows the fields; `letter` begins
        the ids of kinds that have one: L3, C12, R2025-1.
    """

    kind: str
    folder: str
    by_name: Mapping[str, Field]
    part: str | None = None
    part_by_name: Mapping[str, Field] = MappingProxyType({})
    lifecycle: Lifecycle | None = None
    letter: str = ""

    def shown(self, held: Iterable[str]) -> Iterable[str]:
        """The names of the fields in the order in which a file shows them, among them those a record holds.

        Shape: fields that only a declaration knows follow the others, sorted.
        """
        if not isinstance(self.by_name, OpenFields):
            return self.by_name
        named = list(self.by_name)
        return (*named, *sorted(name for name in held if name in self.by_name and name not in named))

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields, in their order."""
        return tuple(self.by_name.values())

    @property
    def part_fields(self) -> tuple[Field, ...]:
        """The fields of each part, in their order."""
        return tuple(self.part_by_name.values())

    def id_of(self, number: int) -> str:
        """The id people use: 7 for an issue, L3 for a letter, meetings:5 for a record of a register."""
        if self.letter == "R":
            year, own = divmod(number, REVIEWS_A_YEAR)
            return f"R{year:04}-{own}"
        return f"{self.letter}{number}" if self.letter or self.kind == "issue" else f"{self.kind}:{number}"


TERMS = ("immediate", "phased", "longterm")
KINDS = ("finding", "theme")


def named(*fields: Field) -> Mapping[str, Field]:
    """Fields by their names, in their order."""
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
    by_name=named(
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
        Field("variant_of", Kind.LINE, kept=True),
        Field("withheld", Kind.CODE, WITHHELD),
        Field("remark", Kind.TEXT),
    ),
    part="measures",
    part_by_name=named(
        Field("uid", Kind.LINE, kept=True),
        Field("number", Kind.NUMBER, kept=True),
        Field("text", Kind.TEXT),
        *_RESPONSIBLE,
        Field("recurrence", Kind.RECURRENCE),
        Field("serves", Kind.LIST),
        Field("withheld", Kind.CODE, WITHHELD),
        Field("remark", Kind.TEXT),
    ),
)

#: Dated records about which there is nothing to decide: kept, or void.
DATED = Lifecycle(KEPT, MappingProxyType({(KEPT, "void"): VOID}))

#: The office's own dated notes (工作记事), one a file.
CHRONICLE = Schema(
    kind="chronicle",
    folder="registers/chronicle",
    by_name=named(
        Field("uid", Kind.LINE, kept=True),
        Field("number", Kind.NUMBER, kept=True),
        Field("formerly", Kind.LIST, kept=True),
        Field("on", Kind.DATE),
        Field("text", Kind.TEXT),
        Field("remark", Kind.TEXT),
    ),
    lifecycle=DATED,
)
