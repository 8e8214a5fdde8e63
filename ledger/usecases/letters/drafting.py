"""Letters begun: from what the rules call for, or freely; and drafts changed."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger import language
from ledger.domain.acts import letters as acts
from ledger.domain.issue import Measure
from ledger.domain.ladder import PENDING
from ledger.domain.letter import LETTER, Ground
from ledger.domain.schema import Kind
from ledger.domain.text import clean, one_line
from ledger.errors import RefusedError, UsageError
from ledger.usecases.change import Desk, Outcome, Work, change, new_id
from ledger.usecases.letters import choosing, reading, wording
from ledger.usecases.sight import Sight

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.domain.ladder import Rung
    from ledger.domain.letter import Letter
    from ledger.store.book import Book
    from ledger.usecases.letters.choosing import Item


class Wishes(NamedTuple):
    """What the writer of a letter says beside the rules; empty means as the settings have it.

    Shape: `to` is the addressee, None the responsible unit; `copies` are further ones that get it.
    """

    to: str | None = None
    reason: str = ""
    copies: tuple[str, ...] = ()
    contact: str = ""
    finish_by: dt.date | None = None


NO_WISHES = Wishes()


class Begun(NamedTuple):
    """The letters begun, and what was left out because nobody is responsible for it."""

    ids: list[str]
    left_out: list[str]


def draft(
    desk: Desk, words: Sequence[str], *, every: bool = False, rung: str = "", wishes: Wishes = NO_WISHES
) -> Outcome[Begun]:
    """Begin letters, one a rung and addressee.

    Shape: without `rung` what the rules call for, of the measures that `words` name, or of `every`; with it a
        letter of that rung about the measures named, whatever the rules say.

    Raises:
        UsageError: no measure is named, or there is no such rung.
        RefusedError: nobody is to be written to, or nobody knows them; a measure is closed or void; no rule
            calls for a letter about it.
    """
    if rung and every:
        raise UsageError(_("--all takes what the rules call for"), _("leave out --rung, or name measures"))
    if not words and not every:
        message = _("no measure is named")
        raise UsageError(message, _("name them, or take all that is called for with --all"))

    def deed(work: Work) -> Begun:
        sight = Sight(desk.book, desk.actor.on)
        left_out: list[str] = []
        if rung:
            chosen = choosing.freely(sight, words, rung)
        else:
            chosen = choosing.called_for(sight, words)
            if not words and wishes.to is None:
                left_out = [item.target.id for _rung, item in chosen if not item.target.unit]
                chosen = [each for each in chosen if each[1].target.unit]
        known = reading.letters(sight)
        groups = choosing.addressed(desk.book, chosen, wishes.to)
        writer = _Writer(work, known, _cleanly(wishes))
        ids = [writer.begin(one, to, items) for (one, to), items in groups]
        return Begun(ids, left_out)

    return change(desk, "letter draft", deed)


def _cleanly(wishes: Wishes) -> Wishes:
    """What the writer says in the one form that is stored."""
    reason = clean(wishes.reason) if wishes.reason else ""
    contact = one_line(wishes.contact) if wishes.contact else ""
    return wishes._replace(reason=reason, contact=contact)


class _Writer:
    """Writes the letters of one command."""

    def __init__(self, work: Work, known: Sequence[Letter], wishes: Wishes) -> None:
        self.work = work
        self.known = known
        self.wishes = wishes
        self.day = work.actor.on
        self.settings = work.book.settings
        self.language = self.settings.language or wording.LANGUAGE

    def begin(self, rung: Rung, to: str, items: Sequence[Item]) -> str:
        """One letter; gives its id."""
        ladder, wishes = self.settings.letters, self.wishes
        new = self.work.new(LETTER)
        fields = {
            "uid": new_id(),
            "number": self.work.next_number(LETTER),
            "rung": rung.code,
            "form": rung.label(self.language),
            "addressee": to,
            "copies": self._copies(),
            "items": [each.target.uid for each in items],
            "finish_workdays": None if wishes.finish_by else rung.finish_workdays,
            "finish_by": wishes.finish_by,
            "reply_workdays": rung.reply_workdays,
            "contact": wishes.contact or ladder.contact,
            "signature": self.settings.org,
            **self._said(rung, to, items),
        }
        given = {name: value for name, value in fields.items() if value not in (None, "", [])}
        acts.write(new, given, [_ground(each, self.day, rung) for each in items])
        new.warnings += self.work.book.people.remarks([to, *self._copies()], self.day)
        new.warnings += self._said_already(rung, items)
        return new.name()

    def _copies(self) -> list[str]:
        """Who gets a copy: who always does, and whom the writer names."""
        names = (*self.settings.letters.copies, *self.wishes.copies)
        return list(dict.fromkeys(self.work.book.people.full(one_line(each)) for each in names))

    def _said(self, rung: Rung, to: str, items: Sequence[Item]) -> dict[str, str]:
        """What the letter says, in the language of the ledger."""
        matters = [self._matter(each) for each in items]
        asked = wording.Demand(rung.finish_workdays, self.wishes.finish_by, rung.reply_workdays, None)
        following = self.settings.letters.above(rung.code)
        follows = following.label(self.language) if following else ""
        with language.speaking(self.language):
            return {
                "title": wording.title(rung.label(self.language), matters),
                "text": wording.text(to, matters, self.day, self.wishes.reason),
                "demands": wording.demands(asked),
                "consequence": wording.consequence(follows) if rung.consequence else "",
            }

    def _matter(self, item: Item) -> wording.Matter:
        target, due = item.target, item.target.late_from
        about = [each for each in self.known if each.counts and target.uid in each.items]
        return wording.Matter(
            id=target.id,
            issue=item.issue.id,
            title=item.issue.title,
            text=target.text if isinstance(target, Measure) else "",
            original=target.due_original or target.due,
            due=due,
            by_review=target.late_by == "review",
            days=None if due is None else (self.day - due).days,
            earlier=tuple(reading.name_of(each) for each in about),
        )

    def _said_already(self, rung: Rung, items: Sequence[Item]) -> Iterator[str]:
        """A remark for every letter that says the same and waits."""
        for each in self.known:
            if each.rung == rung.code and each.stage != "void" and each.standing(self.day) in PENDING:
                same = [item.target.id for item in items if item.target.uid in each.items]
                if same and each.stage != "withdrawn":
                    yield _("{letter} says the same of {ids} and waits").format(
                        letter=each.id, ids=" ".join(same)
                    )


def _ground(item: Item, day: dt.date, rung: Rung) -> Ground:
    due, cause = item.target.late_from, item.cause
    days = None if due is None else (day - due).days
    rule, place = (cause.code, rung.place) if cause else ("", "")
    return Ground(item.target.uid, item.target.id, due, days, rule, place)


def rewrite(desk: Desk, word: str, given: Mapping[str, Any]) -> Outcome[None]:
    """Change what a draft says.

    Shape: `given` holds fields of the letter as typed; what is empty is taken away.

    Raises:
        UsageError: nothing is given.
        RefusedError: it was signed; it would say nothing, or go to nobody.
    """
    if not given:
        raise UsageError(_("nothing to change was given"), _("ledger letter edit --help lists the fields"))

    def deed(work: Work) -> None:
        changes = {name: _cleaned(desk.book, name, value) for name, value in given.items()}
        letter = work.draft(reading.one(word), LETTER)
        acts.rewrite(letter, changes)
        copies = changes.get("copies")
        names = [changes.get("addressee"), *(copies if isinstance(copies, list) else ())]
        letter.warnings += desk.book.people.remarks([str(each) for each in names if each], work.actor.on)

    return change(desk, "letter edit", deed)


def _cleaned(book: Book, name: str, value: Any) -> object:  # noqa: ANN401 - fields hold many kinds
    if name == "addressee":
        return choosing.addressee(book, value)
    if name == "copies":
        return [book.people.full(each) for each in map(one_line, value) if each] or None
    if not isinstance(value, str):
        return value
    words = clean(value) if LETTER.by_name[name].kind is Kind.TEXT else one_line(value)
    if not words and name in ("title", "text"):
        raise RefusedError(
            _("a letter needs a title and a text"), _("give it with --{name}").format(name=name)
        )
    return words or None
