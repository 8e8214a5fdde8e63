"""The gallery of broken ledgers: every rule of `ledger check` at work, word for word, in both languages.

`tests/broken/<rule>/` is a workspace with faults of one rule, one record for each cause. `expected.en.txt` and
`expected.zh.txt` hold what `check <rule> --read-data` says about it; where `options.txt` is there, once for each
line of it, with the options that stand there. An index is in no case: where `index.sql` is there, one is made of a copy
of the case and changed so. Nor is a repository: where `deleted.txt` is there, a copy is committed and the files it names
are taken away.
"""

from __future__ import annotations

import json
import shlex
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ledger.domain.rules import RULES
from tests.cli.repository import git, somebody

if TYPE_CHECKING:
    from tests.conftest import Result

GALLERY = Path(__file__).parents[1] / "broken"
NAMES = [rule.name for rule in RULES]
#: What a case may hold besides the ledger and what is expected, by rule.
BESIDES = {
    "checkpoint": {
        "options.txt", "kept.txt", "line.txt", "edited.txt", "short-of-a-line.txt", "torn.txt", "other.txt",
    },
    "index": {"index.sql"},
    "deleted": {"deleted.txt"},
}  # fmt: skip
BASIC = [rule.name for rule in RULES if rule.group == "basic" and rule.name not in BESIDES]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def without(folder: Path, names: list[str]) -> Path:
    """A folder that was committed with files it has no longer."""
    somebody()
    for words in (["init", "-q"], ["add", "ledgers"], ["commit", "-q", "-m", "x"]):
        git(*words, cwd=folder)
    for name in names:
        (folder / name).unlink()
    return folder


@pytest.fixture
def case(run, tmp_path):
    """Where the case of a rule lies; with an index that says something else, where that is the case."""

    def place(rule: str) -> Path:
        changes, deleted = GALLERY / rule / "index.sql", GALLERY / rule / "deleted.txt"
        if not changes.exists() and not deleted.exists():
            return GALLERY / rule
        shutil.copytree(GALLERY / rule, tmp_path / rule, dirs_exist_ok=True)
        if deleted.exists():
            return without(tmp_path / rule, deleted.read_text(encoding="utf-8").split())
        run.ok("-C", tmp_path / rule, "reindex")
        with closing(sqlite3.connect(tmp_path / rule / "ledgers/2025/.index/index.db")) as db:
            db.executescript(changes.read_text(encoding="utf-8"))
        return tmp_path / rule

    return place


def checked(run, folder: Path, *options: str, lang: str = "en") -> list[Result]:
    """What is said about a rule's case, for each line of its options."""
    asked = folder / "options.txt"
    lines = asked.read_text(encoding="utf-8").splitlines() if asked.exists() else [""]
    given = ("check", folder.name, "--read-data", *options)
    return [run(*given, *shlex.split(line), lang=lang, cwd=folder) for line in lines]


def test_every_rule_has_a_case_and_every_case_a_rule():
    """Each rule is shown at work, and nothing is shown that no rule finds."""
    folders = sorted(path for path in GALLERY.iterdir() if path.is_dir())
    assert [path.name for path in folders] == sorted(NAMES)
    for folder in folders:
        names = {path.name for path in folder.iterdir()}
        assert names == {"ledgers", "expected.en.txt", "expected.zh.txt", *BESIDES.get(folder.name, ())}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("rule", NAMES)
def test_a_broken_ledger_is_named_exactly(run, request, case, rule, lang):
    """File, line, what is wrong and why, the line itself, and the next step; nothing is changed."""
    folder = case(rule)
    expected = GALLERY / rule / f"expected.{lang}.txt"
    before = contents(folder)
    found = checked(run, folder, lang=lang)
    assert contents(folder) == before
    shown = "\n".join(result.out + result.err for result in found)
    if request.config.getoption("--update-golden"):
        expected.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == expected.read_text(encoding="utf-8")
    for result, answer in zip(found, checked(run, folder, "--json"), strict=True):
        document = json.loads(answer.out)
        severities = {fault["severity"] for fault in document["faults"]}
        assert (result.code, document["ok"]) == ((7, False) if "error" in severities else (0, True))
        assert {fault["rule"] for fault in document["faults"]} == {rule}
        assert all(fault["message"] and fault["hint"] for fault in document["faults"])


@pytest.mark.parametrize("rule", BASIC)
def test_a_check_without_names_finds_it_too(run, rule):
    """The rules people do not name are tried by themselves."""
    found = json.loads(run("-C", GALLERY / rule, "check", "--read-data", "--json").out)["faults"]
    assert rule in {fault["rule"] for fault in found}


def test_a_strict_rule_is_tried_when_named_or_with_strict(run):
    """What cannot be mended any more is only said when asked for."""
    clock = ("-C", GALLERY / "clock", "check")
    assert run(*clock) == (0, "", "")
    assert run(*clock, "clock").code == 0
    result = run(*clock, "--strict")
    assert result.code == 7
    assert result.out.startswith("ledgers/2025/issues/0001-j9pen8f4.toml:17: the entry was recorded at")


def test_a_copied_gallery_can_be_worked_on(run, tmp_path):
    """The cases are plain workspaces: what their hints say can be tried."""
    shutil.copytree(GALLERY / "hand-edits", tmp_path / "copy")
    run.ok("-C", tmp_path / "copy", "adopt")
    assert run("-C", tmp_path / "copy", "check", "hand-edits") == (0, "", "")


@pytest.mark.parametrize("rule", ["moves", "steps", "dates", "original-deadline"])
def test_what_could_not_be_is_taken_back_as_the_hint_says(run, tmp_path, rule):
    """The command that a hint names mends the fault, and adds to the history instead of cutting it."""
    folder = tmp_path / rule
    shutil.copytree(GALLERY / rule, folder)
    found = json.loads(run("-C", folder, "check", rule, "--json").out)["faults"]
    batches = [each["hint"].rpartition("ledger undo ")[2] for each in found if "ledger undo" in each["hint"]]
    assert batches
    for batch in batches:
        run.ok("-C", folder, "undo", batch, "--yes", now="2025-09-01T09:00:00+08:00")
    left = json.loads(run("-C", folder, "check", rule, "--json").out)["faults"]
    assert [each["message"] for each in left if each["severity"] == "error"] == []
