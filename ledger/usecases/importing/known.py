"""What is on the books, and what of it a received document gave, as the histories tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.course import OWN
from ledger.domain.moves import Status
from ledger.domain.replay import undone_batches
from ledger.domain.schema import ISSUE
from ledger.domain.values import put
from ledger.usecases.importing.printed import PROGRESS, blocks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

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


class Known(NamedTuple):
    """An issue on the books.

    Shape: `state` has plain hand edits in it; `documents` are what each received file gave, by its name, the
        one it came from first; `n` is which issue of its document it was, 0 when it came from none; `before`
        is what the document at hand is taken to have said last time.
    """

    record: Record
    state: State
    documents: Mapping[str, Given]
    n: int
    before: Given

    @property
    def number(self) -> int:
        """Its number."""
        return int(self.state.fields.get("number", 0))

    @property
    def file(self) -> str:
        """The document it came from; empty when somebody entered it."""
        return next(iter(self.documents), "")

    @property
    def title(self) -> str:
        """What it says."""
        return str(self.state.fields.get("title", ""))

    @property
    def titles(self) -> frozenset[str]:
        """What it says, and what documents called it."""
        said = (given.fields.get(OWN, {}).get("title") for given in self.documents.values())
        return frozenset((self.title, *(str(each) for each in said if each)))

    @property
    def is_void(self) -> bool:
        """Whether it counts no more."""
        return self.state.status() is Status.VOID

    def name(self, key: str = OWN) -> str:
        """The id people use."""
        return f"{self.number}.{self.state.parts[key].get('number')}" if key != OWN else str(self.number)

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


def on_the_books(book: Book) -> Iterator[Known]:
    """Every issue, in the order of the numbers; without those whose entering was taken back."""
    for record in book.records():
        state = record.shown
        if not state.courses[OWN].unmade:
            documents, n = _documents(record.state)
            yield Known(record, state, documents, n, Given({}, {}))


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
