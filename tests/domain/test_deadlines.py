"""What a printed deadline means."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.deadlines import Deadline, Remark, parse_deadline, remark_text, typed_deadline
from ledger.errors import RefusedError, UsageError

BASE = dt.date(2025, 2, 17)


def weekday(day: dt.date) -> bool:
    return day.weekday() < 5


def read(phrase: str) -> Deadline:
    return parse_deadline(phrase, base=BASE, default_year=2025, is_workday=weekday, immediate_days=30)


def line(deadline: Deadline) -> str:
    """The reading on one line: due, term, what goes on, review, status, remarks."""
    words = [
        str(deadline.due or "-"),
        deadline.term or "",
        "continuing" if deadline.continuing else "",
        deadline.review or "",
        f"[{deadline.status_text}]" if deadline.status_text else "",
        *(f"!{remark}" for remark in deadline.remarks),
    ]
    return " ".join(word for word in words if word)


#: Each phrase and its reading with feedback on 2025-02-17, the year 2025 and 30 days at once.
TABLE = {
    # days
    "2025年6月30日": "2025-06-30",
    "2025年6月30日前": "2025-06-30",
    "２０２５年６月３０日前": "2025-06-30",
    "二〇二五年六月三十日前": "2025-06-30",
    "2025 年 6 月 30 号之前": "2025-06-30",
    "25年6月30日前": "2025-06-30",
    "2025-06-30": "2025-06-30",
    "2025-06-30 00:00:00": "2025-06-30",
    "2025.4.30": "2025-04-30",
    "2025.4.30前": "2025-04-30",
    "2025/6/5": "2025-06-05",
    "6月30日前": "2025-06-30",
    "在6月30日前": "2025-06-30",
    "于7月4日(提交)": "2025-07-04",
    "12月10日前": "2025-12-10",
    "6.30前": "2025-06-30",
    "06-30前": "2025-06-30",
    "截至2025年6月30日止": "2025-06-30",
    # months
    "2025年6月底前": "2025-06-30",
    "2025年7月底": "2025-07-31",
    "2025年8月": "2025-08-31",
    "2025年8月份": "2025-08-31",
    "2025.6": "2025-06-30",
    "2025-11": "2025-11-30",
    "2024年2月底前": "2024-02-29 !before-base",
    "2026年2月底前": "2026-02-28",
    "在7月底前": "2025-07-31",
    "12月底前全面完成": "2025-12-31",
    "六月底前": "2025-06-30",
    "十二月底": "2025-12-31",
    "2025年6月内": "2025-06-30",
    "2025年6月末": "2025-06-30",
    "2025年6月上旬": "2025-06-10",
    "2025年6月中旬": "2025-06-20",
    "2025年6月下旬": "2025-06-30",
    "2026年8月前": "2026-07-31 !before-period",
    "2026年1月前": "2025-12-31 !before-period",
    # quarters, halves, years
    "2025年第二季度": "2025-06-30",
    "2025年第四季度末前": "2025-12-31",
    "二季度": "2025-06-30",
    "第3季度": "2025-09-30",
    "2025年Q3": "2025-09-30",
    "2025年第四季度前": "2025-09-30 !before-period",
    "2025年上半年": "2025-06-30",
    "2025年下半年": "2025-12-31",
    "2025年底前": "2025-12-31",
    "2026年年底前": "2026-12-31",
    "2025年内": "2025-12-31",
    "2025年完成": "2025-12-31",
    "2027年前": "2026-12-31 !before-period",
    "年底前": "2025-12-31",
    "今年底前": "2025-12-31",
    "今年6月底前": "2025-06-30",
    "明年3月底前": "2026-03-31",
    # stretches and several dates
    "2025年3月1日至6月30日": "2025-06-30",
    "2025年6月1-30日": "2025-06-30",
    "2025年3—6月": "2025-06-30",
    "2025年10月至2026年3月": "2026-03-31",
    "2025.3.1-2025.6.30": "2025-06-30",
    "2025年6月底前完成排查,9月底前完成整改": "2025-09-30 !several-dates",
    "2025年底前,力争全部完成;自2026年起转入日常": "2025-12-31",
    # relative
    "反馈之日起3个月内": "2025-05-17",
    "自反馈之日起3个月内": "2025-05-17",
    "自反馈之日起三个月内": "2025-05-17",
    "反馈后1个月内": "2025-03-17",
    "反馈后1个月内(民主生活会)": "2025-03-17",
    "收到反馈意见后15个工作日内": "2025-03-10",
    "收到反馈意见后十五个工作日内": "2025-03-10",
    "2个月内": "2025-04-17",
    "半年内": "2025-08-17",
    "1年内": "2026-02-17",
    "90日内": "2025-05-18",
    "7天内": "2025-02-24",
    "7天内补齐": "2025-02-24",
    "两周内": "2025-03-03",
    "5个工作日内": "2025-02-24",
    "30天": "2025-03-19",
    "用一个月的时间": "2025-03-17",
    "2025年4月1日反馈之日起3个月内": "2025-07-01",
    "2025年7月1日起3个月内": "2025-10-01",
    "2025年2月30日起3个月内": "- !no-such-date",
    "整改方案上报之日起3个月内": "- !other-base",
    "收到通知后5个工作日内": "- !other-base",
    # at once, and going on
    "立行立改": "2025-03-19 immediate",
    "即知即改": "2025-03-19 immediate",
    "立整立改": "2025-03-19 immediate",
    "即改即销": "2025-03-19 immediate",
    "立行立改,长期坚持": "2025-03-19 immediate continuing",
    "立行立改、长期坚持": "2025-03-19 immediate continuing",
    "即时整改并长期坚持": "2025-03-19 immediate continuing",
    "立行立改,2025年6月底前": "2025-06-30 immediate",
    "2025年底前,并长期坚持": "2025-12-31 continuing",
    "2025年6月底前,长期坚持": "2025-06-30 continuing",
    "2025年12月底前完成,持续推进": "2025-12-31 continuing",
    "6月底前完成,之后常态化坚持": "2025-06-30 continuing",
    "长期坚持": "- longterm",
    "长期推进": "- longterm",
    "持续推进": "- longterm",
    "常态化": "- longterm",
    "自2025年起长期坚持": "- longterm",
    "限期整改": "- phased !unclear",
    "短期(6个月内)": "2025-08-17 phased",
    "长期(3-5年)": "- longterm",
    "短期(6个月内)/中期(1-2年)/长期(3-5年)": "- !unclear",
    "短期攻坚、中期推进、长期坚持": "- !unclear",
    # recurring
    "每月5日前": "- P1M !recurring",
    "每季度": "- P3M !recurring",
    "每季度末": "- P3M !recurring",
    "每半年开展1次": "- P6M !recurring",
    "每月不少于一次": "- P1M !recurring",
    "每两周": "- P2W !recurring",
    "一季一调度": "- P3M !recurring",
    "每年年中、年底": "- P1Y !recurring",
    "每季度结束后的3个工作日内": "- P3M !recurring",
    "不定期": "- !recurring",
    "长期坚持,每季度复查": "- longterm P3M",
    "2025年12月底前每月报告": "2025-12-31 P1M",
    # a status in the deadline's place
    "已完成": "- [已完成] !status-word",
    "整改完成": "- [整改完成] !status-word",
    "阶段性完成": "- [阶段性完成] !status-word",
    "正在推进": "- [正在推进] !status-word",
    "未完成": "- [未完成] !status-word",
    "2025年4月已完成": "- [2025年4月已完成] !status-word",
    "已于2025年6月30日完成": "- [已于2025年6月30日完成] !status-word",
    "2025年6月底前(已完成)": "2025-06-30 [已完成] !status-word",
    "2025年6月底前已完成": "2025-06-30 [已完成] !status-word",
    "已完成,长期坚持": "- continuing [已完成] !status-word",
    "2025年6月底前,完成整改": "2025-06-30",
    # what nobody can date
    "秋季学期前": "- !school-calendar",
    "2026年秋季学期前": "- !school-calendar",
    "集中整改期内": "- !own-window",
    "巡察期间整改完毕": "- !own-window",
    "争取“十一”之前": "- !unclear",
    "2025年汛期前": "- !unclear",
    "2025年初": "- !unclear",
    "6月中": "- !unclear",
    "预计X月XX日整改到位": "- !unclear",
    "6月30日后": "- !unclear",
    "2025年6月前后": "- !unclear",
    "2025年10月左右": "- !unclear",
    "2019年以来": "- !unclear",
    "一个半月内": "- !unclear",
    "3-5年": "- !unclear",
    "三二十日前": "- !unclear",
    "待定": "- !unclear",
    "2025年2月30日前": "- !no-such-date",
    "6月31日前": "- !no-such-date",
    "13月底前": "- !no-such-date",
    "2025年1月底前": "2025-01-31 !before-base",
    "": "-",
    " - ": "-",
    "无": "-",
}  # fmt: skip


@pytest.mark.parametrize(("phrase", "expected"), TABLE.items())
def test_a_phrase_means_what_the_table_says(phrase: str, expected: str) -> None:
    """Each printed form has one reading, and what it does not say is not made up."""
    assert expected == line(read(phrase))


@pytest.mark.parametrize("phrase", TABLE)
def test_the_phrase_is_kept_as_printed(phrase: str) -> None:
    """Notices print the office's own words, never ours."""
    assert phrase.strip() == read(phrase).text


