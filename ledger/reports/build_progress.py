"""The report upward on the rectification (整改进展情况报告): the notice, and what the public is not told."""

from __future__ import annotations

from dataclasses import replace
from gettext import pgettext
from typing import TYPE_CHECKING, Final

from ledger.domain import cluecounts, lettercounts, rates
from ledger.domain.schema import VOID
from ledger.reports import basis as base
from ledger.reports import noticewords
from ledger.reports.build_notice import Issues, Part, from_prose, missing, numbered, opening, signature
from ledger.reports.ratewords import percent_note, rate_names
from ledger.reports.registersections import definitions, register
from ledger.reports.unfinished import unfinished
from ledger.reports.views import Column, Facts, Footnote, Kind, Official, Remark, Report, Table
from ledger.reports.words import Words, by_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.domain.rates import Count, Rate
    from ledger.domain.review import Review
    from ledger.reports.material import Material
    from ledger.reports.views import Block, Cell

#: The registers that are told whole.
TOLD: Final = ("accountability", "tolerance", "regulations", "reports")
#: What is told of a register besides what a list of it shows: the answer of the superior body.
_BESIDES: Final[Mapping[str, tuple[str, ...]]] = {"reports": ("answer",)}


def build(material: Material) -> Report:
    """The report as of its day: everything the ledger knows of the rectification, in the notice's frame."""
    basis, own = material.basis, material.prose
    issues = Issues(_all_told(material), read_back=False)
    ids = {each.uid: each.id for issue in material.issues for each in (issue, *issue.measures)}
    parts = [
        from_prose("organisation", pgettext("notice", "Who took charge"), own.get("organisation", ())),
        Part("figures", pgettext("notice", "How far it is"), tuple(_figures(material))),
        issues.part(),
        Part("unfinished", pgettext("notice", "What is not finished"), (unfinished(issues.matters),)),
        Part("clues", pgettext("notice", "Clues"), tuple(_clues(material))),
        *_registers(material, ids),
        Part("letters", pgettext("notice", "Letters"), tuple(_letters(material))),
        Part("lookbacks", pgettext("notice", "Look-backs"), (_lookbacks(material),)),
        from_prose("next_steps", pgettext("notice", "Next steps"), own.get("next_steps", ())),
    ]
    leading = pgettext("notice", "What was done about them is reported.")
    return Report(
        kind="progress",
        title=noticewords.title(basis, pgettext("notice", "report on the rectification")),
        language=basis.language,
        facts=Facts(()),
        sections=(
            opening(basis, own.get("preamble", ()), leading),
            *numbered(parts, issues.marks),
        ),
        footnotes=tuple(_footnotes(material)),
        signatures=Facts(()),
        stamp=base.stamp(basis, material.issues),
        official=_official(material),
        remarks=tuple(_remarks(material, issues)),
    )


def _official(material: Material) -> Official:
    """Whom it goes to, who signs it and when."""
    settings = material.basis.settings
    superior = settings.notice.report_to
    return Official(
        addressee=pgettext("letter", "{name}:").format(name=superior) if superior else "",
        signature=signature(material),
        date=material.basis.as_of,
    )


def _all_told(material: Material) -> Material:
    """The same where nothing is left out because it is not finished: that is for the public alone."""
    basis = material.basis
    notice = basis.settings.notice._replace(unfinished="told")
    return replace(material, basis=replace(basis, settings=basis.settings._replace(notice=notice)))


# --- figures -----------------------------------------------------------------------------------------


def _figures(material: Material) -> Iterator[Block]:
    tally, say = rates.tally(material.issues, material.basis.as_of), Words()
    columns = (
        Column("what", pgettext("document", "what")),
        Column("total", say.field["total"], Kind.NUMBER),
        *(Column(str(status), say.status[status], Kind.NUMBER) for status in rates.SHOWN),
        Column("overdue", pgettext("document", "overdue"), Kind.NUMBER),
    )
    rows = (
        (pgettext("document", "issues"), *_counts(tally.issues)),
        (pgettext("document", "measures"), *_counts(tally.measures)),
    )
    yield Table(columns, rows, empty="")
    names = rate_names()
    yield _shares([(names[each.name], each) for each in rates.rates(tally)])


def _counts(count: Count) -> tuple[Cell, ...]:
    return (count.total, *(count.by_status[status] for status in rates.SHOWN), count.overdue)


def _shares(named: list[tuple[str, Rate]]) -> Table:
    """Shares with what they are made of."""
    columns = (
        Column("rate", pgettext("document", "rate")),
        Column("numerator", pgettext("document", "numerator"), Kind.NUMBER),
        Column("denominator", pgettext("document", "denominator"), Kind.NUMBER),
        Column("percent", pgettext("document", "per cent"), Kind.PERCENT),
    )
    rows = tuple((name, each.numerator, each.denominator, each.percent) for name, each in named)
    return Table(columns, rows, empty="")


