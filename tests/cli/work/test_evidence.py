"""`evidence`: what proves it, kept under its digest; whole folders; and what is no evidence."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from ledger.ui import ask
from tests.cli.books import field, refused, statuses, unchanged


def test_evidence_is_kept_under_its_digest(run, simple):
    """The file is copied once under its sha256; the record keeps name, kind, size and what it proves."""
    Path("会议纪要.PDF").write_bytes(b"minutes")
    sha = hashlib.sha256(b"minutes").hexdigest()
    out = run.ok("evidence", "add", "1.1", "会议纪要.PDF", "--kind", "纪要", "--proves", "制度已通过")
    assert out == f"1.1  会议纪要.PDF  sha256:{sha[:12]}\n"
    assert Path(f"ledgers/t/evidence/{sha[:2]}/{sha}.pdf").read_bytes() == b"minutes"
    assert field("1.1", "evidence") == [
        {"sha256": sha, "name": "会议纪要.PDF", "kind": "纪要", "proves": "制度已通过", "size": 7}
    ]
    assert statuses("1.1", "1") == ["active", "active"]
    refused(
        run,
        "evidence add 1.1 会议纪要.PDF",
        4,
        "1.1 already has this file: 会议纪要.PDF",
        "a file is attached once; see: ledger show 1.1",
    )
    run.ok("evidence", "add", "2", "会议纪要.PDF")
    assert [row["sha256"] for row in field("2", "evidence")] == [sha]


def test_a_folder_finds_its_measures(run, simple):
    """Files named by an id go to their measure, that of a point too; a date is no id; the rest is left out and named."""
    folder = Path("佐证")
    folder.mkdir()
    for name in (
        "1.1 a.txt",
        "1.2.1b.txt",
        "2 c.txt",
        "１．１d.txt",
        "2025-06-30 e.txt",
        "2025年6月.txt",
        "其他.txt",
        ".hidden",
    ):
        (folder / name).write_text(name, encoding="utf-8")
    result = run("evidence", "add", "佐证", "--yes", "--json")
    assert [row["name"] for row in field("1.1", "evidence")] == ["1.1 a.txt", "１．１d.txt"]
    assert [field("1.2", "evidence")[0]["name"], field("2", "evidence")[0]["name"]] == [
        "1.2.1b.txt",
        "2 c.txt",
    ]
    left = [line for line in result.err.splitlines() if line.startswith("warning")]
    assert sorted(left) == [
        f"warning: {name} names no measure and is left out"
        for name in ("2025-06-30 e.txt", "2025年6月.txt", "其他.txt")
    ]


def test_a_folder_is_shown_before_it_is_taken(run, simple, monkeypatch):
    """Without --yes a person sees what would go where and may say no; nobody there: --yes is named."""
    Path("f").mkdir()
    refused(run, "evidence add f", 2, "no file name begins with an id", "name them so: 7.2 minutes.pdf")
    Path("f/1.1 a.txt").write_text("a", encoding="utf-8")
    result = run("evidence", "add", "f")
    assert (result.code, result.err.splitlines()) == (
        2,
        [
            "1.1  1.1 a.txt",
            "error: --yes is missing",
            "hint: give --yes; questions are asked only on a terminal and without --no-input",
        ],
    )
    monkeypatch.setattr(ask, "confirm", lambda _message: False)
    assert run("evidence", "add", "f") == (0, "", "1.1  1.1 a.txt\nnothing was changed\n")
    assert unchanged(run, "evidence add f").out.count('"do":"evidence"') == 2
    monkeypatch.setattr(ask, "confirm", lambda _message: True)
    assert run.ok("evidence", "add", "f").startswith("1.1  1.1 a.txt  sha256:")


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("evidence add 1.1 gone.txt", 3, "there is no file gone.txt", "check the path"),
        ("evidence add 1.1", 2, "no file was given for 1.1", "name one or more files after it"),
        ("evidence add 1.1 f", 2, "f is a folder", "name the files in it"),
        (
            "evidence add 1-2 a.txt",
            2,
            "files are attached to one issue or measure at a time",
            "run the command once for each",
        ),
        ("evidence add 7.1 a.txt", 3, "there is no issue 7 (there are 1-2)", "ledger list shows them all"),
        (
            "evidence add 1.1 link.txt",
            9,
            "link.txt is not an ordinary file",
            "give the file itself, not a link to it",
        ),
    ],
)
def test_what_is_no_evidence(run, simple, line, code, message, hint):
    """A file that is not there, a folder, a link, no id: refused, nothing copied."""
    Path("f").mkdir()
    Path("a.txt").write_text("a", encoding="utf-8")
    Path("link.txt").symlink_to("a.txt")
    refused(run, line, code, message, hint)
    assert not any(Path("ledgers/t/evidence").rglob("*.txt"))
