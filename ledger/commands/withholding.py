"""What is kept out of the public edition."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from ledger.commands import deeds, options
from ledger.commands.options import DryRun, Ids, Meeting, On, Signer, Why
from ledger.errors import UsageError
from ledger.usecases import withholding

Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        click_type=options.code("withheld"),
        help="secret, open_case, publicity, unrest or sensitive.",
    ),
]
Release = Annotated[bool, typer.Option("--release", help="It may be published again.")]


def withhold(
    ids: Ids,
    kind: Kind = None,
    release: Release = False,
    signer: Signer = None,
    meeting: Meeting = None,
    why: Why = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Keep issues or measures out of the public edition.

    What falls under one of five kinds may be withheld: Party or state secrets; cases under inquiry, or filed
    and not yet announced; what might bring grave hostile publicity; what might bring mass petitions or
    incidents; grave and sensitive matters. The reason and who agreed are recorded. A withheld issue takes its
    measures along. `ledger report withheld` is the list for the file.

    Examples:
        ledger withhold 7 --kind open_case --why "the inquiry is under way" --meeting "Party group 9"
        ledger withhold 7 --release --why "the case was announced" --meeting "Party group 12"
        ledger list withheld:open_case
    """
    if bool(kind) == release:
        message = _("say which of the five kinds it is, or that it may be published again")
        raise UsageError(message, _("give --kind or --release"))
    desk = deeds.desk(on, why, dry_run=dry_run)
    outcome = withholding.withhold(
        desk, deeds.ids(ids), kind or "", signer=signer or "", meeting=meeting or ""
    )
    if not deeds.told("withhold", desk, outcome, ids=outcome.value):
        deeds.say_done(_("may be published") if release else _("withheld"), outcome.value)
