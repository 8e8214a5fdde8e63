"""What a printed deadline means."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.deadlines import Basis, Deadline, Remark, parse_deadline, remark_text, typed_deadline
from ledger.errors import RefusedError, UsageError

BASE = dt.date(2025, 2, 17)


def weekday(day: dt.date) -> bool:
    return day.weekday() < 5


#: First days off of holidays that move, as announced.
FIRST_DAYS = {
    ("spring-festival", 2025): dt.date(2025, 1, 28),
    ("spring-festival", 2026): dt.date(2026, 2, 15),
    ("tomb-sweeping", 2025): dt.date(2025, 4, 4),
    ("dragon-boat", 2025): dt.date(2025, 5, 31),
    ("mid-autumn", 2025): dt.date(2025, 10, 6),
}
BASIS = Basis(
    BASE,
    year=2025,
    is_workday=weekday,
    immediate_days=30,
    holidays=lambda name, year: FIRST_DAYS.get((name, year)),
)


def read(phrase: str) -> Deadline:
    return parse_deadline(phrase, BASIS)


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
    "2025年中秋国庆前": "2025-09-30 !before-period",
    "2025年中秋前": "2025-10-05 !before-period",
    "2025年中国公民活动": "- !unclear",
    "“十五五”时期": "2030-12-31",
    "24小时内": "2025-02-18",
    "2小时内": "- !unclear",
    "即时": "2025-03-19 immediate",
    "现场整改": "2025-03-19 immediate",
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
    "争取“十一”之前": "2025-09-30 !before-period",
    "2025年汛期前": "- !other-base",
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
    "待定": "- !undecided",
    "2025年2月30日前": "- !no-such-date",
    "6月31日前": "- !no-such-date",
    "13月底前": "- !no-such-date",
    "2025年1月底前": "2025-01-31 !before-base",
    "": "-",
    " - ": "-",
    "无": "-",
    # more ways to write each of them
    "2024年底前,并长期坚持": "2024-12-31 continuing !before-base",
    "2024年12月底": "2024-12-31 !before-base",
    "2024年8月前": "2024-07-31 !before-period !before-base",
    "2023年底前,力争完成;自2024年起长期坚持": "2023-12-31 continuing !before-base",
    "中期(1-2年)": "- phased !unclear",
    "每半年不少于1次": "- P6M !recurring",
    "明天": "- !other-base",
    "3天后": "- !other-base",
    "下周三": "- !other-base",
    "月底": "- !other-base",
    "本月底": "- !other-base",
    "本月底前": "- !other-base",
    "下月10日前": "- !other-base",
    "下月底前": "- !other-base",
    "下个月5日前": "- !other-base",
    "本周五前": "- !other-base",
    "春节前": "2026-02-14 !before-period",
    "2026年春节前": "2026-02-14 !before-period",
    "国庆节前": "2025-09-30 !before-period",
    "国庆前": "2025-09-30 !before-period",
    "“十一”前": "2025-09-30 !before-period",
    "十一前": "2025-09-30 !before-period",
    "“七一”前": "2025-06-30 !before-period",
    "七一前": "2025-06-30 !before-period",
    "中秋前": "2025-10-05 !before-period",
    "中秋节前": "2025-10-05 !before-period",
    "五一前": "2025-04-30 !before-period",
    "元旦前": "2025-12-31 !before-period",
    "2026年元旦前": "2025-12-31 !before-period",
    "端午前": "2025-05-30 !before-period",
    "清明前": "2025-04-03 !before-period",
    "两会前": "- !other-base",
    "2025年全国两会前": "- !other-base",
    "党代会前": "- !other-base",
    "教师节前": "2025-09-09 !before-period",
    "“八一”前": "2025-07-31 !before-period",
    "建军节前": "2025-07-31 !before-period",
    "汛期前": "- !other-base",
    "主汛期前": "- !other-base",
    "供暖季前": "- !other-base",
    "长期坚持并于2025年12月底前取得阶段性成效": "2025-12-31 continuing",
    "立行立改已完成": "2025-03-19 immediate [立行立改已完成] !status-word",
    "立行立改，已完成": "2025-03-19 immediate [已完成] !status-word",
    "2025年6月底前完成，2025年12月底前见成效": "2025-12-31 !several-dates",
    "一个月内": "2025-03-17",
    "三个月之内": "2025-05-17",
    "一年内": "2026-02-17",
    "用两个月时间": "2025-04-17",
    "6月中旬": "2025-06-20",
    "六月中旬前": "2025-06-10 !before-period",
    "2025年6月中旬前": "2025-06-10 !before-period",
    "第二季度末": "2025-06-30",
    "二季度末": "2025-06-30",
    "Q2": "2025-06-30",
    "2025Q2": "2025-06-30",
    "25Q2": "2025-06-30",
    "2025年Q2": "2025-06-30",
    "上半年": "2025-06-30",
    "上半年前": "2024-12-31 !before-period !before-base",
    "2025年上半年前": "2024-12-31 !before-period !before-base",
    "年内": "2025-12-31",
    "年底": "2025-12-31",
    "本年内": "2025-12-31",
    "今年年底": "2025-12-31",
    "25年6月": "2025-06-30",
    "25年6月底": "2025-06-30",
    "25.6.30": "2025-06-30",
    "25/6/30": "2025-06-30",
    "2025.06": "2025-06-30",
    "2025/06": "2025-06-30",
    "2025/6": "2025-06-30",
    "202506": "2025-06-30",
    "20250630": "2025-06-30",
    "2025年06月30日": "2025-06-30",
    "2025 年6 月底 前": "2025-06-30",
    "2025年6月30日之前": "2025-06-30",
    "2025年6月30日以前": "2025-06-30",
    "2025年6月底之前": "2025-06-30",
    "2025年6月底以前": "2025-06-30",
    "2025年6月末前": "2025-06-30",
    "2025年6月底前整改到位": "2025-06-30",
    "2025年6月底前完成整改任务": "2025-06-30",
    "力争2025年6月底前完成": "2025-06-30",
    "确保6月底前整改到位": "2025-06-30",
    "原则上6月底前完成": "2025-06-30",
    "不晚于2025年6月30日": "2025-06-30",
    "不迟于6月底": "2025-06-30",
    "截止2025年6月30日": "2025-06-30",
    "截至6月底": "2025-06-30",
    "2025年6月30日24时前": "2025-06-30",
    "2025年6月30日24:00前": "2025-06-30",
    "2025年6月30日18时前": "2025-06-30",
    "2025年6月30日下班前": "2025-06-30",
    "2025-06-30T00:00:00": "2025-06-30",
    "2025-06-30 00:00:00.000": "2025-06-30",
    "2025-06-30 18:00": "2025-06-30",
    "2025-06-30T00:00:00Z": "2025-06-30",
    "2025-06-30T00:00:00+08:00": "2025-06-30",
    "45838": "2025-06-30 !serial-number",
    "45838.0": "2025-06-30 !serial-number",
    "45838.5": "2025-06-30 !serial-number",
    "46203": "2026-06-30 !serial-number",
    "1": "- !unclear",
    "100000": "- !unclear",
    "2025": "2025-12-31",
    "2025年": "2025-12-31",
    "2025年度": "2025-12-31",
    "2025年度内": "2025-12-31",
    "二〇二五年": "2025-12-31",
    "二○二五年十二月底前": "2025-12-31",
    "二零二五年年底前": "2025-12-31",
    "二0二五年六月底": "2025-06-30",
    "２０２５年６月底前": "2025-06-30",
    "2025年6月底前；长期坚持": "2025-06-30 continuing",
    "2025年6月底前/长期坚持": "2025-06-30 continuing",
    "2025年6月底前、并长期坚持": "2025-06-30 continuing",
    "2025年6月底前并持续推进": "2025-06-30 continuing",
    "立行立改并长期坚持": "2025-03-19 immediate continuing",
    "立即整改,持续坚持": "2025-03-19 immediate continuing",
    "即知即改、立行立改": "2025-03-19 immediate",
    "立查立改": "2025-03-19 immediate",
    "已立行立改": "2025-03-19 immediate",
    "立行立改(3月底前)": "2025-03-31 immediate",
    "3月底前立行立改": "2025-03-31 immediate",
    "持续整改": "- longterm",
    "长期": "- longterm",
    "长期任务": "- longterm",
    "需长期推进": "- longterm",
    "常态化推进": "- longterm",
    "长期整改,每半年报告一次进展": "- longterm P6M",
    "整改完毕": "- [整改完毕] !status-word",
    "已销号": "- [已销号] !status-word",
    "已办结": "- [已办结] !status-word",
    "基本完成": "- [基本完成] !status-word",
    "正在整改": "- [正在整改] !status-word",
    "已完成(2025年3月)": "- [已完成] !status-word",
    "2025年3月已完成,长期坚持": "- continuing [2025年3月已完成] !status-word",
    "—": "-",
    "——": "-",
    "－": "-",
    "/": "-",
    '\\': '-',
    "视情况": "- !undecided",
    "视情况而定": "- !undecided",
    "另行通知": "- !undecided",
    "根据上级部署": "- !undecided",
    "N/A": "-",
    "n/a": "-",
    "暂无": "-",
    "空": "-",
    "见备注": "- !undecided",
    "同上": "- !undecided",
    "秋季学期开学前": "- !school-calendar",
    "2025年春季学期结束前": "- !school-calendar",
    "暑假前": "- !school-calendar",
    "寒假期间": "- !school-calendar",
    "本学期末": "- !school-calendar",
    "学年末": "- !school-calendar",
    "集中整改期结束前": "- !own-window",
    "整改期内": "- !own-window",
    "反馈意见之日起六个月内": "2025-08-17",
    "巡察反馈后两个月内": "2025-04-17",
    "反馈后3个月": "2025-05-17",
    "反馈会后一个月内": "2025-03-17",
    "印发之日起3个月内": "- !other-base",
    "方案印发后1个月内": "- !other-base",
    "本方案印发之日起30日内": "- !other-base",
    "整改方案审批后两个月内": "- !other-base",
    "党组会审议通过后10个工作日内": "- !other-base",
    "3个月": "2025-05-17",
    "三个月": "2025-05-17",
    "6个月": "2025-08-17",
    "半年": "2025-08-17",
    "1年": "2026-02-17",
    "一年": "2026-02-17",
    "2年内": "2027-02-17",
    "两年": "2027-02-17",
    "3-6个月": "- !unclear",
    "1-2个月内": "- !unclear",
    "三至六个月": "- !unclear",
    "一周内": "2025-02-24",
    "两周": "2025-03-03",
    "10日内": "2025-02-27",
    "十日内": "2025-02-27",
    "二十日内": "2025-03-09",
    "30个工作日": "2025-03-31",
    "15工作日内": "2025-03-10",
    "3月31日前完成第一阶段,6月30日前完成第二阶段,12月31日前全面完成": "2025-12-31 !several-dates",
    "第一阶段：3月底前；第二阶段：6月底前": "2025-06-30 !several-dates",
    "2025年3月-6月": "2025-06-30",
    "2025年3月—2025年6月": "2025-06-30",
    "2025.3-2025.6": "2025-06-30",
    "2025.3—6": "2025-06-30",
    "3月-12月": "2025-12-31",
    "2025年1-6月": "2025-06-30",
    "1-6月": "2025-06-30",
    "2025年全年": "2025-12-31",
    "全年": "- !unclear",
    "2025年第一至第三季度": "2025-09-30",
    "2025年一季度至三季度": "2025-09-30",
    "三季度前": "2025-06-30 !before-period",
    "第三季度前": "2025-06-30 !before-period",
    "四季度": "2025-12-31",
    "2025四季度": "2025-12-31",
    "2025年三、四季度": "2025-12-31",
    "2025年第2季度": "2025-06-30",
    "2025年前三季度": "2025-09-30",
    "前三季度": "2025-09-30",
    "今年上半年": "2025-06-30",
    "明年上半年": "2026-06-30",
    "明年底前": "2026-12-31",
    "后年底前": "2027-12-31",
    "去年底": "2024-12-31 !before-base",
    "年初": "- !unclear",
    "年中": "2025-06-30",
    "2025年年中": "2025-06-30",
    "年中前": "2025-06-30",
    "年底前后": "- !unclear",
    "月末": "- !other-base",
    "季末": "- !other-base",
    "季度末": "- !other-base",
    "本季度末": "- !other-base",
    "每月": "- P1M !recurring",
    "每月底": "- P1M !recurring",
    "每月25日前": "- P1M !recurring",
    "每周": "- P1W !recurring",
    "每周五": "- P1W !recurring",
    "每日": "- P1D !recurring",
    "每年": "- P1Y !recurring",
    "每年12月底前": "- P1Y !recurring",
    "每季度末月25日前": "- P3M !recurring",
    "每季度首月10日前": "- P3M !recurring",
    "按月": "- P1M !recurring",
    "按季度": "- P3M !recurring",
    "逐月": "- P1M !recurring",
    "常年": "- longterm",
    "全年持续": "- longterm",
    "十月底": "2025-10-31",
    "十一月底前": "2025-11-30",
    "十二月三十一日前": "2025-12-31",
    "九月三十日前": "2025-09-30",
    "二十五日前": "- !unclear",
    "6月三十日": "2025-06-30",
    "6.30": "2025-06-30",
    "6-30": "- !unclear",
    "6/30": "2025-06-30",
    "06.30": "2025-06-30",
    "6.30日": "2025-06-30",
    "6月30": "2025-06-30",
    "6月30前": "2025-06-30",
    "06月30日": "2025-06-30",
    "2025.6.30前": "2025-06-30",
    "2025.6.30日前": "2025-06-30",
    "2025、6、30": "- !unclear",
    "2025-6-30前": "2025-06-30",
    "2025 06 30": "2025-06-30",
    "2025年6月31日": "- !no-such-date",
    "2025年13月": "- !no-such-date",
    "2025年0月": "- !no-such-date",
    "2025年6月0日": "- !no-such-date",
    "6月底7月初": "2025-06-30",
    "6月底-7月初": "2025-06-30",
    "6月或7月": "2025-07-31 !several-dates",
    "五月": "2025-05-31",
    "5月份": "2025-05-31",
    "五月份": "2025-05-31",
    "5月初": "- !unclear",
    "5月上旬前": "2025-04-30 !before-period",
    "5月上中旬": "2025-05-20",
    "2025年5月下旬至6月上旬": "2025-06-10",
    "“十四五”末": "2025-12-31",
    "“十四五”期间": "2025-12-31",
    "十四五末": "2025-12-31",
    "十五五期间": "2030-12-31",
    "2025-2027年": "2027-12-31",
    "2025年至2027年": "2027-12-31",
    "2026-2028": "- !unclear",
    "2025年6月底前。": "2025-06-30",
    "2025年6月底前!": "2025-06-30",
    "（2025年6月底前）": "2025-06-30",
    "【2025年6月底前】": "2025-06-30",
    "【长期坚持】": "- longterm",
    "完成时限:2025年6月底前": "2025-06-30",
    "时限：立行立改": "2025-03-19 immediate",
    "完成时间：6月底": "2025-06-30",
    "预计2025年6月底": "2025-06-30",
    "计划6月底前": "2025-06-30",
    "拟于6月底前完成": "2025-06-30",
    "到2025年底": "2025-12-31",
    "到2025年6月底": "2025-06-30",
    "至2025年6月底": "2025-06-30",
    "持续至2025年12月": "2025-12-31 continuing",
    "长期坚持至2027年": "2027-12-31 continuing",
    "2025年6月底前取得阶段性成效，并长期坚持": "2025-06-30 continuing",
    "2025年底前取得明显成效": "2025-12-31",
    "本轮巡察整改期限内": "- !own-window",
    "按方案要求": "- !undecided",
    "按上级规定时限": "- !undecided",
    "2025年6月底前（第一批）、2025年9月底前（第二批）": "2025-09-30 !several-dates",
    "2025 年 6 月 30 日 前 （ 延期至 2025 年 9 月 30 日 ）": "2025-09-30 !several-dates",
    "原2025年6月底前，现延期至2025年9月底前": "2025-09-30 !several-dates",
    "6月30日前（含当日）": "2025-06-30",
    "2025年6月底前完成80%，12月底前完成100%": "2025-12-31 !several-dates",
    "2025年6月底前完成3个，2026年底前完成2个": "2026-12-31 !several-dates",
    "正在有序推进": "- [正在有序推进] !status-word",
    "按序时进度推进": "- [按序时进度推进] !status-word",
    "已提交报告": "- [已提交报告] !status-word",
    "部分整改": "- [部分整改] !status-word",
    "√": "- [√] !status-word",
    "是": "- [是] !status-word",
    "2025年6月底前(正在推进)": "2025-06-30 [正在推进] !status-word",
    "“十五五”期末": "2030-12-31",
    "十四五期末前": "2025-12-31",
    "第二季度结束前": "2025-06-30",
    "二季度结束后": "- !unclear",
    "2025年第二季度底": "2025-06-30",
    "2025年2季度": "2025-06-30",
    "2025年度底": "2025-12-31",
    "2025年末前": "2025-12-31",
    "6月底以后": "- !unclear",
    "自2025年7月起": "- !unclear",
    "2025年7月1日起施行": "- !unclear",
    "2025年6月30日 前": "2025-06-30",
    "六月三十日之前": "2025-06-30",
    "２０２５－０６－３０": "2025-06-30",
    "2025—06—30": "2025-06-30",
    "2025–06–30": "2025-06-30",
    "六月底前、并长期坚持": "2025-06-30 continuing",
    "每季度至少1次": "- P3M !recurring",
    "每半年1次": "- P6M !recurring",
    "每月至少开展一次": "- P1M !recurring",
    "每年6月底前": "- P1Y !recurring",
    "每月底前报送": "- P1M !recurring",
    "2月29日前": "- !no-such-date",
    "2028年2月底前": "2028-02-29",
    "第1季度": "2025-03-31",
    "一季度前": "2024-12-31 !before-period !before-base",
    "本周内": "- !other-base",
    "下周内": "- !other-base",
    "12月31日": "2025-12-31",
    "1月1日前": "2025-01-01 !before-base",
    "20日内": "2025-03-09",
    "20个自然日内": "2025-03-09",
    "60个日历天": "2025-04-18",
    "一个季度内": "2025-05-17",
    "两个季度内": "2025-08-17",
    "3个月后": "- !other-base",
    "2025年6月底前完成(财政局)，9月底前(发改局)": "2025-09-30 !several-dates",
    "上半年完成": "2025-06-30",
    "下半年完成": "2025-12-31",
    "2025上半年": "2025-06-30",
    "2025下半年": "2025-12-31",
    "开学前": "- !school-calendar",
    "2025 年秋季学期开学前": "- !school-calendar",
    "年度内": "2025-12-31",
    "全年推进": "- !unclear",
    "2025年春节前": "2025-01-27 !before-period !before-base",
    "2027年春节前": "- !no-holiday",
    "除夕前": "- !no-holiday",
    "春节后": "- !unclear",
    "国庆节后": "- !unclear",
    "国庆期间": "- !unclear",
    "国庆节": "2025-10-01",
    "五一节前后": "- !unclear",
    "2025年五四前": "2025-05-03 !before-period",
    "六一儿童节前": "2025-05-31 !before-period",
    "八一建军节前": "2025-07-31 !before-period",
    "国庆、中秋前": "2025-10-05 !before-period",
    "元旦春节前": "2026-02-14 !before-period",
    "2025年七一前完成": "2025-06-30 !before-period",
    "七一": "- !unclear",
    "五一路改造6月底前完成": "2025-06-30",
    "八一村6月底前": "2025-06-30",
    "二〇二五年“七一”前": "2025-06-30 !before-period",
    "2025年“十一”前": "2025-09-30 !before-period",
    "2025年两会前完成": "- !other-base",
    "民主生活会前": "- !other-base",
    "党委会前": "- !other-base",
    "下次党组会议前": "- !other-base",
    "整改方案报送县纪委后2个月内": "- !other-base",
    "自整改方案报备之日起60日内": "- !other-base",
    "反馈意见后六个月内完成": "2025-08-17",
    "巡视反馈意见之日起3个月内": "2025-05-17",
    "意见反馈后90天内": "2025-05-18",
    "限60日内": "2025-04-18",
    "30日": "- !unclear",
    "15日前": "- !unclear",
    "限期一个月": "2025-03-17 phased",
    "限期1个月内整改完毕": "2025-03-17 phased",
    "期限:2025年6月": "2025-06-30",
    "2025.12": "2025-12-31",
    "2025-12": "2025-12-31",
    "2025/12": "2025-12-31",
    "2025.1": "2025-01-31 !before-base",
    "2025.10": "2025-10-31",
    "2025.1.5": "2025-01-05 !before-base",
    "2025.13": "- !no-such-date",
    "2025.00": "- !no-such-date",
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
    assert line(parse_deadline("立行立改", Basis(immediate_days=15))) == "- immediate !no-base"


def test_days_beyond_the_calendar_are_no_end_of_an_import() -> None:
    """A setting of a billion days makes no date, and a remark."""
    basis = Basis(BASE, immediate_days=10**9)
    assert line(parse_deadline("立行立改", basis)) == "- immediate !no-such-date"
    assert line(parse_deadline("第一季度前", Basis(year=1))) == "- !before-period !no-such-date"


def test_an_unknown_calendar_year_is_a_remark_not_the_end_of_an_import() -> None:
    """One phrase in working days must not stop a whole document."""

    def unknown(day: dt.date) -> bool:
        raise RefusedError(str(day.year))

    phrase = "收到反馈意见后15个工作日内"
    expected = Deadline(phrase, remarks=("no-calendar",))
    assert expected == parse_deadline(phrase, Basis(BASE, is_workday=unknown))
    assert expected == parse_deadline(phrase, Basis(BASE))


@given(
    st.text(
        alphabet="2025年6月31日底前内第一二季度个工每半长期坚持立行改反馈起至-.,() 已完成X春节国庆中秋元旦“”明天下周本这后末",
        max_size=30,
    )
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
    assert expected == typed_deadline(words, Basis(is_workday=weekday), today=TODAY)


@pytest.mark.parametrize("words", ["", "soon", "2025-02-30", "2月30日前", "已完成", "待定"])
def test_a_typed_deadline_that_means_nothing_is_refused(words: str) -> None:
    """Somebody who types is told at once; only an import may leave it open."""
    with pytest.raises(UsageError):
        typed_deadline(words, today=TODAY)


#: What a ledger knows besides the feedback, and what phrases then mean.
KNOWN = BASIS._replace(
    submitted=dt.date(2025, 3, 31), window_end=dt.date(2025, 6, 16), on_site_end=dt.date(2025, 1, 20)
)
COUNTED = {
    "整改方案上报之日起3个月内": "2025-06-30",
    "自整改方案报备之日起60日内": "2025-05-30",
    "整改方案报送县纪委后2个月内": "2025-05-31",
    "方案印发后1个月内": "- !other-base",
    "收到通知后5个工作日内": "- !other-base",
    "反馈之日起3个月内": "2025-05-17",
    "集中整改期内": "2025-06-16",
    "集中整改期结束前,并长期坚持": "2025-06-16 continuing",
    "整改期限内": "2025-06-16",
    "巡察期间整改完毕": "2025-01-20 !before-base",
}


@pytest.mark.parametrize(("phrase", "expected"), COUNTED.items())
def test_what_the_ledger_knows_is_counted_from(phrase: str, expected: str) -> None:
    """The plan's own day, the concentrated period and the inspectors' stay give dates where they are set."""
    assert expected == line(parse_deadline(phrase, KNOWN))


#: Typed on Monday, 3 March 2025.
NEAR = {
    "明天": Deadline("", dt.date(2025, 3, 4)),
    "后天": Deadline("", dt.date(2025, 3, 5)),
    "3天后": Deadline("", dt.date(2025, 3, 6)),
    "三天后": Deadline("", dt.date(2025, 3, 6)),
    "两周后": Deadline("", dt.date(2025, 3, 17)),
    "1个月后": Deadline("", dt.date(2025, 4, 3)),
    "5个工作日后": Deadline("", dt.date(2025, 3, 10)),
    "周五": Deadline("", dt.date(2025, 3, 7)),
    "本周五": Deadline("", dt.date(2025, 3, 7)),
    "星期一": Deadline("", dt.date(2025, 3, 3)),
    "下周三": Deadline("", dt.date(2025, 3, 12)),
    "下周三前": Deadline("2025年3月12日前", dt.date(2025, 3, 12)),
    "本周内": Deadline("", dt.date(2025, 3, 9)),
    "月底": Deadline("2025年3月底", dt.date(2025, 3, 31)),
    "本月底前": Deadline("2025年3月底前", dt.date(2025, 3, 31)),
    "下月10日前": Deadline("2025年4月10日前", dt.date(2025, 4, 10)),
    "下个月5日前": Deadline("2025年4月5日前", dt.date(2025, 4, 5)),
    "本季度末": Deadline("2025年第1季度末", dt.date(2025, 3, 31)),
    "下季度末": Deadline("2025年第2季度末", dt.date(2025, 6, 30)),
    "月底前,并长期坚持": Deadline("2025年3月底前,并长期坚持", dt.date(2025, 3, 31), continuing=True),
}


@pytest.mark.parametrize(("words", "expected"), NEAR.items())
def test_words_typed_today_count_from_today(words: str, expected: Deadline) -> None:
    """下周三 means nothing once it stands in a ledger, so the day itself is kept."""
    assert expected == typed_deadline(words, Basis(is_workday=weekday), today=TODAY)


@pytest.mark.parametrize("words", NEAR)
def test_printed_words_never_count_from_today(words: str) -> None:
    """Nobody knows on which day a document said 下周三."""
    assert read(words).due is None
    assert Remark.OTHER_BASE in read(words).remarks


def test_a_year_turns_for_words_typed_in_december() -> None:
    """下月 in December and the quarter after the fourth belong to the next year."""
    december = dt.date(2025, 12, 31)
    assert dt.date(2026, 1, 10) == typed_deadline("下月10日前", today=december).due
    assert dt.date(2026, 3, 31) == typed_deadline("下季度末", today=december).due


_NUMERALS = "〇一二三四五六七八九"


def _spelt(number: int) -> str:
    """A day or a month in Chinese numerals: 31 is 三十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _NUMERALS[tens]) + ("十" if tens else "") + (_NUMERALS[ones] if ones else "")


