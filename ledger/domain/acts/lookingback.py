"""Looking back (回头看): a population written down, a sample drawn, what was found, who does it again."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.domain.course import OWN
from ledger.domain.ids import derived
from ledger.domain.review import Member, frame_digest, review_of
from ledger.domain.sampling import drawn, share, size
from ledger.domain.text import excerpt
from ledger.domain.words import listed, said
from ledger.errors import ConflictError, RefusedError, UsageError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from ledger.domain.acts.draft import Draft
    from ledger.domain.review import Item, Review

#: Most things one review looks at: with what is recorded of each, so many fit into a file of 2 MB.
#: Source: docs/contract.md §2, limits; an item with its entries takes 1 kB without its text.
MOST_ITEMS: Final = 1_000
#: So many ids are named in a sentence.
_NAMED: Final = 10


class Finding(NamedTuple):
    """What was found when something was looked at again; what is empty was not said.

    Shape: `outcome` and `methods` are codes of `domain.review`; `satisfaction` a percentage as text;
        `variant` the uid of the issue that was made of it.
    """

    outcome: str
    methods: tuple[str, ...] = ()
    reviewer: str = ""
    text: str = ""
    satisfaction: str = ""
    variant: str = ""


class Redo(NamedTuple):
    """Who does it again, and by when."""

    by: str
    due: dt.date


def plan(draft: Draft, fields: Mapping[str, Any], members: Sequence[Member]) -> None:
    """Write down what will be looked at, and how it will be drawn, before anything is.

    Shape: `fields` has uid, number, as_of, of, statuses, rate, confidence and seed, and what narrows the
        population.

    Raises:
        RefusedError: there is nothing to look at, or more than anybody does.
        UsageError: rate or confidence is no share.
    """
    rate, confidence = share(str(fields["rate"])), share(str(fields["confidence"]))
    if rate is None or confidence is None:
        wrong = fields["rate"] if rate is None else fields["confidence"]
        message = _("{text} is no share").format(text=excerpt(str(wrong)))
        raise UsageError(message, _("write it as 10% or 0.1: above nothing, below all"))
    if not members:
        message = _("nothing was {statuses} on {day}").format(
            statuses=listed(said("status", each) for each in fields["statuses"]), day=fields["as_of"]
        )
        raise RefusedError(message, _("give another day with --as-of, or fewer conditions"))
    rest = [each for each in members if not each.reasons]
    chance = size(len(rest), rate, confidence).sample
    _not_too_many(len(members) - len(rest) + chance)
    counted = {"population": len(members), "rest": len(rest), "frame": frame_digest(members), "size": chance}
    draft.enter("add", set={**fields, **counted})


def _not_too_many(count: int) -> None:
    if count > MOST_ITEMS:
        message = _("{count} would have to be looked at; one review has room for {most}")
        raise RefusedError(
            message.format(count=count, most=MOST_ITEMS), _("plan several, with --unit or --category")
        )


def sample(draft: Draft, members: Sequence[Member], *, whole: bool) -> None:
    """Draw what is looked at: all that must be, and of the rest what the seed says; with `whole` all of it.

    Raises:
        RefusedError: it was drawn before, or is more than anybody looks at.
        ConflictError: this is not the population that was written down.
    """
    draft.require("sample")
    review = review_of(draft.state)
    if frame_digest(members) != review.frame:
        message = _("the population of {id} is not the one that was written down").format(id=review.id)
        hint = _("records came in from elsewhere since; void it with a reason, and plan another")
        raise ConflictError(message, hint)
    chosen = drawn_of(review, members, whole=whole)
    _not_too_many(len(chosen))
    times = sum(entry.do == "sample" for entry in draft.state.entries)
    first = max((int(part["number"]) for part in draft.state.parts.values()), default=0) + 1
    items = {}
    for number, (stratum, each) in enumerate(chosen, first):
        uid = derived(review.uid, f"{times} {each.uid}")
        item = {"uid": uid, "number": number, "about": each.about, "subject": each.uid, "stratum": stratum}
        items[uid] = {**item, "reasons": list(each.reasons)} if each.reasons else item
    draft.enter("sample", set={"items": items, **({"whole": True} if whole else {})})


def drawn_of(review: Review, members: Sequence[Member], *, whole: bool) -> list[tuple[str, Member]]:
    """What a plan draws of its population, each with its stratum: by stratum and number, as people go on."""
    must = [(each.stratum, each) for each in members if each.reasons]
    rest = {each.uid: each for each in members if not each.reasons}
    if whole:
        others = [("rest", each) for each in rest.values()]
    else:
        others = [("random", rest[uid]) for uid in drawn(review.seed, rest, review.size)]
    order = {code: place for place, code in enumerate(("flagged", "rebound", "suspect", "random", "rest"))}
    return sorted([*must, *others], key=lambda each: (order[each[0]], each[1].place, each[1].uid))


def record(draft: Draft, key: str, finding: Finding) -> None:
    """Record what was found; recorded again, what is said anew counts, and the history keeps both.

    Raises:
        RefusedError: nothing was drawn yet, all is finished, or it was looked at before it was drawn.
    """
    draft.require("record")
    begun = draft.state.courses[OWN].last_on
    if begun is not None and draft.context.on < begun:
        message = _("{id} was drawn on {begun}; nothing was looked at on {on}").format(
            id=draft.name(), begun=begun, on=draft.context.on
        )
        raise RefusedError(message, _("give a date from {last} on with --on").format(last=begun))
    changes = {name: value for name, value in finding._asdict().items() if value}
    if changes.get("methods"):
        changes["methods"] = list(finding.methods)
    if finding.outcome != "variant" and draft.state.parts[key].get("variant"):
        changes["variant"] = None
    draft.enter("record", key, changes={**changes, "seen_on": draft.context.on})


def finish(draft: Draft, redos: Mapping[str, Redo]) -> None:
    """Finish a review: every outcome is there, and who does what again by when.

    Shape: `redos` by the uid of the item.

    Raises:
        RefusedError: something is open, the day is before the last look, or something is to be done again
            that holds, or by a day that is past.
    """
    draft.require("finish")
    review = review_of(draft.state)
    if review.open:
        raise _still_open(review)
    last = max((each.seen_on for each in review.items if each.seen_on), default=None)
    if last is not None and draft.context.on < last:
        message = _("{id} was looked at until {last}; it cannot be finished on {on}").format(
            id=review.id, last=last, on=draft.context.on
        )
        raise RefusedError(message, _("give a date from {last} on with --on").format(last=last))
    items = {each.uid: each for each in review.items}
    for uid, redo in redos.items():
        _can_be_redone(items[uid], redo, draft.context.on)
    for item in review.items:
        if item.outcome != "held" and item.uid not in redos:
            draft.warnings.append(_("nobody is named to do {id} again").format(id=item.about))
    parts = {uid: {"redo_by": redo.by, "redo_due": redo.due} for uid, redo in redos.items()}
    draft.enter("finish", set={"items": parts} if parts else {})


def first_of(items: Sequence[Item]) -> str:
    """The ids of what was drawn, as a sentence names them: the first of many."""
    ids = [each.about for each in items]
    return " ".join(ids[:_NAMED]) + (" ..." if len(ids) > _NAMED else "")


def _still_open(review: Review) -> RefusedError:
    named, count = first_of(review.open), len(review.open)
    message = _("{id} has {count} without an outcome: {ids}").format(id=review.id, count=count, ids=named)
    return RefusedError(
        message,
        _("record them: ledger lookback record {id} {first} --outcome held").format(
            id=review.id, first=review.open[0].about
        ),
    )


def _can_be_redone(item: Item, redo: Redo, on: dt.date) -> None:
    if item.outcome == "held":
        message = _("{id} holds, so there is nothing to do again").format(id=item.about)
        raise RefusedError(message, _("leave it out"))
    if redo.due < on:
        message = _("{id} cannot be done again by {due}: that is past").format(id=item.about, due=redo.due)
        raise RefusedError(message, _("give a day from {day} on").format(day=on))
