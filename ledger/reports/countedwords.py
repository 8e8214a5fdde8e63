"""Figures of registers in words: how each is counted (口径), and in what."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger import language
from ledger.domain.words import listed
from ledger.reports.words import by_code

if TYPE_CHECKING:
    from ledger.domain.declaration import Figure
    from ledger.domain.registerfigures import Counted
    from ledger.reports.registervalues import Values


def definition(figure: Figure, say: Values) -> str:
    """How a figure is counted, as its declaration says it, else in our own words."""
    said = figure.definition.said(say.spoken)
    if said:
        return said
    fields = listed(say.heading(name) for name in figure.fields)
    return {
        "records": _("records that are not void"),
        "sum": _("the sum of {fields}").format(fields=fields),
        "distinct": _("different {fields}").format(fields=fields),
        "coverage": _("expected {fields} that occur").format(fields=fields),
    }[figure.of]


def unit_of(found: Counted) -> str:
    """What a figure counts, in the language in force; English mostly needs no word for it."""
    if found.money:
        return by_code("money")[found.money]
    return found.figure.unit.zh if language.current() == "zh" else found.figure.unit.en
