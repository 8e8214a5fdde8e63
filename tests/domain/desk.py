"""A desk at which records are worked on as commands do it: whole or not at all, one batch a time."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any

from ledger.domain.acts import closing, planning, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.acts.draft import Context, Draft
from ledger.domain.closeout import Chain, Distinct, Step
from ledger.domain.course import OWN
from ledger.domain.moves import Status
from ledger.domain.replay import replay
from ledger.domain.schema import ISSUE
from ledger.domain.settings import Settings
from ledger.domain.state import State

if TYPE_CHECKING:
    from collections.abc import Callable

ZONE = dt.timezone(dt.timedelta(hours=8))
FIRST_DAY = dt.date(2025, 3, 1)
DUE = dt.date(2025, 6, 30)

#: One step an issue, as the simple preset has it.
SIMPLE = Chain("issue", (Step("close"),))
#: Two steps a measure.
TWO = Chain("measure", (Step("check"), Step("approve")), Distinct.OFF)
#: Two steps an issue.
TWO_OWN = Chain("issue", (Step("check"), Step("approve")), Distinct.OFF)


class Desk:
    """One record and everything that happens to it.

    `do(function, …)` runs an act with a context of its own; what is refused leaves no trace.
    """

    ids = itertools.count(1)

    def __init__(self, chain: Chain = SIMPLE, *, plan: bool = False) -> None:
        self.settings = Settings(chain=chain, plan_required=plan)
        self.entries: list[Any] = []
        self.today = FIRST_DAY
        self.warnings: list[str] = []
        self.clock = dt.datetime(2025, 3, 1, 9, tzinfo=ZONE)

    @property
    def state(self) -> State:
        return replay(ISSUE, self.entries)

    @classmethod
    def new_id(cls) -> str:
        return f"01JX{next(cls.ids):022d}"

    def draft(self, *, on: dt.date | None = None, why: str = "", by: str = "林某") -> Draft:
        self.clock += dt.timedelta(minutes=1)
        context = Context(by, on or self.today, self.clock, self.new_id(), self.new_id, self.settings, why)
        return Draft(self.state if self.entries else State(ISSUE), context)

    def do(
        self,
        act: Callable[..., Any],
        *arguments: Any,
        on: dt.date | None = None,
        why: str = "",
        by: str = "林某",
        **named: Any,
    ) -> Any:
        draft = self.draft(on=on, why=why, by=by)
        value = act(draft, *arguments, **named)
        self.entries = draft.state.entries
        self.warnings = draft.warnings
        return value

    @property
    def batch(self) -> str:
        """The newest command."""
        return self.entries[-1].batch

    def key(self, number: int) -> str:
        """The uid of a measure by its number."""
        return next(part["uid"] for part in self.state.measures() if part["number"] == number)

    def status(self, number: int = 0) -> Status:
        """Of a measure by its number, or of the issue."""
        return self.state.status(self.key(number) if number else OWN)

    def field(self, name: str, number: int = 0) -> Any:
        state = self.state
        return (state.parts[self.key(number)] if number else state.fields).get(name)


def opened(
    chain: Chain = SIMPLE, *, number: int = 7, measures: int = 1, plan: bool = False, **fields: Any
) -> Desk:
    """A record with an issue on the books."""
    desk = Desk(chain, plan=plan)
    rows = [{"text": f"第{each}项措施"} for each in range(1, measures + 1)]
    desk.do(planning.add, number, {"title": "印章管理不规范", **fields}, rows)
    return desk


def bring(desk: Desk, key: str, status: Status) -> None:
    """Bring a measure, or an issue without measures, from pending to a status."""
    words = SignWords(signer="")
    steps: dict[Status, list[Callable[[], Any]]] = {
        Status.PENDING: [],
        Status.ACTIVE: [lambda: desk.do(working.note, key, "开始")],
        Status.INTERIM: [lambda: desk.do(working.interim, key)],
        Status.DONE: [lambda: desk.do(working.report_done, key, "已建章立制")],
        Status.LONGTERM: [
            lambda: desk.do(working.make_longterm, key, "先完成清理", dt.date(2025, 12, 31), why="需长期坚持")
        ],
        Status.VOID: [lambda: desk.do(working.void, key, why="重复")],
    }
    steps[Status.CLOSING] = [*steps[Status.DONE], lambda: desk.do(closing.sign, key, words)]
    count = len(desk.settings.chain.steps)
    steps[Status.CLOSED] = [*steps[Status.DONE], *[lambda: desk.do(closing.sign, key, words)] * count]
    for step in steps[status]:
        step()
