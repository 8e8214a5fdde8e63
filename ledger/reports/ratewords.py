"""Shares in words: what each is called, and how per cent are rounded."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext

from ledger.reports.views import Footnote


def rate_names() -> dict[str, str]:
    """What the rates are called, by code."""
    return {
        "issues_closed": _("closed rate of issues"),
        "issues_settled": _("settled rate of issues"),
        "measures_closed": _("closed rate of measures"),
        "measures_settled": _("settled rate of measures"),
        "issues_overdue": _("overdue rate of issues"),
        "measures_overdue": _("overdue rate of measures"),
    }


def percent_note() -> Footnote:
    """How per cent are rounded."""
    return Footnote(
        "percent",
        pgettext("document", "per cent"),
        _("rounded half-up to one decimal; 100.0% is printed only when nothing is open"),
    )
