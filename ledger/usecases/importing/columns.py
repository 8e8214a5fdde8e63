"""What the columns of a list mean: saved maps found again by the headers, and a new one kept."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.filenames import free, harmless
from ledger.store import columnmaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.intake.proposal import Proposal
    from ledger.store.book import Book
    from ledger.store.columnmaps import ColumnMap


class NewMap(NamedTuple):
    """A map to keep: where, its bytes, and the digest of what lies there."""

    path: PurePosixPath
    data: bytes
    digest: str | None


def saved_map(book: Book, proposal: Proposal) -> ColumnMap | None:
    """The map kept for a list with just these headers.

    Raises:
        DamageError: a file under ``maps/`` is no map.
    """
    wanted = headers(proposal)
    if not wanted:
        return None
    return next((each for each in columnmaps.saved(book.folder) if each.headers == wanted), None)


def every_map(book: Book) -> Sequence[ColumnMap]:
    """All maps that were kept.

    Raises:
        DamageError: a file under ``maps/`` is no map.
    """
    return columnmaps.saved(book.folder)


def headers(proposal: Proposal) -> tuple[str, ...]:
    """The headers of a list, blanks aside, in order: what it is known by next month."""
    plain = ("".join(each.header.split()) for each in proposal.columns)
    return tuple(each for each in plain if each)


def new_map(book: Book, proposal: Proposal, specs: Sequence[str]) -> NewMap | None:
    """The map to keep for next month; nothing where none was made, or just this one is kept.

    Raises:
        DamageError: a file under ``maps/`` is no map.
    """
    wanted = headers(proposal)
    if not specs or not wanted:
        return None
    known = columnmaps.saved(book.folder)
    data = columnmaps.rendered(wanted, specs)
    same = next((each for each in known if each.headers == wanted), None)
    if same is not None:
        return None if same.specs == tuple(specs) else NewMap(same.path, data, same.digest)
    taken = {each.path.name.casefold() for each in known}
    name = free(_stem(proposal.file), ".toml", taken)
    return NewMap(PurePosixPath(columnmaps.FOLDER, name), data, None)


def _stem(file: str) -> str:
    """What to call a map: as the file without its ending."""
    return PurePosixPath(harmless(file, "columns")).stem.lstrip(".-") or "columns"
