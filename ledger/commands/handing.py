"""Handover: who holds what, and all of it given to somebody else on a day, in every ledger at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from gettext import gettext as _
from gettext import ngettext
from typing import Annotated

import typer

from ledger.commands import completion, deeds, options
from ledger.commands.options import DryRun, On, Why
from ledger.store.book import Book
from ledger.store.workspace import Workspace
from ledger.ui import console, labels
from ledger.ui.console import Column
from ledger.usecases import handing, reading
from ledger.usecases.change import Desk
from ledger.usecases.handing import Held, Wish

#: What a row of the list of what is held says.
COLUMNS = ("name", "role", "ledger", "id", "text")


def handover(
    giver: Annotated[
        str,
        typer.Option(
            "--from", metavar="NAME", help="Who hands over.", autocompletion=completion.names,
            show_default=False,
        ),
    ] = "",
    taker: Annotated[
        str,
        typer.Option(
            "--to", metavar="NAME", help="Who takes over.", autocompletion=completion.names,
            show_default=False,
        ),
    ] = "",
    unit: Annotated[
        bool, typer.Option("--unit", help="The names are of units: one was renamed or merged.")
    ] = False,
    role: Annotated[
        list[str] | None,
        typer.Option(
            "--role", metavar="ROLE", click_type=options.code("role"), show_default=False,
            help="leader, owner, letter, clue, signer, and of units unit, co_unit; may be repeated.",
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--in", metavar="LEDGER", show_default=False, help="Only in this ledger; may be repeated.",
        ),
    ] = None,
    why: Why = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:  # fmt: skip
    """Show who holds what, or hand all of it over to somebody else.

    Without --to it is a list to print: what somebody holds, or with neither name what everybody does; --as-of
    shows it as it was. With both names everything open goes over as of the day, in all ledgers of this folder
    or in none: issues and measures, letters without an answer, clues to be verified, and the sign-offs for
    which the settings name whoever leaves. What is closed or void keeps the names it had, and so does every
    view of an earlier day. `ledger undo` takes all of it back.

    Examples:
        ledger handover
        ledger handover --from Zhang
        ledger handover --from Zhang --to Li --on 2025-07-01 --dry-run
        ledger handover --unit --from "Toll Station" --to "Road Centre" --why "merged"
    """  # fmt: skip
    asked = options.session()
    workspace = reading.open_workspace(asked.root)
    books = handing.ledgers(workspace, only or (), asked.ledger or reading.chosen())
    wish = Wish(giver, taker, unit, tuple(role or ()))
    if not taker:
        _show(workspace, books, wish, on)
        return
    desk = Desk(books[0], deeds.actor(on, why), dry_run, deeds.say_who_writes, deeds.commits(workspace))
    outcome = handing.hand_over(desk, books, wish)
    values = {
        "ledgers": [book.name for book in books],
        "giver": giver,
        "taker": taker,
        "held": _json(outcome.value),
    }
    if deeds.told("handover", desk, outcome, **values):
        return
    if not outcome.value:
        console.tell(_("{name} holds nothing that is open").format(name=giver))
        return
    _rows(outcome.value)
    _summary(outcome.value, taker)


def _show(workspace: Workspace, books: Sequence[Book], wish: Wish, on: dt.date | None) -> None:
    asked = options.session()
    day, known_at = on or asked.as_of, None
    if asked.known_at is not None:
        known_at = reading.moment(asked.known_at, workspace.root, options.now())
    found = sorted(
        handing.held(books, wish, as_of=day, known_at=known_at), key=lambda each: each.holding.name
    )
    if console.wants_json():
        payload = {
            "ledgers": [book.name for book in books],
            "as_of": day or options.as_of(),
            "known_at": known_at,
            "held": _json(found),
        }
        console.document("ledger/handover@1", payload)
        return
    if found or console.wants_plain():
        _rows(found)
    elif wish.giver:
        console.tell(_("{name} holds nothing that is open").format(name=wish.giver))
    else:
        console.tell(_("nobody holds anything that is open"))


def _rows(found: Iterable[Held]) -> None:
    """A table for people, with words; rows for programs, with codes."""
    plain = console.wants_plain()
    words = (_("name"), _("holds it as"), _("ledger"), _("no."), _("what"))
    heads = [
        Column(code if plain else word, whole=code != "text")
        for code, word in zip(COLUMNS, words, strict=True)
    ]
    console.rows(heads, [_cells(each, plain) for each in found])


def _cells(each: Held, plain: bool) -> list[str]:
    own = each.holding
    role = own.role if plain else labels.label("role", own.role)
    return [own.name, role, each.ledger, own.id, own.text]


def _summary(found: Sequence[Held], taker: str) -> None:
    said = ngettext("{count} thing handed over to {name}", "{count} things handed over to {name}", len(found))
    console.aside(said.format(count=len(found), name=taker))


def _json(found: Iterable[Held]) -> list[dict[str, object]]:
    return [
        {
            "ledger": each.ledger,
            "name": each.holding.name,
            "role": each.holding.role,
            "id": each.holding.id,
            "text": each.holding.text,
        }
        for each in found
    ]
