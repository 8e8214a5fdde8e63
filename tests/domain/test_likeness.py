"""How alike two texts are, and which of one list are which of another."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.likeness import ALIKE, Shelf, gist, likeness, matched

#: Titles as one body words them and as another does.
REWORDED = (
    ("学习贯彻新精神不够深入", "学习贯彻精神不深入、不系统"),
    ("理论学习中心组学习流于形式", "中心组学习走形式"),
    ("第一议题制度执行不严格", "“第一议题”制度落实不到位"),
    ("意识形态工作责任制落实不到位", "落实意识形态责任制有差距"),
    ("网络舆情处置不及时", "舆情应对处置滞后"),
    ("文风不实作风不严谨", "文风不实、作风不够严谨，照抄照搬"),
    ("调查研究不深不实", "调研不够深入扎实"),
    ("执法监督力度不够", "行政执法监督乏力"),
    ("法治宣传教育实效不强", "普法宣传针对性实效性不强"),
    ("公证服务质量不高", "公证质量有待提高"),
    ("人民调解队伍建设薄弱", "人民调解员队伍力量薄弱"),
    ("社区矫正监管存在漏洞", "社区矫正对象监管有漏洞"),
    ("律师行业监管不到位", "对律师行业监督管理缺位"),
    ("财务管理不规范", "财务管理制度不健全、报销审核不严"),
    ("固定资产管理混乱", "固定资产账实不符、管理混乱"),
    ("政府采购程序不规范", "政府采购程序执行不规范，存在化整为零现象"),
    ("公务接待超标准", "公务接待审批不严、超标准接待"),
    ("公车管理使用不规范", "公务用车管理不规范"),
    ("选人用人程序不严谨", "选人用人工作程序不规范"),
    ("干部档案管理不规范", "干部人事档案审核不严"),
    ("干部队伍结构老化", "干部队伍年龄结构不合理、老化严重"),
    ("基层党组织建设薄弱", "基层党建基础薄弱"),
    ("三会一课制度落实不严", "“三会一课”制度执行不严肃"),
    ("党费收缴不及时", "党费收缴管理不规范不及时"),
    ("组织生活会质量不高", "组织生活会批评与自我批评质量不高"),
    ("主体责任落实不到位", "落实全面从严治党主体责任有差距"),
    ("监督责任履行不到位", "派驻监督责任履行不力"),
    ("廉政风险防控不力", "廉政风险点排查防控不到位"),
    ("巡察整改不彻底", "上轮巡察反馈问题整改不彻底"),
    ("建章立制滞后", "制度建设滞后，长效机制不健全"),
    ("惠民惠农补贴发放不规范", "惠农补贴发放审核把关不严"),
    ("河道采砂监管不力", "对河道非法采砂监管不力"),
    ("垃圾分类工作推进缓慢", "生活垃圾分类推进缓慢"),
    ("污水管网建设滞后", "城区污水管网建设进度滞后"),
    ("扬尘污染管控不严", "施工工地扬尘管控不严"),
)
OURS = [ours for ours, _theirs in REWORDED]
THEIRS = [theirs for _ours, theirs in REWORDED]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("文风不实作风不严谨", "关于“文风不实、作风不严谨”的问题"),
        ("文风不实作风不严谨", "针对文风不实，作风不严谨问题"),
        ("KPI 考核不 严", "ｋｐｉ考核不严。"),
        ("问题", "关于问题"),
        ("党建工作弱化", "关于党建工作弱化方面的问题"),
    ],
)
def test_frame_width_case_blanks_and_signs_make_no_difference(one: str, other: str) -> None:
    """They are how a body prints a finding, not what it found."""
    assert gist(one) == gist(other)
    assert likeness(one, other) == 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [("2023年经费超支", "2024年经费超支"), ("甲乙甲乙", "甲乙甲"), ("", ""), ("。", "！"), ("甲", "乙")],
)
def test_only_the_same_is_wholly_alike(one: str, other: str) -> None:
    """One digit makes another finding; what holds no letter is like nothing."""
    assert likeness(one, other) < 1.0


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_mutual_and_between_nothing_and_all(one: str, other: str) -> None:
    """It is a measure, whatever the texts hold."""
    assert likeness(one, other) == likeness(other, one)
    assert 0.0 <= likeness(one, other) <= 1.0


def test_reworded_titles_find_each_other() -> None:
    """Of the reworded titles most are found again, and none goes with a wrong one."""
    pairs = matched(OURS, THEIRS)
    assert [pair.ours for pair in pairs] == [pair.theirs for pair in pairs]
    assert len(pairs) >= 27


def test_titles_of_different_findings_are_not_taken_for_one() -> None:
    """Words that every office writes (不规范, 不到位) make nothing alike."""
    shelf = Shelf(OURS)
    wrong = [
        (title, OURS[found.at])
        for at, title in enumerate(THEIRS)
        for found in shelf.like(title)
        if found.at != at
    ]
    assert len(wrong) <= 3


def test_of_several_alike_the_most_alike_comes_first() -> None:
    """The first answer is the best one; the same text is wholly alike."""
    shelf = Shelf(["公车管理使用不规范", "公车管理使用不规范、台账不全", "食堂管理粗放"])
    found = shelf.like("公车管理使用不规范")
    assert [likely.at for likely in found] == [0, 1]
    assert found[0].score == 1.0 > found[1].score >= ALIKE


def test_nothing_is_like_an_empty_text() -> None:
    """A title that is missing is no reason to call two findings one."""
    assert Shelf(["", "。"]).like("") == []
    assert matched(["", "甲"], ["", "！"]) == []


def test_each_goes_with_one_at_most_and_equals_in_order() -> None:
    """Two of ours that say the same are two findings."""
    assert [pair[:2] for pair in matched(["别的事项", "同样的话", "同样的话"], ["同样的话", "同样的话"])] == [
        (1, 0),
        (2, 1),
    ]
    assert len(matched(["同样的话", "同样的话"], ["同样的话"])) == 1


@pytest.mark.parametrize("seed", range(20))
def test_a_shuffled_list_is_matched_with_itself(seed: int) -> None:
    """Order does not matter where each text stands once."""
    shuffled = list(range(len(OURS)))
    random.Random(seed).shuffle(shuffled)
    pairs = matched(OURS, [OURS[at] for at in shuffled])
    assert [(pair.ours, shuffled[pair.theirs]) for pair in pairs] == [(at, at) for at in range(len(OURS))]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(lambda n: f"第{n}项资金拨付不及时、台账登记不完整", id="a number apart"),
        pytest.param(lambda n: "甲乙丙丁" * 400 + str(n), id="long and alike"),
        pytest.param(lambda n: "同样的话", id="all the same"),
    ],
)
def test_time_grows_with_the_list_not_with_its_square(text) -> None:
    """Four times as many texts take far less than sixteen times as long, whatever they say."""

    def seconds(count: int) -> float:
        ours = [text(n) for n in range(count)]
        started = time.perf_counter()
        matched(ours, [each + "等" for each in ours])
        return time.perf_counter() - started

    seconds(100)
    assert seconds(800) < 10 * seconds(200) + 0.2


def test_the_same_is_alike_in_every_run():
    """What is equally alike comes in the order of the list, whatever order a run gives the members of a set."""
    program = (
        "from ledger.domain.likeness import Shelf;"
        "shelf = Shelf([f'第{n}项资金拨付不及时' for n in range(1, 40)]);"
        "print(shelf.like('第五项资金拨付不及时', most=24))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
