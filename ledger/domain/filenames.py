"""Names of files and folders that strangers gave, as they may be shown and used again on any system."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, count
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container

#: Names Windows keeps for devices, whatever ending they have.
#: Source: Microsoft, "Naming Files, Paths, and Namespaces".
_RESERVED: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE
)
#: What stands in no name on Windows; a colon would open a stream behind the file. Source: ibid.
_FORBIDDEN: Final = re.compile(r'[<>:"|?*]')
_DRIVE: Final = re.compile(r"^[A-Za-z]:")
#: Characters of a name, and its bytes in UTF-8: file systems take 255, and what we put around it needs room.
_LONGEST: Final = 120
_LONGEST_BYTES: Final = 200
#: The longest ending that is kept when a name is cut.
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")


def is_reserved(name: str) -> bool:
    """Whether Windows would take the name for a device."""
    return _RESERVED.fullmatch(name.rstrip(" .")) is not None


def harmless(name: str, fallback: str) -> str:
    """A file's name as it may be shown, stored and used again: no path, no device, no stream, not too long.

    Shape: NFC; `fallback` where nothing is left of it.
    """
    last = re.split(r"[/\\]", _DRIVE.sub("", unicodedata.normalize("NFC", name)))[-1]
    seen = "".join(each for each in last if each.isprintable())
    plain = _FORBIDDEN.sub("_", seen).strip().rstrip(" .")
    if not plain:
        return fallback
    return _cut(f"_{plain}" if is_reserved(plain) else plain)


def free(stem: str, ending: str, taken: Container[str]) -> str:
    """A name that none of `taken` has, those being folded: the stem as it is, or with -2, -3 and so on."""
    numbered = (f"{stem}-{number}{ending}" for number in count(2))
    return next(name for name in chain([f"{stem}{ending}"], numbered) if name.casefold() not in taken)


def _cut(name: str) -> str:
    if len(name) <= _LONGEST and len(name.encode()) <= _LONGEST_BYTES:
        return name
    found = _ENDING.search(name)
    ending = found[0] if found else ""
    stem = name.removesuffix(ending)[: _LONGEST - len(ending)]
    return stem.encode()[: _LONGEST_BYTES - len(ending)].decode(errors="ignore").rstrip(" .") + ending
