"""A deadline phrase as offices print it, read into a due date, a type and what remains open."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import TYPE_CHECKING, Literal, TypeAlias

from ledger.domain.clauses import Basis, Reading, Remark, no_calendar, read_clause, remark_text
from ledger.domain.dates import parse_date
from ledger.domain.nearby import is_nearby, settled
from ledger.domain.periods import plain, serial_date
from ledger.domain.text import excerpt
from ledger.errors import RefusedError, UsageError

if TYPE_CHECKING:
    import datetime as dt

    from ledger.domain.limits import Limit

__all__ = ["Basis", "Deadline", "Remark", "Term", "parse_deadline", "remark_text", "typed_deadline"]

Term: TypeAlias = Literal["immediate", "phased", "longterm"]

#: Longer than any deadline that means one; such a cell holds something else.
_LONGEST = 500
#: What stands where nothing is to be said.
_NOTHING = frozenset(
    {
        "", "-", "--", "/", "\\", "*", "...", "…", "……", "无", "暂无", "没有", "空", "n/a", "na", "nan",
        "none", "null",
    }
)  # fmt: skip

_IMMEDIATE = re.compile(
    "立[行整查知说]立改|即[知查改行]即[改销行]|(?:即时|立即|马上|即行|现场|当[场即天日])整?改|边[查督]边改|^即时|马上就办"
)
_CONTINUING = re.compile("长期|持续|常态|常年|常抓不懈|久久为功|一抓到底")
_PHASED = re.compile("限期|分阶段|阶段性整改|分步|短期|中期")
#: 短期…、中期…、长期… side by side: a legend, which names all three types.
_LEGEND = re.compile("[短中]期.*长期")
_STATUS_ALONE = re.compile("(?:基本|全部|全面|部分|阶段性)?(?:整改)?(?:完成|办结|销号|到位)(?:整改)?")


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


def parse_deadline(phrase: str, basis: Basis = Basis()) -> Deadline:  # noqa: B008 - frozen
    """What a printed deadline means; nothing is made up where it does not say.

    Shape: 底, 底前, 内 and a bare period give its last day; `X日前` that day itself; 前 after a
        month, a quarter, a year or a holiday without 底 gives the day before it begins (`2027年前` is
        2026-12-31, `2024年8月前` is 2024-07-31, with a remark); of several dates the last. A
        missing year is that of the date before it, else that of the basis. `N个月内` and its like
        count from the date named before it, else from the feedback, which itself is not counted.
        长期坚持 beside a date or 立行立改 makes it continuing, alone it is the long-term type.
        A bare date beside a status (已完成, 2025年3月) says when that was, and is no due date.

    Source: the forms met in public notices and ledgers; for 前 see DECISIONS.md.
    """
    text = phrase.strip()
    read = Reading(basis, basis.year)
    line = plain(text, basis.year) if len(text) <= _LONGEST else "?"
    if line.lower() in _NOTHING:
        return Deadline(text)
    if _LEGEND.search(line):
        return Deadline(text, remarks=(Remark.UNCLEAR,))
    if serial_date(text):
        read.remark(Remark.SERIAL)
    for clause in re.split(r"[,;:。!()\[\]【】]", line):
        read_clause(clause, read)
    deadline = _conclude(Deadline(text), line, read)
    if deadline.term == "immediate" and not read.is_dated and basis.immediate is not None:
        if basis.feedback is None:
            read.remark(Remark.NO_BASE)
        else:
            deadline = replace(deadline, due=_at_once(basis.feedback, basis.immediate, read))
    return replace(deadline, remarks=tuple(read.remarks))


def typed_deadline(words: str, basis: Basis = Basis(), *, today: dt.date) -> Deadline:  # noqa: B008
    """What somebody typed as a deadline: a date, `+15wd`, 下周三, or a phrase.

    Shape: as `parse_deadline`, the year of `today` for a missing one; `text` is empty for a
        plain date, which is no phrase to print, and has 明天 and 下月 as the days and months they are.

    Raises:
        UsageError: nothing could be read, or the date does not exist.
        RefusedError: it lies before the feedback, or the calendar does not know the year (from the basis).
    """
    deadline = _typed(words, basis, today)
    if deadline.due and basis.feedback and deadline.due < basis.feedback:
        message = _("{due} lies before the feedback of {feedback}, so nothing can be due then")
        raise RefusedError(
            message.format(due=deadline.due, feedback=basis.feedback),
            _("look at the year; if the feedback was earlier, mend feedback_on with: ledger config --edit"),
        )
    return deadline


def _typed(words: str, basis: Basis, today: dt.date) -> Deadline:
    line = plain(words, today.year) if len(words) <= _LONGEST else ""
    phrase = settled(line, today=today, is_workday=basis.is_workday) if is_nearby(line) else words
    try:
        return Deadline("", due=parse_date(phrase, today=today, is_workday=basis.is_workday))
    except UsageError as error:
        deadline = parse_deadline(phrase, basis._replace(year=today.year))
        if Remark.NO_SUCH_DATE in deadline.remarks:
            raise
        open_ = {Remark.UNCLEAR, Remark.UNDECIDED} & set(deadline.remarks)
        if deadline.text and deadline.status_text is None and not open_:
            return deadline
        message = _('no deadline can be read from "{words}"').format(words=excerpt(words))
        hint = _("write 2025-06-30, 2025年6月底前, 第二季度, 长期坚持 or +15wd")
        raise UsageError(message, hint=hint) from error


def _at_once(feedback: dt.date, limit: Limit, read: Reading) -> dt.date | None:
    """The day for what is put right at once; none beyond the calendar, or where it is not known."""
    try:
        return limit.end(feedback, read.basis.is_workday or no_calendar)
    except RefusedError:
        read.remark(Remark.NO_CALENDAR)
    except UsageError:
        read.remark(Remark.NO_SUCH_DATE)
    return None


def _conclude(deadline: Deadline, line: str, read: Reading) -> Deadline:
    """Weigh what was read together; the remarks that follow from it are added."""
    if _STATUS_ALONE.fullmatch(line) or _says_status(line, read):
        read.status = line
    due = max(read.days, default=None)
    if len(set(read.days)) > 1:
        read.remark(Remark.SEVERAL)
    if due and read.basis.feedback and due < read.basis.feedback:
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


def _says_status(line: str, read: Reading) -> bool:
    """Whether the whole phrase is a status as sheets print them, and nothing else was found in it."""
    if read.is_dated or read.status or read.recurs or read.remarks:
        return False
    if _term(line, is_settled=False)[0]:
        return False
    from ledger.domain.standing import standing  # only now: few deadlines are such

    return standing(line) is not None


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
