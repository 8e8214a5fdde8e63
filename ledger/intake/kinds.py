"""Of what kind a received file is: by how it begins, then by its ending; what is not read is named."""

from __future__ import annotations

import re
from enum import StrEnum
from gettext import gettext as _
from pathlib import PurePath
from typing import Final

from ledger.errors import RejectedInputError


class Kind(StrEnum):
    """How a received file is read."""

    TEXT = "text"
    """Plain text or Markdown."""
    PAGE = "html"
    """A web page."""
    TABLE = "csv"
    """Rows of fields with commas, tabs or semicolons between them."""
    PACKAGE = "ooxml"
    """A Word document or a workbook as they are written today; which of the two, its parts say (`survey`)."""
    WORD = "docx"
    WORKBOOK = "xlsx"
    WRITING = "old writing"
    """What LibreOffice makes a Word document of: .doc, .wps, .rtf, .odt."""
    SHEETS = "old sheets"
    """What LibreOffice makes a workbook of: .xls, .et, .ods."""


#: Endings that say more than the beginning of a text does. All others, and none, are text if they hold text:
#: a program that writes a table as text often calls it .xls.
_ENDINGS: Final = {
    ".csv": Kind.TABLE, ".tsv": Kind.TABLE, ".tab": Kind.TABLE, ".xls": Kind.TABLE, ".et": Kind.TABLE,
    ".html": Kind.PAGE, ".htm": Kind.PAGE, ".xhtml": Kind.PAGE, ".shtml": Kind.PAGE,
}  # fmt: skip
#: Endings of texts that are read; others are refused, so that a log or a script is no notice by mistake.
_READ: Final = (*_ENDINGS, "", ".txt", ".text", ".md", ".markdown", ".doc", ".wps", ".docx", ".xlsx")

#: How files begin that are not read, and what they are called. Source: the formats' own specifications.
_FOREIGN: Final = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"\x1f\x8b", "gzip"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"MIME-Version:", "MHT"),
)
#: The same for beginnings so short that a text may have them: only where a zero byte follows soon.
_FOREIGN_BINARY: Final = ((b"BM", "BMP"), (b"RIFF", "WebP"), (b"MZ", "EXE"), (b"BZh", "bzip2"))
_PICTURES: Final = ("PNG", "JPEG", "GIF", "TIFF", "BMP", "WebP")
_ARCHIVES: Final = ("gzip", "xz", "bzip2", "RAR", "7z")

#: The beginning of a compound file. Source: [MS-CFB] 2.2.
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: The beginning of a zip archive, of an empty one, and of one in several parts. Source: APPNOTE 4.3.
_ZIPPED: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
#: What the first entry of an OpenDocument file says, by its place. Source: OpenDocument 1.3, part 2, 3.3.
_OPEN_DOCUMENTS: Final = (
    (b"application/vnd.oasis.opendocument.text", Kind.WRITING),
    (b"application/vnd.oasis.opendocument.spreadsheet", Kind.SHEETS),
)
#: Word and Excel as one XML file, as 2003 wrote them.
_XML_OFFICE: Final = ((b"Word.Document", Kind.WRITING), (b"Excel.Sheet", Kind.SHEETS))
#: What a web page begins with, behind what comments there are.
_PAGE: Final = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,500}-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table)\b",
    re.IGNORECASE,
)
#: How much of a file is looked at to see what it is. Units: bytes.
_HEAD: Final = 4096


def kind_of(data: bytes, name: str, *, shown: str) -> Kind:
    """How a file is read, by its bytes and its name.

    Args:
        data: All of it.
        name: With its ending, if it has one; "-" has none.
        shown: What to call it in a message.

    Raises:
        RejectedInputError: it is of a kind that is not read, protected by a password, or holds macros.
    """
    head = _readable(data[:_HEAD])
    foreign = next((kind for start, kind in _FOREIGN if data.startswith(start)), None)
    if foreign is None and b"\x00" in head:
        foreign = next((kind for start, kind in _FOREIGN_BINARY if data.startswith(start)), None)
    if foreign:
        raise not_read(shown, foreign)
    ending = PurePath(name).suffix.casefold()
    if data.startswith(_COMPOUND):
        return _compound(data, ending, shown)
    if data.startswith(_ZIPPED):
        return (open_document(data[38:138]) if data[30:38] == b"mimetype" else None) or Kind.PACKAGE
    if data.startswith(b"{\\rtf"):
        return Kind.WRITING
    markup = _markup(head, shown)
    if markup:
        return markup
    if ending not in _READ:
        message = _("{file} is not of a kind that is read: .txt, .md, .html, .docx, .xlsx, .csv and .tsv are")
        raise RejectedInputError(message.format(file=shown), hint=save_as_text())
    if not ending and _has_fields(head):
        return Kind.TABLE
    return _ENDINGS.get(ending, Kind.TEXT)


