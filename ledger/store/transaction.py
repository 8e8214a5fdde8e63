"""Several files changed at once: staged, committed by one rename, finished by whoever comes next."""

from __future__ import annotations

import contextlib
import json
import os
import time
from gettext import gettext as _
from pathlib import PurePath, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.errors import ConflictError, DamageError, StorageError
from ledger.store import files, platform
from ledger.store.staging import COMMITTED, FOLDER, pending, stages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    #: Told how many files are on the disk, of how many.
    OnProgress = Callable[[int, int], None]

__all__ = ["COMMITTED", "FOLDER", "Change", "commit", "overlay", "pending", "recover"]

#: What a transaction intends; without effect, and thrown away, until it has the name below.
PLAN: Final = "plan.json"

#: What no path of ours contains: it would mean something else on another system.
_FOREIGN: Final = frozenset('\\:\0<>"|?*')


class Change(NamedTuple):
    """One file to be written, or taken away.

    Shape: `path` is relative to the folder of ledgers; `data` None takes the file away (a renumbered
    record moves: one change puts the new name, one takes the old); `expected` is the digest of
    what was read, None when nothing may be there yet.
    """

    path: PurePath
    data: bytes | None
    expected: str | None


class _Step(NamedTuple):
    """A change as a plan keeps it: `after` is the digest of the staged file `staged`."""

    path: PurePosixPath
    before: str | None
    after: str | None
    staged: str


def commit(
    state: Path, root: Path, changes: Sequence[Change], *, on_progress: OnProgress | None = None
) -> None:
    """Make all `changes` or none.

    Shape: `state` is `ledgers/.state/`, `root` is `ledgers/`. Only under the lock, after `recover`.
    One change is written directly: the rename of its file is its commit point. `on_progress` is told how
    many of several are on the disk, of how many; up to the commit point, behind which nothing takes long.

    Raises:
        ConflictError: a file is not what was read; nothing was written.
        DamageError: a path leads out of `root`, or stands there twice.
        StorageError: the disk failed after the commit point; the next writer finishes.

    Source: docs/contract.md §2 "Several records".
    """
    paths = [_inside(each.path.as_posix()) for each in changes]
    if len(set(paths)) < len(paths):
        raise DamageError(_("a change names the same file twice"))
    if len(changes) == 1:
        _directly(root / paths[0], changes[0])
    elif changes:
        _together(state, root, changes, on_progress or _nobody)


def recover(state: Path, root: Path, *, interrupted: bool = False) -> list[str]:
    """Finish what a killed command had committed; throw away what it had not.

    Shape: the paths brought to their new content, relative to `root`; empty when there was nothing
    to finish. `interrupted` says that half-written files may lie about. Running it again changes nothing.
    Only under the lock.

    Raises:
        ConflictError: a file was changed since by something else; it and its staged content stay.
        DamageError: what lies in the stage is not what was put there.
    """
    if interrupted:
        files.sweep(root)
    finished: list[str] = []
    for stage in stages(state):
        if (stage / COMMITTED).exists():
            finished += _finish(stage, root)
        _clear(stage)
    return finished


def overlay(state: Path, root: Path) -> dict[PurePosixPath, bytes | None]:
    """What committed but unfinished transactions put in the place of files, for who cannot finish them.

    Shape: new content by path relative to `root`; None for a file taken away.

    Raises:
        ConflictError: a file was changed since by something else.
        DamageError: what lies in the stage is not what was put there.
    """
    shown: dict[PurePosixPath, bytes | None] = {}
    for stage in stages(state):
        # A writer may finish it while we look: then its commit file goes first.
        with contextlib.suppress(FileNotFoundError):
            for step in _open_steps(stage, root, _plan(stage / COMMITTED)):
                shown[step.path] = None if step.after is None else _staged(stage, step)
    return shown


def _directly(target: Path, change: Change) -> None:
    if change.data is not None:
        files.write(target, change.data, expected=change.expected)
    elif change.expected is not None:
        files.remove(target, expected=change.expected)


def _together(state: Path, root: Path, changes: Sequence[Change], on_progress: OnProgress) -> None:
    _unchanged(root, changes)
    stage = state / FOLDER / f"{time.time_ns():020d}-{os.getpid()}"
    try:
        steps = []
        for number, change in enumerate(changes):
            steps.append(_stage(stage, number, change))
            on_progress(number + 1, len(changes))
        files.put(stage / PLAN, _plan_text(steps))
        platform.sync_folder(stage)
        _unchanged(root, changes)
    except BaseException:
        with contextlib.suppress(OSError):
            _clear(stage)
        raise
    platform.replace(stage / PLAN, stage / COMMITTED)
    try:
        platform.sync_folder(stage)
        _finish(stage, root)
        _clear(stage)
    except OSError as error:
        raise _unfinished(error) from error


