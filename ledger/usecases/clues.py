"""What a person does about a clue, from registering it to answering whoever gave it (线索)."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.acts import clues as acts
from ledger.domain.acts import planning
from ledger.domain.acts.clues import Handling
from ledger.domain.acts.working import ANYBODY, Decision
from ledger.domain.clue import CLUE
from ledger.domain.course import OWN
from ledger.domain.register import PUBLICATIONS, register
from ledger.domain.schema import ISSUE
from ledger.domain.text import clean, one_line
from ledger.errors import UsageError
from ledger.store import registers
from ledger.store.calendar import workdays_of
from ledger.usecases import registering
from ledger.usecases.change import Desk, Outcome, Work, change
from ledger.usecases.fields import fields_from, measure_text, unknown_names, with_leader
from ledger.usecases.targets import Target, one, targets
from ledger.usecases.working import keep_file

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from ledger.domain.acts.draft import Draft
    from ledger.domain.limits import Limit
    from ledger.store.book import Book


class Decided(NamedTuple):
    """Who decided on a step, what was said, and how long the next one may take.

    Shape: empty means whoever records, and the limit of the settings.
    """

    signer: str = ""
    meeting: str = ""
    opinion: str = ""
    within: Limit | None = None


NOBODY = Decided()


def add(desk: Desk, given: Mapping[str, Any], paths: Sequence[Path] = ()) -> Outcome[str]:
    """Register a clue, with the files that came with it; gives its id.

    Shape: `given` holds fields as typed, title and channel among them; the channel is a code.
    """

    def deed(work: Work) -> str:
        draft = enter(work, given, handling(desk))
        for path in paths:
            keep_file(work, Target(draft, OWN), path)
        return draft.name()

    return change(desk, "clue add", deed)


def commented(book: Book, word: str) -> str:
    """The uid of the publication somebody comments on, by its id or its number.

    Raises:
        NotFoundError: there is none.
        UsageError: something else is meant.
    """
    declaration = registers.declared(book.settings)[PUBLICATIONS]
    (number,) = registering.numbers(declaration, [word])
    return str(book.find(number, register(PUBLICATIONS)).state.fields["uid"])


def enter(work: Work, given: Mapping[str, Any], how: Handling, on: dt.date | None = None) -> Draft:
    """A new clue with these fields, registered on a day, as part of a change."""
    fields = fields_from(work.book, given, CLUE.by_name, today=work.actor.on)
    draft = work.new(CLUE)
    draft.context = draft.context._replace(on=on or work.actor.on)
    acts.register(draft, work.next_number(CLUE), fields, how)
    draft.warnings.extend(unknown_names(work.book, {"unit": fields.get("unit")}, work.actor.on))
    return draft


def handling(desk: Desk, decided: Decided = NOBODY) -> Handling:
    """How acts on clues go under a ledger's settings."""
    full = desk.book.people.full
    opinion = clean(decided.opinion) if decided.opinion else ""
    who = ANYBODY
    if decided.signer or decided.meeting:
        signer = full(one_line(decided.signer)) if decided.signer else ""
        who = Decision(signer, one_line(decided.meeting) if decided.meeting else "")
    return Handling(workdays_of(desk.book.settings.workdays), who, opinion, decided.within)


def route(desk: Desk, ids: Sequence[str], to: str, decided: Decided = NOBODY) -> Outcome[None]:
    """Hand clues to the unit or person who is to verify them."""
    name = desk.book.people.full(_said(to, _("say who is to verify it"), "--to"))
    how = handling(desk, decided)

    def act(draft: Draft) -> None:
        acts.route(draft, name, how)
        draft.warnings.extend(unknown_names(desk.book, {"unit": name}, desk.actor.on))

    return _each(desk, "clue route", ids, act)


def verify(
    desk: Desk, ids: Sequence[str], outcome: str, finding: str, decided: Decided = NOBODY
) -> Outcome[None]:
    """Say what the verification of clues came to."""
    found, how = clean(finding) if finding else "", handling(desk, decided)
    return _each(desk, "clue verify", ids, lambda draft: acts.verify(draft, outcome, found, how))


