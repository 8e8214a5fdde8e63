"""What reaches the screen: data and talk, tables, documents, colours, and no control byte of anybody's text."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import sys
from decimal import Decimal
from pathlib import PurePosixPath
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.text import width
from ledger.errors import StorageError
from ledger.ui import console
from ledger.ui.console import Column, Screen, Toned


class Stream(io.TextIOWrapper):
    """A stream that is a terminal when asked to be."""

    def __init__(self, *, terminal: bool = False, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding, newline="", write_through=True)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    @property
    def text(self) -> str:
        return self.buffer.getvalue().decode(self.encoding)


@pytest.fixture
def streams(monkeypatch):
    """Both streams, replaced; `streams(terminal=True)` makes them terminals that know colours."""

    def replace(*, terminal: bool = False, encoding: str = "utf-8", **screen):
        out, err = (Stream(terminal=terminal, encoding=encoding) for _ in range(2))
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        if terminal:
            monkeypatch.setenv("TERM", "xterm")
            monkeypatch.delenv("NO_COLOR", raising=False)
            monkeypatch.setenv("COLUMNS", "40")
        console.set_screen(Screen(**screen))
        console.prepare()
        return out, err

    yield replace
    console.set_screen(Screen())


COLUMNS = (Column("no.", whole=True), Column("issue"), Column("days", align="right"), Column("light"))
ROWS = (
    ("7", "文风不实", 15, Toned("red", "bad")),
    ("10", "tab\there\nand there", None, Toned("green", "good")),
)


def test_a_pipe_gets_tab_separated_rows(streams):
    """In a pipe rows are TSV with one header, uncut, one record a line, without colour."""
    out, err = streams()
    console.rows(COLUMNS, [*ROWS, ("11", "长" * 300, dt.date(2025, 6, 30), "")])
    assert (out.text, err.text) == (
        "no.\tissue\tdays\tlight\n7\t文风不实\t15\tred\n10\ttab here and there\t\tgreen\n"
        f"11\t{'长' * 300}\t2025-06-30\t\n",
        "",
    )


def test_a_pipe_gets_the_header_of_no_rows(streams):
    """Without rows a pipe still gets the header; a person sees nothing."""
    out, _err = streams()
    console.rows(COLUMNS, [])
    assert out.text == "no.\tissue\tdays\tlight\n"
    out, _err = streams(terminal=True)
    console.rows(COLUMNS, [])
    assert out.text == ""


def test_plain_is_for_terminals_too(streams):
    """--plain gives the pipe's rows on a terminal."""
    out, _err = streams(terminal=True, plain=True)
    console.rows(COLUMNS, ROWS[:1])
    assert out.text == "no.\tissue\tdays\tlight\n7\t文风不实\t15\tred\n"


TABLE = """\
no.  issue               days  light
------------------------------------
7    文风不实              15  red
10   tab here and there        green
"""


def test_a_terminal_gets_a_table(streams):
    """On a terminal rows are a table that lines up, with words always and colour where there is any."""
    out, _err = streams(terminal=True, color=False)
    console.rows(COLUMNS, ROWS)
    assert out.text == TABLE
    out, _err = streams(terminal=True)
    console.rows(COLUMNS, ROWS)
    assert "\x1b[31mred" in out.text
    assert re.sub(r"\x1b\[[0-9;]*m", "", out.text).replace(" \n", "\n").replace(" \n", "\n") == TABLE


def test_a_narrow_terminal_loses_nothing(streams, monkeypatch):
    """Where a table does not fit, long cells go on in the next line; no line is wider than the terminal."""
    out, _err = streams(terminal=True, color=False)
    console.rows(COLUMNS, [("7", "文风不实作风不严谨责任未压实到人头", 15, "red")])
    assert all(width(line) <= 40 for line in out.text.splitlines())
    assert (
        "".join(out.text.split("\n7")[1].split()).replace("15red", "") == "文风不实作风不严谨责任未压实到人头"
    )


def test_markup_is_nobodys_business(streams):
    """Text that looks like markup or emoji codes is printed as typed."""
    out, _err = streams(terminal=True)
    console.rows([Column("issue")], [["[red]x[/red] :bomb: [/foo]"]])
    assert "[red]x[/red] :bomb: [/foo]" in out.text


def test_long_tables_are_written_by_ourselves(streams, monkeypatch):
    """Beyond 200 rows Rich is not even loaded."""
    monkeypatch.setitem(sys.modules, "rich.table", None)
    out, _err = streams(terminal=True)
    console.rows(
        COLUMNS,
        [
            (str(number), "文风不实作风不严谨责任未压实到人头", 1, Toned("red", "bad"))
            for number in range(201)
        ],
    )
    lines = out.text.splitlines()
    assert len(lines) == 202
    assert lines[1] == "0    文风不实作风不严谨...      1  \x1b[31mred  \x1b[0m"


