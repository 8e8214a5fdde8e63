"""The only place that prints: data to stdout, talk to stderr, no control byte of a user's text to either."""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from collections.abc import Mapping, Set
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from errno import EINVAL
from gettext import gettext as _
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TextIO

from ledger.domain.text import harmless_json, visible
from ledger.domain.text import width as columns_of
from ledger.errors import StorageError
from ledger.ui import labels, table
from ledger.ui.table import Column, Toned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ledger.ui.table import Tone

__all__ = [
    "Cell", "Column", "NobodyReadsError", "Part", "Screen", "Toned",
    "aside", "complain", "debug", "document", "flush", "is_terminal", "next_step", "prepare", "progress",
    "raw", "raw_bytes", "rows", "say", "screen", "set_screen", "tell", "wants_json", "wants_plain", "warn",
    "width",
]  # fmt: skip

Part = str | Toned
Cell = str | int | dt.date | Toned | None

#: Beyond this many rows our own writer is used.
#: Source: measured, 14,028 rows take Rich 7.1 s and ours 0.18 s.
RICH_ROWS: Final = 200
#: No progress is said of what takes less. Units: seconds.
#: Source: ECOSYSTEM, "Progress on stderr only if > 1 s".
_PATIENCE: Final = 1.0
#: Columns of a terminal that does not say how wide it is.
USUAL_WIDTH: Final = 80
#: Select-graphic-rendition codes. Source: ECMA-48, 8.3.117.
COLOURS: Final[Mapping[str, str]] = {"good": "32", "warn": "33", "bad": "31", "quiet": "2", "strong": "1"}


class NobodyReadsError(Exception):
    """Whoever read our data has gone (`| head -1`): nothing is wrong, and nothing more is to be printed."""


class Screen(NamedTuple):
    """What the person asked of the screen."""

    json: bool = False
    plain: bool = False
    color: bool = True
    quiet: bool = False


_SCREEN: ContextVar[Screen] = ContextVar("screen", default=Screen())  # noqa: B039 - frozen


def screen() -> Screen:
    """What the person asked of the screen."""
    return _SCREEN.get()


def set_screen(wanted: Screen) -> None:
    """Print as `wanted` from here on."""
    _SCREEN.set(wanted)


def prepare() -> None:
    """Make both streams take any text: what the terminal's encoding lacks is written as an escape.

    Source: RELIABILITY.md F2: a GBK terminal has neither emoji nor rare 汉字.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace", newline="\n")
    if sys.platform == "win32":  # pragma: no cover - old consoles show colours only when asked to
        import ctypes

        for handle in (-11, -12):
            ctypes.windll.kernel32.SetConsoleMode(ctypes.windll.kernel32.GetStdHandle(handle), 7)


# --- what there is to print on -------------------------------------------------------------------


def wants_json() -> bool:
    """Whether `--json` was given."""
    return screen().json


def wants_plain() -> bool:
    """Whether rows go out as TSV: `--plain`, or nobody looks at stdout."""
    return screen().plain or not is_terminal(sys.stdout)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person looks at `stream`."""
    return stream is not None and stream.isatty()


def has_colour(stream: TextIO | None) -> bool:
    """Whether escape sequences may go to `stream`. Source: no-color.org; docs/contract.md §4."""
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return screen().color and not refused and is_terminal(stream)


def width() -> int:
    """Columns of the terminal; 80 when it does not say.

    Units: columns, at least 20.
    """
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked):
        return max(int(asked), 20)
    for stream in (sys.__stdout__, sys.__stderr__):
        try:
            return max(os.get_terminal_size(stream.fileno()).columns or USUAL_WIDTH, 20)  # type: ignore[union-attr]
        except (AttributeError, ValueError, OSError):
            continue
    return USUAL_WIDTH


# --- lines -------------------------------------------------------------------------------------------


def say(*parts: Part) -> None:
    """Print one line of data; a line end inside the text makes more of them."""
    _write(_together(parts, sys.stdout) + "\n")


def aside(*parts: Part) -> None:
    """Print a line only for a person to read: never in a pipe, nor under `--json` or `--plain`."""
    if not wants_plain() and not wants_json():
        say(*parts)


