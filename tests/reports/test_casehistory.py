"""What became of one case: every entry with what was before and after, and what other records say of it."""

from __future__ import annotations

import json

from ledger import language
from ledger.domain.entry import parse
from ledger.reports import casehistory
from ledger.reports.material import Event
from tests import cases
from tests.office import basis, day, material, office

#: What every entry of these tests has.
HEAD = {
    "at": "2025-05-20T09:00:00+08:00",
    "batch": "b",
    "by": "林某",
    "id": "e",
    "on": "2025-05-20",
    "prev": [],
}


def event(do: str, *changes, about: str = "1", counts: bool = True, **parts) -> Event:
    entry = parse(json.dumps({**HEAD, "do": do, **parts}, ensure_ascii=False))
    return Event(entry, about, do, changes, counts)


def sections(*events: Event, **given):
    rests = basis("en")
    with language.speaking("en"):
        report = casehistory.build(material("dossier", office()[:1], rests, events=events, **given))
    return {each.key: each.blocks[0] for each in report.sections}


def test_requests_are_told_as_such():
    """What is asked for, and refused, is no extension."""
    asked = event("extend", data={"request": {"due": "2025-08-31"}})._replace(act="request")
    refused = event("longterm", data={"refuse": True})._replace(act="refuse")
    rows = sections(asked, refused)["history"].rows
    assert [(row[4], row[8]) for row in rows] == [
        ("extension asked for", "due 2025-08-31"),
        ("long-term refused", ""),
    ]


def said(*events: Event) -> list[list[str]]:
    return [row[8].split("\n") if row[8] else [] for row in sections(*events)["history"].rows]


def test_what_was_said_and_changed():
    """Reasons, words and every field with its value before and after; a measure is named by its number."""
    edited = event(
        "edit", ("1", "unit", "党政办", "人大办"), ("1.2", "continuing", None, True), ("1", "due", "2025-06-30", None),
        why="分工调整",
    )  # fmt: skip
    signed = event("sign", about="1.2", data={"step": "unit", "steps": ["unit", "office"], "opinion": "同意"})
    asked = event("extend", data={"request": {"due": "2025-08-31", "due_text": "8月底"}}, why="雨季")
    taken = event("add", data={"source": {"file": "notice.txt", "line": 23, "digest": "ab" * 32}})
    assert said(edited, signed, asked, taken) == [
        ["reason: 分工调整", "unit: 党政办 -> 人大办", "1.2 continuing: yes", "due: 2025-06-30 -> none"],
        ["step: 责任单位研究", "opinion: 同意"],
        ["reason: 雨季", "due 2025-08-31; due as printed 8月底"],
        ["from notice.txt, line 23"],
    ]


def test_a_row_has_when_who_and_the_hash():
    """The day, the moment it was recorded, who recorded and decided, and the whole hash."""
    one = event("note", data={"text": "已发函"}, signer="顾某", meeting="例会")
    (row,) = sections(one)["history"].rows
    assert row == (
        1, day("2025-05-20"), "2025-05-20 09:00:00+08:00", "林某", "note", "1", "顾某", "例会", "已发函",
        one.entry.hash,
    )  # fmt: skip


def test_what_counts_no_more_is_told_and_marked():
    """An act that was taken back stands in the history, and decides nothing."""
    found = sections(event("sign", counts=False, meeting="例会"), event("note", meeting="党组会"))
    assert [row[4] for row in found["history"].rows] == ["sign (counts no more)", "note"]
    assert found["meetings"].rows == ((day("2025-05-20"), "党组会", "1", "note"),)


def test_registers_and_look_backs_about_it():
    """Registers that name it have a section each; of a look-back what it found of this case alone."""
    found = sections(registers=cases.registered(), reviews=(cases.lookback().review,))
    assert [key for key in found if key.startswith("register-")] == [
        "register-regulations",
        "register-accountability",
    ]
    assert [row[:4] for row in found["lookbacks"].rows] == [
        ("R2025-1", "1.1", day("2025-06-26"), "holds"),
        ("R2025-1", "1.2", day("2025-06-26"), "came back"),
    ]
