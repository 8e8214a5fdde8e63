"""A dossier (一案一档): everything about some issues as one archive that is read without this program."""

from __future__ import annotations

import hashlib
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger import language, reports
from ledger.domain.checkpoint import Checkpoint, Head, in_order
from ledger.domain.course import OWN
from ledger.domain.filenames import free, harmless
from ledger.domain.moves import Status
from ledger.errors import DamageError, RefusedError, UsageError
from ledger.reports import casehistory
from ledger.reports.archive import packed as pack
from ledger.reports.basis import Basis
from ledger.reports.material import Content, Event, Material, Wanted
from ledger.store import evidence, files
from ledger.store.registers import declared
from ledger.usecases import casefiles, dossiernotes
from ledger.usecases.letters import reading as letters
from ledger.usecases.lookback.reading import reviews
from ledger.usecases.looking import Chosen, Looked, choose, choose_any
from ledger.usecases.telling import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ledger.domain.letter import Letter
    from ledger.domain.review import Review
    from ledger.reports.material import Registered
    from ledger.reports.views import Report
    from ledger.usecases.looking import Seen
    from ledger.usecases.sight import Sight

#: The most that one dossier may hold. Units: bytes. Source: it is put together in memory; DECISIONS.md D-112.
LARGEST: Final = 1 << 30
#: In which formats the papers of a dossier stand: one to be signed and filed, one for any browser.
_FORMS: Final = ("docx", "html")


def packed(sight: Sight, wanted: Wanted, version: str) -> bytes:
    """The whole dossier as one archive; the same ledger and day give the same bytes.

    Raises:
        NotFoundError: there is no such issue, or there was none yet.
        UsageError: no issue is named, or something that is none.
        RefusedError: it would be larger than a dossier may be.
        DamageError: a file of evidence is gone, or is not what was taken in.
    """
    dossier = Dossier(sight, wanted, version)
    dossier.collect()
    found = dossier.material()
    catalogue = reports.build(found)
    with language.speaking(dossier.basis.language):
        readme = dossiernotes.readme(found).encode()
    parts = {
        "README.txt": readme,
        f"{dossier.names.catalogue}.html": dossier.rendered(catalogue, "html"),
        f"{dossier.names.catalogue}.xlsx": dossier.rendered(catalogue, "xlsx"),
        **dossier.parts,
    }
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in parts.items())
    return pack({**parts, dossiernotes.SUMS: sums.encode()})


def material(sight: Sight, wanted: Wanted, version: str) -> Material:
    """What the catalogue of the dossier is made from: the names and digests of everything in it.

    Raises:
        NotFoundError, UsageError, RefusedError, DamageError: as `packed`.
    """
    dossier = Dossier(sight, wanted, version)
    dossier.collect()
    return dossier.material()


class _Of(NamedTuple):
    """One issue with what stands about it elsewhere: letters sent, records of registers, look-backs."""

    chosen: Chosen
    sent: tuple[Letter, ...]
    registers: tuple[Registered, ...]
    reviews: tuple[Review, ...]


