"""What keeps coming back, by unit and heading, in all ledgers of the workspace (屡改屡犯)."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _
from gettext import ngettext
from typing import Annotated, Any, Final

import typer

from ledger.commands import looking
from ledger.commands.options import UnderHeading
from ledger.ui import console, labels, page
from ledger.ui.console import Cell, Column, Toned
from ledger.ui.page import Line
from ledger.usecases.repeats import Group, Repeat
from ledger.usecases.repeats import repeats as found_repeats

#: What a pipe gets of each.
TSV: Final = (
    "unit", "category", "ledger", "id", "title", "status", "reason", "times", "other_ledger", "other_id",
    "other_title", "percent",
)  # fmt: skip
_EDGE: Final = "  "


def repeats(
    unit: Annotated[str, typer.Option("--unit", metavar="NAME", help="Only at this unit.")] = "",
    category: UnderHeading = "",
) -> None:
    """Show what keeps coming back, by unit and heading, in all ledgers of the workspace.

    That is what a look-back found to have come back, what somebody linked as a hidden variant, and issues of
    several rounds that look alike at the same unit or under the same heading. Those that only look alike are
    never linked by themselves: whoever has seen that they are the same says so with ledger edit --variant-of.

    Examples:
        ledger repeats
        ledger repeats --unit "General Office" --json
    """
    seen = looking.sight()
    found = found_repeats(seen, unit=unit, category=category)
    if console.wants_json():
        payload = {**looking.about(seen), "groups": [_group_json(each) for each in found]}
        console.document("ledger/repeats@1", payload)
        return
    if console.wants_plain():
        rows = [_row(each) for group in found for each in group.repeats]
        console.rows([Column(each) for each in TSV], rows)
        return
    for line in _page(found):
        console.say(*line)
    if not found:
        console.tell(_("nothing has come back, and no two rounds have issues that look alike"))


def _group_json(group: Group) -> dict[str, Any]:
    return {
        "unit": group.unit or None,
        "category": group.category or None,
        "rebounds": group.rebounds,
        "variants": group.variants,
        "alike": group.alike,
        "repeats": [_json(each) for each in group.repeats],
    }


def _json(each: Repeat) -> dict[str, Any]:
    other = each.other
    return {
        "ledger": each.ledger,
        "id": each.id,
        "uid": each.uid,
        "title": each.title,
        "status": each.status,
        "reason": each.reason,
        "times": each.times,
        "other": None
        if other is None
        else {
            "ledger": other.ledger,
            "uid": other.uid,
            "id": other.id or None,
            "title": other.title or None,
        },
        "percent": each.percent,
    }


def _row(each: Repeat) -> tuple[Cell, ...]:
    other = (each.other.ledger, each.other.id, each.other.title) if each.other else ("", "", "")
    own = (each.unit, each.category, each.ledger, each.id, each.title, each.status, each.reason, each.times)
    return (*own, *other, each.percent)


def _page(found: tuple[Group, ...]) -> Iterator[Line]:
    width = console.width()
    for place, group in enumerate(found):
        if place:
            yield ("",)
        counts = [
            (ngettext("{count} rebound", "{count} rebounds", group.rebounds), group.rebounds),
            (ngettext("{count} variant", "{count} variants", group.variants), group.variants),
            (ngettext("{count} like an earlier one", "{count} like earlier ones", group.alike), group.alike),
        ]
        said = "   ".join(text.format(count=count) for text, count in counts if count)
        head = "   ".join(filter(None, (group.unit, group.category))) or _("no unit, no heading")
        yield from page.spread(head, (Toned(said, "strong"),), width, indent=_EDGE)
        rows = [
            (f"{each.ledger}/{each.id}", each.title, labels.toned("status", each.status), _why(each))
            for each in group.repeats
        ]
        for lines in page.grid(rows, width, indent=_EDGE):
            yield from lines


def _why(each: Repeat) -> str:
    if each.other is None:
        return ngettext("came back once", "came back {count} times", each.times).format(count=each.times)
    other = f"{each.other.ledger}/{each.other.id or each.other.uid}"
    if each.percent is None:
        return _("variant of {id}").format(id=other)
    return _("like {id} ({percent}%)").format(id=other, percent=each.percent)
