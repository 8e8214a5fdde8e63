"""What the papers of single cases are made from: the issues and measures meant, with what belongs to them."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain import casefile
from ledger.domain.course import OWN
from ledger.domain.moves import Status
from ledger.errors import NotFoundError, RefusedError, UsageError
from ledger.reports.linked import names
from ledger.reports.material import Case, LookedBack, Registered
from ledger.store import lists, staging
from ledger.usecases.letters import reading as letters
from ledger.usecases.lookback import reading
from ledger.usecases.looking import Chosen, choose, whole
from ledger.usecases.registers import When, entered, one
from ledger.usecases.sight import ask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.domain.issue import Issue
    from ledger.usecases.sight import Sight

#: The registers that close-out forms name. Source: DECISIONS.md D-111.
_NAMED = ("regulations", "accountability")


def to_close(sight: Sight, ids: Sequence[str]) -> tuple[Case, ...]:
    """What close-out forms are for: what the ids mean, or everything that is done or in close-out.

    Shape: as the chain says, measures or issues; under a chain for measures an issue stands for its measures.

    Raises:
        NotFoundError: there is no such issue or measure, or there was none yet.
        UsageError: an id is that of something else.
        RefusedError: it is void, or is closed with its issue.
    """
    of = sight.book.settings.chain.of
    if not ids:
        waiting = ask(sight, lambda asked: lists.waiting(asked, of=of))
        return tuple(map(case, _of(sight, [each.id for each in waiting])))
    return tuple(case(each) for chosen in choose(sight, ids) for each in _closed_apart(chosen, of))


def _of(sight: Sight, ids: Iterable[str]) -> tuple[Chosen, ...]:
    """Many issues and measures that the index has, in order."""
    wanted = set(ids)
    numbers = {int(each.partition(".")[0]) for each in wanted}

    def found() -> tuple[Chosen, ...]:
        return tuple(
            each
            for chosen in (whole(sight, numbers) if wanted else ())
            for each in (chosen, *(Chosen(chosen.seen, one.uid) for one in chosen.seen.issue.measures))
            if each.id in wanted
        )

    return staging.at_one_moment(sight.book.workspace.state, found)


def to_extend(sight: Sight, ids: Sequence[str]) -> tuple[Case, ...]:
    """What was asked or decided of the ids, or everything on which a request waits for its answer.

    Shape: an issue stands for its measures, too.

    Raises:
        NotFoundError: there is no such issue or measure, or nothing was ever asked for on it.
        UsageError: an id is that of something else.
    """
    if not ids:
        return tuple(map(case, _of(sight, ask(sight, lists.requested))))
    found = []
    for chosen in choose(sight, ids):
        measures = chosen.seen.issue.measures if chosen.key == OWN else ()
        every = [case(chosen), *(case(Chosen(chosen.seen, each.uid)) for each in measures)]
        asked = [each for each in every if any(not one.inherited for one in each.extensions)]
        if not asked:
            message = _("nothing was asked for on {id}").format(id=chosen.id)
            raise NotFoundError(message, _("ask for it with: ledger extend {id}").format(id=chosen.id))
        found += asked
    return tuple(found)


def _closed_apart(chosen: Chosen, of: str) -> Iterator[Chosen]:
    """What is closed by itself: an issue or each of its measures, as the chain has it."""
    issue = chosen.seen.issue
    if chosen.point is not None:
        message = _("{id}.{number} is a point, which is not closed by itself")
        raise UsageError(
            message.format(id=chosen.id, number=chosen.point),
            _("name its measure: {id}").format(id=chosen.id),
        )
    if chosen.target.status is Status.VOID:
        raise RefusedError(
            _("{id} is void").format(id=chosen.id),
            _("ledger show {id} says why").format(id=chosen.id),
        )
    if chosen.key != OWN and of == "issue":
        message = _("{id} is closed with its issue").format(id=chosen.id)
        raise RefusedError(message, _("name the issue: {id}").format(id=issue.id))
    if chosen.key == OWN and of == "measure" and issue.live:
        yield from (Chosen(chosen.seen, each.uid) for each in issue.live)
    else:
        yield chosen


def case(chosen: Chosen) -> Case:
    """An issue or a measure with what its history says of it."""
    seen, key = chosen.seen, chosen.key
    return Case(
        issue=seen.issue,
        target=chosen.target,
        done_on=casefile.done_on(seen.state, seen.undone, key),
        extensions=casefile.extensions(seen.state, seen.undone, key),
        setbacks=casefile.setbacks(seen.state, seen.undone, key),
    )


def issues_of(cases: Iterable[Case]) -> tuple[Issue, ...]:
    """The issues the cases belong to, each once, in the order of their numbers."""
    found = {each.issue.uid: each.issue for each in cases}
    return tuple(sorted(found.values(), key=lambda each: (each.number, each.uid)))


def registered(sight: Sight, cases: Sequence[Case], kinds: Iterable[str] = _NAMED) -> tuple[Registered, ...]:
    """What registers have about the cases, their issues and the measures of these.

    Raises:
        DamageError: a record cannot be read, or its register is not declared as it should be.
    """
    issues = issues_of(cases)
    uids = {each.uid for issue in issues for each in (issue, *issue.measures)}
    found = []
    for kind in kinds if uids else ():
        declaration = one(sight.book, kind)
        records = entered(sight.book, kind, When(sight.as_of, sight.known_at))
        about = (each for each in records if not each.void and names(declaration, each, uids))
        found.append(Registered(declaration, tuple(about)))
    return tuple(found)


def looked_back(sight: Sight, ids: Sequence[str]) -> tuple[LookedBack, tuple[Issue, ...]]:
    """The look-back that is meant, with the issues that were looked at and the letters sent about them since.

    Raises:
        NotFoundError: there is none, or there was none yet.
        UsageError: it is the id of something else, or not one.
    """
    if len(ids) != 1:
        message = _("a look-back has a report of its own")
        raise UsageError(message, _("name one: ledger report lookback R2025-1"))
    shown = reading.review(sight, ids[0])
    subjects = (shown.called.get(item.subject) for item in shown.review.items)
    found = _of(sight, {each.id.partition(".")[0] for each in subjects if each is not None})
    issues = tuple(each.seen.issue for each in found)
    uids = {uid for item in shown.review.items for uid in (item.subject, item.variant) if uid}
    uids.update(each.uid for issue in issues for each in issue.measures)
    since = shown.review.drawn_on
    sent = (each for each in letters.about(sight, uids) if since is not None and each.drafted_on >= since)
    return LookedBack(shown.review, shown.called, tuple(sent)), issues
