"""Gathering what a notice is made from: the office's own paragraphs, and the registers they name."""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, Final

from ledger.errors import RefusedError, RejectedInputError
from ledger.reports import prose
from ledger.reports.material import Registered
from ledger.store import calendar, files
from ledger.usecases import registers
from ledger.usecases.registers import When

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.usecases.sight import Sight

#: The longest file of paragraphs that is read. Units: bytes; the longest of a published notice has 8,000.
LIMIT: Final = 1_000_000
#: A register that prose counts.
_COUNTED: Final = re.compile(r"\bcount\(\s*[\"'](?P<register>\w+)[\"']")


def gathered(sight: Sight) -> dict[str, Any]:
    """What a notice needs besides issues, as keywords of `Material`.

    Raises:
        RejectedInputError: a file of paragraphs holds something else; file and line are named.
        DamageError: a record cannot be read.
    """
    texts = {name: text for name in prose.FILES if (text := _text(sight, name))}
    passages = {
        name: prose.passages(text, prose.place(sight.book.name, name)) for name, text in texts.items()
    }
    return {"prose": passages, "workdays": _workdays(sight), **_named(sight, texts)}


def contact(sight: Sight) -> str:
    """The office's own paragraph about whom the public may turn to; empty where there is none.

    Raises:
        RejectedInputError: it is no text.
    """
    return _text(sight, "contact")


def reported(sight: Sight) -> dict[str, Any]:
    """What the report upward needs besides issues, as keywords of `Material`.

    Raises:
        RejectedInputError: as `gathered`.
        DamageError: a record cannot be read.
    """
    from ledger.reports.build_progress import TOLD
    from ledger.usecases.cluereading import clues
    from ledger.usecases.letters.reading import letters
    from ledger.usecases.lookback.reading import reviews

    found = gathered(sight)
    counted = {each.declaration.kind: each for each in found.get("registers", ())}
    whole = registered(sight, *(kind for kind in TOLD if kind not in counted))
    return {
        **found,
        "registers": (*counted.values(), *whole),
        "letters": letters(sight),
        "clues": clues(sight),
        "reviews": reviews(sight),
    }


def _text(sight: Sight, name: str) -> str:
    """The text of a file; empty when there is none."""
    path = sight.book.folder / "prose" / f"{name}.md"
    if not path.is_file():
        return ""
    data = files.read(path, limit=LIMIT)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = _("{place}:{line}: it is not UTF-8 text").format(
            place=prose.place(sight.book.name, name), line=line
        )
        raise RejectedInputError(message, _("save it as UTF-8")) from error


def _named(sight: Sight, texts: Mapping[str, str]) -> dict[str, Any]:
    """The registers, letters and clues that the paragraphs name; nothing else is read."""
    whole = "\n".join(texts.values())
    found: dict[str, Any] = {}
    kinds = dict.fromkeys(each["register"] for each in _COUNTED.finditer(whole))
    if kinds:
        found["registers"] = registered(sight, *kinds)
    if "letters." in whole:
        from ledger.usecases.letters import reading as letters

        found["letters"] = letters.letters(sight)
    if "clues." in whole:
        from ledger.usecases.cluereading import clues

        found["clues"] = clues(sight)
    return found


def registered(sight: Sight, *kinds: str) -> tuple[Registered, ...]:
    """The whole of the registers of these names that there are, void records left out."""
    from ledger.store.registers import declared

    known = declared(sight.book.settings)
    when = When(sight.as_of, sight.known_at)
    return tuple(
        Registered(known[kind], tuple(each for each in found if not each.void))
        for kind in kinds
        if kind in known
        for found in [registers.entered(sight.book, kind, when)]
    )


def _workdays(sight: Sight) -> int | None:
    """How many working days the window of the notice has; None where they are not known."""
    from ledger.domain.workdays import count_workdays

    notice = sight.book.settings.notice
    if notice.opened is None or notice.closed is None:
        return None
    try:
        return count_workdays(
            notice.opened, notice.closed, calendar.workdays_of(sight.book.settings.workdays)
        )
    except RefusedError:  # nobody has said yet which days of that year are worked
        return None
