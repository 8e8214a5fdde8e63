"""A deadline phrase as offices print it, read into a due date, a type and what remains open."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from gettext import gettext as _
from typing import TYPE_CHECKING, Literal, TypeAlias

from ledger.domain.dates import parse_date
from ledger.domain.periods import periods, plain
from ledger.domain.spans import recurrence_in, span_in
from ledger.domain.text import excerpt
from ledger.domain.workdays import after
from ledger.errors import RefusedError, UsageError

if TYPE_CHECKING:
    from ledger.domain.periods import Period
    from ledger.domain.spans import Span
    from ledger.domain.workdays import IsWorkday

Term: TypeAlias = Literal["immediate", "phased", "longterm"]

#: Longer than any deadline that means one; such a cell holds something else.
_LONGEST = 500
_NOTHING = frozenset({"", "-", "/", "无"})


class Remark(StrEnum):
    """What a phrase left open, or what its reader should look at."""

    NO_YEAR = "no-year"
    NO_BASE = "no-base"
    OTHER_BASE = "other-base"
    NO_CALENDAR = "no-calendar"
    NO_SUCH_DATE = "no-such-date"
    RECURRING = "recurring"
    SCHOOL = "school-calendar"
    WINDOW = "own-window"
    STRICT = "before-period"
    SEVERAL = "several-dates"
    BEFORE_BASE = "before-base"
    STATUS = "status-word"
    UNCLEAR = "unclear"


def remark_text(remark: str) -> str:
    """A remark in a person's words; a code of no remark as it is."""
    words = {
        Remark.NO_YEAR: _("the phrase names no year, and no default year is set"),
        Remark.NO_BASE: _("the phrase counts from the feedback, whose date is not set"),
        Remark.OTHER_BASE: _("the phrase counts from an event whose date is not known"),
        Remark.NO_CALENDAR: _("the phrase counts working days of a year whose calendar is not known"),
        Remark.NO_SUCH_DATE: _("the date in the phrase does not exist"),
        Remark.RECURRING: _("the phrase recurs, so there is no single due date"),
        Remark.SCHOOL: _("the phrase depends on the school calendar"),
        Remark.WINDOW: _("the phrase depends on the period of the inspection or the rectification"),
        Remark.STRICT: _("a period before which it is due is read as the day before that period begins"),
        Remark.SEVERAL: _("the phrase names several dates; the last one is taken"),
        Remark.BEFORE_BASE: _("the due date lies before the feedback or the plan"),
        Remark.STATUS: _("a status stands where a deadline should"),
        Remark.UNCLEAR: _("no due date could be read from the phrase"),
    }
    return words.get(Remark(remark), remark) if remark in set(Remark) else remark


@dataclass(frozen=True, slots=True)
class Deadline:
    """What a phrase says.

    Shape: `text` is the phrase as printed; `continuing` goes with a date or with an immediate
        term; `review` is an ISO 8601 duration (`P1M`, `P3M`) for what recurs; `status_text` a
        status found in the deadline's place; `remarks` are `Remark` codes, each once.
    """

    text: str
    due: dt.date | None = None
    continuing: bool = False
    term: Term | None = None
    review: str | None = None
    status_text: str | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Given:
    base: dt.date | None
    is_workday: IsWorkday


@dataclass(slots=True)
class _Reading:
    """What the clauses read so far have said."""

    given: _Given
    year: int | None
    days: list[dt.date] = field(default_factory=list)
    is_dated: bool = False
    status: str | None = None
    review: str | None = None
    recurs: bool = False
    remarks: dict[str, None] = field(default_factory=dict)

    def remark(self, remark: Remark) -> None:
        self.remarks[remark] = None


