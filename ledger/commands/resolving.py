"""Two copies of a ledger become one: resolve what git could not merge, renumber what got one number."""

from __future__ import annotations

import datetime as dt
from gettext import gettext as _
from typing import Annotated, Any, cast

import typer

from ledger.commands import deeds
from ledger.commands.options import DryRun
from ledger.domain.closeout import signer_of
from ledger.domain.entry import Entry
from ledger.domain.merging import Dispute, Side
from ledger.domain.text import excerpt
from ledger.errors import UsageError
from ledger.ui import ask, console, labels
from ledger.usecases import conflicts, renumbering, resolving
from ledger.usecases.change import Outcome
from ledger.usecases.conflicts import Conflict
from ledger.usecases.resolving import Resolution

#: What `--prefer` takes. Source: DECISIONS.md D-41.
PREFERENCES = ("mine", "theirs", "later", "earlier")
#: Columns a value may take in a question.
_SHOWN = 60

Prefer = Annotated[
    str,
    typer.Option(
        "--prefer",
        metavar="SIDE",
        help="Which value counts where both copies changed a field: mine, theirs, later or earlier.",
        autocompletion=lambda: list(PREFERENCES),
    ),
]


def resolve(prefer: Prefer = "", dry_run: DryRun = False) -> None:
    """Put together records that two copies of the ledger changed, after git merge or git rebase stopped.

    Both histories are kept whole. What only one copy changed is taken; a step signed in both counts once; a
    return beats a sign-off given meanwhile, so nothing ends more closed than one complete chain makes it.
    Where both copies changed the same field a person decides, or --prefer does, and the other value is kept
    in the history. Then go on with git.

    Examples:
        ledger resolve --dry-run
        ledger resolve --prefer later
    """
    if prefer and prefer not in PREFERENCES:
        message = _("{word} is none of: {offered}").format(
            word=excerpt(prefer), offered=", ".join(PREFERENCES)
        )
        raise UsageError(message, _("say whose value counts with --prefer"))
    desk = deeds.desk(dry_run=dry_run)
    found = conflicts.found_in(desk.book)
    outcome = resolving.resolve(desk, found, resolving.by_rule(prefer) if prefer else _asked)
    rows = [_as_json(each) for each in outcome.value.done]
    values: dict[str, Any] = {
        "resolved": rows,
        "open": outcome.value.still,
        "others": list(map(str, found.others)),
    }
    if not deeds.told("resolve", desk, outcome, **values):
        _say(outcome, found.others)
    if outcome.value.still:
        raise resolving.open_questions(outcome.value.still)


def _asked(conflict: Conflict, dispute: Dispute) -> Side | None:
    """Which value counts, asked of the person; nothing where nobody is there."""
    if not ask.possible():
        return None
    choices = {side: _choice(side, resolving.as_told(conflict.schema, dispute)) for side in Side}
    question = _("{field}: which value counts?").format(field=resolving.named(conflict, dispute))
    return Side(ask.choose(question, cast("dict[str, str]", choices), flag="--prefer"))


def _choice(side: Side, dispute: Dispute) -> str:
    values, entry = dispute.mine, dispute.mine_by
    if side is Side.THEIRS:
        values, entry = dispute.theirs, dispute.theirs_by
    value = excerpt(_shown(values.get(dispute.fields[0])), _SHOWN)
    if entry is None:
        return value
    return _("{value}  ({by}, {at})").format(value=value, by=entry.by, at=entry.at[:16].replace("T", " "))


def _shown(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, list):
        return ", ".join(
            str(each.get("text", each)) if isinstance(each, dict) else str(each) for each in value
        )
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _as_json(resolved: resolving.Resolved) -> dict[str, object]:
    pairs = zip(resolved.disputes, resolved.chosen, strict=True)
    decided = [
        {
            "measure": dispute.key or None,
            "fields": dispute.fields,
            "chosen": side,
            "mine": dict(dispute.mine),
            "theirs": dict(dispute.theirs),
        }
        for dispute, side in pairs
    ]
    overtaken = [{"id": name, "entry": entry.id} for name, entry in resolved.overtaken]
    return {"id": resolved.id, "file": str(resolved.path), "decided": decided, "overtaken": overtaken}


def _say(outcome: Outcome[Resolution], others: tuple[object, ...]) -> None:
    done = outcome.value.done
    if done:
        deeds.say_done(_("put together"), [each.id for each in done])
    for resolved in done:
        for dispute, side in zip(resolved.disputes, resolved.chosen, strict=True):
            lost = dispute.theirs if side is Side.MINE else dispute.mine
            name = labels.label("field", dispute.fields[0])
            value = excerpt(_shown(lost.get(dispute.fields[0])), _SHOWN)
            console.tell(_("{id} {field}: kept in the history, not in force: {value}").format(
                id=resolved.id, field=name, value=value
            ))  # fmt: skip
        for name, entry in resolved.overtaken:
            console.warn(_overtaken(name, entry))
    for path in others:
        console.warn(_("{path} is no record: settle it in git").format(path=path))
    if not done and not others and not outcome.value.still:
        console.tell(_("git has nothing that waits to be put together"))
    elif not outcome.value.still:
        console.tell(_("now: ledger check; then git commit or git rebase --continue"))


def _overtaken(name: str, entry: Entry) -> str:
    return _(
        "{id} {act} ({by}, {on}): without effect beside what the other copy did; kept in the history"
    ).format(id=name, act=labels.label("act", entry.do), by=signer_of(entry), on=entry.on)


def renumber(dry_run: DryRun = False) -> None:
    """Settle numbers that two copies of the ledger gave to different issues; every copy settles them alike.

    Of two issues with one number the one entered first keeps it; the other gets the next free number, and
    keeps the old one as a former number.

    Examples:
        ledger renumber --dry-run
        ledger renumber
    """
    desk = deeds.desk(dry_run=dry_run)
    outcome = renumbering.renumber(desk)
    rows = [each._asdict() for each in outcome.value]
    if deeds.told("renumber", desk, outcome, renumbered=rows):
        return
    for each in outcome.value:
        console.say(_("{before} -> {after}  {title}").format(**each._asdict()))
    if not outcome.value:
        console.tell(_("no two records have one number"))
