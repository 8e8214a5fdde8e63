"""The monthly status (月调度表): how it stands, what changed, what closed, what is late, what falls due."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain import rates
from ledger.domain.cadence import Cadence, Span, period_of
from ledger.reports import basis as base
from ledger.reports import restated, statuscharts, statusnotes, statusparts, worklists
from ledger.reports.periodwords import period_fact
from ledger.reports.ratewords import rate_names
from ledger.reports.standing import end_of_next_month, standing_of
from ledger.reports.views import Column, Kind, Report, Section, Table
from ledger.reports.words import Words, light_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ledger.domain.rates import Count, Group, Tally
    from ledger.reports.basis import Basis
    from ledger.reports.material import Material
    from ledger.reports.standing import Standing
    from ledger.reports.views import Cell


def build(material: Material) -> Report:
    """The status of a period, a month when nobody says which, on its last day so far."""
    basis, day = material.basis, material.basis.as_of
    month = period_of(Cadence.MONTHLY, day)
    span = material.period or Span(month.name, month.first, day)
    stood = material.standing or standing_of(material.issues, span, basis.settings.lights)
    rated, say = _measures_are_closed(stood.whole, basis), Words()
    lights = light_words(basis.settings.lights) if stood.lights is not None else {}
    return Report(
        kind="status",
        title=base.title(basis, _("monthly status")),
        language=basis.language,
        facts=base.facts(basis, material.recorded, *period_fact(span)),
        sections=(
            _summary(stood, say, lights, rated=rated),
            *statusparts.changed(material.history, say),
            *_categories(stood, say, lights, rated=rated),
            *_units(stood.units, stood.whole, say),
            *statusparts.trend(material.history),
            worklists.closed(stood.closed, say),
            worklists.overdue(stood.overdue, day, say, lights),
            worklists.due_next(stood.ahead, day, end_of_next_month(day), say, lights),
            statusparts.months_ahead(stood.months),
            *statusparts.letters(material.letters, span),
            *statusparts.rebounds(stood.rebounds, say),
            *restated.sections(material.restated),
        ),
        footnotes=statusnotes.notes(material, stood, rated=rated),
        signatures=base.signatures(
            ("prepared_by", pgettext("document", "prepared by")),
            ("checked_by", pgettext("document", "checked by")),
            ("issued_by", pgettext("document", "issued by")),
        ),
        stamp=base.stamp(basis, material.recorded),
    )


def _measures_are_closed(whole: Tally, basis: Basis) -> bool:
    """Whether measures are signed off one by one, so that a share of closed ones says anything."""
    return bool(whole.measures.total) and (
        basis.settings.chain.of == "measure" or bool(whole.measures.closed)
    )


# --- counts and rates ------------------------------------------------------------------------------


def _summary(stood: Standing, say: Words, lights: Mapping[str, str], *, rated: bool) -> Section:
    whole = stood.whole
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
    lit = (statusparts.lit(stood.lights, lights),) if stood.lights is not None else ()
    return Section(
        "summary",
        pgettext("document", "Overview"),
        (Table((first, *_count_columns(say)), tuple(counts), empty=""), table, *lit),
    )


def _categories(stood: Standing, say: Words, lights: Mapping[str, str], *, rated: bool) -> Iterable[Section]:
    grid = _Grid(stood.groups, stood.whole, say, "category", _("(no category)"))
    worst = {name: lights.get(code or "", "") for name, code in (stood.worst or {}).items()}
    table = grid.table(lambda each: each.issues, worst=worst)
    progress = statuscharts.progress(stood.groups, say)
    yield Section("issues_by_category", _("Issues by category"), (table, *progress))
    if stood.whole.measures.total:
        table = grid.table(lambda each: each.measures, rated=rated)
        yield Section("measures_by_category", _("Measures by category"), (table,))


def _units(groups: Sequence[Group], whole: Tally, say: Words) -> Iterable[Section]:
    if any(each.value for each in groups):
        table = _Grid(groups, whole, say, "unit", _("(no unit)")).table(lambda each: each.issues)
        yield Section("issues_by_unit", _("Issues by unit"), (table, *statuscharts.units(groups)))


class _Grid(NamedTuple):
    """Groups and the whole they make; `field` is what each shares, `nameless` names the one without it."""

    groups: Sequence[Group]
    whole: Tally
    say: Words
    field: str
    nameless: str

    def table(
        self, part: Callable[[Tally], Count], *, rated: bool = True, worst: Mapping[str, str] | None = None
    ) -> Table:
        """Counts and shares of each group; `worst` are the words of its light."""
        shares = (
            Column("closed_rate", _("closed rate"), Kind.PERCENT),
            Column("settled_rate", _("settled rate"), Kind.PERCENT),
        )
        light = (Column("light", pgettext("document", "light")),) if worst else ()
        rows = tuple(
            (
                each.value or self.nameless,
                *_row(part(each.tally), rated=rated),
                *((worst.get(each.value, ""),) if worst else ()),
            )
            for each in self.groups
        )
        total = (self.say.field["total"], *_row(part(self.whole), rated=rated), *(("",) if worst else ()))
        columns = (
            *self.say.columns(self.field),
            *_count_columns(self.say),
            *(shares if rated else ()),
            *light,
        )
        return Table(columns, rows, _("There are no issues yet."), total=total)


def _row(count: Count, *, rated: bool) -> tuple[Cell, ...]:
    return (*_counts(count), *_shares(count, rated=rated))


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
