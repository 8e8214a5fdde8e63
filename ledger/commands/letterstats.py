"""How many letters there are, and how many were answered in time."""

from __future__ import annotations

from typing import Annotated

import typer

from ledger.commands import looking, options
from ledger.commands.letterlist import Period, Unit
from ledger.commands.letters import Rung
from ledger.commands.named import Named
from ledger.commands.tallies import share
from ledger.domain import lettercounts
from ledger.domain.lettercounts import Count
from ledger.domain.rates import Rate
from ledger.domain.stretch import stretch
from ledger.ui import console, labels
from ledger.ui.console import Column
from ledger.usecases.letters import listing
from ledger.usecases.letters.listing import Wanted
from ledger.usecases.sight import Sight

#: What letters are counted by, each with its Chinese word.
_PER = Named(
    {"rung": "级别", "addressee": "主送", "week": "周", "month": "月", "quarter": "季", "year": "年"}
)


def stats(
    per: Annotated[
        list[str] | None,
        typer.Option(
            "--per",
            metavar="WHAT",
            click_type=_PER,
            help="Count per rung, addressee, week, month, quarter or year; may be repeated.",
        ),
    ] = None,
    rung: Rung = "",
    unit: Unit = "",
    period: Period = "",
) -> None:
    """Count letters: sent, answered, waiting, late; and the share answered in time, with its definition.

    Letters that were withdrawn are counted apart, drafts too.

    Examples:
        ledger letter stats
        ledger letter stats --per rung --per month --period 2025
    """
    wanted = list(dict.fromkeys(per or ()))
    options.known("--per", wanted, lettercounts.PER)
    seen = looking.sight()
    found = listing.listed(seen, Wanted(rung, unit, period=stretch(period, today=options.today())))
    whole, rate = lettercounts.count(found, seen.day), lettercounts.rate(found, seen.day)
    groups = {each: lettercounts.by(found, each, seen.day) for each in wanted}
    if console.wants_json():
        payload = {
            "letters": whole._asdict(),
            "rates": [rate._asdict()],
            "per": [
                {"per": each, "value": one.value or None, **one.counts._asdict()}
                for each, rows in groups.items()
                for one in rows
            ],
        }
        console.document("ledger/letter-stats@1", {**looking.about(seen), **payload})
        return
    if not wanted:
        heading = "figure" if console.wants_plain() else looking.when(seen)
        rows = [(_word(name), number) for name, number in whole._asdict().items()]
        console.rows(
            [Column(heading), Column(_word("letters"), "right")], [*rows, (_word("rate"), _share(rate))]
        )
    for each, shown in groups.items():
        names = (*Count._fields, "rate")
        columns = [Column(_word(each), whole=True), *(Column(_word(name), "right") for name in names)]
        console.rows(
            columns, [(_value(seen, each, one.value), *one.counts, _share(one.rate)) for one in shown]
        )
    console.aside(f"{looking.when(seen)}   {rate.definition}")


def _word(code: str) -> str:
    return code if console.wants_plain() else labels.label("letter_count", code)


def _share(rate: Rate) -> str:
    return share(rate.numerator, rate.denominator)


def _value(seen: Sight, per: str, value: str) -> str:
    if not value or console.wants_plain() or per != "rung":
        return value or looking.NOTHING
    rung = seen.book.settings.letters.rung(value)
    return rung.label(options.session().lang) if rung else value
