"""What the ledger has git keep: the named paths, byte for byte, or nothing."""

from __future__ import annotations

import threading

import pytest

from ledger.errors import RefusedError, StorageError
from ledger.store import gitindex
from tests.store.git.hands import P, put, real, repository, status


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