@pytest.mark.parametrize(
    ("variables", "screen", "coloured"),
    [
        ({}, {}, True),
        ({"NO_COLOR": "1"}, {}, False),
        ({"NO_COLOR": ""}, {}, True),
        ({"TERM": "dumb"}, {}, False),
        ({}, {"color": False}, False),
    ],
)
def test_colour_is_off_where_it_is_not_wanted(streams, monkeypatch, variables, screen, coloured):
    """NO_COLOR (when not empty), TERM=dumb and --no-color switch colour off."""
    out, err = streams(terminal=True, **screen)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    console.say("a ", Toned("red", "bad"))
    console.rows([Column("light")], [[Toned("red", "bad")]])
    console.complain("no", "", code="x", exit_code=1)
    assert ("\x1b" in out.text, "\x1b" in err.text) == (coloured, coloured)


def test_no_pipe_is_ever_coloured(streams, monkeypatch):
    """Not a terminal: no escape byte, whatever the environment says."""
    out, err = streams()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    console.say(Toned("red", "bad"))
    console.rows([Column("light")], [[Toned("red", "bad")]])
    console.warn("careful")
    assert (out.text, err.text) == ("red\nlight\nred\n", "warning: careful\n")


ALLOWED = re.compile(r"\x1b\[[0-9;]*m")
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("terminal", [True, False])
@given(text=st.text(st.characters(), max_size=30) | st.just("\x1b]52;c;aGk=\x07\x1b[2J\u202e\x9b31m\ud800"))
def test_no_text_drives_the_terminal(terminal, text):
    """Whatever a field holds, only our own colour codes and line ends reach the terminal."""
    out, err = (Stream(terminal=terminal) for _ in range(2))
    kept, sys.stdout, sys.stderr = (sys.stdout, sys.stderr), out, err
    try:
        console.prepare()
        console.say(text, Toned(text, "bad"))
        console.tell(text)
        console.warn(text)
        console.rows([Column("issue"), Column("x")], [[text, Toned(text, "good")]])
        console.document("ledger/x@1", {"text": text})
        console.complain(text, text, code="x", exit_code=1)
    finally:
        sys.stdout, sys.stderr = kept
    for said in (out.text, err.text):
        assert CONTROLS.search(ALLOWED.sub("", said)) is None
    assert json.loads(
        out.text[out.text.rindex('{"schema"') :] if not terminal else out.text[out.text.rindex("{\n") :]
    )


@given(st.text(st.characters(), max_size=30))
def test_json_says_what_the_field_holds(text):
    """Escaping for the terminal's sake changes nothing for whoever reads the JSON."""
    for encoding in ("utf-8", "gbk", "ascii"):
        out = Stream(encoding=encoding)
        kept, sys.stdout = sys.stdout, out
        try:
            console.prepare()
            console.document("ledger/x@1", {"text": text})
        finally:
            sys.stdout = kept
        assert json.loads(out.text) == {"schema": "ledger/x@1", "text": text}


def test_a_document_is_one_line_in_a_pipe(streams):
    """JSON in a pipe is one line, keys in order, Chinese as Chinese, dates and numbers as contracts promise."""
    out, _err = streams()
    console.document(
        "ledger/stats@1",
        {
            "ledger": "巡察", "as_of": dt.date(2025, 6, 30), "at": dt.datetime(2025, 6, 30, 9, tzinfo=dt.UTC),
            "percent": Decimal("60.9"), "whole": Decimal("100.0"), "count": Decimal(3), "names": {"b", "a"},
            "path": PurePosixPath("a/b"), "by": MappingProxyType({"x": 1}), "none": None, "rows": (1, 2),
        },
    )  # fmt: skip
    assert out.text == (
        '{"schema": "ledger/stats@1", "ledger": "巡察", "as_of": "2025-06-30", "at": "2025-06-30T09:00:00+00:00", '
        '"percent": 60.9, "whole": 100.0, "count": 3, "names": ["a", "b"], "path": "a/b", "by": {"x": 1}, '
        '"none": null, "rows": [1, 2]}\n'
    )


def test_a_document_is_readable_on_a_terminal(streams):
    """On a terminal the same document is spread over lines."""
    out, _err = streams(terminal=True)
    console.document("ledger/x@1", {"a": 1})
    assert out.text == '{\n  "schema": "ledger/x@1",\n  "a": 1\n}\n'


def test_what_has_no_json_is_a_bug(streams):
    """A value that has no JSON form is refused, not printed as something else."""
    streams()
    with pytest.raises(TypeError):
        console.document("ledger/x@1", {"a": object()})
    with pytest.raises(ValueError):
        console.document("ledger/x@1", {"a": float("nan")})