def _wide(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def _spelt_year(day: dt.date) -> str:
    return "".join(_NUMERALS[int(digit)] for digit in str(day.year))


#: Every way to write a day.
DAYS = {
    "iso": lambda day: day.isoformat(),
    "slashes": lambda day: f"{day.year}/{day.month}/{day.day}",
    "points": lambda day: f"{day.year}.{day.month}.{day.day}",
    "padded points": lambda day: f"{day:%Y.%m.%d}",
    "packed": lambda day: f"{day:%Y%m%d}",
    "two digits": lambda day: f"{day:%y}.{day.month}.{day.day}",
    "time": lambda day: f"{day.isoformat()} 00:00:00",
    "serial": lambda day: str((day - dt.date(1899, 12, 30)).days),
    "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "blanks": lambda day: f" {day.year} 年 {day.month} 月 {day.day} 日 ",
    "号": lambda day: f"{day.year}年{day.month}月{day.day}号",
    "wide": lambda day: _wide(f"{day.year}年{day.month}月{day.day}日"),
    "wide iso": lambda day: _wide(day.isoformat()),
    "numerals": lambda day: f"{_spelt_year(day)}年{_spelt(day.month)}月{_spelt(day.day)}日",
    "short year": lambda day: f"{day:%y}年{day.month}月{day.day}日",
}
TAILS = ("", "前", "之前", "以前", "前完成", "前整改到位", "前,并长期坚持", "止")


@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2031, 12, 31)),
    st.sampled_from(sorted(DAYS)),
    st.sampled_from(TAILS),
)
def test_a_day_comes_back_however_it_is_written(day: dt.date, form: str, tail: str) -> None:
    """A day is that day in every form, 前 or not; a spreadsheet's number stands alone."""
    phrase = DAYS[form](day) + (tail if form != "serial" else "")
    deadline = parse_deadline(phrase, BASIS)
    assert day == deadline.due
    assert deadline.continuing == ("坚持" in phrase)
    assert phrase.strip() == deadline.text


