"""What changed between two states of a ledger, as a table, as TSV, or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import gettext as _
from typing import Any

from ledger.commands import looking, options
from ledger.commands.historypage import Teller, differences
from ledger.commands.telling import plain
from ledger.domain.ids import parse_ids
from ledger.domain.ticked import PART_TABLES
from ledger.errors import UsageError
from ledger.ui import console, labels
from ledger.ui.console import Cell, Column, Toned
from ledger.usecases import differing
from ledger.usecases.differing import Damaged, Difference, Differing, Moment
from ledger.usecases.sight import Sight
from ledger.usecases.telling import Change

#: The exit code when a record could not be compared. Source: docs/contract.md §4.
_DAMAGED = 7

_TSV = ("id", "became", "field", "was", "now", "title")
#: What is counted of an issue, with the name of its row.
_COUNTS = ("notes", "signs", "lost")


def show(seen: Sight, words: str, ids: Sequence[str], limit: int | None) -> int | None:
    """Show what changed from A to B; 7 when a record of either could not be read.

    Raises:
        UsageError: the words are not two states; or another day was named beside them.
        NotFoundError: git does not know a commit.
    """
    if seen.dated or limit is not None:
        message = _("--diff names both states itself")
        raise UsageError(message, _("leave --as-of, --known-at and --limit out"))
    found = differing.difference(seen.book, words, options.now(), numbers=_numbers(ids))
    if console.wants_json():
        payload = {"ids": list(ids), "entries": [], "batches": [], "diff": _json(found)}
        console.document("ledger/history@1", {**looking.about(seen), **payload})
    elif console.wants_plain():
        console.rows([Column(each) for each in _TSV], [row for each in found.issues for row in _plain(each)])
    else:
        _table(seen, found)
    for each in found.damaged:
        console.warn(_("{side} cannot be compared: {reason}").format(side=_named(each), reason=each.message))
    return _DAMAGED if found.damaged else None


def _numbers(ids: Sequence[str]) -> frozenset[int] | None:
    wanted = parse_ids(ids) if ids else ()
    for each in wanted:
        if each.kind != "issue":
            message = _("{id} is not an issue; states are compared issue by issue").format(id=each)
            raise UsageError(message, _("write 7"))
    return frozenset(each.numbers[0] for each in wanted) if ids else None


def _named(damaged: Damaged) -> str:
    return damaged.moment.words or _("now")


# --- for a person ---------------------------------------------------------------------------------------


def _table(seen: Sight, found: Difference) -> None:
    words = labels.labels("field")
    columns = [
        Column(words["id"], whole=True),
        Column(_("what")),
        Column(found.start.words),
        Column(found.end.words or _("now")),
    ]
    teller = Teller(seen, console.width())
    console.rows(columns, [row for each in found.issues for row in _rows(each, teller)])
    if not found.issues:
        console.tell(_("nothing changed"))


def _rows(each: Differing, teller: Teller) -> Iterator[Sequence[Cell]]:
    if each.became == "added":
        yield (each.id, Toned(_("new"), "strong"), "", each.title)
    elif each.became == "gone":
        yield (each.id, Toned(_("gone"), "bad"), each.title, "")
    for change in each.fields:
        if change.field == "title" and each.became != "changed":
            continue
        yield from _changed(change, teller)
    if each.notes:
        yield (each.id, _("notes"), "", f"+{each.notes}")
    if each.signs:
        yield (each.id, _("sign-offs"), "", f"+{each.signs}")
    if each.lost:
        yield (each.id, Toned(_("entries that are no longer there"), "bad"), f"{each.lost}", "")


def _changed(change: Change, teller: Teller) -> Iterator[Sequence[Cell]]:
    label = teller.words.get(change.field, change.field)
    if change.field in PART_TABLES:
        yield from ((change.id, label, "", each) for each in differences(change))
        return
    yield (
        change.id,
        label,
        _value(change.field, change.was, teller),
        _value(change.field, change.now, teller),
    )


def _value(field: str, value: Any, teller: Teller) -> Cell:  # noqa: ANN401 - what a field holds
    if value is None:
        return ""
    return labels.toned("status", str(value)) if field == "status" else teller.value(field, value)


# --- for programs ------------------------------------------------------------------------------------------


def _plain(each: Differing) -> Iterator[Sequence[Cell]]:
    for change in each.fields:
        yield (change.id, each.became, change.field, plain(change.was), plain(change.now), each.title)
    for name in _COUNTS:
        if getattr(each, name):
            yield (each.id, each.became, name, None, getattr(each, name), each.title)


def _json(found: Difference) -> dict[str, Any]:
    return {
        "from": _moment(found.start),
        "to": _moment(found.end),
        "issues": [_issue(each) for each in found.issues],
        "damaged": [
            {
                "side": "from" if each.moment is found.start else "to",
                "file": each.file,
                "message": each.message,
            }
            for each in found.damaged
        ],
    }


def _moment(moment: Moment) -> dict[str, Any]:
    return {"kind": moment.kind, "commit": moment.commit, "day": moment.day, "at": moment.at}


def _issue(each: Differing) -> dict[str, Any]:
    fields = [{"id": c.id, "field": c.field, "was": c.was, "now": c.now} for c in each.fields]
    return {**each._asdict(), "fields": fields}
