"""One quantity given again: 反馈问题38个 … 反馈的36个问题.

Judged is only what points back (反馈的N个问题, 制定的N条措施) to a number given once before for the same verb
and noun; where the text speaks of several bodies, aspects, rounds or places, nothing is said.
"""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger.intake.claim import Verdict
from ledger.intake.figures import arithmetic, pairing
from ledger.intake.figures.arithmetic import Judged
from ledger.intake.figures.finding import Finding
from ledger.intake.figures.quantities import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERB = r"(?P<verb>反馈|指出|交办|移交|制定|细化|提出)"
_NOUN = r"(?:具体|突出|主要|整改|巡[视察]|督察|审计)?(?P<noun>问题|意见|措施|举措|任务|线索)(?!线索)"
_GIVEN = re.compile(rf"{_VERB}(?:了|出)?(?:{_NOUN})(?:共|共计|合计)?\s?$")
_BACK = re.compile(rf"{_VERB}(?P<of>的|了|出的|出)?(?:共|共计)?\s?$")
_ANY = re.compile(_VERB)
_CLAUSE = re.compile(r"[,;。:()]")
_NOUN_BEHIND = re.compile(rf"的?{_NOUN}")
#: What makes it a number of something else: a part, another round, one place of several.
_QUALIFIED = re.compile(
    r"其中|方面|类|专项|选人用人|意识形态|上轮|上一轮|上次|往年|去年|新增|剩余|尚|未|重点|部分|涉及|个性|共性|立行立改|长期|第[一二三四五六七八九十0-9]|各|分别|[县区镇乡局院校厅科道](?=(?:反馈|指出|交办|移交|制定|细化|提出)[的了出]{0,2}(?:共|共计)?\s?$)|回头看"
)
_BODY = re.compile(
    r"中央|国家|省委|市委|县委|区委|旗委|州委|集团|党组|审计|督察|督导|巡视|巡察|检查|人大|政协|纪委|生态|环保|安全"
)

#: What stands before the body whose findings they are.
_ABOUT = re.compile(r"针对|对照|围绕|聚焦|根据|按照|对|就|把|将")

#: Characters before a number that are searched for its verb.
_NEAR = 30


class _Statement(NamedTuple):
    """A number given for a verb and a noun, as 38 for 反馈 问题.

    Attributes:
        key: Verb, noun and measure word.
        back: It points back to a number given before.
        bodies: Who is named with it.
        qualified: It is of a part, of another round, or of one place of several.
    """

    start: int
    end: int
    key: tuple[str, str, str]
    value: str
    back: bool
    bodies: frozenset[str]
    qualified: bool


class _Known(NamedTuple):
    """What was given so far for one key: values and bodies as they came up, and whether any was qualified."""

    values: dict[str, None]
    bodies: set[frozenset[str]]
    qualified: set[bool]


class Given:
    """What a text gave so far, and what becomes of what points back to it."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str], _Known] = {}

    def again(self, flat: str) -> Iterator[Finding]:
        """What becomes of each number of a paragraph that points back."""
        for found in _statements(flat) if _ANY.search(flat) else ():
            known = self._known.setdefault(found.key, _Known({}, set(), set()))
            judged = _judged(known, found)
            if judged:
                yield Finding(found.start, found.end, "repeat", judged, found.key[2])
            known.values.setdefault(found.value)
            known.bodies.add(found.bodies)
            known.qualified.add(found.qualified)


def _judged(known: _Known, found: _Statement) -> Judged | None:
    """What becomes of a number that points back; None where nothing is said."""
    if not found.back or found.qualified:
        return None
    if found.value in known.values:
        words = _("as before: {count}").format(count=found.value)
        return Judged(Verdict.OK, found.value, found.value, words)
    others = any(not (found.bodies <= bodies or bodies <= found.bodies) for bodies in known.bodies)
    if len(known.values) != 1 or True in known.qualified or others:
        return None
    (said,) = known.values
    words = _("given before as {before}, here {here}").format(before=said, here=found.value)
    return Judged(Verdict.WRONG, said, found.value, words)


def _statements(flat: str) -> Iterator[_Statement]:
    """Every number of a paragraph that is given for such a verb and noun."""
    for quantity in quantities(flat):
        if quantity.near or quantity.unit not in ("个", "项", "条", "件"):
            continue
        clause = _CLAUSE.split(flat[max(0, quantity.start - _NEAR) : quantity.start])[-1]
        given = _GIVEN.search(clause)
        noun = None if given else _NOUN_BEHIND.match(flat, quantity.end)
        found = given or (_BACK.search(clause) if noun else None)
        if found is None:
            continue
        yield _Statement(
            start=quantity.start - len(clause),
            end=noun.end() if noun else quantity.end,
            key=(found["verb"], (noun or found)["noun"], quantity.unit),
            value=arithmetic.plain(quantity.value),
            back=noun is not None and found["of"] in ("的", "出的"),
            bodies=frozenset(_BODY.findall(_ABOUT.split(clause)[-1])),
            qualified=bool(_QUALIFIED.search(clause) or pairing.OPEN.search(clause)),
        )
