"""What is counted in a register, each figure with how it is counted (口径)."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated, Any

import typer

from ledger import language
from ledger.commands import looking
from ledger.commands.registers import InPeriod, question
from ledger.commands.registertree import meant
from ledger.commands.registerwords import Words
from ledger.domain import amounts, registerfigures
from ledger.domain.declaration import GROUP, Declaration, FieldType, Figure
from ledger.domain.registerfigures import RECORDS, Counted, Part, Question
from ledger.domain.registerfilters import unknown_field
from ledger.domain.words import listed
from ledger.errors import UsageError
from ledger.reports.countedwords import definition, unit_of
from ledger.ui import console
from ledger.ui.console import Column
from ledger.usecases import registers
from ledger.usecases.registerlinks import ids_in

#: So many of those that are missing are named on a line of a screen.
_NAMED = 12


def count(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FIGURE|FILTER...",
            help="Figures by their names, and conditions: persons year=2025.",
            show_default=False,
        ),
    ] = None,
    per: Annotated[
        str,
        typer.Option(
            "--per", metavar="FIELD,...", help="Count apart by these fields; unit.group for groups."
        ),
    ] = "",
    period: InPeriod = "",
) -> None:
    """Count what is in a register, each figure with its definition.

    Figures are those the declaration names, else the number of records. A coverage says of how many units,
    and which are missing; which are expected is said by the groups in people.toml.

    Examples:
        ledger register meetings count --period 2025
        ledger register accountability count persons --per form,unit
        ledger register duty_lists count coverage year=2025 round=end
    """
    seen, declaration = looking.sight(), meant()
    figures, conditions = _sorted(declaration, words or [])
    asked = question(seen, declaration, conditions, period)._replace(by=_per(declaration, per))
    records = registers.entered(seen.book, declaration.kind, registers.When(seen.as_of, seen.known_at))
    units = registers.units(seen.book, seen.day)
    found = [registerfigures.counted(declaration, each, records, asked, units) for each in figures]
    spoken = Words(declaration, ids_in(seen.book, declaration, records))
    if console.wants_json():
        payload = {
            "register": declaration.kind,
            "period": _period(asked),
            "figures": [_as_json(each, spoken) for each in found],
        }
        console.document("ledger/register-count@1", {**looking.about(seen), **payload})
        return
    if console.wants_plain():
        heads = ("figure", "by", "value", "expected", "percent", "missing")
        console.rows([Column(each) for each in heads], [row for each in found for row in _tsv(each, spoken)])
        return
    console.aside(looking.when(seen) + (f"  {asked.stretch.name}" if asked.stretch.name else ""))
    for each in found:
        _say(declaration, spoken, each)


def _sorted(declaration: Declaration, words: list[str]) -> tuple[list[Figure], list[str]]:
    """The figures that are meant, all where none is named, and the conditions."""
    known = declaration.figures or (RECORDS,)
    figures, conditions = [], []
    for word in words:
        figure = RECORDS if word == RECORDS.name else declaration.figure(word)
        if figure is not None:
            figures.append(figure)
        elif any(sign in word for sign in "=:<>"):
            conditions.append(word)
        else:
            message = _("{register} has no figure {name}").format(register=declaration.kind, name=word)
            names = ", ".join(each.name for each in (*declaration.figures, RECORDS))
            raise UsageError(message, _("there are: {names}").format(names=names))
    return figures or list(known), conditions


def _per(declaration: Declaration, typed: str) -> tuple[str, ...]:
    names = []
    for word in typed.replace("，", ",").replace("、", ",").split(","):
        bare = word.strip().removesuffix(GROUP)
        field = declaration.named(bare) if bare else None
        if bare and (field is None or (word.strip() != bare and field.type is not FieldType.UNIT)):
            raise unknown_field(declaration, word.strip())
        if field is not None:
            names.append(field.name + (GROUP if word.strip() != bare else ""))
    return tuple(dict.fromkeys(names))


def _period(asked: Question) -> dict[str, Any] | None:
    stretch = asked.stretch
    return {"name": stretch.name, "from": stretch.first, "to": stretch.last} if stretch.name else None


def _as_json(found: Counted, words: Words) -> dict[str, Any]:
    spoken = language.current()
    return {
        "name": found.figure.name,
        "label": found.figure.label._asdict(),
        "definition": found.figure.definition.said(spoken),
        "of": found.figure.of,
        "by": found.by,
        "unit": found.money or None,
        "records": found.records,
        "total": _part_json(found.total, []) if found.total else None,
        "parts": [_part_json(each, _coded(found, each, words)) for each in found.parts],
        "beyond": found.beyond,
    }


def _coded(found: Counted, part: Part, words: Words) -> list[str]:
    """What a part is of, as codes; what is referred to by its id."""
    return [words.coded_key(name, key) for name, key in zip(found.by, part.keys, strict=False)]


def _part_json(part: Part, keys: list[str]) -> dict[str, Any]:
    coverage = {"expected": part.expected, "percent": part.percent, "missing": part.missing}
    return {"keys": keys, "value": part.value, **(coverage if part.expected is not None else {})}


def _tsv(found: Counted, words: Words) -> list[tuple[Any, ...]]:
    rows = [*([found.total] if found.total else []), *found.parts]
    return [
        (
            found.figure.name,
            "/".join(_coded(found, part, words)),
            part.value,
            part.expected,
            "" if part.percent is None else str(part.percent),
            ",".join(part.missing),
        )
        for part in rows
    ]


def _say(declaration: Declaration, words: Words, found: Counted) -> None:
    spoken = language.current()
    label = found.figure.label.said(spoken)
    total = f"  {_value(found, found.total)}" if found.total else ""
    console.say(f"{label}{total}")
    console.aside("  " + _("counted: {definition}").format(definition=definition(found.figure, words)))
    if found.figure.of == "coverage" and not found.parts:
        console.aside(
            "  " + _("nobody is expected: give units a group in people.toml, or narrow it with FIELD=VALUE")
        )
    rows = [
        (*(words.key(name, key) for name, key in zip(found.by, part.keys, strict=True)), _value(found, part))
        for part in found.parts
    ]
    heads = [*(Column("  " + words.heading(name)) for name in found.by), Column(_("count"), "right")]
    console.rows(heads, [("  " + str(first), *rest) for first, *rest in rows])
    for part in found.parts:
        if part.missing:
            named = listed(part.missing[:_NAMED])
            more = len(part.missing) - _NAMED
            if more > 0:
                named = _("{names} and {count} more").format(names=named, count=more)
            keys = " / ".join(words.key(name, key) for name, key in zip(found.by, part.keys, strict=True))
            console.say("  " + _("missing in {keys}: {names}").format(keys=keys, names=named))
    if found.beyond:
        console.warn(_("not expected: {names}").format(names=listed(found.beyond)))
    console.say("")


def _value(found: Counted, part: Part) -> str:
    unit = unit_of(found)
    if found.money:
        return f"{amounts.shown(str(part.value), found.money)} {unit}"
    if part.expected is None:
        return f"{part.value:,} {unit}".rstrip() if isinstance(part.value, int) else str(part.value)
    share = "" if part.percent is None else f"  {part.percent}%"
    return f"{part.value}/{part.expected} {unit}".rstrip() + share
