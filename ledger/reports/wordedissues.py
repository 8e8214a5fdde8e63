"""The issues of a public notice in words: what each is called, what was achieved, how the open ones stand."""

from __future__ import annotations

from gettext import pgettext
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.moves import Status
from ledger.reports.noticewords import together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ledger.domain.issue import Issue, Measure
    from ledger.reports.numbering import Numbering

#: What is taken off the end of a result before the next one follows.
_ENDS: Final = "；;。，,、. 　\t\n"
#: What ends a sentence as well as a stop does.
_STOPS: Final = ("！", "？", "!", "?")
#: The statuses in which the work itself is over.
_OVER: Final = frozenset({Status.DONE, Status.CLOSING, Status.CLOSED})


class Matter(NamedTuple):
    """An issue to be put into words: the measures that count for it, and its number on paper."""

    issue: Issue
    measures: Sequence[Measure]
    number: int

    @property
    def results(self) -> tuple[str, ...]:
        """What was achieved by each measure; by the issue itself where no measure says anything."""
        found = [each.result for each in self.measures if each.result]
        return tuple(each.rstrip(_ENDS) for each in found or filter(None, (self.issue.result,)))

    @property
    def silent(self) -> tuple[str, ...]:
        """The ids of what has no result to print."""
        if self.measures or self.issue.result:
            return tuple(each.id for each in self.measures if not each.result)
        return (self.issue.id,)

    @property
    def is_finished(self) -> bool:
        """Whether nothing needs saying about how it stands.

        Shape: one on which nobody has worked here, but all of which has a result, came from a notice that
            tells what was done.
        """
        if self.issue.status is Status.PENDING:
            return not self.silent
        return self.issue.status in _OVER


class Worded(NamedTuple):
    """An issue as a notice prints it.

    Shape: `heading` is a line of its own, empty for a theme, whose name begins its first paragraph.
    """

    matter: Matter
    heading: str
    paragraphs: tuple[str, ...]


class Wording:
    """The words for issues in the language spoken now, looked up once."""

    def __init__(self, marks: Numbering, wanted: str) -> None:
        """Number results as `wanted` (ordinal or numbered) where they can be."""
        self.marks, self.wanted = marks, wanted
        self._heading, self._stop = pgettext("notice", "“{title}”"), pgettext("notice", "{sentence}.")
        self._done = pgettext("notice", "What was done: {results}")
        self._came = pgettext("notice", "What came of it: {result}")
        self._goal = pgettext("notice", "{standing}; goal of the stage: {goal}")
        self._finished = pgettext("notice", "It is rectified")
        self._open = {
            Status.PENDING: pgettext("notice", "Work on it has not begun yet"),
            Status.ACTIVE: pgettext("notice", "Work on it is under way"),
            Status.INTERIM: pgettext("notice", "It is done for the present stage"),
            Status.LONGTERM: pgettext("notice", "It is carried on as long-term work"),
        }
        self._between = pgettext("document", "; ")

    def worded(self, matter: Matter, reads: Callable[[Worded], bool]) -> Worded:
        """An issue in words.

        Shape: `reads` says whether what is printed would be read as what it is; where it is with no
            numbering, it is printed as wanted all the same.
        """
        forms = self._forms(matter)
        found = (each for form in forms if reads(each := self._worded(matter, form)))
        return next(found, None) or self._worded(matter, forms[0])

    def _forms(self, matter: Matter) -> Sequence[str]:
        """The numberings to try, the one that is wanted first; a single result needs none."""
        if matter.issue.kind == "theme":
            return ["sentences", "numbered", "circled"]
        numbered = list(dict.fromkeys((self.wanted, "ordinal", "numbered", "circled")))
        return ["sentences", *numbered] if len(matter.results) == 1 else numbered

    def _worded(self, matter: Matter, form: str) -> Worded:
        issue = matter.issue
        told = self._told(matter.results, form)
        if issue.kind == "theme":
            heading = ""
            first = self.marks.ordinal(matter.number) + together([self._sentence(issue.title), told])
        else:
            heading = self._titled(matter)
            first = self._done.format(results=told) if told else ""
        achieved = issue.result if any(each.result for each in matter.measures) else ""
        second = self._came.format(result=self._sentence(achieved)) if achieved else ""
        return Worded(matter, heading, tuple(filter(None, (first, second, self._standing(matter)))))

    def _titled(self, matter: Matter) -> str:
        """What an issue is called; a title that says 关于…的问题 itself is not put into these words again."""
        title = matter.issue.title
        whole = title.startswith("关于") and title.endswith("问题")
        return self.marks.item(matter.number) + (title if whole else self._heading.format(title=title))

    def _told(self, results: Sequence[str], form: str) -> str:
        """What was achieved, one thing behind the other; empty where there is nothing."""
        if form == "sentences" or not results:
            return together(map(self._sentence, results))
        mark = getattr(self.marks, form)
        return self._sentence(self._between.join(f"{mark(at)}{each}" for at, each in enumerate(results, 1)))

    def _sentence(self, text: str) -> str:
        """The text with a stop behind it, unless it ends a sentence already."""
        bare = text.rstrip(_ENDS)
        return bare if bare.endswith(_STOPS) else self._stop.format(sentence=bare)

    def _standing(self, matter: Matter) -> str:
        """How an issue stands that is not finished, in the words of the trade; else empty."""
        status = matter.issue.status
        if matter.is_finished:
            return "" if matter.results or status not in _OVER else self._sentence(self._finished)
        goals, said = self._between.join(_goals(matter)), self._open[status]
        return self._sentence(self._goal.format(standing=said, goal=goals) if goals else said)


def _goals(matter: Matter) -> Iterator[str]:
    """The goals of the stage, of the issue and of its measures, each once."""
    named = (each.interim_goal.rstrip(_ENDS) for each in (matter.issue, *matter.measures))
    return iter(dict.fromkeys(filter(None, named)))
