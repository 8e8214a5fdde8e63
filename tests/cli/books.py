"""What tests of writing commands look at: the records behind the front door, and whether a byte changed."""

from __future__ import annotations

import datetime as dt
import shlex
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.domain.course import OWN
from ledger.store.book import Book
from ledger.store.workspace import find

if TYPE_CHECKING:
    from ledger.store.record import Record
    from tests.conftest import Result, Runner


def book(name: str | None = None) -> Book:
    """The ledger of the folder at hand."""
    workspace = find(None)
    return Book(workspace, workspace.choose(name))


def record(number: int) -> Record:
    """An issue as its file holds it."""
    return book().find(number)


def path_of(number: int) -> Path:
    """The file of an issue."""
    return Path(record(number).path)


def key_of(word: str) -> tuple[Record, str]:
    """The record of `7` or `7.2`, and the key of what is meant in it."""
    number, _dot, measure = word.partition(".")
    found = record(int(number))
    if not measure:
        return found, OWN
    return found, next(part["uid"] for part in found.state.measures() if part["number"] == int(measure))


def status(word: str) -> str:
    """Where `7` or `7.2` stands."""
    found, key = key_of(word)
    return str(found.state.status(key))


def statuses(*words: str) -> list[str]:
    """Where several stand."""
    return [status(word) for word in words]


def field(word: str, name: str) -> Any:
    """A field of `7` or `7.2`, its own."""
    found, key = key_of(word)
    return (found.state.parts[key] if key else found.state.fields).get(name)


def acts(number: int) -> list[str]:
    """What was done to an issue, the first first."""
    return [entry.do for entry in record(number).entries]


def last(number: int) -> Any:
    """The newest entry of an issue."""
    return record(number).entries[-1]


def files() -> dict[str, bytes]:
    """Every file of the workspace that counts: neither the lock nor the index."""
    found = (path for path in Path().rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in found if not {".state", ".index"} & set(path.parts)}


def refused(run: Runner, line: str, code: int, message: str, hint: str, **options: Any) -> None:
    """Run what must be refused: this code, this message and hint, and not a byte changed."""
    before = files()
    assert run(*shlex.split(line), **options) == (code, "", f"error: {message}\nhint: {hint}\n")
    assert files() == before


def typed(run: Runner, text: str, **options: Any) -> list[Result]:
    """Run lines that must succeed, as they are typed."""
    results = []
    for line in textwrap.dedent(text).strip().splitlines():
        result = run(*shlex.split(line), **options)
        assert (result.code, "error" in result.err) == (0, False), (line, result)
        results.append(result)
    return results


def ready(run: Runner, text: str) -> None:
    """The folder at hand as these lines make it; what a test process has made once it copies."""
    if text not in _READY:
        typed(run, text)
        _READY[text] = files()
        return
    for name, data in _READY[text].items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(data)


_READY: dict[str, dict[str, bytes]] = {}


def unchanged(run: Runner, line: str, **options: Any) -> Result:
    """Run a line with `--dry-run`: it succeeds and not a byte changes."""
    before = files()
    result = run(*shlex.split(line), "--dry-run", **options)
    assert (result.code, files()) == (0, before)
    return result


def day(text: str) -> dt.date:
    """The day of an ISO date."""
    return dt.date.fromisoformat(text)


def rewrite(path: Path, old: str, new: str) -> None:
    """Change a file with an editor."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def at(moment: str) -> dict[str, str]:
    """Run at nine o'clock of a day."""
    return {"now": f"{moment}T09:00:00+08:00"}
