"""Gathering what a report is made from, as the ledger is or as it was."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from ledger.errors import UsageError
from ledger.reports.basis import Basis
from ledger.reports.material import Material
from ledger.usecases import reading

if TYPE_CHECKING:
    from ledger.domain.letter import Letter
    from ledger.reports.material import Wanted
    from ledger.usecases.sight import Sight


def gather(sight: Sight, wanted: Wanted, version: str) -> Material:
    """What the report asked for is made from; `version` is that of the program.

    Raises:
        DamageError: a record cannot be read.
        NotFoundError: what the report is asked for about is not there.
        UsageError: it is something else, or not said.
        RefusedError: a rule forbids a report about it.
    """
    basis = _basis(sight, version)
    match wanted.kind:
        case "status" | "ranking" | "register":
            make = {"status": _status, "ranking": _ranking, "register": _listed}[wanted.kind]
            return make(sight, wanted, version)
        case "lists" if wanted.plan is not None:
            return _planned(sight, wanted, wanted.plan, version)
        case "closeout":
            return _to_close(sight, wanted, basis)
        case "extension":
            return _to_extend(sight, wanted, basis)
        case "letter":
            return Material(wanted=wanted, basis=basis, letters=_letter(sight, wanted))
        case "dossier":
            from ledger.usecases import dossiers

            return dossiers.material(sight, wanted, version)
        case "evidence":
            return _evidence(sight, wanted, basis)
        case "lookback":
            return _looked_back(sight, wanted, basis)
    issues = reading.issues_of(sight.book, as_of=sight.as_of, known_at=sight.known_at)
    return Material(wanted=wanted, basis=basis, issues=issues, **_besides(sight, wanted, version))


def _status(sight: Sight, wanted: Wanted, version: str) -> Material:
    from ledger.usecases.changing import at_its_end
    from ledger.usecases.desk import desk
    from ledger.usecases.letters.reading import letters

    sight, period = at_its_end(sight, wanted.period or "month")
    given = {"basis": _basis(sight, version), "period": period, **_besides(sight, wanted, version)}
    if wanted.redact:  # what is withheld has to be taken out of the issues before anything is counted
        issues = reading.issues_of(sight.book, as_of=sight.as_of, known_at=sight.known_at)
        return Material(wanted=wanted, issues=issues, **given)
    standing, history, heads = desk(sight, period)
    return Material(
        wanted=wanted, heads=heads, standing=standing, history=history, letters=letters(sight), **given
    )


def _ranking(sight: Sight, wanted: Wanted, version: str) -> Material:
    from ledger.usecases.changing import at_its_end
    from ledger.usecases.ranking import units

    sight, period = at_its_end(sight, wanted.period or "month")
    found, heads = units(sight, wanted.rate)
    return Material(wanted=wanted, basis=_basis(sight, version), heads=heads, period=period, units=found)


def _listed(sight: Sight, wanted: Wanted, version: str) -> Material:
    from ledger.usecases import registerreports
    from ledger.usecases.changing import at_its_end

    declaration, period = registerreports.meant(sight.book, wanted.register), None
    if wanted.period:
        sight, period = at_its_end(sight, wanted.period)
    listed = registerreports.listed(sight, declaration, period)
    return Material(wanted=wanted, basis=_basis(sight, version), listed=listed, period=period)


def _planned(sight: Sight, wanted: Wanted, number: int, version: str) -> Material:
    """What an approved version of the plan holds, as of the day it was approved."""
    from ledger.domain.issue import issue_of
    from ledger.usecases.approving import plan_states, plan_versions

    states = plan_states(sight.book, number).values()
    plan = plan_versions(sight.book)[number]
    issues = sorted(map(issue_of, states), key=lambda each: each.number)
    basis = _basis(sight._replace(day=plan.on), version)
    return Material(wanted=wanted, basis=basis, issues=tuple(issues), plan=plan)


def _basis(sight: Sight, version: str) -> Basis:
    return Basis(sight.book.name, sight.book.settings, sight.day, sight.known_at, version)


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


def _to_extend(sight: Sight, wanted: Wanted, basis: Basis) -> Material:
    from ledger.usecases import casefiles

    cases = casefiles.to_extend(sight, wanted.ids)
    return Material(wanted=wanted, basis=basis, issues=casefiles.issues_of(cases), cases=cases)


def _letter(sight: Sight, wanted: Wanted) -> tuple[Letter, ...]:
    from ledger.usecases.letters import reading as letters

    found = letters.chosen(sight, wanted.ids) if wanted.ids else ()
    if len(found) != 1:
        message = _("a letter is a document of its own")
        raise UsageError(message, _("name one: ledger report letter L3"))
    return tuple(letter for _record, letter in found)


def _evidence(sight: Sight, wanted: Wanted, basis: Basis) -> Material:
    from ledger.usecases import casefiles, papers

    cases, filed = papers.filed(sight, wanted.ids)
    issues = casefiles.issues_of(cases)
    return Material(wanted=wanted, basis=basis, issues=issues, cases=cases, filed=filed)


def _looked_back(sight: Sight, wanted: Wanted, basis: Basis) -> Material:
    from ledger.usecases import casefiles

    looked, issues = casefiles.looked_back(sight, wanted.ids)
    return Material(wanted=wanted, basis=basis, issues=issues, lookback=looked)


def _besides(sight: Sight, wanted: Wanted, version: str) -> dict[str, Any]:
    """What a kind needs besides issues, as keywords of `Material`."""
    if wanted.kind == "notice":
        from ledger.usecases import noticing

        return noticing.gathered(sight)
    if wanted.kind == "progress":
        from ledger.usecases import noticing

        return noticing.reported(sight)
    if wanted.kind == "status":
        from ledger.usecases import restating

        return {"restated": restating.restated(sight, wanted, version)}
    return {}
