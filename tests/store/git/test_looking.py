"""What the ledger asks git: commits, and the contents they have."""

from __future__ import annotations

import datetime as dt
import os

import pytest

from ledger.errors import NotFoundError
from tests.store.git.hands import P, put, real, repository


def test_commits_and_contents_are_read(folder):
    """What a commit has of a path, who its parents are, and when it was made."""
    put(folder, "a/一.toml", "one\n")
    put(folder, "b.txt", "b\n")
    real(folder, "add", ".")
    real(folder, "commit", "-q", "-m", "first", "--date", "2025-03-01T09:00:00+08:00")
    first = real(folder, "rev-parse", "HEAD")
    put(folder, "a/一.toml", "two\n")
    os.environ["GIT_COMMITTER_DATE"] = "2025-04-01T09:00:00-03:30"
    real(folder, "commit", "-q", "-a", "-m", "second")
    del os.environ["GIT_COMMITTER_DATE"]
    second = real(folder, "rev-parse", "HEAD")
    real(folder, "tag", "-a", "v1", "-m", "a tag")
    ours = repository(folder)
    assert ours.head() == second
    assert (ours.parents(second), ours.parents(first)) == ([first], [])
    assert ours.resolve("v1") == second
    assert ours.commits(P("a/一.toml")) == [second, first]
    assert ours.commits(P("a")) == [second, first]
    assert ours.files("v1", P("a")) == [P("a/一.toml")]
    assert ours.files(first, P()) == [P("a/一.toml"), P("b.txt")]
    assert (ours.show(first, P("a/一.toml")), ours.show("HEAD", P("a/一.toml"))) == (b"one\n", b"two\n")
    assert (ours.show(first, P("a")), ours.show(first, P("none"))) == (None, None)
    assert ours.blob(ours.tree(first, P("a"))[P("a/一.toml")]) == b"one\n"
    zone = dt.timezone(-dt.timedelta(hours=3, minutes=30))
    assert ours.made_at(second) == dt.datetime(2025, 4, 1, 9, tzinfo=zone)
    assert list(ours.contents([f"{first}:b.txt", "0" * 40, f"{second}:a/一.toml"])) == [
        b"b\n",
        None,
        b"two\n",
    ]


@pytest.mark.parametrize("name", ["", "-h", "--all", "nothing", "a\nb", ":/x", "HEAD:b.txt", "\x1b[1m"])
def test_what_is_no_commit_is_none(folder, name):
    """A name that is none, or would be an option, is no commit."""
    put(folder, "b.txt", "b")
    real(folder, "add", ".")
    real(folder, "commit", "-q", "-m", "x")
    assert repository(folder).resolve(name) is None
    with pytest.raises(NotFoundError):
        repository(folder).files(name, P())


def test_before_the_first_commit_there_is_none(folder):
    """An empty repository has no commit, and no path has a history."""
    ours = repository(folder)
    assert (ours.head(), ours.commits(P("x"))) == (None, [])


def test_contents_are_those_of_their_hashes(folder):
    """A replacement somebody set up for another content is not taken for it."""
    put(folder, "x", "true\n")
    put(folder, "y", "false\n")
    real(folder, "add", ".")
    real(folder, "commit", "-q", "-m", "x")
    real(folder, "replace", real(folder, "rev-parse", ":x"), real(folder, "rev-parse", ":y"))
    assert real(folder, "show", "HEAD:x") == "false"
    assert repository(folder).show("HEAD", P("x")) == b"true\n"


def test_a_path_is_no_pattern(folder):
    """A star in a name means a star."""
    put(folder, "a*.toml", "star")
    put(folder, "ab.toml", "none")
    real(folder, "add", ".")
    real(folder, "commit", "-q", "-m", "x")
    put(folder, "ab.toml", "changed")
    real(folder, "commit", "-q", "-a", "-m", "y")
    assert len(repository(folder).commits(P("a*.toml"))) == 1


def test_a_commit_on_a_side_that_a_merge_dropped_is_found(folder):
    """A version that only a lost side of a merge has is still a version."""
    put(folder, "x", "0")
    real(folder, "add", ".")
    real(folder, "commit", "-q", "-m", "base")
    real(folder, "switch", "-q", "-c", "side")
    put(folder, "x", "1")
    real(folder, "commit", "-q", "-a", "-m", "side")
    side = real(folder, "rev-parse", "HEAD")
    real(folder, "switch", "-q", "main")
    put(folder, "y", "y")
    real(folder, "add", ".")
    real(folder, "commit", "-q", "-m", "main")
    real(folder, "merge", "-q", "-s", "ours", "-m", "drop", "side")
    assert side in repository(folder).commits(P("x"))
