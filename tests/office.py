"""A fictional office's ledger: what documents and exports are made from in tests."""

from __future__ import annotations

import datetime as dt

from ledger.domain.closeout import Chain, Outcome, Step
from ledger.domain.issue import CloseOut, Evidence, Note, Point, Signature
from ledger.domain.settings import Settings, Source
from ledger.reports.basis import Basis
from ledger.reports.material import Material, Wanted
from tests import figured
from tests.issues import issue, measure

AS_OF = dt.date(2025, 6, 30)


def day(text: str) -> dt.date:
    """The day of an ISO date."""
    return dt.date.fromisoformat(text)


def basis(spoken: str = "en", **changes) -> Basis:
    """What the reports of these tests rest on."""
    settings = Settings(
        title="柳河镇巡察整改台账",
        org="柳河镇党委",
        language=spoken,
        source=Source("县委", "第三轮", "第二巡察组"),
        chain=Chain("measure", (Step("unit", "责任单位研究"), Step("office", "整改办验收"))),
        **changes,
    )
    return Basis("2025", settings, AS_OF, None, "0.1.0")


def material(kind: str, issues=None, rests: Basis | None = None, **given) -> Material:
    """What a report of the fictional office is made from; of other issues, or resting on something else."""
    found = office() if issues is None else tuple(issues)
    from tests import cases  # its days are made here

    rests = rests or basis()
    given = {**cases.of(kind, found), **figured.of(kind, found, rests.as_of), **given}
    return Material(wanted=Wanted(kind), basis=rests, issues=found, **given)


def signed(step: str, on: str, **fields) -> Signature:
    given = {"signer": "", "meeting": "", "by": "林某", "opinion": "", "suspect": False, **fields}
    return Signature(step=step, on=day(on), **given)


def office():
    """Seven issues: closed, under way, overdue, long-term, alone, shared, void."""
    steps = ("unit", "office")
    runs = (
        CloseOut(
            Outcome.RETURNED,
            steps,
            day("2025-05-20"),
            "缺培训签到表",
            (signed("unit", "2025-05-12", meeting="镇党政办例会"),),
        ),
        CloseOut(
            Outcome.CLOSED,
            steps,
            None,
            "",
            (
                signed("unit", "2025-06-02", meeting="镇党政办例会", opinion="同意"),
                signed("office", "2025-06-10", signer="顾某", suspect=True),
            ),
        ),
    )
    papers = (Evidence("ab" * 32, "签到表|6月.xlsx", "record", "全员参训", 20480),)
    closed = {"status": "closed", "signed": 2, "steps": 2}
    return (
        issue(
            1,
            measure(
                1, **closed, closed_on=day("2025-05-28"), text="修订公文办理办法。", result="办法已印发。"
            ),
            measure(
                2,
                **closed,
                closed_on=day("2025-06-10"),
                text="组织公文培训。",
                result="=全员参训",
                closeouts=runs,
                evidence=papers,
                reopened=1,
                rebounds=1,
                points=(Point(1, "备课", day("2025-05-06")), Point(2, "测试", None)),
            ),
            title="公文办理拖延",
            category="作风建设",
            unit="党政办",
            co_units=("人大办", "财政所"),
            leader="林某",
            owner="严某",
            criterion="办结时间不超过3个工作日",
            term="phased",
            due=day("2025-06-15"),
            due_original=day("2025-05-31"),
            due_text="2025年5月底前",
            claimed_by="林某",
            claimed_on=day("2025-03-20"),
            flags=("rebound_prone",),
            plan=2,
            head="a1",
            entries=12,
        ),
        issue(
            2,
            measure(
                1,
                "active",
                text="清理往来款。\n逐笔核对。",
                due=day("2025-06-10"),
                remark="对方单位注销",
                notes=(
                    Note(day("2025-05-01"), "陆某", "已发函"),
                    Note(day("2025-06-12"), "陆某", "核对12笔"),
                ),
                requested="extend",
            ),
            measure(
                2,
                "pending",
                text="建立月度对账制度。",
                due=day("2025-07-31"),
                continuing=True,
                term="immediate",
            ),
            measure(
                3, "closing", text="退还多收费用。", signed=1, steps=2, due=day("2025-06-01"), unit="审计站"
            ),
            title="往来款|长期挂账",
            category="财务管理",
            unit="财政所",
            leader="顾某",
            head="b2",
            entries=9,
        ),
        issue(
            3,
            measure(
                1, "longterm", text="推进老旧管网改造。", review_on=day("2025-07-15"), interim_goal="完成三成"
            ),
            title="管网改造缓慢",
            category="项目管理",
            unit="建设办",
            leader="沈某",
            term="longterm",
            head="c3",
            entries=4,
        ),
        issue(
            4, title="会议记录不全", category="", unit="党政办", due=day("2025-06-28"), head="d4", entries=1
        ),
        issue(
            5,
            measure(1, "done", text="公开财务收支。", serves=("i2", "i3"), result="已公开"),
            title="村务公开不及时",
            category="财务管理",
            unit="审计站",
            head="e5",
            entries=6,
        ),
        issue(
            6,
            measure(1, "void", void_why="并入 2.1"),
            status="void",
            title="重复登记",
            category="财务管理",
            void_why="与第2项重复",
            head="f6",
            entries=3,
        ),
    )
