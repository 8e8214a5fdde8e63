"""Stored codes inside sentences: the codes themselves in English, what people call them elsewhere."""

from __future__ import annotations

from gettext import pgettext
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The codes that messages name, by kind; the kind is the context under which they are translated.
#: Source: docs/contract.md §1.
CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "status": ("pending", "active", "interim", "done", "closing", "closed", "longterm", "void"),
        "act": (
            "add", "measure", "note", "evidence", "point", "interim", "done", "sign", "close", "return",
            "send_back", "reopen", "longterm", "void", "extend", "edit", "assign", "claim", "split", "merge",
            "move", "approve", "erratum", "confirm", "undo", "adopt", "renumber",
        ),
        "need": ("note", "result", "evidence", "meeting"),
    }
)  # fmt: skip


def said(kind: str, code: str) -> str:
    """A code of `kind` as a sentence names it; one that is not known as it is."""
    word = str(code)
    return pgettext(_context(kind), word) if word in CODES[kind] else word


def messages() -> Iterator[tuple[str, str]]:
    """Every (context, word) there is to translate."""
    for kind, codes in CODES.items():
        for code in codes:
            yield _context(kind), code


def _context(kind: str) -> str:
    return f"{kind} in a sentence"
