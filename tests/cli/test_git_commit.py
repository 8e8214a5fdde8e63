"""`--commit`: what a command wrote is one commit of its own, and nothing of anybody else's is in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.store import person
from tests import life, papers
from tests.cli.repository import git, record, somebody, status, under_git


def test_a_command_is_one_commit(run):
    """The new record is committed under a subject in the ledger's language and lines for programs."""
    under_git(run, "--lang", "zh")
    result = run("add", "Papers are late", "-m", "Sign them", "--commit", "--json")
    answer = json.loads(result.out)
    assert (result.code, answer["commit"]) == (0, git("rev-parse", "HEAD"))
    assert git("log", "-1", "--format=%B").split("\n")[:4] == [
        "立账 1", "", "Ledger: 2025", f"Batch: {answer['batch']}",
    ]  # fmt: skip
    assert git("log", "-1", "--format=%(trailers:key=Batch,valueonly)").strip() == answer["batch"]
    assert git("show", "--name-status", "--format=").split("\t") == ["A", str(record())]
    assert status() == []


def test_before_the_name_it_counts_too(run):
    """`ledger --commit note` is `ledger note --commit`; the last of both words counts."""
    under_git(run)
    run.ok("--commit", "add", "Papers are late")
    run.ok("--commit", "note", "1", "-t", "not this", "--no-commit")
    assert git("log", "--format=%s").splitlines() == ["add 1", "start"]
    assert status() == [f" M {record()}"]


def test_a_person_is_told_the_commit(run):
    """The hash stands beside the data, shortened."""
    under_git(run)
    result = run("add", "Papers are late", "--commit")
    assert f"committed to git as {git('rev-parse', 'HEAD')[:7]}\n" in result.err


def test_nobody_asked_and_nothing_is_committed(run):
    """Without the word git is left alone."""
    under_git(run)
    assert json.loads(run.ok("add", "Papers are late", "--json"))["commit"] is None
    assert git("log", "--format=%s") == "start"


def test_the_users_settings_say_it_for_every_command(run):
    """`commit = true` counts where there is git, and `--no-commit` goes before it."""
    under_git(run)
    person.config_path().parent.mkdir(parents=True)
    person.config_path().write_text("commit = true\n", encoding="utf-8")
    run.ok("add", "Papers are late")
    run.ok("note", "1", "-t", "not this", "--no-commit")
    assert git("log", "--format=%s").splitlines() == ["add 1", "start"]


def test_where_there_is_no_git_the_users_settings_are_silent(run):
    """A wish for every folder is no wish for this one; a word on the command line is answered."""
    run.ok("init", "2025")
    person.config_path().parent.mkdir(parents=True)
    person.config_path().write_text("commit = true\n", encoding="utf-8")
    silent = json.loads(run.ok("add", "Papers are late", "--json"))
    assert (silent["commit"], silent["warnings"]) == (None, [])
    asked = run("note", "1", "-t", "x", "--commit", "--json")
    assert asked.code == 0
    assert json.loads(asked.out)["warnings"] == [
        {"message": "nothing was committed: there is no git repository here, or git is not installed"}
    ]


def test_what_else_is_staged_stays_staged(run):
    """Neither a staged file nor an edited one of somebody else's gets into the commit."""
    under_git(run)
    Path("letter.txt").write_text("draft\n", encoding="utf-8")
    git("add", "letter.txt")
    with Path("ledgers/2025/people.toml").open("a", encoding="utf-8") as people:
        people.write("# by hand\n")
    run.ok("add", "Papers are late", "--commit")
    assert status() == [" M ledgers/2025/people.toml", "A  letter.txt"]
    assert git("show", "--name-only", "--format=") == str(record())


def test_evidence_goes_in_byte_for_byte(run):
    """The record and the file it names are one commit; line ends are left alone."""
    under_git(run)
    git("config", "core.autocrlf", "true")
    run.ok("add", "Papers are late", "--commit")
    Path("list.txt").write_bytes(b"a\r\nb\r\n")
    run.ok("evidence", "add", "1", "list.txt", "--commit")
    names = git("show", "--name-only", "--format=").splitlines()
    (kept,) = [name for name in names if "/evidence/" in name]
    assert sorted(names) == sorted([kept, str(record())])
    done = subprocess.run(["git", "cat-file", "blob", f"HEAD:{kept}"], capture_output=True, check=True)
    assert done.stdout == b"a\r\nb\r\n"


def test_the_start_of_a_ledger_is_committed(run):
    """`init --commit` commits the files it made, in a repository without any commit too."""
    somebody()
    git("init", "-q")
    run.ok("init", "2025", "--commit", "--json")
    assert sorted(git("show", "--name-only", "--format=%s").splitlines()) == [
        "", ".gitattributes", ".gitignore", "2025: a new ledger", "ledgers/2025/ledger.toml",
        "ledgers/2025/people.toml",
    ]  # fmt: skip
    assert status() == []


