"""Every way out: whatever stands in a ledger, nothing that drives a terminal or hides comes out of any command."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Runner
from tests.edges.hostile import CLASSES, MARKUP, furnished, leaks, poison

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = "id,title,category,unit,co_units,leader,owner,term,status,due,light,measures,notes,requested,formerly,points_done"
#: Every way to look at a ledger.
LOOKS = [
    [], ["list"], ["list", "--measures"], ["list", "--columns", COLUMNS], ["show", "1"], ["show", "1.1"], ["show", "2"],
    ["search", "一"], ["board"], ["stats"], ["stats", "--period", "month", "--ids"], ["stats", "--per", "unit"], ["stats", "--per", "category"], ["due"], ["history"],
    ["history", "1"], ["history", "1.1"], ["explain", "1"], ["explain", "1.1"], ["explain", "2.1"], ["plan", "show"],
    ["plan", "diff"], ["check"], ["check", "--strict"], ["report", "status"], ["report", "book"], ["report", "lists"],
    ["config"], ["config", "--validate"], ["use"], ["use", "t"], ["adopt", "--dry-run"], ["undo", "--dry-run"], ["checkpoint"],
    ["sql", "select * from issue"], ["sql", "select * from measure"], ["sql", "select * from entry"],
    ["note", "1.2", "-t", "x", "--dry-run"], ["edit", "1", "--title", "x", "--why", "y", "--dry-run"],
    ["close", "2.1", "--dry-run"], ["list", "--as-of", "2025-02-28"], ["done", "1", "--no-input"], ["undo"],
    ["history", "--diff", "HEAD.."], ["history", "1", "--diff", "2025-02-01.."], ["resolve", "--dry-run"],
    ["renumber", "--dry-run"], ["restore", "1", "--dry-run"], ["git", "setup", "--dry-run"], ["export", "csv"], ["export", "json"],
    ["checkpoint", "--short"], ["check", "--against", "kept.txt"],
]  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, _module_alone):
    """A ledger with the token everywhere, made once."""
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        furnished(Runner(), folder)
        (folder / "kept.txt").write_text(Runner().ok("checkpoint"), encoding="utf-8")
        if shutil.which("git"):
            who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "core.autocrlf=false"]
            for words in (["init"], ["add", "-A"], ["commit", "-m", "x"]):
                subprocess.run(["git", *who, *words], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def _module_alone(tmp_path_factory):
    from tests.conftest import isolated

    with pytest.MonkeyPatch.context() as patch:
        for name, value in isolated(tmp_path_factory.mktemp("home")).items():
            patch.delenv(name, raising=False) if value is None else patch.setenv(name, value)
        yield


def poisoned(source: Path, target: Path, text: str) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    poison(target, text)


def looked(run: Runner, folder: Path, line: list[str], **options) -> tuple[int, list[str]]:
    result = run(*line, cwd=folder, **options)
    colours = (options.get("env") or {}).get("NO_COLOR", "1") is None
    return result.code, leaks(_data(line, result.out), colours=colours) + leaks(result.err, colours=colours)


def _data(line: list[str], said: str) -> str:
    """What was said, without what a CSV file has by its nature: a mark of its encoding, lines that end with CR LF."""
    return said.removeprefix("\ufeff").replace("\r\n", "\n") if line[:2] == ["export", "csv"] else said


EVERYTHING = "".join((*CLASSES, *MARKUP))
#: What a shell can hand over; half a character is a byte that is not UTF-8.
WORDS = ["".join(each for each in CLASSES if each != "\x00"), "".join(MARKUP), "[/foo]", "{id}", "\udc80"]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("mode", ["pipe", "terminal", "colours"])
def test_nothing_leaks_on_a_screen(run, hostile, tmp_path, language, mode):
    """In a pipe and on a terminal, with colours and without, in both languages: no control or hidden character."""
    poisoned(hostile, tmp_path / "w", EVERYTHING)
    options = {"lang": language, "terminal": mode != "pipe"}
    if mode == "colours":
        options["env"] = {"NO_COLOR": None, "TERM": "xterm"}
    for line in LOOKS:
        code, leaked = looked(run, tmp_path / "w", line, **options)
        assert (line, leaked) == (line, [])
        assert code != 1, line
    assert not (tmp_path / "w" / "leaked").exists()


@given(
    st.lists(
        st.sampled_from([*CLASSES, *MARKUP, "甲", "\u0301", "\U0001f469\u200d\U0001f467"]),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=3)
def test_nothing_leaks_whatever_it_is(hostile, tmp_path_factory, parts):
    """Any mixture of them, on the narrowest terminal."""
    run = Runner()
    folder = tmp_path_factory.mktemp("w") / "w"
    poisoned(hostile, folder, "".join(parts))
    for line in LOOKS:
        code, leaked = looked(run, folder, line, terminal=True, env={"COLUMNS": "20"})
        assert (line, leaked) == (line, [])
        assert code != 1, line


def test_json_says_the_truth(run, hostile, tmp_path):
    """JSON has every character as it stands in the record, and none that a terminal would obey."""
    poisoned(hostile, tmp_path / "w", EVERYTHING)
    for line in LOOKS:
        result = run(*line, "--json", cwd=tmp_path / "w")
        assert (line, leaks(_data(line, result.out)), leaks(result.err)) == (line, [], [])
        if result.out and line[:2] != ["export", "csv"]:
            json.loads(result.out)
    for line in (
        ["list"],
        ["show", "1"],
        ["history", "1"],
        ["export", "json"],
        ["sql", "select title from issue"],
    ):
        text = run.ok(*line, *([] if line[0] == "export" else ["--json"]), cwd=tmp_path / "w")
        assert EVERYTHING in json.dumps(json.loads(text), ensure_ascii=False).replace(
            '\\"', '"'
        ) or EVERYTHING in _texts(json.loads(text)), line


def _texts(value: object) -> str:
    """Every text of a document, one after the other."""
    if isinstance(value, dict):
        return "\n".join(map(_texts, value.values()))
    return "\n".join(map(_texts, value)) if isinstance(value, list) else str(value)


def test_files_for_people(run, hostile, tmp_path):
    """Reports and exports written to files hold nothing that hides or drives; CSV no formula, Markdown no HTML."""
    folder = tmp_path / "w"
    poisoned(hostile, folder, EVERYTHING)
    for line in (
        ["report", "status", "-o", "status.md"],
        ["report", "book", "-o", "book.md"],
        ["report", "lists", "-o", "lists.md"],
        ["export", "json", "-o", "all.json"],
        ["export", "csv", "-o", "all.csv"],
    ):
        assert run(*line, cwd=folder).code == 0, line
        text = (folder / line[-1]).read_bytes().decode().removeprefix("\ufeff")
        found = leaks(text.replace("\r\n", "\n"))
        assert (line, found) == (line, [])
        assert (line, "<script" in text and line[1] not in ("json", "csv")) == (line, False)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "＝1", "＋1", "－1", "＠x", "\t=1", "\r=1", "\n=1", "'=1"]
)
def test_no_cell_is_a_formula(run, hostile, tmp_path, text):
    """Whatever a field begins with: no cell of a CSV file is calculated by a spreadsheet program."""
    poisoned(hostile, tmp_path / "w", text)
    run.ok("export", "csv", "-o", "all.csv", cwd=tmp_path / "w")
    rows = csv.reader(io.StringIO((tmp_path / "w/all.csv").read_bytes().decode("utf-8-sig"), newline=""))
    cells = [cell for row in rows for cell in row]
    assert sum(text.strip() in cell for cell in cells) > 5
    assert [cell for cell in cells if cell[:1] and cell[:1] in "=+-@＝＋－＠\t\r\n"] == []


@pytest.mark.parametrize("text", WORDS, ids=["hidden", "markup", "rich", "slot", "no-text"])
def test_what_is_typed_comes_back_harmless(run, hostile, tmp_path, text):
    """A hostile word in place of an id, a name, a date, a number, a path, an option or a command is named harmlessly."""
    word = f"x{text}"
    lines = [
        ["show", word], ["list", "--unit", word], ["list", "--status", word], ["list", "--columns", word], ["stats", "--per", word],
        ["-L", word, "list"], ["-C", word, "list"], ["--lang", word, "list"], ["list", "--as-of", word], ["list", "--known-at", word],
        ["report", word], ["report", "status", "-o", f"no/{word}"], ["report", "status", "--format", word], [word], [f"--{word}"],
        ["init", word, "--preset", word], ["init", f"y{word}", "--dry-run"], ["use", word], ["undo", word, "--yes"], ["explain", word],
        ["history", word], ["search", word], ["sql", word], ["import", word], ["evidence", "add", "1.1", word], ["export", word],
        ["plan", "show", word], ["extend", "1.2", "--due", word], ["check", word], ["note", "1.1", "-t", "x", "--on", word],
        ["list", "--limit", word], ["completion", word],
    ]  # fmt: skip
    if not (tmp_path / "w").exists():
        shutil.copytree(hostile, tmp_path / "w")
    found = [
        (line, code, leaked)
        for line in lines
        for options in ({}, {"terminal": True, "lang": "zh"})
        for code, leaked in [looked(run, tmp_path / "w", line, **options)]
    ]
    assert [each for each in found if each[1] == 1 or each[2]] == []
    for name in (
        "TAIZHANG_NOW",
        "TAIZHANG_LEDGER",
        "TAIZHANG_LANG",
        "TAIZHANG_ACTOR",
        "TAIZHANG_LOCK_TIMEOUT",
        "COLUMNS",
    ):
        code, leaked = looked(run, tmp_path / "w", ["note", "1.2", "-t", "x", "--dry-run"], env={name: word})
        assert (name, leaked) == (name, [])
        assert code != 1, name


def test_names_of_files_and_folders(run, hostile, tmp_path):
    """A hostile name of a record, a ledger, a template, a plan or an evidence file is shown harmlessly."""
    folder = tmp_path / "w"
    shutil.copytree(hostile, folder)
    name = "".join(each for each in CLASSES if "\x00" not in each and "/" not in each)[:60]
    shutil.copytree(folder / "ledgers/t", folder / f"ledgers/{name}")
    for line in (
        ["use"],
        ["list"],
        ["-L", name, "list"],
        ["-L", name, "show", "1"],
        ["-L", name, "check"],
        ["use", name],
        [],
    ):
        code, leaked = looked(run, folder, line)
        assert (line, leaked, code != 1) == (line, [], True)
    (record, *_rest) = sorted((folder / "ledgers/t/issues").iterdir())
    record.rename(record.with_name(f"0001-{name}.toml"))
    for line in (["list"], ["check"], ["show", "1"], ["adopt"], ["check", "--json"]):
        code, leaked = looked(run, folder, ["-L", "t", *line])
        assert (line, leaked, code != 1) == (line, [], True)
    (folder / f"rules{name}.txt").write_text("x")
    for line in (
        ["evidence", "add", "2.1", f"rules{name}.txt"],
        ["show", "2.1"],
        ["evidence", "add", "1.1", name],
    ):
        code, leaked = looked(run, folder, ["-L", "t", *line])
        assert (line, leaked, code != 1) == (line, [], True)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
@pytest.mark.parametrize("words", ["show ", "show 1.", "assign 1 --unit ", "-L ", "report ", "use "])
def test_what_a_shell_is_offered(run, hostile, tmp_path, shell, words):
    """After TAB a shell gets nothing it could take for its own, nor anything that hides."""
    poisoned(hostile, tmp_path / "w", EVERYTHING)
    line = f"ledger {words}"
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1), "_TYPER_COMPLETE_ARGS": line}
    result = run(cwd=tmp_path / "w", env={"_LEDGER_COMPLETE": f"complete_{shell}", **asked})
    assert (leaks(result.out), leaks(result.err)) == ([], [])
    assert not set("$`|&<>{}\\!") & set(result.out)


def test_who_is_writing(run, hostile, tmp_path, monkeypatch):
    """A hostile note of who holds the lock, left by another process, is told harmlessly."""
    from ledger.store import lock

    folder = tmp_path / "w"
    poisoned(hostile, folder, "x")
    with lock.locked(folder / "ledgers/.state", by=EVERYTHING, command=EVERYTHING):
        for options in ({}, {"terminal": True}):
            code, leaked = looked(
                run, folder, ["note", "1.2", "-t", "x"], env={"TAIZHANG_LOCK_TIMEOUT": "0.1"}, **options
            )
            assert (code, leaked) == (5, [])
