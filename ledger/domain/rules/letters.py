"""Rules about letters: their numbers on paper, what they are about, and what was signed."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.docnumber import folded
from ledger.domain.letter import CONTENT, LETTER
from ledger.domain.replay import replay, undone_batches, up_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.domain.entry import Entry
    from ledger.domain.rules.subject import Brief, Checked, Fault, Subject

#: Stages in which a letter is out and stands.
_STANDS = frozenset({"signed", "answered"})


def numbers(subject: Subject) -> Iterator[Fault]:
    """No number on paper is given to two letters; where one of them was withdrawn it is worth a look.

    Source: docs/contract.md §3, letters: a number is given once.
    """
    holders: dict[str, Brief] = {}
    for brief in sorted(_letters(subject), key=lambda each: each.uid):
        if not brief.reference:
            continue
        first = holders.setdefault(folded(brief.reference), brief)
        if first is brief:
            continue
        record = subject.again(brief)
        if record is not None:
            message = _("the number {number} is that of {path} too").format(
                number=brief.reference, path=first.path
            )
            both = {first.stage, brief.stage} <= _STANDS
            hint = _("withdraw the one that did not go out, and draft it again: ledger letter withdraw {id}")
            yield record.fault(
                record.line(None, "reference"), message, hint.format(id=brief.id), warning=not both
            )


def items(subject: Subject) -> Iterator[Fault]:
    """What a letter is about is there."""
    if subject.unreadable:
        return
    known = {uid for brief in subject.issues for uid in (brief.uid, *brief.parts)}
    for brief in _letters(subject):
        missing = [uid for uid in brief.items if uid not in known]
        record = subject.again(brief) if missing else None
        if record is not None:
            for uid in missing:
                message = _("{id} is about a measure that is not there: {uid}").format(id=record.id, uid=uid)
                hint = _("bring the issue's file back from git; issues are never deleted")
                yield record.fault(record.line(None, "items"), message, hint)


def _letters(subject: Subject) -> list[Brief]:
    return [brief for brief in subject.briefs if brief.kind == LETTER.kind]


def text(record: Checked) -> Iterator[Fault]:
    """A letter says what it said when it was signed; only who is to answer may have been handed over."""
    signed = _signed(record) if record.schema is LETTER else None
    if signed is None:
        return
    then = replay(LETTER, up_to(record.history, signed.hash)).fields
    handed = {name for entry in record.history if entry.do == "handover" for name in entry.set}
    for name in CONTENT:
        if name not in handed and record.state.fields.get(name) != then.get(name):
            message = _("{id} says something else than when it was signed: {field}").format(
                id=record.id, field=name
            )
            hint = _("put back what was signed: ledger history {id} has it").format(id=record.id)
            yield record.fault(record.line(None, name), message, hint, warning=True)


def _signed(record: Checked) -> Entry | None:
    undone = undone_batches(record.history)
    over = {entry.hash for entry in record.state.overtaken}
    signs = (entry for entry in record.history if entry.do == "sign" and entry.batch not in undone)
    return next((entry for entry in signs if entry.hash not in over), None)
