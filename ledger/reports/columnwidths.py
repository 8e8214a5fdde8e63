"""How wide the columns of a table are, so that what belongs together is not broken."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.text import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: What is not to be broken: a word, a date, a number.
_WHOLE: Final = re.compile(r"[!-~]{2,}")
#: The longest of those that is kept whole; a hash or an address is broken. Units: half characters.
_LONGEST: Final = 12
#: A line no longer is not broken at all, such as a name or a status. Units: half characters.
_SHORT: Final = 6
#: What a column has beside its text: its two margins. Units: half characters.
MARGINS: Final = 2
#: The most a column may ask for before its table lies. Units: half characters.
_MODEST: Final = 20
#: So much of a heading stands on one line where there is room. Units: half characters.
_HEADING: Final = 8
#: What part of the room columns that want no more than a modest one may take before they are broken.
_FIRM: Final = 0.85
#: The narrowest column: two Chinese characters. The widest one text asks for. Units: half characters.
_LEAST: Final = 4
_MOST: Final = 120


class Need(NamedTuple):
    """How wide a column has to be at least, and how wide it would be at most.

    Units: half characters; `texts` without its heading, which may be broken.
    """

    least: int
    most: int
    texts: int


def need(heading: str, texts: Iterable[str]) -> Need:
    """What a column needs for its heading and its texts."""
    least = most = _LEAST
    for text in texts:
        for line in text.split("\n"):
            wide = width(line) if len(line) < _MOST else _MOST
            most, least = max(most, wide), max(least, wide if wide <= _SHORT else _whole(line))
    least = max(least, _whole(heading))
    return Need(least, max(least, most, min(width(heading), _HEADING)), max(least, most))


def lies(needs: Iterable[Need], room: float) -> bool:
    """Whether a table is too wide for the room of an upright page."""
    return sum(min(each.texts, max(_MODEST, each.least)) + MARGINS for each in needs) > room


def _whole(text: str) -> int:
    return max((min(len(each), _LONGEST) for each in _WHOLE.findall(text)), default=0)


def shared(needs: Sequence[Need], room: float) -> list[float]:
    """The room shared out: who needs little gets it, the rest share by the root of what they want.

    Shape: as many widths as needs; together they are `room`. Columns that want little get all of it, where
        that leaves enough for the others.
    """
    firm = [each._replace(least=each.most) if each.most <= _MODEST else each for each in needs]
    if sum(each.least for each in firm) <= room * _FIRM:
        needs = firm
    wanting = set(range(len(needs)))
    widths = [0.0] * len(needs)
    left = room
    while wanting:
        whole = sum(math.sqrt(needs[place].most) for place in wanting)
        share = {place: left * math.sqrt(needs[place].most) / whole for place in wanting}
        content = {place for place in wanting if needs[place].most <= share[place]}
        tight = {place for place in wanting if needs[place].least > share[place]}
        settled = tight or content
        if not settled or settled == wanting:
            for place in wanting:
                widths[place] = share[place]
            break
        for place in settled:
            widths[place] = needs[place].least if tight else needs[place].most
            left -= widths[place]
        wanting -= settled
    return _stretched(widths, room)


def _stretched(widths: Sequence[float], room: float) -> list[float]:
    whole = sum(widths)
    return [each * room / whole for each in widths]
