"""The whole book (台账全本): every issue with its measures, sign-offs and evidence."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING

from ledger.domain.closeout import Outcome
from ledger.domain.moves import Status
from ledger.domain.recurrence import in_words
from ledger.domain.words import clauses
from ledger.reports import basis as base
from ledger.reports.headway import headway_told
from ledger.reports.views import Column, Fact, Facts, Kind, Report, Section, Table
from ledger.reports.words import Words, steps

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from ledger.domain.issue import CloseOut, Issue, Measure, Target
    from ledger.reports.basis import Basis
    from ledger.reports.material import Material
    from ledger.reports.views import Block, Cell

#: Columns of measures that stand even where nothing is in them.
_ALWAYS = ("id", "text", "status")


def build(material: Material) -> Report:
    """Every issue, void ones included, under its category."""
    issues, basis = material.issues, material.basis
    categories: dict[str, list[Issue]] = {}
    for issue in issues:
        categories.setdefault(issue.category, []).append(issue)
    book = _Book(basis)
    return Report(
        kind="book",
        title=base.title(basis, _("the whole ledger")),
        language=basis.language,
        facts=base.facts(basis, issues),
        sections=tuple(
            Section(
                f"category-{number}",
                category or _("(no category)"),
                sections=tuple(map(book.issue, found)),
            )
            for number, (category, found) in enumerate(categories.items(), 1)
        ),
        footnotes=(),
        signatures=Facts(()),
        stamp=base.stamp(basis, issues),
    )


class PointWords:
    """How a measure is written out with its points, names and periods; the words are looked up once."""

    def __init__(self, day: dt.date | None = None) -> None:
        """Look the words up in the language spoken now; without a day it is not told how far anything is."""
        self._day = day
        self._open, self._done = _("({number}) {text}"), _("({number}) {text} (done on {on})")

    def text(self, measure: Measure) -> str:
        """What a measure says, with its points a line each, and how far it is with names and periods."""
        lines = [measure.text]
        for point in measure.points:
            said = self._open if point.done_on is None else self._done
            lines.append(said.format(number=point.number, text=point.text, on=point.done_on))
        every = in_words(measure.recurrence) if measure.recurrence else ""
        told = headway_told(measure, self._day) if self._day else ""
        lines += [clauses(filter(None, (every, told)))] if every or told else []
        return "\n".join(lines)


class _Book:
    """What every issue of the book shares: its words and the heads of its tables, made once."""

    def __init__(self, basis: Basis) -> None:
        self.say = Words()
        self.points = PointWords(basis.as_of)
        self.steps = steps(basis.settings)
        self.notes = pgettext("document", "notes")
        self.void, self.void_because = _("void: {why}"), _("void because")
        self.formerly = _("formerly no.")
        self.passed, self.doubted = pgettext("document", "passed"), _("suspect: changed since it was signed")
        measures = self.say.columns(
            "id",
            "text",
            "unit",
            "co_units",
            "leader",
            "owner",
            "criterion",
            "deliverable",
            "term",
            ("due_original", Kind.DATE),
            ("due", Kind.DATE),
            "due_text",
            "interim_goal",
            ("review_on", Kind.DATE),
            "status",
            "result",
            ("rebounds", Kind.NUMBER),
            Column("notes", self.notes, Kind.NUMBER),
            ("evidence", Kind.NUMBER),
            "remark",
        )
        runs = self.say.columns(
            "id",
            Column("run", pgettext("document", "attempt"), Kind.NUMBER),
            "step",
            ("on", Kind.DATE),
            "signer",
            "meeting",
            "opinion",
            Column("outcome", pgettext("document", "outcome")),
        )
        papers = self.say.columns("id", "name", "kind", "proves", ("size", Kind.NUMBER), "sha256")
        sparse = tuple(each if each.key in _ALWAYS else replace(each, sparse=True) for each in measures)
        self.measures = Table(sparse, (), "", title=pgettext("document", "Measures"))
        self.runs = Table(runs, (), "", title=pgettext("document", "Sign-offs"))
        self.papers = Table(papers, (), "", title=pgettext("document", "Evidence"))

    def issue(self, issue: Issue) -> Section:
        """An issue: what it is, then its measures, sign-offs and evidence where there are any."""
        targets: tuple[Target, ...] = (issue, *issue.measures)
        grids = (
            replace(self.measures, rows=tuple(map(self._measure, issue.measures))),
            replace(self.runs, rows=tuple(self._runs(targets))),
            replace(self.papers, rows=tuple(_papers(targets))),
        )
        blocks: tuple[Block, ...] = (Facts(self._facts(issue)), *(grid for grid in grids if grid.rows))
        row = (Fact("id", self.say.field["id"], issue.id), Fact("text", self.say.field["title"], issue.title))
        return Section(f"issue-{issue.id}", f"{issue.id} {issue.title}", blocks, row=row)

    def _facts(self, issue: Issue) -> tuple[Fact, ...]:
        return (
            *self._field("status", self.say.standing(issue)),
            *base.given("void_why", self.void_because, issue.void_why),
            *self._field("kind", self.say.kind(issue)),
            *self._field("flags", self.say.flags(issue)),
            *base.given("formerly", self.formerly, self.say.together(map(str, issue.formerly))),
            *self._field("claimed_by", issue.claimed_by),
            *self._field("claimed_on", issue.claimed_on, Kind.DATE),
            *self._field("leader", issue.leader),
            *self._field("unit", issue.unit),
            *self._field("co_units", self.say.together(issue.co_units)),
            *self._field("owner", issue.owner),
            *self._field("criterion", issue.criterion),
            *self._field("deliverable", issue.deliverable),
            *self._field("term", self.say.term(issue)),
            *self._field("due", issue.due, Kind.DATE),
            *self._field("due_original", issue.due_original, Kind.DATE),
            *self._field("due_text", issue.due_text),
            *self._field("interim_goal", issue.interim_goal),
            *self._field("review_on", issue.review_on, Kind.DATE),
            *self._field("result", issue.result),
            *self._field("rebounds", issue.rebounds or None, Kind.NUMBER),
            *base.given("notes", self.notes, len(issue.notes) or None, Kind.NUMBER),
            *self._field("remark", issue.remark),
        )

    def _field(self, key: str, value: Cell, kind: Kind = Kind.TEXT) -> tuple[Fact, ...]:
        return base.given(key, self.say.field[key], value, kind)

    def _measure(self, each: Measure) -> tuple[Cell, ...]:
        void = each.status is Status.VOID and each.void_why
        return (
            each.id,
            self.points.text(each),
            each.unit,
            self.say.together(each.co_units),
            each.leader,
            each.owner,
            each.criterion,
            each.deliverable,
            self.say.term(each),
            each.due_original,
            each.due,
            each.due_text,
            each.interim_goal,
            each.review_on,
            self.void.format(why=each.void_why) if void else self.say.standing(each),
            each.result,
            each.rebounds,
            len(each.notes),
            len(each.evidence),
            each.remark,
        )

    def _runs(self, targets: Iterable[Target]) -> Iterable[tuple[Cell, ...]]:
        for target in targets:
            for number, run in enumerate(target.closeouts, 1):
                yield from self._run(target.id, number, run)

    def _run(self, name: str, number: int, run: CloseOut) -> Iterable[tuple[Cell, ...]]:
        for place, each in enumerate(run.signatures, 1):
            step = f"{place}/{len(run.steps)} {self.steps.get(each.step, each.step)}"
            judged = self.doubted if each.suspect else self.passed
            yield (name, number, step, each.on, each.signer, each.meeting, each.opinion, judged)
        if run.ended_on is not None:
            ended = Outcome.REOPENED if run.outcome is Outcome.REOPENED else Outcome.RETURNED
            yield (name, number, "", run.ended_on, "", "", run.why, self.say.outcome[ended])


def _papers(targets: Iterable[Target]) -> Iterable[tuple[Cell, ...]]:
    for target in targets:
        for each in target.evidence:
            yield (target.id, each.name, each.kind, each.proves, each.size, each.sha256)
