"""The file of an index: opened to be asked, written by one command at a time, put in place or away whole."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
from contextlib import closing, contextmanager
from gettext import gettext as _
from typing import TYPE_CHECKING, Final, Literal

from ledger.errors import DamageError, LockedError
from ledger.store import platform, tables
from ledger.store.freshness import LOOK_BYTES, Part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from ledger.store.freshness import Seen

#: How long a statement waits for another command, in seconds.
COURTESY: Final = 1.0
#: How long a command waits to tell the index what it has written, in seconds: the next reader looks anyway.
HASTE: Final = 0.2
#: How long one command waits for another that fills the index, in seconds: a first fill takes that long.
PATIENCE: Final = 30.0
#: So many files that may yet change unseen are read each time; more are settled once they can be.
FEW: Final = 8
#: Bytes of a page: most rows of texts fit into one, which saves a third of a search.
PAGE: Final = 8_192
#: Seconds between two tries. Waiting in Python, not in SQLite, keeps Ctrl-C alive.
_PAUSE: Final = 0.02


class Index(sqlite3.Connection):
    """An index that can be asked and not written.

    Shape: all questions get answers from one moment. A `with` block closes it. `note` is a sentence
        for the person when something was wrong with the index that was there.
    """

    note: str = ""
    #: The lights found so far; see `store.lit`.
    lit: object = None

    def __exit__(self, *_error: object) -> Literal[False]:
        """Close."""
        self.close()
        return False


class UnwritableError(Exception):
    """The index cannot be kept on this disk now; it is made in memory instead."""


class StrangeError(Exception):
    """What lies in the place of the index is not this ledger's; says why."""


def opened(path: Path) -> Index:
    """The index at `path`, to be asked.

    Shape: fails with `sqlite3.OperationalError` when there is none, or one a writer must put in order.
    """
    address = path.absolute().as_uri() + "?mode=ro"
    index = sqlite3.connect(address, uri=True, timeout=COURTESY, isolation_level=None, factory=Index)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"):
        index.execute(f"PRAGMA {pragma}")
    return index


def in_memory() -> Index:
    """An index on no disk, still without tables."""
    return sqlite3.connect(":memory:", isolation_level=None, factory=Index)


def sealed(index: Index) -> Index:
    """The same index, now only to be asked."""
    index.execute("PRAGMA query_only = ON")
    return index


def is_empty(db: sqlite3.Connection) -> bool:
    """Whether it has no tables: nobody has filled it yet."""
    return not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


#: What tables and indexes were made with.
_STATEMENTS: Final = frozenset((*tables.SCHEMA, *tables.INDEXES))


def refuse_stranger(db: sqlite3.Connection, ledger: str) -> None:
    """Refuse an index that another version made, or that of another ledger."""
    marks = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    if marks != [tables.APPLICATION, tables.VERSION]:
        raise StrangeError(_("the index was that of another version; it was made anew from the records"))
    # One letter of them turned, and no question finds its column.
    if not {row[0] for row in db.execute("SELECT sql FROM sqlite_master WHERE sql <> ''")} <= _STATEMENTS:
        raise StrangeError(damaged())
    if db.execute('SELECT "ledger" FROM "freshness"').fetchone() != (ledger,):
        raise StrangeError(_("the index was that of another ledger; it was made anew from the records"))


def unsettled(db: sqlite3.Connection) -> set[str]:
    """The files that may have changed unseen since they were read.

    Shape: fails with `sqlite3.DatabaseError` when it is not that.
    """
    row = db.execute('SELECT "unsettled" FROM "freshness"').fetchone()
    try:
        names = json.loads(row[0])
    except (TypeError, ValueError) as error:
        raise sqlite3.DatabaseError(row) from error
    if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
        raise sqlite3.DatabaseError(row)
    return set(names)


def seen(db: sqlite3.Connection, parts: Collection[str] | None = None) -> Seen:
    """What the folder looked like when it was last read.

    Shape: of some `parts` alone, as `freshness.part_of` names them. Fails with `sqlite3.DatabaseError` when
        it is not what `freshness.look` gives.
    """
    statement, chosen = 'SELECT "part", "names", "looks" FROM "folder"', tuple(parts or ())
    if parts is not None:
        statement = f'{statement} WHERE "part" IN ({", ".join("?" * len(chosen))})'
    found = db.execute(statement, chosen).fetchall()
    for row in found:
        if not _is_part(*row):
            raise sqlite3.DatabaseError(row[0])
    return {key: Part(names, looks) for key, names, looks in found}


def _is_part(key: object, names: object, looks: object) -> bool:
    return (
        isinstance(key, str)
        and isinstance(names, str)
        and isinstance(looks, bytes)
        and len(looks) == LOOK_BYTES * (names.count("/") + 1 if names else 0)
    )


def note_seen(db: sqlite3.Connection, before: Seen, now: Seen, unsettled: Iterable[str]) -> None:
    """Write down what the folder looks like where it looked different, and which files may change unseen."""
    gone = [(key,) for key in before if key not in now or not now[key].names]
    new = [(key, *part) for key, part in now.items() if part != before.get(key) and part.names]
    db.executemany('DELETE FROM "folder" WHERE "part" = ?', gone)
    db.executemany('REPLACE INTO "folder" VALUES (?, ?, ?)', new)
    db.execute('UPDATE "freshness" SET "unsettled" = ?', (json.dumps(sorted(unsettled)),))


