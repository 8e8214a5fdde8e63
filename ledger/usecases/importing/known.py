"""What is on the books, and what of it a received document gave, as the histories tell."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.course import OWN
from ledger.domain.moves import Status
from ledger.domain.replay import undone_batches
from ledger.domain.schema import ISSUE
from ledger.domain.values import put
from ledger.store import workers
from ledger.usecases.importing.printed import PROGRESS, blocks

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ledger.domain.entry import Entry
    from ledger.domain.state import State
    from ledger.store.book import Book
    from ledger.store.record import Record


class Given(NamedTuple):
    """What one document gave of one record so far: what a later version of it is compared with.

    Shape: `fields` of the issue under `OWN`, of each measure under its uid; `progress` likewise, the words
        about how far the work is.
    """

    fields: dict[str, dict[str, Any]]
    progress: dict[str, str]


class Glance(NamedTuple):
    """An issue on the books at a glance: as much as finding it again needs, of thousands.

    Shape: `record` is its file; `titles` are what it says and what documents called it; `file` is the
        document it came from, empty when somebody entered it; `n` which issue of that it was, 0 when it
        came from none; `is_void` when it counts no more.
    """

    record: str
    number: int
    title: str
    titles: frozenset[str]
    category: str | None
    file: str
    n: int
    is_void: bool


class Subject(NamedTuple):
    """An issue a document says something about: as much as showing it and entering it need.

    Shape: `record` is its file, as it was when its digest was taken; `ids` are those of the issue under `OWN`
        and of each measure under its uid; `is_planned` when an approved plan says what it holds.
    """

    record: str
    digest: str
    number: int
    title: str
    ids: Mapping[str, str]
    is_planned: bool

    def name(self, key: str = OWN) -> str:
        """The id people use."""
        return self.ids[key]


class Known(NamedTuple):
    """An issue on the books.

    Shape: `state` has plain hand edits in it; `documents` are what each received file gave, by its name, the
        one it came from first; `before` is what the document at hand is taken to have said last time.
    """

    record: Record
    state: State
    documents: Mapping[str, Given]
    before: Given

    @property
    def subject(self) -> Subject:
        """What is left of it once it was held against a document."""
        fields = self.state.fields
        ids = {key: self.name(key) for key in (OWN, *self.state.parts)}
        number, title = int(ids[OWN]), str(fields.get("title", ""))
        return Subject(
            self.record.name, self.record.digest, number, title, ids, bool(self.state.plan_versions)
        )

    def name(self, key: str = OWN) -> str:
        """The id people use."""
        number = int(self.state.fields.get("number", 0))
        return f"{number}.{self.state.parts[key].get('number')}" if key != OWN else str(number)

    def base(self, key: str = OWN) -> Mapping[str, Any]:
        """The fields as the document at hand gave them last."""
        return self.before.fields.get(key, {})

    def ours(self, key: str = OWN) -> Mapping[str, Any]:
        """The fields as they are on the books."""
        return self.state.fields if key == OWN else self.state.parts[key]

    def source(self, uid: str) -> str:
        """The document a measure came from; empty when somebody entered it."""
        return next((name for name, given in self.documents.items() if uid in given.fields), "")

    def told_by(self, file: str, continued: Collection[str]) -> Known:
        """The same issue before a document: what that one said counts first, then what it continues."""
        before = Given({}, {})
        for name, given in self.documents.items():
            if name != file and name in continued:
                _lay_over(before, given)
        if file in self.documents:
            _lay_over(before, self.documents[file])
        return self._replace(before=before)


def _lay_over(before: Given, given: Given) -> None:
    for key, fields in given.fields.items():
        before.fields.setdefault(key, {}).update(fields)
    before.progress.update(given.progress)


def on_the_books(book: Book) -> list[Glance]:
    """Every issue, in the order of the numbers; without those whose entering was taken back.

    Source: DECISIONS.md D-70.
    """
    parts = workers.spread(partial(_glances, book), book.names())
    return [each for part in parts for each in part]


def _glances(book: Book, names: Sequence[str]) -> list[Glance]:
    return [each for each in map(_glance, map(book.read, names)) if each is not None]


def _glance(record: Record) -> Glance | None:
    state = record.shown
    if state.courses[OWN].unmade:
        return None
    documents, n = _documents(record.state)
    title = str(state.fields.get("title", ""))
    said = (given.fields.get(OWN, {}).get("title") for given in documents.values())
    return Glance(
        record=record.name,
        number=int(state.fields.get("number", 0)),
        title=title,
        titles=frozenset((title, *(str(each) for each in said if each))),
        category=state.fields.get("category"),
        file=next(iter(documents), ""),
        n=n,
        is_void=state.status() is Status.VOID,
    )


def known(book: Book, glance: Glance) -> Known:
    """All that is on the books of an issue.

    Raises:
        DamageError: its record cannot be read.
    """
    record = book.read(glance.record)
    return Known(record, record.shown, _documents(record.state)[0], Given({}, {}))


def with_measures(book: Book, glances: Sequence[Glance]) -> list[str]:
    """What issues say together with their measures, in their order."""
    parts = workers.spread(partial(_with_measures, book), [each.record for each in glances])
    return [each for part in parts for each in part]


def _with_measures(book: Book, names: Sequence[str]) -> list[str]:
    return [_whole_text(book.read(name).shown) for name in names]


def _whole_text(state: State) -> str:
    texts = (str(part.get("text", "")) for part in state.measures())
    return "\n".join([str(state.fields.get("title", "")), *texts])


def _documents(state: State) -> tuple[dict[str, Given], int]:
    """What documents gave of a record, by the names of their files, and which issue it was of the first."""
    documents: dict[str, Given] = {}
    n = 0
    sourced = [entry for entry in state.entries if "source" in entry.data]
    undone = undone_batches(state.entries) if sourced else frozenset()
    for entry in sourced:
        if entry.batch not in undone:
            source = entry.data["source"]
            _take_up(documents.setdefault(str(source.get("file", "")), Given({}, {})), entry, source)
            n = source.get("n", n)
    return documents, int(n)


def _take_up(given: Given, entry: Entry, source: Mapping[str, Any]) -> None:
    key = entry.target or OWN
    if entry.do == "note":
        given.progress[key] = str(entry.data.get("text", "")).removeprefix(f"{PROGRESS}：")
        return
    own = {name: value for name, value in entry.set.items() if name != ISSUE.part}
    changes = {**({OWN: own} if own else {}), **entry.set.get(ISSUE.part or "", {})}
    printed = source.get("printed", {})
    for each, fields in changes.items():
        home = given.fields.setdefault(each, {})
        schema = ISSUE.by_name if each == OWN else ISSUE.part_by_name
        said = {**fields, **(printed if each == key or len(changes) == 1 else {})}
        for name, value in said.items():
            put(home, schema, name, value)
        progress = blocks(said.get("remark")).get(PROGRESS)
        if progress:
            given.progress[each] = progress.removeprefix(f"{PROGRESS}：")
