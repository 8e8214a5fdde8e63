"""The index follows the records, survives whatever is done to its file, and never answers wrongly."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from ledger.domain.acts import planning
from ledger.errors import DamageError, LockedError
from ledger.store import files, filling, freshness, index, indexfile, lock, sql, tables, transaction, workers
from tests.store.shelf import context, dump, expected, new_id, note, open_book, put, save, where

ROOT = Path(__file__).parents[2]


@pytest.fixture
def book(tmp_path):
    """A ledger of three issues."""
    made = open_book(tmp_path)
    put(made, 1, "公文办理拖延", "修订办法", "组织培训", unit="综合股", leader="顾某")
    put(made, 2, "账目不清", "逐笔核对", unit="财务股")
    put(made, 3, "管道漏水", unit="工程股")
    return made


@pytest.fixture
def reads(book, monkeypatch):
    """The names of the records read, in order."""
    names: list[str] = []
    read = type(book).read

    def counted(self, name, *rest):
        names.append(name)
        return read(self, name, *rest)

    monkeypatch.setattr(type(book), "read", counted)
    return names


@pytest.fixture
def aged(monkeypatch):
    """The file system's clock ten seconds on: whatever was written has settled."""
    moment = indexfile.moment
    monkeypatch.setattr(indexfile, "moment", lambda path: moment(path) + 10 * 10**9)


def said(book) -> dict[str, list[tuple]]:
    with index.connect(book) as connection:
        return dump(connection)


def test_holds_what_the_records_hold(book):
    """The first question fills the index from the records."""
    assert said(book) == expected(book)


def test_an_empty_ledger_has_an_empty_index(tmp_path):
    """No record, no folder of records even: every table is there and empty."""
    book = open_book(tmp_path)
    (book.folder / "issues").rmdir()
    assert said(book) == {name: [] for name in tables.COLUMNS}


def test_reads_each_record_once(book, reads):
    """What has not changed is not read again."""
    said(book)
    first = list(reads)
    said(book)
    assert (sorted(first), reads) == (sorted(book.names()), first)


def test_reads_what_changed_and_nothing_else(book, reads):
    """After a change to one record that one is read."""
    said(book)
    changed = save(book, put(book, 2, "又一个问题"))
    reads.clear()
    said(book)
    assert reads == [changed.name]


@pytest.mark.parametrize("age", ["young", "aged"])
@pytest.mark.parametrize("seed", range(2))
def test_follows_any_changes(tmp_path, seed, age, request):
    """After any 60 writes, hand edits, touches, renamings and removals the index says what the records say."""
    if age == "aged":
        request.getfixturevalue("aged")
    source = random.Random(seed)
    book = open_book(tmp_path)
    drafts = [put(book, number, f"问题{number}", "甲", "乙") for number in range(1, 6)]
    for step in range(60):
        draft = source.choice(drafts) if drafts else None
        match source.choice(["put", "note", "edit", "touch", "remove", "look", "rename"]):
            case "put":
                drafts.append(put(book, 10 + step, f"问题{step}", "丙"))
            case "note" if draft:
                note(book, draft, f"记事{step}")
            case "edit" if draft:
                path = where(book, draft)
                path.write_text(
                    path.read_text(encoding="utf-8").replace("问题", "很难的题", 1), encoding="utf-8"
                )
                drafts.remove(draft)
            case "touch" if draft:
                os.utime(where(book, draft))
            case "remove" if draft:
                where(book, draft).unlink()
                drafts.remove(draft)
            case "rename" if draft:
                path = where(book, draft)
                path.rename(path.with_name(f"renamed-{path.name}"))
                drafts.remove(draft)
            case "look":
                said(book)
    assert said(book) == expected(book)


