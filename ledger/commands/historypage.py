"""A history as a page for a person; see `ui.page` for how its lines are laid out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from gettext import gettext as _
from typing import Any, Final

from ledger.commands import looking
from ledger.domain.ids import short
from ledger.domain.recurrence import in_words, is_recurrence, recurrence_of
from ledger.domain.ticked import PART_TABLES
from ledger.domain.words import clauses, listed
from ledger.ui import labels, page
from ledger.ui.console import Part, Toned
from ledger.ui.page import Line
from ledger.usecases.sight import Sight
from ledger.usecases.telling import Change, Told

#: Where what an entry says begins: behind its date.
_EDGE = " " * 12

#: The kinds of codes that fields hold, where they are called otherwise than the field.
_KINDS: Final = {"flags": "flag", "methods": "method", "statuses": "status", "outcome": "lookback"}


#: What the fields of some kinds of record are called, by the letter their ids begin with.
_OWN: Final = {"C": "clue_field", "L": "letter_field"}


class Teller:
    """Entries as a person reads them, on a screen of some width."""

    def __init__(self, seen: Sight, width: int) -> None:
        """Look the words of the ledger up once."""
        self.width = width
        self.steps = looking.steps(seen.book.settings)
        self.words = labels.labels("field")
        self.acts = {**labels.labels("act"), **_answers()}
        kinds = ("term", "kind", "flag", "act", "became", "status", "lookback", "method", "stratum")
        self.codes = {kind: dict(labels.labels(kind)) for kind in kinds}
        self.codes["lookback"].update(labels.labels("finding"))  # both are outcomes, and no code is in both
        self.codes["channel"] = {**labels.labels("channel"), **seen.book.settings.clues.channels}
        self.own = {letter: {**self.words, **labels.labels(kind)} for letter, kind in _OWN.items()}

    def lines(self, entries: Sequence[Told]) -> Iterator[Line]:
        """A line for each entry, and below it what was said, what changed, and why."""
        heads = [self._head(each) for each in entries]
        for each, lines in zip(entries, page.grid(heads, self.width, flexible=3), strict=True):
            yield from lines
            for said in self._said(each):
                yield from ((line,) for line in page.paragraph("", said, self.width, indent=_EDGE))
            yield from page.facts(self._beside(each), self.width, indent=_EDGE)

    def _head(self, each: Told) -> tuple[Part, ...]:
        entry = each.entry
        code = f"{each.act} {entry.do}" if each.act in ("request", "refuse") else each.act
        act: Part = self.acts.get(code, code)
        if each.steps:
            act = f"{act} {each.signed}/{each.steps}"
        if each.undone:
            act = Toned(_("{act} (taken back)").format(act=act), "quiet")
        if each.overtaken:
            act = Toned(_("{act} (overtaken)").format(act=act), "quiet")
        recorded = _("recorded {at}").format(at=looking.recorded(entry.at))
        return (str(entry.on), each.id, act, entry.by, recorded, short(entry.batch))

    def _said(self, each: Told) -> Iterator[str]:
        data = each.entry.data
        step = data.get("step") or data.get("to")
        if step:
            yield self.steps.get(step, step)
        yield from self._ticked(data)
        for name in ("opinion", "text", "name", "proves"):
            if data.get(name):
                yield str(data[name])
        if "source" in data:
            yield _("from {file}").format(file=_place(data["source"]))
        if "plan" in data:
            yield _("plan v{version}").format(version=data["plan"])
        if each.act == "undo":
            yield _("takes back {command}").format(command=short(str(data.get("batch", ""))))
        for field, value in data.get("request", {}).items():
            if value:
                yield f"{self.words.get(field, field)}: {self.value(field, value)}"
        for change in each.changes:
            yield from self._change(change, each.id)

    def _ticked(self, data: Mapping[str, Any]) -> Iterator[str]:
        """Which periods or names were ticked off, and what became of them."""
        if "rows" in data:
            yield clauses([listed(map(str, data["rows"])), self.codes["became"].get(str(data.get("as")), "")])

    def _change(self, change: Change, about: str) -> Iterator[str]:
        where = "" if change.id == about else f"{change.id} "
        label = where + self.own.get(about[:1], self.words).get(change.field, change.field)
        if change.field in PART_TABLES:
            yield from (f"{label}: {each}" for each in differences(change))
        elif change.was is None:
            yield f"{label}: {self.value(change.field, change.now)}"
        else:
            was, now = self.value(change.field, change.was), self.value(change.field, change.now)
            yield f"{label}: {was} -> {now}"

    def value(self, field: str, value: Any) -> str:  # noqa: ANN401 - what a field holds
        """What a field holds, as a person reads it."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            return listed(self.value(field, each) for each in value)
        if field == "recurrence" and is_recurrence(value):
            return in_words(recurrence_of(value))
        kind = _KINDS.get(field, field)
        return looking.NOTHING if value is None else self.codes.get(kind, {}).get(value, str(value))

    def _beside(self, each: Told) -> list[tuple[str, str]]:
        entry = each.entry
        return [
            (self.words["why"], entry.why or ""),
            (self.words["signer"], entry.signer or ""),
            (self.words["meeting"], entry.meeting or ""),
        ]


def _place(source: dict[str, Any]) -> str:
    """A received file, and where in it."""
    file, line = str(source.get("file", "")), source.get("line")
    if line is None:
        return file
    if source.get("sheet"):
        return _("{file}, sheet {sheet}, row {line}").format(file=file, sheet=source["sheet"], line=line)
    return _("{file}, line {line}").format(file=file, line=line)


def _answers() -> dict[str, str]:
    """Requests and their refusals, by what was asked for."""
    return {
        "request extend": _("extension asked for"),
        "request longterm": _("long-term asked for"),
        "refuse extend": _("extension refused"),
        "refuse longterm": _("long-term refused"),
    }


def differences(change: Change) -> Iterator[str]:
    """Points, names, periods and files that are new, look different, or are gone."""
    was, now = _items(change.was), _items(change.now)
    for name in dict.fromkeys([*was, *now]):
        before, after = was.get(name), now.get(name)
        if before is None:
            yield str(after)
        elif before != after:
            yield f"{before} -> {after or looking.NOTHING}"


def _items(rows: Sequence[dict[str, Any]] | None) -> dict[str, str]:
    """Points by number, names and periods by themselves, files by digest."""
    return {
        str(next((row[key] for key in ("sha256", "name", "period", "number") if key in row), "")): _item(row)
        for row in rows or ()
    }


def _item(row: dict[str, Any]) -> str:
    if "sha256" in row:
        return str(row.get("name", ""))
    on = row.get("done_on") or row.get("excused_on")
    head = row.get("number") or row.get("name") or row.get("period")
    return " ".join(str(each) for each in (head, row.get("text"), f"({on})" if on else "") if each)
