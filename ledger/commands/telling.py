"""The history of an issue, or the last commands over the whole ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import gettext as _
from typing import Annotated, Any

import typer

from ledger.commands import looking, options
from ledger.commands.options import AnyIds
from ledger.domain.ids import short
from ledger.domain.words import listed
from ledger.ui import console, labels, page
from ledger.ui.console import Cell, Column, Part, Toned
from ledger.ui.page import Line
from ledger.usecases.looking import choose
from ledger.usecases.sight import Sight
from ledger.usecases.telling import Change, Told, last_batches, told

#: So many commands are shown when nobody says how many.
USUAL = 20


def history(
    ids: AnyIds = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="Show the last N.", show_default=False)
    ] = None,
) -> None:
    """Show every change of an issue or a measure, the newest last.

    Each entry says on which day it counts, when and by whom it was recorded, what it changed from what to
    what, why, and in which command. Without an id the last commands over the whole ledger are shown; the
    name of a command, or its end, is what `ledger undo` takes.

    Examples:
        ledger history 7
        ledger history 7.2 --json
        ledger history --limit 5
    """
    seen = looking.sight()
    if not ids:
        _commands(seen, limit or USUAL)
        return
    chosen = choose(seen, options.words(ids))
    entries = tuple({each.entry.hash: each for one in chosen for each in told(one)}.values())
    entries = entries[-limit:] if limit else entries
    if console.wants_json():
        told_of = [each.target.id for each in chosen]
        payload = {"ids": told_of, "entries": [_json(each) for each in entries], "batches": []}
        console.document("ledger/history@1", {**looking.about(seen), **payload})
    elif console.wants_plain():
        console.rows([Column(each) for each in _TSV], [_row(each) for each in entries])
    else:
        teller = _Teller(seen, console.width())
        for line in teller.lines(entries):
            console.say(*line)


# --- commands over the whole ledger ------------------------------------------------------------------


def _commands(seen: Sight, limit: int) -> None:
    found = last_batches(seen, limit, tell=console.warn)
    if console.wants_json():
        rows = [
            {"batch": b.batch, "at": b.at, "by": b.by, "acts": b.acts, "ids": b.ids, "undone": b.undone}
            for b in found
        ]
        console.document(
            "ledger/history@1", {**looking.about(seen), "ids": [], "entries": [], "batches": rows}
        )
        return
    if console.wants_plain():
        codes = [Column(each) for each in ("at", "by", "batch", "acts", "ids", "undone")]
        plain = [
            (b.at, b.by, b.batch, " ".join(b.acts), " ".join(b.ids), str(b.undone).lower()) for b in found
        ]
        console.rows(codes, plain)
        return
    acts, words = labels.labels("act"), labels.labels("field")
    columns = [
        Column(words["at"], whole=True),
        Column(words["by"]),
        Column(_("command"), whole=True),
        Column(words["do"]),
        Column(words["id"]),
    ]
    shown: list[Sequence[Cell]] = []
    for each in found:
        done = listed(acts.get(act, act) for act in each.acts)
        if each.undone:
            done = _("{act} (taken back)").format(act=done)
        shown.append((looking.recorded(each.at), each.by, short(each.batch), done, " ".join(each.ids)))
    console.rows(columns, shown)
    if not found:
        console.tell(_("nothing has been recorded yet"))
        return
    undoable = [each for each in found if not each.undone and "undo" not in each.acts]
    if undoable:
        console.next_step(f"ledger undo {short(undoable[-1].batch)}")


# --- for programs ------------------------------------------------------------------------------------

_TSV = (
    "on", "at", "by", "id", "act", "changes", "said", "why", "signer", "meeting", "batch", "undone",
)  # fmt: skip


def _json(each: Told) -> dict[str, Any]:
    entry = each.entry
    return {
        "id": each.id,
        "act": each.act,
        "on": entry.on,
        "at": entry.at,
        "by": entry.by,
        "signer": entry.signer,
        "meeting": entry.meeting,
        "why": entry.why,
        "changes": [{"id": c.id, "field": c.field, "was": c.was, "now": c.now} for c in each.changes],
        "data": entry.data,
        "signed": each.signed,
        "steps": each.steps,
        "undone": each.undone,
        "batch": entry.batch,
        "entry": entry.id,
        "hash": entry.hash,
    }


def _row(each: Told) -> Sequence[Cell]:
    entry = each.entry
    changes = "; ".join(f"{c.id} {c.field}: {_plain(c.was)} -> {_plain(c.now)}" for c in each.changes)
    said = [
        entry.data.get(name)
        for name in ("text", "name", "step", "opinion", "to", "batch")
        if entry.data.get(name)
    ]
    if "request" in entry.data:
        said += list(entry.data["request"].values())
    return (
        entry.on, entry.at, entry.by, each.id, each.act, changes, " ".join(map(_plain, said)), entry.why,
        entry.signer, entry.meeting, entry.batch, str(each.undone).lower(),
    )  # fmt: skip


def _plain(value: Any) -> str:  # noqa: ANN401 - what a field holds
    if value is None:
        return "-"
    if isinstance(value, list):
        return ", ".join(_plain(each) for each in value)
    if isinstance(value, dict):
        return " ".join(_plain(each) for each in value.values())
    return str(value).lower() if isinstance(value, bool) else str(value)


# --- for people --------------------------------------------------------------------------------------


class _Teller:
    """Entries as a person reads them."""

    def __init__(self, seen: Sight, width: int) -> None:
        self.width = width
        self.steps = looking.steps(seen.book.settings)
        self.words = labels.labels("field")
        self.acts = {**labels.labels("act"), "request": _("asked for"), "refuse": _("refused")}
        self.codes = {kind: labels.labels(kind) for kind in ("term", "kind", "flag", "act")}

    def lines(self, entries: Sequence[Told]) -> Iterator[Line]:
        heads = [self._head(each) for each in entries]
        edge = " " * 12
        for each, lines in zip(entries, page.grid(heads, self.width, flexible=3), strict=True):
            yield from lines
            for said in self._said(each):
                yield from ((line,) for line in page.paragraph("", said, self.width, indent=edge))
            yield from page.facts(self._beside(each), self.width, indent=edge)

    def _head(self, each: Told) -> tuple[Part, ...]:
        entry = each.entry
        act: Part = self.acts.get(each.act, each.act)
        if each.act in ("request", "refuse"):
            act = f"{act} {self.acts.get(entry.do, entry.do)}"
        if each.steps:
            act = f"{act} {each.signed}/{each.steps}"
        if each.undone:
            act = Toned(_("{act} (taken back)").format(act=act), "quiet")
        recorded = _("recorded {at}").format(at=looking.recorded(entry.at))
        return (str(entry.on), each.id, act, entry.by, recorded, short(entry.batch))

    def _said(self, each: Told) -> Iterator[str]:
        data = each.entry.data
        step = data.get("step") or data.get("to")
        if step:
            yield self.steps.get(step, step)
        for name in ("opinion", "text", "name", "proves"):
            if data.get(name):
                yield str(data[name])
        if "plan" in data:
            yield _("plan v{version}").format(version=data["plan"])
        if each.act == "undo":
            yield _("takes back {command}").format(command=short(str(data.get("batch", ""))))
        for field, value in data.get("request", {}).items():
            yield f"{self.words.get(field, field)}: {self._value(field, value)}"
        for change in each.changes:
            yield from self._change(change, each.id)

    def _change(self, change: Change, about: str) -> Iterator[str]:
        where = "" if change.id == about else f"{change.id} "
        label = where + self.words.get(change.field, change.field)
        if change.field in ("points", "evidence"):
            yield from (f"{label}: {each}" for each in _differences(change))
        elif change.was is None:
            yield f"{label}: {self._value(change.field, change.now)}"
        else:
            was, now = self._value(change.field, change.was), self._value(change.field, change.now)
            yield f"{label}: {was} -> {now}"

    def _value(self, field: str, value: Any) -> str:  # noqa: ANN401 - what a field holds
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            return listed(self._value(field, each) for each in value)
        kind = {"flags": "flag"}.get(field, field)
        return looking.NOTHING if value is None else self.codes.get(kind, {}).get(value, str(value))

    def _beside(self, each: Told) -> list[tuple[str, str]]:
        entry = each.entry
        return [
            (self.words["why"], entry.why or ""),
            (self.words["signer"], entry.signer or ""),
            (self.words["meeting"], entry.meeting or ""),
        ]


def _differences(change: Change) -> Iterator[str]:
    """Points and files that are new or look different; those that are gone with a minus in front."""
    was = [_item(each) for each in change.was or ()]
    now = [_item(each) for each in change.now or ()]
    yield from (each for each in now if each not in was)
    yield from (f"- {each}" for each in was if each not in now)


def _item(row: dict[str, Any]) -> str:
    if "sha256" in row:
        return str(row.get("name", ""))
    done = row.get("done_on")
    return f"{row.get('number')} {row.get('text')}" + (f" ({done})" if done else "")
