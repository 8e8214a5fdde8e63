"""A folder that came by mail: whatever its `.git` names is not run by any command of ours."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.repository import git, record, set_trap, under_git

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the trap is a shell script")


@pytest.fixture
def marker(run) -> Path:
    """A ledger with two issues under git, whose settings name a program wherever they can."""
    under_git(run)
    run.ok("add", "Papers are late", "--commit")
    run.ok("add", "Lights left on", "--commit")
    return set_trap(Path.cwd())


def test_no_command_runs_what_the_repository_names(run, marker):
    """Looking, writing, committing, comparing, restoring, setting up: nothing of the folder's is run."""
    Path(".gitattributes").write_text("* diff=bad merge=bad\n*.txt filter=bad\n", encoding="utf-8")
    for line in (
        "list", "show 1", "check", "history --known-at HEAD", "history --diff HEAD~1..HEAD", "history --diff HEAD..",
        "note 1 -t x --commit", "git setup --commit", "restore 2 --yes", "adopt", "undo --yes --commit",
    ):  # fmt: skip
        result = run(*line.split(), by=None)
        assert result.code == 0, (line, result)
    whole = record(2).read_bytes()
    record(2).write_bytes(b"x")
    run.ok("restore", "2", "--yes", "--commit")
    assert record(2).read_bytes() == whole
    run("resolve")
    assert run("git", "setup", "--hooks").code == 4
    assert not marker.exists(), marker.read_text(encoding="utf-8")


def test_nobodys_name_is_asked_of_a_program(run, marker):
    """Who records is looked up in git's settings, which runs nothing either."""
    run.ok("note", "1", "-t", "x", env={"TAIZHANG_ACTOR": None})
    assert '"by":"林某"' in record(1).read_text(encoding="utf-8")
    assert not marker.exists()


def test_a_filter_on_records_leaves_them_to_the_user(run, marker):
    """Encrypted or not: bytes as they are do not get past a filter into git, and the filter does not run."""
    Path(".gitattributes").write_text("*.toml filter=bad\n", encoding="utf-8")
    before = git("rev-parse", "HEAD")
    marker.unlink(missing_ok=True)  # git itself may have run what the settings name
    result = run("note", "1", "-t", "secret", "--commit")
    assert result.code == 0
    assert "git's filter bad stands on ledgers/2025/issues/" in result.err
    assert "and ledger runs no filters (commit it yourself" in result.err
    assert not marker.exists()
    assert Path(".git/refs/heads/main").read_text(encoding="utf-8").strip() == before


@pytest.mark.parametrize(
    "config", ["[core]\n\tbare = maybe\n", "[", "[core]\n\trepositoryformatversion = 99\n"]
)
def test_settings_nobody_can_read_are_one_sentence(run, marker, config):
    """A broken `.git/config` stops nothing but what needs git, and says so in one line."""
    Path(".git/config").write_text(config, encoding="utf-8")
    run.ok("list")
    noted = run("note", "1", "-t", "x", "--commit")
    assert (noted.code, noted.err.count("\n")) == (0, 1)
    result = run("history", "--diff", "HEAD~1..HEAD")
    assert (result.code, result.out) == (8, "")
    assert result.err.startswith("error: git says: ")
