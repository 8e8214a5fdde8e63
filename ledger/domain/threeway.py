"""What becomes of a value changed in two places: one-sided changes are taken, the rest is a dispute."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final

from ledger.domain.text import sentences
from ledger.domain.ticked import TABLES, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: The answer where both sides changed a value and nothing says which is meant.
DISPUTED: Final = object()

#: A row of a table, as a record holds it.
Row = dict[str, Any]


def value(base: object, mine: object, theirs: object) -> object:
    """A value that can only be one thing: the changed one where one side changed it."""
    if mine == theirs:
        return mine
    if mine == base:
        return theirs
    return mine if theirs == base else DISPUTED


def text(base: object, mine: object, theirs: object) -> object:
    """A text changed by both sides in different sentences holds both changes."""
    chosen = value(base, mine, theirs)
    if chosen is not DISPUTED or not all(isinstance(each, str) for each in (base, mine, theirs)):
        return chosen
    merged = list(_regions(*(sentences(str(each)) for each in (base, mine, theirs))))
    return DISPUTED if DISPUTED in merged else "".join(map(str, merged))


def _regions(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[object]:
    """Sentences of the merged text, in order; DISPUTED where both sides wrote something else."""
    ours, others = _kept(base, mine), _kept(base, theirs)
    agreed = [(place, ours[place], others[place]) for place in sorted(ours.keys() & others.keys())]
    start = (0, 0, 0)
    for end in [*agreed, (len(base), len(mine), len(theirs))]:
        chosen = value(*(each[a:b] for each, a, b in zip((base, mine, theirs), start, end, strict=True)))
        if isinstance(chosen, list):
            yield from chosen
        else:
            yield chosen
        yield from base[end[0] : end[0] + 1]
        start = (end[0] + 1, end[1] + 1, end[2] + 1)


def _kept(base: Sequence[str], side: Sequence[str]) -> dict[int, int]:
    """Where each sentence of `base` that is still there stands now."""
    blocks = SequenceMatcher(None, base, side, autojunk=False).get_matching_blocks()
    return {each.a + step: each.b + step for each in blocks for step in range(each.size)}


def members(base: object, mine: object, theirs: object) -> object:
    """A list of names: what one side took out is out, what one side put in is in."""
    chosen = value(base, mine, theirs)
    if chosen is not DISPUTED:
        return chosen or None
    old, ours, others = (each if isinstance(each, list) else [] for each in (base, mine, theirs))
    kept = [each for each in old if each in ours and each in others]
    added = {each for each in (*ours, *others) if each not in old}
    return [*kept, *sorted(added, key=str)] or None


def points(base: object, mine: object, theirs: object) -> object:
    """The points of a measure by their numbers; new ones follow, a tick counts once, the first."""
    chosen = value(base, mine, theirs)
    if chosen is not DISPUTED:
        return chosen
    old, ours, others = (_by("number", each) for each in (base, mine, theirs))
    kept = [_point(old[number], ours.get(number), others.get(number)) for number in old]
    if DISPUTED in kept:
        return DISPUTED
    rows = [row for row in kept if isinstance(row, dict)]
    new = [row for side in (ours, others) for number, row in side.items() if number not in old]
    following = max((row["number"] for row in (*old.values(), *rows)), default=0)
    distinct: dict[str, Row] = {}
    for row in sorted(new, key=lambda row: (row["number"], str(row))):
        ticked = [each["done_on"] for each in (row, distinct.get(row["text"], {})) if "done_on" in each]
        distinct[row["text"]] = {**row, **({"done_on": min(ticked)} if ticked else {})}
    return [*rows, *({**row, "number": following + step} for step, row in enumerate(distinct.values(), 1))]


def _point(base: Row, mine: Row | None, theirs: Row | None) -> object:
    """One point in three versions; None where it was taken out."""
    if mine is None or theirs is None:
        return value(base, mine, theirs)
    words = text(base["text"], mine["text"], theirs["text"])
    ticked = value(base.get("done_on"), mine.get("done_on"), theirs.get("done_on"))
    if ticked is DISPUTED and "done_on" not in base:
        ticked = min(mine["done_on"], theirs["done_on"])
    if words is DISPUTED or ticked is DISPUTED:
        return DISPUTED
    return {"number": base["number"], "text": words, **({"done_on": ticked} if ticked else {})}


def ticked(table: str, base: object, mine: object, theirs: object) -> object:
    """What is ticked off one by one, by its key: what either side did counts, done before excused, the first.

    Shape: nobody is asked; names that one side took off the roster are off it.
    """
    chosen = value(base, mine, theirs)
    if chosen is not DISPUTED:
        return chosen
    old, ours, others = (_by(TABLES[table], each) for each in (base, mine, theirs))
    rows = []
    for name in dict.fromkeys((*old, *ours, *others)):
        row = value(old.get(name), ours.get(name), others.get(name))
        if row is DISPUTED:
            row = min(filter(None, (ours.get(name), others.get(name))), key=_first)
        if isinstance(row, dict):
            rows.append(row)
    return rows_of(table, rows) or None


def _first(row: Row) -> tuple[object, ...]:
    day = row.get("done_on") or row.get("excused_on")
    return ("done_on" not in row, day is None, str(day), row.get("text", ""))


def evidence(base: object, mine: object, theirs: object) -> object:
    """Files by their digest: those of both sides; one that a side took back is out."""
    old, ours, others = (_by("sha256", each) for each in (base, mine, theirs))
    kept = [name for name in old if name in ours and name in others]
    new = sorted(name for name in {**ours, **others} if name not in old)
    return [max(filter(None, (ours.get(name), others.get(name))), key=str) for name in (*kept, *new)] or None


def _by(key: str, rows: object) -> dict[Any, Row]:
    return {row[key]: dict(row) for row in rows} if isinstance(rows, list) else {}
