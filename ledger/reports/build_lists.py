"""The three lists (三清单): issues, measures, and who is responsible."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.rates import counting
from ledger.reports import basis as base
from ledger.reports import words
from ledger.reports.build_book import measure_text
from ledger.reports.views import Kind, Report, Section, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.domain.issue import Issue
    from ledger.reports.basis import Basis


def build(issues: Sequence[Issue], basis: Basis) -> Report:
    """The three lists of what counts; an office may give them names of its own in its settings."""
    titles = {
        "problems": _("List of issues"),
        "measures": _("List of measures"),
        "responsibility": _("List of responsibilities"),
        **basis.settings.list_titles,
    }
    live = counting(issues)
    return Report(
        kind="lists",
        title=base.title(basis, _("the three lists")),
        language=basis.language,
        facts=base.facts(basis, issues),
        sections=(
            Section("problems", titles["problems"], (_problems(live),)),
            Section("measures", titles["measures"], (_measures(live),)),
            Section("responsibility", titles["responsibility"], (_responsibility(live),)),
        ),
        footnotes=(),
        signatures=base.signatures(
            ("signed_by", _("signed by the principal")), ("signed_on", _("signed on"))
        ),
        stamp=base.stamp(basis, issues),
    )


def _problems(issues: Sequence[Issue]) -> Table:
    rows = tuple(
        (
            issue.id,
            issue.category,
            issue.title,
            words.together(words.word("flag", flag) for flag in issue.flags),
            issue.leader,
            issue.claimed_by,
            issue.claimed_on,
        )
        for issue in issues
    )
    columns = words.columns(
        "id", "category", "title", "flags", "leader", "claimed_by", ("claimed_on", Kind.DATE)
    )
    return Table(columns, rows, _("There are no issues yet."))


def _measures(issues: Sequence[Issue]) -> Table:
    rows = tuple(
        (
            each.id,
            issue.title,
            measure_text(each),
            each.deliverable,
            each.criterion,
            words.term(each),
            each.due_text,
            each.due,
        )
        for issue in issues
        for each in issue.live
    )
    columns = words.columns(
        "id", "title", "text", "deliverable", "criterion", "term", "due_text", ("due", Kind.DATE)
    )
    return Table(columns, rows, _("There are no measures yet."))


def _responsibility(issues: Sequence[Issue]) -> Table:
    """Who answers for what: a line each measure, or for an issue that has none."""
    rows = tuple(
        (each.id, issue.title, each.leader, each.unit, words.together(each.co_units), each.owner, each.due)
        for issue in issues
        for each in issue.live or (issue,)
    )
    columns = words.columns("id", "title", "leader", "unit", "co_units", "owner", ("due", Kind.DATE))
    return Table(columns, rows, _("There are no issues yet."))
