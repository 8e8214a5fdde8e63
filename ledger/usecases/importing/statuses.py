"""Where a document says otherwise than the ledger how far something is: told, and nothing is moved by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.issue import issue_of
from ledger.usecases.standings import sayable, told

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from ledger.domain.issue import Target
    from ledger.domain.moves import Status
    from ledger.domain.standing import Standing
    from ledger.domain.state import State
    from ledger.intake.proposal import ProposedIssue
    from ledger.store.book import Book
    from ledger.usecases.standings import Told

_FIELDS = ("status_text", "closed_text", "due_text")


class Otherwise(NamedTuple):
    """A status the ledger does not say.

    Shape: `id` of the issue or the measure; `n` and `line` are those of the proposed issue; `words` are as
        printed, `told` what they say, `status` the ledger's own.
    """

    id: str
    n: int
    line: int
    words: str
    told: Standing
    status: Status


def otherwise(
    book: Book, proposed: ProposedIssue, state: State, uids: Mapping[int, str], today: dt.date
) -> Iterator[Otherwise]:
    """Statuses that an issue or its measures have in a document and not on the books.

    Shape: `uids` are its measures on the books by the place of the proposed ones. What is told of the issue
        as a whole is held against the issue, what is told of a measure against that.
    """
    own = told(book, proposed.fields)
    each = {at: {name: getattr(proposed.measures[at], name) for name in _FIELDS} for at in uids}
    below = {uids[at]: said for at, fields in each.items() if (said := told(book, fields)) is not None}
    if own is None and not below:
        return
    issue = issue_of(state)
    targets: list[tuple[Target, Told | None]] = [
        (issue, own),
        *((part, below.get(part.uid)) for part in issue.measures),
    ]
    for target, said in targets:
        if said is None or said.standing is None:
            continue
        if said.standing not in sayable(target, today):
            yield Otherwise(target.id, proposed.n, proposed.line, said.words, said.standing, target.status)