def test_a_plain_hand_edit_is_shown_and_marked(book):
    """What somebody changed in the file is what the index says, marked as edited."""
    path = book.folder / "issues" / next(iter(book.names()))
    path.write_text(
        path.read_text(encoding="utf-8").replace("公文办理拖延", "公文办理缓慢", 1), encoding="utf-8"
    )
    with index.connect(book) as connection:
        found = connection.execute('SELECT "title", "edited" FROM "issue" WHERE "number" = 1').fetchone()
    assert found == ("公文办理缓慢", 1)


def test_a_second_edit_of_the_same_size_in_the_same_tick_is_seen(book, monkeypatch):
    """A file younger than two seconds is read again, however unchanged it looks (RELIABILITY B10)."""
    path = book.folder / "issues" / next(iter(book.names()))
    said(book)
    look = freshness.look(path.parent)
    monkeypatch.setattr(freshness, "look", lambda _folder, **_how: look)
    path.write_text(
        path.read_text(encoding="utf-8").replace("公文办理拖延", "公文办理缓慢", 1), encoding="utf-8"
    )
    with index.connect(book) as connection:
        stale = connection.execute('SELECT "title" FROM "issue" WHERE "number" = 1').fetchone()
    monkeypatch.undo()
    assert stale == ("公文办理缓慢",)


def test_what_has_settled_is_not_read_again(book, monkeypatch):
    """Once the file system's own clock is two seconds on, looking at the folder is enough."""
    said(book)
    old = book.folder / "issues" / next(iter(book.names()))
    about = old.stat()
    os.utime(old, ns=(about.st_atime_ns, about.st_mtime_ns - freshness.UNSETTLED_NS - 10**9))
    said(book)
    with index.connect(book) as connection:
        young = json.loads(connection.execute('SELECT "unsettled" FROM "freshness"').fetchone()[0])
    assert young == sorted(set(book.names()) - {old.name})


def test_many_young_files_are_settled_by_a_reader(tmp_path, request):
    """A bulk of files written at once does not have to be read at every question from then on."""
    book = open_book(tmp_path)
    for number in range(1, 13):
        put(book, number)
    said(book)
    request.getfixturevalue("aged")
    said(book)
    with index.connect(book) as connection:
        assert connection.execute('SELECT "unsettled" FROM "freshness"').fetchone() == ("[]",)


def test_a_few_young_files_are_settled_by_a_later_reader(book, monkeypatch):
    """What was written a while ago is not read again by every list from then on."""
    said(book)
    moment, now = indexfile.moment, time.time_ns
    monkeypatch.setattr(indexfile, "moment", lambda path: moment(path) + 20 * 10**9)
    with index.connect(book) as connection:
        assert indexfile.unsettled(connection) == set(book.names())
    monkeypatch.setattr(index.time, "time_ns", lambda: now() + 20 * 10**9)
    with index.connect(book) as connection:
        assert indexfile.unsettled(connection) == set()


def test_another_order_of_the_folder_is_no_change(book, reads, monkeypatch):
    """A folder that lists its files in another order costs no reading, and is remembered."""
    said(book)
    look = freshness.look(book.folder / "issues")
    other = {key: turned(part) for key, part in reversed(look.items())}
    monkeypatch.setattr(freshness, "look", lambda _folder, **_how: other)
    reads.clear()
    said(book)
    with index.connect(book) as connection:
        assert (indexfile.seen(connection), reads) == (other, [])


def turned(part: freshness.Part) -> freshness.Part:
    """A part of a folder with its files the other way round."""
    size = freshness.LOOK_BYTES
    looks = [part.looks[place : place + size] for place in range(0, len(part.looks), size)]
    return freshness.Part("/".join(reversed(part.names.split("/"))), b"".join(reversed(looks)))


# -- a file that is not what it should be -----------------------------------------------


def garbage(path: Path, book) -> None:
    path.write_bytes(os.urandom(9000))


def cut(path: Path, book) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def cut_in_the_header(path: Path, book) -> None:
    path.write_bytes(path.read_bytes()[:50])


def older(path: Path, book) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 5")


def of_another_program(path: Path, book) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE tasks (id)")
        db.commit()


