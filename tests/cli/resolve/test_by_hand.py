"""`resolve`: what somebody wrote by hand before it is kept, or left to git."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.books import acts, field, files, path_of, record, rewrite, status, typed
from tests.cli.repository import git
from tests.cli.resolve.copies import save

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def test_what_was_written_by_hand_into_a_record_deleted_elsewhere_is_kept(run, apart):
    """The one version there is is taken with the edits, comments and unknown keys in it."""
    apart("note 1.1 -t 三", "note 2.1 -t 四")
    git("rm", "-q", str(path_of(1)))
    git("commit", "-q", "-m", "gone")
    git("checkout", "-q", "other")
    rewrite(path_of(1), "status =", 'remark = "手写"\nstatus =')
    path_of(1).write_text(path_of(1).read_text("utf-8") + "# 评语\n", "utf-8")
    git("commit", "-q", "-am", "by hand")
    git("merge", "main", fine=True)
    run.ok("resolve")
    assert (field("1", "remark"), acts(1)[-1]) == ("手写\n评语", "adopt")
    assert run("check") == (0, "", "")


def test_what_was_done_to_a_whole_file_before_it_is_resolved_is_kept(run, apart):
    """Git leaves a record that the other side deleted as it is: a note on it meanwhile is not written over."""
    apart("note 1.1 -t 三", "note 2.1 -t 四")
    git("checkout", "-q", "other")
    git("rm", "-q", str(path_of(1)))
    git("commit", "-q", "-m", "gone")
    git("checkout", "-q", "main")
    git("merge", "other", fine=True)
    typed(run, "note 1.1 -t 五")
    run.ok("resolve")
    assert [entry.data.get("text") for entry in record(1).entries][-2:] == ["三", "五"]


@pytest.mark.parametrize("side", ["--ours", "--theirs"])
def test_what_was_done_to_the_version_somebody_chose_is_kept(run, apart, side):
    """Who takes one side by hand and goes on has both histories, and the note, after resolve."""
    apart("note 1.1 -t 三", "note 1.1 -t 四\nnote 1.1 -t 五")
    git("merge", "other", fine=True)
    git("checkout", "-q", side, ".")
    typed(run, "note 1.1 -t 六", now="2025-03-04T09:00:00+08:00")
    run.ok("resolve")
    texts = {entry.data.get("text") for entry in record(1).entries}
    assert texts >= {"三", "四", "五", "六"}
    assert run("check") == (0, "", "")


def test_a_file_that_follows_on_neither_version_is_left_alone(run, apart):
    """A command on an older version put there by hand: nothing is written over, and it is said."""
    apart("note 1.1 -t 三", "note 1.1 -t 四")
    git("merge", "other", fine=True)
    path = next(Path("ledgers/2025/issues").glob("0001-*"))
    path.write_text(git("show", f"HEAD~1:{path.as_posix()}") + "\n", "utf-8")
    typed(run, "note 1.1 -t 五")
    before = files()
    result = run("resolve")
    assert (result.code, files()) == (6, before)
    assert result.err == (
        f"error: {path.as_posix()} has entries that follow on neither of the two versions git has\n"
        "hint: put the file aside, then run it again: ledger resolve\n"
    )


def test_keys_nobody_knows_are_kept_in_the_measures_of_both(run, apart):
    """One side wrote a key into measure 1, the other one into measure 2: both are there."""
    apart("note 1.1 -t 三", "note 1.1 -t 四")
    for branch, number in (("main", 1), ("other", 2)):
        git("checkout", "-q", branch)
        rewrite(path_of(1), f"number = {number}\ntext", f"key{number} = {number}\nnumber = {number}\ntext")
        git("commit", "-q", "-am", "key")
    git("checkout", "-q", "main")
    git("merge", "other", fine=True)
    run.ok("resolve")
    kept = path_of(1).read_text("utf-8")
    assert ("key1 = 1" in kept, "key2 = 2" in kept) == (True, True)


def test_a_new_file_by_hand_that_both_sides_have_is_left_to_git(run, apart):
    """It has no history to put together; the records beside it are put together all the same."""
    apart("note 1.1 -t 三", "note 1.1 -t 四")
    for branch in ("main", "other"):
        git("checkout", "-q", branch)
        Path("ledgers/2025/issues/new.toml").write_text(f'title = "{branch}"\n', "utf-8")
        save("by hand")
    git("merge", "main", fine=True)
    result = run("resolve")
    assert (result.code, result.out) == (0, "put together: 1\n")
    assert "ledgers/2025/issues/new.toml is no record: settle it in git" in result.err


def test_a_version_with_what_nobody_may_write_by_hand_says_where_to_put_it_back(run, apart):
    """A status somebody wrote into the other copy and committed: the way out is in that copy."""
    apart("note 1.1 -t 三", "note 1.1 -t 四")
    git("checkout", "-q", "other")
    rewrite(path_of(1), 'status = "active"\nhead', 'status = "closed"\nhead')
    save("by hand")
    git("checkout", "-q", "main")
    git("merge", "other", fine=True)
    result = run("resolve")
    assert (result.code, "status was changed by hand" in result.err) == (6, True)
    hint = "hint: in the copy where that was done: ledger adopt 1 --put-back, then git commit; merge again\n"
    assert result.err.endswith(hint)
    git("merge", "--abort")
    git("checkout", "-q", "other")
    run.ok("adopt", "1", "--put-back")
    save("put back")
    git("merge", "main", fine=True)
    run.ok("resolve")
    assert status("1") == "active"


def test_a_key_nobody_knows_that_one_side_changed_or_took_out_is_as_that_side_has_it(run, apart):
    """Of a key that both changed the same value counts in every copy."""
    apart("note 1.1 -t 三", "note 1.1 -t 四")
    git("merge", "other", fine=True)
    run.ok("resolve")
    rewrite(path_of(1), 'status = "active"\nhead', 'one = 5\ntwo = 5\nthree = 5\nstatus = "active"\nhead')
    save("keys")
    git("branch", "-q", "-f", "other")
    for branch, text, changes in (
        ("other", "五", {"one = 5\n": "one = 3\n", "two = 5\n": "", "three = 5": "three = 7"}),
        ("main", "六", {"three = 5": "three = 6"}),
    ):
        git("checkout", "-q", branch)
        typed(run, f"note 1.1 -t {text}", now="2025-03-04T09:00:00+08:00")
        for old, new in changes.items():
            rewrite(path_of(1), old, new)
        save(text)
    git("merge", "other", fine=True)
    run.ok("resolve")
    kept = path_of(1).read_text("utf-8").splitlines()
    assert [line for line in kept if line.startswith(("one", "two", "three"))] == ["one = 3", "three = 7"]
