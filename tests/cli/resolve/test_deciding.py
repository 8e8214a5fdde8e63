"""`resolve`: what both copies changed is decided by a person, or by a preference."""

from __future__ import annotations

import json
import shutil

import pytest

from ledger.ui import ask
from tests.cli.books import acts, field, files, last, status, typed
from tests.cli.repository import git
from tests.cli.resolve.copies import GO_ON, OPEN, save

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def test_what_both_changed_waits_for_a_person(run, forked):
    """Without an answer nothing is written and the fields are named, exit 6; other records are put together."""
    forked(
        "edit 1 --unit 综合股 --why 更正\nnote 2.1 -t 一\nedit 1.2 -t 甲文 --why 更正",
        "edit 1 --unit 财务股 --why 更正\nnote 2.1 -t 二\nedit 1.2 -t 乙文 --why 更正",
    )
    before = files()
    assert run("resolve", "--dry-run").code == 6
    assert files() == before
    assert run("resolve") == (6, "put together: 2\n", OPEN.format(fields="1 unit, 1.2 text"))
    assert acts(2)[-1] == "resolve"
    result = run("list")
    assert (result.code, "an unresolved merge conflict" in result.err) == (7, True)
    assert run("resolve") == (6, "", OPEN.format(fields="1 unit, 1.2 text"))


@pytest.mark.parametrize(
    ("prefer", "expected", "lost"),
    [
        ("mine", "综合股", "财务股"),
        ("theirs", "财务股", "综合股"),
        ("later", "财务股", "综合股"),
        ("earlier", "综合股", "财务股"),
    ],
)
def test_a_preference_decides_and_keeps_the_other(run, forked, prefer, expected, lost):
    """The entry says what was chosen, by whom, and what was not; the screen says so too."""
    forked("edit 1 --unit 综合股 --why 更正", "edit 1 --unit 财务股 --why 更正")
    result = run("resolve", "--prefer", prefer, by="严某", now="2025-03-04T09:00:00+08:00")
    kept = f"1 unit: kept in the history, not in force: {lost}\n"
    assert result == (0, "put together: 1\n", kept + GO_ON)
    entry = last(1)
    assert [field("1", "unit"), entry.by, dict(entry.set), dict(entry.was)] == [
        expected,
        "严某",
        {"unit": expected},
        {"unit": lost},
    ]


def test_mine_is_what_this_copy_recorded_in_a_rebase_too(run, forked):
    """Git swaps the sides while it rebases; the person's own stays the person's own."""
    forked("edit 1 --unit 综合股 --why 更正", "edit 1 --unit 财务股 --why 更正", how="rebase")
    run.ok("resolve", "--prefer", "mine")
    assert field("1", "unit") == "综合股"


def test_a_person_is_asked(run, forked, monkeypatch):
    """On a terminal both values are shown with who wrote them and when."""
    forked("edit 1 --unit 综合股 --why 更正", "edit 1 --unit 财务股 --why 更正")
    asked = []

    def choose(message, choices, *, flag):
        asked.append((message, dict(choices), flag))
        return "theirs"

    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "choose", choose)
    run.ok("resolve")
    assert asked == [
        (
            "1 unit: which value counts?",
            {
                "mine": "综合股  (林某, 2025-03-03 12:00)",
                "theirs": "财务股  (顾某, 2025-03-03 18:00)",
            },
            "--prefer",
        )
    ]
    assert field("1", "unit") == "财务股"


def test_a_return_beats_a_sign_off_given_meanwhile(run, forked):
    """Closed here and returned there is not closed; void against edit is void, with the edit in it."""
    typed(run, "done 1.1 --result 成", now="2025-03-02T09:00:00+08:00")
    save()
    shutil.rmtree("../theirs")
    git("clone", "-q", ".", "../theirs")
    forked(
        "return 1.1 --why 材料不全 --signer 组长\nedit 2.1 --criterion 新 --why 更正",
        "close 1.1 --meeting 例会\nvoid 2.1 --why 重复",
    )
    result = run("resolve")
    without = "without effect beside what the other copy did; kept in the history\n"
    assert result.err == f"warning: 1.1 signed (例会, 2025-03-03): {without}{GO_ON}"
    assert [status("1.1"), status("2.1"), field("2.1", "criterion")] == ["active", "void", "新"]
    told = json.loads(run.ok("history", "1.1", "--json"))["entries"]
    assert [(each["act"], each["overtaken"]) for each in told][-2:] == [("return", False), ("sign", True)]
    assert "signed (overtaken)" in run("history", "1.1", terminal=True).out
    assert run("check") == (0, "", "")


def test_a_preference_nobody_knows_is_refused(run, forked):
    """Exit 2, with what there is."""
    result = run("resolve", "--prefer", "ours")
    assert result == (
        2,
        "",
        "error: ours is none of: mine, theirs, later, earlier\nhint: say whose value counts with --prefer\n",
    )
