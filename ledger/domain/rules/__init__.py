"""What must hold in a ledger: a fault is data, a rule is a function.

Records are looked at one by one, so that any number of them can be, by several processes; what is kept of
each in brief is enough for the rules that need all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import TYPE_CHECKING, Literal

from ledger.domain.rules import clues, fields, history, identity, kept, letters, lookback, outside, registers
from ledger.domain.rules.brief import brief_of
from ledger.domain.rules.subject import (
    Around,
    Brief,
    Checked,
    Compared,
    Fault,
    Names,
    Original,
    PeopleFile,
    PlanFile,
    Severity,
    Shelf,
    Subject,
    Unreadable,
)
from ledger.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = [
    "RULES",
    "Around",
    "Brief",
    "Checked",
    "Compared",
    "Fault",
    "Names",
    "Original",
    "PeopleFile",
    "PlanFile",
    "Rule",
    "Severity",
    "Shelf",
    "Subject",
    "Unreadable",
    "brief_of",
    "chosen",
    "in_order",
    "look_across",
    "look_at",
]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name, the set it belongs to, and the functions that find what breaks it.

    Shape: `every` looks at each record by itself, `sound` only at those whose history holds, `across`
        at the ledger as a whole, by what is kept in brief of each record.
    """

    name: str
    group: Literal["basic", "strict"]
    every: Callable[[Checked], Iterable[Fault]] | None = None
    sound: Callable[[Checked], Iterable[Fault]] | None = None
    across: Callable[[Subject], Iterable[Fault]] | None = None


#: Every rule there is, what can be read first. Strict ones are about what cannot be mended any more,
#: and about what takes as long again.
RULES: tuple[Rule, ...] = (
    Rule("unreadable", "basic", across=kept.unreadable),
    Rule("deleted", "basic", across=kept.deleted),
    Rule("entries", "basic", every=history.entries),
    Rule("links", "basic", every=history.links),
    Rule("head", "basic", every=history.head),
    Rule("moves", "basic", sound=history.moves),
    Rule("steps", "basic", sound=history.steps),
    Rule("dates", "basic", sound=history.dates),
    Rule("status", "basic", sound=fields.status),
    Rule("protected", "basic", sound=fields.protected),
    Rule("hand-edits", "basic", sound=fields.hand_edits),
    Rule("comments", "basic", every=fields.comments),
    Rule("form", "basic", every=fields.form),
    Rule("file-name", "basic", sound=identity.file_name),
    Rule("uids", "basic", across=identity.uids),
    Rule("numbers", "basic", every=identity.measure_numbers, across=identity.numbers),
    Rule("references", "basic", across=identity.references),
    Rule("clues", "basic", sound=clues.steps, across=clues.links),
    Rule("register-links", "basic", across=registers.linked),
    Rule("registers", "basic", sound=registers.fits, across=registers.undeclared),
    Rule("series", "basic", across=registers.series),
    Rule("people", "basic", across=identity.people),
    Rule("people-file", "basic", across=identity.people_file),
    Rule("feedback", "basic", sound=fields.feedback),
    Rule("original-deadline", "basic", sound=fields.original_deadline),
    Rule("text", "basic", every=fields.text),
    Rule("evidence", "basic", sound=kept.evidence, across=kept.shelf),
    Rule("plans", "basic", across=kept.plans),
    Rule("frozen", "basic", across=kept.frozen),
    Rule("letter-numbers", "basic", across=letters.numbers),
    Rule("letter-items", "basic", across=letters.items),
    Rule("letter-text", "basic", sound=letters.text),
    Rule("lookback", "basic", sound=lookback.plan, across=lookback.items),
    Rule("checkpoint", "basic", every=outside.history, across=outside.ledger),
    Rule("clock", "strict", sound=history.clock),
    Rule("index", "strict", across=kept.index),
)


def look_at(record: Checked, rules: Iterable[Rule]) -> list[Fault]:
    """What breaks the rules in one record by itself."""
    found: list[Fault] = []
    for rule in rules:
        if rule.every is not None:
            found += _named(rule, rule.every(record))
        if rule.sound is not None and record.holds:
            found += _named(rule, rule.sound(record))
    return found


def look_across(subject: Subject, rules: Iterable[Rule]) -> list[Fault]:
    """What breaks the rules in a ledger as a whole."""
    return [
        fault for rule in rules if rule.across is not None for fault in _named(rule, rule.across(subject))
    ]


def _named(rule: Rule, faults: Iterable[Fault]) -> list[Fault]:
    return [replace(fault, rule=rule.name) for fault in faults]


def in_order(faults: Iterable[Fault], *, strict: bool = False) -> list[Fault]:
    """Faults by file and line; with `strict` warnings are errors."""
    found = (replace(fault, severity=Severity.ERROR) for fault in faults) if strict else faults
    return sorted(found, key=lambda fault: (fault.file, fault.line, fault.rule, fault.id, fault.message))


def chosen(only: Sequence[str] = (), *, strict: bool = False) -> list[Rule]:
    """The rules that names, or a set, stand for.

    Raises:
        UsageError: there is no rule of that name.
    """
    known = {rule.name: rule for rule in RULES}
    for name in only:
        if name not in known:
            raise UsageError(
                _("there is no rule {name}").format(name=name),
                _("there are: {names}").format(names=", ".join(known)),
            )
    if only:
        return [known[name] for name in dict.fromkeys(only)]
    return [rule for rule in RULES if strict or rule.group == "basic"]
