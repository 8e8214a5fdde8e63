"""Options that commands share, what the running command was asked for, and the only look at the clock."""

from __future__ import annotations

import datetime as dt
import io
import os
import sys
from collections.abc import Sequence
from contextvars import ContextVar
from functools import cache
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Final, NamedTuple

import click
import typer
from click.shell_completion import CompletionItem

from ledger import language
from ledger.commands import completion
from ledger.domain.text import excerpt
from ledger.errors import NotFoundError, RejectedInputError, UsageError
from ledger.ui import ask, console, labels

if TYPE_CHECKING:
    from ledger.domain.workdays import IsWorkday

# --- what was asked for ---------------------------------------------------------------------------


class Session(NamedTuple):
    """What the running command was asked for, besides its own options.

    Attributes:
        root: The folder of `-C`, as typed.
        ledger: The name of `-L`, else of TAIZHANG_LEDGER.
        known_at: The time or commit of `--known-at`, as typed.
        by: Who records: `--by`, else TAIZHANG_ACTOR; what else may say so is not looked at here.
        commit: What `--commit` or `--no-commit` says; None when neither was given.
        lang: The language in force, a key of `language.LANGUAGES`.
    """

    root: Path | None = None
    ledger: str | None = None
    as_of: dt.date | None = None
    known_at: str | None = None
    today: dt.date | None = None
    by: str | None = None
    json: bool = False
    plain: bool = False
    color: bool = True
    interactive: bool = True
    quiet: bool = False
    commit: bool | None = None
    lang: str = "en"


_SESSION: ContextVar[Session | None] = ContextVar("session", default=None)
#: Where the options every command has are gathered while a command line is parsed.
GATHERED: Final = "ledger.commands.options"
#: The most that is read from the standard input as ids or as SQL. Units: bytes; 10,000 ids have 100,000.
STDIN_BYTES: Final = 1_000_000
#: The largest number an option takes.
MOST: Final = 999_999_999


def session() -> Session:
    """What the running command was asked for; a bare Session outside of one."""
    return _SESSION.get() or Session()


def begin(context: click.Context) -> None:
    """Settle the session of the command about to run, and tell the screen."""
    begun = gathered(context)
    _SESSION.set(begun)
    console.set_screen(
        console.Screen(json=begun.json, plain=begun.plain, color=begun.color, quiet=begun.quiet)
    )
    ask.allow(begun.interactive)


def gathered(context: click.Context) -> Session:
    """The session as far as the command line was read; what stands later counts."""
    given: dict[str, Any] = context.meta.get(GATHERED, {})
    root = given.get("root")
    return Session(
        root=None if root is None else Path(root),
        ledger=given.get("ledger") or os.environ.get("TAIZHANG_LEDGER") or None,
        as_of=given.get("as_of"),
        known_at=given.get("known_at"),
        today=given.get("today"),
        by=given.get("by") or os.environ.get("TAIZHANG_ACTOR") or None,
        json="json" in given,
        plain="plain" in given,
        color="no_color" not in given,
        interactive="no_input" not in given,
        quiet="quiet" in given,
        commit=given.get("commit"),
        lang=language.current(),
    )


# --- the clock ---------------------------------------------------------------------------------------


def now() -> dt.datetime:
    """The time, with its offset, to the second.

    Source: docs/contract.md §2 (times to the second with offset); TAIZHANG_NOW stands in for the clock in
    tests and demos.

    Raises:
        UsageError: TAIZHANG_NOW is no time.
    """
    fixed = os.environ.get("TAIZHANG_NOW")
    if not fixed:
        return dt.datetime.now(tz=dt.UTC).astimezone().replace(microsecond=0)
    try:
        moment = dt.datetime.fromisoformat(fixed)
    except ValueError:
        message = _("TAIZHANG_NOW is not a time: {text}").format(text=fixed)
        raise UsageError(message, _("write it as 2025-06-30T09:00:00+08:00, or unset it")) from None
    return (moment.astimezone() if moment.tzinfo is None else moment).replace(microsecond=0)


def today() -> dt.date:
    """The business date: `--today`, else the clock's."""
    return session().today or now().date()


def as_of() -> dt.date:
    """The day whose state is shown: `--as-of`, else today."""
    return session().as_of or today()


