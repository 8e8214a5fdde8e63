"""Git as a person runs it, and files as a person writes them."""

from __future__ import annotations

import subprocess
from pathlib import Path, PurePosixPath

from ledger.store import git

P = PurePosixPath


def real(folder: Path, *arguments: str, given: str | None = None, fine: bool = False) -> str:
    """Git as a person runs it."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, input=given, capture_output=True, text=True, check=False
    )
    assert fine or done.returncode == 0, (arguments, done.stderr)
    return done.stdout.rstrip("\n")


def put(folder: Path, name: str, text: str) -> PurePosixPath:
    """Write a file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return P(name)


def repository(folder: Path) -> git.Repository:
    """The repository of a folder, which is there."""
    found = git.find(folder)
    assert found is not None
    return found


def status(folder: Path) -> list[str]:
    """What git has to say of its working tree."""
    return real(folder, "-c", "core.quotepath=off", "status", "--porcelain").splitlines()
