"""The story of the demonstration: a fictional office from its notice to the June status."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _
from importlib.resources import files as resources
from pathlib import Path

from ledger.domain.acts.closing import SignWords
from ledger.domain.acts.working import Decision
from ledger.intake import read
from ledger.store import presets
from ledger.store.book import Book
from ledger.usecases import approving, attaching, closing, importing, planning, starting, working
from ledger.usecases.change import Actor, Desk
from ledger.usecases.starting import Start

#: The day the story ends; commands after it are tried with `--today`.
END = dt.date(2025, 6, 30)
_ZONE = dt.timezone(dt.timedelta(hours=8))
_CLERK = "沈青"

#: Which unit, with which leader's unit, takes which issues, and by when.
_ASSIGNED = (
    ("1,3", "综合规划股", "2025年第三季度"),
    ("2,9", "公路管理股", "2025年9月底前"),
    ("4,5,7,11,12", "运输管理股", "2025年8月底前"),
    ("6,10", "执法大队", "2025年7月底前"),
    ("8,15-17", "财务股", "2025年9月底前"),
    ("13,14,18-22", "机关党委", "2025年12月底前"),
)
#: Measures with a deadline of their own; one of them will be missed.
_SOONER = (("6.3", "2025年6月15日前"), ("16.1", "2025年6月底前"))
#: Files somebody would have at hand; the names say where they belong.
_MATERIALS = {
    "6.1 流动治超排班表.txt": "4月至6月排班, 夜间23班, 节假日9班。",
    "6.2 联合执法台账.txt": "与公安交管部门联合行动7次, 记录完整。",
    "14.1 党组议事规则.txt": "议题提前两天送达, 经4月22日党组会通过。",
    "15.2 财务管理办法.txt": "附件目录细化到23类报销事项。",
}


#: What was achieved, by measure.
_RESULTS = {
    "3.1": "学习规则印发执行,研讨发言列为必备环节。",
    "3.2": "班子成员完成调研报告6篇,转化措施11条。",
    "6.1": "夜间和节假日班次全部有记录,查获超限车辆同比上升四成。",
    "6.2": "联合行动7次,台账与公安交管部门逐条核对一致。",
    "8.1": "自查限额以下工程43个,发现问题6个,已全部纠正。",
    "14.1": "议事规则经党组会通过并执行,5次会议议题均提前两天送达。",
    "14.2": "会议记录逐事单列,抽查5次会议均符合要求。",
    "14.3": "派驻纪检监察组列席大额资金议题3次。",
    "15.1": "清退超标准报销费用8640元。",
    "15.2": "办法印发执行,退回不合规报销单17份。",
}


@dataclass(frozen=True, slots=True)
class Story:
    """The book of the story, its folder, and who listens to what is done."""

    book: Book
    folder: Path
    tell: Callable[[str, str], None]

    def clerk(self, month: int, day: int, why: str = "") -> Desk:
        """The clerk on a day of 2025, at nine in the morning."""
        on = dt.date(2025, month, day)
        return Desk(self.book, Actor(_CLERK, on, dt.datetime.combine(on, dt.time(9), _ZONE), why))


def begin(folder: Path, tell: Callable[[str, str], None]) -> Story:
    """Make the workspace and take the notice in."""
    org = "云屏县交通运输局"
    book = starting.start(folder, Start("2025", "five-level", org, "县委第五轮巡察整改台账", "zh"), here=True)
    _write(book.folder / "people.toml", _resource("people.toml"))
    _write(book.folder / "ledger.toml", _settings(org))
    _write(folder / "notice.txt", _resource("notice.txt"))
    tell(
        "ledger init 2025 --preset five-level",
        _("a ledger with a plan to approve and five sign-offs a measure"),
    )
    story = Story(book, folder, tell)
    desk = story.clerk(3, 31)
    notice = read(folder / "notice.txt", stdin=io.BytesIO())
    taken = importing.take_in(desk, importing.compare(book, notice, desk.actor.on)).value
    words = _("{issues} issues with {measures} measures from the notice")
    tell("ledger import notice.txt", words.format(issues=len(taken.numbers), measures=taken.measures))
    return story


def _settings(org: str) -> str:
    text = presets.settings_text("five-level", org=org, title="县委第五轮巡察整改台账", language="zh")
    for old, new in (
        ('# level = "县委"', 'level = "县委"'),
        ('# round = "第三轮"', 'round = "第五轮"'),
        ('# team = "第二巡察组"', 'team = "第三巡察组"'),
        ("# feedback_on = 2025-03-17", "feedback_on = 2025-03-03"),
        ("# from = 2025-03-17", "from = 2025-03-03"),
        ("# to = 2025-06-16", "to = 2025-06-02"),
        ("# year = 2025", "year = 2025"),
        ("# immediate_days = 30", "immediate_days = 30"),
    ):
        text = text.replace(old, new)
    return text


def _resource(name: str) -> str:
    return (resources("ledger.commands.demo") / name).read_text(encoding="utf-8")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def plan(story: Story) -> None:
    """Give every issue to somebody, claim it, and approve the plan."""
    people = story.book.people
    for ids, unit, due in _ASSIGNED:
        given = {"unit": unit, "leader": people.leader_of(unit), "due": due, "term": "phased"}
        planning.assign(story.clerk(4, 2), [ids], given)
    for word, due in _SOONER:
        planning.assign(story.clerk(4, 2), [word], {"due": due})
    story.tell("ledger assign 6,10 --unit 执法大队 --due 2025年7月底前", _("units, leaders and deadlines"))
    planning.edit(story.clerk(4, 3), ["6.1"], {"criterion": "夜间和节假日班次有记录可查"})
    working.add_points(story.clerk(4, 3), "12.2", ["逐船核对救生设备", "更换到位并由船主签收"])
    planning.claim(story.clerk(4, 4), ["1-22"], "")
    story.tell("ledger claim 1-22", _("every leader accepts the issues of his units"))
    approved = approving.approve(story.clerk(4, 8), "党组会2025年第7次").value
    words = _("plan v{version}: {issues} issues, {measures} measures; deadlines are fixed now")
    story.tell(
        'ledger plan approve --meeting "党组会2025年第7次"',
        words.format(version=approved.version, issues=approved.issues, measures=approved.measures),
    )


def work(story: Story) -> None:
    """Notes, evidence and results; an extension, an interim and a long-term measure."""
    working.note(story.clerk(4, 16), ["6.1"], "新排班表执行第一周,夜间查获超限车辆11台。")
    working.note(story.clerk(4, 25), ["9.2", "2.3"], "第三方抽检单位已选定,桥涵排查完成6座。")
    working.note(story.clerk(4, 30), [], "召开4月份整改调度会,14个问题已启动。")
    story.tell('ledger note 6.1 -t "..."', _("dated notes on measures, and one in the office's chronicle"))
    folder = story.folder / "materials"
    folder.mkdir()
    for name, text in _MATERIALS.items():
        _write(folder / name, text + "\n")
    pairs, _left = attaching.pairs_of([str(folder)])
    working.attach(story.clerk(5, 6), pairs, kind="佐证材料")
    story.tell(
        "ledger evidence add materials",
        _("{count} files find their measures by name").format(count=len(pairs)),
    )
    for word, result in _RESULTS.items():
        working.done(story.clerk(5, 20), [word], result)
    words = _("{count} measures are reported done, each with its result")
    story.tell('ledger done 6.1 --result "..."', words.format(count=len(_RESULTS)))
    _deadlines(story)


def _deadlines(story: Story) -> None:
    decided = Decision(meeting="整改领导小组会2025年第3次")
    working.extend(story.clerk(5, 22, "第三方检测设备到货晚"), ["16.1"], "2025年7月15日前", request=True)
    working.approve_request(story.clerk(5, 26, "第三方检测设备到货晚"), ["16.1"], decided)
    story.tell(
        "ledger extend 16.1 --approve", _("an extension, asked for and approved; the original date stays")
    )
    working.interim(story.clerk(6, 3), ["19.2"], "已选派3人,其余4人秋季到岗。", dt.date(2025, 9, 30))
    goal = "完成公交车更新计划的三成"
    why = "资金分三年安排"
    working.longterm(story.clerk(6, 5, why), ["5.1"], goal, dt.date(2025, 12, 31), decided)
    story.tell(
        "ledger longterm 5.1 --approve", _("one measure goes on long-term, with a goal and a review date")
    )


_STEPS = (
    (5, 23, SignWords(signer="", meeting="责任股室会2025年5月")),
    (5, 27, SignWords(signer="林若川")),
    (6, 4, SignWords(signer="整改办", opinion="现场查看,资料齐全")),
    (6, 10, SignWords(meeting="整改领导小组会2025年第4次")),
    (6, 18, SignWords(meeting="党组会2025年第12次")),
)


def close(story: Story) -> None:
    """Five sign-offs under minutes, one return, and measures that wait."""
    for month, day, words in _STEPS:
        closing.close(story.clerk(month, day), ["3", "6.1", "6.2", "14"], words)
    story.tell(
        'ledger close 3 6.1 6.2 14 --meeting "党组会2025年第12次"',
        _("seven measures through all five steps; issues 3 and 14 are closed with them"),
    )
    for month, day, words in _STEPS[:2]:
        closing.close(story.clerk(month, day), ["15.1", "15.2"], words)
    why = "退款凭证缺2份,补齐后重报"
    closing.send_back(story.clerk(6, 12, why), ["15.1"], SignWords(signer="整改办"))
    story.tell(
        'ledger return 15.1 --why "..."', _("one is returned; its sign-offs are kept as a rejected attempt")
    )
