"""A report put into the workspace's own template by a process of its own: little time, little memory.

A template is code, and may come from anywhere: whatever it does to the sandbox, it does it there. The process
gets the finished view and the folder of templates, and gives back text or one error.

Source: DECISIONS.md D-12, D-119.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ledger import errors, language
from ledger.errors import LedgerError, RejectedInputError, StorageError
from ledger.intake import child

if TYPE_CHECKING:
    from types import FrameType

    from ledger.reports.views import Report

#: What a template may take. Units: seconds of computing; bytes of memory.
#: Source: our own template takes 1 s over a ledger of 3,000 issues, and the slowest office machine is held to
#: be a fifth of the one this was measured on; such a view has 60 MB.
SECONDS: Final = 20
MEMORY: Final = 1 << 30
#: How long we wait in all, for a busy machine included. Units: seconds.
PATIENCE: Final = 3 * SECONDS
#: The longest document. Units: characters.
LONGEST: Final = 50_000_000

#: What the process runs.
_START: Final = (
    "import sys; sys.argv[1] in sys.path or sys.path.insert(0, sys.argv[1]); "
    "from ledger.reports.confined import main; main()"
)


def fill(report: Report, form: str, folder: Path) -> bytes:
    """The report by the workspace's own template, as text of one format.

    Raises:
        RejectedInputError: the template is broken, or takes too much; file and line are named where known.
        StorageError: the system starts no other process.
    """
    said = _asked(pickle.dumps((report, form, str(folder.absolute()), language.current())))
    if "text" in said:
        return str(said["text"]).encode()
    kind = getattr(errors, str(said.get("error")), None)
    if isinstance(kind, type) and issubclass(kind, LedgerError):
        raise kind(str(said.get("message")), str(said.get("hint")))
    message = _("the templates of {folder} took too much time or memory, and were given up").format(
        folder=folder.name
    )
    raise RejectedInputError(message, _("look for a loop that does not end, or remove the file"))


def _asked(request: bytes) -> dict[str, Any]:
    """What the process answers; nothing when it was ended."""
    command, variables = child.isolated(_START)
    try:
        done = subprocess.run(
            command,
            input=request,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=variables,
            timeout=PATIENCE,
            start_new_session=True,  # a Ctrl-C is ours to answer
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {}
    except OSError as error:
        message = _("the system starts no process to fill a template: {why}").format(why=error)
        raise StorageError(message, _("close other programs, then run the command again")) from error
    try:
        said = json.loads(done.stdout)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


# --- in the process --------------------------------------------------------------------------------


def main() -> None:
    """Answer the one request on standard input, and end."""
    answers = child.to_ourselves()
    request = sys.stdin.buffer.read()
    child.limit(memory=MEMORY, seconds=SECONDS + 5)
    report, form, folder, spoken = pickle.loads(request)  # noqa: S301 - it comes from the process that began us
    _ring()
    with language.speaking(spoken):
        answer = _answer(report, form, Path(folder))
    answers.write(json.dumps(answer).encode())
    answers.flush()
    os._exit(0)


def _answer(report: Report, form: str, folder: Path) -> dict[str, str]:
    from ledger import reports

    try:
        text = reports.typeset(report, form, folder)
    except LedgerError as error:
        return {"error": type(error).__name__, "message": error.message, "hint": error.hint}
    return {"text": text} if len(text) <= LONGEST else {}


def _ring() -> None:
    """Stop a template where it stands once its time is over; without such a clock, whoever waits does."""
    import signal

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(_("it takes more than {seconds} seconds").format(seconds=SECONDS))

    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGVTALRM, stop)
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