def _footnotes(material: Material) -> Iterator[Footnote]:
    names = rate_names()
    for each in rates.rates(rates.tally(material.issues, material.basis.as_of)):
        yield Footnote(each.name, names[each.name], each.definition)
    clues = cluecounts.rate(cluecounts.count(material.clues, material.basis.as_of))
    yield Footnote(clues.name, pgettext("notice", "concluded rate of clues"), clues.definition)
    letters = lettercounts.rate(material.letters, material.basis.as_of)
    yield Footnote(letters.name, pgettext("notice", "letters answered in time"), letters.definition)
    for kept in material.registers:
        if kept.declaration.kind in TOLD:
            yield from definitions(kept, material.basis.language)
    yield percent_note()


# --- clues, letters, look-backs, registers -----------------------------------------------------------


def _clues(material: Material) -> Iterator[Block]:
    """How many came in and what became of them; nothing of what they say, or who gave them."""
    count = cluecounts.count(material.clues, material.basis.as_of)
    yield _counted(
        {
            "received": (pgettext("notice", "received"), count.received),
            "concluded": (pgettext("notice", "concluded"), count.concluded),
            "open": (pgettext("notice", "open"), count.open),
            "transferred": (pgettext("notice", "transferred"), count.transferred),
            "issues": (pgettext("notice", "made issues"), count.issues),
            "late": (pgettext("document", "overdue"), count.late),
        }
    )
    yield _shares([(pgettext("notice", "concluded rate of clues"), cluecounts.rate(count))])


def _letters(material: Material) -> Iterator[Block]:
    count = lettercounts.count(material.letters, material.basis.as_of)
    yield _counted(
        {
            "sent": (pgettext("notice", "sent"), count.sent),
            "asked": (pgettext("notice", "to be answered"), count.asked),
            "answered": (pgettext("notice", "answered"), count.answered),
            "awaited": (pgettext("notice", "still in time"), count.awaited),
            "late": (pgettext("document", "overdue"), count.late),
        }
    )
    rate = lettercounts.rate(material.letters, material.basis.as_of)
    yield _shares([(pgettext("notice", "letters answered in time"), rate)])


def _counted(given: Mapping[str, tuple[str, int]]) -> Table:
    """Counts side by side, by key."""
    columns = tuple(Column(key, name, Kind.NUMBER) for key, (name, _value) in given.items())
    return Table(columns, (tuple(value for _name, value in given.values()),), empty="")


def _lookbacks(material: Material) -> Table:
    """What each look-back that was drawn found."""
    outcomes = by_code("lookback")
    columns = (
        Column("id", Words().field["id"]),
        Column("as_of", pgettext("document", "as of"), Kind.DATE),
        Column("population", pgettext("notice", "population"), Kind.NUMBER),
        Column("drawn", pgettext("notice", "drawn"), Kind.NUMBER),
        *(Column(code, name, Kind.NUMBER) for code, name in outcomes.items()),
    )
    drawn = (each for each in material.reviews if each.drawn_on is not None and each.stage != VOID)
    rows = tuple(_found(each, tuple(outcomes)) for each in drawn)
    return Table(columns, rows, pgettext("notice", "No look-back was drawn."))


def _found(review: Review, outcomes: Sequence[str]) -> tuple[Cell, ...]:
    seen = [each.outcome for each in review.items]
    return (review.id, review.as_of, review.population, len(seen), *(seen.count(code) for code in outcomes))


def _registers(material: Material, ids: Mapping[str, str]) -> Iterator[Part]:
    """Who was held to account and who was excused, what rules were made, what was reported upward."""
    spoken = material.basis.language
    titles = {
        "accountability": pgettext("notice", "Who was held to account"),
        "tolerance": pgettext("notice", "Who was excused"),
        "regulations": pgettext("notice", "Rules made"),
        "reports": pgettext("notice", "Reports upward and their answers"),
    }
    kept = {each.declaration.kind: each for each in material.registers}
    for kind, title in titles.items():
        if kind in kept:
            yield Part(kind, title, tuple(register(kept[kind], ids, spoken, _BESIDES.get(kind, ()))))


def _remarks(material: Material, issues: Issues) -> Iterator[Remark]:
    yield from missing(material, ("preamble", "organisation", "next_steps"))
    silent = [name for each in issues.printed for name in each.matter.silent if each.matter.is_finished]
    if silent:
        yield Remark("no_result", tuple(dict.fromkeys(silent)))
