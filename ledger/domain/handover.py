"""Who holds what is open, and what one person or unit hands over to another on a day (交接).

A handover is a record of its own, kept in a register of the engine: the settings that name who signs are the
user's file, so whoever signs in the place of a name there follows from these records.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.domain.course import OWN
from ledger.domain.moves import Status
from ledger.domain.schema import DATED, VOID, Field, Kind, Schema, named

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ledger.domain.settings import Settings
    from ledger.domain.state import State

HANDOVER: Final = Schema(
    kind="handovers",
    folder="registers/handovers",
    by_name=named(
        Field("uid", Kind.LINE, kept=True),
        Field("number", Kind.NUMBER, kept=True),
        Field("formerly", Kind.LIST, kept=True),
        Field("on", Kind.DATE, kept=True),
        Field("giver", Kind.LINE, kept=True),
        Field("taker", Kind.LINE, kept=True),
        Field("roles", Kind.LIST, kept=True),
        Field("remark", Kind.TEXT),
    ),
    lifecycle=DATED,
)

#: What somebody may be to something open, with the field that says so.
#: `signer` stands in the settings; a letter waits for its answer, a clue for its verification.
ROLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unit": "unit",
        "co_unit": "co_units",
        "leader": "leader",
        "owner": "owner",
        "letter": "addressee",
        "clue": "routed_to",
        "signer": "signers",
    }
)
#: What a person hands over, and what a unit does. Source: who may stand in which field, docs/contract.md §1.
OF_PERSONS: Final = ("leader", "owner", "letter", "clue", "signer")
OF_UNITS: Final = ("unit", "co_unit", "letter", "clue", "signer")

_OF_ISSUES = ("unit", "co_unit", "leader", "owner")
#: The stages at which a record of another kind waits for somebody, by its kind, which is the role too; a
#: letter that is signed only where it asked for an answer.
_WAITING: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"letter": frozenset({"draft", "signed"}), "clue": frozenset({"routed"})}
)
#: Kinds of records that somebody may hold.
HOLDING: Final = ("issue", *_WAITING)

_ENDED = (Status.CLOSED, Status.VOID)


class Holding(NamedTuple):
    """Something open, and what somebody is to it.

    Shape: `key` is the uid of a measure that says so itself, else `OWN`; `name` is as the record has it.
    """

    id: str
    key: str
    role: str
    name: str
    text: str


def holdings(state: State) -> Iterator[Holding]:
    """Who holds the record, and those of its measures that say so themselves; nothing of what has ended."""
    kind, number = state.schema.kind, int(state.fields.get("number", 0))
    id_, title = state.schema.id_of(number), str(state.fields.get("title", ""))
    if kind in _WAITING:
        name = str(state.fields.get(ROLES[kind]) or "")
        asked = state.stage != "signed" or state.fields.get("reply_by") is not None
        if name and asked and state.stage in _WAITING[kind]:
            yield Holding(id_, OWN, kind, name, title)
        return
    if kind != "issue" or state.status() in _ENDED:
        return
    yield from _of(state.fields, id_, OWN, title)
    for part in state.measures():
        if state.status(part["uid"]) not in _ENDED:
            yield from _of(part, f"{number}.{part.get('number')}", part["uid"], str(part.get("text", "")))


def _of(home: Mapping[str, Any], id_: str, key: str, text: str) -> Iterator[Holding]:
    for role in _OF_ISSUES:
        value = home.get(ROLES[role])
        for name in value if isinstance(value, list) else [value]:
            if name:
                yield Holding(id_, key, role, str(name), text)


class Handover(NamedTuple):
    """Who handed over to whom on a day, and what: roles of `ROLES`."""

    on: dt.date
    giver: str
    taker: str
    roles: tuple[str, ...]


def handover_of(state: State) -> Handover | None:
    """The handover a record holds; None for one that was taken back, or says not enough."""
    get = state.fields.get
    on, giver, taker = get("on"), get("giver"), get("taker")
    if state.stage == VOID or on is None or not giver or not taker:
        return None
    return Handover(on, str(giver), str(taker), tuple(map(str, get("roles", ()))))


def signing(names: Sequence[str], handovers: Iterable[Handover]) -> tuple[str, ...]:
    """Who signs where the settings name `names`, after handovers in the order in which they came."""
    now = list(names)
    for each in handovers:
        if "signer" in each.roles:
            now = [each.taker if name == each.giver else name for name in now]
    return tuple(dict.fromkeys(now))


def with_successors(settings: Settings, handovers: Sequence[Handover]) -> Settings:
    """The settings with those who sign now in the place of those who handed over."""
    if not handovers:
        return settings
    chain = settings.chain
    steps = tuple(step._replace(signers=signing(step.signers, handovers)) for step in chain.steps)
    return settings._replace(chain=chain._replace(steps=steps))