def tell(*parts: Part) -> None:
    """Say a line beside the data; nothing under `-q`."""
    if not screen().quiet:
        _talk(_together(parts, sys.stderr))


@contextmanager
def progress() -> Iterator[Callable[[int, int | None, str], None]]:
    """Say how far something is, on one line of a terminal that is cleared afterwards; nothing elsewhere.

    Shape: told are how much is done, of how much (None where nobody knows), and of what.
    """
    shown, started = 0, time.monotonic()

    def tell(done: int, total: int | None, what: str) -> None:
        nonlocal shown
        if time.monotonic() - started <= _PATIENCE:
            return
        if not is_terminal(sys.stderr) or screen().quiet or os.environ.get("TERM") == "dumb":
            return
        count = f"{done:,}" if total is None else f"{done:,}/{total:,}"
        line = table.cut(visible(f"{count} {what}"), width() - 1)
        sys.stderr.write("\r" + table.pad(line, shown))
        sys.stderr.flush()
        shown = columns_of(line)

    try:
        yield tell
    finally:
        if shown:
            sys.stderr.write("\r" + " " * shown + "\r")
            sys.stderr.flush()


def next_step(*commands: str) -> None:
    """Say what could be done next, if anything; nothing under `-q` or `--json`."""
    if commands and not wants_json():
        tell(_("next: {commands}").format(commands="    ".join(commands)))


def warn(text: str) -> None:
    """Say what may be wrong, under `-q` too."""
    _talk(_coloured(_("warning: {text}").format(text=_on_one_line(text)), "warn", sys.stderr))


def complain(message: str, hint: str, *, code: str, exit_code: int) -> None:
    """Say why the command ends: what is wrong, then the next step; one JSON object under `--json`."""
    if wants_json():
        error = {"code": code, "message": message, "hint": hint, "exit": exit_code}
        _talk(_json({"error": error}, sys.stderr))
        return
    _talk(_coloured(_("error: {message}").format(message=_on_one_line(message)), "bad", sys.stderr))
    if hint:
        _talk(_("hint: {hint}").format(hint=_on_one_line(hint)))


# --- rows and documents --------------------------------------------------------------------------------


def rows(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
    """Print a table: aligned for a person, TSV with one header row in a pipe or under `--plain`.

    Shape: every row has as many cells as there are `columns`. Without rows TSV still has its header, and a
        person sees nothing.
    """
    if wants_plain():
        headings = [column.heading for column in columns]
        _write("".join(map(_tsv_line, (headings, *rows))))
        return
    if not rows:
        return
    cells = [[_cell(cell) for cell in row] for row in rows]
    if len(rows) <= RICH_ROWS:
        _write(_by_rich(columns, cells))
        return
    paint = _sgr if has_colour(sys.stdout) else None
    _write("".join(line + "\n" for line in table.aligned(columns, cells, width(), paint)))


def document(schema: str, payload: Mapping[str, object]) -> None:
    """Print one JSON document that begins with its schema's name; keys keep their order."""
    _write(_json({"schema": schema, **payload}, sys.stdout) + "\n")


def raw(text: str) -> None:
    """Print a finished document as it is."""
    _write(text)


def raw_bytes(data: bytes) -> None:
    """Print a finished file that is no text, for whatever reads it."""
    _write("", now=True)
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        raise StorageError(_("the standard output takes text alone"), _("name a file with -o"))
    _write_to(stream, data, now=True)


def debug(text: str) -> None:
    """Print a traceback, for whoever asked for it."""
    _talk(visible(text.rstrip()))


def flush() -> None:
    """Send what is still held back, so that a full disk or a closed pipe is noticed while we can say so."""
    _write("", now=True)


# --- how --------------------------------------------------------------------------------------------------


def _together(parts: Sequence[Part], stream: TextIO | None) -> str:
    shown = (
        _coloured(visible(part.text), part.tone, stream) if isinstance(part, Toned) else visible(part)
        for part in parts
    )
    return "".join(shown)


def _on_one_line(text: str) -> str:
    """What is said of a thing whose name has a line end in it cannot look like another message."""
    return " ".join(visible(text).splitlines())


def _coloured(text: str, tone: Tone, stream: TextIO | None) -> str:
    return _sgr(text, tone) if has_colour(stream) else text


def _sgr(text: str, tone: Tone) -> str:
    return f"\x1b[{COLOURS[tone]}m{text}\x1b[0m"


def _write(text: str, *, now: bool = False) -> None:
    if sys.stdout is None:
        raise StorageError(_("the standard output is closed"), _("let it go to a terminal or a file"))
    _write_to(sys.stdout, text, now=now)


def _write_to(stream: Any, data: str | bytes, *, now: bool) -> None:  # noqa: ANN401 - text or bytes, as it takes
    try:
        stream.write(data)
        if now:
            stream.flush()
    except OSError as error:
        if isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == EINVAL):
            raise NobodyReadsError from error
        message = _("cannot write the output: {reason}").format(reason=labels.reason(error))
        raise StorageError(
            message, _("send it to another place; a change to the ledger is made all the same")
        ) from error


