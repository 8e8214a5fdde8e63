"""The public edition of a report: what it is made from without what is for the office alone, its view masked.

What may be shown is named here; whatever is not named is left out, so that something new is never published
by being forgotten.
"""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, Final, TypeVar

from ledger.domain.declaration import FieldType
from ledger.errors import RefusedError
from ledger.reports.basis import checkpoint
from ledger.reports.material import Case, Material

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from ledger.domain.clue import Clue
    from ledger.domain.entered import Entered
    from ledger.domain.issue import CloseOut, Issue, Measure, Target
    from ledger.domain.letter import Letter
    from ledger.reports.guard import Guard
    from ledger.reports.material import Registered
    from ledger.reports.views import Report

Counted = TypeVar("Counted", "Clue", "Letter")

#: What of an issue or a measure is shown as it is: codes, dates, numbers, and texts the view masks.
SHOWN: Final = frozenset(
    {
        "id", "uid", "number", "status", "unit", "co_units", "leader", "owner", "criterion", "deliverable",
        "result", "term", "continuing", "due", "due_original", "due_text", "interim_goal", "review_on",
        "signed", "steps", "next_step", "since", "closed_on", "reopened", "rebounds", "title", "category",
        "kind", "flags", "formerly", "plan", "head", "entries", "text", "recurrence", "issue_uid",
    }
)  # fmt: skip
#: What is shown in part; see `_issue` and `_measure`.
PARTLY: Final = frozenset({"measures", "serves", "points", "occurrences", "roster", "closeouts"})
#: What is left out, with what stands in its place.
LEFT_OUT: Final[Mapping[str, Any]] = {
    "remark": "", "evidence": (), "notes": (), "suspect": False, "rejected": 0, "requested": "",
    "void_why": "", "withheld": None, "variant_of": "", "claimed_by": "", "claimed_on": None,
}  # fmt: skip
#: What of a clue or a letter is shown: how many there are and where they stand, nothing they say.
_COUNTED: Final = frozenset({"uid", "id", "stage", "channel", "outcome", "rung"})
#: What of a record of a register is shown: what can be counted.
_COUNTABLE: Final = frozenset(
    {FieldType.DATE, FieldType.NUMBER, FieldType.MONEY, FieldType.FLAG, FieldType.CODE, FieldType.SERIAL,
     FieldType.UNIT}
)  # fmt: skip


def material(given: Material, guard: Guard) -> Material:
    """What the public edition is made from: figures and texts are of what may be shown alone.

    Shape: the checkpoint it prints is still that of the whole ledger. What was gathered and is not named here
        is not there for it.

    Raises:
        RefusedError: it was counted by the index, and what is withheld cannot be taken out of the figures.
    """
    basis = replace(given.basis, checkpoint=given.basis.checkpoint or checkpoint(given.recorded))
    if given.heads and guard.withheld:
        message = _("the report {kind} counts everything there is, and something is withheld")
        raise RefusedError(message.format(kind=given.wanted.kind), _("publish another: ledger report lists"))
    shown = (each for each in given.issues if each.uid not in guard.withheld)
    issues = tuple(_issue(each, guard) for each in shown)
    cases = tuple(_case(each, issues) for each in given.cases if each.target.uid not in guard.withheld)
    if not guard.profile.inner:
        return replace(given, basis=basis, issues=issues, cases=cases, restated=None)
    return Material(
        wanted=given.wanted,
        basis=basis,
        issues=issues,
        cases=cases,
        registers=tuple(map(_register, given.registers)),
        letters=tuple(map(_counted, given.letters)),
        clues=tuple(map(_counted, given.clues)),
        prose=given.prose,
        workdays=given.workdays,
        heads=given.heads,
        period=given.period,
        units=given.units,
        plan=given.plan,
    )


def left_out(given: Material, guard: Guard) -> tuple[str, ...]:
    """The ids of the issues that are left out, and of single measures of the others."""
    return tuple(
        each.id
        for issue in given.issues
        for each in ((issue,) if issue.uid in guard.withheld else issue.measures)
        if each.uid in guard.withheld
    )


def _register(given: Registered) -> Registered:
    known = given.declaration.fields
    shown = {name for name, field in known.items() if field.type in _COUNTABLE}
    return given._replace(records=tuple(_entered(each, shown) for each in given.records))


def _entered(record: Entered, shown: Container[str]) -> Entered:
    values = {name: value for name, value in record.values.items() if name in shown}
    return record._replace(values=values, evidence=())


def _counted(record: Counted) -> Counted:
    """A record without its texts; days and numbers stay."""
    said: dict[str, Any] = {}
    for name in record._fields:
        value = getattr(record, name)
        if name not in _COUNTED and isinstance(value, str | tuple):
            said[name] = "" if isinstance(value, str) else ()
    return record._replace(**said)


def _case(case: Case, issues: Sequence[Issue]) -> Case:
    """The same issue or measure as it may be shown, without what its history says besides."""
    issue = next(each for each in issues if each.uid == case.issue.uid)
    target = next(each for each in (issue, *issue.measures) if each.uid == case.target.uid)
    return Case(issue, target, case.done_on)


def _issue(issue: Issue, guard: Guard) -> Issue:
    shown = (each for each in issue.measures if each.uid not in guard.withheld)
    measures = tuple(_measure(each, guard) for each in shown)
    return replace(issue, **_target(issue, guard), measures=measures)


def _measure(measure: Measure, guard: Guard) -> Measure:
    given = _target(measure, guard)
    given["serves"] = tuple(uid for uid in measure.serves if uid not in guard.withheld)
    if guard.profile.inner:
        given["occurrences"] = tuple(each._replace(text="") for each in measure.occurrences)
        given["roster"] = tuple(each._replace(text="") for each in measure.roster)
    return replace(measure, **given)


def _target(target: Target, guard: Guard) -> dict[str, Any]:
    given: dict[str, Any] = {name: guard.post(getattr(target, name)) for name in ("leader", "owner")}
    if guard.profile.inner:
        there = {field.name for field in dataclasses.fields(target)}
        given |= {name: value for name, value in LEFT_OUT.items() if name in there}
        given["closeouts"] = tuple(map(_bare, target.closeouts))
    return given


def _bare(run: CloseOut) -> CloseOut:
    """Which steps were signed when, without by whom and in which words."""
    signatures = tuple(
        each._replace(signer="", meeting="", by="", opinion="", suspect=False) for each in run.signatures
    )
    return run._replace(why="", signatures=signatures)


# --- the view -----------------------------------------------------------------------------------------------

#: What of a view is no text for anybody, by the names of its fields.
_CODES: Final = frozenset({"key", "kind", "language", "style", "shape", "redacted"})


def report(given: Report, guard: Guard) -> Report:
    """The view with names and numbers masked in every text but the contact and what it is traced by."""
    made: Report = _masked(given, guard)
    if made.official is not None and given.official is not None:
        made = replace(made, official=replace(made.official, contact=given.official.contact))
    return replace(made, stamp=given.stamp)


def _masked(value: Any, guard: Guard) -> Any:  # noqa: ANN401 - a view holds many kinds
    if type(value) is str:
        return guard.masked(value)
    if type(value) is tuple:
        return tuple(_masked(each, guard) for each in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        field.name: _masked(getattr(value, field.name), guard)
        for field in dataclasses.fields(value)
        if field.name not in _CODES
    }
    return replace(value, **changed)
