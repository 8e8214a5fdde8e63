"""Registers: which there are, their records entered, changed, listed, shown and counted."""

from __future__ import annotations

from functools import partial
from gettext import gettext as _
from typing import Annotated, Any, Final

import click
import typer

from ledger import language
from ledger.commands import deeds, looking, options, registerpage
from ledger.commands.options import Columns, DryRun, Limit, On, Why
from ledger.commands.registertree import given, meant
from ledger.commands.registerwords import Words, as_json, as_tsv, declared_json
from ledger.domain import registerfilters
from ledger.domain.declaration import DATE, Declaration, DeclaredField, FieldType
from ledger.domain.entered import Entered, in_order
from ledger.domain.registerfigures import Question
from ledger.domain.registerfilters import unknown_field
from ledger.domain.stretch import stretch
from ledger.errors import NotFoundError, UsageError
from ledger.store import registers as shipping
from ledger.ui import ask, console
from ledger.ui.console import Column
from ledger.usecases import naming, registering, registers
from ledger.usecases.registerlinks import ids_in
from ledger.usecases.sight import Sight

Given = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FIELD=VALUE...", help="Fields by their names or labels: type=推进会.", show_default=False
    ),
]
Filters = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILTER...",
        help='Words to find, or conditions: type=推进会 "on>=2025-03-01" unit.group=市州.',
        show_default=False,
    ),
]
Numbers = Annotated[
    list[str],
    typer.Argument(metavar="ID...", help="Records: 5, 3-9 or meetings:5.", show_default=False),
]
Changes = Annotated[
    list[str],
    typer.Argument(metavar="ID... FIELD=VALUE...", help="Records, then what they say.", show_default=False),
]
InPeriod = Annotated[
    str, typer.Option("--period", metavar="PERIOD", help="2025, 2025-06, 2025-Q2, 2025-H1 or DAY..DAY.")
]
#: What a person is asked at most of a text.
_RIGHT: Final = (FieldType.NUMBER, FieldType.MONEY, FieldType.SERIAL)


def books() -> None:
    """List the registers and how much is in them."""
    seen = looking.sight()
    known = shipping.declared(seen.book.settings)
    rows = [(each, _live(seen, each.kind)) for each in known.values()]
    lost = registers.undeclared(seen.book, known)
    if console.wants_json():
        listed = [{**declared_json(each), "records": len(records)} for each, records in rows]
        console.document(
            "ledger/register@1", {**looking.about(seen), "registers": listed, "undeclared": lost}
        )
        return
    spoken = language.current()
    plain = console.wants_plain()
    heads = ("register", "label", "records", "last", "declared") if plain else (
        _("register"), _("what it is"), _("records"), _("last"), _("declared in"),
    )  # fmt: skip
    cells = [
        (each.kind, each.label.said(spoken), len(records), _last(records), each.place)
        for each, records in rows
    ]
    console.rows([Column(head, "right" if at == 2 else "left") for at, head in enumerate(heads)], cells)
    for kind in lost:
        console.warn(_("nobody declares the register {name} any more").format(name=kind))


def _live(seen: Sight, kind: str) -> list[Entered]:
    records = registers.entered(seen.book, kind, registers.When(seen.as_of, seen.known_at))
    return [each for each in records if not each.void]


def _last(records: list[Entered]) -> Any:  # noqa: ANN401 - a date or nothing
    return max((each.on for each in records if each.on), default=None)


# --- entering and changing ------------------------------------------------------------------------------


def add(words: Given = None, on: On = None, dry_run: DryRun = False) -> None:
    """Enter a record.

    It is dated on the day it happened, which --on says. What is needed and not given is asked for where
    somebody is at the terminal. Money may be typed with its unit (12万元).

    Examples:
        ledger register meetings add --type committee --title "Party group 5" --on 2025-03-01
        ledger register meetings add type=推进会 title=第二次推进会
        ledger register bulletins add --series 督察简报 --title "What was found in May"
    """
    declaration = meant()
    typed = _typed(declaration, words or ())
    if day := typed.pop(DATE, ""):
        meant_day = options.DAY.convert(day, None, click.get_current_context())
        if on not in (None, meant_day):
            raise _twice(DATE)
        on = meant_day
    typed = _asked_for(declaration, typed)
    desk = deeds.desk(on, dry_run=dry_run)
    outcome = registering.add(desk, declaration, typed)
    if not deeds.told("register-add", desk, outcome, id=outcome.value):
        said = (_spoken(declaration.fields[name], value) for name, value in typed.items() if value)
        console.say(f"{outcome.value}  ", " ".join(said))


