"""What cannot be so in ``people.toml``: names that mean two things, dates turned round, two leaders."""

from __future__ import annotations

import datetime as dt
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.people import Person, Unit
from ledger.domain.words import clauses, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ledger.domain.people import Office, People


class Slip(NamedTuple):
    """Something in ``people.toml`` that cannot be so. Units: `line` counts from 1."""

    line: int
    message: str
    hint: str


def slips(people: People) -> Iterator[Slip]:
    """What contradicts itself in who is listed, in the order of the rules, not of the file."""
    yield from _names_twice(people)
    yield from _aliases_of_two(people)
    yield from _backwards(people)
    yield from _successors(people)
    yield from _offices(people)


def _names_twice(people: People) -> Iterator[Slip]:
    listings: tuple[tuple[Unit | Person, ...], ...] = (people.units, people.persons)
    for rows in listings:
        seen: set[str] = set()
        for row in rows:
            if row.name in seen:
                message = _("{name} is listed twice").format(name=row.name)
                yield Slip(_line(row.lines, "name"), message, _("keep one of the two"))
            seen.add(row.name)


def _aliases_of_two(people: People) -> Iterator[Slip]:
    rows: tuple[Unit | Person, ...] = (*people.units, *people.persons)
    owners = {each.name: each.name for each in rows}
    for row in rows:
        for alias in row.aliases:
            owner = owners.setdefault(alias, row.name)
            if owner != row.name:
                message = _("{alias} means two: {first} and {second}").format(
                    alias=alias, first=owner, second=row.name
                )
                yield Slip(_line(row.lines, "aliases"), message, _("leave it to one of them"))


def _backwards(people: People) -> Iterator[Slip]:
    rows: tuple[Unit | Office, ...] = (*people.units, *people.offices)
    for row in rows:
        if row.begins and row.ends and row.ends < row.begins:
            name = row.name if isinstance(row, Unit) else row.person
            message = _("{name}: the last day, {to}, is before the first, {from_}").format(
                name=name, to=row.ends, from_=row.begins
            )
            yield Slip(_line(row.lines, "to"), message, _("from and to are the first and the last day"))


def _successors(people: People) -> Iterator[Slip]:
    units = {each.name: each for each in people.units}
    for row in people.units:
        if not row.successor:
            continue
        line, next_ = _line(row.lines, "successor"), people.full(row.successor)
        if next_ not in units:
            message = _("{name} is to be succeeded by {successor}, a unit that is not listed")
            yield Slip(line, message.format(name=row.name, successor=row.successor), _near(people, next_))
        elif row.ends is None:
            message = _("{name} has a successor, but no last day").format(name=row.name)
            yield Slip(line, message, _("say until when it had its name: to = 2025-06-30"))
        elif next_ in people.answerable_for(row.name):
            message = _("{name} comes after itself").format(name=row.name)
            yield Slip(line, message, _("name the unit that is answerable now"))


def _offices(people: People) -> Iterator[Slip]:
    units = {each.name: each for each in people.units}
    persons = {each.name for each in people.persons}
    leading: dict[str, list[Office]] = {}
    for office in people.offices:
        unit, person = people.full(office.unit), people.full(office.person)
        if unit not in units:
            message = _("an office of {unit}, a unit that is not listed").format(unit=office.unit)
            yield Slip(_line(office.lines, "unit"), message, _near(people, unit))
            continue
        if person not in persons:
            message = _("an office of {person}, who is not listed").format(person=office.person)
            yield Slip(_line(office.lines, "person"), message, _near(people, person))
            continue
        if office.leads:
            yield from _led_by_two(people, office, leading.setdefault(unit, []))
            leading[unit].append(office)
    for name in leading:
        if units[name].leader:
            message = _("{unit} has a leader without dates beside offices with dates").format(unit=name)
            hint = _("take leader away: the offices say who led it when")
            yield Slip(_line(units[name].lines, "leader"), message, hint)


def _led_by_two(people: People, office: Office, others: Iterable[Office]) -> Iterator[Slip]:
    for other in others:
        first = max(office.begins or dt.date.min, other.begins or dt.date.min)
        if first <= min(office.ends or dt.date.max, other.ends or dt.date.max):
            message = _("{unit} is led by two at one time: {first} and {second}").format(
                unit=people.full(office.unit), first=other.person, second=office.person
            )
            if first > dt.date.min:
                message = clauses([message, _("from {day}").format(day=first)])
            hint = _("end one before the other begins, or write leads = false for who does not lead")
            key = "from" if office.begins == first and "from" in office.lines else "person"
            yield Slip(_line(office.lines, key), message, hint)


def _near(people: People, name: str) -> str:
    near = people.near(name)
    return _("did you mean {names}?").format(names=listed(near)) if near else _("list it first")


def _line(lines: Mapping[str, int], key: str) -> int:
    return lines.get(key, lines.get("", 1))
