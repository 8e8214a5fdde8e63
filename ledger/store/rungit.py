"""Running git so that nothing a received folder says is run, nothing is asked, and nothing hangs."""

from __future__ import annotations

import os
from gettext import gettext as _
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ledger.errors import RefusedError, StorageError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

#: How long one run of git may take. Units: seconds. A repository on a network drive is slow, not endless.
PATIENCE: Final = 60

#: How many contents are read before whoever asked gets the first: one watch is set over them.
_AT_ONCE: Final = 32

#: Said to every run. A repository's own settings name programs: a watcher, hooks, a signer, a pager.
#: Source: git-config(1), core.fsmonitor, core.hooksPath; RELIABILITY E14.
_SETTINGS: Final = (
    "core.fsmonitor=",
    "core.hooksPath=/dev/null",
    "core.quotepath=off",
    "i18n.commitEncoding=UTF-8",
    "gc.auto=0",
    "log.showSignature=false",
)

#: Variables of git's own that are the user's: who commits, and which settings are his. All others are left
#: out: inside a hook they speak of another repository. Source: git(1), "Environment variables".
_KEPT: Final = (
    "GIT_AUTHOR_",
    "GIT_COMMITTER_",
    "GIT_CONFIG_",
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
)

#: A missing object is not fetched: a fetch runs what the repository's settings name. Paths are paths, not
#: patterns, and looking takes no locks. What git says is English, so that it can be told apart.
_OURS: Final = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


#: What git says when it knows no name to commit under. Source: git's ident.c.
_NOBODY: Final = ("auto-detect", "empty ident name", "no email was given", "no name was given")


class GitError(StorageError):
    """Git could not do what was asked.

    Attributes:
        said: What git said, in one line, in its own words.
    """

    code = "git"

    def __init__(self, said: str, hint: str = "") -> None:
        """Pass on what git said."""
        super().__init__(
            _("git says: {reason}").format(reason=said),
            hint or _("run git status there, and put right what it says"),
        )
        self.said = said


def program() -> str | None:
    """Where git is; nothing when it is not installed.

    Shape: never a program in the folder one stands in, where Windows would look first.
    """
    import shutil

    found = shutil.which("git")
    return found if found is not None and os.path.isabs(found) else None  # noqa: PTH117  a name, not a place


def run(
    folder: Path,
    arguments: Sequence[str],
    *,
    given: bytes = b"",
    variables: Mapping[str, str] = MappingProxyType({}),
    fine: Sequence[int] = (0,),
) -> bytes:
    """What git answers in `folder`; `given` is its input.

    Shape: `variables` are laid over ours; `fine` are the exit codes that are no failure.

    Raises:
        StorageError: git is not there, takes too long, or refuses.
        RefusedError: git does not trust the folder's owner.
    """
    import subprocess

    try:
        done = subprocess.run(
            [*_command(), *arguments],
            cwd=folder,
            env=_environment() | dict(variables),
            input=given,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise GitError(_("no answer after {seconds} seconds").format(seconds=int(error.timeout))) from error
    if done.returncode not in fine:
        raise _failure(done.stderr)
    return done.stdout


def contents(folder: Path, names: Iterable[str], *, limit: int) -> Iterator[bytes | None]:
    """The contents git has under each of `names`, in their order, a few at a time.

    Shape: a name is a hash, or ``COMMIT:PATH``; None where it is not there, is no file, or is too large.
    Units: `limit` bytes.

    Raises:
        StorageError: git is not there, or stops answering.
    """
    import subprocess
    import threading

    with subprocess.Popen(
        [*_command(), "cat-file", "--batch"],
        cwd=folder,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            waiting = iter(names)
            while some := list(islice(waiting, _AT_ONCE)):
                watch = threading.Timer(PATIENCE, process.kill)
                watch.start()
                try:
                    answers = [_content(process, name, limit) for name in some]
                finally:
                    watch.cancel()
                yield from answers
        finally:
            process.kill()


def _content(process: subprocess.Popen[bytes], name: str, limit: int) -> bytes | None:
    if process.stdin is None or process.stdout is None or "\n" in name:
        return None
    try:
        process.stdin.write(os.fsencode(name) + b"\n")
        process.stdin.flush()
    except OSError as error:
        raise _silent() from error
    head = process.stdout.readline()
    if not head:
        raise _silent()
    words = head.rsplit(None, 2)
    if len(words) < 3 or not words[2].isdigit():  # "NAME missing"
        return None
    kind, size = words[1], int(words[2])
    if kind == b"blob" and size <= limit:
        data = process.stdout.read(size + 1)[:-1]
        if len(data) < size:
            raise _silent()
        return data
    _skip(process, size + 1)
    return None


def _skip(process: subprocess.Popen[bytes], size: int) -> None:
    while size and process.stdout is not None:
        piece = process.stdout.read(min(size, 1 << 20))
        if not piece:
            raise _silent()
        size -= len(piece)


def _silent() -> GitError:
    return GitError(_("it stopped in the middle of an answer"), _("run git fsck there"))


def _command() -> list[str]:
    git = program()
    if git is None:
        raise GitError(_("it is not installed here"), _("install git, then run the command again"))
    return [git, "--no-pager", *(word for each in _SETTINGS for word in ("-c", each))]


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(_KEPT)
    }
    return kept | _OURS


def _failure(stderr: bytes) -> RefusedError | GitError:
    lines = [line.strip() for line in stderr.decode("utf-8", errors="replace").splitlines()]
    said = next((line for line in lines if line.startswith(("fatal:", "error:"))), "") or " ".join(lines)
    if "dubious ownership" in said:
        return RefusedError(
            _("git does not trust this repository: it belongs to somebody else"),
            _("if you trust it: git config --global --add safe.directory FOLDER"),
        )
    if any(words in said for words in _NOBODY):
        return GitError(
            _("it does not know who you are"),
            _('tell it: git config --global user.name "NAME"; git config --global user.email ADDRESS'),
        )
    return GitError(said.removeprefix("fatal: ").removeprefix("error: ") or _("nothing, but it failed"))
