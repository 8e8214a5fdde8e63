"""Issues and measures split, merged and moved."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from ledger.domain.acts import moving, planning
from ledger.domain.ids import parse_ids
from ledger.domain.text import excerpt, one_line
from ledger.errors import RefusedError, UsageError
from ledger.usecases import numbering
from ledger.usecases.change import Desk, Outcome, Work, change
from ledger.usecases.fields import measure_text
from ledger.usecases.targets import Target, issues_only, one, targets

if TYPE_CHECKING:
    from collections.abc import Sequence


def split(
    desk: Desk, word: str, texts: Sequence[str], *, title: str = "", measures: Sequence[str] = ()
) -> Outcome[list[str]]:
    """Make several measures of one, or give some measures of an issue to a new one; gives the new ids.

    Shape: `texts` are those of the new measures; `title` and `measures` are those of the new issue.
    """

    def deed(work: Work) -> list[str]:
        target = one(work, word)
        if target.is_issue:
            return _split_issue(work, target, title, measures)
        before = set(target.draft.state.parts)
        moving.split_measure(target.draft, target.key, [measure_text(text) for text in texts])
        return [target.draft.name(uid) for uid in target.draft.state.parts if uid not in before]

    return change(desk, "split", deed)


def _split_issue(work: Work, target: Target, title: str, measures: Sequence[str]) -> list[str]:
    chosen = targets(work, measures) if measures else []
    if not title or not chosen:
        message = _("splitting issue {id} needs a title and the measures that go").format(
            id=target.draft.name()
        )
        raise UsageError(
            message, _("give --title TEXT and --measures {id}.3,{id}.4").format(id=target.draft.name())
        )
    old = target.draft.state.fields
    kept: dict[str, Any] = {
        name: old[name] for name in ("category", "unit", "co_units", "leader", "owner", "term") if name in old
    }
    new = work.new()
    planning.add(new, work.next_number(), {**kept, "title": one_line(title)})
    for each in chosen:
        if each.draft is not target.draft or each.is_issue:
            raise UsageError(
                _("only measures of issue {id} can go").format(id=target.draft.name()),
                _("name them with --measures"),
            )
        moving.move_measure(each.draft, each.key, new)
    return [new.name()]


def merge(desk: Desk, ids: Sequence[str]) -> Outcome[str]:
    """Make one of several: the first id stays; gives it."""

    def deed(work: Work) -> str:
        chosen = targets(work, ids)
        first, others = chosen[0], chosen[1:]
        if not others or len({each.is_issue for each in chosen}) != 1:
            raise UsageError(
                _("merging needs two or more issues, or two or more measures of one issue"),
                _("name them all, such as: ledger merge 7.2 7.3"),
            )
        if first.is_issue:
            for each in others:
                moving.merge_issue(first.draft, each.draft)
        else:
            if any(each.draft is not first.draft for each in others):
                raise UsageError(
                    _("the measures stand in different issues"), _("move them together first: ledger move")
                )
            moving.merge_measures(first.draft, first.key, [each.key for each in others])
        return first.draft.name(first.key)

    return change(desk, "merge", deed)


def move(desk: Desk, ids: Sequence[str], to: str) -> Outcome[list[str]]:
    """Take measures to another issue, or give an issue of a draft plan another number; gives the new ids."""

    def deed(work: Work) -> list[str]:
        chosen = targets(work, ids)
        if all(not each.is_issue for each in chosen):
            goal = issues_only([one(work, to)])[0]
            return [goal.name(moving.move_measure(each.draft, each.key, goal)) for each in chosen]
        if len(chosen) != 1:
            raise UsageError(
                _("one issue at a time gets another number"), _("name one: ledger move 7 --to 30")
            )
        number = _new_number(to)
        if number in numbering.used(desk.book):
            message = _("number {number} is taken or was used before").format(number=number)
            free = max(numbering.used(desk.book)) + 1
            raise RefusedError(message, _("numbers from {free} on are free").format(free=free))
        planning.renumber(chosen[0].draft, number)
        return [str(number)]

    return change(desk, "move", deed)


def _new_number(word: str) -> int:
    found = parse_ids([word])
    if len(found) != 1 or found[0].kind != "issue":
        message = _("{word} is not the number of an issue").format(word=excerpt(word))
        raise UsageError(message, _("write a number such as 30"))
    return found[0].numbers[0]
