"""What a shell offers after TAB: ids, names and ledgers; silent whatever goes wrong."""

from __future__ import annotations

import contextlib
import os
import re
from gettext import gettext as _
from typing import TYPE_CHECKING, Final

import click
import typer
from click.shell_completion import CompletionItem

from ledger.errors import UsageError
from ledger.ui import console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

#: Shells that can ask.
SHELLS: Final = ("bash", "zsh", "fish", "powershell", "pwsh")
#: What stands for the shell that runs us.
IN_USE: Final = "auto"
#: What may be offered at all: a word no shell takes for anything but itself.
OFFERED: Final = r"[\w.:·-]+"
#: What is taken out of descriptions.
DESCRIBING: Final = r"[^\w\s.,;，。、；：（）《》“”·-]"


def ids(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Ids that begin as typed, each with its title."""
    from ledger.usecases import completing

    return offered(ctx, incomplete, lambda root, ledger: completing.ids(root, ledger, incomplete))


def names(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Units and persons that begin as typed."""
    from ledger.usecases import completing

    return offered(ctx, incomplete, completing.names)


def ledgers(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ledgers that begin as typed, each with its title."""
    from ledger.usecases import completing

    found = offered(ctx, incomplete, lambda root, _ledger: completing.ledgers(root))
    return [CompletionItem(word, help=words) for word, words in found]


def offered(
    context: click.Context,
    incomplete: str,
    source: Callable[[Path | None, str | None], Iterable[tuple[str, str]]],
) -> list[tuple[str, str]]:
    """What `source` knows of the ledger the command line names and begins as typed.

    Shape: less, or nothing, when the ledger cannot be read: a shell that asks while somebody types is
        never answered with an error.
    """
    from ledger.commands import options

    asked = options.gathered(context)
    found: list[tuple[str, str]] = []
    with contextlib.suppress(Exception):
        found.extend(source(asked.root, asked.ledger))
    return [
        (word, described(words))
        for word, words in found
        if word.startswith(incomplete) and re.fullmatch(OFFERED, word)
    ]


# --- how the shell is answered ---------------------------------------------------------------------------


def answer(command: click.Command, program: str, variable: str, instruction: str) -> int:
    """Answer the shell that runs us with `variable` set to `instruction`.

    Shape: the exit code.
    """
    from click.shell_completion import add_completion_class, get_completion_class
    from typer._completion_classes import completion_init
    from typer.completion import shell_complete

    completion_init()
    # Typer sends every description through Rich, which takes longer than all the rest; ours hold no markup.
    for shell, line in (("zsh", _zsh_line), ("fish", _fish_line)):
        theirs = get_completion_class(shell)
        if theirs is not None:
            add_completion_class(type(theirs.__name__, (theirs,), {"format_completion": line}), shell)
    try:
        return shell_complete(command, {}, program, variable, instruction)
    except Exception:
        if os.environ.get("TAIZHANG_DEBUG") == "1":
            raise
        return 1  # nobody who presses TAB wants to read why


def _zsh_line(_self: object, item: CompletionItem) -> str:
    return f'"{item.value}":"{item.help}"' if item.help else f'"{item.value}"'


def _fish_line(_self: object, item: CompletionItem) -> str:
    return f"{item.value}\t{item.help}" if item.help else str(item.value)


def described(text: str) -> str:
    """A description without anything a shell could take for its own: zsh evaluates what it is offered."""
    return " ".join(re.sub(DESCRIBING, " ", text).split())


def install(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    """Set completion up for the shell named, or the one in use, and end."""
    if value is None or context.resilient_parsing:
        return
    from typer._completion_shared import install as set_up

    shell = _shell(value)
    program = str(context.find_root().info_name)
    _shell_name, path = set_up(shell=shell, prog_name=program, complete_var=variable_of(program))
    console.say(_("completion for {shell} is installed in {path}").format(shell=shell, path=path))
    console.next_step(_("open a new terminal"))
    context.exit()


def show(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    """Print the completion script for the shell named, or the one in use, and end."""
    if value is None or context.resilient_parsing:
        return
    from typer._completion_shared import get_completion_script

    program = str(context.find_root().info_name)
    script = get_completion_script(prog_name=program, complete_var=variable_of(program), shell=_shell(value))
    console.raw(script + "\n")
    context.exit()


def variable_of(program: str) -> str:
    """The variable by which a shell asks `program` for completions."""
    return f"_{program.upper()}_COMPLETE"


def _shell(wish: str) -> str:
    """The shell named; else the one that runs us."""
    if wish != IN_USE:
        return wish
    from typer._completion_shared import _get_shell_name

    found = _get_shell_name()
    if found not in SHELLS:
        raise UsageError(
            _("the shell in use is not known"), _("name one: {shells}").format(shells=", ".join(SHELLS))
        )
    return found
