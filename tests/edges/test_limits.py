"""Every size has a limit that is written down, and whoever goes beyond it hears which, with its exit code."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ledger.commands.options import STDIN_BYTES
from ledger.domain.acts.planning import MOST_MEASURES
from ledger.domain.ids import RANGE_LIMIT
from ledger.domain.text import LIMIT_BYTES, LIMIT_CHARACTERS
from ledger.store.toml import LARGEST_BYTES
from tests.cli.books import field, files, ready, rewrite

UNIX = pytest.mark.skipif(sys.platform == "win32", reason="a thing of Unix")
STEP = [-1, 0, 1]


@pytest.fixture
def ledger(run):
    """Two issues; the first has a measure with a point."""
    ready(run, "init t\nadd 文风不实 -m 甲\nadd 会议过多\npoint 1.1 --add 一")


def ended(run, argv: list[str], more: int, code: int, said: str = "", **options) -> None:
    """Up to the limit it is done, one beyond it is refused and nothing is written."""
    before = files()
    result = run(*argv, **options)
    assert result.code == (code if more > 0 else 0), result.err[:300]
    if more > 0:
        assert said in result.err
        assert files() == before


TEXTS = [
    ["note", "1.1", "-t", "TEXT"], ["note", "-t", "TEXT"], ["edit", "1", "--criterion", "TEXT"], ["edit", "1", "--remark", "TEXT"],
    ["measure", "2", "-t", "TEXT"], ["point", "1.1", "--add", "TEXT"], ["void", "2", "--why", "TEXT"], ["interim", "1.1", "--result", "TEXT"],
    ["evidence", "add", "1.1", "a.txt", "--proves", "TEXT"],
]  # fmt: skip


@pytest.mark.parametrize("argv", TEXTS, ids=lambda argv: f"{argv[0]} {argv[-2]}")
@pytest.mark.parametrize("more", STEP)
def test_a_text(run, ledger, argv, more):
    """A text has at most 65,536 bytes, in whatever field (9)."""
    Path("a.txt").write_text("a", encoding="utf-8")
    text = "长" * (LIMIT_BYTES // 3) + "x" * (LIMIT_BYTES % 3 + more)
    said = f"error: the text has 65,537 bytes, the limit is {LIMIT_BYTES:,}"
    ended(run, [text if word == "TEXT" else word for word in argv], more, 9, said)


LINES = [
    ["add", "LINE"], ["edit", "1", "--title", "LINE"], ["add", "x", "--unit", "LINE"], ["add", "x", "--category", "LINE"],
    ["note", "1.1", "-t", "x", "--by", "LINE"], ["add", "x", "--co-unit", "LINE"], ["evidence", "add", "1.1", "a.txt", "--kind", "LINE"],
    ["init", "u", "--org", "LINE"], ["edit", "1", "--flag", "LINE"],
]  # fmt: skip


@pytest.mark.parametrize("argv", LINES, ids=lambda argv: f"{argv[0]} {argv[-2]}")
@pytest.mark.parametrize("more", STEP)
def test_a_line(run, ledger, argv, more):
    """A title, a name, a word has at most 2,000 characters (9)."""
    Path("a.txt").write_text("a", encoding="utf-8")
    line = "长" * (LIMIT_CHARACTERS + more)
    ended(
        run,
        [line if word == "LINE" else word for word in argv],
        more,
        9,
        "the line has 2,001 characters, the limit is 2,000",
    )


@pytest.mark.parametrize("more", STEP)
def test_measures(run, ledger, more):
    """An issue takes at most 2,000 measures (4), however they come."""
    words = [word for _ in range(MOST_MEASURES + more) for word in ("-m", "x")]
    ended(run, ["add", "y", *words], more, 4, "an issue takes at most 2000 measures, 2001 were given")


def test_measures_one_after_another(run, ledger):
    """The limit holds for measures added later, for a split and for what moves in."""
    run.ok("add", "满", *(word for _ in range(MOST_MEASURES) for word in ("-m", "x")))
    for argv in (
        ["measure", "3", "-t", "x"],
        ["split", "3.1", "-t", "a", "-t", "b"],
        ["move", "1.1", "--to", "3"],
    ):
        ended(run, argv, 1, 4, "issue 3 takes at most 2000 measures")


@pytest.mark.parametrize("more", STEP)
def test_ids(run, ledger, more):
    """A command takes at most 10,000 things, in ranges, in lists and from stdin (2); repeated ones count once."""
    ids = "\n".join(["1"] * 5 + [str(number) for number in range(1, RANGE_LIMIT + 1 + more)])
    result = run("note", "-", "-t", "x", stdin=ids)
    said = "more than 10,000 things are named at once" if more > 0 else "there is no issue 3 (there are 1-2)"
    assert (result.code, said in result.err) == (2 if more > 0 else 3, True)


@pytest.mark.parametrize(("argv", "code"), [(["note", "-", "-t", "x"], 0), (["sql", "-"], 0)])
@pytest.mark.parametrize("more", STEP)
def test_stdin(run, ledger, argv, code, more):
    """A million bytes of ids or SQL are read from stdin, and not one more (9)."""
    text = ("1" if argv[0] == "note" else "select 1").ljust(STDIN_BYTES + more)
    result = run(*argv, stdin=text)
    said = "more than 1,000,000 bytes come through the standard input"
    assert (result.code, said in result.err) == (9 if more > 0 else code, more > 0)


@pytest.mark.parametrize("name", ["ledger.toml", "people.toml", "issues"])
@pytest.mark.parametrize("more", STEP)
def test_files_of_a_ledger(run, ledger, name, more):
    """Settings, people and a record have at most 2 MB (7); the file is named."""
    path = Path("ledgers/t") / name if name != "issues" else next(Path("ledgers/t/issues").glob("0001-*"))
    data = path.read_bytes()
    if name == "issues":
        rewrite(path, "\nstatus =", '\nx_long = ""\nstatus =')
        data = path.read_bytes()
        path.write_bytes(
            data.replace(b'x_long = ""', b'x_long = "%s"' % (b"x" * (LARGEST_BYTES + more - len(data))))
        )
    else:
        path.write_bytes(data + b"#" * (LARGEST_BYTES + more - len(data)))
    assert path.stat().st_size == LARGEST_BYTES + more
    result = run("assign", "2", "--unit", "办公室") if name != "issues" else run("show", "1")
    assert (result.code, path.name in result.err) == ((7, True) if more > 0 else (0, False)), result.err


def test_a_remark_made_of_comments(run, ledger):
    """What becomes one text by taking comments in has the same limit as what is typed (9); nothing is lost."""
    run.ok("edit", "1", "--remark", "x" * 60_000)
    path = next(Path("ledgers/t/issues").glob("0001-*"))
    rewrite(path, "\nstatus =", f"\n# {'y' * 6_000}\nstatus =")
    before = files()
    result = run("adopt", "1")
    assert (result.code, "the text has 66,001 bytes" in result.err, files()) == (9, True, before)


@UNIX
@pytest.mark.parametrize("name", ["ledgers/t/people.toml", "notice.txt", "home"])
def test_a_pipe_in_the_place_of_a_file(run, ledger, name, monkeypatch, tmp_path):
    """A pipe where a file is read keeps nobody waiting."""
    if name == "home":
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        (tmp_path / "config/taizhang").mkdir(parents=True)
        os.mkfifo(tmp_path / "config/taizhang/config.toml")
        assert run("note", "1.1", "-t", "x", env={"TAIZHANG_ACTOR": None}).code == 0
        return
    Path(name).unlink(missing_ok=True)
    os.mkfifo(name)
    result = run("import", name, "--yes") if name == "notice.txt" else run("assign", "1", "--unit", "x")
    assert result.code in (8, 9)
    assert Path(name).name in result.err


@pytest.mark.parametrize("name", ["people", "config"])
def test_a_name_from_a_file_goes_through_the_intake(run, ledger, name, monkeypatch, tmp_path):
    """A hidden character in people.toml or in the user's settings never becomes part of a record (9)."""
    text = "办\\u202e公室"
    if name == "people":
        Path("ledgers/t/people.toml").write_text(
            f'[[units]]\nname = "{text}"\naliases = ["办"]\n', encoding="utf-8"
        )
        result = run("assign", "1", "--unit", "办")
    else:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        (tmp_path / "config/taizhang").mkdir(parents=True)
        (tmp_path / "config/taizhang/config.toml").write_text(f'name = "{text}"\n', encoding="utf-8")
        result = run("assign", "1", "--unit", "x", env={"TAIZHANG_ACTOR": None})
    assert (result.code, "U+202E" in result.err, field("1", "unit")) == (9, True, None)


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["list", "--limit", "9" * 30], 2),
        (["list", "--limit", "-1"], 2),
        (["list", "--limit", "0"], 0),
        (["list", *(["x"] * 100)], 0),
        (["list", *(["x"] * 101)], 2),
        (["list", "x" * 70_000], 9),
        (["search", "x" * 70_000], 9),
        (["search", *(["x"] * 100)], 0),
        (["search", *(["x"] * 101)], 2),
        (["list", "--columns", ",".join(["id"] * 5_000)], 0),
        (["list", "--as-of", "9999-12-31"], 0),
        (["list", "--as-of", "0001-01-01"], 0),
        (["list", "number:" + "9" * 30], 2),
        (["list", "due<9999-99-99"], 2),
        (["show", "9" * 30], 2),
        (["show", "1." + "9" * 10], 2),
        (["history", "--limit", "9" * 30], 2),
        (["due", "--within", "9" * 30], 0),
        (["extend", "1", "--due", "+" + "9" * 30 + "wd"], 2),
        (["extend", "1", "--due", "+99999999d"], 2),
        (["note", "1.1", "-t", "x", "--today", "9999-12-31", "--dry-run"], 0),
        (["sql", "select " + ",".join(["1"] * 3_000)], 2),
        (["sql", "select " + "(" * 5_000 + "1" + ")" * 5_000], 2),
        (["sql", "x" * 1_100_000], 2),
    ],
    ids=range(24),
)
def test_numbers_and_lists_without_end(run, ledger, argv, code):
    """A number, a date, a list or a question beyond all measure is answered or refused, never a traceback."""
    result = run(*argv)
    assert (result.code if result.code != code else code, "unexpected" in result.err) == (code, False), (
        result.err[:300]
    )
