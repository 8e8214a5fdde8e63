"""The lists of the plan (三清单): issues, measures, who is responsible; or those an office has."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING, Final

from ledger.domain.issue import Measure
from ledger.domain.lists import USUAL
from ledger.domain.rates import counting, measures_by_issue
from ledger.reports import basis as base
from ledger.reports.build_book import PointWords
from ledger.reports.views import Column, Fact, Facts, Kind, Report, Section, Table
from ledger.reports.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ledger.domain.issue import Issue, Target
    from ledger.domain.lists import PlanList
    from ledger.reports.material import Material
    from ledger.reports.views import Cell

_DATES: Final = frozenset({"due", "due_original", "review_on", "claimed_on"})
_NUMBERS: Final = frozenset({"measures", "evidence", "rebounds"})


def build(material: Material) -> Report:
    """The lists of what counts, as it is or as an approved version of the plan has it."""
    issues, basis = material.issues, material.basis
    cells = _Cells(issues)
    lists = basis.settings.lists or USUAL
    return Report(
        kind="lists",
        title=base.title(basis, _("the three lists")),
        language=basis.language,
        facts=base.facts(basis, issues, *_approved(material)),
        sections=tuple(
            _section(each, cells, counting(issues), new_page=place > 0) for place, each in enumerate(lists)
        ),
        footnotes=(),
        signatures=_signatures(basis.settings.list_signatures),
        stamp=base.stamp(basis, issues),
    )


def _approved(material: Material) -> Iterator[Fact]:
    """Who approved the version of the plan, where one was asked for."""
    if material.plan is not None:
        yield Fact("approved_on", pgettext("document", "approved on"), material.plan.on, Kind.DATE)
        yield from base.given("meeting", pgettext("document", "approved by"), material.plan.meeting)


def _signatures(names: Sequence[str]) -> Facts:
    if not names:
        return base.signatures(("signed_by", _("signed by the principal")), ("signed_on", _("signed on")))
    return base.signatures(*((f"signature_{place}", name) for place, name in enumerate(names, 1)))


def _section(given: PlanList, cells: _Cells, issues: Sequence[Issue], *, new_page: bool) -> Section:
    title = (
        given.title
        or {
            "problems": _("List of issues"),
            "measures": _("List of measures"),
            "responsibility": _("List of responsibilities"),
        }[given.code]
    )
    rows = tuple(cells.row(given.columns, issue, target) for issue, target in _rows(given.rows, issues))
    none = _("There are no measures yet.") if given.rows == "measure" else _("There are no issues yet.")
    columns = tuple(cells.column(name, given.headings) for name in given.columns)
    return Section(given.code, title, (Table(columns, rows, none),), new_page=new_page, wide=True)


def _rows(rows: str, issues: Sequence[Issue]) -> Iterator[tuple[Issue, Target]]:
    """Each row's issue, and the issue or measure that it shows."""
    for issue in issues:
        if rows == "issue":
            yield issue, issue
        else:
            yield from ((issue, each) for each in issue.live or ((issue,) if rows == "work" else ()))


class _Cells:
    """What stands in a column for an issue or a measure."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.say, self.points = Words(), PointWords()
        self._measures = measures_by_issue(issues)
        self._own: Mapping[str, Callable[[Issue, Target], Cell]] = {
            "title": lambda issue, _target: issue.title,
            "category": lambda issue, _target: issue.category,
            "kind": lambda issue, _target: self.say.kind(issue),
            "flags": lambda issue, _target: self.say.flags(issue),
            "claimed_by": lambda issue, _target: issue.claimed_by,
            "claimed_on": lambda issue, _target: issue.claimed_on,
            "measures": lambda issue, _target: len(self._measures.get(issue.uid, ())),
            "text": lambda issue, target: self._text(issue, target),
            "co_units": lambda _issue, target: self.say.together(target.co_units),
            "term": lambda _issue, target: self.say.term(target),
            "status": lambda _issue, target: self.say.standing(target),
            "evidence": lambda _issue, target: len(target.evidence),
        }

    def column(self, name: str, headings: Mapping[str, str]) -> Column:
        """A column, headed by the office's own words where it has any."""
        kind = Kind.DATE if name in _DATES else Kind.NUMBER if name in _NUMBERS else Kind.TEXT
        return Column(name, headings.get(name) or self.say.field[name], kind)

    def row(self, columns: Sequence[str], issue: Issue, target: Target) -> tuple[Cell, ...]:
        """One row."""
        return tuple(self._cell(name, issue, target) for name in columns)

    def _cell(self, name: str, issue: Issue, target: Target) -> Cell:
        own = self._own.get(name)
        if own is not None:
            return own(issue, target)
        value: Cell = getattr(target, name)
        return value

    def _text(self, issue: Issue, target: Target) -> str:
        """What a measure says, with its points; of an issue all its measures, one a line."""
        if isinstance(target, Measure):
            return self.points.text(target)
        return "\n".join(f"{each.id} {each.text}" for each in self._measures.get(issue.uid, ()))
