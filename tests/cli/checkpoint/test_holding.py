"""`ledger check --against`: what was kept elsewhere shows what was rewritten or cut here."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from ledger.domain.schema import CHRONICLE
from tests.cli.checkpoint.holding import WHOLE, faults, head_of, record
from tests.forged import forge


def test_nothing_is_said_when_all_is_kept(run, kept):
    """Only how much was held against it, on stderr."""
    assert run("check", "--against", "kept.txt") == (0, "", WHOLE)
    assert run("check", "--against", "-", stdin=kept.read_bytes()) == (0, "", WHOLE)
    assert run("check", "status", "--against", "kept.txt", "-q") == (0, "", "")
    assert run("check", "--against", "short.txt") == (0, "", WHOLE)
    document = json.loads(run.ok("check", "--against", "kept.txt", "--json"))
    assert document["against"] == {
        "file": "kept.txt",
        "kept": True,
        "made_at": "2025-03-01T09:00:00+08:00",
        "records": 3,
        "entries": 8,
    }


def test_going_on_is_fine(run, kept):
    """New entries, new records, a new plan, fields edited by hand: a checkpoint is of the past alone."""
    run.ok("note", "1.1", "-t", "复查一次")
    run.ok("add", "又一个问题")
    run.ok("claim", "3", "--leader", "林某")
    run.ok("plan", "approve", "--meeting", "党组会")
    for name in ("kept.txt", "short.txt"):
        assert faults(run, name) == []


def test_a_number_that_changed_is_fine(run):
    """Records are known by uid, not by number."""
    run.ok("init", "2025", "--no-input", "--preset", "five-level")
    run.ok("add", "甲")
    run.ok("checkpoint", "-o", "kept.txt")
    run.ok("checkpoint", "--short", "-o", "short.txt")
    run.ok("move", "1", "--to", "5")
    assert record(5)
    assert faults(run) == []
    assert faults(run, "short.txt") == []


@pytest.mark.parametrize("cut", [1, 2])
def test_a_cut_end_is_named(run, kept, cut):
    """Entries were cut off and the head was put right: in itself the record holds, the checkpoint shows it."""
    forge(record(1), lambda entries: entries.__delitem__(slice(-cut, None)))
    if cut == 1:
        assert run("check") == (0, "", "")
    seen = f"the history was cut: the checkpoint of 2025-03-01 09:00 saw 4 entries, and there are {4 - cut}"
    assert faults(run) == [(*head_of(1), seen)]


def test_a_rewritten_history_is_named(run, kept):
    """Every hash fits again: only the checkpoint shows that something else stood there."""
    forge(record(1), lambda entries: entries[-1]["data"].update(text="清点公章2枚"))
    assert run("check") == (0, "", "")
    result = run("check", "--against", "kept.txt")
    path, line = head_of(1)
    old = kept.read_text(encoding="utf-8").split("issue/1 ")[1].split()[2]
    new = record(1).read_text(encoding="utf-8").splitlines()[line - 1]
    assert result == (
        7,
        f"{path}:{line}: the history was rewritten: entry 4, in which it ended on 2025-03-01 09:00, is not in it any more\n"
        f"{line:>5} | {new}\n"
        f"  take the file from a copy that is whole; whether git has it, says: "
        f"git log -S {old[:16]} -- ledgers/2025/issues\n",
        WHOLE + "errors: 1, warnings: 0; files concerned: 1; issues: 2\n",
    )


def test_a_note_of_the_office_can_be_rewritten_too(run, kept):
    """The chronicle is in the checkpoint like an issue."""
    [path] = Path("ledgers/2025/registers/chronicle").glob("*.toml")
    forge(path, lambda entries: entries[0]["set"].update(text="召开大会"), CHRONICLE)
    assert run("check") == (0, "", "")
    [(file, _line, message)] = faults(run)
    assert (file, "the history was rewritten: entry 1," in message) == (path.as_posix(), True)


def test_a_record_that_is_gone_is_named(run, kept):
    """By the line of the checkpoint that saw it."""
    name = record(2).name
    record(2).unlink()
    result = run("check", "checkpoint", "--against", "kept.txt")
    assert result.out.startswith(
        "kept.txt:14: 2 is gone: on 2025-03-01 09:00 it had 3 entries\n   14 | issue/2 "
    )
    assert result.out.endswith(
        f"  records are never deleted: bring it back with: ledger restore {name}, or from a copy\n"
    )


def test_a_record_that_cannot_be_read_is_not_called_gone(run, kept):
    """It is named as unreadable, also when only checkpoints are asked for."""
    path = record(2)
    path.write_bytes(path.read_bytes()[:300])
    [(file, _line, _message)] = faults(run)
    assert file == path.as_posix()


def test_an_approved_plan_that_was_rewritten_is_named(run, book, kept):
    """A plan is bound by no history: its digest is in the checkpoint."""
    plan = book / "plans/v1.toml"
    whole = plan.read_text(encoding="utf-8")
    plan.write_text(whole.replace("党组会", "专题会"), encoding="utf-8", newline="\n")
    assert run("check", "plans") == (0, "", "")
    assert faults(run) == [("kept.txt", 16, "plan v1 is not what it was on 2025-03-01 09:00")]
    plan.unlink()
    assert faults(run) == [
        ("kept.txt", 16, "plan v1 is gone or cannot be read; on 2025-03-01 09:00 it was there")
    ]


def test_evidence_is_proved_by_the_histories(run, book):
    """A replaced file does not fit the digest in its history; with another digest the history does not fit."""
    Path("list.txt").write_text("公章3枚\n", encoding="utf-8")
    run.ok("evidence", "add", "1.1", "list.txt")
    run.ok("checkpoint", "-o", "kept.txt")
    [file] = (book / "evidence").rglob("*.txt")
    file.write_text("公章2枚\n", encoding="utf-8")
    assert faults(run) == []
    assert run("check", "--read-data", "--against", "kept.txt").code == 7
    other = hashlib.sha256(file.read_bytes()).hexdigest()
    fresh = book / "evidence" / other[:2] / f"{other}.txt"
    fresh.parent.mkdir(exist_ok=True)
    file.rename(fresh)

    def swap(entries: list[dict]) -> None:
        text = json.dumps(entries, ensure_ascii=False).replace(file.stem, other)
        entries[:] = json.loads(text)

    forge(record(1), swap)
    assert run("check", "--read-data") == (0, "", "")
    assert ["was rewritten" in message for _file, _line, message in faults(run)] == [True]


def test_a_checkpoint_of_another_ledger_is_named(run, kept):
    """It is one fault, not one for each record."""
    run.ok("init", "2026", "--no-input")
    run.ok("add", "甲", "-L", "2026")
    assert faults(run, "kept.txt", "-L", "2026") == [
        (
            "kept.txt",
            1,
            "not one of the 3 records it saw is here: it is a checkpoint of another ledger (2025)",
        )
    ]


def test_a_changed_checkpoint_is_named_and_nothing_held_against_it(run, kept):
    """Its own digest does not fit: the line is shown, with what to do."""
    text = kept.read_text(encoding="utf-8")
    kept.write_text(text.replace(" 4 ", " 3 ", 1), encoding="utf-8")
    result = run("check", "--against", "kept.txt")
    assert result == (
        7,
        "kept.txt:8: the checkpoint was changed after it was made: entries is 8, its lines give 7\n"
        "    8 | entries: 8\n"
        "  take another copy of it: nothing was held against this one\n",
        "errors: 1, warnings: 0; files concerned: 1; issues: 2\n",
    )


def test_one_line_proves_the_ledger_or_says_that_it_cannot(run, kept):
    """It names no record, and does not guess."""
    forge(record(1), lambda entries: entries[-1]["data"].update(text="清点公章2枚"))
    assert faults(run, "short.txt") == [
        (
            "short.txt",
            1,
            "this line does not prove the ledger: what it had on 2025-03-01 09:00 gives another digest",
        )
    ]
    record(1).unlink()
    assert faults(run, "short.txt") == [
        (
            "short.txt",
            1,
            "this line does not prove the ledger: on 2025-03-01 09:00 it had 3 records with 8 entries, "
            "and 2 with 4 are left of them or came in",
        )
    ]


def test_a_file_that_is_none_is_refused(run, kept):
    """Another file, a folder, nothing: before anything is read."""
    Path("notes.txt").write_text("清点\n", encoding="utf-8")
    assert run("check", "--against", "notes.txt")[::2] == (
        9,
        "error: notes.txt is no checkpoint\nhint: give a file made by: ledger checkpoint -o FILE\n",
    )
    assert run("check", "--against", "-").err.startswith("error: standard input is no checkpoint\n")
    assert run("check", "--against", "nothing.txt").code == 3
    assert run("check", "--against", "ledgers").code == 2
    assert run("check", "checkpoint") == (
        2,
        "",
        "error: the rule checkpoint needs a checkpoint\nhint: name the file that was kept: --against FILE\n",
    )


def test_a_checkpoint_saved_by_another_system_is_read(run, kept):
    """UTF-16 of a Windows shell, a title in another encoding."""
    text = kept.read_text(encoding="utf-8")
    for data in (text.replace("\n", "\r\n").encode("utf-16"), text.encode("gb18030")):
        kept.write_bytes(data)
        assert faults(run) == []


def test_a_record_of_a_register_is_gone_like_any_other(run, kept):
    """Whatever kind a record was of, it is named, with the folder it belongs in."""
    from ledger.domain.presented import parse

    made = parse(kept.read_text(encoding="utf-8"), "")
    more = made._replace(heads=(*made.heads, made.heads[0]._replace(kind="meetings", uid="0" * 26)))
    kept.write_text(more.text, encoding="utf-8")
    assert [message for _file, _line, message in faults(run)] == [
        "meetings:1 is gone: on 2025-03-01 09:00 it had 4 entries"
    ]
