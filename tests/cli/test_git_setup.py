"""`ledger git setup`: git keeps bytes as they are, leaves out what is no part of a ledger, and nothing is overwritten."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from ledger.usecases import attributes
from tests.cli.repository import git, record, somebody, status, under_git

ATTRIBUTES = "*.toml text eol=lf\nledgers/**/*.toml merge=text\nledgers/*/evidence/** -text\nledgers/*/frozen/** -text\n"
IGNORED = "ledgers/.state/\nledgers/*/.index/\n"


def bare_workspace() -> None:
    """A folder of ledgers as older versions, or other people, left it."""
    Path("ledgers/2025/issues").mkdir(parents=True)
    Path("ledgers/2025/ledger.toml").write_text('title = "T"\n', encoding="utf-8")


def attribute(name: str, path: str) -> str:
    return git("check-attr", name, "--", path).rpartition(": ")[2]


def test_a_repository_is_started_and_told(run):
    """--init --commit: one word, and the ledgers' files are as they should be, the rest is left alone."""
    somebody()
    bare_workspace()
    answer = json.loads(run.ok("git", "setup", "--init", "--commit", "--json"))
    assert (answer["repository"], answer["started"]) == (str(Path.cwd()), True)
    assert answer["files"] == [".gitignore", ".gitattributes"]
    assert Path(".gitattributes").read_text(encoding="utf-8") == ATTRIBUTES
    assert Path(".gitignore").read_text(encoding="utf-8") == IGNORED
    assert git("show", "--name-only", "--format=%H").splitlines() == [
        answer["commit"], "", ".gitattributes", ".gitignore",
    ]  # fmt: skip
    assert (answer["findings"], status()) == ([], ["?? ledgers/"])


def test_a_second_time_changes_nothing(run):
    """It is all there already; nothing is committed, and it says so."""
    under_git(run)
    result = run("git", "setup", "--commit")
    assert (result.code, result.out, result.err) == (0, "", "git knows all of it already\n")
    assert git("log", "--format=%s") == "start"


def test_lines_of_the_user_stay(run):
    """What stands in both files is kept, in its place; ours come behind it."""
    bare_workspace()
    Path(".gitattributes").write_text("*.docx binary", encoding="utf-8")
    Path(".gitignore").write_text("*.bak\nledgers/.state/\n", encoding="utf-8")
    run.ok("git", "setup")
    assert Path(".gitattributes").read_text(encoding="utf-8") == "*.docx binary\n" + ATTRIBUTES
    assert Path(".gitignore").read_text(encoding="utf-8") == "*.bak\nledgers/.state/\nledgers/*/.index/\n"


def test_a_line_that_overrides_ours_is_overridden(run):
    """`* text=auto` behind our lines would change evidence: they are said once more, at the end."""
    under_git(run)
    Path(".gitattributes").write_text(ATTRIBUTES + "* text=auto\n", encoding="utf-8")
    run.ok("git", "setup")
    assert Path(".gitattributes").read_text(encoding="utf-8") == ATTRIBUTES + "* text=auto\n" + ATTRIBUTES
    assert attribute("text", "ledgers/2025/evidence/aa/x.txt") == "unset"
    run.ok("git", "setup")
    assert Path(".gitattributes").read_text(encoding="utf-8").count("merge=text") == 2


def test_a_union_merge_is_named_by_file_and_line(run):
    """Two versions of a record thrown together are no record; the user's line stays, ours goes before it."""
    under_git(run)
    Path(".gitattributes").write_text("# ours\n*.toml merge=union\nCHANGES merge=union\n", encoding="utf-8")
    Path("ledgers/.gitattributes").write_text(
        "issues/** filter=lfs\n*/issues/** filter=lfs\n", encoding="utf-8"
    )
    answer = json.loads(run.ok("git", "setup", "--json"))
    assert [(each["file"], each["line"]) for each in answer["findings"]] == [
        (".gitattributes", 2), ("ledgers/.gitattributes", 2),
    ]  # fmt: skip
    assert "merge=union" in answer["findings"][0]["message"]
    assert attribute("merge", str(record_path())) == "text"


def record_path() -> PurePosixPath:
    return PurePosixPath("ledgers/2025/issues/0001-3f9k2mxa.toml")


def test_an_index_in_git_is_named(run):
    """What belongs to one machine should not be in the repository."""
    under_git(run)
    run.ok("add", "Papers are late")
    run.ok("list")
    git("add", "-f", "ledgers")
    result = run("git", "setup")
    assert (result.code, result.err.count("git rm --cached -r ledgers/")) == (0, 2)


def test_a_dry_run_writes_nothing(run):
    """The diff is shown, and nothing is there afterwards, no repository either."""
    bare_workspace()
    result = run("git", "setup", "--init", "--dry-run")
    assert result.code == 0
    assert [line for line in result.out.splitlines() if line.startswith("+++")] == [
        "+++ .gitignore", "+++ .gitattributes",
    ]  # fmt: skip
    assert not any(Path(name).exists() for name in (".git", ".gitignore", ".gitattributes"))


def test_without_a_repository_the_next_step_is_named(run):
    """The files are written, they do no harm; a hook needs a repository (3)."""
    bare_workspace()
    assert run("git", "setup", "--hooks").code == 3
    assert not Path(".gitignore").exists()
    result = run("git", "setup")
    assert (result.code, result.err) == (0, "next: ledger git setup --init\n")


