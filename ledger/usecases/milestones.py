"""The milestones of a ledger: how they stand, and saying that one was reached."""

from __future__ import annotations

import difflib
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.milestones import FEEDBACK, MILESTONE, WINDOW, reached_of, standings
from ledger.domain.text import clean
from ledger.errors import NotFoundError, RefusedError
from ledger.store.calendar import workdays_of
from ledger.usecases.change import Desk, Outcome, Work, change, new_id
from ledger.usecases.sight import Sight

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from ledger.domain.milestones import Milestone, Reached, Standing
    from ledger.domain.settings import Settings
    from ledger.domain.state import State

#: The milestone whose day the settings may give already, as ``submitted_on`` under ``[plan]``.
PLAN = "plan"


def stand(sight: Sight) -> tuple[Standing, ...]:
    """How every milestone stands, as it is or as it was."""
    settings = sight.book.settings
    known = _known(settings, sight.day)
    return standings(settings.milestones, _reached(sight), known, workdays_of(settings.workdays))


def reach(desk: Desk, code: str, text: str = "", *, meeting: str = "", signer: str = "") -> Outcome[str]:
    """Say that a milestone was reached on the business date; gives the id of its record.

    Raises:
        NotFoundError: no milestone of that code is declared.
        RefusedError: it was reached already, or lies before what it counts from.
    """

    def deed(work: Work) -> str:
        milestone = _declared(desk, code)
        standing = next(
            each for each in stand(Sight(desk.book, desk.actor.on)) if each.milestone.code == milestone.code
        )
        _can_be(standing, desk.actor.on)
        number = work.next_number(MILESTONE)
        draft = work.new(MILESTONE)
        fields = {"uid": new_id(), "number": number, "code": milestone.code, "on": desk.actor.on}
        words = {"title": milestone.label or milestone.code, "text": clean(text) if text else ""}
        said = {name: value for name, value in words.items() if value}
        draft.enter("add", set={**fields, **said}, signer=signer or None, meeting=meeting or None)
        return draft.name()

    return change(desk, "milestone done", deed)


def _known(settings: Settings, day: dt.date) -> dict[str, dt.date | None]:
    """The days the settings give, as far as they have come: what is still planned is no day to count from."""
    source, submitted = settings.source, settings.plan_submitted_on
    days = {FEEDBACK: source.feedback_on, WINDOW: settings.window_to, PLAN: submitted}
    return {name: on for name, on in days.items() if on is None or name != PLAN or on <= day}


def _reached(sight: Sight) -> Iterator[Reached]:
    for record in sight.book.records(MILESTONE):
        state: State | None = record.shown
        if sight.dated:
            state = sight.book.replayed(record, as_of=sight.as_of, known_at=sight.known_at)
        found = reached_of(state) if state is not None else None
        if found is not None:
            yield found


def _declared(desk: Desk, code: str) -> Milestone:
    known = {each.code: each for each in desk.book.settings.milestones}
    labels = {each.label: each for each in known.values() if each.label}
    found = known.get(code) or labels.get(code)
    if found is not None:
        return found
    if not known:
        message = _("this ledger declares no milestones")
        raise NotFoundError(message, _("declare them as [[milestones]] with: ledger config --edit"))
    near = difflib.get_close_matches(code, [*known, *labels], n=1)
    hint = _("there are: {names}").format(names=", ".join(known))
    if near:
        hint = _("did you mean {name}? there are: {names}").format(name=near[0], names=", ".join(known))
    raise NotFoundError(_("there is no milestone {code}").format(code=code or '""'), hint)


def _can_be(standing: Standing, on: dt.date) -> None:
    code = standing.milestone.code
    if standing.reached is not None:
        message = _("{code} was reached on {day} already ({id})").format(
            code=code, day=standing.reached.on, id=standing.reached.id
        )
        hint = _("if that was wrong, take it off the books first: ledger void {id} --why REASON")
        raise RefusedError(message, hint.format(id=standing.reached.id))
    if standing.since is not None and on < standing.since:
        message = _("{code} counts from {since}, so it cannot have been reached on {day}")
        raise RefusedError(
            message.format(code=code, since=standing.since, day=on),
            _("give the day with --on, or mend the dates with: ledger config --edit"),
        )
