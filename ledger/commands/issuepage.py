"""An issue, or one measure, as a page for a person; see `ui.page` for how its lines are laid out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from gettext import gettext as _
from gettext import ngettext

from ledger.commands import letterpage, looking
from ledger.domain.closeout import Outcome
from ledger.domain.course import OWN
from ledger.domain.entry import Entry
from ledger.domain.following import followed
from ledger.domain.issue import CloseOut, Issue, Measure, Signature, Target
from ledger.domain.lateness import REVIEWED
from ledger.domain.lights import Lamps, days_late, only_days
from ledger.domain.moves import Status
from ledger.domain.recurrence import in_words
from ledger.domain.ticked import Ticked
from ledger.domain.withheld import Withheld
from ledger.domain.words import clauses, listed
from ledger.reports.headway import names_told, periods_told
from ledger.ui import labels, page
from ledger.ui.console import Part, Toned
from ledger.ui.page import Line
from ledger.usecases.cluereading import made_of
from ledger.usecases.letters import reading as letters
from ledger.usecases.looking import Chosen, requests
from ledger.usecases.shining import lamps
from ledger.usecases.sight import Sight
from ledger.usecases.variants import name_of

#: How many of the last notes stand under a measure on the page of its issue.
LAST_NOTES = 2
#: Digits of a file's digest on a page. Units: hexadecimal digits; the whole of it stands in `--json`.
DIGITS = 12
_EDGE = "   "


class Page:
    """Pages for one ledger on one day, on a screen of some width."""

    def __init__(self, seen: Sight, width: int) -> None:
        """Look the words of the ledger up once."""
        self.seen = seen
        self.day = seen.day
        self.book = seen.book
        self.settings = seen.book.settings
        self.lights = looking.lights(self.settings)
        self.steps: Mapping[str, str] = looking.steps(seen.book.settings)
        self.width = width
        self.words = labels.labels("field")

    def lines(self, chosen: Chosen) -> Iterator[Line]:
        """The page of what was chosen: a measure in full, or an issue with its measures."""
        if chosen.key == OWN:
            yield from self._issue(chosen)
        else:
            yield from self._measure(chosen)

    # -- an issue -------------------------------------------------------------------------------------

    def _issue(self, chosen: Chosen) -> Iterator[Line]:
        issue = chosen.seen.issue
        days = days_late(issue.late_since, self.day)
        yield from self._head(f"{issue.id}  {issue.title}", chosen, days)
        clue = (labels.label("clue_field", "title"), made_of(self.book, chosen.seen.state))
        before = (self.words["variant_of"], name_of(self.book, issue.variant_of))
        yield from self._facts([*_about_issue(issue), before, clue])
        yield from self._facts(self._responsible(issue))
        yield from self._facts([*_dates(issue), *self._rule(chosen)])
        yield from self._facts(_matter(issue))
        yield from self._letters([issue.uid, *(each.uid for each in issue.measures)])
        yield from self._beneath(chosen, issue, _EDGE, last=LAST_NOTES)
        if issue.measures:
            yield ("",)
            yield from self._measures(chosen, issue.measures)

    def _measures(self, chosen: Chosen, measures: Sequence[Measure]) -> Iterator[Line]:
        lit = None if only_days(self.settings.lights) else lamps(chosen.seen, self.settings)
        rows = [self._row(each, lit) for each in measures]
        edge = _EDGE + " " * (max(page.line_width([row[0]]) for row in rows) + 2)
        grid = page.grid(rows, self.width, indent=_EDGE)
        for each, lines in zip(measures, grid, strict=True):
            yield from lines
            yield from self._facts(_matter(each, short=True), edge)
            own = Chosen(chosen.seen, each.uid)
            yield from self._points(each, edge)
            yield from self._headway(each, edge, full=False)
            yield from self._beneath(own, each, edge, last=LAST_NOTES)

    def _row(self, measure: Measure, lit: Lamps | None) -> tuple[Part, ...]:
        days = measure.overdue_days(self.day)
        due: Part = str(measure.falls_due or measure.due or measure.due_text)
        if measure.status is Status.CLOSED:
            due = str(measure.closed_on or "")
        elif measure.status is Status.VOID:
            due = ""
        if days:
            due = Toned(str(due), "bad")
        late: Part = Toned(looking.lateness(days), "bad") if days else ""
        shown = lit.shining(measure.uid, self.day, now=True) if lit is not None and not days else None
        if shown is not None and shown.rule != "from_days":
            late = looking.light(self.lights, shown.light.code)
        return (measure.id, measure.text, self._standing(measure), due, late)

    # -- a measure --------------------------------------------------------------------------------------

    def _measure(self, chosen: Chosen) -> Iterator[Line]:
        measure = chosen.target
        assert isinstance(measure, Measure)
        issue = chosen.seen.issue
        days = days_late(measure.late_from, self.day)
        yield from self._head(f"{measure.id}  {measure.text}", chosen, days)
        yield from self._facts([(self.words["title"], f"{issue.id} {issue.title}"), *_about(measure)])
        yield from self._facts(self._responsible(measure))
        yield from self._facts([*_dates(measure), *self._rule(chosen)])
        yield from self._facts(_matter(measure))
        yield from self._letters([measure.uid])
        yield from self._points(measure, _EDGE)
        yield from self._headway(measure, _EDGE, full=True)
        yield from self._beneath(chosen, measure, _EDGE, last=None)

    def _letters(self, uids: Sequence[str]) -> Iterator[Line]:
        """The letters about it, each with how it stands."""
        found = letters.about(self.seen, uids)
        if found:
            yield from self._facts([(self.words["letters"], letterpage.named(found, self.seen))])

    # -- their parts --------------------------------------------------------------------------------------

    def _head(self, text: str, chosen: Chosen, days: int | None) -> Iterator[Line]:
        shown = lamps(chosen.seen, self.settings).shining(chosen.key, self.day, now=True)
        right: list[Part] = []
        if shown is not None:
            right = [looking.light(self.lights, shown.light.code), "  ", looking.lateness(days)]
        yield from page.spread(text, right, self.width, indent=_EDGE)
        yield from self._facts([(self.words["status"], str(self._standing(chosen.target)))])

    def _standing(self, target: Target) -> Part:
        word = looking.standing(target.status, target.signed, target.steps)
        return Toned(_("{status}, suspect").format(status=word), "bad") if target.suspect else word

    def _facts(self, pairs: Sequence[tuple[str, str]], indent: str = _EDGE) -> Iterator[Line]:
        yield from page.facts(pairs, self.width, indent=indent)

    def _rule(self, chosen: Chosen) -> list[tuple[str, str]]:
        """The rule the deadline followed from, where nobody gave it."""
        rule = followed(chosen.seen.state, chosen.seen.undone, chosen.key)
        if rule is None:
            return []
        words = _("{limit} after the feedback of {since}")
        return [(self.words["due_derived"], words.format(limit=rule.limit.words(), since=rule.since))]

    def _responsible(self, target: Target) -> list[tuple[str, str]]:
        claimed = ""
        if isinstance(target, Issue) and target.claimed_by:
            claimed = f"{target.claimed_by} {target.claimed_on or ''}".rstrip()
        return [
            (self.words["leader"], target.leader),
            (self.words["unit"], target.unit),
            (self.words["co_units"], listed(target.co_units)),
            (self.words["owner"], target.owner),
            (self.words["claimed_by"], claimed),
        ]

    def _points(self, measure: Measure, edge: str) -> Iterator[Line]:
        for each in measure.points:
            state = _("not done") if each.done_on is None else _("done {day}").format(day=each.done_on)
            text = _("{text} ({state})").format(text=each.text, state=state)
            yield from self._paragraph(f"{measure.id}.{each.number}  ", text, edge)

    def _headway(self, measure: Measure, edge: str, *, full: bool) -> Iterator[Line]:
        """How far it is with its names and its periods; each of them in full."""
        every = "" if measure.recurrence is None else in_words(measure.recurrence)
        facts = [
            (self.words["roster"], names_told(measure)),
            (self.words["recurrence"], clauses(filter(None, (every, periods_told(measure, self.day))))),
        ]
        for label, said in facts:
            yield from self._facts([(label, said)], edge)
            rows = measure.roster if label == self.words["roster"] else measure.occurrences
            yield from (line for each in rows if full for line in self._ticked(each, edge))

    def _ticked(self, row: Ticked, edge: str) -> Iterator[Line]:
        state = _("not done")
        if row.done_on is not None:
            state = _("done {day}").format(day=row.done_on)
        elif row.excused_on is not None:
            state = _("excused {day}").format(day=row.excused_on)
        yield from self._paragraph(f"{row.name}  ", clauses(filter(None, (state, row.text))), edge + "  ")

    def _beneath(self, chosen: Chosen, target: Target, edge: str, *, last: int | None) -> Iterator[Line]:
        """Notes, evidence, sign-offs and requests; all of them in full where `last` is None."""
        notes = target.notes if last is None else target.notes[-last:]
        if len(notes) < len(target.notes):
            left = len(target.notes) - len(notes)
            words = ngettext("{count} earlier note: {command}", "{count} earlier notes: {command}", left)
            yield from self._paragraph("", words.format(count=left, command=_in_full(target)), edge)
        for note in notes:
            yield from self._paragraph(f"{note.on} {note.by}  ", note.text, edge)
        yield from self._evidence(target, edge, full=last is None)
        for place, run in enumerate(target.closeouts, 1):
            if last is None:
                yield from self._run(run, place, edge)
            elif run.outcome in (Outcome.OPEN, Outcome.CLOSED):
                yield from self._run_in_short(run, edge)
        if last is not None:
            yield from self._past(target, edge)
        for entry in requests(chosen):
            yield from self._paragraph("", _wish(entry), edge)

    def _evidence(self, target: Target, edge: str, *, full: bool) -> Iterator[Line]:
        if not full:
            yield from self._facts(
                [(self.words["evidence"], listed(each.name for each in target.evidence))], edge
            )
            return
        for each in target.evidence:
            known = (each.kind, each.proves, _size(each.size), each.sha256[:DIGITS])
            yield from self._paragraph(
                f"{self.words['evidence']} ", "  ".join(filter(None, (each.name, *known))), edge
            )

    def _run_in_short(self, run: CloseOut, edge: str) -> Iterator[Line]:
        signed = clauses(self._signature(each) for each in run.signatures)
        head = f"{_('sign-offs')} {len(run.signatures)}/{len(run.steps)}  "
        following = self._next(run)
        yield from self._paragraph(head, clauses(filter(None, (signed, following))), edge)

    def _next(self, run: CloseOut) -> str:
        if run.outcome is not Outcome.OPEN or len(run.signatures) == len(run.steps):
            return ""
        code = run.steps[len(run.signatures)]
        return _("next: {step}").format(step=self.steps.get(code, code))

    def _signature(self, signature: Signature) -> str:
        who = listed(filter(None, (signature.signer, signature.meeting)))
        said = f"{self.steps.get(signature.step, signature.step)} {signature.on} {who}".rstrip()
        return _("{signature} (suspect)").format(signature=said) if signature.suspect else said

    def _run(self, run: CloseOut, place: int, edge: str) -> Iterator[Line]:
        outcome = labels.label("outcome", run.outcome)
        head = _("close-out {place}: {outcome}").format(place=place, outcome=outcome)
        ended = f" {run.ended_on}" if run.ended_on else ""
        yield from self._paragraph(
            f"{head}{ended}  ", clauses(filter(None, (run.why, self._next(run)))), edge
        )
        for number, each in enumerate(run.signatures, 1):
            said = clauses(filter(None, (self._signature(each), each.opinion)))
            yield from self._paragraph(f"{number}/{len(run.steps)}  ", said, edge + "  ")

    def _past(self, target: Target, edge: str) -> Iterator[Line]:
        words = [
            (ngettext("returned once", "returned {count} times", target.rejected), target.rejected),
            (ngettext("reopened once", "reopened {count} times", target.reopened), target.reopened),
            (ngettext("came back once", "came back {count} times", target.rebounds), target.rebounds),
        ]
        said = listed(text.format(count=count) for text, count in words if count)
        if said:
            yield from self._paragraph("", said, edge)

    def _paragraph(self, head: str, text: str, edge: str) -> Iterator[Line]:
        yield from ((line,) for line in page.paragraph(head, text, self.width, indent=edge))


def _in_full(target: Target) -> str:
    command = "show" if isinstance(target, Measure) else "history"
    return f"ledger {command} {target.id}"


def _about_issue(issue: Issue) -> list[tuple[str, str]]:
    words = labels.labels("field")
    flags = labels.labels("flag")
    return [
        (words["category"], issue.category),
        (words["kind"], "" if issue.kind == "finding" else labels.label("kind", issue.kind)),
        *_about(issue),
        (words["flags"], listed(flags.get(each, each) for each in issue.flags)),
        (words["formerly"], listed(map(str, issue.formerly))),
    ]


def _about(target: Target) -> list[tuple[str, str]]:
    words = labels.labels("field")
    term = labels.label("term", target.term) if target.term else ""
    return [
        (words["term"], listed(filter(None, (term, words["continuing"] if target.continuing else "")))),
        (_("void because"), target.void_why),
        (words["withheld"], _withheld(target.withheld)),
    ]


def _withheld(found: Withheld | None) -> str:
    """Of which kind it is, why it is withheld, and who agreed."""
    if found is None:
        return ""
    agreed = _("agreed by {by} on {on}").format(by=found.by, on=found.on) if found.by else ""
    return clauses([labels.label("withheld", found.kind), *filter(None, (found.why, agreed))])


def _dates(target: Target) -> list[tuple[str, str]]:
    words = labels.labels("field")
    return [
        (words["due"], due_in_words(target)),
        (words["interim_goal"], target.interim_goal),
        (words["review_on"], str(target.review_on or "")),
    ]


def due_in_words(target: Target) -> str:
    """The deadline in force, with the original one where it was another, and as it was printed."""
    if target.due is None:
        return target.due_text
    beside = []
    if target.due_original not in (None, target.due):
        beside.append(_("originally {day}").format(day=target.due_original))
    if target.due_text:
        beside.append(_('printed "{text}"').format(text=target.due_text))
    words = _("{due} ({more})") if beside else "{due}"
    return words.format(due=target.due, more=listed(beside))


def _matter(target: Target, *, short: bool = False) -> list[tuple[str, str]]:
    words = labels.labels("field")
    names = ("result",) if short else ("criterion", "deliverable", "result", "remark")
    found = [(words[name], getattr(target, name)) for name in names]
    if short and target.status in REVIEWED:
        found += [
            (words["interim_goal"], target.interim_goal),
            (words["review_on"], str(target.review_on or "")),
        ]
    return found


def _wish(entry: Entry) -> str:
    """What was asked for and has had no answer."""
    wish = entry.data.get("request", {})
    if entry.do == "extend":
        words = _("{by} asked on {on} for more time, until {due}: {why}")
    else:
        words = _("{by} asked on {on} to carry on long-term, next review {review_on}: {why}")
    return words.format(
        by=entry.by,
        on=entry.on,
        why=entry.why or "",
        due=wish.get("due_text") or wish.get("due", ""),
        review_on=wish.get("review_on", ""),
    )


def _size(count: int) -> str:
    """Bytes as people write them."""
    if count < 1024:
        return f"{count} B"
    return f"{count / 1024:.1f} kB" if count < 1024 * 1024 else f"{count / 1024 / 1024:.1f} MB"
