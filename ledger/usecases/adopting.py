"""Hand edits taken onto the books: plain ones recorded, comments kept, whole new files given their place."""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.ids import number_in, parse_ids
from ledger.domain.kinds import meant
from ledger.domain.schema import ISSUE
from ledger.errors import LedgerError, NotFoundError, UsageError
from ledger.store import recordfile
from ledger.store.record import Record
from ledger.usecases import handedits, handwritten
from ledger.usecases.change import Desk, Outcome, Work, change
from ledger.usecases.handwritten import Written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.domain.schema import Schema
    from ledger.store.book import Book
    from ledger.usecases.handedits import PutBack

#: A name the program gives.
_OURS = re.compile(r"[0-9]{4,}-[0-9a-z]{8}\.toml")


class Adopted(NamedTuple):
    """What `adopt` did.

    Shape: `ids` are the records edited by hand; `added` leads from a file somebody wrote to the id it was
        given; `put_back` are the fields that say again what the history says.
    """

    ids: list[str]
    added: dict[str, str]
    put_back: list[PutBack]


def adopt(desk: Desk, ids: Sequence[str] = (), *, put_back: bool = False) -> Outcome[Adopted]:
    """Record plain edits made by hand, take comments into the remark, put new files on the books.

    Shape: without ids every record is looked at. With `put_back` what nobody may edit by hand is written
        as the history has it.

    Raises:
        ConflictError: something was edited that nobody may edit by hand.
        NotFoundError: there is no such record.
        RejectedInputError: a file written by hand cannot go on the books, or a text holds what none may hold.
        UsageError: `put_back` without an id, or an id of something else.
    """
    if put_back and not ids:
        raise UsageError(
            _("nothing is put back everywhere at once"), _("name the issues: ledger adopt ID --put-back")
        )

    def deed(work: Work) -> Adopted:
        done = Adopted([], {}, [])
        records, written = _meant(desk.book, ids)
        if not put_back:
            handedits.refuse_protected(records)
        for record in records:
            back = handedits.put_back(record) if put_back else []
            changes = handedits.with_comments(record, handedits.cleaned(record))
            if changes or back or recordfile.comments(record.text.text.encode()):
                work.adopt(record, changes)
                done.ids.append(record.schema.id_of(int(record.state.fields["number"])))
                done.put_back.extend(back)
        for found in sorted(written, key=lambda each: not isinstance(each.number, int)):
            done.added[found.path] = _add(work, found, [each.name for each in written])
        return done

    return change(desk, "adopt", deed)


def _add(work: Work, found: Written, names: Sequence[str]) -> str:
    record = handwritten.read(found)
    draft = work.new(found.schema, written=found)
    taken = _in_git(work.book, found.schema)
    number = work.next_number(found.schema, wanted=record.number, but=names, taken=taken)
    if record.number not in (None, number):
        message = _("{path} asks for number {wanted}, which was used before; it gets {number}")
        draft.warnings.append(message.format(path=found.path, wanted=record.number, number=number))
    work.keep_unknown(found, handwritten.add(draft, work.book, found, number, record))
    return draft.name()


def _meant(book: Book, ids: Sequence[str]) -> tuple[list[Record], list[Written]]:
    """The records that ids mean, or all, and the files among them that somebody wrote by hand."""
    if ids:
        found = [_found(book, *meant(each)) for each in parse_ids(ids)]
    else:
        found = [
            handwritten.opened(book, schema, name) for schema in book.schemas() for name in book.names(schema)
        ]
    by_path = {str(each.path): each for each in found}
    records = [each for each in by_path.values() if isinstance(each, Record)]
    return records, [each for each in by_path.values() if isinstance(each, Written)]


def _found(book: Book, schema: Schema, number: int) -> Record | Written:
    """The record of that number, or the file written by hand that asks for it or is named for it."""
    names = [name for name in book.names(schema) if number_in(name) == number]
    if len(names) == 1:
        each = handwritten.opened(book, schema, names[0])
        if isinstance(each, Written) or schema is not ISSUE:
            return each
    elif not names:
        for name in book.names(schema):
            if not _OURS.fullmatch(name):
                each = handwritten.opened(book, schema, name)
                if isinstance(each, Written) and each.number == number:
                    return each
    if not names and number in _in_git(book, schema):
        id_ = schema.id_of(number)
        message = _("the file of {id} is gone from its folder, but git has it").format(id=id_)
        hint = _(
            "bring it back with: ledger restore {id}; what is taken off the books is made void: ledger void"
        )
        raise NotFoundError(message, hint.format(id=id_))
    if schema is ISSUE:
        return book.find(number)
    message = _("there is no {id}").format(id=schema.id_of(number))
    raise NotFoundError(message, _("ledger history shows what was done"))


def _in_git(book: Book, schema: Schema) -> set[int]:
    """The numbers of all records that git has, or ever had."""
    from ledger.store import git

    try:
        repository = git.find(book.workspace.root)
        paths = repository.ever(repository.relative(book.folder / schema.folder)) if repository else ()
    except LedgerError:
        return set()
    numbers = {number_in(path.name) for path in paths if _OURS.fullmatch(path.name)}
    return {number for number in numbers if number is not None}
