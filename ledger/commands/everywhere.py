"""The options every command has, before and after its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click
from click.core import ParameterSource

from ledger import __version__, language
from ledger.commands import completion, options
from ledger.ui import console

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What the names of these options begin with, and the one that shows help.
GLOBAL: Final = "global_"
HELP: Final = "help"


def _gather(context: click.Context, parameter: click.Parameter, value: Any) -> Any:  # noqa: ANN401 - any option
    name = str(parameter.name)
    if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
        context.meta.setdefault(options.GATHERED, {})[name.removeprefix(GLOBAL)] = value
    return value


def _version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        console.say(f"ledger {__version__}")
        context.exit()


def _help(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        console.raw(context.get_help() + "\n")
        context.exit()


#: Name, spellings, placeholder (none for a flag), type, help. Source: docs/contract.md §3.
_GLOBALS: Final[tuple[tuple[str, tuple[str, ...], str | None, Any, str], ...]] = (
    ("root", ("-C", "--root"), "DIR", str, "Work in this folder, instead of looking upwards for ledgers/."),
    ("ledger", ("-L", "--ledger"), "NAME", str, "The ledger to work on."),
    ("as_of", ("--as-of",), "DATE", options.DAY, "Show what held on this day."),
    ("known_at", ("--known-at",), "TIME|COMMIT", str, "Show what was known at this time."),
    ("today", ("--today",), "DATE", options.DAY, "Take this day for today."),
    ("by", ("--by",), "NAME", str, "Who records this."),
    ("json", ("--json",), None, None, "Write one JSON document."),
    ("plain", ("--plain",), None, None, "Write rows as tab-separated text."),
    ("no_color", ("--no-color",), None, None, "Use no colours."),
    ("no_input", ("--no-input",), None, None, "Never ask anything."),
    ("quiet", ("-q", "--quiet"), None, None, "Write data and errors, nothing else."),
    ("commit", ("--commit/--no-commit",), None, None, "Commit what is written to git, or do not."),
    (
        "lang",
        ("--lang",),
        "zh|en",
        click.Choice(tuple(language.LANGUAGES)),
        "The language of words and messages.",
    ),
)
#: Name, spellings, what it does, help.
_ANSWERS: Final[tuple[tuple[str, tuple[str, ...], Any, str], ...]] = (
    ("version", ("--version",), _version, "Show the version and exit."),
    (HELP, ("-h", "--help"), _help, "Show this message and exit."),
)


def global_options() -> list[click.Option]:
    """The options every command has, in the language spoken now."""
    spoken = language.words()
    options = [
        click.Option(
            [GLOBAL + name, *spellings],
            type=kind,
            is_flag=True if placeholder is None else None,  # False would make -7d an option of its own
            metavar=placeholder and spoken.pgettext("metavar", placeholder),
            help=spoken.gettext(words),
            expose_value=False,
            is_eager=True,
            callback=_gather,
            shell_complete=completion.ledgers if name == "ledger" else None,
        )
        for name, spellings, placeholder, kind, words in _GLOBALS
    ]
    answers = [
        click.Option(
            [GLOBAL + name, *spellings],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=answer,
            help=spoken.gettext(words),
        )  # fmt: skip
        for name, spellings, answer, words in _ANSWERS
    ]
    return [*options, *answers]


def messages() -> Iterator[tuple[str, str]]:
    """Every word of the global options with its context, for the catalogue."""
    for _name, _spellings, placeholder, _kind, words in _GLOBALS:
        yield "", words
        if placeholder:
            yield "metavar", placeholder
    yield from (("", words) for _name, _spellings, _answer, words in _ANSWERS)
