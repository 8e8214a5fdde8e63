"""Looking at clues as they are, or as they were on some day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.clue import CLUE, Clue, clue_of
from ledger.domain.ids import number_in, short
from ledger.domain.schema import VOID, Kind
from ledger.domain.text import fold
from ledger.store import staging

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from ledger.domain.cadence import Period
    from ledger.domain.schema import Schema
    from ledger.domain.state import State
    from ledger.store.book import Book
    from ledger.usecases.sight import Sight


#: The texts of a clue in which words are looked for.
_READABLE = tuple(
    each.name
    for each in CLUE.fields
    if each.kind in (Kind.LINE, Kind.TEXT) and not each.confidential and each.name not in ("uid", "issue")
)
#: How a file says that a step has a last day; nobody writes it by hand (`domain.handedits`).
_LAST_DAY = re.compile(rb"^[ \t]*[\"']?(?:feedback_)?due[\"']?[ \t]*=", re.MULTILINE)


class Wanted(NamedTuple):
    """What a clue must be to be listed; empty asks for nothing.

    Shape: `units` are all names the unit the clue is about is known by; `period` is that in which it was
        received; `still_open` leaves the concluded ones out. Void ones are listed only when their stage is
        asked for. Every one of `words` stands somewhere in it, but for who gave it.
    """

    channel: str = ""
    stages: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    outcome: str = ""
    period: Period | None = None
    late: bool = False
    still_open: bool = False
    words: tuple[str, ...] = ()

    def meets(self, clue: Clue, day: dt.date) -> bool:
        """Whether a clue is such a one."""
        return (
            (clue.stage in self.stages if self.stages else clue.stage != VOID)
            and self.channel in ("", clue.channel)
            and (not self.units or clue.unit in self.units)
            and self.outcome in ("", clue.outcome)
            and self._received(clue.received_on)
            and not (self.still_open and clue.concluded)
            and not (self.late and not clue.lateness(day))
            and all(_stands(word, clue) for word in self.words)
        )

    def _received(self, on: dt.date | None) -> bool:
        if self.period is None:
            return True
        return on is not None and self.period.first <= on <= self.period.last


def _stands(word: str, clue: Clue) -> bool:
    return any(fold(word) in fold(getattr(clue, name)) for name in _READABLE)


def clues(sight: Sight) -> tuple[Clue, ...]:
    """Every clue, void ones too, in the order of the numbers.

    Raises:
        DamageError: a record cannot be read.
    """
    return staging.at_one_moment(sight.book.workspace.state, lambda: tuple(_clues(sight)))


def awaited(sight: Sight) -> tuple[Clue, ...]:
    """The clues with a step that has a last day; of thousands the others are not looked into."""
    if sight.dated:
        return clues(sight)
    return staging.at_one_moment(sight.book.workspace.state, lambda: tuple(_awaited(sight.book)))


def _awaited(book: Book) -> Iterator[Clue]:
    read = book.reader(CLUE)
    for name in book.names(CLUE):
        if _LAST_DAY.search(read(name)):
            yield clue_of(book.read(name, CLUE).shown)


def _clues(sight: Sight) -> Iterator[Clue]:
    for record in sight.book.records(CLUE):
        state = record.shown
        if sight.dated:
            then = sight.book.replayed(record, as_of=sight.as_of, known_at=sight.known_at)
            if then is None:
                continue
            state = then
        yield clue_of(state)


def ids_by_name(book: Book, schema: Schema) -> dict[str, str]:
    """The ids of the records of a kind, by the part of the uid that stands in the names of their files."""
    found = {}
    for name in book.names(schema):
        number = number_in(name)
        if number is not None:
            found[name.removesuffix(".toml").rpartition("-")[2]] = schema.id_of(number)
    return found


def issue_id(ids: Mapping[str, str], clue: Clue) -> str:
    """The number of the issue made of a clue; empty where there is none."""
    return ids.get(short(clue.issue), "") if clue.issue else ""


def made_of(book: Book, state: State) -> str:
    """The id of the clue an issue was made of; empty where it was made of none."""
    uid = str(state.entries[0].data.get("clue", "")) if state.entries else ""
    return ids_by_name(book, CLUE).get(short(uid), "") if uid else ""
