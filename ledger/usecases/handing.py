"""Handovers: who holds what in every ledger of a workspace, and all of it handed over in one change."""

from __future__ import annotations

import json
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.acts import handing
from ledger.domain.handover import (
    HANDOVER,
    HOLDING,
    OF_PERSONS,
    OF_UNITS,
    Handover,
    Holding,
    handover_of,
    holdings,
)
from ledger.domain.kinds import FIXED
from ledger.domain.text import one_line
from ledger.domain.words import listed
from ledger.errors import NotFoundError, RefusedError, UsageError
from ledger.usecases.change import Desk, Outcome, Work, together

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ledger.domain.people import People
    from ledger.domain.settings import Settings
    from ledger.store.book import Book
    from ledger.store.record import Record
    from ledger.store.workspace import Workspace


class Wish(NamedTuple):
    """What is to be handed over, as typed.

    Shape: no `giver` means everybody; without `roles` it is all that a person, or a unit, may hold.
    """

    giver: str = ""
    taker: str = ""
    unit: bool = False
    roles: tuple[str, ...] = ()


class Held(NamedTuple):
    """Something open in a ledger, and what somebody is to it."""

    ledger: str
    holding: Holding


def ledgers(workspace: Workspace, names: Sequence[str], chosen: str | None) -> tuple[Book, ...]:
    """The ledgers meant: those named, else the one the command line chose, else all there are.

    Raises:
        NotFoundError: there is no ledger of that name, or none at all.
    """
    from ledger.store.book import Book

    wanted = names or ([chosen] if chosen else workspace.names()) or [workspace.choose(None)]
    return tuple(Book(workspace, workspace.choose(name)) for name in dict.fromkeys(wanted))


def held(
    books: Sequence[Book], wish: Wish, *, as_of: dt.date | None = None, known_at: dt.datetime | None = None
) -> list[Held]:
    """What is open and in whose hands, as it is or as it was: of one giver, or of everybody.

    Shape: ledger by ledger, issues first; the steps that somebody signs come last.

    Raises:
        UsageError: a role is not known.
    """
    roles, found = _roles(wish), []
    wish = _in_full(books, wish)
    for book in books:
        is_meant = _matcher(book, wish)
        for record in _records(book, wish):
            dated = as_of is not None or known_at is not None
            state = book.replayed(record, as_of=as_of, known_at=known_at) if dated else record.state
            found += [Held(book.name, each) for each in (holdings(state) if state else ())]
        found += [Held(book.name, each) for each in _signs(book.settings_on(as_of, known_at))]
        found = [
            each
            for each in found
            if each.ledger != book.name or (each.holding.role in roles and is_meant(each.holding.name))
        ]
    return list(dict.fromkeys(found))


class Past(NamedTuple):
    """A handover there was, under the id it has in a ledger."""

    ledger: str
    id: str
    handover: Handover


def past(
    books: Sequence[Book], *, as_of: dt.date | None = None, known_at: dt.datetime | None = None
) -> list[Past]:
    """The handovers there were, ledger by ledger, the first first; those taken back left out."""
    found = []
    for book in books:
        for record in book.records(HANDOVER):
            dated = as_of is not None or known_at is not None
            state = book.replayed(record, as_of=as_of, known_at=known_at) if dated else record.state
            made = handover_of(state) if state else None
            if state is not None and made is not None:
                found.append(Past(book.name, HANDOVER.id_of(int(state.fields["number"])), made))
    return sorted(found, key=lambda each: (each.ledger, each.handover.on))


def _signs(settings: Settings) -> Iterator[Holding]:
    """The steps of the chain, as what those who sign them hold."""
    for step in settings.chain.steps:
        for name in step.signers:
            yield Holding(step.code, "", "signer", name, step.label)


def _roles(wish: Wish) -> tuple[str, ...]:
    able = OF_UNITS if wish.unit else OF_PERSONS
    for role in wish.roles:
        if role not in able:
            message = _("{role} is nothing that is handed over here").format(role=role)
            raise UsageError(message, _("there are: {names}").format(names=", ".join(able)))
    return wish.roles or able


def _in_full(books: Sequence[Book], wish: Wish) -> Wish:
    """The same with full names, as whichever ledger knows them: not every one lists everybody."""

    def full(typed: str) -> str:
        name = one_line(typed) if typed else ""
        return next((book.people.full(name) for book in books if book.people.known(name)), name)

    return wish._replace(giver=full(wish.giver), taker=full(wish.taker))


