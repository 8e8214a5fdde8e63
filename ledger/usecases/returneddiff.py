"""Returned sheets held against the ledger as it is now: what would change, and what cannot be taken."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.course import OWN
from ledger.domain.lateness import WORKING
from ledger.domain.moves import Status
from ledger.domain.roundtrip import BETWEEN, FILLED, PROGRESS, SHARED, Audience, mark, plain, value_of
from ledger.domain.schema import ISSUE, TERMS
from ledger.domain.text import clean
from ledger.domain.words import listed, with_hint
from ledger.errors import LedgerError, RefusedError, UsageError
from ledger.usecases.fields import fields_from, typed
from ledger.usecases.returnedcells import Cell, Gathered, Place, as_text, gather
from ledger.usecases.returnedsince import Since

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ledger.domain.acts.draft import Draft
    from ledger.domain.issue import Issue, Target
    from ledger.intake.returned import Returned, ReturnedRow
    from ledger.store.book import Book
    from ledger.store.record import Record

#: What a new row may say of its measure.
_OF_A_NEW_ROW = tuple(name for name in FILLED[Audience.OFFICE] if name not in ("due", "term"))
#: Statuses of what was reported as done, and of all that comes after it.
_REPORTED = frozenset({Status.DONE, Status.CLOSING, Status.CLOSED})


class Take(NamedTuple):
    """One cell to be taken.

    Shape: `key` is the measure's uid or `OWN`; `id` the number people use; `value` what the field becomes,
        `text` the cell's own words and `ours` what the ledger says now; `whole` counts for all measures.
    """

    issue: int
    key: str
    id: str
    field: str
    value: Any
    text: str
    ours: str
    whole: bool
    audience: Audience
    period: dt.date
    place: Place


class Left(NamedTuple):
    """Something that is not taken, and why.

    Shape: `code` is one of: stale (the ledger has changed the same meanwhile), refused (a rule forbids it),
        fixed (nobody fills that in), cut (the cell did not show all of its text), twice (returned with
        different words), unclear (not understood), unknown (no such row in this ledger), new (a row that did
        not go out), deleted (a row that did not come back), gone (a column that did not).
    """

    code: str
    id: str
    field: str
    ours: str
    theirs: str
    message: str
    places: tuple[Place, ...]

    @classmethod
    def refused(cls, take: Take, message: str) -> Left:
        """What a rule forbids."""
        return cls("refused", take.id, take.field, take.ours, take.text, message, (take.place,))


@dataclass(slots=True)
class Found:
    """What returned sheets would change."""

    takes: list[Take] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    same: int = 0

    def by_issue(self) -> Mapping[int, list[Take]]:
        """What is to be taken, by the number of the issue, in order."""
        found: dict[int, list[Take]] = {}
        for each in sorted(self.takes, key=lambda take: (take.issue, take.period, take.place.line)):
            found.setdefault(each.issue, []).append(each)
        return found


class _Home(NamedTuple):
    """Whose a cell is, as the ledger has it now."""

    record: Record
    issue: Issue
    target: Target
    key: str


def compare(book: Book, sheets: Sequence[Returned], *, new: bool = False) -> Found:
    """What is to be taken of the sheets, and what is not."""
    found = Found()
    gathered = gather(sheets)
    by_file = {sheet.file: sheet for sheet in sheets}
    under = [(sheet, row, _issue_sent(sheet, row)) for sheet, row in gathered.strange]
    wanted = {cell.home for cell in gathered.cells} | set(gathered.rows) | {uid for *_row, uid in under}
    homes = _homes(book, wanted)
    for uid in gathered.rows:
        if uid not in homes:
            places = tuple(Place(sheet.file, row.line) for sheet, row in gathered.rows[uid])
            message = _("this ledger has no such row")
            found.left.append(Left("unknown", "", "", "", "", message, places))
    for said in _of_one(gathered.cells, homes, by_file):
        _Judged(book, by_file, homes[said[0].home], found).judge(said)
    found.left += _not_readable(gathered, homes)
    strange = _New(book, found, take=new)
    for sheet, row, uid in under:
        strange.judge(sheet, row, homes.get(uid))
    for _uid, name, file in gathered.deleted:
        message = _("the row did not come back; nothing is deleted")
        found.left.append(Left("deleted", name, "", "", "", message, (Place(file, 0),)))
    for sheet in sheets:
        for heading in sheet.gone:
            message = _("the column did not come back; nothing of it is taken")
            found.left.append(Left("gone", "", heading, "", "", message, (Place(sheet.file, 0),)))
    return found


def _of_one(
    cells: Sequence[Cell], homes: Mapping[str, _Home], sheets: Mapping[str, Returned]
) -> Iterable[list[Cell]]:
    """The cells that say something of one and the same, together.

    Progress is that of a month; and what a cell says for a whole issue it says of each of its measures.
    """
    found: dict[tuple[str, str, str], list[Cell]] = {}
    wholes = {(cell.home, cell.field) for cell in cells if cell.whole}
    for cell in sorted(cells, key=lambda each: not each.whole):
        if cell.home not in homes:
            continue
        issue = homes[cell.home].issue.uid
        home = issue if cell.field in SHARED and (issue, cell.field) in wholes else cell.home
        month = sheets[cell.place.file].period if cell.field == PROGRESS else ""
        found.setdefault((home, cell.field, month), []).append(cell)
    return found.values()


def _issue_sent(sheet: Returned, row: ReturnedRow) -> str:
    """The issue whose number a row has, as the sheet went out: numbers may have changed since."""
    return next((sent.issue for sent in sheet.sent if sent.id.partition(".")[0] == row.number), "")


def _not_readable(gathered: Gathered, homes: Mapping[str, _Home]) -> Iterator[Left]:
    """What came back so that nobody can tell what it says, or of what."""
    for sheet, row, name in gathered.unread:
        if row.uid in homes:
            target = homes[row.uid].target
            message = _("the cell shows an error or a formula without its value; write what it should say")
            places = (Place(sheet.file, row.line),)
            yield Left("unclear", target.id, name, value_of(target, name), "", message, places)
    for sheet, row in gathered.parted:
        if row.uid in homes:
            message = _("its number and its hidden columns are of two rows; sort the hidden columns too")
            yield Left(
                "unclear", homes[row.uid].target.id, "", "", "", message, (Place(sheet.file, row.line),)
            )


def _homes(book: Book, wanted: Collection[str]) -> dict[str, _Home]:
    """The measures and issues that are meant, by uid."""
    homes: dict[str, _Home] = {}
    for record in book.records():
        issue = record.issue
        if issue.uid in wanted:
            homes[issue.uid] = _Home(record, issue, issue, OWN)
        for each in issue.measures:
            if each.uid in wanted:
                homes[each.uid] = _Home(record, issue, each, each.uid)
    return homes


class _Judged:
    """One field of one measure or issue, and all cells that say something of it."""

    def __init__(self, book: Book, sheets: Mapping[str, Returned], home: _Home, found: Found) -> None:
        self.book, self.sheets, self.home, self.found = book, sheets, home, found

    def judge(self, said: Sequence[Cell]) -> None:
        """Take the cell, leave it out with a reason, or find that the ledger says so already."""
        cell = said[0]
        ours = value_of(self.home.target, cell.field)
        try:
            values = [self._value(each) for each in said]
        except LedgerError as error:
            self._leave("unclear", said, ours, with_hint(error))
            return
        texts = {text for text, _value in values}
        if len(texts) > 1:
            both = " / ".join(sorted(texts))
            self._leave(
                "twice", said, ours, _("it came back with different words: {words}").format(words=both)
            )
            return
        text, value = values[0]
        if self._is_so(cell, text, ours):
            self.found.same += 1
        elif self.home.target.status is Status.VOID:
            self._leave("refused", said, ours, _("it is void, and nothing of it is taken any more"))
        elif not cell.filled:
            self._leave("fixed", said, ours, _("this cell is not filled in by a sheet; use: ledger edit"))
        elif cell.base.endswith("x"):
            self._leave("cut", said, ours, _("the cell did not show all of its text; use: ledger edit"))
        elif cell.field != PROGRESS and not self._untouched(cell, ours):
            message = _("the ledger has changed it since the sheet was made")
            self._leave("stale", said, ours, message)
        elif cell.field != PROGRESS and self._since(cell).was_taken(cell.field, _single(value)):
            message = _("the ledger took this since the sheet was made, and it was changed again")
            self._leave("stale", said, ours, message)
        else:
            self._take(cell, text, value, ours)

    def _take(self, cell: Cell, text: str, value: Any, ours: str) -> None:  # noqa: ANN401 - fields hold many kinds
        sheet = self.sheets[cell.place.file]
        self.found.takes.append(
            Take(
                issue=self.home.issue.number,
                key=self.home.key,
                id=self.home.target.id,
                field=cell.field,
                value=value,
                text=text,
                ours=ours,
                whole=cell.whole,
                audience=Audience(sheet.audience),
                period=month_of(sheet),
                place=cell.place,
            )
        )

    def _leave(self, code: str, said: Sequence[Cell], ours: str, message: str) -> None:
        theirs = as_text(said[0].field, said[0].said)
        places = tuple(dict.fromkeys(each.place for each in said))
        self.found.left.append(Left(code, self.home.target.id, said[0].field, ours, theirs, message, places))

    def _value(self, cell: Cell) -> tuple[str, Any]:
        """What a cell says, in the form fields are compared by, and what the field would become."""
        text, name = as_text(cell.field, cell.said), cell.field
        if cell.filled and name in (PROGRESS, "result"):
            text = plain(clean(text))
        if not cell.filled or name in (PROGRESS, "result"):
            return text, text
        if name in ("term", "status"):
            return self._code(cell, text)
        if name == "due":
            return self._due(text, self.sheets[cell.place.file])
        known = ISSUE.by_name if self.home.key == OWN else ISSUE.part_by_name
        value = fields_from(self.book, {name: text}, known, today=dt.date.min)[name]
        return plain(BETWEEN.join(value) if isinstance(value, list) else value), value

    def _code(self, cell: Cell, text: str) -> tuple[str, str | None]:
        if not text:
            return "", None
        sheet = self.sheets[cell.place.file]
        known = TERMS if cell.field == "term" else tuple(Status)
        words = {code: word for name, word, code in sheet.words if name == cell.field and code in known}
        if text not in words:
            message = _("{text} is not in the list").format(text=text)
            raise UsageError(message, _("the list has: {words}").format(words=listed(words.values())))
        return text, text

    def _due(self, text: str, sheet: Returned) -> tuple[str, dict[str, Any]]:
        if not text:
            return "", {"due": None, "due_text": None}
        deadline = typed(self.book, text, today=month_of(sheet))
        if deadline.due is None:
            message = _("the deadline is not understood: {text}").format(text=text)
            raise UsageError(message, _("write it as 2025-09-30 or 2025年9月底前"))
        value: dict[str, Any] = {"due": deadline.due}
        if deadline.text:
            value["due_text"] = deadline.text
        return deadline.due.isoformat(), value

    def _is_so(self, cell: Cell, text: str, ours: str) -> bool:
        """Whether the ledger says so already, so that the same sheet changes nothing a second time."""
        target = self.home.target
        if cell.field == PROGRESS:
            return self._since(cell).was_noted(text)
        if cell.field == "due" and cell.filled and text and self._since(cell).was_asked(text):
            return True
        if cell.field == "status" and text == Status.DONE and target.status in _REPORTED:
            return True
        return text == ours and self._agree(cell)

    def _since(self, cell: Cell) -> Since:
        return Since(self.sheets[cell.place.file], self.home.record, self.home.key)

    def _agree(self, cell: Cell) -> bool:
        """Whether all measures still take from the issue what one cell says for all of them."""
        if not cell.whole or cell.field not in SHARED:
            return True
        own = value_of(self.home.issue, cell.field)
        return all(value_of(each, cell.field) == own for each in self.home.issue.live)

    def _untouched(self, cell: Cell, ours: str) -> bool:
        if cell.field == "status" and ours in WORKING:  # a note alone makes one of the other
            return cell.base in map(mark, WORKING)
        return mark(ours) == cell.base and self._agree(cell)


def _single(value: Any) -> Any:  # noqa: ANN401 - fields hold many kinds
    """The date of a deadline, and any other value as it is."""
    return value["due"] if isinstance(value, dict) else value


def not_by_sheet(draft: Draft, key: str) -> RefusedError:
    """The refusal of a status that no sheet gives."""
    message = _("{id}: a sheet reports only what is done, with its result").format(id=draft.name(key))
    return RefusedError(message, _("other statuses come from: ledger interim, longterm, close"))


class _New:
    """Rows that did not go out: perhaps new measures of the issues they stand under."""

    def __init__(self, book: Book, found: Found, *, take: bool) -> None:
        self.book, self.found, self.take = book, found, take

    def judge(self, sheet: Returned, row: ReturnedRow, home: _Home | None) -> None:
        """Take the row as a new measure where that is wanted; else say what it is."""
        place = Place(sheet.file, row.line)
        text = plain(row.cells.get("text"))
        if home is None or not text:
            message = _("a new row that belongs to no issue, or says no measure")
            self.found.left.append(Left("new", "", "", "", text, message, (place,)))
        elif any(plain(each.text) == text for each in home.issue.measures):
            self.found.same += 1
        elif not self.take:
            message = _("a new measure of issue {id}; take it with --new").format(id=home.issue.id)
            self.found.left.append(Left("new", home.issue.id, "text", "", text, message, (place,)))
        else:
            self._take(sheet, row, home, text)

    def _take(self, sheet: Returned, row: ReturnedRow, home: _Home, text: str) -> None:
        place = Place(sheet.file, row.line)
        given: dict[str, Any] = {name: plain(row.cells.get(name)) or None for name in _OF_A_NEW_ROW}
        given["text"] = text
        try:
            value = fields_from(self.book, given, ISSUE.part_by_name, today=dt.date.min)
        except LedgerError as error:
            message = with_hint(error)
            self.found.left.append(Left("unclear", home.issue.id, "text", "", text, message, (place,)))
            return
        take = Take(
            issue=home.issue.number,
            key=f"new:{sheet.file}:{row.line}",
            id=home.issue.id,
            field="new",
            value=value,
            text=text,
            ours="",
            whole=False,
            audience=Audience(sheet.audience),
            period=month_of(sheet),
            place=place,
        )
        self.found.takes.append(take)


def month_of(sheet: Returned) -> dt.date:
    """The first day of the month a sheet reports on."""
    return dt.date.fromisoformat(f"{sheet.period}-01")
