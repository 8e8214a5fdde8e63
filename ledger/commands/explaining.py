"""Why something counts as it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import gettext as _
from typing import Any, NamedTuple, TypeAlias

from ledger.commands import explainrecord, lightwords, looking, options
from ledger.commands.options import Ids
from ledger.domain.closeout import Step, signer_of
from ledger.domain.lights import Shining
from ledger.domain.moves import Status
from ledger.domain.remaining import Remaining
from ledger.domain.tracing import Doubt
from ledger.domain.words import clauses, listed, some
from ledger.store.workspace import LEDGERS
from ledger.ui import console, labels, page
from ledger.ui.console import Cell, Column, Part
from ledger.usecases.explaining import Reasons, reasons
from ledger.usecases.explainingrecords import Standing, record_reasons
from ledger.usecases.looking import Chosen, Looked, choose_any
from ledger.usecases.sight import Sight

#: What was found for one id.
_Found: TypeAlias = "Standing | tuple[Chosen, tuple[Reasons, ...]]"


class Said(NamedTuple):
    """One reason in words: what it is about, and where the rule behind it is written."""

    topic: str
    text: str
    place: str = ""


def explain(ids: Ids) -> None:
    """Say why an issue, a measure or any other record counts as it does.

    Which entry gave it its status; why its light shows and by which rule of ledger.toml; why it counts as
    overdue or not; what still has to happen before it can be closed; which sign-offs are suspect, and what
    was changed after them. Of a letter, a clue or a look-back: its stage, and what comes next.

    Examples:
        ledger explain 7
        ledger explain 7.2
        ledger explain L1
    """
    seen = looking.sight()
    chosen = choose_any(seen, options.words(ids))
    settings = seen.book.settings_on(seen.day, seen.known_at)
    found = [
        record_reasons(each, seen.day)
        if isinstance(each, Looked)
        else (each, reasons(each, settings, seen.day))
        for each in chosen
    ]
    if console.wants_json():
        rows = [_json(seen, reason) for each in found if not isinstance(each, Standing) for reason in each[1]]
        records = [explainrecord.as_json(each) for each in found if isinstance(each, Standing)]
        payload = {**looking.about(seen), "reasons": rows, "records": records}
        console.document("ledger/explain@1", payload)
        return
    words = _Words(seen)
    if console.wants_plain():
        plain = [row for each in found for row in _rows(words, each)]
        console.rows([Column(each) for each in ("id", "topic", "text", "place")], plain)
        return
    if seen.dated:
        console.aside(looking.when(seen))
    for each in found:
        if isinstance(each, Standing):
            _record(each)
        else:
            _page(words, *each)


def _rows(words: _Words, each: _Found) -> Iterator[tuple[Cell, ...]]:
    """What a pipe gets of one id."""
    if isinstance(each, Standing):
        yield from ((each.looked.id, topic, text, "") for topic, text in explainrecord.sentences(each))
        return
    for reason in each[1]:
        yield from ((reason.target.id, said.topic, said.text, said.place) for said in words.said(reason))


def _record(each: Standing) -> None:
    width, state = console.width(), each.looked.state
    title = f"{each.looked.id}  {state.fields.get('title', '')}".rstrip()
    stage = [labels.label("stage", state.stage)] if state.stage else []
    for line in page.spread(title, stage, width, indent="   "):
        console.say(*line)
    for _topic, text in explainrecord.sentences(each):
        for written in page.paragraph("", text, width, indent="   "):
            console.say(written)


def _page(words: _Words, chosen: Chosen, group: Sequence[Reasons]) -> None:
    width = console.width()
    for reason in group:
        target = reason.target
        title = chosen.seen.issue.title if target is chosen.seen.issue else getattr(target, "text", "")
        standing: list[Part] = [looking.standing(target.status, target.signed, target.steps)]
        for line in page.spread(f"{target.id}  {title}", standing, width, indent="   "):
            console.say(*line)
        for said in words.said(reason):
            text = f"{said.text}  {said.place}" if said.place else said.text
            for written in page.paragraph("", text, width, indent="   "):
                console.say(written)


class _Words:
    """Reasons in words, for one ledger on one day."""

    def __init__(self, seen: Sight) -> None:
        self.seen = seen
        self.steps = looking.steps(seen.book.settings)
        self.acts = labels.labels("act")
        self.fields = labels.labels("field")
        self.needs = labels.labels("need")

    def said(self, reason: Reasons) -> Iterator[Said]:
        yield from self._status(reason)
        yield self._deadline(reason)
        if reason.rule is not None:
            yield from self._light(reason.rule)
        if reason.waits_for:
            words = _("closed with its measures; not closed yet: {ids}")
            yield Said("missing", words.format(ids=" ".join(reason.waits_for)))
        if reason.remaining is not None:
            yield from self._remaining(reason.remaining)
        yield from self._signed(reason)
        for each in reason.doubts:
            yield from self._doubt(each, reason.target.id)

    def place(self, where: str) -> str:
        """Where a rule is written, from the workspace on; rules nobody wrote are built in."""
        return written_at(self.seen, where) or _("(built in)")

    def _status(self, reason: Reasons) -> Iterator[Said]:
        entry = reason.since
        status = labels.label("status", reason.target.status)
        if entry is not None:
            words = _("{status} since {on}: {act}, recorded by {by}")
            act = self.acts.get(entry.do, entry.do)
            yield Said("status", words.format(status=status, on=entry.on, act=act, by=entry.by))
            if entry.why:
                yield Said("status", _("reason given: {why}").format(why=entry.why))

    def _deadline(self, reason: Reasons) -> Said:
        slots = {"id": reason.decided_by, "day": reason.late_from, "days": looking.lateness(reason.days)}
        slots["period"] = reason.period
        match reason.deadline:
            case "late" if reason.period:
                words = _("overdue: {id} was to be done for {period} by {day}, {days}")
            case "in_time" if reason.period:
                words = _("not overdue: {id} is to be done for {period} by {day}, {days}")
            case "late" if reason.by_review:
                words = _("overdue: {id} was to be reviewed on {day}, {days}")
            case "in_time" if reason.by_review:
                words = _("not overdue: {id} is to be reviewed on {day}, {days}")
            case "late":
                words = _("overdue: {id} was due on {day}, {days}")
            case "in_time":
                words = _("not overdue: {id} is due on {day}, {days}")
            case "no_date":
                words = _("not overdue: there is no date it could be late from")
            case "awaiting":
                words = _("not overdue: it was reported done, and its deadline does not count while it waits")
            case "closed":
                words = _("not overdue: it is closed")
            case _:
                words = _("not overdue: what is void counts nowhere")
        return Said("deadline", words.format(**slots))

    def _light(self, shown: Shining) -> Iterator[Said]:
        yield Said("light", lightwords.rule(self.seen.book.settings, shown), self.place(shown.place))
        leads = lightwords.leads(self.seen.book.settings, shown.light)
        if leads:
            yield Said("light", leads)

    def _remaining(self, left: Remaining) -> Iterator[Said]:
        if left.draft and left.unreported:
            yield Said("missing", _("cannot be closed: it is in no approved plan yet"))
        if left.unreported:
            yield Said("missing", _("cannot be closed: it is not reported done"))
            if left.no_result:
                yield Said(
                    "missing",
                    _("what was achieved is not written yet: ledger done {id} --result TEXT").format(
                        id=left.id
                    ),
                )
        if left.open_points:
            yield Said("missing", _("open points: {ids}").format(ids=" ".join(left.open_points)))
        if left.open_names:
            yield Said("missing", _("names that are not done: {names}").format(names=some(left.open_names)))
        if left.missed:
            yield Said("missing", _("periods that were missed: {names}").format(names=some(left.missed)))
        if left.open_measures:
            yield Said(
                "missing", _("measures that are not done: {ids}").format(ids=" ".join(left.open_measures))
            )
        yield self._next(left)

    def _next(self, left: Remaining) -> Said:
        step = left.step
        words = _("next step {n}/{of}: {step}")
        said = words.format(n=left.signed + 1, of=left.steps, step=step.label or step.code)
        more = [said, self._requires(step, left)]
        if step.signers:
            more.append(_("signed by {names}").format(names=listed(step.signers)))
        if not (left.unreported or left.lacks or left.suspect or left.open_measures):
            more.append(_("can be signed now: ledger close {id}").format(id=left.id))
        return Said("next", clauses(filter(None, more)), self.place(step.place))

    def _requires(self, step: Step, left: Remaining) -> str:
        asked = [self._need(need, missing=need in left.lacks) for need in step.requires]
        return _("requires {needs}").format(needs=listed(asked)) if asked else ""

    def _need(self, need: str, *, missing: bool) -> str:
        word = self.needs.get(need, need)
        return _("{need} (missing)").format(need=word) if missing else word

    def _signed(self, reason: Reasons) -> Iterator[Said]:
        target = reason.target
        if target.status is not Status.CLOSED or not target.closeouts or reason.doubts:
            return
        last = target.closeouts[-1].signatures[-1]
        words = _("sign-offs {n}/{of} hold, the last on {on} by {who}: nothing they saw has changed")
        who = last.meeting or last.signer
        yield Said("signed", words.format(n=target.signed, of=target.steps, on=last.on, who=who))

    def _doubt(self, doubt: Doubt, name: str) -> Iterator[Said]:
        entry = doubt.sign_off.entry
        words = _("suspect: {step}, signed on {on} by {who}; changed since:")
        step = self.steps.get(doubt.sign_off.step, doubt.sign_off.step)
        yield Said("suspect", words.format(step=step, on=entry.on, who=signer_of(entry)))
        for since in doubt.since:
            changed = listed([self.fields.get(each, each) for each in since.names])
            act = self.acts.get(since.entry.do, since.entry.do)
            told = _("{on} {by}, {act}: {fields}")
            yield Said("suspect", told.format(on=since.entry.on, by=since.entry.by, act=act, fields=changed))
        yield Said("suspect", _("confirm it with: ledger confirm {id}").format(id=name))


def written_at(seen: Sight, where: str) -> str | None:
    """The place of a rule in the settings, from the workspace on; nothing for a rule nobody wrote."""
    return f"{LEDGERS}/{seen.book.name}/{where}" if where else None


# --- for programs ------------------------------------------------------------------------------------


def _json(seen: Sight, reason: Reasons) -> dict[str, Any]:
    target, left = reason.target, reason.remaining
    shown = reason.rule
    return {
        "id": target.id,
        "uid": target.uid,
        "status": str(target.status),
        "since": _entry(reason.since),
        "overdue": reason.deadline == "late",
        "deadline": reason.deadline,
        "by_review": reason.by_review,
        "period": reason.period or None,
        "late_from": reason.late_from,
        "days": reason.days,
        "decided_by": reason.decided_by,
        "light": shown.light.code if shown else None,
        "rule": _rule(seen, shown) if shown else None,
        "closeout": _closeout(seen, left) if left else None,
        "waits_for": reason.waits_for,
        "suspect": [_suspect(each) for each in reason.doubts],
    }


def _rule(seen: Sight, shown: Shining) -> dict[str, Any]:
    light = shown.light
    return {
        "from_days": light.from_days,
        "condition": shown.rule,
        "limit": light.times if shown.rule == "after" else getattr(light, shown.rule),
        "amount": shown.amount,
        "label": light.label or None,
        "letter": light.letter or None,
        "assessment": light.assessment or None,
        "place": written_at(seen, shown.place),
    }


def _entry(entry: Any) -> dict[str, Any] | None:  # noqa: ANN401 - an entry or None
    if entry is None:
        return None
    return {
        "act": entry.do,
        "on": entry.on,
        "at": entry.at,
        "by": entry.by,
        "why": entry.why,
        "batch": entry.batch,
    }


def _closeout(seen: Sight, left: Remaining) -> dict[str, Any]:
    return {
        "signed": left.signed,
        "steps": left.steps,
        "next_step": left.step.code,
        "requires": [str(each) for each in left.step.requires],
        "lacks": [str(each) for each in left.lacks],
        "signers": left.step.signers,
        "place": written_at(seen, left.step.place),
        "reported": not left.unreported,
        "result": not left.no_result,
        "approved": not left.draft,
        "open_points": left.open_points,
        "open_names": left.open_names,
        "missed": left.missed,
        "open_measures": left.open_measures,
    }


def _suspect(doubt: Doubt) -> dict[str, Any]:
    entry = doubt.sign_off.entry
    since = [
        {"act": s.entry.do, "on": s.entry.on, "by": s.entry.by, "fields": s.names, "batch": s.entry.batch}
        for s in doubt.since
    ]
    return {
        "step": doubt.sign_off.step,
        "on": entry.on,
        "by": entry.by,
        "who": signer_of(entry),
        "since": since,
    }
