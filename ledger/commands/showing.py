"""Showing issues and measures in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import ngettext
from typing import Any

from ledger.commands import letterpage, looking, options, recordpage, registerpage
from ledger.commands.options import Ids
from ledger.domain.course import OWN
from ledger.domain.entry import Entry
from ledger.domain.following import followed
from ledger.domain.letter import LETTER, Letter
from ledger.ui import console, page
from ledger.ui.console import Column
from ledger.usecases.cluereading import made_of
from ledger.usecases.letters import reading as letters
from ledger.usecases.looking import Chosen, Looked, choose_any, requests
from ledger.usecases.shining import lamps
from ledger.usecases.sight import Sight


def show(ids: Ids) -> None:
    """Show an issue with its measures, one measure in full, or any other record.

    Responsibility, deadlines, criterion, notes, evidence and sign-offs; a sign-off is marked as suspect when
    what it approved was changed later. A pipe gets rows of id, field and value.

    Examples:
        ledger show 7
        ledger show 7.2
        ledger show 3-9 --json
        ledger show chronicle:1
    """
    seen = looking.sight()
    found = choose_any(seen, options.words(ids))
    if console.wants_json():
        console.document("ledger/show@1", {**looking.about(seen), **_json(seen, found)})
        return
    if console.wants_plain():
        rows = [
            row
            for each in found
            for row in (recordpage.rows(each) if isinstance(each, Looked) else _rows(_fields(seen, each)))
        ]
        console.rows([Column("id"), Column("field"), Column("value")], rows)
        return
    from ledger.commands.issuepage import Page

    pages = Page(seen, console.width())
    for place, each in enumerate(found):
        if place:
            console.say("")
        elif seen.dated:
            console.aside(looking.when(seen))
        for line in _looked(seen, each) if isinstance(each, Looked) else pages.lines(each):
            console.say(*line)
    if len(found) == 1:
        _aside(found[0])


def _looked(seen: Sight, each: Looked) -> Iterator[page.Line]:
    """The page of a record that is no issue; letters and registers have one of their own."""
    if each.state.schema is LETTER:
        return letterpage.lines(seen, each, console.width())
    return registerpage.of_looked(seen, each, console.width()) or recordpage.lines(each, console.width())


def _aside(chosen: Chosen | Looked) -> None:
    entries = (chosen if isinstance(chosen, Looked) else chosen.seen).state.entries
    words = ngettext("{count} entry, the last of {day}", "{count} entries, the last of {day}", len(entries))
    console.aside("")
    said = words.format(count=len(entries), day=entries[-1].instant.date())
    for line in page.paragraph("", said, console.width()):
        console.aside(line)
    name = chosen.id
    console.next_step(f"ledger history {name}", f"ledger explain {name}")


# --- for programs ----------------------------------------------------------------------------------------


def _json(seen: Sight, shown: Sequence[Chosen | Looked]) -> dict[str, Any]:
    found = [(each, _fields(seen, each)) for each in shown if isinstance(each, Chosen)]
    return {
        "issues": [fields for each, fields in found if each.key == OWN],
        "measures": [fields for each, fields in found if each.key != OWN],
        "records": [recordpage.as_json(each) for each in shown if isinstance(each, Looked)],
    }


def _fields(seen: Sight, chosen: Chosen) -> dict[str, Any]:
    """Everything about an issue or a measure, as codes."""
    from ledger.reports.export import issue_fields, measure_fields

    issue = chosen.seen.issue
    measures = {each.uid: each for each in issue.measures}
    beside = {
        "file": chosen.seen.record.path,
        "history": {"entries": len(chosen.seen.state.entries), "last": chosen.seen.state.entries[-1].at},
    }
    about = letters.about(seen, [issue.uid, *measures])
    if chosen.key != OWN:
        measure = measures[chosen.key]
        of_issue = {
            "issue": issue.id,
            "issue_uid": issue.uid,
            "title": issue.title,
            "category": issue.category or None,
        }
        fields = {**measure_fields(measure, seen.day), **_computed(seen, chosen, about)}
        return {**fields, **of_issue, **beside}
    fields = issue_fields(issue, seen.day)
    for each in fields["measures"]:
        each.update(_computed(seen, Chosen(chosen.seen, each["uid"]), about))
    own = fields.pop("measures")
    clue = made_of(seen.book, chosen.seen.state) or None
    return {**fields, **_computed(seen, chosen, about), "clue": clue, **beside, "measures": own}


def _computed(seen: Sight, chosen: Chosen, about: Sequence[Letter]) -> dict[str, Any]:
    shown = lamps(chosen.seen, seen.book.settings).shining(chosen.key, seen.day, now=True)
    code = shown.light.code if shown else None
    asked = [_request(each) for each in requests(chosen)]
    sent = [letterpage.row(each, seen) for each in about if chosen.target.uid in each.items]
    return {"light": code, "requests": asked, "due_derived": _rule(chosen), "letters": sent}


def _rule(chosen: Chosen) -> dict[str, Any] | None:
    """The rule a deadline followed from; None where somebody gave it."""
    rule = followed(chosen.seen.state, chosen.seen.undone, chosen.key)
    if rule is None:
        return None
    return {"number": rule.limit.number, "unit": rule.limit.unit, "since": rule.since}


def _request(entry: Entry) -> dict[str, Any]:
    wish = entry.data.get("request", {})
    asked = {name: wish.get(name) or None for name in ("due", "due_text", "interim_goal", "review_on")}
    return {"act": entry.do, "on": entry.on, "by": entry.by, "why": entry.why, **asked}


#: Lists that get a row for each item, and the name of the field in those rows.
_ITEMS = {
    "notes": "note",
    "evidence": "evidence",
    "requests": "request",
    "points": "point",
    "letters": "letter",
}


def _rows(fields: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Rows of id, field and value; measures follow their issue."""
    name = str(fields["id"])
    for field, value in fields.items():
        if field in ("id", "measures") or value in (None, [], {}):
            continue
        if field in _ITEMS:
            yield from (_item(name, field, each) for each in value)
        elif field == "closeouts":
            for run in value:
                yield from _run(name, run)
        elif field in ("roster", "recurrence", "occurrences"):
            yield from _headway(name, field, value)
        elif field in ("due_derived", "withheld"):
            yield name, field, " ".join(str(each) for each in value.values() if each)
        elif field == "history":
            yield name, "entries", str(value["entries"])
        else:
            yield name, field, _text(value)
    for each in fields.get("measures", ()):
        yield from _rows(each)