# --- hooks ------------------------------------------------------------------------------------------------

HOOK = Path(".git/hooks/pre-commit")


@pytest.mark.skipif(os.name == "nt", reason="git's shell is looked for elsewhere there")
def test_the_hook_stops_a_commit_of_a_broken_ledger(run, tmp_path, monkeypatch):
    """A record that was cut is not committed by hand; a whole one is."""
    under_git(run)
    run.ok("add", "Papers are late", "--commit")
    answer = json.loads(run.ok("git", "setup", "--hooks", "--json"))
    assert answer["hook"] == (Path.cwd() / HOOK).as_posix()
    shims = tmp_path / "shims"
    shims.mkdir()
    shim = shims / "ledger"
    root = Path(__file__).parents[2]
    shim.write_text(
        f'#!/bin/sh\nPYTHONPATH="{root}" exec "{sys.executable}" -m ledger "$@"\n', encoding="utf-8"
    )
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", str(shims), prepend=os.pathsep)
    Path("letter.txt").write_text("x", encoding="utf-8")
    git("add", "letter.txt")
    git("commit", "-q", "-m", "whole")
    record().write_bytes(record().read_bytes()[:-50])
    done = subprocess.run(["git", "commit", "-a", "-m", "cut"], capture_output=True, text=True, check=False)
    assert (done.returncode, git("log", "-1", "--format=%s")) == (1, "whole")
    assert "2025 does not hold (ledger check): nothing was committed" in done.stderr


def test_the_hook_is_written_once(run):
    """A second time it is there; it can be run, and a dry run shows it."""
    under_git(run)
    assert "written: " not in run.ok("git", "setup", "--hooks", "--dry-run")
    assert not HOOK.exists()
    run.ok("git", "setup", "--hooks")
    assert os.access(HOOK, os.X_OK)
    assert json.loads(run.ok("git", "setup", "--hooks", "--json"))["hook"] is None


def test_a_hook_of_the_user_is_not_overwritten(run):
    """Another pre-commit hook stays as it is (4), and nothing else is written."""
    under_git(run)
    HOOK.parent.mkdir(exist_ok=True)
    HOOK.write_text("#!/bin/sh\n", encoding="utf-8")
    Path(".gitignore").unlink()
    result = run("git", "setup", "--hooks")
    assert (result.code, HOOK.read_text(encoding="utf-8")) == (4, "#!/bin/sh\n")
    assert result.err.startswith("error: there is a pre-commit hook already: ")
    assert not Path(".gitignore").exists()


def test_a_folder_of_hooks_elsewhere_is_refused_by_name(run):
    """core.hooksPath belongs to more than this repository (4)."""
    under_git(run)
    git("config", "core.hooksPath", "/etc/hooks")
    result = run("git", "setup", "--hooks")
    assert (result.code, "/etc/hooks (core.hooksPath)" in result.err) == (4, True)


# --- attributes as git reads them --------------------------------------------------------------------------

PATTERNS = [
    "*", "*.toml", "*.txt", "ledgers/**", "ledgers/*/evidence/**", "**/issues/*", "/ledgers/**/x.toml", "x.toml",
    "issues", "ledgers/20?5/issues/[a-z].toml", "ledgers/2025", "evidence/**", "ledgers/**/*.toml", "[!x].toml",
]  # fmt: skip
PATHS = ["ledgers/2025/issues/x.toml", "ledgers/2025/evidence/aa/x.txt", "x.toml", "y.toml", "a/issues/b"]


def test_patterns_mean_what_git_means():
    """Which line speaks of which file is what git says it is."""
    git("init", "-q")
    expected = {}
    for pattern in PATTERNS:
        Path(".gitattributes").write_text(f"{pattern} mark=yes\n", encoding="utf-8")
        expected |= {(pattern, path): attribute("mark", path) == "yes" for path in PATHS}
    actual = {
        (pattern, path): row.matches(PurePosixPath(path))
        for pattern in PATTERNS
        for row in attributes.lines(f"{pattern} mark=yes", PurePosixPath("x"), PurePosixPath())
        for path in PATHS
    }
    assert expected == actual


def test_values_mean_what_git_means():
    """Set, unset, taken back, a word, the macro for binary files; the last line counts."""
    text = "# no\n*.a text -diff !eol merge=union\n*.b binary\n*.a text=auto\n[attr]x text\n"
    rows = attributes.lines(text, PurePosixPath("x"), PurePosixPath())
    assert [row.number for row in rows] == [2, 3, 4]
    a, b = PurePosixPath("1.a"), PurePosixPath("1.b")
    names = ("text", "diff", "eol", "merge", "none")
    assert [attributes.said(a, rows, name) for name in names] == ["auto", False, None, "union", None]
    assert [attributes.said(b, rows, name) for name in names] == [False, False, None, False, None]


def test_a_file_that_is_no_text_is_left_alone(run):
    """Attributes in another encoding, or a pipe in their place, are named and not written over."""
    bare_workspace()
    Path(".gitattributes").write_bytes("# 说明\n".encode("gbk"))
    result = run("git", "setup")
    assert (result.code, "is not UTF-8" in result.err) == (7, True)
    assert not Path(".gitignore").exists()
    if os.name != "nt":
        Path(".gitattributes").unlink()
        os.mkfifo(".gitattributes")
        assert run("git", "setup").code == 8
