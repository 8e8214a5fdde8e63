"""A year of a ledger: from the notice to the plan, the work, the sign-offs and the reports, counted by hand."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from tests.cli.books import at, book, day, field, record, status, statuses

#: How many measures each of the 23 issues has; 83 in all.
SIZES = (4, 5, 3, 8, 5, 6, 4, 4, 2, 2, 3, 4, 3, 4, 2, 2, 3, 3, 2, 3, 3, 5, 3)
AREAS = ("会议管理", "公文办理", "调查研究", "项目监管", "资金拨付", "资产登记", "合同签订", "车辆使用")
FAULTS = ("制度不健全", "责任不落实", "台账不完整")
NUMERALS = "一二三四五六七八"
VERBS = ("修订", "公布", "抽查", "培训", "核对", "清理", "约谈", "通报")

#: The list-form notices that lie beside the project, where there are any.
SEEDS = sorted((Path(__file__).parents[3] / "shared/acceptance/seeds").glob("001_*.txt"))


def notice() -> str:
    """A notice in the list form: titles in quotes, measures counted in words, no title of its own."""
    lines = []
    titles = [f"{area}{fault}" for fault in FAULTS for area in AREAS]
    for number, (title, size) in enumerate(zip(titles, SIZES, strict=False), 1):
        parts = ";".join(f"{NUMERALS[n]}是{VERBS[n]}{title[:4]}办法{n + 1}项" for n in range(size))
        lines += [f"{number}.关于“{title}”的问题", f"整改情况:{parts}。"]
    return "\n".join(lines) + "\n"


TEN = "1.1-1.4 3.1-3.3 9.1 9.2 10.1"
#: What was typed, day by day.
STORY = f"""
# 2025-03-17
init 2025 --preset five-level --org 柳河镇党委 --lang zh
import notice.txt --yes
# 2025-03-18
assign 1-8 --unit 办公室 --leader 张某 --due 2025年6月底前
assign 9-16 --unit 财务股 --leader 李某 --due 2025-09-30
assign 17-23 --unit 机关党委 --leader 王某 --due 2025年12月底前
claim 1-23
# 2025-03-28
plan approve --meeting 党委会第3次
# 2025-04-15
note {TEN} 4.1 -t 已启动
# 2025-05-12
done {TEN} --result 已建章立制
# 2025-05-15
close 3 --meeting 责任单位会 --opinion 同意
close 1 9 10 --signer 责任单位
# 2025-05-20
close 3 --meeting 分管领导会
close 1 9 10 --signer 张某
# 2025-05-22
extend 2 --to 2025-07-31 --approve --meeting 领导小组会第1次 --why 设备未到货
# 2025-05-26
close 3 --meeting 整改办会
close 1 9 10 --signer 整改办
# 2025-06-03
close 3 --meeting 领导小组会第2次
close 1 9 10 --signer 领导小组
# 2025-06-09
done 4.1 --result 首批已核对
close 4.1 --signer 责任单位
# 2025-06-12
return 4.1 --why 佐证材料不全 --signer 整改办
# 2025-06-16
close 3 --meeting 党委会第9次
close 1 9 10 --signer 党委
# 2025-06-20
longterm 12.1 --approve --interim-goal 完成三成 --review-on 2025-12-31 --meeting 领导小组会第3次 --why 存量大
# 2025-06-25
interim 7.1 --result 首批已完成 --review-on 2025-09-30
# 2025-06-30
check
# 2025-07-02
done 8.1 8.2 --result 已整改
# 2025-07-07
close 8.2 --signer 责任单位
# 2025-07-10
edit 5.1 -t 每月公布资金拨付进度 --why 会议要求
measure 6 -t 逐件粘贴资产标签 --why 会议要求
# 2025-07-11
plan approve --meeting 党委会第11次
# 2025-07-20
reopen 10.1 --why 抽查又见同类问题
# 2025-07-31
check
"""

STATUSES = ("pending", "active", "interim", "done", "closing", "closed", "longterm")
#: Counted by hand. On 30 June ten measures are closed (issues 1, 3, 9 whole, 10.1), 12.1 is long-term, 7.1 interim,
#: 4.1 active again, 70 untouched; nothing is late, for the 30th itself is in time.
JUNE = {
    "issues": (23, (16, 4, 0, 0, 0, 3, 0), 0),
    "measures": (83, (70, 1, 1, 0, 0, 10, 1), 0),
    "rates": [("3", "23", 13.0), ("3", "23", 13.0), ("10", "83", 12.0), ("11", "83", 13.3)],
}
#: On 31 July 10.1 is open again, 8.1 waits, 8.2 is in close-out, 6 has one measure more. Late are 4 (8), 5 (5), 6 (7),
#: 7 (3, for 7.1 is interim) and 8 (2); 2 was extended to this very day.
JULY = {
    "issues": (23, (15, 5, 0, 0, 0, 3, 0), 5),
    "measures": (84, (69, 2, 1, 1, 1, 9, 1), 25),
    "rates": [("3", "23", 13.0), ("3", "23", 13.0), ("9", "84", 10.7), ("10", "84", 11.9)],
}


def counted(document: dict) -> dict:
    """What `stats --json` says, in the form of the counts above."""
    found = {}
    for what in ("issues", "measures"):
        part = document[what]
        found[what] = (part["total"], tuple(part["by_status"][each] for each in STATUSES), part["overdue"])
    rates = document["rates"]
    found["rates"] = [(str(each["numerator"]), str(each["denominator"]), each["percent"]) for each in rates]
    return found


def row(name: str, count: tuple) -> str:
    """The line of the status report that says the same."""
    total, by_status, overdue = count
    pending, active, interim, done, closing, closed, longterm = by_status
    cells = (name, total, closed, closing, done, interim, active, pending, longterm, overdue)
    return "| " + " | ".join(map(str, cells)) + " |"


@pytest.fixture(params=["made up", *(path.stem[:3] for path in SEEDS)])
def year(run, request):
    """The year lived through; gives what `stats` said on 30 June."""
    given = notice() if request.param == "made up" else SEEDS[0].read_text(encoding="utf-8")
    Path("notice.txt").write_text(given, encoding="utf-8")
    moment, seen = "", {}
    for line in STORY.strip().splitlines():
        if line.startswith("# "):
            moment = line[2:]
            continue
        if line.startswith("done 1"):
            _tick(run, moment)
        result = run(*shlex.split(line), **at(moment))
        assert (result.code, "error" in result.err) == (0, False), (line, result)
        if (line, moment) == ("check", "2025-06-30"):
            seen = json.loads(run.ok("stats", "--json", **at(moment)))
    return seen


def _tick(run, moment: str) -> None:
    """Where a notice lists points under a measure, they are ticked before it is reported done."""
    for number in (1, 3, 9, 10):
        for measure in record(number).issue.measures:
            if measure.points:
                run.ok("point", measure.id, **at(moment))


def test_a_year(run, year):
    """`stats` and `report status` agree with a count made by hand, for two dates, then and looking back."""
    assert [len(record(number).issue.measures) for number in (1, 2, 22)] == [4, 5, 5]
    assert counted(year) == JUNE
    july = at("2025-07-31")
    back = json.loads(run.ok("stats", "--json", "--as-of", "2025-06-30", **july))
    assert counted(back) == JUNE
    assert counted(json.loads(run.ok("stats", "--json", **july))) == JULY
    for expected, flags in ((JUNE, ("--as-of", "2025-06-30")), (JULY, ())):
        printed = run.ok("report", "status", *flags, **july)
        assert row("问题", expected["issues"]) in printed
        assert row("措施", expected["measures"]) in printed
    _the_moves()
    _the_plan(run)
    _nothing_shows_later(run, year)


def _the_moves():
    """Three closed under one set of minutes, one returned, one reopened, one long-term, one extended."""
    signs = [entry for entry in record(3).entries if entry.do == "sign"]
    assert [entry.meeting for entry in signs] == [
        meeting
        for meeting in ("责任单位会", "分管领导会", "整改办会", "领导小组会第2次", "党委会第9次")
        for _ in range(3)
    ]
    assert len({entry.batch for entry in signs}) == 5
    assert statuses("3", "1", "9", "3.1", "4.1", "10.1", "12.1") == [
        "closed",
        "closed",
        "closed",
        "closed",
        "active",
        "active",
        "longterm",
    ]
    returned, reopened = record(4).issue.measures[0], record(10).issue.measures[0]
    assert (returned.rejected, returned.signed, reopened.reopened, len(reopened.closeouts)) == (1, 0, 1, 1)
    assert [field("2", name) for name in ("due", "due_original")] == [day("2025-07-31"), day("2025-06-30")]
    assert [field("12.1", name) for name in ("term", "interim_goal")] == ["longterm", "完成三成"]
    assert (status("8.1"), status("8.2"), record(8).issue.measures[1].signed) == ("done", "closing", 1)


def _the_plan(run):
    """`plan diff 1 2` shows what changed between the two approvals, and nothing else."""
    document = json.loads(run.ok("plan", "diff", "1", "2", "--json"))
    changes = [(each["id"], each["field"], each["before"], each["after"]) for each in document["changes"]]
    assert [each for each in changes if each[0] != "5.1"] == [
        ("2", "due", "2025-06-30", "2025-07-31"),
        ("2", "due_text", "2025年6月底前", None),
        ("6.7", "added", None, "逐件粘贴资产标签"),
        ("7.1", "review_on", None, "2025-09-30"),
        ("12.1", "term", None, "longterm"),
        ("12.1", "interim_goal", None, "完成三成"),
        ("12.1", "review_on", None, "2025-12-31"),
    ]
    ((_id, name, before, after),) = [each for each in changes if each[0] == "5.1"]
    assert (name, before != after, after) == ("text", True, "每月公布资金拨付进度")
    versions = json.loads(run.ok("plan", "show", "--json"))["versions"]
    assert [(each["version"], each["issues"]) for each in versions] == [(1, 23), (2, 23)]


def _nothing_shows_later(run, year):
    """What was seen on 30 June is what is seen as of then, known then, for ever; and the texts hold."""
    flags = ("--as-of", "2025-06-30", "--known-at", "2025-06-30")
    then = json.loads(run.ok("stats", "--json", *flags, **at("2025-07-31")))
    assert {**then, "known_at": None} == year
    entries = [entry.do for each in book().records() for entry in each.entries if entry.do != "point"]
    assert len(entries) == 5 * 23 + 11 + 10 + 50 + 1 + 2 + 1 + 1 + 1 + 2 + 1 + 2 + 1
    assert run("check", **at("2025-07-31")).code == 0
