"""Rules about what things are called: files, uids, numbers, people, and what refers to what."""

from __future__ import annotations

from collections import Counter
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from ledger.domain.ids import short
from ledger.domain.rules.brief import elsewhere, strangers
from ledger.domain.rules.history import way_out
from ledger.domain.rules.subject import Fault, Severity
from ledger.domain.text import excerpt
from ledger.domain.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.domain.rules.subject import Brief, Checked, Subject


def file_name(record: Checked) -> Iterator[Fault]:
    """A file is named by the number and the uid of its record.

    Source: docs/contract.md §2.
    """
    number = record.state.fields.get("number")
    name = f"{number:04d}-{short(record.uid)}.toml" if isinstance(number, int) else ""
    if record.name != name:
        message = _("the file's name does not fit its record, {id}").format(id=record.id)
        yield record.fault(1, message, _("rename it to {name}").format(name=name or "-"))


def uids(subject: Subject) -> Iterator[Fault]:
    """Every record and every measure has a uid of its own."""
    records: dict[str, Brief] = {}
    measures: dict[str, Brief] = {}
    for brief in sorted(subject.briefs, key=lambda each: short(each.uid) not in each.name):
        first = records.setdefault(brief.uid, brief)
        if first is not brief:
            yield from _same_uid(subject, brief, None, brief.uid, first)
            continue
        for uid in brief.parts:
            other = measures.setdefault(uid, brief)
            if other is not brief:
                yield from _same_uid(subject, brief, uid, uid, other)


def _same_uid(subject: Subject, brief: Brief, key: str | None, uid: str, first: Brief) -> Iterator[Fault]:
    record = subject.again(brief)
    if record is not None:
        message = _("uid {uid} is that of {path} too").format(uid=uid, path=first.path)
        hint = _("one of them is a copy: move it out of the folder")
        yield record.fault(record.line(key, "uid"), message, hint, key=key)


def numbers(subject: Subject) -> Iterator[Fault]:
    """No two records of a kind have one number, and no number is used again.

    Source: docs/contract.md §2: numbers are never reused.
    """
    holders: dict[tuple[str, int], Brief] = {}
    for brief in sorted(subject.briefs, key=lambda each: each.uid):
        if brief.number is None:
            continue
        first = holders.setdefault((brief.kind, brief.number), brief)
        if first.uid != brief.uid:
            message = _("number {number} is that of {path} too").format(number=brief.number, path=first.path)
            hint = _("settle it with: ledger renumber; both records are kept")
            yield from _about_number(subject, brief, message, hint)
    for brief in subject.issues:
        yield from _used_again(subject, brief, holders)


def _about_number(subject: Subject, brief: Brief, message: str, hint: str) -> Iterator[Fault]:
    record = subject.again(brief)
    if record is not None:
        yield record.fault(record.line(None, "number"), message, hint)


def _used_again(subject: Subject, brief: Brief, holders: Mapping[tuple[str, int], Brief]) -> Iterator[Fault]:
    for number in brief.given_up:
        holder = holders.get((brief.kind, number))
        if holder is not None and holder.uid != brief.uid:
            message = _("number {number} was that of issue {id} before").format(number=number, id=brief.id)
            hint = _("give it another with: ledger move {number} --to NUMBER").format(number=number)
            yield from _about_number(subject, holder, message, hint)


def measure_numbers(record: Checked) -> Iterator[Fault]:
    """No two measures of an issue have one number."""
    seen: set[Any] = set()
    for part in record.state.measures():
        number = part.get("number")
        if number in seen:
            message = _("issue {id} has two measures {number}").format(id=record.id, number=number)
            yield record.fault(record.line(part["uid"], "number"), message, way_out(record), key=part["uid"])
        seen.add(number)


def references(subject: Subject) -> Iterator[Fault]:
    """What a record refers to is there: issues a measure serves, places a measure went to or came from."""
    if subject.unreadable:
        return
    known = {brief.uid for brief in subject.issues}
    for brief in subject.issues:
        record = None if known.issuperset(brief.mentions) else subject.again(brief)
        if record is not None:
            yield from _served(record, known)
            yield from _elsewhere(record, known)
            yield from _variant(record, known)


def _served(record: Checked, known: set[str]) -> Iterator[Fault]:
    for key, home in record.homes():
        for uid in home.get("serves", ()):
            if uid not in known:
                message = _("{id} serves an issue that is not there: {uid}").format(
                    id=record.name_of(key), uid=uid
                )
                hint = _("name others with: ledger edit {id} --serves ID").format(id=record.name_of(key))
                yield record.fault(record.line(key, "serves"), message, hint, key=key)


def _variant(record: Checked, known: set[str]) -> Iterator[Fault]:
    uid = str(record.state.fields.get("variant_of", ""))
    if uid and "/" not in uid and uid not in known:
        message = _("{id} is a variant of an issue that is not there: {uid}").format(id=record.id, uid=uid)
        hint = _("name another with: ledger edit {id} --variant-of ID").format(id=record.id)
        yield record.fault(record.line(None, "variant_of"), message, hint)


def _elsewhere(record: Checked, known: set[str]) -> Iterator[Fault]:
    for index, entry in enumerate(record.history):
        for uid in sorted(elsewhere(entry) - known):
            message = _("the entry names an issue that is not there: {uid}").format(uid=uid)
            hint = _("bring its file back from git; issues are never deleted")
            yield record.fault(record.line_of_entry(index), message, hint, key=entry.target)


def people(subject: Subject) -> Iterator[Fault]:
    """Units and persons are those people.toml names, where it names any; each unknown name once."""
    first: dict[str, Brief] = {}
    count: Counter[str] = Counter()
    for brief in subject.briefs:
        for name, _key, _field in brief.strangers:
            first.setdefault(name, brief)
            count[name] += 1
    for name, brief in first.items():
        record = subject.again(brief)
        if record is not None:
            yield from _stranger(record, name, count[name])


def _stranger(record: Checked, name: str, count: int) -> Iterator[Fault]:
    names = record.around.names
    key, field = next((key, field) for each, key, field in strangers(record) if each == name)
    near = listed(names.near(name)) if names is not None else ""
    message = _("{name} is not in people.toml").format(name=excerpt(name))
    if count > 1:
        message += _(" (in {count} places)").format(count=count)
    hint = _("did you mean {near}?").format(near=near) if near else _("add it there, or correct it")
    yield record.fault(record.line(key, field), message, hint, key=key, warning=True)


def people_file(subject: Subject) -> Iterator[Fault]:
    """Nothing in people.toml contradicts itself: names, dates of office, what became of units."""
    for slip in subject.people.slips:
        yield Fault("", Severity.ERROR, subject.people.path, slip.line, "", slip.message, slip.hint)
