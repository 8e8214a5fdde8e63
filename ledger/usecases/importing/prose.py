"""A document's own paragraphs, kept as prose; what the office wrote there since is not written over."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from ledger.store import files

if TYPE_CHECKING:
    from ledger.intake.proposal import Proposal
    from ledger.store.book import Book
    from ledger.usecases.importing.revising import Prefer


class Prose(NamedTuple):
    """A file of paragraphs: `digest` of what lies there, None for nothing; kept as it is, or written."""

    path: PurePosixPath
    data: bytes
    digest: str | None
    is_written: bool


def prose_of(book: Book, proposal: Proposal, prefer: Prefer) -> tuple[Prose, ...]:
    """The paragraphs of a document that are not kept yet, or that are kept otherwise."""
    texts: dict[str, list[str]] = {}
    for passage in proposal.prose:
        texts.setdefault(passage.name, []).append(passage.text.strip("\n"))
    found = []
    for name, parts in texts.items():
        path = PurePosixPath("prose", f"{name}.md")
        data = ("\n\n".join(parts) + "\n").encode()
        digest = files.digest_at(book.folder / path)
        if digest != files.digest(data):
            found.append(Prose(path, data, digest, digest is None or prefer == "theirs"))
    return tuple(found)
