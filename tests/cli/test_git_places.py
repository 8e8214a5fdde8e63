"""Where a ledger may lie in a repository: below its root, behind a link, in a second working tree, on no branch."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.repository import git, record, somebody, status, under_git


def everything_works(run) -> None:
    """A commit, a comparison, a version taken back and the attributes, in the folder at hand."""
    run.ok("add", "Papers are late", "--commit")
    first = git("rev-parse", "HEAD")
    run.ok("note", "1", "-t", "begun", "--commit")
    assert status() == []
    assert [line.rpartition("/")[2] for line in git("show", "--name-only", "--format=").splitlines()] == [
        record().name
    ]
    (issue,) = json.loads(run.ok("history", "--diff", f"{first}..HEAD", "--json"))["diff"]["issues"]
    assert (issue["id"], issue["notes"]) == ("1", 1)
    whole = record().read_bytes()
    record().write_bytes(b"x")
    run.ok("restore", "1", "--yes")
    assert record().read_bytes() == whole
    assert json.loads(run.ok("git", "setup", "--json"))["findings"] == []
    assert json.loads(run.ok("list", "--known-at", first, "--json"))["total"] == 1


def test_below_the_root_of_the_repository(run):
    """The office's folder is one of many in a repository; names with spaces and brackets too."""
    somebody()
    git("init", "-q")
    home = Path("办公室 [一]/2025 * 年")
    if os.name == "nt":
        home = Path("办公室 [一]/2025 年")
    home.mkdir(parents=True)
    os.chdir(home)
    run.ok("init", "2025", "--commit")
    everything_works(run)


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_behind_a_link(run, tmp_path):
    """The folder is entered by another name than git knows it by."""
    real = tmp_path / "real"
    real.mkdir()
    (tmp_path / "link").symlink_to(real)
    os.chdir(tmp_path / "link")
    under_git(run)
    everything_works(run)
    run.ok("-C", tmp_path / "link", "note", "1", "-t", "by its folder", "--commit")
    assert status() == []


def test_in_a_second_working_tree(run, tmp_path):
    """`git worktree`: the folder's `.git` is a file."""
    under_git(run)
    git("worktree", "add", "-q", "-b", "side", str(tmp_path / "second"))
    os.chdir(tmp_path / "second")
    everything_works(run)
    assert git("log", "-1", "--format=%s", "main") == "start"
    run.ok("git", "setup", "--hooks")
    assert (tmp_path / ".git/hooks/pre-commit").exists()


def test_on_no_branch(run):
    """A commit somebody looks at: ours goes on top of it."""
    under_git(run)
    git("checkout", "-q", "--detach")
    everything_works(run)
    assert git("log", "-1", "--format=%s", "main") == "start"


def test_as_a_part_of_another_repository(run, tmp_path):
    """A submodule has its own history; the one around it is left alone."""
    somebody()
    git("init", "-q")
    git("commit", "-q", "--allow-empty", "-m", "around")
    (tmp_path / "inner").mkdir()
    os.chdir("inner")
    under_git(run)
    everything_works(run)
    assert git("log", "--format=%s", cwd=tmp_path) == "around"
