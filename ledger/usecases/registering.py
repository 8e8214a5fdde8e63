"""Records of registers entered and changed: values as typed become what a record keeps."""

from __future__ import annotations

import datetime as dt
from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain import declaredvalues
from ledger.domain.declaration import DATE, FieldType
from ledger.domain.ids import parse_ids
from ledger.domain.register import register
from ledger.errors import RefusedError, RejectedInputError, UsageError
from ledger.usecases import registers
from ledger.usecases.change import Desk, Outcome, Work, change, new_id
from ledger.usecases.registerlinks import Links

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ledger.domain.acts.draft import Draft
    from ledger.domain.declaration import Declaration, DeclaredField
    from ledger.domain.entered import Entered
    from ledger.store.book import Book


#: So many units that nobody listed are named one by one.
_REMARKS = 20


class Values:
    """Reads what is typed into the fields of one register, with the ledger at hand.

    Attributes:
        units: Those that were named so far, for a remark on those nobody listed; the persons of these books
            are often of other offices.
    """

    def __init__(self, book: Book, declaration: Declaration, today: dt.date) -> None:
        """Take the ledger, the register, and the day relative dates count from."""
        self._book, self._declaration, self._today = book, declaration, today
        self._links = Links(book)
        self.units: dict[str, None] = {}
        self._codes: dict[tuple[str, str], Any] = {}

    def read(self, given: Mapping[str, str]) -> dict[str, Any]:
        """Fields as a record keeps them; None where nothing was typed.

        Raises:
            UsageError: a value is none of its kind, or there is no such field.
            NotFoundError: a link leads to nothing.
            RejectedInputError: a text holds what no text may hold.
            RefusedError: the date has not come yet.
        """
        return {name: self.one(self._declaration.fields[name], words) for name, words in given.items()}

    def remarks(self, on: dt.date) -> list[str]:
        """A sentence for each unit that was named and nobody listed; of very many the first, and a count."""
        found = self._book.people.remarks(self.units, on)
        if len(found) <= _REMARKS:
            return found
        return [*found[:_REMARKS], _("and {count} more").format(count=len(found) - _REMARKS)]

    def one(self, field: DeclaredField, words: str) -> Any:  # noqa: ANN401 - what the field's type says
        """One value as a record keeps it; see `read`."""
        if (field.name, words) in self._codes:
            return self._codes[field.name, words]
        try:
            kept = declaredvalues.read(field, words, today=self._today)
        except (UsageError, RejectedInputError) as error:
            raise declaredvalues.refused_as(error, field) from error
        if kept is None:
            return None
        if field.type is FieldType.CODE:  # a long list has few of them
            self._codes[field.name, words] = kept
        if field.type in (FieldType.UNIT, FieldType.PERSON):
            name = self._book.people.full(str(kept))
            self.units.update({name: None} if field.type is FieldType.UNIT else {})
            return name
        if field.type is FieldType.LINK and isinstance(kept, list):
            return self._links.uids(kept)
        if field.name == DATE and isinstance(kept, dt.date) and kept > self._today:
            message = _("{day} has not come yet; today is {today}").format(day=kept, today=self._today)
            raise UsageError(message, _("a record is of something that has happened"))
        return kept


class Series:
    """The numbers given in the series of a register: none is given twice, not those of void ones either."""

    def __init__(self, declaration: Declaration, records: Iterable[Entered]) -> None:
        """Take the records there are, void ones too."""
        self._fields = [each for each in declaration.fields.values() if each.type is FieldType.SERIAL]
        self._taken: dict[tuple[object, ...], dict[int, str]] = {}
        for record in records if self._fields else ():
            self.take(record.values, record.on, record.id)

    def __bool__(self) -> bool:
        """Whether the register has a series at all."""
        return bool(self._fields)

    def give(self, values: dict[str, Any], on: dt.date) -> None:
        """Number what has no number yet with the next of its series."""
        for field in self._fields:
            if values.get(field.name) is None:
                taken = self._taken.get(_series(field, values, on), {})
                values[field.name] = max(taken, default=0) + 1

    def take(self, values: Mapping[str, Any], on: dt.date | None, name: str) -> None:
        """Note the numbers of a record."""
        for field in self._fields:
            number = values.get(field.name)
            if type(number) is int and on is not None:
                self._taken.setdefault(_series(field, values, on), {}).setdefault(number, name)

    def refuse_taken(self, values: Mapping[str, Any], on: dt.date, name: str = "") -> None:
        """Refuse a number that another record has or had; `name` is the record itself.

        Raises:
            RefusedError: it is taken.
        """
        for field in self._fields:
            taken = self._taken.get(_series(field, values, on), {})
            holder = taken.get(values.get(field.name) or 0, name)
            if holder != name:
                message = _("{field} {number} of {year} is that of {id}").format(
                    field=field.name, number=values[field.name], year=on.year, id=holder
                )
                hint = _("the next one is {number}; a number is never given twice")
                raise RefusedError(message, hint.format(number=max(taken) + 1))


def _series(field: DeclaredField, values: Mapping[str, Any], on: dt.date) -> tuple[object, ...]:
    return (field.name, on.year, *(str(values.get(name) or "") for name in field.per))


class Open(NamedTuple):
    """A register somebody writes in: its declaration, what reads its values, and its series."""

    declaration: Declaration
    values: Values
    series: Series


