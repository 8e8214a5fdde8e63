"""Extensions (延期) in words: what was asked for, what was decided, by whom."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.words import clauses, dated, listed

if TYPE_CHECKING:
    import datetime as dt

    from ledger.domain.casefile import Extension, Said, Terms


def told(each: Extension) -> str:
    """One extension in one line: from when to when, how it stands, who decided, why."""
    terms = each.granted or each.asked
    said = each.decision or each.request
    moved = _("{was} to {until}").format(was=day(each.was), until=until(terms)) if terms else ""
    who = decider(said) if said is not None and each.decision is not None else ""
    why = each.request.why if each.request is not None else ""
    more = said.why if said is not None and said.why != why else ""
    return clauses(filter(None, (dated(said.on) if said else "", answer(each), moved, who, why, more)))


def answer(each: Extension) -> str:
    """What was asked for, and how it stands."""
    if each.act == "extend":
        words = {
            "pending": _("extension asked for"),
            "approved": _("extension approved"),
            "refused": _("extension refused"),
        }
    else:
        words = {
            "pending": _("long-term asked for"),
            "approved": _("long-term approved"),
            "refused": _("long-term refused"),
        }
    return words[each.answer]


def until(terms: Terms) -> str:
    """Until when it is to go on: a date, or an interim goal with the next review."""
    if terms.review_on is not None or terms.interim_goal:
        review = _("next review {day}").format(day=day(terms.review_on))
        return listed(filter(None, (terms.interim_goal, review)))
    return day(terms.due) or terms.due_text


def decider(said: Said) -> str:
    """Who decided: a person, a meeting, or whoever recorded it."""
    return listed(filter(None, (said.signer, said.meeting))) or said.by


def day(date: dt.date | None) -> str:
    """A day as documents write it; empty when there is none."""
    return dated(date) if date is not None else ""
