"""What a look-back finds: what came back is opened again, a variant becomes an issue, and nothing is finished early."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.domain.course import OWN
from ledger.domain.review import REVIEW, review_of
from tests.cli.books import book, record
from tests.cli.lookback.looks import files, uid


@pytest.fixture
def drawn(closed, data):
    """Everything that is closed, drawn item by item."""
    data("lookback", "plan", "--seed", "x")
    data("lookback", "sample", "R2025-1", "--all")
    return closed


def found(number: str) -> dict:
    (item,) = [each for each in review_of(book().find(2025001, REVIEW).state).items if each.about == number]
    return item._asdict()


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


def test_an_end_needs_every_outcome(drawn, later, data):
    """What is open is named (4), nothing is written."""
    data("lookback", "record", "R2025-1", "1-6", "--outcome", "held")
    before = files(drawn)
    result = later("lookback", "finish", "R2025-1")
    assert (result.code, result.err.splitlines()) == (
        4,
        [
            "error: R2025-1 has 2 without an outcome: 7 8",
            "hint: record them: ledger lookback record R2025-1 7 --outcome held",
        ],
    )
    assert files(drawn) == before


def test_the_end_tells_rates_by_reason_and_a_bound(closed, data):
    """Counts and rates of each heading; for the part drawn by chance how many of all the others may be bad."""
    data("lookback", "plan", "--seed", "x", "--rate", "40%", "--confidence", "80%")
    items = data("lookback", "sample", "R2025-1")["review"]["items"]
    random = [each["id"] for each in items if each["stratum"] == "random"]
    data("lookback", "record", "R2025-1", "2", "--outcome", "rebound", "-t", "x")
    data("lookback", "record", "R2025-1", "5", *random[1:], "--outcome", "held")
    assert data("lookback", "show", "R2025-1")["review"]["at_most"] is None
    data("lookback", "record", "R2025-1", random[0], "--outcome", "rebound", "-t", "y")
    told = data("lookback", "finish", "R2025-1", "--redo", f"2,{random[0]} Gu Li 2025-09-30")["review"]
    assert len(random) == 2
    assert told["strata"] == [
        {"stratum": "flagged", "drawn": 2, "open": 0, "held": 1, "partial": 0, "rebound": 1, "variant": 0, "bad": 1, "bad_percent": 50.0},
        {"stratum": "random", "drawn": 2, "open": 0, "held": 1, "partial": 0, "rebound": 1, "variant": 0, "bad": 1, "bad_percent": 50.0},
    ]  # fmt: skip
    # of 6, one of 2 seen bad: with 5 bad at most one is seen with 5/15, which is above 1 - 0.8; one of the 6 held
    assert told["at_most"] == {"bad": 5, "of": 6, "percent": 83.3}
    assert [(each["id"], each["redo_by"], each["redo_due"]) for each in told["items"] if each["redo_by"]] == [
        ("2", "Gu Li", "2025-09-30"), (random[0], "Gu Li", "2025-09-30"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("redo", "code", "said"),
    [
        ("3 2025-09-30", 2, "3 2025-09-30 does not say what is done again, by whom and by when"),
        ("3 Gu soon", 2, None),
        ("1 Gu 2025-09-30", 4, "1 holds, so there is nothing to do again"),
        ("3 Gu 2025-06-30", 4, "3 cannot be done again by 2025-06-30: that is past"),
        ("9 Gu 2025-09-30", 4, "9 was not drawn in R2025-1"),
    ],
)
def test_redos_that_cannot_be_are_refused(drawn, data, later, redo, code, said):
    """Nothing is written, and the review stays open."""
    data("lookback", "record", "R2025-1", "1-2", "4-8", "--outcome", "held")
    data("lookback", "record", "R2025-1", "3", "--outcome", "partial")
    before = files(drawn)
    result = later("lookback", "finish", "R2025-1", "--redo", redo)
    assert result.code == code, result
    assert said is None or result.err.splitlines()[0] == f"error: {said}"
    assert files(drawn) == before


def test_nobody_to_do_it_again_is_said(drawn, data):
    """A finish without a name for what does not hold goes through with a warning for each."""
    data("lookback", "record", "R2025-1", "1-7", "--outcome", "held")
    data("lookback", "record", "R2025-1", "8", "--outcome", "partial")
    told = data("lookback", "finish", "R2025-1")
    assert [each["message"] for each in told["warnings"]] == ["nobody is named to do 8 again"]


def test_an_end_lies_behind_the_last_look(drawn, data, later):
    """A review is not finished on a day before something was looked at (4)."""
    data("lookback", "record", "R2025-1", "1-8", "--outcome", "held", now="2025-07-05T09:00:00+08:00")
    result = later("lookback", "finish", "R2025-1", "--on", "2025-07-04", now="2025-07-06T09:00:00+08:00")
    assert (result.code, result.err.splitlines()[0]) == (
        4, "error: R2025-1 was looked at until 2025-07-05; it cannot be finished on 2025-07-04",
    )  # fmt: skip


def test_a_look_back_as_it_was(drawn, data):
    """With --as-of and --known-at a review is shown as far as it was."""
    data("lookback", "record", "R2025-1", "1-8", "--outcome", "held", now="2025-07-05T09:00:00+08:00")
    asked = ("lookback", "show", "R2025-1")
    then = data(*asked, "--as-of", "2025-07-04", now="2025-08-01T09:00:00+08:00")["review"]
    assert {each["outcome"] for each in then["items"]} == {None}
    assert (
        data(*asked, "--known-at", "2025-07-04", now="2025-08-01T09:00:00+08:00")["review"]["strata"][0][
            "open"
        ]
        == 2
    )
    assert (
        data(*asked, "--as-of", "2025-07-05", now="2025-08-01T09:00:00+08:00")["review"]["strata"][0]["open"]
        == 0
    )
    assert data("lookback", "list", "--as-of", "2025-06-30")["reviews"] == []


def test_a_pipe_gets_rows_and_programs_get_codes(drawn, later, data):
    """show: one row an item; list: one row a review; codes in either language."""
    data("lookback", "record", "R2025-1", "1", "--outcome", "held", "--method", "看")
    for lang in ("en", "zh"):
        rows = [line.split("\t") for line in later("lookback", "show", "R2025-1", lang=lang).out.splitlines()]
        assert rows[0][:6] == ["id", "uid", "text", "stratum", "reasons", "outcome"]
        assert next(row[3:8] for row in rows if row[0] == "1") == ["rest", "", "held", "2025-07-01", "look"]
        assert later("lookback", "list", lang=lang).out.splitlines()[1].split("\t")[:7] == [
            "R2025-1", "", "drawn", "2025-07-01", "8", "8", "7",
        ]  # fmt: skip


def test_a_person_reads_a_page(drawn, later, data, chinese):
    """On a terminal: what was planned, what was found under each heading, and what that proves."""
    data("lookback", "record", "R2025-1", "1", "3-8", "--outcome", "held", "--satisfaction", "90%")
    data("lookback", "record", "R2025-1", "2", "--outcome", "rebound", "-t", "夜间无人")
    page = later(
        "lookback", "show", "R2025-1", lang="zh", terminal=True, env={"NO_COLOR": "1", "COLUMNS": "100"}
    ).out
    for words in (
        "总体 问题8个",
        "有标记",
        "其余全部",
        "易反弹",
        "反弹回潮",
        "夜间无人",
        "满意率90%",
        "把握程度90%",
        "至多0项",
    ):
        assert words in page, words
    assert max(map(len, page.splitlines())) <= 100


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


def test_json_of_a_look_back_is_one_document(drawn, later):
    """Stdout holds one JSON document and nothing else, also for a page that would have a next step."""
    told = later("lookback", "show", "R2025-1", "--json")
    assert json.loads(told.out)["review"]["whole"]
    assert told.err == ""


def test_names_nobody_listed_are_pointed_out(drawn, data):
    """Who looked, and who does it again, are names like all others."""
    with Path("ledgers/2025/people.toml").open("a", encoding="utf-8") as people:
        people.write('\n[[persons]]\nname = "顾某"\n')
    told = data("lookback", "record", "R2025-1", "1-8", "--outcome", "partial", "--reviewer", "顾某某")
    assert [each["message"] for each in told["warnings"]] == ["顾某某 is not in people.toml; near: 顾某"]
    told = data("lookback", "finish", "R2025-1", "--redo", "1-8 无名氏 2025-09-30")
    assert [each["message"] for each in told["warnings"]] == ["无名氏 is not in people.toml"]
