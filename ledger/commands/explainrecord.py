"""A letter, a clue, a look-back or a record of a register: where it stands and what comes next, in words."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _
from typing import Any

from ledger.commands import looking
from ledger.domain.schema import KEPT
from ledger.domain.words import listed, said
from ledger.ui import labels
from ledger.usecases.explainingrecords import Due, Standing


def sentences(found: Standing) -> Iterator[tuple[str, str]]:
    """Each sentence with what it is about."""
    state, since = found.looked.state, found.since
    if state.stage in ("", KEPT):
        yield "status", _("a record of a register: it is kept, and nothing more is decided about it")
        return
    stage = labels.label("stage", state.stage)
    if since is not None:
        words = _("{status} since {on}: {act}, recorded by {by}")
        act = labels.label("act", since.do)
        yield "status", words.format(status=stage, on=since.on, act=act, by=since.by)
        if since.why:
            yield "status", _("reason given: {why}").format(why=since.why)
    for each in found.dues:
        yield "deadline", _due(each)
    if found.open:
        words = _("without an outcome yet ({count}): {ids}")
        yield "missing", words.format(count=len(found.open), ids=" ".join(found.open))
    if found.next:
        yield "next", _("possible now: {acts}").format(acts=listed(said("act", each) for each in found.next))
    else:
        yield "next", _("nothing more comes next")


def _due(each: Due) -> str:
    step = labels.label("act" if each.step == "reply" else "clue_step", each.step)
    words = _("not overdue: {step} is awaited by {day}, {days}")
    if each.days > 0:
        words = _("overdue: {step} was awaited by {day}, {days}")
    return words.format(step=step, day=each.on, days=looking.lateness(each.days))


def as_json(found: Standing) -> dict[str, Any]:
    """The same as codes."""
    since = found.since
    entry = since and {name: getattr(since, name) for name in ("on", "at", "by", "why", "batch")}
    return {
        "id": found.looked.id,
        "kind": found.looked.state.schema.kind,
        "stage": found.looked.state.stage or None,
        "since": since and {"act": since.do, **(entry or {})},
        "dues": [each._asdict() for each in found.dues],
        "open": found.open,
        "next": found.next,
    }
