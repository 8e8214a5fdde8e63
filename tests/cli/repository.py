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


#: What a folder that came by mail may say in `.git/config`: every setting that names a program.
HOSTILE = """\
[core]
\trepositoryformatversion = 1
\tfsmonitor = {run}
\thooksPath = {hooks}
\tsshCommand = {run}
\tpager = {run}
\teditor = {run}
\taskPass = {run}
\tgitProxy = {run}
\talternateRefsCommand = {run}
[commit]
\tgpgSign = true
[log]
\tshowSignature = true
[gpg]
\tprogram = {run}
[diff]
\texternal = {run}
[diff "bad"]
\tcommand = {run}
\ttextconv = {run}
[filter "bad"]
\tclean = {run}
\tsmudge = {run}
\tprocess = {run}
[merge "bad"]
\tdriver = {run}
[credential]
\thelper = {run}
[protocol]
\tallow = always
[protocol "ext"]
\tallow = always
[remote "origin"]
\turl = ext::{run}
\tpromisor = true
\tuploadpack = {run}
[extensions]
\tpartialClone = origin
[alias]
\tcat-file = !{run}
\tls-files = !{run}
[pager]
\tcat-file = {run}
[trailer "x"]
\tcommand = {run}
"""

#: Hooks that commands of git's run, of those that ours might.
_HOOKS = (
    "pre-commit", "post-commit", "commit-msg", "prepare-commit-msg", "post-index-change", "post-checkout",
    "reference-transaction", "pre-auto-gc", "applypatch-msg", "post-merge", "post-rewrite",
)  # fmt: skip


def set_trap(folder: Path) -> Path:
    """Let a repository name a program wherever one can be named; gives the file that program would make."""
    marker = folder / ".git" / "marker"
    trap = folder / ".git" / "trap"
    trap.write_text(f"#!/bin/sh\necho \"$0 $*\" >> '{marker}'\ncat\n", encoding="utf-8")
    trap.chmod(0o755)
    evil = folder / ".git" / "evil"
    for where in (evil, folder / ".git" / "hooks"):
        where.mkdir(exist_ok=True)
        for name in _HOOKS:
            (where / name).write_bytes(trap.read_bytes())
            (where / name).chmod(0o755)
    (folder / ".git" / "config").write_text(HOSTILE.format(run=trap, hooks=evil), encoding="utf-8")
    return marker


def status() -> list[str]:
    """What is changed and not committed."""
    return git("status", "--porcelain").splitlines()


def record(number: int = 1, ledger: str = "2025") -> Path:
    """The file of an issue."""
    (found,) = Path("ledgers", ledger, "issues").glob(f"{number:04}-*.toml")
    return found
