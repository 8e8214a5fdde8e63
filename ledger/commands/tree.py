"""The tree of commands, built on demand: naming a command imports nothing, running one imports its module."""

from __future__ import annotations

import importlib
import inspect
from difflib import get_close_matches
from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING, Any, Final

import click
import typer
from click.core import augment_usage_errors
from click.shell_completion import CompletionItem
from typer.core import TyperCommand, TyperGroup

from ledger import language
from ledger.commands import COMMANDS, GROUPS, OVERVIEW, CommandSpec, completion, everywhere, options
from ledger.commands.help import Context, parts
from ledger.domain.text import excerpt
from ledger.errors import UsageError
from ledger.ui.table import pad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

#: What `ledger --help` opens with.
INTRODUCTION: Final = """\
Keep rectification ledgers: from the notice to plan, work, close-out and reports.

Examples:
    ledger add "Reports are copied without reading"
    ledger measure 1 -t "Two readers sign every report" --unit "General Office" --due 2025-06-30
    ledger note 1.1 -t "Spot check of 40 documents: 38 signed by two"
    ledger close 1 --result "Every report since May is signed by two readers"
"""
SHELL: Final = "SHELL"
_METAVARS: Final = ("[OPTIONS]", "COMMAND [ARGS]...", "[COMMAND [ARGS]...]")


