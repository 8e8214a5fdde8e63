"""The tables of the index, and the rows a record puts into them."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from ledger import __version__
from ledger.domain.moves import Status
from ledger.domain.text import fold
from ledger.domain.ticked import Ticked, progress
from ledger.domain.withheld import Withheld

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ledger.domain.entry import Entry
    from ledger.domain.issue import Issue, Measure, Target

#: One row of a table, in the order of its columns; only text, whole numbers and None.
Values: TypeAlias = tuple[str | int | None, ...]

#: Marks the file as ours, for `file` and for ourselves: "TZIX".
APPLICATION: Final = 0x545A4958

#: The numbers of measures by status, as columns.
COUNTS: Final = tuple(f"measures_{status}" for status in Status)

_TARGET = (
    "status", "unit", "co_units", "leader", "owner", "criterion", "deliverable", "result", "term",
    "continuing", "due", "due_original", "due_text", "interim_goal", "review_on", "remark",
    "signed", "steps", "next_step", "since", "closed_on", "suspect", "reopened", "rebounds", "rejected",
    "requested", "withheld",
)  # fmt: skip
_ISSUE_OWN = (
    "uid", "number", "title", "category", "kind", "flags", "formerly", "variant_of", "claimed_by",
    "claimed_on", "plan",
    "head", "entries", "open_due", "late_since",
)  # fmt: skip
_MEASURE_OWN = ("uid", "issue_uid", "id", "number", "text")

#: The columns of every table, in their order.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "file": ("name", "uid", "digest", "edited"),
    "issue": (
        *_ISSUE_OWN,
        *_TARGET,
        "open_due_text",
        "units",
        "leaders",
        "owners",
        "evidence",
        "notes",
        "measures",
        *COUNTS,
        "last_batch",
        "edited",
        "file",
    ),
    "measure": (
        *_MEASURE_OWN,
        *_TARGET,
        "late_from",
        "falls_due",
        "recurrence",
        "awaited",
        "counted",
        "issue_number",
        "category",
        "points",
        "points_total",
        "points_done",
        "roster",
        "roster_total",
        "roster_done",
        "occurrences",
        "evidence",
        "notes",
    ),
    "serve": ("measure_uid", "issue_uid"),
    "history": ("issue_uid", "entries"),
    "spell": ("issue_uid", "entered_on", "ended_on", "turned", "changed_on", "spells"),
    "search": ("issue_uid", "text"),
}  # fmt: skip

_NUMBERS = frozenset(
    {
        "number", "continuing", "plan", "entries", "signed", "steps", "suspect", "reopened", "rebounds",
        "rejected",
        "evidence", "notes", "measures", "edited", "points_total", "points_done", "counted",
        "roster_total", "roster_done",
        "issue_number", "turned", *COUNTS,
    }
)  # fmt: skip
_CONSTRAINTS: Final[Mapping[str, str]] = {
    "file": 'PRIMARY KEY ("name")) WITHOUT ROWID',
    "issue": 'PRIMARY KEY ("uid"), FOREIGN KEY ("file") REFERENCES "file" ("name"))',
    "measure": 'PRIMARY KEY ("uid"), FOREIGN KEY ("issue_uid") REFERENCES "issue" ("uid"))',
    "serve": 'PRIMARY KEY ("measure_uid", "issue_uid"), '
    'FOREIGN KEY ("measure_uid") REFERENCES "measure" ("uid"), '
    'FOREIGN KEY ("issue_uid") REFERENCES "issue" ("uid")) WITHOUT ROWID',
    "history": 'PRIMARY KEY ("issue_uid"), FOREIGN KEY ("issue_uid") REFERENCES "issue" ("uid"))',
    "spell": 'PRIMARY KEY ("issue_uid"), FOREIGN KEY ("issue_uid") REFERENCES "issue" ("uid"))',
    "search": 'PRIMARY KEY ("issue_uid"), FOREIGN KEY ("issue_uid") REFERENCES "issue" ("uid"))',
}


#: What is kept of each entry, in this order: one text an issue costs a fifth of a row an entry to put in.
#: Source: DECISIONS.md D-45.
ENTRY: Final = ("batch", "target", "do", "on", "at", "by", "signer", "meeting", "text", "undone")
#: The entries one by one, to be asked for in a FROM clause.
ENTRIES: Final = (
    'SELECT h."issue_uid" AS "issue_uid", e."key" AS "place", '
    + ", ".join(f'json_extract(e."value", \'$[{place}]\') AS "{name}"' for place, name in enumerate(ENTRY))
    + ' FROM "history" h JOIN json_each(h."entries") e'
)


def _table(name: str) -> str:
    columns = [f'"{each}" {"INTEGER" if each in _NUMBERS else "TEXT"}' for each in COLUMNS[name]]
    return f'CREATE TABLE "{name}" ({", ".join(columns)}, {_CONSTRAINTS[name]}'


#: What makes the tables; `freshness` has one row, `folder` says what each part of the folder looked like.
SCHEMA: Final = (
    'CREATE TABLE "freshness" ("ledger" TEXT PRIMARY KEY, "unsettled" TEXT)',
    'CREATE TABLE "folder" ("part" TEXT PRIMARY KEY, "names" TEXT, "looks" BLOB)',
    *map(_table, COLUMNS),
)
#: What makes questions quick; made after the rows when there are many.
INDEXES: Final = (
    'CREATE INDEX "issue_number" ON "issue" ("number", "uid", "status")',
    'CREATE INDEX "issue_status" ON "issue" '
    '("status", "unit", "category", "leader", "term", "late_since", "measures", "number")',
    'CREATE INDEX "issue_last_batch" ON "issue" ("last_batch")',
    'CREATE INDEX "measure_issue" ON "measure" ("issue_uid", "number")',
    'CREATE INDEX "measure_status" ON "measure" '
    '("counted", "status", "unit", "category", "leader", "term", "late_from", "issue_number", "number")',
    'CREATE INDEX "serve_issue" ON "serve" ("issue_uid")',
    'CREATE INDEX "issue_continuing" ON "issue" ("number") WHERE "continuing" = 1',
    'CREATE INDEX "measure_continuing" ON "measure" ("issue_uid") WHERE "continuing" = 1',
)
#: Changes by itself when the tables, or the program that fills them, change. Source: HOUSE.md §2.8.
VERSION: Final = zlib.crc32(repr((SCHEMA, INDEXES, __version__)).encode()) & 0x7FFFFFFF


class Rows(NamedTuple):
    """What one record puts into the tables, by table.

    Shape: plain values only, so that they can be handed from one process to another.
    """

    file: list[Values]
    issue: list[Values]
    measure: list[Values]
    serve: list[Values]
    history: list[Values]
    spell: list[Values]
    search: list[Values]


def insertion(table: str) -> str:
    """The statement that puts a row into a table."""
    return f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(COLUMNS[table]))})'


def rows_of(
    issue: Issue,
    entries: Sequence[Entry],
    *,
    file: Values | None = None,
    shown: Sequence[Entry] | None = None,
) -> Rows:
    """The rows of an issue with its history.

    Shape: `file` is the row of the file it was read from; none for an issue as it was on some day. `shown`
        are the entries with hand edits as one more, where there are any.
    """
    from ledger.store.spellbook import values  # who only asks needs no replay

    measures = [_measure(each, issue) for each in issue.measures]
    edited, name = (file[3], file[0]) if file else (0, None)
    last = max((each.batch for each in entries), default=None)
    said = _said(entries)
    return Rows(
        file=[file] if file else [],
        issue=[(*_stored_all(issue, _ISSUE_VALUES), *_gathered(issue), last, edited, name)],
        measure=measures,
        serve=[
            (each.uid, uid)
            for each in issue.measures
            for uid in dict.fromkeys(each.serves)
            if uid != issue.uid
        ],
        history=[(issue.uid, _JSON([_entry(each, *said[place]) for place, each in enumerate(entries)]))],
        spell=[(issue.uid, *values(shown or entries))],
        search=[(issue.uid, _folded(_texts(issue, said)))],
    )


_ISSUE_VALUES = attrgetter(*_ISSUE_OWN, *_TARGET)
_MEASURE_VALUES = attrgetter(*_MEASURE_OWN, *_TARGET)


_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@lru_cache(maxsize=10_000)  # the same units and persons stand in thousands of issues
def _list(value: tuple[Any, ...]) -> str | None:
    return _JSON(value) if value else None


_STORED: Final[Mapping[type, Callable[[Any], str | int | None]]] = {
    str: lambda value: value or None,
    Status: str,
    int: int,
    bool: int,
    type(None): lambda _value: None,
    dt.date: dt.date.isoformat,
    tuple: _list,
    Withheld: lambda value: str(value.kind),
}


def _stored_all(target: Target, values: Callable[[Any], tuple[Any, ...]]) -> list[str | int | None]:
    return [
        (value or None) if type(value) is str else _STORED[type(value)](value) for value in values(target)
    ]


def _gathered(issue: Issue) -> Values:
    statuses = [each.status for each in issue.measures]
    parts = (issue, *issue.live)
    return (
        _open_due_text(issue),
        *(_distinct([getattr(each, name) for each in parts]) for name in ("unit", "leader", "owner")),
        len(issue.evidence),
        len(issue.notes),
        len(issue.live),
        *(statuses.count(status) for status in Status),
    )


def _distinct(values: Sequence[str]) -> str | None:
    return _list(tuple(dict.fromkeys(filter(None, values))))


def _open_due_text(issue: Issue) -> str | None:
    """The phrase that goes with the earliest open date, or with there being none."""
    from ledger.domain.lateness import OPEN

    due = issue.open_due
    for each in issue.live:
        if each.status in OPEN and each.falls_due == due and each.due_text:
            return each.due_text
    return issue.due_text or None


def _measure(measure: Measure, issue: Issue) -> Values:
    late_from = measure.late_from if issue.late_since is not None else None
    void = Status.VOID in (measure.status, issue.status)
    return (
        *_stored_all(measure, _MEASURE_VALUES),
        late_from.isoformat() if late_from is not None and not void else None,
        *_repeated(measure),
        int(not void),
        issue.number,
        issue.category or None,
        _list(tuple(each.text for each in measure.points)),
        len(measure.points),
        sum(1 for each in measure.points if each.done_on is not None),
        _list(tuple(map(_told, measure.roster))),
        len(measure.roster),
        progress(measure.roster)[0],
        _list(tuple(map(_told, measure.occurrences))),
        len(measure.evidence),
        len(measure.notes),
    )


def _repeated(measure: Measure) -> Values:
    """By when it falls due, how often it is done, and which period is awaited while it is."""
    due = measure.falls_due or measure.due
    awaited = measure.awaited if measure.expects else None
    return (
        due.isoformat() if due else None,
        str(measure.recurrence) if measure.recurrence else None,
        awaited.name if awaited else None,
    )


def _told(each: Ticked) -> str:
    return f"{each.name} {each.text}".rstrip()


def _said(entries: Sequence[Entry]) -> list[tuple[str, bool]]:
    """What was said in each entry, and whether it was taken back."""
    from ledger.domain.replay import undone_batches

    undone = undone_batches(entries)
    return [(text_of(each), each.batch in undone) for each in entries]


def _entry(entry: Entry, text: str, undone: bool) -> Values:  # noqa: FBT001
    """Source: ENTRY, the order."""
    return (
        entry.batch,
        entry.target,
        entry.do,
        entry.on.isoformat(),
        entry.at,
        entry.by,
        entry.signer,
        entry.meeting,
        text or None,
        int(undone),
    )


def text_of(entry: Entry) -> str:
    """What was said in an entry: the note, what was ticked off, the opinion, a file's name, the reason."""
    rows = entry.data.get("rows")
    said = [entry.data.get(name) for name in ("text", "opinion", "name", "proves")]
    ticked = rows if isinstance(rows, list) else ()
    return " ".join(str(each) for each in (*ticked, *said, entry.why) if each)


