"""Several shares named at once: 完成688个、基本完成4个、未完成5个，占比分别为98.7%、0.6%、0.7%."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledger.intake.figures import arithmetic, pairing
from ledger.intake.figures.finding import Finding
from ledger.intake.figures.sentences import compared

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.intake.figures.sentences import Part, Sentence

_SHARES = re.compile(
    r"(?:占比|比例|比重|占[^,;。]{0,14}?的?(?:比例|比重)?)\s?(?:分别|依次)(?:达到?|为|是)?\s?$"
)
_NEXT = re.compile(r"^\s?[、,和及]\s?$")
_MOST = 12


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
