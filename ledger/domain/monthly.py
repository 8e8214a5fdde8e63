"""At how many month ends which light has stood (两次黄灯): what a ladder of letters is climbed by."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ledger.domain.lights import days_late, light, month_ends

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.domain.settings import Light


def shown(due: dt.date, status: str, day: dt.date, lights: Sequence[Light]) -> Mapping[str, int]:
    """At how many month ends up to `day` each light stood, by the deadline there is.

    Shape: a deadline that was moved counts anew, as its letters do; the last of `lights`, which shows while
        nothing is wrong, is not counted.
    """
    begins = [each.from_days for each in lights[:-1] if each.from_days is not None]
    first = due + dt.timedelta(days=max(min(begins, default=0), (dt.date.min - due).days))
    counts: dict[str, int] = {}
    for end in month_ends(first, day) if first <= day else ():
        code = light(days_late(due, end), status, lights[:-1])
        if code is not None:
            counts[code] = counts.get(code, 0) + 1
    return counts
