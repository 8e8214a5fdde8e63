"""The issues a table lists, one a row or over several rows.

What all rows of an issue say alike is said of the issue; what they say differently is said of the measures
in them. How things stand with a measure is never taken for how they stand with the issue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ledger.intake import cells, content, filling, marks, table
from ledger.intake.content import OF_A_ROW
from ledger.intake.labels import Said, add

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger.intake.proposal import ProposedMeasure
    from ledger.intake.table import Row, Table


@dataclass(slots=True)
class Listed:
    """One issue of a table.

    Attributes:
        number: As printed; None where the cell is empty or no number.
        rows: How many rows it takes.
        reach: How many of its measures a field of the first rows was said of.
        above: What its last row said, for cells left empty below it.
        numbers: The numbers printed for its measures.
    """

    title: str
    number: int | None
    category: str | None
    line: int
    column: int
    measures: list[ProposedMeasure] = field(default_factory=list)
    said: Said = field(default_factory=Said)
    rows: int = 1
    reach: dict[str, int] = field(default_factory=dict)
    above: dict[str, str] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)

    @property
    def fields(self) -> dict[str, str]:
        """What is said of the whole issue, as printed."""
        return self.said.fields


@dataclass(frozen=True, slots=True)
class Total:
    """What a row of 小计 or 合计 says, and what the table had listed.

    Attributes:
        printed: Numbers for problems and measures; None where there are none.
        listed: Problems and measures in the rows it adds up.
    """

    line: int
    printed: tuple[int | None, int | None]
    listed: tuple[int, int]


@dataclass(slots=True)
class Listing:
    """What a table says.

    Attributes:
        declared: Headings of a category with the number of issues they say they have, and their lines.
        unfilled: Printed names of columns left empty in some rows though not in all, and the first such line.
        filled: Printed names of columns whose empty cells were taken for the one above, and the first line.
        serials: The first line where a date stood as the number a spreadsheet stores.
        loose: Lines of rows that belong to no issue.
    """

    issues: list[Listed] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    declared: list[tuple[str, int, int]] = field(default_factory=list)
    unfilled: dict[str, int] = field(default_factory=dict)
    filled: dict[str, int] = field(default_factory=dict)
    serials: int | None = None
    loose: list[int] = field(default_factory=list)


#: What measures take from their issue. Source: domain.schema.INHERITED and DUE_KEYS.
_INHERITED = frozenset({"unit", "co_units", "leader", "owner", "criterion", "due_text"})
_OWN = frozenset(OF_A_ROW)
#: What is said of the issue until a row says it differently.
_WHOLE = frozenset({"target", "amount"})
#: What is said of the row it stands in; where no merge is known, of the issue until another row says more.
_BESIDE = frozenset({"remark", "reason"})
#: What is said of the issue where all its rows say it alike.
_ALIKE = _INHERITED | _WHOLE | _BESIDE
#: What a cell says that names nothing, and the fields in which it then says nothing.
_NOTHING = frozenset({"无", "/", "／", "\\", "-", "--", "—", "——", "–"})
_NAMES = frozenset({"co_units", "leader", "owner", "unit", "amount", "reason", "done_text", "deliverable"})
#: Columns that are read by themselves.
_APART = frozenset({"number", "issue", "measure", "category", "measure_number"})
_ISSUES = re.compile(r"([0-9]{1,4})\s?(?:个|项|条|类)?问题|问题\s?:?\s?([0-9]{1,4})\s?(?:个|项|条)")
_MEASURES = re.compile(
    r"([0-9]{1,4})\s?(?:个|项|条)?(?:整改)?(?:措施|任务)|措施\s?:?\s?([0-9]{1,4})\s?(?:个|项|条)"
)


def read(
    found: Table,
    *,
    category: str | None = None,
    sheet: str | None = None,
    keyed: bool = False,
    alone: bool = True,
) -> Listing:
    """The issues of a table in order, with what its own totals say.

    Args:
        found: The table.
        category: The heading above it.
        sheet: The name of the sheet it stands on.
        keyed: The number names the issue where there is no column for problems.
        alone: No other table says more of the same issues.
    """
    reader = _Reader(found, sheet, category, keyed=keyed)
    for row in found.rows:
        reader.take(row)
    if not found.merged:
        filling.fill(found, reader.listing)
    if any(_NOTHING.intersection(row.texts) for row in found.rows):
        for issue in reader.listing.issues:
            _drop_nothing(issue)
    for issue in reader.listing.issues if alone else ():
        settle_leader(issue)
    return reader.listing


def _drop_nothing(issue: Listed) -> None:
    """Forget what a cell with 无 or a stroke names; it was kept until here, being no empty cell."""
    for name in _NAMES & issue.said.fields.keys():
        if issue.said.fields[name] in _NOTHING:
            del issue.said.fields[name]
    for at, each in enumerate(issue.measures):
        empty: dict[str, Any] = {name: None for name in _NAMES if getattr(each, name) in _NOTHING}
        if empty:
            issue.measures[at] = replace(each, **empty)


def settle_leader(issue: Listed) -> None:
    """Take who has claimed an issue for its leader where nobody else is named as one, else only say so."""
    fields = issue.said.fields
    claimed = fields.pop("claimed_leader", None)
    if claimed and "leader" not in fields and not any(each.leader for each in issue.measures):
        fields["leader"] = claimed
    elif claimed and claimed != fields.get("leader"):
        add(fields, "remark", f"认领领导：{claimed}")


class _Reader:
    """Goes through the rows of one table."""

    def __init__(self, found: Table, name: str | None, category: str | None, *, keyed: bool) -> None:
        self.table = found
        self.name = name
        self.category = category
        self.listing = Listing()
        self.added = 0
        self.last: Listed | None = None
        at = {field_name: place for place, field_name in enumerate(found.columns) if field_name}
        self.number, self.issue, self.measure = (
            at.get("number", -1),
            at.get("issue", -1),
            at.get("measure", -1),
        )
        self.category_at, self.measure_number = at.get("category", -1), at.get("measure_number", -1)
        self.key = max(self.number, self.measure_number) if keyed and self.issue < 0 else -1
        self.slots = [
            (place, field_name, cells.turn(field_name, found.headers[place]))
            for place, field_name in enumerate(found.columns)
            if field_name and field_name not in _APART
        ]
        self.own = [
            (place, part)
            for place, name, _turn in self.slots
            for part in (("unit", "owner") if name == "unit_owner" else (name,))
            if part in _OWN
        ]
        self.ticks = found.ticks

    def take(self, row: Row) -> None:
        """Add what one row says."""
        texts = row.texts
        if table.is_total(row):
            self._total(row)
            return
        if texts.count("") >= len(texts) - 2:
            heading = table.band(row)
            if heading and not self._is_cell(row, heading):
                self.category, declared = cells.heading(heading)
                self.last = None
                if declared is not None:
                    self.listing.declared.append((self.category, declared, row.line))
                return
        if 0 <= self.category_at < len(texts) and texts[self.category_at]:
            self.category = cells.heading(texts[self.category_at])[0]
        self._issue(row)

    def _is_cell(self, row: Row, heading: str) -> bool:
        """Whether the only text of a row stands there as a cell, not as the heading of a category."""
        if row.wide or row.blocks is not None:
            return 0 <= self.measure < len(row.texts) and bool(row.texts[self.measure])
        at = row.texts.index(heading)
        if at == self.measure or (at == self.category_at and self.issue != at):
            return True
        return at == self.issue and not table.is_band(marks.flat(heading))

    def _total(self, row: Row) -> None:
        first = marks.flat(next(filter(None, row.texts))).replace(" ", "")
        issues = self.listing.issues[0 if first.startswith(("合", "总", "共", "累")) else self.added :]
        counts = (len(issues), sum(len(issue.measures) for issue in issues))
        self.listing.totals.append(Total(row.line, self._printed(row), counts))
        self.added, self.last = len(self.listing.issues), None

    def _printed(self, row: Row) -> tuple[int | None, int | None]:
        """The numbers a total prints, in words anywhere or under the columns of problems and measures."""
        whole = marks.flat(" ".join(row.texts))
        said: list[int | None] = []
        for pattern, at in ((_ISSUES, self.issue), (_MEASURES, self.measure)):
            found = pattern.search(whole)
            under = row.texts[at] if 0 <= at < len(row.texts) else ""
            said.append(int(found[1] or found[2]) if found else cells.number(under) if under else None)
        return said[0], said[1]

    def _issue(self, row: Row) -> None:
        """Add the row to the issue it goes on with, or as a new one."""
        texts, last = row.texts, self.last
        printed = texts[self.number] if 0 <= self.number < len(texts) else ""
        heading = texts[self.issue] if 0 <= self.issue < len(texts) else ""
        if self.key >= 0:
            heading = self._key(texts, printed)
        title = cells.title(heading) if heading and self.key < 0 else heading
        measured = 0 <= self.measure < len(texts) and bool(texts[self.measure])
        if last is not None and (title == last.title or (not title and (measured or not printed))):
            self._go_on(last, row, measured=measured)
        elif title:
            at = self.issue if self.issue >= 0 else self.number
            line, column = row.block(at).place(0) if row.blocks is not None else (row.line, at + 1)
            self.last = last = Listed(
                title, cells.number(printed) if printed else None, self.category, line, column
            )
            self.listing.issues.append(last)
            self._begin(last, row, measured=measured)
        elif any(texts):
            self.listing.loose.append(row.line)
            return
        if 0 <= self.measure_number < len(texts) and last is not None:
            last.numbers.append(texts[self.measure_number])

    def _key(self, texts: tuple[str, ...], printed: str) -> str:
        """What names the issue, and its measure, where there is no column for problems: 3, 3-1."""
        measure = texts[self.measure_number] if 0 <= self.measure_number < len(texts) else ""
        if not measure:
            return printed
        printed = printed or (self.last.title.partition("-")[0] if self.last else "")
        return measure if not measure.isdecimal() or not printed else f"{printed}-{measure}"

    def _said(self, row: Row) -> Said:
        """What the cells of a row say, by field."""
        said = Said()
        texts, fields = row.texts, said.fields
        size = len(texts)
        for at, name, turn in self.slots:
            text = texts[at] if at < size else ""
            if not text:
                continue
            if row.blocks is not None:
                said.add(name, row.block(at))
                continue
            if turn:
                text = self._turned(turn, name, text, row.line)
            if name in fields or name == "unit_owner":
                parts = cells.unit_and_person(text) if name == "unit_owner" else {name: text}
                for part, words in parts.items():
                    add(fields, part, words)
            else:
                fields[name] = cells.kept(name, text)
        for at, state in self.ticks.items():
            text = texts[at] if at < size else ""
            if text and not cells.is_cross(text):
                add(fields, "status_text", state if cells.is_tick(text) else f"{state}：{text}")
        return said

    def _turned(self, turn: Callable[[str], str], name: str, text: str, line: int) -> str:
        """A cell as it is kept; a date that stood there as a number is noted."""
        if self.listing.serials is None and name != "amount" and cells.is_serial(text):
            self.listing.serials = line
        return turn(text)

    def _begin(self, issue: Listed, row: Row, *, measured: bool) -> None:
        """Put the first row of an issue into it."""
        said = self._said(row)
        issue.above = dict(said.fields)
        if measured:
            cell = cells.measures(row, self.measure, self.name)
            issue.measures = cells.dealt(cell.measures, said, row)
            issue.said = said
            if cell.said.fields:
                said.join(cell.said)
        else:
            issue.said = said
        issue.reach = dict.fromkeys(_BESIDE, len(issue.measures))
        due = said.fields.pop("measure_due", None)
        if due:
            issue.measures = [replace(each, due_text=each.due_text or due) for each in issue.measures]

    def _go_on(self, issue: Listed, row: Row, *, measured: bool) -> None:
        """Put a further row of an issue into it."""
        said = self._said(row)
        issue.rows += 1
        own = self._differing(issue, row, said)
        due = said.fields.pop("measure_due", None)
        if due:
            own.fields["due_text"] = due
        rest = said.only(said.fields.keys() - _OWN)
        if measured and self.measure not in row.held:
            cell = cells.measures(row, self.measure, self.name)
            measures = cell.measures
            issue.measures.extend(content.with_fields(each, own) for each in measures)
            rest.join(cell.said)
        elif own.fields and issue.measures:
            issue.measures[-1] = _added(issue.measures[-1], own)
        else:
            rest.join(own)
        for name in _BESIDE & said.fields.keys():
            if issue.said.fields.get(name) == said.fields[name]:
                issue.reach[name] = len(issue.measures)
        for name, text in rest.fields.items():
            if text not in issue.said.fields.get(name, "").split("\n"):
                add(issue.said.fields, name, text)
        issue.said.places = {**rest.places, **issue.said.places}

    def _differing(self, issue: Listed, row: Row, said: Said) -> Said:
        """What the row says of its own measures; what the issue said goes to those it was said of."""
        names = said.fields.keys() & _OWN
        kept = _ALIKE - _BESIDE if self.table.merged else _ALIKE
        names |= (issue.said.fields.keys() & _OWN) - kept
        for at, name in self.own:
            if name in said.fields:
                held = at in row.held
            elif name in _INHERITED:
                above = issue.above.get(name)
                if above and not self.table.merged:
                    said.fields[name], held = above, True
                    names.add(name)
                else:
                    continue
            else:
                held = False
            if issue.said.fields.get(name) == said.fields.get(name) and (held or name in _ALIKE):
                names.discard(name)
        down = issue.said.only(names)
        if down.fields:
            ends = {} if self.table.merged else issue.reach
            issue.measures = [
                content.filled(each, down.only([name for name in down.fields if at < ends.get(name, at + 1)]))
                for at, each in enumerate(issue.measures)
            ]
            if issue.measures:
                issue.said = issue.said.only(issue.said.fields.keys() - down.fields.keys())
        issue.above.update(said.fields)
        return said.only(names)


def _added(measure: ProposedMeasure, said: Said) -> ProposedMeasure:
    """The measure with what a further row says of it, beside what it says."""
    fields: dict[str, Any] = {name: getattr(measure, name) or "" for name in said.fields}
    for name, text in said.fields.items():
        if text not in re.split("[、\n]", fields[name]):
            fields = {**fields, **_one(name, fields[name], text)}
    return replace(measure, **fields)


def _one(name: str, before: str, text: str) -> dict[str, str]:
    both = {name: before} if before else {}
    add(both, name, text)
    return both
