"""A register on paper (登记簿): its records by their dates, and what is counted in it, each with how."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING, Final

from ledger.domain import amounts
from ledger.domain.declaration import DATE, FieldType
from ledger.domain.words import listed
from ledger.reports import basis as base
from ledger.reports.countedwords import definition, unit_of
from ledger.reports.periodwords import period_fact
from ledger.reports.ratewords import percent_note
from ledger.reports.registervalues import KINDS, Values
from ledger.reports.views import Column, Fact, Footnote, Kind, Paragraph, Report, Section, Style, Table
from ledger.reports.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.domain.declaration import DeclaredField
    from ledger.domain.registerfigures import Counted, Part
    from ledger.reports.material import Listed, Material
    from ledger.reports.views import Cell

#: What the columns hold, where it is no text; amounts are numbers here.
_KINDS: Final = {**KINDS, FieldType.MONEY: Kind.AMOUNT}


def build(material: Material) -> Report:
    """The register asked for."""
    basis, found = material.basis, material.listed
    assert found is not None  # noqa: S101 - gathered for this kind
    say = Values(found.declaration, found.ids)
    count = Fact("records", _("records"), len(found.records), Kind.NUMBER)
    return Report(
        kind="register",
        title=base.title(basis, found.declaration.label.said(say.spoken)),
        language=basis.language,
        facts=base.facts(basis, (), *period_fact(material.period), count),
        sections=(
            Section("records", _("Records"), (_records(found, say),), wide=True),
            Section("figures", pgettext("document", "Figures"), (_figures(found, say), *_notes(found))),
        ),
        footnotes=tuple(_definitions(found, say)),
        signatures=base.signatures(("prepared_by", pgettext("document", "prepared by"))),
        stamp=base.stamp(basis, found.every),
    )


def _records(found: Listed, say: Values) -> Table:
    fields = found.declaration.fields.values()
    return Table(
        columns=(Column("id", _("no.")), *(_column(each, say) for each in fields)),
        rows=tuple(
            (str(each.number), *(say.sheet_cell(field.name, each) for field in fields))
            for each in found.records
        ),
        empty=_("There are no records yet."),
    )


def _column(field: DeclaredField, say: Values) -> Column:
    always = field.required or field.name == DATE
    return Column(field.name, say.heading(field.name), _KINDS.get(field.type, Kind.TEXT), sparse=not always)


def _figures(found: Listed, say: Values) -> Table:
    value = Kind.AMOUNT if any(each.money for each in found.figures) else Kind.NUMBER
    return Table(
        columns=(
            Column("figure", pgettext("document", "figure")),
            Column("of", pgettext("document", "of which"), sparse=True),
            Column("value", _("count"), value),
            Column("unit", pgettext("document", "counted in"), sparse=True),
            Column("expected", pgettext("document", "expected"), Kind.NUMBER, sparse=True),
            Column("percent", pgettext("document", "per cent"), Kind.PERCENT, sparse=True),
            Column("missing", pgettext("document", "missing"), sparse=True),
        ),
        rows=tuple(row for counted in found.figures for row in _rows(counted, say)),
        empty=_("There are no figures."),
    )


def _rows(counted: Counted, say: Values) -> Iterator[tuple[Cell, ...]]:
    """What is counted of the whole, then of its parts; nothing where nobody is expected."""
    if counted.total is not None and counted.total.expected != 0:
        yield _row(counted, counted.total, Words().field["total"] if counted.parts else "", say)
    for part in counted.parts:
        keys = (say.key(name, key) for name, key in zip(counted.by, part.keys, strict=True))
        yield _row(counted, part, " / ".join(keys), say)


def _row(counted: Counted, part: Part, of: str, say: Values) -> tuple[Cell, ...]:
    value = amounts.in_unit(str(part.value), counted.money) if counted.money else part.value
    label = counted.figure.label.said(say.spoken)
    return (label, of, value, unit_of(counted), part.expected, part.percent, listed(part.missing))


def _notes(found: Listed) -> Iterator[Paragraph]:
    for counted in found.figures:
        if counted.figure.of == "coverage" and not counted.parts:
            yield Paragraph(_("Nobody is expected: no unit has a group in people.toml."), Style.NOTE)
        elif counted.beyond:
            said = _("not expected: {names}").format(names=listed(counted.beyond))
            yield Paragraph(said, Style.NOTE)


def _definitions(found: Listed, say: Values) -> Iterator[Footnote]:
    for counted in found.figures:
        figure = counted.figure
        yield Footnote(figure.name, figure.label.said(say.spoken), definition(figure, say))
    if any(counted.figure.of == "coverage" for counted in found.figures):
        yield percent_note()
