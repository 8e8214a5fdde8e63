"""`ledger check --against`, where git has what was there."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.checkpoint.holding import faults, record
from tests.cli.repository import git, somebody
from tests.forged import forge


def save() -> None:
    git("add", "-A")
    git("commit", "-q", "-m", "x")


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_git_says_from_which_entry_on_it_differs(run, kept):
    """The commit that has the history is named, with the command that brings it back; it does."""
    somebody()
    git("init", "-q")
    save()
    commit = git("rev-parse", "HEAD")[:10]
    forge(record(1), lambda entries: entries[2].update(by="吴某"))
    git("commit", "-q", "-a", "-m", "two")
    [fault] = json.loads(run("check", "checkpoint", "--against", "kept.txt", "--json").out)["faults"]
    name = record(1).name
    assert (fault["message"], fault["hint"]) == (
        "the history was rewritten: entry 4, in which it ended on 2025-03-01 09:00, is not in it any more"
        "; it differs from entry 3 on",
        f"git has it: move the file aside, then: ledger restore {name} --from {commit}",
    )
    record(1).unlink()
    run.ok("restore", name, "--from", commit, "--yes")
    assert faults(run) == []


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_a_mere_cut_differs_nowhere(run, kept):
    """What is left of a cut history is as it was: then no entry is named."""
    somebody()
    git("init", "-q")
    save()
    forge(record(1), lambda entries: entries.__delitem__(slice(-1, None)))
    [(_file, _line, message)] = faults(run)
    assert message == "the history was cut: the checkpoint of 2025-03-01 09:00 saw 4 entries, and there are 3"


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_branches_that_were_put_together_extend_both_checkpoints(run, monkeypatch):
    """A count is of the entries a head stands for: after a merge of two copies nothing they saw is lost."""
    Path("mine").mkdir()
    monkeypatch.chdir("mine")
    somebody()
    git("init", "-q", "-b", "main")
    run.ok("init", "2025", "--no-input")
    run.ok("add", "文风不实", "-m", "甲", "-m", "乙")
    save()
    git("clone", "-q", ".", "../theirs")
    run.ok("note", "1.1", "-t", "一")
    run.ok("note", "1.1", "-t", "又一")
    save()
    run.ok("checkpoint", "-o", "../mine.txt")
    run.ok("checkpoint", "--short", "-o", "../mine-short.txt")
    monkeypatch.chdir("../theirs")
    run.ok("note", "1.2", "-t", "二", by="顾某")
    run.ok("add", "会议过多", by="顾某")
    save()
    run.ok("checkpoint", "-o", "../theirs.txt")
    run.ok("checkpoint", "--short", "-o", "../theirs-short.txt")
    monkeypatch.chdir("../mine")
    git("fetch", "-q", "../theirs", "main")
    git("merge", "FETCH_HEAD", fine=True)
    run.ok("resolve")
    for name in ("../mine.txt", "../theirs.txt"):
        assert faults(run, name) == []
    run.ok("checkpoint", "-o", "../both.txt")
    run.ok("checkpoint", "--short", "-o", "../both-short.txt")
    run.ok("note", "1.1", "-t", "三")
    for name in ("../both.txt", "../both-short.txt", "../mine-short.txt"):
        assert faults(run, name) == []
    [(_file, _line, message)] = faults(run, "../theirs-short.txt")
    assert message.startswith(
        "this line does not prove the ledger: on 2025-03-01 09:00 it had 2 records with 3"
    )
