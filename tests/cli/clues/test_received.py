"""Clues from a received list: entered with what was done, or left whole."""

from __future__ import annotations

from pathlib import Path

from ledger.domain.clue import CLUE
from tests.cli.books import at, book, files
from tests.cli.clues.asking import clue, told

LIST = """\
序号,问题线索,来源渠道,举报人,受理日期,承办单位,交办日期,核查结论,核查情况,办理结果,办结日期,电话号码
1,井盖丢失,来访,李四,2025-06-01,市政科,2025-06-02,属实,现场核实,已补装,2025年6月10日,13800000000
2,乱收费,扫码反映,,2025/6/3,督察科,,不属实,未发现,,2025-06-20,
3,占道经营,网络,,2025-06-05,,,,,,,
"""


def test_a_received_list_is_entered_with_what_was_done(town):
    """Each act is dated with its day; the same list again adds nothing; what no column means is named."""
    Path("clues.csv").write_text(LIST, encoding="utf-8")
    result = town("clue", "import", "clues.csv", **at("2025-07-01"))
    assert (result.code, result.out) == (0, "entered: 3; there already: 0\n")
    assert "columns left out: 电话号码" in result.err
    assert "李四" not in result.out + result.err
    first, second, third = clue(1), clue(2), clue(3)
    assert (first.stage, first.source, first.concluded_on.isoformat()) == ("concluded", "李四", "2025-06-10")
    assert [(e.do, e.on.isoformat()) for e in book().find(1, CLUE).entries] == [
        ("add", "2025-06-01"), ("route", "2025-06-02"), ("verify", "2025-06-10"), ("conclude", "2025-06-10"),
    ]  # fmt: skip
    assert (second.stage, second.outcome, second.channel) == ("concluded", "unfounded", "qr")
    assert (third.stage, third.due.isoformat()) == ("registered", "2025-06-10")
    again = told(town, "clue", "import", "clues.csv", **at("2025-07-02"))
    assert (again["added"], again["same"], again["changed"]) == ([], 3, [])
    then = told(town, "clue", "stats", "--as-of", "2025-06-15", **at("2025-07-02"))["clues"]
    assert (then["received"], then["concluded"], then["open"]) == (3, 1, 2)


def test_a_list_with_a_cell_nobody_understands_is_left_whole(town):
    """Every wrong cell is named by row and column, and nothing is entered (9)."""
    Path("clues.csv").write_text(
        "问题线索,来源渠道,受理日期,办结日期\n甲,敲鼓,2025-06-01,\n乙,电话,六月,\n丙,电话,2025-06-02,2025-06-03\n丁,电话,2026-06-02,\n",
        encoding="utf-8",
    )
    before = files()
    result = town("clue", "import", "clues.csv", **at("2025-07-01"))
    assert (result.code, files()) == (9, before)
    for place in (
        "row 2, column 来源渠道: 敲鼓",
        "row 3, column 受理日期",
        "row 4, column routed_to 核查单位",
        "outcome 核查结论",
    ):
        assert place in result.err


def test_a_list_may_be_said_what_its_columns_mean(town):
    """--map names a column, as for every list; a day in the future is refused."""
    Path("clues.tsv").write_text("What\tHow\tWhen\nKeys lost\tletter\t2025-06-02\n", encoding="utf-8")
    words = [
        "clue",
        "import",
        "clues.tsv",
        "--map",
        "What=title",
        "--map",
        "How=channel",
        "--map",
        "When=received_on",
    ]
    assert told(town, *words, **at("2025-07-01"))["added"] == ["C1"]
    assert town(*words[:-1], "When=day", **at("2025-07-01")).code == 2
    Path("clues.tsv").write_text("title\tchannel\treceived_on\nKeys\tletter\t2025-08-02\n", encoding="utf-8")
    assert town("clue", "import", "clues.tsv", **at("2025-07-01")).code == 9
    assert town("clue", "import", "none.csv").code == 3
