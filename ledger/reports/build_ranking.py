"""The ranking of units (排名通报): by one share, with its definition; equal shares have one place."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext, pgettext
from typing import TYPE_CHECKING

from ledger.domain.ranking import BEST_IS_MOST, ranked
from ledger.domain.words import listed
from ledger.reports import basis as base
from ledger.reports.periodwords import period_fact
from ledger.reports.ratewords import percent_note, rate_names
from ledger.reports.views import Column, Footnote, Kind, Paragraph, Report, Section, Style, Table
from ledger.reports.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.domain.ranking import Ranking
    from ledger.reports.material import Material


def build(material: Material) -> Report:
    """The units by the share asked for."""
    basis, units = material.basis, material.units
    assert units is not None  # noqa: S101 - gathered for this kind
    ranking = ranked(units.groups, units.whole, units.names, units.rate)
    name = rate_names()[ranking.whole.name]
    title = _("Units by {rate}").format(rate=name)
    return Report(
        kind="ranking",
        title=base.title(basis, _("ranking of units")),
        language=basis.language,
        facts=base.facts(basis, material.recorded, *period_fact(material.period)),
        sections=(Section("ranking", title, (_table(ranking, name), *_notes(ranking))),),
        footnotes=(
            Footnote(ranking.whole.name, name, ranking.whole.definition),
            Footnote("place", _("place"), _order(ranking.whole.name)),
            percent_note(),
        ),
        signatures=base.signatures(
            ("prepared_by", pgettext("document", "prepared by")),
            ("issued_by", pgettext("document", "issued by")),
        ),
        stamp=base.stamp(basis, material.recorded),
    )


def _table(ranking: Ranking, name: str) -> Table:
    whole = ranking.whole
    say = Words()
    return Table(
        columns=(
            Column("place", _("place"), Kind.NUMBER),
            *say.columns("unit"),
            Column("numerator", pgettext("document", "numerator"), Kind.NUMBER),
            Column("denominator", pgettext("document", "denominator"), Kind.NUMBER),
            Column("percent", name, Kind.PERCENT),
        ),
        rows=tuple(
            (each.place, each.unit, each.rate.numerator, each.rate.denominator, each.rate.percent)
            for each in ranking.places
        ),
        empty=_("No unit has anything to be ranked by."),
        total=(None, say.field["total"], whole.numerator, whole.denominator, whole.percent),
    )


def _notes(ranking: Ranking) -> Iterator[Paragraph]:
    if ranking.without:
        said = _("Not ranked, since nothing stands under them: {units}.").format(
            units=listed(ranking.without)
        )
        yield Paragraph(said, Style.NOTE)
    if ranking.nobodys:
        said = ngettext(
            "{count} names no unit: it has no place, and counts in the total.",
            "{count} name no unit: they have no place, and count in the total.",
            ranking.nobodys,
        )
        yield Paragraph(said.format(count=ranking.nobodys), Style.NOTE)


def _order(by: str) -> str:
    if BEST_IS_MOST[by]:
        return _("the largest share first; equal shares have one place, and the next place is left out")
    return _("the smallest share first; equal shares have one place, and the next place is left out")