def of_another_ledger(path: Path, book) -> None:
    other = open_book(book.workspace.root, "other")
    put(other, 1, "别处的问题")
    index.connect(other).close()
    shutil.copy(other.index_path, path)


def garbage_with_a_journal(path: Path, book) -> None:
    path.write_bytes(b"SQLite format 3\0" + os.urandom(9000))
    path.with_name(path.name + "-journal").write_bytes(os.urandom(5000))


@pytest.mark.parametrize(
    "spoil", [garbage, cut, cut_in_the_header, older, of_another_program, of_another_ledger, garbage_with_a_journal]
)  # fmt: skip
def test_a_strange_file_is_replaced_and_said_once(book, spoil):
    """Whatever lies in the place of the index: same answers, one note, and none the next time (C1-C3)."""
    before = said(book)
    spoil(book.index_path, book)
    notes = []
    for _turn in range(2):
        with index.connect(book) as connection:
            notes.append(connection.note)
            assert dump(connection) == before
    assert ([bool(note) for note in notes], index._fresh(book) is not None) == ([True, False], True)


def test_the_strange_file_is_named_for_what_it_is(book):
    """The note says whether the index was damaged, of another version or of another ledger."""
    notes = []
    for spoil in (garbage, older, of_another_ledger):
        said(book)
        spoil(book.index_path, book)
        with index.connect(book) as connection:
            notes.append(connection.note.split(";")[0])
    assert notes == [
        "the index was damaged",
        "the index was that of another version",
        "the index was that of another ledger",
    ]


@pytest.mark.parametrize("size", [0, None])
def test_no_index_is_nothing_to_speak_of(book, size):
    """A deleted or empty file is filled without a word."""
    before = said(book)
    book.index_path.unlink() if size is None else book.index_path.write_bytes(b"")
    with index.connect(book) as connection:
        assert (dump(connection), connection.note) == (before, "")


def test_damage_found_by_a_question_is_mended_and_asked_again(book):
    """A page that turns out to be broken while it is read: a new index, the same question, the right answer."""
    before = said(book)
    book.index_path.write_bytes(_with_broken_table(book.index_path, "history"))
    notes = []
    assert index.ask(book, dump, tell=notes.append) == before
    assert notes == ["the index was damaged; it was made anew from the records"]


def _with_broken_table(path: Path, table: str) -> bytes:
    with closing(sqlite3.connect(path)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * size : (page - 1) * size + 8] = b"\xff" * 8
    return bytes(data)


def test_flipped_bits_never_stop_a_question(book):
    """Any one bit of the index turned: the question is answered, and a new index answers as before."""
    before = said(book)
    whole = book.index_path.read_bytes()
    source = random.Random(7)
    for _turn in range(60):
        data = bytearray(whole)
        data[source.randrange(len(data))] ^= 1 << source.randrange(8)
        book.index_path.write_bytes(data)
        assert set(index.ask(book, dump)) == set(before)
    index.rebuild(book)
    assert said(book) == before


