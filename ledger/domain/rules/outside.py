"""Rules about what somebody outside has kept: a checkpoint shows what was rewritten or cut since."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.checkpoint import Checkpoint, Head, PlanDigest, Short, in_order
from ledger.domain.ids import short
from ledger.domain.kinds import schema_of
from ledger.domain.presented import DamagedCheckpointError, lost
from ledger.domain.replay import replay
from ledger.domain.rules.history import restorable
from ledger.domain.rules.subject import Fault, Severity
from ledger.domain.schema import ISSUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.domain.entry import Entry
    from ledger.domain.presented import Lost, Presented
    from ledger.domain.rules.subject import Checked, Original, Subject

#: So much of a hash is enough for git to find it. Units: hexadecimal digits.
_ENOUGH = 16


class Then(NamedTuple):
    """A record as it was at some time: its head, and the versions of the plan approved by then."""

    head: Head
    plans: tuple[int, ...]


def then(record: Checked) -> Then | None:
    """The record as a short checkpoint saw it; nothing where that is not asked, or it was not there yet.

    Shape: the head is no hash where the history had two ends.
    """
    last = record.around.presented.last if record.around.presented else None
    entries = [] if last is None or not record.holds else _by_then(record, last)
    if not entries:
        return None
    state = record.state if len(entries) == len(record.history) else replay(record.schema, entries)
    fields = state.fields
    end = state.tips[0] if len(state.tips) == 1 else ""
    head = Head(record.schema.kind, fields.get("number", 0), str(fields.get("uid", "")), len(entries), end)
    return Then(head, tuple(state.plan_versions))


def _by_then(record: Checked, last: str) -> list[Entry]:
    """The entries up to the newest of that time, but for what joins them to newer ones, whatever its id."""
    kept: dict[str, Entry] = {}
    for entry in record.history:
        if entry.id <= last and all(parent in kept for parent in entry.prev):
            kept[entry.hash] = entry
    return list(kept.values())


def history(record: Checked) -> Iterator[Fault]:
    """A history still has all that a checkpoint saw of it.

    Source: docs/contract.md §2, "Checkpoint".
    """
    presented = record.around.presented
    head = presented.heads.get(record.uid) if presented else None
    left = lost(head, record.history) if head else None
    if presented is None or head is None or left is None:
        return
    original = record.around.original(record.path, head.head)
    message = _about(left, head).format(
        now=left.reached or left.entries, before=head.entries, made=presented.made
    )
    first = _parting(original, record)
    if first and first <= left.entries:
        message += _("; it differs from entry {first} on").format(first=first)
    yield record.fault(record.line_of_key("head", None, 0), message, _to_find(original, head, record))


def _parting(original: Original | None, record: Checked) -> int:
    """The first entry, counted from 1, that is not what it was; 0 where nobody knows."""
    if original is None:
        return 0
    now = [entry.hash for entry in record.history]
    same = zip(original.hashes, now, strict=False)
    return next((place for place, (was, here) in enumerate(same, 1) if was != here), len(now) + 1)


def _to_find(original: Original | None, head: Head, record: Checked) -> str:
    name = restorable(record)
    if original is not None:
        hint = _("git has it: move the file aside, then: ledger restore {name} --from {commit}")
        return hint.format(name=name, commit=original.commit)
    hint = _(
        "take the file from a copy that is whole; whether git has it, says: git log -S {head} -- {folder}"
    )
    return hint.format(head=head.head[:_ENOUGH], folder=record.path.rpartition("/")[0])


def _about(left: Lost, head: Head) -> str:
    if left.reached:
        return _("{now} entries lead up to the end the checkpoint of {made} saw; then there were {before}")
    if left.entries < head.entries:
        return _("the history was cut: the checkpoint of {made} saw {before} entries, and there are {now}")
    return _("the history was rewritten: entry {before}, in which it ended on {made}, is not in it any more")


def ledger(subject: Subject) -> Iterator[Fault]:
    """Every record and every plan that a checkpoint saw is still there.

    Source: docs/contract.md §2, "Checkpoint".
    """
    presented = subject.presented
    if presented is None:
        return
    match presented.found:
        case DamagedCheckpointError() as error:
            yield _fault(presented, error.line, error.message, error.hint)
        case Short() as line:
            yield from _unproved(subject, presented, line)
        case Checkpoint() as whole:
            gone = _gone(subject, whole)
            if len(gone) > 1 and len(gone) == len(whole.heads):
                yield _another(presented, whole)
                return
            for head in gone:
                yield _fault(
                    presented, whole.places[head.line], *_about_record(head, presented.made), head.id
                )
            yield from _other_plans(subject, presented, whole)


def _fault(presented: Presented, line: int, message: str, hint: str, name: str = "") -> Fault:
    return Fault("", Severity.ERROR, presented.name, line, name, message, hint)


def _gone(subject: Subject, whole: Checkpoint) -> list[Head]:
    """The records a checkpoint saw that are not there, nor in a file that nobody can read."""
    there = {brief.uid for brief in subject.briefs}
    unread = " ".join(file.path for file in subject.unreadable)
    return [head for head in whole.heads if head.uid not in there and short(head.uid) not in unread]


def _another(presented: Presented, whole: Checkpoint) -> Fault:
    message = _(
        "not one of the {count} records it saw is here: it is a checkpoint of another ledger ({name})"
    )
    hint = _("name the ledger it is of with -L; if it is this one, all its records were replaced")
    message = message.format(count=len(whole.heads), name=whole.ledger)
    return _fault(presented, _opens(presented), message, hint)


def _about_record(head: Head, made: str) -> tuple[str, str]:
    message = _("{id} is gone: on {made} it had {before} entries")
    hint = _("records are never deleted: bring it back with: ledger restore {name}, or from a copy")
    name = f"{head.number:04d}-{short(head.uid)}.toml"
    if head.kind != ISSUE.kind:
        name = f"{schema_of(head.kind).folder}/{name}"
    return message.format(id=head.id, made=made, before=head.entries), hint.format(name=name)


def _opens(presented: Presented) -> int:
    return next(number for number, line in enumerate(presented.lines, 1) if "ledger-checkpoint/" in line)


def _other_plans(subject: Subject, presented: Presented, whole: Checkpoint) -> Iterator[Fault]:
    files = {file.plan.version: file for file in subject.plans}
    for plan in whole.plans:
        file = files.get(plan.version)
        if file is None:
            message = _("plan v{version} is gone or cannot be read; on {made} it was there")
            hint = _("bring the file back from git, or from a copy that is whole")
        elif file.digest != plan.digest:
            message = _("plan v{version} is not what it was on {made}")
            hint = _(
                "take the plan from git, or from a copy that is whole; an approved plan is never rewritten"
            )
        else:
            continue
        message = message.format(version=plan.version, made=presented.made)
        yield _fault(presented, whole.places[plan.line], message, hint)


def _unproved(subject: Subject, presented: Presented, line: Short) -> Iterator[Fault]:
    """A short form proves the ledger when the records as they were then give its digest."""
    known = [brief.then for brief in subject.briefs if brief.then is not None]
    versions = {version for each in known for version in each.plans}
    plans = (PlanDigest(file.plan.version, file.digest) for file in subject.plans)
    now = Checkpoint(
        ledger="",
        title="",
        made="",
        program="",
        last=line.last,
        heads=in_order(each.head for each in known),
        plans=tuple(sorted(plan for plan in plans if plan.version in versions)),
    )
    if now.digest.startswith(line.digest):
        return
    if (len(now.heads), now.entries) == (line.records, line.entries):
        message = _("this line does not prove the ledger: what it had on {made} gives another digest")
    else:
        message = _(
            "this line does not prove the ledger: on {made} it had {records} records with {entries} entries, "
            "and {now} with {others} are left of them or came in"
        )
    hint = _(
        "hold the whole checkpoint of that day against it, which names what differs; where older entries "
        "came in from another copy since, a line alone cannot tell"
    )
    numbers = {"records": line.records, "entries": line.entries, "now": len(now.heads), "others": now.entries}
    yield _fault(presented, _opens(presented), message.format(made=presented.made, **numbers), hint)
