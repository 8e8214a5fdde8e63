"""Making a report: gathered, built into a view, written in a format."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ledger import reports
from ledger.reports.views import Remark
from ledger.usecases.gathering import gather

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledger.reports.leaks import Piece
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
    if not wanted.redact:
        return reports.build(gather(sight, wanted, version))
    from ledger.reports import redact
    from ledger.usecases import redacting  # only what leaves the office needs all it takes

    kept = redacting.guard(sight, wanted.redact)
    whole = gather(sight, wanted, version)
    made = reports.build(redact.material(whole, kept))
    names = redact.left_out(whole, kept)
    remarks = (*made.remarks, *([Remark("withheld", names)] if names else []))
    return redact.report(replace(made, redacted=wanted.redact, remarks=remarks), kept)


def written(sight: Sight, report: Report, form: str) -> bytes:
    """The report as a file of one format, by the workspace's own templates where it has any.

    Raises:
        RefusedError: it is to leave the office, and something protected stands in it all the same.
        UsageError: there is no such format.
        RejectedInputError: the workspace's own template is broken.
    """
    data = reports.render(report, form, sight.book.templates)
    if report.redacted:
        from ledger.reports import leaks

        released(sight, report, leaks.pieces(data))
    return data


def payload(sight: Sight, report: Report) -> dict[str, Any]:
    """The whole view as plain values.

    Raises:
        RefusedError: it is to leave the office, and something protected stands in it all the same.
    """
    from ledger.reports import as_json

    values = as_json.payload(report)
    if report.redacted:
        from ledger.reports.leaks import Piece

        released(sight, report, map(Piece, _texts(values)))
    return values


def _texts(value: object) -> Iterator[str]:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inside:
        yield from _texts(each)
    if isinstance(value, str):
        yield value


def released(sight: Sight, report: Report, found: Iterable[Piece]) -> None:
    """Let what a report says leave the office; of one that is not to leave it nothing is looked at.

    Raises:
        RefusedError: something protected stands in it.
    """
    if report.redacted:
        from ledger.reports import leaks
        from ledger.usecases import redacting

        leaks.refuse(found, redacting.guard(sight, report.redacted))
