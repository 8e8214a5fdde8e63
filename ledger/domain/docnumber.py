"""Numbers of official documents (文号): 整改办函〔2025〕7号, and which of a series comes next."""

from __future__ import annotations

import re
import unicodedata
from string import Formatter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What stands around the year, as keyboards have it. Source: GB/T 9704-2012 §7.2.5 asks for 〔〕.
_BRACKETS: Final = str.maketrans({**dict.fromkeys("[(【{<《", "〔"), **dict.fromkeys("])】}>》", "〕")})
#: What an office may leave open in the form of its numbers; the last one counts.
PLACES: Final = ("prefix", "series", "year", "n")
#: A number that stands for any while a form is taken apart.
_SOME: Final = 987_654_321


def is_form(form: str) -> bool:
    """Whether a form of numbers can be counted on: it has one place for the number, and no strange places."""
    try:
        parts = [each[1:] for each in Formatter().parse(form) if each[1] is not None]
    except ValueError:
        return False
    plain = all(place in PLACES and not spec and how is None for place, spec, how in parts)
    return plain and [place for place, _spec, _how in parts].count("n") == 1


def folded(number: str) -> str:
    """What makes two numbers the same: blanks, width, kinds of brackets, 第 and leading zeros do not."""
    text = "".join(unicodedata.normalize("NFKC", number).split()).translate(_BRACKETS).casefold()
    return re.sub(r"第?(?<![0-9])0*([1-9][0-9]*)", r"\1", text)


def following(form: str, given: Iterable[str], **places: object) -> str:
    """The number after the last of its series.

    Shape: `form` has a place ``{n}``, and places for what `places` gives; `given` are all numbers that were
        ever given, of whatever series.
    """
    before, _n, after = folded(form.format(n=_SOME, **places)).rpartition(str(_SOME))
    own = re.compile(rf"{re.escape(before)}([0-9]{{1,18}}){re.escape(after)}")
    found = (own.fullmatch(folded(number)) for number in given)
    return form.format(n=max((int(each[1]) for each in found if each), default=0) + 1, **places)
