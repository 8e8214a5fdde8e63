"""The ledger as a workbook that is filled in and taken back: all of it, or one unit's part for a month."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING, Final

from ledger.domain.filenames import free, harmless
from ledger.domain.moves import Status
from ledger.domain.roundtrip import (
    BETWEEN,
    FILLED,
    FORM,
    PROGRESS,
    ROWS,
    SHARED,
    SHEET,
    SHOWN,
    Audience,
    Prints,
    mark,
    shown,
    value_of,
)
from ledger.domain.schema import TERMS
from ledger.domain.text import visible
from ledger.reports import basis as base
from ledger.reports.headway import headway_told
from ledger.reports.views import Column, Kind, Table
from ledger.reports.words import Words
from ledger.reports.workbooks.sheets import Hidden, Look, Sheet, Text, Workbook

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ledger.domain.issue import Issue, Target
    from ledger.reports.basis import Basis
    from ledger.reports.views import Cell

#: Columns in the order in which such ledgers have them. Source: DOMAIN.md c1, d2.
_ORDER: Final[tuple[str, ...]] = (
    "number", "category", "title", "id", "text", "unit", "co_units", "leader", "owner", "criterion",
    "deliverable", "term", "due_original", "due", "due_text", "headway", "status", "result", PROGRESS,
    "remark",
)  # fmt: skip
#: Those that show beside what is filled in, and cannot be; a column with nothing in it is left out.
_BESIDE: Final = ("due_original", "due_text", "headway")
#: Widths of columns, so that text takes few lines and the page holds all of them.
#: Units: characters of half width.
_WIDTHS: Final = {
    "number": 5.5, "category": 9, "title": 24, "id": 6.5, "text": 40, "unit": 11, "co_units": 10,
    "leader": 8.5, "owner": 8.5, "criterion": 17, "deliverable": 13, "term": 9.5, "due_original": 12,
    "due": 12, "due_text": 11, "headway": 16, "status": 10, "result": 20, PROGRESS: 32, "remark": 11,
}  # fmt: skip
_CENTRED: Final = frozenset(
    ("number", "id", "category", "unit", "co_units", "leader", "owner", "term", "status", "due_text")
)


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a ledger goes out to whom: all of it to the office, or a unit's own.

    Shape: `units` are all that were sent one with it; `period` is the first day of the month reported on.
    """

    audience: Audience
    period: dt.date
    unit: str = ""
    units: tuple[str, ...] = ()


def units_of(issues: Iterable[Issue]) -> tuple[str, ...]:
    """The units responsible for something that counts, in order; "" for what nobody has been given."""
    return tuple(sorted({target.unit for issue in issues for target in _targets(issue)}))


