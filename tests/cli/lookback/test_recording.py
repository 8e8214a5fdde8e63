"""What a look-back finds is recorded, item by item, and by several copies."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.domain.review import REVIEW
from tests.cli.books import book, record
from tests.cli.lookback.looks import files, found


def test_everything_that_is_said_is_kept(drawn, data):
    """Outcome, method, who, when, what was found, satisfaction and the file that shows it."""
    Path("抽查表.txt").write_text("四十份", encoding="utf-8")
    told = data("lookback", "record", "R2025-1", "7", "--outcome", "partial", "--method", "听看", "--method", "check,走访", "--reviewer", "顾某",
                "-t", "抽查四十份，两份未回音", "--satisfaction", "96.50 %", "--evidence", "抽查表.txt", "--on", "2025-07-01")  # fmt: skip
    assert told["recorded"] == [
        {"id": "7", "outcome": "partial", "reopened": False, "issue": None, "alike": []}
    ]
    item = found("7")
    assert {name: item[name] for name in ("outcome", "methods", "reviewer", "text", "satisfaction")} == {
        "outcome": "partial", "methods": ("listen", "look", "check", "visit"), "reviewer": "顾某",
        "text": "抽查四十份，两份未回音", "satisfaction": "96.5%",
    }  # fmt: skip
    assert (str(item["seen_on"]), [each["name"] for each in item["evidence"]]) == (
        "2025-07-01",
        ["抽查表.txt"],
    )
    assert data("check", "--read-data")["ok"]


def test_several_at_once_or_none(drawn, data, later):
    """Ranges and lists; one that was not drawn stops all of them (4), and nothing is written."""
    data("lookback", "record", "R2025-1", "1-3", "6", "--outcome", "held")
    before = files(drawn)
    result = later("lookback", "record", "R2025-1", "4", "9", "--outcome", "held")
    assert (result.code, result.err.splitlines()) == (
        4,
        ["error: 9 was not drawn in R2025-1", "hint: drawn were: 2 5 1 3 4 6 7 8"],
    )
    assert later("lookback", "record", "R2025-1", "77", "--outcome", "held").code == 4
    assert later("lookback", "record", "R2025-1", "L1", "--outcome", "held").code == 2
    assert files(drawn) == before


def test_recorded_again_the_new_outcome_counts(drawn, data):
    """The history has both; a reopening stays and is said; what was not said anew is kept."""
    data("lookback", "record", "R2025-1", "3", "--outcome", "rebound", "-t", "又有两起", "--method", "look")
    told = data("lookback", "record", "R2025-1", "3", "--outcome", "partial")
    assert [each["message"] for each in told["warnings"]] == [
        "3 was opened again before and stays so; take that back with ledger undo"
    ]
    assert (found("3")["outcome"], found("3")["text"], found("3")["methods"]) == (
        "partial",
        "又有两起",
        ("look",),
    )
    acts = [each.set["items"] for each in book().find(2025001, REVIEW).entries if each.do == "record"]
    assert [next(iter(each.values()))["outcome"] for each in acts] == ["rebound", "partial"]
    data("lookback", "record", "R2025-1", "3", "--outcome", "rebound")
    assert record(3).issue.rebounds == 1
    data("close", "3", "--all", "--result", "再次整改")
    data("lookback", "record", "R2025-1", "3", "--outcome", "rebound", "--satisfaction", "50%")
    told = data("lookback", "record", "R2025-1", "3", "--outcome", "rebound", "-t", "补充")
    assert not told["recorded"][0]["reopened"]
    assert (record(3).issue.rebounds, record(3).issue.status) == (1, "closed")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("3", "--outcome", "variant"), 2, "3: the variant needs a title of its own"),
        (("3", "--outcome", "held", "--title", "x"), 2, "--title and --variant belong to --outcome variant"),
        (("3", "--outcome", "variant", "--title", "x", "--variant", "9"), 2, "--title makes a new issue, --variant names one"),
        (("3", "4", "--outcome", "variant", "--title", "x"), 2, "a variant is recorded for one issue or measure at a time"),
        (("3", "--outcome", "fine"), 2, None),
        (("3",), 2, None),
        (("3", "--outcome", "held", "--method", "smell"), 2, "smell is no way of looking"),
        (("3", "--outcome", "held", "--satisfaction", "120%"), 2, "120% is no percentage"),
        (("3", "--outcome", "held", "--satisfaction", "many"), 2, "many is no percentage"),
        (("3", "--outcome", "held", "--on", "2025-06-30"), 4, "R2025-1 was drawn on 2025-07-01; nothing was looked at on 2025-06-30"),
        (("3", "--outcome", "held", "--on", "2025-07-02"), 2, "2025-07-02 has not come yet; today is 2025-07-01"),
        (("3", "--outcome", "held", "-t", "a\u200bb"), 9, None),
        (("3", "--outcome", "held", "--evidence", "nowhere.txt"), 3, "there is no file nowhere.txt"),
    ],
)  # fmt: skip
def test_what_cannot_have_been_found_is_refused(drawn, later, words, code, said):
    """Nothing is written."""
    before = files(drawn)
    result = later("lookback", "record", "R2025-1", *words)
    assert result.code == code, result
    assert said is None or result.err.splitlines()[0] == f"error: {said}"
    assert files(drawn) == before


@pytest.mark.parametrize("satisfaction", ["0%", "100%", "100", "0"])
def test_nobody_and_everybody_may_be_satisfied(drawn, data, satisfaction):
    """The ends are percentages too."""
    data("lookback", "record", "R2025-1", "3", "--outcome", "held", "--satisfaction", satisfaction)
    assert found("3")["satisfaction"] == satisfaction.rstrip("%") + "%"


def test_nothing_is_recorded_before_the_draw_or_after_the_end(closed, later, data):
    """The order is plan, draw, outcomes, end (4)."""
    data("lookback", "plan", "--seed", "x")
    result = later("lookback", "record", "R2025-1", "3", "--outcome", "held")
    assert (result.code, result.err.splitlines()) == (
        4,
        ["error: R2025-1 is planned, so record is not possible", "hint: possible now: sample, void"],
    )
    assert later("lookback", "finish", "R2025-1").code == 4
    data("lookback", "sample", "R2025-1", "--all")
    data("lookback", "record", "R2025-1", "1-8", "--outcome", "held")
    data("lookback", "finish", "R2025-1")
    for words in (
        ("record", "R2025-1", "3", "--outcome", "held"),
        ("finish", "R2025-1"),
        ("sample", "R2025-1"),
    ):
        assert later("lookback", *words).code == 4


def test_two_copies_record_different_items(drawn, data, run):
    """What two people found on two machines comes together, the same reopening once."""
    from tests.cli.repository import git, somebody

    somebody()
    run.ok("git", "setup", "--init")
    git("add", ".")
    git("commit", "-qm", "drawn")
    git("checkout", "-qb", "theirs")
    data("lookback", "record", "R2025-1", "1-4", "--outcome", "held")
    git("commit", "-qam", "theirs")
    git("checkout", "-q", "-")
    data("lookback", "record", "R2025-1", "5-8", "--outcome", "held")
    git("commit", "-qam", "mine")
    git("merge", "theirs", fine=True)
    data("resolve")
    told = data("lookback", "show", "R2025-1")["review"]
    assert {each["outcome"] for each in told["items"]} == {"held"}
    assert data("check")["ok"]
    data("lookback", "finish", "R2025-1")


def test_two_copies_draw_the_same(closed, data, run):
    """Drawn on two machines it is one draw, and the review goes on."""
    from tests.cli.repository import git, somebody

    somebody()
    run.ok("git", "setup", "--init")
    data("lookback", "plan", "--seed", "x")
    git("add", ".")
    git("commit", "-qm", "planned")
    git("checkout", "-qb", "theirs")
    theirs = data("lookback", "sample", "R2025-1")["review"]["items"]
    git("commit", "-qam", "theirs")
    git("checkout", "-q", "-")
    data("lookback", "sample", "R2025-1", now="2025-07-02T09:00:00+08:00")
    git("commit", "-qam", "mine")
    git("merge", "theirs", fine=True)
    data("resolve", now="2025-07-03T09:00:00+08:00")
    told = data("lookback", "show", "R2025-1", now="2025-07-03T09:00:00+08:00")["review"]
    assert [each["uid"] for each in told["items"]] == [each["uid"] for each in theirs]
    assert data("check", now="2025-07-03T09:00:00+08:00")["ok"]
    data("lookback", "record", "R2025-1", "1-8", "--outcome", "held", now="2025-07-03T09:00:00+08:00")


def test_names_nobody_listed_are_pointed_out(drawn, data):
    """Who looked, and who does it again, are names like all others."""
    with Path("ledgers/2025/people.toml").open("a", encoding="utf-8") as people:
        people.write('\n[[persons]]\nname = "顾某"\n')
    told = data("lookback", "record", "R2025-1", "1-8", "--outcome", "partial", "--reviewer", "顾某某")
    assert [each["message"] for each in told["warnings"]] == ["顾某某 is not in people.toml; near: 顾某"]
    told = data("lookback", "finish", "R2025-1", "--redo", "1-8 无名氏 2025-09-30")
    assert [each["message"] for each in told["warnings"]] == ["无名氏 is not in people.toml"]
