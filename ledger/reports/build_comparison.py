"""Two lists held against each other, as a workbook or a table to be settled by people (季度对账)."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING, NamedTuple

from ledger import language
from ledger.domain.reconciliation import code_of
from ledger.reports.export import csv_text
from ledger.reports.views import Cell, Column, Kind, Table
from ledger.reports.words import Words
from ledger.reports.workbooks import writing
from ledger.reports.workbooks.sheets import Look, Sheet, Workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.domain.reconciliation import Difference, Line, Matched, On, Reconciliation
    from ledger.reports.basis import Basis

#: Widths of columns. Units: characters of half width.
_WIDTHS = {
    "found": 14, "id": 8, "n": 8, "title": 40, "field": 12, "ours": 30, "theirs": 30, "line": 10,
    "settled": 30,
}  # fmt: skip


class Asked(NamedTuple):
    """What was compared with the ledger: the name of the file, and issues or measures."""

    file: str
    on: On


def workbook(found: Reconciliation, basis: Basis, asked: Asked) -> bytes:
    """A workbook: a sheet with what differs, one with what only one side has, one with what is equal."""
    with language.speaking(basis.language):
        page = _Page(found, asked)
        title = _("{ledger}: compared with {file}").format(ledger=basis.title, file=asked.file)
        subtitle = page.counts()
        sheets = [
            Sheet(
                name,
                Table(page.columns(keys), tuple(rows), _("nothing"), title),
                page.looks(),
                subtitle=subtitle,
            )
            for name, keys, rows in (
                (_("different"), _DIFFERENT, page.different()),
                (_("only in one"), _ONLY, page.only()),
                (_("equal"), _EQUAL, page.equal()),
            )
        ]
        return writing.write(Workbook(title, basis.as_of, sheets))


def table(found: Reconciliation, basis: Basis, asked: Asked) -> bytes:
    """The same as one table of values with commas between them, what is equal left out."""
    with language.speaking(basis.language):
        page = _Page(found, asked)
        rows: list[Sequence[Cell]] = [[each.heading for each in page.columns(_TABLE)]]
        rows += [(_("different"), *row[:-1]) for row in page.different()]
        rows += [(row[0], row[1], row[2], row[3], "", "", "", row[4]) for row in page.only()]
    return csv_text(rows).encode()


_DIFFERENT = ("id", "n", "title", "field", "ours", "theirs", "line", "settled")
_ONLY = ("found", "id", "n", "title", "line", "settled")
_EQUAL = ("id", "n", "title", "reworded")
_TABLE = ("found", "id", "n", "title", "field", "ours", "theirs", "line")


class _Page:
    """The rows of a comparison in the language spoken now."""

    def __init__(self, found: Reconciliation, asked: Asked) -> None:
        self.found = found
        self.asked = asked
        self.say = Words()

    def columns(self, keys: Sequence[str]) -> tuple[Column, ...]:
        headings = {
            "found": _("found"),
            "id": pgettext("document", "no. in the ledger"),
            "n": pgettext("document", "no. in the list"),
            "title": self.say.field[code_of("title", self.asked.on)],
            "field": _("what"),
            "ours": pgettext("document", "ledger"),
            "theirs": pgettext("document", "list"),
            "line": _("line in the list"),
            "settled": _("to be settled"),
            "reworded": _("worded otherwise"),
        }
        return tuple(Column(key, headings[key], Kind.TEXT) for key in keys)

    def looks(self) -> dict[str, Look]:
        return {
            key: Look(width=width, filled=key == "settled", centred=key in ("id", "n", "line"))
            for key, width in {**_WIDTHS, "reworded": 40}.items()
        }

    def counts(self) -> str:
        found = self.found
        words = _(
            "{equal} equal, {different} different, {ours} only in the ledger, {theirs} only in the list"
        )
        return words.format(
            equal=len(found.equal),
            different=len(found.different),
            ours=len(found.only_ours),
            theirs=len(found.only_theirs),
        )

    def different(self) -> Iterator[tuple[Cell, ...]]:
        for each in self.found.different:
            for item in each.differences:
                yield (
                    *_ids(each), each.ours.text, self._field(item), self._ours(item), item.theirs,
                    _place(each.theirs), None,
                )  # fmt: skip

    def only(self) -> Iterator[tuple[Cell, ...]]:
        for line in self.found.only_ours:
            yield (_("only in the ledger"), line.id, None, line.text, None, None)
        for line in self.found.only_theirs:
            yield (_("only in the list"), None, line.id, line.text, _place(line), None)

    def equal(self) -> Iterator[tuple[Cell, ...]]:
        for each in self.found.equal:
            words = [f"{self._field(item)}: {self._ours(item)} = {item.theirs}" for item in each.reworded]
            yield (*_ids(each), each.ours.text, "\n".join(words) or None)

    def _field(self, item: Difference) -> str:
        return self.say.field[code_of(item.field, self.asked.on)]

    def _ours(self, item: Difference) -> str | None:
        if item.field == "status" and item.ours is not None:
            return self.say.status[item.ours]
        return item.ours


def _ids(each: Matched) -> tuple[str, str]:
    return each.ours.id, each.theirs.id


def _place(line: Line) -> str | None:
    if line.line is None:
        return None
    return f"{line.sheet}!{line.line}" if line.sheet else str(line.line)
