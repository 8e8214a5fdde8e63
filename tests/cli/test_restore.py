"""`ledger restore`: a record comes back from git whole, and nothing that only the broken file had is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.repository import git, record, status, under_git

LATER = "2025-03-02T10:00:00+08:00"


@pytest.fixture
def noted(run) -> bytes:
    """Issue 1 with a note, committed; gives its bytes."""
    under_git(run)
    run.ok("add", "Papers are late", "--commit")
    run.ok("note", "1", "-t", "first", "--commit", now=LATER)
    return record().read_bytes()


def kept() -> list[bytes]:
    return [path.read_bytes() for path in sorted(Path("ledgers/.state/kept").glob("*"))]


def test_a_record_cut_short_comes_back(run, noted):
    """The newest version is put in place, the rest of the file is kept, and check has nothing to say."""
    record().write_bytes(noted[:-100])
    result = run("restore", "1", "--yes")
    assert (result.code, result.out) == (0, "restored: 1\n")
    assert record().read_bytes() == noted
    assert kept() == [noted[:-100]]
    assert "the file that was there is kept: ledgers/.state/kept/20250301T090000-" in result.err
    assert run("check").code == 0
    assert status() == []


def test_a_deleted_record_comes_back(run, noted):
    """By number, though no file names it any more; also when the deletion was committed."""
    path = record()
    path.unlink()
    run.ok("restore", "1", "--yes")
    assert path.read_bytes() == noted
    git("rm", "-q", str(path))
    git("commit", "-q", "-m", "gone")
    assert run("show", "1").code == 3
    result = run("restore", "1", "--yes")
    assert (result.code, path.read_bytes(), kept()) == (0, noted, [])
    assert f"{path} is gone\n" in result.err
    assert json.loads(run.ok("show", "1", "--json"))["issues"][0]["title"] == "Papers are late"


def test_a_broken_version_in_git_is_passed_over(run, noted):
    """Conflict markers that were committed: the newest version whose chain and head hold is older."""
    record().write_bytes(noted + b"<<<<<<< HEAD\n")
    git("commit", "-q", "-a", "-m", "broken")
    answer = json.loads(run.ok("restore", "1", "--yes", "--json"))
    (row,) = answer["restored"]
    assert row["from"]["commit"] == git("rev-parse", "HEAD~1")
    assert "unresolved merge conflict" in row["trouble"]
    assert record().read_bytes() == noted


def test_a_rewritten_history_is_put_right(run, noted):
    """An entry changed afterwards breaks the chain; the version of git has the entry as it was."""
    record().write_bytes(noted.replace(b'"text":"first"', b'"text":"FIRST"'))
    assert run("show", "1").code == 7
    answer = json.loads(run.ok("restore", "1", "--yes", "--json"))
    (row,) = answer["restored"]
    assert [(each["do"], each["by"]) for each in row["left"]] == [("note", "林某")]
    assert [each["do"] for each in row["missing"]] == ["note"]
    assert record().read_bytes() == noted


def test_entries_that_follow_on_git_are_taken_along(run, noted):
    """Fields spoilt by hand, and notes nobody committed: they are in the record again, told, and it is whole."""
    for text in ("second", "third"):
        run.ok("note", "1", "-t", text, now="2025-03-03T11:30:00+08:00")
    whole = record().read_bytes()
    broken = whole.replace(b"format = 1", b"format = x")
    record().write_bytes(broken)
    result = run("restore", "1", "--yes")
    assert (result.code, record().read_bytes(), kept()) == (0, whole, [broken])
    assert result.err.splitlines()[2:5] == [
        "2 entries that only the file has follow on that, and are taken along:",
        "  2025-03-03 11:30  林某  note: second",
        "  2025-03-03 11:30  林某  note: third",
    ]
    assert run("check").code == 0


def test_entries_that_do_not_follow_are_named_and_kept(run, noted):
    """One line between is gone: what comes behind it proves nothing; it is told, and stays in the file kept."""
    for text in ("second", "third"):
        run.ok("note", "1", "-t", text, now="2025-03-03T11:30:00+08:00")
    rows = record().read_bytes().split(b"\n")
    broken = b"\n".join(row for row in rows if b"second" not in row)
    record().write_bytes(broken)
    result = run("restore", "1", "--yes")
    assert (result.code, record().read_bytes(), kept()) == (0, noted, [broken])
    assert result.err.splitlines()[2:4] == [
        "warning: 1 entry stands only in the file that is there, and does not follow on that:",
        "  2025-03-03 11:30  林某  note: third",
    ]


def test_two_sides_in_one_file_are_not_guessed(run, noted):
    """A conflict that was committed has entries of both: none is taken along, all are named."""
    run.ok("note", "1", "-t", "mine", "--no-commit", now=LATER)
    mine = record().read_bytes().split(b"\n")[-3]
    record().write_bytes(noted)
    run.ok("note", "1", "-t", "theirs", now=LATER)
    record().write_bytes(record().read_bytes().replace(b"\n]\n", b"\n<<<<<<< a\n" + mine + b"\n]\n"))
    answer = json.loads(run.ok("restore", "1", "--yes", "--json"))
    (row,) = answer["restored"]
    assert ([each["do"] for each in row["left"]], row["joined"]) == (["note", "note"], [])
    assert record().read_bytes() == noted


def test_a_whole_file_with_more_entries_is_left_alone(run, noted):
    """What git has not yet is not undone by restore (4)."""
    run.ok("note", "1", "-t", "second")
    before = record().read_bytes()
    for more in ((), ("--from", "HEAD~1")):
        result = run("restore", "1", "--yes", *more)
        assert (result.code, record().read_bytes()) == (4, before)
    name = record().as_posix()
    assert result.err == (
        f"error: {name} is whole and has 2 entries that commit {git('rev-parse', 'HEAD~1')[:7]} has not\n"
        "hint: take back what a command did with: ledger undo\n"
    )


def test_a_commit_can_be_named(run, noted):
    """--from takes that commit's version, not the newest; one that is not whole is refused by name (7)."""
    record().write_bytes(b"nothing")
    git("commit", "-q", "-a", "-m", "broken")
    assert run("restore", "1", "--from", "HEAD", "--yes").code == 7
    run.ok("restore", "1", "--from", "HEAD~2", "--yes")
    assert record().read_bytes() == git("show", f"HEAD~2:{record().as_posix()}").encode() + b"\n"
    assert run("restore", "1", "--from", "none", "--yes").code == 3


