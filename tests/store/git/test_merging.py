"""What the ledger asks git of a conflict, and of what is coming in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ledger.errors import RefusedError
from ledger.store.git import Stage
from tests.store.git.hands import P, put, real, repository, status

if TYPE_CHECKING:
    from pathlib import Path


def clash(folder: Path, how: str) -> None:
    put(folder, "x", "0\n")
    real(folder, "add", ".")
    real(folder, "commit", "-q", "-m", "base")
    real(folder, "switch", "-q", "-c", "side")
    put(folder, "x", "side\n")
    real(folder, "commit", "-q", "-a", "-m", "side")
    real(folder, "switch", "-q", "main")
    put(folder, "x", "main\n")
    real(folder, "commit", "-q", "-a", "-m", "main")
    real(folder, how, "side", fine=True)


@pytest.mark.parametrize("how", ["merge", "rebase"])
def test_the_versions_of_a_conflict_are_given(folder, how):
    """Ancestor and both sides, by number; a rebase swaps them and says so."""
    clash(folder, how)
    ours = repository(folder)
    sides = [(stage.path, stage.number, ours.blob(stage.blob)) for stage in ours.unmerged(P())]
    mine, theirs = (b"main\n", b"side\n") if how == "merge" else (b"side\n", b"main\n")
    assert sides == [(P("x"), 1, b"0\n"), (P("x"), 2, mine), (P("x"), 3, theirs)]
    assert (ours.unfinished(), ours.is_rebasing()) == (how, how == "rebase")
    assert ours.unmerged(P("elsewhere")) == []
    with pytest.raises(RefusedError, match=f"in the middle of a {how}"):
        ours.commit([P("x")], "no")
    put(folder, "x", "both\n")
    ours.add([P("x")])
    assert (ours.unmerged(P()), status(folder)) == ([], ["M  x"])


def test_stages_are_sorted_by_path_and_number():
    """Stages of one path stand together, the ancestor first."""
    assert sorted([Stage(P("b"), 1, "x"), Stage(P("a"), 3, "x"), Stage(P("a"), 1, "y")]) == [
        Stage(P("a"), 1, "y"), Stage(P("a"), 3, "x"), Stage(P("b"), 1, "x"),
    ]  # fmt: skip


def test_what_comes_in_is_known_while_git_waits(folder):
    """The commit being merged, rebased or picked is named; nothing is when git waits for nothing."""
    start = put(folder, "a.txt", "1\n")
    real(folder, "add", "."), real(folder, "commit", "-q", "-m", "base")
    real(folder, "checkout", "-q", "-b", "other")
    put(folder, str(start), "2\n"), real(folder, "commit", "-q", "-am", "theirs")
    theirs = real(folder, "rev-parse", "HEAD")
    real(folder, "checkout", "-q", "main")
    put(folder, str(start), "3\n"), real(folder, "commit", "-q", "-am", "mine")
    mine = real(folder, "rev-parse", "HEAD")
    repo = repository(folder)
    assert repo.incoming() is None
    real(folder, "merge", "other", fine=True)
    assert (repo.unfinished(), repo.incoming()) == ("merge", theirs)
    real(folder, "merge", "--abort")
    real(folder, "cherry-pick", "other", fine=True)
    assert (repo.unfinished(), repo.incoming()) == ("cherry-pick", theirs)
    real(folder, "cherry-pick", "--abort")
    real(folder, "revert", "--no-edit", "HEAD~1", fine=True)
    assert repo.incoming() is None
    real(folder, "revert", "--abort", fine=True)
    real(folder, "rebase", "other", fine=True)
    assert (repo.unfinished(), repo.incoming()) == ("rebase", mine)


def test_a_conflict_that_is_settled_can_be_aborted(folder):
    """What is added is known to git as unchanged, gone files too, so that a merge can still be given up."""
    test_what_comes_in_is_known_while_git_waits(folder)
    real(folder, "rebase", "--abort")
    real(folder, "merge", "other", fine=True)
    path = put(folder, "a.txt", "4\n")
    repository(folder).add([path, P("gone.txt")])
    assert repository(folder).unmerged(P()) == []
    real(folder, "merge", "--abort")
    assert (folder / "a.txt").read_text() == "3\n"
