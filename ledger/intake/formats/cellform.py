"""A superior's workbook with some cells filled in: those named, and nothing else in the file changes.

The parts are changed as XML and not through openpyxl, which would drop pictures, charts and what it does not
know. Values of formulas that the file kept are taken out, for they are of other figures: whatever opens the
file counts them anew.

Source: ECMA-376 part 1, §18.3.1 (sheets), §18.2 (workbooks), §18.8 (styles).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from copy import deepcopy
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.domain.spreadsheet import guarded, letter
from ledger.domain.text import excerpt
from ledger.domain.words import listed
from ledger.errors import NotFoundError, RejectedInputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

_WORKBOOK: Final = "xl/workbook.xml"
_STYLES: Final = "xl/styles.xml"
_CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
#: Formats for dates among those every program has. Source: ECMA-376 part 1, §18.8.30.
_DATES: Final = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
_PERCENTS: Final = frozenset({9, 10})
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
#: What stands before `calcPr` in a workbook. Source: ECMA-376 part 1, §18.2.27.
_BEFORE: Final = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames",
)  # fmt: skip


class Entry(NamedTuple):
    """What is written into one cell.

    Shape: `sheet` is empty for the first one that is seen; `kind` is that of a report's value; `value` is
        its number, that of a day included, or else its text; `text` is how it is printed; an `empty` cell
        must hold nothing before; `field` says in a message what it was to say.
    """

    sheet: str
    cell: str
    field: str
    kind: str
    value: str
    text: str
    empty: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """The parts of the workbook that changed, by name."""

    parts: tuple[tuple[str, str], ...]


def fill(data: bytes, entries: Sequence[Entry]) -> Filled:
    """The parts of a surveyed workbook with these cells filled in.

    Raises:
        RejectedInputError: a cell cannot be filled: a formula or another text is in the way, it is hidden in
            a merged one, or there is no such cell.
        NotFoundError: there is no such sheet.
    """
    return _Form(data).filled(entries)


class _Form:
    """A workbook while it is filled in."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._files = {name: archive.read(name) for name in archive.namelist() if name.startswith("xl/")}
        self._roots: dict[str, _Element] = {}
        self._sheets = dict(self._named())
        self._styles = _Styles(self._root(_STYLES) if _STYLES in self._files else None)

    def filled(self, entries: Sequence[Entry]) -> Filled:
        changed = {_WORKBOOK}
        sheets: dict[str, _Sheet] = {}
        for entry in entries:
            name = self._sheet(entry)
            if name not in sheets:
                sheets[name] = _Sheet(self._root(name))
            sheets[name].put(entry, self._styles)
        if self._styles.changed:
            changed.add(_STYLES)
        for name in self._sheets.values():
            if _forget_results(self._root(name)):
                changed.add(name)
        _count_anew(self._root(_WORKBOOK))
        return Filled(tuple((name, _text(self._root(name))) for name in sorted(changed | set(sheets))))

    def _root(self, name: str) -> _Element:
        from lxml import etree

        if name not in self._roots:
            try:
                parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
                self._roots[name] = etree.fromstring(self._files[name], parser)
            except (KeyError, etree.LxmlError, ValueError) as error:
                message = _("the workbook is damaged and cannot be read: {why}").format(why=name)
                raise RejectedInputError(message, _("open it, save it again and use that")) from error
        return self._roots[name]

    def _named(self) -> Iterator[tuple[str, str]]:
        """The sheets by name, the first that is seen first."""
        folder, base = posixpath.split(_WORKBOOK)
        parts = {
            each.get("Id"): posixpath.normpath(posixpath.join("/", folder, each.get("Target") or "")).lstrip(
                "/"
            )
            for each in self._root(posixpath.join(folder, "_rels", f"{base}.rels"))
            if (each.get("Type") or "").endswith("/worksheet")
        }
        sheets = [each for each in self._root(_WORKBOOK).iter() if _tag(each) == "sheet"]
        for sheet in sorted(sheets, key=lambda each: each.get("state", "visible") != "visible"):
            part = next((parts.get(value) for key, value in sheet.items() if key.endswith("}id")), None)
            if part in self._files:
                yield sheet.get("name") or "", part

    def _sheet(self, entry: Entry) -> str:
        if entry.sheet in self._sheets:
            return self._sheets[entry.sheet]
        if not entry.sheet and self._sheets:
            return next(iter(self._sheets.values()))
        message = _("the form has no sheet {sheet}, where {field} is to stand")
        hint = _("its sheets are: {names}; change the map").format(names=listed(self._sheets))
        raise NotFoundError(message.format(sheet=excerpt(entry.sheet), field=entry.field), hint)


