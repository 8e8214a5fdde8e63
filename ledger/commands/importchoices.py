"""What somebody decided about a received document, from the words typed: which issues, and which is which."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from gettext import gettext as _
from typing import Annotated, Literal

import typer

from ledger.domain.ids import NoNumberError, parse_ids
from ledger.domain.text import excerpt
from ledger.errors import NotFoundError, UsageError
from ledger.intake.proposal import Proposal
from ledger.usecases.importing import Choices

#: What makes an issue of a document one of its own.
_NEW = ("new", "新")

Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="COLUMN=FIELD", help="What a column means (C=unit); may be repeated."),
]
As = Annotated[
    Literal["result"] | None,
    typer.Option("--as", help="result: the measures tell what was done, not what will be."),
]
Prefer = Annotated[
    Literal["ours", "theirs"],
    typer.Option("--prefer", help="Whose word counts where the ledger and the document both changed."),
]
Only = Annotated[
    str,
    typer.Option(
        "--only", metavar="N,N-N", help="Take only these of the document's issues.", show_default=False
    ),
]
Skip = Annotated[
    str,
    typer.Option(
        "--skip", metavar="N,N-N", help="Leave out these of the document's issues.", show_default=False
    ),
]
Match = Annotated[
    list[str] | None,
    typer.Option(
        "--match", metavar="N=ID", help="Issue N of the document is issue ID here, or new; may be repeated."
    ),
]


def choices(
    proposal: Proposal,
    prefer: Literal["ours", "theirs"],
    only: str,
    skip: str,
    match: Sequence[str],
    *,
    as_result: bool,
) -> Choices:
    """The choices the options make for this document.

    Raises:
        UsageError: numbers or pairs that are none.
        NotFoundError: the document has no such issue.
    """
    known = {each.n for each in proposal.issues}
    wanted = _some(only, known, "--only") if only else None
    if skip:
        wanted = (known if wanted is None else wanted) - _some(skip, known, "--skip")
    return Choices(prefer, wanted, _matches(match, known), as_result)


def _some(words: str, known: Collection[int], flag: str) -> set[int]:
    """Issues of the document, by their numbers in it."""
    found = set(_numbers(words, flag))
    missing = sorted(found.difference(known))
    if missing:
        message = _("the document has no issue {n}").format(n=missing[0])
        raise NotFoundError(message, _("it has {count}; --dry-run shows them").format(count=len(known)))
    return found


def _numbers(words: str, flag: str) -> list[int]:
    """Numbers of issues; the other numbers of a ledger mean nothing in a document."""
    try:
        found = parse_ids([words])
    except NoNumberError as error:
        raise _no_number(flag, excerpt(error.word)) from None
    strange = next((each for each in found if each.kind != "issue"), None)
    if strange is not None:
        raise _no_number(flag, str(strange))
    return [each.numbers[0] for each in found]


def _no_number(flag: str, word: str) -> UsageError:
    message = _("{flag} takes numbers of issues, not {word}").format(flag=flag, word=word)
    pairs = flag == "--match"
    return UsageError(message, _("write them as 3=7, or as 3=new") if pairs else _("write them as 1-5,7"))


def _matches(words: Sequence[str], known: Collection[int]) -> dict[int, int | None]:
    pairs: dict[int, int | None] = {}
    for word in words:
        n, _equals, number = (each.strip() for each in word.replace("＝", "=").partition("="))
        theirs = sorted(_some(n, known, "--match")) if n else []
        ours = [None] if number.casefold() in _NEW else _numbers(number, "--match") if number else []
        if len(ours) != 1 or not theirs or (len(theirs) > 1 and ours != [None]):
            message = _("--match takes pairs, not {word}").format(word=word)
            raise UsageError(message, _("write them as 3=7, or as 3=new"))
        pairs.update(dict.fromkeys(theirs, ours[0]))
    named = [each for each in pairs.values() if each is not None]
    if len(set(named)) < len(named):
        message = _("--match names one issue here for two of the document")
        raise UsageError(message, _("enter one of them as 3=new, and merge them afterwards"))
    return pairs
