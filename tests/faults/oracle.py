"""What must hold after any fault, whatever the fault was.

What was acknowledged is there; what was not is wholly there or not at all; every chain verifies; the index says what the
text says; recovering twice is recovering once; after the next command that writes nothing half-written lies about.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from typing import TYPE_CHECKING, NamedTuple

from ledger.errors import LedgerError
from ledger.store import index
from ledger.usecases import checking, reading, working
from ledger.usecases.change import Actor, Desk

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from ledger.store.book import Book
    from tests.faults.forked import Ended

#: Folders that are no part of what a workspace says.
_ASIDE = {".state", ".index", ".git"}
#: What the next command after a fault writes, into the office's chronicle.
NEXT = "the next command"
#: A half-written file, or one in a half-written folder. A killed export leaves one in a folder that is the user's, where nobody takes it away.
_STRAY = re.compile(r"(^|/)\.[^/]+\.[0-9]+\.new(/|$)")
#: What an index says, but for how it knows.
_TABLES = ("issue", "measure", "serve", "history", "spell", "search")
#: How a message says that what was asked for may be in the ledger, though not all went well.
_SAID = re.compile(
    r"the change (to \S+ )?is (recorded|made), but|a change to the ledger is made all the same"
)


class Told(NamedTuple):
    """What a workspace says: its files, what its index says, and what does not hold before some deeds."""

    texts: Mapping[str, bytes]
    listed: object
    faults: Sequence[tuple[str, str]]


def texts(folder: Path) -> dict[str, bytes]:
    """Every file of a workspace that is no index and no state, but for what the next command wrote."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and _ASIDE.isdisjoint(path.relative_to(folder).parts):
            data, name = path.read_bytes(), path.relative_to(folder).as_posix()
            if NEXT.encode() not in data and not _STRAY.search(name):
                found[name] = data
    return found


def strays(folder: Path) -> list[str]:
    """What a stopped command may have left, and nobody took away."""
    left = [*(folder / "ledgers").rglob(".*.new"), *folder.glob(".git*.new")]
    left += [*folder.glob("ledgers/.state/txn/*"), *folder.glob("ledgers/.state/holder.json")]
    return sorted(path.relative_to(folder).as_posix() for path in left)


def listed(folder: Path) -> object:
    """All that the index of the ledger says; the kind of error where it may not answer."""
    try:
        with index.connect(_book(folder)) as db:
            return [db.execute(f'select * from "{table}" order by 1, 2').fetchall() for table in _TABLES]
    except LedgerError as error:
        return error.code


def told(folder: Path) -> Told:
    """What a workspace says, of an index made anew."""
    for each in folder.glob("ledgers/*/.index"):
        shutil.rmtree(each)
    return Told(texts(folder), listed(folder), faults(folder))


def faults(folder: Path) -> list[tuple[str, str]]:
    """What check finds to be wrong: rules and files."""
    found = checking.faults(_book(folder))
    return sorted((str(fault.rule), str(fault.file)) for fault in found if str(fault.severity) == "error")


def write_next(folder: Path) -> None:
    """What the next command does, whoever runs it: it settles what a stopped one left, then writes a note."""
    now = dt.datetime(2025, 3, 1, 9, tzinfo=dt.UTC)
    working.note(Desk(_book(folder), Actor("Gu", now.date(), now)), [], NEXT)


def _book(folder: Path) -> Book:
    return reading.open_book(folder, "t")


class Judge(NamedTuple):
    """What is there before a deed, and what is there after it when nothing goes wrong."""

    before: Told
    after: Told

    def judged(
        self, folder: Path, ended: Ended, codes: Collection[int] = (0, 8), *, tidy: bool = True
    ) -> str:
        """Let the next command find the workspace as a fault left it; `old` or `new` says what it found.

        Shape: `codes` are those it may have ended with, if it was not killed. Not `tidy`: what says that a command
            was interrupted may be lost, and half-written files nobody reads stay until it is said again.
        """
        self._answered(ended, codes)
        write_next(folder)
        now = texts(folder)
        state = "new" if now == self.after.texts else "old"
        if state == "old":
            assert self._as_before(now)
        assert ended.code != 0 or state == "new", "acknowledged and not there"
        if ended.code == 8 and state == "new" and now != self.before.texts:
            assert _SAID.search(ended.err), "it is there, and the message does not say so"
        assert not tidy or strays(folder) == []
        there = self.after if state == "new" else self.before
        self._settled(folder, there)
        return state

    def _answered(self, ended: Ended, codes: Collection[int]) -> None:
        """Killed, done or stopped: one message, and never a traceback."""
        assert "Traceback" not in ended.err
        if ended.code >= 0:
            assert ended.code in codes
            assert ended.code == 0 or "error: " in ended.err or "files concerned" in ended.err

    def _as_before(self, now: Mapping[str, bytes]) -> bool:
        """Nothing of the deed is there, but for files nothing refers to yet, and those whole."""
        extra = now.keys() - self.before.texts.keys()
        assert {name: now[name] for name in now.keys() - extra} == self.before.texts
        assert {name: now[name] for name in extra} == {name: self.after.texts[name] for name in extra}
        assert all("/evidence/" in name or "/other/" in name or "/" not in name for name in extra)
        assert "ledgers/other/ledger.toml" not in extra
        return True

    def _settled(self, folder: Path, there: Told) -> None:
        """Asking finishes nothing more and changes nothing; the answers are those of a new index."""
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and _steady(path)}
        assert listed(folder) == there.listed
        assert faults(folder) == there.faults
        after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and _steady(path)}
        assert before == after


def _steady(path: Path) -> bool:
    return ".index" not in path.parts and not path.name.startswith("lock.db")
