"""The parts of a Word file and how they refer to each other, by nothing but names inside the file.

Read without python-docx, which refuses files of some offices' programs for a reference that leads nowhere.
"""

from __future__ import annotations

import posixpath
import zipfile
from gettext import gettext as _
from io import BytesIO
from typing import TYPE_CHECKING

from ledger.errors import RejectedInputError

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Namespaces of the strict form and the ones every program writes. Source: ISO/IEC 29500-1 and -4.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
#: Bytes of a part that are read; `opening` has refused files that unpack to more.
_LARGEST_PART = 100 * 1024 * 1024


class Package:
    """An opened Word file.

    Raises:
        RejectedInputError: the file is damaged.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise _damaged() from None
        self._names = {_plain(name): name for name in self._zip.namelist()}
        self.main = self.related("", "officeDocument") or "word/document.xml"

    def related(self, part: str, kind: str) -> str | None:
        """The name of the part that `part` refers to as its `kind`; None where there is none."""
        folder, name = posixpath.split(part)
        root = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        for each in root if root is not None else ():
            if not isinstance(each.tag, str) or each.get("TargetMode") == "External":
                continue
            if (each.get("Type") or "").endswith(f"/{kind}"):
                target = posixpath.normpath(posixpath.join("/", folder, each.get("Target") or ""))
                if _plain(target) in self._names:
                    return target.lstrip("/")
        return None

    def part(self, name: str) -> _Element | None:
        """The root of an XML part; None where the file has none of that name.

        Raises:
            RejectedInputError: the part is damaged, or declares entities.
        """
        from lxml import etree

        known = self._names.get(_plain(name))
        if known is None:
            return None
        try:
            with self._zip.open(known) as file:
                data = file.read(_LARGEST_PART + 1)
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
            raise _damaged() from None
        except Exception as error:
            if type(error).__module__ != "zlib":
                raise
            raise _damaged() from None
        if len(data) > _LARGEST_PART or b"<!DOCTYPE" in data[:4096]:
            raise _damaged()
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(data, parser)
        except (etree.LxmlError, ValueError):
            raise _damaged() from None


def _plain(name: str) -> str:
    """A part's name in one form; names differ in case and slashes from program to program."""
    return name.replace("\\", "/").lstrip("/").casefold()


def _damaged() -> RejectedInputError:
    return RejectedInputError(
        _("the Word file is damaged"), hint=_("open it where it was written, save it again and import that")
    )
