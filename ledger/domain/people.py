"""Units and persons an office knows: their names, who led which unit when, and what became of a unit."""

from __future__ import annotations

import datetime as dt
import difflib
from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.words import clauses, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Of a row that stands in no file.
_NOWHERE: Mapping[str, int] = MappingProxyType({})


class Unit(NamedTuple):
    """A unit (责任单位).

    Shape: `leader` leads it whenever no office says who does; `group` is what it is counted under where a
        register asks who is missing (市州, 省直部门); from the day after `ends` the unit `successor` is
        answerable for what was its own. `lines` says where the keys of its row stand in the file, and
        under the empty key the row itself.
    """

    name: str
    aliases: tuple[str, ...] = ()
    leader: str = ""
    group: str = ""
    begins: dt.date | None = None
    ends: dt.date | None = None
    successor: str = ""
    lines: Mapping[str, int] = _NOWHERE


class Person(NamedTuple):
    """A person, with other names people use."""

    name: str
    aliases: tuple[str, ...] = ()
    lines: Mapping[str, int] = _NOWHERE


class Office(NamedTuple):
    """Who held which post of a unit; `begins` and `ends` are its first and its last day, None is open."""

    person: str
    unit: str
    post: str = ""
    leads: bool = True
    begins: dt.date | None = None
    ends: dt.date | None = None
    lines: Mapping[str, int] = _NOWHERE

    def held(self, on: dt.date | None) -> bool:
        """Whether it was held on that day; without a day, whether it has no end."""
        if on is None:
            return self.ends is None
        return (self.begins or dt.date.min) <= on <= (self.ends or dt.date.max)


class People:
    """Who may be named; where nobody is listed any name is fine.

    Attributes:
        units: The units, as the file lists them.
        persons: The persons, as the file lists them.
        offices: Who held which post when.
    """

    def __init__(
        self, units: Iterable[Unit] = (), persons: Iterable[Person] = (), offices: Iterable[Office] = ()
    ) -> None:
        """Take what a file lists."""
        self.units = tuple(units)
        self.persons = tuple(persons)
        self.offices = tuple(offices)
        self._units = {each.name: each for each in self.units}
        names = (*self._units, *(each.name for each in self.persons))
        rows: tuple[Unit | Person, ...] = (*self.units, *self.persons)
        aliases = {alias: each.name for each in rows for alias in each.aliases}
        leaders = (each.leader for each in self.units if each.leader)
        self._full = {**aliases, **{name: name for name in (*names, *leaders) if name not in aliases}}

    def __bool__(self) -> bool:
        """Whether anybody is listed."""
        return bool(self.units or self.persons)

    def full(self, name: str) -> str:
        """The full name behind an alias; any other name as it is. Inner blanks do not count (张　三)."""
        return self._full.get(name) or self._full.get("".join(name.split())) or name

    def known(self, name: str) -> bool:
        """Whether the name is listed."""
        return name in self._full

    def near(self, name: str) -> tuple[str, ...]:
        """Listed names that look like this one, at most three."""
        return tuple(difflib.get_close_matches(name, self._full, n=3, cutoff=0.5))

    def spelled(self, name: str) -> tuple[str, ...]:
        """Every way in which a name is written: in full, then its aliases."""
        full = self.full(name)
        return tuple(dict.fromkeys((full, *(each for each, meant in self._full.items() if meant == full))))

    def is_unit(self, name: str) -> bool:
        """Whether a unit is listed under the name, or under the one behind an alias."""
        return self.full(name) in self._units

    def group_of(self, unit: str) -> str:
        """What a unit is counted under; empty when its row does not say."""
        row = self._units.get(self.full(unit))
        return row.group if row else ""

    @property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """The groups, each with the full names of its units, in the order of the file."""
        found: dict[str, tuple[str, ...]] = {}
        for each in self.units:
            if each.group:
                found[each.group] = (*found.get(each.group, ()), each.name)
        return found

    def units_on(self, on: dt.date, group: str = "") -> tuple[str, ...]:
        """The units there are on a day, all or those of a group."""
        there = (each for each in self.units if (each.begins or on) <= on <= (each.ends or on))
        return tuple(each.name for each in there if not group or each.group == group)

    def leader_of(self, unit: str, on: dt.date | None = None) -> str:
        """The leader of a unit on a day; empty when none is listed.

        Shape: without a day the one whose office has no end.
        """
        name = self.full(unit)
        held = (
            each for each in self.offices if each.leads and each.held(on) and self.full(each.unit) == name
        )
        person = next((self.full(each.person) for each in held), "")
        return person or (self._units[name].leader if name in self._units else "")

    def ever_led(self, unit: str, person: str) -> bool:
        """Whether the file names the person as the unit's leader, on whatever day."""
        name = self.full(unit)
        led = {self.full(each.person) for each in self.offices if each.leads and self.full(each.unit) == name}
        return person in led or person == self.leader_of(unit)

    def answerable_for(self, unit: str) -> tuple[str, ...]:
        """The unit's full name, and those of the units whose successor it is, the nearest first."""
        found = [self.full(unit)]
        for name in found:
            before = (
                each.name for each in self.units if each.successor and self.full(each.successor) == name
            )
            found += [each for each in before if each not in found]
        return tuple(found)

    def remarks(self, names: Iterable[str], on: dt.date | None = None) -> list[str]:
        """A sentence for every name that nobody listed, or that is no longer in office on a day."""
        if not self:
            return []
        said = (self._remark(name, on) for name in dict.fromkeys(names))
        return [each for each in said if each]

    def _remark(self, name: str, on: dt.date | None) -> str:
        if not self.known(name):
            near = self.near(name)
            sentence = _("{name} is not in people.toml").format(name=name)
            return clauses([sentence, *([_("near: {names}").format(names=listed(near))] if near else [])])
        return self._gone(self.full(name), on) if on else ""

    def _gone(self, name: str, on: dt.date) -> str:
        """What is to be said of who, or what, is not in office any more."""
        unit = self._units.get(name)
        if unit is not None:
            if unit.ends is None or on <= unit.ends:
                return ""
            if unit.successor:
                return _("{name} was succeeded by {successor} after {day}").format(
                    name=name, successor=self.full(unit.successor), day=unit.ends
                )
            return _("{name} has ended on {day}").format(name=name, day=unit.ends)
        own = [each for each in self.offices if self.full(each.person) == name]
        last = max((each.ends or dt.date.max for each in own), default=dt.date.max)
        if on <= last:
            return ""
        sentence = _("{name} left office on {day}").format(name=name, day=last)
        led = dict.fromkeys(self.full(each.unit) for each in own if each.leads and each.ends == last)
        now = {each: self.leader_of(each, on) for each in led}
        return clauses(
            [
                sentence,
                *(
                    _("{unit} is led by {leader}").format(unit=each, leader=leader)
                    for each, leader in now.items()
                    if leader
                ),
            ]
        )
