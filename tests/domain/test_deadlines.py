"""What a printed deadline means."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.deadlines import Basis, Deadline, Remark, parse_deadline, remark_text, typed_deadline
from ledger.domain.limits import Limit
from ledger.errors import RefusedError, UsageError
from tests.domain.phrases_dated import DATED
from tests.domain.phrases_undated import UNDATED

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
    immediate=Limit(30, "day"),
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


#: Each phrase and its reading by BASIS.
TABLE = DATED | UNDATED


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
    assert line(parse_deadline("立行立改", Basis(immediate=Limit(15, "day")))) == "- immediate !no-base"


def test_days_beyond_the_calendar_are_no_end_of_an_import() -> None:
    """A setting of a billion days makes no date, and a remark."""
    basis = Basis(BASE, immediate=Limit(10**9, "day"))
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
