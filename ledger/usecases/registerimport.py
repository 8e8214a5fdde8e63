"""A received list entered into a register: all of its rows or none, and nothing twice."""

from __future__ import annotations

from collections import Counter
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.declaration import DATE, FieldType
from ledger.domain.register import register
from ledger.domain.text import excerpt
from ledger.errors import LedgerError, RejectedInputError
from ledger.usecases import registers
from ledger.usecases.change import Desk, Outcome, Work, change
from ledger.usecases.registering import Open, amend, enter, opened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.domain.declaration import Declaration
    from ledger.domain.entered import Entered
    from ledger.usecases.registercolumns import Listed, Row

#: So many bad rows are named; the others are counted.
_NAMED = 20


class Source(NamedTuple):
    """The received file: its name, and the digest of its bytes."""

    file: str
    digest: str


class Bad(NamedTuple):
    """What is wrong with one cell, or with a row: where, and why."""

    sheet: str
    line: int
    column: str
    reason: str


class Imported(NamedTuple):
    """What an import did: the ids of new and of changed records, and how many rows were there already."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    same: int


class BadRowsError(RejectedInputError):
    """Rows that cannot be entered; `bad` says which and why."""

    def __init__(self, bad: Sequence[Bad]) -> None:
        """Name the first of them."""
        shown = [said(each) for each in bad[:_NAMED]]
        if len(bad) > _NAMED:
            shown.append(_("and {count} more").format(count=len(bad) - _NAMED))
        message = _("nothing was entered; these cells are not understood: {cells}")
        super().__init__(
            message.format(cells="; ".join(shown)),
            _("mend them in the file and import it again: what is there already is not entered twice"),
        )
        self.bad = tuple(bad)


def said(bad: Bad) -> str:
    """One bad cell in words."""
    place = _("{sheet}, row {line}") if bad.sheet else _("row {line}")
    where = place.format(sheet=bad.sheet, line=bad.line)
    column = _("{place}, column {column}").format(place=where, column=bad.column) if bad.column else where
    return f"{column}: {bad.reason}"


def import_rows(desk: Desk, declaration: Declaration, received: Listed, source: Source) -> Outcome[Imported]:
    """Enter the rows of a list.

    Shape: a row that says in all its columns what a record says is that record; a row that went out from
        here changes its record where it says something else. Of rows without a date the desk's day counts.

    Raises:
        RejectedInputError: a row cannot be entered; then none is, and every such row is named.
    """

    def deed(work: Work) -> Imported:
        records = registers.entered(desk.book, declaration.kind)
        book = opened(desk, declaration, records)
        read, bad = _read(desk, book, received.rows)
        if bad:
            raise BadRowsError(bad)
        taking = _Taking(work, book, records, [each.field for each in received.columns])
        for row, fields in read:
            try:
                taking.take(row, fields, {"source": _place(source, row)})
            except LedgerError as error:
                bad.append(Bad(row.sheet, row.line, "", error.message))
        if bad:
            raise BadRowsError(bad)
        drafts = [opening.draft for opening in work.opened.values()]
        if drafts:
            drafts[0].warnings.extend(book.values.remarks(desk.actor.on))
        return Imported(tuple(taking.added), tuple(taking.changed), taking.same)

    return change(desk, "register import", deed)


class _Taking:
    """Enters rows one after another, and knows which records they are."""

    def __init__(self, work: Work, book: Open, records: Sequence[Entered], columns: Sequence[str]) -> None:
        self._work, self._book = work, book
        self._by_uid = {each.uid: each for each in records}
        self._columns = [name for name in columns if name in book.declaration.fields]
        self._there = Counter(self._key(each.values) for each in records if not each.void)
        self.added: list[str] = []
        self.changed: list[str] = []
        self.same = 0

    def take(self, row: Row, fields: Mapping[str, Any], data: Mapping[str, Any]) -> None:
        """Enter one row, or change the record it is of, or leave it alone."""
        known = self._by_uid.get(row.uid)
        if known is not None and not known.void:
            self._again(known, {name: fields[name] for name in row.given}, data)
        elif self._is_there(fields):
            self.same += 1
        else:
            self.added.append(enter(self._work, self._book, fields, data).name())

    def _again(self, known: Entered, given: Mapping[str, Any], data: Mapping[str, Any]) -> None:
        """A row that went out from here: what it says otherwise changes its record."""
        if all(known.values.get(name) == value for name, value in given.items()):
            self._is_there(known.values)
            self.same += 1
            return
        draft = self._work.draft(known.number, register(self._book.declaration.kind))
        if amend(draft, self._book, given, data):
            self.changed.append(draft.name())

    def _is_there(self, values: Mapping[str, Any]) -> bool:
        """Whether a record that no row was held against yet says the same."""
        key = self._key(values)
        if self._there[key] <= 0:
            return False
        self._there[key] -= 1
        return True

    def _key(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(_spelled(values.get(name)) for name in self._columns)


def _spelled(value: object) -> str:
    return "" if value in (None, []) else repr(value)


def _read(desk: Desk, book: Open, rows: Sequence[Row]) -> tuple[list[tuple[Row, dict[str, Any]]], list[Bad]]:
    """Every row as a record would keep it, and every cell that is not understood."""
    read: list[tuple[Row, dict[str, Any]]] = []
    bad: list[Bad] = []
    for row in rows:
        fields: dict[str, Any] = {}
        before = len(bad)
        for name in row.unread:
            bad.append(Bad(row.sheet, row.line, row.columns[name], _("its value is not in the file")))
        for name, words in row.given.items():
            try:
                fields[name] = book.values.one(book.declaration.fields[name], words)
            except LedgerError as error:
                field = book.declaration.fields[name]
                reason = error.message.removeprefix(f"{field.known_as}: ")
                bad.append(Bad(row.sheet, row.line, row.columns[name], reason))
        if fields.get(DATE) is None:
            if DATE in row.given and DATE in fields:
                bad.append(Bad(row.sheet, row.line, row.columns[DATE], _("the date is missing")))
            fields[DATE] = desk.actor.on
        bad += _missing(book.declaration, row, fields) if len(bad) == before else []
        read.append((row, fields))
    return read, bad


def _missing(declaration: Declaration, row: Row, fields: Mapping[str, Any]) -> list[Bad]:
    return [
        Bad(row.sheet, row.line, row.columns.get(name, name), _("it is missing"))
        for name, each in declaration.fields.items()
        if each.required
        and not each.default
        and each.type is not FieldType.SERIAL
        and fields.get(name) in (None, "", [])
    ]


def _place(source: Source, row: Row) -> dict[str, Any]:
    place: dict[str, Any] = {"file": excerpt(source.file, 200), "digest": source.digest, "line": row.line}
    return {**place, "sheet": row.sheet} if row.sheet else place
