"""How long something may take: so many days, working days or months after something else."""

from __future__ import annotations

from gettext import ngettext
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from ledger.domain.dates import months_after
from ledger.domain.workdays import add_workdays, after

if TYPE_CHECKING:
    import datetime as dt

    from ledger.domain.workdays import IsWorkday

Unit: TypeAlias = Literal["day", "workday", "month"]

#: The units as keys of the settings end in them: within_days, within_workdays, within_months.
UNITS: Final[tuple[Unit, ...]] = ("day", "workday", "month")


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
        return months_after(start, self.number) if self.unit == "month" else after(start, self.number)

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
