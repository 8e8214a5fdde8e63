"""What the tags, names and styles of a web page say about how its parts are shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledger.intake.formats.numberforms import numeral

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCK_TAGS = (
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table"
    " tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_SHOWN_AS_BLOCK = re.compile(r"(?:^|;)\s*display\s*:\s*(?:block|flex|table|list-item)", re.IGNORECASE)
_FLOATS = re.compile(r"float\s*:\s*left", re.IGNORECASE)
#: Not "visibility: hidden": articles of one large platform carry it until a script shows them.
_HIDDEN = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|mso-element\s*:\s*(?:foot|end)?(?:note|comment)-list",
    re.IGNORECASE,
)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z][a-z-]{2,40})", re.IGNORECASE)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
#: Names authors of sites give to what stands around an article. Source: public pages of offices.
_FURNITURE_NAMES = (
    "nav navbar menu breadcrumb breadcrumbs crumb crumbs bread footer foot copyright share toolbar sidebar"
    " related relative recommend login qrcode pagination pager weizhi dqwz aside bdsharebuttonbox"
)
_FURNITURE = frozenset(_FURNITURE_NAMES.split())
_LETTER_TYPES = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_PLAIN = {
    "decimal": ("decimal", "."), "decimal-leading-zero": ("decimalZero", "."),
    "lower-alpha": ("lowerLetter", "."), "lower-latin": ("lowerLetter", "."),
    "upper-alpha": ("upperLetter", "."), "upper-latin": ("upperLetter", "."),
    "lower-roman": ("lowerRoman", "."), "upper-roman": ("upperRoman", "."),
    "cjk-ideographic": ("chineseCountingThousand", "、"), "cjk-decimal": ("ideographDigital", "、"),
    "simp-chinese-informal": ("chineseCountingThousand", "、"),
    "trad-chinese-informal": ("chineseCountingThousand", "、"),
    "cjk-heavenly-stem": ("ideographTraditional", "、"), "cjk-earthly-branch": ("ideographZodiac", "、"),
    "japanese-informal": ("chineseCountingThousand", "、"),
    "simp-chinese-formal": ("chineseLegalSimplified", "、"),
    "trad-chinese-formal": ("ideographLegalTraditional", "、"),
}  # fmt: skip
#: Styles by which a list shows no numbers of its own.
_BARE = frozenset(("none", "inside", "outside", "initial", "inherit"))


def is_block(element: _Element) -> bool:
    """Whether the element stands on lines of its own."""
    if element.tag in _BLOCKS:
        return True
    style = element.get("style") or ""
    return bool(_SHOWN_AS_BLOCK.search(style)) and not _FLOATS.search(style)


def is_hidden(element: _Element) -> bool:
    """Whether a reader of the page never sees the element."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def names_furniture(element: _Element) -> bool:
    """Whether the site's author named the element as a part that stands around an article."""
    names = f"{element.tag} {element.get('class') or ''} {element.get('id') or ''}"[:400]
    return not _FURNITURE.isdisjoint(word.lower() for word in _WORDS.findall(names))


def label_form(element: _Element) -> str | None:
    """How a list or an item says that it is numbered; None where it says nothing."""
    styled = _LIST_STYLE.search(element.get("style") or "")
    if styled:
        return styled[1].lower()
    said = element.get("type") or ""
    return _LETTER_TYPES.get(said) or (said.lower() or None)


def shows_label(form: str, number: int) -> str:
    """What stands before an item numbered in that form."""
    if form in _BARE:
        return ""
    name, stop = _PLAIN.get(form, (None, ""))
    if name is None:
        return "• "
    glue = " " if stop == "." else ""
    return f"{numeral(name, number)}{stop}{glue}"
