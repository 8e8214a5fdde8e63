"""`undo`: taken back."""

from __future__ import annotations

import json

from ledger.domain.schema import CHRONICLE
from ledger.ui import ask
from tests.cli.books import (
    acts,
    at,
    book,
    day,
    field,
    last,
    path_of,
    record,
    refused,
    rewrite,
    status,
    statuses,
    typed,
    unchanged,
)

# --- undo -----------------------------------------------------------------------------------------------


def test_undo_takes_the_last_command_back(run, ledger):
    """The last command no longer counts; nothing is erased; the entry names it; then comes the one before."""
    typed(run, "note 1.1 -t 一\ndone 1.1 --result 成")
    batch = last(1).batch
    assert run.ok("undo", "--yes") == "taken back in: 1\n"
    assert (status("1.1"), field("1.1", "result"), acts(1)) == (
        "active",
        None,
        ["add", "note", "done", "undo"],
    )
    assert last(1).data == {"batch": batch}
    run.ok("undo", "--yes")
    assert status("1.1") == "pending"
    document = json.loads(run.ok("undo", "--json", "--yes"))
    assert (document["schema"], document["acts"], status("2")) == ("ledger/undo@1", ["add"], "void")


def test_what_was_added_becomes_void(run, ledger):
    """An undone `add` leaves a void issue; its number is not given again; then nothing is left to take back."""
    typed(run, "undo --yes\nundo --yes")
    assert statuses("1", "1.1", "2") == ["void"] * 3
    assert run.ok("add", "三").startswith("3  ")
    run.ok("undo", "--yes")
    refused(run, "undo", 3, "there is nothing to take back", "ledger history shows what was done")


def test_undo_says_what_it_takes_back(run, ledger, monkeypatch):
    """A person is told what would be taken back, and may say no; nobody there: --yes is named."""
    run.ok("note", "1.1", "2", "-t", "x", **at("2025-03-05"))
    said = "2025-03-05 09:00 林某: note on 1 2\n"
    result = run("undo")
    hint = "hint: give --yes; questions are asked only on a terminal and without --no-input\n"
    assert result == (2, "", f"{said}error: --yes is missing\n{hint}")
    monkeypatch.setattr(ask, "confirm", lambda _message: False)
    assert run("undo") == (0, "", f"{said}nothing was changed\n")
    assert unchanged(run, "undo").out.count('\n+head = "sha256:') == 2
    monkeypatch.setattr(ask, "confirm", lambda _message: True)
    assert run("undo") == (0, "taken back in: 1 2\n", said)
    assert statuses("1.1", "2") == ["pending", "pending"]


def test_undo_is_whole_or_nothing(run, ledger):
    """A command over several records is refused whole when one of them has changed since."""
    run.ok("assign", "1", "2", "--owner", "王某")
    batch = last(2).batch
    run.ok("assign", "1", "--owner", "李某")
    hint = "take that back first, newest first: ledger undo"
    refused(run, f"undo {batch} --yes", 4, "issue 1 has changed since: assign on 2025-03-01", hint)
    run.ok("undo", "--yes")
    run.ok("undo", batch, "--yes")
    assert (field("1", "owner"), field("2", "owner")) == (None, None)
    refused(
        run,
        f"undo {batch} --yes",
        4,
        "that change has been taken back already",
        "ledger history shows what counts",
    )


def test_what_cannot_be_taken_back(run):
    """An approved plan is revised instead; an unknown command is named."""
    run.ok("init", "t", "--preset", "five-level")
    typed(run, "add x -m 甲 --leader 张某\nclaim 1\nplan approve")
    refused(run, "undo --yes", 4, "an approved plan is not taken back", "revise it and approve a new version")
    refused(run, "undo 01JX --yes", 3, "there is no change 01JX", "ledger history shows them")


def test_the_chronicle_can_be_undone(run, ledger):
    """A note of the office is taken back like anything else."""
    run.ok("note", "-t", "3月例会")
    run.ok("undo", "--yes")
    (kept,) = book().records(CHRONICLE)
    assert [entry.do for entry in kept.entries] == ["add", "undo"]


def test_an_undone_undo_brings_it_back(run, ledger):
    """Taking an undo back makes the command count again."""
    typed(run, "note 1.1 -t 一\nundo --yes")
    batch = last(1).batch
    run.ok("undo", batch, "--yes")
    assert status("1.1") == "active"


def test_undo_takes_the_command_not_the_hand_edit(run, ledger):
    """A hand edit recorded on the way is a batch of its own, taken back after the command that found it."""
    rewrite(path_of(1), '"办公室"', '"财务股"')
    run.ok("note", "1.1", "-t", "一")
    assert acts(1) == ["add", "adopt", "note"]
    run.ok("undo", "--yes")
    assert (status("1.1"), field("1", "unit")) == ("pending", "财务股")
    run.ok("undo", "--yes")
    assert field("1", "unit") == "办公室"


def test_an_undone_move_gives_the_number_back(run):
    """Taking a new number, a moved measure or a merged issue back leaves everything as it was, and `check` silent."""
    run.ok("init", "t", "--preset", "single-level")
    typed(run, "add 甲 -m 一\nadd 乙 -m 二")
    for line in ("move 1 --to 7", "move 1.1 --to 2", "merge 1 2", "split 1 --title 丙 --measures 1.1"):
        typed(run, f"{line}\nundo --yes")
        assert [(status(word), field(word, "title")) for word in ("1", "2")] == [
            ("pending", "甲"),
            ("pending", "乙"),
        ]
        assert statuses("1.1", "2.1") == ["pending", "pending"]
        assert run("check").code == 0
    assert book().numbers() == [1, 2, 3]


def test_undo_is_seen_as_it_was_known(run, ledger):
    """What was undone later is still seen as of a moment before it (docs/contract.md §2)."""
    run.ok("note", "1.1", "-t", "一", **at("2025-03-05"))
    run.ok("undo", "--yes", **at("2025-03-10"))
    found = record(1)
    key = found.state.measures()[0]["uid"]
    known = found.entries[-2].instant
    assert str(book().replayed(found, as_of=day("2025-03-20"), known_at=known).status(key)) == "active"
    assert str(book().replayed(found, as_of=day("2025-03-05"), known_at=None).status(key)) == "pending"
