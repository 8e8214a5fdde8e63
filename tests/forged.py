"""Records as somebody would forge them who knows the format: whatever is changed, every hash fits again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ledger.domain.entry import compose
from ledger.domain.replay import replay
from ledger.domain.schema import ISSUE, Schema
from ledger.store import recordfile
from ledger.store.record import form_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ledger.domain.entry import Entry

Raw = dict[str, Any]


def entries_of(path: Path) -> list[Raw]:
    """The entries of a record's file."""
    return [json.loads(line) for line in recordfile.parse(path.read_bytes(), path=path).lines]


def chained(raw: list[Raw]) -> list[Entry]:
    """Entries one after the other, each linked to the one before it."""
    made: list[Entry] = []
    for each in raw:
        made.append(compose({**each, "prev": [made[-1].hash] if made else []}))
    return made


def write(path: Path, entries: list[Entry], schema: Schema = ISSUE) -> None:
    """The record that these entries make, in the form the program writes."""
    state = replay(schema, entries)
    document = {**state.document(), "head": "sha256:" + entries[-1].hash}
    path.write_bytes(
        recordfile.render(document, [entry.line for entry in entries], form_of(schema.kind)).encode()
    )


def forge(path: Path, change: Callable[[list[Raw]], object], schema: Schema = ISSUE) -> None:
    """Change the entries of a record and make everything fit again: fields, links, head."""
    raw = entries_of(path)
    change(raw)
    write(path, chained(raw), schema)
