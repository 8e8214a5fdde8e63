"""``[[lights]]`` of ``ledger.toml``: what makes each colour show, what it is called, what it leads to."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Final

from ledger.domain.settings import LIGHTS, Light

if TYPE_CHECKING:
    from collections.abc import Collection

    from ledger.store.settings.reader import Reader

#: The colours that codes may name; an office's own word stands in `label`.
CODES: Final = ("red", "orange", "yellow", "blue", "green")
#: The conditions with the least and the most each may say. Units: days, percent, percentage points, times,
#: months, periods; a hundred years of days, since "always" is written as days left.
CONDITIONS: Final = {
    "from_days": (-36_525, 36_525),
    "time_used": (1, 1000),
    "points_behind": (1, 100),
    "returns": (1, 100),
    "months_quiet": (1, 120),
    "missed": (1, 1000),
}
_MOST_TIMES: Final = 120
#: Longer than any word on a table.
_LONGEST: Final = 20


def lights(top: Reader, letters: Collection[str]) -> tuple[Light, ...]:
    """The lights, from the strictest on; those that ship where the office says nothing.

    Shape: `letters` are the codes of the rungs a light may lead to. Lights of days alone are put in order,
        others stand as the file has them.

    Raises:
        DamageError: a value is not what it should be; file and line are named.
    """
    found: list[Light] = []
    for row in top.tables("lights"):
        each = _light(row, letters)
        if each.code in {other.code for other in found}:
            raise row.wrong("code", _("there is a light of that colour already"))
        found.append(each)
    for row, each in zip(top.tables("lights"), found, strict=True):
        _after(row, each, found)
    if all(each.only_days for each in found):
        found.sort(key=lambda each: -(each.from_days or 0))
    return tuple(found) or LIGHTS


def _light(row: Reader, letters: Collection[str]) -> Light:
    code = row.one_of("code", CODES, "")
    conditions = {key: _whole(row, key, *bounds) for key, bounds in CONDITIONS.items()}
    given = [key for key, value in conditions.items() if value is not None]
    after = row.take("after", str, "")
    if after:
        given.append("after")
    if not given:
        known = ", ".join((*CONDITIONS, "after"))
        raise row.wrong("code", _("what makes it show is expected: one of {keys}").format(keys=known))
    letter = row.one_of("letter", tuple(letters), "") if "letter" in row.values else ""
    places = {key: f"{row.file.path.name}:{row.line_of(key)}" for key in given}
    return Light(
        code=code,
        label=_short(row, "label"),
        after=after,
        times=_whole(row, "times", 1, _MOST_TIMES) or int(bool(after)),
        letter=letter,
        assessment=_short(row, "assessment"),
        place=places[given[0]],
        places=places,
        **conditions,
    )


def _after(row: Reader, each: Light, found: Collection[Light]) -> None:
    others = [other.code for other in found if not other.after]
    if each.after and each.after not in others:
        raise row.wrong("after", _("one of {codes} is expected").format(codes=", ".join(others)))
    if row.values.get("times") is not None and not each.after:
        raise row.wrong("times", _("it belongs to a light that shows after another one"))


def _whole(row: Reader, key: str, least: int, most: int) -> int | None:
    value = row.whole(key)
    if value is not None and not least <= value <= most:
        reason = _("a whole number from {least} to {most} is expected").format(least=least, most=most)
        raise row.wrong(key, reason)
    return value


def _short(row: Reader, key: str) -> str:
    text = row.take(key, str, "").strip()
    if len(text) > _LONGEST or "\n" in text or not (text.isprintable()):
        raise row.wrong(key, _("at most {most} characters on one line are expected").format(most=_LONGEST))
    return text
