"""Handover: who holds what, and all of it given to somebody else on a day, in every ledger at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from gettext import gettext as _
from gettext import ngettext
from typing import Annotated, Any

import typer

from ledger.commands import completion, deeds, options
from ledger.commands.options import DryRun, On, Why
from ledger.domain.words import listed
from ledger.errors import UsageError
from ledger.store.book import Book
from ledger.store.workspace import Workspace
from ledger.ui import console, labels
from ledger.ui.console import Column
from ledger.usecases import handing, reading
from ledger.usecases.change import Desk
from ledger.usecases.handing import Held, Past, Wish

#: What a row of the list of what is held says.
COLUMNS = ("name", "role", "ledger", "id", "text")
#: What a row of the list of past handovers says.
PAST = ("ledger", "id", "on", "giver", "taker", "roles")


def handover(
    giver: Annotated[
        str,
        typer.Option(
            "--from", metavar="NAME", help="Who hands over.", autocompletion=completion.names,
            show_default=False,
        ),
    ] = "",
    taker: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="NAME", help="Who takes over.", autocompletion=completion.names,
            show_default=False,
        ),
    ] = None,
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
    past: Annotated[bool, typer.Option("--past", help="Show the handovers there were.")] = False,
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
        ledger handover --past
    """  # fmt: skip
    asked = options.session()
    workspace = reading.open_workspace(asked.root)
    books = handing.ledgers(workspace, only or (), asked.ledger or reading.chosen())
    if taker is not None and not taker.strip():
        raise UsageError(_("it is not said who takes over"), _("say: ledger handover --from NAME --to NAME"))
    wish = Wish(giver, taker or "", unit, tuple(role or ()))
    if past or taker is None:
        (_show_past if past else _show)(books, _Seen(workspace, on), wish)
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


class _Seen:
    """As of when what somebody holds is looked at."""

    def __init__(self, workspace: Workspace, on: dt.date | None) -> None:
        asked = options.session()
        self.as_of, self.known_at = on or asked.as_of, None
        if asked.known_at is not None:
            self.known_at = reading.moment(asked.known_at, workspace.root, options.now())

    def document(self, books: Sequence[Book], **values: object) -> None:
        """One JSON document, which says first of which ledgers and as of when."""
        ledgers, day = [book.name for book in books], self.as_of or options.as_of()
        payload = {"ledgers": ledgers, "as_of": day, "known_at": self.known_at, **values}
        console.document("ledger/handover@1", payload)


def _show_past(books: Sequence[Book], seen: _Seen, wish: Wish) -> None:
    """The handovers there were, of or to somebody where one is named."""
    names = {wish.giver, wish.taker} - {""}
    found = [
        each
        for each in handing.past(books, as_of=seen.as_of, known_at=seen.known_at)
        if not names or names & {each.handover.giver, each.handover.taker}
    ]
    if console.wants_json():
        seen.document(books, handovers=[_past_json(each) for each in found])
        return
    plain = console.wants_plain()
    words = (_("ledger"), _("no."), _("day"), _("from whom"), _("to whom"), _("what"))
    heads = PAST if plain else words
    rows = [list(_past_json(each).values()) for each in found]
    for row in rows:
        row[-1] = ",".join(row[-1]) if plain else listed(labels.label("role", code) for code in row[-1])
    if found or plain:
        console.rows([Column(each, whole=True) for each in heads], rows)
    else:
        console.tell(_("nothing was handed over so far"))


def _past_json(each: Past) -> dict[str, Any]:
    made = each.handover
    values = (each.ledger, each.id, made.on, made.giver, made.taker, list(made.roles))
    return dict(zip(PAST, values, strict=True))


def _show(books: Sequence[Book], seen: _Seen, wish: Wish) -> None:
    found = handing.held(books, wish, as_of=seen.as_of, known_at=seen.known_at)
    found.sort(key=lambda each: each.holding.name)
    if console.wants_json():
        seen.document(books, held=_json(found))
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
