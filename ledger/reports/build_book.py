"""The whole book (台账全本): every issue with its measures, sign-offs and evidence."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING

from ledger.domain.closeout import Outcome
from ledger.domain.moves import Status
from ledger.reports import basis as base
from ledger.reports import words
from ledger.reports.views import Column, Fact, Facts, Kind, Report, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.domain.issue import CloseOut, Issue, Measure, Target
    from ledger.reports.basis import Basis
    from ledger.reports.views import Block, Cell


def build(issues: Sequence[Issue], basis: Basis) -> Report:
    """Every issue, void ones included, under its category."""
    categories: dict[str, list[Issue]] = {}
    for issue in issues:
        categories.setdefault(issue.category, []).append(issue)
    labels = words.steps(basis.settings)
    return Report(
        kind="book",
        title=base.title(basis, _("the whole ledger")),
        language=basis.language,
        facts=base.facts(basis, issues),
        sections=tuple(
            Section(
                f"category-{number}",
                category or _("(no category)"),
                sections=tuple(_issue(issue, labels) for issue in found),
            )
            for number, (category, found) in enumerate(categories.items(), 1)
        ),
        footnotes=(),
        signatures=Facts(()),
        stamp=base.stamp(basis, issues),
    )


def _issue(issue: Issue, labels: dict[str, str]) -> Section:
    targets: tuple[Target, ...] = (issue, *issue.measures)
    blocks: tuple[Block | None, ...] = (
        Facts(_facts(issue)),
        _measures(issue.measures) if issue.measures else None,
        _sign_offs(targets, labels),
        _evidence(targets),
    )
    heading = _("{id} {title}").format(id=issue.id, title=issue.title)
    return Section(f"issue-{issue.id}", heading, tuple(block for block in blocks if block is not None))


def _facts(issue: Issue) -> tuple[Fact, ...]:
    flags = words.together(words.word("flag", flag) for flag in issue.flags)
    kind = "" if issue.kind == "finding" else words.word("kind", issue.kind)
    formerly = words.together(str(number) for number in issue.formerly)
    return (
        *base.field("status", words.standing(issue)),
        *base.given("void_why", _("void because"), issue.void_why),
        *base.field("kind", kind),
        *base.field("flags", flags),
        *base.given("formerly", _("formerly no."), formerly),
        *base.field("claimed_by", issue.claimed_by),
        *base.field("claimed_on", issue.claimed_on, Kind.DATE),
        *base.field("leader", issue.leader),
        *base.field("unit", issue.unit),
        *base.field("co_units", words.together(issue.co_units)),
        *base.field("owner", issue.owner),
        *base.field("criterion", issue.criterion),
        *base.field("deliverable", issue.deliverable),
        *base.field("term", words.term(issue)),
        *base.field("due", issue.due, Kind.DATE),
        *base.field("due_original", issue.due_original, Kind.DATE),
        *base.field("due_text", issue.due_text),
        *base.field("interim_goal", issue.interim_goal),
        *base.field("review_on", issue.review_on, Kind.DATE),
        *base.field("result", issue.result),
        *base.field("rebounds", issue.reopened or None, Kind.NUMBER),
        *base.given("notes", pgettext("document", "notes"), len(issue.notes) or None, Kind.NUMBER),
        *base.field("remark", issue.remark),
    )


def _measures(measures: Sequence[Measure]) -> Table:
    rows = tuple(
        (
            each.id,
            measure_text(each),
            each.unit,
            words.together(each.co_units),
            each.leader,
            each.owner,
            each.criterion,
            each.deliverable,
            words.term(each),
            each.due_original,
            each.due,
            each.due_text,
            each.interim_goal,
            each.review_on,
            _standing(each),
            each.result,
            each.reopened,
            len(each.notes),
            len(each.evidence),
            each.remark,
        )
        for each in measures
    )
    columns = words.columns(
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
        Column("notes", pgettext("document", "notes"), Kind.NUMBER),
        ("evidence", Kind.NUMBER),
        "remark",
    )
    always = ("id", "text", "status")
    columns = tuple(each if each.key in always else replace(each, sparse=True) for each in columns)
    return Table(columns, rows, "", title=pgettext("document", "Measures"))


def measure_text(measure: Measure) -> str:
    """What a measure says, with its points a line each."""
    lines = [measure.text]
    for point in measure.points:
        done = _("({number}) {text} (done on {on})")
        said = _("({number}) {text}") if point.done_on is None else done
        lines.append(said.format(number=point.number, text=point.text, on=point.done_on))
    return "\n".join(lines)


def _standing(measure: Measure) -> str:
    if measure.status is Status.VOID and measure.void_why:
        return _("void: {why}").format(why=measure.void_why)
    return words.standing(measure)


def _sign_offs(targets: Iterable[Target], labels: dict[str, str]) -> Table | None:
    rows = tuple(
        row
        for target in targets
        for number, run in enumerate(target.closeouts, 1)
        for row in _run(target, number, run, labels)
    )
    if not rows:
        return None
    columns = words.columns(
        "id",
        Column("run", pgettext("document", "attempt"), Kind.NUMBER),
        "step",
        ("on", Kind.DATE),
        "signer",
        "meeting",
        "opinion",
        Column("outcome", pgettext("document", "outcome")),
    )
    return Table(columns, rows, "", title=pgettext("document", "Sign-offs"))


def _run(target: Target, number: int, run: CloseOut, labels: dict[str, str]) -> Iterable[tuple[Cell, ...]]:
    for place, each in enumerate(run.signatures, 1):
        step = _("{place}/{steps} {label}").format(
            place=place, steps=len(run.steps), label=labels.get(each.step, each.step)
        )
        doubt = _("suspect: changed since it was signed") if each.suspect else pgettext("document", "passed")
        yield (target.id, number, step, each.on, each.signer, each.meeting, each.opinion, doubt)
    if run.ended_on is not None:
        ended = words.word(
            "outcome", Outcome.REOPENED if run.outcome is Outcome.REOPENED else Outcome.RETURNED
        )
        yield (target.id, number, "", run.ended_on, "", "", run.why, ended)


def _evidence(targets: Iterable[Target]) -> Table | None:
    rows = tuple(
        (target.id, each.name, each.kind, each.proves, each.size, each.sha256)
        for target in targets
        for each in target.evidence
    )
    if not rows:
        return None
    columns = words.columns("id", "name", "kind", "proves", ("size", Kind.NUMBER), "sha256")
    return Table(columns, rows, "", title=pgettext("document", "Evidence"))