#: Every way to write a month's end.
MONTHS = (
    "{y}年{m}月底前",
    "{y}年{m}月底",
    "{y}年{m}月",
    "{y}年{m}月份",
    "{y}.{m}",
    "{y}-{m:02}",
    "{y}年{m}月末之前",
)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2031, 12, 31)), st.sampled_from(MONTHS))
def test_a_month_ends_on_its_last_day(day: dt.date, form: str) -> None:
    """底, 末 and a bare month mean its last day, in leap years too."""
    last = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    assert last == parse_deadline(form.format(y=day.year, m=day.month), BASIS).due


@given(
    st.integers(2020, 2031),
    st.integers(1, 4),
    st.sampled_from(("{y}年第{q}季度", "{y}年{q}季度末前", "{y}Q{q}")),
)
def test_a_quarter_ends_on_its_last_day(year: int, quarter: int, form: str) -> None:
    """Quarters in digits, by number or by Q."""
    last = [(3, 31), (6, 30), (9, 30), (12, 31)][quarter - 1]
    assert dt.date(year, *last) == parse_deadline(form.format(y=year, q=quarter), BASIS).due


@given(
    st.integers(1, 99), st.sampled_from(("{n}日内", "{n}天内", "反馈之日起{n}日内", "自反馈之日起{n}天之内"))
)
def test_days_count_from_the_feedback(count: int, form: str) -> None:
    """The day of the feedback itself is not counted."""
    assert BASE + dt.timedelta(days=count) == parse_deadline(form.format(n=count), BASIS).due


@pytest.mark.parametrize(
    "unit", ["已", "年", "2025年6月底前", "每", "前", "后3个月内", "1", "“十一”前", "下月", "反馈"]
)
def test_long_phrases_take_no_time(unit: str) -> None:
    """However a cell is filled, it is read at once."""
    import time

    phrase = unit * (500 // len(unit))
    started = time.perf_counter()
    read(phrase)
    assert time.perf_counter() - started < 0.5
