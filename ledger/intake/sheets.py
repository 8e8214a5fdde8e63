"""A workbook or a CSV file read into a proposal.

Seen in offices: the ledger on one sheet behind a sheet of instructions; 问题清单, 任务清单 and 责任清单 on
sheets of their own, joined by number or title; a sheet for each round of inspection, each unit or aspect.
Which sheets were read, what each column was taken for and what was left out is said.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.spreadsheet import letter
from ledger.intake import cells, counts, forms, grids, joining, lines, mapping, marks, rows, structure
from ledger.intake.document import Grid
from ledger.intake.proposal import Column, Proposal, ProposedIssue, Remark
from ledger.intake.table import is_band

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.intake.document import Document, Tell
    from ledger.intake.mapping import Rule
    from ledger.intake.rows import Listed, Listing
    from ledger.intake.table import Table

#: The layout of every proposal that comes from cells.
LAYOUT = "sheet"
#: A table on its side, or a form, is no longer than this.
_SHORT = 80
#: Cells shown of a column that nobody understood.
_SAMPLES = 3
_TITLE = re.compile(
    r"(?:台账|清单|一览表|明细表|汇总表|统计表|情况表|方案|表|情况|报告|任务书|单|公示|通报)(?:\([^()]{1,20}\))?$"
)
_SUBJECT = re.compile("整改|问题|隐患|巡[视察]|督察|审计")
_NO_TITLE = re.compile(
    r"附[件表]|(?:单位|部门|时间|日期|期次|联系人|填报|制表|编号|密级)[^:]{0,8}:|第\S{1,4}页"
)
_OFFICE = re.compile(
    r"(?:党组|党委|党支部|委员会|[局厅部委院所站处室]|政府|办公室|公司|集团|学校|学院|医院|[镇乡县区市]|街道|中心)$"
)
#: A title that names nobody and nothing: the line above it begins it.
_REST_OF_TITLE = re.compile(
    r"(?:反馈|意见|问题|整改|落实|销号|任务|措施|责任|工作|情况|进展|督办|推进){1,6}(?:台账|清单|一览表|明细表|汇总表|情况表|方案|表)"
)
_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表)\s?[0-9]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a sheet, with what it says.

    Attributes:
        grid: The sheet it stands on.
        lists: It has a column for problems; others only go with one that has.
    """

    grid: Grid
    table: Table
    listing: Listing

    @property
    def lists(self) -> bool:
        """Whether it lists problems."""
        return "issue" in self.table.columns


def read_sheets(
    document: Document, *, file: str, mapping: Sequence[str] = (), on_progress: Tell | None = None
) -> Proposal:
    """What a workbook or a CSV file proposes: issues in order, and remarks on all that is doubtful.

    Args:
        document: Its sheets as grids, clean.
        file: The name to give the proposal.
        mapping: What a person said of columns and sheets; see `mapping.parse`.
        on_progress: Told how many sheets are done.

    Raises:
        UsageError: `mapping` holds something else.
    """
    return _Book(document, mapping, on_progress or (lambda _done, _total, _what: None)).proposal(file)


