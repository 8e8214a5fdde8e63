"""Names as somebody gives them: typed, as a group of people.toml, or in a file."""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain import ticked
from ledger.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.store.book import Book

#: What stands between two names.
_BETWEEN = re.compile("[、;；,，\n]+")
#: The mark before the name of a file that holds names.
_FILE = "@"


def roster_names(book: Book, words: Sequence[str]) -> list[str]:
    """Names as somebody gave them: one or several, a group of people.toml, or @FILE with one a line.

    Raises:
        UsageError: the file cannot be read, or there is no name in what was given.
    """
    groups = book.people.groups
    found: list[str] = []
    for each in words:
        if each.startswith(_FILE):
            found += _of_file(each.removeprefix(_FILE))
        else:
            found += [name for part in parts([each]) for name in groups.get(part, (part,))]
    names = ticked.named(found)
    if words and not names:
        raise UsageError(_("no name was given"), _("write names, a group of people.toml, or @FILE"))
    return names


def _of_file(name: str) -> list[str]:
    """The lines of a file of names."""
    import io

    from ledger.intake.reading import decode, receive

    received = receive(name, stdin=io.BytesIO())
    text, _remarks = decode(received.data, name=received.shown)
    return [line for line in text.splitlines() if line.strip()]


def parts(words: Iterable[str]) -> list[str]:
    """The names in words, of which each may list several; blanks stand inside names."""
    return [part.strip() for each in words for part in _BETWEEN.split(each) if part.strip()]
