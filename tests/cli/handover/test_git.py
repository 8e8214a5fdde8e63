"""A handover in git: one commit, and two copies that handed over."""

from __future__ import annotations

from tests.cli.handover.held import DAY, held
from tests.cli.repository import git, somebody


def test_one_commit_for_all_of_it(two):
    """With --commit git has one commit, which names both ledgers."""
    import subprocess

    two.ok("git", "setup", "--init", "-L", "a", **DAY)
    for name, value in (("user.name", "Lin"), ("user.email", "lin@example.org")):
        subprocess.run(["git", "config", name, value], check=True)
    subprocess.run(["git", "add", "."], check=True)
    subprocess.run(["git", "commit", "-qm", "begun"], check=True)
    two.ok("handover", "--from", "Gu", "--to", "Lin", "--commit", **DAY)
    log = subprocess.run(
        ["git", "log", "-1", "--format=%B"], capture_output=True, text=True, check=True
    ).stdout
    assert log.splitlines()[2:4] == ["Ledger: a", "Ledger: b"]
    status = subprocess.run(
        ["git", "status", "--porcelain"], capture_output=True, text=True, check=True
    ).stdout
    assert status == ""


def test_two_copies_that_handed_over_are_put_together(two):
    """Each took note of a handover of its own: records merge, both handovers stay, one of them gets another number."""
    somebody()
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "begun")
    git("checkout", "-qb", "theirs")
    two.ok("handover", "--from", "Yan", "--to", "Lin", "--on", "2025-07-02", **DAY)
    git("add", ".")
    git("commit", "-qm", "theirs")
    git("checkout", "-q", "main")
    two.ok("-L", "a", "note", "1", "-t", "begun", **DAY)
    two.ok("handover", "--from", "Gu", "--to", "Lin", "--on", "2025-07-01", **DAY)
    git("add", ".")
    git("commit", "-qm", "mine")
    git("merge", "-q", "theirs", fine=True)
    two.ok("-L", "a", "resolve", **DAY)
    two.ok("-L", "a", "renumber", **DAY)
    assert held(two, "--in", "a") == ["Lin leader a 1", "Lin owner a 1", "Lin leader a 2", "Lin owner a 2"]
    assert held(two, "--from", "Yan", "--as-of", "2025-07-01") == ["Yan owner a 1"]
    givers = [
        two.ok("-L", "a", "show", f"handovers:{n}", **DAY).split("giver\t")[1].split("\n")[0] for n in (1, 2)
    ]
    assert sorted(givers) == ["Gu", "Yan"]
    assert two("-L", "a", "check", **DAY).code == 0
