"""Wholes against their parts: 752条，已办731条，正在办21条; 督办12件、通报8件，共计20件; 697=688+4+5.

A list named with 其中 need not be complete, so that less than the whole is never wrong there; more than the
whole is an alarm only where the parts are told apart in one way (党建类、财务类), for a thing may be of two
kinds.
"""

from __future__ import annotations

import re
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING

from ledger.intake.claim import Verdict
from ledger.intake.figures import arithmetic, pairing
from ledger.intake.figures.finding import Finding
from ledger.intake.figures.numbers import arabic, chinese
from ledger.intake.figures.quantities import bare
from ledger.intake.figures.sentences import compared

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.intake.claim import Kind
    from ledger.intake.figures.sentences import Part, Sentence

_TOTAL = re.compile(
    r"(?:^|[,;、:(])\s?(?P<sure>(?:以上|上述|三项|两项|各项)?(?:共计|合计|总计|总共|共))(?P<verb>[一-龥]{0,4})$"
)
_KINDS = re.compile(
    r"(?P<count>[0-9]{1,2}|[两三四五六七八九十]{1,2})\s?个?(?:大类|类|大?方面|领域|环节|部分|板块|层面|批次?)"
)
#: Names of parts of one kind: told apart in one way, so that nothing is in two of them.
_KIND = re.compile(
    r"(?:类|方面|性|领域|环节|级|部门|板块|月|季度|批次?)(?:的|问题|线索|案件|任务|措施|整改)?\s*$|^\s*(?:类|方面)|(?:立行立改|限期整改|分阶段整改|长期整改|持续整改|短期|中期|长期)"
)
_TYPE = re.compile(r"立行立改|限期|分阶段|长期整改|持续整改|短期|中期|长期")
_OVERLAPPING = re.compile(r"涉及|同时|交叉|重复|既|兼|其他|多次|并")
_N = r"[0-9]{1,9}(?:\.[0-9]{1,4})?"
#: Read in one way alone: a blank that could stand on either side doubles the work with every term.
_U = r"(?:\s?(?:[个项条件人名户家份起处]|万元|元|%)\s?|\s)?"
_EQUATION = re.compile(
    rf"(?<![0-9.+=×÷/*-])(?P<left>{_N}{_U}(?:\+\s?{_N}{_U}){{0,30}})=\s?(?P<right>{_N}{_U}(?:\+\s?{_N}{_U}){{0,30}})(?![0-9.+=×÷/*-])"
)
_QUOTED = re.compile(r"[“‘「\"][^”’」\"]{0,30}[”’」\"]")
#: Measure words that are used for one another.
_THINGS = frozenset("个项条件处份")
_STOP = re.compile(r"[,;、(]")
#: Parts a list may have.
_MOST = 40


class _Trust(Enum):
    """What may be said of a whole and its parts.

    GUESS: that they add up. SOME: that there are too many of them. ALL: any difference.
    """

    GUESS = 0
    SOME = 1
    ALL = 2

    @classmethod
    def of(cls, *, sure: bool, some: bool = False) -> _Trust:
        """Whether they are sure to belong together, and whether they need not be all."""
        if not sure:
            return cls.GUESS
        return cls.SOME if some else cls.ALL


def sums(sentence: Sentence, earlier: Sentence | None) -> Iterator[Finding]:
    """What becomes of each whole of a sentence."""
    used: set[int] = set()
    parts = sentence.parts
    opens = [at for at, part in enumerate(parts) if pairing.is_open(part)]
    for at in range(len(parts)):
        if at in used or not parts[at].is_count:
            continue
        split = bool(opens) and opens[-1] > at
        found = (
            _listed(sentence, at, used)
            or (_states(sentence, at, used) if split else None)
            or _totalled(sentence, at)
        )
        if found:
            yield found
    if earlier is not None and parts and sentence.opens_with("其中"):
        yield from _states_of_earlier(sentence, earlier)


def equations(flat: str) -> Iterator[Finding]:
    """Sums written with signs, as 697=688+4+5; what stands in quotes is a slogan."""
    if "=" not in flat or "+" not in flat:
        return
    quoted = [found.span() for found in _QUOTED.finditer(flat)]
    for found in _EQUATION.finditer(flat):
        sides = [[bare(each) for each in re.finditer(_N, found[name])] for name in ("left", "right")]
        quoted_here = any(start <= found.start() < end for start, end in quoted)
        whole, parts = sorted(sides, key=len)
        if not quoted_here and len(whole) == 1 < len(parts):
            yield Finding(found.start(), found.end(), "sum", arithmetic.addition(parts, whole[0]))


