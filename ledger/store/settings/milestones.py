"""``[[milestones]]`` in the settings: what the office itself owes by when."""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.milestones import FEEDBACK, WINDOW, Milestone
from ledger.store.settings.limits import limit

if TYPE_CHECKING:
    from ledger.store.settings.reader import Reader

_CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_EVENTS = (FEEDBACK, WINDOW)


def milestones(top: Reader) -> tuple[Milestone, ...]:
    """The milestones, in their order.

    Raises:
        DamageError: a code is missing, twice or taken, or one counts from what does not stand before it.
    """
    found: dict[str, Milestone] = {}
    for row in top.tables("milestones"):
        code = row.take("code", str, "")
        if not _CODE.fullmatch(code) or code in _EVENTS:
            raise row.wrong("code", _('a short ASCII name such as "plan" is expected'))
        if code in found:
            raise row.wrong("code", _("{code} is given twice").format(code=code))
        after = row.one_of("after", (*_EVENTS, *found), FEEDBACK)
        place = row.file.place_of(f'"{code}"')
        found[code] = Milestone(code, row.take("label", str, ""), limit(row), after, place)
    return tuple(found.values())
