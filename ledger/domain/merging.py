"""One history out of two: a record that was changed in two copies of a ledger (合并两处修改)."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from functools import partial
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain import threeway
from ledger.domain.course import OWN
from ledger.domain.entry import compose
from ledger.domain.ids import ulid
from ledger.domain.replay import causal, replay
from ledger.domain.schema import DUE_KEYS, Kind
from ledger.domain.ticked import TABLES
from ledger.errors import DamageError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ledger.domain.entry import Entry
    from ledger.domain.schema import Schema
    from ledger.domain.state import State

#: Fields that say one thing together: they change hands whole.
_TOGETHER = (DUE_KEYS, ("claimed_by", "claimed_on"))
#: What is worked out from the histories, not chosen.
_NOT_CHOSEN = frozenset({"uid", "number", "formerly"})


class Side(StrEnum):
    """Whose value is meant: that of this copy, or that of the one that came in."""

    MINE = "mine"
    THEIRS = "theirs"


class Dispute(NamedTuple):
    """Something both sides set to different values.

    Shape: `key` is the measure's uid, OWN for the issue itself; `fields` are the names that change hands
        together; `mine` and `theirs` hold their values, without those that are not there; `mine_by` and
        `theirs_by` are the entries that set them, where a single one can be named.
    """

    key: str
    fields: tuple[str, ...]
    mine: Mapping[str, Any]
    theirs: Mapping[str, Any]
    mine_by: Entry | None
    theirs_by: Entry | None


class Merger:
    """Two versions of one record, and what becomes of them together.

    Attributes:
        mine: The record in this copy.
        theirs: The record that came in.
        base: What both have in common.
        union: What both histories give together, before anything is settled.
        disputes: What a person has to decide.
    """

    def __init__(self, schema: Schema, mine: Sequence[Entry], theirs: Sequence[Entry]) -> None:
        """Compare two histories.

        Raises:
            DamageError: they have nothing in common.
        """
        known = {entry.hash for entry in theirs}
        shared = [entry for entry in mine if entry.hash in known]
        if not shared:
            raise DamageError(
                _("the two versions have no history in common"),
                _("take the one that is right from git: ledger restore"),
            )
        self._schema = schema
        self.base = replay(schema, shared)
        self.mine = replay(schema, mine)
        self.theirs = replay(schema, theirs)
        self.union = replay(schema, causal([*mine, *theirs]))
        self._changes: dict[str, dict[str, Any]] = {}
        self.disputes: list[Dispute] = []
        if len(self.union.tips) > 1:
            for key in (OWN, *self.base.parts):
                self._compare(key)
            self._remember_numbers()
            self._number_measures()

    def settled(self, chosen: Sequence[Side] = (), by: str = "", at: dt.datetime | None = None) -> State:
        """The one record, whose history joins both.

        Shape: `chosen` answers each of `disputes`, in order. Without disputes the entry that joins the
            histories depends on them alone, so that every copy makes the same one; with disputes it is
            `by` and `at`, and keeps the values that lost.

        Source: docs/contract.md §2, Git.
        """
        if len(self.union.tips) < 2:
            return self.union
        changes = {key: dict(fields) for key, fields in self._changes.items()}
        lost: dict[str, dict[str, Any]] = {}
        for dispute, side in zip(self.disputes, chosen, strict=True):
            kept, dropped = dispute.mine, dispute.theirs
            if side is Side.THEIRS:
                kept, dropped = dropped, kept
            differing = [name for name in dispute.fields if kept.get(name) != dropped.get(name)]
            changes.setdefault(dispute.key, {}).update({name: kept.get(name) for name in differing})
            lost.setdefault(dispute.key, {}).update(
                {name: dropped[name] for name in differing if name in dropped}
            )
        parts = self._joining(by, at)
        parts["set"], parts["was"] = self._relative(changes), self._relative(lost)
        return replay(self._schema, [*self.union.entries, compose(parts)])

    def _joining(self, by: str, at: dt.datetime | None) -> dict[str, Any]:
        """The entry that has both histories before it, but for what it sets."""
        tips = sorted(
            (entry for entry in self.union.entries if entry.hash in self.union.tips),
            key=lambda entry: (entry.instant, entry.id, entry.hash),
        )
        last = tips[-1]
        moment = at if at is not None and self.disputes else last.instant
        parents = sorted(entry.hash for entry in tips)
        chance = hashlib.sha256("".join((*parents, by if self.disputes else "")).encode()).digest()
        name = ulid(int(moment.timestamp() * 1000), chance[:10])
        return {
            "id": name,
            "batch": name,
            "do": "resolve",
            "on": max(entry.on for entry in tips),
            "at": moment,
            "by": by if self.disputes else last.by,
            "prev": parents,
        }

    # -- field by field -----------------------------------------------------------------

    def _compare(self, key: str) -> None:
        mine, theirs, base, now = (
            self._fields(each, key) for each in (self.mine, self.theirs, self.base, self.union)
        )
        for group in _groups([*base, *mine, *theirs]):
            versions = [{name: each[name] for name in group if name in each} for each in (base, mine, theirs)]
            merged = self._merged(key, group, *versions)
            if merged is None:
                by = (self._setter(side, key, group) for side in (self.mine, self.theirs))
                self.disputes.append(Dispute(key, group, versions[1], versions[2], *by))
                continue
            for name in group:
                if merged.get(name) != now.get(name):
                    self._changes.setdefault(key, {})[name] = merged.get(name)

    def _merged(
        self,
        key: str,
        group: tuple[str, ...],
        base: dict[str, Any],
        mine: dict[str, Any],
        theirs: dict[str, Any],
    ) -> dict[str, Any] | None:
        """What a group of fields holds after the merge; nothing when a person has to say."""
        if len(group) > 1:
            chosen = threeway.value(base, mine, theirs)
            return chosen if isinstance(chosen, dict) else None
        name = group[0]
        if name in _NOT_CHOSEN:
            return _numbered(name, mine, theirs, base)
        value = self._way(key, name)(base.get(name), mine.get(name), theirs.get(name))
        return None if value is threeway.DISPUTED else {name: value}

    def _way(self, key: str, name: str) -> Callable[[object, object, object], object]:
        if name == "points":
            return threeway.points
        if name in TABLES:
            return partial(threeway.ticked, name)
        if name == "evidence":
            return threeway.evidence
        shape = (self._schema.by_name if key == OWN else self._schema.part_by_name).get(name)
        if shape is not None and shape.kind is Kind.LIST:
            return threeway.members
        return threeway.text if shape is not None and shape.kind is Kind.TEXT else threeway.value

    def _remember_numbers(self) -> None:
        """Of two renumberings the one that lost was a number of the record too."""
        numbers = {int(state.fields.get("number", 0)) for state in (self.mine, self.theirs)}
        if len(numbers) == 2 and self.base.fields.get("number") not in numbers:
            given = self._changes.setdefault(OWN, {})
            now = given.get("formerly", self.union.fields.get("formerly")) or []
            given["formerly"] = [*now, min(numbers)]

    def _number_measures(self) -> None:
        """Give measures added in both places different numbers: the smaller uid keeps its own."""
        taken: set[int] = set()
        numbers = {
            uid: self._changes.get(uid, {}).get("number", part.get("number", 0))
            for uid, part in sorted(self.union.parts.items())
        }
        highest = max(numbers.values(), default=0)
        for uid, number in numbers.items():
            if number in taken:
                highest += 1
                self._changes.setdefault(uid, {})["number"] = highest
            taken.add(number)

    def _setter(self, side: State, key: str, names: Iterable[str]) -> Entry | None:
        """The last entry on one side that set one of the fields."""
        shared = {entry.hash for entry in self.base.entries}
        own = (entry for entry in reversed(side.entries) if entry.hash not in shared)
        return next((each for each in own if not self._fields_set(each, key).keys().isdisjoint(names)), None)

    def _fields_set(self, entry: Entry, key: str) -> Mapping[str, Any]:
        if key == OWN:
            return entry.set
        given: Mapping[str, Mapping[str, Any]] = entry.set.get(self._schema.part or "", {})
        return given.get(key, {})

    def _fields(self, state: State, key: str) -> dict[str, Any]:
        return state.fields if key == OWN else state.parts.get(key, {})

    def _relative(self, changes: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        """Changes by key in the form of an entry's ``set``."""
        own = dict(changes.get(OWN, {}))
        parts = {key: dict(fields) for key, fields in changes.items() if key != OWN and fields}
        return {**own, **({self._schema.part or "": parts} if parts else {})}


def _groups(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The names, each once, those that change hands together in one."""
    yield from _TOGETHER
    yield from ((name,) for name in dict.fromkeys(names) if not any(name in group for group in _TOGETHER))


def _numbered(
    name: str, mine: Mapping[str, Any], theirs: Mapping[str, Any], base: Mapping[str, Any]
) -> dict[str, Any]:
    """The number of a record renumbered twice is the larger; those it had stay with it.

    Source: docs/contract.md §2, Git: of two renumberings the larger.
    """
    if name == "formerly":
        return {name: threeway.members(base.get(name), mine.get(name), theirs.get(name))}
    chosen = threeway.value(base.get(name), mine.get(name), theirs.get(name))
    return {name: max(mine[name], theirs[name]) if chosen is threeway.DISPUTED else chosen}
