"""What came back is opened again, and a variant becomes an issue."""

from __future__ import annotations

from pathlib import Path

from ledger.domain.course import OWN
from ledger.domain.review import REVIEW
from tests.cli.books import book, record
from tests.cli.lookback.looks import files, found, uid


def test_what_came_back_is_opened_again_and_keeps_its_close_outs(drawn, data, run):
    """The issue is open, its close-out is kept, it counts as one rebound, in every answer; closed again it still does."""
    told = data("lookback", "record", "R2025-1", "3", "--outcome", "rebound", "-t", "又有两起")
    assert told["recorded"][0]["reopened"]
    issue = record(3).issue
    assert (issue.status, issue.rebounds, issue.reopened, [str(each.outcome) for each in issue.closeouts]) == (
        "active", 1, 1, ["reopened"],
    )  # fmt: skip
    last = record(3).entries[-1]
    assert (last.do, last.why, last.data["review"]) == (
        "reopen",
        "又有两起",
        str(book().find(2025001, REVIEW).state.fields["uid"]),
    )
    data("close", "3", "--all", "--result", "再次整改")
    rows = data("list")["rows"]
    assert [(each["id"], each["rebounds"]) for each in rows if each["rebounds"]] == [("3", 1)]
    shown = data("show", "3")["issues"][0]
    assert (shown["rebounds"], shown["reopened"], len(shown["closeouts"])) == (1, 1, 2)
    assert "came back once" in run.ok("show", "3", terminal=True)
    again = data("lookback", "plan", "--seed", "y")["review"]
    assert again["rest"] == 5
    items = data("lookback", "sample", "R2025-2")["review"]["items"]
    assert [each["reasons"] for each in items if each["id"] == "3"] == [["rebound"]]


def test_a_plain_reopening_is_no_rebound(drawn, data):
    """Only a look-back says that something came back."""
    data("reopen", "3", "--why", "minutes are missing")
    assert (record(3).issue.reopened, record(3).issue.rebounds) == (1, 0)


def test_a_rebound_says_what_came_back(drawn, later):
    """Without a word nothing is opened again (4); --why is word enough."""
    before = files(drawn)
    result = later("lookback", "record", "R2025-1", "3", "--outcome", "rebound")
    assert (result.code, result.err.splitlines()[0]) == (4, "error: 3: a reason is needed to open it again")
    assert files(drawn) == before
    assert (
        later("lookback", "record", "R2025-1", "3", "--outcome", "rebound", "--why", "seen on site").code == 0
    )


def test_taking_a_rebound_back_closes_it_again(drawn, data):
    """One command, one batch: undo takes the outcome and the reopening back together."""
    told = data("lookback", "record", "R2025-1", "3", "--outcome", "rebound", "-t", "x")
    assert sorted(each["id"] for each in told["changed"]) == ["3", "R2025-1"]
    data("undo", told["batch"], "--yes")
    assert (record(3).issue.status, record(3).issue.rebounds, found("3")["outcome"]) == ("closed", 0, "")


def test_what_is_open_already_is_not_opened_again(drawn, data):
    """Reopened by somebody else meanwhile: the outcome is recorded, and that is said."""
    data("reopen", "3", "--why", "x")
    told = data("lookback", "record", "R2025-1", "3", "--outcome", "rebound", "-t", "又有")
    assert [each["message"] for each in told["warnings"]] == [
        "3 is not closed any more, so it is not opened again"
    ]
    assert (told["recorded"][0]["reopened"], found("3")["outcome"]) == (False, "rebound")


def test_a_variant_becomes_an_issue_of_its_own(drawn, data):
    """With unit and heading of the old one, marked and linked; those it looks like are only pointed out."""
    told = data("lookback", "record", "R2025-1", "4", "--outcome", "variant", "--title", "报销手续不合规定")
    (recorded,) = told["recorded"]
    assert (recorded["issue"], [each["id"] for each in recorded["alike"]]) == ("10", [])
    new = record(10).issue
    assert (new.title, new.unit, new.category, new.flags, new.variant_of, new.status) == (
        "报销手续不合规定", "财务股", "纪律", ("variant",), uid(4), "pending",
    )  # fmt: skip
    assert record(4).issue.status == "closed"
    assert found("4")["variant"] == new.uid
    told = data("lookback", "record", "R2025-1", "3", "--outcome", "variant", "--title", "报销不合规定")
    assert [each["id"] for each in told["recorded"][0]["alike"]] == ["4", "10"]
    assert data("check")["ok"]


def test_a_variant_may_be_on_the_books_already(drawn, data, later):
    """--variant links an open issue; one that is closed, or the issue itself, is refused (4)."""
    data("lookback", "record", "R2025-1", "4", "--outcome", "variant", "--variant", "9", "-t", "换了名目")
    assert (record(9).issue.variant_of, record(9).issue.flags, found("4")["variant"]) == (
        uid(4),
        ("variant",),
        uid(9),
    )
    before = files(drawn)
    assert later("lookback", "record", "R2025-1", "3", "--outcome", "variant", "--variant", "7").code == 4
    assert later("lookback", "record", "R2025-1", "3", "--outcome", "variant", "--variant", "3").code == 4
    assert later("lookback", "record", "R2025-1", "3", "--outcome", "variant", "--variant", "99").code == 3
    assert files(drawn) == before


def test_measures_are_opened_again_where_measures_are_closed(run, tmp_path, monkeypatch, data):
    """Under a chain for measures a rebound opens the measure; an issue's id means all its measures that were drawn."""
    monkeypatch.chdir(tmp_path)
    run.ok("init", "2025", "--preset", "simple", "--lang", "en")
    settings = Path("ledgers/2025/ledger.toml")
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('of = "issue"', 'of = "measure"'), encoding="utf-8"
    )
    run.ok("add", "甲", "-m", "一", "-m", "二", "-m", "三")
    for each in ("1.1", "1.2", "1.3"):
        run.ok("close", each, "--result", "done")
    data("lookback", "plan", "--seed", "x")
    data("lookback", "sample", "R2025-1", "--all")
    data("lookback", "record", "R2025-1", "1", "--outcome", "held")
    data("lookback", "record", "R2025-1", "1.2", "--outcome", "rebound", "-t", "again")
    issue = record(1).issue
    assert [(each.id, str(each.status), each.rebounds) for each in issue.measures] == [
        ("1.1", "closed", 0), ("1.2", "active", 1), ("1.3", "closed", 0),
    ]  # fmt: skip
    assert issue.rebounds == 1
    assert record(1).state.courses[OWN].rebounds == 0
    assert [each["rebounds"] for each in data("list")["rows"]] == [1]
    assert data("stats")["rebounds"] == {"issues": 1, "measures": 1}
    assert data("stats", "--as-of", "2025-06-30")["rebounds"] == {"issues": 0, "measures": 0}
    assert "came back, by look-back" in run.ok("stats", terminal=True)