def _headway(name: str, field: str, value: Any) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401 - as `_text`
    """A row for how far it is, and one for each name or period."""
    if field == "occurrences":
        yield from ((name, "period", _ticked(each, each["period"])) for each in value)
        return
    if field == "roster":
        yield name, field, f"{value['done']}/{value['total']}"
        yield from ((name, "name", _ticked(each, each["name"])) for each in value["names"])
        return
    yield name, field, " ".join(filter(None, (value["every"], value["from"], value["to"])))
    if value["next"]:
        yield name, "next", f"{value['next']['period']} {value['next']['by']}"
    yield from ((name, "missed", each) for each in value["missed"])


def _ticked(row: dict[str, Any], name: str) -> str:
    said = (name, row["outcome"], row["on"] and str(row["on"]), row["text"])
    return " ".join(filter(None, said))


def _item(name: str, field: str, value: dict[str, Any]) -> tuple[str, str, str]:
    if field == "points":
        done = [f"({value['done_on']})"] if value["done_on"] else []
        return f"{name}.{value['number']}", _ITEMS[field], " ".join([value["text"], *done])
    return name, _ITEMS[field], " ".join(_text(each) for each in value.values() if each is not None)


def _run(name: str, run: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for number, each in enumerate(run["signatures"], 1):
        said = [f"{number}/{len(run['steps'])}", each["step"], _text(each["on"])]
        said += [each[key] for key in ("signer", "meeting", "opinion") if each[key]]
        yield name, "sign", " ".join([*said, *(["suspect"] if each["suspect"] else [])])
    if run["ended_on"]:
        yield name, run["outcome"], " ".join(filter(None, (_text(run["ended_on"]), run["why"])))


def _text(value: Any) -> str:  # noqa: ANN401 - what a field holds
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
