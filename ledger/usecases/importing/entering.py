"""Taking a document onto the books as it was shown: all of it or nothing."""

from __future__ import annotations

from collections import defaultdict
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.acts import planning, working
from ledger.domain.course import OWN
from ledger.domain.moves import MOVES, Act
from ledger.errors import ConflictError
from ledger.usecases.change import Desk, Outcome, Work, change, new_id
from ledger.usecases.fields import unknown_names
from ledger.usecases.importing.comparing import file_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.domain.acts.draft import Draft
    from ledger.intake.proposal import Proposal, ProposedIssue, ProposedMeasure
    from ledger.store.record import Record
    from ledger.usecases.importing.comparing import Comparison, New, Revised
    from ledger.usecases.importing.known import Subject
    from ledger.usecases.importing.revising import Change


class Taken(NamedTuple):
    """What came onto the books: the numbers given, how many measures, and the ids that were changed."""

    numbers: tuple[int, ...]
    measures: int
    changed: tuple[str, ...] = ()


def take_in(desk: Desk, comparison: Comparison) -> Outcome[Taken]:
    """Put what was worked out on the books, in one change.

    Raises:
        ConflictError: the books were changed since they were looked at.
        RefusedError: a rule of the acts forbids a change; nothing is written.
    """
    if comparison.is_empty:
        return Outcome(new_id(), Taken((), 0), (), (), desk.dry_run)

    def deed(work: Work) -> Taken:
        if tuple(desk.book.names()) != comparison.names:
            message = _("issues came or went while the document was looked at")
            raise ConflictError(message, _("run the command again"))
        entering = _Entering(work, comparison.proposal)
        numbers = tuple(entering.new(each) for each in comparison.new)
        in_order = sorted((*comparison.revised, *comparison.homes), key=lambda each: each.about.number)
        ids = [name for each in in_order for name in entering.revised(each)]
        entering.serve()
        for prose in comparison.prose:
            if prose.is_written:
                work.put(prose.path, prose.data, expected=prose.digest)
        if comparison.new_map is not None:
            work.put(*comparison.new_map[:2], expected=comparison.new_map.digest)
        entering.warn_of_names()
        measures = sum(len(each.measures) for each in comparison.new)
        measures += sum(len(each.added) for each in comparison.revised)
        return Taken(numbers, measures, tuple(dict.fromkeys(ids)))

    return change(desk, "import", deed)


