"""Registers of two copies of a ledger, put together with a real git."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.books import typed
from tests.cli.registers.conftest import OWN
from tests.cli.repository import git, under_git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

NOON, EVENING = "2025-03-03T12:00:00+08:00", "2025-03-03T18:00:00+08:00"


def save() -> None:
    git("add", "-A")
    git("commit", "-q", "-m", "x")


@pytest.fixture
def forked(run, monkeypatch):
    """A ledger with a training and a meeting, and a copy of it; the function types lines in both, then merges."""
    Path("mine").mkdir()
    monkeypatch.chdir("mine")
    under_git(run, "--lang", "zh")
    settings = Path("ledgers/2025/ledger.toml")
    settings.write_text(settings.read_text(encoding="utf-8") + OWN, encoding="utf-8")
    typed(
        run,
        "register training add topic=公文 hours=4 cost=1 teachers=张某、李某\nregister meetings add type=推进会 title=甲",
        now="2025-03-01T09:00:00+08:00",
    )
    save()
    git("clone", "-q", ".", "../theirs")

    def fork(mine: str, theirs: str) -> None:
        typed(run, mine, now=NOON, by="林某")
        save()
        monkeypatch.chdir("../theirs")
        typed(run, theirs, now=EVENING, by="顾某")
        save()
        monkeypatch.chdir("../mine")
        git("fetch", "-q", "../theirs", "main")
        git("merge", "FETCH_HEAD", fine=True)

    return fork


def rows(run, kind: str) -> list[dict]:
    """The values of the records of a register."""
    return [each["values"] for each in json.loads(run.ok("register", kind, "list", "--json"))["rows"]]


def test_changes_of_different_fields_are_both_there(run, forked):
    """Fields only a declaration knows are put together one by one, like any other."""
    forked("register training edit 1 hours=8", "register training edit 1 cost=2万元 open=是")
    assert run("resolve").code == 0
    (row,) = rows(run, "training")
    assert (row["hours"], row["cost"], row["open"]) == (8, "20000", True)
    assert run("check").code == 0


def test_one_field_changed_by_both_is_asked_about(run, forked):
    """Nobody's value is lost: the one that is not taken stands in the history."""
    forked("register training edit 1 hours=8", "register training edit 1 hours=9")
    assert run("resolve").code == 6
    assert run("resolve", "--prefer", "theirs").code == 0
    assert rows(run, "training")[0]["hours"] == 9
    assert '"hours":8' in next(Path("ledgers/2025/registers/training").iterdir()).read_text(encoding="utf-8")
    assert run("check").code == 0


def test_two_records_with_one_number_are_told_apart(run, forked):
    """`check` names them, `renumber` settles it; both are kept and counted."""
    forked(
        "register training add topic=甲方\nregister meetings add type=推进会 title=乙",
        "register training add topic=乙方\nregister meetings add type=推进会 title=丙",
    )
    assert run("check").code == 7
    run.ok("renumber")
    assert run("check").code == 0
    assert sorted(each["topic"] for each in rows(run, "training")) == ["乙方", "公文", "甲方"]
    assert len(rows(run, "meetings")) == 3


def test_one_number_of_a_series_given_in_two_places_is_named(run, forked):
    """Both copies gave the next one; `check` says which record has to take another."""
    forked("register bulletins add series=简报 title=甲", "register bulletins add series=简报 title=乙")
    run.ok("renumber")
    faults = json.loads(run("check", "--json").out)["faults"]
    assert [each["rule"] for each in faults] == ["series"]
    number = faults[0]["id"].partition(":")[2]
    run.ok("register", "bulletins", "edit", number, "issue_no=2")
    assert run("check").code == 0
    assert sorted(each["issue_no"] for each in rows(run, "bulletins")) == [1, 2]
