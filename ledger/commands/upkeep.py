"""Upkeep: hand edits adopted, the index built anew, a command taken back, a question in SQL."""

from __future__ import annotations

import datetime as dt
import math
from gettext import gettext as _
from typing import Annotated

import typer

from ledger.commands import deeds, options
from ledger.commands.options import AnyIds, DryRun, On, Why
from ledger.domain.text import excerpt
from ledger.domain.words import listed
from ledger.ui import ask, console, labels
from ledger.usecases import adopting, upkeep
from ledger.usecases.handedits import PutBack


def adopt(
    ids: AnyIds = None,
    put_back: Annotated[
        bool,
        typer.Option("--put-back", help="Write what may not be edited by hand as the history has it."),
    ] = False,
    why: Why = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Record edits made by hand, take comments into the remark, put new files on the books.

    A file somebody wrote gets its number, its name and its history. A status, a deadline, a number or
    anything of the history is not adopted: put it back, and use the command for it.

    Examples:
        ledger adopt --dry-run
        ledger adopt 7 --why "wording agreed with the inspectors"
        ledger adopt 7 --put-back
    """
    desk = deeds.desk(on, why, dry_run=dry_run)
    outcome = adopting.adopt(desk, deeds.ids(ids or ()), put_back=put_back)
    done = outcome.value
    values = {
        "ids": [*done.ids, *done.added.values()],
        "added": [{"file": file, "id": each} for file, each in done.added.items()],
        "put_back": [_put_back_json(each) for each in done.put_back],
    }
    if deeds.told("adopt", desk, outcome, **values):
        return
    for each in done.put_back:
        console.say(
            _("put back: {id} {field}: {before} -> {after}").format(
                id=each.id, field=each.field, before=_short(each.before), after=_short(each.after)
            )
        )
    for file, name in done.added.items():
        console.say(_("added from {file}: {id}").format(file=file, id=name))
    if done.ids:
        deeds.say_done(_("adopted"), done.ids)
    elif not done.added:
        console.tell(_("nothing was edited by hand"))
    if done.put_back and not any(each.entries for each in outcome.changed):
        console.tell(
            _("nothing was recorded: the file is what its history says, and there is nothing to undo")
        )


def _put_back_json(each: PutBack) -> dict[str, object]:
    """Values as they stand in a record; what no record holds as text."""
    sound = (str, bool, int, list, dt.date)
    shown = {
        name: value if value is None or type(value) in sound else str(value)
        for name, value in (("before", each.before), ("after", each.after))
    }
    return {"id": each.id, "field": each.field, **shown}


def _short(value: object) -> str:
    return "-" if value is None else excerpt(str(value), 30)


def reindex() -> None:
    """Build the index anew from the records; nothing in it is needed for that.

    Examples:
        ledger reindex
    """
    from ledger.store import index

    book = deeds.opened()
    count = index.rebuild(book)
    if console.wants_json():
        console.document("ledger/reindex@1", {"ledger": book.name, "issues": count})
    else:
        console.say(_("{count} issues indexed").format(count=count))


def undo(
    batch: Annotated[
        str,
        typer.Argument(
            metavar="BATCH", help="The command to take back; the last one when left out.", show_default=False
        ),
    ] = "",
    yes: options.Yes = False,
    why: Why = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Take back what one command did, in every record it changed.

    Nothing is erased: a new entry names the command, which then no longer counts. What it added becomes
    void. It is refused when something later builds on it, or a report that is frozen rests on it.
    `ledger history` shows the names of commands.

    Examples:
        ledger undo --dry-run
        ledger undo --yes
    """
    desk = deeds.desk(on, why, dry_run=dry_run)
    name = batch or upkeep.last_batch(desk.book)
    found = upkeep.describe(desk.book, name)
    if not (yes or dry_run):
        console.tell(
            _("{at} {by}: {acts} on {ids}").format(
                at=found.at[:16].replace("T", " "),
                by=found.by,
                acts=listed(labels.label("act", each) for each in found.acts),
                ids=" ".join(found.ids),
            )
        )
        if found.ledgers:
            console.tell(_("and in ledger {names}").format(names=listed(found.ledgers)))
        if not ask.agreed(_("Take this back?")):
            return
    outcome = upkeep.undo(desk, found.batch)
    deeds.tell("undo", desk, outcome, _("taken back in"), undone=found.batch, acts=found.acts)


def sql(
    statement: Annotated[str, typer.Argument(metavar="STATEMENT", help="One SELECT; - reads it from stdin.")],
) -> None:
    """Ask the index in SQL; it can only be read.

    Tables: issue, measure, serve, entry, search, file. The index is a copy: to change something, use the
    commands.

    Examples:
        ledger sql "select unit, count(*) from issue group by unit"
        ledger sql "select id, text, due from measure where status = 'active' order by due"
    """
    from ledger.store import index
    from ledger.store import sql as asking

    book = deeds.opened()
    text = options.from_stdin(_("send the statement in UTF-8")) if statement == "-" else statement
    columns, rows = index.ask(book, lambda opened: asking.run(opened, text), tell=console.warn)
    if console.wants_json():
        payload = {
            "ledger": book.name,
            "columns": columns,
            "rows": [[_value(value) for value in row] for row in rows],
        }
        console.document("ledger/sql@1", payload)
        return
    console.rows(
        [console.Column(each) for each in columns], [[_cell(value) for value in row] for row in rows]
    )


def _value(value: object) -> object:
    """What SQLite answered as JSON can say it: bytes in hexadecimal, what is beyond all numbers as text."""
    if isinstance(value, bytes):
        return value.hex()
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _cell(value: object) -> str | int | None:
    return value if value is None or isinstance(value, (str, int)) else str(value)
