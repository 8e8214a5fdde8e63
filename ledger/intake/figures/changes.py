"""Growth and falls against both values: 由118项压减到49项，减少69项; 比去年同期的150件下降20%."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledger.intake.claim import Verdict
from ledger.intake.figures import arithmetic
from ledger.intake.figures.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.intake.figures.arithmetic import Judged
    from ledger.intake.figures.quantities import Quantity
    from ledger.intake.figures.sentences import Part, Sentence

_UP = r"增加|增长|上升|提高|提升|增幅|扩大|增"
_DOWN = r"下降|减少|降低|压减|压缩|精简|缩短|降幅|降|减"
_FROM = re.compile(
    r"(?:由|从)(?:原来|原先|原有|之前|此前|去年|上年|年初|整改前|上月)?(?:同期)?的?[^,;、]{0,6}$"
)
_TO = re.compile(
    rf"^[^,;。]{{0,8}}?(?:{_UP}|{_DOWN}|变)(?:到|至|为|成)(?:目前|现在|当前|今年|[0-9]{{4}}年)?的?$"
)
_BY = re.compile(
    rf"^\s?[,(]?\s?(?:同比|环比|总体|净|共|累计)?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|率|达到?|比例)?(?:为|达)?\s?:?$"
)
_BASE = re.compile(r"去年|上年|上一年|同期|上月|上季度|上半年|整改前")
_NOW = re.compile(r"今年|本月|本季度|本年|目前|现有|共|受理|办理|发生|办结|完成|发现|查处")
_AGAINST = re.compile(
    rf"^\s?(?:的[^,;。]{{0,6}}|[^,;。]{{0,6}}相比)?\s?[,(]?\s?(?:同比|环比|相比|净)?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|达到?|为)?$"
)


def changes(sentence: Sentence) -> Iterator[Finding]:
    """What becomes of each growth or fall whose two values the sentence gives."""
    parts = sentence.parts
    for first, second, third in zip(parts, parts[1:], parts[2:], strict=False):
        pair = _from_to(first, second, third) or _year_on_year(sentence, first, second, third)
        if pair and not (first.quantity.near or second.quantity.near or third.quantity.near):
            base, now, grew = pair
            found = _judged(base, now, third.quantity, grew=grew)
            if found:
                judged, unit = found
                start, end = sentence.clause_start(first), third.quantity.end
                yield Finding(start, end, "change", judged, unit)


def _from_to(first: Part, second: Part, third: Part) -> tuple[Quantity, Quantity, bool] | None:
    """由A增加到B，增加C: the two values, and whether it grew by its words."""
    by = _BY.match(third.lead.strip())
    if not by or first.quantity.unit != second.quantity.unit:
        return None
    if not _FROM.search(first.label) or not _TO.match(second.lead.strip()):
        return None
    return first.quantity, second.quantity, bool(by["up"])


def _year_on_year(
    sentence: Sentence, first: Part, second: Part, third: Part
) -> tuple[Quantity, Quantity, bool] | None:
    """X件，比去年同期的Y件下降Z%, or 去年X件，今年Y件，同比增长Z%."""
    against = _AGAINST.match(third.lead.strip())
    if not against or first.quantity.unit != second.quantity.unit or not first.quantity.countable:
        return None
    if sentence.between(first, third).count(";") or len(sentence.between(first, second)) > 30:
        return None
    earlier, later = bool(_BASE.search(first.label)), bool(_BASE.search(second.label))
    if later and not earlier:
        return second.quantity, first.quantity, bool(against["up"])
    if earlier and not later and _NOW.search(second.label):
        return first.quantity, second.quantity, bool(against["up"])
    return None


def _judged(base: Quantity, now: Quantity, by: Quantity, *, grew: bool) -> tuple[Judged, str] | None:
    """What becomes of a growth or fall, and its unit; None where its unit is of another kind."""
    first, second = (now, base) if grew else (base, now)
    if by.unit == "%" and base.value:
        judged = arithmetic.growth(base, now, by, grew=grew)
        if base.percent and judged.verdict is not Verdict.OK:  # points and per cent are often mixed up
            judged = arithmetic.difference(first, second, by)
            if judged.verdict is not Verdict.OK:
                judged = judged._replace(verdict=Verdict.UNCLEAR)
        return judged, "%"
    if by.unit == "百分点" and base.percent:
        return arithmetic.difference(first, second, by), "point"
    return (arithmetic.difference(first, second, by), by.unit) if by.unit == base.unit else None
