"""How long something may take: so many days, working days or months after something else."""

from __future__ import annotations

import re
from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from ledger.domain.text import excerpt, halfwidth
from ledger.domain.workdays import add_workdays, after
from ledger.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt

    from ledger.domain.workdays import IsWorkday

Unit: TypeAlias = Literal["day", "workday", "month"]

#: The units as keys of the settings end in them: within_days, within_workdays, within_months.
UNITS: Final[tuple[Unit, ...]] = ("day", "workday", "month")
#: 7, 7d, 15wd, 3m, as typed; 7天, 15个工作日, 3个月, as printed.
_TYPED = re.compile(
    "(?P<number>[0-9]{1,4})(?:(?P<workday>wd|个?工作日)|(?P<month>m|个月)|d|天|日|个?自然日)?内?"
)


class Limit(NamedTuple):
    """A length of time within which something is to be done: a reply, a sign-off, a milestone.

    Units: `number` of `unit`, which are days, working days or months.
    """

    number: int
    unit: Unit

    def end(self, start: dt.date, is_workday: IsWorkday) -> dt.date:
        """The last day on which it is in time when it runs from `start`, which itself is not counted.

        Raises:
            UsageError: the day lies beyond the calendar.
            RefusedError: working days of a year without a calendar (from `is_workday`).

        Source: 民法典 art. 201 and 202.
        """
        if self.unit == "workday":
            return add_workdays(start, self.number, is_workday)
        if self.unit == "month":
            from ledger.domain.dates import months_after  # every run reads limits, hardly any counts months

            return months_after(start, self.number)
        return after(start, self.number)

    def words(self) -> str:
        """The limit in words: 15 working days."""
        match self.unit:
            case "workday":
                said = ngettext("{count} working day", "{count} working days", self.number)
            case "month":
                said = ngettext("{count} month", "{count} months", self.number)
            case _:
                said = ngettext("{count} day", "{count} days", self.number)
        return said.format(count=self.number)


def parse_limit(words: str) -> Limit:
    """The length of time somebody typed or wrote into the settings.

    Shape: `7` and `7d` are days, `15wd` working days, `3m` months; 7天, 15个工作日 and 3个月 are read too.

    Raises:
        UsageError: it is none, or nothing at all.
    """
    found = _TYPED.fullmatch("".join(halfwidth(words).split()).lower())
    if not found or not int(found["number"]):
        message = _('"{words}" is no length of time').format(words=excerpt(words))
        raise UsageError(message, _("write 7 or 7d for days, 15wd for working days, 3m for months"))
    unit: Unit = "workday" if found["workday"] else "month" if found["month"] else "day"
    return Limit(int(found["number"]), unit)