def _states(sentence: Sentence, at: int, used: set[int]) -> Finding | None:
    """A whole split into what is done and what is open."""
    whole = sentence.parts[at]
    rest = [
        (index, each)
        for index, each in enumerate(sentence.parts[at + 1 : at + 1 + _MOST], at + 1)
        if _fits(whole, each)
    ]
    stated = _until_new_whole([(index, each) for index, each in rest if pairing.is_state(each)])
    opens = [each for _index, each in stated if pairing.is_open(each)]
    if len(stated) < 2 or not opens or len(opens) == len(stated):
        return None
    chosen = [each for _index, each in stated]
    if not all(_STOP.search(sentence.between(*pair)) for pair in zip(chosen, chosen[1:], strict=False)):
        return None  # 16个已完成13个: the one is the whole of the other
    sure = (
        len(rest) == len(stated)
        and not any(each.quantity.near or pairing.elsewhen(each) for each in chosen)
        and bool(pairing.WHOLE.search(whole.words))
        and not pairing.is_open(whole)
        and (at - 1 in used or not pairing.rivals(sentence.parts[max(0, at - 1) : at], whole))
        and (not pairing.DONE.search(whole.label) or bool(re.search(r"共|总|应|需", whole.label)))
        and not any("其中" in each.lead for each in chosen[1:])
        and all(pairing.STATE_FIRST.match(each.label) for each in chosen)
        and sentence.flat.count(";", whole.quantity.end, chosen[-1].quantity.start) == 0
    )
    rest_named = bool(pairing.REST.search(chosen[-1].words))
    some = not rest_named and ("其中" in chosen[0].lead or _otherwise_counted(sentence, at))
    found = _held(sentence, whole, chosen, _Trust.of(sure=sure, some=some))
    if found:
        used.update(index for index, _each in stated)
    return found


def _otherwise_counted(sentence: Sentence, at: int) -> bool:
    """Whether some things behind a whole have another measure word, and may yet be a part of it."""
    whole = sentence.parts[at].quantity.unit
    behind = sentence.parts[at + 1 : at + 1 + _MOST]
    return whole in _THINGS and any(each.quantity.unit in _THINGS - {whole} for each in behind)


def _fits(whole: Part, part: Part) -> bool:
    """Whether it may be a part: of the same things and no larger, its measure word perhaps left out."""
    if part.quantity.unit == "":
        return pairing.is_state(part) and len(part.noun) == 0
    return compared(whole, part)


def _until_new_whole(stated: list[tuple[int, Part]]) -> list[tuple[int, Part]]:
    for at, (_index, part) in enumerate(stated):
        if at and re.search(r"共(?!同|性)|合计|总计", part.label):
            return stated[:at]
    return stated[:_MOST]


def _states_of_earlier(sentence: Sentence, earlier: Sentence) -> Iterator[Finding]:
    """共反馈问题38个。其中，已完成36个，正在推进2个: the whole is the only count of the sentence before."""
    first = sentence.parts[0]
    wholes = [each for each in earlier.parts[-_MOST:] if each.is_count and compared(each, first)]
    chosen = (
        [each for each in sentence.parts[:_MOST] if each.is_count and compared(wholes[0], each)]
        if wholes
        else []
    )
    opens = [each for each in chosen if pairing.is_open(each)]
    if len(wholes) != 1 or len(chosen) < 2 or not opens or len(opens) == len(chosen):
        return
    if all(pairing.is_state(each) for each in chosen):
        some = not pairing.REST.search(chosen[-1].words)
        sure = not any(pairing.elsewhen(each) for each in chosen)
        found = _held(sentence, wholes[0], chosen, _Trust.of(sure=sure, some=some))
        if found:
            yield found


