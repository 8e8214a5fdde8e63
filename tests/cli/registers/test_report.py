"""`ledger report register NAME`: any register as a paper, as it is or as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

NOW = "2025-07-01T09:00:00+08:00"
SHIPPED = "meetings, visits, reports, cases, regulations, accountability, tolerance, duty_lists, duty_reports, bulletins, publications"


@pytest.fixture
def kept(office):
    """Two meetings, the later one entered first, and one that is void; a training of the office's own."""
    add = ("register", "meetings", "add")
    office.ok(*add, "type=推进会", "title=六月推进会", "--links", "1.2", "--on", "2025-06-20", now=NOW)
    office.ok(*add, "type=committee", "title=四月党委会", "--on", "2025-04-02", now=NOW)
    office.ok(*add, "type=推进会", "title=记错的会", "--on", "2025-06-21", now=NOW)
    office.ok("void", "meetings:3", "--why", "重复", now=NOW)
    office.ok("register", "training", "add", "topic=公文", "经费=1.25", "--on", "2025-05-06", now=NOW)
    return office


def lines(document: str) -> list[str]:
    """The rows of its tables."""
    return [line for line in document.splitlines() if line.startswith("| ") and "---" not in line]


def test_a_register_that_ships(kept):
    """By its dates, codes in words, links as ids, the void one left out; each figure with its definition."""
    document = kept.ok("report", "register", "meetings", now=NOW)
    assert lines(document) == [
        "| 编号 | 会议日期 | 会议类型 | 会议名称 | 涉及问题 |",
        "| 2 | 2025-04-02 | 党委（党组）会 | 四月党委会 |  |",
        "| 1 | 2025-06-20 | 推进会 | 六月推进会 | 1.2 |",
        "| 数据 | 其中 | 数量 | 计量单位 |",
        "| 召开会议 | 合计 | 2 | 次 |",
        "| 召开会议 | 党委（党组）会 | 1 | 次 |",
        "| 召开会议 | 推进会 | 1 | 次 |",
    ]
    assert "1. 召开会议：登记的会议次数，不含作废，按类型分列" in document
    assert document.startswith("# 2025 会议\n")


def test_a_register_of_the_offices_own(kept):
    """By its label as well; amounts in the unit it declares."""
    document = kept.ok("report", "register", "培训台账", now=NOW)
    assert lines(document)[:2] == [
        "| 编号 | 日期 | 培训主题 | 经费（万元） |",
        "| 1 | 2025-05-06 | 公文 | 1.25 |",
    ]
    assert lines(document)[-1] == "| 经费合计 | 1.25 | 万元 |"
    assert document == kept.ok("report", "register", "training", now=NOW)


def test_of_a_period(kept):
    """Only what is dated in it, told as of its last day; without one, everything up to the day asked for."""
    april = kept.ok("report", "register", "meetings", "--period", "2025-04", now=NOW)
    assert [line.split(" | ")[3].rstrip(" |") for line in lines(april)[1:2]] == ["四月党委会"]
    assert "- 统计截止日：2025-04-30\n- 期次：2025年第4期\n- 条数：1\n" in april
    assert "六月推进会" not in april
    june = kept.ok("report", "register", "meetings", "--period", "2025-06", now=NOW)
    assert ("六月推进会" in june, "四月党委会" in june) == (True, False)
    may = kept.ok("report", "register", "meetings", "--as-of", "2025-05-31", now=NOW)
    assert ("六月推进会" in may, "四月党委会" in may) == (False, True)


def test_known_at(kept):
    """What was entered later is not in what was known then."""
    then = kept.ok("report", "register", "meetings", "--known-at", "2025-06-30", now=NOW)
    assert "还没有登记。" in then
    assert lines(then) == ["| 数据 | 数量 | 计量单位 |", "| 召开会议 | 0 | 次 |"]


@pytest.mark.parametrize(
    ("words", "code", "err"),
    [
        ((), 2, ("it is not said which register the report is of", f"there are: {SHIPPED}, training; declare others")),
        (("nope",), 3, ("there is no register nope", f"there are: {SHIPPED}, training; declare others")),
        (("meeting",), 3, ("there is no register meeting", "did you mean meetings?")),
        (
            ("meetings", "3"),
            2,
            ("the report register takes no ids", "leave it out: ledger report register meetings"),
        ),
        (("meetings", "--rate", "issues_closed"), 2, ("takes no --rate", "leave it out")),
        (("meetings", "--period", "soon"), 2, ("soon is no period", "write day, week")),
        (("meetings", "--redact", "public"), 4, ("for the office alone", "leave it out")),
    ],
)  # fmt: skip
def test_what_is_refused(kept, words, code, err):
    """One message that names the thing and the next step; no file."""
    result = kept("report", "register", *words, "-o", "out.md", lang="en", now=NOW)
    assert (result.code, result.out, Path("out.md").exists()) == (code, "", False)
    said, hint = result.err.splitlines()
    assert (said.startswith("error: "), hint.startswith("hint: ")) == (True, True)
    assert (err[0] in said, err[1] in hint) == (True, True)


@pytest.mark.parametrize("form", ["md", "html", "docx", "xlsx"])
def test_an_empty_register_is_a_paper(office, form):
    """Nothing entered is said, in every format; JSON has the same tables."""
    assert office.ok("report", "register", "visits", "-o", f"visits.{form}", "-q", now=NOW) == ""
    assert Path(f"visits.{form}").stat().st_size > 0
    view = json.loads(office.ok("report", "register", "visits", "--json", now=NOW))
    assert [each["key"] for each in view["sections"]] == ["records", "figures"]
    assert view["sections"][0]["blocks"][0]["table"]["rows"] == []
    assert view["checkpoint"]["entries"] == 0
