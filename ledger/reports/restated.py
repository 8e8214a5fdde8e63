"""Corrections to what was sent (上期更正): figures of a frozen period as sent and as known now, and why."""

from __future__ import annotations

from decimal import Decimal
from gettext import gettext as _
from gettext import ngettext, pgettext
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.domain.words import said
from ledger.reports.standing import Part, standing_of
from ledger.reports.views import Column, Kind, Paragraph, Section, Style, Table
from ledger.reports.words import Words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.domain.cadence import Span
    from ledger.domain.issue import Issue
    from ledger.domain.settings import Light
    from ledger.reports.views import Block, Cell

#: The section in which a report tells them, which is not counted as figures of the report itself.
KEY: Final = "restated"
#: The section whose first table says how everything stands: what the next period opens with.
SUMMARY: Final = "summary"
#: A table with this column lists records; its numbers are theirs and no figures of the report.
_RECORDS: Final = "id"
#: In place of a list whose lines are no figures.
NOTHING: Final = Part((), 0)
_FIGURES: Final = (Kind.NUMBER, Kind.PERCENT)

#: Where a figure stands: section, place of the table in it, words and place of the row, column.
Place = tuple[str, int, str, int, str]


class Figure(NamedTuple):
    """One figure of a report, and the words it stands under."""

    section: str
    row: str
    column: str
    kind: Kind
    value: int | Decimal | None


class Changed(NamedTuple):
    """A figure that is not what was sent; None where there was none, or is none any more."""

    figure: Figure
    was: int | Decimal | None
    now: int | Decimal | None


class Correction(NamedTuple):
    """An entry that came after a period was frozen, and after which its figures are others.

    Shape: `id` is the number people use; `on` is the day it happened, `at` when it was written down.
    """

    id: str
    act: str
    on: dt.date
    at: str
    by: str


class Restated(NamedTuple):
    """What became of the figures of a frozen period.

    Shape: `name` is that of the frozen period, `as_of` the day of its reports; `was` and `now` are the views
        of the monthly status of that day, as sent and as known now; `same` says that one version made both.
    """

    name: str
    as_of: dt.date
    was: Mapping[str, Any]
    now: Mapping[str, Any]
    corrections: tuple[Correction, ...] = ()
    same: bool = True

    @property
    def changed(self) -> tuple[Changed, ...]:
        """The figures that are others now; of another version's view those that both have."""
        was, now = figures(self.was), figures(self.now)
        places = [*was, *(place for place in now if place not in was)]
        wanted = places if self.same else [place for place in was if place in now]
        pairs = ((was.get(place), now.get(place)) for place in wanted)
        found = [
            Changed(one or other, one.value if one else None, other.value if other else None)  # type: ignore[arg-type]
            for one, other in pairs
        ]
        return tuple(each for each in found if each.was != each.now)


def counted(issue: Issue | None, span: Span, lights: Sequence[Light]) -> object:
    """All that the figures of a report take from how one issue stands; equal where it counts alike."""
    if issue is None:
        return None
    stood = standing_of((issue,), span, lights)
    lists = [each.total for each in (stood.closed, stood.overdue, stood.ahead)]
    serves = tuple((each.uid, each.serves) for each in issue.live)
    return stood._replace(closed=NOTHING, overdue=NOTHING, ahead=NOTHING), lists, serves


def figures(view: Mapping[str, Any]) -> dict[Place, Figure]:
    """Every figure of a report, by the place it has; `view` as it is kept, or as JSON has it."""
    found: dict[Place, Figure] = {}
    for section in _sections(view["sections"]):
        tables = [block["table"] for block in section["blocks"] if "table" in block]
        for index, table in enumerate(tables):
            for place, figure in _of_table(section, table):
                found[section["key"], index, *place] = figure
    return found


