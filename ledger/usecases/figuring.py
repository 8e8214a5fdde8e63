"""Holding the figures of a document against each other, its working days by the public calendar."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from ledger.store.calendar import is_workday

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path
    from typing import BinaryIO

    from ledger.intake.claim import Claim
    from ledger.intake.document import Tell
    from ledger.intake.figured import Figures

_PUBLIC: Mapping[date, bool] = MappingProxyType({})


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


def settled(claims: Iterable[Claim], overrides: Mapping[date, bool] = _PUBLIC) -> tuple[Claim, ...]:
    """The claims with working days counted; `overrides` is what a ledger says besides the calendar."""
    from ledger.intake.figured import with_workdays

    return tuple(with_workdays(claim, partial(is_workday, overrides=overrides)) for claim in claims)
