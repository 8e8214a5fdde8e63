"""What a Word file's styles say of numbering and of hidden text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

#: The namespace of the text itself.
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Styles a style may be based on, one on the other. Source: Word allows 11 levels.
_DEEPEST = 20


def below(element: _Element | None, *names: str) -> _Element | None:
    """The first child of that name, its child of the next, and so on; None where one is missing."""
    for name in names:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def said(element: _Element | None, name: str = "val") -> str | None:
    """An attribute of the element."""
    return None if element is None else element.get(W + name)


def is_on(element: _Element | None) -> bool:
    """Whether a switch such as hidden text is there and not turned off again."""
    return element is not None and said(element) not in ("0", "false", "off")


def whole(text: str | None) -> int | None:
    """A whole number up to six digits; None where it is none."""
    bare = (text or "").strip()
    return int(bare) if bare.isascii() and bare.removeprefix("-").isdigit() and len(bare) <= 7 else None


@dataclass(frozen=True, slots=True)
class NumPr:
    """The list and the level a paragraph or a style asks for; None for what it leaves out."""

    num: str | None
    level: int | None


def num_pr(properties: _Element | None) -> NumPr | None:
    """What a paragraph's properties say of its numbering."""
    found = below(properties, "numPr")
    if found is None:
        return None
    return NumPr(said(below(found, "numId")), whole(said(below(found, "ilvl"))))


class Styles:
    """The styles of a document by their names in it."""

    def __init__(self, root: _Element | None) -> None:
        every = root.findall(W + "style") if root is not None else []
        self._styles = {said(each, "styleId") or "": each for each in every}
        self.default = next(
            (
                said(each, "styleId")
                for each in every
                if said(each, "type") == "paragraph" and said(each, "default") in ("1", "true", "on")
            ),
            None,
        )

    def _chain(self, name: str | None) -> Iterator[tuple[str, _Element]]:
        for _level in range(_DEEPEST):
            style = self._styles.get(name or "")
            if name is None or style is None:
                return
            yield name, style
            name = said(below(style, "basedOn"))

    def numbering(self, name: str | None) -> tuple[str, NumPr] | None:
        """The nearest style that asks for a list, and what it asks for."""
        for each, style in self._chain(name):
            found = num_pr(below(style, "pPr"))
            if found and found.num is not None:
                return each, found
        return None

    def hides(self, name: str | None) -> bool:
        """Whether text of the style is hidden."""
        for _each, style in self._chain(name):
            switch = below(style, "rPr", "vanish")
            if switch is not None:
                return is_on(switch)
        return False