def transfer(
    desk: Desk,
    ids: Sequence[str],
    to: str,
    number: str,
    decided: Decided = NOBODY,
) -> Outcome[None]:
    """Hand clues to another body."""
    name, how = _said(to, _("say to whom it goes"), "--to"), handling(desk, decided)
    numbered = one_line(number) if number else ""
    return _each(desk, "clue transfer", ids, lambda draft: acts.transfer(draft, name, numbered, how))


def receipt(desk: Desk, ids: Sequence[str], number: str, decided: Decided = NOBODY) -> Outcome[None]:
    """Write down that the other body has them."""
    numbered, how = one_line(number) if number else "", handling(desk, decided)
    return _each(desk, "clue receipt", ids, lambda draft: acts.receipt(draft, numbered, how))


def result(desk: Desk, ids: Sequence[str], text: str, decided: Decided = NOBODY) -> Outcome[None]:
    """Write down what came of it at the other body."""
    words, how = _text(text, _("say what came of it"), "--text"), handling(desk, decided)
    return _each(desk, "clue result", ids, lambda draft: acts.result(draft, words, how))


def conclude(desk: Desk, ids: Sequence[str], text: str, decided: Decided = NOBODY) -> Outcome[None]:
    """Bring clues to an end, with what was done."""
    words, how = clean(text) if text else "", handling(desk, decided)
    return _each(desk, "clue conclude", ids, lambda draft: acts.conclude(draft, words, how))


def feedback(desk: Desk, ids: Sequence[str], text: str, decided: Decided = NOBODY) -> Outcome[None]:
    """Answer whoever gave them."""
    words, how = _text(text, _("say what was answered"), "--text"), handling(desk, decided)
    return _each(desk, "clue feedback", ids, lambda draft: acts.feedback(draft, words, how))


def make_issue(
    desk: Desk, word: str, given: Mapping[str, Any], measures: Sequence[str], decided: Decided = NOBODY
) -> Outcome[str]:
    """Put what a clue says on the books as an issue; both say so of each other. Gives the issue's number.

    Shape: `given` are fields of the issue as typed; title and unit are the clue's where they say nothing.
    """

    def deed(work: Work) -> str:
        clue = _clue(one(work, word, others=True))
        held = clue.state.fields
        clue.require("issue")
        own = {"title": held.get("title"), "unit": held.get("unit")}
        typed = fields_from(desk.book, {**own, **given}, ISSUE.by_name, today=desk.actor.on)
        fields = with_leader(desk.book, typed, desk.actor.on)
        issue = work.new()
        number = work.next_number()
        texts = [{"text": measure_text(each)} for each in measures]
        planning.add(issue, number, fields, texts, said={"clue": str(held["uid"])})
        issue.warnings.extend(unknown_names(desk.book, fields, desk.actor.on))
        acts.make_issue(clue, str(issue.state.fields["uid"]), handling(desk, decided))
        return str(number)

    return change(desk, "clue issue", deed)


def _each(desk: Desk, command: str, ids: Sequence[str], act: Callable[[Draft], None]) -> Outcome[None]:
    def deed(work: Work) -> None:
        for target in targets(work, ids, others=True):
            act(_clue(target))

    return change(desk, command, deed)


def _clue(target: Target) -> Draft:
    if target.draft.state.schema is not CLUE:
        message = _("{id} is no clue").format(id=target.draft.name(target.key))
        raise UsageError(message, _("clues are written C12; ledger clue list shows them"))
    return target.draft


def _said(words: str, hint: str, flag: str) -> str:
    line = one_line(words) if words else ""
    if not line:
        raise UsageError(_("{flag} says nothing").format(flag=flag), hint)
    return line


def _text(words: str, hint: str, flag: str) -> str:
    text = clean(words) if words else ""
    if not text:
        raise UsageError(_("{flag} says nothing").format(flag=flag), hint)
    return text
