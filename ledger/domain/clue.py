"""A clue as its history makes it: registered, routed, verified, brought to an end, answered (线索)."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.domain.schema import VOID, Field, Kind, Lifecycle, Schema, named

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from ledger.domain.limits import Limit
    from ledger.domain.state import State

#: What a verification may come to: 属实, 部分属实, 不属实.
OUTCOMES: Final = ("founded", "partly", "unfounded")

#: The ways a clue comes in that every office has; settings add others. Source: the channels published
#: notices of supervision name (信箱、电话、来访、网络, 移送 by courts and procuratorates, 督察发现), and
#: comments on what was published (公开征求意见).
CHANNELS: Final = ("letter", "mailbox", "phone", "visit", "online", "referral", "inspection", "publication")

#: The steps that may have a limit, with what has to be done next at each stage.
NEXT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "registered": "route",
        "routed": "verify",
        "verified": "conclude",
        "transferred": "receipt",
        "acknowledged": "result",
    }
)
STEPS: Final = (*NEXT.values(), "feedback")
#: The stages in the order in which a clue goes through them.
STAGES: Final = (
    "registered", "routed", "verified", "transferred", "acknowledged", "concluded", "issue",
)  # fmt: skip
#: The stages of a clue about which nothing is left to do but to answer whoever gave it (办结).
CONCLUDED: Final = frozenset({"concluded", "issue"})

#: Every move there is: from a stage, by an act, to a stage. Source: 归口受理, 核查, 分类处置, 及时反馈 as
#: regulations on collecting clues order them; a clue that is another body's business may go there at once.
_MOVES = MappingProxyType(
    {
        ("registered", "route"): "routed",
        ("registered", "transfer"): "transferred",
        ("registered", "void"): VOID,
        ("routed", "verify"): "verified",
        ("routed", "route"): "routed",
        ("routed", "transfer"): "transferred",
        ("routed", "void"): VOID,
        ("verified", "conclude"): "concluded",
        ("verified", "issue"): "issue",
        ("verified", "transfer"): "transferred",
        ("verified", "route"): "routed",
        ("verified", "feedback"): "verified",
        ("verified", "void"): VOID,
        ("transferred", "receipt"): "acknowledged",
        ("transferred", "result"): "concluded",
        ("transferred", "feedback"): "transferred",
        ("acknowledged", "result"): "concluded",
        ("acknowledged", "feedback"): "acknowledged",
        ("concluded", "feedback"): "concluded",
        ("issue", "feedback"): "issue",
    }
)

CLUE: Final = Schema(
    kind="clue",
    folder="clues",
    letter="C",
    by_name=named(
        Field("uid", Kind.LINE, kept=True),
        Field("number", Kind.NUMBER, kept=True),
        Field("formerly", Kind.LIST, kept=True),
        Field("title", Kind.LINE),
        Field("channel", Kind.LINE),
        Field("source", Kind.LINE, confidential=True),
        Field("received_on", Kind.DATE),
        Field("unit", Kind.LINE),
        Field("text", Kind.TEXT),
        Field("publication", Kind.LINE, kept=True),
        Field("routed_to", Kind.LINE, kept=True),
        Field("routed_on", Kind.DATE, kept=True),
        Field("due", Kind.DATE, kept=True),
        Field("outcome", Kind.CODE, OUTCOMES, kept=True),
        Field("finding", Kind.TEXT, kept=True),
        Field("verified_on", Kind.DATE, kept=True),
        Field("transferred_to", Kind.LINE, kept=True),
        Field("transfer_number", Kind.LINE, kept=True),
        Field("transferred_on", Kind.DATE, kept=True),
        Field("receipt_number", Kind.LINE, kept=True),
        Field("receipt_on", Kind.DATE, kept=True),
        Field("result", Kind.TEXT, kept=True),
        Field("concluded_on", Kind.DATE, kept=True),
        Field("issue", Kind.LINE, kept=True),
        Field("feedback_due", Kind.DATE, kept=True),
        Field("feedback_on", Kind.DATE, kept=True),
        Field("feedback", Kind.TEXT, kept=True),
        Field("remark", Kind.TEXT),
    ),
    lifecycle=Lifecycle("registered", _MOVES),
)


class ClueRules(NamedTuple):
    """What an office has decided about clues.

    Shape: `channels` are further ways clues come in, labels by code; `within` has the limit of a step of
        STEPS, where there is one: of routing from the day of receipt, of the others from the step before.
    """

    channels: Mapping[str, str] = MappingProxyType({})
    within: Mapping[str, Limit] = MappingProxyType({})


class Late(NamedTuple):
    """A step of a clue that should have been taken. Units: `days` whole days since its last day."""

    step: str
    due: dt.date
    days: int


class Clue(NamedTuple):
    """One clue, as everything that reads works with it.

    Shape: fields that are not there are empty, or None for days. `source` is who gave it, which is for nobody
        but who asks for it by name; `issue` is the uid of the issue made of it,
        `publication` that of the publication it is a comment on. `due` is the last day for
        the next step, `feedback_due` for answering whoever gave it.
    """

    uid: str
    number: int
    stage: str
    title: str
    channel: str
    source: str
    received_on: dt.date | None
    unit: str
    text: str
    routed_to: str
    routed_on: dt.date | None
    due: dt.date | None
    outcome: str
    finding: str
    verified_on: dt.date | None
    transferred_to: str
    transfer_number: str
    transferred_on: dt.date | None
    receipt_number: str
    receipt_on: dt.date | None
    result: str
    concluded_on: dt.date | None
    issue: str
    feedback_due: dt.date | None
    feedback_on: dt.date | None
    feedback: str
    remark: str
    publication: str = ""

    @property
    def id(self) -> str:
        """What people call it: C12."""
        return CLUE.id_of(self.number)

    @property
    def concluded(self) -> bool:
        """Whether nothing is left to do but to answer whoever gave it (办结)."""
        return self.stage in CONCLUDED

    def lateness(self, day: dt.date) -> tuple[Late, ...]:
        """The steps that are late on a day: the next one, and the answer to whoever gave it."""
        return tuple(self._late(day))

    def _late(self, day: dt.date) -> Iterator[Late]:
        open_steps = ((NEXT.get(self.stage, ""), self.due), ("feedback", self.feedback_due))
        for step, due in open_steps:
            if step and due is not None and due < day and self.stage != VOID:
                yield Late(step, due, (day - due).days)


#: The fields of the view that are not the record's own.
_TEXTS = frozenset(each.name for each in CLUE.fields if each.kind is not Kind.DATE)


def clue_of(state: State) -> Clue:
    """The clue a record holds."""
    held = state.fields
    given: dict[str, Any] = {
        name: held.get(name, "" if name in _TEXTS else None)
        for name in Clue._fields
        if name not in ("stage", "number")
    }
    return Clue(**given, stage=state.stage, number=int(held.get("number", 0)))