def _sections(given: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for section in given:
        if section["key"] != KEY:
            yield section
            yield from _sections(section["sections"])


def _of_table(
    section: Mapping[str, Any], table: Mapping[str, Any]
) -> Iterator[tuple[tuple[str, int, str], Figure]]:
    columns = table["columns"]
    if any(column["key"] == _RECORDS for column in columns):
        return
    total = [table["total"]] if table["total"] is not None else []
    seen: dict[str, int] = {}
    first = next((place for place, column in enumerate(columns) if column["kind"] not in _FIGURES), 0)
    for row in [*table["rows"], *total]:
        name = str(row[first] or "")
        seen[name] = seen.get(name, 0) + 1
        for column, value in zip(columns, row, strict=True):
            if column["kind"] in _FIGURES:
                kind = Kind(column["kind"])
                shown = Figure(section["title"], name, column["heading"], kind, _number(value))
                yield (name, seen[name], column["key"]), shown


def _number(value: Any) -> int | Decimal | None:  # noqa: ANN401 - whatever JSON holds
    return Decimal(str(value)) if isinstance(value, float) else value


# --- as it is printed ------------------------------------------------------------------------------


def sections(restated: Restated | None) -> tuple[Section, ...]:
    """The section of a report that says what became of the figures sent; none where nothing was frozen."""
    if restated is None:
        return ()
    title = _("Corrections to {period}").format(period=restated.name)
    changed = restated.changed
    if not changed:
        text = _("The figures of {period}, as of {day}, are still those that were sent.")
        said = text.format(period=restated.name, day=restated.as_of)
        return (Section(KEY, title, (Paragraph(said, Style.NOTE),)),)
    count = len(restated.corrections)
    text = ngettext(
        "{count} entry written down after {period} was sent changes its figures as of {day}.",
        "{count} entries written down after {period} was sent change its figures as of {day}.",
        count,
    )
    opening = Paragraph(text.format(period=restated.name, day=restated.as_of, count=count), Style.NOTE)
    shares = [each for each in changed if each.figure.kind is Kind.PERCENT]
    counts = [each for each in changed if each.figure.kind is Kind.NUMBER]
    blocks: tuple[Block, ...] = (opening, *_bridge(restated), *_changes(counts), *_changes(shares))
    return (Section(KEY, title, (*blocks, *_entries(restated.corrections))),)


def _bridge(restated: Restated) -> Iterator[Table]:
    """From what was sent to what the next period opens with: as sent, corrections, now."""
    was, now = (_first_table(view) for view in (restated.was, restated.now))
    if was is None or now is None or was["columns"] != now["columns"]:
        return
    rows = []
    for sent, known in zip(was["rows"], now["rows"], strict=False):
        name = str(sent[0])
        differences = tuple(_difference(one, other) for one, other in zip(sent[1:], known[1:], strict=True))
        rows += [
            (_("{what}, as sent").format(what=name), *sent[1:]),
            (_("{what}, corrections").format(what=name), *differences),
            (_("{what}, as known now").format(what=name), *known[1:]),
        ]
    columns = tuple(Column(each["key"], each["heading"], Kind(each["kind"])) for each in was["columns"])
    yield Table(columns, tuple(rows), empty="")


def _first_table(view: Mapping[str, Any]) -> Mapping[str, Any] | None:
    blocks = [each["blocks"] for each in view["sections"] if each["key"] == SUMMARY]
    return next((block["table"] for block in blocks[0] if "table" in block), None) if blocks else None


def _changes(changed: Sequence[Changed]) -> Iterator[Table]:
    """The figures that are others now, each where it stands in the report."""
    if not changed:
        return
    kind = changed[0].figure.kind
    columns = (
        Column("section", pgettext("document", "section")),
        Column("row", pgettext("document", "row")),
        Column("column", pgettext("document", "figure")),
        Column("was", pgettext("document", "as sent"), kind),
        _correction_column(kind),
        Column("now", pgettext("document", "as known now"), kind),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            each.figure.section,
            each.figure.row,
            each.figure.column,
            each.was,
            _points(each) if kind is Kind.PERCENT else _difference(each.was, each.now),
            each.now,
        )
        for each in changed
    ]
    yield Table(columns, tuple(rows), empty="")


def _correction_column(kind: Kind) -> Column:
    """What is between a figure as sent and as known now: of shares percentage points, which are no share."""
    if kind is Kind.PERCENT:
        return Column("correction", pgettext("document", "correction (percentage points)"))
    return Column("correction", pgettext("document", "correction"), kind)


def _points(changed: Changed) -> Cell:
    found = _difference(changed.was, changed.now)
    return None if found is None else f"{found:+}"


def _difference(was: Any, now: Any) -> Cell:  # noqa: ANN401 - a figure, or what JSON holds in its place
    if was is None or now is None:
        return None
    found: int | Decimal = _number(now) - _number(was)  # type: ignore[operator]
    return found


def _entries(corrections: Sequence[Correction]) -> Iterator[Table]:
    say = Words()
    columns = (
        Column("entry", say.field["id"]),
        Column("act", pgettext("document", "act")),
        Column("on", say.field["on"], Kind.DATE),
        Column("at", pgettext("document", "written down at")),
        Column("by", pgettext("document", "by")),
    )
    rows = tuple(
        (each.id, said("act", each.act), each.on, each.at[:16].replace("T", " "), each.by)
        for each in corrections
    )
    if rows:
        yield Table(columns, rows, empty="", title=pgettext("document", "What changed them"))
