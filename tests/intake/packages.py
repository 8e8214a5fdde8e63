"""Word files and workbooks put together part by part, honest and hostile; nothing of it lies in the repository."""

from __future__ import annotations

import io
import zipfile

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MAIN = "application/vnd.openxmlformats-officedocument."
NOTICE = ("一、整改情况", "1.关于“台账不全”的问题", "整改情况：一是补齐台账。二是定期核对。")


def types(main, content, more=""):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="{main}" ContentType="{MAIN}{content}"/>{more}</Types>'
    )


def relations(*each):
    """Each is (type's last word, target) or (…, …, "External")."""
    rows = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}"'
        + (f' TargetMode="{mode[0]}"/>' if mode else "/>")
        for at, (kind, target, *mode) in enumerate(each, start=1)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


def document(paragraphs=NOTICE, inside=""):
    rows = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in paragraphs)
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>{rows}{inside}</w:body></w:document>'


def word_parts(**more):
    """The parts of an honest Word file, by name; `more` are laid over them (None leaves one out)."""
    parts = {
        "[Content_Types].xml": types("/word/document.xml", "wordprocessingml.document.main+xml"),
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/document.xml": document(),
    }
    return {name: text for name, text in (parts | more).items() if text is not None}


#: An honest list of one issue.
CELLS = (
    ("序号", "反馈问题", "整改措施", "责任单位", "整改时限"),
    (1, "台账不全", "补齐台账", "办公室", "2025年6月底前"),
)


def sheet(rows=CELLS, inside=""):
    def cell(value, reference):
        if isinstance(value, int):
            return f'<c r="{reference}"><v>{value}</v></c>'
        return f'<c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c>'

    body = "".join(
        f'<row r="{at}">'
        + "".join(cell(value, f"{'ABCDEFGHIJ'[column]}{at}") for column, value in enumerate(row))
        + "</row>"
        for at, row in enumerate(rows, start=1)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{SHEET}"><sheetData>{body}{inside}</sheetData></worksheet>'


def book_parts(**more):
    """The parts of an honest workbook, by name; `more` are laid over them (None leaves one out)."""
    override = (
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{MAIN}spreadsheetml.worksheet+xml"/>'
    )
    parts = {
        "[Content_Types].xml": types("/xl/workbook.xml", "spreadsheetml.sheet.main+xml", override),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets><sheet name="台账" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": sheet(),
    }
    return {name: text for name, text in (parts | more).items() if text is not None}


def zipped(parts, method=zipfile.ZIP_DEFLATED, level=6):
    """The parts as a package; a part is text, bytes, or (bytes, times) to be repeated without being held."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method, compresslevel=level) as archive:
        for name, part in parts.items():
            with archive.open(
                zipfile.ZipInfo(name) if method == zipfile.ZIP_STORED else _info(name, method), "w"
            ) as entry:
                if isinstance(part, tuple):
                    for _time in range(part[1]):
                        entry.write(part[0])
                else:
                    entry.write(part.encode() if isinstance(part, str) else part)
    return file.getvalue()


def _info(name, method):
    info = zipfile.ZipInfo(name)
    info.compress_type = method
    return info


def word(**more):
    """An honest Word file, or one with some parts put in place of its own."""
    return zipped(word_parts(**more))


def book(**more):
    """An honest workbook, or one with some parts put in place of its own."""
    return zipped(book_parts(**more))
