"""A look-back on a page, in a pipe, in JSON, and as it was."""

from __future__ import annotations

import json


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


def test_json_of_a_look_back_is_one_document(drawn, later):
    """Stdout holds one JSON document and nothing else, also for a page that would have a next step."""
    told = later("lookback", "show", "R2025-1", "--json")
    assert json.loads(told.out)["review"]["whole"]
    assert told.err == ""
