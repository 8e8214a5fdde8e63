"""`ledger checkpoint`: what it lists, in which form, and when nothing is made."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.cli.checkpoint.holding import ISSUES, record


def test_it_lists_every_history(run, book):
    """Issues, the office's notes and approved plans; the digest is that of the lines below the empty one."""
    text = run.ok("checkpoint")
    above, body = text.split("\n\n")
    assert [line.split()[0] for line in body.splitlines()] == ["issue/1", "issue/2", "chronicle/1", "plan/1"]
    said = dict(line.split(": ", 1) for line in above.splitlines()[1:])
    assert list(said) == [
        "ledger", "title", "made", "program", "records", "plans", "entries", "last", "printed", "sha256",
    ]  # fmt: skip
    assert (said["ledger"], said["title"], said["made"]) == (
        "2025",
        "柳林镇整改台账",
        "2025-03-01T09:00:00+08:00",
    )
    assert (said["records"], said["plans"], said["entries"]) == ("3", "1", "8")
    assert said["sha256"] == hashlib.sha256(body.encode()).hexdigest()
    head = next(
        line for line in record(1).read_text(encoding="utf-8").splitlines() if line.startswith("head")
    )
    assert head.split("sha256:")[1].rstrip('"') == body.splitlines()[0].split()[3]


def test_the_same_ledger_gives_the_same_bytes(run, book):
    """The same state: the same bytes at the same moment, the same digest at any other; a change shows."""
    digest = json.loads(run.ok("checkpoint", "--json"))["digest"]
    assert run.ok("checkpoint") == run.ok("checkpoint")
    assert json.loads(run.ok("checkpoint", "--json", now="2025-07-01T09:00:00+08:00"))["digest"] == digest
    run.ok("note", "2.1", "-t", "补了3页")
    assert json.loads(run.ok("checkpoint", "--json"))["digest"] != digest


def test_a_checkout_with_crlf_gives_the_same(run, book):
    """Line endings of a checkout are no change, of records or of plans."""
    before = run.ok("checkpoint")
    for path in (record(1), book / "plans/v1.toml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert run.ok("checkpoint") == before


def test_reports_print_what_it_says(run, book):
    """The checkpoint on a printed report can be found in the file that was kept."""
    [printed] = [line[9:] for line in run.ok("checkpoint").splitlines() if line.startswith("printed: ")]
    entries, digest = printed.split()
    assert f"checkpoint: {entries} entries, {digest};" in run.ok("report", "status")


def test_a_file_is_written_whole(run, book):
    """-o writes the same text and says so; --json says what was written."""
    text = run.ok("checkpoint")
    assert run("checkpoint", "-o", "kept.txt") == (0, "", "written: kept.txt\n")
    assert Path("kept.txt").read_text(encoding="utf-8") == text
    said = json.loads(run.ok("checkpoint", "--short", "-o", "short.txt", "--json"))
    assert Path("short.txt").read_text(encoding="utf-8") == said["short"] + "\n"
    assert (said["file"], said["sha256"]) == (
        "short.txt",
        hashlib.sha256(Path("short.txt").read_bytes()).hexdigest(),
    )
    assert run("checkpoint", "-o", "nowhere/kept.txt").code == 3


def test_the_short_form_is_one_line(run, book):
    """For a form, a letter or the message of a tag."""
    line = run.ok("checkpoint", "--short")
    digest = json.loads(run.ok("checkpoint", "--json"))["digest"]
    assert line.count("\n") == 1
    assert line.startswith(
        "ledger-checkpoint/1 2025 made=2025-03-01T09:00:00+08:00 records=3 entries=8 last="
    )
    assert line.endswith(f" sha256={digest[:32]}\n")


@pytest.mark.parametrize("options", [(), ("--short",), ("-o", "kept.txt"), ("--json",)])
def test_nothing_is_made_of_what_cannot_be_read(run, book, options):
    """A record that is cut, or whose history does not hold, is named; there is no checkpoint without it."""
    whole = record(1).read_bytes()
    record(1).write_bytes(whole[: len(whole) // 2])
    result = run("checkpoint", *options)
    assert (result.code, result.out, record(1).name in result.err) == (7, "", True)
    record(1).write_bytes(whole.replace("清点公章3枚".encode(), "清点公章4枚".encode()))
    result = run("checkpoint", *options)
    assert (result.code, result.out, record(1).name in result.err) == (7, "", True)
    assert not Path("kept.txt").exists()


def test_nothing_is_made_of_a_broken_plan_or_a_copy(run, book):
    """A plan's file that is none is named, and so is a record that stands there twice."""
    plan = book / "plans/v1.toml"
    whole = plan.read_bytes()
    plan.write_bytes(whole.replace(b"version = 1", b"version = 0"))
    result = run("checkpoint")
    assert result.code == 7
    assert "ledgers/2025/plans/v1.toml: the plan's version is missing" in result.err
    plan.write_bytes(whole)
    copy = record(1).with_name("0009-" + record(1).name[5:])
    copy.write_bytes(record(1).read_bytes())
    result = run("checkpoint")
    assert (result.code, "holds the same record as" in result.err) == (7, True)


def test_a_record_without_its_number_is_named(run, book):
    """A history that gives no number has no line in a checkpoint: it is named, not left out."""
    from ledger.domain.entry import compose
    from ledger.store import recordfile
    from ledger.store.record import form_of

    entry = compose(
        {"at": "2025-03-01T09:00:00+08:00", "batch": "x", "by": "x", "do": "add", "id": "x", "on": "2025-03-01",
         "prev": [], "set": {"title": "无号"}}
    )  # fmt: skip
    document = {"format": 1, "title": "无号", "status": "pending", "head": "sha256:" + entry.hash}
    (ISSUES / "0009-aaaaaaaa.toml").write_bytes(
        recordfile.render(document, (entry.line,), form_of("issue")).encode()
    )
    result = run("checkpoint")
    assert result.code == 7
    assert "0009-aaaaaaaa.toml: the history gives the record no number or no uid" in result.err


def test_records_that_change_meanwhile_are_read_again(run, book, monkeypatch):
    """Heads of one moment belong together: what was written while the records were read is in it, or is not."""
    from ledger.store.book import Book

    def disturb(self, schema):
        found = list(records(self, schema))
        if schema.kind == "issue" and not disturbed:
            disturbed.append(True)
            run.ok("note", "1.1", "-t", "又清点一次")
        return iter(found)

    disturbed: list[bool] = []
    records = Book.records
    monkeypatch.setattr(Book, "records", disturb)
    assert ("entries: 9\n" in run.ok("checkpoint"), disturbed) == (True, [True])
