"""A ledger of any size, made from a seed by the program's own rules and renderer.

Every record goes through the domain's acts and the store's renderer, so `ledger check` is silent about it.
Nothing in it exists.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from typing import TYPE_CHECKING

from benchmarks import sample
from ledger.domain import ids
from ledger.domain.acts import closing, planning, working
from ledger.domain.acts.draft import Context, Draft
from ledger.domain.course import OWN
from ledger.domain.schema import ISSUE
from ledger.domain.settings import Settings
from ledger.domain.state import State
from ledger.store.record import FORMS, file_name
from ledger.store.recordfile import checked

if TYPE_CHECKING:
    from pathlib import Path

#: When the made-up inspection gave its findings.
START = dt.datetime(2025, 3, 3, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def fill(ledger: Path, count: int, *, seed: int = 2) -> int:
    """Put `count` issues into the folder of a ledger that has none.

    Units: gives the bytes written.
    """
    source = random.Random(seed)
    folder = ledger / ISSUE.folder
    folder.mkdir(exist_ok=True)
    written = 0
    for number in range(1, count + 1):
        draft = _issue(source, number)
        document = draft.state.document()
        path = folder / file_name(number, document["uid"])
        written += path.write_bytes(
            checked(document, [entry.line for entry in draft.added], FORMS[ISSUE.kind], path=path)
        )
        # As old as the findings: a file of the last seconds is read anew whatever the index knows.
        os.utime(path, (START.timestamp(), START.timestamp()))
    return written


def _issue(source: random.Random, number: int) -> Draft:
    draft = Draft(State(ISSUE), _context(source, START))
    fields = {
        "title": sample.sentence(source, words=4).rstrip("。"),
        "category": source.choice(sample.CATEGORIES),
        "unit": source.choice(sample.UNITS),
        "leader": source.choice(sample.PERSONS),
        "criterion": sample.sentence(source, words=8),
        "term": source.choice(("immediate", "phased", "phased", "longterm")),
        "due": START.date() + dt.timedelta(days=source.randrange(20, 400)),
        "due_text": "2025年底前",
    }
    measures = [{"text": sample.sentence(source, words=16)} for _ in range(source.randint(2, 5))]
    planning.add(draft, number, fields, measures)
    _work(draft, source)
    return draft


def _work(draft: Draft, source: random.Random) -> None:
    """Weeks of notes, and a close-out where all went well."""
    measures = [part["uid"] for part in draft.state.measures()]
    finished = source.random() < 0.5
    for week in range(source.randint(4, 9)):
        draft.context = _context(source, START + dt.timedelta(days=7 * week + 1))
        working.note(draft, source.choice(measures), sample.sentence(source, words=10))
    if not finished:
        return
    draft.context = _context(source, START + dt.timedelta(days=80))
    for measure in measures:
        working.report_done(draft, measure, sample.sentence(source, words=8))
    if source.random() < 0.6:
        words = closing.SignWords(signer=source.choice(sample.PERSONS), result="已整改到位。")
        closing.close(draft, OWN, words)


def _context(source: random.Random, at: dt.datetime) -> Context:
    def new_id() -> str:
        return ids.ulid(int(at.timestamp() * 1000), source.randbytes(10))

    return Context(
        by=source.choice(sample.PERSONS),
        on=at.date(),
        at=at,
        batch=new_id(),
        new_id=new_id,
        settings=Settings(),
    )
