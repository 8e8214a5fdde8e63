"""The daily work: notes, evidence, points, results, and deadlines that move."""

from __future__ import annotations

import datetime as dt
from functools import partial
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from ledger.domain.acts import reviewing, working
from ledger.domain.acts.working import ANYBODY, Decision
from ledger.domain.moves import Act
from ledger.domain.schema import CHRONICLE
from ledger.domain.text import clean, one_line
from ledger.errors import UsageError
from ledger.usecases.change import Desk, Outcome, Work, change, new_id
from ledger.usecases.deriving import Ruled, next_review
from ledger.usecases.fields import typed
from ledger.usecases.targets import Target, one, targets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


def _each(
    desk: Desk, command: str, ids: Sequence[str], act: Callable[[Target], None], **may: bool
) -> Outcome[None]:
    """Act on each thing meant; `may` says what may be besides issues and measures, as `targets` has it."""

    def deed(work: Work) -> None:
        for target in targets(work, ids, **may):
            act(target)

    return change(desk, command, deed)


def note(desk: Desk, ids: Sequence[str], text: str) -> Outcome[None]:
    """Write down what was done; without ids it goes into the office's chronicle."""
    words = clean(text)
    if not words:
        raise UsageError(_("a note needs a text"), _("give it with --text"))
    if not ids:
        return change(desk, "note", partial(_chronicle, text=words))
    return _each(desk, "note", ids, lambda target: working.note(target.draft, target.key, words), others=True)


def review(desk: Desk, ids: Sequence[str], text: str, review_on: dt.date | None) -> Outcome[None]:
    """Write down what a review found; the next one is on a day, or as the office's rule says.

    Raises:
        UsageError: no text, nothing named, or neither a day nor a rule for the next one.
    """
    words = clean(text)
    if not words or not ids:
        raise UsageError(
            _("a review needs an id and a text"), _("name what was reviewed; the text with --text")
        )

    def act(target: Target) -> None:
        what = reviewing.interval_of(target.draft, target.key)
        day = review_on or _reviewed_next(desk, target, what)
        if day is None:
            message = _("{id}: no rule says when the next review is").format(id=target.draft.name(target.key))
            rule = f"{what}_review_months"
            raise UsageError(
                message, _("give it with --review-on, or set {rule} under [deadlines]").format(rule=rule)
            )
        reviewing.reviewed(target.draft, target.key, words, day)

    return _each(desk, "note", ids, act)


def _chronicle(work: Work, *, text: str) -> None:
    number = work.next_number(CHRONICLE)
    draft = work.new(CHRONICLE)
    draft.enter("add", set={"uid": new_id(), "number": number, "on": work.actor.on, "text": text})


def attach(
    desk: Desk, pairs: Sequence[tuple[str, Path]], *, kind: str = "", proves: str = ""
) -> Outcome[list[str]]:
    """Keep files as evidence; gives their digests.

    Shape: `pairs` are ids with the file for each. A file that is attached already is only put back in its
        place, where what is kept of it is gone or damaged.
    """

    def deed(work: Work) -> list[str]:
        return [keep_file(work, one(work, word, others=True), path, kind, proves) for word, path in pairs]

    return change(desk, "evidence add", deed)


def keep_file(work: Work, target: Target, path: Path, kind: str = "", proves: str = "") -> str:
    """Keep one file as evidence of what is meant; gives its digest."""
    from ledger.store import evidence

    file = evidence.look_at(path)
    row: dict[str, Any] = {"sha256": file.sha256, "name": file.name, "size": file.size}
    said = (("kind", one_line(kind)), ("proves", clean(proves)))
    row.update({name: value for name, value in said if value})
    folder = work.book.folder
    if evidence.is_kept(folder, file) or not _attached(target, file.sha256):
        working.attach(target.draft, target.key, row)
    work.copies[file.place] = partial(evidence.take_in, folder, file)
    return file.sha256


def _attached(target: Target, sha256: str) -> bool:
    state = target.draft.state
    home = state.fields if target.is_issue else state.parts[target.key]
    return any(row["sha256"] == sha256 for row in home.get("evidence", ()))


def add_points(desk: Desk, word: str, texts: Sequence[str]) -> Outcome[list[str]]:
    """Add checkable parts to a measure; gives their ids."""

    def deed(work: Work) -> list[str]:
        target = one(work, word)
        words = [clean(text) for text in texts]
        if not all(words):
            raise UsageError(_("a point needs a text"), _("give it with --add"))
        numbers = [working.add_point(target.draft, target.key, text) for text in words]
        return [f"{target.draft.name(target.key)}.{number}" for number in numbers]

    return change(desk, "point", deed)


def tick_points(desk: Desk, ids: Sequence[str], *, done: bool = True) -> Outcome[None]:
    """Mark points as done, or as open again; a measure's id means all its points."""

    def tick(target: Target) -> None:
        part = {} if target.is_issue else target.draft.state.parts[target.key]
        every = [each["number"] for each in part.get("points", ())]
        numbers = every if target.point is None else [target.point]
        if not numbers:
            message = _("{id} has no points").format(id=target.draft.name(target.key))
            name = target.draft.name(target.key) + (".1" if target.is_issue else "")
            raise UsageError(message, _("add one with: ledger point {id} --add TEXT").format(id=name))
        for number in numbers:
            working.tick_point(target.draft, target.key, number, done=done)

    return _each(desk, "point", ids, tick, points=True)


