"""The front door: finds out the language, runs the one command named, leaves by the door for errors.

Nothing of ours is imported before `run` is there to catch a Ctrl-C.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType


#: How many objects are made before Python looks for circles among them: most commands make fewer.
_PATIENT: Final = 50_000

#: Signals that end a command in order: asked to stop, or the terminal is gone. Windows has the first alone.
_ENDINGS: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class Wishes(NamedTuple):
    """What has to be known before the command line is read: errors and help already depend on it."""

    lang: str | None = None
    root: str | None = None
    ledger: str | None = None
    json: bool = False
    color: bool = True


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command of `argv`, the command line without the program's name, and give its exit code."""
    from ledger import door, language
    from ledger.ui import ask, console

    arguments = list(sys.argv[1:] if argv is None else argv)
    wishes = foresee(arguments)
    console.prepare()
    console.set_screen(console.Screen(json=wishes.json, color=wishes.color))
    ask.allow(True)
    with language.speaking(language.choose(wishes.lang, lambda: ledger_language(wishes))):
        return door.leave(lambda: _obey(arguments))


def run() -> NoReturn:
    """The program: run the command line and end."""
    gc.set_threshold(_PATIENT)
    try:
        for number in _ENDINGS:
            if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup leaves it
                signal.signal(number, _terminated)
        code = main()
    except KeyboardInterrupt:  # so early, or so often, that the door could not catch it
        code = 128 + signal.SIGINT
    _hush()
    # Everything is written and closed; to take all objects apart first would be a tenth of a short run.
    os._exit(code)


def foresee(arguments: Sequence[str]) -> Wishes:
    """The wishes of a command line, read roughly: the last of each counts, nothing behind `--` does."""
    names = {"--lang": "lang", "-C": "root", "--root": "root", "-L": "ledger", "--ledger": "ledger"}
    found: dict[str, str] = {}
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    for place, word in enumerate(before):
        name, equals, value = word.partition("=")
        if word in names and place + 1 < len(before):
            found[names[word]] = before[place + 1]
        elif equals and name in names and name.startswith("--"):
            found[names[name]] = value
        elif word[:2] in ("-C", "-L") and not word.startswith("--"):
            found[names[word[:2]]] = word[2:]
    return Wishes(
        lang=found.get("lang"),
        root=found.get("root"),
        ledger=found.get("ledger"),
        json="--json" in before,
        color="--no-color" not in before,
    )


def ledger_language(wishes: Wishes) -> str | None:
    """The language of the ledger the command line names; nothing when there is none."""
    from ledger.store.workspace import language_hint

    return language_hint(None if wishes.root is None else Path(wishes.root), wishes.ledger)


def program() -> str:
    """The name we were called by: one of the two scripts."""
    return "taizhang" if Path(sys.argv[0]).stem.lower() == "taizhang" else "ledger"


def _obey(arguments: list[str]) -> int | None:
    from ledger.commands import completion, tree

    name = program()
    variable = completion.variable_of(name)
    instruction = os.environ.get(variable)
    if instruction:
        return completion.answer(tree.root(), name, variable, instruction)
    group = tree.root()
    with group.make_context(name, arguments) as context:
        code = group.invoke(context)
    return code if isinstance(code, int) else None


def _terminated(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


def _hush() -> None:
    """Let Python end quietly: what a closed pipe or a full disk did not take is not tried again."""
    for stream, descriptor in ((sys.stdout, 1), (sys.stderr, 2)):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)
