"""The close-out form (销号审批表): a sheet for each measure or issue, a box for each level of the chain."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from ledger.domain.closeout import Outcome
from ledger.domain.issue import Measure
from ledger.domain.words import clauses, dated, listed
from ledger.reports import basis as base
from ledger.reports import linked
from ledger.reports.build_book import PointWords
from ledger.reports.extensions import told
from ledger.reports.forms import WIDTHS, headed, level, pair, sheets, whole
from ledger.reports.headway import headway_told
from ledger.reports.views import Facts, Footnote, Form, Report
from ledger.reports.words import Words, steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.domain.casefile import Setback
    from ledger.domain.issue import CloseOut, Evidence, Target
    from ledger.reports.forms import Row
    from ledger.reports.material import Case, Material

#: How much of a file's digest stands in a form. Units: hexadecimal digits; the catalogue has all of them.
DIGITS: Final = 12


def build(material: Material) -> Report:
    """A form for each case, each on a page of its own."""
    basis = material.basis
    make = _Forms(material)
    runs = (_standing(case.target) for case in material.cases)
    doubted = any(each.suspect for run in runs if run is not None for each in run.signatures)
    note = Footnote(
        "suspect",
        pgettext("document", "suspect"),
        _("What was signed was changed since, and the sign-off has not been confirmed."),
    )
    return Report(
        kind="closeout",
        title=base.title(basis, _("close-out forms")),
        language=basis.language,
        facts=Facts(()),
        sections=sheets(map(make.form, material.cases), _("Nothing is reported done or in close-out.")),
        footnotes=(note,) if doubted else (),
        signatures=Facts(()),
        stamp=base.stamp(basis, material.issues),
    )


def _standing(target: Target) -> CloseOut | None:
    """The attempt under way, or the close-out in force."""
    run = target.closeouts[-1] if target.closeouts else None
    return run if run is not None and run.outcome in (Outcome.OPEN, Outcome.CLOSED) else None


class _Forms:
    """What every form of a batch shares: its words, the chain, what the registers have."""

    def __init__(self, material: Material) -> None:
        self.registers = material.registers
        self.settings = material.basis.settings
        self.day = material.basis.as_of
        self.say = Words()
        self.points = PointWords(self.day)
        self.steps = steps(self.settings)
        self.nothing = pgettext("document", "none")

    def form(self, case: Case) -> Form:
        """The sheet of one measure or issue."""
        rows = (
            *self._matter(case),
            *self._dates(case),
            *self._done(case),
            *self._behind(case),
            *self._levels(case.target),
            whole(_("archive number"), ""),
        )
        return Form(_("Close-out form {id}").format(id=case.target.id), WIDTHS, rows)

    def _matter(self, case: Case) -> Iterator[Row]:
        issue, target, field = case.issue, case.target, self.say.field
        yield from headed(case, self.settings, field)
        if isinstance(target, Measure):
            yield whole(field["text"], self.points.text(target))
        else:
            yield from (self._measure(each) for each in issue.live)
        yield pair((field["term"], self.say.term(target)), (field["leader"], target.leader))
        yield pair(
            (field["unit"], listed(filter(None, (target.unit, *target.co_units)))),
            (field["owner"], target.owner),
        )

    def _measure(self, each: Measure) -> Row:
        """A measure of an issue that is closed as a whole, with what came of it."""
        result = _("Result: {result}").format(result=each.result) if each.result else ""
        text = "\n".join(filter(None, (self.points.text(each), result)))
        return whole(_("measure {id}").format(id=each.id), text)

    def _dates(self, case: Case) -> Iterator[Row]:
        target, field = case.target, self.say.field
        due = listed(filter(None, (dated(target.due) if target.due else "", target.due_text)))
        yield pair((field["due_original"], target.due_original or target.due), (field["due"], due))
        yield whole(_("extensions"), "\n".join(map(told, case.extensions)) or self.nothing)
        yield pair((_("completed on"), case.done_on), (field["status"], self.say.standing(target)))

    def _done(self, case: Case) -> Iterator[Row]:
        target, field = case.target, self.say.field
        yield whole(field["result"], target.result, lines=2)
        yield whole(field["criterion"], target.criterion)
        met = clauses(filter(None, (target.deliverable, headway_told(target, self.day))))
        yield whole(_("how it is met"), met)
        papers = [_paper(number, *each) for number, each in enumerate(_papers(case), 1)]
        yield whole(field["evidence"], "\n".join(papers) or self.nothing)

    def _behind(self, case: Case) -> Iterator[Row]:
        """What the registers have about it, and what was sent back."""
        uids = {case.issue.uid, case.target.uid}
        if case.target is case.issue:
            uids.update(each.uid for each in case.issue.live)
        for name, kind in ((_("regulations made"), "regulations"), (_("accountability"), "accountability")):
            yield whole(name, "\n".join(linked.records(self.registers, kind, uids)) or self.nothing)
        if case.setbacks:
            yield whole(_("sent back"), "\n".join(map(self._setback, case.setbacks)))

    def _setback(self, each: Setback) -> str:
        said = each.said
        outcome = self.say.outcome["reopened" if each.act == "reopen" else "returned"]
        to = _("back to {step}").format(step=self.steps.get(each.to, each.to)) if each.to else ""
        who = listed(filter(None, (said.signer, said.meeting))) or said.by
        return clauses(filter(None, (f"{dated(said.on)} {outcome}", to, who, said.why)))

    def _levels(self, target: Target) -> Iterator[Row]:
        """A box for each level: the steps recorded with the attempt under way, else the chain in force."""
        run = _standing(target)
        codes = run.steps if run is not None else self.settings.chain.codes
        signatures = run.signatures if run is not None else ()
        for code, signature in zip_longest(codes, signatures):
            yield level(_("{step}: opinion").format(step=self.steps.get(code, code)), signature)


def _papers(case: Case) -> Iterator[tuple[str, Evidence]]:
    """The evidence of a measure; of an issue also that of its measures, each with the id it belongs to."""
    inside = case.issue.live if case.target is case.issue else ()
    for each in (case.target, *inside):
        for paper in each.evidence:
            yield (each.id if inside else "", paper)


def _paper(number: int, about: str, paper: Evidence) -> str:
    named = f"{number}. {paper.name}"
    return clauses(filter(None, (named, about, paper.proves, paper.sha256[:DIGITS])))
