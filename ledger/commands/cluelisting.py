"""Lists of clues, and how many there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from gettext import gettext as _
from typing import Annotated, Any

import typer

from ledger.commands import looking, options
from ledger.commands.cluerows import CODES, Reveal, Rows
from ledger.commands.clues import About, channel_code, channel_label
from ledger.commands.named import Named
from ledger.commands.tallies import share
from ledger.domain import cluecounts
from ledger.domain.cadence import period_named
from ledger.domain.clue import STAGES
from ledger.domain.cluecounts import Count
from ledger.domain.filters import few
from ledger.domain.schema import VOID
from ledger.domain.settings import Settings
from ledger.domain.text import one_line
from ledger.ui import console, labels
from ledger.ui.console import Column
from ledger.usecases import cluereading
from ledger.usecases.cluereading import Wanted
from ledger.usecases.naming import meant

#: What a pipe gets of each clue; who gave it stands last, and only where that is asked for.
TSV = (
    "id", "title", "channel", "unit", "received_on", "stage", "outcome", "routed_to", "due", "late_step",
    "late_days", "concluded_on",
)  # fmt: skip
_SHOWN = ("id", "title", "channel", "unit", "received_on", "stage", "due")
_WHOLE = frozenset({"id", "received_on", "due", "late_days"})
_PER = Named(dict.fromkeys((*cluecounts.FIELDS, *cluecounts.SPANS), ""))


def list_clues(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORD...", help="Words that stand somewhere in it.", show_default=False),
    ] = None,
    channel: Annotated[
        str | None, typer.Option("--channel", metavar="CHANNEL", help="How it came in.")
    ] = None,
    stage: Annotated[
        list[str] | None,
        typer.Option(
            "--stage", metavar="STAGE", click_type=options.code("stage"), help="Where it is; may be repeated."
        ),
    ] = None,
    unit: About = None,
    outcome: Annotated[
        str | None,
        typer.Option(
            "--outcome",
            metavar="OUTCOME",
            click_type=options.code("finding"),
            help="What the verification came to.",
        ),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="PERIOD", help="Received in 2025-06, 2025-W23, 2025-Q2 or 2025."),
    ] = None,
    late: Annotated[bool, typer.Option("--late", help="Only those with a step that is late.")] = False,
    still_open: Annotated[bool, typer.Option("--open", help="Only those that are not concluded.")] = False,
    reveal: Reveal = False,
) -> None:
    """List clues.

    A word finds the clues in which it stands anywhere but in who gave them; several must all stand there.
    Void ones are listed only with --stage void. With --late each stands with the step that is late, and by
    how many days.

    Examples:
        ledger clue list --open
        ledger clue list receipts "Traffic squad"
        ledger clue list --late --json
        ledger clue list --channel phone --period 2025-06
    """
    few(words or [])
    seen = looking.sight()
    options.known("--stage", stage or (), (*STAGES, VOID))
    wanted = Wanted(
        channel=channel_code(seen.book.settings, channel) if channel else "",
        stages=tuple(stage or ()),
        units=meant(seen.book.people, one_line(unit)) if unit else (),
        outcome=outcome or "",
        period=period_named(period, today=options.today()) if period else None,
        late=late,
        still_open=still_open,
        words=tuple(one_line(word) for word in words or ()),
    )
    every, told = cluereading.clues(seen), Rows(seen, reveal=reveal)
    rows = [told.fields(each) for each in every if wanted.meets(each, seen.day)]
    total = len(cluecounts.counting(every))
    if console.wants_json():
        payload = {"rows": rows, "matched": len(rows), "total": total}
        console.document("ledger/clue-list@1", {**looking.about(seen), **payload})
        return
    for row in rows:
        longest: dict[str, Any] = max(row["late"], key=lambda each: int(each["days"]), default={})
        row["late_step"], row["late_days"] = longest.get("step"), longest.get("days")
    more = ("source",) if reveal else ()
    if console.wants_plain():
        console.rows([Column(name) for name in (*TSV, *more)], [_values(row, (*TSV, *more)) for row in rows])
        return
    shown = (*_SHOWN, *(("late_step", "late_days") if late else ()), *more)
    heads = labels.labels("clue_field")
    columns = [
        Column(heads[name], "right" if name == "late_days" else "left", name in _WHOLE) for name in shown
    ]
    console.rows(columns, [[told.cell(row, name) for name in shown] for row in rows])
    console.aside(_("{count} of {total}").format(count=len(rows), total=total))


def _values(row: dict[str, Any], names: Sequence[str]) -> list[Any]:
    return [row[name] for name in names]


def stats(
    per: Annotated[
        list[str] | None,
        typer.Option(
            "--per",
            metavar="WHAT",
            click_type=_PER,
            help="Count per channel, unit, stage or outcome, or per day, week or month; may be repeated.",
        ),
    ] = None,
) -> None:
    """Count clues: received, concluded, open, and the share of the concluded with its definition.

    What was received is what is concluded and what is open. A clue that was transferred is open until the
    result is in; one that became an issue is concluded. Void ones count nowhere. `--by unit` means the same
    as `--per unit`.

    Examples:
        ledger clue stats
        ledger clue stats --per channel --per month
        ledger clue stats --as-of 2025-06-30 --json
    """
    wanted = list(dict.fromkeys([*(per or ()), *_said_with_by()]))
    options.known("--per", wanted, (*cluecounts.FIELDS, *cluecounts.SPANS))
    seen = looking.sight()
    clues = cluereading.clues(seen)
    whole = cluecounts.count(clues, seen.day)
    rate = cluecounts.rate(whole)
    groups = {each: cluecounts.by(clues, each, seen.day) for each in wanted if each in cluecounts.FIELDS}
    spans = {each: cluecounts.over_time(clues, each) for each in wanted if each in cluecounts.SPANS}
    if console.wants_json():
        payload = {
            "clues": whole._asdict(),
            "rates": [rate._asdict()],
            "by": [
                {"field": field, "value": each.value or None, **each.counts._asdict()}
                for field, found in groups.items()
                for each in found
            ],
            "per": [{"span": span, **each._asdict()} for span, found in spans.items() for each in found],
        }
        console.document("ledger/clue-stats@1", {**looking.about(seen), **payload})
        return
    if not wanted:
        _whole(whole, seen.day)
    for field, found in groups.items():
        _groups(field, found, seen.book.settings)
    for span, rows in spans.items():
        heads = map(_figure, ("received", "concluded", "open"))
        console.rows([Column(_word(span)), *heads], [tuple(each) for each in rows])
    console.aside(f"{looking.when(seen)}   {rate.definition}")


def _said_with_by() -> list[str]:
    """`--by` says who records; nothing is recorded here, so the name of a field can only mean the field."""
    said = options.session().by
    return [said] if said in cluecounts.FIELDS else []


def _word(code: str) -> str:
    return code if console.wants_plain() else labels.label("clue_count", code)


def _figure(code: str) -> Column:
    return Column(_word(code), "right")


def _share(count: Count) -> str:
    rate = cluecounts.rate(count)
    return share(rate.numerator, rate.denominator)


def _whole(count: Count, day: dt.date) -> None:
    heading = "figure" if console.wants_plain() else _("as of {day}").format(day=day)
    rows = [(_word(name), number) for name, number in count._asdict().items()]
    console.rows([Column(heading), Column(_("clues"), "right")], [*rows, (_word("rate"), _share(count))])


def _groups(field: str, groups: Sequence[cluecounts.Group], settings: Settings) -> None:
    names = (*Count._fields, "rate")
    columns = [Column(_word(field)), *map(_figure, names)]
    rows = [(_value(field, each.value, settings), *each.counts, _share(each.counts)) for each in groups]
    console.rows(columns, rows)


def _value(field: str, value: str, settings: Settings) -> str:
    if not value or console.wants_plain():
        return value or looking.NOTHING
    if field == "channel":
        return channel_label(settings, value)
    return labels.label(CODES[field], value) if field in CODES else value
