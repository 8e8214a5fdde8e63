"""A zip package looked over before anything in it is read: what unfolds, lies, hides or points elsewhere.

Nothing is unpacked to the disk and nothing is followed. What would do harm is refused by name; what only
points outside the file, or is kept inside it as another file, is not fetched or opened, and said.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from gettext import gettext as _
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ledger.domain.text import excerpt
from ledger.errors import RejectedInputError
from ledger.intake.kinds import Kind, encrypted, not_read, open_document, with_macros
from ledger.intake.proposal import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

_MB: Final = 1 << 20
#: What a package may be. Units: entries; bytes unpacked, in all and a part; times its packed size.
#: Source: RELIABILITY D14: an honest workbook of 30,000 rows has 20 entries and unfolds 18 times, a Word file
#: 24 times; a bomb of 412 kB unfolded 1,019 times.
ENTRIES: Final = 2_000
TOTAL: Final = 200 * _MB
PART: Final = 100 * _MB
RATIO: Final = 150
#: Parts below this may be packed as tightly as they can: rows that all say the same pack well. Units: bytes.
_SMALL: Final = 4 * _MB
#: How many directory entries may stand anywhere in the file, packages kept inside it included; beyond that
#: not even its directory is read.
_DIRECTORY_ENTRIES: Final = 10 * ENTRIES
#: Of a part that says what the package is or points to: more than any honest one has. Units: bytes.
_SHORT_PART: Final = 8 * _MB
#: How much is unpacked at a time. Units: bytes.
_STEP: Final = _MB

#: What stands before a part at least. Units: bytes. Source: APPNOTE 4.3.7.
_LOCAL_HEADER: Final = 30
#: How packages are packed. Source: ISO/IEC 29500-2, annex B: stored and deflated alone.
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: What the reader of an archive may raise over one that is damaged, or made to look so.
_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, NotImplementedError, OverflowError,
    RuntimeError, ValueError,
)  # fmt: skip

_MANIFEST: Final = "META-INF/manifest.xml"
_CONTENT_TYPES: Final = "[Content_Types].xml"
#: What the main part is, by its declared content type. Source: ISO/IEC 29500-1, 11.3.10 and 12.3.23.
_MAIN: Final = (
    ("wordprocessingml.document.main+xml", Kind.WORD),
    ("wordprocessingml.template.main+xml", Kind.WORD),
    ("spreadsheetml.sheet.main+xml", Kind.WORKBOOK),
    ("spreadsheetml.template.main+xml", Kind.WORKBOOK),
)
_DOCTYPES: Final = tuple("<!DOCTYPE".encode(each) for each in ("utf-8", "utf-16-le", "utf-16-be"))
_XML_NAMES: Final = (".xml", ".rels", ".vml")
#: The encodings a part may be in. Source: ISO/IEC 29500-2, 8.1.4; in another one a declaration could hide.
_ENCODINGS: Final = ("utf-8", "utf-16", "us-ascii", "ascii")
_SAID_ENCODING: Final = re.compile(
    rb"""\s*<\?xml[^<>]{0,200}?encoding\s{0,20}=\s{0,20}["']([^"'<>]{1,40})["']"""
)
_RELATION: Final = re.compile(r"<(?:\w{1,20}:)?Relationship\s([^<>]*)>")
_ATTRIBUTE: Final = re.compile(r"""\b(\w{1,40})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)')""")
#: Relations that name something outside and that a reader has no use for. Source: ISO/IEC 29500-1, 11.4.
_HARMLESS: Final = ("hyperlink",)
#: Relations to what is kept inside as a file of its own.
_KEPT_INSIDE: Final = ("oleObject", "package", "aFChunk", "control")


@dataclass(frozen=True, slots=True)
class Survey:
    """What the survey of a package says.

    Attributes:
        kind: WORD or WORKBOOK; of an OpenDocument file WRITING or SHEETS.
        remarks: What of it is not read.
    """

    kind: Kind
    remarks: tuple[Remark, ...] = ()


