"""Which column of a received list is which field of a register, and what its rows then say."""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain import amounts
from ledger.domain.declaration import FieldType
from ledger.domain.text import excerpt, fold
from ledger.errors import RejectedInputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.domain.declaration import Declaration
    from ledger.intake.plainrows import PlainSheet, PlainSheets

#: The column by which a list that went out from here is known again.
UID: Final = "uid"
#: Columns that count rows, and mean nothing.
_COUNTING: Final = frozenset({"序号", "编号", "no.", "no", "id", "number", "#", ""})
#: So many rows may stand before the one that names the columns.
_HEAD: Final = 30
#: What begins a row that adds up the others.
_TOTALS: Final = frozenset({"合计", "总计", "小计", "共计", "total", "sum"})
#: What stands behind a name in brackets: 金额（万元）, 姓名*.
_BEHIND: Final = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]|[*:：]")


class Column(NamedTuple):
    """A column that means a field: where it stands, under which words; of money the unit its heading says."""

    at: int
    heading: str
    field: str
    unit: str = ""


class Row(NamedTuple):
    """One row as it is to be entered: fields as typed, and where each stands.

    Shape: `line` counts from 1 in its sheet; `uid` is that of a record that went out from here; `unread` are
        the fields whose cell holds something whose value is not in the file.
    """

    sheet: str
    line: int
    given: Mapping[str, str]
    columns: Mapping[str, str]
    uid: str = ""
    unread: tuple[str, ...] = ()


class Listed(NamedTuple):
    """A received list as its columns were understood.

    Shape: `left_out` are headings that mean no field, with samples of what stands below them.
    """

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    left_out: tuple[str, ...]
    totals: int = 0


def listed(declaration: Declaration, received: PlainSheets, said: Mapping[str, str]) -> Listed:
    """The rows of a list, with their columns understood.

    Shape: `said` leads from a heading to the field it means, or to `-` for none.

    Raises:
        RejectedInputError: no row names the columns of the register.
        UsageError: `said` names a heading or a field that is not there.
    """
    rows: list[Row] = []
    columns: list[Column] = []
    left_out: dict[str, None] = {}
    totals = 0
    wanted = {_bare(heading): field for heading, field in said.items()}
    for sheet in received.sheets:
        head = _head(declaration, sheet, wanted)
        if head is None:
            continue
        at, found = head
        columns += found
        meant = {each.at for each in found}
        left_out.update(
            {
                text: None
                for place, text in enumerate(sheet.rows[at])
                if place not in meant and _bare(text) not in _COUNTING and wanted.get(_bare(text)) != "-"
            }
        )
        for cells, row in _rows(sheet, at, found):
            if _is_total(cells):
                totals += 1
            else:
                rows.append(row)
    if not columns:
        names = ", ".join(each.label.zh or each.name for each in declaration.fields.values())
        message = _("no row names the columns of {register}").format(register=declaration.kind)
        raise RejectedInputError(
            message, _("it needs a row with some of: {names}; or say: --map COLUMN=FIELD").format(names=names)
        )
    return Listed(tuple(rows), tuple(columns), tuple(left_out), totals)


def spoken_map(declaration: Declaration, specs: Sequence[str]) -> dict[str, str]:
    """What was said of columns: `COLUMN=FIELD`, where a field may be named by its label, `-` for none.

    Raises:
        UsageError: it is not written so, or there is no such field.
    """
    said = {}
    for spec in specs:
        heading, sign, word = spec.rpartition("=")
        field = declaration.named(word)
        if not sign or not heading.strip() or (field is None and word != "-"):
            message = _("{spec} does not say what a column means").format(spec=excerpt(spec))
            names = ", ".join(declaration.fields)
            raise UsageError(message, _("write COLUMN=FIELD; fields are: {names}").format(names=names))
        said[heading] = field.name if field else "-"
    return said


def _head(
    declaration: Declaration, sheet: PlainSheet, said: Mapping[str, str]
) -> tuple[int, list[Column]] | None:
    """The row that names most fields, and what its columns mean; None where none names any."""
    best: tuple[int, list[Column]] | None = None
    for at, row in enumerate(sheet.rows[:_HEAD]):
        found = _columns(declaration, row, said)
        if found and (best is None or len(found) > len(best[1])):
            best = at, found
    needed = min(2, len([each for each in declaration.fields.values() if each.required]))
    return best if best is not None and len(best[1]) >= needed else None


def _columns(declaration: Declaration, row: Sequence[str], said: Mapping[str, str]) -> list[Column]:
    found: dict[str, Column] = {}
    for at, heading in enumerate(row):
        bare = _bare(heading)
        name = said.get(bare) or (UID if bare == UID else "")
        if not name:
            field = declaration.named(heading) or declaration.named(bare)
            name = field.name if field else ""
        if name and name != "-":
            found.setdefault(name, Column(at, heading, name, _unit(declaration, name, heading)))
    return list(found.values())


def _unit(declaration: Declaration, name: str, heading: str) -> str:
    field = declaration.fields.get(name)
    if field is None or field.type is not FieldType.MONEY:
        return ""
    inside = next((found[1] for found in _BEHIND.finditer(heading) if found[1]), "").removeprefix("单位：")
    return amounts.UNIT_WORDS.get(inside.strip(), field.unit)


def _bare(heading: str) -> str:
    return fold(_BEHIND.sub("", heading))


def _rows(sheet: PlainSheet, head: int, columns: Sequence[Column]) -> Iterator[tuple[Sequence[str], Row]]:
    """Every row below the headings that says something: its cells, and what they mean."""
    unread = set(sheet.unread)
    uid = next((each.at for each in columns if each.field == UID), None)
    fields = [each for each in columns if each.field != UID]
    titles = tuple(_bare(text) for text in sheet.rows[head])
    for at in range(head + 1, len(sheet.rows)):
        row = sheet.rows[at]
        lost = tuple(each.field for each in fields if (at, each.at) in unread)
        given = {each.field: row[each.at] if each.at < len(row) else "" for each in fields}
        empty = not any(given.values()) and not lost
        if empty or tuple(_bare(text) for text in row) == titles:  # a heading repeated on every page
            continue
        shown = {
            each.field: (_with_unit(given[each.field], each.unit) if each.unit else given[each.field])
            for each in fields
        }
        known = row[uid] if uid is not None and uid < len(row) else ""
        headings = {each.field: each.heading for each in fields}
        yield row, Row(sheet.name, sheet.line + at, shown, headings, known, lost)


def _with_unit(words: str, unit: str) -> str:
    """An amount with the unit its column says, unless it says its own."""
    word = next(word for word, each in amounts.UNIT_WORDS.items() if each == unit)
    return words + word if words.strip() and words.strip()[-1].isdigit() else words


def _is_total(cells: Sequence[str]) -> bool:
    return fold(next((text for text in cells if text.strip()), "")) in _TOTALS