def _spoken(field: DeclaredField, typed: str) -> str:
    """What was typed, a code in words."""
    label = field.codes.get(typed)
    return label.said(language.current()) if label else typed


def _typed(declaration: Declaration, words: tuple[str, ...] | list[str]) -> dict[str, str]:
    """Fields given as options, or as words: FIELD=VALUE, the field by its name or its label.

    Raises:
        UsageError: one is given twice, and not alike.
    """
    found = given()
    for word in words:
        name, sign, value = word.partition("=")
        if not sign:
            name, sign, value = word.partition("＝")
        if not sign:
            message = _("{word} is no FIELD=VALUE").format(word=word)
            raise UsageError(message, _("write for instance title=TEXT"))
        field = declaration.named(name)
        if field is None:
            raise unknown_field(declaration, name)
        if found.setdefault(field.name, value) != value:
            raise _twice(field.name)
    return found


def _twice(name: str) -> UsageError:
    return UsageError(_("{code} is given twice").format(code=name), _("give one of the two"))


def _asked_for(declaration: Declaration, typed: dict[str, str]) -> dict[str, str]:
    """What was given, with what is needed besides asked of a person."""
    if not ask.possible():
        return typed
    spoken = language.current()
    for field in declaration.fields.values():
        numbered = field.type is FieldType.SERIAL
        if not field.required or field.default or numbered or field.name == DATE or typed.get(field.name):
            continue
        typed[field.name] = _answer(field, spoken)
    return typed


def _answer(field: DeclaredField, spoken: str) -> str:
    flag = f"--{field.name.replace('_', '-')}"
    if field.codes:
        choices = {code: label.said(spoken) for code, label in field.codes.items()}
        return ask.choose(field.label.said(spoken), choices, flag=flag)
    return ask.text(field.label.said(spoken), flag=flag)


def edit(words: Changes, why: Why = "", on: On = None, dry_run: DryRun = False) -> None:
    """Change what records say.

    An empty value takes a field away. --on is the day the change counts from; the date of the record itself
    is changed with on=DATE.

    Examples:
        ledger register meetings edit 1 type=推进会
        ledger register meetings edit 1 --chair 张某 on=2025-03-02 --why "the minutes say so"
    """
    declaration = meant()
    fields = [word for word in words if "=" in word or "＝" in word]
    ids = [word for word in words if word not in fields]
    typed = _typed(declaration, fields)
    if not ids or not typed:
        raise UsageError(
            _("it is not said which record, or what is to change"),
            _("write: ledger register {kind} edit 5 FIELD=VALUE").format(kind=declaration.kind),
        )
    desk = deeds.desk(on, why, dry_run=dry_run)
    outcome = registering.edit(desk, declaration, deeds.ids(ids), typed)
    if not deeds.told("register-edit", desk, outcome, ids=outcome.value):
        deeds.say_done(_("changed"), outcome.value)


# --- looking ----------------------------------------------------------------------------------------------


def question(seen: Sight, declaration: Declaration, words: list[str] | None, period: str) -> Question:
    """Which records are meant by filters and a period."""
    asked = registerfilters.asked(
        declaration, words or (), today=options.today(), names=partial(naming.meant, seen.book.people)
    )
    return Question(_with_links(seen, asked), stretch(period, today=options.today()))


def _with_links(seen: Sight, asked: tuple[registerfilters.Asked, ...]) -> tuple[registerfilters.Asked, ...]:
    """Ids in conditions as the uids that records keep."""
    from ledger.usecases.registerlinks import Links

    links = Links(seen.book)
    return tuple(
        each._replace(values=tuple(links.uids([str(value) for value in each.values])))
        if each.type is FieldType.LINK
        else each
        for each in asked
    )


