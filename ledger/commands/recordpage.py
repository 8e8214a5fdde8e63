"""A letter, clue, review or record of a register as its file has it: for a person, a pipe and programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ledger.domain.confidence import veiled
from ledger.domain.course import OWN
from ledger.domain.entry import Entry
from ledger.domain.state import State
from ledger.ui import labels, page
from ledger.ui.console import Toned
from ledger.ui.page import Line
from ledger.usecases.looking import Looked

#: Shown in the head, or of no use to a reader.
_SILENT = frozenset({"uid", "number", "formerly", "evidence", "title"})


def as_json(seen: Looked) -> dict[str, Any]:
    """Everything about a record, as codes; what is confidential is veiled."""
    state = seen.state
    return {
        "id": seen.id,
        "uid": state.fields["uid"],
        "kind": state.schema.kind,
        "stage": state.stage,
        "fields": {name: value for name, value in _fields(state).items() if name != "uid"},
        "items": [dict(part) for part in state.measures()],
        "notes": [_note(entry) for entry in state.courses[OWN].notes],
        "evidence": [dict(row) for row in state.fields.get("evidence", ())],
        "file": seen.record.path,
        "history": {"entries": len(state.entries), "last": state.entries[-1].at},
    }


def rows(seen: Looked) -> Iterator[tuple[str, str, str]]:
    """Rows of id, field and value, as a pipe gets them."""
    shown = as_json(seen)
    name = seen.id
    yield name, "stage", seen.state.stage
    for field, value in shown["fields"].items():
        yield name, field, _text(value)
    for item in shown["items"]:
        yield from (
            (f"{name}.{item.get('number')}", field, _text(value))
            for field, value in item.items()
            if field not in _SILENT
        )
    for note in shown["notes"]:
        yield name, "note", " ".join(map(str, note.values()))
    for row in shown["evidence"]:
        yield name, "evidence", " ".join(map(_text, row.values()))


def lines(seen: Looked, width: int) -> Iterator[Line]:
    """The record as a person reads it."""
    state = seen.state
    words = {**labels.labels("field"), **labels.own(state.schema.kind)}
    head = f"{seen.id}  {state.fields.get('title', '')}".rstrip()
    stage = labels.label("stage", state.stage)
    yield from page.spread(head, (Toned(stage, "strong"),), width, indent="  ")
    facts = [
        (words.get(name, name), _text(value)) for name, value in _fields(state).items() if name not in _SILENT
    ]
    yield from page.facts(facts, width, indent="  ")
    for part in state.measures():
        pairs = [(words.get(name, name), _text(value)) for name, value in part.items() if name not in _SILENT]
        yield (f"{seen.id}.{part.get('number')}",)
        yield from page.facts(pairs, width, indent="  ")
    for entry in state.courses[OWN].notes:
        text = f"{entry.data.get('text', '')}"
        yield from ((line,) for line in page.paragraph(f"  {entry.on}  ", text, width))
    for row in state.fields.get("evidence", ()):
        said = " ".join(_text(row[name]) for name in ("name", "kind", "proves") if row.get(name))
        yield from ((line,) for line in page.paragraph(f"  {words['evidence']}  ", said, width))


def _fields(state: State) -> dict[str, Any]:
    shown = {name: value for name, value in state.fields.items() if name not in ("evidence", "number")}
    return veiled(state.schema, shown)


def _note(entry: Entry) -> dict[str, Any]:
    return {"on": entry.on, "by": entry.by, "text": entry.data.get("text", "")}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
