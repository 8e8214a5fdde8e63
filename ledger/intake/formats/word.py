"""Word files: what a reader of the printed document sees, in order, with the numbers Word itself prints.

Seen in notices: headings numbered by styles and lists, text boxes stored twice, changes that were tracked
and never accepted, forms in content controls, tables in tables, and files that name parts they do not have.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.errors import RejectedInputError
from ledger.intake.formats.numbering import Numbering
from ledger.intake.formats.package import Package
from ledger.intake.formats.pieces import Paragraph, document
from ledger.intake.formats.tablerows import Rows
from ledger.intake.formats.wordrun import Runs
from ledger.intake.formats.wordstyles import Styles, W, below, is_on, num_pr, said, whole
from ledger.intake.proposal import Remark

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from lxml.etree import _Element

    from ledger.intake.document import Document
    from ledger.intake.formats.pieces import Cell, Piece

#: Elements that only hold others.
_AROUND = frozenset(W + name for name in ("sdtContent", "customXml", "smartTag", "ins", "moveTo"))
_GONE = frozenset(W + name for name in ("del", "moveFrom"))
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_LINKED = frozenset(W + name for name in ("altChunk", "subDoc"))


def read(data: bytes) -> Document:
    """The paragraphs and tables of a Word file, in order.

    Raises:
        RejectedInputError: the file is damaged or holds no text, or a table is too wide to be read.
    """
    package = Package(data)
    root = package.part(package.main)
    body = below(root, "body")
    if root is None or root.tag != W + "document" or body is None:
        hint = _("open it where it was written, save it again and import that")
        raise RejectedInputError(_("the Word file holds no document"), hint=hint)
    reader = _reader(package, trusts_fields=True)
    pieces = reader.all(body)
    if reader.runs.in_field:  # a field that nobody ended would hide all that follows
        reader = _reader(package, trusts_fields=False)
        pieces = reader.all(body)
    return document(pieces, _remarks(reader.runs.left_out))


def _reader(package: Package, *, trusts_fields: bool) -> _Reader:
    def related(kind: str) -> _Element | None:
        name = package.related(package.main, kind)
        return package.part(name) if name else None

    styles = Styles(related("styles"))
    return _Reader(styles, Numbering(related("numbering"), styles), Runs(styles, trusts_fields=trusts_fields))


def _remarks(left_out: Counter[str]) -> Iterator[Remark]:
    """What was left out, so that nobody takes the proposal for all there is."""
    messages = {
        "tracked_changes": _("the document holds tracked changes; they were read as if accepted: {count}"),
        "hidden_text": _("hidden text was left out: {count}"),
        "footnotes": _("footnotes and endnotes were left out: {count}"),
        "comments": _("comments were left out: {count}"),
        "pictures": _("pictures, charts and embedded objects were not read: {count}"),
        "linked_parts": _("parts kept in other files were not followed: {count}"),
        "unknown_symbols": _("signs of fonts that are not known were left out: {count}"),
    }
    for code, message in messages.items():
        if left_out[code]:
            yield Remark(code, message.format(count=left_out[code]))


@dataclass(slots=True)
class _Reader:
    """Turns blocks of a document into pieces."""

    styles: Styles
    numbering: Numbering
    runs: Runs
    #: Tables the reader stands in.
    nested: int = 0
    #: Text of paragraphs whose end was deleted, which go on in the next.
    carried: list[str] = field(default_factory=list)

    def all(self, container: _Element) -> list[Piece]:
        """Everything in a body, a cell or a text box."""
        pieces: list[Piece] = []
        for block in self._blocks(container):
            if block.tag == W + "p":
                pieces.extend(self._paragraph(block))
            else:
                pieces.extend(self._table(block))
        if self.carried:
            pieces.append(Paragraph("".join(self.carried)))
            self.carried.clear()
        return pieces

    def _blocks(self, container: _Element) -> Iterator[_Element]:
        """Paragraphs and tables, whatever they are wrapped in."""
        for child in container:
            if child.tag in (W + "p", W + "tbl"):
                yield child
            elif child.tag in _AROUND:
                yield from self._blocks(child)
            elif child.tag == W + "sdt":
                yield from self._blocks(self._control(child))
            elif child.tag == _ALTERNATE:
                yield from self._blocks(self.runs.chosen(child))
            elif child.tag in _GONE:
                self.runs.left_out["tracked_changes"] += 1
            elif child.tag in _LINKED:
                self.runs.left_out["linked_parts"] += 1

    def _control(self, control: _Element) -> _Element:
        """What a content control holds; nothing where it only asks to be filled in."""
        content = below(control, "sdtContent")
        asks = is_on(below(control, "sdtPr", "showingPlcHdr"))
        return control.makeelement(W + "sdtContent") if asks or content is None else content

    def _paragraph(self, paragraph: _Element) -> Iterator[Piece]:
        properties = below(paragraph, "pPr")
        style = said(below(properties, "pStyle")) or self.styles.default
        text = self.runs.text(paragraph, hidden=self.styles.hides(style))
        boxes = self.runs.take_boxes()
        marker = below(properties, "rPr")
        if below(marker, "del") is not None or below(marker, "moveFrom") is not None:
            self.runs.left_out["tracked_changes"] += 1
            self.carried.append(text)
        elif text.strip() or not is_on(below(marker, "vanish")):
            text = "".join((*self.carried, text))
            self.carried.clear()
            label = self.numbering.label(num_pr(properties), style)
            if label and text.strip():
                text = _numbered(label, text)
            elif label and self.nested:  # the column of numbers in a table holds nothing else
                text = label.strip("().、．（）")
            yield Paragraph(text)
        for box in boxes:
            yield from self.all(box)

    def _table(self, table: _Element) -> list[Piece]:
        rows = Rows(nested=self.nested)
        self.nested += 1
        merged: dict[int, Cell] = {}
        for row in self._inside(table, "tr"):
            properties = below(row, "trPr")
            if below(properties, "del") is not None or is_on(below(properties, "hidden")):
                changed = below(properties, "del") is not None
                self.runs.left_out["tracked_changes" if changed else "hidden_text"] += 1
                continue
            rows.begin_row()
            before = whole(said(below(properties, "gridBefore"))) or 0
            if before > 0:
                rows.begin_cell(before)
                rows.end_cell()
            for cell in self._inside(row, "tc"):
                self._cell(cell, rows, merged)
        self.nested -= 1
        return rows.pieces()

    def _inside(self, element: _Element, name: str) -> Iterator[_Element]:
        """Rows of a table or cells of a row, whatever they are wrapped in."""
        for child in element:
            if child.tag == W + name:
                yield child
            elif child.tag in _AROUND:
                yield from self._inside(child, name)
            elif child.tag == W + "sdt":
                content = below(child, "sdtContent")
                if content is not None:
                    yield from self._inside(content, name)

    def _cell(self, element: _Element, rows: Rows, merged: dict[int, Cell]) -> None:
        """Read a cell; one that goes on with the cell above or before it makes that one larger."""
        properties = below(element, "tcPr")
        flow = rows.begin_cell(whole(said(below(properties, "gridSpan"))) or 1)
        row = rows.frame.rows[-1]
        cell = row[-1]
        down, across = below(properties, "vMerge"), below(properties, "hMerge")
        above = merged.get(cell.column)
        if across is not None and said(across) != "restart" and len(row) > 1:
            row.pop()
            row[-1].width += cell.width
        elif down is not None and said(down) != "restart" and above is not None:
            row.pop()
            above.height += 1
        else:
            merged.pop(cell.column, None)
            if down is not None:
                merged[cell.column] = cell
            flow.extend(self.all(element))
        rows.end_cell()


def _numbered(label: str, text: str) -> str:
    """The paragraph with the number Word prints before it; a blank where the two would run together."""
    bare = text.lstrip()
    runs_on = label[-1].isalnum() or label == "•" or (label[-1].isascii() and bare[0].isascii())
    return f"{label}{' ' if runs_on else ''}{bare}"
