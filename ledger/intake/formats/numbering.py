"""The numbers Word prints before paragraphs and does not keep in their text: 一、 （一） 1. ①.

Source: ECMA-376-1 §17.9. Lists that share an abstract list count on together; a list with a start of its
own begins there the first time it is used; a level begins again when one further out was used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ledger.intake.formats.numberforms import numeral
from ledger.intake.formats.wordstyles import W, below, is_on, said, whole

if TYPE_CHECKING:
    from lxml.etree import _Element

    from ledger.intake.formats.wordstyles import NumPr, Styles

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
#: What stands for a sign in place of a number, whatever font it is from.
_BULLET = "•"
#: Lists that lead to another list by their style.
_LINKS = 5


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered.

    Attributes:
        restart: The level, from 1, whose use begins this one again; 0: none does; None: any further out.
    """

    start: int
    form: str
    text: str
    restart: int | None
    legal: bool
    style: str | None


@dataclass(slots=True)
class _Num:
    """A list that paragraphs name."""

    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the paragraphs of a document's lists, in the order in which they stand."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._links: dict[str, str] = {}
        self._nums: dict[str, _Num] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: _Element) -> None:
        for each in root.findall(W + "abstractNum"):
            name = said(each, "abstractNumId") or ""
            self._abstract[name] = dict(filter(None, map(_level, each.findall(W + "lvl"))))
            link = said(below(each, "numStyleLink"))
            if link:
                self._links[name] = link
        for each in root.findall(W + "num"):
            num = _Num(said(below(each, "abstractNumId")) or "")
            for override in each.findall(W + "lvlOverride"):
                at = whole(said(override, "ilvl"))
                start = whole(said(below(override, "startOverride")))
                inner = below(override, "lvl")
                found = _level(inner) if inner is not None else None
                if found:
                    num.levels[found[0]] = found[1]
                if at is not None and start is not None:
                    num.starts[at] = start
            self._nums[said(each, "numId") or ""] = num

    def label(self, direct: NumPr | None, style: str | None) -> str:
        """The number of the next paragraph with these properties; empty where it has none.

        Args:
            direct: What the paragraph itself asks for.
            style: The name of its style.
        """
        asked = self._asked(direct, style)
        if asked is None:
            return ""
        name, num, at = asked
        abstract, levels = self._levels(num)
        level = levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        current = counts[at]
        if (name, at) not in self._begun and at in num.starts:
            value = num.starts[at]
        else:
            value = num.starts.get(at, level.start) if current is None else current + 1
        self._begun.add((name, at))
        counts[at] = value
        for inner in range(at + 1, _LEVELS):
            restart = levels[inner].restart if inner in levels else None
            if restart is None or at < restart:
                counts[inner] = None
        return _shown(level, levels, counts)

    def _asked(self, direct: NumPr | None, style: str | None) -> tuple[str, _Num, int] | None:
        """The list and the level of a paragraph; None where it is in no list."""
        name = direct.num if direct else None
        at = direct.level if direct else None
        if name is None:
            found = self._styles.numbering(style)
            if found is None:
                return None
            holder, asked = found
            name = asked.num
            at = at if at is not None else asked.level
            at = at if at is not None else self._level_of_style(name or "", holder)
        num = self._nums.get(name or "")
        at = at or 0
        return (name or "", num, at) if num and 0 <= at < _LEVELS else None

    def _level_of_style(self, name: str, style: str) -> int | None:
        num = self._nums.get(name)
        levels = self._levels(num)[1] if num else {}
        return next((at for at, level in levels.items() if level.style == style), None)

    def _levels(self, num: _Num) -> tuple[str, dict[int, _Level]]:
        """The name of the abstract list, and the levels of a list, its own in front."""
        own = num.levels
        for _link in range(_LINKS):
            style = self._links.get(num.abstract)
            found = self._styles.numbering(style) if style else None
            following = self._nums.get(found[1].num or "") if found else None
            if following is None:
                break
            num = following
        return num.abstract, self._abstract.get(num.abstract, {}) | own


def _level(element: _Element) -> tuple[int, _Level] | None:
    at = whole(said(element, "ilvl"))
    if at is None or not 0 <= at < _LEVELS:
        return None
    form = said(below(element, "numFmt")) or next(
        (said(each) for each in element.iter(W + "numFmt") if said(each) != "custom"), "decimal"
    )
    if below(element, "lvlPicBulletId") is not None:
        form = "bullet"
    start = whole(said(below(element, "start")))
    return at, _Level(
        start=start or 0,
        form=form or "decimal",
        text=(said(below(element, "lvlText")) or "")[:60],
        restart=whole(said(below(element, "lvlRestart"))),
        legal=is_on(below(element, "isLgl")),
        style=said(below(element, "pStyle")),
    )


def _shown(level: _Level, levels: dict[int, _Level], counts: list[int | None]) -> str:
    if level.form == "bullet":
        return _BULLET if level.text else ""

    def place(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        each = levels.get(at)
        if each is None or each.form in ("none", "bullet"):
            return ""
        count = counts[at]
        return numeral("decimal" if level.legal else each.form, each.start if count is None else count)

    return _PLACE.sub(place, level.text).strip()