_IMMEDIATE = re.compile(
    "立[行整查知说]立改|即[知查改行]即[改销行]|(?:即时|立即|马上|即行|当[场即天])整?改|边[查督]边改"
)
_CONTINUING = re.compile("长期|持续|常态|常抓不懈|久久为功|一抓到底")
_PHASED = re.compile("限期|分阶段|阶段性整改|分步|短期|中期")
#: 短期…、中期…、长期… side by side: a legend, which names all three types.
_LEGEND = re.compile("[短中]期.*长期")
_SCHOOL = re.compile("学期|学年|开学|暑假|寒假")
_WINDOW = re.compile("集中整改期|整改期[内间]|(?:巡[视察]|审计|督[察导]|检查)期间")

#: A status in a clause of its own; beside a date, 完成 alone still belongs to the deadline.
_STATUS = re.compile(
    "[尚暂]?未(?:完成|启动|整改(?:到位|完成)?|办结|销号|落实)|正在(?:推进|整改|进行|落实)"
    "|(?:整改|推进|进行|办理)中|逾期|超期"
)
_STATUS_ALONE = re.compile("(?:基本|全部|全面|部分|阶段性)?(?:整改)?(?:完成|办结|销号|到位)(?:整改)?")
_DONE = re.compile("已经?(?:全部|全面|基本|[于在].*?)?(?:整改|完成|办结|销号|到位|落实|解决).*")


def parse_deadline(
    phrase: str,
    *,
    base: dt.date | None = None,
    default_year: int | None = None,
    is_workday: IsWorkday | None = None,
    immediate_days: int | None = None,
) -> Deadline:
    """What a printed deadline means; nothing is made up where it does not say.

    Shape: 底, 底前, 内 and a bare period give its last day; `X日前` that day itself; 前 after a
        month, a quarter or a year without 底 gives the day before it begins (`2027年前` is
        2026-12-31, `2024年8月前` is 2024-07-31, with a remark); of several dates the last. A
        missing year is that of the date before it, else `default_year`. `N个月内` and its like
        count from the date named before it, else from `base`, which itself is not counted.
        长期坚持 beside a date or 立行立改 makes it continuing, alone it is the long-term type.
    Units: `base` the day of feedback or of the plan; `immediate_days` whole days after it for
        立行立改, None for no date.

    Source: the forms met in public notices and ledgers; for 前 see DECISIONS.md.
    """
    text = phrase.strip()
    read = _Reading(_Given(base, is_workday or _no_calendar), default_year)
    line = plain(text, default_year) if len(text) <= _LONGEST else "?"
    if line in _NOTHING:
        return Deadline(text)
    if _LEGEND.search(line):
        return Deadline(text, remarks=(Remark.UNCLEAR,))
    for clause in re.split(r"[,;:。()\[\]【】]", line):
        _read_clause(clause, read)
    deadline = _conclude(Deadline(text), line, read)
    if deadline.term == "immediate" and not read.is_dated and immediate_days is not None:
        if base is None:
            read.remark(Remark.NO_BASE)
        else:
            deadline = replace(deadline, due=after(base, immediate_days))
    return replace(deadline, remarks=tuple(read.remarks))


def typed_deadline(
    words: str,
    *,
    today: dt.date,
    base: dt.date | None = None,
    is_workday: IsWorkday | None = None,
    immediate_days: int | None = None,
) -> Deadline:
    """What somebody typed as a deadline: a date, `+15wd`, or a phrase.

    Shape: as `parse_deadline`, the year of `today` for a missing one; `text` is empty for a
        plain date, which is no phrase to print.

    Raises:
        UsageError: nothing could be read, or the date does not exist.
        RefusedError: the calendar does not know the year (from `is_workday`).
    """
    try:
        return Deadline("", due=parse_date(words, today=today, is_workday=is_workday))
    except UsageError as error:
        deadline = parse_deadline(
            words,
            base=base,
            default_year=today.year,
            is_workday=is_workday,
            immediate_days=immediate_days,
        )
        if Remark.NO_SUCH_DATE in deadline.remarks:
            raise
        if deadline.text and deadline.status_text is None and Remark.UNCLEAR not in deadline.remarks:
            return deadline
        message = _('no deadline can be read from "{words}"').format(words=excerpt(words))
        hint = _("write 2025-06-30, 2025年6月底前, 第二季度, 长期坚持 or +15wd")
        raise UsageError(message, hint=hint) from error


