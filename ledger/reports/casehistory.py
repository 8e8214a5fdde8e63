"""What became of one case, for its dossier: history, meetings, registers and look-backs."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING, Any

from ledger.domain.words import clauses, listed, said
from ledger.reports import basis as base
from ledger.reports import linked
from ledger.reports.views import Column, Facts, Kind, Report, Section, Table
from ledger.reports.words import Words, by_code, steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ledger.reports.material import Event, Material
    from ledger.reports.views import Cell

#: What stands in columns of its own, or is for programs; the entries as they are hashed have it.
_APART = frozenset({"steps", "batch", "of", "refuse", "sha256", "size"})


def build(material: Material) -> Report:
    """The history of the one issue that was gathered, and what stands about it in other records."""
    (issue,), basis = material.issues, material.basis
    make = _History(material)
    return Report(
        kind="dossier",
        title=base.title(basis, _("what became of issue {id}").format(id=issue.id)),
        language=basis.language,
        facts=base.facts(basis, material.issues),
        sections=(
            Section("history", _("History"), (make.history(),), wide=True),
            Section("meetings", _("Meetings that decided"), (make.meetings(),)),
            *make.registers(),
            Section("lookbacks", _("Look-backs"), (make.lookbacks(),), wide=True),
        ),
        footnotes=(),
        signatures=Facts(()),
        stamp=base.stamp(basis, material.issues),
    )


class _History:
    """The tables, and the words they share."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.events = material.events
        (self.issue,) = material.issues
        self.uids = {self.issue.uid, *(each.uid for each in self.issue.measures)}
        self.say = Words()
        self.steps = steps(material.basis.settings)

    def history(self) -> Table:
        """A row for each entry: when, who, what it did, before and after, and its hash."""
        columns = (
            Column("number", _("row"), Kind.NUMBER),
            Column("on", self.say.field["on"], Kind.DATE),
            Column("at", _("recorded at")),
            Column("by", _("recorded by")),
            Column("act", pgettext("document", "act")),
            *self.say.columns("id", "signer", "meeting"),
            Column("said", _("what was said and changed")),
            Column("hash", pgettext("document", "hash")),
        )
        return Table(
            columns, tuple(self._row(number, each) for number, each in enumerate(self.events, 1)), ""
        )

    def _row(self, number: int, each: Event) -> tuple[Cell, ...]:
        entry = each.entry
        act = _act(each)
        if not each.counts:
            act = _("{act} (counts no more)").format(act=act)
        who = (entry.signer or "", entry.meeting or "")
        lines = "\n".join(self._said(each))
        at = entry.at.replace("T", " ")
        return (number, entry.on, at, entry.by, act, each.id, *who, lines, entry.hash)

    def _said(self, each: Event) -> Iterator[str]:
        pair = pgettext("document", "{name}: {value}")
        if each.entry.why:
            yield pair.format(name=self.say.field["why"], value=each.entry.why)
        for name, value in each.entry.data.items():
            if name == "source":
                yield _("from {file}").format(file=_place(value))
            elif name in ("text", "request"):
                yield self._value(name, value)
            elif name not in _APART and value not in (None, "", [], {}):
                yield pair.format(name=self._field(name), value=self._value(name, value))
        for about, field, was, now in each.changes:
            name = self._field(field) if about == each.id else f"{about} {self._field(field)}"
            before, after = self._value(field, was), self._value(field, now)
            changed = after if was is None else _("{was} -> {now}").format(was=before, now=after)
            yield pair.format(name=name, value=changed)

    def _field(self, name: str) -> str:
        return self.say.field.get(name) or said("field", name)

    def _value(self, field: str, value: Any) -> str:  # noqa: ANN401 - what a field holds
        """Whatever a field holds, in words, with nothing left out."""
        if value is None:
            return pgettext("document", "none")
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, dict):
            return clauses(f"{self._field(name)} {self._value(name, each)}" for name, each in value.items())
        if isinstance(value, (list, tuple)):
            return listed(self._value(field, each) for each in value)
        if field in ("step", "to"):
            return self.steps.get(str(value), str(value))
        return self.say.terms.get(value, value) if field == "term" else str(value)

    def meetings(self) -> Table:
        """The meetings that entries name, with what they decided."""
        columns = (
            Column("on", self.say.field["on"], Kind.DATE),
            *self.say.columns("meeting", "id"),
            Column("act", pgettext("document", "act")),
        )
        rows = tuple(
            (each.entry.on, each.entry.meeting, each.id, _act(each))
            for each in self.events
            if each.entry.meeting and each.counts
        )
        return Table(columns, rows, _("No entry names a meeting."))

    def registers(self) -> Iterator[Section]:
        """What each register has about it; registers without anything are left out."""
        spoken = self.material.basis.language
        for each in self.material.registers:
            lines = linked.records((each,), each.declaration.kind, self.uids)
            if lines:
                label = each.declaration.label.said(spoken) or each.declaration.kind
                table = Table((Column("record", _("record")),), tuple((line,) for line in lines), "")
                yield Section(f"register-{each.declaration.kind}", label, (table,))

    def lookbacks(self) -> Table:
        """What every look-back found of it."""
        outcomes, methods = by_code("lookback"), by_code("method")
        columns = (
            Column("review", _("look-back")),
            *self.say.columns("id"),
            Column("on", self.say.field["on"], Kind.DATE),
            Column("outcome", pgettext("document", "found")),
            Column("reviewer", _("looked at by")),
            Column("methods", _("methods")),
            Column("found", _("what was found")),
            Column("evidence", self.say.field["evidence"]),
        )
        rows = tuple(
            (
                review.id,
                item.about,
                item.seen_on,
                outcomes.get(item.outcome, _("open")),
                item.reviewer,
                listed(methods.get(each, each) for each in item.methods),
                item.text,
                _names(item.evidence),
            )
            for review in self.material.reviews
            for item in review.items
            if item.subject in self.uids or item.variant in self.uids
        )
        return Table(columns, rows, _("No look-back has looked at it."))


def _act(each: Event) -> str:
    """What was done; a request and its refusal by what was asked for."""
    asked = {
        ("request", "extend"): _("extension asked for"),
        ("request", "longterm"): _("long-term asked for"),
        ("refuse", "extend"): _("extension refused"),
        ("refuse", "longterm"): _("long-term refused"),
    }
    return asked.get((each.act, each.entry.do)) or said("act", each.act)


def _place(source: Mapping[str, Any]) -> str:
    """A received file, and where in it."""
    file, line = str(source.get("file", "")), source.get("line")
    return file if line is None else _("{file}, line {line}").format(file=file, line=line)


def _names(rows: Iterable[Mapping[str, Any]]) -> str:
    return listed(str(each.get("name", "")) for each in rows)
