"""What a received document would change on the books, worked out before anything is written."""

from __future__ import annotations

from functools import partial
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ledger.domain.course import OWN
from ledger.domain.filenames import harmless
from ledger.domain.moves import MOVES, Act, Status
from ledger.domain.text import clean, fold
from ledger.errors import NotFoundError, RejectedInputError
from ledger.usecases.importing import matching, printed
from ledger.usecases.importing.columns import NewMap, new_map
from ledger.usecases.importing.known import Known, known, on_the_books, with_measures
from ledger.usecases.importing.printed import Printed, wording
from ledger.usecases.importing.prose import Prose, prose_of
from ledger.usecases.importing.revising import Change, Prefer, differences
from ledger.usecases.importing.statuses import Otherwise, otherwise

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from ledger.intake.proposal import Proposal, ProposedIssue, ProposedMeasure
    from ledger.store.book import Book
    from ledger.usecases.importing.known import Glance, Subject
    from ledger.usecases.importing.matching import Near


T = TypeVar("T")
U = TypeVar("U")


class Choices(NamedTuple):
    """What the person decided about a document.

    Shape: `only` are the n of the issues to take, None for all; `matches` name the issue on the books a
        proposed one is, or None for one of its own; `as_result`: measures tell what was done.
    """

    prefer: Prefer = "ours"
    only: Collection[int] | None = None
    matches: Mapping[int, int | None] = {}
    as_result: bool = False


_ALL = Choices()


class Addition(NamedTuple):
    """A measure that is not on the books yet."""

    proposed: ProposedMeasure
    printed: Printed


class New(NamedTuple):
    """An issue that is not on the books yet; `near` is one that looks like it."""

    proposed: ProposedIssue
    printed: Printed
    measures: tuple[Addition, ...]
    near: Near | None = None