def survey(data: bytes, *, shown: str) -> Survey:
    """What a package is, and what of it will not be read.

    Args:
        data: The package.
        shown: What to call it in a message.

    Raises:
        RejectedInputError: it is no document, damaged, protected, holds macros, unfolds beyond all measure,
            or declares entities.
    """
    if data.count(b"PK\x01\x02") > _DIRECTORY_ENTRIES:
        raise _hostile(shown, _("it holds more than {count} entries").format(count=_DIRECTORY_ENTRIES))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _directory(entries, shown)
            kind = _kind(archive, shown)
            total = 0
            for entry in entries:
                total += _part(archive, entry, shown)
                if total > TOTAL:
                    raise _hostile(
                        shown, _("unpacked it is larger than {limit} MB").format(limit=TOTAL // _MB)
                    )
            return Survey(kind, tuple(_remarks(archive, entries)))
    except _DAMAGE as error:
        raise damaged(shown) from error


def damaged(shown: str) -> RejectedInputError:
    """The refusal of a file that is not whole."""
    message = _("{file} is damaged: it cannot be unpacked").format(file=shown)
    return RejectedInputError(message, hint=_("ask for it to be sent again, or save it anew where it opens"))


def _hostile(shown: str, why: str) -> RejectedInputError:
    message = _("{file} is not read: {why}").format(file=shown, why=why)
    hint = _("if it comes from somebody you know, save it anew in Word, WPS or Excel and import that")
    return RejectedInputError(message, hint=hint)


def _directory(entries: Sequence[zipfile.ZipInfo], shown: str) -> None:
    """Refuse what the directory alone gives away."""
    if len(entries) > ENTRIES:
        raise _hostile(shown, _("it holds more than {count} entries").format(count=ENTRIES))
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise encrypted(shown)
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise _hostile(shown, _("a part of it is packed in a way that documents do not use"))
    _names(entries, shown)
    if any(entry.file_size > PART for entry in entries):
        raise _hostile(shown, _("a part of it is larger than {limit} MB").format(limit=PART // _MB))
    if sum(entry.file_size for entry in entries) > TOTAL:
        raise _hostile(shown, _("unpacked it is larger than {limit} MB").format(limit=TOTAL // _MB))
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    for first, second in pairwise(ordered):
        if first.header_offset + _LOCAL_HEADER + first.compress_size > second.header_offset:
            raise _hostile(shown, _("parts of it lie one over the other"))


def _names(entries: Sequence[zipfile.ZipInfo], shown: str) -> None:
    """Refuse names that stand for two parts, or for a file elsewhere."""
    names = [entry.filename.casefold() for entry in entries]
    if len(set(names)) < len(names):
        raise _hostile(shown, _("two of its parts have one name"))
    for entry, name in zip(entries, names, strict=True):
        if name.startswith(("/", "\\")) or ":" in name or ".." in re.split(r"[/\\]", name):
            why = _("a part of it is named like a file elsewhere: {name}")
            raise _hostile(shown, why.format(name=excerpt(entry.filename, 60)))


def _kind(archive: zipfile.ZipFile, shown: str) -> Kind:
    names = {name.casefold() for name in archive.namelist()}
    if "mimetype" in names:
        return _open_document(archive, names, shown)
    if _CONTENT_TYPES.casefold() not in names:
        raise not_read(shown, "OFD" if "ofd.xml" in names else "zip")
    types = _short(archive, _CONTENT_TYPES, shown)
    if "sheet.binary.macroEnabled" in types:
        raise not_read(shown, "XLSB")
    if "macroEnabled" in types or any(name.endswith("vbaproject.bin") for name in names):
        raise with_macros(shown)
    kind = next((kind for word, kind in _MAIN if word in types), None)
    if kind is None:
        raise not_read(shown, "PowerPoint" if "presentationml" in types else "zip")
    return kind


def _open_document(archive: zipfile.ZipFile, names: Set[str], shown: str) -> Kind:
    """An OpenDocument file, which LibreOffice will read. Source: OpenDocument 1.3, part 2."""
    kind = open_document(_short(archive, "mimetype", shown).encode())
    if kind is None:
        raise not_read(shown, "zip")
    if any(name.startswith(("basic/", "scripts/")) for name in names):
        raise with_macros(shown)
    if "encryption-data" in (_short(archive, _MANIFEST, shown) if _MANIFEST.casefold() in names else ""):
        raise encrypted(shown)
    return kind


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, shown: str) -> int:
    """How long a part really is.

    Shape: unpacked step by step and thrown away, so that nothing it says of itself is believed; the archive's
        own reader holds the checksum against it.
    """
    size = 0
    kept = b""
    markup = entry.filename.casefold().endswith(_XML_NAMES)
    with archive.open(entry) as stream:
        while step := stream.read(_STEP):
            if not size:
                markup = markup or step[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")
                _encoding(step, shown)
            size += len(step)
            if size > PART:
                raise _hostile(shown, _("a part of it is larger than {limit} MB").format(limit=PART // _MB))
            if size > _SMALL and size > RATIO * max(entry.compress_size, 1):
                raise _hostile(shown, _("a part of it unfolds more than {times} times").format(times=RATIO))
            if markup and any(word in kept + step for word in _DOCTYPES):
                raise _hostile(
                    shown, _("a part of it declares a document type, which could pull in other files")
                )
            kept = step[-32:]
    return size


def _encoding(start: bytes, shown: str) -> None:
    """Refuse a part that says it is in an encoding in which a declaration could hide."""
    said = _SAID_ENCODING.match(start[:512])
    if said and said[1].decode("ascii", "replace").casefold() not in _ENCODINGS:
        name = excerpt(said[1].decode("ascii", "replace"), 40)
        raise _hostile(shown, _("a part of it is in the encoding {name}").format(name=name))


def _short(archive: zipfile.ZipFile, name: str, shown: str) -> str:
    """The text of a part that is short in every honest package."""
    entry = next(each for each in archive.infolist() if each.filename.casefold() == name.casefold())
    if entry.file_size > _SHORT_PART:
        raise _hostile(shown, _("a part of it is larger than {limit} MB").format(limit=_SHORT_PART // _MB))
    data = archive.read(entry)
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    return data.decode(encoding, "replace")


def _remarks(archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]) -> Iterator[Remark]:
    """What the package points to, or holds as other files."""
    outside: list[str] = []
    inside = 0
    for entry in entries:
        if not entry.filename.casefold().endswith(".rels"):
            continue
        for kind, target, mode in _relations(_short(archive, entry.filename, entry.filename)):
            if mode == "external" and kind not in _HARMLESS:
                outside.append(target)
            elif mode != "external" and kind in _KEPT_INSIDE:
                inside += 1
    if outside:
        message = _("the file points to {count} things outside it, which were not fetched; the first: {name}")
        yield Remark("outside", message.format(count=len(outside), name=excerpt(outside[0], 80)))
    if inside:
        message = _("the file holds {count} other files or objects, which were not opened")
        yield Remark("embedded", message.format(count=inside))


def _relations(text: str) -> Iterator[tuple[str, str, str]]:
    """Type, target and mode of each relation a part declares."""
    for relation in _RELATION.finditer(text):
        said = {name: one or other for name, one, other in _ATTRIBUTE.findall(relation[1])}
        yield (
            said.get("Type", "").rpartition("/")[2],
            said.get("Target", ""),
            said.get("TargetMode", "").casefold(),
        )
