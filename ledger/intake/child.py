"""The process that takes a stranger's file apart: little memory, little time, no files, no words of its own.

It is started by `guarded`, reads one line of JSON and the file's bytes from its standard input, and answers
with lines of JSON: how far it is, and at the end one answer or one error.
"""

from __future__ import annotations

import json
import os
import sys
import time
from gettext import gettext as _
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from ledger.errors import LedgerError, RejectedInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.intake.document import Tell
    from ledger.intake.reading import Received

#: What a file may take. Units: bytes of memory; seconds of computing.
#: Source: the demand is 500 MB, of which the interpreter and its libraries map 40; a workbook of 30,000 rows
#: takes 10 s on the machine this was measured on, and the slowest office machine is held to be a fifth of it.
MEMORY: Final = 440 << 20
SECONDS: Final = 60
#: How often it says how far it is, at most. Units: seconds.
_RHYTHM: Final = 0.1

#: Variables without which a program cannot start on some systems; a process of ours gets no others.
KEPT: Final = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def isolated(code: str) -> tuple[list[str], dict[str, str]]:
    """The command and the variables of a process that runs `code`.

    Shape: isolated (-I), so that neither the folder one stands in nor a variable says where modules are; its
        first argument is the folder that holds this package.
    """
    command = [sys.executable, "-I", "-B", "-X", "utf8", "-c", code, str(Path(__file__).parents[2])]
    return command, {name: os.environ[name] for name in KEPT if name in os.environ}


def work(task: str, received: Received, arguments: Mapping[str, Any], tell: Tell) -> object:
    """What one task makes of a received file; runs in any process.

    Shape: a frozen dataclass that `wire` packs.

    Raises:
        RejectedInputError: the file cannot be read, or is not to be.
    """
    return TASKS[task](received, arguments, tell)


def _import(received: Received, arguments: Mapping[str, Any], tell: Tell) -> object:
    from ledger.intake import opening

    kind, document = opening.document(received, tell)
    if kind in opening.ROWS:
        from ledger.intake.returned import recognised

        returned = recognised(document, file=received.name)
        if returned is not None:
            return returned
        sheets: Any = import_module("ledger.intake.sheets")
        proposal = sheets.read_sheets(document, file=received.name, on_progress=tell, **arguments)
        from ledger.intake.figures import with_figures_of_sheets

        return with_figures_of_sheets(proposal, document)
    from ledger.intake.figures import with_figures
    from ledger.intake.notice import read_document

    return with_figures(read_document(document, file=received.name), document)


def _figures(received: Received, arguments: Mapping[str, Any], tell: Tell) -> object:
    from ledger.intake import opening

    _kind, document = opening.document(received, tell)
    from ledger.intake import figures

    return figures.claims(document, file=received.name, **arguments)


def _rows(received: Received, _arguments: Mapping[str, Any], tell: Tell) -> object:
    from ledger.intake.plainrows import plain_sheets

    return plain_sheets(received, tell)


def _survey(received: Received, _arguments: Mapping[str, Any], _tell: Tell) -> object:
    from ledger.intake.survey import survey

    return survey(received.data, shown=received.shown)


def _fill(received: Received, arguments: Mapping[str, Any], _tell: Tell) -> object:
    from ledger.intake.formats.cellform import Entry, fill
    from ledger.intake.kinds import Kind
    from ledger.intake.survey import survey

    found = survey(received.data, shown=received.shown)
    if found.kind is not Kind.WORKBOOK:
        message = _("{file} is no workbook").format(file=received.shown)
        raise RejectedInputError(message, _("save the form as .xlsx and name that"))
    return fill(received.data, [Entry(*each) for each in arguments["entries"]])


def _word_form(received: Received, arguments: Mapping[str, Any], _tell: Tell) -> object:
    from ledger.intake.formats import wordform
    from ledger.intake.kinds import Kind
    from ledger.intake.survey import survey

    found = survey(received.data, shown=received.shown)
    if found.kind is not Kind.WORD:
        message = _("{file} is no Word file").format(file=received.shown)
        raise RejectedInputError(message, _("save the form as .docx and name that"))
    return wordform.fill(received.data, arguments["values"], shown=received.shown)


#: What can be asked for.
TASKS: Final[Mapping[str, Callable[[Received, Mapping[str, Any], Tell], object]]] = {
    "import": _import,
    "figures": _figures,
    "rows": _rows,
    "survey": _survey,
    "fill": _fill,
    "word_form": _word_form,
}


def main() -> None:
    """Answer the one request on standard input, and end."""
    import gc

    answers = to_ourselves()
    limit(memory=MEMORY, seconds=SECONDS)
    gc.disable()  # what one document leaves in circles is little, and to look for it among its rows is much
    stream = sys.stdin.buffer
    request = json.loads(stream.readline())
    from ledger import language

    with language.speaking(request["language"]):
        _say(answers, _answer(request, stream.read(), answers))
    os._exit(0)  # to take thousands of objects apart first would be time lost


def to_ourselves() -> BinaryIO:
    """Where answers go; whatever else is printed, by whatever library, goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return answers


def limit(*, memory: int, seconds: int) -> None:
    """Take no more memory, time and files than one task needs, where the system allows limits.

    Units: bytes of memory, seconds of computing.
    """
    try:
        import resource
    except ImportError:  # Windows has none: there the parent's patience is the limit
        return
    limits = {
        "RLIMIT_AS": memory,
        "RLIMIT_CPU": seconds,
        "RLIMIT_NOFILE": 64,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
    }
    for name, wanted in limits.items():
        _soft, hard = resource.getrlimit(getattr(resource, name))
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        try:
            resource.setrlimit(getattr(resource, name), (most, hard if name == "RLIMIT_CPU" else most))
        except (OSError, ValueError):  # macOS takes no limit of memory
            continue


def _answer(request: Mapping[str, Any], data: bytes, answers: BinaryIO) -> dict[str, Any]:
    from ledger.intake import wire
    from ledger.intake.kinds import Kind
    from ledger.intake.proposal import Remark
    from ledger.intake.reading import Received

    remarks = tuple(Remark(*each) for each in request["remarks"])
    received = Received(request["name"], data, Kind(request["kind"]), remarks)
    try:
        answer = work(request["task"], received, request["arguments"], _teller(answers))
        return {"answer": type(answer).__name__, "value": wire.pack(answer)}
    except LedgerError as error:
        return {"error": type(error).__name__, "message": error.message, "hint": error.hint}
    except MemoryError:
        return {"ended": "memory"}
    except Exception as error:  # noqa: BLE001 - whatever a stranger's file did to a reader, it is told, not shown
        import traceback

        return {
            "ended": "failed",
            "where": f"{type(error).__name__}: {error}",
            "trace": traceback.format_exc(),
        }


def _teller(answers: BinaryIO) -> Tell:
    """How far it is, said so often that a person sees it move, and no more often."""
    next_time = 0.0

    def tell(done: int, total: int | None, what: str) -> None:
        nonlocal next_time
        now = time.monotonic()
        if now >= next_time:
            next_time = now + _RHYTHM
            _say(answers, {"progress": [done, total, what]})

    return tell


def _say(answers: BinaryIO, record: Mapping[str, Any]) -> None:
    answers.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    answers.flush()
