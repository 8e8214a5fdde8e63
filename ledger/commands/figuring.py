"""Figures: what a document prints of numbers, held against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from gettext import gettext as _
from typing import Annotated

import typer

from ledger.commands import options
from ledger.commands.agenda import FOUND
from ledger.commands.options import ExitCode
from ledger.commands.remarks import places, warn
from ledger.domain.words import listed
from ledger.intake.claim import ALARMS, Claim, Verdict, as_json
from ledger.ui import console, labels
from ledger.ui.console import Column
from ledger.usecases import figuring

#: What somebody should look at comes first.
_ORDER = (Verdict.WRONG, Verdict.TRUNCATED, Verdict.UNCLEAR, Verdict.OK)
#: The order of the last line.
_SUMMED = (Verdict.OK, Verdict.WRONG, Verdict.TRUNCATED, Verdict.UNCLEAR)


def figures(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A text, page, document, workbook or table; - reads stdin.")
    ],
    exit_code: ExitCode = False,
) -> int | None:
    """Hold the figures of a document against each other; no ledger is needed.

    Rates are computed anew from their counts, sums from their parts, growth from both values, days and
    working days from their dates. Wrong is what does not follow, truncated what was cut off instead of
    rounded, unclear what cannot be told. Figures that do not belong together are left alone.

    Examples:
        ledger figures notice.txt
        ledger figures notice.txt --exit-code
    """
    with console.progress() as tell:
        found = figuring.figures(file, stdin=options.stdin_for(file), on_progress=tell)
    counts = Counter(claim.verdict for claim in found.claims)
    if console.wants_json():
        payload = {
            "file": found.file,
            "claims": [as_json(each) for each in found.claims],
            "counts": {str(verdict): counts[verdict] for verdict in Verdict},
        }
        console.document("ledger/figures@1", payload)
    else:
        warn((each.line, each.message) for each in found.remarks)
        _show(sorted(found.claims, key=lambda claim: _ORDER.index(claim.verdict)))
        console.tell(_summed_up(counts))
    return FOUND if exit_code and any(counts[each] for each in ALARMS) else None


def _show(claims: Sequence[Claim]) -> None:
    columns = [
        Column(_("Source"), whole=True),
        Column(_("Verdict"), whole=True),
        Column(_("As printed")),
        Column(_("Computed anew")),
    ]
    place = places()
    rows = [
        (place(each.sheet, each.line), labels.toned("verdict", each.verdict), each.text, _why(each))
        for each in claims
    ]
    console.rows(columns, rows)


def _why(claim: Claim) -> str:
    return claim.arithmetic or _("what it comes from is not told")


def _summed_up(counts: Counter[Verdict]) -> str:
    if not counts:
        return _("no figures were found that could be held against each other")
    said = [f"{labels.label('verdict', each)} {counts[each]}" for each in _SUMMED if counts[each]]
    message = _("figures: {count}; {verdicts}")
    return message.format(count=counts.total(), verdicts=listed(said))
