"""What a Word document and a workbook show, as text that a person can review and a diff can show."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def document(data: bytes) -> str:
    """A Word file: a line a paragraph with its style, a line a row of a table, a line where a section ends."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml")).find(f"{_W}body")
        feet = [name for name in archive.namelist() if name.startswith(("word/footer", "word/header"))]
        lines = [line for part in body for line in _part(part)]
        for name in feet:
            said = _text(ElementTree.fromstring(archive.read(name)))
            lines.append(f"[{name.removeprefix('word/')}] {said}")
    return "\n".join(lines) + "\n"


def _part(part):
    if part.tag == f"{_W}p":
        style = part.find(f"{_W}pPr/{_W}pStyle")
        yield f"[{'' if style is None else style.get(f'{_W}val')}] {_text(part)}".rstrip()
        ends = part.find(f"{_W}pPr/{_W}sectPr")
        if ends is not None:
            yield _page(ends)
    elif part.tag == f"{_W}tbl":
        for row in part.iter(f"{_W}tr"):
            head = "!" if row.find(f"{_W}trPr/{_W}tblHeader") is not None else ""
            yield f"{head}| {' | '.join(map(_cell, row.iter(f'{_W}tc')))} |"
    elif part.tag == f"{_W}sectPr":
        yield _page(part)


def _cell(cell) -> str:
    return " / ".join(filter(None, (_text(each) for each in cell.iter(f"{_W}p"))))


def _page(section) -> str:
    size = section.find(f"{_W}pgSz")
    lying = size.get(f"{_W}orient") == "landscape"
    return f"--- {'landscape' if lying else 'portrait'} {size.get(f'{_W}w')} x {size.get(f'{_W}h')}"


def _text(part) -> str:
    said = []
    for each in part.iter():
        if each.tag in (f"{_W}t", f"{_W}instrText"):
            said.append(each.text or "")
        elif each.tag == f"{_W}br":
            said.append(" // ")
        elif each.tag == f"{_W}tab":
            said.append("\t")
    return "".join(said)


def workbook(data: bytes) -> str:
    """A workbook: each sheet with its page and merged cells, then every cell that holds something."""
    from openpyxl import load_workbook

    lines = []
    for sheet in load_workbook(io.BytesIO(data)):
        setup = sheet.page_setup
        lines.append(
            f"=== {sheet.title} {sheet.sheet_state} {setup.orientation} rows {sheet.print_title_rows}"
        )
        lines.append(f"merged: {' '.join(sorted(str(each) for each in sheet.merged_cells.ranges))}")
        for row in sheet.iter_rows():
            lines += [f"{each.coordinate} {_shown(each)}" for each in row if each.value is not None]
    return "\n".join(lines) + "\n"


def _shown(cell) -> str:
    value = str(cell.value).replace("\n", " // ")
    return value if cell.number_format == "General" else f"{value} ({cell.number_format})"


def archive(data: bytes) -> str:
    """An archive: the names of its files, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return "".join(f"{name}\n" for name in opened.namelist())
