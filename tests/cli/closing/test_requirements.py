"""`close`: what a step requires of who signs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.ui import ask
from tests.cli.books import field, last, refused, rewrite, typed

#: Five bodies, each of which signs one step; the third wants evidence, the last a meeting.
STEPS = """\
[[closeout.steps]]
code = "unit"
label = "责任单位"
requires = ["result", "note"]

[[closeout.steps]]
code = "office"
label = "整改办"
signers = ["整改办", "督查室"]
requires = ["evidence"]

[[closeout.steps]]
code = "committee"
label = "党委会"
signers = ["党委"]
requires = ["meeting"]
"""


@pytest.fixture
def bodies(run):
    """Three steps a measure with bodies of their own and what they require."""
    run.ok("init", "t")
    path = Path("ledgers/t/ledger.toml")
    text = path.read_text(encoding="utf-8")
    head, tail = text.split("[[closeout.steps]]")[0], text.split("[[lights]]", 1)[1]
    head = head.replace('of = "issue"', 'of = "measure"').replace('"off"', '"error"')
    path.write_text(f"{head}{STEPS}\n[[lights]]{tail}", encoding="utf-8")
    typed(run, "add 文风不实 -m 甲")


def test_a_step_has_requirements(run, bodies):
    """Result, note, evidence and meeting are asked for by the step that requires them, each with the way out."""
    refused(
        run,
        "close 1.1 --result 成",
        4,
        "step unit of 1.1 requires note",
        "write it with: ledger note 1.1 --text TEXT",
    )
    typed(run, "note 1.1 -t 抽查\nclose 1.1 --result 成")
    refused(
        run, "close 1.1 --signer 整改办", 4, "step office of 1.1 requires evidence",
        "attach it with: ledger evidence add 1.1 FILE",
    )  # fmt: skip
    Path("a.txt").write_text("a", encoding="utf-8")
    run.ok("evidence", "add", "1.1", "a.txt")
    hint = "look at it with: ledger history 1.1; then confirm the sign-off: ledger confirm 1.1"
    refused(run, "close 1.1 --signer 整改办", 4, "1.1 has changed since step unit was signed", hint)
    run.ok("confirm", "1.1", "--signer", "责任单位")
    hint = "say who signed with --signer, or under which meeting with --meeting"
    refused(run, "close 1.1", 4, "step office of 1.1 names who signs: 整改办, 督查室", hint)
    refused(
        run,
        "close 1.1 --signer 王某",
        4,
        "王某 does not sign step office of 1.1",
        "it is signed by: 整改办, 督查室",
    )
    run.ok("close", "1.1", "--signer", "督查室")
    refused(
        run,
        "close 1.1 --signer 党委",
        4,
        "step committee of 1.1 requires meeting",
        "name the meeting with --meeting",
    )
    assert run.ok("close", "1.1", "--meeting", "党委会第3次").endswith("closed\n")
    assert (last(1).signer, last(1).meeting) == ("党委", "党委会第3次")


def test_a_person_is_asked_who_signed(run, bodies, monkeypatch):
    """`close` asks for result and signer, one after the other, when both are missing."""
    rewrite(Path("ledgers/t/ledger.toml"), 'requires = ["result", "note"]', 'signers = ["责任单位"]')
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(
        ask, "text", lambda _message, *, flag, **_rest: {"--result": "成", "--signer": "责任单位"}[flag]
    )
    run.ok("close", "1.1")
    assert (last(1).signer, field("1.1", "result")) == ("责任单位", "成")


def test_distinct_signers(run, levels):
    """`distinct` looks at who signed, never at who typed: warn says so, error refuses, off is silent."""
    run.ok("close", "1.1", "--signer", "甲方")
    assert run.ok("close", "1.1", "--signer", "乙方").count("signed 2/5") == 1
    assert run("close", "1.1", "--signer", "甲方").err == "warning: 甲方 has signed an earlier step of 1.1\n"
    path = Path("ledgers/t/ledger.toml")
    rewrite(path, 'distinct = "warn"', 'distinct = "error"')
    hint = "another signer is needed: the ledger asks for distinct signers"
    refused(run, "close 1.1 --signer 乙方", 4, "乙方 has signed an earlier step of 1.1", hint)
    rewrite(path, 'distinct = "error"', 'distinct = "off"')
    assert run("close", "1.1", "--signer", "乙方").err == ""
