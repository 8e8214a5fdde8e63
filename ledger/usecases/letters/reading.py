"""The letters there are, as they are or as they were, and those about one thing."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.ids import parse_ids
from ledger.domain.letter import LETTER, Letter, letter_of
from ledger.errors import NotFoundError, UsageError
from ledger.store import staging
from ledger.usecases.sight import ask

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Sequence

    from ledger.domain.state import State
    from ledger.store.record import Record
    from ledger.usecases.sight import Sight


def letters(sight: Sight) -> tuple[Letter, ...]:
    """Every letter, in the order of the numbers; void ones too.

    Raises:
        DamageError: a letter cannot be read, or its history does not hold.
    """
    return staging.at_one_moment(
        sight.book.workspace.state, lambda: tuple(_of(sight, sight.book.names(LETTER)))
    )


def about(sight: Sight, uids: Collection[str]) -> tuple[Letter, ...]:
    """The letters about some measures or issues, by their uids; void ones apart.

    Shape: only letters whose files name one of them are read whole: this is asked whenever an issue is shown.
    """
    names = sight.book.names(LETTER)
    if not names or not uids:
        return ()
    marks = [uid.encode() for uid in uids]
    bytes_of = sight.book.reader(LETTER)

    def found() -> tuple[Letter, ...]:
        near = [name for name in names if _has(bytes_of(name), marks)]
        return tuple(
            each for each in _of(sight, near) if each.stage != "void" and not set(uids).isdisjoint(each.items)
        )

    return staging.at_one_moment(sight.book.workspace.state, found)


def _has(data: bytes, marks: Sequence[bytes]) -> bool:
    return any(mark in data for mark in marks)


def _of(sight: Sight, names: Sequence[str]) -> Iterator[Letter]:
    for name in names:
        state = seen(sight, sight.book.read(name, LETTER))
        if state is not None:
            yield letter_of(state)


def seen(sight: Sight, record: Record) -> State | None:
    """A record of a letter as it is or as it was; None when it was not there yet."""
    if sight.dated:
        return sight.book.replayed(record, as_of=sight.as_of, known_at=sight.known_at)
    return record.shown


def chosen(sight: Sight, words: Sequence[str]) -> tuple[tuple[Record, Letter], ...]:
    """The letters that ids mean, each with its record.

    Raises:
        UsageError: it is not the id of a letter.
        NotFoundError: there is no such letter, or there was none yet.
    """
    found = []
    for number in numbers(words):
        record = sight.book.find(number, LETTER)
        state = seen(sight, record)
        if state is None:
            message = _("there was no {id} on {day}").format(id=LETTER.id_of(number), day=sight.day)
            hint = _("ledger history {id} shows when it was entered").format(id=LETTER.id_of(number))
            raise NotFoundError(message, hint)
        found.append((record, letter_of(state)))
    return tuple(found)


def numbers(words: Sequence[str]) -> tuple[int, ...]:
    """The numbers of the letters that ids mean.

    Raises:
        UsageError: it is not the id of a letter.
    """
    wanted = parse_ids(words)
    for each in wanted:
        if each.kind != "letter":
            message = _("{id} is not a letter").format(id=each)
            raise UsageError(message, _("write L3; ledger letter list shows them all"))
    return tuple(each.numbers[0] for each in wanted)


def one(word: str) -> int:
    """The number of the letter an id means.

    Raises:
        UsageError: it is not the id of one letter.
    """
    found = numbers([word])
    if len(found) != 1:
        raise UsageError(_("{id} means several").format(id=word), _("name one of them"))
    return found[0]


class Items:
    """What letters are about, by the ids it has now."""

    def __init__(self, sight: Sight, uids: Sequence[str]) -> None:
        """Ask the index once for all of it."""
        from ledger.store import lists
        from ledger.store.listed import Day

        day = Day(sight.day, sight.book.settings.lights)
        self._ids = {each.uid: each.id for each in ask(sight, lambda asked: lists.named(asked, uids, day))}

    def id_of(self, uid: str) -> str:
        """The id of a measure or an issue; empty where it is not there."""
        return self._ids.get(uid, "")


class Awaited(NamedTuple):
    """A letter that is out and has not been answered.

    Shape: `name` is what it is called on paper: its form and its number.
    Units: `days` late, negative when days are left.
    """

    id: str
    uid: str
    name: str
    title: str
    addressee: str
    signed_on: dt.date
    reply_by: dt.date
    days: int


def awaited(sight: Sight) -> tuple[Awaited, ...]:
    """What was asked for in letters and has not come, the longest late first."""
    found = [
        Awaited(
            id=each.id,
            uid=each.uid,
            name=name_of(each),
            title=each.title,
            addressee=each.addressee,
            signed_on=each.signed_on,
            reply_by=each.reply_by,
            days=(sight.day - each.reply_by).days,
        )
        for each in letters(sight)
        if each.stage == "signed" and each.signed_on is not None and each.reply_by is not None
    ]
    return tuple(sorted(found, key=lambda each: (each.reply_by, each.id)))


def name_of(letter: Letter) -> str:
    """What a letter is called on paper: the number, with its form where the number does not say it."""
    if not letter.reference:
        return letter.form
    return letter.reference if letter.form in letter.reference else f"{letter.form} {letter.reference}"