#: With no feedback date, no year and no calendar.
BARE = {
    "6月30日前": "- !no-year",
    "年底前": "- !no-year",
    "今年6月底前": "- !no-year",
    "6月底前,长期坚持": "- continuing !no-year",
    "2025年6月底前完成方案,9月底前完成整改": "2025-09-30 !several-dates",
    "反馈之日起3个月内": "- !no-base",
    "立行立改": "- immediate",
    "2024年8月前": "2024-07-31 !before-period",
    "2024年底前,并长期坚持": "2024-12-31 continuing",
}  # fmt: skip


@pytest.mark.parametrize(("phrase", "expected"), BARE.items())
def test_nothing_is_guessed_for_what_is_not_given(phrase: str, expected: str) -> None:
    """Without a year or a feedback date the due date stays open, and the remark says why."""
    assert expected == line(parse_deadline(phrase))


def test_at_once_needs_the_day_it_counts_from() -> None:
    """Days for 立行立改 without a feedback date give no due date, but a remark."""
    assert line(parse_deadline("立行立改", immediate_days=15)) == "- immediate !no-base"


def test_an_unknown_calendar_year_is_a_remark_not_the_end_of_an_import() -> None:
    """One phrase in working days must not stop a whole document."""

    def unknown(day: dt.date) -> bool:
        raise RefusedError(str(day.year))

    phrase = "收到反馈意见后15个工作日内"
    expected = Deadline(phrase, remarks=("no-calendar",))
    assert expected == parse_deadline(phrase, base=BASE, is_workday=unknown)
    assert expected == parse_deadline(phrase, base=BASE)


