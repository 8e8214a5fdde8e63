"""The history of an issue, or the last commands over the whole ledger."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from typing import Annotated, Any

import typer

from ledger.commands import looking, options
from ledger.commands.options import AnyIds
from ledger.domain.ids import short
from ledger.domain.words import listed
from ledger.ui import console, labels
from ledger.ui.console import Cell, Column
from ledger.usecases.looking import choose_any
from ledger.usecases.sight import Sight
from ledger.usecases.telling import Told, last_batches, told

#: So many commands are shown when nobody says how many.
USUAL = 20


def history(
    ids: AnyIds = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", metavar="N", min=1, max=options.MOST, help="Show the last N.", show_default=False
        ),
    ] = None,
    diff: Annotated[
        str | None,
        typer.Option(
            "--diff",
            metavar="A..B",
            help="Show what changed between two commits, tags or days; A.. is up to now.",
            show_default=False,
        ),
    ] = None,
) -> int | None:
    """Show every change of an issue, a measure or another record, the newest last.

    Each entry says on which day it counts, when and by whom it was recorded, what it changed from what to
    what, why, and in which command. Without an id the last commands over the whole ledger are shown; the
    name of a command, or its end, is what `ledger undo` takes.

    With --diff: what changed between two states, issue by issue. A day means what held on it, a time what
    was known then, anything else a commit of git. Records nobody can read are named, and the exit code is 7.

    Examples:
        ledger history 7
        ledger history 7.2 --json
        ledger history chronicle:1
        ledger history --limit 5
        ledger history --diff 2025-02-01..2025-03-01
        ledger history 7 --diff 2025-02-01..
    """
    seen = looking.sight()
    if diff is not None:
        from ledger.commands import differing

        return differing.show(seen, diff, options.words(ids or ()), limit)
    if not ids:
        _commands(seen, limit or USUAL)
        return None
    chosen = choose_any(seen, options.words(ids))
    entries = tuple({each.entry.hash: each for one in chosen for each in told(one)}.values())
    entries = entries[-limit:] if limit else entries
    if console.wants_json():
        told_of = [each.id for each in chosen]
        payload = {"ids": told_of, "entries": [_json(each) for each in entries], "batches": []}
        console.document("ledger/history@1", {**looking.about(seen), **payload})
    elif console.wants_plain():
        console.rows([Column(each) for each in _TSV], [_row(each) for each in entries])
    else:
        from ledger.commands.historypage import Teller

        for line in Teller(seen, console.width()).lines(entries):
            console.say(*line)
    return None


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
    "overtaken",
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
        "overtaken": each.overtaken,
        "batch": entry.batch,
        "entry": entry.id,
        "hash": entry.hash,
    }


def _row(each: Told) -> Sequence[Cell]:
    entry = each.entry
    changes = "; ".join(f"{c.id} {c.field}: {plain(c.was)} -> {plain(c.now)}" for c in each.changes)
    said = [
        entry.data.get(name)
        for name in ("rows", "as", "text", "name", "step", "opinion", "to", "batch")
        if entry.data.get(name)
    ]
    if "request" in entry.data:
        said += list(entry.data["request"].values())
    return (
        entry.on, entry.at, entry.by, each.id, each.act, changes, " ".join(map(plain, said)), entry.why,
        entry.signer, entry.meeting, entry.batch, str(each.undone).lower(),
        str(each.overtaken).lower(),
    )  # fmt: skip


def plain(value: Any) -> str:  # noqa: ANN401 - what a field holds
    """A value in a cell of TSV."""
    if value is None:
        return "-"
    if isinstance(value, list):
        return ", ".join(plain(each) for each in value)
    if isinstance(value, dict):
        return " ".join(plain(each) for each in value.values())
    return str(value).lower() if isinstance(value, bool) else str(value)
