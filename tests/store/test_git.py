"""What the ledger asks git, and what it has git keep; with a real git in folders of its own."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import threading
from pathlib import Path, PurePosixPath

import pytest

from ledger.errors import NotFoundError, RefusedError, StorageError
from ledger.store import git, gitindex
from ledger.store.git import Stage
from tests.cli.repository import set_trap

P = PurePosixPath


def real(folder: Path, *arguments: str, given: str | None = None, fine: bool = False) -> str:
    """Git as a person runs it."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, input=given, capture_output=True, text=True, check=False
    )
    assert fine or done.returncode == 0, (arguments, done.stderr)
    return done.stdout.rstrip("\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new repository, with somebody who commits."""
    real(tmp_path, "init", "-q", "-b", "main")
    real(tmp_path, "config", "--global", "user.name", "林某")
    real(tmp_path, "config", "--global", "user.email", "lin@example.org")
    return tmp_path


def put(folder: Path, name: str, text: str) -> PurePosixPath:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return P(name)


def repository(folder: Path) -> git.Repository:
    found = git.find(folder)
    assert found is not None
    return found


def status(folder: Path) -> list[str]:
    return real(folder, "-c", "core.quotepath=off", "status", "--porcelain").splitlines()


# --- finding -----------------------------------------------------------------------------------------------


def test_where_there_is_no_repository_there_is_none(tmp_path):
    """A folder without git is no error."""
    assert git.find(tmp_path) is None


def test_where_there_is_no_git_there_is_no_repository(folder, monkeypatch):
    """A machine without git is no error."""
    monkeypatch.setenv("PATH", str(folder / "empty"))
    assert git.find(folder) is None


def test_a_repository_is_found_from_below(folder):
    """The root is the repository's, and paths are named from there."""
    put(folder, "工作/ledgers/x.toml", "x")
    found = repository(folder / "工作" / "ledgers")
    assert (found.root, found.relative(folder / "工作/ledgers/x.toml")) == (folder, P("工作/ledgers/x.toml"))
    with pytest.raises(RefusedError, match="outside"):
        found.relative(folder.parent / "elsewhere")


def test_a_repository_without_a_working_tree_is_none(tmp_path):
    """A bare repository has no files to look after."""
    real(tmp_path, "init", "-q", "--bare")
    assert git.find(tmp_path) is None


def test_variables_of_another_repository_are_left_out(folder, tmp_path_factory, monkeypatch):
    """Inside somebody else's hook git would work on the wrong repository."""
    other = tmp_path_factory.mktemp("other")
    real(other, "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / "index"))
    assert repository(folder).root == folder


def test_a_folder_of_somebody_else_is_refused_with_the_next_step(folder, monkeypatch):
    """Git's refusal comes as one sentence and the way out."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setattr(git.rungit, "_KEPT", (*git.rungit._KEPT, "GIT_TEST_"))
    with pytest.raises(RefusedError) as caught:
        git.find(folder)
    assert caught.value.message == "git does not trust this repository: it belongs to somebody else"
    assert "safe.directory" in caught.value.hint


# --- looking -----------------------------------------------------------------------------------------------


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


# --- changing ----------------------------------------------------------------------------------------------


def test_a_path_is_forgotten_once(folder):
    """Out of the index the file stays; a second time there is nothing to do."""
    path = put(folder, "x", "x")
    ours = repository(folder)
    ours.add([path])
    assert (ours.forget([path]), ours.forget([path]), ours.forget([])) == (True, False, False)
    assert status(folder) == ["?? x"]


def test_only_the_named_paths_are_committed(folder):
    """New, changed and removed files go in; what else is staged or changed stays as it is."""
    for name in ("old", "gone", "theirs", "loose"):
        put(folder, name, "0\n")
    real(folder, "add", ".")
    real(folder, "commit", "-q", "-m", "base")
    put(folder, "theirs", "1\n")
    real(folder, "add", "theirs")
    put(folder, "theirs", "2\n")
    put(folder, "loose", "1\n")
    put(folder, "staged", "new\n")
    real(folder, "add", "staged")
    put(folder, "old", "1\n")
    put(folder, "新 的", "new\n")
    (folder / "gone").unlink()
    ours = repository(folder)
    made = ours.commit([P("old"), P("新 的"), P("gone")], "note 7\n\nLedger: 2025\n")
    assert made == real(folder, "rev-parse", "HEAD")
    assert real(folder, "-c", "core.quotepath=off", "show", "--name-status", "--format=%s|%an|%(trailers)").split("\n") == [
        "note 7|林某|Ledger: 2025", "", "", "D\tgone", "M\told", "A\t新 的",
    ]  # fmt: skip
    assert status(folder) == [" M loose", "A  staged", "MM theirs"]
    assert "commit: note 7" in real(folder, "reflog", "-1")


def test_the_first_commit_is_made_too(folder):
    """An empty repository takes a commit; the same again makes none."""
    path = put(folder, "x", "x")
    ours = repository(folder)
    assert ours.commit([path], "first") == ours.head()
    assert (ours.commit([path], "again"), status(folder)) == (None, [])


def test_what_the_user_ignores_is_not_committed(folder):
    """A folder of evidence that stays out of git stays out."""
    put(folder, ".gitignore", "evidence/\n")
    ours = repository(folder)
    assert ours.commit([put(folder, "evidence/x", "x"), put(folder, "y", "y")], "y") is not None
    assert real(folder, "ls-files") == "y"


def test_bytes_go_in_as_they_are(folder):
    """No line end is turned around on the way in."""
    real(folder, "config", "core.autocrlf", "true")
    path = put(folder, "x", "a\r\nb\n")
    ours = repository(folder)
    ours.commit([path], "x")
    assert ours.show("HEAD", path) == b"a\r\nb\n"


def test_a_filter_is_named_and_nothing_is_committed(folder):
    """Where a filter stands (encryption, large files) the bytes as they are must not get in."""
    put(folder, ".gitattributes", "*.toml filter=secret\n")
    path = put(folder, "x.toml", "x")
    ours = repository(folder)
    for work in (lambda: ours.commit([path], "x"), lambda: ours.add([path])):
        with pytest.raises(RefusedError, match=r"git's filter secret stands on x\.toml"):
            work()
    assert (ours.head(), real(folder, "ls-files")) == (None, "")


def test_who_is_unknown_is_told_how_to_say_it(tmp_path):
    """Without a name git commits nothing; the message is one line."""
    real(tmp_path, "init", "-q")
    real(tmp_path, "config", "user.useConfigOnly", "true")
    path = put(tmp_path, "x", "x")
    with pytest.raises(StorageError) as caught:
        repository(tmp_path).commit([path], "x")
    assert caught.value.message == "git says: it does not know who you are"


def test_a_lock_of_another_git_is_waited_for(folder):
    """Somebody else's git holds the index for a moment; then it is ours."""
    path = put(folder, "x", "x")
    lock = folder / ".git" / "index.lock"
    lock.touch()
    timer = threading.Timer(0.2, lock.unlink)
    timer.start()
    assert repository(folder).commit([path], "x") is not None
    timer.join()


def test_a_lock_that_stays_is_named(folder, monkeypatch):
    """A lock left by a killed git is said in git's own words."""
    monkeypatch.setattr(gitindex, "_WAIT", 0.001)
    path = put(folder, "x", "x")
    (folder / ".git" / "index.lock").touch()
    with pytest.raises(StorageError, match=r"index\.lock") as caught:
        repository(folder).commit([path], "x")
    assert "\n" not in caught.value.message


def test_a_repository_with_long_hashes_works(tmp_path):
    """Git's newer hashes are as good."""
    real(tmp_path, "init", "-q", "--object-format=sha256")
    real(tmp_path, "config", "user.name", "Lin")
    real(tmp_path, "config", "user.email", "lin@example.org")
    path = put(tmp_path, "x", "x")
    ours = repository(tmp_path)
    assert len(ours.commit([path], "x") or "") == 64
    (tmp_path / "x").unlink()
    assert ours.commit([path], "gone") is not None
    assert ours.files("HEAD", P()) == []


# --- a folder that came from a stranger ---------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="the trap is a shell script")
def test_a_hostile_repository_runs_nothing(folder):
    """Hooks, watchers, filters, drivers, signers, pagers and fetches named by a received folder stay unused."""
    put(folder, "x", "0\n")
    real(folder, "add", "x")
    real(folder, "commit", "-q", "-m", "base")
    signed = real(folder, "cat-file", "commit", "HEAD").replace(
        "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n", 1
    )
    made = real(folder, "hash-object", "-t", "commit", "-w", "--stdin", given=signed + "\n")
    real(folder, "update-ref", "HEAD", made)
    marker = set_trap(folder)
    put(folder, ".gitattributes", "* diff=bad merge=bad\nsecret filter=bad\n")
    ours = repository(folder)
    put(folder, "x", "1\n")
    assert ours.commit([P("x")], "x\n\nLedger: 1\n") is not None
    with pytest.raises(RefusedError):
        ours.commit([put(folder, "secret", "s")], "x")
    assert ours.show("HEAD~1", P("x")) == b"0\n"
    assert ours.unmerged(P()) == []
    assert len(ours.commits(P("x"))) == 2
    assert ours.files("HEAD", P()) == [P("x")]
    assert ours.made_at("HEAD").tzinfo is not None
    assert ours.parents("HEAD") != []
    assert list(ours.contents(["1" * 40])) == [None]
    assert ours.ever(P()) == {P("x")}
    assert (ours.tracked(P()), ours.hooks_elsewhere()) == ([P("x")], str(folder / ".git/evil"))
    ours.add([P("x")])
    assert ours.forget([P("x")])
    assert not marker.exists(), marker.read_text()


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
