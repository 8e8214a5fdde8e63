"""Check: what does not hold in the ledger, by file and line."""

from __future__ import annotations

import dataclasses
import re
from gettext import gettext as _
from typing import Annotated

import click
import typer

from ledger.commands import deeds, options
from ledger.domain.checkpoint import Checkpoint, Short
from ledger.domain.presented import Presented
from ledger.domain.rules import RULES, Fault, Severity
from ledger.domain.text import excerpt
from ledger.errors import UsageError
from ledger.store.book import Book
from ledger.store.evidence import Part
from ledger.ui import console
from ledger.ui.console import Toned
from ledger.usecases import checking, checkpointing
from ledger.usecases.checking import Checkup

#: The exit code when something does not hold. Source: docs/contract.md §4.
FAULTS = 7
#: Columns of a file's line that are shown: what is wrong stands at its beginning.
_COLUMNS = 96

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="RULE",
        help="Only these rules; all basic ones when left out.",
        show_default=False,
        autocompletion=lambda: [rule.name for rule in RULES],
    ),
]


class PartType(click.ParamType):
    """A part of the evidence, such as 2/5."""

    name = "part"
    #: What the option means when no value is joined to it.
    alone = "1/1"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Part:
        """The part that was typed."""
        found = re.fullmatch(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})", str(value))
        if found is None or int(found[1]) > int(found[2]):
            message = _("{value} is no part of the evidence").format(value=excerpt(str(value)))
            raise UsageError(message, _("write --read-data=2/5 for the second of five parts"))
        return Part(int(found[1]), int(found[2]))


def check(
    rules: Names = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Try every rule, and count warnings as errors.")
    ] = False,
    read_data: Annotated[
        Part | None,
        typer.Option(
            "--read-data",
            metavar="[=N/T]",
            click_type=PartType(),
            help="Read every file of evidence and compare its digest, or the N-th of T parts of them.",
            show_default=False,
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="FILE",
            help="Hold the ledger against a checkpoint that was kept; - reads stdin.",
            show_default=False,
        ),
    ] = None,
) -> int | None:
    """Find what does not hold in the ledger; says nothing when all is well.

    Everything is read from the files, nothing is changed. Exits with 7 when something is wrong, with 0 when
    there are only warnings, such as fields that were changed by hand. With --against it also names what was
    rewritten or cut since a checkpoint was made.

    Examples:
        ledger check
        ledger check --strict --read-data
        ledger check status links
        ledger check --read-data=1/30
        ledger check --against 2025-06.txt
    """
    book = deeds.opened()
    if "checkpoint" in (rules or ()) and against is None:
        raise UsageError(
            _("the rule checkpoint needs a checkpoint"), _("name the file that was kept: --against FILE")
        )
    presented = None if against is None else checkpointing.presented(against, options.stdin_for(against))
    found = checking.inspect(book, only=rules or (), strict=strict, read=read_data, presented=presented)
    wrong = sum(fault.severity is Severity.ERROR for fault in found.faults)
    if console.wants_json():
        faults = [{**dataclasses.asdict(fault), "id": fault.id or None} for fault in found.faults]
        payload = {"ledger": book.name, "ok": not wrong, "faults": faults, **_against(found)}
        console.document("ledger/check@1", payload)
    else:
        for fault in found.faults:
            _say(book, fault, presented)
        _sum_up(found, wrong)
    return FAULTS if wrong else None


def _against(found: Checkup) -> dict[str, object]:
    """What was held against the ledger, where something was."""
    if found.presented is None:
        return {}
    kept = not any(fault.rule in ("checkpoint", "unreadable") for fault in found.faults)
    about: dict[str, object] = {"file": found.presented.name, "kept": kept}
    match found.presented.found:
        case Checkpoint() as whole:
            about |= {"made_at": whole.made, "records": len(whole.heads), "entries": whole.entries}
        case Short() as line:
            about |= {"made_at": line.made, "records": line.records, "entries": line.entries}
    return {"against": about}


def _say(book: Book, fault: Fault, presented: Presented | None) -> None:
    if fault.severity is Severity.WARNING:
        message = Toned(_("warning: {message}").format(message=fault.message), "warn")
    else:
        message = Toned(fault.message, "bad")
    console.say(f"{fault.file}:{fault.line}: ", message)
    line = checking.excerpt(book, fault, presented)
    if line.strip() and not line.startswith("format"):
        console.say(Toned(f"{fault.line:>5} | {excerpt(line, _COLUMNS)}", "quiet"))
    console.say(f"  {fault.hint}")


def _sum_up(found: Checkup, wrong: int) -> None:
    about = _against(found).get("against")
    if isinstance(about, dict) and "records" in about:
        words = _("held against the checkpoint of {made_at}: {records} records, {entries} entries")
        console.tell(words.format(**about))
    if found.faults:
        console.tell(
            _(
                "errors: {errors}, warnings: {warnings}; files concerned: {concerned}; issues: {issues}"
            ).format(
                errors=wrong,
                warnings=len(found.faults) - wrong,
                concerned=found.concerned,
                issues=found.issues,
            )
        )