def file_names(units: Sequence[str], period: dt.date) -> dict[str, str]:
    """A file's name for each unit: safe on every system, and no two the same on those that fold case."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for unit in units:
        called = unit or pgettext("document", "no unit")
        stem = harmless(f"{called}-{period:%Y-%m}.xlsx", "unit.xlsx").removesuffix(".xlsx")
        names[unit] = free(stem, ".xlsx", taken)
        taken.add(names[unit].casefold())
    return names


def build(issues: Sequence[Issue], basis: Basis, part: Part) -> Workbook:
    """The workbook of one part, in the language spoken now."""
    page = _Page(issues, basis, part)
    whose = part.unit or pgettext("document", "no unit")
    title = (
        basis.title
        if part.audience is Audience.OFFICE
        else _("{ledger}: monthly return").format(ledger=basis.title)
    )
    return Workbook(
        title,
        basis.as_of,
        (page.sheet(title, whose), _how_to_fill(part), page.hidden()),
        page.lists,
    )


def count(made: Workbook) -> int:
    """How many rows there are to fill in."""
    return sum(len(each.table.rows) for each in made.sheets if isinstance(each, Sheet))


def cut(made: Workbook) -> list[str]:
    """The ids of the rows in which a cell cannot show all of its text."""
    return [
        str(row[place] or row[0])
        for each in made.sheets
        if isinstance(each, Sheet)
        for place in [[column.key for column in each.table.columns].index("id")]
        for row in each.table.rows
        if any(isinstance(value, str) and shown(value) != visible(value) for value in row)
    ]


def _targets(issue: Issue) -> Sequence[Target]:
    return () if issue.status is Status.VOID else (issue.live or (issue,))


class _Page:
    """The rows of one part, worked out once."""

    def __init__(self, issues: Sequence[Issue], basis: Basis, part: Part) -> None:
        self.basis, self.part, self.issues = basis, part, issues
        self.say = Words()
        chosen = ((issue, self._mine(_targets(issue))) for issue in issues)
        self.rows = [(issue, rows) for issue, rows in chosen if rows]
        said = (*FILLED[part.audience], *SHOWN[part.audience])
        self.keys = tuple(key for key in _ORDER if key in {"number", "id", *said, *_BESIDE} - self._bare())
        self.compared = tuple(key for key in self.keys if key in said and key != PROGRESS)
        self.lists = self._lists()
        self.prints = {uid: text for each in self.rows for uid, text in self._prints(*each)}

    def _bare(self) -> frozenset[str]:
        """Columns nobody fills in and nothing stands in."""
        may_be = {*_BESIDE, *SHOWN[self.part.audience]} & {*_BESIDE, "criterion"}
        rows = [each for _issue, targets in self.rows for each in targets]
        return frozenset(name for name in may_be if not any(self._beside(each, name) for each in rows))

    def _beside(self, target: Target, name: str) -> Cell:
        """What stands beside what is filled in."""
        if name == "headway":
            return headway_told(target, self.basis.as_of)
        value: Cell = getattr(target, name)
        return value

    def _mine(self, targets: Sequence[Target]) -> tuple[Target, ...]:
        if self.part.audience is Audience.OFFICE:
            return tuple(targets)
        return tuple(each for each in targets if each.unit == self.part.unit)

    def sheet(self, title: str, whose: str) -> Sheet:
        """What is seen."""
        columns = tuple(self._column(key) for key in self.keys)
        hidden = (Column("uid", "uid"), Column("prints", "prints"))
        rows: list[tuple[Cell, ...]] = []
        merges: list[tuple[int, int, int]] = []
        for issue, targets in self.rows:
            start, end = len(rows), len(rows) + len(targets) - 1
            owned = self._owned(issue, targets)
            if end > start:
                merges += [(place, start, end) for place, key in enumerate(self.keys) if key in owned]
            below = [None if key in owned else key for key in self.keys]
            for target in targets:
                names = self.keys if target is targets[0] else below
                cells = (self._cell(issue, target, key) if key else None for key in names)
                rows.append((*cells, target.uid, self.prints[target.uid]))
        looks: dict[str, Look] = {key: self._look(key) for key in self.keys}
        looks |= {each.key: Look(hidden=True) for each in hidden}
        day = self.basis.as_of.isoformat()
        office = self.part.audience is Audience.OFFICE
        line = _("Office: {org}    As of: {day}    Coloured cells may be filled in.")
        if not office:
            line = _("Unit: {org}    Month: {month}    As of: {day}    Coloured cells are to be filled in.")
        org = self.basis.settings.org if office else whose
        return Sheet(
            _("ledger sheet") if office else whose,
            Table((*columns, *hidden), tuple(rows), "", title=title),
            looks,
            merges,
            line.format(org=org or "-", month=f"{self.part.period:%Y-%m}", day=day),
            base.stamp(self.basis, self.issues).text,
        )

    def _column(self, key: str) -> Column:
        heading = {
            "number": pgettext("document", "issue no."),
            "id": pgettext("document", "measure no."),
            PROGRESS: _("progress in {month}").format(month=f"{self.part.period:%Y-%m}"),
        }.get(key) or self.say.field[key]
        kind = {"number": Kind.NUMBER, "due": Kind.DATE, "due_original": Kind.DATE}.get(key, Kind.TEXT)
        return Column(key, heading, kind)

    def _look(self, key: str) -> Look:
        return Look(
            _WIDTHS[key],
            filled=key in FILLED[self.part.audience],
            choices=key if key in self.lists else "",
            strict=key in ("term", "status"),
            centred=key in _CENTRED,
        )

    def _owned(self, issue: Issue, targets: Sequence[Target]) -> frozenset[str]:
        """The cells that say something of the whole issue: all of its measures stand there and agree."""
        live = issue.live
        if not live:
            return frozenset(self.keys)
        always = {"number", "title", "category"}
        if len(targets) < len(live):
            return frozenset(always)
        said = {key: value_of(issue, key) for key in self.keys if key in SHARED}
        agreed = {key for key, text in said.items() if all(value_of(each, key) == text for each in targets)}
        return frozenset(always | agreed)

    def _cell(self, issue: Issue, target: Target, key: str) -> Cell:
        if key == "number":
            return issue.number
        if key in ("title", "category"):
            return getattr(issue, key) or None
        if key == "id":
            return target.id if target is not issue else None
        if key == PROGRESS or (key == "text" and target is issue):
            return None
        if key == "term":
            return self.say.terms.get(target.term)
        if key == "status":
            return self.say.status[target.status]
        if key in _BESIDE:
            return self._beside(target, key) or None
        value = getattr(target, key)
        return (BETWEEN.join(value) if isinstance(value, tuple) else value) or None

    def _prints(self, issue: Issue, targets: Sequence[Target]) -> Iterator[tuple[str, str]]:
        """The fingerprint of each row, by its uid."""
        owned = self._owned(issue, targets)
        for target in targets:
            cells = {}
            for key in self.compared:
                home: Target = issue if key in owned else target
                text = "" if key == "text" and target is issue else value_of(home, key)
                cells[key] = (key in owned, mark(text))
            yield target.uid, str(Prints(cells))

    def _lists(self) -> Mapping[str, Sequence[str]]:
        lists = {"term": tuple(self.say.terms[code] for code in TERMS)}
        if self.part.audience is Audience.UNIT:
            return {"status": tuple(self.say.status[each] for each in Status if each is not Status.VOID)}
        units = tuple(each for each in units_of(self.issues) if each)
        return {**lists, "unit": units} if units else lists

    def hidden(self) -> Hidden:
        """What the program needs to take the workbook back."""
        mark_of = base.checkpoint(self.issues)
        facts: list[tuple[Cell, ...]] = [
            ("form", FORM),
            ("ledger", self.basis.ledger),
            ("audience", str(self.part.audience)),
            ("unit", self.part.unit),
            ("period", f"{self.part.period:%Y-%m}"),
            ("as_of", self.basis.as_of.isoformat()),
            ("entries", mark_of.entries),
            ("heads", mark_of.heads),
            ("version", self.basis.version),
            *(("units", each) for each in self.part.units),
            *(("column", self._column(key).heading, key) for key in self.keys),
            ("column", "uid", "uid"),
            ("column", "prints", "prints"),
            (ROWS,),
        ]
        words = {"term": self.say.terms, "status": self.say.status}
        facts[-1:-1] = [
            ("word", name, word, code) for name, each in words.items() for code, word in each.items()
        ]
        facts += [
            (target.uid, target.id, issue.uid, self.prints[target.uid], issue.head)
            for issue, targets in self.rows
            for target in targets
        ]
        return Hidden(SHEET, facts)


def _how_to_fill(part: Part) -> Text:
    """How the sheet is filled in, in the words of the trade."""
    said = [
        _("How to fill this in"),
        _("1. Fill in the coloured cells only. What was found and what will be done stay as they are."),
        *(_for_the_office() if part.audience is Audience.OFFICE else _for_a_unit()),
        _("Rows may be sorted or hidden, columns moved, the file renamed or saved by another program."),
        _("Deleting a row deletes nothing. A new row is only a proposal."),
        _("Hidden columns and the hidden sheet say which row is which: leave them alone."),
    ]
    return Text(_("how to fill this in"), said)


def _for_the_office() -> Sequence[str]:
    return (
        _("2. A cell that spans an issue counts for all of its measures; unmerge it to fill each row."),
        _("3. A deadline that is fixed does not change: a new date is a request, which somebody approves."),
    )


def _for_a_unit() -> Sequence[str]:
    return (
        _("2. Say under progress what was done this month, with dates and figures; else leave it empty."),
        _("3. A new date under the deadline is a request to extend it; say why under progress."),
        _("4. Where a measure is finished, choose the status for it and say what came of it under result."),
    )
