"""An archive in which nothing says when, where or by whom it was made: the same parts give the same bytes.

Source: PKWARE APPNOTE 6.3.10, §4.4 (what an entry says of itself).
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What every entry is dated. Source: the first day a zip archive can name.
_STILL: Final = (1980, 1, 1, 0, 0, 0)
#: The system every entry says it comes from, whichever it is. Source: APPNOTE §4.4.2.2, 3 = UNIX.
_SYSTEM: Final = 3
#: Units: the levels of zlib; said, so that another default changes nothing.
_LEVEL: Final = 6


class Archive(zipfile.ZipFile):
    """An archive that is written part by part, for libraries that want to write into one."""

    def __init__(self, file: Any, *_more: Any, **_options: Any) -> None:  # noqa: ANN401 - whatever is called
        """Write to `file`; how it is packed is not the caller's to say."""
        super().__init__(file, "w", zipfile.ZIP_DEFLATED)

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_more: Any, **_options: Any) -> None:  # noqa: ANN401
        """Add a part of that name."""
        name = getattr(zinfo_or_arcname, "filename", zinfo_or_arcname)
        entry = zipfile.ZipInfo(name, _STILL)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system = _SYSTEM
        super().writestr(entry, data, compresslevel=_LEVEL)

    def write(self, filename: Any, arcname: Any = None, *_more: Any, **_options: Any) -> None:  # noqa: ANN401
        """Add what was written to memory in place of a file."""
        self.writestr(arcname, filename.getvalue())


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts by their names as one archive, in the order given."""
    written = io.BytesIO()
    with Archive(written) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return written.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of an archive of ours by their names: what two archives say, however each was packed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}