class _Sheet:
    """The cells of one sheet, found by their place."""

    def __init__(self, root: _Element) -> None:
        from lxml import etree

        data = next((each for each in root if _tag(each) == "sheetData"), None)
        self._data = etree.SubElement(root, _in(root, "sheetData")) if data is None else data
        self._rows = dict(_numbered(self._data, "row", int))
        self._cells: dict[int, dict[int, _Element]] = {}
        self._merges = [_range(each.get("ref") or "") for each in root.iter() if _tag(each) == "mergeCell"]

    def put(self, entry: Entry, styles: _Styles) -> None:
        """Fill one cell."""
        row, column = _place(entry)
        for top, left, bottom, right in self._merges:
            if top <= row <= bottom and left <= column <= right and (row, column) != (top, left):
                first = f"{letter(left - 1)}{top}"
                raise _in_the_way(
                    entry, _("it lies in a merged cell"), _("name its first cell, {cell}").format(cell=first)
                )
        cell = self._cell(row, column)
        if any(_tag(each) == "f" for each in cell):
            raise _in_the_way(entry, _("it holds a formula"), _("name another cell, or clear it in the form"))
        if entry.empty and any(_tag(each) in ("v", "is") for each in cell):
            hint = _("give the list more room in the form, or say in the map where its last row is")
            raise _in_the_way(entry, _("something stands there"), hint)
        _write(cell, entry, styles)

    def _cell(self, row: int, column: int) -> _Element:
        if row not in self._rows:
            self._rows[row] = _inserted(
                self._data, "row", str(row), [each for each in self._rows if each < row]
            )
        if row not in self._cells:
            known = _numbered(self._rows[row], "c", _column)
            self._cells[row] = dict(known)
        cells = self._cells[row]
        if column not in cells:
            name = f"{letter(column - 1)}{row}"
            before = [each for each in cells if each < column]
            cells[column] = _inserted(self._rows[row], "c", name, before)
            if self._rows[row].get("customFormat") and self._rows[row].get("s"):
                cells[column].set("s", self._rows[row].get("s") or "0")
        return cells[column]


class _Styles:
    """What the styles of the form make of a value."""

    def __init__(self, root: _Element | None) -> None:
        elements = list(root.iter()) if root is not None else []
        self._list = next((each for each in elements if _tag(each) == "cellXfs"), None)
        self._codes = {
            each.get("numFmtId"): _QUOTED.sub("", each.get("formatCode") or "").lower()
            for each in elements
            if _tag(each) == "numFmt"
        }
        self._quoted: dict[str, str] = {}
        self.changed = False

    def shows_days(self, style: str) -> bool:
        """Whether a cell shows a number as a day."""
        number, code = self._format(style)
        return number in _DATES or ("y" in code and "m" in code) or ("m" in code and "d" in code)

    def shows_shares(self, style: str) -> bool:
        """Whether a cell shows a number as per cent."""
        number, code = self._format(style)
        return number in _PERCENTS or code.rstrip().endswith("%")

    def _format(self, style: str) -> tuple[int, str]:
        found = self._of(style)
        number = "0" if found is None else found.get("numFmtId") or "0"
        return int(number), self._codes.get(number, "")

    def _of(self, style: str) -> _Element | None:
        if self._list is None or not style.isdecimal() or int(style) >= len(self._list):
            return None
        return self._list[int(style)]

    def quoted(self, style: str) -> str:
        """The same style for a text that a program would otherwise calculate when somebody edits it."""
        found = self._of(style or "0")
        if found is None or self._list is None:
            return style
        if style not in self._quoted:
            made = deepcopy(found)
            made.set("quotePrefix", "1")
            self._list.append(made)
            self._list.set("count", str(len(self._list)))
            self._quoted[style] = str(len(self._list) - 1)
            self.changed = True
        return self._quoted[style]


