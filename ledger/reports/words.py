"""The words of documents: stored codes as a reader knows them, in the language spoken now.

Words that a screen shows too stand under the same context in the catalogue, so that they are translated once.
"""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ledger.reports.views import Column, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ledger.domain.issue import Target
    from ledger.domain.settings import Settings

#: English word of every code that stands in documents, by the context of its translation.
#: Source: docs/contract.md §1.
WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "status": {
            "pending": "not started",
            "active": "in progress",
            "interim": "interim",
            "done": "done, awaiting close-out",
            "closing": "in close-out",
            "closed": "closed",
            "longterm": "long-term",
            "void": "void",
        },
        "term": {"immediate": "immediate", "phased": "phased", "longterm": "long-term"},
        "kind": {"finding": "finding", "theme": "theme"},
        "outcome": {"open": "open", "closed": "closed", "returned": "returned", "reopened": "reopened"},
        "flag": {"rebound_prone": "prone to rebound"},
        "act": {"extend": "extended", "longterm": "long-term"},
        "field": {
            "id": "no.",
            "uid": "identity",
            "kind": "kind",
            "title": "issue",
            "category": "category",
            "text": "measure",
            "measures": "measures",
            "points": "points",
            "unit": "unit",
            "co_units": "co-units",
            "leader": "leader",
            "owner": "owner",
            "criterion": "criterion",
            "deliverable": "deliverable",
            "result": "result",
            "term": "term",
            "continuing": "continuing",
            "due": "due",
            "due_original": "original due date",
            "due_text": "due as printed",
            "interim_goal": "interim goal",
            "review_on": "next review",
            "claimed_by": "claimed by",
            "claimed_on": "claimed on",
            "flags": "flags",
            "remark": "remark",
            "evidence": "evidence",
            "status": "status",
            "overdue_days": "days overdue",
            "rebounds": "rebounds",
            "suspect": "suspect sign-offs",
            "name": "name",
            "proves": "proves",
            "size": "size",
            "sha256": "sha256",
            "on": "on",
            "signer": "signer",
            "meeting": "meeting",
            "step": "step",
            "opinion": "opinion",
            "why": "reason",
            "total": "total",
        },
    }
)


def word(kind: str, code: str) -> str:
    """The word for one code; a code nobody knows is its own word."""
    known = WORDS[kind].get(code)
    return code if known is None else pgettext(kind, known)


def words(kind: str) -> dict[str, str]:
    """Every word of one kind, looked up once: for loops."""
    return {code: pgettext(kind, english) for code, english in WORDS[kind].items()}


def columns(*codes: str | tuple[str, Kind] | Column) -> tuple[Column, ...]:
    """Columns headed by the words of fields; a finished column stands as it is."""
    made = []
    for code in codes:
        if isinstance(code, Column):
            made.append(code)
        elif isinstance(code, tuple):
            made.append(Column(code[0], word("field", code[0]), code[1]))
        else:
            made.append(Column(code, word("field", code)))
    return tuple(made)


def together(names: Iterable[str]) -> str:
    """Several names as one text."""
    return pgettext("document", ", ").join(names)


def term(target: Target) -> str:
    """The term, with what is said beside it when the work is to be continued."""
    label = word("term", target.term) if target.term else ""
    if not target.continuing:
        return label
    return _("{term}, then kept up").format(term=label) if label else _("kept up")


def standing(target: Target) -> str:
    """The status, with how many sign-offs stand while it is being closed out."""
    label = word("status", target.status)
    if target.status == "closing":
        return _("{status} {signed}/{steps}").format(status=label, signed=target.signed, steps=target.steps)
    return label


def requested(target: Target) -> str:
    """What has been asked for and not answered."""
    known = {"extend": _("extension asked for"), "longterm": _("long-term asked for")}
    return known.get(target.requested, "")


def steps(settings: Settings) -> dict[str, str]:
    """The labels of the close-out chain in force, by code."""
    return {step.code: step.label or step.code for step in settings.chain.steps}
