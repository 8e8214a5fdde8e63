"""Check: what does not hold in the ledger, by file and line."""

from __future__ import annotations

import dataclasses
from gettext import gettext as _
from typing import Annotated

import typer

from ledger.commands import deeds
from ledger.domain.rules import RULES, Fault, Severity
from ledger.domain.text import excerpt
from ledger.store.book import Book
from ledger.ui import console
from ledger.ui.console import Toned
from ledger.usecases import checking
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


def check(
    rules: Names = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Try every rule, and count warnings as errors.")
    ] = False,
    read_data: Annotated[
        bool, typer.Option("--read-data", help="Read every file of evidence and compare its digest.")
    ] = False,
) -> int | None:
    """Find what does not hold in the ledger; says nothing when all is well.

    Everything is read from the files, nothing is changed. Exits with 7 when something is wrong, with 0 when
    there are only warnings, such as fields that were changed by hand.

    Examples:
        ledger check
        ledger check --strict --read-data
        ledger check status links
    """
    book = deeds.opened()
    found = checking.inspect(book, only=rules or (), strict=strict, read_data=read_data)
    wrong = sum(fault.severity is Severity.ERROR for fault in found.faults)
    if console.wants_json():
        faults = [{**dataclasses.asdict(fault), "id": fault.id or None} for fault in found.faults]
        console.document("ledger/check@1", {"ledger": book.name, "ok": not wrong, "faults": faults})
    else:
        for fault in found.faults:
            _say(book, fault)
        _sum_up(found, wrong)
    return FAULTS if wrong else None


def _say(book: Book, fault: Fault) -> None:
    if fault.severity is Severity.WARNING:
        message = Toned(_("warning: {message}").format(message=fault.message), "warn")
    else:
        message = Toned(fault.message, "bad")
    console.say(f"{fault.file}:{fault.line}: ", message)
    line = checking.excerpt(book, fault)
    if line.strip() and not line.startswith("format"):
        console.say(Toned(f"{fault.line:>5} | {excerpt(line, _COLUMNS)}", "quiet"))
    console.say(f"  {fault.hint}")


def _sum_up(found: Checkup, wrong: int) -> None:
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