def _write(cell: _Element, entry: Entry, styles: _Styles) -> None:
    """Put the value into the cell, as the form shows such values."""
    from lxml import etree

    for each in list(cell):
        cell.remove(each)
    cell.attrib.pop("t", None)
    style = cell.get("s") or ""
    number = _number(entry, style, styles)
    if number:
        etree.SubElement(cell, _in(cell, "v")).text = number
    elif entry.text:
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, _in(cell, "is")), _in(cell, "t"))
        text.text = entry.text
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        if guarded(entry.text) != entry.text:
            cell.set("s", styles.quoted(style))


def _number(entry: Entry, style: str, styles: _Styles) -> str:
    """The number to be written; empty where it is text."""
    if entry.kind == "number":
        return entry.value
    if entry.kind == "percent" and entry.value:
        from decimal import Decimal

        return str(Decimal(entry.value) / 100) if styles.shows_shares(style) else entry.value
    if entry.kind == "date" and styles.shows_days(style):
        return entry.value
    return ""


def _place(entry: Entry) -> tuple[int, int]:
    """Row and column of the cell, counted from 1."""
    found = _CELL.fullmatch(entry.cell)
    row, column = (int(found[2]), _column(found[1])) if found else (0, 0)
    if not 0 < row <= 1_048_576 or column > 16_384:  # noqa: PLR2004 - what a sheet has; ECMA-376, Excel's limits
        raise _in_the_way(entry, _("there is no such cell"), _("name it as C5"))
    return row, column


def _in_the_way(entry: Entry, why: str, hint: str) -> RejectedInputError:
    place = f"{entry.sheet}!{entry.cell}" if entry.sheet else entry.cell
    message = _("{field} cannot be written into {cell} of the form: {why}")
    return RejectedInputError(message.format(field=entry.field, cell=excerpt(place), why=why), hint)


def _numbered(parent: _Element, tag: str, number: Any) -> Iterator[tuple[int, _Element]]:  # noqa: ANN401
    """The rows or cells inside by their numbers; one that says none stands behind the one before it."""
    at = 0
    for each in parent:
        if _tag(each) == tag:
            said = each.get("r")
            at = number(said) if said else at + 1
            yield at, each


def _inserted(parent: _Element, tag: str, name: str, before: Sequence[int]) -> _Element:
    """A new row or cell behind so many others."""
    from lxml import etree

    made = etree.Element(_in(parent, tag), r=name)
    places = [at for at, each in enumerate(parent) if _tag(each) == tag]
    parent.insert(places[len(before) - 1] + 1 if before else 0, made)
    return made


def _forget_results(root: _Element) -> bool:
    """Take out what formulas gave; says whether there were any."""
    found = False
    for cell in root.iter(_in(root, "c")):
        if any(_tag(each) == "f" for each in cell):
            for each in [each for each in cell if _tag(each) == "v"]:
                cell.remove(each)
                found = True
            cell.attrib.pop("t", None)
    return found


def _count_anew(root: _Element) -> None:
    """Let whatever opens the workbook calculate it."""
    from lxml import etree

    found = next((each for each in root if _tag(each) == "calcPr"), None)
    if found is None:
        found = etree.Element(_in(root, "calcPr"))
        root.insert(sum(_tag(each) in _BEFORE for each in root), found)
    found.set("fullCalcOnLoad", "1")


def _range(text: str) -> tuple[int, int, int, int]:
    found = [_CELL.fullmatch(each) for each in text.split(":")]
    places = [(int(each[2]), _column(each[1])) for each in found if each]
    if not places:
        return 0, 0, 0, 0
    return *places[0], *places[-1]


def _column(text: str) -> int:
    number = 0
    for sign in text:
        if sign.isalpha():
            number = number * 26 + ord(sign) - 64
    return number


def _tag(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _in(element: _Element, tag: str) -> str:
    """A tag in the namespace of the element."""
    space = element.tag.rpartition("}")[0]
    return f"{space}}}{tag}" if space else tag


def _text(root: _Element) -> str:
    from lxml import etree

    text: str = etree.tostring(root, encoding="unicode")
    return text
