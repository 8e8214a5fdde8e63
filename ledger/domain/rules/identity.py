"""Rules about what things are called: files, uids, numbers, and what refers to what."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from ledger.domain.ids import short
from ledger.domain.rules.history import way_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.domain.rules.subject import Checked, Fault, Subject


def file_name(subject: Subject) -> Iterator[Fault]:
    """A file is named by the number and the uid of its record.

    Source: docs/contract.md §2.
    """
    for record in subject.sound:
        number = record.state.fields.get("number")
        name = f"{number:04d}-{short(record.uid)}.toml" if isinstance(number, int) else ""
        if record.name != name:
            message = _("the file's name does not fit its record, {id}").format(id=record.id)
            yield record.fault(1, message, _("rename it to {name}").format(name=name or "-"))


def uids(subject: Subject) -> Iterator[Fault]:
    """Every record and every measure has a uid of its own."""
    records: dict[str, Checked] = {}
    measures: dict[str, Checked] = {}
    for record in sorted(subject.records, key=lambda each: short(each.uid) not in each.name):
        first = records.setdefault(record.uid, record)
        if first is not record:
            yield _same_uid(record, None, record.uid, first)
            continue
        for uid in record.state.parts:
            other = measures.setdefault(uid, record)
            if other is not record:
                yield _same_uid(record, uid, uid, other)


def _same_uid(record: Checked, key: str | None, uid: str, first: Checked) -> Fault:
    message = _("uid {uid} is that of {path} too").format(uid=uid, path=first.path)
    hint = _("one of them is a copy: move it out of the folder")
    return record.fault(record.line(key, "uid"), message, hint, key=key)


def numbers(subject: Subject) -> Iterator[Fault]:
    """No two issues have one number, and no number is used again; the same for an issue's measures.

    Source: docs/contract.md §2: numbers are never reused.
    """
    holders: dict[int, Checked] = {}
    for record in sorted(subject.issues, key=lambda each: each.uid):
        number = record.state.fields.get("number")
        if number in holders and holders[number].uid != record.uid:
            message = _("number {number} is that of {path} too").format(
                number=number, path=holders[number].path
            )
            yield record.fault(
                record.line(None, "number"),
                message,
                _("one of the two needs another number; both records are kept"),
            )
        elif isinstance(number, int):
            holders[number] = record
        yield from _measure_numbers(record)
    for record in subject.issues:
        yield from _used_again(record, holders)


def _measure_numbers(record: Checked) -> Iterator[Fault]:
    seen: set[Any] = set()
    for part in record.state.measures():
        number = part.get("number")
        if number in seen:
            message = _("issue {id} has two measures {number}").format(id=record.id, number=number)
            yield record.fault(record.line(part["uid"], "number"), message, way_out(), key=part["uid"])
        seen.add(number)


def _used_again(record: Checked, holders: dict[int, Checked]) -> Iterator[Fault]:
    """Numbers given up in a draft; after a renumbering of two clones' issues the other keeps it."""
    given_up = {
        entry.was.get("number") for entry in record.history if entry.do == "move" and "number" in entry.set
    }
    for number in sorted(each for each in given_up if isinstance(each, int)):
        holder = holders.get(number)
        if holder is not None and holder.uid != record.uid:
            message = _("number {number} was that of issue {id} before").format(number=number, id=record.id)
            hint = _("give it another with: ledger move {number} --to NUMBER").format(number=number)
            yield holder.fault(holder.line(None, "number"), message, hint)


def references(subject: Subject) -> Iterator[Fault]:
    """What a record refers to is there: issues a measure serves, places a measure went to or came from."""
    known = {record.uid for record in subject.issues}
    if subject.unreadable:
        return
    for record in subject.issues:
        if not record.holds:
            continue
        for key, home in record.homes():
            for uid in home.get("serves", ()):
                if uid not in known:
                    message = _("{id} serves an issue that is not there: {uid}").format(
                        id=record.name_of(key), uid=uid
                    )
                    hint = _("name others with: ledger edit {id} --serves ID").format(id=record.name_of(key))
                    yield record.fault(record.line(key, "serves"), message, hint, key=key)
        yield from _elsewhere(record, known)


def _elsewhere(record: Checked, known: set[str]) -> Iterator[Fault]:
    for index, entry in enumerate(record.history):
        named = {
            place.get("issue") for way in ("to", "from") if isinstance(place := entry.data.get(way), dict)
        }
        if entry.do == "merge" and not entry.target:
            named.add(entry.data.get("into"))
        for uid in sorted(str(each) for each in named - known):
            message = _("the entry names an issue that is not there: {uid}").format(uid=uid)
            hint = _("bring its file back from git; issues are never deleted")
            yield record.fault(record.line_of_entry(index), message, hint, key=entry.target)
