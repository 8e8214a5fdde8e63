"""Letters signed, received, answered, judged and taken back."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from ledger import language
from ledger.domain.acts import letters as acts
from ledger.domain.course import OWN
from ledger.domain.docnumber import folded, following
from ledger.domain.ladder import NUMBERS
from ledger.domain.letter import LETTER, letter_of
from ledger.domain.text import clean, one_line
from ledger.domain.words import said
from ledger.domain.workdays import add_workdays
from ledger.errors import RefusedError, UsageError
from ledger.store import lists
from ledger.store.calendar import workdays_of
from ledger.store.listed import Day
from ledger.usecases.change import Desk, Outcome, Work, change
from ledger.usecases.letters import reading, wording
from ledger.usecases.letters.choosing import OVER
from ledger.usecases.sight import Sight, ask
from ledger.usecases.targets import Target
from ledger.usecases.working import keep_file

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from ledger.domain.acts.draft import Draft
    from ledger.domain.acts.letters import Judgement
    from ledger.domain.letter import Letter


def sign(
    desk: Desk, words: Sequence[str], *, number: str = "", signer: str = ""
) -> Outcome[list[tuple[str, str]]]:
    """Sign letters; gives the id of each with the number that stands on paper.

    Shape: `number` is the office's own, of one letter; else each gets the next in the series of its rung and
        year.

    Raises:
        RefusedError: the number was given before, if only to a letter that was withdrawn since; something a
            letter is about is closed or void by now; the calendar does not know the year.
    """
    numbers = reading.numbers(words)
    given = one_line(number) if number else ""
    if given and len(numbers) > 1:
        raise UsageError(_("one number is for one letter"), _("sign them one by one, or leave out --number"))

    def deed(work: Work) -> list[tuple[str, str]]:
        series = _Series(work)
        decided = desk.book.people.full(one_line(signer)) if signer else ""
        drafts = [work.draft(each, LETTER) for each in numbers]
        for draft in drafts:
            draft.require("sign")
        letters = [letter_of(draft.state) for draft in drafts]
        _still_open(desk, letters)
        signed = []
        for draft, letter in zip(drafts, letters, strict=True):
            reference = series.take(letter, given)
            acts.sign(draft, reference, _dated(desk, letter), signer=decided)
            signed.append((draft.name(), reference))
        return signed

    return change(desk, "letter sign", deed)


class _Series:
    """The numbers that were given to letters, taken back or not, and what comes next."""

    def __init__(self, work: Work) -> None:
        self.day = work.actor.on
        self.settings = work.book.settings
        self.given: dict[str, str] = {}
        for record in work.book.records(LETTER):
            name = LETTER.id_of(int(record.state.fields.get("number", 0)))
            for entry in record.entries:  # those undone since too: the paper may be out
                if entry.set.get("reference"):
                    self.given[folded(str(entry.set["reference"]))] = name

    def take(self, letter: Letter, own: str) -> str:
        """The number a letter gets: the office's own, or the next; from now on it is given."""
        reference = own or self._next(letter)
        holder = self.given.get(folded(reference), letter.id)
        if holder != letter.id:
            message = _("the number {number} was given to {id}").format(number=reference, id=holder)
            raise RefusedError(message, _("a number is given once; leave out --number for the next one"))
        self.given[folded(reference)] = letter.id
        return reference

    def _next(self, letter: Letter) -> str:
        ladder = self.settings.letters
        rung = ladder.rung(letter.rung)
        form = ladder.number or NUMBERS[self.settings.language or wording.LANGUAGE]
        others = [number for number, name in self.given.items() if name != letter.id]
        series = (rung.series if rung else "") or letter.form
        return following(form, others, prefix=ladder.prefix, series=series, year=self.day.year)


