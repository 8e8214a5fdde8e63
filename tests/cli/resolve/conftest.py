"""A ledger and a copy of it that went apart, with a real git."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.books import rewrite, typed
from tests.cli.repository import git, under_git
from tests.cli.resolve.copies import EVENING, NOON, save


@pytest.fixture
def forked(run, monkeypatch):
    """A ledger, and a copy of it in ../theirs; the function types lines in both and starts the merge."""
    Path("mine").mkdir()
    monkeypatch.chdir("mine")
    under_git(run, "--preset", "five-level")
    rewrite(Path("ledgers/2025/ledger.toml"), "required = true", "required = false")
    typed(run, "add 文风不实 -m 甲 -m 乙 --unit 办公室\nadd 会议过多 -m 丙", now="2025-03-01T09:00:00+08:00")
    save()
    git("clone", "-q", ".", "../theirs")

    def fork(mine: str, theirs: str, *, how: str = "merge") -> None:
        typed(run, mine, now=NOON, by="林某")
        save("mine")
        monkeypatch.chdir("../theirs")
        typed(run, theirs, now=EVENING, by="顾某")
        save("theirs")
        monkeypatch.chdir("../mine")
        git("fetch", "-q", "../theirs", "main")
        git(how, "FETCH_HEAD", fine=True)

    return fork


@pytest.fixture
def apart(run, forked):
    """Two branches of one copy, `main` and `other`; the function makes them of what is done on each."""
    forked("note 1.1 -t 一", "note 2.1 -t 二")
    git("commit", "-q", "-m", "merged", fine=True)

    def part(mine: str, other: str) -> None:
        git("checkout", "-q", "-b", "other")
        typed(run, other, now=NOON, by="顾某")
        save("other")
        git("checkout", "-q", "main")
        typed(run, mine, now=EVENING, by="林某")
        save("mine")

    return part
