"""What the figures of the monthly status mean (口径): each with how it is counted."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING

from ledger.domain import lettercounts, rates
from ledger.reports.ratewords import percent_note, rate_names
from ledger.reports.views import Footnote

if TYPE_CHECKING:
    from ledger.reports.material import Material
    from ledger.reports.standing import Standing


def notes(material: Material, stood: Standing, *, rated: bool) -> tuple[Footnote, ...]:
    """The definitions of everything that is counted."""
    names, day = rate_names(), material.basis.as_of
    found = [
        Footnote(each.name, names[each.name], each.definition)
        for each in rates.rates(stood.whole)
        if rated or not each.name.startswith("measures_")
    ]
    found += [
        percent_note(),
        Footnote(
            "overdue",
            pgettext("document", "overdue"),
            _("past its date while not started or in progress; interim or long-term: past its review date"),
        ),
    ]
    if stood.lights is not None:
        meaning = _("of an issue by what is most late in it; of a category the strictest of its issues")
        found.append(Footnote("light", pgettext("document", "light"), meaning))
    if material.history is not None:
        found += [
            Footnote(
                "changed",
                _("gained, lost"),
                _("each counted from events of its kind in the period; before + gained - lost = after"),
            ),
            Footnote(
                "open",
                _("open issues"),
                _("issues neither closed nor void at the end of the day, as known now"),
            ),
        ]
    meaning = _("dates, or next reviews, of measures, and of issues without any, from {day} on")
    found.append(Footnote("falls_due", _("falls due"), meaning.format(day=day)))
    if any(each.counts for each in material.letters):
        rate = lettercounts.rate((), day)
        found.append(Footnote(rate.name, _("share answered in time"), rate.definition))
    if stood.rebounds:
        meaning = _("issues and measures that a look-back found to have come back; void ones nowhere")
        found.append(Footnote("rebounds", _("What came back"), meaning))
    if sum(each.tally.measures.total for each in stood.groups) != stood.whole.measures.total:
        meaning = _("stands under each category it serves, and once in the total")
        found.append(Footnote("shared", _("shared measure"), meaning))
    return tuple(found)