#: What search looks into, in this order: of an issue, then of each measure, then each entry.
ISSUE_TEXTS: Final = (
    "title", "category", "unit", "co_units", "leader", "owner", "criterion", "deliverable", "result",
    "interim_goal", "due_text", "remark", "claimed_by",
)  # fmt: skip
MEASURE_TEXTS: Final = (
    "text", "points", "roster", "occurrences", "unit", "co_units", "leader", "owner", "criterion",
    "deliverable", "result", "interim_goal", "due_text", "remark",
)  # fmt: skip
#: Whether the texts of an issue hold a word, in SQL; SQLite's `instr` counts characters, which takes twice as
#: long. Who asks gives the connection `holds` under that name, and the word as bytes.
HOLDS: Final = 'holds(CAST("text" AS BLOB), ?)'
#: Stands between two texts and in none: intake refuses it. It must survive folding.
_BREAK: Final = "\x01"

_of_issue = attrgetter(*ISSUE_TEXTS)
_of_measure = attrgetter(*MEASURE_TEXTS)


def holds(text: bytes, word: bytes) -> bool:
    """Whether a word stands in a text, both folded and in UTF-8, in which no character is part of another."""
    return word in text


def texts(issue: Issue, entries: Sequence[Entry]) -> list[str]:
    """Every text search looks into.

    Shape: as many for each issue, measure and entry as there are names for it, so that the place of
        a text says what it is; what a measure only inherits, and what was undone, is empty.
    """
    return _texts(issue, _said(entries))


def _texts(issue: Issue, said: Sequence[tuple[str, bool]]) -> list[str]:
    own = _of_issue(issue)
    found = [_joined(each) for each in own]
    for measure in issue.measures:
        found += ["" if value in own else _joined(value) for value in _of_measure(measure)]
    found += ["" if undone else text for text, undone in said]
    return found


def _joined(value: str | tuple[Any, ...]) -> str:
    if isinstance(value, str):
        return value
    return " ".join(
        _told(each) if isinstance(each, Ticked) else str(getattr(each, "text", each)) for each in value
    )


def _folded(found: Sequence[str]) -> str:
    whole = _BREAK.join(found)
    if whole.count(_BREAK) != len(found) - 1:
        return "\n".join(map(fold, found))
    return fold(whole).replace(_BREAK, "\n")