def opened(desk: Desk, declaration: Declaration, records: Iterable[Entered] | None = None) -> Open:
    """A register to write in; `records` are those there are, where they are at hand already."""
    series: Iterable[Entered] = records or ()
    if records is None and any(each.type is FieldType.SERIAL for each in declaration.fields.values()):
        series = registers.entered(desk.book, declaration.kind)
    return Open(declaration, Values(desk.book, declaration, desk.actor.on), Series(declaration, series))


def add(desk: Desk, declaration: Declaration, given: Mapping[str, str]) -> Outcome[str]:
    """Enter a record as it was typed; gives its id.

    Shape: it happened on the desk's day; what is not given gets its default.

    Raises:
        UsageError: a required field is missing, or a value is none of its kind.
        RefusedError: a number of a series is taken.
    """

    def deed(work: Work) -> str:
        book = opened(desk, declaration)
        draft = enter(work, book, {DATE: desk.actor.on, **book.values.read(given)})
        draft.warnings.extend(book.values.remarks(desk.actor.on))
        return draft.name()

    return change(desk, "register add", deed)


def enter(
    work: Work,
    book: Open,
    given: Mapping[str, Any],
    data: Mapping[str, Any] | None = None,
    *,
    decided: Mapping[str, str] = MappingProxyType({}),
) -> Draft:
    """Put one record on the books, complete with defaults and its number in a series.

    Shape: `decided` names the `signer` or the `meeting` that decided, where anybody did.

    Raises:
        UsageError: a required field is missing.
        RefusedError: a number of a series is taken.
    """
    fields = dict(given)
    for field in book.declaration.fields.values():
        if fields.get(field.name) is None and field.default:
            fields[field.name] = book.values.one(field, field.default)
    on = fields[DATE]
    book.series.give(fields, on)
    refuse_missing(book.declaration, fields)
    book.series.refuse_taken(fields, on)
    schema = register(book.declaration.kind)
    number = work.next_number(schema)
    draft = work.new(schema)
    draft.context = draft.context._replace(on=on)
    held = {name: value for name, value in fields.items() if value not in (None, [])}
    draft.enter(
        "add",
        set={"uid": new_id(), "number": number, **held},
        data=data,
        signer=decided.get("signer"),
        meeting=decided.get("meeting"),
    )
    book.series.take(fields, on, draft.name())
    return draft


def refuse_missing(declaration: Declaration, fields: Mapping[str, Any]) -> None:
    """Refuse a record that lacks what it cannot do without.

    Raises:
        UsageError: a required field is empty.
    """
    missing = [
        name for name, each in declaration.fields.items() if each.required and fields.get(name) in (None, "")
    ]
    if missing:
        message = _("{register} needs: {fields}").format(
            register=declaration.kind, fields=", ".join(declaration.fields[name].known_as for name in missing)
        )
        options = " ".join(f"--{name.replace('_', '-')} ..." for name in missing)
        raise UsageError(message, _("give {options}").format(options=options))


def edit(
    desk: Desk, declaration: Declaration, words: Sequence[str], given: Mapping[str, str]
) -> Outcome[list[str]]:
    """Change what records say; gives the ids of those that changed. What is given empty is taken away.

    Raises:
        NotFoundError: there is no such record.
        UsageError: nothing is given, a required field would be empty, or a value is none of its kind.
        RefusedError: it is void, or a number of a series is taken.
    """

    def deed(work: Work) -> list[str]:
        book = opened(desk, declaration)
        fields = book.values.read(given)
        drafts = [work.draft(number, register(declaration.kind)) for number in numbers(declaration, words)]
        changed = [draft.name() for draft in drafts if amend(draft, book, fields)]
        if not changed:
            raise UsageError(
                _("nothing would change: it reads like that already"), _("see: ledger history ID")
            )
        drafts[0].warnings.extend(book.values.remarks(desk.actor.on))
        return changed

    return change(desk, "register edit", deed)


def numbers(declaration: Declaration, words: Sequence[str]) -> list[int]:
    """The numbers of records that were named: `meetings:5`, or `5` and `3-9` in the register itself.

    Raises:
        UsageError: another register, or something else, is meant.
    """
    found = []
    for each in parse_ids(words):
        if each.kind == "issue" or (each.kind == "register" and each.register == declaration.kind):
            found.append(each.numbers[0])
            continue
        message = _("{id} is no record of {register}").format(id=each, register=declaration.kind)
        raise UsageError(message, _("write {register}:5 or 5").format(register=declaration.kind))
    return list(dict.fromkeys(found))


def amend(draft: Draft, book: Open, fields: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> bool:
    """Change what differs in one record; false when nothing does.

    Raises:
        UsageError: a required field would be empty.
        RefusedError: it is void or has no date, or a number of a series is taken.
    """
    held, declaration = draft.state.fields, book.declaration
    changes = {name: value for name, value in fields.items() if value != _held(held, name)}
    if not changes:
        return False
    draft.require("edit")
    whole = {**{name: _held(held, name) for name in declaration.fields}, **changes}
    refuse_missing(declaration, whole)
    on = whole[DATE]
    if not isinstance(on, dt.date):
        raise RefusedError(_("{id} has no date").format(id=draft.name()), _("give one: on=2025-03-01"))
    book.series.refuse_taken(whole, on, draft.name())
    draft.enter("edit", changes=changes, data=data)
    book.series.take(whole, on, draft.name())
    return True


def _held(fields: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - whatever a record keeps
    value = fields.get(name)
    return None if value in ("", []) else value
