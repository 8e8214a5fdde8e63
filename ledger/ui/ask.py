"""Questions, asked only when a person is there; every one has a flag that answers it."""

from __future__ import annotations

import os
import sys
from contextvars import ContextVar
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from ledger.domain.text import visible
from ledger.errors import UsageError
from ledger.ui import console

if TYPE_CHECKING:
    from collections.abc import Mapping

    from questionary import Question

_ALLOWED: ContextVar[bool] = ContextVar("allowed", default=True)


def allow(wanted: bool) -> None:
    """Whether questions may be asked at all: not under `--no-input`."""
    _ALLOWED.set(wanted)


def possible() -> bool:
    """Whether a person is there to answer.

    Source: docs/contract.md §3: a prompt appears only on a terminal; TERM=dumb cannot draw one.
    """
    return (
        _ALLOWED.get()
        and not console.wants_json()
        and os.environ.get("TERM") != "dumb"
        and console.is_terminal(sys.stdin)
        and console.is_terminal(sys.stderr)
    )


def missing(flag: str) -> UsageError:
    """What to raise where `flag` was not given and nobody can be asked."""
    return UsageError(
        _("{flag} is missing").format(flag=flag),
        _("give {flag}; questions are asked only on a terminal and without --no-input").format(flag=flag),
    )


def text(message: str, *, flag: str, default: str = "", required: bool = True) -> str:
    """Ask for a line of text.

    Raises:
        UsageError: nobody is there to ask.
    """
    _person(flag)
    import questionary

    def answered(answer: str) -> bool | str:
        return bool(answer.strip()) or not required or _("an answer is needed")

    question = questionary.text(visible(message), default=default, validate=answered, output=_output())
    return str(_answer(question)).strip()


def choose(message: str, choices: Mapping[str, str], *, flag: str, default: str | None = None) -> str:
    """Ask for one of `choices`.

    Shape: value -> the words shown for it; gives the value.

    Raises:
        UsageError: nobody is there to ask.
    """
    _person(flag)
    import questionary

    offered = [questionary.Choice(visible(words), value) for value, words in choices.items()]
    question = questionary.select(
        visible(message), offered, default=default, instruction=_("(arrow keys, Enter)"), output=_output()
    )
    return str(_answer(question))


def several(message: str, choices: Mapping[str, str], *, flag: str) -> list[str]:
    """Ask for any number of `choices`, in the order they are shown.

    Shape: value -> the words shown for it; gives the values, perhaps none.

    Raises:
        UsageError: nobody is there to ask.
    """
    _person(flag)
    import questionary

    offered = [questionary.Choice(visible(words), value) for value, words in choices.items()]
    question = questionary.checkbox(
        visible(message), offered, instruction=_("(Space marks, Enter ends)"), output=_output()
    )
    return [str(value) for value in _answer(question)]


def confirm(message: str, *, flag: str = "--yes", default: bool = False) -> bool:
    """Ask for a yes or no.

    Raises:
        UsageError: nobody is there to ask.
    """
    _person(flag)
    from questionary.prompts import confirm as asking

    # It shows the answer given in words of its own, which nothing translates.
    vars(asking).update(YES=_("yes"), NO=_("no"))
    return bool(_answer(asking.confirm(visible(message), default=default, output=_output())))


def agreed(message: str) -> bool:
    """Ask before something is written; to a no it is said that nothing was changed.

    Raises:
        UsageError: nobody is there to ask.
    """
    if confirm(message):
        return True
    console.tell(_("nothing was changed"))
    return False


def _person(flag: str) -> None:
    if not possible():
        raise missing(flag)


def _output() -> Any:  # noqa: ANN401 - prompt_toolkit's Output
    """Questions are talk: they go to stderr, so that stdout stays data."""
    from prompt_toolkit.output import create_output

    return create_output(stdout=sys.stderr)


def _answer(question: Question) -> Any:  # noqa: ANN401 - whatever was asked for
    """Ctrl-C leaves as KeyboardInterrupt; the end of input as well: nobody is there any more."""
    console.flush()
    try:
        return question.unsafe_ask()
    except EOFError:
        raise KeyboardInterrupt from None
