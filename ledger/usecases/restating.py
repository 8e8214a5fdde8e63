"""What was written down after a period was frozen, and what it makes of the figures that were sent."""

from __future__ import annotations

import json
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger import reports
from ledger.domain.cadence import Span, period_named
from ledger.domain.course import OWN
from ledger.domain.entry import parse
from ledger.domain.issue import issue_of
from ledger.domain.replay import causal, replay, up_to
from ledger.domain.schema import ISSUE
from ledger.errors import DamageError
from ledger.reports import as_json
from ledger.reports.material import Wanted
from ledger.reports.restated import Correction, Restated, counted
from ledger.store import files, recordfile, staging
from ledger.store import frozen as folders
from ledger.store.frozenbook import FrozenBook
from ledger.usecases.changing import span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.domain.checkpoint import Head
    from ledger.domain.entry import Entry
    from ledger.domain.frozen import Frozen
    from ledger.domain.settings import Light
    from ledger.usecases.sight import Sight

#: The report whose figures are told again.
_STATUS = "status"


def before(sight: Sight, wanted: Wanted) -> Frozen | None:
    """The frozen period whose figures a report corrects: the latest that ended before its own began."""
    first = span(wanted.period or "month", sight.day).first
    # Somebody may be writing one just now: its folder is there before its manifest.
    return staging.at_one_moment(sight.book.workspace.state, lambda: sight.book.frozen_before(first))


def restated(sight: Sight, wanted: Wanted, version: str) -> Restated | None:
    """What became of the figures of the frozen period before; nothing where there is none.

    Raises:
        DamageError: what was frozen is not what it was.
    """
    frozen = before(sight, wanted)
    if frozen is None:
        return None
    was = json.loads(_view(sight, frozen))
    corrections = tuple(_corrections(sight, frozen))
    now = _now(sight, frozen, version) if corrections else was
    return Restated(frozen.name, frozen.as_of, was, now, corrections, same=frozen.version == version)


def _view(sight: Sight, frozen: Frozen) -> bytes:
    """The view of the monthly status as it was sent."""
    path = folders.view_path(_STATUS)
    ledger = sight.book.workspace.ledgers / sight.book.name
    kept = {each.path: each.sha256 for each in frozen.files}
    try:
        data = files.read(ledger / folders.FOLDER / frozen.name / path)
    except FileNotFoundError:
        data = b""
    if files.digest(data) != kept.get(path):
        message = _("{path} is not what was frozen").format(path=folders.shown(ledger, frozen.name, path))
        raise DamageError(message, _("ledger verify {name} says more").format(name=frozen.name))
    return data


def _now(sight: Sight, frozen: Frozen, version: str) -> Mapping[str, object]:
    """The same report of the same day under the same rules, as the records are known now."""
    from ledger.usecases.gathering import gather

    book = FrozenBook(sight.book, frozen, cut=False)
    then = sight._replace(book=book, day=frozen.as_of, as_of=frozen.as_of)
    view = reports.build(gather(then, asked(_STATUS, frozen.period), version))
    shown: Mapping[str, object] = json.loads(as_json.canonical(as_json.payload(view)))
    return shown


def asked(kind: str, period: str) -> Wanted:
    """The report of a kind about a period, where the kind can be asked for one; else about its day."""
    return Wanted(kind, period=period if "period" in reports.TAKES.get(kind, ()) else "")


# --- what changed them -----------------------------------------------------------------------------


class _Rules(NamedTuple):
    """What an issue is counted by: the frozen period, what is known when, and the lights of then."""

    frozen: Frozen
    known_at: dt.datetime | None
    lights: Sequence[Light]

    def counted(self, entries: Sequence[Entry]) -> object:
        """All that figures take from the issue these entries make on the day of the frozen reports."""
        day, first = self.frozen.as_of, period_named(self.frozen.period).first
        state = replay(ISSUE, entries, as_of=day)
        issue = issue_of(state) if "uid" in state.fields else None
        return counted(issue, Span(self.frozen.period, first, day), self.lights)


def _corrections(sight: Sight, frozen: Frozen) -> Iterator[Correction]:
    """The entries after which an issue counts otherwise on the day of the frozen reports."""
    ledger = sight.book.workspace.ledgers / sight.book.name
    heads = {head.uid: head for head in folders.checkpoint(ledger, frozen.name).heads}
    ends = {f'\nhead = "sha256:{head.head}"\n'.encode(): head for head in heads.values()}
    lights = FrozenBook(sight.book, frozen, cut=False).settings.lights
    rules = _Rules(frozen, sight.known_at, lights)
    read = sight.book.reader(ISSUE)
    for name in sight.book.names(ISSUE):
        data = read(name)
        cut = data.rfind(b'\nhead = "')
        if data[cut : data.find(b"\n", cut + 1) + 1] in ends:
            continue  # nothing was added: thousands of records are like that
        path = sight.book.shown(name)
        history = [parse(line) for line in recordfile.parse(data, path=path).lines]
        yield from _of_record(history, heads, rules)


def _of_record(history: Sequence[Entry], heads: Mapping[str, Head], rules: _Rules) -> Iterator[Correction]:
    """The entries of one issue after which it counts otherwise."""
    frozen, known_at = rules.frozen, rules.known_at
    head = heads.get(str(replay(ISSUE, history).fields.get("uid", "")))
    then = {entry.hash for entry in up_to(history, head.head)} if head else set()
    known = [each for each in causal(history) if known_at is None or each.instant <= known_at]
    seen = [each for each in known if each.hash in then and each.instant <= frozen.known_at]
    kept = {each.hash for each in seen}
    last = rules.counted(seen)
    for entry in known:
        if entry.hash in kept:
            continue
        seen.append(entry)
        if entry.on > frozen.as_of and entry.do != "undo":
            continue
        now = rules.counted(seen)
        if now != last:
            yield _correction(entry, history)
        last = now


def _correction(entry: Entry, history: Sequence[Entry]) -> Correction:
    state = replay(ISSUE, history)
    number = ISSUE.id_of(int(state.fields.get("number", 0)))
    part = state.parts.get(entry.target) if entry.target not in (None, OWN) else None
    shown = f"{number}.{part.get('number')}" if part else number
    return Correction(shown, entry.do, entry.on, entry.at, entry.by)
