"""Figures held against each other: what holds, what does not, and what does not belong together."""

from __future__ import annotations

import time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import RefusedError
from ledger.intake.claim import Verdict, as_json
from ledger.intake.figured import with_workdays
from ledger.intake.figures.arithmetic import plain, rounded
from ledger.intake.figures.numbers import chinese
from ledger.intake.figures.quantities import quantities
from ledger.intake.marks import flat
from tests.intake.reckoned import found, only

CORPUS = Path(__file__).parent / "figures"


def cases(name: str) -> list[tuple[str, ...]]:
    lines = (CORPUS / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("|", 1)) for line in lines if line and not line.startswith("#")]


# -- the corpus ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "words"), cases("held.txt"))
def test_what_holds_is_found_and_passes(kind, words):
    """A figure that follows from the others is named with its kind, and nothing beside it is an alarm."""
    everything = found(words)
    assert [each for each in everything if each.alarm] == []
    assert (kind, Verdict.OK) in {(each.kind, each.verdict) for each in everything}


@pytest.mark.parametrize(("kind", "words"), cases("broken.txt"))
def test_what_does_not_follow_is_the_one_alarm(kind, words):
    """A seeded error is found, and nothing else."""
    alarms = [each for each in found(words) if each.alarm]
    assert [each.kind for each in alarms] == [kind]
    assert alarms[0].arithmetic


@pytest.mark.parametrize("words", [words for (words,) in cases("apart.txt")])
def test_what_does_not_belong_together_is_left_alone(words):
    """Figures side by side that need not add up are no alarm."""
    assert [each for each in found(words) if each.alarm] == []


def test_a_year_of_reports_has_no_alarm():
    """Whole pages of reports whose figures hold have no alarm, and their rates and sums are found."""
    everything = found((CORPUS / "years.txt").read_text(encoding="utf-8"))
    assert [(each.line, each.text, each.arithmetic) for each in everything if each.alarm] == []
    assert sum(each.verdict is Verdict.OK for each in everything) >= 25


def test_the_corpus_is_as_large_as_it_says():
    """At least 130 sentences that hold, 80 that do not, 150 traps; so that nobody thins them out unseen."""
    sizes = [len(cases(name)) for name in ("held.txt", "broken.txt", "apart.txt")]
    assert all(have >= least for have, least in zip(sizes, (130, 80, 150), strict=True))


# -- generated -------------------------------------------------------------------------------------------------

SHAPES = (
    "全市排查{noun}{whole}{unit}，整改{part}{unit}，整改率{rate}%。",
    "共{verb}{noun}{whole}{unit},已办结{part}{unit},办结率为{rate}%。",
    "{verb}{noun}{whole}{unit}，其中完成{part}{unit}，完成率达{rate}%，成效明显。",
    "截至6月底，反馈的{whole}{unit}{noun}中，销号{part}{unit}，销号率达到{rate}％。",
)
WORDS = {
    "noun": st.sampled_from(["问题", "线索", "任务", "隐患", "信访事项"]),
    "unit": st.sampled_from(["个", "条", "项", "件", "处"]),
    "verb": st.sampled_from(["受理", "交办", "梳理", "承担"]),
    "shape": st.sampled_from(SHAPES),
}


@st.composite
def counts(draw) -> tuple[int, int]:
    whole = draw(st.integers(2, 99_999))
    return whole, draw(st.integers(1, whole))


@given(counts(), st.fixed_dictionaries(WORDS), st.integers(0, 2))
def test_a_rate_written_right_is_no_alarm_and_one_written_wrong_is(pair, words, decimals):
    """Whatever the numbers and the words: the rounded rate holds, and one that is off by a tenth or more does not."""
    whole, part = pair
    rate = rounded(Fraction(part * 100, whole), decimals)
    shape = words.pop("shape")
    right = shape.format(**words, whole=whole, part=part, rate=plain(rate, decimals))
    assert [each.verdict for each in found(right) if each.kind == "ratio"] == [Verdict.OK], right
    step = max(Fraction(1, 10**decimals), Fraction(1, 10))
    for off in (2 * step, -2 * step):
        if rate + off >= 0:
            wrong = shape.format(**words, whole=whole, part=part, rate=plain(rate + off, decimals))
            assert [each.verdict for each in found(wrong) if each.kind == "ratio"] == [Verdict.WRONG], wrong


