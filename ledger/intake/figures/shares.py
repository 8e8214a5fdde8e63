"""Several shares of one whole: 占比分别为98.7%、0.6%、0.7%; 投诉类301件，占60.6%；咨询类120件，占24.1%.

In a run of shares the whole need not be printed beside them: it is the one number (their sum, or one given
before) that most of them come from. A share that does not is an alarm only where several that do were printed
closely enough to tell, and not where it is off by less than one in its last place: shares are often made to
add up to 100.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from ledger.intake.claim import Verdict
from ledger.intake.figures import arithmetic, pairing
from ledger.intake.figures.finding import Finding
from ledger.intake.figures.sentences import compared

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.intake.figures.quantities import Quantity
    from ledger.intake.figures.sentences import Part, Sentence

_SHARES = re.compile(
    r"(?:占比|比例|比重|占[^,;。]{0,14}?的?(?:比例|比重)?)\s?(?:分别|依次)(?:达到?|为|是)?\s?$"
)
_SHARE = re.compile(
    r"^[^,;。]{0,6}[,(]?\s?(?:约|各)?(?:占比|占)(?:[^,;。%]{0,14}?(?:总量|总数|总额|总|全部|比量?)[^,;。%]{0,6}?)?(?:的|为|达)?(?:比例|比重)?(?:为|是|达)?\s?$"
)
_NEXT = re.compile(r"^\s?[、,和及]\s?$")
#: Shares that are looked at together, and those a run has at least.
_MOST, _FEWEST = 12, 3


def shares(sentence: Sentence) -> Iterator[Finding]:
    """What becomes of the shares of a list of parts, in its order."""
    for at, part in enumerate(sentence.parts):
        if not part.quantity.percent or not _SHARES.search(part.label):
            continue
        percents = _percents(sentence.parts[at : at + _MOST])
        counts = list(sentence.parts[max(0, at - _MOST) : at])
        listed, whole = counts[-len(percents) :], counts[: -len(percents)]
        if len(percents) < 2 or len(listed) < len(percents) or not whole:
            continue
        alike = all(compared(whole[-1], each) and not each.quantity.near for each in listed)
        if alike and whole[-1].quantity.value and not whole[-1].quantity.near:
            yield from _judged(sentence, whole[-1], listed, percents)


def _percents(parts: Sequence[Part]) -> list[Part]:
    found = [parts[0]]
    for part in parts[1:]:
        if not part.quantity.percent or part.quantity.near or not _NEXT.match(part.lead):
            break
        found.append(part)
    return found


def _judged(
    sentence: Sentence, whole: Part, listed: Sequence[Part], percents: Sequence[Part]
) -> Iterator[Finding]:
    near = all(pairing.contiguous(sentence, *pair) for pair in zip(listed, listed[1:], strict=False))
    if not near or not pairing.contiguous(sentence, whole, listed[0]):
        return
    for part, percent in zip(listed, percents, strict=True):
        judged = arithmetic.rate(part.quantity, whole.quantity, percent.quantity)
        yield Finding(sentence.clause_start(part), percent.quantity.end, "ratio", judged, "%")


def runs(sentence: Sentence, given: Sequence[Quantity]) -> dict[int, Finding]:
    """What becomes of a run of shares, by the place of each; nothing where no whole stands out.

    Args:
        sentence: Where they stand.
        given: Counts of the text before, the nearest last, one of which may be the whole.
    """
    pairs = [
        (part, share)
        for part, share in zip(sentence.parts, sentence.parts[1:], strict=False)
        if share.quantity.percent
        and part.quantity.countable
        and not (part.quantity.near or share.quantity.near)
        and _SHARE.match(share.lead)
    ]
    if len(pairs) < _FEWEST or len({part.quantity.unit for part, _share in pairs}) > 1:
        return {}
    whole = _whole([(part.quantity, share.quantity) for part, share in pairs], given)
    if whole is None:
        return {}
    judged = [arithmetic.rate(part.quantity, whole, share.quantity) for part, share in pairs]
    told = sum(
        each.verdict is Verdict.OK and _telling(share.quantity)
        for each, (_part, share) in zip(judged, pairs, strict=True)
    )
    found = {}
    for each, (part, share) in zip(judged, pairs, strict=True):
        printed = share.quantity
        off = abs(part.quantity.value * 100 / whole.value - printed.value)
        if each.verdict is not Verdict.OK and (told < _TOLD or off * 10**printed.decimals < 1):
            each = each._replace(verdict=Verdict.UNCLEAR)
        start = sentence.clause_start(part)
        found[printed.start] = Finding(start, printed.end, "ratio", each, "%")
    return found


def _telling(share: Quantity) -> bool:
    """Whether a share is printed so closely that it fits a whole hardly by accident."""
    return bool(share.value * 10**share.decimals >= _CLOSELY)


#: How large the digits of a telling share are, read as one number; and how many of them an alarm needs.
_CLOSELY, _TOLD = 100, 2


def _whole(pairs: Sequence[tuple[Quantity, Quantity]], given: Sequence[Quantity]) -> Quantity | None:
    """The one number that two of three shares or more come from; None where there is none, or are several."""
    first = pairs[0][0]
    total = sum((part.value for part, _share in pairs), Fraction(0))
    summed = replace(first, value=total, written=arithmetic.plain(total))
    candidates = {
        each.value: each for each in given if each.unit == first.unit and each.value and not each.near
    }
    best = []
    for whole in ({total: summed} | candidates).values():
        held = sum(
            arithmetic.about(part, whole, share) and arithmetic.rate(part, whole, share).verdict is Verdict.OK
            for part, share in pairs
        )
        if held >= 2 and held * 3 >= len(pairs) * 2:
            best.append((held, whole))
    best.sort(key=lambda each: each[0], reverse=True)
    alone = best and (len(best) == 1 or best[0][0] > best[1][0])
    return best[0][1] if alone else None