def killed_while_writing(path: Path) -> None:
    """Leave the index as a process leaves it that is killed in the middle: half written, beside its journal."""
    script = (
        "import os, signal, sqlite3, sys\n"
        "db = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "db.execute('PRAGMA journal_mode = TRUNCATE')\n"
        "db.execute('PRAGMA cache_size = 1')\n"
        "db.execute('BEGIN IMMEDIATE')\n"
        "db.execute('UPDATE issue SET title = ?', ('x' * 3000,))\n"
        "db.execute('UPDATE measure SET text = ?', ('x' * 9000,))\n"
        "db.execute('DELETE FROM history')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    if not hasattr(signal, "SIGKILL"):
        pytest.skip("no such signal here")
    subprocess.run([sys.executable, "-c", script, path], check=False)
    assert path.with_name("index.db-journal").stat().st_size > 0


def test_a_writer_killed_half_way_leaves_no_half(book):
    """A process killed while it writes the index: the next reader rolls back what it did (hot journal)."""
    before = said(book)
    killed_while_writing(book.index_path)
    assert said(book) == before


def test_what_a_killed_writer_left_never_meets_a_new_index(book):
    """Its journal goes with the index it belonged to, and is not rolled back into the next one."""
    before = said(book)
    killed_while_writing(book.index_path)
    book.index_path.write_bytes(b"garbage" * 2000)
    assert (said(book), said(book)) == (before, before)


# -- others at the same time, and places that cannot be written -------------------------


def test_first_runs_in_parallel_all_succeed(book):
    """Six processes that find no index at once all get the same answer (A8)."""
    for number in range(4, 60):
        put(book, number, f"问题{number}", "甲", "乙", "丙")
    script = (
        "import sys; from pathlib import Path\n"
        "from ledger.store import index; from ledger.store.book import Book\n"
        "from ledger.store.workspace import Workspace\n"
        "book = Book(Workspace(Path(sys.argv[1])), 'town')\n"
        "with index.connect(book) as connection:\n"
        "    print(connection.execute('SELECT count(*), sum(number) FROM issue').fetchone(), connection.note)\n"
    )
    command = [sys.executable, "-c", script, str(book.workspace.root)]
    runs = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
        for _each in range(6)
    ]
    answers = [run.communicate()[0].strip() for run in runs]
    assert answers == ["(59, 1770)"] * 6
    assert said(book) == expected(book)


def test_where_nothing_can_be_written_it_is_made_in_memory(book):
    """A place that cannot be written costs time, never an answer (B5)."""
    (book.folder / ".index").write_text("in the way", encoding="utf-8")
    assert said(book) == expected(book)