@given(
    st.text(alphabet="2025年6月31日底前内第一二季度个工每半长期坚持立行改反馈起至-.,() 已完成X", max_size=30)
)
def test_no_phrase_breaks_the_reader(phrase: str) -> None:
    """Whatever stands in the cell, there is a reading, and it keeps the text."""
    assert phrase.strip() == read(phrase).text


@given(st.text(max_size=600))
def test_no_text_breaks_the_reader(phrase: str) -> None:
    """Foreign text is only unclear."""
    assert phrase.strip() == read(phrase).text


@pytest.mark.parametrize("remark", Remark)
def test_each_remark_has_words(remark: Remark) -> None:
    """A code is never shown where a sentence belongs."""
    assert " " in remark_text(remark)


TODAY = dt.date(2025, 3, 3)
TYPED = {
    "2025-06-30": Deadline("", dt.date(2025, 6, 30)),
    "6月30日": Deadline("", dt.date(2025, 6, 30)),
    "+5wd": Deadline("", dt.date(2025, 3, 10)),
    "6月底前": Deadline("6月底前", dt.date(2025, 6, 30)),
    "第二季度": Deadline("第二季度", dt.date(2025, 6, 30)),
    "长期坚持": Deadline("长期坚持", term="longterm"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), TYPED.items())
def test_a_typed_deadline_is_a_date_or_a_phrase(words: str, expected: Deadline) -> None:
    """A plain date is no phrase to print; a phrase is."""
    assert expected == typed_deadline(words, today=TODAY, is_workday=weekday)


@pytest.mark.parametrize("words", ["", "soon", "2025-02-30", "2月30日前", "已完成", "待定"])
def test_a_typed_deadline_that_means_nothing_is_refused(words: str) -> None:
    """Somebody who types is told at once; only an import may leave it open."""
    with pytest.raises(UsageError):
        typed_deadline(words, today=TODAY)