class Command(TyperCommand):
    """One command: settles the session before it runs, and shows its help in the language spoken."""

    context_class = Context

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read its command line; whatever is wrong with it is known to be wrong with this command."""
        with augment_usage_errors(ctx):
            return super().parse_args(ctx, _joined(self.params, args))

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - an exit code or None
        """Run it; what it returns is the exit code."""
        options.begin(ctx)
        return super().invoke(ctx)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does, then examples."""
        _write_prose(self.help, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its own arguments and options; those of every command are one line."""
        _write_own_options(self, ctx, formatter)


def _joined(parameters: Sequence[click.Parameter], args: Sequence[str]) -> list[str]:
    """The words with a value joined to options that may stand alone: what follows them is never theirs."""
    alone = {
        name: each.type.alone for each in parameters if hasattr(each.type, "alone") for name in each.opts
    }
    end = args.index("--") if "--" in args else len(args)
    return [f"{word}={alone[word]}" if word in alone else word for word in args[:end]] + list(args[end:])


class Group(TyperGroup):
    """A word with commands behind it, known by table; each is built when it is called."""

    context_class = Context

    def __init__(self, specs: Sequence[CommandSpec], *, name: str, summary: str, bare: bool = False) -> None:
        """Take the commands of `specs`; `bare` says that the word alone does something too."""
        super().__init__(
            name=name,
            help=summary and _(summary),
            params=[*everywhere.global_options()],
            add_help_option=False,
            no_args_is_help=False,
            invoke_without_command=bare,
            callback=_overview if bare else None,
            subcommand_metavar=_("[COMMAND [ARGS]...]") if bare else _("COMMAND [ARGS]..."),
            options_metavar=_("[OPTIONS]"),
            rich_markup_mode=None,
        )
        self.specs = tuple(specs)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what stands before the name; whatever is wrong there is known to be wrong with this group."""
        with augment_usage_errors(ctx):
            return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return [spec.name for spec in self.specs]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that English or Chinese name, built now."""
        spec = self.find(cmd_name)
        return None if spec is None else spoken(build(spec))

    def find(self, name: str) -> CommandSpec | None:
        """Where the command of that English or Chinese name is found."""
        return next((spec for spec in self.specs if name in (spec.name, spec.chinese)), None)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command called, under its English name, and what follows it."""
        spec = self.find(args[0])
        if spec is None and ctx.resilient_parsing:
            return None, None, args[1:]
        if spec is None:
            raise self.unknown(args[0], ctx)
        return spec.name, self.get_command(ctx, spec.name), args[1:]

    def unknown(self, name: str, context: click.Context) -> UsageError:
        """What to raise for a name that is not there."""
        known = [each for spec in self.specs for each in (spec.name, spec.chinese)]
        near = get_close_matches(name, known, n=2)
        message = _("there is no command {name}").format(name=excerpt(name))
        page = f"{context.command_path} --help"
        if near:
            hint = _("did you mean {names}? all commands: {page}").format(names=", ".join(near), page=page)
        else:
            hint = _("all commands: {page}").format(page=page)
        return UsageError(message, hint)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it is for."""
        _write_prose(self.help, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its commands under their headings; for the program itself the options of every command too."""
        self.format_commands(ctx, formatter)
        if ctx.parent is None:
            _write_parameters(self.get_params(ctx), ctx, formatter)
        else:
            _write_own_options(self, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line a command, with its Chinese name where Chinese is spoken."""
        chinese = language.current() == "zh"
        words = language.words()
        longest = max(len(spec.name) for spec in self.specs)
        headings = {spec.group: None for spec in self.specs}
        for group in headings:
            heading = words.pgettext("group", GROUPS[group]) if len(headings) > 1 else _("Commands")
            rows = [
                (
                    pad(spec.name, longest) + (f"  {spec.chinese}" if chinese else ""),
                    words.gettext(spec.summary),
                )
                for spec in self.specs
                if spec.group == group
            ]
            with formatter.section(heading):
                formatter.write_dl(rows)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names that begin as typed; Chinese ones once a Chinese character is typed."""
        words = language.words()
        found = [
            CompletionItem(name, help=completion.described(words.gettext(spec.summary)))
            for spec in self.specs
            for name in (spec.name, spec.chinese)
            if name.startswith(incomplete) and (name == spec.name or incomplete)
        ]
        return found + click.Command.shell_complete(self, ctx, incomplete)


def root() -> Group:
    """The whole tree, in the language spoken now."""
    group = Group(COMMANDS, name="ledger", summary=INTRODUCTION, bare=True)
    for name, callback, words in _COMPLETION:
        group.params.append(
            click.Option(
                [name],
                help=_(words),
                expose_value=False,
                is_eager=True,
                callback=callback,
                is_flag=False,
                flag_value=completion.IN_USE,
                type=click.Choice((*completion.SHELLS, completion.IN_USE)),
                metavar=f"[{pgettext('metavar', SHELL)}]",
            )  # fmt: skip
        )
    return group


_COMPLETION: Final[tuple[tuple[str, Callable[..., None], str], ...]] = (
    ("--install-completion", completion.install, "Let the shell complete names and ids."),
    ("--show-completion", completion.show, "Print the script that does it."),
)


def build(spec: CommandSpec) -> click.Command:
    """The command of a row of the table, in its source language: its module is imported now."""
    if spec.commands and not spec.module:
        return Group(spec.commands, name=spec.name, summary=spec.summary)
    module = importlib.import_module(f"{__package__}.{spec.module}")
    function = getattr(module, spec.function)
    if spec.commands:
        made: Group = function(spec)
        return made
    one = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    one.command(spec.name, cls=Command, add_help_option=False, help=inspect.getdoc(function))(function)
    return typer.main.get_command(one)


def spoken(command: click.Command) -> click.Command:
    """`command` in the language spoken now, with the options of every command."""
    if isinstance(command, Group):
        return command
    words = language.words()
    command.help = command.help and words.gettext(command.help)
    command.options_metavar = _("[OPTIONS]")
    for parameter in command.params:
        if isinstance(parameter, typer.core.TyperOption | typer.core.TyperArgument):
            parameter.help = parameter.help and words.gettext(parameter.help)
            parameter.metavar = parameter.metavar and words.pgettext("metavar", parameter.metavar)
    command.params.extend(everywhere.global_options())
    return command


def messages() -> Iterator[tuple[str, str]]:
    """Every word of the help with its context, for the catalogue; this imports every command.

    Shape: the context is empty, `metavar` or `group`.
    """
    yield "", INTRODUCTION
    yield "metavar", SHELL
    yield from (("group", heading) for heading in GROUPS.values())
    yield from (("", words) for _name, _callback, words in _COMPLETION)
    yield from (("", metavar) for metavar in _METAVARS)
    yield from _words_of((*COMMANDS, OVERVIEW))


def _words_of(specs: Sequence[CommandSpec]) -> Iterator[tuple[str, str]]:
    for spec in specs:
        yield "", spec.summary
        if spec.commands:
            yield from _words_of(spec.commands)
            continue
        command = build(spec)
        if command.help:
            yield "", command.help
        for parameter in command.params:
            if words := getattr(parameter, "help", None):
                yield "", words
            if parameter.metavar:
                yield "metavar", parameter.metavar


def _overview() -> Any:  # noqa: ANN401 - an exit code or None
    """What the program does when no command is named."""
    context = click.get_current_context()
    if context.invoked_subcommand is not None:
        return None
    command = spoken(build(OVERVIEW))
    with command.make_context(OVERVIEW.name, [], parent=context) as inner:
        return command.invoke(inner)


def _write_prose(text: str | None, page: click.HelpFormatter) -> None:
    prose, examples = parts(text or "")
    if prose.strip():
        page.write_paragraph()
        page.write_text(prose)
    if examples:
        with page.section(_("Examples")):
            for line in examples:
                page.write(f"{'':>{page.current_indent}}{line}".rstrip() + "\n")


def _write_own_options(command: click.Command, context: click.Context, page: click.HelpFormatter) -> None:
    """What a command has beside the options of every command, which are one line."""
    shared = {each.name for each in everywhere.global_options()} - {everywhere.GLOBAL + everywhere.HELP}
    _write_parameters([each for each in command.params if each.name not in shared], context, page)
    page.write_paragraph()
    page.write_text(
        _("Options of every command, such as -L, --as-of and --json: {program} --help").format(
            program=context.find_root().info_name
        )
    )


def _write_parameters(
    parameters: Sequence[click.Parameter], context: click.Context, page: click.HelpFormatter
) -> None:
    for kind, heading in (("argument", _("Arguments")), ("option", _("Options"))):
        records = [each.get_help_record(context) for each in parameters if each.param_type_name == kind]
        shown = [record for record in records if record is not None]
        if shown:
            with page.section(heading):
                page.write_dl(shown)
