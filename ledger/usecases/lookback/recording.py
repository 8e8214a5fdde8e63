"""What a look-back finds, item by item, and its end; what came back is opened again in the same change."""

from __future__ import annotations

from contextlib import contextmanager
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.acts import closing, lookingback, planning
from ledger.domain.acts.lookingback import Finding, Redo
from ledger.domain.course import OWN
from ledger.domain.ids import parse_ids, short
from ledger.domain.likeness import Shelf
from ledger.domain.moves import Status
from ledger.domain.review import review_of
from ledger.domain.schema import ISSUE
from ledger.domain.text import clean, excerpt, one_line
from ledger.errors import NotFoundError, RefusedError, UsageError
from ledger.store import index, populations
from ledger.usecases.change import Desk, Outcome, Work, change
from ledger.usecases.lookback.planning import opened
from ledger.usecases.targets import Target
from ledger.usecases.working import keep_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ledger.domain.acts.draft import Draft
    from ledger.domain.ids import Id
    from ledger.domain.review import Item, Review


class Found(NamedTuple):
    """What was found, as typed.

    Shape: `methods` are codes; `title` is that of the new issue a variant becomes, `variant` the id of one
        that is on the books already.
    """

    outcome: str
    methods: tuple[str, ...] = ()
    reviewer: str = ""
    text: str = ""
    satisfaction: str = ""
    title: str = ""
    variant: str = ""
    evidence: tuple[Path, ...] = ()


class Alike(NamedTuple):
    """An issue on the books that a new one looks like. Units: `percent` whole per cent, 100 for one text."""

    id: str
    title: str
    percent: int


class Recorded(NamedTuple):
    """What was recorded of one item, and what came of it.

    Shape: `reopened` when it was opened again; `issue` is the number of the issue that its variant is,
        `alike` those a new one looks like: nobody but a person says that they are the same.
    """

    id: str
    outcome: str
    reopened: bool
    issue: str
    alike: tuple[Alike, ...] = ()


def record(desk: Desk, word: str, ids: Sequence[str], found: Found) -> Outcome[list[Recorded]]:
    """Record what was found on what was drawn: all of it or nothing.

    Raises:
        RefusedError: something is not in the review, nothing was drawn yet, or no reason is given for opening
            something again.
        UsageError: what was found does not go together.
    """

    def deed(work: Work) -> list[Recorded]:
        draft = opened(work, word)
        draft.require("record")
        review = review_of(draft.state)
        items = [item for each in parse_ids(ids) for item in _meant(work, review, each)]
        _goes_together(found, items)
        finding = _finding(work, found)
        if found.reviewer:
            draft.warnings.extend(work.book.people.remarks([finding.reviewer], work.actor.on))
        return [_record(work, draft, item, found, finding) for item in dict.fromkeys(items)]

    return change(desk, "lookback record", deed)


def _meant(work: Work, review: Review, wanted: Id) -> list[Item]:
    """The items an id means: one that was drawn, or of an issue all its measures that were.

    Shape: a number that an issue has got since is its number.
    """
    if wanted.kind not in ("issue", "measure"):
        message = _("{id} is not an issue or a measure").format(id=wanted)
        raise UsageError(message, _("write 7 or 7.2, as ledger lookback show {id} does").format(id=review.id))
    try:
        state = work.book.find(wanted.numbers[0]).state
    except NotFoundError:
        raise _not_in_it(review, wanted) from None
    uids = {str(state.fields["uid"]), *state.parts}
    if wanted.kind == "measure":
        uids = {uid for uid, part in state.parts.items() if part.get("number") == wanted.numbers[1]}
    found = [each for each in review.items if each.subject in uids]
    if not found:
        raise _not_in_it(review, wanted)
    return found


def _not_in_it(review: Review, wanted: Id) -> RefusedError:
    message = _("{id} was not drawn in {review}").format(id=wanted, review=review.id)
    return RefusedError(message, _("drawn were: {ids}").format(ids=lookingback.first_of(review.items)))


def _goes_together(found: Found, items: Sequence[Item]) -> None:
    if found.outcome != "variant" and (found.title or found.variant):
        message = _("--title and --variant belong to --outcome variant")
        raise UsageError(message, _("leave them out, or say --outcome variant"))
    if found.title and found.variant:
        raise UsageError(_("--title makes a new issue, --variant names one"), _("give one of the two"))
    if found.outcome == "variant" and len(set(items)) > 1:
        raise UsageError(
            _("a variant is recorded for one issue or measure at a time"),
            _("name one: ledger lookback record R2025-1 7 --outcome variant --title TITLE"),
        )


def _finding(work: Work, found: Found) -> Finding:
    reviewer = work.book.people.full(one_line(found.reviewer)) if found.reviewer else work.actor.by
    return Finding(
        outcome=found.outcome,
        methods=found.methods,
        reviewer=reviewer,
        text=clean(found.text) if found.text else "",
        satisfaction=_satisfaction(found.satisfaction),
    )


def _satisfaction(text: str) -> str:
    """How many of those asked were satisfied, as it is kept: 96.5%.

    Raises:
        UsageError: it is no percentage from 0% to 100%.
    """
    if not text:
        return ""
    from fractions import Fraction

    from ledger.domain.sampling import per_cent, share

    whole = {"0": "0%", "100": "100%"}.get(text.strip().rstrip("%％ "), "")
    value: Fraction | None = share(text)
    if whole or value is not None:
        return whole or per_cent(value or Fraction(0))
    message = _("{text} is no percentage").format(text=excerpt(text))
    raise UsageError(message, _("write it as 96.5%"))


