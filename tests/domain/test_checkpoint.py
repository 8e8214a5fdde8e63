"""Checkpoints: one form for the same histories, whatever a mail does to it, and no change of it passes."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.acts import working
from ledger.domain.checkpoint import Checkpoint, Head, PlanDigest, in_order, over_heads
from ledger.domain.presented import DamagedCheckpointError, Lost, lost, parse
from ledger.errors import RejectedInputError
from tests.domain.desk import TWO, opened

UID = "01JX8K2M7Q4Z0T5B1C3F9K2MX"
HEADS = (
    Head("issue", 7, UID + "A", 12, "a" * 64),
    Head("issue", 12, UID + "B", 3, "b" * 64),
    Head("chronicle", 1, UID + "C", 1, "c" * 64),
)
MADE = Checkpoint(
    ledger="2025",
    title="柳林镇整改台账",
    made="2025-06-30T09:00:00+08:00",
    program="0.1.0",
    last=UID + "Z",
    heads=HEADS,
    plans=(PlanDigest(1, "d" * 64),),
)
TEXT = f"""\
ledger-checkpoint/1
ledger: 2025
title: 柳林镇整改台账
made: 2025-06-30T09:00:00+08:00
program: 0.1.0
records: 3
plans: 1
entries: 16
last: {UID}Z
printed: 15 {over_heads([(UID + "A", "a" * 64), (UID + "B", "b" * 64)])[:32]}
sha256: {MADE.digest}

issue/7 {UID}A 12 {"a" * 64}
issue/12 {UID}B 3 {"b" * 64}
chronicle/1 {UID}C 1 {"c" * 64}
plan/1 {"d" * 64}
"""


def read(text: str) -> Checkpoint:
    found = parse(text, "kept.txt")
    assert isinstance(found, Checkpoint)
    return found._replace(places={})


def refused(text: str) -> tuple[int, str]:
    with pytest.raises(DamagedCheckpointError) as error:
        parse(text, "kept.txt")
    assert error.value.hint == "take another copy of it: nothing was held against this one"
    return error.value.line, error.value.message


# -- the form ----------------------------------------------------------------------------------------------


def test_the_form_is_fixed():
    """Plain text: what it is about, then a line a record; it reads back as it was."""
    assert MADE.text == TEXT
    assert read(TEXT) == MADE


def test_anybody_can_compute_the_digest():
    """It is the SHA-256 of what stands below the empty line, as `sha256sum` gives it."""
    assert MADE.digest == hashlib.sha256(TEXT.split("\n\n")[1].encode()).hexdigest()


def test_the_digest_does_not_depend_on_when_or_where():
    """The same histories give the same digest in another folder, at another time, by another version."""
    other = MADE._replace(ledger="copy", title="", made="2026-01-01T00:00:00+08:00", program="2.0", last="")
    assert other.digest == MADE.digest
    assert MADE._replace(heads=HEADS[:2]).digest != MADE.digest
    assert MADE._replace(plans=()).digest != MADE.digest


def test_a_ledger_with_nothing_in_it_has_one_too():
    """No last entry is a dash, so that every line says something; it reads back as it was."""
    empty = MADE._replace(last="", heads=(), plans=())
    assert "\nlast: -\n" in empty.text
    assert read(empty.text) == empty


def test_records_come_by_kind_and_number():
    """The order does not depend on how they were found."""
    assert in_order(reversed(HEADS)) == HEADS


def test_a_line_says_all_of_a_record():
    """The number people use comes from the kind; a record without number or uid has no line."""
    assert [each.id for each in HEADS] == ["7", "12", "chronicle:1"]
    assert Head("reviews", 3, UID + "A", 1, "a" * 64).id == "reviews:3"
    assert [each.is_whole for each in (HEADS[0], HEADS[0]._replace(number=0), HEADS[0]._replace(uid=""))] == [
        True,
        False,
        False,
    ]


def test_an_empty_ledger_has_a_checkpoint():
    """Nothing yet is a state like any other."""
    empty = MADE._replace(heads=(), plans=(), last="")
    assert read(empty.text) == empty
    assert parse(empty.short.text, "kept.txt") == empty.short


def test_what_stands_above_is_one_line_each():
    """A title of several lines, or one that drives a terminal, does not spoil the form."""
    odd = MADE._replace(title="柳林镇\n整改\x1b[2J台账 \u202e", ledger="2025 年")
    assert read(odd.text).title == r"柳林镇 整改\x1b[2J台账 \u202e"
    assert read(odd.text).heads == HEADS
    assert odd.short.ledger == "2025_年"


# -- what becomes of it ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.replace("\n", "\r\n"),
        "\ufeff" + TEXT,
        TEXT.replace("\n", "  \n"),
        TEXT.replace("\n\n", "\n\n\n\n"),
        TEXT.replace("\n\n", "\n"),
        "Subject: June\n\n" + TEXT + "\n-- \nLin\n",
        TEXT + "-----BEGIN SSH SIGNATURE-----\nU1NI\n-----END SSH SIGNATURE-----\n",
    ],
    ids=["crlf", "bom", "blanks", "empty-lines", "no-empty-line", "mail", "signed-tag"],
)
def test_what_a_mail_or_a_tag_does_to_it_is_passed_over(changed):
    """Line ends, blanks around lines, a letter around it: the checkpoint is read all the same."""
    assert read(changed) == MADE


def test_places_are_those_of_the_file():
    """Where each line stands is known, so that a message can name it."""
    found = parse("Subject: June\n\n" + TEXT, "kept.txt")
    assert isinstance(found, Checkpoint)
    assert [found.places[each.line] for each in HEADS] == [15, 16, 17]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("issue/12 ", "issue/13 ", 11, "sha256 is {digest}..., its lines give "),
        (f"{UID}B 3 ", f"{UID}B 2 ", 8, "entries is 16, its lines give 15"),
        (f"issue/12 {UID}B 3 {'b' * 64}\n", "", 6, "records is 3, its lines give 2"),
        (f"plan/1 {'d' * 64}\n", "", 7, "plans is 1, its lines give 0"),
        ("sha256: ", "sha265: ", 1, "it does not say sha256"),
        ("records: 3", "records: 4", 6, "records is 4, its lines give 3"),
        ("printed: 15", "printed: 16", 10, "printed is 16 "),
    ],
)
def test_a_change_is_named_by_line(old, new, line, message):
    """What does not agree with the rest stands in the message, with its line."""
    assert old in TEXT
    found, said = refused(TEXT.replace(old, new, 1))
    assert found == line
    assert said.startswith(
        "the checkpoint was changed after it was made: " + message.format(digest=MADE.digest[:29])
    )


def test_a_line_that_is_none_is_named():
    """A line that was broken or written in between."""
    assert refused(TEXT.replace("b" * 64, "b" * 63)) == (14, "this line is not one of a checkpoint")
    assert refused(TEXT.replace("chronicle/1", "see below\nchronicle/1")) == (
        15,
        "this line is not one of a checkpoint",
    )


@given(st.data())
@settings(max_examples=150)
def test_no_change_of_the_lines_passes(data):
    """Whatever single character of the records' lines is changed, it shows."""
    start = TEXT.index("\n\n") + 2
    at = data.draw(st.integers(start, len(TEXT) - 2))
    sign = data.draw(st.sampled_from("0123456789abcdefXYZ /-"))
    if TEXT[at] != sign:
        refused(TEXT[:at] + sign + TEXT[at + 1 :])