class Revised(NamedTuple):
    """An issue on the books that the document says something about.

    Shape: `uids` are its measures on the books by the place of the proposed ones; `shut` are measures it
        cannot take, being closed or void; `unmatched` told results of measures it does not have.
    """

    proposed: ProposedIssue
    about: Subject
    uids: Mapping[int, str]
    changes: tuple[Change, ...] = ()
    added: tuple[Addition, ...] = ()
    shut: tuple[ProposedMeasure, ...] = ()
    unmatched: tuple[ProposedMeasure, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether anything is written."""
        return bool(self.added) or any(each.is_applied for each in self.changes)

    @property
    def is_told(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.changes or self.added or self.shut or self.unmatched)

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to show, or measures that others share with it."""
        return self.is_told or any(each.shared is not None for each in self.proposed.measures)


class Elsewhere(NamedTuple):
    """A measure that stands under another issue in the document now."""

    id: str
    text: str
    n: int


class Comparison(NamedTuple):
    """All that a document would change.

    Shape: `revised` are those there is something to say of, and `same` how many there are besides; `missing`
        are ids on the books that a later version does not have any more; `statuses` are told otherwise, and
        stay; `names` the record files there were; `homes` are issues left out whose measures others share.
    """

    proposal: Proposal
    ledger: str
    names: tuple[str, ...]
    new: tuple[New, ...] = ()
    revised: tuple[Revised, ...] = ()
    same: int = 0
    missing: tuple[str, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    statuses: tuple[Otherwise, ...] = ()
    left_out: int = 0
    prose: tuple[Prose, ...] = ()
    new_map: NewMap | None = None
    homes: tuple[Revised, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written."""
        return not (
            self.new
            or any(each.is_changed for each in self.revised)
            or any(each.is_written for each in self.prose)
        )

    @property
    def is_repeated(self) -> bool:
        """Whether any of its issues is on the books already."""
        return bool(self.revised or self.same)

    @property
    def needs_reason(self) -> bool:
        """Whether it changes what an approved plan says."""
        return any(
            each.about.is_planned
            and (each.added or any(change.is_applied and change.fate != "noted" for change in each.changes))
            for each in self.revised
        )

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody should look: something new may be here already."""
        return bool(self.elsewhere or self.missing or any(each.near for each in self.new))

    @property
    def unchanged(self) -> int:
        """How many of its issues are on the books just so."""
        return self.same + sum(not each.is_told for each in self.revised)


def compare(
    book: Book, proposal: Proposal, today: dt.date, choices: Choices = _ALL, *, specs: Sequence[str] = ()
) -> Comparison:
    """Hold a document against the books; nothing is written.

    Shape: `specs` are what its columns were said to mean, which is kept for the next one.

    Raises:
        NotFoundError: there is no issue of a number somebody named.
        DamageError: a record cannot be read.
    """
    names = tuple(book.names())
    books = on_the_books(book)
    _all_there(book, books, choices)
    file, whole = file_name(proposal.file), partial(with_measures, book)
    matches = matching.issues(proposal.issues, books, file, choices.matches, whole)
    chosen = [each for each in proposal.issues if choices.only is None or each.n in choices.only]
    standing = _standing(book, proposal.issues, matches, file, told=choices.as_result)
    homes = {name: each.proposed.n for name, each in standing.items()}
    reported = proposal.reported and not book.settings.plan_required  # else it drafts what will be done
    comparing = _Comparing(book, today, choices, homes, reported=reported)
    strangers = [each for each in chosen if each.n not in matches.known and each.n not in choices.matches]
    near = matching.near(strangers, books)
    revised: list[Revised] = []
    new, gone, statuses, same = [], [], list[Otherwise](), 0
    for issue in chosen:
        glance = matches.known.get(issue.n)
        if glance is None:
            new.append(comparing.new(issue, near.get(issue.n)))
            continue
        ours = known(book, glance).told_by(file, matches.continued)
        found = comparing.revised(issue, ours)
        gone += [] if choices.as_result else _gone_measures(ours, found.uids, matches.whole)
        statuses += otherwise(book, issue, ours.state, found.uids, today)
        if found.is_needed:
            revised.append(found)
        else:  # of thousands that are as they were only the number is kept
            same += 1
    moved, new = _elsewhere(gone, new)
    return Comparison(
        proposal,
        book.name,
        names,
        tuple(new),
        tuple(revised),
        same,
        _missing(books, matches, gone, moved, choices),
        tuple(moved.values()),
        tuple(statuses),
        len(proposal.issues) - len(chosen),
        prose_of(book, proposal, choices.prefer) if chosen else (),
        new_map(book, proposal, specs),
        _left_homes(standing, chosen),
    )


def _standing(
    book: Book, proposed: Iterable[ProposedIssue], matches: matching.Matches, file: str, *, told: bool
) -> Mapping[str, Revised]:
    """The issues on the books in which shared measures stand already, by the names of these measures."""
    found: dict[str, Revised] = {}
    for issue in proposed:
        if issue.n not in matches.known or not any(each.shared for each in issue.measures):
            continue
        ours = known(book, matches.known[issue.n]).told_by(file, matches.continued)
        uids = matching.measures(issue.measures, ours, told=told)
        for at in uids:
            name = issue.measures[at].shared
            if name is not None:
                found.setdefault(name, Revised(issue, ours.subject, uids))
    return found


def _left_homes(standing: Mapping[str, Revised], chosen: Iterable[ProposedIssue]) -> tuple[Revised, ...]:
    """Issues nobody chose in which measures stand that chosen ones share."""
    numbers = {each.n for each in chosen}
    names = {measure.shared for each in chosen for measure in each.measures if measure.shared in standing}
    homes = {standing[name].proposed.n: standing[name] for name in sorted(filter(None, names))}
    return tuple(home for n, home in homes.items() if n not in numbers)


def _all_there(book: Book, books: Sequence[Glance], choices: Choices) -> None:
    numbers = {each.number for each in books}
    for number in choices.matches.values():
        if number is not None and number not in numbers:
            book.find(number)  # says that there is none, and which are near
            message = _("entering issue {number} was taken back").format(number=number)
            raise NotFoundError(message, _("name another issue, or enter it as --match N=new"))


def file_name(path: str) -> str:
    """How a received file is called in histories: its name without folders, short and harmless."""
    return path if path == matching.STDIN else harmless(path, matching.STDIN)


def _named(
    held: Callable[[_Comparing, ProposedIssue, T], U],
) -> Callable[[_Comparing, ProposedIssue, T], U]:
    """Say of which issue of the document it is that something may not be held."""

    def named(comparing: _Comparing, issue: ProposedIssue, other: T) -> U:
        try:
            return held(comparing, issue, other)
        except RejectedInputError as error:
            message = _("issue {n} of the document, line {line}: {message}")
            hint = _("shorten it in the document, or leave the issue out: --skip {n}").format(n=issue.n)
            words = message.format(n=issue.n, line=issue.line, message=error.message)
            raise RejectedInputError(words, hint) from error

    return named


class _Comparing:
    """One document being held against the books.

    A shared measure stands where it stands on the books (`homes`: by its name the n of that issue), else with
    the first issue that has it.
    """

    def __init__(
        self, book: Book, today: dt.date, choices: Choices, homes: Mapping[str, int], *, reported: bool
    ) -> None:
        self.book = book
        self.today = today
        self.choices = choices
        self.homes = dict(homes)
        self.reported = reported

    def own(self, issue: ProposedIssue) -> dict[int, ProposedMeasure]:
        """The measures that stand with this issue, by their places in it."""
        return {
            at: each
            for at, each in enumerate(issue.measures)
            if each.shared is None or self.homes.setdefault(each.shared, issue.n) == issue.n
        }

    def addition(self, issue: ProposedIssue, measure: ProposedMeasure) -> Addition:
        phrase = issue.fields.get("due_text")
        said = printed.of_measure(self.book, measure, self.today, phrase)
        if self.reported and "result" not in said.fields:
            said.fields["result"] = clean(measure.text)
        return Addition(measure, said)

    @_named
    def new(self, issue: ProposedIssue, near: Near | None) -> New:
        said = printed.of_issue(self.book, issue, self.today)
        return New(issue, said, tuple(self.addition(issue, each) for each in self.own(issue).values()), near)

    @_named
    def revised(self, issue: ProposedIssue, known: Known) -> Revised:
        said = printed.of_issue(self.book, issue, self.today)
        own = self.own(issue)
        places = list(own)
        found = matching.measures(list(own.values()), known, told=self.choices.as_result)
        uids = {places[at]: uid for at, uid in found.items()}
        changes = [*self._changes(known, OWN, said.fields)]
        for at, uid in sorted(uids.items()):
            fields = self.addition(issue, own[at]).printed.fields
            if self.reported and own[at].result is None and not known.base(uid).get("result"):
                del fields["result"]  # what came as a plan has the results the office gives it
            changes += self._changes(known, uid, fields)
        rest = [self.addition(issue, each) for at, each in own.items() if at not in uids]
        doubts = said.doubts if any(each.field == "due_text" and each.key == OWN for each in changes) else ()
        revised = Revised(issue, known.subject, uids, tuple(changes), doubts=doubts)
        if self.choices.as_result:
            return revised._replace(unmatched=tuple(each.proposed for each in rest))
        if (known.state.status_before(OWN), Act.MEASURE) not in MOVES:
            return revised._replace(shut=tuple(each.proposed for each in rest))
        return revised._replace(added=tuple(rest))

    def _changes(self, known: Known, key: str, fields: Mapping[str, Any]) -> Iterable[Change]:
        if self.choices.as_result:
            fields = {name: value for name, value in fields.items() if name == "result"}
        return differences(known, key, fields, self.book.people, self.choices.prefer)


class _Gone(NamedTuple):
    """A measure a document gave that its later version does not have at its issue any more."""

    uid: str
    id: str
    text: str


def _gone_measures(known: Known, uids: Mapping[int, str], whole: Collection[str]) -> list[_Gone]:
    found = set(uids.values())
    return [
        _Gone(uid, known.name(uid), str(known.base(uid).get("text", "")))
        for uid in (part["uid"] for part in known.state.measures())
        if uid not in found and known.source(uid) in whole and known.state.status(uid) is not Status.VOID
    ]


def _elsewhere(gone: Sequence[_Gone], new: Sequence[New]) -> tuple[dict[str, Elsewhere], list[New]]:
    """Measures that moved to a new issue in the document are not entered twice.

    Shape: what moved by its uid, and the new issues without it.
    """
    texts: dict[str, _Gone] = {}
    for each in gone:
        texts.setdefault(fold(each.text), each)
    moved: dict[str, Elsewhere] = {}
    kept = []
    for issue in new:
        measures = []
        for addition in issue.measures:
            found = texts.get(fold(wording(addition.proposed)))
            if found is None or found.uid in moved or addition.proposed.shared is not None:
                measures.append(addition)
            else:
                moved[found.uid] = Elsewhere(found.id, wording(addition.proposed), issue.proposed.n)
        kept.append(issue._replace(measures=tuple(measures)))
    return moved, kept


def _missing(
    books: Sequence[Glance],
    matches: matching.Matches,
    gone: Iterable[_Gone],
    moved: Collection[str],
    choices: Choices,
) -> tuple[str, ...]:
    """What a later version does not have any more; nothing where it shares no issue with the earlier one."""
    if choices.as_result:
        return ()
    found = {known.number for known in matches.known.values()}
    issues = [
        str(each.number)
        for each in books
        if each.file in matches.whole and each.number not in found and not each.is_void
    ]
    return (*issues, *(each.id for each in gone if each.uid not in moved))