def test_a_kept_index_that_cannot_be_written_is_gone_on_from_in_memory(book, reads, monkeypatch):
    """Beside an index that somebody holds on to, what changed is read into a copy."""
    said(book)
    changed = save(book, put(book, 9, "新问题"))
    monkeypatch.setattr(indexfile, "PATIENCE", 0.05)
    with closing(sqlite3.connect(book.index_path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        reads.clear()
        found = said(book)
        read = list(reads)
    assert (found, read) == (expected(book), [changed.name])


def test_the_answer_cannot_be_written_to(book):
    """A question that writes is refused by the connection itself, on the disk and in memory."""
    for connection in (index.connect(book), index.memory([])):
        with connection, pytest.raises(sqlite3.OperationalError, match="readonly|read-only"):
            connection.execute('DELETE FROM "issue"')


def test_all_answers_of_one_connection_are_of_one_moment(book, monkeypatch):
    """What is written meanwhile is not half in the answers."""
    monkeypatch.setattr(indexfile, "COURTESY", 0.05)
    with index.connect(book) as connection:
        first = dump(connection)
        put(book, 4, "新问题")
        index.refresh(book)
        assert dump(connection) == first
    assert len(said(book)["issue"]) == 4


# -- records that cannot be counted -----------------------------------------------------


@pytest.mark.usefixtures("aged")
def test_a_damaged_record_stops_every_answer_and_is_named(book):
    """No total leaves a record out silently: its file is named until it is mended (contract §2)."""
    before = said(book)
    path = book.folder / "issues" / next(iter(book.names()))
    whole = path.read_bytes()
    path.write_bytes(b"<<<<<<< ours\n" + whole)
    for _turn in range(2):
        with pytest.raises(DamageError, match=path.name):
            index.connect(book)
    path.write_bytes(whole)
    assert said(book) == before


def test_of_several_damaged_records_the_first_is_named_and_the_others_are_read(book, reads):
    """What is whole is kept, so that the next try reads only what is not."""
    names = list(book.names())
    for name in names[:2]:
        (book.folder / "issues" / name).write_bytes(b"\xff\xfe")
    with pytest.raises(DamageError, match=names[0]):
        index.connect(book)
    reads.clear()
    with pytest.raises(DamageError, match=names[0]):
        index.connect(book)
    assert reads == names[:2]


def test_one_record_in_two_files_is_named(book):
    """A copy of a record would count twice: both files are named, and taking one away mends it."""
    before = said(book)
    name = next(iter(book.names()))
    copy = book.folder / "issues" / name.replace("0001-", "0007-")
    shutil.copy(book.folder / "issues" / name, copy)
    with pytest.raises(DamageError, match=f"{copy.name} holds the same issue or measure as .*{name}"):
        index.connect(book)
    copy.unlink()
    assert said(book) == before


def test_a_number_no_index_can_hold_is_named(book):
    """Whatever a history may hold, it ends in a message, and the other records stay."""
    draft = put(book, 4, "新问题", leader="顾某")
    planning.claim(draft, "顾某")
    planning.approve(draft, 10**30, "会")
    path = save(book, draft)
    with pytest.raises(DamageError, match=f"{path.name} holds a number that is too large"):
        index.connect(book)
    path.unlink()
    assert said(book) == expected(book)


def test_a_link_that_leads_nowhere_is_not_left_out(book):
    """A record that is only a broken link is an error, not one record less."""
    (book.folder / "issues" / "0009-aaaaaaaa.toml").symlink_to(book.folder / "gone.toml")
    with pytest.raises(OSError, match="0009-aaaaaaaa"):
        index.connect(book)


# -- after a command has written --------------------------------------------------------


def test_after_a_refresh_nothing_is_left_to_read(book, reads):
    """The command that wrote tells the index, so that the next question reads no record."""
    said(book)
    draft = put(book, 4, "新问题", "甲")
    index.refresh(book, [where(book, draft).name])
    reads.clear()
    assert (said(book), reads) == (expected_unread(book, reads), [])


def expected_unread(book, reads) -> dict[str, list[tuple]]:
    found = expected(book)
    reads.clear()
    return found


def test_a_refresh_looks_at_the_files_named_alone(book, reads):
    """What somebody else changed meanwhile is left to the next question, which sees it."""
    said(book)
    mine = put(book, 4, "我的")
    put(book, 5, "别人的")
    reads.clear()
    index.refresh(book, [where(book, mine).name])
    mine_only = list(reads)
    assert (mine_only, said(book)) == ([where(book, mine).name], expected(book))


def test_a_refresh_does_not_wait_for_whoever_holds_the_index(book):
    """A reader that takes its time costs a writer a fraction of a second, and the next reader sees the change."""
    said(book)
    with index.connect(book):
        note_ = put(book, 4, "新问题")
        began = time.monotonic()
        index.refresh(book, [where(book, note_).name])
        took = time.monotonic() - began
    assert (took < 0.8, said(book)) == (True, expected(book))


def test_several_processes_make_the_same_index(book, monkeypatch):
    """How many read the records makes no difference to the index, nor to what is said about damaged ones."""
    damaged = put(book, 4, "坏的")
    where(book, damaged).write_bytes(b"format = 1\n")
    monkeypatch.setattr(workers, "cores", lambda: 3)
    spread, shared = workers.spread, []

    def by_several(work, things, **how):
        shared.append(len(things))
        return spread(work, things, **{**how, "least": 0, "size": 1})

    with pytest.raises(DamageError) as alone:
        index.rebuild(book)
    one = contents(book)
    monkeypatch.setattr(workers, "spread", by_several)
    with pytest.raises(DamageError) as several:
        index.rebuild(book)
    assert (one, alone.value.message) == (contents(book), several.value.message)
    assert max(shared) == 4


def contents(book) -> dict[str, list[tuple]]:
    """Every row of the index as it lies there."""
    with closing(sqlite3.connect(book.index_path)) as db:
        return dump(db)


def test_the_first_index_of_a_large_ledger_is_made_at_once(book, monkeypatch):
    """Where there are thousands of records and no index, it is made as `reindex` makes it."""
    from ledger.store import remaking

    made = []
    remake = remaking.remake
    monkeypatch.setattr(remaking, "remake", lambda given: made.append(given.name) or remake(given))
    monkeypatch.setattr(workers, "LEAST", 3)
    assert (said(book), made) == (expected(book), ["town"])


def test_a_refresh_follows_a_file_that_moved(book):
    """A renumbered record, old name gone and new name there, is one record."""
    said(book)
    old = book.folder / "issues" / next(iter(book.names()))
    new = old.with_name(old.name.replace("0001-", "0008-"))
    old.rename(new)
    index.refresh(book, [old.name, new.name])
    assert said(book) == expected(book)


def test_a_refresh_makes_no_index_and_never_fails(book):
    """Without an index none is made, over garbage nothing happens: the records are safe already."""
    index.refresh(book)
    made = book.index_path.exists()
    said(book)
    book.index_path.write_bytes(b"garbage" * 999)
    index.refresh(book, ["0001-zzzzzzzz.toml"])
    assert (made, book.index_path.read_bytes()[:7]) == (False, b"garbage")


def test_rebuilding_gives_the_same(book):
    """Made anew from nothing it says the same; leftovers of a killed attempt go, and no new ones stay."""
    before = said(book)
    (book.index_path.parent / "index.db.999999999.new").write_bytes(b"left over")
    assert (index.rebuild(book), said(book)) == (3, before)
    assert {each.name for each in book.index_path.parent.iterdir()} <= {"index.db", "index.db-journal"}


def test_rebuilding_names_damage_and_keeps_the_rest(book):
    """A record that cannot be read is named; the new index has the others."""
    path = book.folder / "issues" / next(iter(book.names()))
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])
    with pytest.raises(DamageError, match=path.name):
        index.rebuild(book)
    path.write_bytes(whole)
    assert said(book) == expected(book)


