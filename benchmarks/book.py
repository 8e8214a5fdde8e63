"""A ledger of any size, made from a seed by the program's own rules and renderer, and kept for the next time.

Every record goes through the domain's acts and the store's renderer, so `ledger check` is silent about it.
Nothing in it exists.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import random
import shutil
from typing import TYPE_CHECKING

from benchmarks import processes, sample
from benchmarks.processes import Place
from ledger.domain import ids
from ledger.domain.acts import closing, planning, working
from ledger.domain.acts.draft import Context, Draft
from ledger.domain.course import OWN
from ledger.domain.review import REVIEW
from ledger.domain.schema import ISSUE
from ledger.domain.settings import Settings
from ledger.domain.state import State
from ledger.store.record import file_name, form_of
from ledger.store.recordfile import checked
from ledger.store.workers import spread

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

#: When the made-up inspection gave its findings.
START = dt.datetime(2025, 3, 3, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
#: The records whose bytes tell whether a kept ledger is the one that would be made now.
_SAMPLE = range(1, 21)


def kept(cache: Path, count: int, *, seed: int = 2) -> Place:
    """A place with a ledger of `count` issues: the one kept from the last time, or a new one.

    Shape: a ledger is kept as long as the rules and the renderer would make the same one again. What
        commands have added to it since is put back.
    """
    digest = hashlib.sha256(b"".join(_made(seed, number)[1] for number in _SAMPLE)).hexdigest()
    place = Place(cache / f"{count}-{digest[:12]}")
    whole = place.home / "whole"
    if not whole.exists():
        for old in cache.glob(f"{count}-*"):
            shutil.rmtree(old)
        (place.home / "ledgers").mkdir(parents=True)  # or the ledger is made in the workspace around it
        processes.output((str(processes.PROGRAM), "init", "bench", "--no-input"), place)
        fill(place.ledger, count, seed=seed)
        whole.touch()
    put_back(place, count, seed=seed)
    return place


def put_back(place: Place, count: int, *, seed: int = 2) -> None:
    """Take away what commands have added to a ledger, and undo what they have changed."""
    shutil.rmtree(place.ledger / REVIEW.folder, ignore_errors=True)
    last = START.timestamp()
    for path in (place.ledger / ISSUE.folder).iterdir():
        number = int(path.name.partition("-")[0])
        if number > count:
            path.unlink()
        elif path.stat().st_mtime != last:
            _put(path.parent, seed, number)


def fill(ledger: Path, count: int, *, seed: int = 2) -> None:
    """Put `count` issues into the folder of a ledger that has none."""
    folder = ledger / ISSUE.folder
    folder.mkdir(parents=True, exist_ok=True)

    def put(numbers: Sequence[int]) -> None:
        for number in numbers:
            _put(folder, seed, number)

    for _done in spread(put, range(1, count + 1)):
        pass


def _put(folder: Path, seed: int, number: int) -> None:
    name, data = _made(seed, number)
    path = folder / name
    path.write_bytes(data)
    # As old as the findings: a file of the last seconds is read anew whatever the index knows.
    os.utime(path, (START.timestamp(), START.timestamp()))


def _made(seed: int, number: int) -> tuple[str, bytes]:
    """The file of one issue, the same whatever else is made."""
    draft = _issue(random.Random(f"{seed} {number}"), number)
    document = draft.state.document()
    name = file_name(number, document["uid"])
    return name, checked(document, [entry.line for entry in draft.state.entries], form_of(ISSUE.kind))


def _issue(source: random.Random, number: int) -> Draft:
    draft = Draft(State(ISSUE), _context(source, 0))
    fields = {
        "title": sample.title(source),
        "category": source.choice(sample.CATEGORIES),
        "unit": source.choice(sample.UNITS),
        "leader": source.choice(sample.PERSONS),
        "owner": source.choice(sample.PERSONS),
        "criterion": sample.text(source, words=10),
        "term": source.choice(("immediate", "phased", "phased", "phased", "longterm")),
        **_deadline(source),
    }
    if source.random() < 0.2:
        fields["co_units"] = tuple(source.sample(sample.UNITS, 2))
    if source.random() < 0.1:
        fields["remark"] = sample.odd(source)
    measures = [_measure(source) for _ in range(source.choice((2, 3, 3, 4, 4, 4, 5, 5, 6)))]
    planning.add(draft, number, fields, measures)
    _work(draft, source)
    return draft


def _measure(source: random.Random) -> dict[str, object]:
    fields: dict[str, object] = {"text": sample.text(source, words=source.randint(6, 16))}
    if source.random() < 0.4:
        fields["unit"] = source.choice(sample.UNITS)
    if source.random() < 0.4:
        fields["deliverable"] = sample.title(source)
    if source.random() < 0.5:
        fields |= _deadline(source)
    return fields


def _deadline(source: random.Random) -> dict[str, object]:
    day = START.date() + dt.timedelta(days=source.randrange(20, 700))
    return {"due": day, "due_text": f"{day.year}年{day.month}月{day.day}日前"}


def _work(draft: Draft, source: random.Random) -> None:
    """Weeks of work: mostly notes, now and then something else, and a close-out where all went well."""
    measures = [part["uid"] for part in draft.state.measures()]
    ending = source.choice(("open", "open", "done", "closed", "closed", "reopened", "void"))
    for week in range(
        source.randint(3, 8) if ending in ("done", "closed", "reopened") else source.randint(6, 14)
    ):
        draft.context = _context(source, 7 * week + 1)
        _one_act(draft, source, source.choice(measures), week)
    draft.context = _context(source, 130)
    if ending == "void":
        working.void(draft, measures[-1])
        return
    if ending == "open":
        return
    for measure in measures:
        for point in draft.state.parts[measure].get("points", ()):
            working.tick_point(draft, measure, point["number"])
        working.report_done(draft, measure, sample.text(source, words=8))
    if ending != "done":
        words = closing.SignWords(
            signer=source.choice(sample.PERSONS), opinion="同意销号。", result="已整改到位。"
        )
        closing.close(draft, OWN, words)
    if ending == "reopened" and source.random() < 0.3:
        draft.context = _context(source, 170)
        closing.reopen(draft, measures[0] if draft.context.settings.chain.of == "measure" else OWN)


def _one_act(draft: Draft, source: random.Random, measure: str, week: int) -> None:
    chance = source.random()
    if chance < 0.06:
        working.extend(
            draft, measure, START.date() + dt.timedelta(days=720 + week), sample.text(source, words=2)
        )
    elif chance < 0.1:
        working.add_point(draft, measure, sample.title(source))
    elif chance < 0.13:
        planning.edit(draft, OWN, {"criterion": sample.text(source, words=9)})
    elif chance < 0.16:
        working.note(draft, measure, sample.odd(source))
    elif chance < 0.22:
        working.note(draft, OWN, sample.text(source, words=8))
    else:
        working.note(draft, measure, sample.text(source, words=source.randint(4, 12)))


def _context(source: random.Random, days: int) -> Context:
    at = START + dt.timedelta(days=days, seconds=source.randrange(8 * 3600))

    def new_id() -> str:
        return ids.ulid(int(at.timestamp() * 1000), source.randbytes(10))

    return Context(
        by=source.choice(sample.PERSONS),
        on=at.date(),
        at=at,
        batch=new_id(),
        new_id=new_id,
        settings=Settings(),
        why=sample.text(source, words=4),
    )