def workdays(asked: Session) -> IsWorkday:
    """The working days of the ledger somebody asked for, else the public ones; it is opened for the first.

    Shape: `asked` as far as the command line was read.
    """

    @cache
    def counted() -> IsWorkday:
        from ledger.store.calendar import workdays_of
        from ledger.usecases.reading import open_book

        try:
            return workdays_of(open_book(asked.root, asked.ledger).settings.workdays)
        except (NotFoundError, UsageError):  # the command says so itself, where it needs a ledger
            return workdays_of()

    return lambda day: counted()(day)


# --- words on the command line ----------------------------------------------------------------------


def words(ids: Sequence[str]) -> tuple[str, ...]:
    """The ids as typed, with `-` replaced by the words that stand on stdin; never none where some were meant.

    Raises:
        UsageError: stdin is closed, or there was no id on it.
        RejectedInputError: stdin is not text.
    """
    result: list[str] = []
    for word in ids:
        result.extend(from_stdin(_("send ids, one a line")).split() if word == "-" else [word])
    if ids and not result:
        raise UsageError(_("no id came from the standard input"), _("send ids to it, one a line"))
    return tuple(result)


def known(flag: str, typed: Sequence[str], codes: Sequence[str]) -> None:
    """Whether an option was given nothing but codes it knows.

    Raises:
        UsageError: it was given something else.
    """
    for word in typed:
        if word not in codes:
            message = _("{flag} takes no {word}").format(flag=flag, word=excerpt(word))
            raise UsageError(message, _("there are: {fields}").format(fields=", ".join(codes)))


def from_stdin(hint: str) -> str:
    """The text that comes through the standard input; `hint` says what should.

    Raises:
        UsageError: it is closed.
        RejectedInputError: it is not text, or more than anybody sends.
    """
    data = stdin_for("-").read(STDIN_BYTES + 1)
    if len(data) > STDIN_BYTES:
        message = _("more than {most} bytes come through the standard input")
        raise RejectedInputError(message.format(most=f"{STDIN_BYTES:,}"), hint)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("the standard input is not text at byte {place}").format(place=error.start)
        raise RejectedInputError(message, hint) from error


def stdin_for(name: str) -> BinaryIO:
    """The standard input where a file is called `-`; nothing to read where it has a name.

    Raises:
        UsageError: it is closed.
    """
    if name != "-":
        return io.BytesIO()
    if sys.stdin is None:
        message = _("nothing can be read: the standard input is closed")
        raise UsageError(message, _("send something to it, or name a file"))
    return sys.stdin.buffer


class Day(click.ParamType):
    """A day, as people type it."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day that was typed."""
        if isinstance(value, dt.date):
            return value
        from ledger.domain.dates import parse_date

        asked = Session() if ctx is None else gathered(ctx)
        return parse_date(str(value), today=asked.today or now().date(), is_workday=workdays(asked))


class Code(click.ParamType):
    """One of the codes of a kind, typed as the code or as its word in either language."""

    name = "code"

    def __init__(self, kind: str) -> None:
        """Take the codes of `kind`, a kind of `labels.WORDS`."""
        self.kind = kind

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code that was meant."""
        code = labels.code(self.kind, str(value))
        if code is None:
            known = labels.labels(self.kind).items()
            offered = ", ".join(each if each == word else f"{each} {word}" for each, word in known)
            self.fail(_("{text} is none of: {offered}").format(text=value, offered=offered), param, ctx)
        return code

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """The codes, as the help shows them."""
        return "|".join(labels.WORDS[self.kind])

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Codes, or words, that begin as typed."""
        offered = labels.labels(self.kind).items()
        return [
            CompletionItem(typed, help=word)
            for code, word in offered
            for typed in dict.fromkeys((code, word))
            if typed.startswith(incomplete) and (typed == code or incomplete)
        ]


class LightWord(Code):
    """A light by its code, by its word, or by the office's own word, which only its settings know."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code that was meant, else the word as typed."""
        return labels.code(self.kind, str(value)) or str(value)


DAY: Final = Day()
LIGHT: Final = LightWord("light")


def code(kind: str) -> Code:
    """The type of an option that takes a code of `kind`."""
    return Code(kind)


# --- options some commands share -------------------------------------------------------------------

_ID_HELP: Final = "An issue (7), a measure (7.2) or a point (7.2.1)."
_IDS_HELP: Final = "Issues (7), measures (7.2), ranges (3-9, 7.1-7.3); - reads them from stdin."


