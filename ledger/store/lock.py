"""One writer at a time in a workspace, whoever runs it; the one who waits is told for whom."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import json
import math
import os
import sqlite3
import time
from contextlib import closing, contextmanager
from gettext import gettext as _
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.errors import LockedError, StorageError, UsageError
from ledger.store import files, platform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

#: The file whose lock is the lock. It stays empty and is never replaced: two processes with two
#: files of this name would both write.
LOCK_FILE: Final = "lock.db"

#: Who holds the lock: only to be read to people, never trusted.
HOLDER_FILE: Final = "holder.json"

#: How long a command waits for another, in seconds, unless told. Source: docs/contract.md §2; RELIABILITY §2.
DEFAULT_TIMEOUT: Final = 30.0

#: When a waiting person is told for whom, in seconds: most commands are done before.
_PATIENCE: Final = 0.5

#: Seconds between two tries, the first and the longest. Waiting in Python, not in SQLite, keeps Ctrl-C alive.
_FIRST_PAUSE: Final = 0.002
_LONGEST_PAUSE: Final = 0.05


class Holder(NamedTuple):
    """Who is writing.

    Shape: `since` is an ISO time with offset; `command` is how the command line names it.
    """

    by: str
    command: str
    pid: int
    host: str
    since: str


class Held(NamedTuple):
    """The lock, held.

    Shape: `interrupted` says that the last holder did not leave in order, so that there may be
    half-written files to sweep.
    """

    interrupted: bool


@contextmanager
def locked(
    state: Path,
    *,
    by: str,
    command: str,
    timeout: float | None = None,
    on_wait: Callable[[Holder | None], None] | None = None,
) -> Iterator[Held]:
    """Hold the workspace's lock while the block runs.

    Shape: `state` is `ledgers/.state/`, made when missing. `on_wait` is called once, with whoever is
    writing, when it takes more than half a second.
    Units: `timeout` seconds; 0 does not wait; None takes TAIZHANG_LOCK_TIMEOUT, else 30.

    Raises:
        LockedError: another command still holds it after `timeout`.
        StorageError: the folder cannot be written to; nothing was changed.
        UsageError: TAIZHANG_LOCK_TIMEOUT is not a number of seconds.

    Source: docs/contract.md §2 "Writing one record"; DECISIONS.md D-04, D-13.
    """
    seconds = _timeout() if timeout is None else timeout
    with _storage(state):
        files.make_folder(state)
        connection = sqlite3.connect(state / LOCK_FILE, timeout=0, isolation_level=None)
    with closing(connection):
        _begin(connection, state, seconds, on_wait)
        note = state / HOLDER_FILE
        with _storage(state):
            _must_be_writable(state / LOCK_FILE)
            interrupted = note.exists()
            for stray in state.glob(".*.new"):
                stray.unlink(missing_ok=True)
        in_order = not interrupted
        try:
            with _storage(state):
                _announce(note, by, command)
            yield Held(interrupted)
            in_order = True
        finally:
            # Before the lock goes: afterwards it would be the next holder's note. What was interrupted is
            # put in order by a command that ends well; until then the note stays and says so.
            if in_order:
                with contextlib.suppress(OSError):
                    note.unlink()


def holder(state: Path) -> Holder | None:
    """Who is writing now, as far as is known; nothing when the note is missing or its process is dead."""
    try:
        raw = json.loads(files.read(state / HOLDER_FILE))
        found = Holder(
            str(raw["by"]), str(raw["command"]), int(raw["pid"]), str(raw["host"]), str(raw["since"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if found.host == platform.host() and not platform.is_alive(found.pid):
        return None
    return found


def _begin(
    connection: sqlite3.Connection,
    state: Path,
    seconds: float,
    on_wait: Callable[[Holder | None], None] | None,
) -> None:
    start = time.monotonic()
    pause = _FIRST_PAUSE
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise _unusable(state, error) from error
        else:
            return
        waited = time.monotonic() - start
        if waited >= seconds:
            raise _occupied(state)
        if on_wait is not None and waited >= _PATIENCE:
            on_wait(holder(state))
            on_wait = None
        time.sleep(min(pause, seconds - waited))
        pause = min(2 * pause, _LONGEST_PAUSE)


def _must_be_writable(path: Path) -> None:
    # SQLite opens what it may not write read-only, and BEGIN IMMEDIATE then succeeds without a lock.
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def _announce(note: Path, by: str, command: str) -> None:
    since = dt.datetime.now(dt.UTC).astimezone().isoformat(timespec="seconds")
    text = json.dumps(Holder(by, command, os.getpid(), platform.host(), since)._asdict(), ensure_ascii=True)
    spare = files.spare_name(note)
    try:
        spare.write_text(text + "\n", encoding="utf-8")
        platform.replace(spare, note)
    except BaseException:
        files.discard(spare)
        raise


def _timeout() -> float:
    given = os.environ.get("TAIZHANG_LOCK_TIMEOUT", "").strip()
    if not given:
        return DEFAULT_TIMEOUT
    try:
        seconds = float(given)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        message = _("TAIZHANG_LOCK_TIMEOUT is not a number of seconds: {value}").format(value=given)
        raise UsageError(message, _("set it to 30, or leave it unset"))
    return seconds


def _occupied(state: Path) -> LockedError:
    hint = _("wait until it has ended, then run the command again")
    now = holder(state)
    if now is None:
        return LockedError(_("another command is writing to this workspace"), hint)
    message = _("{by} is writing to this workspace since {since}: {command} (process {pid} on {host})")
    return LockedError(message.format(**now._asdict()), hint)


def _unusable(state: Path, error: Exception) -> StorageError:
    message = _("the workspace's lock cannot be used: {path}: {reason}")
    return StorageError(
        message.format(path=(state / LOCK_FILE).as_posix(), reason=error),
        _("make sure that you may write to the folder and that its disk is not full"),
    )


@contextmanager
def _storage(state: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise _unusable(state, error) from error
    except OSError as error:
        message = _("the workspace cannot be written to: {path}: {reason}")
        raise StorageError(
            message.format(path=state.as_posix(), reason=error.strerror or error),
            _("make sure that you may write to the folder and that its disk is not full"),
        ) from error