@given(st.lists(st.integers(0, 5000), min_size=2, max_size=3), st.integers(-3, 3))
def test_a_whole_and_its_states_hold_exactly_when_they_add_up(parts, off):
    """Done, reached for now and open make up the whole, or it is an alarm."""
    whole = sum(parts) + off
    labels = ["已完成", "阶段性完成", "未完成"] if len(parts) == 3 else ["已办结", "正在办理"]
    states = "，".join(f"{label}{count}项" for label, count in zip(labels, parts, strict=True))
    if whole < max(parts):
        return
    verdict = only(f"共有任务{whole}项，{states}。").verdict
    assert verdict is (Verdict.WRONG if off else Verdict.OK)


@given(
    st.text(
        alphabet="共其中已未个项件条%率占0123456789,，。;；、（）()《》“”至由到近余+=年月日第 \n",
        max_size=200,
    )
)
def test_any_text_is_read(text):
    """Whatever stands there, something is answered, in order, with words from the text."""
    places = [(each.line, each.column) for each in found(text)]
    assert places == sorted(places)


# -- numbers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("三百二十七", 327), ("一百零五", 105), ("一千零五十", 1050),
        ("三百二", 320), ("一万二", 12000), ("一万二千", 12000), ("二〇二五", 2025), ("一亿三千万", 130_000_000),
        ("九十八点五", Fraction("98.5")), ("百", 100),
    ],
)  # fmt: skip
def test_chinese_numerals(word, value):
    """Numerals as people write them, the short form of the last place included."""
    assert chinese(word) == value


@pytest.mark.parametrize("word", ["", "点五", "三点", "三点十", "abc", "三x"])
def test_what_is_no_numeral(word):
    """Anything else has no value."""
    assert chinese(word) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("问题1,786个", [(1786, "个")]),
        ("问题1 786个", [(1786, "个")]),
        ("问题１，７８６个", [(1786, "个")]),
        ("人员1.2万名", [(12000, "人")]),
        ("资金3.5亿元", [(350_000_000, "元")]),
        ("提高8个百分点", [(8, "百分点")]),
        ("百分之八十四点二", [(Fraction("84.2"), "%")]),
        ("第3条、第十二次会议、2025年6月30日、8:30、〔2025〕3号", [(2025, "")]),
        ("电话0399-7012388", []),
        ("“1+1+6”专班、《三年行动计划（2021—2023年）》", []),
        ("一是强化3项措施", [(3, "项")]),
    ],
)
def test_what_counts(text, expected):
    """Numbers with what they count; dates, ordinals, telephones and names are none."""
    assert [(each.value, each.unit) for each in quantities(flat(text))] == expected


@pytest.mark.parametrize(
    "text",
    [
        "近300人",
        "10余次",
        "约40个",
        "95%以上",
        "不少于12次",
        "5-10个",
        "5至10个",
        "每人3件",
        "平均12件",
        "3200余万元",
        "5个/月",
    ],
)
def test_what_is_approximate(text):
    """Ranges, limits, roundings and what is given for each are marked, so that nothing is judged by them."""
    assert all(each.near for each in quantities(flat(text)))


# -- verdicts ------------------------------------------------------------------------------------------------------


def test_the_sum_is_shown():
    """The claim has its place, its words, both numbers and the sum."""
    claim = only("一、基本情况\n本月受理信访120件，办结97件，办结率80.9%。")
    assert as_json(claim) == {
        "line": 2,
        "column": 1,
        "text": "本月受理信访120件，办结97件，办结率80.9%",
        "kind": "ratio",
        "verdict": "wrong",
        "expected": 80.8,
        "printed": 80.9,
        "unit": "%",
        "arithmetic": "97 ÷ 120 = 80.8%, printed 80.9%",
        "sheet": None,
        "window": None,
    }


@pytest.mark.parametrize(
    ("rate", "verdict"),
    [("84.2", "ok"), ("84", "ok"), ("84.15", "wrong"), ("84.16", "ok"), ("84.1", "truncated"), ("84.0", "wrong"), ("85", "wrong")],
)  # fmt: skip
def test_rounding_is_half_up_at_the_printed_place(rate, verdict):
    """1503 of 1786 are 84.1545…: rounded at any place it holds, cut off it is said to be."""
    expected = {"84.15": "ok", "84.16": "wrong"}.get(rate, verdict)
    assert only(f"排查隐患1786处，整改1503处，整改率{rate}%。").verdict == expected


def test_half_goes_up():
    """1 of 16 is 6.25%, printed 6.3 where one decimal is kept."""
    assert only("排查隐患16处，整改1处，整改率6.3%。").verdict is Verdict.OK
    assert only("排查隐患16处，整改1处，整改率6.2%。").verdict is Verdict.TRUNCATED


