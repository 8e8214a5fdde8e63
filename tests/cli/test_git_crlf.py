"""A checkout whose line ends git has changed (core.autocrlf) is no damage, and a write does not turn it around."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.repository import git, record, somebody, status

LATER = "2025-03-02T10:00:00+08:00"


@pytest.fixture
def checkout(run, tmp_path) -> None:
    """A ledger cloned by somebody on Windows, from a repository without attributes."""
    somebody()
    home = tmp_path / "origin"
    home.mkdir()
    git("init", "-q", "-b", "main", cwd=home)
    run.ok("init", "2025", "--preset", "five-level", "--lang", "zh", cwd=home)
    run.ok("add", "文风不实", "-m", "严格签批。抽查文件。公开结果。", "--unit", "办公室", "--leader", "张某",
           "--due", "2025-06-30", "--criterion", "公文签批流程执行率100%。抽查无抄袭。", cwd=home)  # fmt: skip
    run.ok(
        "add",
        "会议过多",
        "-m",
        "合并例会",
        "--unit",
        "办公室",
        "--leader",
        "张某",
        "--due",
        "2025-06-30",
        cwd=home,
    )
    run.ok("edit", "2.1", "--criterion", "每月不超过四次", cwd=home)
    run.ok("claim", "1-2", cwd=home)
    run.ok("plan", "approve", "--meeting", "第5次", cwd=home)
    (home / ".gitattributes").unlink()
    git("add", ".", cwd=home)
    git("commit", "-q", "-m", "start", cwd=home)
    git("clone", "-q", "-c", "core.autocrlf=true", "origin", "clone")
    os.chdir("clone")
    for path in (record(1), Path("ledgers/2025/ledger.toml"), Path("ledgers/2025/plans/v1.toml")):
        assert b"\r\n" in path.read_bytes()


def test_nothing_is_wrong_with_it(run, checkout):
    """Check says nothing, strictly or not; lists and pages are those of any other checkout."""
    assert (run("check").code, run("check").out) == (0, "")
    strict = json.loads(run("check", "--strict", "--json").out)
    assert [fault for fault in strict["faults"] if fault["rule"] != "evidence"] == []
    assert json.loads(run.ok("list", "--json"))["total"] == 2
    assert json.loads(run.ok("show", "1", "--json"))["issues"][0]["title"] == "文风不实"
    assert "\r" not in run.ok("plan", "show", "1")
    assert run("adopt").err == "nothing was edited by hand\n"
    assert status() == []


def test_a_write_adds_its_lines_and_no_more(run, checkout):
    """A note changes what it changes: git shows three lines, not the whole file; another record none."""
    run.ok("note", "1.1", "-t", "抽查3月公文", now=LATER)
    assert status() == [f" M {record(1)}"]
    added, removed, _name = git("diff", "--numstat").split("\t")
    assert (int(added), int(removed)) == (4, 3)  # head, two statuses, and the entry
    run.ok("add", "新的问题", now=LATER)
    assert run("check").code == 0


def test_a_hand_edit_is_seen_and_nothing_else(run, checkout):
    """One field edited in such a file is one field edited; the next write records it and no line end."""
    path = record(1)
    path.write_bytes(path.read_bytes().replace('title = "文风不实"'.encode(), 'title = "文风浮夸"'.encode()))
    faults = json.loads(run("check", "--json").out)["faults"]
    assert [(fault["rule"], fault["line"]) for fault in faults] == [("hand-edits", 4)]
    answer = json.loads(run.ok("note", "1.1", "-t", "抽查", "--json", now=LATER))
    adopted, _note = answer["changed"][0]["entries"]
    assert (adopted["do"], adopted["set"]) == ("adopt", {"title": "文风浮夸"})
    assert b"\r" not in path.read_bytes()
    assert run("check").code == 0


def test_a_commit_of_ours_leaves_nothing_behind(run, checkout):
    """`--commit` puts line feeds into git, as everybody else has them, and the folder is clean afterwards."""
    run.ok("note", "1.1", "-t", "抽查3月公文", "--commit", now=LATER)
    assert status() == []
    assert git("show", "--numstat", "--format=").split("\t")[:2] == ["4", "3"]
    assert "\r" not in git("cat-file", "blob", f"HEAD:{record(1).as_posix()}")


def test_a_diff_of_two_states_sees_no_difference(run, checkout):
    """The last commit and the files as they lie there are the same; restore has nothing to do."""
    found = json.loads(run.ok("history", "--diff", "HEAD..", "--json"))["diff"]
    assert (found["issues"], found["damaged"]) == ([], [])
    assert json.loads(run.ok("restore", "1", "--yes", "--json"))["same"] == [record(1).as_posix()]


def test_git_setup_puts_the_attributes_back(run, checkout):
    """Afterwards git checks records out as they are hashed, and sees no change in them."""
    run.ok("git", "setup", "--commit")
    assert [line for line in status() if "issues" in line] == []
    record(1).unlink()
    git("checkout", "-q", "--", ".")
    assert b"\r\n" not in record(1).read_bytes()
    assert run("check").code == 0