class _Book:
    """One document while it is read."""

    def __init__(self, document: Document, specs: Sequence[str], tell: Tell) -> None:
        self.rules = mapping.parse(specs)
        self.used: set[Rule] = set()
        self.remarks: list[Remark] = list(document.remarks)
        every = [part for part in document.parts if isinstance(part, Grid)]
        self.grids = [grid for grid in every if self._is_wanted(grid)]
        self.parts: list[Part] = []
        for done, grid in enumerate(self.grids):
            tell(done, len(self.grids), _("sheets"))
            self.parts.extend(self._parts(grid))

    def _is_wanted(self, grid: Grid) -> bool:
        said = mapping.wanted(self.rules, grid.name)
        self.used.update(rule for rule in self.rules if not rule.column and rule.sheet == grid.name)
        filled = any(grid.rows)
        if said is None and grid.hidden and filled:
            message = _("sheet {sheet} is hidden and was not read").format(sheet=grid.name)
            self.remarks.append(Remark("sheet_hidden", message))
        return filled and (said if said is not None else not grid.hidden)

    def _parts(self, grid: Grid) -> Iterator[Part]:
        """The tables of a sheet; of a short one without any, those on their side and the forms."""
        found = grids.every(grid, answers=mapping.answers(self.rules, grid.name, self.used))
        if not found and len(grid.rows) <= _SHORT:
            found = grids.on_their_side(grid) or forms.tables(grid)
        if not found:
            message = _("sheet {sheet} was left out: no row of it names the columns of a list of problems")
            self.remarks.append(Remark("sheet_left_out", message.format(sheet=grid.name or "1")))
        for table in found:
            keyed = "issue" not in table.columns
            said = rows.read(
                table, category=_category(table.above), sheet=grid.name or None, keyed=keyed, alone=False
            )
            yield Part(grid, table, said)

    def proposal(self, file: str) -> Proposal:
        """What all of it proposes."""
        joined = joining.join([(part.lists, part.listing) for part in self.parts])
        for at in joined.left:
            self._say(
                "table_left_out",
                _("a table without a column for problems goes with none that has"),
                self.parts[at],
            )
        issues: list[ProposedIssue] = []
        for number, owner in enumerate(joined.owners):
            apart = len({self.parts[each].grid.name for each in joined.owners}) > 1
            named = self._heading(owner) if apart else None
            for listed in joined.issues[number]:
                rows.settle_leader(listed)
                issues.append(self._issue(listed, len(issues) + 1, self.parts[owner].grid.name, named))
        for part in self.parts:
            self._tell_of(part)
        self.remarks.extend(self._of_all(issues))
        names = dict.fromkeys(issue.category for issue in issues if issue.category)
        return Proposal(
            file=file,
            layout=LAYOUT if issues else "narrative",
            title=next(filter(None, (_title(part.table.above) for part in self.parts)), None),
            categories=tuple(names),
            issues=tuple(issues),
            warnings=tuple(self.remarks),
            columns=tuple(self._columns()),
        )

    def _heading(self, at: int) -> str | None:
        """What sets one of several lists apart: the name of its sheet, where somebody gave it one."""
        name = self.parts[at].grid.name.strip()
        return None if not name or _DEFAULT_NAME.fullmatch(name) else name

    def _issue(self, listed: Listed, n: int, sheet: str, named: str | None) -> ProposedIssue:
        category, fields = listed.category, listed.said.fields
        if named and not category and structure.is_aspect(marks.flat(named)):
            category = named
        elif named and "group" not in fields:
            fields["group"] = named
        return ProposedIssue(
            n,
            category,
            listed.title,
            "finding",
            tuple(listed.measures),
            fields,
            listed.line,
            listed.column,
            listed.said.places,
            sheet or None,
            listed.number,
        )

    def _say(self, code: str, message: str, part: Part, line: int | None = None) -> None:
        if len(self.grids) > 1:
            message = _("sheet {sheet}: {message}").format(sheet=part.grid.name, message=message)
        self.remarks.append(Remark(code, message, line))

    def _tell_of(self, part: Part) -> None:
        """Say what the reader should know of one table."""
        listing = part.listing
        self._tell_counts(part)
        for name, line in listing.unfilled.items():
            message = _(
                "cells under {column} are empty, which may mean the same as above; they were left empty"
            )
            self._say("empty_cells", message.format(column=_bare(name)), part, line)
        for name, line in listing.filled.items():
            message = _("empty cells under {column} were taken for the same as above")
            self._say("filled_cells", message.format(column=_bare(name)), part, line)
        if listing.serials:
            message = _("a date that stood there as a number was read as a date")
            self._say("date_numbers", message, part, listing.serials)
        if listing.loose:
            message = _("rows that belong to no issue were left out: {count}").format(
                count=len(listing.loose)
            )
            self._say("loose_rows", message, part, listing.loose[0])

    def _tell_counts(self, part: Part) -> None:
        """Say where a table's own numbers are not what was found in it."""
        listing = part.listing
        for remark in counts.of_totals(listing.totals):
            self._say(remark.code, remark.message, part, remark.line)
        under = Counter(issue.category for issue in listing.issues)
        for name, said, line in listing.declared:
            for remark in counts.under_category(name, said=said, found=under[name], line=line):
                self._say(remark.code, remark.message, part, remark.line)
        for number in counts.gaps(_numbers(listing.issues) if part.lists else []):
            message = _("the printed numbers of the issues leave out {number}").format(number=number)
            self._say("numbering_gap", message, part)

    def _of_all(self, issues: Sequence[ProposedIssue]) -> Iterator[Remark]:
        """What the reader should know of the whole document."""
        if not issues:
            yield Remark("no_issues", _("no issues were found: no sheet lists problems"))
        else:
            unique = sum(len(issue.measures) for issue in issues)
            for remark in counts.declared(list(self._above()), issues=len(issues), measures=unique):
                yield replace(remark, line=None)
        empty = [issue for issue in issues if not issue.measures]
        if empty:
            message = _("no measures were found under {count} issues, the first of them {n}")
            yield Remark("no_measures", message.format(count=len(empty), n=empty[0].n), empty[0].line)
        for rule in self.rules:
            if rule not in self.used:
                message = _("--map {spec} names no column and no sheet of the file").format(spec=rule.spec)
                yield Remark("map_unused", message)
        left = [each.header for each in self._columns() if each.field is None and each.asked]
        if left:
            message = _("columns that nobody understood were left out: {names}")
            shown = "、".join(map(_bare, left))[:200]
            yield Remark("columns_left_out", message.format(names=shown))

    def _above(self) -> Iterable[lines.Line]:
        text = "\n".join(text for part in self.parts for text in part.table.above)
        return lines.split(text)

    def _columns(self) -> Iterator[Column]:
        """What the columns of every table were taken for."""
        for part in self.parts:
            for at, meaning in enumerate(part.table.meanings):
                header = part.table.header(at)
                if not header:
                    continue
                yield Column(
                    sheet=part.grid.name,
                    letter=letter(at),
                    header=header.replace("\n", " "),
                    field="status_text" if meaning.tick else meaning.field,
                    candidates=meaning.candidates,
                    samples=meaning.samples[:_SAMPLES],
                    asked=meaning.asked,
                )


