"""The words `register KIND VERB`: registers are known by their declarations, fields become options."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from gettext import gettext as _
from typing import Any, Final

import click
from click.shell_completion import CompletionItem

from ledger import language
from ledger.commands import CommandSpec, completion, everywhere, options
from ledger.commands.tree import Group, build, spoken
from ledger.domain.declaration import DATE, Declaration, DeclaredField, FieldType
from ledger.errors import LedgerError, UsageError
from ledger.store import registers as shipping
from ledger.usecases import reading, registers

#: What `register --help` opens with.
INTRODUCTION: Final = """\
Keep meetings, visits, regulations and other books.

Alone it lists the registers and how much is in them: those that ship, and those the office declares in
ledger.toml under [registers.NAME]. What one is for, and its fields: ledger register NAME --help

Examples:
    ledger register
    ledger register meetings
    ledger register meetings add --help
"""
#: What `register` alone does.
BOOKS: Final = CommandSpec(
    "register", "登记", "registers", "books", "follow", "List the registers and how much is in them."
)
#: Where the register that is meant, and the fields given as options, are kept while a command line is read.
_MEANT: Final = "ledger.commands.register"
_GIVEN: Final = "ledger.commands.register.fields"
#: The verbs that take the fields of a register as options.
_TAKE_FIELDS: Final = ("add", "edit")
_METAVARS: Final = {
    FieldType.DATE: "DATE", FieldType.NUMBER: "N", FieldType.SERIAL: "N", FieldType.MONEY: "AMOUNT",
    FieldType.FLAG: "yes|no", FieldType.LINK: "ID,...", FieldType.UNIT: "NAME", FieldType.PERSON: "NAME",
}  # fmt: skip


def meant() -> Declaration:
    """The register the running command is about."""
    found = click.get_current_context().meta[_MEANT]
    assert isinstance(found, Declaration)
    return found


def given() -> dict[str, str]:
    """The fields that were given as options, as typed."""
    return dict(click.get_current_context().meta.get(_GIVEN, {}))


def group(spec: CommandSpec) -> RegisterGroup:
    """The command `register`, with a command for every register of the ledger."""
    return RegisterGroup(spec.commands, name=spec.name, summary=INTRODUCTION)


def messages() -> Iterator[tuple[str, str]]:
    """Words of the help with their context, for the catalogue."""
    yield "", INTRODUCTION


def declared(ctx: click.Context, args: list[str]) -> dict[str, Declaration]:
    """The registers of the ledger the command line means, those that ship where there is no ledger.

    Raises:
        DamageError: a declaration is not right; file and line are named.
    """
    try:
        asked = _asked(ctx, args)
        book = reading.open_book(asked.root, asked.ledger)
    except LedgerError:
        return {kind: shipping.shipped(kind) for kind in shipping.SHIPPED}
    return dict(shipping.declared(book.settings))


def _asked(ctx: click.Context, args: list[str]) -> options.Session:
    """The session as far as it can be seen: the ledger may be named behind the register."""
    scout = click.Command("register", params=[*everywhere.global_options()], add_help_option=False)
    scout.context_settings = {"ignore_unknown_options": True, "allow_extra_args": True}
    with contextlib.suppress(click.ClickException, LedgerError):
        seen = scout.make_context("register", list(args), resilient_parsing=True)
        behind = seen.meta.get(options.GATHERED, {})
        ctx.meta.setdefault(options.GATHERED, {}).update(
            {name: behind[name] for name in ("root", "ledger") if name in behind}
        )
    return options.gathered(ctx)


class RegisterGroup(Group):
    """`register`: alone it lists the registers; followed by one of them, what can be done in it."""

    def __init__(self, specs: tuple[CommandSpec, ...], *, name: str, summary: str) -> None:
        """Take what can be done in every register."""
        super().__init__(specs, name=name, summary=summary)
        self.invoke_without_command = True
        self.callback = _books
        self.subcommand_metavar = _("[REGISTER [COMMAND [ARGS]...]]")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The register of that name; what can be done in all of them, for the help alone."""
        if self.find(cmd_name) is not None:
            return super().get_command(ctx, cmd_name)
        return self._book(ctx, cmd_name, [])

    def _book(self, ctx: click.Context, word: str, args: list[str]) -> BookGroup | None:
        asked = _asked(ctx, args)
        try:
            book = reading.open_book(asked.root, asked.ledger)
        except LedgerError:
            known = declared(ctx, args)
            found = known.get(word) or next((d for d in known.values() if word in d.label.words), None)
        else:
            found = registers.one(book, word)
        return None if found is None else BookGroup(self.specs, found)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The register called, and what follows its name."""
        word, rest = args[0], args[1:]
        spec = self.find(word)
        if ctx.resilient_parsing:
            with contextlib.suppress(LedgerError):
                found = self._book(ctx, word, rest)
                return word if found else None, found, rest
            return None, None, rest
        if spec is not None and not {"-h", "--help"} & set(rest):
            message = _("it is not said in which register to {verb}").format(verb=spec.name)
            raise UsageError(message, _("name it first: ledger register KIND {verb}").format(verb=spec.name))
        if spec is not None:
            return spec.name, super().get_command(ctx, spec.name), rest
        book = self._book(ctx, word, rest)
        if book is None:
            raise registers.no_register(word, declared(ctx, rest))
        return str(book.name), book, rest

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The registers there are, then what can be done in each."""
        spoken_now = language.current()
        rows = [
            (kind, " ".join((each.label.said(spoken_now), each.about.said(spoken_now))))
            for kind, each in declared(ctx, []).items()
        ]
        with formatter.section(_("Registers")):
            formatter.write_dl(rows)
        super().format_commands(ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Registers that begin as typed."""
        found: dict[str, Declaration] = {}
        with contextlib.suppress(Exception):
            found = declared(ctx, [])
        return [
            CompletionItem(kind, help=completion.described(each.label.said(language.current())))
            for kind, each in found.items()
            if kind.startswith(incomplete)
        ]


def _books() -> Any:  # noqa: ANN401 - an exit code or None
    """What `register` does when nothing follows."""
    context = click.get_current_context()
    return None if context.invoked_subcommand is not None else _alone(context, spoken(build(BOOKS)))


def _alone(context: click.Context, command: click.Command) -> Any:  # noqa: ANN401 - an exit code or None
    """Run what a word does when nothing follows it."""
    with command.make_context(str(command.name), [], parent=context) as inner:
        return command.invoke(inner)


class BookGroup(Group):
    """One register: alone it lists its records."""

    def __init__(self, specs: tuple[CommandSpec, ...], declaration: Declaration) -> None:
        """Take what can be done in it, and what it is."""
        super().__init__(specs, name=declaration.kind, summary="")
        self.declaration = declaration
        self.invoke_without_command = True
        self.callback = self._listed
        self.subcommand_metavar = _("[COMMAND [ARGS]...]")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """What can be done under that name, with the fields of the register as options."""
        spec = self.find(cmd_name)
        if spec is None:
            return None
        ctx.meta[_MEANT] = self.declaration
        command = spoken(build(spec))
        if spec.name in _TAKE_FIELDS:
            taken = {name for each in command.params for name in each.opts}
            fields = (_option(each) for each in self.declaration.fields.values())
            command.params[:0] = [each for each in fields if not taken.intersection(each.opts)]
        return command

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it is for, and its fields."""
        spoken_now = language.current()
        about = self.declaration.about.said(spoken_now) or self.declaration.label.said(spoken_now)
        formatter.write_paragraph()
        formatter.write_text(about)
        with formatter.section(_("Fields")):
            formatter.write_dl([(each.name, described(each)) for each in self.declaration.fields.values()])
        figures = [
            (each.name, f"{each.label.said(spoken_now)}: {each.definition.said(spoken_now)}")
            for each in self.declaration.figures
        ]
        if figures:
            with formatter.section(_("Figures")):
                formatter.write_dl(figures)

    def _listed(self) -> Any:  # noqa: ANN401 - an exit code or None
        context = click.get_current_context()
        if context.invoked_subcommand is not None:
            return None
        command = self.get_command(context, "list")
        return None if command is None else _alone(context, command)


def described(field: DeclaredField) -> str:
    """What a field holds, in words: its label, its vocabulary, whether it is needed."""
    spoken_now = language.current()
    parts = [field.label.said(spoken_now)]
    if field.codes:
        parts.append(", ".join(_code(code, label.said(spoken_now)) for code, label in field.codes.items()))
    if field.type is FieldType.MONEY:
        from ledger.ui import labels

        parts.append(_("in {unit}").format(unit=labels.label("money", field.unit)))
    if field.type is FieldType.SERIAL:
        parts.append(_("numbered by itself in each year"))
    if field.default:
        parts.append(_("default: {value}").format(value=field.default))
    if field.required and not field.default and field.name != DATE and field.type is not FieldType.SERIAL:
        parts.append(_("needed"))
    return "; ".join(part for part in parts if part)


def _code(code: str, words: str) -> str:
    return code if code == words else f"{code}={words}"


def _option(field: DeclaredField) -> click.Option:
    return click.Option(
        [f"field_{field.name}", f"--{field.name.replace('_', '-')}"],
        help=described(field),
        metavar=_METAVARS.get(field.type, "CODE" if field.codes else "TEXT"),
        expose_value=False,
        callback=_gather,
        shell_complete=_complete(field),
    )


def _gather(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.meta.setdefault(_GIVEN, {})[str(parameter.name).removeprefix("field_")] = value


def _complete(field: DeclaredField) -> Any:  # noqa: ANN401 - what click.Option takes
    """What a shell offers for a field: codes, or the names the ledger knows."""
    if field.codes:
        return lambda _ctx, _param, incomplete: [
            CompletionItem(code, help=completion.described(label.said(language.current())))
            for code, label in field.codes.items()
            if code.startswith(incomplete)
        ]
    if field.type in (FieldType.UNIT, FieldType.PERSON):
        return lambda ctx, _param, incomplete: [
            CompletionItem(word, help=words) for word, words in completion.names(ctx, incomplete)
        ]
    return None
