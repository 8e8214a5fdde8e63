"""The form for a later deadline or for long-term work (延期, 转长期审批表): asked for, approved by whom."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.issue import Measure
from ledger.domain.words import clauses, dated, listed
from ledger.reports import basis as base
from ledger.reports.build_book import PointWords
from ledger.reports.extensions import answer, told, until
from ledger.reports.forms import WIDTHS, decided, headed, pair, sheets, whole
from ledger.reports.headway import headway_told
from ledger.reports.views import Facts, Form, Report
from ledger.reports.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.domain.casefile import Extension, Terms
    from ledger.domain.issue import Target
    from ledger.reports.forms import Row
    from ledger.reports.material import Case, Material


def build(material: Material) -> Report:
    """A form a page for each request that waits; where ids were named also for what was decided."""
    basis, make = material.basis, _Forms(material)
    meant = (
        (case, each)
        for case in material.cases
        for each in case.extensions
        if not each.inherited and (material.wanted.ids or each.answer == "pending")
    )
    return Report(
        kind="extension",
        title=base.title(basis, _("extension forms")),
        language=basis.language,
        facts=Facts(()),
        sections=sheets((make.form(*each) for each in meant), _("No request waits for its answer.")),
        footnotes=(),
        signatures=Facts(()),
        stamp=base.stamp(basis, material.issues),
    )


class _Forms:
    """What every form of a batch shares."""

    def __init__(self, material: Material) -> None:
        self.settings = material.basis.settings
        self.day = material.basis.as_of
        self.say = Words()
        self.points = PointWords(self.day)

    def form(self, case: Case, each: Extension) -> Form:
        """The sheet of one request or decision."""
        title = _("Extension form {id}") if each.act == "extend" else _("Form for long-term work {id}")
        rows = (
            *self._matter(case),
            *self._asked(case, each),
            whole(_("progress so far"), self._progress(case, each), lines=3),
            *self._before(case, each),
            decided(_("{step}: opinion").format(step=self.say.field["unit"]), None),
            decided(_("approval"), each.decision, _opinion(each)),
        )
        return Form(title.format(id=case.target.id), WIDTHS, rows)

    def _matter(self, case: Case) -> Iterator[Row]:
        target, field = case.target, self.say.field
        yield from headed(case, self.settings, field)
        if isinstance(target, Measure):
            yield whole(field["text"], self.points.text(target))
        yield pair((field["unit"], target.unit), (field["owner"], target.owner))
        yield pair((field["leader"], target.leader), (field["status"], self.say.standing(target)))

    def _asked(self, case: Case, each: Extension) -> Iterator[Row]:
        target, said = case.target, each.first
        original = target.due_original or each.was
        yield pair((self.say.field["due_original"], original), (_("deadline until now"), each.was))
        terms = each.asked or each.granted
        if each.act == "extend":
            yield whole(_("extended to"), _date(terms))
        elif terms is not None:
            yield whole(self.say.field["interim_goal"], terms.interim_goal)
            yield whole(self.say.field["review_on"], terms.review_on)
        yield whole(self.say.field["why"], said.why, lines=2)
        yield pair((_("asked on"), said.on), (_("recorded by"), said.by))

    def _progress(self, case: Case, each: Extension) -> str:
        """How far it is, and every note by the day it was asked for."""
        target = case.target
        notes = (f"{dated(note.on)} {note.text}" for note in target.notes if note.on <= each.first.on)
        done = clauses(filter(None, (_points(target), headway_told(target, self.day), target.result)))
        return "\n".join(filter(None, (done, *notes)))

    def _before(self, case: Case, each: Extension) -> Iterator[Row]:
        """What was extended before."""
        earlier = case.extensions[: case.extensions.index(each)]
        if earlier:
            yield whole(_("extensions"), "\n".join(map(told, earlier)))


def _points(target: Target) -> str:
    """How many points of a measure are ticked; empty where it has none."""
    if not isinstance(target, Measure) or not target.points:
        return ""
    done = sum(point.done_on is not None for point in target.points)
    return _("points done {done}/{total}").format(done=done, total=len(target.points))


def _date(terms: Terms | None) -> str:
    """A date, with the phrase it was asked for in."""
    if terms is None:
        return ""
    return listed(filter(None, (dated(terms.due) if terms.due else "", terms.due_text)))


def _opinion(each: Extension) -> str:
    """What was decided, and why."""
    why = each.decision.why if each.decision is not None else ""
    terms = until(each.granted) if each.granted is not None else ""
    return clauses(filter(None, (answer(each), terms, why)))