class _Entering:
    """One document coming onto the books; every entry says which file it comes from, and where in it."""

    def __init__(self, work: Work, proposal: Proposal) -> None:
        self.work = work
        self.file = {
            "file": file_name(proposal.file),
            **({"digest": proposal.sha256} if proposal.sha256 else {}),
        }
        # Of each shared measure: the issue that has it with its uid, and the others it counts for.
        self.homes: dict[str, tuple[Draft, str]] = {}
        self.served: defaultdict[str, list[str]] = defaultdict(list)
        self.names: dict[str, None] = {}  # of units and persons, each once, in order

    def new(self, new: New) -> int:
        number = self.work.next_number()
        draft = self.work.new()
        rows = [dict(each.printed.fields) for each in new.measures]
        places = {"measures": [_place(each.proposed) for each in new.measures]} if rows else {}
        planning.add(
            draft,
            number,
            new.printed.fields,
            rows,
            said={"source": {**self.file, "n": new.proposed.n, **_place(new.proposed), **places}},
        )
        draft.warnings.extend(new.printed.doubts)
        self._strange(new.printed.fields, *rows)
        uids = dict(zip((id(each.proposed) for each in new.measures), draft.state.parts, strict=True))
        self._share(new.proposed, draft, uids)
        return number

    def revised(self, revised: Revised) -> list[str]:
        """Enter what changes in an issue; gives the ids of what was changed."""
        proposed = revised.proposed
        shared = any(each.shared is not None for each in proposed.measures)
        if not revised.is_changed and not shared:
            return []
        draft = self.work.take(self._as_looked_at(revised.about))
        places = {uid: proposed.measures[at] for at, uid in revised.uids.items()}
        by_key: defaultdict[str, list[Change]] = defaultdict(list)
        for each in revised.changes:
            if each.is_applied:
                by_key[each.key].append(each)
        for key, changes in by_key.items():
            where = places[key] if key != OWN else proposed
            self._edit(draft, key, changes, {**self.file, **_n(proposed, key), **_place(where)})
        uids = {id(each): uid for uid, each in places.items()}
        for addition in revised.added:
            source = {**self.file, **_place(addition.proposed)}
            uid = planning.add_measure(draft, addition.printed.fields, said={"source": source})
            uids[id(addition.proposed)] = uid
            self._strange(addition.printed.fields)
        draft.warnings.extend(revised.doubts)
        self._share(proposed, draft, uids)
        mine = [entry for entry in draft.added if entry.batch == self.work.batch]
        keys = [key for entry in mine for key in entry.set.get("measures", {}) or (entry.target or OWN,)]
        return list(map(draft.name, keys))

    def _as_looked_at(self, about: Subject) -> Record:
        """The record of an issue, read again: it must be the one the document was held against."""
        record = self.work.book.read(about.record)
        if record.digest != about.digest:
            message = _("issue {number} was changed while the document was looked at")
            raise ConflictError(message.format(number=about.number), _("run the command again"))
        return record

    def _edit(self, draft: Draft, key: str, changes: list[Change], source: Mapping[str, Any]) -> None:
        sets = {name: value for each in changes for name, value in each.sets.items()}
        printed = {name: value for each in changes for name, value in each.printed.items()}
        if sets:
            said = {**source, **({"printed": printed} if printed else {})}
            planning.edit(draft, key, sets, said={"source": said})
            self._strange(sets)
        for each in changes:
            if each.fate == "noted":
                working.note(draft, key, each.theirs, source=source)

    def _share(self, proposed: ProposedIssue, draft: Draft, uids: Mapping[int, str]) -> None:
        """A measure shared by several issues stands with the first and serves the others."""
        own = str(draft.state.fields["uid"])
        for measure in proposed.measures:
            if measure.shared is None:
                continue
            if id(measure) in uids:
                self.homes.setdefault(measure.shared, (draft, uids[id(measure)]))
            else:
                self.served[measure.shared].append(own)

    def serve(self) -> None:
        """Let shared measures serve the issues that have come to share them; what is closed stays."""
        for name, served in self.served.items():
            if name not in self.homes:
                continue
            draft, uid = self.homes[name]
            before = list(draft.state.parts[uid].get("serves", ()))
            after = [*before, *(each for each in dict.fromkeys(served) if each not in before)]
            if after != before and (draft.status(uid), Act.EDIT) in MOVES:
                draft.enter("edit", uid, changes={"serves": after})

    def _strange(self, *given: Mapping[str, Any]) -> None:
        for fields in given:
            named = [fields.get(name) for name in ("unit", "leader", "owner")]
            self.names.update(
                dict.fromkeys(str(each) for each in (*named, *(fields.get("co_units") or ())) if each)
            )

    def warn_of_names(self) -> None:
        """Say once which names nobody listed."""
        for opened in list(self.work.opened.values())[:1]:
            opened.draft.warnings.extend(unknown_names(self.work.book, {"co_units": list(self.names)}))


def _place(proposed: ProposedIssue | ProposedMeasure) -> dict[str, Any]:
    """Where it stands in the document."""
    sheet = getattr(proposed, "sheet", None)
    return {"line": proposed.line, "column": proposed.column, **({"sheet": sheet} if sheet else {})}


def _n(proposed: ProposedIssue, key: str) -> dict[str, int]:
    return {"n": proposed.n} if key == OWN else {}
