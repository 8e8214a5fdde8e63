"""Stored codes inside sentences: the codes themselves in English, what people call them elsewhere."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ledger.errors import LedgerError

#: The codes that messages name, by kind; the kind is the context under which they are translated.
#: Source: docs/contract.md §1.
CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "status": ("pending", "active", "interim", "done", "closing", "closed", "longterm", "void"),
        "stage": (
            "kept", "void", "draft", "signed", "answered", "withdrawn", "registered",
            "routed", "verified", "transferred", "acknowledged", "concluded", "issue", "planned", "drawn",
            "finished",
        ),
        "act": (
            "add", "measure", "note", "evidence", "point", "roster", "occur", "interim", "done", "sign",
            "close", "return", "send_back", "reopen", "longterm", "void", "extend", "edit", "assign", "claim",
            "split", "merge", "move", "approve", "erratum", "confirm", "undo", "adopt", "renumber", "resolve",
            "handover", "route", "verify", "transfer", "receipt", "result", "conclude", "issue", "feedback",
            "sample", "record", "finish", "reply", "judge", "withdraw", "withhold",
        ),
        "field": (
            "title", "text", "category", "unit", "co_units", "leader", "owner", "criterion", "deliverable",
            "result", "term", "continuing", "due", "due_text", "interim_goal", "review_on", "recurrence",
            "serves", "flags", "variant_of", "withheld", "remark", "status",
        ),
        "term": ("immediate", "phased", "longterm"),
        "need": ("note", "result", "evidence", "meeting"),
    }
)  # fmt: skip


def said(kind: str, code: str) -> str:
    """A code of `kind` as a sentence names it; one that is not known as it is."""
    word = str(code)
    return pgettext(_context(kind), word) if word in CODES[kind] else word


def listed(words: Iterable[str]) -> str:
    """Several words one after another, as the language in force lists them."""
    return pgettext("document", ", ").join(words)


def dated(day: dt.date) -> str:
    """A day as documents write it; as ISO has it where a language has no way of its own."""
    form = pgettext("document", "{year}-{month}-{day}")
    own = form != "{year}-{month}-{day}"
    return form.format(year=day.year, month=day.month, day=day.day) if own else day.isoformat()


def some(words: Sequence[str], most: int = 12) -> str:
    """Several words as `listed`, the first of them where there are many."""
    if len(words) <= most:
        return listed(words)
    return _("{names} and {count} more").format(names=listed(words[:most]), count=len(words) - most)


def clauses(parts: Iterable[str]) -> str:
    """Several parts of one sentence, each of which may itself be a list."""
    return pgettext("document", "; ").join(parts)


def with_hint(error: LedgerError) -> str:
    """What an error says and what to do next, in one sentence."""
    return clauses(filter(None, (error.message, error.hint)))


def step_words(code: str, label: str) -> str:
    """A close-out step as a sentence names it: its code in English, elsewhere its label and the code."""
    return pgettext("step in a sentence", "{code}").format(code=code, label=label) if label else code


def messages() -> Iterator[tuple[str, str]]:
    """Every (context, word) there is to translate."""
    for kind, codes in CODES.items():
        for code in codes:
            yield _context(kind), code


def _context(kind: str) -> str:
    return f"{kind} in a sentence"