def test_fields_edited_by_hand_are_put_back(run, noted):
    """The same entries and another title: the version of git is put in place, the edit is kept aside."""
    edited = noted.replace(b'title = "Papers are late"', b'title = "Papers"')
    record().write_bytes(edited)
    result = run("restore", "1", "--yes")
    assert (result.code, record().read_bytes(), kept()) == (0, noted, [edited])
    assert "0001-" in result.err.splitlines()[0] and result.err.splitlines()[0].endswith("was edited")


def test_what_is_as_in_git_is_left(run, noted):
    """Nothing to do is said, and nothing is written; line ends of a checkout are no difference."""
    record().write_bytes(noted.replace(b"\n", b"\r\n"))
    result = run("restore", "1", "--yes")
    assert (result.code, result.out, kept()) == (0, "", [])
    assert result.err == f"{record().as_posix()} is as git has it\n"


def test_a_dry_run_writes_nothing(run, noted):
    """The diff is shown, the file stays broken, nothing is kept."""
    record().write_bytes(noted[:-100])
    result = run("restore", "1", "--dry-run")
    assert (result.code, record().read_bytes(), kept()) == (0, noted[:-100], [])
    assert result.out.startswith(f"--- {record().as_posix()}\n+++ {record().as_posix()}\n")


def test_without_a_yes_nothing_is_put_in_place(run, noted):
    """Where nobody can be asked the command says which flag it needs (2)."""
    record().write_bytes(noted[:-100])
    assert (run("restore", "1").code, record().read_bytes()) == (2, noted[:-100])


def test_a_file_is_named_when_its_number_cannot_be_read(run, noted):
    """By the name of the file, with its folder or without; the chronicle's too."""
    run.ok("note", "-t", "Office met", "--commit")
    (entry,) = Path("ledgers/2025/registers/chronicle").glob("*.toml")
    whole = entry.read_bytes()
    name = record().name
    record().write_bytes(b"")
    entry.write_bytes(b"x")
    answer = json.loads(run.ok("restore", name, entry, "--yes", "--json"))
    assert [row["id"] for row in answer["restored"]] == ["1", "chronicle:1"]
    assert (record().read_bytes(), entry.read_bytes()) == (noted, whole)
    entry.unlink()
    run.ok("restore", "chronicle:1", "--yes")
    assert entry.read_bytes() == whole


def test_several_are_restored_or_none(run, noted):
    """One word that leads nowhere, and no file is touched (3)."""
    record().write_bytes(noted[:-100])
    assert (run("restore", "1", "2", "--yes").code, record().read_bytes()) == (3, noted[:-100])
    assert run("restore", "1.1", "--yes").code == 2


def test_where_there_is_no_git_it_is_said(run):
    """No repository, no version (3)."""
    run.ok("init", "2025")
    run.ok("add", "Papers are late")
    result = run("restore", "1", "--yes")
    assert (result.code, result.err.splitlines()[0]) == (3, "error: there is no git repository here")


def test_both_sides_of_a_merge_are_not_thrown_away(run, noted):
    """A conflict is for resolve: each side may have entries the other has not (4)."""
    git("switch", "-q", "-c", "side")
    run.ok("note", "1", "-t", "theirs", "--commit")
    git("switch", "-q", "main")
    run.ok("note", "1", "-t", "mine", "--commit")
    git("merge", "-q", "side", fine=True)
    result = run("restore", "1", "--yes")
    assert (result.code, result.err.splitlines()[1]) == (4, "hint: put them together with: ledger resolve")


def test_a_record_under_another_number_is_not_doubled(run, noted):
    """A file under its old name would be the same issue twice (4)."""
    old = record()
    new = old.with_name(old.name.replace("0001-", "0009-"))
    old.rename(new)
    result = run("restore", old.name, "--yes")
    assert (result.code, old.exists()) == (4, False)
    assert run("restore", "1", "--yes").code == 3


def test_it_is_committed_when_asked(run, noted):
    """`--commit` commits the restored record."""
    record().write_bytes(b"broken")
    git("commit", "-q", "-a", "-m", "broken")
    run.ok("restore", "1", "--yes", "--commit")
    assert git("log", "-1", "--format=%s") == "restored from git: 1"
    assert status() == []


def test_the_index_knows(run, noted):
    """What a list says is what was restored."""
    run.ok("list")
    record().write_bytes(noted[:-100])
    assert run("list").code == 7
    run.ok("restore", "1", "--yes")
    assert json.loads(run.ok("list", "--json"))["total"] == 1
