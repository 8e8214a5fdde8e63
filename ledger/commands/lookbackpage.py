"""A look-back on a screen, in a pipe and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import gettext as _
from typing import Any, Final

from ledger.domain.rates import percent
from ledger.domain.review import FLAG, OUTCOMES, Item, Review, Stratum
from ledger.domain.words import listed
from ledger.reports.build_lookback import bound_told, counted
from ledger.store.populations import Called
from ledger.ui import console, labels, page
from ledger.ui.console import Cell, Column, Part, Toned
from ledger.ui.page import Line
from ledger.usecases.lookback.reading import Shown
from ledger.usecases.lookback.recording import Recorded

#: What a pipe gets of each item, of each reason something was drawn for, and of each look-back.
ITEMS: Final = (
    "id", "uid", "text", "stratum", "reasons", "outcome", "seen_on", "methods", "reviewer", "satisfaction",
    "found", "variant", "redo_by", "redo_due",
)  # fmt: skip
RESULT: Final = (
    "stratum", "drawn", "held", "partial", "rebound", "variant", "open", "bad", "bad_percent",
)  # fmt: skip
REVIEWS: Final = ("id", "title", "stage", "as_of", "population", "drawn", "open", "bad", "finished_on")
_EDGE: Final = "  "
_NOBODY: Final = Called("", "")


# --- for programs --------------------------------------------------------------------------------------


def as_json(review: Review, *, items: bool = False) -> dict[str, Any]:
    """A look-back as codes; with `items` everything that was drawn."""
    said = {
        "id": review.id,
        "uid": review.uid,
        "stage": review.stage,
        "title": review.title or None,
        "as_of": review.as_of,
        "of": review.of,
        "statuses": list(review.statuses),
        "unit": review.unit or None,
        "category": review.category or None,
        "flags": list(review.flags),
        "rate": review.rate,
        "confidence": review.confidence,
        "seed": review.seed,
        "population": review.population,
        "rest": review.rest,
        "size": review.size,
        "frame": review.frame.removeprefix("sha256:"),
        "whole": review.whole,
        "planned_on": review.plan.on,
        "drawn_on": review.drawn_on,
        "finished_on": review.finished_on,
        "strata": [_stratum_json(each) for each in review.strata],
        "at_most": _bound_json(review),
        "remark": review.remark or None,
    }
    return {**said, "items": [_item_json(each) for each in review.items]} if items else said


def _stratum_json(each: Stratum) -> dict[str, Any]:
    looked = each.drawn - each.open
    return {
        "stratum": each.code,
        "drawn": each.drawn,
        "open": each.open,
        "held": each.held,
        "partial": each.partial,
        "rebound": each.rebound,
        "variant": each.variant,
        "bad": each.bad,
        "bad_percent": percent(each.bad, looked),
    }


def _bound_json(review: Review) -> dict[str, Any] | None:
    if review.bound is None:
        return None
    return {"bad": review.bound, "of": review.rest, "percent": percent(review.bound, review.rest)}


def _item_json(item: Item) -> dict[str, Any]:
    return {
        "id": item.about,
        "uid": item.subject,
        "stratum": item.stratum,
        "reasons": list(item.reasons),
        "outcome": item.outcome or None,
        "seen_on": item.seen_on,
        "methods": list(item.methods),
        "reviewer": item.reviewer or None,
        "text": item.text or None,
        "satisfaction": item.satisfaction or None,
        "variant": item.variant or None,
        "redo_by": item.redo_by or None,
        "redo_due": item.redo_due,
        "evidence": [{"sha256": each["sha256"], "name": each["name"]} for each in item.evidence],
    }


def recorded_json(each: Recorded) -> dict[str, Any]:
    """What was recorded of one item, as codes."""
    return {
        "id": each.id,
        "outcome": each.outcome,
        "reopened": each.reopened,
        "issue": each.issue or None,
        "alike": [{"id": one.id, "title": one.title, "percent": one.percent} for one in each.alike],
    }


# --- for people ------------------------------------------------------------------------------------------


def show(shown: Shown) -> None:
    """A whole look-back: its rows for a pipe, a page for a person."""
    review = shown.review
    if console.wants_plain():
        console.rows([Column(each) for each in ITEMS], [_row(each, shown) for each in review.items])
        return
    width = console.width()
    for line in (*plan_lines(review, width), *item_lines(shown, width)):
        console.say(*line)
    if review.items:
        result(review)


def plan_lines(review: Review, width: int) -> Iterator[Line]:
    """What was written down before anything was drawn."""
    stage = Toned(labels.label("stage", review.stage), "strong")
    yield from page.spread(f"{review.id}  {review.title}".rstrip(), (stage,), width, indent=_EDGE)
    statuses = listed(labels.label("status", each) for each in review.statuses)
    facts = [
        (_("as of"), review.as_of.isoformat()),
        (labels.label("field", "status"), statuses),
        (labels.label("field", "unit"), review.unit),
        (labels.label("field", "category"), review.category),
        (_("population"), counted(review)),
        (_("tolerable rate"), review.rate),
        (_("confidence"), review.confidence),
        (_("to be drawn by chance"), f"{review.size}/{review.rest}"),
        (_("seed"), review.seed),
        (_("digest of the population"), review.frame.removeprefix("sha256:")),
        (labels.label("field", "remark"), review.remark),
    ]
    yield from page.facts(facts, width, indent=_EDGE)


def item_lines(shown: Shown, width: int) -> Iterator[Line]:
    """What was drawn, and what was found, under the reason it was drawn for."""
    items = shown.review.items
    laid = page.grid([_cells(each, shown) for each in items], width, indent=_EDGE)
    last = ""
    for item, lines in zip(items, laid, strict=True):
        if item.stratum != last:
            yield ("",)
            yield (Toned(labels.label("stratum", item.stratum), "strong"),)
            last = item.stratum
        yield from lines
        yield from ((line,) for line in _found(item, shown, width))


def _cells(item: Item, shown: Shown) -> tuple[Part, ...]:
    known = shown.called.get(item.subject, _NOBODY)
    outcome: Part = labels.toned("lookback", item.outcome) if item.outcome else Toned(_("open"), "quiet")
    marks = labels.labels("flag")
    flags = (each.removeprefix(FLAG) for each in item.reasons if each.startswith(FLAG))
    others = (labels.label("stratum", each) for each in item.reasons if not each.startswith(FLAG))
    why = listed([*(marks.get(each, each) for each in flags), *others])
    return (known.id or item.about, known.text, why, outcome, str(item.seen_on or ""))


def _found(item: Item, shown: Shown, width: int) -> Iterator[str]:
    words = [
        item.reviewer,
        listed(labels.label("method", each) for each in item.methods),
        _("satisfied {percent}").format(percent=item.satisfaction) if item.satisfaction else "",
        item.text,
        listed(str(each["name"]) for each in item.evidence),
    ]
    if item.variant:
        known = shown.called.get(item.variant, _NOBODY)
        words.append(_("is issue {id} now: {title}").format(id=known.id or item.variant, title=known.text))
    if item.redo_by:
        again = _("to be done again by {name}, until {day}")
        words.append(again.format(name=item.redo_by, day=item.redo_due))
    said = "; ".join(" ".join(each.split()) for each in words if each)
    if item.outcome and said:
        yield from page.paragraph(_EDGE * 3, said, width)


def result(review: Review) -> None:
    """What came of it, reason by reason, and what that says of what nobody looked at."""
    strata = review.strata
    if console.wants_plain():
        console.rows([Column(each) for each in RESULT], [_counts(each) for each in strata])
        return
    console.say("")
    heads = [
        Column(_("drawn for"), whole=True),
        Column(_("drawn"), "right"),
        *(Column(labels.label("lookback", each), "right") for each in OUTCOMES),
        Column(_("open"), "right"),
        Column(_("bad"), "right"),
    ]
    rows: list[list[Cell]] = []
    for each in strata:
        stratum, *counts, _bad, share = _counts(each)
        shown = "-" if share is None else f"{share}%"
        rows.append([labels.label("stratum", str(stratum)), *counts, shown])
    console.rows(heads, rows)
    for line in page.paragraph("", bound_told(review), console.width()):
        console.say(line)
    console.aside(_("bad: came back or hidden variant, of those looked at"))


def _counts(each: Stratum) -> tuple[Cell, ...]:
    """Source: RESULT, the order."""
    share = percent(each.bad, each.drawn - each.open)
    counts = (each.drawn, each.held, each.partial, each.rebound, each.variant, each.open, each.bad)
    return (each.code, *counts, None if share is None else str(share))


def recorded_lines(each: Recorded) -> Iterator[Line]:
    """What was recorded of one item, and what came of it."""
    yield (f"{each.id}  ", labels.toned("lookback", each.outcome))
    if each.reopened:
        yield (_EDGE + _("opened again; every earlier close-out is kept"),)
    if each.issue:
        yield (_EDGE + _("is issue {id} now").format(id=each.issue),)
    for one in each.alike:
        message = _("looks like {id} ({percent}%): {title}")
        yield (_EDGE + message.format(id=one.id, percent=one.percent, title=one.title),)


def listing(found: Sequence[Review]) -> None:
    """Look-backs, one a row."""
    if console.wants_plain():
        console.rows([Column(each) for each in REVIEWS], [_summary(each) for each in found])
        return
    if not found:
        return
    heads = [
        Column(labels.label("field", "id"), whole=True),
        Column(labels.label("field", "title")),
        Column(labels.label("field", "stage"), whole=True),
        Column(_("as of"), whole=True),
        Column(_("population"), "right"),
        Column(_("drawn"), "right"),
        Column(_("open"), "right"),
        Column(_("bad"), "right"),
        Column(_("finished on"), whole=True),
    ]
    rows = []
    for each in found:
        row = list(_summary(each))
        row[2] = labels.label("stage", each.stage)
        rows.append(row)
    console.rows(heads, rows)


def _summary(each: Review) -> tuple[Cell, ...]:
    bad = sum(stratum.bad for stratum in each.strata)
    return (
        each.id, each.title, each.stage, each.as_of, each.population, len(each.items), len(each.open), bad,
        each.finished_on,
    )  # fmt: skip


def _row(item: Item, shown: Shown) -> tuple[Cell, ...]:
    known = shown.called.get(item.subject, _NOBODY)
    return (
        item.about,
        item.subject,
        known.text,
        item.stratum,
        ",".join(item.reasons),
        item.outcome,
        item.seen_on,
        ",".join(item.methods),
        item.reviewer,
        item.satisfaction,
        item.text,
        item.variant,
        item.redo_by,
        item.redo_due,
    )
