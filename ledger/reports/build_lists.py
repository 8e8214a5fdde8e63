"""The three lists (三清单): issues, measures, and who is responsible."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.rates import counting
from ledger.reports import basis as base
from ledger.reports.build_book import PointWords
from ledger.reports.views import Kind, Report, Section, Table
from ledger.reports.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.domain.issue import Issue
    from ledger.reports.material import Material


def build(material: Material) -> Report:
    """The three lists of what counts; an office may give them names of its own in its settings."""
    issues, basis = material.issues, material.basis
    titles = {
        "problems": _("List of issues"),
        "measures": _("List of measures"),
        "responsibility": _("List of responsibilities"),
        **basis.settings.list_titles,
    }
    live, say = counting(issues), Words()
    return Report(
        kind="lists",
        title=base.title(basis, _("the three lists")),
        language=basis.language,
        facts=base.facts(basis, issues),
        sections=(
            Section("problems", titles["problems"], (_problems(live, say),)),
            Section("measures", titles["measures"], (_measures(live, say),)),
            Section("responsibility", titles["responsibility"], (_responsibility(live, say),)),
        ),
        footnotes=(),
        signatures=base.signatures(
            ("signed_by", _("signed by the principal")), ("signed_on", _("signed on"))
        ),
        stamp=base.stamp(basis, issues),
    )


def _problems(issues: Sequence[Issue], say: Words) -> Table:
    rows = tuple(
        (
            issue.id,
            issue.category,
            issue.title,
            say.flags(issue),
            issue.leader,
            issue.claimed_by,
            issue.claimed_on,
        )
        for issue in issues
    )
    columns = say.columns(
        "id", "category", "title", "flags", "leader", "claimed_by", ("claimed_on", Kind.DATE)
    )
    return Table(columns, rows, _("There are no issues yet."))


def _measures(issues: Sequence[Issue], say: Words) -> Table:
    points = PointWords()
    rows = tuple(
        (
            each.id,
            issue.title,
            points.text(each),
            each.deliverable,
            each.criterion,
            say.term(each),
            each.due_text,
            each.due,
        )
        for issue in issues
        for each in issue.live
    )
    columns = say.columns(
        "id", "title", "text", "deliverable", "criterion", "term", "due_text", ("due", Kind.DATE)
    )
    return Table(columns, rows, _("There are no measures yet."))


def _responsibility(issues: Sequence[Issue], say: Words) -> Table:
    """Who answers for what: a line each measure, or for an issue that has none."""
    rows = tuple(
        (each.id, issue.title, each.leader, each.unit, say.together(each.co_units), each.owner, each.due)
        for issue in issues
        for each in issue.live or (issue,)
    )
    columns = say.columns("id", "title", "leader", "unit", "co_units", "owner", ("due", Kind.DATE))
    return Table(columns, rows, _("There are no issues yet."))
