"""`resolve`: what it leaves alone, and what it refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.books import files, path_of, record, rewrite, typed
from tests.cli.repository import git
from tests.cli.resolve.copies import NOON, save

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def test_several_branches_at_once_are_refused(run, apart):
    """Git stops at the last of three versions: two put together would lose the third."""
    apart("note 1.2 -t 三", "note 1.1 -t 四")
    git("checkout", "-q", "-b", "third", "HEAD~1")
    typed(run, "note 2.1 -t 五", now=NOON, by="严某")
    save("third")
    git("checkout", "-q", "main")
    git("merge", "third", "other", fine=True)
    before = files()
    assert run("resolve") == (
        4,
        "",
        "error: git is merging several branches at once, and only two versions can be put together\n"
        "hint: take the merge back in git, then merge one branch after the other\n",
    )
    assert files() == before


def test_markers_of_a_pick_are_not_taken_for_those_of_an_older_merge(run, apart):
    """Markers committed by a cherry-pick have no merge behind them: nothing newer is thrown away."""
    apart("note 1.1 -t 三", "note 1.1 -t 四")
    git("merge", "other", fine=True)
    run.ok("resolve")
    git("commit", "-q", "-am", "merged")
    git("branch", "-q", "-f", "other")
    git("checkout", "-q", "other")
    typed(run, "note 1.1 -t 五", now="2025-03-04T09:00:00+08:00")
    save("other")
    git("checkout", "-q", "main")
    typed(run, "note 1.1 -t 六", now="2025-03-04T10:00:00+08:00")
    save("mine")
    git("cherry-pick", "other", fine=True)
    git("commit", "-q", "-am", "markers and all")
    before = files()
    result = run("resolve")
    assert (result.code, files()) == (7, before)
    assert ": no merge in git has the two versions between its conflict markers\nhint: " in result.err
    run.ok("restore", "1", "--yes")
    assert record(1).entries[-1].data["text"] == "六"


def test_a_file_that_is_no_record_is_left_to_git(run, forked):
    """Settings and people are the user's files: named, and not touched."""
    forked("note 1.1 -t 一", "note 1.1 -t 二")
    git("merge", "--abort")
    for folder, name in (("../mine", "甲"), ("../theirs", "乙")):
        rewrite(Path(folder, "ledgers/2025/ledger.toml"), "title = ", f'org = "{name}"\ntitle = ')
        git("-C", folder, "commit", "-qam", "org")
    git("fetch", "-q", "../theirs", "main")
    git("merge", "FETCH_HEAD", fine=True)
    result = run("resolve")
    assert (result.code, "ledgers/2025/ledger.toml is no record: settle it in git" in result.err) == (0, True)


def test_a_side_that_cannot_be_read_is_named(run, forked):
    """A version whose history was touched is not put together; nothing is written."""
    forked("note 1.1 -t 一", "note 1.1 -t 二")
    git("merge", "--abort")
    rewrite(path_of(1), '"text":"一"', '"text":"改"')
    git("commit", "-qam", "touched")
    git("merge", "FETCH_HEAD", fine=True)
    before = files()
    result = run("resolve")
    assert (result.code, files()) == (7, before)
    assert result.err.startswith("error: one of the two versions cannot be read: ledgers/2025/issues/")


def test_without_git_there_is_nothing_to_resolve(run):
    """Outside a repository it says so, exit 3."""
    run.ok("init", "2025")
    result = run("resolve")
    assert (result.code, "is in no git repository" in result.err) == (3, True)
