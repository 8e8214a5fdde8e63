"""Finding words anywhere in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext
from typing import Annotated, Any

import typer

from ledger.commands import looking, options
from ledger.domain.filters import few
from ledger.domain.finding import marked, places
from ledger.domain.text import fold, one_line
from ledger.errors import UsageError
from ledger.store import searching
from ledger.store.searching import Hit
from ledger.ui import console, labels, page
from ledger.ui.console import Column
from ledger.usecases.sight import ask


def search(
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORD...", help="Words to find; all of them must stand in an issue."),
    ],
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            metavar="N",
            min=1,
            max=options.MOST,
            help="Look at the first N issues that match.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Find words anywhere in the ledger: titles, measures, notes, results, names of files, reasons.

    Two characters are enough. Width, case and blanks make no difference. Each place is shown with its id, the
    field it stands in, or the act it was said in, and the text around it, with the word in brackets.

    Examples:
        ledger search signature
        ledger search spot check --json
    """
    wanted = [one_line(word) for word in words if fold(word)]
    few(wanted)
    if not wanted:
        raise UsageError(_("there is nothing to look for"), _("write a word of two or more characters"))
    seen = looking.sight()
    hits = ask(seen, lambda asked: searching.search(asked, wanted, limit=limit), tell=console.warn)
    if console.wants_json():
        payload = {"words": wanted, "hits": [_json(each, wanted) for each in hits], "total": len(hits)}
        console.document("ledger/search@1", {**looking.about(seen), **payload})
    elif console.wants_plain():
        rows = [(each.id, each.field, each.excerpt) for each in hits]
        console.rows([Column(each) for each in ("id", "field", "excerpt")], rows)
    else:
        _show(hits, wanted)


def _json(hit: Hit, words: Sequence[str]) -> dict[str, Any]:
    spans = [{"start": start, "end": end} for start, end in places(hit.excerpt, words)]
    return {
        "id": hit.id,
        "issue_uid": hit.issue_uid,
        "field": hit.field,
        "excerpt": hit.excerpt,
        "places": spans,
    }


def _show(hits: Sequence[Hit], words: Sequence[str]) -> None:
    names = {**labels.labels("act"), **labels.labels("field")}
    rows = [(each.id, names.get(each.field, each.field), marked(each.excerpt, words)) for each in hits]
    for lines in page.grid(rows, console.width(), flexible=2):
        for line in lines:
            console.say(*line)
    issues = len({each.issue_uid for each in hits})
    if not hits:
        console.tell(_("nothing was found"))
        return
    count = ngettext("{count} place", "{count} places", len(hits)).format(count=len(hits))
    where = ngettext("in {count} issue", "in {count} issues", issues).format(count=issues)
    console.aside(_("{places} {where}").format(places=count, where=where))
