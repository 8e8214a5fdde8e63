"""A writer that does random deeds for ever and says after each what it has done."""

from __future__ import annotations

import datetime as dt
import os
import random
import time
from pathlib import Path

from ledger.domain.acts.closing import SignWords
from ledger.errors import LedgerError
from ledger.store.lock import locked
from ledger.usecases import closing, planning, reading, shaping, working
from ledger.usecases.change import Actor, Desk

#: What it does, the more often the more often named.
ACTS = ["add", "add", "note", "close", "move", "many"]


def say(word: str) -> None:
    """Acknowledge: from here on somebody relies on it."""
    os.write(1, f"{word}\n".encode())


def write_for_ever(folder: str, seed: str, turns: str = "1000000") -> None:
    """Do deeds in the ledger of a folder until killed."""
    book = reading.open_book(Path(folder))
    chance = random.Random(int(seed))
    now = dt.datetime(2025, 3, 1, 9, tzinfo=dt.UTC)
    for turn in range(int(turns)):
        desk = Desk(book, Actor("w", now.date(), now, "why"))
        word = f"{seed}-{turn}"
        act = chance.choice(ACTS)
        try:
            say(_do(desk, act, word))
        except LedgerError:
            say("refused")


def _do(desk: Desk, act: str, word: str) -> str:
    if act == "note":
        working.note(desk, ["1"], word)
        return f"note 1 {word}"
    if act == "many":
        word = f"both-{word}"
        working.note(desk, ["1", "2"], word)
        return f"many 1 {word}"
    if act == "move":
        shaping.move(desk, ["1.1"], "2")
        return "moved"
    number = planning.add_issue(desk, {"title": word}, ["a", "b"] if act == "add" else []).value
    if act == "close":
        say(f"add {number} {word}")
        closing.close(desk, [str(number)], SignWords(result="r"))
    return f"{act} {number} {word}"


def write_pairs(folder: str, seed: str) -> None:
    """Write one note on two issues in one change, again and again."""
    book = reading.open_book(Path(folder))
    now = dt.datetime(2025, 3, 1, 9, tzinfo=dt.UTC)
    for turn in range(10**6):
        working.note(Desk(book, Actor("w", now.date(), now, "why")), ["1", "2"], f"{seed}-{turn}")


def hold_for_ever(folder: str) -> None:
    """Hold the lock and do nothing."""
    workspace = reading.open_book(Path(folder)).workspace
    with locked(workspace.state, by="Lin", command="hanging"):
        say("held")
        time.sleep(600)
