"""`note`: what was done, on an issue, a measure, or for the whole office."""

from __future__ import annotations

import json

from ledger.domain.schema import CHRONICLE
from ledger.ui import ask
from tests.cli.books import book, last, refused, statuses, typed, unchanged


def test_a_note_starts_what_was_pending(run, simple):
    """The first note makes a measure active; its text and date stand in the history alone."""
    assert run.ok("note", "1.1", "-t", "抽查3月公文", "--on", "2025-02-27") == "noted: 1.1\n"
    entry = last(1)
    assert (entry.do, entry.data, str(entry.on)) == ("note", {"text": "抽查3月公文"}, "2025-02-27")
    assert statuses("1.1", "1.2", "1") == ["active", "pending", "active"]
    run.ok("note", "1.2", "2", "1", "-t", "第一行\n第二行")
    assert statuses("1.2", "2") == ["active", "active"]
    assert last(2).data == {"text": "第一行\n第二行"}


def test_a_note_changes_no_other_status(run, simple):
    """A note on what is closed, void or done is kept and changes nothing."""
    typed(run, "void 1.1 --why 重复\ndone 1.2 --result 成\nclose 2 --result 成")
    run.ok("note", "1.1", "1.2", "2", "-t", "补记")
    assert statuses("1.1", "1.2", "2") == ["void", "done", "closed"]


def test_the_office_has_a_chronicle(run, simple, chinese):  # noqa: F811
    """Without an id a note goes into registers/chronicle/, numbered from 1; the Chinese name does it too."""
    assert run.ok("note", "-t", "3月例会") == "noted in the chronicle\n"
    assert run.ok("记事", "-t", "4月例会", lang="zh") == "已记入大事记\n"
    records = list(book().records(CHRONICLE))
    assert [
        (each.path.parent.as_posix(), each.state.fields["number"], each.state.fields["text"])
        for each in records
    ] == [
        ("ledgers/t/registers/chronicle", 1, "3月例会"),
        ("ledgers/t/registers/chronicle", 2, "4月例会"),
    ]


def test_a_note_needs_words_and_a_place(run, simple):
    """No text, an id that is not there, a point: refused, nothing noted anywhere."""
    hint = "give --text; questions are asked only on a terminal and without --no-input"
    refused(run, "note 1", 2, "--text is missing", hint)
    refused(run, "note 1 -t ' '", 2, "a note needs a text", "give it with --text")
    refused(run, "note 1 9 -t x", 3, "there is no issue 9 (there are 1-2)", "ledger list shows them all")
    refused(
        run, "note 2.1 -t x", 3, "issue 2 has no measure 1", "it has none yet: ledger measure 2 --text TEXT"
    )
    refused(run, "note L3 -t x", 3, "there is no L3", "there is none of its kind yet")
    refused(run, "done L3 --result x", 2, "L3 is not an issue, a measure or a point", "write 7, 7.2 or 7.2.1")
    hint = "write 7, 7.2, 7.2.1, 3-9, 7.1-7.3, L3, C12, R2025-1 or meetings:5"
    refused(run, "note 七 -t x", 2, '"七" is not a number of this ledger', hint)


def test_a_person_is_asked_what_was_done(run, simple, monkeypatch):
    """`note` without a text asks a person for it."""
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "text", lambda message, *, flag, **_rest: f"{message} {flag}")
    run.ok("note", "1.1")
    assert last(1).data == {"text": "What was done? --text"}


def test_a_note_as_json_and_tried(run, simple):
    """--json gives the entry; --dry-run gives it too and writes nothing."""
    document = json.loads(run.ok("note", "1.1", "-t", "x", "--json"))
    assert (document["schema"], [each["do"] for each in document["changed"][0]["entries"]]) == (
        "ledger/note@1",
        ["note"],
    )
    out = unchanged(run, 'note 1.2 -t "甲\'乙"').out
    assert json.loads(out.splitlines()[0])["data"] == {"text": "甲'乙"}
    assert '+status = "active"' in out.splitlines()
    assert "registers/chronicle/0001-" in unchanged(run, "note -t x").out
