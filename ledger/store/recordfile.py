"""A record's file to its fields and history, and back, in one form."""

from __future__ import annotations

import re
from gettext import gettext as _
from pathlib import PurePath, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.store import unreadable
from ledger.store.recordform import ENTRY_CLOSES, ENTRY_OPENS, HISTORY, OTHERS, SURE, Form, render
from ledger.store.toml import BOM, FORMAT, LARGEST_BYTES, decoded, load, loaded, read_toml
from ledger.store.unreadable import UnreadableRecordError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.store.recordreader import Reader

__all__ = [
    "FORMAT",
    "LARGEST_BYTES",
    "OTHERS",
    "Form",
    "RecordText",
    "UnreadableRecordError",
    "checked",
    "comments",
    "is_canonical",
    "parse",
    "read_toml",
    "render",
]

#: How messages call a record whose file has no name yet.
_UNNAMED: Final = PurePosixPath("record.toml")

#: The end of a record as we write it, after the two lines that open the history.
_TAIL: Final = re.compile(r"(?:  '[^'\x00-\x08\x0a-\x1f\x7f]*',\n)*\]\n")
#: What stands between two entries, and after the last.
_BETWEEN: Final = f"{ENTRY_CLOSES}\n{ENTRY_OPENS}"
_CLOSES: Final = f"{ENTRY_CLOSES}\n]\n"


class RecordText(NamedTuple):
    """What a record's file says.

    Shape: `document` has no history; `lines` are the entries as they are hashed, the first first;
    `text` is the whole file with line feeds; `crlf` says that a checkout had changed them. Where a
    reader had a look, `proved` says that the file stands in the one form, `plain` that its text holds
    nothing but harmless characters; False means that this is not known.
    """

    document: dict[str, Any]
    lines: tuple[str, ...]
    text: str
    crlf: bool = False
    proved: bool = False
    plain: bool = False

    def line_of(self, index: int) -> int:
        """The line of the file on which an entry stands.

        Units: `index` counts from 0, -1 is the last; lines count from 1.
        """
        from ledger.store import recordlines

        found = recordlines.of_entries(self.text)
        return found[index] if -len(found) <= index < len(found) else 1

    def line_of_key(self, key: str, *, part: str | None = None, index: int = 0) -> int:
        """The line of the file on which a field stands, at the top or in one of the parts.

        Shape: where the field is absent, the line on which its part begins; 1 at the top.
        Units: `index` counts the parts of the file from 0; lines count from 1.
        """
        from ledger.store import recordlines

        return recordlines.of_key(self.text, key, part=part, index=index)


def parse(data: bytes, *, path: PurePath, reader: Reader | None = None) -> RecordText:
    """What the bytes of a record's file say.

    Shape: `path` only names the file in messages; a `reader` is quicker where there are many records in
    the one form, and changes nothing else. A record without `head` and without history was
    written by hand, or cut short before its `head`: the caller decides what may be so.

    Raises:
        DamageError: it is not a record we can read; file and line are named.

    Source: docs/contract.md §2.
    """
    text, crlf = decoded(data, path)
    record = _proved(text, reader) if reader is not None else None
    if record is None:
        quick = _quickly(text)
        if quick is not None:
            document, lines = quick
        else:
            document = loaded(text, path, record=True)
            lines = _entries(document.pop("history", None), text, path)
        record = RecordText(document, lines, text)
    elif data.startswith(BOM):
        record = record._replace(proved=False)
    marker = None if record.proved else _marker(text)
    if marker is not None:
        raise unreadable.conflict(path, marker, record=True)
    if crlf:
        record = record._replace(crlf=True)
    _of_our_format(record, path)
    _whole(record, path)
    return record


def checked(
    document: Mapping[str, Any], lines: Sequence[str] | None, form: Form, *, path: PurePath = _UNNAMED
) -> bytes:
    """The bytes of a record, proved to say the same when they are read.

    Shape: `path` only names the file in messages.

    Raises:
        DamageError: they would not; nothing of the kind may be written.

    Source: docs/contract.md §2 "Writing one record": parse back, must equal.
    """
    try:
        data = render(document, lines, form).encode()
    except UnicodeEncodeError as error:
        raise _not_kept(path) from error
    text, _crlf = decoded(data, path)
    back = loaded(text, path, record=True)
    kept = _entries(back.pop("history", None), text, path)
    if back != document or kept != tuple(lines or ()) or _marker(text) is not None:
        raise _not_kept(path)
    return data


def is_canonical(data: bytes, record: RecordText, form: Form) -> bool:
    """Whether the file stands in the one form, line endings of a checkout aside."""
    if record.proved:
        return True
    return data.replace(b"\r\n", b"\n") == render(record.document, record.lines, form).encode()


