"""Clues in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import gettext as _
from typing import Any

from ledger.commands import looking, options
from ledger.commands.cluerows import Reveal, Rows
from ledger.commands.clues import Clues
from ledger.domain.clue import CLUE, clue_of
from ledger.domain.entry import Entry
from ledger.domain.ids import parse_ids
from ledger.domain.kinds import meant
from ledger.errors import UsageError
from ledger.ui import console, labels, page
from ledger.ui.console import Column, Part, Toned
from ledger.ui.page import Line
from ledger.usecases.looking import Looked, looked
from ledger.usecases.sight import Sight

#: What stands in a few words, in the order of a clue's life, and what stands in sentences.
_FACTS = (
    "channel", "source", "publication", "received_on", "unit", "routed_to", "routed_on", "due", "outcome",
    "verified_on",
    "transferred_to", "transfer_number", "transferred_on", "receipt_number", "receipt_on", "concluded_on",
    "issue", "feedback_due", "feedback_on",
)  # fmt: skip
_TEXTS = ("text", "finding", "result", "feedback", "remark")
_EDGE = "  "


def show(
    ids: Clues,
    reveal: Reveal = False,
) -> None:
    """Show clues in full: what they say, and every step with its day, who decided, and what was said.

    Examples:
        ledger clue show C12
        ledger clue show C12 --reveal
    """
    seen = looking.sight()
    found = [looked(seen, number, CLUE) for number in _numbers(options.words(ids))]
    told = Rows(seen, reveal=reveal)
    if console.wants_json():
        clues = [{**told.fields(clue_of(each.state)), **_beside(each)} for each in found]
        console.document("ledger/clue-show@1", {**looking.about(seen), "clues": clues})
        return
    if console.wants_plain():
        rows = [row for each in found for row in _rows(told.fields(clue_of(each.state)))]
        console.rows([Column("id"), Column("field"), Column("value")], rows)
        return
    for place, each in enumerate(found):
        if place:
            console.say("")
        for line in _page(seen, each, told):
            console.say(*line)


def _numbers(words: Sequence[str]) -> list[int]:
    found = []
    for wanted in parse_ids(words):
        schema, number = meant(wanted)
        if schema is not CLUE:
            message = _("{id} is no clue").format(id=wanted)
            raise UsageError(message, _("clues are written C12; ledger clue list shows them"))
        found.append(number)
    return found


def _entries(found: Looked) -> list[Entry]:
    """What was done about a clue and still counts, the first first."""
    return [entry for entry in found.state.entries if entry.batch not in found.undone]


# --- for programs ----------------------------------------------------------------------------------------


def _beside(found: Looked) -> dict[str, Any]:
    steps = [
        {
            "act": entry.do,
            "on": entry.on,
            "by": entry.by,
            "signer": entry.signer,
            "meeting": entry.meeting,
            "opinion": entry.data.get("opinion"),
        }
        for entry in _entries(found)
        if entry.do == "add" or found.state.moves(entry.do)
    ]
    evidence = [
        {name: row.get(name) for name in ("sha256", "name", "kind", "proves", "size")}
        for row in found.state.fields.get("evidence", ())
    ]
    return {"steps": steps, "evidence": evidence, "file": found.record.path}


def _rows(fields: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, value in fields.items():
        if name == "late":
            yield from ((fields["id"], "late", f"{each['step']} {each['due']}") for each in value)
        elif name != "id" and value is not None:
            yield fields["id"], name, str(value)


# --- for people --------------------------------------------------------------------------------------------


def _page(seen: Sight, found: Looked, told: Rows) -> Iterator[Line]:
    clue, width, words = clue_of(found.state), console.width(), labels.labels("clue_field")
    row = told.fields(clue)
    yield from page.spread(
        f"{clue.id}  {clue.title}", (labels.toned("stage", clue.stage),), width, indent="    "
    )
    facts = [(words[name], str(told.cell(row, name))) for name in _FACTS]
    if clue.source and not told.reveal:
        facts[1] = (words["source"], _("confidential; shown with --reveal"))
    yield from page.facts(facts, width, indent=_EDGE)
    for name in _TEXTS:
        lines = page.paragraph(f"{words[name]} ", row[name], width, indent=_EDGE) if row[name] else ()
        yield from ((line,) for line in lines)
    for late in clue.lateness(seen.day):
        said = f"{labels.label('clue_step', late.step)} {late.due}  {looking.lateness(late.days)}"
        yield (Toned(_EDGE + said, "bad"),)
    for each in found.state.fields.get("evidence", ()):
        yield (f"{_EDGE}{labels.label('field', 'evidence')} {each['name']}",)
    acts = {**labels.labels("act"), "add": labels.label("stage", "registered")}
    rows = [_step(entry, acts.get(entry.do, entry.do)) for entry in _entries(found)]
    for lines_of in page.grid(rows, width, indent=_EDGE, flexible=3):
        yield from lines_of


def _step(entry: Entry, act: str) -> tuple[Part, ...]:
    data = entry.data
    said = data.get("opinion") or data.get("text") or data.get("name") or entry.why or ""
    return (str(entry.on), act, " ".join(filter(None, (entry.signer or entry.by, entry.meeting))), str(said))
