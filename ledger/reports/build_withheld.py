"""What is withheld from the public (拟不公开事项报告): a list for the file alone."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING

from ledger.reports import basis as base
from ledger.reports.views import Column, Kind, Report, Section, Table
from ledger.reports.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.domain.issue import Issue, Measure
    from ledger.reports.material import Material
    from ledger.reports.views import Cell


def build(material: Material) -> Report:
    """Each issue, or single measure, that is withheld: of which kind, why, and who agreed when."""
    issues, basis, say = material.issues, material.basis, Words()
    columns = (
        *say.columns("id", "title", "text"),
        Column("kind", pgettext("document", "kind of content")),
        Column("why", pgettext("document", "reason")),
        Column("by", pgettext("document", "agreed by")),
        Column("on", pgettext("document", "agreed on"), Kind.DATE),
    )
    table = Table(columns, tuple(_rows(issues, say.withheld)), _("Nothing is withheld."))
    return Report(
        kind="withheld",
        title=base.title(basis, _("what is withheld from the public")),
        language=basis.language,
        facts=base.facts(basis, issues),
        sections=(Section("withheld", "", (table,), wide=True),),
        footnotes=(),
        signatures=base.signatures(
            ("prepared_by", pgettext("document", "prepared by")),
            ("issued_by", pgettext("document", "issued by")),
        ),
        stamp=base.stamp(basis, issues),
    )


def _rows(issues: Sequence[Issue], kinds: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    for issue in issues:
        own: tuple[Issue | Measure, ...] = (issue,) if issue.withheld else issue.measures
        for each in own:
            if each.withheld:
                said = each.withheld
                text = "" if each is issue else getattr(each, "text", "")
                yield each.id, issue.title, text, kinds.get(said.kind, said.kind), said.why, said.by, said.on
