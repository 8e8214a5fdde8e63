"""Rules about look-backs: what was planned stays, what was drawn stood there, what is finished is whole."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Final

from ledger.domain.population import asked_by, members_of
from ledger.domain.replay import undone_batches
from ledger.domain.review import REVIEW, review_of
from ledger.domain.rules.history import way_out
from ledger.domain.sampling import share, size
from ledger.domain.schema import VOID
from ledger.domain.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.domain.review import Item, Review
    from ledger.domain.rules.subject import Brief, Checked, Fault, Subject

#: What is written down before anything is drawn.
PLANNED: Final = (
    "as_of", "of", "statuses", "unit", "category", "flags", "rate", "confidence", "seed", "population",
    "rest", "size", "frame",
)  # fmt: skip


def plan(record: Checked) -> Iterator[Fault]:
    """What was planned is what was drawn by, and nothing is finished that is open.

    Source: docs/lookback.md.
    """
    if record.schema is not REVIEW or record.state.stage == VOID:
        return
    review = review_of(record.state)
    yield from _changed(record)
    yield from _sizes(record, review)
    if review.stage == "finished" and review.open:
        message = _("{id} is finished, but has no outcome for: {ids}").format(
            id=record.id, ids=listed(each.about for each in review.open)
        )
        yield record.fault(record.line(None, "status"), message, way_out(record))


def _changed(record: Checked) -> Iterator[Fault]:
    undone = undone_batches(record.history)
    for index, entry in enumerate(record.history):
        for name in PLANNED:
            if index and name in entry.set and entry.batch not in undone:
                message = _("the entry changes {field}, which was written down before anything was drawn")
                yield record.fault(record.line_of_entry(index), message.format(field=name), way_out(record))


def _sizes(record: Checked, review: Review) -> Iterator[Fault]:
    """As many are drawn by chance as follow from the shares, of a population that is no smaller."""
    rate, confidence = share(review.rate), share(review.confidence)
    if rate is None or confidence is None:
        message = _("rate and confidence are no shares, so that nothing follows from them")
        yield record.fault(record.line(None, "rate"), message, way_out(record))
        return
    wanted = size(review.rest, rate, confidence).sample
    if review.size != wanted or not 0 <= review.rest <= review.population:
        message = _("{size} of {rest} are drawn by chance, where {wanted} follow from rate and confidence")
        said = message.format(size=review.size, rest=review.rest, wanted=wanted)
        yield record.fault(record.line(None, "size"), said, way_out(record))
    drawn = sum(each.stratum == "random" for each in review.items)
    if review.items and not review.whole and drawn != review.size:
        message = _("{drawn} were drawn by chance, where the plan says {size}")
        said = message.format(drawn=drawn, size=review.size)
        yield record.fault(record.line(None, "size"), said, way_out(record))


def items(subject: Subject) -> Iterator[Fault]:
    """What was drawn is there, and stood in the population that was written down."""
    if subject.unreadable:
        return
    homes = {uid: brief for brief in subject.issues for uid in (brief.uid, *brief.parts)}
    for brief in subject.briefs:
        record = subject.again(brief) if brief.kind == REVIEW.kind and brief.holds else None
        if record is not None and record.state.stage != VOID:
            yield from _of_review(subject, record, homes)


def _of_review(subject: Subject, record: Checked, homes: dict[str, Brief]) -> Iterator[Fault]:
    review = review_of(record.state)
    asked = asked_by(review)
    stood: dict[str, set[str]] = {}
    for item in review.items:
        home = homes.get(item.subject)
        if home is None:
            message = _("{id} is not there: {uid}").format(id=item.about, uid=item.subject)
            hint = _("bring the issue's file back from git; issues are never deleted")
            yield record.fault(record.line(item.uid, "subject"), message, hint)
            continue
        if home.uid not in stood:
            issue = subject.again(home)
            found = members_of(issue.history, asked) if issue is not None and issue.holds else ()
            stood[home.uid] = {each.uid for each in found}
        if item.subject not in stood[home.uid]:
            yield _astray(record, review, item)


def _astray(record: Checked, review: Review, item: Item) -> Fault:
    message = _("{id} did not stand in the population of {day} when it was written down").format(
        id=item.about, day=review.as_of
    )
    hint = _("compare both histories: ledger history {review}; ledger history {id}")
    return record.fault(
        record.line(item.uid, "subject"),
        message,
        hint.format(review=record.id, id=item.about),
        warning=True,
    )
