"""What was published, and for how long."""

from __future__ import annotations

import datetime as dt
from gettext import gettext as _
from pathlib import Path
from typing import Annotated

import typer

from ledger.commands import deeds, options
from ledger.commands.named import Named
from ledger.commands.options import DryRun, Meeting, On, Signer
from ledger.ui import console
from ledger.usecases import publishing
from ledger.usecases.publishing import Window

_AUDIENCE = Named({"public": "社会公开", "party": "党内通报"})


def publish(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="What was published, as it was.", show_default=False)
    ],
    channel: Annotated[
        list[str], typer.Option("--channel", metavar="NAME", help="Where it stands; may be repeated.")
    ],
    audience: Annotated[
        str,
        typer.Option("--audience", metavar="WHO", click_type=_AUDIENCE, help="public, or party."),
    ] = "public",
    title: Annotated[
        str | None,
        typer.Option(
            "--title",
            metavar="TEXT",
            help="What it is called; else the name of the file.",
            show_default=False,
        ),
    ] = None,
    first: Annotated[
        dt.date | None,
        typer.Option("--from", metavar="DATE", click_type=options.DAY, help="The first day on view."),
    ] = None,
    last: Annotated[
        dt.date | None,
        typer.Option("--to", metavar="DATE", click_type=options.DAY, help="The last day on view."),
    ] = None,
    workdays: Annotated[
        int | None,
        typer.Option("--workdays", metavar="N", min=1, max=999, help="How many working days it is on view."),
    ] = None,
    phone: Annotated[str, typer.Option("--phone", metavar="TEXT", help="Whom to call.")] = "",
    hours: Annotated[str, typer.Option("--hours", metavar="TEXT", help="When to call.")] = "",
    address: Annotated[str, typer.Option("--address", metavar="TEXT", help="Where to write to.")] = "",
    postcode: Annotated[str, typer.Option("--postcode", metavar="TEXT", help="Its postcode.")] = "",
    email: Annotated[str, typer.Option("--email", metavar="TEXT", help="Where to mail to.")] = "",
    signer: Signer = None,
    meeting: Meeting = None,
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Write down what was published, and keep it as it was.

    What is for the public is searched first for everything that must not leave the office: names, numbers,
    remarks, whatever is withheld; if anything is found, nothing is written down. The window is counted in
    working days; its days and the contact come from [notice] of ledger.toml where they are not given. The
    record stands in the register publications (publications:1).

    Examples:
        ledger publish notice.docx --channel "the county's website" --workdays 15 --meeting "Party group 9"
        ledger register publications list
    """
    desk = deeds.desk(on, dry_run=dry_run)
    given = {
        "audience": audience,
        "title": title or "",
        "channels": channel,
        "signer": signer or "",
        "meeting": meeting or "",
        **{"phone": phone, "hours": hours, "address": address, "postcode": postcode, "email": email},
    }
    outcome = publishing.publish(desk, file, given, Window(first, last, workdays))
    found = outcome.value
    if deeds.told("publish", desk, outcome, **found._asdict()):
        return
    console.say(_("published: {id}").format(id=found.id))
    if found.closed is not None:
        words = _("on view from {first} to {last}: {count} working days")
        console.say(words.format(first=found.opened, last=found.closed, count=found.workdays))
