"""`return`, `reopen`, `confirm`: what was signed goes back, is opened again, is looked at anew."""

from __future__ import annotations

import json

from tests.cli.books import key_of, last, record, refused, status, typed, unchanged


def test_a_return_keeps_the_rejected_attempt(run, levels):
    """A return makes a measure active again; its sign-offs lapse and are kept as a rejected attempt."""
    typed(run, "close 1.1 --signer 甲方\nclose 1.1 --signer 乙方")
    refused(run, "return 1.1", 4, "1.1: a return says what is still to be done", "give it with --why")
    assert run.ok("return", "1.1", "--why", "材料不全", "--signer", "整改办") == "returned: 1.1\n"
    assert (status("1.1"), last(1).why, last(1).signer) == ("active", "材料不全", "整改办")
    measure = record(1).issue.measures[0]
    assert (measure.rejected, measure.signed, [str(each.outcome) for each in measure.closeouts]) == (
        1,
        0,
        ["returned"],
    )
    refused(run, "return 1.1 --why x", 4, "1.1 is active, so return is not possible",
            "possible now: note, interim, done, longterm")  # fmt: skip
    run.ok("close", "1.1", "--result", "补齐")
    assert record(1).issue.measures[0].signed == 1


def test_a_return_to_a_step_keeps_the_earlier_ones(run, levels):
    """`--to STEP` stays in close-out: the steps before it stand, it and the later ones are to be signed again."""
    typed(run, "close 1.1 --meeting a\nclose 1.1 --meeting b\nclose 1.1 --meeting c")
    hint = "signed so far: unit, leader, office"
    refused(
        run,
        "return 1.1 --to group --why x",
        4,
        "step group of 1.1 is not signed, so nothing can go back to it",
        hint,
    )
    run.ok("return", "1.1", "--to", "leader", "--why", "重审")
    assert (status("1.1"), record(1).issue.measures[0].signed) == ("closing", 1)
    run.ok("return", "1.1", "--to", "unit", "--why", "重审")
    assert (status("1.1"), record(1).issue.measures[0].signed) == ("closing", 0)
    assert run.ok("close", "1.1").count("signed 1/5") == 1
    what = "1.2 has no sign-off yet, so nothing can go back to step unit"
    refused(run, "return 1.2 --to unit --why x", 4, what, "leave --to out to return all of it")


def test_a_whole_issue_is_returned(run, levels):
    """The id of an issue means those of its measures that can be returned; named twice, once."""
    run.ok("close", "1.1")
    assert run.ok("return", "1", "1.1", "--why", "材料不全") == "returned: 1.1 1.2 1.3\n"
    hint = "see where they stand: ledger show 1"
    refused(run, "return 1 --why x", 4, "no measure of issue 1 allows that", hint)


def test_reopen_keeps_the_close_outs(run, simple):
    """Reopening makes active again, needs a reason, and keeps the earlier close-out."""
    run.ok("close", "2", "--result", "成")
    refused(run, "reopen 2", 4, "2: a reason is needed", "give it with --why")
    assert run.ok("reopen", "2", "--why", "又超了") == "reopened: 2\n"
    found = record(2).issue
    assert (found.status, found.reopened, [str(each.outcome) for each in found.closeouts]) == (
        "active",
        1,
        ["reopened"],
    )
    hint = "possible now: note, interim, done, longterm"
    refused(run, "reopen 2 --why x", 4, "2 is active, so reopen is not possible", hint)
    assert run.ok("close", "2", "--result", "再成") == "2  close-out  1/1  closed\n"


def test_a_suspect_sign_off_blocks_the_next(run, levels):
    """What was signed and changed since has to be confirmed; the status stays; an erratum is no change."""
    run.ok("close", "1.1", "--signer", "甲方")
    result = run("edit", "1.1", "--result", "另成", "--why", "补充")
    assert "the sign-offs on 1.1 were given before this change" in result.err
    hint = "look at it with: ledger history 1.1; then confirm the sign-off: ledger confirm 1.1"
    refused(run, "close 1.1", 4, "1.1 has changed since step unit was signed", hint)
    assert status("1.1") == "closing"
    assert run.ok("confirm", "1", "--signer", "甲方", "--meeting", "会") == "confirmed: 1.1\n"
    assert (last(1).signer, last(1).meeting) == ("甲方", "会")
    refused(
        run,
        "confirm 1.1",
        4,
        "no sign-off on 1.1 is suspect",
        "there is nothing to confirm; see: ledger show 1.1",
    )
    assert run.ok("close", "1.1", "--signer", "乙方").count("signed 2/5") == 1


def test_what_would_be_signed_is_shown(run, levels):
    """--dry-run shows the entries of a sign-off, a return and a reopening, and writes nothing."""
    out = unchanged(run, "close 1.1 1.2 --meeting 会").out
    entries = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    assert [(each["do"], each["meeting"], each["target"]) for each in entries] == [
        ("sign", "会", key_of("1.1")[1]),
        ("sign", "会", key_of("1.2")[1]),
    ]
    assert '"do":"return"' in unchanged(run, "return 1.1 --why x").out