def _markup(head: bytes, shown: str) -> Kind | None:
    """The kind of a text that begins as markup; None where it does not."""
    if _PAGE.match(head) or (b"<html" in head.lower() and head.lstrip().startswith(b"<")):
        return Kind.PAGE
    if not head.lstrip().startswith(b"<?xml"):
        return None
    kind = next((kind for word, kind in _XML_OFFICE if word in head), None)
    if kind is None:
        raise not_read(shown, "XML")
    return kind


def _has_fields(head: bytes) -> bool:
    """Whether what has no ending is rows of fields: nearly all its lines cut by commas into as many parts.

    Shape: tabs do not count, as they also stand in tables that were pasted into a text.
    """
    import csv

    lines = head.decode("latin-1").split("\n")  # other bytes that end a line are parts of letters here
    whole = lines if len(head) < _HEAD else lines[:-1]
    try:
        counts = [len(row) for row in csv.reader(whole) if row]
    except csv.Error:
        return False
    usual = max(counts, key=counts.count, default=0)
    return len(counts) >= 2 and usual >= 3 and counts.count(usual) * 5 >= len(counts) * 4


def _readable(head: bytes) -> bytes:
    """The beginning with one byte a letter, so that UTF-16 is recognised as well."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(encoding, "ignore").encode("ascii", "replace")
    return head.removeprefix(b"\xef\xbb\xbf")


def open_document(mimetype: bytes) -> Kind | None:
    """What an OpenDocument file says it is; None where it is no text and no spreadsheet."""
    return next((kind for start, kind in _OPEN_DOCUMENTS if mimetype.startswith(start)), None)


def not_read(shown: str, kind: str) -> RejectedInputError:
    """The refusal of a file of a kind that is not read, with what can be done about it."""
    message = _("{file} is of the kind {kind}, which is not read").format(file=shown, kind=kind)
    if kind in _PICTURES:
        hint = _("have its text recognised, look it through, save it as .txt and import that")
    elif kind in _ARCHIVES or kind == "zip":
        hint = _("unpack it and import the files one by one")
    elif kind == "PDF":
        hint = _("ask for the Word file it was made from, or copy its text into a .txt file and import that")
    else:
        hint = save_as_text()
    return RejectedInputError(message, hint=hint)


def save_as_text() -> str:
    """What helps with most files that are not read."""
    return _("open it where it was written, save it as .docx, .xlsx or plain text (UTF-8) and import that")


def encrypted(shown: str) -> RejectedInputError:
    """The refusal of a file that only a password opens."""
    message = _("{file} is protected by a password").format(file=shown)
    return RejectedInputError(
        message, hint=_("open it with its password, save it without one and import that")
    )


def with_macros(shown: str) -> RejectedInputError:
    """The refusal of a file that brings a program along."""
    message = _("{file} holds macros, which a document that is only read has no need of").format(file=shown)
    return RejectedInputError(message, hint=_("save it as .docx or .xlsx, which hold none, and import that"))


def _compound(data: bytes, ending: str, shown: str) -> Kind:
    """What the directory of a compound file says it is. Source: [MS-CFB] 2.6, [MS-OFFCRYPTO] 2.3.4."""
    if _holds(data, "EncryptedPackage"):
        raise encrypted(shown)
    if _holds(data, "_VBA_PROJECT"):
        raise with_macros(shown)
    if _holds(data, "WordDocument"):
        return Kind.WRITING
    if _holds(data, "Workbook") or _holds(data, "Book"):
        return Kind.SHEETS
    if ending in (".doc", ".wps", ".wpt"):
        return Kind.WRITING
    if ending in (".xls", ".et", ".ett"):
        return Kind.SHEETS
    raise not_read(shown, "OLE")


def _holds(data: bytes, stream: str) -> bool:
    """Whether the directory names a stream: entries are 128 bytes, and their place is a multiple of it."""
    wanted = stream.encode("utf-16-le") + b"\x00\x00"
    at = data.find(wanted)
    while at >= 0:
        if at % 128 == 0:
            return True
        at = data.find(wanted, at + 1)
    return False
