"""A look-back planned: from a population that cannot be changed, by what the settings choose."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ledger.domain.review import REVIEW
from tests.cli.books import book
from tests.cli.lookback.looks import files, review


def test_a_plan_says_everything_before_anybody_is_drawn(closed, data):
    """Population, digest, shares, seed and size stand in the first entry; no item does."""
    told = data("lookback", "plan", "--title", "上半年回头看", "--seed", "抽签 17")["review"]
    first = json.loads(book().find(2025001, REVIEW).entries[0].line)["set"]
    assert {name: first[name] for name in ("population", "rest", "size", "seed", "rate", "confidence", "as_of")} == {
        "population": 8, "rest": 6, "size": 6, "seed": "抽签 17", "rate": "10%", "confidence": "90%", "as_of": "2025-07-01",
    }  # fmt: skip
    assert (told["id"], told["stage"], told["strata"], told["at_most"]) == ("R2025-1", "planned", [], None)
    assert review().items == ()


def test_without_a_seed_chance_gives_one(closed, data):
    """Two plans have two seeds of 128 bits."""
    seeds = {data("lookback", "plan")["review"]["seed"] for _again in range(2)}
    assert len(seeds) == 2
    assert all(len(seed) == 32 and int(seed, 16) >= 0 for seed in seeds)


def test_planning_until_the_draw_suits_is_seen(closed, later):
    """A second plan of the same population is made, and says which one there was; another day is another."""
    same = "warning: R2025-1 looks at the same population; every plan stays on record, with its seed\n"
    assert later("lookback", "plan", "--as-of", "2025-06-30").err.count("looks at the same") == 0
    assert later("lookback", "plan", "--as-of", "2025-06-30", "--rate", "20%").err.startswith(same)
    assert later("lookback", "plan", "--as-of", "2025-06-29").err.count("looks at the same") == 0
    assert "R2025-1, R2025-2 looks" in later("lookback", "plan", "--as-of", "2025-06-30").err


def test_the_marks_the_settings_name_are_drawn_whatever_chance_says(closed, data):
    """rebound_prone and variant are looked at, another mark is not; what came back or is in doubt too."""
    data("lookback", "plan", "--seed", "x")
    items = data("lookback", "sample", "R2025-1")["review"]["items"]
    assert [(each["id"], each["reasons"]) for each in items if each["stratum"] == "flagged"] == [
        ("2", ["flag:rebound_prone"]), ("5", ["flag:variant"]),
    ]  # fmt: skip
    assert {each["stratum"] for each in items} == {"flagged", "random"}


def test_the_settings_choose_marks_and_shares(closed, data):
    """An office names its own marks, rate and confidence; the plan keeps what was in force."""
    with Path("ledgers/2025/ledger.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[lookback]\nrate = "30%"\nconfidence = "0.5"\nflags = ["key"]\n')
    told = data("lookback", "plan")["review"]
    assert (told["rate"], told["confidence"], told["flags"], told["rest"], told["size"]) == (
        "30%",
        "50%",
        ["key"],
        7,
        2,
    )
    items = data("lookback", "sample", "R2025-1")["review"]["items"]
    assert [each["id"] for each in items if each["stratum"] == "flagged"] == ["6"]


@pytest.mark.parametrize(
    ("line", "said"),
    [('rate = "100%"', "rate"), ("rate = 10", "rate"), ('confidence = "ten"', "confidence"), ("interval_months = 0", "interval_months"),
     ("risk_months = 121", "risk_months"), ('flags = "key"', "flags")],
)  # fmt: skip
def test_settings_that_cannot_be_are_named(closed, later, line, said):
    """File, line and key are named (7)."""
    with Path("ledgers/2025/ledger.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n[lookback]\n{line}\n")
    result = later("lookback", "plan")
    assert (result.code, f"lookback.{said}" in result.err) == (7, True)


def test_the_population_is_narrowed(closed, data, later):
    """By unit, by heading, by both; and a narrowing that leaves nothing is refused (4)."""
    assert data("lookback", "plan", "--unit", "业务股")["review"]["population"] == 4
    assert data("lookback", "plan", "--category", "作风")["review"]["population"] == 4
    assert data("lookback", "plan", "--unit", "业务股", "--category", "作风")["review"]["population"] == 2
    before = files(closed)
    result = later("lookback", "plan", "--unit", "没有的股")
    assert (result.code, result.err.splitlines()[0]) == (4, "error: nothing was closed on 2025-07-01")
    assert files(closed) == before


def test_a_plan_looks_at_a_day(closed, data, later):
    """As of a day before the closing nothing was closed; on the day itself everything was."""
    assert later("lookback", "plan", "--as-of", "2025-05-19").code == 4
    told = data("lookback", "plan", "--as-of", "2025-05-20")["review"]
    assert (told["population"], told["as_of"]) == (8, "2025-05-20")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--as-of", "2025-07-02"), 2, "2025-07-02 has not come yet; today is 2025-07-01"),
        (
            ("--on", "2025-06-01", "--as-of", "2025-06-02"),
            2,
            "2025-06-02 has not come yet; today is 2025-06-01",
        ),
        (("--rate", "10"), 2, "10 is no share"),
        (("--rate", "0%"), 2, "0% is no share"),
        (("--confidence", "100%"), 2, "100% is no share"),
        (("--confidence", "x"), 2, "x is no share"),
        (("--of", "active"), 2, "what is in progress is not looked back at"),
        (("--seed", "x" * 101), 2, "a seed has 1 to 100 characters"),
        (("--seed", "a\u202eb"), 9, None),
        (("--title", "a\nb"), 9, None),
        (("--of", "longterm"), 4, "nothing was longterm on 2025-07-01"),
    ],
)
def test_plans_that_cannot_be_are_refused(closed, later, words, code, said):
    """Nothing is written, and what is wrong is said."""
    before = files(closed)
    result = later("lookback", "plan", *words)
    assert result.code == code, result
    assert said is None or result.err.splitlines()[0] == f"error: {said}"
    assert files(closed) == before


def test_ids_of_something_else_are_refused(closed, later, data):
    """An issue is no look-back (2); one that is not there is not found (3)."""
    data("lookback", "plan")
    for command in (("sample",), ("show",), ("finish",), ("record",)):
        more = ("1", "--outcome", "held") if command == ("record",) else ()
        assert later("lookback", *command, "3", *more).code == 2
        assert later("lookback", *command, "R2025-9", *more).code == 3


def test_numbers_begin_anew_each_year(closed, data):
    """R2025-1, R2025-2, R2026-1; a void one keeps its number."""
    assert data("lookback", "plan")["review"]["id"] == "R2025-1"
    assert data("lookback", "plan", now="2026-01-05T09:00:00+08:00")["review"]["id"] == "R2026-1"
    data("void", "R2025-1", "--why", "planned in error")
    assert data("lookback", "plan")["review"]["id"] == "R2025-2"


def test_looking_at_measures_where_measures_are_closed(run, tmp_path, monkeypatch, data):
    """Under a chain for measures a look-back looks at measures, and at issues that have none."""
    monkeypatch.chdir(tmp_path)
    run.ok("init", "2025", "--preset", "simple", "--lang", "en")
    settings = Path("ledgers/2025/ledger.toml")
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('of = "issue"', 'of = "measure"'), encoding="utf-8"
    )
    run.ok("add", "甲", "-m", "一", "-m", "二", "--flag", "rebound_prone")
    run.ok("add", "乙")
    run.ok("close", "1.1", "--result", "done")
    run.ok("close", "2", "--result", "done")
    told = data("lookback", "plan", "--seed", "x")["review"]
    assert (told["of"], told["population"]) == ("measure", 2)
    items = data("lookback", "sample", "R2025-1")["review"]["items"]
    assert [(each["id"], each["stratum"]) for each in items] == [("1.1", "flagged"), ("2", "random")]


def test_interim_and_longterm_on_request(closed, data, run):
    """They are looked at when asked for, and stand at their status on that day."""
    run.ok("add", "长期事项", "-m", "坚持")
    run.ok(
        "longterm",
        "10.1",
        "--interim-goal",
        "half",
        "--review-on",
        "2025-12-31",
        "--why",
        "x",
        now="2025-06-10T09:00:00+08:00",
    )
    assert data("lookback", "plan")["review"]["population"] == 8
    told = data("lookback", "plan", "--of", "longterm", "--of", "closed")["review"]
    assert (told["statuses"], told["population"]) == (["closed", "longterm"], 9)
    assert (
        data("lookback", "plan", "--of", "longterm", "--of", "closed", "--as-of", "2025-06-09")["review"][
            "population"
        ]
        == 8
    )


def test_suspect_sign_offs_are_looked_at(run, tmp_path, monkeypatch, data):
    """What changed after it was signed is drawn whatever chance says."""
    monkeypatch.chdir(tmp_path)
    run.ok("init", "2025", "--preset", "simple", "--lang", "en")
    for title in "甲乙丙丁戊己庚辛":
        run.ok("add", title, "-m", "做")
    run.ok("close", "1-8", "--all", "--result", "done")
    Path("proof.txt").write_text("x", encoding="utf-8")
    run.ok("evidence", "add", "3", "proof.txt")
    items = data("lookback", "plan", "--seed", "x", "--rate", "50%", "--confidence", "50%")
    items = data("lookback", "sample", "R2025-1")["review"]["items"]
    assert [(each["id"], each["reasons"]) for each in items if each["stratum"] == "suspect"] == [
        ("3", ["suspect"])
    ]


def test_what_was_planned_is_not_edited_by_hand(closed, later, data):
    """Seed and digest are protected: a hand edit is named by check and not adopted."""
    data("lookback", "plan", "--seed", "by lot")
    path = next(Path("ledgers/2025/reviews").glob("*.toml"))
    path.write_text(
        path.read_text(encoding="utf-8").replace('seed = "by lot"', 'seed = "my lot"'), encoding="utf-8"
    )
    assert "seed of R2025-1 was changed by hand, which is not adopted" in later("check").out
    assert later("adopt").code != 0
    assert review().seed == "by lot"


def test_two_reviews_of_one_number_are_settled_within_their_year(closed, data):
    """Two copies planned R2025-1 each: both are kept, one becomes the next of its year, whatever came later."""
    shutil.copytree(closed, closed / "copy", ignore=shutil.ignore_patterns("copy", ".index"))
    data("-C", "copy", "lookback", "plan", "--title", "theirs", now="2025-07-02T09:00:00+08:00")
    data("lookback", "plan", "--title", "mine")
    data("lookback", "plan", "--title", "next year", now="2026-01-05T09:00:00+08:00")
    (theirs,) = (closed / "copy/ledgers/2025/reviews").iterdir()
    shutil.copy(theirs, closed / "ledgers/2025/reviews" / theirs.name)
    data("renumber")
    titles = {each["id"]: each["title"] for each in data("lookback", "list")["reviews"]}
    assert set(titles) == {"R2025-1", "R2025-2", "R2026-1"}
    assert {titles["R2025-1"], titles["R2025-2"]} == {"mine", "theirs"}
    assert data("check")["ok"]


def test_a_year_has_room_for_999_reviews(closed, later, data, monkeypatch):
    """The number after the last would be the next year's: refused (4)."""
    monkeypatch.setattr("ledger.usecases.numbering.used", lambda *_args, **_more: {2025999})
    result = later("lookback", "plan")
    assert (result.code, result.err.splitlines()[0]) == (4, "error: 2025 has had 999 look-backs")
