"""The figures an office's own paragraphs can name: of issues, measures, letters, clues and registers."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger import language
from ledger.domain import cluecounts, lettercounts, rates, registerfigures
from ledger.domain.registerfilters import asked
from ledger.domain.text import excerpt
from ledger.domain.words import dated
from ledger.errors import UsageError
from ledger.reports import prose

if TYPE_CHECKING:
    import datetime as dt

    from ledger.domain.settings import Source
    from ledger.reports.material import Material


class Figures:
    """What prose can call: the registers it names, as they are counted on the day of the report."""

    def __init__(self, material: Material) -> None:
        """Count what is there for that report."""
        self.material = material

    def count(self, register: str, figure: str = "records", **where: object) -> int | str:
        """How many records of a register there are, or one of its figures; `where` says of which.

        Raises:
            UsageError: there is no such register, figure or field.
        """
        kept = {each.declaration.kind: each for each in self.material.registers}
        if register not in kept:
            message = _("there is no register {name}").format(name=excerpt(str(register)))
            raise UsageError(message, _("ledger register lists those there are"))
        declaration, records = kept[register]
        found = declaration.figure(figure) or registerfigures.RECORDS
        if found is registerfigures.RECORDS and figure != "records":
            message = _("{register} has no figure {name}").format(register=register, name=excerpt(figure))
            names = ", ".join(each.name for each in declaration.figures)
            raise UsageError(message, _("there are: {names}").format(names=names))
        words = [f"{name}={value}" for name, value in where.items()]
        conditions = asked(
            declaration, words, today=self.material.basis.as_of, names=lambda name: (str(name),)
        )
        question = registerfigures.Question(conditions)
        units = registerfigures.Units(lambda _unit: "", {})
        total = registerfigures.counted(declaration, found, records, question, units).total
        return total.value if total is not None else 0

    def percent(self, part: int, whole: int) -> str:
        """A share with one decimal, as every report prints it."""
        share = rates.percent(part, whole)
        return "-" if share is None else f"{share}%"


def prepared(material: Material) -> Material:
    """The same with every figure put into the office's own paragraphs.

    Raises:
        RejectedInputError: a figure is none, or its name is unknown; file and line are named.
    """
    with language.speaking(material.basis.language):
        known = values(material)
    ledger = material.basis.ledger
    filled = {
        name: tuple(prose.filled(found, known, prose.place(ledger, name)))
        for name, found in material.prose.items()
    }
    return replace(material, prose=filled)


def values(material: Material) -> dict[str, object]:
    """Everything prose can name.

    Shape: `issues` and `measures` by status with `total` and `overdue`; `letters` and `clues` as their
        statistics count them; `org` and `source` as the settings have them, days as documents write them.
    """
    basis = material.basis
    figures = Figures(material)
    tally = rates.tally(material.issues, basis.as_of)
    return {
        "issues": _counts(tally.issues),
        "measures": _counts(tally.measures),
        "letters": lettercounts.count(material.letters, basis.as_of)._asdict(),
        "clues": cluecounts.count(material.clues, basis.as_of)._asdict(),
        "count": figures.count,
        "percent": figures.percent,
        "org": basis.settings.org or basis.title,
        "source": _source(basis.settings.source),
        "day": dated(basis.as_of),
    }


def _counts(count: rates.Count) -> dict[str, int]:
    return {
        "total": count.total,
        "overdue": count.overdue,
        **{str(status): number for status, number in count.by_status.items()},
    }


def _source(source: Source) -> dict[str, str]:
    def said(value: str | dt.date | None) -> str:
        return value if isinstance(value, str) else dated(value) if value else ""

    return {name: said(value) for name, value in source._asdict().items()}
