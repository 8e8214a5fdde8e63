"""A comparison in the shape scripts rely on. Source: docs/contract.md §5."""

from __future__ import annotations

from typing import Any

from ledger.usecases.importing import Change, Comparison, Revised


def compared(comparison: Comparison) -> dict[str, Any]:
    """What a document would change, beside what it holds; ids and codes, never words."""
    return {
        "new": [each.proposed.n for each in comparison.new],
        "changes": [change for each in comparison.revised for change in _changes(each)],
        "unchanged": comparison.unchanged,
        "left_out": comparison.left_out,
        "near": [
            {
                "n": each.proposed.n,
                "id": str(each.near.number),
                "title": each.near.title,
                "percent": each.near.percent,
            }
            for each in comparison.new
            if each.near is not None
        ],
        "missing": list(comparison.missing),
        "elsewhere": [{"id": each.id, "n": each.n, "text": each.text} for each in comparison.elsewhere],
        "statuses": [
            {"n": each.n, "id": each.id, "words": each.words, "told": each.told, "status": each.status}
            for each in comparison.statuses
        ],
    }


def _changes(revised: Revised) -> list[dict[str, Any]]:
    about, n = revised.about, revised.proposed.n
    rows: list[tuple[object, ...]] = [
        (about.name(each.key), each.field, each.base, each.ours, each.theirs, _after(each), each.fate)
        for each in revised.changes
    ]
    for fate, measures in (
        ("taken", [each.proposed for each in revised.added]),
        ("settled", revised.shut),
        ("unmatched", revised.unmatched),
    ):
        rows += [
            (about.name(), "measures", None, None, each.text, each.text if fate == "taken" else None, fate)
            for each in measures
        ]
    names = ("id", "field", "base", "ours", "theirs", "after", "fate")
    return [{"n": n, **dict(zip(names, row, strict=True))} for row in rows]


def _after(change: Change) -> object:
    """What stands there afterwards."""
    if change.fate == "noted":
        return change.theirs
    return change.sets.get(change.field, change.theirs) if change.is_applied else change.ours
