"""A received file as bytes of a known kind, and bytes as text: sizes, kinds and encodings checked."""

from __future__ import annotations

import errno
import re
import stat
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ledger.domain.text import excerpt
from ledger.errors import NotFoundError, RejectedInputError, StorageError, UsageError
from ledger.intake.kinds import Kind, kind_of, save_as_text
from ledger.intake.proposal import Remark

if TYPE_CHECKING:
    from typing import BinaryIO

_MB: Final = 1 << 20
#: Bytes a received file may have, by its kind.
#: Source: the longest notice seen has 24 kB, the longest page 0.4 MB; 30,000 rows of a list take 9 MB as a
#: workbook and up to 30 MB as CSV; a Word file may hold photographs, which are not looked at.
LIMITS: Final = {
    Kind.TEXT: 8 * _MB,
    Kind.PAGE: 8 * _MB,
    Kind.TABLE: 32 * _MB,
    Kind.PACKAGE: 50 * _MB,
    Kind.WRITING: 50 * _MB,
    Kind.SHEETS: 50 * _MB,
}
#: The name that means standard input.
STDIN: Final = "-"

_MARKED: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
#: What pages call the encodings before UTF-8, and what reads them: GB18030 holds all of GB2312 and GBK.
#: Source: WHATWG Encoding, 4.2.
_DECLARED: Final = {
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "chinese": "gb18030",
    "cp936": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs",
}  # fmt: skip
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
    """What somebody sent, as it came.

    Attributes:
        name: The path as typed, or "-".
        data: All its bytes.
        kind: How it is read.
        remarks: What was done to it on the way.
    """

    name: str
    data: bytes
    kind: Kind
    remarks: tuple[Remark, ...] = ()

    @property
    def shown(self) -> str:
        """What to call it in a message."""
        return shown(self.name)


def receive(name: str | Path, *, stdin: BinaryIO) -> Received:
    """The bytes of a file, or of standard input where the name is "-", and their kind.

    Raises:
        NotFoundError: there is no such file.
        UsageError: it is a folder.
        RejectedInputError: too large, or of a kind that is not read.
        StorageError: the disk does not give it.
    """
    data = _from(stdin) if str(name) == STDIN else _from_file(Path(name))
    kind = kind_of(data, str(name), shown=shown(name))
    return checked(Received(str(name), data, kind))


def checked(received: Received) -> Received:
    """The same, when it is not too large for its kind.

    Raises:
        RejectedInputError: it is.
    """
    limit = LIMITS[received.kind]
    if len(received.data) > limit:
        message = _("{file} is larger than {limit} MB, which is the most that is read")
        hint = _("a notice is far shorter; cut out the part that lists the issues")
        raise RejectedInputError(message.format(file=received.shown, limit=limit // _MB), hint=hint)
    return received


def shown(name: str | Path) -> str:
    """What to call a received file in a message."""
    return _("standard input") if str(name) == STDIN else excerpt(str(name), 80)


def _from(stream: BinaryIO) -> bytes:
    try:
        return stream.read(max(LIMITS.values()) + 1)
    except OSError as error:
        raise StorageError(_("cannot read {file}: {why}").format(file=shown(STDIN), why=error)) from None


def _from_file(path: Path) -> bytes:
    if _is_folder(path):
        message = _("{file} is a folder").format(file=shown(path))
        raise UsageError(message, hint=_("name one file"))
    try:
        with path.open("rb") as file:
            return file.read(max(LIMITS.values()) + 1)
    except OSError as error:
        raise StorageError(_unreadable(path, error)) from None


def _is_folder(path: Path) -> bool:
    """Whether there is a folder of that name, and not a file.

    Raises:
        NotFoundError: there is neither, or no file can have that name.
        RejectedInputError: it is a pipe or a device.
        StorageError: the disk does not tell.
    """
    missing = _("there is no file {file}").format(file=shown(path))
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
        message = _("{file} is not an ordinary file").format(file=shown(path))
        raise RejectedInputError(message, hint=hint)
    return stat.S_ISDIR(mode)


def _unreadable(path: Path, error: OSError) -> str:
    return _("cannot read {file}: {why}").format(file=shown(path), why=error.strerror or error)


def decode(
    data: bytes, *, name: str | None = None, declared: str | None = None
) -> tuple[str, tuple[Remark, ...]]:
    """The bytes as clean text, with a remark on what was taken out or guessed.

    Shape: in the encoding of the mark they begin with (UTF-8, UTF-16, UTF-32), else UTF-8, else what they
        declare, else GB18030; always strict, so that nothing is replaced unseen.

    Args:
        data: A text, whatever made it.
        name: What to call it in a message.
        declared: The encoding it says it is in, as web pages do; a wrong word is passed over.

    Raises:
        RejectedInputError: the bytes are no text, or in no encoding that is known.
    """
    name = name or _("the file")
    marked = next((encoding for mark, encoding in _MARKED if data.startswith(mark)), None)
    if marked is None and b"\x00" in data:
        message = _("{file} is not text: it holds a zero byte at {place}")
        raise RejectedInputError(
            message.format(file=name, place=data.index(b"\x00") + 1), hint=save_as_text()
        )
    said = _DECLARED.get((declared or "").strip().casefold())
    for encoding in (marked,) if marked else ("utf-8", *([said] if said else []), "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "gb18030" or len(_STRANGE.findall(text)) * 50 <= len(text):
            guessed = encoding == "gb18030" and said != "gb18030"
            text, remarks = clean(text)
            return text, (*([_guessed()] if guessed else []), *remarks)
    message = _("{file} is in none of the encodings that are read: UTF-8, UTF-16, GB18030")
    raise RejectedInputError(message.format(file=name), hint=save_as_text())


def _guessed() -> Remark:
    return Remark("encoding", _("the file is not UTF-8 and was read as GB18030"))


def clean(text: str) -> tuple[str, tuple[Remark, ...]]:
    """The text with line feeds only and without what is not seen, and a remark on how much that was."""
    text = _BREAKS.sub("\n", text)
    found = _HIDDEN.search(text)
    if not found:
        return text, ()
    line = text.count("\n", 0, found.start()) + 1
    text, count = _HIDDEN.subn("", text)
    message = _("control and invisible characters taken out: {count}")
    return text, (Remark("control_characters", message.format(count=count), line),)
