"""What must hold in a ledger: a fault is data, a rule is a function, and `check` runs them all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import TYPE_CHECKING, Literal

from ledger.domain.rules import fields, history, identity, kept
from ledger.domain.rules.subject import Checked, Fault, Names, PlanFile, Severity, Subject, Unreadable
from ledger.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = [
    "RULES",
    "Checked",
    "Fault",
    "Names",
    "PlanFile",
    "Rule",
    "Severity",
    "Subject",
    "Unreadable",
    "check",
    "chosen",
]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name, the set it belongs to, and the function that finds what breaks it."""

    name: str
    group: Literal["basic", "strict"]
    find: Callable[[Subject], Iterable[Fault]]


#: Every rule there is, what can be read first. Strict ones are about what cannot be mended any more.
RULES: tuple[Rule, ...] = (
    Rule("unreadable", "basic", kept.unreadable),
    Rule("entries", "basic", history.entries),
    Rule("links", "basic", history.links),
    Rule("head", "basic", history.head),
    Rule("moves", "basic", history.moves),
    Rule("steps", "basic", history.steps),
    Rule("dates", "basic", history.dates),
    Rule("status", "basic", fields.status),
    Rule("protected", "basic", fields.protected),
    Rule("hand-edits", "basic", fields.hand_edits),
    Rule("comments", "basic", fields.comments),
    Rule("form", "basic", fields.form),
    Rule("file-name", "basic", identity.file_name),
    Rule("uids", "basic", identity.uids),
    Rule("numbers", "basic", identity.numbers),
    Rule("references", "basic", identity.references),
    Rule("people", "basic", fields.people),
    Rule("feedback", "basic", fields.feedback),
    Rule("original-deadline", "basic", fields.original_deadline),
    Rule("text", "basic", fields.text),
    Rule("evidence", "basic", kept.evidence),
    Rule("plans", "basic", kept.plans),
    Rule("clock", "strict", history.clock),
)


def check(subject: Subject, *, only: Sequence[str] = (), strict: bool = False) -> list[Fault]:
    """Every fault of every rule, by file and line; the first does not hide the rest.

    Shape: `only` names rules; without them all basic ones run, with `strict` all, and then
        warnings are errors.

    Raises:
        UsageError: there is no rule of that name.
    """
    faults = [
        replace(fault, rule=rule.name, severity=Severity.ERROR if strict else fault.severity)
        for rule in chosen(only, strict=strict)
        for fault in rule.find(subject)
    ]
    return sorted(faults, key=lambda fault: (fault.file, fault.line, fault.rule, fault.id, fault.message))


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
