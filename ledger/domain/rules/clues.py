"""Rules about clues: what an act must have said, days in their order, and the issue made of one."""

from __future__ import annotations

from gettext import gettext as _
from itertools import pairwise
from typing import TYPE_CHECKING

from ledger.domain.clue import CHANNELS, CLUE, clue_of
from ledger.domain.moves import Status
from ledger.domain.rules.history import way_out
from ledger.domain.schema import ISSUE, VOID
from ledger.domain.text import excerpt
from ledger.domain.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.domain.clue import Clue
    from ledger.domain.rules.subject import Brief, Checked, Fault, Subject

#: What must be there at a stage, besides what the stages before it needed.
_NEEDS = {
    "routed": ("routed_to", "routed_on"),
    "verified": ("routed_to", "outcome", "verified_on"),
    "transferred": ("transferred_to", "transferred_on"),
    "acknowledged": ("transferred_to", "transferred_on", "receipt_on"),
    "concluded": ("concluded_on",),
    "issue": ("outcome", "verified_on", "issue", "concluded_on"),
}
#: Days that come one after the other, where they are there.
_ORDERS = (
    ("received_on", "routed_on", "verified_on", "concluded_on"),
    ("received_on", "transferred_on", "receipt_on", "concluded_on"),
)


def steps(record: Checked) -> Iterator[Fault]:
    """What was done about a clue says when and to whom, in the order of the days, and nothing too soon."""
    if record.schema is not CLUE or record.state.stage == VOID:
        return
    clue = clue_of(record.state)
    yield from _typed(record, clue)
    for name in _NEEDS.get(clue.stage, ()):
        if not getattr(clue, name):
            message = _("{id} is {status}, but {field} is missing").format(
                id=record.id, status=said("stage", clue.stage), field=name
            )
            yield record.fault(record.line(None, "status"), message, way_out(record))
    yield from _days(record, clue)
    if clue.feedback_on and not (clue.verified_on or clue.transferred_on):
        message = _("{id} was answered before anything came of it").format(id=record.id)
        yield record.fault(record.line(None, "feedback_on"), message, way_out(record))
    if clue.stage == "issue" and clue.outcome == "unfounded":
        message = _("{id} was found untrue, and an issue was made of it").format(id=record.id)
        yield record.fault(record.line(None, "issue"), message, way_out(record))


def _typed(record: Checked, clue: Clue) -> Iterator[Fault]:
    """What somebody may have written by hand, or left out."""
    for name in ("title", "channel", "received_on"):
        if not getattr(clue, name):
            message = _("{id} has no {field}").format(id=record.id, field=name)
            hint = _("write it into the file, then: ledger adopt {id}").format(id=record.id)
            yield record.fault(record.line(None, "number"), message, hint)
    settings = record.around.settings
    known = (*CHANNELS, *(settings.clues.channels if settings else ()))
    if settings and clue.channel and clue.channel not in known:
        message = _("there is no channel {word}").format(word=excerpt(clue.channel))
        hint = _("write one of {codes} into the file, or declare it under [clues.channels]")
        yield record.fault(
            record.line(None, "channel"), message, hint.format(codes=", ".join(known)), warning=True
        )


def _days(record: Checked, clue: Clue) -> Iterator[Fault]:
    wrong = dict.fromkeys(
        (before, after)
        for order in _ORDERS
        for before, after in pairwise([name for name in order if getattr(clue, name)])
        if getattr(clue, before) > getattr(clue, after)
    )
    for before, after in wrong:
        message = _("{id}: {field} {day} lies before {other} {before}").format(
            id=record.id,
            field=after,
            day=getattr(clue, after),
            other=before,
            before=getattr(clue, before),
        )
        yield record.fault(record.line(None, after), message, way_out(record))


def links(subject: Subject) -> Iterator[Fault]:
    """A clue and the issue made of it are both there, and each says so of the other.

    Two copies of a ledger may each have made an issue of one clue: one of the two is then one too many.
    """
    if subject.unreadable:
        return
    known = {brief.uid: brief for brief in subject.briefs}
    for brief in subject.briefs:
        if not brief.counterpart:
            continue
        other = known.get(brief.counterpart)
        record = subject.again(brief) if other is None or other.counterpart != brief.uid else None
        if record is None:
            continue
        if other is None:
            yield _missing(record, brief)
        elif record.schema is ISSUE and record.state.status() is not Status.VOID:
            message = _("{id} was made of {clue}, which does not say so").format(id=record.id, clue=other.id)
            hint = _("see ledger clue show {clue}; what was made twice is taken off with: ledger void {id}")
            hint = hint.format(clue=other.id, id=record.id)
            yield record.fault(record.line_of_entry(0), message, hint, warning=True)


def _missing(record: Checked, brief: Brief) -> Fault:
    hint = _("bring its file back from git; records are never deleted")
    if record.schema is ISSUE:
        message = _("{id} was made of a clue that is not there: {uid}")
        return record.fault(
            record.line_of_entry(0), message.format(id=record.id, uid=brief.counterpart), hint
        )
    message = _("{id} became an issue that is not there: {uid}")
    return record.fault(record.line(None, "issue"), message.format(id=record.id, uid=brief.counterpart), hint)


def counterpart(record: Checked) -> str:
    """The uid of the issue made of a clue, or of the clue an issue was made of; empty where there is none."""
    if record.schema is CLUE:
        return str(record.state.fields.get("issue", ""))
    first = record.history[0] if record.schema is ISSUE and record.history else None
    return str(first.data.get("clue", "")) if first is not None else ""
