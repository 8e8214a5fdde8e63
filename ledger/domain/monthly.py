"""At how many month ends which light has stood (两次黄灯): what a ladder of letters is climbed by."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ledger.domain.lights import days_late, light, month_ends

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ledger.domain.settings import Light


#: A light that shows earlier than this shows always. Units: days, ten years.
_ALWAYS = -3650


def shown(
    due: dt.date, status: str, day: dt.date, lights: Sequence[Light], codes: Collection[str]
) -> Mapping[str, int]:
    """At how many month ends up to `day` each light of `codes` stood, by the deadline there is.

    Shape: a deadline that was moved counts anew, as its letters do; only what lights show by days counts.
    """
    begins = [each.from_days for each in lights if each.code in codes and each.from_days is not None]
    ahead = max(min(begins, default=0), _ALWAYS, (dt.date.min - due).days)
    first = due + dt.timedelta(days=ahead)
    counts: dict[str, int] = {}
    for end in month_ends(first, day) if first <= day else ():
        code = light(days_late(due, end), status, lights)
        if code is not None and code in codes:
            counts[code] = counts.get(code, 0) + 1
    return counts
