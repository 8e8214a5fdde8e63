"""Gathering what a report is made from, as the ledger is or as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.reports.basis import Basis
from ledger.reports.material import Material
from ledger.usecases import reading

if TYPE_CHECKING:
    from ledger.reports.material import Wanted
    from ledger.usecases.sight import Sight


def gather(sight: Sight, wanted: Wanted, version: str) -> Material:
    """What the report asked for is made from; `version` is that of the program.

    Raises:
        DamageError: a record cannot be read.
    """
    basis = Basis(sight.book.name, sight.book.settings, sight.day, sight.known_at, version)
    if wanted.kind == "closeout":
        return _to_close(sight, wanted, basis)
    issues = reading.issues_of(sight.book, as_of=sight.as_of, known_at=sight.known_at)
    return Material(wanted=wanted, basis=basis, issues=issues)


def _to_close(sight: Sight, wanted: Wanted, basis: Basis) -> Material:
    from ledger.usecases import casefiles

    cases = casefiles.to_close(sight, wanted.ids)
    return Material(
        wanted=wanted,
        basis=basis,
        issues=casefiles.issues_of(cases),
        cases=cases,
        registers=casefiles.registered(sight, cases),
    )
