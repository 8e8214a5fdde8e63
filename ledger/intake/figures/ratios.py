"""Rates against the counts they come from: 自查问题1786个，整改1503个，整改率84.2%.

A rate is held against every pair of counts of its sentence: where one bears it out, it holds. It is an alarm
only where one pair stands out: the nearest count that says it is what the rate is of (办结 for 办结率), and
the nearest count before that of the same things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from ledger.intake.claim import Verdict
from ledger.intake.figures import arithmetic, pairing
from ledger.intake.figures.arithmetic import Judged
from ledger.intake.figures.finding import Finding
from ledger.intake.figures.quantities import Quantity, bare
from ledger.intake.figures.sentences import compared

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from ledger.intake.figures.sentences import Part, Sentence

_IS = r"(?:已|均|仅|也|就|都|分别|总体|整体|最终)?(?:达到?了?|为|是|到|有|保持在?|[:])?\s?[:(]?\s?$"
_RATE = re.compile(rf"(?P<stem>[一-龥]{{1,16}})率{_IS}")
_SHARE = re.compile(rf"(?:占比|比例|比重|占(?P<whole>[^,;。%]{{0,20}}?)(?:的(?:比例|比重)?)?){_IS}")
#: Rates that are no share of a number of things.
_NO_SHARE = re.compile(
    r"(?:利|税|汇|费|效|概|频|速|(?<!成)功|斜|曲|折扣|增长|增|降|下降|收益|回报|贴现|毛利|存款|贷款|生育|出生|死亡)$"
)
#: What may stand before the stem without making another rate of it.
_PLAIN_BEFORE = re.compile(
    r"^(?:的|其|且|则|问题|案件|线索|措施|任务|事项|反馈|巡[视察]|督察|审计|该|信访|工单|隐患|目前|现|实现|使|全部|总)*$"
)
_INSIDE = re.compile(
    r"\s?[,(:]\s?(?:即)?\s?(?P<part>[0-9]{1,9})\s?[个项条件人名]?\s?/\s?(?P<whole>[0-9]{1,9})\s?[个项条件人名]?\s?\)"
)
_ALL = re.compile(r"(?:全部|均已?|全都|都已|悉数)[^,;。]{0,8}")
_VERBS = re.compile(r"整改|完成|办结|销号|落实|解决|化解|到位|核查|处置|处理|结案|清零")
#: How a rate begins whose count may be the counterpart of the one before it: 逮捕25人，不捕24人，不捕率.
_NEGATIVE = ("不", "未", "无")
#: How many quantities before a rate are looked at, and how many counts for a pair that bears it out.
_SEEN, _NEAREST = 12, 6
#: Percentage points a rate may be off and still be taken for an error where no word speaks of a whole.
_NEAR = 15


@dataclass(frozen=True, slots=True)
class _Pair:
    """A part and its whole.

    Attributes:
        sure: They stand out, so that a difference is an alarm.
        plainly: The words speak of a whole, so that a large difference is one too.
    """

    part: Quantity
    whole: Quantity
    sure: bool
    plainly: bool = True


def rates(sentence: Sentence, earlier: Sentence | None, known: Container[int]) -> Iterator[Finding]:
    """What becomes of each rate of a sentence.

    Args:
        sentence: Where they stand.
        earlier: The sentence right before it.
        known: Places of rates of which this is known already.
    """
    for at, part in enumerate(sentence.parts):
        if not part.quantity.percent or part.quantity.near or part.quantity.start in known:
            continue
        stem = _stem(part)
        if stem is not None and not pairing.TARGET.search(part.label):
            yield _judged(sentence, at, list(_pairs(sentence, at, stem, earlier)))


def _stem(part: Part) -> str | None:
    """What the rate is of; empty for a bare share; None where it is no such rate."""
    found = _RATE.search(part.label)
    if found:
        return None if _NO_SHARE.search(found["stem"]) else found["stem"]
    return "" if _SHARE.search(part.label) else None


def _pairs(sentence: Sentence, at: int, stem: str, earlier: Sentence | None) -> Iterator[_Pair]:
    """Pairs the rate may come from, the one that stands out first."""
    rate = sentence.parts[at]
    inside = _INSIDE.match(sentence.flat, rate.quantity.end)
    if inside and int(inside["whole"]):
        yield _Pair(bare(inside, "part"), bare(inside, "whole"), sure=True)
        return
    counts = [each for each in sentence.parts[max(0, at - _SEEN) : at] if _is_count(each)]
    before = [each for each in earlier.parts if _is_count(each)][-_NEAREST:] if earlier else []
    sure = _standing_out(sentence, counts, before, rate, stem)
    if sure:
        yield sure
        yield from _with_reached(counts, sure)
    every = _everything(sentence, counts, rate, stem)
    if every:
        yield every
    candidates = [*before, *counts][-_NEAREST:]
    for first, second in combinations(candidates, 2):
        here = second.quantity.start >= sentence.start
        if here and first.quantity.unit == second.quantity.unit:
            yield from _guesses(first.quantity, second.quantity, counterpart=stem[:1] in _NEGATIVE)


def _guesses(first: Quantity, second: Quantity, *, counterpart: bool) -> Iterator[_Pair]:
    """Two counts as part and whole; as counterparts also as the two parts of a whole that is not printed."""
    small, large = sorted((first, second), key=lambda each: each.value)
    if small.slack or large.slack:
        return  # what was rounded itself fits too many rates
    yield _Pair(small, large, sure=False)
    if counterpart:
        value, written = first.value + second.value, f"({first.written} + {second.written})"
        yield _Pair(second, replace(second, value=value, written=written), sure=False)


def _is_count(part: Part) -> bool:
    return part.is_count and part.quantity.value > 0


def _standing_out(
    sentence: Sentence, counts: Sequence[Part], before: Sequence[Part], rate: Part, stem: str
) -> _Pair | None:
    """The count that says it is the part, and the nearest one of the same things before it."""
    if not stem:
        return _share_of_list(sentence, counts, rate)
    at = next((at for at in reversed(range(len(counts))) if _is_part(counts[at], stem, sentence)), None)
    if at is None:
        return None
    part = counts[at]
    wholes = [each for each in counts[:at] if compared(each, part)]
    if not wholes and sentence.opens_with("其中", "截至", "目前", "已", "现已"):
        wholes = [each for each in before if compared(each, part)]
        if len(wholes) != 1:
            return None
    if not wholes or wholes[-1].quantity.value < part.quantity.value:
        return None
    whole = wholes[-1]
    between = [each for each in counts if each.quantity.start >= part.quantity.end]
    others = [each for each in between if not (compared(each, part) and _is_other_state(each))]
    lonely = not any(compared(each, part) for each in others) and len(others) <= 1
    clear = not pairing.elsewhen(part) and not pairing.is_open(whole) and _one_rate(sentence, rate)
    apart = ";" in sentence.flat[whole.quantity.end : rate.quantity.start] or stem[0] in _NEGATIVE
    earlier = [each for each in wholes[:-1] if not pairing.is_state(each)]
    rival = len(earlier) == len(wholes) - 1 and pairing.rivals(earlier, whole)
    twice = any(_told_twice(counts, each) for each in (whole, part))
    plainly = bool(pairing.WHOLE.search(whole.words))
    return _Pair(
        part.quantity,
        whole.quantity,
        sure=lonely and clear and not (apart or twice or rival),
        plainly=plainly,
    )


def _told_twice(counts: Sequence[Part], part: Part) -> bool:
    """Whether the same is counted in another way right beside it, as 41件50人."""
    gaps = (
        (each.quantity.start - part.quantity.end, part.quantity.start - each.quantity.end)
        for each in counts
        if each is not part
    )
    return any(0 <= gap <= 1 for pair in gaps for gap in pair)


def _is_other_state(part: Part) -> bool:
    """Whether it is another part of the same whole: open, or reached for now."""
    return pairing.is_open(part) or bool(
        pairing.NARROWED.search(part.label) and pairing.DONE.search(part.label)
    )


def _with_reached(counts: Sequence[Part], pair: _Pair) -> Iterator[_Pair]:
    """完成688个、基本完成4个: some count what is reached for now as done."""
    reached = [
        each.quantity
        for each in counts
        if each.quantity.start > pair.part.start
        and pairing.NARROWED.search(each.label)
        and not pairing.is_open(each)
    ]
    if reached:
        value = sum((each.value for each in reached), pair.part.value)
        written = " + ".join(each.written for each in (pair.part, *reached))
        yield _Pair(replace(pair.part, value=value, written=f"({written})"), pair.whole, sure=False)


def _share_of_list(sentence: Sentence, counts: Sequence[Part], rate: Part) -> _Pair | None:
    """80家，其中达标72家，占比90%: the part right before, and the whole whose list it opens."""
    if len(counts) < 2 or not compared(counts[-2], counts[-1]):
        return None
    whole, part = counts[-2:]
    named = _SHARE.search(rate.label)
    plain = named is not None and (not named["whole"] or "总" in named["whole"])
    opened = pairing.PARTS_OF.match(sentence.between(whole, part)) and pairing.contiguous(
        sentence, part, rate
    )
    if not opened or whole.quantity.value < part.quantity.value:
        return None
    return _Pair(part.quantity, whole.quantity, sure=plain and not pairing.elsewhen(part))


def _is_part(part: Part, stem: str, sentence: Sentence) -> bool:
    """Whether a count is what the rate is of: it holds the end of the stem, and the rest is told before."""
    for size in range(min(len(stem), 6), 1, -1):
        if pairing.is_done(part, stem[-size:]):
            rest = stem[:-size]
            if rest in ("总体", "整体", "总") and part.quantity.start == _second(sentence):
                return True  # nothing but the whole stands before it
            told = part.label if pairing.NARROWED.search(rest) else sentence.before(part.quantity.end)
            return bool(_PLAIN_BEFORE.match(rest)) or rest in told
    verbs = _VERBS.findall(stem)
    return "".join(verbs) == stem and any(pairing.is_done(part, verb) for verb in verbs)


def _second(sentence: Sentence) -> int:
    """Where the second count of a sentence stands; -1 where there is none."""
    counts = [part.quantity.start for part in sentence.parts[:_SEEN] if _is_count(part)]
    return counts[1] if len(counts) > 1 else -1


def _one_rate(sentence: Sentence, rate: Part) -> bool:
    """Whether the rate is not one of several named together (整改率、办结率分别为…)."""
    return "分别" not in rate.label and "、" not in rate.lead[-20:]


def _everything(sentence: Sentence, counts: Sequence[Part], rate: Part, stem: str) -> _Pair | None:
    """38个问题已全部整改，整改率100%: the part is the whole."""
    if not counts or not stem:
        return None
    whole = counts[-1]
    between = sentence.flat[whole.quantity.end : rate.quantity.start - len(rate.label)]
    found = _ALL.search(between)
    if not found or not any(stem[at : at + 2] in found[0] for at in range(len(stem) - 1)):
        return None
    return _Pair(whole.quantity, whole.quantity, sure=between.count(",") <= 2 and "未" not in between)


def _hardly_by_accident(pair: _Pair, printed: Quantity) -> bool:
    """Whether a rate that two counts bear out is printed so closely that they are likely its own."""
    if printed.decimals:
        return True
    return printed.value != 100 and pair.part.value * 100 == pair.whole.value * printed.value


def _judged(sentence: Sentence, at: int, pairs: Sequence[_Pair]) -> Finding:
    beside = sentence.parts[max(0, at - _SEEN) : at + 1]
    printed = beside[-1].quantity
    start = sentence.clause_start(beside[-1])
    chosen: tuple[_Pair, Judged] | None = None
    for pair in pairs:
        if not pair.sure and not arithmetic.about(pair.part, pair.whole, printed):
            continue
        judged = arithmetic.rate(pair.part, pair.whole, printed)
        if judged.verdict is Verdict.OK and (pair.sure or _hardly_by_accident(pair, printed)):
            chosen = pair, judged
            break
        near = abs(pair.part.value * 100 / pair.whole.value - printed.value) <= _NEAR
        if pair.sure and chosen is None and (pair.plainly or near):
            chosen = pair, judged
    if chosen is None:
        said = arithmetic.plain(printed.value, printed.decimals)
        return Finding(start, printed.end, "ratio", Judged(Verdict.UNCLEAR, "", said, ""), "%")
    pair, judged = chosen
    first = min(start, pair.part.start, pair.whole.start)
    start = next((sentence.clause_start(each) for each in beside if each.quantity.start == first), first)
    return Finding(start, printed.end, "ratio", judged, "%")