def test_talk_goes_to_stderr_and_can_be_silenced(streams):
    """Talk is not data: it goes to stderr, -q silences it, warnings stay; next steps are for persons only."""
    out, err = streams()
    console.tell("did it")
    console.next_step("ledger list", "ledger show 1")
    console.warn("careful")
    assert (out.text, err.text) == ("", "did it\nnext: ledger list    ledger show 1\nwarning: careful\n")
    _out, err = streams(quiet=True)
    console.tell("did it")
    console.next_step("ledger list")
    console.warn("careful")
    assert err.text == "warning: careful\n"
    _out, err = streams(json=True)
    console.next_step("ledger list")
    assert err.text == ""


def test_asides_are_for_persons(streams):
    """An aside is printed on a terminal only, never into a pipe, --plain or --json."""
    for options, expected in (
        ({}, ""), ({"terminal": True}, "3 of 23\n"), ({"terminal": True, "plain": True}, ""), ({"terminal": True, "json": True}, ""),
    ):  # fmt: skip
        out, _err = streams(**options)
        console.aside("3 of 23")
        assert out.text == expected


def test_a_document_of_ours_goes_out_as_it_is(streams):
    """An exported document is printed byte for byte."""
    out, _err = streams()
    console.raw("a\tb\r\nc\u200b")
    assert out.text == "a\tb\r\nc\u200b"


def test_order_is_kept_between_the_streams(streams):
    """What was said as data before an error stands before it when both go to one place."""
    out, err = streams()
    shared = io.BytesIO()
    sys.stdout = io.TextIOWrapper(shared, encoding="utf-8")
    sys.stderr = io.TextIOWrapper(shared, encoding="utf-8")
    console.say("data")
    console.complain("no", "do", code="x", exit_code=4)
    console.say("more")
    console.flush()
    assert shared.getvalue() == b"data\nerror: no\nhint: do\nmore\n"
    assert (out.text, err.text) == ("", "")


def test_trouble_with_stdout_is_told_apart(streams, monkeypatch):
    """A reader who left is no error, a full disk is one (8), and talk nobody hears is none."""

    class Broken(io.StringIO):
        def __init__(self, error):
            super().__init__()
            self.error = error

        def write(self, text):
            raise self.error

    streams()
    monkeypatch.setattr(sys, "stdout", Broken(BrokenPipeError(32, "Broken pipe")))
    with pytest.raises(console.NobodyReadsError):
        console.say("x")
    monkeypatch.setattr(sys, "stdout", Broken(OSError(28, "No space left on device")))
    with pytest.raises(StorageError) as refused:
        console.say("x")
    assert refused.value.message == "cannot write the output: the disk is full"
    monkeypatch.setattr(sys, "stderr", Broken(OSError(28, "No space left on device")))
    console.tell("x")
    monkeypatch.setattr(sys, "stderr", None)
    console.tell("x")


@pytest.mark.parametrize(("columns", "expected"), [("120", 120), ("7", 20), ("wide", 80), ("0", 80)])
def test_the_width_is_what_the_terminal_says(monkeypatch, columns, expected):
    """COLUMNS counts, at least 20; a terminal that says nothing has 80."""
    monkeypatch.setattr("os.get_terminal_size", lambda descriptor: (_ for _ in ()).throw(OSError()))
    monkeypatch.setenv("COLUMNS", columns)
    assert console.width() == expected


# -- how far it is ------------------------------------------------------------------------------


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on when told to."""
    now = [100.0]
    monkeypatch.setattr(console.time, "monotonic", lambda: now[0])

    def later(seconds: float) -> None:
        now[0] += seconds

    return later


def told(clock, *, seconds: float) -> None:
    with console.progress() as tell:
        tell(1, 4, "files")
        clock(seconds)
        tell(2, 4, "files written")
        tell(3, None, "rows")


def test_a_long_work_says_how_far_it_is(streams, clock):
    """On a terminal, one line that is written over and cleared at the end; stdout stays clean."""
    out, err = streams(terminal=True)
    told(clock, seconds=1.5)
    assert (out.text, err.text) == ("", "\r2/4 files written\r3 rows           \r      \r")


@pytest.mark.parametrize(
    ("seconds", "given"),
    [(0.5, {"terminal": True}), (1.5, {"terminal": False}), (1.5, {"terminal": True, "quiet": True})],
)
def test_nobody_is_told_of_what_is_short_or_unseen(streams, clock, seconds, given):
    """Nothing within the first second, in a pipe, or under --quiet."""
    out, err = streams(**given)
    told(clock, seconds=seconds)
    assert (out.text, err.text) == ("", "")
