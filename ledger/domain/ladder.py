"""The ladder of letters an office climbs when work is late, and which rung its rules call for (督办阶梯)."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias, get_args

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

#: How a letter about a measure stands on some day: a draft; sent, with time left to answer, or nothing to
#: answer; not answered in time; answered; answered, but not well enough; answered, the work not finished.
Standing: TypeAlias = Literal[
    "draft", "awaiting", "sent", "unanswered", "answered", "inadequate", "unfinished"
]
#: What may go wrong with a letter so that the next rung is called for.
Failing: TypeAlias = Literal["unanswered", "inadequate", "unfinished"]
FAILINGS: Final[tuple[Failing, ...]] = get_args(Failing)

#: What stands behind `month_ends` in a cause.
_LIGHT_AND_FIGURE: Final = 2
#: While a letter stands like this, another of its rung would say the same.
PENDING: Final = frozenset({"draft", "awaiting"})


class Rung(NamedTuple):
    """One kind of letter, and when it is called for.

    Shape: `zh` and `en` are what it is called in documents of each language; `series` begins its numbers,
        its own name where it is empty. Any of these calls for it: a deadline `before` days ahead or nearer;
        `late` days past; a light shown at so many `month_ends`; a letter of the rung below that fails in one
        of the ways of `after`. `consequence` says whether the text names what follows. `place` is where in
        the settings it stands; empty for the ladder that ships.
    Units: `before` and `late` calendar days; `reply_workdays` and `finish_workdays` working days from
        signing, None where no answer is asked for, or no date set.
    """

    code: str
    zh: str
    en: str
    series: str = ""
    before: int | None = None
    late: int | None = None
    month_ends: Mapping[str, int] = MappingProxyType({})
    after: tuple[Failing, ...] = ()
    reply_workdays: int | None = None
    finish_workdays: int | None = None
    consequence: bool = True
    place: str = ""

    def label(self, language: str) -> str:
        """What documents in a language call it."""
        return self.en if language == "en" else self.zh


#: The rungs as inspected bodies name them in what they publish: 工作提示, 约谈提醒, 督办函, 通报批评 and
#: 挂牌督办. Their days differ from place to place: a week ahead is where the yellow light begins; red from
#: 15 days late (a builder's projects in Shenzhen); twice yellow and a letter goes out, red and the leader is
#: called in (广元). Source: DECISIONS.md D-83.
RUNGS: Final = (
    Rung("reminder", "工作提示", "Reminder", before=7, consequence=False),
    Rung("prompt", "整改提示函", "Letter of prompting", late=1, reply_workdays=5, finish_workdays=15,
         consequence=False),
    Rung("supervise", "督办函", "Supervision letter", late=15, month_ends=MappingProxyType({"yellow": 2}),
         after=FAILINGS, reply_workdays=5, finish_workdays=10),
    Rung("interview", "约谈通知", "Call for a talk", month_ends=MappingProxyType({"red": 2}), after=FAILINGS,
         reply_workdays=5, finish_workdays=10),
    Rung("criticism", "通报批评", "Public criticism", after=FAILINGS, reply_workdays=5, finish_workdays=10),
    Rung("listing", "挂牌督办", "Listed supervision", after=FAILINGS, reply_workdays=5, finish_workdays=20),
)  # fmt: skip

#: The form of a number where the office does not say: who sends it, the year, the place in the series.
#: Source: GB/T 9704-2012 §7.2.5.
NUMBERS: Final[Mapping[str, str]] = MappingProxyType(
    {"zh": "{prefix}{series}〔{year}〕{n}号", "en": "{prefix}{series} ({year}) No. {n}"}
)


class Ladder(NamedTuple):
    """How an office writes letters: its rungs, the mildest first, and what all of them say.

    Shape: `number` is the form of their numbers, empty for that of `NUMBERS`; `prefix` stands before the
        series in them; `copies` get every letter.
    """

    rungs: tuple[Rung, ...] = RUNGS
    prefix: str = ""
    number: str = ""
    contact: str = ""
    copies: tuple[str, ...] = ()

    def rung(self, code: str) -> Rung | None:
        """The rung of that code, if there still is one."""
        return next((each for each in self.rungs if each.code == code), None)

    def above(self, code: str) -> Rung | None:
        """The rung that follows."""
        codes = [each.code for each in self.rungs]
        place = codes.index(code) + 1 if code in codes else len(codes)
        return self.rungs[place] if place < len(codes) else None


class Sent(NamedTuple):
    """A letter about something, withdrawn ones apart.

    Shape: `due` is the deadline it was about: a deadline that was moved since begins anew.
    """

    id: str
    rung: str
    due: dt.date | None
    standing: Standing


class Cause(NamedTuple):
    """Why a rung is called for: the rule that was met, with its figure, or the letter that failed."""

    rule: Literal["before", "late", "month_ends", "unanswered", "inadequate", "unfinished"]
    figure: int = 0
    light: str = ""
    letter: str = ""

    @property
    def code(self) -> str:
        """The same in one word, as records keep it: late:15, month_ends:yellow:2, unanswered:L3."""
        return ":".join(filter(None, (self.rule, self.light, self.letter or str(self.figure))))


def cause_of(code: str) -> Cause | None:
    """The cause that a record keeps in one word; None where there is none, or nobody can read it."""
    rule, *rest = code.split(":")
    for failing in FAILINGS:
        if rule == failing and len(rest) == 1:
            return Cause(failing, letter=rest[0])
    if not rest or not (rest[-1].isascii() and rest[-1].isdecimal()):
        return None
    if rule == "month_ends" and len(rest) == _LIGHT_AND_FIGURE:
        return Cause("month_ends", int(rest[1]), rest[0])
    if rule == "late":
        return Cause("late", int(rest[-1]))
    return Cause("before", int(rest[-1])) if rule == "before" else None


class Case(NamedTuple):
    """What the rules look at: one measure, or an issue without any, on one day.

    Shape: `due` is the date from which it is late, None without one; `shown` says at how many month ends
        since which light stood; `letters` are all about it, the oldest first.
    Units: `days` late, negative when days are left.
    """

    due: dt.date | None
    days: int | None
    shown: Mapping[str, int] = MappingProxyType({})
    letters: Sequence[Sent] = ()


def called_for(ladder: Ladder, case: Case) -> tuple[Rung, Cause] | None:
    """The highest rung the rules call for now, above all that were taken for this deadline; None for none.

    A rung is taken once for one deadline: who was written to is not written to again until the deadline is
    moved and passes, or the letter fails, which calls for the next rung.
    """
    places = {rung.code: place for place, rung in enumerate(ladder.rungs)}
    taken = [each for each in case.letters if each.due == case.due and each.rung in places]
    pending = {each.rung for each in case.letters if each.standing in PENDING}
    reached = max((places[each.rung] for each in taken), default=-1)
    for place in range(len(ladder.rungs) - 1, reached, -1):
        rung = ladder.rungs[place]
        if rung.code in pending:
            return None
        cause = _cause(rung, case, [each for each in taken if places[each.rung] == place - 1])
        if cause is not None:
            return rung, cause
    return None


def _cause(rung: Rung, case: Case, below: Sequence[Sent]) -> Cause | None:
    if below and below[-1].standing in rung.after:
        for failing in FAILINGS:
            if below[-1].standing == failing:
                return Cause(failing, letter=below[-1].id)
    if case.days is None:
        return None
    for code, count in rung.month_ends.items():
        if case.shown.get(code, 0) >= count:
            return Cause("month_ends", count, code)
    if rung.late is not None and case.days >= rung.late:
        return Cause("late", rung.late)
    if rung.before is not None and 0 <= -case.days <= rung.before:
        return Cause("before", rung.before)
    return None
