"""Which measures a letter is about, and to whom it goes."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.ids import number_in
from ledger.domain.moves import Status
from ledger.domain.text import one_line
from ledger.domain.words import listed, said
from ledger.errors import RefusedError
from ledger.usecases.letters.proposing import parted, proposals
from ledger.usecases.letters.rungs import rung_of
from ledger.usecases.looking import choose

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from ledger.domain.issue import Issue, Target
    from ledger.domain.ladder import Cause, Rung
    from ledger.store.book import Book
    from ledger.usecases.looking import Chosen
    from ledger.usecases.sight import Sight

#: About these there is nothing left to be pushed.
OVER = frozenset({Status.CLOSED, Status.VOID})


class Item(NamedTuple):
    """A measure, or an issue without any, that goes into a letter; `cause` is None without a rule."""

    issue: Issue
    target: Target
    cause: Cause | None = None


def freely(sight: Sight, words: Sequence[str], rung: str) -> list[tuple[Rung, Item]]:
    """What is named, for one rung: of an issue its measures that are not over, or itself without any."""
    chosen = rung_of(sight.book.settings.letters, rung)
    found: dict[str, Item] = {}
    for each in choose(sight, words):
        issue, target = each.seen.issue, each.target
        inside: list[Target] = []
        if target is issue:
            inside = [one for one in issue.live if one.status not in OVER]
        for one in inside or [target]:
            found.setdefault(one.uid, Item(issue, one))
    for item in found.values():
        _not_over(item)
    return [(chosen, item) for item in found.values()]


def _not_over(item: Item) -> None:
    for each in (item.issue, item.target):
        if each.status in OVER:
            message = _("{id} is {status}; there is nothing to write about it").format(
                id=item.target.id, status=said("status", each.status)
            )
            raise RefusedError(message, _("ledger letter propose shows what letters are called for"))


def called_for(sight: Sight, words: Sequence[str]) -> list[tuple[Rung, Item]]:
    """What the rules call for: of what is named, or all of it."""
    called = [(proposal.rung, each) for proposal in proposals(sight) for each in proposal.items]
    if words:
        wanted = [(each.target.id, _uids(each)) for each in choose(sight, words)]
        _nothing_else(wanted, {each.uid for _rung, each in called})
        named = set().union(*(uids for _id, uids in wanted))
        called = [each for each in called if each[1].uid in named]
    names = {number_in(name): name for name in sight.book.names()}
    issues: dict[int, Issue] = {}
    items = []
    for rung, each in called:
        number = int(each.id.partition(".")[0])
        if number not in issues:
            issues[number] = sight.book.read(names[number]).issue
        issue = issues[number]
        target = next((one for one in (issue, *issue.measures) if one.uid == each.uid), None)
        if target is not None:
            items.append((rung, Item(issue, target, each.cause)))
    return items


def _uids(each: Chosen) -> set[str]:
    """What an id may mean: itself, and of an issue its measures."""
    issue = each.seen.issue
    inside = {one.uid for one in issue.live} if each.target is issue else set()
    return {each.target.uid, *inside}


def _nothing_else(wanted: Sequence[tuple[str, set[str]]], called: AbstractSet[str]) -> None:
    """Refuse what no rule calls for."""
    missing = [id_ for id_, uids in wanted if called.isdisjoint(uids)]
    if missing:
        message = _("no rule calls for a letter about {ids}").format(ids=" ".join(missing))
        hint = _("ledger letter propose shows what is called for; --rung RUNG writes one all the same")
        raise RefusedError(message, hint)


def addressed(
    book: Book, chosen: Sequence[tuple[Rung, Item]], to: str | None
) -> list[tuple[tuple[Rung, str], Sequence[Item]]]:
    """The items by rung and addressee: the responsible unit, where nobody else is named.

    Raises:
        RefusedError: nobody is responsible, or the addressee is not known.
    """
    named = "" if to is None else addressee(book, to)
    groups: dict[tuple[str, str], tuple[Rung, list[Item]]] = {}
    for rung, item in chosen:
        unit = named or item.target.unit
        if not unit:
            message = _("nobody is responsible for {id}, so there is nobody to write to").format(
                id=item.target.id
            )
            hint = _("say who with --to NAME, or: ledger assign {id} --unit NAME").format(id=item.target.id)
            raise RefusedError(message, hint)
        groups.setdefault((rung.code, unit), (rung, []))[1].append(item)
    for _code, unit in groups:
        addressee(book, unit)
    return [((rung, unit), some) for (_code, unit), (rung, items) in groups.items() for some in parted(items)]


def addressee(book: Book, word: str) -> str:
    """The full name of whom somebody wants to write to.

    Raises:
        RefusedError: people.toml names units, and nobody of that name.
    """
    people = book.people
    name = people.full(one_line(word))
    if not name:
        raise RefusedError(_("a letter is written to somebody"), _("say to whom with --to NAME"))
    if people.units and not people.known(name):
        near = people.near(name)
        message = _("{name} is not in people.toml").format(name=name)
        hint = (
            _("did you mean {near}?").format(near=listed(near)) if near else _("add it there, or correct it")
        )
        raise RefusedError(message, hint)
    return name
