"""A stranger's file read by a process of its own, so that whatever it does to a reader, it does it there.

The child (`child`) limits itself; here is the patience, and what is said when it ends without an answer.
"""

from __future__ import annotations

import gc
import json
import signal
import subprocess
from contextlib import contextmanager, suppress
from gettext import gettext as _
from threading import Thread, Timer
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from ledger import errors, language
from ledger.errors import LedgerError, RejectedInputError, StorageError
from ledger.intake import wire
from ledger.intake.child import SECONDS, isolated
from ledger.intake.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import IO

    from ledger.intake.document import Tell
    from ledger.intake.reading import Received
    from ledger.intake.survey import Survey

T = TypeVar("T")

#: How long the child may take in all, waiting for a busy machine included. Units: seconds.
PATIENCE: Final = 3 * SECONDS
#: Bytes one line of its answer may have.
#: Source: a list of 30,000 rows makes 13 MB; the child itself cannot hold more than this.
_LONGEST: Final = 512 << 20

#: How long a child that says nothing any more has to end. Units: seconds.
_LAST_MOMENTS: Final = 5
#: The errors a child may tell of, by name.
_ERRORS: Final = {
    kind.__name__: kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, LedgerError)
}

#: What the child runs.
_START: Final = (
    "import sys; sys.argv[1] in sys.path or sys.path.insert(0, sys.argv[1]); "
    "from ledger.intake.child import main; main()"
)


class ChildError(Exception):
    """What went wrong in the child, for whoever looks for the reason: its traceback."""


def ask(
    task: str,
    received: Received,
    *,
    answers: Sequence[type[T]],
    arguments: Mapping[str, Any] | None = None,
    on_progress: Tell | None = None,
) -> T:
    """What a child process makes of a received file.

    Args:
        task: One of `child.TASKS`.
        received: The file.
        answers: The dataclasses one of which is the answer.
        arguments: What the task takes besides, as JSON can say it.
        on_progress: Told now and then how much is done, of how much (None where nobody knows), and of what.

    Raises:
        RejectedInputError: the file cannot be read or is not to be, or reading it takes too much.
        StorageError: the system starts no other process.
    """
    if received.kind in (Kind.WRITING, Kind.SHEETS):
        from ledger.intake.converting import converted

        received = converted(received, on_progress=on_progress)
    return _asked(task, received, answers, arguments or {}, on_progress)


def surveyed(received: Received) -> Survey:
    """What a package is, before anything else is done to it.

    Raises:
        RejectedInputError: it is not to be read.
        StorageError: the system starts no other process.
    """
    from ledger.intake.survey import Survey

    return _asked("survey", received, (Survey,), {}, None)


def _asked(
    task: str,
    received: Received,
    answers: Sequence[type[T]],
    arguments: Mapping[str, Any],
    on_progress: Tell | None,
) -> T:
    request = {
        "task": task,
        "name": received.name,
        "kind": received.kind.value,
        "remarks": [[each.code, each.message, each.line] for each in received.remarks],
        "arguments": dict(arguments),
        "language": language.current(),
    }
    process = _started(received)
    clock = _Clock(process)
    feeder = Thread(
        target=_feed, args=(process, json.dumps(request).encode() + b"\n", received.data), daemon=True
    )
    try:
        feeder.start()
        with _patient():
            record = _last_record(process, on_progress)
        code = None if record else _code_of(process)
    finally:  # nothing of the child is left, whatever happened here
        clock.cancel()
        process.kill()
        process.wait()
        clock.join()  # a thread that is left keeps others from sharing work among processes
        feeder.join()
        _close(process)
    if record is None:
        raise _ended(received, late=clock.late, code=code)
    return _understood(record, received, answers)


@contextmanager
def _patient() -> Iterator[None]:
    """Look for no circles among what an answer is made of: it has none, and looking is half of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Clock(Timer):
    """Ends a child that takes longer than we wait."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        super().__init__(PATIENCE, self._end)
        self.daemon = True
        self.late = False
        self._process = process
        self.start()

    def _end(self) -> None:
        self.late = True
        self._process.kill()


def _started(received: Received) -> subprocess.Popen[bytes]:
    command, variables = isolated(_START)
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=variables,
            start_new_session=True,  # a Ctrl-C is ours to answer; what it ends here ends the child
        )
    except (OSError, ValueError) as error:
        message = _("the system starts no process to read {file}: {why}").format(
            file=received.shown, why=error
        )
        raise StorageError(message, _("close other programs, then run the command again")) from error


def _feed(process: subprocess.Popen[bytes], request: bytes, data: bytes) -> None:
    """Hand over the file; a child that ends before it read everything is noticed by its answer."""
    with suppress(OSError), process.stdin as pipe:  # type: ignore[union-attr]
        pipe.write(request)
        pipe.write(data)


def _last_record(process: subprocess.Popen[bytes], on_progress: Tell | None) -> object:
    """What the child says last; None where it ends before it said anything but progress."""
    stream: IO[bytes] = process.stdout  # type: ignore[assignment]
    while line := stream.readline(_LONGEST):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            return {}
        if not (isinstance(record, dict) and "progress" in record):
            return record
        if on_progress is not None and _is_progress(record["progress"]):
            on_progress(*record["progress"])
    return None


def _is_progress(said: object) -> bool:
    return isinstance(said, list) and list(map(type, said)) in ([int, int, str], [int, NoneType, str])


def _code_of(process: subprocess.Popen[bytes]) -> int | None:
    """How the child ended, when it says nothing any more."""
    try:
        return process.wait(_LAST_MOMENTS)
    except subprocess.TimeoutExpired:
        return None


def _close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            pipe.close()  # type: ignore[union-attr]


def _ended(received: Received, *, late: bool, code: int | None) -> RejectedInputError:
    """Why a child ended without an answer, as far as the system tells."""
    if late or code == -getattr(signal, "SIGXCPU", 0):
        return _too_much(received, _("reading {file} takes more than {seconds} seconds and was given up"))
    if code == -getattr(signal, "SIGKILL", 0):
        return _too_much(received, _("reading {file} took more memory than it may have, and was ended"))
    return _too_much(received, _("{file} cannot be read: the program that takes it apart broke down over it"))


def _too_much(received: Received, message: str) -> RejectedInputError:
    hint = _(
        "save it anew in the program it was made with, or copy the part that lists the issues into a new file"
    )
    return RejectedInputError(message.format(file=received.shown, seconds=SECONDS), hint)


def _understood(record: object, received: Received, answers: Sequence[type[T]]) -> T:
    """The answer of the child, or the error it tells of."""
    said = record if isinstance(record, dict) else {}
    kind = next((each for each in answers if each.__name__ == said.get("answer")), None)
    if kind is not None:
        try:
            with _patient():
                return wire.unpack(said.get("value"), kind)
        except wire.WireError as error:
            raise _ended(received, late=False, code=0) from error
    refusal = _ERRORS.get(str(said.get("error")))
    if refusal is not None:
        raise refusal(str(said.get("message")), str(said.get("hint")))
    if said.get("ended") == "memory":
        raise _ended(received, late=False, code=-getattr(signal, "SIGKILL", 0))
    raise _ended(received, late=False, code=0) from ChildError(str(said.get("trace")))
