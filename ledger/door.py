"""The one door a command leaves by: whatever happened becomes one message and one exit code."""

from __future__ import annotations

import errno
import os
import traceback
from gettext import gettext as _
from typing import TYPE_CHECKING, Final

import click

from ledger.domain.text import excerpt
from ledger.errors import LedgerError, RejectedInputError, StorageError, UsageError
from ledger.ui import console, labels

if TYPE_CHECKING:
    from collections.abc import Callable

#: Exit codes of signals: 128 and the signal's number. Source: POSIX shell, docs/contract.md §4.
INTERRUPTED: Final = 130
#: Asked to stop (SIGTERM), and the terminal gone (SIGHUP).
TERMINATED: Final = frozenset({143, 129})
UNEXPECTED: Final = 1


def leave(work: Callable[[], int | None]) -> int:
    """Do `work` and give its exit code; say in one message why it ended, when it did not end well.

    Source: docs/contract.md §4, "Exit codes".
    """
    try:
        code = work() or 0
        console.flush()
    except click.exceptions.Exit as error:
        return _flushed(error.exit_code)
    except console.NobodyReadsError:
        return 0
    except (KeyboardInterrupt, click.Abort):
        return _say(_("interrupted"), "", "interrupted", INTERRUPTED)
    except SystemExit as error:
        if isinstance(error.code, int) and error.code in TERMINATED:
            return _say(_("ended by the system"), "", "terminated", error.code)
        raise
    except LedgerError as error:
        return _caused(error)
    except click.ClickException as error:
        return _refused(usage(error))
    except (OSError, UnicodeEncodeError) as error:
        _show_where()
        return _refused(storage(error) if isinstance(error, OSError) else half_a_character(error))
    except Exception as error:  # noqa: BLE001 - whatever nobody foresaw is one line too
        _show_where()
        return _unexpected(error)
    return code


def _flushed(code: int) -> int:
    try:
        console.flush()
    except console.NobodyReadsError:
        return 0
    except StorageError as error:
        return _refused(error)
    return code


def _say(message: str, hint: str, code: str, exit_code: int) -> int:
    console.complain(message, hint, code=code, exit_code=exit_code)
    return exit_code


def _refused(error: LedgerError) -> int:
    return _say(error.message, error.hint, error.code, error.exit_code)


def _caused(error: LedgerError) -> int:
    """A refusal with something unforeseen behind it, as when a reader breaks over a file."""
    if error.__cause__ is not None:
        _show_where()
    return _refused(error)


def _unexpected(error: Exception) -> int:
    kind = type(error).__name__
    detail = " ".join(str(error).split())
    message = _("unexpected {kind}: {detail}").format(kind=kind, detail=detail) if detail else ""
    message = message or _("unexpected {kind}").format(kind=kind)
    return _say(message, _("run it again with TAIZHANG_DEBUG=1 to see where"), "unexpected", UNEXPECTED)


def _show_where() -> None:
    """The traceback, for whoever asked for it."""
    if os.environ.get("TAIZHANG_DEBUG") == "1":
        console.debug(traceback.format_exc())


def half_a_character(error: UnicodeEncodeError) -> RejectedInputError:
    """What was typed or stands in a variable is not UTF-8: such a word can be looked for nowhere."""
    message = _("the text is not valid Unicode: {text}").format(text=excerpt(error.object))
    return RejectedInputError(message, _("save it as UTF-8 and give it again"))


def storage(error: OSError) -> StorageError:
    """What the system refused, naming the file."""
    reason = labels.reason(error)
    names = [os.fsdecode(name) for name in (error.filename, error.filename2) if isinstance(name, str | bytes)]
    hint = {
        errno.ENOSPC: _("make room, then run the command again; what was committed is kept"),
        errno.EDQUOT: _("make room, then run the command again; what was committed is kept"),
        errno.EROFS: _("work on a copy that can be written"),
        errno.EACCES: _("ask for the right to read and write there"),
        errno.EPERM: _("ask for the right to read and write there"),
    }.get(error.errno or 0, _("look at the disk and the folder, then run the command again"))
    if not names:
        return StorageError(_("the system refuses: {reason}").format(reason=reason), hint)
    return StorageError(_("cannot use {path}: {reason}").format(path=" -> ".join(names), reason=reason), hint)


# --- what click says, as we say it ------------------------------------------------------------------------


def usage(error: click.ClickException) -> UsageError:
    """What is wrong with the command line, and where its help is."""
    context = getattr(error, "ctx", None)
    page = "" if context is None else _("see {page}").format(page=f"{context.command_path} --help")
    if isinstance(error, click.NoSuchOption):
        message = _("there is no option {name}").format(name=error.option_name)
        if error.possibilities:
            meant = ", ".join(sorted(error.possibilities)[:3])
            page = _("did you mean {names}? {rest}").format(names=meant, rest=page)
        return UsageError(message, page)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return UsageError(_("{what} is missing").format(what=_named(error.param, error.ctx)), page)
    if isinstance(error, click.BadParameter) and error.param is not None:
        what = _named(error.param, error.ctx)
        message = _("{what}: {problem}").format(what=what, problem=_phrase(error.message))
        return UsageError(message, page)
    return UsageError(_phrase(error.format_message()), page)


def _named(parameter: click.Parameter, context: click.Context | None) -> str:
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.make_metavar(context) if context is not None else str(parameter.human_readable_name)


def _phrase(sentence: str) -> str:
    """A sentence of click as our messages are written: lower case, no full stop."""
    text = " ".join(sentence.split()).rstrip(".。")
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
