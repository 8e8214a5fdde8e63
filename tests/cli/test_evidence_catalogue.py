"""`ledger report evidence`: every file of evidence, numbered, and what is wrong with any of them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.cli.books import refused, typed


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def book(run):
    """Files beside 1, 1.1 and 2.1; 2.1 and 3.1 are done, 3.1 without a file; one file stands beside 1.1 and 2.1."""
    for name in ("roll.txt", "rules.txt", "list.txt"):
        Path(name).write_text(name, encoding="utf-8")
    typed(
        run,
        """
        init t --preset five-level --lang en
        add "Papers are late" -m "Rewrite the rules" --leader Zhang
        add "Old debts" -m "Check each" --leader Zhang
        add "Lights left on" -m "Count them" --leader Zhang
        claim 1-3
        plan approve --meeting "Party group 1"
        evidence add 1 list.txt --proves "what was there"
        evidence add 1.1 roll.txt rules.txt --kind record
        evidence add 2.1 roll.txt
        done 2.1 3.1 --result done
        """,
    )


@pytest.fixture
def report(run):
    """The blocks of each section of the catalogue."""

    def ask(*words, **options):
        view = json.loads(run.ok("report", "evidence", *words, "--json", **options))
        return {each["key"]: each["blocks"] for each in view["sections"]}

    return ask


def rows(blocks) -> list[list]:
    return blocks[0]["table"]["rows"]


def test_every_file_has_its_row(run, book, report):
    """In the order of issues and measures, numbered through, with the digest in short and whole."""
    parts = report()
    roll, rules, kept = (digest(f"{name}.txt") for name in ("roll", "rules", "list"))
    assert rows(parts["catalogue"]) == [
        [1, "1", "list.txt", "", "what was there", "2025-03-01", 8, kept[:12], ""],
        [2, "1.1", "roll.txt", "record", "", "2025-03-01", 8, roll[:12], ""],
        [3, "1.1", "rules.txt", "record", "", "2025-03-01", 9, rules[:12], ""],
        [4, "2.1", "roll.txt", "", "", "2025-03-01", 8, roll[:12], ""],
    ]
    assert rows(parts["digests"]) == [[1, kept], [2, roll], [3, rules], [4, roll]]
    assert rows(parts["gaps"]) == [["3.1", "Count them", "", "done, awaiting close-out"]]
    assert rows(parts["shared"]) == [[roll[:12], "roll.txt", "1.1, 2.1"]]
    assert rows(parts["unsound"]) == []


def test_of_what_is_named_alone(run, book, report):
    """An issue stands for its measures, a measure for itself; their files are read."""
    assert [row[1] for row in rows(report("1")["catalogue"])] == ["1", "1.1", "1.1"]
    parts = report("2.1")
    assert [row[1] for row in rows(parts["catalogue"])] == ["2.1"]
    assert parts["unsound"][1]["text"] == "Every file was read, and its SHA-256 compared."


def test_missing_and_changed_files(run, book, report):
    """A file that is gone or has another size is named; one of the same size only where it is read."""
    roll, rules, kept = (
        next(Path().rglob(f"{digest(f'{name}.txt')}*")) for name in ("roll", "rules", "list")
    )
    roll.unlink()
    kept.write_text("longer than before", encoding="utf-8")
    rules.write_text("RULES.TXT", encoding="utf-8")
    found = [[row[0], row[-1]] for row in rows(report()["unsound"])]
    assert found == [[1, "changed"], [2, "missing"], [4, "missing"]]
    found = [[row[0], row[-1]] for row in rows(report("1")["unsound"])]
    assert found == [[1, "changed"], [2, "missing"], [3, "changed"]]


def test_a_link_is_no_file(run, book, report):
    """Whatever lies under the name of a file but is none of its own counts as missing."""
    path = next(Path().rglob(f"{digest('rules.txt')}*"))
    path.unlink()
    try:
        path.symlink_to(Path("rules.txt").resolve())
    except OSError:
        pytest.skip("no links here")
    assert [row[2] for row in rows(report("1.1")["unsound"])] == ["rules.txt"]


def test_as_it_was(run, book, report):
    """On an earlier day there was no evidence yet."""
    assert rows(report("--known-at", "2025-02-01")["catalogue"]) == []


@pytest.mark.parametrize(
    ("ids", "code", "message", "hint"),
    [
        ("9", 3, "there is no issue 9 (there are 1-3)", "ledger list shows them all"),
        ("meetings:1", 2, "meetings:1 is not an issue, a measure or a point", "write 7, 7.2 or 7.2.1"),
    ],
)
def test_bad_requests(run, book, ids, code, message, hint):
    """What has no catalogue is refused."""
    refused(run, f"report evidence {ids}", code, message, hint)
