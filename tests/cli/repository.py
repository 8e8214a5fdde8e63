"""A ledger under a real git, as a person has it."""

from __future__ import annotations

import subprocess
from pathlib import Path


def git(*arguments: str, cwd: Path | None = None, fine: bool = False) -> str:
    """Git as a person runs it; what it said."""
    done = subprocess.run(
        ["git", "-c", "core.quotepath=off", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert fine or done.returncode == 0, (arguments, done.stdout, done.stderr)
    return done.stdout.rstrip("\n")


def somebody() -> None:
    """Somebody who commits."""
    git("config", "--global", "user.name", "林某")
    git("config", "--global", "user.email", "lin@example.org")


def under_git(run, *init: str) -> None:
    """A new ledger in the folder at hand, committed."""
    somebody()
    git("init", "-q", "-b", "main")
    run.ok("init", "2025", *init)
    git("add", ".")
    git("commit", "-q", "-m", "start")


def status() -> list[str]:
    """What is changed and not committed."""
    return git("status", "--porcelain").splitlines()


def record(number: int = 1, ledger: str = "2025") -> Path:
    """The file of an issue."""
    (found,) = Path("ledgers", ledger, "issues").glob(f"{number:04}-*.toml")
    return found
