"""Holding the figures of a document against each other, its working days by the public calendar."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledger.domain.workdays import NO_OFFICE_DAYS
from ledger.store.calendar import workdays_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import BinaryIO

    from ledger.domain.workdays import OfficeDays
    from ledger.intake.claim import Claim
    from ledger.intake.document import Tell
    from ledger.intake.figured import Figures


def figures(name: str | Path, *, stdin: BinaryIO, on_progress: Tell | None = None) -> Figures:
    """What a file says of its own figures; "-" stands for standard input.

    Raises:
        NotFoundError: there is no such file.
        UsageError: it is a folder.
        RejectedInputError: too large, of a kind or in an encoding that is not read, damaged, or hostile.
        StorageError: the disk does not give it.
    """
    from ledger.intake import claims

    found = claims(name, stdin=stdin, on_progress=on_progress)
    return replace(found, claims=settled(found.claims))


def settled(claims: Iterable[Claim], office: OfficeDays = NO_OFFICE_DAYS) -> tuple[Claim, ...]:
    """The claims with working days counted; `office` is what a ledger says besides the calendar."""
    from ledger.intake.figured import with_workdays

    return tuple(with_workdays(claim, workdays_of(office)) for claim in claims)