def _category(above: Sequence[str]) -> str | None:
    """The numbered heading right over a table, under which all of it stands."""
    last = above[-1] if above else ""
    return cells.heading(last)[0] if last and is_band(marks.flat(last)) and not _TITLE.search(last) else None


def _numbers(issues: Sequence[Listed]) -> list[int]:
    """The numbers printed before issues; none where they count rows."""
    pairs = zip(issues, issues[1:], strict=False)
    if any(one.rows > 1 and two.number == (one.number or 0) + one.rows for one, two in pairs):
        return []
    return [issue.number for issue in issues if issue.number]


def _bare(header: str) -> str:
    return header.replace("\n", " ")


def _may_begin(flat: str) -> bool:
    """Whether a line may be the first half of a title."""
    return not (is_band(flat) or _TITLE.search(flat) or re.search("[。:]|页$", flat))


def _title(above: Sequence[str]) -> str | None:
    """The title among what stands over a table: the line that names a list, with the office above it."""
    flat = [marks.bare(text) for text in above]
    for at, text in enumerate(flat):
        if is_band(text) and not _TITLE.search(text):
            continue
        if _TITLE.search(text) and not _NO_TITLE.search(text) and len(text) <= 120:
            printed = "".join(above[at].split("\n")).strip()
            before = flat[at - 1] if at else ""
            begins = not _NO_TITLE.search(before) and (
                _OFFICE.search(before) or (_REST_OF_TITLE.fullmatch(text) and _may_begin(before))
            )
            if before and len(before) <= 40 and begins and not text.startswith(before):
                printed = "".join(above[at - 1].split()) + printed
            return printed
    subject = [
        at
        for at, text in enumerate(flat)
        if not is_band(text) and _SUBJECT.search(text) and not _NO_TITLE.search(text)
    ]
    return "".join(above[subject[0]].split("\n")) if subject and len(flat[subject[0]]) <= 60 else None
