"""Making a report: gathered, built into a view, written in a format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger import reports
from ledger.usecases.gathering import gather

if TYPE_CHECKING:
    from ledger.reports.material import Wanted
    from ledger.reports.views import Report
    from ledger.usecases.sight import Sight


def view(sight: Sight, wanted: Wanted, version: str) -> Report:
    """What the report says, in the language of the ledger.

    Raises:
        UsageError: there is no such kind of report, or it does not take what was said.
        DamageError: a record cannot be read.
    """
    reports.check(wanted)
    return reports.build(gather(sight, wanted, version))


def written(sight: Sight, report: Report, form: str) -> bytes:
    """The report as a file of one format, by the workspace's own templates where it has any.

    Raises:
        UsageError: there is no such format.
        RejectedInputError: the workspace's own template is broken.
    """
    return reports.render(report, form, sight.book.templates)