def interim(
    desk: Desk, ids: Sequence[str], result: str = "", review_on: dt.date | None = None
) -> Outcome[None]:
    """Report interim completions; without a review date the next one follows from the rule for it."""
    words = clean(result) if result else ""

    def act(target: Target) -> None:
        working.interim(target.draft, target.key, words, review_on or _reviewed_next(desk, target, "interim"))

    return _each(desk, "interim", ids, act)


def _reviewed_next(desk: Desk, target: Target, what: str) -> dt.date | None:
    """The next review by the rule of the office, which is told; nothing without a rule."""
    review = next_review(desk.book, what, desk.actor.on)
    rule = Ruled({}, review=review)
    target.draft.warnings.extend(rule.remarks(target.draft.name(target.key)))
    return review.on if review else None


def done(desk: Desk, ids: Sequence[str], result: str = "") -> Outcome[None]:
    """Report measures or issues as done, with what was achieved."""
    words = clean(result) if result else ""
    return _each(desk, "done", ids, lambda target: working.report_done(target.draft, target.key, words))


def extend(
    desk: Desk, ids: Sequence[str], phrase: str, decided: Decision = ANYBODY, *, request: bool = False
) -> Outcome[None]:
    """Move deadlines, or only ask for it."""
    deadline = typed(desk.book, phrase, today=desk.actor.on)
    if deadline.due is None:
        message = _("the new deadline is not understood: {phrase}").format(phrase=phrase)
        raise UsageError(message, _("write it as 2025-09-30, 2025年9月底前 or +15wd"))
    due, text = deadline.due, deadline.text

    def act(target: Target) -> None:
        if request:
            working.ask_for(target.draft, Act.EXTEND, target.key, {"due": due, "due_text": text})
        else:
            working.extend(target.draft, target.key, due, one_line(text) if text else "", decided)

    return _each(desk, "extend", ids, act)


def approve_request(desk: Desk, ids: Sequence[str], decided: Decision = ANYBODY) -> Outcome[None]:
    """Extend as it was asked for."""

    def act(target: Target) -> None:
        request = target.draft.state.courses[target.key].pending_request("extend")
        if request is None:
            raise UsageError(
                _("nothing was asked for on {id}").format(id=target.draft.name(target.key)),
                _("give the new deadline: ledger extend {id} --to DATE").format(
                    id=target.draft.name(target.key)
                ),
            )
        wish = request.entry.data["request"]
        due = dt.date.fromisoformat(wish["due"])
        working.extend(target.draft, target.key, due, wish.get("due_text", ""), decided)

    return _each(desk, "extend", ids, act)


def refuse(desk: Desk, act: Act, ids: Sequence[str], decided: Decision = ANYBODY) -> Outcome[None]:
    """Refuse what was asked for."""
    return _each(
        desk, str(act), ids, lambda target: working.refuse_request(target.draft, act, target.key, decided)
    )


def longterm(
    desk: Desk, ids: Sequence[str], goal: str, review_on: dt.date | None, decided: Decision = ANYBODY
) -> Outcome[None]:
    """Go on long-term; what is not given is taken from what was asked for."""

    def act(target: Target) -> None:
        aim, review = clean(goal) if goal else "", review_on
        asked = target.draft.state.courses[target.key].pending_request("longterm")
        if asked is not None:
            wish = asked.entry.data["request"]
            aim, review = aim or wish["interim_goal"], review or dt.date.fromisoformat(wish["review_on"])
        aim, review = _goal(desk, target, aim, review)
        working.make_longterm(target.draft, target.key, aim, review, decided)

    return _each(desk, "longterm", ids, act)


def ask_longterm(desk: Desk, ids: Sequence[str], goal: str, review_on: dt.date | None) -> Outcome[None]:
    """Ask that it may go on long-term; nothing changes yet."""

    def act(target: Target) -> None:
        aim, review = _goal(desk, target, clean(goal) if goal else "", review_on)
        wish = {"interim_goal": aim, "review_on": review}
        working.ask_for(target.draft, Act.LONGTERM, target.key, wish)

    return _each(desk, "longterm", ids, act)


def _goal(desk: Desk, target: Target, goal: str, review_on: dt.date | None) -> tuple[str, dt.date]:
    if goal and review_on is None:
        review_on = _reviewed_next(desk, target, "longterm")
    if not goal or review_on is None:
        name = target.draft.name(target.key)
        message = _("{id}: long-term work needs an interim goal and a review date").format(id=name)
        raise UsageError(message, _("give --interim-goal and --review-on"))
    return goal, review_on


def void(desk: Desk, ids: Sequence[str]) -> Outcome[None]:
    """Take issues or measures off the books, with the reason."""
    return _each(desk, "void", ids, lambda target: working.void(target.draft, target.key), others=True)