def _read_clause(clause: str, read: _Reading) -> None:
    """Add what one clause says to what has been read."""
    if _STATUS.fullmatch(clause):
        read.status = read.status or clause
        return
    if done := _DONE.search(clause):
        is_term = clause[: done.start()].endswith(("前", "底"))
        read.status = done.group() if is_term else clause
        clause = clause[: done.start()] if is_term else ""
    if recurrence := recurrence_in(clause):
        at, interval = recurrence
        read.recurs = True
        read.review = read.review or interval
        clause = clause[:at]
    if _SCHOOL.search(clause):
        read.remark(Remark.SCHOOL)
    elif _WINDOW.search(clause):
        read.remark(Remark.WINDOW)
    elif span := span_in(clause):
        _read_span(span, read)
    else:
        _read_periods(clause, read)


def _read_span(span: Span, read: _Reading) -> None:
    """Count a length of time from the day named before it, else from the feedback."""
    read.is_dated = True
    named = [period for period in periods(span.before) if period.is_day]
    if span.is_since_other and not named:
        read.remark(Remark.OTHER_BASE)
        return
    try:
        base = _last_day(named[-1], read) if named else read.given.base
        if base:
            read.days.append(span.end(base, read.given.is_workday))
        elif not named:
            read.remark(Remark.NO_BASE)
    except RefusedError:
        read.remark(Remark.NO_CALENDAR)
    except UsageError:
        read.remark(Remark.NO_SUCH_DATE)


def _no_calendar(day: dt.date) -> bool:
    raise RefusedError(_("the working days of {year} are not known").format(year=day.year))


def _read_periods(clause: str, read: _Reading) -> None:
    """Add the last day of each period a clause names."""
    for period in periods(clause):
        if period.starts:
            read.year = period.year or read.year
            continue
        read.is_dated = True
        try:
            day = _last_day(period, read)
        except UsageError:
            read.remark(Remark.NO_SUCH_DATE)
            continue
        if day:
            read.days.append(day)


def _last_day(period: Period, read: _Reading) -> dt.date | None:
    """The day a period means as a deadline; None when nobody says which year.

    Raises:
        UsageError: there is no such day.
    """
    read.year = period.year or read.year
    if read.year is None:
        read.remark(Remark.NO_YEAR)
        return None
    first, last = period.bounds(read.year)
    if period.before and not period.ends and not period.is_day:
        read.remark(Remark.STRICT)
        return first - dt.timedelta(days=1)
    return last


def _conclude(deadline: Deadline, line: str, read: _Reading) -> Deadline:
    """Weigh what was read together; the remarks that follow from it are added."""
    if _STATUS_ALONE.fullmatch(line):
        read.status = line
    due = max(read.days, default=None)
    if len(set(read.days)) > 1:
        read.remark(Remark.SEVERAL)
    if due and read.given.base and due < read.given.base:
        read.remark(Remark.BEFORE_BASE)
    if read.status:
        read.remark(Remark.STATUS)
    term, continuing = _term(line, is_settled=read.is_dated or read.status is not None)
    if read.recurs and due is None and term != "longterm":
        read.remark(Remark.RECURRING)
    if due is None and term in {None, "phased"} and not read.remarks:
        read.remark(Remark.UNCLEAR)
    return replace(
        deadline, due=due, term=term, continuing=continuing, review=read.review, status_text=read.status
    )


def _term(line: str, *, is_settled: bool) -> tuple[Term | None, bool]:
    """The type of rectification, and whether it continues after its date."""
    goes_on = bool(_CONTINUING.search(line))
    if _IMMEDIATE.search(line):
        return "immediate", goes_on
    if _PHASED.search(line):
        return "phased", goes_on
    if goes_on and not is_settled:
        return "longterm", False
    return None, goes_on