def _listed(sentence: Sentence, at: int, used: set[int]) -> Finding | None:
    """A whole with the parts it names: 其中, 包括, 分别为, or a colon or bracket."""
    whole = sentence.parts[at]
    if at + 1 >= len(sentence.parts):
        return None
    behind = sentence.between(whole, sentence.parts[at + 1])
    named = pairing.PARTS_OF.match(behind)
    if not named and not re.match(r"[^,;。:(]{0,12}[:(]", behind):
        return None
    chosen = _run(sentence, at)
    if len(chosen) < 2 or any(pairing.is_open(each) and not _TYPE.search(each.words) for each in chosen):
        return None
    kinds = _kinds(sentence, whole, behind)
    whole_list = kinds == len(chosen) and all(_KIND.search(each.words) for each in chosen)
    alike = all(_KIND.search(each.words) for each in chosen) and not any(
        _OVERLAPPING.search(each.words) for each in chosen
    )
    clear = not any(pairing.elsewhen(each) for each in chosen) and whole.quantity.unit != "人"
    sure = (
        alike or whole_list or (kinds == len(chosen) and bool(pairing.WHOLE_LIST.search(behind)))
    ) and clear
    some = not (whole_list or (kinds == len(chosen) and pairing.WHOLE_LIST.search(behind)))
    found = _held(sentence, whole, chosen, _Trust.of(sure=sure, some=some))
    if found is None:
        return None
    used.update(range(at + 1, at + 1 + len(chosen)))
    return found._replace(kind="parts")


def _run(sentence: Sentence, at: int) -> list[Part]:
    """The quantities that follow a whole as one list of the same things."""
    whole = sentence.parts[at]
    chosen: list[Part] = []
    before = whole
    for part in sentence.parts[at + 1 : at + 1 + _MOST]:
        listed = not chosen or pairing.contiguous(sentence, before, part)
        if not listed or not part.is_count or not compared(whole, part) or _TOTAL.search(part.lead):
            break
        if chosen and re.search(r"其中|已|占", part.lead):
            break
        chosen.append(part)
        before = part
    return chosen


def _kinds(sentence: Sentence, whole: Part, behind: str) -> int | None:
    """How many kinds the sentence says there are, as 3 for 3大类23个问题."""
    said = sentence.before(whole.quantity.start)[-20:] + "|" + behind[:20]
    found = list(_KINDS.finditer(said))
    if len(found) != 1:
        return None
    count = found[0]["count"]
    value = arabic(count) if count.isdigit() else chinese(count)
    return int(value) if value else None


def _totalled(sentence: Sentence, at: int) -> Finding | None:
    """A total behind its list: 督办12件、通报8件，共计20件."""
    total = sentence.parts[at]
    said = _TOTAL.search(total.lead.rstrip())
    if not said or at < 2:
        return None
    chosen: list[Part] = []
    following = total
    for part in reversed(sentence.parts[max(0, at - _MOST) : at]):
        if (
            not part.is_count
            or part.quantity.unit != total.quantity.unit
            or not pairing.contiguous(sentence, part, following)
        ):
            break
        chosen.insert(0, part)
        following = part
    for size in range(len(chosen), 1, -1):
        values = [each.quantity.value for each in chosen[-size:]]
        if sum(values) == total.quantity.value:
            return _held(sentence, total, chosen[-size:], _Trust.GUESS)
    before = [
        each for each in sentence.parts[max(0, at - _MOST) : at] if each.quantity.unit == total.quantity.unit
    ]
    joined = sentence.flat[chosen[0].quantity.end : chosen[-1].quantity.start] if chosen else ","
    sure = (
        len(chosen) >= 2
        and len(before) == len(chosen)
        and not said["verb"]
        and said["sure"] in ("共计", "合计", "总计", "总共", "以上共计", "以上合计")
        and not re.search(r"[,;:(]|其中", joined)
        and not any("等" in each.noun or "其中" in each.lead for each in chosen)
        and not any(pairing.elsewhen(each) for each in chosen[1:])
        and "等" not in total.lead
    )
    return _held(sentence, total, chosen, _Trust.ALL) if sure else None


def _held(sentence: Sentence, whole: Part, parts: Sequence[Part], trust: _Trust) -> Finding | None:
    """What becomes of a whole and its parts; None where nothing can be said."""
    counts = [each.quantity for each in parts]
    judged = arithmetic.addition(counts, whole.quantity)
    less = sum((each.value for each in counts), Fraction(0)) < whole.quantity.value
    if judged.verdict is not Verdict.OK and (trust is _Trust.GUESS or (trust is _Trust.SOME and less)):
        return None
    kind: Kind = "sum"
    if pairing.REST.search(parts[-1].words):
        kind, judged = "remainder", arithmetic.remainder(whole.quantity, counts[:-1], counts[-1])
    start = min(sentence.clause_start(each) for each in (whole, *parts))
    end = max(each.quantity.end for each in (whole, *parts))
    return Finding(start, end, kind, judged, whole.quantity.unit)