class Dossier:
    """A dossier while it is put together.

    Attributes:
        basis: Whose ledger, and which day.
        names: What its files are called.
        parts: The files by their names in the archive, in order.
    """

    def __init__(self, sight: Sight, wanted: Wanted, version: str) -> None:
        """Look up the issues that are meant."""
        if not wanted.ids:
            raise UsageError(_("a dossier is of an issue"), _("name it: ledger report dossier 7 -o 7.zip"))
        self._sight, self._wanted, self._version = sight, wanted, version
        named = {each.seen.issue.uid: each for each in map(_issue, choose(sight, wanted.ids))}
        self._cases = tuple(named.values())
        self.basis = Basis(sight.book.name, sight.book.settings, sight.day, sight.known_at, version)
        with language.speaking(self.basis.language):
            self.names = dossiernotes.names()
        self.parts: dict[str, bytes] = {}
        self._contents: list[Content] = []
        self._taken: set[str] = set()
        self._size = 0

    def material(self) -> Material:
        """What the catalogue is made from, once everything is collected."""
        issues = casefiles.issues_of(map(casefiles.case, self._cases))
        return Material(wanted=self._wanted, basis=self.basis, issues=issues, contents=tuple(self._contents))

    def collect(self) -> None:
        """Put everything in: case by case, then the checkpoint over all of it."""
        heads: dict[str, Head] = {}
        entries = []
        every = reviews(self._sight)
        for chosen in self._cases:
            seen = chosen.seen
            uids = {each.target.uid for each in _all(chosen)}
            of = _Of(
                chosen,
                tuple(each for each in letters.about(self._sight, uids) if each.stage != "draft"),
                casefiles.registered(self._sight, [casefiles.case(chosen)], declared(self.basis.settings)),
                tuple(each for each in every if _looked_at(each, uids)),
            )
            self._one(of)
            heads[seen.issue.uid] = _head(seen)
            entries += seen.state.entries
        last = max(entries, key=lambda each: each.id)
        made = Checkpoint(
            self.basis.ledger,
            self.basis.settings.title,
            max(entries, key=lambda each: each.instant).at,
            self._version,
            last.id,
            in_order(heads.values()),
        )
        self._add(f"{self.names.checkpoint}.txt", made.text.encode(), "checkpoint", "")

    def _one(self, of: _Of) -> None:
        """The papers, originals and history of one issue, under a folder of its own."""
        seen = of.chosen.seen
        name = seen.issue.id
        folder = self.names.issue.format(id=name)
        for called, what, report in self._papers(of):
            for form in _FORMS:
                self._add(f"{folder}/{called}.{form}", self.rendered(report, form), what, name)
        for about, inside, row in self._originals(of):
            called = harmless(str(row.get("name", "")), self.names.evidence)
            path = self._free(f"{folder}/{self.names.evidence}/{inside}", called)
            self._add(path, self._original(about, row), "original", about)
        lines = "".join(f"{entry.line}\n" for entry in seen.state.entries)
        self._add(f"{folder}/{self.names.entries}.jsonl", lines.encode(), "entries", name)
        if not self._sight.dated:
            raw = self._sight.book.raw(seen.record.path.name)
            self._add(f"{folder}/{self.names.record}.toml", raw, "record", name)

    def _papers(self, of: _Of) -> Iterator[tuple[str, str, Report]]:
        """Each paper with the name of its file and what it is: a code of `Names.what`, or its own name."""
        issue = of.chosen.seen.issue
        if issue.status is not Status.VOID:
            yield self.names.closeout, "closeout", self._report("closeout", issue.id)
        if any(each.extensions for each in map(casefiles.case, _all(of.chosen))):
            yield self.names.extensions, "extensions", self._report("extension", issue.id)
        for each in of.sent:
            called = harmless(f"{each.form} {each.id}", each.id)
            yield called, letters.name_of(each), self._report("letter", each.id)
        yield self.names.history, "history", self._history(of)

    def _history(self, of: _Of) -> Report:
        course = Material(
            wanted=self._wanted,
            basis=self.basis,
            issues=(of.chosen.seen.issue,),
            events=tuple(_events(of.chosen)),
            registers=of.registers,
            reviews=of.reviews,
        )
        with language.speaking(self.basis.language):
            return casehistory.build(course)

    def _report(self, kind: str, word: str) -> Report:
        from ledger.usecases.gathering import gather  # which gathers what a dossier is made from, too

        return reports.build(gather(self._sight, Wanted(kind, (word,)), self._version))

    def rendered(self, report: Report, form: str) -> bytes:
        """A paper in one format, by the workspace's own templates where it has any."""
        return reports.render(report, form, self._sight.book.templates)

    def _originals(self, of: _Of) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """Each file of evidence with what it belongs to and the folder it goes into."""
        uids = {each.target.uid for each in _all(of.chosen)}
        for each in _all(of.chosen):
            yield from ((each.id, each.id, row._asdict()) for row in each.target.evidence)
        for looked in choose_any(self._sight, [each.id for each in of.sent]) if of.sent else ():
            if isinstance(looked, Looked):
                yield from ((looked.id, looked.id, row) for row in looked.state.fields.get("evidence", ()))
        for entered in (record for each in of.registers for record in each.records):
            place = harmless(entered.id.replace(":", "-"), "register")
            yield from ((entered.id, place, row) for row in entered.evidence)
        for review in of.reviews:
            for item in (each for each in review.items if each.subject in uids):
                yield from ((review.id, review.id, row) for row in item.evidence)

    def _original(self, about: str, row: Mapping[str, Any]) -> bytes:
        """What a file of evidence holds, as it was taken in."""
        sha256, name = str(row.get("sha256", "")), str(row.get("name", ""))
        path = evidence.find(self._sight.book.folder, sha256)
        hint = _("put the file back from a copy; ledger check --read-data names every one that is not right")
        if path is None:
            message = _("{id}: the evidence {name} is missing ({sha256})")
            raise DamageError(message.format(id=about, name=name, sha256=sha256), hint)
        data = files.read(path, limit=evidence.LARGEST_BYTES)
        if hashlib.sha256(data).hexdigest() != sha256:
            message = _("{id}: the evidence {name} is not what was taken in ({sha256})")
            raise DamageError(message.format(id=about, name=name, sha256=sha256), hint)
        return data

    def _free(self, folder: str, name: str) -> str:
        """A path nobody has taken, whatever a system makes of upper and lower case."""
        stem, dot, ending = name.rpartition(".")
        return free(f"{folder}/{stem or ending}", f"{dot}{ending}" if stem else "", self._taken)

    def _add(self, path: str, data: bytes, what: str, about: str) -> None:
        self._taken.add(path.casefold())
        self._size += len(data)
        if self._size > LARGEST:
            message = _("the dossier would have more than {most} bytes").format(most=LARGEST)
            raise RefusedError(message, _("name fewer issues"))
        self.parts[path] = data
        self._contents.append(
            Content(path, self.names.what.get(what, what), about, len(data), hashlib.sha256(data).hexdigest())
        )


def _issue(chosen: Chosen) -> Chosen:
    if chosen.key != OWN:
        message = _("a dossier is of an issue, and {id} is a measure").format(id=chosen.id)
        raise UsageError(message, _("name the issue: {id}").format(id=chosen.seen.issue.id))
    return chosen


def _all(chosen: Chosen) -> Iterator[Chosen]:
    """The issue and its measures."""
    yield chosen
    yield from (Chosen(chosen.seen, each.uid) for each in chosen.seen.issue.measures)


def _looked_at(review: Review, uids: Iterable[str]) -> bool:
    known = set(uids)
    return any(item.subject in known or item.variant in known for item in review.items)


def _events(chosen: Chosen) -> Iterator[Event]:
    for each in told(chosen):
        changes = tuple((one.id, one.field, one.was, one.now) for one in each.changes)
        yield Event(each.entry, each.id, each.act, changes, not (each.undone or each.overtaken))


def _head(seen: Seen) -> Head:
    state = seen.state
    return Head(state.schema.kind, seen.issue.number, seen.issue.uid, len(state.entries), state.tips[0])