def is_as_known(db: sqlite3.Connection, folder: Path, name: str) -> bool:
    """Whether a file holds what it held when it was read into the tables."""
    from ledger.store import files, toml

    known = db.execute('SELECT "digest" FROM "file" WHERE "name" = ?', (name,)).fetchone()
    if known is None:
        return False
    try:
        return bool(files.digest(files.read(folder / name, limit=toml.LARGEST_BYTES)) == known[0])
    except (OSError, DamageError):
        return False


def is_damage(error: Exception) -> bool:
    """Whether an error says that what is stored cannot be, rather than that it cannot be reached."""
    if not isinstance(error, sqlite3.DatabaseError):
        return isinstance(error, ValueError)
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)  # none: text that is not UTF-8
    return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def refuse_damage(error: Exception) -> None:
    """Refuse an index whose content cannot be; let other errors be."""
    if is_damage(error):
        raise StrangeError(damaged()) from error


def damaged() -> str:
    """What is said after a damaged index was replaced."""
    return _("the index was damaged; it was made anew from the records")


@contextmanager
def writing(path: Path, seconds: float) -> Iterator[sqlite3.Connection]:
    """The index to be written, all or nothing, by one command at a time."""
    try:
        path.parent.mkdir(exist_ok=True)
        db = sqlite3.connect(path, timeout=COURTESY, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise UnwritableError from error
    with closing(db):
        try:
            # After a power cut the index may be one change behind, which its reader sees: two waits fewer.
            for pragma in (
                f"page_size = {PAGE}",
                "trusted_schema = OFF",
                "cell_size_check = ON",
                "cache_spill = OFF",
                "synchronous = NORMAL",
            ):
                db.execute(f"PRAGMA {pragma}")
            _begin(db, seconds)
            yield db
            db.execute("COMMIT")
        except (sqlite3.Error, UnicodeDecodeError) as error:  # of what SQLite says, see _undisturbed
            refuse_damage(error)
            raise UnwritableError from error


def _begin(db: sqlite3.Connection, seconds: float) -> None:
    db.execute("PRAGMA busy_timeout = 0")
    end = time.monotonic() + seconds
    while True:
        try:
            db.execute("PRAGMA journal_mode = TRUNCATE")
            db.execute("BEGIN IMMEDIATE")
            break
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= end:
                raise
        time.sleep(_PAUSE)
    db.execute(f"PRAGMA busy_timeout = {int(min(seconds, COURTESY) * 1000)}")


def shape(db: sqlite3.Connection, ledger: str = "") -> None:
    """Make the tables, without a row."""
    db.execute(f"PRAGMA application_id = {tables.APPLICATION}")
    db.execute(f"PRAGMA user_version = {tables.VERSION}")
    for statement in tables.SCHEMA:
        db.execute(statement)
    db.execute('INSERT INTO "freshness" VALUES (?, ?)', (ledger, "[]"))


def add_indexes(db: sqlite3.Connection) -> None:
    """Make what makes questions quick."""
    for statement in tables.INDEXES:
        db.execute(statement)


def moment(path: Path) -> int:
    """What time it is for the file system, which has a clock of its own.

    Units: nanoseconds since 1970. Source: RELIABILITY §1.4: times of files compare with each other alone.
    """
    try:
        os.utime(path)
        return path.stat().st_mtime_ns
    except OSError as error:
        raise UnwritableError from error


def spare(path: Path) -> Path:
    """Where a new index is made; leftovers of stopped commands are cleared away."""
    for each in path.parent.glob(f"{path.name}.*.new"):
        process = each.name.split(".")[-2]
        if not process.isdecimal() or not platform.is_alive(int(process)) or int(process) == os.getpid():
            each.unlink(missing_ok=True)
    return path.with_name(f"{path.name}.{os.getpid()}.new")


def put_in_place(ready: Path, path: Path) -> None:
    """Let a new index take the place of the old one.

    Raises:
        LockedError: another command is filling the old one.
    """
    with ready.open("rb+") as file:
        platform.sync_file(file.fileno())
    with _undisturbed(path):
        _journal(path).unlink(missing_ok=True)
        platform.replace(ready, path)


def discarded(path: Path) -> bool:
    """Take the index away with its journal, which must never meet another index; False where that fails."""
    try:
        with _undisturbed(path):
            _journal(path).unlink(missing_ok=True)
            path.unlink(missing_ok=True)
    except (OSError, LockedError):
        return False
    return True


@contextmanager
def _undisturbed(path: Path) -> Iterator[None]:
    """No other command writes to the index meanwhile.

    Source: sqlite.org/howtocorrupt.html §1.4: a journal must not outlive its database under that name.
    """
    with contextlib.ExitStack() as stack:
        if path.exists():
            db = stack.enter_context(closing(sqlite3.connect(path, timeout=0, isolation_level=None)))
            try:
                _begin(db, PATIENCE)
            # What SQLite says of a damaged table quotes its name, which may be no UTF-8 any more.
            except (sqlite3.Error, UnicodeDecodeError) as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                    raise LockedError(
                        _("another command is filling the index"),
                        _("wait until it has ended, then run the command again"),
                    ) from error
        if os.name == "nt":  # an open file cannot be replaced there
            stack.close()
        yield


def _journal(path: Path) -> Path:
    return path.with_name(path.name + "-journal")
