"""What the inspected office itself owes by when: plan, meeting, report, publication (规定动作)."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.schema import KEPT, VOID, Field, Kind, Lifecycle, Schema, named
from ledger.domain.words import with_hint
from ledger.errors import RefusedError, UsageError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from ledger.domain.limits import Limit
    from ledger.domain.state import State
    from ledger.domain.workdays import IsWorkday

#: The register of those that were reached, one record each.
MILESTONE: Final = Schema(
    kind="milestones",
    folder="registers/milestones",
    by_name=named(
        Field("uid", Kind.LINE, kept=True),
        Field("number", Kind.NUMBER, kept=True),
        Field("formerly", Kind.LIST, kept=True),
        Field("code", Kind.LINE, kept=True),
        Field("on", Kind.DATE),
        Field("title", Kind.LINE),
        Field("text", Kind.TEXT),
        Field("remark", Kind.TEXT),
    ),
    lifecycle=Lifecycle(KEPT, MappingProxyType({(KEPT, "void"): VOID})),
)

#: What a milestone may count from besides another one: the feedback, and the end of the concentrated period.
FEEDBACK: Final = "feedback"
WINDOW: Final = "window"


class Milestone(NamedTuple):
    """A duty the settings declare.

    Shape: `after` is ``feedback``, ``window``, or the code of another milestone, counted from when that was
        reached; without a `limit` it has no date. `place` is ``file:line``.
    """

    code: str
    label: str = ""
    limit: Limit | None = None
    after: str = FEEDBACK
    place: str = ""


class Reached(NamedTuple):
    """A milestone that was reached, as the register has it. Shape: `id` is ``milestones:3``."""

    id: str
    code: str
    on: dt.date
    title: str
    text: str
    evidence: int


class Standing(NamedTuple):
    """How a milestone stands.

    Shape: `since` is the day it counts from, `due` its last day, both None while they are not known;
        `reached` says when it was reached, None while it is open; `doubt` why there is no `due` though it
        could be counted: a year without a calendar.
    """

    milestone: Milestone
    since: dt.date | None
    due: dt.date | None
    reached: Reached | None
    doubt: str = ""

    def days(self, day: dt.date) -> int | None:
        """How many days it is late on `day`, or was when it was reached; negative while days are left.

        Units: whole days; None without a date.
        """
        if self.due is None:
            return None
        return ((self.reached.on if self.reached else day) - self.due).days


def reached_of(state: State) -> Reached | None:
    """What a record of the register says; nothing where it was made void."""
    if state.stage == VOID:
        return None
    fields = state.fields
    return Reached(
        id=state.schema.id_of(int(fields.get("number", 0))),
        code=str(fields.get("code", "")),
        on=fields.get("on") or state.entries[0].on,  # a day taken away by hand
        title=str(fields.get("title", "")),
        text=str(fields.get("text", "")),
        evidence=len(fields.get("evidence", ())),
    )


def standings(
    declared: Sequence[Milestone],
    reached: Iterable[Reached],
    known: Mapping[str, dt.date | None],
    is_workday: IsWorkday,
) -> tuple[Standing, ...]:
    """How every milestone stands, in the order of the settings; then what was reached but is not declared.

    Shape: `known` has the days the settings give: of ``feedback``, ``window``, and of milestones by their
        code, which count until the register says otherwise.
    """
    done: dict[str, Reached] = {}
    for one in sorted(reached, key=lambda one: (one.on, one.id), reverse=True):
        done[one.code] = one  # reached in two copies of the ledger: the first time counts
    days = {**known, **{code: one.on for code, one in done.items()}}
    found = []
    for each in declared:
        since, due, doubt = days.get(each.after), None, ""
        if since is not None and each.limit is not None:
            try:
                due = each.limit.end(since, is_workday)
            except (RefusedError, UsageError) as error:  # a view shows the rest, and says so
                doubt = with_hint(error)
        found.append(Standing(each, since, due, done.pop(each.code, None), doubt))
    rest = (Standing(Milestone(each.code, each.title), None, None, each) for each in done.values())
    return (*found, *rest)
