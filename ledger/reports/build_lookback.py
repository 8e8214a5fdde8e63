"""The report of a look-back (回头看报告): how it was drawn, what was found, what follows."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext, pgettext
from typing import TYPE_CHECKING, Final

from ledger.domain.closeout import Outcome
from ledger.domain.rates import percent
from ledger.domain.review import FLAG, OUTCOMES, Stratum
from ledger.domain.words import dated, listed
from ledger.reports import basis as base
from ledger.reports.numbering import numbering
from ledger.reports.views import (
    Column,
    Fact,
    Facts,
    Footnote,
    Kind,
    Paragraph,
    Report,
    Section,
    Style,
    Table,
)
from ledger.reports.words import Words, by_code

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from ledger.domain.issue import Issue, Target
    from ledger.domain.letter import Letter
    from ledger.domain.review import Item, Review
    from ledger.reports.material import LookedBack, Material
    from ledger.reports.views import Cell

#: What a look-back finds that calls for something: everything but that it holds.
_WRONG: Final = frozenset(OUTCOMES) - {"held"}


def build(material: Material) -> Report:
    """The look-back that was gathered, in five parts, and a list of everything that was drawn.

    Shape: a cause is written by hand, since the ledger keeps what was found and no opinion why.
    """
    looked, basis = material.lookback, material.basis
    assert looked is not None
    make = _Report(looked, material.issues, basis.language)
    review = looked.review
    return Report(
        kind="lookback",
        title=base.title(basis, review.title or _("report of look-back {id}").format(id=review.id)),
        language=basis.language,
        facts=base.facts(basis, material.issues),
        sections=tuple(make.sections()),
        footnotes=tuple(_footnotes(review)),
        signatures=base.signatures(("prepared_by", pgettext("document", "prepared by"))),
        stamp=base.stamp(basis, (*material.issues, review)),
    )


def counted(review: Review) -> str:
    """How many there were to look at."""
    count = review.population
    if review.of == "measure":
        return ngettext("{count} measure", "{count} measures", count).format(count=count)
    return ngettext("{count} issue", "{count} issues", count).format(count=count)


def bound_told(review: Review) -> str:
    """What the sample says of what nobody looked at; empty where it says nothing."""
    if review.bound is None:
        return ""
    message = _(
        "Of the {rest} that only chance calls for, at most {bad} are bad ({percent}%), with a confidence "
        "of {confidence}."
    )
    share = percent(review.bound, review.rest)
    return message.format(rest=review.rest, bad=review.bound, percent=share, confidence=review.confidence)


class _Report:
    """What every part of the report needs: words, and what things are called now."""

    def __init__(self, looked: LookedBack, issues: tuple[Issue, ...], language: str) -> None:
        self.review, self.called, self.letters = looked.review, looked.called, looked.letters
        self.marks = numbering(language)
        self.say = Words()
        self.outcomes, self.strata = by_code("lookback"), by_code("stratum")
        self.methods, self.flags = by_code("method"), by_code("flag")
        targets: list[Target] = [each for issue in issues for each in (issue, *issue.measures)]
        self.targets = {each.uid: each for each in targets}

    def sections(self) -> Iterator[Section]:
        """The five parts and the annex."""
        parts = (
            ("organisation", _("Organisation"), self._organisation()),
            ("judgement", _("Overall judgement"), self._judgement()),
            ("problems", _("Main problems"), ()),
            ("handling", _("Handling"), (self._handling(),)),
            ("next", _("Next steps"), tuple(map(Paragraph, self._next()))),
        )
        for number, (key, title, blocks) in enumerate(parts, 1):
            inside = tuple(self._problems()) if key == "problems" else ()
            nothing = (Paragraph(_("Nothing that was looked at is bad.")),) if key == "problems" else ()
            heading = self.marks.section(number) + title
            yield Section(key, heading, blocks or (() if inside else nothing), inside)
        yield Section("sample", _("Annex: what was drawn"), (self._sample(),), new_page=True, wide=True)

    def _organisation(self) -> tuple[Facts, Paragraph]:
        review, field = self.review, self.say.field
        statuses = listed(self.say.status.get(each, each) for each in review.statuses)
        methods = dict.fromkeys(code for item in review.items for code in item.methods)
        names = dict.fromkeys(item.reviewer for item in review.items if item.reviewer)
        facts = Facts(
            (
                Fact("id", field["id"], review.id),
                Fact("population", _("population"), counted(review)),
                Fact("statuses", field["status"], statuses),
                *base.given("unit", field["unit"], review.unit),
                *base.given("category", field["category"], review.category),
                Fact("population_on", _("as of"), review.as_of, Kind.DATE),
                Fact("planned_on", _("planned on"), review.plan.on, Kind.DATE),
                *base.given("drawn_on", _("drawn on"), review.drawn_on, Kind.DATE),
                *base.given("finished_on", _("finished on"), review.finished_on, Kind.DATE),
                Fact("methods", _("methods"), listed(self.methods.get(each, each) for each in methods)),
                Fact("reviewers", _("looked at by"), listed(names)),
                Fact("drawn", _("drawn"), len(review.items), Kind.NUMBER),
                Fact("rate", _("tolerable rate"), review.rate),
                Fact("confidence", _("confidence"), review.confidence),
                Fact("size", _("to be drawn by chance"), f"{review.size}/{review.rest}"),
                Fact("seed", _("seed"), review.seed),
                Fact("frame", _("digest of the population"), review.frame.removeprefix("sha256:")),
            )
        )
        return facts, Paragraph(self._rule(), Style.NOTE)

    def _rule(self) -> str:
        """How the sample came about, so that anybody can draw it again."""
        if self.review.whole:
            return _("Everything was looked at.")
        rule = _(
            "What is flagged, came back before or is in doubt was looked at in any case. Of the others as "
            "many were drawn as show {rate} of bad ones with a confidence of {confidence}: those with the "
            "smallest SHA-256 of seed and identity."
        )
        return rule.format(rate=self.review.rate, confidence=self.review.confidence)

    def _judgement(self) -> tuple[Table | Paragraph, ...]:
        columns = (
            Column("stratum", _("drawn for")),
            Column("drawn", _("drawn"), Kind.NUMBER),
            *(Column(each, self.outcomes[each], Kind.NUMBER) for each in OUTCOMES),
            Column("open", _("open"), Kind.NUMBER),
            Column("bad", pgettext("document", "bad"), Kind.NUMBER),
            Column("looked", _("looked at"), Kind.NUMBER),
            Column("bad_percent", _("per cent bad"), Kind.PERCENT),
        )
        strata = self.review.strata
        rows = tuple(_counts(self.strata[each.code], each) for each in strata)
        total = _counts(self.say.field["total"], _together(strata)) if strata else None
        table = Table(columns, rows, _("Nothing was drawn yet."), total=total)
        told = bound_told(self.review)
        return (table, Paragraph(told)) if told else (table,)

    def _problems(self) -> Iterator[Section]:
        wrong = [each for each in self.review.items if each.outcome in _WRONG]
        for number, item in enumerate(wrong, 1):
            name, text = self._named(item)
            title = f"{self.marks.aspect(number)}{name} {text}"
            yield Section(f"problem-{number}", title, (Facts(tuple(self._facts(item))),))

    def _facts(self, item: Item) -> Iterator[Fact]:
        field = self.say.field
        yield from base.given("closed_on", _("first closed on"), self._closed_on(item), Kind.DATE)
        yield Fact("outcome", pgettext("document", "found"), self.outcomes[item.outcome])
        yield from base.given("seen_on", _("looked at on"), item.seen_on, Kind.DATE)
        yield from base.given("reviewer", _("looked at by"), item.reviewer)
        yield from base.given("methods", _("methods"), self._methods(item))
        yield from base.given("text", _("what was found"), item.text)
        papers = listed(str(each.get("name", "")) for each in item.evidence)
        yield from base.given("evidence", field["evidence"], papers)
        yield Fact("cause", _("cause"), "")

    def _closed_on(self, item: Item) -> dt.date | None:
        """When it was first closed; None where it never was."""
        target = self.targets.get(item.subject)
        runs = target.closeouts if target is not None else ()
        ended = (run for run in runs if run.outcome in (Outcome.CLOSED, Outcome.REOPENED) and run.signatures)
        return next((run.signatures[-1].on for run in ended), None)

    def _handling(self) -> Table:
        columns = (
            Column("id", self.say.field["id"]),
            Column("handled", _("what was done")),
            Column("redo_by", _("to be done again by")),
            Column("redo_due", _("until"), Kind.DATE),
            Column("letters", _("letters")),
        )
        rows = tuple(self._handled(each) for each in self.review.items if each.outcome in _WRONG)
        return Table(columns, rows, _("Nothing had to be done."))

    def _handled(self, item: Item) -> tuple[Cell, ...]:
        done = ""
        if item.outcome == "rebound":
            done = _("opened again")
        elif item.variant:
            name, text = self.called.get(item.variant, (item.variant, ""))
            done = _("is issue {id} now: {title}").format(id=name, title=text)
        target = self.targets.get(item.subject)
        about = {item.subject, item.variant, *(each.uid for each in getattr(target, "measures", ()))}
        letters = listed(_letter(each) for each in self.letters if about & set(each.items))
        return (self._named(item)[0], done, item.redo_by, item.redo_due, letters)

    def _next(self) -> Iterator[str]:
        left = [self._named(each)[0] for each in self.review.open]
        if left:
            said = ngettext(
                "{count} has no outcome yet: {ids}.", "{count} have no outcome yet: {ids}.", len(left)
            )
            yield said.format(count=len(left), ids=listed(left))
        redo = [(each.redo_due, each) for each in self.review.items if each.redo_due]
        for due, each in sorted(redo, key=lambda pair: (pair[0], pair[1].number)):
            said = _("{id} is to be done again by {name}, until {day}.")
            yield said.format(id=self._named(each)[0], name=each.redo_by, day=dated(due))
        if not left and not redo:
            yield _("Nothing is left to be done again.")

    def _sample(self) -> Table:
        field = self.say.field
        columns = (
            Column("number", _("row"), Kind.NUMBER),
            Column("id", field["id"]),
            Column("text", _("issue or measure")),
            Column("unit", field["unit"], sparse=True),
            Column("why", _("drawn for")),
            Column("outcome", pgettext("document", "found")),
            Column("seen_on", _("looked at on"), Kind.DATE),
            Column("methods", _("methods"), sparse=True),
            Column("reviewer", _("looked at by"), sparse=True),
            Column("satisfaction", _("satisfaction"), sparse=True),
            Column("found", _("what was found"), sparse=True),
        )
        rows = tuple(self._row(each) for each in self.review.items)
        return Table(columns, rows, _("Nothing was drawn yet."))

    def _row(self, item: Item) -> tuple[Cell, ...]:
        name, text = self._named(item)
        target = self.targets.get(item.subject)
        return (
            item.number,
            name,
            text,
            target.unit if target is not None else "",
            self._why(item),
            self.outcomes.get(item.outcome, _("open")),
            item.seen_on,
            self._methods(item),
            item.reviewer,
            item.satisfaction,
            item.text,
        )

    def _why(self, item: Item) -> str:
        """Every reason it was drawn for."""
        reasons = (each.removeprefix(FLAG) for each in item.reasons)
        words = [self.flags.get(each) or self.strata.get(each, each) for each in reasons]
        return listed(words or [self.strata.get(item.stratum, item.stratum)])

    def _methods(self, item: Item) -> str:
        return listed(self.methods.get(each, each) for each in item.methods)

    def _named(self, item: Item) -> tuple[str, str]:
        """What it is called now, and what it says."""
        name, text = self.called.get(item.subject, (item.about, ""))
        return name, text


def _counts(name: str, each: Stratum) -> tuple[Cell, ...]:
    """Source: the columns of the judgement, in their order."""
    looked = each.drawn - each.open
    found = (each.held, each.partial, each.rebound, each.variant)
    return (name, each.drawn, *found, each.open, each.bad, looked, percent(each.bad, looked))


def _together(strata: Sequence[Stratum]) -> Stratum:
    return Stratum(
        "",
        drawn=sum(each.drawn for each in strata),
        held=sum(each.held for each in strata),
        partial=sum(each.partial for each in strata),
        rebound=sum(each.rebound for each in strata),
        variant=sum(each.variant for each in strata),
    )


def _letter(letter: Letter) -> str:
    return letter.reference or f"{letter.form} {letter.id}"


def _footnotes(review: Review) -> Iterator[Footnote]:
    yield Footnote(
        "bad",
        pgettext("document", "bad"),
        _("Came back or is there in another shape, of those looked at, as of {day}.").format(
            day=review.as_of
        ),
    )
    if review.bound is not None:
        yield Footnote(
            "bound",
            _("at most"),
            _("The exact one-sided bound of sampling without replacement, at the confidence planned."),
        )
