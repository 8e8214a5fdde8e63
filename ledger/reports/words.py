"""The words of documents: stored codes as a reader knows them, in the language spoken now."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING

from ledger.domain.codewords import CODE_WORDS
from ledger.domain.headings import HEADINGS
from ledger.reports.views import Column, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.domain.issue import Issue, Target
    from ledger.domain.settings import Light, Settings


class Words:
    """The words of one language, looked up once: one look-up costs as much as a row of a table.

    Attributes:
        field: Words of fields, by code; `status`, `terms` and `outcome` likewise.
    """

    def __init__(self) -> None:
        """Look the words up in the language spoken now."""
        self.field, self.status, self.outcome = by_code("field"), by_code("status"), by_code("outcome")
        self.terms, self._flag, self._kind = by_code("term"), by_code("flag"), by_code("kind")
        self.withheld = by_code("withheld")
        self._between = pgettext("document", ", ")
        self._kept_up, self._then_kept_up = _("kept up"), _("{term}, then kept up")
        self._asked = {"extend": _("extension asked for"), "longterm": _("long-term asked for")}

    def columns(self, *codes: str | tuple[str, Kind] | Column) -> tuple[Column, ...]:
        """Columns headed by the words of fields; a finished column stands as it is."""
        made = []
        for code in codes:
            if isinstance(code, Column):
                made.append(code)
            elif isinstance(code, tuple):
                made.append(Column(code[0], self.field[code[0]], code[1]))
            else:
                made.append(Column(code, self.field[code]))
        return tuple(made)

    def together(self, names: Iterable[str]) -> str:
        """Several names as one text."""
        return self._between.join(names)

    def flags(self, issue: Issue) -> str:
        """The marks of an issue; a mark nobody knows is its own word."""
        return self.together(self._flag.get(flag, flag) for flag in issue.flags)

    def kind(self, issue: Issue) -> str:
        """What an issue is, where it is no plain finding."""
        return "" if issue.kind == "finding" else self._kind.get(issue.kind, issue.kind)

    def term(self, target: Target) -> str:
        """The term, with what is said beside it when the work is to be continued."""
        label = self.terms.get(target.term, target.term)
        if not target.continuing:
            return label
        return self._then_kept_up.format(term=label) if label else self._kept_up

    def standing(self, target: Target) -> str:
        """The status, with how many sign-offs stand while it is being closed out."""
        return self.stands(target.status, target.signed, target.steps)

    def stands(self, status: str, signed: int, steps: int) -> str:
        """The same of values."""
        label = self.status[status]
        return f"{label} {signed}/{steps}" if status == "closing" else label

    def requested(self, target: Target) -> str:
        """What has been asked for and not answered."""
        return self.asked_for(target.requested)

    def asked_for(self, code: str) -> str:
        """The same of its code."""
        return self._asked.get(code, "")


def by_code(kind: str) -> dict[str, str]:
    """The words of one kind of codes, or of the fields, by code."""
    words = HEADINGS if kind in HEADINGS else CODE_WORDS
    return {code: pgettext(kind, english) for code, english in words[kind].items()}


def light_words(lights: Sequence[Light]) -> dict[str, str]:
    """The words for the lights, by code: the office's own, else those of the language."""
    known = by_code("light")
    return {each.code: each.label or known.get(each.code, each.code) for each in lights}


def steps(settings: Settings) -> dict[str, str]:
    """The labels of the close-out chain in force, by code."""
    return {step.code: step.label or step.code for step in settings.chain.steps}
