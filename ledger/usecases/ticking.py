"""Ticking off one by one: the periods of what comes round again, the names of a roster."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain import ticked
from ledger.domain.acts import ticking
from ledger.domain.cadence import period_named, period_of
from ledger.domain.text import clean
from ledger.domain.words import listed
from ledger.errors import RefusedError, UsageError
from ledger.usecases.change import Desk, Outcome, Work, change
from ledger.usecases.rosters import parts, roster_names
from ledger.usecases.targets import Target, one, targets
from ledger.usecases.working import keep_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ledger.domain.cadence import Period


class Said(NamedTuple):
    """What became of rows, and what is said of it.

    Shape: `became` is one of the codes of `domain.ticked`; `files` are kept as evidence of the measure.
    """

    became: str
    text: str = ""
    files: tuple[Path, ...] = ()


def occur(
    desk: Desk, ids: Sequence[str], words: Sequence[str], said: Said, *, passed: bool = False
) -> Outcome[None]:
    """Record periods of what comes round again.

    Shape: without `words` the period in which the business date lies; with `passed` all that were missed.
    """

    def deed(work: Work) -> None:
        for target in targets(work, ids):
            periods = _periods(desk, target, words, passed=passed)
            ticking.occur(target.draft, target.key, periods, said.became, clean(said.text))
            _keep(work, target, said, [each.name for each in periods])

    return change(desk, "occur", deed)


def _periods(desk: Desk, target: Target, words: Sequence[str], *, passed: bool) -> list[Period]:
    own = ticking.recurrence(target.draft, target.key)
    if passed:
        found = ticking.missing(target.draft, target.key, desk.actor.on)
        if not found:
            name = target.draft.name(target.key)
            raise RefusedError(_("{id} has missed nothing").format(id=name), _("leave --missed out"))
        return found
    if not words:
        return [period_of(own.cadence, desk.actor.on)]
    return list(dict.fromkeys(period_named(each, today=desk.actor.on) for each in words))


def tick_names(
    desk: Desk, word: str, names: Sequence[str], said: Said, *, every: bool = False
) -> Outcome[tuple[str, ...]]:
    """Tick off names of a roster, or with `every` all that are open; gives their names."""

    def deed(work: Work) -> tuple[str, ...]:
        target = one(work, word)
        chosen = _open(target) if every else ticked.named(parts(names))
        if not chosen:
            message = _("no name was given") if not every else _("no name of {id} is open").format(id=word)
            raise UsageError(message, _("ledger show {id} shows them").format(id=word))
        ticking.tick_names(target.draft, target.key, chosen, said.became, clean(said.text))
        _keep(work, target, said, chosen)
        return tuple(chosen)

    return change(desk, "roster", deed)


def set_names(desk: Desk, word: str, add: Sequence[str], drop: Sequence[str]) -> Outcome[tuple[str, ...]]:
    """Put names on the roster of a measure, and take some off; gives the names that came."""

    def deed(work: Work) -> tuple[str, ...]:
        target = one(work, word)
        added = roster_names(desk.book, add)
        ticking.set_names(target.draft, target.key, added, ticked.named(parts(drop)))
        return tuple(added)

    return change(desk, "roster", deed)


def _open(target: Target) -> list[str]:
    part = {} if target.is_issue else target.draft.state.parts[target.key]
    return [each.name for each in ticked.ticked("roster", part.get("roster", ())) if each.is_open]


def _keep(work: Work, target: Target, said: Said, names: Sequence[str]) -> None:
    for path in said.files:
        keep_file(work, target, path, proves=listed(names))
