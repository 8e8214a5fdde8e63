"""The monthly status (月调度表): counts and rates by category, what closed, what is late, what falls due."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING

from ledger.domain import rates
from ledger.reports import basis as base
from ledger.reports import restated, worklists
from ledger.reports.ratewords import percent_note, rate_names
from ledger.reports.views import Column, Fact, Footnote, Kind, Report, Section, Table
from ledger.reports.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ledger.domain.rates import Count, Group, Tally
    from ledger.reports.basis import Basis
    from ledger.reports.material import Material
    from ledger.reports.views import Cell


def build(material: Material) -> Report:
    """The monthly status of the month in which the day of the report lies."""
    issues, basis = material.issues, material.basis
    day = basis.as_of
    whole = rates.tally(issues, day)
    rated = _measures_are_closed(whole, basis)
    counted, say = rates.counting(issues), Words()
    groups = rates.by(issues, "category", day)
    period = _("{year}, no. {month}").format(year=day.year, month=day.month)
    return Report(
        kind="status",
        title=base.title(basis, _("monthly status")),
        language=basis.language,
        facts=base.facts(basis, issues, Fact("period", pgettext("document", "period"), period)),
        sections=(
            _summary(whole, say, rated=rated),
            *_categories(groups, whole, say, rated=rated),
            worklists.closed(counted, day, say),
            worklists.overdue(counted, day, say),
            worklists.due_next(counted, day, say),
            *restated.sections(material.restated),
        ),
        footnotes=_footnotes(whole, rated=rated, shared=_sharing(groups, whole)),
        signatures=base.signatures(
            ("prepared_by", pgettext("document", "prepared by")),
            ("checked_by", pgettext("document", "checked by")),
            ("issued_by", pgettext("document", "issued by")),
        ),
        stamp=base.stamp(basis, issues),
    )


def _measures_are_closed(whole: Tally, basis: Basis) -> bool:
    """Whether measures are signed off one by one, so that a share of closed ones says anything."""
    return bool(whole.measures.total) and (
        basis.settings.chain.of == "measure" or bool(whole.measures.closed)
    )


# --- counts and rates ------------------------------------------------------------------------------


def _summary(whole: Tally, say: Words, *, rated: bool) -> Section:
    counts = [(pgettext("document", "issues"), *_counts(whole.issues))]
    if whole.measures.total:
        counts.append((pgettext("document", "measures"), *_counts(whole.measures)))
    first = Column("what", pgettext("document", "what"))
    shown = [each for each in rates.rates(whole) if rated or not each.name.startswith("measures_")]
    names = rate_names()
    table = Table(
        columns=(
            Column("rate", pgettext("document", "rate")),
            Column("numerator", pgettext("document", "numerator"), Kind.NUMBER),
            Column("denominator", pgettext("document", "denominator"), Kind.NUMBER),
            Column("percent", pgettext("document", "per cent"), Kind.PERCENT),
        ),
        rows=tuple((names[each.name], each.numerator, each.denominator, each.percent) for each in shown),
        empty="",
    )
    return Section(
        "summary",
        pgettext("document", "Overview"),
        (Table((first, *_count_columns(say)), tuple(counts), empty=""), table),
    )


def _categories(groups: Sequence[Group], whole: Tally, say: Words, *, rated: bool) -> Iterable[Section]:
    yield Section(
        "issues_by_category",
        _("Issues by category"),
        (_by_category(groups, whole, lambda each: each.issues, say, rated=True),),
    )
    if whole.measures.total:
        yield Section(
            "measures_by_category",
            _("Measures by category"),
            (_by_category(groups, whole, lambda each: each.measures, say, rated=rated),),
        )


def _by_category(
    groups: Sequence[Group], whole: Tally, part: Callable[[Tally], Count], say: Words, *, rated: bool
) -> Table:
    shares = (
        Column("closed_rate", _("closed rate"), Kind.PERCENT),
        Column("settled_rate", _("settled rate"), Kind.PERCENT),
    )
    rows = tuple(
        (
            each.value or _("(no category)"),
            *_counts(part(each.tally)),
            *_shares(part(each.tally), rated=rated),
        )
        for each in groups
    )
    return Table(
        columns=(*say.columns("category"), *_count_columns(say), *(shares if rated else ())),
        rows=rows,
        empty=_("There are no issues yet."),
        total=(say.field["total"], *_counts(part(whole)), *_shares(part(whole), rated=rated)),
    )


def _count_columns(say: Words) -> tuple[Column, ...]:
    return (
        Column("total", say.field["total"], Kind.NUMBER),
        *(Column(str(status), say.status[status], Kind.NUMBER) for status in rates.SHOWN),
        Column("overdue", pgettext("document", "overdue"), Kind.NUMBER),
    )


def _counts(count: Count) -> tuple[Cell, ...]:
    return (count.total, *(count.by_status[status] for status in rates.SHOWN), count.overdue)


def _shares(count: Count, *, rated: bool) -> tuple[Cell, ...]:
    if not rated:
        return ()
    return rates.percent(count.closed, count.total), rates.percent(count.settled, count.total)


# --- what the figures mean -------------------------------------------------------------------------


def _sharing(groups: Sequence[Group], whole: Tally) -> bool:
    return sum(each.tally.measures.total for each in groups) != whole.measures.total


def _footnotes(whole: Tally, *, rated: bool, shared: bool) -> tuple[Footnote, ...]:
    names = rate_names()
    notes = [
        Footnote(each.name, names[each.name], each.definition)
        for each in rates.rates(whole)
        if rated or not each.name.startswith("measures_")
    ]
    notes += [
        percent_note(),
        Footnote(
            "overdue",
            pgettext("document", "overdue"),
            _("past its date while not started or in progress; interim or long-term: past its review date"),
        ),
    ]
    if shared:
        meaning = _("stands under each category it serves, and once in the total")
        notes.append(Footnote("shared", _("shared measure"), meaning))
    return tuple(notes)
