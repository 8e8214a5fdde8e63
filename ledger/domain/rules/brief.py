"""What the rules across records want to know of each, taken while it is at hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ledger.domain.letter import LETTER
from ledger.domain.rules import clues, registers
from ledger.domain.rules.outside import then
from ledger.domain.rules.subject import Brief
from ledger.domain.schema import ISSUE, VOID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from ledger.domain.entry import Entry
    from ledger.domain.rules.subject import Checked

#: The fields that name units and persons, by the kind of record; registers declare theirs.
_NAMES = {
    "issue": ("unit", "leader", "owner", "claimed_by"),
    "letter": ("addressee",),
    "clue": ("unit", "routed_to"),
}
_NOWHERE: frozenset[str] = frozenset()

#: How an entry names a file it attaches.
_DIGEST = re.compile(r'"sha256":"([0-9a-f]{64})"')


def brief_of(record: Checked) -> Brief:
    """The record in brief."""
    number = record.state.fields.get("number")
    trusted = record.schema is ISSUE and record.holds
    return Brief(
        path=record.path,
        kind=record.schema.kind,
        uid=record.uid,
        id=record.id,
        number=number if isinstance(number, int) else None,
        holds=record.holds,
        parts=tuple(record.state.parts),
        given_up=_given_up(record) if record.schema is ISSUE else (),
        mentions=_mentions(record) if trusted else (),
        strangers=tuple(strangers(record)) if record.holds else (),
        unplanned=_unplanned(record) if trusted else (),
        gone=_gone(record),
        files=_files(record),
        then=then(record),
        reference=str(record.state.fields.get("reference", "")),
        stage=record.state.stage,
        counterpart=clues.counterpart(record) if record.holds else "",
        items=tuple(map(str, record.state.fields.get("items", ()))) if record.schema is LETTER else (),
        links=registers.links(record),
        serials=registers.serials(record),
        undeclared=registers.is_undeclared(record),
    )


def _unplanned(record: Checked) -> tuple[int, ...]:
    versions = dict.fromkeys(record.state.plan_versions)
    return tuple(version for version in versions if version not in record.around.plans)


def _gone(record: Checked) -> tuple[str, ...]:
    named = record.around.heads.get(record.uid, ())
    there = {entry.hash for entry in record.history} if named else frozenset()
    return tuple(head for head in named if head.removeprefix("sha256:") not in there)


def _files(record: Checked) -> tuple[str, ...]:
    """The digests of evidence a history names, taken back or not."""
    lines = (entry.line for entry in record.history if '"sha256"' in entry.line)
    return tuple(dict.fromkeys(digest for line in lines for digest in _DIGEST.findall(line)))


def _given_up(record: Checked) -> tuple[int, ...]:
    """Numbers given up in a draft; after a renumbering of two clones' issues the other keeps it."""
    numbers = {
        entry.was.get("number") for entry in record.history if entry.do == "move" and "number" in entry.set
    }
    return tuple(sorted(each for each in numbers if isinstance(each, int)))


def _mentions(record: Checked) -> tuple[str, ...]:
    """The issues a record names: those its measures serve, places they went to or came from, what it was."""
    before = str(record.state.fields.get("variant_of", ""))
    served = {str(uid) for _key, home in record.homes() for uid in home.get("serves", ())}
    served |= {before} if before and "/" not in before else set()
    return tuple(sorted(served.union(*(elsewhere(entry) for entry in record.history))))


def elsewhere(entry: Entry) -> AbstractSet[str]:
    """The issues an entry names as places something went to or came from."""
    data = entry.data
    if not ("to" in data or "from" in data or entry.do == "merge"):
        return _NOWHERE
    named = {str(place.get("issue")) for way in ("to", "from") if isinstance(place := data.get(way), dict)}
    if entry.do == "merge" and not entry.target:
        named.add(str(data.get("into")))
    return named


def strangers(record: Checked) -> Iterator[tuple[str, str, str]]:
    """Names of units and persons that nobody listed, with the key of their home and their field."""
    names, kind = record.around.names, record.schema.kind
    if names is None or record.state.stage == VOID:
        return
    fields = _NAMES[kind] if kind in _NAMES else registers.units(record)
    for key, home in record.live() if fields else ():
        for field, name in _named(home, fields):
            if not names.known(name):
                yield name, key, field


def _named(home: Mapping[str, Any], fields: Iterable[str]) -> Iterator[tuple[str, str]]:
    for field in fields:
        if home.get(field):
            yield field, str(home[field])
    for name in home.get("co_units", ()):
        yield "co_units", str(name)
