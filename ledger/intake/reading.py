"""A received file as text: its size, its kind and its encoding checked, nothing invisible left in it."""

from __future__ import annotations

import errno
import re
import stat
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.domain.text import excerpt
from ledger.errors import NotFoundError, RejectedInputError, StorageError, UsageError
from ledger.intake.proposal import Remark

if TYPE_CHECKING:
    from typing import BinaryIO

#: Bytes a received text may have. Source: the longest notice seen has 24 kB.
LIMIT_BYTES = 8 * 1024 * 1024
#: Endings that are read. A name without an ending is read as text.
SUFFIXES = (".txt", ".md", ".text", ".markdown", "")
#: The name that means standard input.
STDIN = "-"

#: How files begin that are no text, whatever their name says.
#: Source: the formats' own specifications.
_FOREIGN = (
    (b"PK\x03\x04", "Word, Excel, WPS, zip"),
    (b"\xd0\xcf\x11\xe0", "Word 97, Excel 97, WPS"),
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27", "7z"),
)
_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html|\?xml)", re.IGNORECASE)
_MARKED = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
#: Controls, bidirectional marks, invisible and tag characters, lone surrogates, the soft hyphen.
#: Source: Unicode TR36 §3.2; what domain.text refuses to store, and the soft hyphen.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
#: What text read in the wrong encoding is full of: private use and unassigned planes.
_STRANGE = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Received:
    """What somebody sent, as text.

    Attributes:
        name: The path as typed, or "-".
        text: Line feeds only, no character that is not seen.
        remarks: What was changed on the way.
    """

    name: str
    text: str
    remarks: tuple[Remark, ...] = ()


def receive(name: str | Path, *, stdin: BinaryIO) -> Received:
    """The text of a file, or of standard input where the name is "-".

    Raises:
        NotFoundError: there is no such file.
        UsageError: it is a folder.
        RejectedInputError: too large, not text, or not in an encoding that is known.
        StorageError: the disk does not give it.
    """
    data = _from(stdin) if str(name) == STDIN else _from_file(Path(name))
    if len(data) > LIMIT_BYTES:
        message = _("{file} is larger than {limit} MB, which is the most that is read")
        hint = _("a notice is far shorter; cut out the part that lists the issues")
        raise RejectedInputError(message.format(file=_shown(name), limit=LIMIT_BYTES >> 20), hint=hint)
    text, remarks = decode(data, name=_shown(name))
    return Received(str(name), text, remarks)


def _shown(name: str | Path) -> str:
    return _("standard input") if str(name) == STDIN else excerpt(str(name), 80)


def _from(stream: BinaryIO) -> bytes:
    try:
        return stream.read(LIMIT_BYTES + 1)
    except OSError as error:
        raise StorageError(_("cannot read {file}: {why}").format(file=_shown(STDIN), why=error)) from None


def _from_file(path: Path) -> bytes:
    if _is_folder(path):
        message = _("{file} is a folder").format(file=_shown(path))
        raise UsageError(message, hint=_("name one file, as: ledger import notice.txt"))
    if path.suffix.casefold() not in SUFFIXES:
        message = _("{file} is not of a kind that is read: .txt and .md are").format(file=_shown(path))
        raise RejectedInputError(message, hint=_save_as_text())
    try:
        with path.open("rb") as file:
            return file.read(LIMIT_BYTES + 1)
    except OSError as error:
        raise StorageError(_unreadable(path, error)) from None


def _is_folder(path: Path) -> bool:
    """Whether there is a folder of that name, and not a file.

    Raises:
        NotFoundError: there is neither, or no file can have that name.
        RejectedInputError: it is a pipe or a device.
        StorageError: the disk does not tell.
    """
    missing = _("there is no file {file}").format(file=_shown(path))
    hint = _("check the path; the file - stands for standard input")
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise NotFoundError(missing, hint=hint) from None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise NotFoundError(missing, hint=hint) from None
        raise StorageError(_unreadable(path, error)) from None
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # a pipe would keep us waiting, a device never end
        message = _("{file} is not an ordinary file").format(file=_shown(path))
        raise RejectedInputError(message, hint=hint)
    return stat.S_ISDIR(mode)


def _unreadable(path: Path, error: OSError) -> str:
    return _("cannot read {file}: {why}").format(file=_shown(path), why=error.strerror or error)


def _save_as_text() -> str:
    return _("open it where it was written, save it as plain text (UTF-8) and import that")


def decode(data: bytes, *, name: str) -> tuple[str, tuple[Remark, ...]]:
    """The bytes as clean text, with a remark on what was taken out or guessed.

    Shape: UTF-8 with or without its mark, UTF-16 and UTF-32 with theirs, else GB18030; always
        strict, so that nothing is replaced unseen.

    Raises:
        RejectedInputError: the bytes are no text, or in no encoding that is known.
    """
    _refuse_foreign(data, name)
    marked = next((encoding for mark, encoding in _MARKED if data.startswith(mark)), None)
    if marked is None and b"\x00" in data:
        message = _("{file} is not text: it holds a zero byte at {place}")
        raise RejectedInputError(
            message.format(file=name, place=data.index(b"\x00") + 1), hint=_save_as_text()
        )
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "gb18030" or len(_STRANGE.findall(text)) * 50 <= len(text):
            return _clean(text, [] if encoding != "gb18030" else [_guessed()])
    message = _("{file} is in none of the encodings that are read: UTF-8, UTF-16, GB18030")
    raise RejectedInputError(message.format(file=name), hint=_save_as_text())


def _guessed() -> Remark:
    return Remark("encoding", _("the file is not UTF-8 and was read as GB18030"))


def _refuse_foreign(data: bytes, name: str) -> None:
    kind = next((kind for start, kind in _FOREIGN if data.startswith(start)), None)
    if kind:
        message = _("{file} is not text but a file of the kind {kind}").format(file=name, kind=kind)
        raise RejectedInputError(message, hint=_save_as_text())
    if _PAGE.match(data[:256]):
        message = _("{file} is a web page, and only plain text and Markdown are read").format(file=name)
        raise RejectedInputError(message, hint=_("copy what the page shows into a .txt file and import that"))


def _clean(text: str, remarks: list[Remark]) -> tuple[str, tuple[Remark, ...]]:
    text = _BREAKS.sub("\n", text)
    found = _HIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        text, count = _HIDDEN.subn("", text)
        message = _("control and invisible characters taken out: {count}")
        remarks.append(Remark("control_characters", message.format(count=count), line))
    return text, tuple(remarks)