def test_another_file_is_no_checkpoint():
    """Something else, or what a newer version made, is refused as such."""
    for text, message in (
        ("", "kept.txt is no checkpoint"),
        ("{}", "kept.txt is no checkpoint"),
        ("see ledger-checkpoint/1", "kept.txt is no checkpoint"),
        ("ledger-checkpoint/2\n", "kept.txt was made by another version of the program"),
    ):
        with pytest.raises(RejectedInputError) as error:
            parse(text, "kept.txt")
        assert error.value.message == message


# -- the short form -----------------------------------------------------------------------------------------


def test_the_short_form_is_one_line():
    """It can be printed on a form or be the message of a tag, and reads back as it was, broken or not."""
    text = MADE.short.text
    assert text == (
        "ledger-checkpoint/1 2025 made=2025-06-30T09:00:00+08:00 records=3 entries=16 "
        f"last={UID}Z sha256={MADE.digest[:32]}\n"
    )
    for shown in (text, text.replace(" ", "\n").replace("\n", " ", 1), "June\n\n" + text + "\nsigned: Lin"):
        assert parse(shown, "kept.txt") == MADE.short


def test_a_short_form_that_is_cut_is_refused():
    """Half a line proves nothing."""
    assert refused(MADE.short.text[:-8]) == (1, "this line is not a checkpoint as it was made")


# -- holding a history against it -----------------------------------------------------------------------------


def test_a_history_that_goes_on_is_kept():
    """More entries are fine; a cut or rewritten history is not, and it is said what is left."""
    desk = opened(TWO, measures=2)
    desk.do(working.note, desk.key(1), "清点")
    entries = list(desk.entries)
    head = Head("issue", 1, UID + "A", len(entries), entries[-1].hash)
    desk.do(working.note, desk.key(1), "复查")
    assert lost(head, entries) is None
    assert lost(head, desk.entries) is None
    assert lost(head, entries[:-1]) == Lost(reached=0, entries=len(entries) - 1)
    assert lost(head._replace(head="f" * 64), entries) == Lost(reached=0, entries=len(entries))
    assert lost(head._replace(entries=9), entries) == Lost(reached=len(entries), entries=len(entries))
