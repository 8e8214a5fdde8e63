"""The parts of a Word file beside its text, and the file itself.

Source: ECMA-376 part 1, §17 (WordprocessingML), part 2 (packages, core properties).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from ledger.domain.text import visible
from ledger.reports.archive import packed
from ledger.reports.as_docx import page, styles

if TYPE_CHECKING:
    from ledger.reports.views import Report

#: Where the text lies.
DOCUMENT: Final = "word/document.xml"
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SCHEMA: Final = "http://schemas.openxmlformats.org"
#: The name space of WordprocessingML.
WORD: Final = f"{_SCHEMA}/wordprocessingml/2006/main"
_OFFICE: Final = f"{_SCHEMA}/officeDocument/2006/relationships"
_PACKAGE: Final = f"{_SCHEMA}/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: The parts the text needs: the name it has for each, its kind and its content type.
_RELATED: Final = {
    "styles.xml": ("styles", "styles", "styles"),
    "settings.xml": ("settings", "settings", "settings"),
    "fontTable.xml": ("fonts", "fontTable", "fontTable"),
    "footer1.xml": ("odd", "footer", "footer"),
    "footer2.xml": ("even", "footer", "footer"),
}
#: The longest title the properties of a file take. Source: the length Explorer and Word show.
_TITLE: Final = 255


def file(report: Report, body: str) -> bytes:
    """The whole file, its text given as the children of `w:body`."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(),
        "docProps/core.xml": _properties(report),
        DOCUMENT: _part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": _document_relations(),
        "word/styles.xml": _part("styles", styles.sheet(report.language)),
        "word/settings.xml": _part("settings", _SETTINGS),
        "word/fontTable.xml": _part("fonts", styles.faces()),
        "word/footer1.xml": _part("ftr", page.number("OddNumber")),
        "word/footer2.xml": _part("ftr", page.number("EvenNumber")),
    }
    return packed({name: (_XML + text).encode() for name, text in parts.items()})


#: Odd and even pages have feet of their own; the rest says that this is a file of Word 2013 and later.
_SETTINGS: Final = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting'
    ' w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
)


def _part(root: str, inside: str) -> str:
    return f'<w:{root} xmlns:w="{WORD}" xmlns:r="{_OFFICE}">{inside}</w:{root}>'


def _content_types() -> str:
    parts = {"document.xml": f"{_TYPE}.document.main+xml"}
    parts |= {name: f"{_TYPE}.{content}+xml" for name, (_id, _kind, content) in _RELATED.items()}
    overrides = "".join(
        f'<Override PartName="/word/{name}" ContentType="{kind}"/>' for name, kind in parts.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}<Override'
        ' PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relations() -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="document" Type="{_OFFICE}/officeDocument" Target="{DOCUMENT}"/>'
        f'<Relationship Id="core" Type="{_PACKAGE}/relationships/metadata/core-properties"'
        ' Target="docProps/core.xml"/></Relationships>'
    )


def _document_relations() -> str:
    related = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for target, (name, kind, _content) in _RELATED.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>'


def _properties(report: Report) -> str:
    day = f"{report.stamp.as_of.isoformat()}T00:00:00Z"
    title = escape(" ".join(visible(report.title).split())[:_TITLE])
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>ledger</dc:creator>"
        f"<dc:language>{'zh-CN' if report.language == 'zh' else report.language}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    )