def test_several_records_are_one_commit(run):
    """An import of several issues is one commit, and its subject names no more than eight ids."""
    under_git(run)
    text = "一、作风建设方面\n" + "".join(
        f"{n}.关于“问题{n}”问题。整改措施：一是办理第{n}件。完成时限：2025年6月底前。\n" for n in range(1, 11)
    )
    Path("notice.txt").write_text(text, encoding="utf-8")
    run.ok("import", "notice.txt", "--yes", "--commit")
    assert git("log", "-1", "--format=%s") == "add 1 2 3 4 5 6 7 8 (+2)"
    assert len([n for n in git("show", "--name-only", "--format=").splitlines() if "/issues/" in n]) == 10
    assert status() == ["?? notice.txt"]


def test_a_dry_run_commits_nothing(run):
    """What is not written is not committed."""
    under_git(run)
    run.ok("add", "Papers are late", "--commit", "--dry-run")
    assert (git("log", "--format=%s"), status()) == ("start", [])


def test_what_git_refuses_is_only_said(run):
    """In the middle of a merge the note stands in the ledger, exit 0, and a warning says what to do."""
    under_git(run)
    run.ok("add", "Papers are late", "--commit")
    Path(".git/MERGE_HEAD").write_text(git("rev-parse", "HEAD") + "\n", encoding="utf-8")
    result = run("note", "1", "-t", "kept all the same", "--commit")
    assert (result.code, result.err) == (
        0,
        "warning: the change is kept, but was not committed: git is in the middle of a merge "
        "(finish it with git, then commit what this command wrote)\n",
    )
    assert "kept all the same" in record().read_text(encoding="utf-8")


def test_a_ledger_git_is_told_to_ignore_is_named(run):
    """Who asks for a commit of what `.gitignore` leaves out is told so."""
    under_git(run)
    with Path(".gitignore").open("a", encoding="utf-8") as ignored:
        ignored.write("ledgers/2025/issues/\n")
    result = run("add", "Papers are late", "--commit")
    assert (result.code, git("log", "--format=%s")) == (0, "start")
    assert result.err.startswith(
        "warning: nothing was committed: git is told to ignore ledgers/2025/issues/0001-"
    )


def test_somebody_git_does_not_know_is_told(run):
    """Without a name for git the change stays, and the warning names the settings."""
    git("init", "-q")
    run.ok("init", "2025")
    git("config", "user.useConfigOnly", "true")
    result = run("add", "Papers are late", "--commit")
    assert result.code == 0
    assert "it does not know who you are (tell it: git config --global user.name" in result.err


@pytest.mark.skipif(os.name == "nt", reason="the trap is a shell script")
def test_hooks_of_the_folder_do_not_run(run):
    """A hook that came with the folder is not run by a commit of ours."""
    under_git(run)
    hook = Path(".git/hooks/pre-commit")
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ntouch ran\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    run.ok("add", "Papers are late", "--commit")
    assert (git("log", "-1", "--format=%s"), Path("ran").exists()) == ("add 1", False)


@pytest.mark.slow
def test_four_processes_at_once_lose_no_commit(run):
    """Four times five commands at once are twenty commits, each of one record."""
    under_git(run)
    script = (
        "import sys\nfrom ledger import cli\n"
        "for n in range(5):\n"
        "    code = cli.main(['add', f'Issue {sys.argv[1]}-{n}', '--commit', '--quiet'])\n"
        "    assert code == 0, code\n"
    )
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    started = [
        subprocess.Popen([sys.executable, "-c", script, str(n)], env=environment, stderr=subprocess.PIPE)
        for n in range(4)
    ]
    for each in started:
        _out, err = each.communicate(timeout=120)
        assert (each.returncode, err) == (0, b"")
    log = git("log", "--format=%s").splitlines()
    assert sorted(log) == sorted(["start", *(f"add {n}" for n in range(1, 21))])
    assert status() == []
    assert run("check").code == 0


@pytest.mark.slow
def test_every_command_of_a_story_is_a_commit(run):
    """Whatever a command writes is in git right after it: one commit at most, and nothing is left over."""
    papers.furnish(Path.cwd())
    git("add", ".")
    git("commit", "-q", "-m", "papers")
    person.config_path().parent.mkdir(parents=True)
    person.config_path().write_text("commit = true\n", encoding="utf-8")
    before, seen = 1, set()
    for day, line in life.lines(life.PLANNED):
        (answer,) = life.live(run, f"# {day}\n{line}")
        count = int(git("rev-list", "--count", "HEAD"))
        made = bool(answer.document.get("commit"))
        assert (line, count - before, status()) == (line, int(made), [])
        before = count
        seen |= {answer.name} if made else set()
    assert seen >= {
        "init", "import", "add", "measure", "assign", "split", "merge", "move", "void", "edit", "claim", "plan-approve",
        "note", "point", "evidence-add", "interim", "longterm", "extend", "done", "close", "confirm", "return", "reopen",
        "undo",
    }  # fmt: skip
    assert run("-L", "2025", "check").code == 0
