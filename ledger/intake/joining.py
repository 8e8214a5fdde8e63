"""Several tables of one document put together: lists of the same issues become one, other lists stay apart.

Seen in offices: 问题清单, 任务清单, 责任清单 and 时效清单, joined by the number of the issue (with 1-2 or
措施序号 for its second measure) or by its title; a summary beside the ledger; ledgers of several rounds, each
with issues of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ledger.domain.text import fold
from ledger.intake import content, marks
from ledger.intake.content import OF_A_ROW, OWN_FIELDS
from ledger.intake.labels import Said, add

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.intake.proposal import ProposedMeasure
    from ledger.intake.rows import Listed, Listing

_KEY = re.compile(r"(?:问题|任务|措施|第)?\s?([0-9]{1,4})(?:\s?[-~.、—_/]\s?([0-9]{1,3}))?(?:\.0)?\D{0,3}")


@dataclass(slots=True)
class Joined:
    """The issues of a document, list by list.

    Attributes:
        issues: Of each list that stands apart.
        owners: Which table each list began with.
        left: Tables that go with no list.
    """

    issues: list[list[Listed]] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)

    @property
    def several(self) -> bool:
        """Whether there is more than one list."""
        return len(self.issues) > 1


def join(tables: Sequence[tuple[bool, Listing]]) -> Joined:
    """The tables' issues, each list with what goes with it.

    Shape: a table with titles is the same list as an earlier one when at least half of its titles are in it;
        one without is joined by number to the list before it, or else to the first one behind it.

    Args:
        tables: Whether it lists problems, and what it says; in order.
    """
    joined = Joined()
    waiting: list[tuple[int, Listing]] = []
    for at, (lists, listing) in enumerate(tables):
        if lists and listing.issues:
            _list(joined, at, listing)
            for place, annex in waiting:
                _annex(joined, place, annex)
            waiting = []
        elif not lists:
            if joined.issues:
                _annex(joined, at, listing)
            else:
                waiting.append((at, listing))
    joined.left.extend(place for place, listing in waiting if listing.issues)
    return joined


def _list(joined: Joined, at: int, listing: Listing) -> None:
    """Add a table with titles, to the list it repeats or as one of its own."""
    titles = {fold(issue.title) for issue in listing.issues}
    for issues in joined.issues:
        known = {fold(issue.title): issue for issue in issues}
        if len(titles & known.keys()) * 2 < len(titles):
            continue
        for issue in listing.issues:
            same = known.get(fold(issue.title))
            if same is None:
                issues.append(issue)
            else:
                _merge(same, issue, None)
        return
    joined.issues.append(list(listing.issues))
    joined.owners.append(at)


def _annex(joined: Joined, at: int, listing: Listing) -> None:
    """Add a table without titles to the last list that has its numbers."""
    keys = [_key(issue) for issue in listing.issues]
    numbers = {number for number, _measure in keys if number}
    for issues in reversed(joined.issues):
        known = {issue.number: issue for issue in issues if issue.number}
        if not known:
            known = dict(enumerate(issues, start=1))
        if len(numbers & known.keys()) * 2 < len(numbers) or not numbers:
            continue
        for issue, (number, measure) in zip(listing.issues, keys, strict=True):
            if number in known:
                _merge(known[number], issue, measure)
        return
    if listing.issues:
        joined.left.append(at)


def _key(issue: Listed) -> tuple[int | None, int | None]:
    """The numbers of the issue and of the measure that a row names instead of a title."""
    found = _KEY.fullmatch(marks.flat(issue.title))
    if not found:
        return marks.number(issue.title), None
    return int(found[1]), int(found[2]) if found[2] else None


def _merge(issue: Listed, more: Listed, measure: int | None) -> None:
    """Add what another table says of an issue, or of one of its measures, by its number."""
    of_one = measure is not None and bool(more.measures or 0 < measure <= len(issue.measures))
    own = more.said.only(OF_A_ROW if of_one else OWN_FIELDS)
    own.places.clear()
    if more.measures:
        measures = [content.filled(each, own) for each in more.measures]
        known = {fold(each.text): place for place, each in enumerate(issue.measures)}
        for each in measures:
            place = known.get(fold(each.text))
            if place is None:
                issue.measures.append(each)
            else:
                issue.measures[place] = content.filled(issue.measures[place], _of(each))
    elif measure and of_one:
        issue.measures[measure - 1] = content.filled(issue.measures[measure - 1], own)
    else:
        for name, text in own.fields.items():
            issue.said.fields.setdefault(name, text)
    issue.category = issue.category or more.category
    for name, text in more.said.fields.items():
        if name not in own.fields and text not in issue.said.fields.get(name, "").split("\n"):
            add(issue.said.fields, name, text)


def _of(measure: ProposedMeasure) -> Said:
    """What is said of a measure."""
    return Said({name: text for name in OF_A_ROW if (text := getattr(measure, name))})
