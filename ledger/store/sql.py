"""Questions in SQL that somebody typed: they can only read, and only the index (owner of sqlite-utils)."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ledger.domain.text import excerpt
from ledger.errors import LedgerError, StorageError, UsageError
from ledger.store import indexfile, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: How long a question may take, in seconds.
LIMIT_SECONDS: Final = 30.0
#: The rows of the longest answer: three times the entries of the largest ledger that was planned for.
#: Source: PERFORMANCE, 30,000 issues with 12 entries each.
MOST_ROWS: Final = 1_000_000
#: Steps of SQLite's machine between two looks at the clock.
_STEPS: Final = 100_000

#: What a statement that only reads may do. Everything else is refused: writing, attaching, settings.
_ALLOWED: Final = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)
#: Tables of the index's own. What `history` holds is asked for as `entry`.
_INNER: Final = frozenset({"freshness", "folder", "spell"})
#: Functions that reach outside, or would eat the memory.
_REFUSED_FUNCTIONS: Final = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"})
#: The longest text or blob a statement may make, in bytes.
_LONGEST: Final = 100_000_000
#: The longest statement, in bytes.
_STATEMENT: Final = 1_000_000
#: The longest answer, in characters and bytes of all its values together.
MOST_BYTES: Final = 200_000_000
#: What SQLite may take of the memory, in bytes; it sorts and groups there, and fills no disk.
MOST_MEMORY: Final = 512 * 1024 * 1024
#: Rows that are fetched at once.
_AT_ONCE: Final = 1_000


def run(
    source: sqlite3.Connection | Path, statement: str, *, seconds: float = LIMIT_SECONDS
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """The answer to one SELECT: the names of its columns, and its rows.

    Shape: `source` is an index as `index.connect` gives it, or the path of one.
    Units: `seconds` it may take.

    Raises:
        UsageError: it is not one statement, not SQL, takes too long, or would do more than read.
        StorageError: the index cannot be read.
    """
    text = statement.strip().rstrip(";").strip()
    if not text:
        raise UsageError(_("there is no SQL statement"), _example())
    if isinstance(source, Path):
        try:
            with closing(indexfile.opened(source)) as index:
                return _guarded(index, text, seconds)
        except sqlite3.Error as error:
            raise _unreadable(error) from error
    return _guarded(source, text, seconds)


def _guarded(
    index: sqlite3.Connection, text: str, seconds: float
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    end = time.monotonic() + seconds
    index.execute("PRAGMA temp_store = MEMORY")
    index.execute(f"PRAGMA hard_heap_limit = {MOST_MEMORY}")
    index.execute("PRAGMA query_only = OFF")
    index.execute(f'CREATE TEMP VIEW IF NOT EXISTS "entry" AS {tables.ENTRIES}')
    index.execute("PRAGMA query_only = ON")
    index.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    index.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _STATEMENT)
    index.set_authorizer(_may)
    index.set_progress_handler(lambda: int(time.monotonic() > end), _STEPS)
    try:
        cursor = index.execute(text)
        columns = tuple(each[0] for each in cursor.description or ())
        if not columns:
            raise UsageError(_("only SELECT is answered"), _example())
        rows = _fetched(cursor)
    except MemoryError as error:
        raise UsageError(_("the question takes more memory than there is"), _narrower()) from error
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        raise _explained(error, index, text, seconds) from error
    finally:
        index.set_progress_handler(None, 0)
        index.set_authorizer(None)
    return columns, rows


def _fetched(cursor: sqlite3.Cursor) -> list[tuple[Any, ...]]:
    """All rows, as long as they are neither too many nor too long.

    Raises:
        UsageError: they are.
    """
    rows: list[tuple[Any, ...]] = []
    size = 0
    while some := cursor.fetchmany(_AT_ONCE):
        rows += some
        size += sum(len(value) for row in some for value in row if isinstance(value, (str, bytes)))
        if len(rows) > MOST_ROWS:
            message = _("the answer has more than {most} rows").format(most=f"{MOST_ROWS:,}")
            raise UsageError(message, _narrower())
        if size > MOST_BYTES:
            message = _("the answer has more than {most} characters").format(most=f"{MOST_BYTES:,}")
            raise UsageError(message, _narrower())
    return rows


def _may(action: int, _first: str | None, second: str | None, _base: str | None, _trigger: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION and second in _REFUSED_FUNCTIONS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _unreadable(error: Exception) -> StorageError:
    message = _("the index cannot be read: {reason}").format(reason=error)
    return StorageError(message, _anew())


def _explained(error: Exception, index: sqlite3.Connection, text: str, seconds: float) -> LedgerError:
    """What went wrong, in words that say what to do."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return _unreadable(error)
    if code in (sqlite3.SQLITE_AUTH, sqlite3.SQLITE_READONLY) or str(error).startswith("not authorized"):
        return UsageError(
            _("this statement would do more than read the index"),
            _("change the ledger with its own commands; the index is only a copy"),
        )
    if code == sqlite3.SQLITE_INTERRUPT:
        message = _("the question took more than {seconds} seconds").format(seconds=f"{seconds:g}")
        return UsageError(message, _narrower())
    if isinstance(error, sqlite3.Warning | sqlite3.ProgrammingError) and "one statement" in str(error):
        return UsageError(_("only one statement at a time is answered"), _example())
    if isinstance(error, sqlite3.ProgrammingError) and "binding" in str(error):
        return UsageError(_("values cannot be left open with ? or :name"), _("write them in quotes"))
    reason = excerpt(str(error), 80)
    return UsageError(_("the SQL cannot be read: {reason}").format(reason=reason), _hint(reason, index, text))


def _hint(reason: str, index: sqlite3.Connection, text: str) -> str:
    if reason.startswith("no such table"):
        there = _tables(index)
        return _("there are: {names}").format(names=", ".join(there)) if there else _anew()
    if reason.startswith("no such column"):
        named = [name for name in _tables(index) if name in text]
        shown = "; ".join(f"{name}: {', '.join(_columns(index, name))}" for name in named)
        return _("there are: {names}").format(names=shown) if shown else _example()
    if reason.startswith('near "on"'):
        return _('a column called on is written in double quotes: "on"')
    return _example()


def _tables(index: sqlite3.Connection) -> Sequence[str]:
    found = _described(index, lambda db: db.table_names())
    return sorted("entry" if name == "history" else name for name in found if name not in _INNER)


def _columns(index: sqlite3.Connection, table: str) -> Sequence[str]:
    if table == "entry":
        return ("issue_uid", "place", *tables.ENTRY)
    return _described(index, lambda db: list(db[table].columns_dict))


def _described(index: sqlite3.Connection, question: Callable[[Any], list[str]]) -> list[str]:
    """What sqlite-utils says about the index; loaded only when somebody needs to be told."""
    from sqlite_utils import Database

    index.set_authorizer(None)
    return question(Database(index, execute_plugins=False))


def _anew() -> str:
    return _("make it anew with: ledger reindex")


def _narrower() -> str:
    return _("ask for less: fewer tables at once, a WHERE, a LIMIT")


def _example() -> str:
    return _("for instance: ledger sql \"select number, title from issue where status = 'active'\"")
