"""The owner of the TOML reader: bytes to values, with file and line where they are not TOML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import PurePath

#: The only form of records and settings there is so far. Source: docs/contract.md §2.
FORMAT: Final = 1

#: What some editors put before the text of a file. Source: RFC 3629 §6.
BOM: Final = b"\xef\xbb\xbf"

#: The largest file that is read at all, in bytes: 500 long issues would fit in it. Source: RELIABILITY D3.
LARGEST_BYTES: Final = 2 * 1024 * 1024


def read_toml(data: bytes, *, path: PurePath) -> dict[str, Any]:
    """What any TOML file of a ledger says: settings, people, plans.

    Raises:
        DamageError: it is not TOML we can read; file and line are named.
    """
    return loaded(decoded(data, path)[0], path)


def decoded(data: bytes, path: PurePath) -> tuple[str, bool]:
    """The text of a file with line feeds, and whether a checkout had changed them.

    Raises:
        DamageError: it is too large, or not UTF-8.
    """
    if len(data) > LARGEST_BYTES:
        from ledger.store import unreadable

        raise unreadable.too_large(path, len(data), LARGEST_BYTES)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        from ledger.store import unreadable

        raise unreadable.not_utf8(path, data, error.start) from error
    crlf = b"\r\n" in data  # found in bytes sooner than in Chinese text
    return (text.replace("\r\n", "\n") if crlf else text).removeprefix("\ufeff"), crlf


def load(text: str) -> dict[str, Any]:
    """What TOML says; the reader's own errors come through."""
    from tomli import loads

    return loads(text)


def loaded(text: str, path: PurePath, *, record: bool = False) -> dict[str, Any]:
    """What TOML says; a `record` has a command that settles conflicts of git.

    Raises:
        DamageError: it is not TOML; conflict markers are named.
    """
    try:
        return load(text)
    except (ValueError, RecursionError, MemoryError) as error:
        from ledger.store import recordlines, unreadable

        marker = recordlines.first_marker(text, valid=False)
        if marker is not None:
            raise unreadable.conflict(path, marker, record=record) from error
        raise unreadable.not_toml(path, text, error) from error
