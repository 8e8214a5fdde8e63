"""Where a document and the ledger disagree on how far things are, in sentences."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.text import excerpt
from ledger.domain.words import listed
from ledger.ui import labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.usecases.importing import Otherwise

#: So many ids are named of each kind; --json has all of them.
_NAMED = 12


def sentences(statuses: Sequence[Otherwise]) -> list[tuple[int, str]]:
    """One sentence for each two statuses that stand against each other, with the line of the first.

    Shape: a list of thousands knows few words for a status, so that they fit on a page.
    """
    alike: dict[tuple[str, str], list[Otherwise]] = {}
    for each in statuses:
        alike.setdefault((excerpt(each.words), each.status), []).append(each)
    return [(found[0].line, _sentence(words, found)) for (words, _status), found in alike.items()]


def _sentence(words: str, found: Sequence[Otherwise]) -> str:
    ids = listed(each.id for each in found[:_NAMED])
    more = len(found) - _NAMED
    if more > 0:
        ids += _(" (and {more} more)").format(more=more)
    status = labels.label("status", found[0].status)
    return _("the document says {words}, the ledger {status}: {ids}").format(
        words=words, status=status, ids=ids
    )