def chosen(seen: Sight, declaration: Declaration, wanted: Question) -> tuple[list[Entered], int]:
    """The records that are meant, and how many there are in all; void ones are neither."""
    live = _live(seen, declaration.kind)
    group_of = seen.book.people.group_of
    found = [
        each
        for each in live
        if (not wanted.stretch.name or wanted.stretch.holds(each.on))
        and registerfilters.meets(each, wanted.conditions, group_of)
    ]
    return in_order(found), len(live)


def list_records(
    words: Filters = None,
    period: InPeriod = "",
    columns: Columns = None,
    limit: Limit = None,
) -> None:
    """List the records of a register, by their dates.

    A terminal shows what the declaration has for columns; a pipe gets every field as codes, amounts in 元.

    Examples:
        ledger register meetings list
        ledger register meetings list type=推进会 --period 2025-Q1
        ledger register regulations list "checked_on>=2025-06-01" --columns on,title,checked_on
    """
    seen, declaration = looking.sight(), meant()
    found, total = chosen(seen, declaration, question(seen, declaration, words, period))
    shown = found if limit is None else found[:limit]
    spoken = Words(declaration, ids_in(seen.book, declaration, shown))
    if console.wants_json():
        rows = [as_json(declaration, spoken, each) for each in shown]
        about = {"register": declaration.kind, "rows": rows, "matched": len(found), "total": total}
        console.document("ledger/register-list@1", {**looking.about(seen), **about})
        return
    names = _columns(declaration, columns)
    if console.wants_plain():
        chosen_names = names or tuple(declaration.fields)
        heads = [Column("id"), *(Column(name) for name in chosen_names)]
        console.rows(
            heads, [[each.id, *(as_tsv(spoken.coded(n, each)) for n in chosen_names)] for each in shown]
        )
        return
    names = names or declaration.columns
    heads = [Column(_("no."), whole=True)]
    for name in names:
        kind = declaration.fields[name].type
        heads.append(
            Column(spoken.heading(name), "right" if kind in _RIGHT else "left", kind is FieldType.DATE)
        )
    console.rows(heads, [[each.id, *(spoken.cell(name, each) for name in names)] for each in shown])
    said = (
        _("{count} of {total}")
        if len(shown) == len(found)
        else _("{count} of {matched} found, {total} in all")
    )
    console.aside(said.format(count=len(shown), matched=len(found), total=total))


def _columns(declaration: Declaration, typed: str | None) -> tuple[str, ...]:
    names = []
    for word in (typed or "").replace("，", ",").replace("、", ",").split(","):
        if word.strip():
            field = declaration.named(word.strip())
            if field is None:
                raise unknown_field(declaration, word.strip())
            names.append(field.name)
    return tuple(dict.fromkeys(names))


def show(ids: Numbers) -> None:
    """Show records in full.

    Examples:
        ledger register meetings show 1
        ledger register meetings show meetings:1 --json
    """
    seen, declaration = looking.sight(), meant()
    wanted = registering.numbers(declaration, options.words(ids))
    records = registers.entered(seen.book, declaration.kind, registers.When(seen.as_of, seen.known_at))
    by_number = {each.number: each for each in records}
    for number in wanted:
        if number not in by_number:
            message = _("there is no {id}").format(id=f"{declaration.kind}:{number}")
            hint = _("ledger register {kind} list shows them all").format(kind=declaration.kind)
            raise NotFoundError(message, hint)
    shown = [by_number[number] for number in wanted]
    words = Words(declaration, ids_in(seen.book, declaration, shown))
    if console.wants_json():
        rows = [
            {**as_json(declaration, words, each), "evidence": [dict(row) for row in each.evidence]}
            for each in shown
        ]
        payload = {"register": declaration.kind, "records": rows}
        console.document("ledger/register-show@1", {**looking.about(seen), **payload})
        return
    if console.wants_plain():
        console.rows(
            [Column("id"), Column("field"), Column("value")],
            [
                (each.id, name, as_tsv(words.coded(name, each)))
                for each in shown
                for name in declaration.fields
                if each.values.get(name) is not None
            ],
        )
        return
    for place, each in enumerate(shown):
        if place:
            console.say("")
        for line in registerpage.lines(declaration, words, each, console.width()):
            console.say(*line)
    console.next_step(f"ledger history {shown[0].id}")
