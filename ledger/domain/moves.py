"""Statuses, acts, and the one table of allowed moves."""

from __future__ import annotations

from enum import StrEnum
from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING

from ledger.domain.words import listed, said
from ledger.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Status(StrEnum):
    """Where a measure or an issue stands. Source: docs/contract.md §1."""

    __hash__ = str.__hash__  # that of Enum is a call for every look into a table

    PENDING = "pending"
    ACTIVE = "active"
    INTERIM = "interim"
    DONE = "done"
    CLOSING = "closing"
    CLOSED = "closed"
    LONGTERM = "longterm"
    VOID = "void"


class Act(StrEnum):
    """What can be done to a measure or an issue.

    `CLOSE` is the last sign-off of a chain and `SEND_BACK` a return to a step; in the
    history both stand as `sign` and `return`.
    """

    __hash__ = str.__hash__

    ADD = "add"
    MEASURE = "measure"
    NOTE = "note"
    EVIDENCE = "evidence"
    POINT = "point"
    ROSTER = "roster"
    OCCUR = "occur"
    INTERIM = "interim"
    DONE = "done"
    SIGN = "sign"
    CLOSE = "close"
    RETURN = "return"
    SEND_BACK = "send_back"
    REOPEN = "reopen"
    LONGTERM = "longterm"
    VOID = "void"
    EXTEND = "extend"
    EDIT = "edit"
    ASSIGN = "assign"
    CLAIM = "claim"
    SPLIT = "split"
    MERGE = "merge"
    MOVE = "move"
    APPROVE = "approve"
    ERRATUM = "erratum"
    HANDOVER = "handover"
    CONFIRM = "confirm"
    WITHHOLD = "withhold"
    UNDO = "undo"
    ADOPT = "adopt"
    RENUMBER = "renumber"
    RESOLVE = "resolve"


_S = Status
_OPEN = (_S.PENDING, _S.ACTIVE, _S.INTERIM, _S.DONE, _S.CLOSING, _S.LONGTERM)
_ALL = tuple(Status)


def _same(act: Act, statuses: Iterable[Status]) -> dict[tuple[Status, Act], Status]:
    return {(status, act): status for status in statuses}


def _to(act: Act, target: Status, statuses: Iterable[Status]) -> dict[tuple[Status, Act], Status]:
    return {(status, act): target for status in statuses}


#: Every allowed move. What is not listed here cannot happen.
#: Source: docs/contract.md §1, "Moves".
MOVES: Mapping[tuple[Status, Act], Status] = MappingProxyType(
    {
        **_same(Act.NOTE, _ALL),
        (_S.PENDING, Act.NOTE): _S.ACTIVE,
        **_same(Act.EVIDENCE, _ALL),
        (_S.PENDING, Act.EVIDENCE): _S.ACTIVE,
        **{
            move: status
            for act in (Act.POINT, Act.ROSTER, Act.OCCUR)
            for move, status in {**_same(act, _OPEN), (_S.PENDING, act): _S.ACTIVE}.items()
        },
        **_to(Act.INTERIM, _S.INTERIM, (_S.PENDING, _S.ACTIVE)),
        **_to(Act.DONE, _S.DONE, (_S.PENDING, _S.ACTIVE, _S.INTERIM, _S.LONGTERM)),
        **_to(Act.SIGN, _S.CLOSING, (_S.DONE, _S.CLOSING)),
        **_to(Act.CLOSE, _S.CLOSED, (_S.DONE, _S.CLOSING)),
        **_to(Act.RETURN, _S.ACTIVE, (_S.DONE, _S.CLOSING)),
        **_to(Act.SEND_BACK, _S.CLOSING, (_S.CLOSING,)),
        **_to(Act.REOPEN, _S.ACTIVE, (_S.CLOSED,)),
        **_to(Act.LONGTERM, _S.LONGTERM, (_S.PENDING, _S.ACTIVE, _S.INTERIM, _S.DONE)),
        **_to(Act.VOID, _S.VOID, (status for status in _ALL if status is not _S.CLOSED)),
        **{
            move: status
            for act in (
                Act.EXTEND,
                Act.EDIT,
                Act.ASSIGN,
                Act.CLAIM,
                Act.SPLIT,
                Act.MERGE,
                Act.MOVE,
                Act.MEASURE,
            )
            for move, status in _same(act, _OPEN).items()
        },
        **{
            move: status
            for act in (
                Act.ADD,
                Act.HANDOVER,
                Act.CONFIRM,
                Act.WITHHOLD,
                Act.UNDO,
                Act.ADOPT,
                Act.RENUMBER,
                Act.RESOLVE,
                Act.ERRATUM,
                Act.APPROVE,
            )
            for move, status in _same(act, _ALL).items()
        },
    }
)

#: Acts that set a status; their business dates on one target never go back.
STATUS_ACTS = frozenset({"interim", "done", "sign", "return", "reopen", "longterm", "void"})

#: From least to most advanced, of what is neither closed nor long-term.
_ADVANCE = (_S.PENDING, _S.ACTIVE, _S.INTERIM, _S.DONE, _S.CLOSING)


def allowed(status: Status) -> tuple[Act, ...]:
    """What can be done from `status`, in the order of the acts."""
    return tuple(act for act in Act if (status, act) in MOVES)


def step(status: Status, act: Act, name: str = "") -> Status:
    """The status after `act`.

    Raises:
        RefusedError: `act` is not possible from `status`; `name` says of what.
    """
    try:
        return MOVES[status, act]
    except KeyError:
        message = _("{id} is {status}, so {act} is not possible").format(
            id=name, status=said("status", status), act=said("act", act)
        )
        raise RefusedError(message, hint(status)) from None


def hint(status: Status) -> str:
    """What somebody may do instead, as a sentence."""
    steps = (Act.NOTE, Act.INTERIM, Act.DONE, Act.SIGN, Act.RETURN, Act.REOPEN, Act.LONGTERM)
    possible = (Act.CLOSE if act is Act.SIGN else act for act in steps if (status, act) in MOVES)
    can = listed(said("act", act) for act in possible)
    return _("possible now: {acts}").format(acts=can)


def combined(statuses: Iterable[Status]) -> Status:
    """An issue's status from those of its measures.

    Shape: without any measure the answer is pending; void measures do not count.

    Source: docs/contract.md §1, "Issue status".
    """
    given = tuple(statuses)
    live = [status for status in given if status is not Status.VOID]
    if not live:
        return Status.VOID if given else Status.PENDING
    if all(status is Status.CLOSED for status in live):
        return Status.CLOSED
    going = [status for status in live if status not in (Status.CLOSED, Status.LONGTERM)]
    if not going:
        return Status.LONGTERM
    least = min(going, key=_ADVANCE.index)
    started = any(status is not Status.PENDING for status in live)
    return Status.ACTIVE if least is Status.PENDING and started else least
