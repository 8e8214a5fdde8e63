"""Ticking off one by one: the periods of what comes round again (期次), the names of a roster (对象)."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING, Any

from ledger.domain import ticked
from ledger.domain.acts.planning import reason_if_approved
from ledger.domain.course import OWN
from ledger.domain.moves import Act, Status
from ledger.domain.words import listed, some
from ledger.errors import NotFoundError, RefusedError, UsageError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence

    from ledger.domain.acts.draft import Draft
    from ledger.domain.cadence import Period
    from ledger.domain.recurrence import Recurrence

#: What a measure under sign-off has to show is not taken away from under it.
_SIGNING = frozenset({Status.DONE, Status.CLOSING})
#: So many names a measure may have to reach. Source: docs/contract.md §2.
MOST_NAMES = 2000
#: How alike a name is that somebody may have meant; difflib counts the letters in common.
_NEAR = 0.5


def recurrence(draft: Draft, key: str) -> Recurrence:
    """How often a measure is done.

    Raises:
        UsageError: it is an issue, or does not come round again.
    """
    stored = "" if key == OWN else draft.state.parts[key].get("recurrence")
    if not stored:
        message = _("{id} is not something that comes round again").format(id=draft.name(key))
        hint = _("say how often with: ledger edit {id} --every quarter").format(id=_measure(draft, key))
        raise UsageError(message, hint)
    from ledger.domain.recurrence import recurrence_of  # few measures come round

    return recurrence_of(stored)


def occur(draft: Draft, key: str, periods: Sequence[Period], became: str, text: str = "") -> None:
    """Record what a measure did in periods, that it need not be done in them, or that it is open again.

    Shape: `became` is one of the codes of `ticked`.

    Raises:
        RefusedError: closed or void, the period is none of its own, has not begun, or is recorded already;
            or it is to be excused without a reason.
    """
    draft.require(Act.OCCUR, key)
    _with_reason(draft, became)
    own, rows = recurrence(draft, key), _rows(draft, key, "occurrences")
    done = ticked.recorded(rows)
    for period in periods:
        if period.name not in {row["period"] for row in rows} or became != ticked.OPEN:
            _expected(draft, key, own, period)
        _one_way(draft, key, period.name, done, became)
        if became == ticked.DONE and period.first > draft.context.on:
            message = _("{period} begins on {day}").format(period=period.name, day=period.first)
            raise RefusedError(
                message, _("record it once it has begun; excuse it with: --excuse --why REASON")
            )
    draft.enter("occur", key, data=_said(draft, [each.name for each in periods], became, text))


def missing(draft: Draft, key: str, day: dt.date) -> list[Period]:
    """The periods of a measure that had passed by a day without a record; none where nothing comes round."""
    stored = "" if key == OWN else draft.state.parts[key].get("recurrence")
    if not stored:
        return []
    from ledger.domain.recurrence import missed, recurrence_of  # few measures come round

    return missed(recurrence_of(stored), ticked.recorded(_rows(draft, key, "occurrences")), day)


def tick_names(draft: Draft, key: str, names: Sequence[str], became: str, text: str = "") -> None:
    """Tick off names of a roster, excuse them, or open them again.

    Raises:
        NotFoundError: the roster has no such name; near ones are named.
        RefusedError: closed or void, a name is done or excused already, or is to be excused without a reason.
    """
    draft.require(Act.ROSTER, key)
    _with_reason(draft, became)
    rows = _roster(draft, key)
    done = ticked.recorded(rows, "name")
    _known(draft, key, names, rows)
    for name in names:
        _one_way(draft, key, name, done, became)
    draft.enter("roster", key, data=_said(draft, names, became, text))


def set_names(draft: Draft, key: str, add: Sequence[str] = (), drop: Sequence[str] = ()) -> None:
    """Put names on the roster of a measure, or take some off; it is a change of what was planned.

    Raises:
        NotFoundError: a name to take off is not there.
        RefusedError: closed or void, a name stands there already, is done or excused, or the plan is approved
            and no reason is given.
        UsageError: it is an issue.
    """
    if key == OWN:
        hint = _("name one, such as {id}.1").format(id=draft.name())
        raise UsageError(_("names belong to a measure"), hint)
    draft.require(Act.EDIT, key)
    reason_if_approved(draft)
    rows = [dict(each) for each in _rows(draft, key, "roster")]
    if drop:
        _known(draft, key, drop, rows)
    done = ticked.recorded(rows, "name")
    for name in drop:
        if name in done:
            message = _("{name} of {id} is recorded already").format(name=name, id=draft.name(key))
            raise RefusedError(
                message, _("open it first: ledger roster {id} NAME --open").format(id=draft.name(key))
            )
    there = {each["name"] for each in rows}
    twice = [name for name in add if name in there]
    if twice:
        message = _("{id} has {names} already").format(id=draft.name(key), names=some(twice))
        raise RefusedError(message, _("ledger show {id} shows them").format(id=draft.name(key)))
    now = [each for each in rows if each["name"] not in drop] + [{"name": name} for name in add]
    if len(now) > MOST_NAMES:
        message = _("{id} takes at most {most} names").format(id=draft.name(key), most=MOST_NAMES)
        raise RefusedError(message, _("put the rest into another measure"))
    draft.enter("edit", key, changes={"roster": now or None})


def require_complete(draft: Draft, key: str) -> None:
    """Refuse to report a measure done while a name of its roster is open or a period was missed.

    What is still to come of something that comes round is only said: it is not expected any more.

    Raises:
        RefusedError: something is open; it is named.
    """
    if key == OWN:
        return
    no_open_name(draft, key)
    name = draft.name(key)
    passed = missing(draft, key, draft.context.on)
    if passed:
        message = _("{id} was not done in {periods}").format(
            id=name, periods=some([each.name for each in passed])
        )
        hint = _(
            "record it with: ledger occur {id} --period {period}; or excuse it with --excuse --why REASON"
        )
        raise RefusedError(message, hint.format(id=name, period=passed[0].name))
    _say_what_was_to_come(draft, key)


def no_open_name(draft: Draft, key: str) -> None:
    """Refuse while a name of a measure's roster is open.

    Raises:
        RefusedError: names are open; they are told.
    """
    rows = ticked.ticked("roster", _rows(draft, key, "roster"))
    left = [each.name for each in rows if each.is_open]
    if left:
        message = _("{id}: {done} of {total} are done; open: {names}").format(
            id=draft.name(key),
            done=sum(each.done_on is not None for each in rows),
            total=len(rows),
            names=some(left),
        )
        hint = _("tick them off with: ledger roster {id} NAME; or excuse them with --excuse --why REASON")
        raise RefusedError(message, hint.format(id=draft.name(key)))


def _say_what_was_to_come(draft: Draft, key: str) -> None:
    stored = draft.state.parts[key].get("recurrence")
    if not stored:
        return
    from ledger.domain.recurrence import recurrence_of  # few measures come round

    own = recurrence_of(stored)
    done = ticked.recorded(_rows(draft, key, "occurrences"))
    if own.last is None:
        message = _("{id} comes round again without end; once it is closed nothing more is expected")
        draft.warnings.append(message.format(id=draft.name(key)))
        return
    left = [each.name for each in own.periods() if each.name not in done]
    if left:
        message = ngettext(
            "{id} has {count} more period to come, up to {last}; once it is closed it is not expected",
            "{id} has {count} more periods to come, up to {last}; once it is closed they are not expected",
            len(left),
        )
        draft.warnings.append(message.format(id=draft.name(key), count=len(left), last=left[-1]))


def _said(draft: Draft, rows: Sequence[str], became: str, text: str) -> dict[str, Any]:
    words = draft.context.why if became == ticked.EXCUSED else text
    return {"rows": list(rows), "as": became, **({"text": words} if words else {})}


def _with_reason(draft: Draft, became: str) -> None:
    if became == ticked.EXCUSED and not draft.context.why:
        raise RefusedError(_("what is excused needs a reason"), _("give it with --why"))


def _one_way(draft: Draft, key: str, name: str, done: Collection[str], became: str) -> None:
    """Refuse to record twice, to open what is open, or what a sign-off rests on."""
    if became == ticked.OPEN:
        if name not in done:
            message = _("{name} of {id} is open").format(name=name, id=draft.name(key))
            raise RefusedError(message, _("ledger show {id} shows them").format(id=draft.name(key)))
        if draft.status(key) in _SIGNING:
            message = _("{id} is reported done, so {name} stays").format(id=draft.name(key), name=name)
            raise RefusedError(message, _("return it first: ledger return {id}").format(id=draft.name(key)))
    elif name in done:
        message = _("{name} of {id} is recorded already").format(name=name, id=draft.name(key))
        raise RefusedError(message, _("correct it with --open first, or take the command back: ledger undo"))


def _expected(draft: Draft, key: str, own: Recurrence, period: Period) -> None:
    if not own.expects(period):
        from ledger.domain.recurrence import in_words  # few measures come round

        message = _("{period} is no period of {id}, which is {recurrence}").format(
            period=period.name, id=draft.name(key), recurrence=in_words(own)
        )
        raise RefusedError(message, _("write one such as {name}").format(name=own.first.name))


def _known(draft: Draft, key: str, names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    there = [str(each["name"]) for each in rows]
    strange = [name for name in names if name not in there]
    if not strange:
        return
    import difflib  # only who mistypes a name needs it

    near = difflib.get_close_matches(strange[0], there, n=3, cutoff=_NEAR)
    message = _("the roster of {id} has no {names}").format(id=draft.name(key), names=some(strange))
    hint = _("ledger show {id} shows them").format(id=draft.name(key))
    raise NotFoundError(message, _("near: {names}").format(names=listed(near)) if near else hint)


def _roster(draft: Draft, key: str) -> list[dict[str, Any]]:
    rows = _rows(draft, key, "roster")
    if not rows:
        message = _("{id} has no roster").format(id=draft.name(key))
        hint = _("give it names with: ledger roster {id} --add NAMES").format(id=_measure(draft, key))
        raise UsageError(message, hint)
    return rows


def _rows(draft: Draft, key: str, table: str) -> list[dict[str, Any]]:
    if key == OWN:
        return []
    rows: list[dict[str, Any]] = draft.state.parts[key].get(table, [])
    return rows


def _measure(draft: Draft, key: str) -> str:
    return draft.name(key) if key != OWN else f"{draft.name()}.1"
