"""`ledger report extension`: a form for each request to move a deadline or to go long-term."""

from __future__ import annotations

import pytest

from tests.cli.books import ready, refused, typed

#: On 1.1 two requests, one answered; on 1.2 long-term work is asked for; 2.1 was extended at once; 3 has nothing.
BOOK = """
init t --preset five-level --lang en
add "Papers are late" -m "Rewrite the rules" -m "Train the clerks" --leader Zhang --unit Office --due 2025-05-31
add "Old debts" -m "Check each" --leader Zhang --due 2025-05-31
add "Lights left on" --leader Zhang
claim 1-3
plan approve --meeting "Party group 1"
note 1.1 -t "first draft"
extend 1.1 --due 2025-06-30 --request --why "the printer is late"
extend 1.1 --approve --meeting "Party group 2" --why "until June"
extend 1.1 --due 2025-07-31 --request --why "later still"
longterm 1.2 --interim-goal "a third" --review-on 2025-12-31 --request --why "it never ends"
extend 2.1 --due 2025-08-31 --approve --signer Lin --why "no money"
"""

WAITING = """\
**Extension form 1.1**

|  |  |
| --- | --- |
| no. | 1.1 |
| inspection |  |
| issue | 1 Papers are late |
| measure | Rewrite the rules |
| unit | Office |
| owner |  |
| leader | Zhang |
| status | in progress |
| original due date | 2025-05-31 |
| deadline until now | 2025-06-30 |
| extended to | 2025-07-31 |
| reason | later still |
| asked on | 2025-03-01 |
| recorded by | 林某 |
| progress so far | 2025-03-01 first draft |
| extensions | 2025-03-01; extension approved; 2025-05-31 to 2025-06-30; Party group 2; the printer is late; until June |
| unit: opinion | signed:　　　　　　date: |
| approval | signed:　　　　　　date: |
"""


@pytest.fixture
def book(run):
    ready(run, BOOK)


def forms(out: str) -> list[str]:
    return [line.strip("*") for line in out.splitlines() if line.startswith("**")]


def test_what_waits_has_a_form(run, book):
    """Without ids every open request, in order, with what was extended before and room to sign."""
    out = run.ok("report", "extension")
    assert WAITING in out
    assert forms(out) == ["Extension form 1.1", "Form for long-term work 1.2"]
    assert "| interim goal | a third |\n| next review | 2025-12-31 |\n| reason | it never ends |" in out


def test_what_was_decided_is_signed(run, book):
    """Of what is named, each request and decision has a form; who decided stands in its box."""
    out = run.ok("report", "extension", "1.1", "2")
    assert forms(out) == ["Extension form 1.1", "Extension form 1.1", "Extension form 2.1"]
    assert (
        "| approval | extension approved; 2025-06-30; until June<br>signed: Party group 2　　　　　　date: 2025-03-01 |"
        in out
    )
    assert (
        "| approval | extension approved; 2025-08-31; no money<br>signed: Lin　　　　　　date: 2025-03-01 |"
        in out
    )


def test_a_refusal_and_a_day_before_it(run, book):
    """A refused request says so; as of the day before it still waits."""
    typed(run, 'longterm 1.2 --refuse --why "it can be ended"', now="2025-04-01T09:00:00+08:00")
    assert "long-term refused; it can be ended" in run.ok("report", "extension", "1.2")
    before = ["Extension form 1.1", "Form for long-term work 1.2"]
    assert forms(run.ok("report", "extension", "--as-of", "2025-03-31")) == before
    assert forms(run.ok("report", "extension")) == before[:1]
    assert "No request waits for its answer." in run.ok("report", "extension", "--known-at", "2025-02-01")


@pytest.mark.parametrize(
    ("ids", "code", "message", "hint"),
    [
        ("3", 3, "nothing was asked for on 3", "ask for it with: ledger extend 3"),
        ("9", 3, "there is no issue 9 (there are 1-3)", "ledger list shows them all"),
        ("R2025-1", 2, "R2025-1 is not an issue, a measure or a point", "write 7, 7.2 or 7.2.1"),
    ],
)
def test_bad_requests(run, book, ids, code, message, hint):
    """What has no form is refused."""
    refused(run, f"report extension {ids}", code, message, hint)
