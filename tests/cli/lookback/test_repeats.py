"""What keeps coming back: rebounds, variants, issues of several rounds that look alike; linked by nobody but a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.books import record
from tests.cli.lookback.looks import files


@pytest.fixture
def rounds(closed, run):
    """Two more rounds: issues that look like old ones, at the same unit, under the same heading, or at neither."""
    run.ok("init", "2026", "--preset", "simple", "--lang", "en")
    for title, unit, category in (
        ("会议记录仍不齐全", "办公室", ""),
        ("公车私用问题", "", "纪律"),
        ("值班脱岗现象", "后勤股", "其他"),
        ("食堂价格不公开", "办公室", "作风"),
    ):
        given = (*(("--unit", unit) if unit else ()), *(("--category", category) if category else ()))
        run.ok("-L", "2026", "add", title, *given, now="2026-03-01T09:00:00+08:00")
    return closed


def reasons(told) -> list[tuple]:
    return [
        (group["unit"], group["category"], each["ledger"], each["id"], each["reason"], each["other"] and each["other"]["id"])
        for group in told["groups"]
        for each in group["repeats"]
    ]  # fmt: skip


def test_rebounds_and_variants_of_one_ledger(closed, data):
    """What a look-back found, by unit and heading, the most first; void issues are no repeats."""
    data("lookback", "plan", "--seed", "x")
    data("lookback", "sample", "R2025-1", "--all")
    assert data("repeats")["groups"] == []
    data("lookback", "record", "R2025-1", "3", "--outcome", "rebound", "-t", "x")
    data("lookback", "record", "R2025-1", "4", "--outcome", "variant", "--title", "另立名目报销")
    data("lookback", "record", "R2025-1", "1", "--outcome", "rebound", "-t", "y")
    told = data("repeats")
    assert reasons(told) == [
        ("财务股", "纪律", "2025", "3", "rebound", None),
        ("财务股", "纪律", "2025", "10", "variant", "4"),
        ("办公室", "作风", "2025", "1", "rebound", None),
    ]
    assert [(each["rebounds"], each["variants"], each["alike"]) for each in told["groups"]] == [
        (1, 1, 0),
        (1, 0, 0),
    ]
    data("void", "10", "--why", "x")
    assert ("财务股", "纪律", "2025", "10", "variant", "4") not in reasons(data("repeats"))


def test_rounds_that_look_alike_are_pointed_out(rounds, data):
    """The same unit or heading is needed, and the later round points to the earlier; nothing is written."""
    before = files(rounds)
    told = data("-L", "2025", "repeats")
    assert reasons(told) == [
        ("办公室", None, "2026", "1", "alike", "1"),
        (None, "纪律", "2026", "2", "alike", "3"),
    ]
    assert all(45 <= each["percent"] <= 100 for group in told["groups"] for each in group["repeats"])
    assert reasons(data("-L", "2026", "repeats")) == reasons(told)
    assert reasons(data("-L", "2025", "repeats", "--unit", "办公")) == [
        ("办公室", None, "2026", "1", "alike", "1")
    ]
    assert reasons(data("-L", "2025", "repeats", "--category", "作风")) == []
    assert files(rounds) == before


def test_a_person_says_that_two_are_the_same(rounds, data, run):
    """Linked across rounds it is a variant and no longer only alike; taken back it is alike again."""
    data("-L", "2026", "edit", "1", "--variant-of", "2025/1", "--flag", "key")
    issue = json.loads(run.ok("-L", "2026", "show", "1", "--json"))["issues"][0]
    assert (issue["variant_of"], issue["flags"]) == (f"2025/{uid_in('2025', 1)}", ["key", "variant"])
    assert ("办公室", None, "2026", "1", "variant", "1") in reasons(data("-L", "2026", "repeats"))
    assert ("办公室", None, "2026", "1", "alike", "1") not in reasons(data("-L", "2026", "repeats"))
    assert "variant of 2025/1" in run.ok("-L", "2026", "show", "1", terminal=True)
    assert data("-L", "2026", "check")["ok"]
    data("-L", "2026", "edit", "1", "--variant-of", "")
    issue = json.loads(run.ok("-L", "2026", "show", "1", "--json"))["issues"][0]
    assert (issue["variant_of"], issue["flags"]) == (None, ["key"])
    assert ("办公室", None, "2026", "1", "alike", "1") in reasons(data("-L", "2026", "repeats"))


def uid_in(ledger: str, number: int) -> str:
    (path,) = Path(f"ledgers/{ledger}/issues").glob(f"{number:04}-*")
    return path.read_text(encoding="utf-8").split('uid = "')[1][:26]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("9", "--variant-of", "9"), 4, "issue 9 cannot be a variant of itself"),
        (("9", "--variant-of", "2025/9"), 4, "issue 9 cannot be a variant of itself"),
        (("9", "--variant-of", "99"), 3, None),
        (("9", "--variant-of", "1999/1"), 3, "there is no ledger 1999"),
        (("9", "--variant-of", "../1"), 3, "there is no ledger .."),
        (("9", "--variant-of", "2025/1.1"), 2, "2025/1.1 is no issue of another ledger"),
        (("9", "--variant-of", "1.1"), 2, None),
        (("9.1", "--variant-of", "1"), 2, None),
        (("1", "--variant-of", "2"), 4, None),
    ],
)
def test_links_that_cannot_be_are_refused(closed, later, words, code, said):
    """Itself, nothing, a measure, a ledger that is not there, or something closed: nothing is written."""
    before = files(closed)
    result = later("-L", "2025", "edit", *words)
    assert result.code == code, result
    assert said is None or result.err.splitlines()[0] == f"error: {said}"
    assert files(closed) == before


def test_a_link_to_a_ledger_that_is_gone_is_told_as_it_stands(rounds, data, run):
    """Whoever has only one of the ledgers sees the uid; nothing breaks."""
    import shutil

    data("-L", "2026", "edit", "1", "--variant-of", "2025/1")
    shutil.rmtree("ledgers/2025")
    (group,) = data("repeats")["groups"]
    assert group["repeats"][0]["other"] == {
        "ledger": "2025",
        "uid": record(1).state.fields["variant_of"][5:],
        "id": None,
        "title": None,
    }
    assert "variant of 2025/01" in run.ok("show", "1", terminal=True)


def test_a_pipe_gets_a_row_each_and_a_person_a_page(rounds, later):
    """TSV with codes in either language; a page with the counts of each unit and heading."""
    header, first, *_rest = (
        line.split("\t") for line in later("-L", "2025", "repeats", lang="zh").out.splitlines()
    )
    assert dict(zip(header, first, strict=True)) | {"percent": ""} == {
        "unit": "办公室", "category": "", "ledger": "2026", "id": "1", "title": "会议记录仍不齐全", "status": "pending",
        "reason": "alike", "times": "0", "other_ledger": "2025", "other_id": "1", "other_title": "会议记录不全", "percent": "",
    }  # fmt: skip
    page = later("-L", "2025", "repeats", lang="zh", terminal=True, env={"NO_COLOR": "1"}).out
    assert "与往轮相似1个" in page
    assert "2026/1" in page
    assert later("-L", "2025", "repeats", "--unit", "nobody", terminal=True).err.startswith(
        "nothing has come back"
    )


def test_an_earlier_day_shows_what_was_known(closed, data):
    """Before the look-back nothing had come back."""
    data("lookback", "plan", "--seed", "x")
    data("lookback", "sample", "R2025-1", "--all")
    data(
        "lookback",
        "record",
        "R2025-1",
        "3",
        "--outcome",
        "rebound",
        "-t",
        "x",
        now="2025-07-05T09:00:00+08:00",
    )
    assert len(data("repeats", now="2025-07-06T09:00:00+08:00")["groups"]) == 1
    assert data("repeats", "--as-of", "2025-07-04", now="2025-07-06T09:00:00+08:00")["groups"] == []