def _talk(text: str) -> None:
    """Say it after the data that came before; nobody listening is no reason to stop."""
    with suppress(NobodyReadsError, StorageError):
        flush()
    if sys.stderr is not None:
        try:
            sys.stderr.write(text + "\n")
            sys.stderr.flush()
        except OSError:
            return


def _json(payload: Mapping[str, object], stream: TextIO | None) -> str:
    """`payload` as JSON, in ASCII where the stream cannot take the rest.

    What a terminal might obey is escaped, so the document says the same and does nothing.
    """
    import json

    indent = 2 if is_terminal(stream) else None
    text = harmless_json(
        json.dumps(payload, ensure_ascii=False, allow_nan=False, indent=indent, default=_plain)
    )
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(payload, ensure_ascii=True, allow_nan=False, indent=indent, default=_plain)
    return text


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever json can write
    from decimal import Decimal

    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and "." not in str(value) else float(value)
    if isinstance(value, PurePath):
        return value.as_posix()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Set):
        return sorted(value)
    message = f"no JSON for {type(value).__name__}"
    raise TypeError(message)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell)


def _tsv_line(row: Sequence[Cell]) -> str:
    texts = [cell if type(cell) is str else _text(cell) for cell in row]
    if "".join(texts).isprintable():  # nearly always, and three times faster than cell by cell
        return "\t".join(texts) + "\n"
    return "\t".join(map(_tsv, row)) + "\n"


def _tsv(cell: Cell) -> str:
    """Source: one record a line; a tab or line end inside a cell becomes a blank."""
    text = _text(cell)
    if text.isprintable():
        return text
    return visible(" ".join(text.splitlines()).replace("\t", " "))


def _cell(cell: Cell) -> str | Toned:
    text = _tsv(cell)
    return Toned(text, cell.tone) if isinstance(cell, Toned) else text


def _by_rich(columns: Sequence[Column], cells: Sequence[Sequence[str | Toned]]) -> str:
    """A table drawn by Rich: an ASCII line under the heading, no other frame, nothing read as markup."""
    from io import StringIO

    from rich.box import Box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    colour = has_colour(sys.stdout)
    styles = {"good": "green", "warn": "yellow", "bad": "red", "quiet": "dim", "strong": "bold"}
    frame = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
    grid = Table(box=frame, show_edge=False, pad_edge=False, collapse_padding=True, header_style="bold")
    for column in columns:
        grid.add_column(Text(column.heading), justify=column.align, no_wrap=column.whole, overflow="fold")
    for row in cells:
        grid.add_row(*(Text(str(cell), styles[cell.tone] if isinstance(cell, Toned) else "") for cell in row))
    page = Console(
        file=StringIO(), width=width(), markup=False, emoji=False, highlight=False, force_terminal=colour,
        color_system="standard" if colour else None, no_color=not colour, legacy_windows=False,
    )  # fmt: skip
    page.print(grid)
    drawn = page.file
    assert isinstance(drawn, StringIO)
    return "".join(line.rstrip() + "\n" for line in drawn.getvalue().splitlines())
