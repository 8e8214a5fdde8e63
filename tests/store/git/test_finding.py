"""Where there is a repository, and where there is none."""

from __future__ import annotations

import pytest

from ledger.errors import RefusedError
from ledger.store import git
from tests.store.git.hands import P, put, real, repository


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