def _still_open(desk: Desk, letters: Sequence[Letter]) -> None:
    """Refuse to send out a letter about what has been settled since it was drafted."""
    sight = Sight(desk.book, desk.actor.on)
    day = Day(sight.day, desk.book.settings.lights)
    uids = list(dict.fromkeys(uid for letter in letters for uid in letter.items))
    over = {each.uid: each for each in ask(sight, lambda asked: lists.named(asked, uids, day))}
    for letter in letters:
        for row in (over[uid] for uid in letter.items if uid in over and over[uid].status in OVER):
            message = _("{letter} is about {id}, which is {status} by now").format(
                letter=letter.id, id=row.id, status=said("status", row.status)
            )
            hint = _("withdraw it and draft another: ledger letter withdraw {id} --why REASON")
            raise RefusedError(message, hint.format(id=letter.id))


def _dated(desk: Desk, letter: Letter) -> dict[str, Any]:
    """The dates that follow from the day of signing; demands nobody has changed name them."""
    on, is_workday = desk.actor.on, workdays_of(desk.book.settings.workdays)

    def counted(days: int | None) -> dt.date | None:
        return None if days is None else add_workdays(on, days, is_workday)

    finish_by = letter.finish_by or counted(letter.finish_workdays)
    if letter.finish_by is not None and letter.finish_by < on:
        message = _("{id} asks for the work by {day}, which is past").format(
            id=letter.id, day=letter.finish_by
        )
        raise RefusedError(message, _("ledger letter edit {id} --finish-by DATE").format(id=letter.id))
    reply_by = counted(letter.reply_workdays)
    dates = {"finish_by": finish_by, "reply_by": reply_by}
    asked = wording.Demand(letter.finish_workdays, letter.finish_by, letter.reply_workdays, None)
    with language.speaking(desk.book.settings.language or wording.LANGUAGE):
        if letter.demands == wording.demands(asked):
            dated = wording.Demand(None, finish_by, None, reply_by)
            return {**_given(dates), "demands": wording.demands(dated)}
    return _given(dates)


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def receive(desk: Desk, words: Sequence[str], receiver: str = "") -> Outcome[None]:
    """Write down that letters arrived, and who took them."""
    name = desk.book.people.full(one_line(receiver)) if receiver else ""
    return _each(desk, "letter receipt", words, lambda draft: acts.receive(draft, name))


def reply(desk: Desk, word: str, text: str, paths: Sequence[Path], judged: Judgement) -> Outcome[None]:
    """Write down an answer, with what came with it; with a verdict alone the newest answer is judged.

    Raises:
        UsageError: neither a text, nor a file, nor a verdict.
        RefusedError: the letter is not out, or was answered by none so far; the answer is older than it.
    """
    said_in_it = clean(text) if text else ""
    told = judged._replace(opinion=clean(judged.opinion) if judged.opinion else "")
    if judged.signer:
        told = told._replace(signer=desk.book.people.full(one_line(judged.signer)))
    if not said_in_it and not paths and not told.verdict:
        message = _("an answer needs a text or a file, a judgement a verdict")
        raise UsageError(message, _("give --text TEXT, --file FILE or --verdict VERDICT"))
    number = reading.one(word)

    def deed(work: Work) -> None:
        draft = work.draft(number, LETTER)
        if not said_in_it and not paths:
            acts.judge(draft, told)
            return
        draft.require("reply")
        files = [keep_file(work, Target(draft, OWN), path) for path in paths]
        acts.reply(draft, said_in_it, files, told)

    return change(desk, "letter reply", deed)


def withdraw(desk: Desk, words: Sequence[str]) -> Outcome[None]:
    """Take letters back, with the reason; their numbers stay with them."""
    return _each(desk, "letter withdraw", words, acts.withdraw)


def _each(desk: Desk, command: str, words: Sequence[str], act: Callable[[Draft], None]) -> Outcome[None]:
    numbers = reading.numbers(words)

    def deed(work: Work) -> None:
        for number in numbers:
            act(work.draft(number, LETTER))

    return change(desk, command, deed)