def _ids(metavar: str, words: str) -> Any:  # noqa: ANN401 - what typer.Argument gives
    return typer.Argument(metavar=metavar, help=words, autocompletion=completion.ids, show_default=False)


def _name(flag: str, words: str) -> Any:  # noqa: ANN401 - what typer.Option gives
    return typer.Option(flag, metavar="NAME", help=words, autocompletion=completion.names)


def _text(flag: str, words: str) -> Any:  # noqa: ANN401 - what typer.Option gives
    return typer.Option(flag, metavar="TEXT", help=words)


def _day(flag: str, words: str) -> Any:  # noqa: ANN401 - what typer.Option gives
    return typer.Option(flag, metavar="DATE", click_type=DAY, help=words)


Id = Annotated[str, _ids("ID", _ID_HELP)]
Ids = Annotated[list[str], _ids("ID...", _IDS_HELP)]
AnyIds = Annotated[list[str] | None, _ids("ID...", _IDS_HELP)]

On = Annotated[dt.date | None, _day("--on", "The day it happened; today when left out.")]
Why = Annotated[str, _text("--why", "The reason.")]
DryRun = Annotated[
    bool, typer.Option("-n", "--dry-run", help="Show what would be written, and write nothing.")
]
Yes = Annotated[bool, typer.Option("-y", "--yes", help="Do not ask whether to go on.")]
Signer = Annotated[str | None, _name("--signer", "Who decided.")]
Meeting = Annotated[str | None, _text("--meeting", "The meeting that decided.")]
Opinion = Annotated[str, _text("--opinion", "What was said when signing.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file.")]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="End with 10 when something is found.")]

Title = Annotated[str | None, _text("--title", "The issue in one line.")]
Category = Annotated[str | None, _text("--category", "The heading it stands under.")]
Unit = Annotated[str | None, _name("--unit", "The responsible unit.")]
CoUnits = Annotated[list[str] | None, _name("--co-unit", "A unit that helps; may be repeated.")]
Leader = Annotated[str | None, _name("--leader", "The responsible leader.")]
Owner = Annotated[str | None, _name("--owner", "The person who does the work.")]
Criterion = Annotated[str | None, _text("--criterion", "What will count as put right.")]
Deliverable = Annotated[str | None, _text("--deliverable", "What there will be to show.")]
Result = Annotated[str | None, _text("--result", "What was achieved.")]
Term = Annotated[
    str | None,
    typer.Option("--term", metavar="TERM", click_type=Code("term"), help="immediate, phased or longterm."),
]
Continuing = Annotated[
    bool | None,
    typer.Option(
        "--continuing/--no-continuing",
        help="Closed by its date, then reviewed at intervals.",
        show_default=False,
    ),
]
Due = Annotated[
    str | None,
    typer.Option(
        "--due", metavar="DATE", help="When it is due, as a date or as documents put it (2025年6月底前)."
    ),
]
InterimGoal = Annotated[str | None, _text("--interim-goal", "What can be reached for now.")]
Every = Annotated[
    str | None,
    typer.Option(
        "--every",
        metavar="PERIOD",
        help="How often it is done: quarter, 每半年, or 'month from 2025-06 to 2026-12'.",
    ),
]
Evidence = Annotated[
    list[Path] | None,
    typer.Option("--evidence", metavar="FILE", help="Keep this file as evidence of it; may be repeated."),
]
CameWith = Annotated[
    list[Path] | None,
    typer.Option("--file", metavar="FILE", help="A file that came with it; may be repeated."),
]
ReviewOn = Annotated[dt.date | None, _day("--review-on", "The day of the next review.")]
Flags = Annotated[
    list[str] | None, typer.Option("--flag", metavar="FLAG", help="A mark on the issue; may be repeated.")
]
Remark = Annotated[str | None, _text("--remark", "A remark.")]
Measures = Annotated[
    list[str] | None, typer.Option("--measure", "-m", metavar="TEXT", help="A measure; may be repeated.")
]
DoneText = Annotated[str, typer.Option("--text", "-t", metavar="TEXT", help="What was done.")]

UnderHeading = Annotated[str, _text("--category", "Only under this heading.")]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=0, max=MOST, help="Show the first N.")]
Columns = Annotated[
    str | None,
    typer.Option("--columns", metavar="FIELD,...", help="The fields to show, with commas between them."),
]
Raw = Annotated[
    bool, typer.Option("--raw", help="Put no quote before text a spreadsheet program would calculate.")
]
