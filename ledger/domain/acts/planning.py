"""Putting issues and measures on the books, and giving them to somebody."""

from __future__ import annotations

from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ledger.domain.course import OWN
from ledger.domain.issue import due_home
from ledger.domain.moves import Act, Status
from ledger.domain.schema import DUE_KEYS, INHERITED
from ledger.errors import RefusedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.domain.acts.draft import Draft

#: An issue may carry as many measures as a plan can, and no more.
#: Source: 327 measures in the largest published plan; docs/contract.md §2; DECISIONS.md D-21.
MOST_MEASURES = 2000


def add(
    draft: Draft,
    number: int,
    fields: Mapping[str, Any],
    measures: Sequence[Mapping[str, Any]] = (),
    *,
    said: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Put a new issue on the books, with its measures.

    Shape: `fields` and each of `measures` are plain fields by name; uids and numbers are given here. `said`
        is what the entry says besides: as `source` the received file it comes from (its `measures` say where
        in it each of them stands, in order), as `clue` the uid of the clue it was made of, as `derived` the
        rule its deadline followed from.
    """
    if len(measures) > MOST_MEASURES:
        message = _("an issue takes at most {most} measures, {count} were given")
        raise RefusedError(
            message.format(most=MOST_MEASURES, count=len(measures)), _("put the rest into another issue")
        )
    issue = {"uid": draft.context.new_id(), "number": number, **_with_original(draft, fields)}
    parts = {}
    for index, measure in enumerate(measures, 1):
        uid = draft.context.new_id()
        parts[uid] = {"uid": uid, "number": index, **_with_original(draft, measure)}
    data = _told(said)
    if "measures" in data.get("source", ()):
        places = dict(zip(parts, data["source"]["measures"], strict=True))
        data["source"] = {**data["source"], "measures": places}
    draft.enter("add", set={**issue, **({"measures": parts} if parts else {})}, data=data)


def _told(said: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry says besides, without what says nothing."""
    return {name: value for name, value in said.items() if value}


def add_measure(
    draft: Draft,
    fields: Mapping[str, Any],
    *,
    said: Mapping[str, Any] = MappingProxyType({}),
) -> str:
    """Add a measure to an issue; gives its uid.

    Shape: `said` as for `add`.

    Raises:
        RefusedError: the issue is closed or void, is full, or is in an approved plan and no reason is given.
    """
    draft.require(Act.MEASURE)
    reason_if_approved(draft)
    room(draft)
    uid = draft.context.new_id()
    measure = {"uid": uid, "number": next_number(draft), **_with_original(draft, fields)}
    draft.enter("measure", set={"measures": {uid: measure}}, data=_told(said))
    return uid


def room(draft: Draft, more: int = 1) -> None:
    """Refuse when an issue cannot take that many more measures.

    Raises:
        RefusedError: it would have too many.
    """
    if len(draft.state.parts) + more > MOST_MEASURES:
        raise RefusedError(
            _("issue {id} takes at most {most} measures").format(id=draft.name(), most=MOST_MEASURES),
            _("put the rest into another issue"),
        )


def next_number(draft: Draft) -> int:
    """The number the next measure of this issue gets; numbers of void ones are not used again."""
    return max((int(part.get("number", 0)) for part in draft.state.parts.values()), default=0) + 1


def assign(draft: Draft, key: str, fields: Mapping[str, Any], *, down: bool = False) -> None:
    """Say who is responsible and by when; with `down` the measures take it from the issue.

    Raises:
        RefusedError: closed or void, the deadline is fixed already, or the plan is approved and
            somebody else is put in place without a reason.
        UsageError: nothing was given.
    """
    draft.require(Act.ASSIGN, key)
    changes = _changes(draft, key, fields)
    taken = _taken_down(draft, fields) if down and key == OWN else {}
    if not changes and not taken:
        raise UsageError(_("nothing to assign"), _("give --unit, --leader, --owner, --co-unit or --due"))
    if taken or any(name in _home(draft, key) for name in changes):
        reason_if_approved(draft)
    if changes:
        draft.enter("assign", key, changes=changes)
    for uid, own in taken.items():
        draft.enter("assign", uid, changes=own)


def _taken_down(draft: Draft, fields: Mapping[str, Any]) -> dict[str, dict[str, None]]:
    """What measures give up so that they inherit what the issue is given; a fixed deadline stays."""
    names = [name for name in fields if name in INHERITED]
    dates = DUE_KEYS if any(name in fields for name in DUE_KEYS) else ()
    taken = {}
    for uid, part in draft.state.parts.items():
        if draft.status(uid) in (Status.CLOSED, Status.VOID):
            continue
        keys = (*names, *(dates if "due_original" not in part else ()))
        own = {name: None for name in keys if name in part}
        if own:
            taken[uid] = own
    return taken


def _home(draft: Draft, key: str) -> Mapping[str, Any]:
    return draft.state.fields if key == OWN else draft.state.parts[key]


def claim(draft: Draft, leader: str) -> None:
    """A leader accepts the issue (认领)."""
    draft.require(Act.CLAIM)
    changes: dict[str, Any] = {"claimed_by": leader, "claimed_on": draft.context.on}
    if not draft.state.fields.get("leader"):
        changes["leader"] = leader
    draft.enter("claim", changes=changes)


def edit(
    draft: Draft,
    key: str,
    fields: Mapping[str, Any],
    *,
    erratum: bool = False,
    said: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Change fields; as an erratum it corrects a slip and leaves sign-offs valid.

    Shape: a value of None takes the field away; `said` is what the entry says besides, as for `add`.

    Raises:
        RefusedError: closed or void and no erratum, a reason is missing, or the deadline is fixed.
        UsageError: nothing would change.
    """
    if erratum:
        _reason(draft, _("an erratum needs a reason"))
    else:
        draft.require(Act.EDIT, key)
        reason_if_approved(draft)
    changes = _changes(draft, key, fields)
    if not changes:
        raise UsageError(
            _("{id} already reads like that, nothing would change").format(id=draft.name(key)),
            _("ledger show {id} shows what it says").format(id=draft.name(key)),
        )
    valid = {each for each in draft.state.courses if draft.state.courses[each].standing}
    suspect_before = {each for each in valid if draft.state.suspects(each)}
    draft.enter("edit", key, changes=changes, data=_told({"erratum": erratum, **said}))
    for each in valid - suspect_before:
        if draft.state.suspects(each):
            message = _("the sign-offs on {id} were given before this change and are suspect until confirmed")
            draft.warnings.append(message.format(id=draft.name(each)))


def variant_fields(draft: Draft, uid: str) -> dict[str, Any]:
    """What an issue says that is another one in a new shape (隐形变异); with an empty `uid`, that is none.

    Shape: `uid` is that of the other issue, behind the name of its ledger and a slash where that is another.

    Raises:
        RefusedError: it would be a variant of itself.
    """
    if uid == draft.state.fields.get("uid"):
        message = _("issue {id} cannot be a variant of itself").format(id=draft.name())
        raise RefusedError(message, _("name the one it was before"))
    flags = [each for each in draft.state.fields.get("flags", ()) if each != "variant"]
    return {"variant_of": uid, "flags": [*flags, "variant"] if uid else flags}


def _changes(draft: Draft, key: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    home = _home(draft, key)
    given = {name: _kept(value) for name, value in fields.items()}
    changes = {
        name: value
        for name, value in given.items()
        if name not in DUE_KEYS and (home.get(name) or None) != (value or None)
    }
    if any(name in given for name in DUE_KEYS):
        changes.update(_due_changes(draft, key, given))
    return changes


def _kept(value: object) -> object:
    """A value as the record keeps it: lists for rows, nothing for what is empty."""
    if isinstance(value, tuple):
        value = list(value)
    return None if value in ("", []) else value


def _due_changes(draft: Draft, key: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What happens to the three keys of a deadline, which are inherited and moved together."""
    home, dates = _home(draft, key), due_home(draft.state, key)
    due, fixed = given.get("due", dates.get("due")), dates.get("due_original")
    moved = due != dates.get("due")
    if fixed is not None and moved:
        message = _("the deadline of {id} is fixed at {due}").format(id=draft.name(key), due=dates.get("due"))
        raise RefusedError(
            message, _("move it with: ledger extend {id} --to DATE --why REASON").format(id=draft.name(key))
        )
    text = given.get("due_text", None if moved else dates.get("due_text"))
    if not moved and text == dates.get("due_text"):
        return {}
    original = fixed if fixed is not None or _in_draft(draft) else due
    wanted = {"due": due, "due_original": original, "due_text": text}
    return {name: value for name, value in wanted.items() if home.get(name) != value}


def _with_original(draft: Draft, fields: Mapping[str, Any]) -> dict[str, Any]:
    """New fields; outside a plan the first deadline set is the original one (docs/contract.md §2)."""
    given = {name: value for name, value in fields.items() if value not in (None, "", (), [])}
    if given.get("due") is not None and not _in_draft(draft):
        given["due_original"] = given["due"]
    return given


def _in_draft(draft: Draft) -> bool:
    return draft.context.settings.plan_required and not draft.approved


def reason_if_approved(draft: Draft) -> None:
    """Refuse a change to an approved plan that gives no reason.

    Raises:
        RefusedError: no reason is given.
    """
    if draft.context.settings.plan_required and draft.approved:
        _reason(
            draft, _("the plan is approved, so a change to issue {id} needs a reason").format(id=draft.name())
        )


def _reason(draft: Draft, message: str) -> None:
    if not draft.context.why:
        raise RefusedError(message, _("give it with --why"))


def approve(draft: Draft, version: int, meeting: str) -> None:
    """Take the issue into an approved plan: its original deadlines are written now, once.

    Raises:
        RefusedError: no leader has claimed the issue.
    """
    state = draft.state
    if state.status() is Status.VOID:
        return
    if not state.fields.get("claimed_by"):
        message = _("issue {id} is not claimed yet").format(id=draft.name())
        raise RefusedError(
            message, _("claim it with: ledger claim {id} --leader NAME").format(id=draft.name())
        )
    changes: dict[str, Any] = {}
    if state.fields.get("due") and not state.fields.get("due_original"):
        changes["due_original"] = state.fields["due"]
    parts = {
        uid: {"due_original": part["due"]}
        for uid, part in state.parts.items()
        if part.get("due") and not part.get("due_original") and draft.status(uid) is not Status.VOID
    }
    given = {**changes, **({"measures": parts} if parts else {})}
    draft.enter("approve", set=given, data={"plan": version}, meeting=meeting or None)


def renumber(draft: Draft, number: int) -> None:
    """Give the issue another number while the plan is a draft.

    Raises:
        RefusedError: the plan is approved, or none is required, so numbers stay.
        UsageError: it has that number already.
    """
    if not _in_draft(draft):
        raise RefusedError(
            _("issue {id} keeps its number: it is in use").format(id=draft.name()),
            _("only issues of a draft plan get another number"),
        )
    draft.require(Act.MOVE)
    if number == draft.number:
        raise UsageError(
            _("issue {id} has that number already").format(id=draft.name()),
            _("give another number with --to"),
        )
    former = [*draft.state.fields.get("formerly", ()), draft.number]
    draft.enter("move", changes={"number": number, "formerly": former})


def settle_number(draft: Draft, number: int) -> None:
    """Give a record another number because another one, made in another copy of the ledger, has its own.

    Source: docs/contract.md §2, Git: `renumber` settles two issues of one number.
    """
    former = [*draft.state.fields.get("formerly", ()), draft.number]
    draft.enter("renumber", changes={"number": number, "formerly": former})
