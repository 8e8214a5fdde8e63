"""Taking returned sheets back: exactly the cells that were filled in, in one change.

A cell is taken when the ledger still says what went out. What the ledger has changed meanwhile, what a rule
forbids and what nobody may fill in is left out, each with its reason; the rest goes in.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.acts import planning, working
from ledger.domain.dates import days_in
from ledger.domain.issue import due_home
from ledger.domain.moves import Act, Status
from ledger.domain.roundtrip import PROGRESS, Audience
from ledger.domain.schema import INHERITED
from ledger.domain.text import clean, visible
from ledger.domain.words import with_hint
from ledger.errors import LedgerError
from ledger.usecases import returneddiff, versioning
from ledger.usecases.change import Desk, Outcome, Work, change
from ledger.usecases.fields import unknown_names
from ledger.usecases.returneddiff import Left, Take

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from ledger.domain.acts.draft import Draft
    from ledger.intake.returned import Returned


class Taken(NamedTuple):
    """What went in, and what did not.

    Shape: `same` counts the cells that say what the ledger says already.
    """

    taken: tuple[Take, ...]
    left: tuple[Left, ...]
    same: int


def take_back(
    desk: Desk, sheets: Sequence[Returned], *, dated: bool = False, new: bool = False
) -> Outcome[Taken]:
    """Put what was filled in on the books.

    Shape: what a unit reports is dated with the last day of its month, or with the desk's day where that
        comes first or `dated` says so; `new` also takes rows that did not go out, as new measures.
    """

    def deed(work: Work) -> Taken:
        found = returneddiff.compare(work.book, sheets, new=new)
        done: list[Take] = []
        left = list(found.left)
        for issue, takes in found.by_issue().items():
            draft = work.draft(issue)
            for home, month in dict.fromkeys((each.key, each.period) for each in takes):
                here = [each for each in takes if (each.key, each.period) == (home, month)]
                _set_context(draft, here[0], here, desk, dated=dated)
                _take(draft, home, here, done, left)
            draft.warnings.extend(unknown_names(work.book, _names(done)))
        return Taken(tuple(done), tuple(left), found.same)

    return change(desk, "import", deed)


def _names(takes: Sequence[Take]) -> dict[str, Any]:
    return {each.field: each.value for each in takes if each.field in ("unit", "leader", "owner", "co_units")}


def _set_context(draft: Draft, first: Take, takes: Sequence[Take], desk: Desk, *, dated: bool) -> None:
    """When it counts from and why: the month of a unit's sheet, and what is said under progress."""
    on = desk.actor.on
    if first.audience is Audience.UNIT and not dated:
        on = min(on, _last_day(first.period))
    on = max(on, min(draft.state.entries[0].on, desk.actor.on))
    progress = next((each.text for each in takes if each.field == PROGRESS), "")
    why = desk.actor.why or progress or _came_in(desk, first.place.file)
    draft.context = draft.context._replace(on=on, why=why)


def _came_in(desk: Desk, file: str) -> str:
    """Why a record changed where nobody says it, in the language of the ledger."""
    with versioning.speaking(desk.book):
        return _("returned sheet {file}").format(file=visible(" ".join(file.split())))


def _last_day(month: dt.date) -> dt.date:
    """The last day of a month."""
    return month.replace(day=days_in(month.year, month.month))


def _take(draft: Draft, key: str, takes: Sequence[Take], done: list[Take], left: list[Left]) -> None:
    """Everything that was filled in for one measure or issue, act by act."""
    by_field = {each.field: each for each in takes}

    def act(deed: Callable[[], object], *fields: str) -> None:
        given = [by_field[name] for name in fields if name in by_field]
        if not given:
            return
        try:
            deed()
        except LedgerError as error:
            left.extend(Left.refused(each, with_hint(error)) for each in given)
        else:
            done.extend(given)

    if "new" in by_field:
        act(lambda: planning.add_measure(draft, by_field["new"].value), "new")
        return
    due = by_field.get("due")
    if due is not None:
        act(lambda: _due(draft, key, due), "due")
    for name in (*INHERITED, "deliverable", "remark"):
        if name in by_field:
            take = by_field[name]
            act(lambda take=take: _field(draft, key, take), name)  # type: ignore[misc]
    if PROGRESS in by_field:
        note = by_field[PROGRESS]
        act(lambda: _note(draft, key, note), PROGRESS)
    act(lambda: _done(draft, key, by_field), "status", "result")


def _field(draft: Draft, key: str, take: Take) -> None:
    fields = {take.field: take.value}
    if take.field in INHERITED:
        planning.assign(draft, key, fields, down=take.whole)
    else:
        planning.edit(draft, key, fields)


def _due(draft: Draft, key: str, take: Take) -> None:
    """A deadline nobody has fixed is set; one that is fixed is asked for."""
    fixed = due_home(draft.state, key).get("due_original") is not None
    if fixed and take.value["due"] is not None:
        wish = {"due": take.value["due"], "due_text": take.value.get("due_text") or ""}
        working.ask_for(draft, Act.EXTEND, key, wish)
    else:
        planning.assign(draft, key, take.value, down=take.whole)


def _note(draft: Draft, key: str, take: Take) -> None:
    why = draft.context.why
    draft.context = draft.context._replace(why="")
    try:
        working.note(draft, key, clean(take.text), period=f"{take.period:%Y-%m}")
    finally:
        draft.context = draft.context._replace(why=why)


def _done(draft: Draft, key: str, by_field: Mapping[str, Take]) -> None:
    """What is reported as done, with its result."""
    status, result = by_field.get("status"), by_field.get("result")
    if status is None or status.value != Status.DONE:
        raise returneddiff.not_by_sheet(draft, key)
    working.report_done(draft, key, clean(result.text) if result and result.text else "")
