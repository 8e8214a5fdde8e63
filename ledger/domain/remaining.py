"""What still stands between a measure, or an issue, and its close-out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.closeout import Need, Step
from ledger.domain.course import OWN
from ledger.domain.moves import Status
from ledger.domain.ticked import recorded, ticked

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from ledger.domain.closeout import Chain
    from ledger.domain.settings import Settings
    from ledger.domain.state import State

#: What has to be reported done before it can be signed.
UNREPORTED = frozenset({Status.PENDING, Status.ACTIVE, Status.INTERIM, Status.LONGTERM})
#: A measure that is settled one way or another when its issue is reported done.
SETTLED = frozenset({Status.DONE, Status.LONGTERM, Status.VOID, Status.CLOSED})
_ENDED = frozenset({Status.CLOSED, Status.VOID})


class Remaining(NamedTuple):
    """What is left to do until a target can be closed.

    Shape: `key` is a measure's uid or `OWN`; of `steps` sign-offs `signed` stand, `step` is the next;
        `lacks` is what that step requires and is not there (a meeting is named when it is signed);
        `unreported` says that it has not been reported done, with `no_result`, the ids of `open_points`,
        the `open_names` of a roster, the periods `missed` by the day and, for an issue, of `open_measures`;
        `draft` that no plan with it is approved yet.
    """

    key: str
    id: str
    status: Status
    signed: int
    steps: int
    step: Step
    lacks: tuple[Need, ...]
    unreported: bool
    no_result: bool
    open_points: tuple[str, ...]
    open_names: tuple[str, ...]
    missed: tuple[str, ...]
    open_measures: tuple[str, ...]
    draft: bool
    suspect: bool


def remaining(state: State, settings: Settings, day: dt.date) -> tuple[Remaining, ...]:
    """What is left in an issue on a day: of each of its measures, or of the issue, as its chain closes it.

    Shape: in the order of the numbers; what is closed or void has nothing left and is left out.
    """
    chain = settings.chain
    keys = [OWN]
    if chain.of == "measure" and state.parts:
        keys = [str(part["uid"]) for part in state.measures()]
    draft = settings.plan_required and not state.plan_versions
    return tuple(_remaining(state, chain, key, day, draft=draft) for key in keys if _is_open(state, key))


def provided(state: State, key: str) -> Mapping[Need, bool]:
    """What a step may require and whether it is there; a meeting is only named when it is signed."""
    concerned = list(state.courses) if key == OWN else [key]
    homes = [state.parts.get(each, state.fields) for each in concerned]
    return {
        Need.NOTE: any(state.courses[each].notes for each in concerned),
        Need.RESULT: bool(state.parts.get(key, state.fields).get("result")),
        Need.EVIDENCE: any(each.get("evidence") for each in homes),
        Need.MEETING: True,
    }


def next_step(state: State, chain: Chain, key: str) -> Step:
    """The step to sign next: of the attempt under way, else the first of the chain."""
    attempt = state.courses[key].open_attempt
    code = attempt.next_step if attempt else None
    if code is None:
        return chain.steps[0]
    return next((step for step in chain.steps if step.code == code), Step(code))


def _is_open(state: State, key: str) -> bool:
    return state.status(key) not in _ENDED


def _remaining(state: State, chain: Chain, key: str, day: dt.date, *, draft: bool) -> Remaining:
    attempt = state.courses[key].open_attempt
    step = next_step(state, chain, key)
    have = provided(state, key)
    return Remaining(
        key=key,
        id=_name(state, key),
        status=state.status(key),
        signed=len(attempt.sign_offs) if attempt else 0,
        steps=len(attempt.steps if attempt else chain.steps),
        step=step,
        lacks=tuple(need for need in step.requires if not have[need]),
        unreported=state.status_before(key) in UNREPORTED,
        no_result=not have[Need.RESULT],
        open_points=_open_points(state, key),
        open_names=_open_names(state, key),
        missed=_missed(state, key, day),
        open_measures=_open_measures(state) if key == OWN else (),
        draft=draft,
        suspect=bool(state.suspects(key)),
    )


def _name(state: State, key: str) -> str:
    number = state.fields.get("number", 0)
    return f"{number}" if key == OWN else f"{number}.{state.parts[key].get('number')}"


def _open_points(state: State, key: str) -> tuple[str, ...]:
    points = () if key == OWN else state.parts[key].get("points", ())
    return tuple(f"{_name(state, key)}.{each['number']}" for each in points if not each.get("done_on"))


def _missed(state: State, key: str, day: dt.date) -> tuple[str, ...]:
    """The periods that had passed without a record; nothing is expected of what is reported done."""
    home = _home(state, key)
    if not home.get("recurrence") or state.status(key) not in UNREPORTED:
        return ()
    from ledger.domain.recurrence import missed, recurrence_of  # few measures come round

    passed = missed(recurrence_of(home["recurrence"]), recorded(home.get("occurrences", ())), day)
    return tuple(each.name for each in passed)


def _home(state: State, key: str) -> Mapping[str, Any]:
    return {} if key == OWN else state.parts[key]


def _open_names(state: State, key: str) -> tuple[str, ...]:
    rows = ticked("roster", _home(state, key).get("roster", ()))
    return tuple(each.name for each in rows if each.is_open)


def _open_measures(state: State) -> tuple[str, ...]:
    uids = [str(part["uid"]) for part in state.measures()]
    return tuple(_name(state, uid) for uid in uids if state.status(uid) not in SETTLED)
