"""What the status words of other bodies' sheets say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.moves import Status
from ledger.domain.standing import POSSIBLE, Standing, agrees, standing

#: What sheets print, one vocabulary a line or two, and what each word says.
TABLE = {
    "pending": "未启动 尚未启动 待整改 待下发 待确认 未开展 待办理 0% pending",
    "active": (
        "正在整改 正在推进 整改中 进行中 部分整改 正在整改(含部分整改) 正在核查处理 已启动 推进中 "
        "正在有序推进 按序时进度推进 目前正在整改 状态:进行中 整改率84.2% 80% 整改中(已逾期)"
    ),
    "interim": (
        "阶段性完成 阶段性办结 基本完成 基本完成取得阶段性成果并持续整改 取得阶段性成效 基本整改到位 "
        "已基本完成 阶段性完成并长期坚持"
    ),
    "unfinished": "未完成 未整改 未整改到位 尚未完成 未完成整改 整改延期 未办结 否 × open",
    "late": "逾期 超期未完 逾期未整改 逾期12天 已超过整改时限 未按期完成 进度滞后 overdue",
    "returned": "整改不合格 退回补充整改 反弹重改 验收不通过 整改不到位 复查不合格 未通过验收",
    "awaiting": "待审核 待验收 已提交报告 已完成待销号 已完成(待销号) 销号审核中 销号审核中2/5 销号审核中（2/5） 申请销号 已整改,待验收",
    "done": (
        "已完成 完成 已整改 已完成整改 完成整改 整改完成 整改到位 已整改到位 已办结 办结 已落实 已解决 "
        "已核查处理 已于2025年6月30日完成整改 2025年4月已完成 已完成(2025年6月) 立行立改,已完成 全部完成 "
        "100% 是 √ 合格 已完成,长期坚持 整改情况:已完成 已完成(逾期)"
    ),
    "closed": "已销号 全部整改销号 直接销号(立行立改) 已完成整改,已销号 已闭环 完成销号 同意销号 closed",
    "unclosed": "未销号 未销号(剩余10天) 未销号(剩余20天以上) 尚未销号",
    "longterm": "长期坚持 长期推进 持续整改 持续推进 常态化推进 转长期 需长期坚持",
    "void": "作废 已撤销 不再整改",
}
PRINTED = [(words, Standing(code)) for code, line in TABLE.items() for words in line.split()]


@pytest.mark.parametrize(("words", "expected"), PRINTED)
def test_each_printed_word_says_one_thing(words: str, expected: Standing) -> None:
    """Every vocabulary we met is understood."""
    assert expected is standing(words)


@pytest.mark.parametrize(
    "words",
    [
        "", "无", "/", "—", "120%", "整改", "推进", "审核", "立行立改", "已完成,正在推进", "已完成3项,未完成2项",
        "召开党组会专题研究", "制定制度3项", "2025-06-30", "已完成" * 40, "张某", "7",
    ],
)  # fmt: skip
def test_what_is_no_status_says_nothing(words: str) -> None:
    """A story, a name, a contradiction or a bare noun is not guessed at."""
    assert standing(words) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("已完成。修订制度3项，开展培训2次。", "done"),
        ("正在推进，已完成2项", "active"),
        ("已销号，2025年6月18日经党组会审议", "closed"),
        ("已完成，但仍有1项在办", None),
        ("已完成；其余事项年底前完成", None),
        ("修订制度3项，已完成", None),
        ("已完成整改，" + "逐户走访并登记造册，" * 40, None),
    ],
)
def test_a_status_at_the_head_of_a_story_counts(words: str, expected: str | None) -> None:
    """What was done may be told behind it; what may take it back, or comes before it, makes it none."""
    assert (Standing(expected) if expected else None) is standing(words)


@pytest.mark.parametrize("words", ["已 完 成", "已完成。", "【已完成】", "１００％", "  已完成\n"])
def test_width_blanks_and_signs_do_not_matter(words: str) -> None:
    """Cells are typed in every way."""
    assert standing(words) is Standing.DONE


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("是", "closed"), ("√", "closed"), ("否", "unclosed"), ("2025-06-30", "closed"), ("2025年6月", "closed"),
        ("合格", "closed"), ("复查合格", "closed"), ("不合格", "returned"), ("已完成", "done"), ("已销号", "closed"),
    ],
)  # fmt: skip
def test_under_a_header_that_asks_for_close_out_yes_means_closed(words: str, expected: str) -> None:
    """是否销号, 销号时间 and 复查结果 ask another question than 是否完成."""
    assert Standing(expected) is standing(words, closing=True)


#: For each thing said, the statuses of ours that say the same.
SAME = {
    "pending": "pending",
    "active": "active",
    "interim": "interim",
    "unfinished": "pending active interim",
    "late": "",
    "returned": "active",
    "awaiting": "done closing",
    "done": "done closing closed",
    "closed": "closed",
    "unclosed": "pending active interim done closing longterm",
    "longterm": "longterm",
    "void": "void",
}


@pytest.mark.parametrize("told", Standing)
@pytest.mark.parametrize("status", Status)
def test_agreement_is_the_whole_table(told: Standing, status: Status) -> None:
    """A list that knows no close-out says 已整改 of what is closed; 已销号 means no less than closed."""
    assert agrees(told, status) is (status.value in SAME[told.value].split())


def test_what_continues_may_be_called_longterm_and_what_is_late_overdue() -> None:
    """长期坚持 stands for what is done and goes on; overdue is computed, never a status of its own."""
    assert agrees(Standing.LONGTERM, Status.CLOSED, continuing=True)
    assert not agrees(Standing.LONGTERM, Status.ACTIVE, continuing=True)
    assert agrees(Standing.LATE, Status.ACTIVE, late=True)
    assert not agrees(Standing.LATE, Status.CLOSED, late=True)


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("未启动", "pending"), ("正在推进", "active"), ("阶段性完成", "interim"), ("已完成待销号", "done"),
        ("销号审核中", "closing"), ("已销号", "closed"), ("长期推进", "longterm"), ("作废", "void"),
        ("not started", "pending"), ("in progress", "active"), ("interim", "interim"),
        ("done, awaiting close-out", "done"), ("in close-out", "closing"), ("closed", "closed"),
        ("long-term", "longterm"), ("void", "void"), *((code.value, code.value) for code in Status),
    ],
)  # fmt: skip
def test_our_own_labels_agree_with_their_statuses(label: str, status: str) -> None:
    """A sheet the ledger wrote itself differs in nothing."""
    told = standing(label)
    assert told is not None
    assert agrees(told, Status(status))


def test_every_standing_leaves_some_status_possible() -> None:
    """What no status could answer to would always be a difference."""
    assert set(Standing) == set(POSSIBLE)
    assert all(POSSIBLE.values())


@given(
    st.text(
        alphabet="已未全部完成整改销号待审核验收正在推进中长期坚持阶段性逾期退回100%()，,:于2025年6月",
        max_size=70,
    )
)
def test_no_words_break_the_reader(words: str) -> None:
    """Whatever stands in the cell, there is an answer."""
    assert standing(words) is None or standing(words) in Standing
