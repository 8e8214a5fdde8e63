"""`ledger checkpoint` and `ledger check --against`: what was kept elsewhere shows what was rewritten or cut here."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from ledger.domain.schema import CHRONICLE
from tests.cli.repository import git, somebody
from tests.forged import forge

ISSUES = Path("ledgers/2025/issues")


@pytest.fixture
def book(run) -> Path:
    """Two issues with work on them, an approved plan, a note of the office."""
    run.ok("init", "2025", "--no-input", "--title", "柳林镇整改台账", "--preset", "five-level")
    run.ok("add", "公章外借没有登记", "--unit", "党政办", "--leader", "林某", "-m", "建立登记簿")
    run.ok("add", "会议记录缺页", "--leader", "林某", "-m", "补齐")
    run.ok("claim", "1-2")
    run.ok("plan", "approve", "--meeting", "党组会")
    run.ok("note", "1.1", "-t", "清点公章3枚")
    run.ok("note", "-t", "召开动员会")
    return Path("ledgers/2025")


def record(number: int) -> Path:
    [path] = ISSUES.glob(f"{number:04d}-*.toml")
    return path


# -- making one ----------------------------------------------------------------------------------------------


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


# -- holding the ledger against it ---------------------------------------------------------------------------

WHOLE = "held against the checkpoint of 2025-03-01T09:00:00+08:00: 3 records, 8 entries\n"


@pytest.fixture
def kept(run, book) -> Path:
    """The checkpoint of the book, kept outside."""
    run.ok("checkpoint", "-o", "kept.txt")
    run.ok("checkpoint", "--short", "-o", "short.txt")
    return Path("kept.txt")


def faults(run, name: str = "kept.txt", *options: str) -> list[tuple[str, int, str]]:
    """What holding the ledger against a checkpoint finds: file, line and message."""
    result = run("check", "checkpoint", "--against", name, "--json", *options)
    found = json.loads(result.out)
    assert (result.code, found["against"]["kept"]) == ((7, False) if found["faults"] else (0, True))
    return [(each["file"], each["line"], each["message"]) for each in found["faults"]]


def head_of(number: int) -> tuple[str, int]:
    path = record(number)
    lines = path.read_text(encoding="utf-8").splitlines()
    return path.as_posix(), next(at for at, line in enumerate(lines, 1) if line.startswith("head"))


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


# -- where git has what was there ------------------------------------------------------------------------------


def save() -> None:
    git("add", "-A")
    git("commit", "-q", "-m", "x")


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_git_says_from_which_entry_on_it_differs(run, kept):
    """The commit that has the history is named, with the command that brings it back; it does."""
    somebody()
    git("init", "-q")
    save()
    commit = git("rev-parse", "HEAD")[:10]
    forge(record(1), lambda entries: entries[2].update(by="吴某"))
    git("commit", "-q", "-a", "-m", "two")
    [fault] = json.loads(run("check", "checkpoint", "--against", "kept.txt", "--json").out)["faults"]
    name = record(1).name
    assert (fault["message"], fault["hint"]) == (
        "the history was rewritten: entry 4, in which it ended on 2025-03-01 09:00, is not in it any more"
        "; it differs from entry 3 on",
        f"git has it: move the file aside, then: ledger restore {name} --from {commit}",
    )
    record(1).unlink()
    run.ok("restore", name, "--from", commit, "--yes")
    assert faults(run) == []


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_a_mere_cut_differs_nowhere(run, kept):
    """What is left of a cut history is as it was: then no entry is named."""
    somebody()
    git("init", "-q")
    save()
    forge(record(1), lambda entries: entries.__delitem__(slice(-1, None)))
    [(_file, _line, message)] = faults(run)
    assert message == "the history was cut: the checkpoint of 2025-03-01 09:00 saw 4 entries, and there are 3"


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_branches_that_were_put_together_extend_both_checkpoints(run, monkeypatch):
    """A count is of the entries a head stands for: after a merge of two copies nothing they saw is lost."""
    Path("mine").mkdir()
    monkeypatch.chdir("mine")
    somebody()
    git("init", "-q", "-b", "main")
    run.ok("init", "2025", "--no-input")
    run.ok("add", "文风不实", "-m", "甲", "-m", "乙")
    save()
    git("clone", "-q", ".", "../theirs")
    run.ok("note", "1.1", "-t", "一")
    run.ok("note", "1.1", "-t", "又一")
    save()
    run.ok("checkpoint", "-o", "../mine.txt")
    run.ok("checkpoint", "--short", "-o", "../mine-short.txt")
    monkeypatch.chdir("../theirs")
    run.ok("note", "1.2", "-t", "二", by="顾某")
    run.ok("add", "会议过多", by="顾某")
    save()
    run.ok("checkpoint", "-o", "../theirs.txt")
    run.ok("checkpoint", "--short", "-o", "../theirs-short.txt")
    monkeypatch.chdir("../mine")
    git("fetch", "-q", "../theirs", "main")
    git("merge", "FETCH_HEAD", fine=True)
    run.ok("resolve")
    for name in ("../mine.txt", "../theirs.txt"):
        assert faults(run, name) == []
    run.ok("checkpoint", "-o", "../both.txt")
    run.ok("checkpoint", "--short", "-o", "../both-short.txt")
    run.ok("note", "1.1", "-t", "三")
    for name in ("../both.txt", "../both-short.txt", "../mine-short.txt"):
        assert faults(run, name) == []
    [(_file, _line, message)] = faults(run, "../theirs-short.txt")
    assert message.startswith(
        "this line does not prove the ledger: on 2025-03-01 09:00 it had 2 records with 3"
    )
