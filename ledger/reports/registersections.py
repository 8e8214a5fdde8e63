"""A whole register inside a report: its figures as its declaration counts them, then its records."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain import amounts, registerfigures
from ledger.reports.noticewords import together
from ledger.reports.registervalues import KINDS, Values
from ledger.reports.views import Column, Fact, Facts, Footnote, Kind, Table
from ledger.reports.words import by_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.domain.declaration import Figure
    from ledger.reports.material import Registered
    from ledger.reports.views import Block, Cell


def register(
    given: Registered, ids: Mapping[str, str], spoken: str, more: tuple[str, ...] = ()
) -> Iterator[Block]:
    """The figures of a register that have a total, and the records in the columns a list of it shows.

    Shape: `ids` lead from the uid of what records refer to to its id; `spoken` is the language; `more` are
        further fields to show, where the register has them.
    """
    declaration = given.declaration
    figures = tuple(_facts(given, spoken)) if given.records else ()
    if figures:
        yield Facts(figures)
    say = Values(declaration, ids)
    shown = dict.fromkeys((*(declaration.columns or declaration.fields), *more))
    names = tuple(name for name in shown if name in declaration.fields)
    fields = [declaration.fields[name] for name in names]
    columns = tuple(
        Column(each.name, each.label.said(spoken), KINDS.get(each.type, Kind.TEXT)) for each in fields
    )
    rows = tuple(tuple(say.cell(name, each) for name in names) for each in given.records)
    yield Table(columns, rows, _("There are no records yet."))


def definitions(given: Registered, spoken: str) -> Iterator[Footnote]:
    """What the figures of a register mean, as its declaration says."""
    for figure in given.declaration.figures if given.records else ():
        if figure.of != "coverage":
            key = f"{given.declaration.kind}_{figure.name}"
            yield Footnote(key, figure.label.said(spoken), figure.definition.said(spoken))


def _facts(given: Registered, spoken: str) -> Iterator[Fact]:
    question = registerfigures.Question()
    units = registerfigures.Units(lambda _unit: "", {})
    for figure in given.declaration.figures:
        if figure.of == "coverage":
            continue
        counted = registerfigures.counted(given.declaration, figure, given.records, question, units)
        if counted.total is not None:
            yield Fact(
                figure.name,
                figure.label.said(spoken),
                _value(counted.total.value, figure, counted.money, spoken),
            )


def _value(value: int | str, figure: Figure, money: str, spoken: str) -> Cell:
    if money:
        return together([amounts.shown(str(value), money), by_code("money")[money]])
    unit = figure.unit.said(spoken)
    return together([str(value), unit]) if unit else value
