"""What `check` looks at: a record with its file, history and hand edits; and what is kept of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from ledger.domain.course import OWN
from ledger.domain.moves import Status
from ledger.domain.schema import ISSUE, Schema

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from ledger.domain.declaration import Declaration
    from ledger.domain.entry import Entry
    from ledger.domain.frozen import Kept
    from ledger.domain.handedits import HandEdits
    from ledger.domain.namebook import Slip
    from ledger.domain.plan import Plan
    from ledger.domain.presented import Presented
    from ledger.domain.rules.outside import Then
    from ledger.domain.settings import Settings
    from ledger.domain.state import State


class Severity(StrEnum):
    """Whether something is wrong, or only worth a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a ledger that does not hold (检查发现).

    Shape: `file` is relative to the workspace; `id` is the number people use, empty when the
        fault is of no issue; `message` says what and why, `hint` what to do next.
    Units: `line` counts from 1.
    """

    rule: str
    severity: Severity
    file: str
    line: int
    id: str
    message: str
    hint: str


class Names(Protocol):
    """Who may be named."""

    def known(self, name: str) -> bool:
        """Whether the name is listed."""

    def near(self, name: str) -> tuple[str, ...]:
        """Listed names that look like this one."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that cannot be read, and why. Units: `line` counts from 1."""

    path: str
    line: int
    reason: str
    hint: str


class Original(NamedTuple):
    """A history as it once was: the commit that has it, and the hashes of its entries up to some head."""

    commit: str
    hashes: tuple[str, ...]


def _no_original(_path: str, _head: str) -> Original | None:
    """Nothing: nobody knows what the history was."""
    return None


class Around(NamedTuple):
    """What a record is held against: all that is read before the records.

    Shape: `settings` is None where they cannot be read, `names` where nobody is listed; `plans` has
        the versions that have a file, `heads` leads from a uid to the states of that record which
        something outside it names; `evidence` leads from a digest to the size of the file kept under
        it, `altered` to the digest it really has, where that was looked at and differs; `presented` is
        the checkpoint somebody holds against the ledger, `original` finds the history that had some head,
        by the path of its record; `registers`
        are those that are declared, None where that is not asked.
    Units: sizes in bytes.
    """

    settings: Settings | None = None
    names: Names | None = None
    plans: frozenset[int] = frozenset()
    heads: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    evidence: Mapping[str, int] = MappingProxyType({})
    altered: Mapping[str, str] = MappingProxyType({})
    presented: Presented | None = None
    original: Callable[[str, str], Original | None] = _no_original
    registers: Mapping[str, Declaration] | None = None