def _record(work: Work, draft: Draft, item: Item, found: Found, finding: Finding) -> Recorded:
    reopened = item.outcome != "rebound" and found.outcome == "rebound" and _reopen(work, draft, item, found)
    issue = _variant(work, draft, item, found) if found.outcome == "variant" else None
    uid = str(issue.state.fields["uid"]) if issue is not None else ""
    if item.outcome == "rebound" and found.outcome != "rebound":
        message = _("{id} was opened again before and stays so; take that back with ledger undo")
        draft.warnings.append(message.format(id=item.about))
    if item.variant and item.variant != uid:
        message = _("the issue linked to {id} before stays its variant; take that back with ledger undo")
        draft.warnings.append(message.format(id=item.about))
    lookingback.record(draft, item.uid, finding._replace(variant=uid))
    for path in found.evidence:
        keep_file(work, Target(draft, item.uid), path)
    name = issue.name() if issue is not None else ""
    return Recorded(item.about, found.outcome, reopened, name, _alike(work, found.title, item))


def _reopen(work: Work, review: Draft, item: Item, found: Found) -> bool:
    """Open again what came back; whether it was closed, and so could be."""
    draft, key = subject(work, item)
    if draft.status(key) is not Status.CLOSED:
        message = _("{id} is not closed any more, so it is not opened again").format(id=draft.name(key))
        review.warnings.append(message)
        return False
    if not (work.actor.why or found.text.strip()):
        message = _("{id}: a reason is needed to open it again").format(id=draft.name(key))
        raise RefusedError(message, _("say what came back with --text"))
    with _because(draft, found.text):
        closing.reopen(draft, key, review=str(review.state.fields["uid"]))
    return True


@contextmanager
def _because(draft: Draft, text: str) -> Iterator[None]:
    """What was found is the reason for what is done to the issue, where no other is given."""
    context = draft.context
    draft.context = context._replace(why=context.why or clean(text))
    try:
        yield
    finally:
        draft.context = context


def subject(work: Work, item: Item) -> tuple[Draft, str]:
    """The issue or the measure an item is about, wherever it is now.

    Raises:
        NotFoundError: it is gone.
    """
    number = work.book.read(_file_of(work, item)).state.fields["number"]
    draft = work.draft(int(number))
    return draft, OWN if draft.state.fields["uid"] == item.subject else item.subject


def _file_of(work: Work, item: Item) -> str:
    number = int(item.about.partition(".")[0])
    names = work.book.names(ISSUE)
    likely = [name for name in names if name.startswith(f"{number:04d}-")]
    whole = [name for name in names if name.endswith(f"-{short(item.subject)}.toml")]
    for name in dict.fromkeys([*whole, *likely, *names]):
        state = work.book.read(name).state
        if item.subject == state.fields.get("uid") or item.subject in state.parts:
            return name
    message = _("{id} is gone").format(id=item.about)
    raise NotFoundError(message, _("bring its file back from git; issues are never deleted"))


def _variant(work: Work, review: Draft, item: Item, found: Found) -> Draft:
    """The issue that an old one has become in another shape: a new one, or one on the books already."""
    home, _key = subject(work, item)
    uid = str(home.state.fields["uid"])
    if item.variant and not (found.title or found.variant):
        raise UsageError(
            _("{id} has a variant already").format(id=item.about),
            _("what else was found is recorded with --text and another --outcome"),
        )
    if found.variant:
        from ledger.usecases.targets import issues_only, one

        (draft,) = issues_only([one(work, found.variant)])
        with _because(draft, found.text):
            planning.edit(draft, OWN, planning.variant_fields(draft, uid))
        return draft
    title = one_line(found.title) if found.title else ""
    if not title:
        message = _("{id}: the variant needs a title of its own").format(id=item.about)
        raise UsageError(message, _("give it with --title, or name an issue with --variant"))
    taken = ("category", "unit", "leader", "kind")
    fields = {name: home.state.fields[name] for name in taken if name in home.state.fields}
    number = work.next_number()
    draft = work.new()
    planning.add(draft, number, {**fields, "title": title, "flags": ["variant"], "variant_of": uid})
    return draft


def _alike(work: Work, title: str, item: Item) -> tuple[Alike, ...]:
    """The issues on the books that a new title looks like, but for the one it came of."""
    if not title:
        return ()
    known = index.ask(work.book, populations.titles)
    others = [each for each in known if each[1] != item.about.partition(".")[0]]
    likely = Shelf(each[2] for each in others).like(title)
    return tuple(Alike(others[each.at][1], others[each.at][2], int(each.score * 100)) for each in likely)


def finish(desk: Desk, word: str, redos: Sequence[tuple[Sequence[str], Redo]]) -> Outcome[Review]:
    """Finish a review, saying who does what again by when.

    Shape: `redos` are ids with who does them again by which day.

    Raises:
        RefusedError: something has no outcome yet, or holds and is to be done again.
    """

    def deed(work: Work) -> Review:
        draft = opened(work, word)
        draft.require("finish")
        review = review_of(draft.state)
        by_item: dict[str, Redo] = {}
        for ids, redo in redos:
            full = redo._replace(by=work.book.people.full(redo.by))
            for each in parse_ids(ids):
                by_item.update({item.uid: full for item in _meant(work, review, each)})
        lookingback.finish(draft, by_item)
        names = list(dict.fromkeys(redo.by for redo in by_item.values()))
        draft.warnings.extend(work.book.people.remarks(names, work.actor.on))
        return review_of(draft.state)

    return change(desk, "lookback finish", deed)