def test_a_rate_whose_whole_is_not_told_is_unclear():
    """It is named, so that somebody can look; it is no alarm."""
    claim = only("群众满意率97.3%。")
    assert (claim.verdict, claim.expected, claim.printed, claim.alarm) == (
        Verdict.UNCLEAR,
        None,
        "97.3",
        False,
    )


def test_rounded_amounts_are_not_held_too_tightly():
    """1.2亿元 may be anything from 1.15 to 1.25, so that a sum or a rate of it has room."""
    assert only("应收回资金1.2亿元，已收回0.9亿元，收回率76.3%。").verdict is Verdict.OK
    assert only("应收回资金1.2亿元，已收回0.9亿元，收回率86.3%。").verdict is Verdict.WRONG


def test_wrapped_lines_are_read_as_one_and_keep_their_place():
    """A sentence broken at a fixed width is one sentence; its claim stands where it begins."""
    body = "按照工作安排，县局对全县各乡镇、各单位开展了为期一个月的检查，边查边改，" * 4
    text = f"　　{body}排查隐患268处，整改247处，整改率93.2%。"
    lines = [text[at : at + 34] for at in range(0, len(text), 34)]
    alarms = [each for each in found("\n".join(lines * 3)) if each.alarm]
    assert [(each.kind, each.arithmetic) for each in alarms] == [
        ("ratio", "247 ÷ 268 = 92.2%, printed 93.2%")
    ] * 3
    first = next(at for at, line in enumerate(lines, 1) if "排查" in line)
    assert [each.line for each in alarms] == [first, first + len(lines), first + 2 * len(lines)]


# -- windows -----------------------------------------------------------------------------------------------------


def weekdays(day) -> bool:
    if day.year > 2026:
        raise RefusedError("the working days of 2027 are not known")
    return day.weekday() < 5


@pytest.mark.parametrize(("days", "verdict"), [(10, "ok"), (9, "unclear"), (11, "wrong"), (12, "wrong")])
def test_working_days_are_counted_by_the_calendar_given(days, verdict):
    """Both ends count; one fewer is what those count who leave out the first, which is not judged."""
    claim = only(f"公示期：2025年9月1日至9月12日（{days}个工作日）。")
    assert (claim.verdict, claim.unit) == (Verdict.UNCLEAR, "workday")
    settled = with_workdays(claim, weekdays)
    assert (settled.verdict, settled.expected) == (verdict, "10")


def test_a_year_without_a_calendar_stays_unclear():
    """Nothing is guessed about holidays nobody has announced."""
    claim = only("公示期：2027年9月1日至9月12日（10个工作日）。")
    settled = with_workdays(claim, weekdays)
    assert (settled.verdict, settled.arithmetic) == (
        Verdict.UNCLEAR,
        "the working days of 2027 are not known",
    )


def test_a_window_of_publication_is_counted_unasked():
    """Days and working days of a window that prints no number are told."""
    claim = with_workdays(only("公开期限：2026年1月8日至1月28日。"), weekdays)
    assert (claim.verdict, claim.expected, claim.printed) == (Verdict.OK, "21", None)
    assert (
        claim.arithmetic == "2026-01-08 to 2026-01-28: 21 days, both ends counted; of these 15 working days"
    )
    assert as_json(claim)["window"] == {"from": "2026-01-08", "to": "2026-01-28"}


# -- size --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "unit",
    [
        "自查问题1786个，整改1503个，整改率84.2%；", "12个，", "其中", "反馈问题3个。反馈的4个问题。", "1+", "2025年1月8日至", "(", "《", "“", "共",
        "由12个增加到", "，，，", "          ", "九百", "1 234 ", "1,234,", "率", "占",
    ],
)  # fmt: skip
def test_the_time_grows_with_the_text_alone(unit):
    """Twice the text takes about twice the time, whatever is repeated on one line."""
    took = []
    for size in (10_000, 40_000):
        text = unit * (size // len(unit))
        start = time.process_time()
        found(text)
        took.append(time.process_time() - start)
    assert took[1] < 10 * took[0] + 0.3, (unit, took)


@pytest.mark.parametrize("term", ["1 + ", "1个 + ", "12 个+", "1+ "])
def test_a_sum_that_never_ends_is_left_at_once(term):
    """A blank between terms can be read in one way alone, so that a broken equation is not tried in a thousand."""
    started = time.process_time()
    assert not any(each.alarm for each in found(term * 29 + "= 甲。"))
    assert time.process_time() - started < 1