@dataclass(frozen=True)
class Checked:
    """One record as `check` sees it.

    Shape: `path` is relative to the workspace; `entries` has None for a line of the history that
        is no entry, and `state` leaves those out; `comments` are lines with what they say.
        `spelled` says that every entry is known to stand in its one spelling, `plain` that the file is
        known to hold no character that is not seen; False means that both are to be looked at.
        `line_of_entry` and `line_of_key` find lines in the file: the latter takes a key, the name
        of the array of tables it stands in (or None) and the index of the row.
    """

    path: str
    schema: Schema
    document: Mapping[str, Any]
    lines: tuple[str, ...]
    entries: tuple[Entry | None, ...]
    state: State
    edits: HandEdits
    canonical: bool
    comments: tuple[tuple[int, str], ...]
    line_of_entry: Callable[[int], int]
    line_of_key: Callable[[str, str | None, int], int]
    around: Around = Around()
    spelled: bool = False
    plain: bool = False

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.path.rpartition("/")[2]

    @property
    def id(self) -> str:
        """The number people use; empty where the file has none."""
        number = self.state.fields.get("number", self.document.get("number"))
        return self.schema.id_of(number) if isinstance(number, int) else ""

    @property
    def uid(self) -> str:
        """The record's identity."""
        return str(self.state.fields.get("uid", self.document.get("uid", "")))

    @cached_property
    def history(self) -> tuple[Entry, ...]:
        """The entries that are some; all of them, in their places, where the history holds."""
        return tuple(entry for entry in self.entries if entry is not None)

    @cached_property
    def holds(self) -> bool:
        """Whether the history is whole and ends in the head, so that its fields can be trusted."""
        linked = all(each.rule != "history-links" for each in self.state.problems)
        return all(self.entries) and linked and self.head_fits

    @property
    def head_fits(self) -> bool:
        """Whether the head the file shows is that of the history."""
        tips = self.state.tips
        return len(tips) == 1 and self.document.get("head") == "sha256:" + tips[0]

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Where each measure stands in the file, by uid."""
        given = self.document.get(self.schema.part or "", ())
        rows = given if isinstance(given, list) else []
        return {
            str(row["uid"]): index for index, row in enumerate(rows) if isinstance(row, dict) and "uid" in row
        }

    def name_of(self, key: str | None) -> str:
        """The id of the issue, or of a measure by its uid."""
        part = self.state.parts.get(key or OWN)
        return self.id if part is None else f"{self.id}.{part.get('number')}"

    def line(self, key: str | None, name: str) -> int:
        """The line of a field of the record, or of a measure by its uid."""
        if not key or key not in self.rows:
            return self.line_of_key(name, None, 0)
        return self.line_of_key(name, self.schema.part, self.rows[key])

    def homes(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The record and its measures as their history makes them, each with its key."""
        yield OWN, self.state.fields
        for part in self.state.measures():
            yield str(part["uid"]), part

    def live(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What of `homes` is not void."""
        return ((key, home) for key, home in self.homes() if self.state.status(key) is not Status.VOID)

    def fault(
        self, line: int, message: str, hint: str = "", *, key: str | None = None, warning: bool = False
    ) -> Fault:
        """A fault in this record."""
        severity = Severity.WARNING if warning else Severity.ERROR
        return Fault("", severity, self.path, line, self.name_of(key), message, hint)


class PeopleFile(NamedTuple):
    """The file that lists units and persons, and in what it contradicts itself."""

    path: str = ""
    slips: Sequence[Slip] = ()


@dataclass(frozen=True, slots=True)
class PlanFile:
    """An approved plan's file and its digest; `line_of_head` finds the line of an issue's uid."""

    path: str
    plan: Plan
    line_of_head: Callable[[str], int]
    digest: str = ""


class Shelf(NamedTuple):
    """What lies in the folder of evidence, by paths relative to the workspace.

    Shape: `files` leads from a digest to the files kept under it, `links` are links and devices, `others`
        what is named for no digest.
    """

    files: Mapping[str, Sequence[str]] = MappingProxyType({})
    links: Sequence[str] = ()
    others: Sequence[str] = ()


class Compared(NamedTuple):
    """How the index stands to the records.

    Shape: `file` is its path relative to the workspace; `damage` is what SQLite says of it, empty when
        that finds nothing; `astray` are the uids of issues of which it says something else than their
        records, or which have none; `refused` why it could not be brought up to the records.
    """

    file: str = ""
    damage: str = ""
    astray: tuple[str, ...] = ()
    refused: str = ""


class Brief(NamedTuple):
    """What is kept of a record for the rules across records: little, for there may be very many.

    Shape: `parts` are the uids of its measures; `given_up` numbers it had in a draft; `mentions` the
        uids of issues it names; `strangers` the names it has that nobody listed, each with the key of
        its home and its field; `unplanned` versions it was approved under that have no file; `gone`
        the states of it named elsewhere that its history does not have; `files` the digests of evidence
        its history names; `then` how it was when the short checkpoint that is held against it was made.
        Of a record of a register `links` are what it refers to, `serials` the numbers it has in its series,
        `undeclared` says that nobody declares its register. Of a letter `reference` is the number on paper,
        `stage` how far it is and `items` the uids it is about. `counterpart` is the uid of the issue made of
        a clue, or of the clue an issue was made of.
    """

    path: str
    kind: str
    uid: str
    id: str
    number: int | None
    holds: bool
    parts: tuple[str, ...] = ()
    given_up: tuple[int, ...] = ()
    mentions: tuple[str, ...] = ()
    strangers: tuple[tuple[str, str, str], ...] = ()
    unplanned: tuple[int, ...] = ()
    gone: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    then: Then | None = None
    links: tuple[str, ...] = ()
    serials: tuple[tuple[str, ...], ...] = ()
    undeclared: bool = False
    reference: str = ""
    stage: str = ""
    items: tuple[str, ...] = ()
    counterpart: str = ""

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.path.rpartition("/")[2]


def _not_there(brief: Brief) -> None:
    """Nothing: a record that is not there any more."""


@dataclass(frozen=True)
class Subject:
    """A whole ledger, as the rules across records see it.

    Shape: `again` reads a record whole once more, to say where in its file a fault stands; None when it
        is gone meanwhile. `presented` is the checkpoint somebody holds against the ledger; `deleted` are
        the files of records that the last commit has and the folder has not, with the ids they were of;
        `frozen` are the periods that are, `registered` the digests of their manifests on the books, by name.
    """

    briefs: tuple[Brief, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    plans: tuple[PlanFile, ...] = ()
    again: Callable[[Brief], Checked | None] = _not_there
    shelf: Shelf = Shelf()
    presented: Presented | None = None
    index: Compared = Compared()
    deleted: tuple[tuple[str, str], ...] = ()
    people: PeopleFile = PeopleFile()
    frozen: tuple[Kept, ...] = ()
    registered: Mapping[str, Container[str]] = field(default_factory=dict)

    @cached_property
    def issues(self) -> tuple[Brief, ...]:
        """The issues among the records."""
        return tuple(brief for brief in self.briefs if brief.kind == ISSUE.kind)