def _matcher(book: Book, wish: Wish) -> Callable[[str], bool]:
    """Whether a name in a record is the giver's, in whatever spelling."""
    giver = book.people.full(wish.giver)
    return lambda name: not giver or book.people.full(name) == giver


def _records(book: Book, wish: Wish) -> Iterator[Record]:
    """The records somebody may hold; of one giver only those whose file has the name at all."""
    spelled = book.people.spelled(wish.giver) if wish.giver else ()
    marks = [json.dumps(each, ensure_ascii=False)[1:-1].encode() for each in spelled]
    plain = all(mark.decode() == each for mark, each in zip(marks, spelled, strict=True))
    for kind in HOLDING:
        schema = FIXED[kind]
        read = book.reader(schema)
        for name in book.names(schema):
            if not (marks and plain) or any(mark in read(name) for mark in marks):
                yield book.read(name, schema)


def hand_over(desk: Desk, books: Sequence[Book], wish: Wish) -> Outcome[list[Held]]:
    """Hand over everything open that the giver holds, in all ledgers or in none; gives what went.

    Raises:
        UsageError: the names are one and the same, a unit and a person, or a role is not known.
        NotFoundError: nobody knows the giver.
        RefusedError: nobody has listed the taker.
    """

    def deed(works: Sequence[Work]) -> list[Held]:
        named = _in_full(books, wish)
        _two_names(wish, named)
        went = [each for work in works for each in _in_one(work, named)]
        if not went:
            _somebody(books, named)
        return went

    return together(desk, "handover", books, deed)


def _in_one(work: Work, wish: Wish) -> list[Held]:
    book, people = work.book, work.book.people
    giver, taker = people.full(wish.giver), people.full(wish.taker)
    _of_a_kind(people, wish.unit, (giver, taker))
    handover = Handover(work.actor.on, giver, taker, _roles(wish))
    is_giver = _matcher(book, wish)
    went: list[Holding] = []
    for record in _records(book, wish):
        if any(each.role in handover.roles and is_giver(each.name) for each in holdings(record.state)):
            went += handing.hand_over(work.take(record), handover, is_giver)
    if "signer" in handover.roles:
        went += [each for each in _signs(work.settings) if is_giver(each.name)]
    if went:
        _listed(book, people, taker)
        draft = work.new(HANDOVER)
        roles = tuple(dict.fromkeys(each.role for each in went))
        handing.record(draft, work.next_number(HANDOVER), handover._replace(roles=roles))
        draft.warnings.extend(people.remarks([taker], handover.on))
    return [Held(book.name, each) for each in dict.fromkeys(went)]


def _two_names(typed: Wish, named: Wish) -> None:
    """Refuse to hand over from somebody to nobody, or to himself."""
    if not named.giver or not named.taker:
        raise UsageError(_("a handover needs two names"), _("give them with --from and --to"))
    if named.giver == named.taker:
        message = _("{first} and {second} are one and the same").format(first=typed.giver, second=typed.taker)
        raise UsageError(message, _("name somebody else with --to"))


def _of_a_kind(people: People, unit: bool, names: Iterable[str]) -> None:
    """Refuse to hand over from a person to a unit, or between units as if they were persons."""
    for name in names:
        if people.known(name) and people.is_unit(name) is not unit:
            if unit:
                message, hint = _("{name} is no unit"), _("leave --unit out: persons hand over to persons")
            else:
                message, hint = _("{name} is a unit"), _("add --unit: units hand over to units")
            raise UsageError(message.format(name=name), hint)


def _listed(book: Book, people: People, taker: str) -> None:
    if people and not people.known(taker):
        message = _("{name} is not in people.toml of ledger {ledger}").format(name=taker, ledger=book.name)
        near = people.near(taker)
        hint = (
            _("did you mean {names}?").format(names=listed(near))
            if near
            else _("list whoever takes over first")
        )
        raise RefusedError(message, hint)


def _somebody(books: Sequence[Book], wish: Wish) -> None:
    """Refuse a giver of whom no ledger has ever heard."""
    name = wish.giver
    if any(book.people.known(name) or _mentioned(book, wish) for book in books):
        return
    near = dict.fromkeys(each for book in books for each in book.people.near(name))
    hint = (
        _("did you mean {names}?").format(names=listed(near))
        if near
        else _("ledger handover shows who holds what")
    )
    raise NotFoundError(_("nobody called {name} holds anything").format(name=name), hint)


def _mentioned(book: Book, wish: Wish) -> bool:
    return next(_records(book, wish), None) is not None
