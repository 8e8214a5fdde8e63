"""Verifying what was frozen: every file is what it was, and the records still give the same reports."""

from __future__ import annotations

import json
from functools import partial
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.frozen import Slip, slips
from ledger.errors import LedgerError, NotFoundError
from ledger.store import files, staging
from ledger.store import frozen as folders
from ledger.store.frozenbook import FrozenBook
from ledger.usecases import freezing
from ledger.usecases.sight import Sight

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.domain.frozen import Frozen
    from ledger.store.book import Book


class Verified(NamedTuple):
    """What came of verifying a frozen period.

    Shape: `frozen` is None where its manifest cannot be read; `compared` says of every report what of it was
        held against what was sent: its ``bytes`` or its ``view``, made again, or, of a report by another
        version of the program, only its ``hash``; none where anything is not what it was.
    """

    name: str
    frozen: Frozen | None
    slips: tuple[Slip, ...]
    compared: dict[str, str]

    @property
    def holds(self) -> bool:
        """Whether all of it is what it was."""
        return not self.slips


def verify(book: Book, named: Sequence[str], version: str) -> list[Verified]:
    """What became of the frozen periods named, or of all there are; `version` is that of the program.

    Raises:
        NotFoundError: nothing of that name is frozen, or nothing at all.
    """
    there = folders.known(book.folder, folders.registered(book))
    wanted = [_meant(book, each, there) for each in named] or there
    if not wanted:
        raise NotFoundError(_("nothing is frozen yet"), _("freeze a period with: ledger freeze PERIOD"))
    state = book.workspace.state
    return [staging.at_one_moment(state, partial(_verified, book, name, version)) for name in wanted]


def _meant(book: Book, words: str, there: Sequence[str]) -> str:
    """The folder somebody means, by its name or by the words for its period: then its last issue."""
    if words in there:
        return words
    name = freezing.last_issue(book, words)
    if name is None:
        names = ", ".join(there)
        hint = _("frozen are: {names}").format(names=names) if there else _("freeze it with: ledger freeze")
        raise NotFoundError(_("{name} is not frozen").format(name=words), hint)
    return name


def _verified(book: Book, name: str, version: str) -> Verified:
    kept = folders.kept(book.folder, name)
    frozen, found = kept.frozen, tuple(slips(kept, folders.registered(book)))
    if found or frozen is None:
        return Verified(name, frozen, found, {})
    try:
        compared = dict(_compared(book, frozen, version))
    except LedgerError as error:
        return Verified(name, frozen, (Slip(kept.path, error.message, error.hint),), {})
    found = tuple(_differs(kept.path, frozen, report, version) for report, how in compared.items() if not how)
    return Verified(name, frozen, found, {} if found else compared)


def _compared(book: Book, frozen: Frozen, version: str) -> Iterator[tuple[str, str]]:
    """Every file made of the records, and how it agrees with what is made again; empty where it does not."""
    home = book.folder / folders.FOLDER / frozen.name
    same = frozen.version == version
    then = FrozenBook(book, frozen, cut=True)
    sight = Sight(then, frozen.as_of, frozen.as_of, frozen.known_at)
    wanted = freezing.sheets(frozen.reports)
    again = freezing.documents(sight, wanted, version, frozen.period)
    for path, data in again.items():
        if path.startswith(f"{folders.VIEWS}/"):
            agrees = _says(json.loads(files.read(home / path)), json.loads(data), same=same)
            yield path, "view" if agrees else ""
        elif same:
            yield path, "bytes" if files.read(home / path) == data else ""
        else:
            yield path, "hash"


def _says(was: Any, now: Any, *, same: bool) -> bool:  # noqa: ANN401 - whatever JSON holds
    """Whether a view made again says what it said; one of another version may say more, and names itself."""
    if same or type(was) is not type(now):
        return bool(was == now)
    if isinstance(was, dict):
        return all(
            name == "version" or (name in now and _says(value, now[name], same=False))
            for name, value in was.items()
        )
    if isinstance(was, list):
        pairs = zip(was, now, strict=False)
        return len(was) == len(now) and all(_says(one, other, same=False) for one, other in pairs)
    return bool(was == now)


def _differs(home: str, frozen: Frozen, report: str, version: str) -> Slip:
    path = f"{home}/{report}"
    message = _("made again from the records as they were, it says something else")
    if frozen.version == version:
        hint = _("ledger check names what does not hold; else hold a copy against it that is whole")
    else:
        hint = _("it was made by version {then} and this is {now}: verify it with that version").format(
            then=frozen.version, now=version
        )
    return Slip(path, message, hint)