def test_rebuilding_waits_for_who_fills_the_index(book, monkeypatch):
    """The index is not pulled away under a command that writes it."""
    said(book)
    monkeypatch.setattr(indexfile, "PATIENCE", 0.05)
    with closing(sqlite3.connect(book.index_path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedError):
            index.rebuild(book)


def test_a_difference_to_a_record_is_found(book):
    """What `check` asks: does the index say the same as this record?"""
    records = list(book.records())
    said(book)
    with closing(sqlite3.connect(book.index_path)) as db:
        assert not any(index.differs(db, filling.rows_of_record(each)) for each in records)
        changed = 'UPDATE "history" SET "entries" = replace("entries", ?, ?) WHERE "issue_uid" = ?'
        db.execute(changed, ("林某", "沈某", records[1].issue.uid))
        found = [index.differs(db, filling.rows_of_record(each)) for each in records]
    assert found == [False, True, False]


# -- several records changed at once ----------------------------------------------------


def staged(book, number: int) -> Path:
    """A committed change of two records of which no file is in place yet."""
    texts = [path.read_bytes() for path in sorted((book.folder / "issues").iterdir())[:2]]
    paths = [f"town/issues/{path.name}" for path in sorted((book.folder / "issues").iterdir())[:2]]
    stage = book.workspace.state / transaction.FOLDER / f"{number:020d}-1"
    stage.mkdir(parents=True)
    steps = []
    for place, (path, data) in enumerate(zip(paths, texts, strict=True)):
        after = data.replace("拖延".encode(), "缓慢".encode(), 1).replace("不清".encode(), "混乱".encode(), 1)
        (stage / str(place)).write_bytes(after)
        digests = {"before": files.digest(data), "after": files.digest(after)}
        steps.append({"path": path, "staged": str(place), **digests})
    (stage / transaction.COMMITTED).write_text(json.dumps({"format": 1, "steps": steps}), encoding="utf-8")
    return stage


def titles(book) -> list[str]:
    with index.connect(book) as connection:
        return [title for (title,) in connection.execute('SELECT "title" FROM "issue" ORDER BY "number"')]


AFTER = ["公文办理缓慢", "账目混乱", "管道漏水"]


def test_a_committed_change_is_finished_first(book):
    """A reader that finds a committed change of several records finishes it (contract §2)."""
    said(book)
    stage = staged(book, 1)
    assert (titles(book), stage.exists()) == (AFTER, False)


def test_a_committed_change_that_cannot_be_finished_is_laid_over(book, monkeypatch):
    """Where nothing can be written, the answer is the same, and nothing is written."""
    said(book)
    stage = staged(book, 1)

    def refused(*_arguments, **_options):
        raise LockedError("somebody")

    monkeypatch.setattr(lock, "locked", refused)
    assert (titles(book), stage.exists()) == (AFTER, True)
    assert [record.issue.title for record in book.records()] == AFTER


def test_half_of_a_change_is_never_seen(book, monkeypatch):
    """When a change of several records goes through while they are read, they are read again."""
    said(book)
    put(book, 4, "新问题")
    fill = filling.fill
    turns = []

    def disturbed(*arguments, **options):
        turns.append(1)
        if len(turns) == 1:
            (book.workspace.state / transaction.FOLDER).mkdir(parents=True)
        return fill(*arguments, **options)

    monkeypatch.setattr(filling, "fill", disturbed)
    found = titles(book)
    assert (found[-1], len(turns)) == ("新问题", 2)


# -- for others -------------------------------------------------------------------------


def test_opens_in_sqlite_utils_as_it_is(book):
    """Plain tables with primary keys and foreign keys; columns are called as in the contract."""
    from sqlite_utils import Database

    index.connect(book).close()
    db = Database(book.index_path, execute_plugins=False)
    keys = {name: db[name].pks for name in sorted(db.table_names())}
    links = {(key.table, key.column, key.other_table) for name in keys for key in db[name].foreign_keys}
    contract = {
        "number",
        "title",
        "unit",
        "leader",
        "owner",
        "criterion",
        "term",
        "continuing",
        "due",
        "due_original",
    }
    columns = set(db["issue"].columns_dict)
    db.close()
    assert keys == {
        "file": ["name"],
        "folder": ["part"],
        "freshness": ["ledger"],
        "history": ["issue_uid"],
        "issue": ["uid"],
        "measure": ["uid"],
        "search": ["issue_uid"],
        "serve": ["measure_uid", "issue_uid"],
    }
    assert ("measure", "issue_uid", "issue") in links
    assert contract <= columns


def test_the_version_changes_with_the_tables_and_the_program(book, monkeypatch):
    """Nobody has to remember to raise a number: another program's index is made anew (HOUSE §2.8)."""
    import importlib

    import ledger

    before = tables.VERSION
    monkeypatch.setattr(ledger, "__version__", "99.0")
    changed = importlib.reload(tables).VERSION
    monkeypatch.undo()
    assert (changed != before, importlib.reload(tables).VERSION) == (True, before)


def test_issues_as_they_were_are_asked_the_same_way(book):
    """An index in memory of issues has the same tables and rows as one of their files."""
    with index.connect(book) as kept:
        issues = dump(kept)
    with index.memory((record.issue, record.entries) for record in book.records()) as made:
        memory = dump(made)
    hidden = len(("edited", "file"))
    for found in (issues, memory):
        found["issue"] = [row[:-hidden] for row in found["issue"]]
        found.pop("file")
    assert memory == issues


def test_a_taken_back_entry_is_marked_and_not_searched(book):
    """What an undo took back stays in the history, marked, and is found no more."""
    from ledger.domain.acts import undoing

    draft = put(book, 4, "新问题", "甲")
    note(book, draft, "写错地方的记事")
    batch = draft.added[-1].batch
    draft.context = context("2025-04-02", batch=new_id())
    undoing.undo(draft, batch)
    save(book, draft)
    with index.connect(book) as connection:
        marked = sql.run(connection, f"SELECT undone FROM entry WHERE batch = '{batch}'")[1]
        texts = connection.execute('SELECT "text" FROM "search"').fetchall()
    assert (marked, [text for (text,) in texts if "写错" in text]) == ([(1,)], [])