def comments(data: bytes) -> list[tuple[int, str]]:
    """Every comment in a file that can be read, with its line, without its sign.

    Shape: in order; `adopt` moves them into a remark, every other write refuses while there are any.
    Units: lines count from 1.
    """
    if b"#" not in data:
        return []
    from ledger.store import recordlines

    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    return [(comment.line, comment.text) for comment in recordlines.comments(text)]


def _marker(text: str) -> int | None:
    """The line of a conflict marker that nobody writes into a text."""
    if not any(sign in text for sign in SURE):
        return None
    from ledger.store import recordlines  # what finds places in a file is only needed to name one

    return recordlines.first_marker(text, valid=True)


def _proved(text: str, reader: Reader) -> RecordText | None:
    """The record when all of it stands in the one form; nothing when it does not, or that is hard to see.

    Its history begins where it seems to, for the same reason as in `_quickly`.
    """
    from ledger.domain.plain import is_plain

    cut = text.rfind("\n" + HISTORY)
    if cut < 0:
        return None
    plain = is_plain(text)
    lines = _closing(text, cut + 1 + len(HISTORY), plain=plain)
    document = reader.read(text[:cut]) if lines is not None else None
    if document is None or lines is None:
        return None
    return RecordText(document, lines, text, proved=True, plain=plain)


def _closing(text: str, start: int, *, plain: bool) -> tuple[str, ...] | None:
    """The entries from the first on, when they close the record as we write them; else nothing."""
    if plain:
        first, last = start + len(ENTRY_OPENS), len(text) - len(_CLOSES)
        if not (text.startswith(ENTRY_OPENS, start) and text.endswith(_CLOSES, first)):
            return None
        shown = text[first:last]
        lines = shown.split(_BETWEEN)
        others = len(lines) - 1
        whole = shown.count("'") == others * _BETWEEN.count("'") and shown.count("\n") == others
        return tuple(lines) if whole else None
    return _rows(text, start) if _TAIL.fullmatch(text, start) else None


def _rows(text: str, start: int) -> tuple[str, ...]:
    rows = text[start:].split("\n")[:-2]
    return tuple(row[len(ENTRY_OPENS) : -len(ENTRY_CLOSES)] for row in rows)


def _quickly(text: str) -> tuple[dict[str, Any], tuple[str, ...]] | None:
    """The record when its history stands in our own form; nothing when it does not.

    The entries need no TOML reader then. It is safe because the text before them must be TOML on
    its own: had the history opened inside a string, that string would not be closed there.
    """
    cut = text.rfind("\n" + HISTORY)
    if cut < 0:
        return None
    start = cut + 1 + len(HISTORY)
    if not _TAIL.fullmatch(text, start):
        return None
    try:
        document = load(text[: cut + 1])
    except (ValueError, RecursionError, MemoryError):
        return None
    if "history" in document:
        return None
    return document, _rows(text, start)


def _entries(history: object, text: str, path: PurePath) -> tuple[str, ...]:
    if history is None:
        return ()
    entries = history.get("entries") if isinstance(history, dict) and len(history) == 1 else None
    if isinstance(entries, list) and all(isinstance(entry, str) for entry in entries):
        return tuple(entries)
    from ledger.store import recordlines

    line = recordlines.of_key(text, "entries", part="history", index=0)
    raise UnreadableRecordError(path, line, _("the history is not a list of entries"))


def _of_our_format(record: RecordText, path: PurePath) -> None:
    stated = record.document.get("format")
    if type(stated) is int and stated == FORMAT:
        return
    if stated is None and not record.lines and _is_handwritten(record.document):
        return
    line = record.line_of_key("format")
    if type(stated) is int and stated > FORMAT:
        reason = _("the record was written by a newer version (format {format})").format(format=stated)
        raise UnreadableRecordError(path, line, reason, _("update the program, then run the command again"))
    reason = _("the record does not say format = {format}").format(format=FORMAT)
    raise UnreadableRecordError(path, line, reason)


def _is_handwritten(document: Mapping[str, Any]) -> bool:
    from ledger.domain.handwritten import is_handwritten  # only who meets such a file needs it

    return is_handwritten(document)


def _whole(record: RecordText, path: PurePath) -> None:
    if bool(record.lines) == ("head" in record.document):
        return
    if record.lines:
        reason = _("the record has a history but no head")
    else:
        reason = _("the record has a head but no history: the file may have been cut")
    raise UnreadableRecordError(path, record.line_of_key("head"), reason)


def _not_kept(path: PurePath) -> UnreadableRecordError:
    reason = _("the record would not read back as it was, so it was not written")
    return UnreadableRecordError(
        path, None, reason, _("look for characters that are not text in what was entered")
    )