def _nobody(_done: int, _total: int) -> None:
    """Where nobody asked how far it is."""


def _unchanged(root: Path, changes: Sequence[Change]) -> None:
    for change in changes:
        files.agree(root / change.path, change.expected)


def _stage(stage: Path, number: int, change: Change) -> _Step:
    path = _inside(change.path.as_posix())
    if change.data is None:
        return _Step(path, change.expected, None, "")
    files.put(stage / str(number), change.data)
    return _Step(path, change.expected, files.digest(change.data), str(number))


def _finish(stage: Path, root: Path) -> list[str]:
    steps = _open_steps(stage, root, _plan(stage / COMMITTED))
    for step in steps:
        if step.after is not None:
            _staged(stage, step)
    # New names before old ones go: a renumbered record is then never nowhere.
    for step in sorted(steps, key=lambda each: each.after is None):
        if step.after is None:
            (root / step.path).unlink()
        else:
            _place(stage, step, root / step.path)
    for folder in sorted({(root / step.path).parent for step in steps}):
        platform.sync_folder(folder)
    return [step.path.as_posix() for step in steps]


def _place(stage: Path, step: _Step, target: Path) -> None:
    files.make_folder(target.parent)
    spare = files.spare_name(target)
    try:
        # A second name for the staged bytes, which are on the disk already; the stage keeps the first.
        if not platform.link(stage / step.staged, spare):
            files.put(spare, _staged(stage, step))
        platform.replace(spare, target)
    except BaseException:
        files.discard(spare)
        raise


def _open_steps(stage: Path, root: Path, steps: Sequence[_Step]) -> list[_Step]:
    """The steps not done yet; refuses when a file is neither what it was nor what it shall be."""
    still = []
    for step in steps:
        now = files.digest_at(root / step.path)
        if now == step.after:
            continue
        if now != step.before:
            message = _("{path} was changed after a stopped command had committed its own version of it")
            hint = _(
                "move your version aside, run the command again, redo the edit; the other waits in {stage}"
            )
            where = (stage / step.staged).as_posix()
            raise ConflictError(message.format(path=step.path), hint.format(stage=where))
        still.append(step)
    return still


def _staged(stage: Path, step: _Step) -> bytes:
    data = files.read(stage / step.staged)
    if files.digest(data) != step.after:
        raise _broken(stage / step.staged)
    return data


def _clear(stage: Path) -> None:
    # The commit file first and for good: a stage that came back after a power cut must not run again.
    with contextlib.suppress(FileNotFoundError):
        (stage / COMMITTED).unlink()
        platform.sync_folder(stage)
    for each in list(stage.iterdir()):
        each.unlink()
    stage.rmdir()


def _plan_text(steps: Sequence[_Step]) -> bytes:
    rows = [
        {"path": step.path.as_posix(), "before": step.before, "after": step.after, "staged": step.staged}
        for step in steps
    ]
    return (json.dumps({"format": 1, "steps": rows}, indent=1) + "\n").encode("ascii")


def _plan(path: Path) -> list[_Step]:
    try:
        return list(_steps(json.loads(files.read(path))))
    except (ValueError, KeyError, TypeError) as error:
        raise _broken(path) from error


def _steps(raw: dict[str, Any]) -> Iterator[_Step]:
    for row in raw["steps"]:
        staged = str(row["staged"])
        if staged and not (staged.isascii() and staged.isdigit()):
            raise ValueError(staged)
        yield _Step(_inside(str(row["path"])), row["before"], row["after"], staged)


def _inside(path: str) -> PurePosixPath:
    """The path, if it stays inside the folder of ledgers and out of its state.

    Raises:
        DamageError: it does not.
    """
    parts = path.split("/")
    if any(part in ("", ".", "..", ".state") for part in parts) or not _FOREIGN.isdisjoint(path):
        raise DamageError(_("{path} is not a file of a ledger").format(path=path))
    return PurePosixPath(path)


def _unfinished(error: OSError) -> StorageError:
    message = _("the change is recorded, but not all its files are in place yet: {reason}")
    return StorageError(
        message.format(reason=error.strerror or error),
        _("make room on the disk; do not repeat this: the next command that writes puts the rest in place"),
    )


def _broken(path: Path) -> DamageError:
    return DamageError(
        _("a stopped command left {path}, which is damaged").format(path=path.as_posix()),
        _("run ledger check to see which records it touched, and take them from git if they are not whole"),
    )
