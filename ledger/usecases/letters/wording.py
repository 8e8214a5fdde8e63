"""What a letter says, in the language of the ledger; whoever signs it may change every word."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext, pgettext
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.words import clauses, dated, listed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

#: The language of a ledger that does not say: documents never follow the locale.
#: Source: docs/contract.md §3, "Language".
LANGUAGE: Final = "zh"
#: So much of a text stands in a letter. Units: characters.
_LONGEST: Final = 150
#: What a text ends in that goes on in a sentence of ours.
_ENDS = "。.；;，, \n"


class Matter(NamedTuple):
    """One measure, or an issue without any, as a letter tells it.

    Shape: `issue` and `title` are those of its issue; `text` is empty for an issue itself; `original` is the
        deadline of the plan, `due` the date from which it is late, a review date when `by_review`; `earlier`
        are the letters there were about it, by their names.
    Units: `days` late, negative when days are left, None without a date.
    """

    id: str
    issue: str
    title: str
    text: str
    original: dt.date | None
    due: dt.date | None
    by_review: bool
    days: int | None
    earlier: tuple[str, ...]


class Demand(NamedTuple):
    """By when what is asked for: days once the letter is signed, working days from signing before.

    Units: working days.
    """

    finish_workdays: int | None
    finish_by: dt.date | None
    reply_workdays: int | None
    reply_by: dt.date | None


def title(form: str, matters: Sequence[Matter]) -> str:
    """The heading: what kind of letter it is, and what about."""
    issues = dict.fromkeys(each.issue for each in matters)
    first = _short(matters[0].title)
    if len(issues) == 1:
        return _('{form} on the rectification of "{title}"').format(form=form, title=first)
    words = _('{form} on the rectification of "{title}" and others, {total} issues in all')
    return words.format(form=form, title=first, total=len(issues))


def text(addressee: str, matters: Sequence[Matter], day: dt.date, reason: str = "") -> str:
    """What the letter is about: each matter with its deadline, and why it is written where that was said."""
    lines = [_opening(addressee, matters, day)]
    lines += [f"{place}. {_matter(each)}" for place, each in enumerate(matters, 1)]
    return "\n".join([*lines, *([reason] if reason else [])])


def _opening(addressee: str, matters: Sequence[Matter], day: dt.date) -> str:
    count = len(matters)
    if all(each.days is not None and each.days > 0 for each in matters):
        words = ngettext(
            "On {day} the following measure, for which {addressee} is responsible, is past its date:",
            "On {day} the following {count} measures, for which {addressee} is responsible, "
            "are past their dates:",
            count,
        )
    elif all(each.days is not None for each in matters) and not any((each.days or 0) > 0 for each in matters):
        words = ngettext(
            "On {day} the following measure, for which {addressee} is responsible, is about to fall due:",
            "On {day} the following {count} measures, for which {addressee} is responsible, "
            "are about to fall due:",
            count,
        )
    else:
        words = ngettext(
            "On {day} the following measure, for which {addressee} is responsible, is not finished:",
            "On {day} the following {count} measures, for which {addressee} is responsible, "
            "are not finished:",
            count,
        )
    return words.format(day=dated(day), addressee=addressee, count=count)


def _matter(each: Matter) -> str:
    measure = _('issue {issue} "{title}", measure {id}: {text}')
    words = measure if each.text else _('issue {issue} "{title}"')
    said = words.format(
        issue=each.issue, title=_short(each.title), id=each.id, text=_short(each.text).strip(_ENDS)
    )
    return pgettext("document", "{sentence}.").format(
        sentence=clauses([said, *_deadline(each), *_earlier(each)])
    )


def _short(text: str) -> str:
    """A text on one line, cut where a letter would tell too much of it."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _deadline(each: Matter) -> Iterator[str]:
    if each.due is None and each.original is None:
        yield _("no date is set")
        return
    if each.original is not None:
        yield _("to be done by {day}").format(day=dated(each.original))
    if each.due is not None and each.by_review:
        yield _("to be reviewed by {day}").format(day=dated(each.due))
    elif each.due is not None and each.due != each.original:
        yield _("moved to {day}").format(day=dated(each.due))
    if each.days is not None and each.days > 0:
        yield ngettext("{count} day late", "{count} days late", each.days).format(count=each.days)


def _earlier(each: Matter) -> Iterator[str]:
    if each.earlier:
        yield _("letters sent before: {names}").format(names=listed(each.earlier))


def demands(asked: Demand) -> str:
    """What is asked for, and by when: one demand a line."""
    lines = (f"{place}. {line}" for place, line in enumerate(_demands(asked), 1))
    return "\n".join([_("You are asked to:"), *lines])


def _demands(asked: Demand) -> Iterator[str]:
    if asked.finish_by is not None:
        yield _("finish the rectification by {day}.").format(day=dated(asked.finish_by))
    elif asked.finish_workdays is not None:
        yield ngettext(
            "finish the rectification within {count} working day of this letter.",
            "finish the rectification within {count} working days of this letter.",
            asked.finish_workdays,
        ).format(count=asked.finish_workdays)
    else:
        yield _("press on with the rectification and finish it by its date.")
    if asked.reply_by is not None:
        yield _("answer in writing by {day}, with what proves it.").format(day=dated(asked.reply_by))
    elif asked.reply_workdays is not None:
        yield ngettext(
            "answer in writing within {count} working day of this letter, with what proves it.",
            "answer in writing within {count} working days of this letter, with what proves it.",
            asked.reply_workdays,
        ).format(count=asked.reply_workdays)


def consequence(following: str) -> str:
    """What comes next where nothing happens; `following` is the next rung, empty on the highest."""
    if following:
        words = _(
            "Where the work is not finished or answered in time, or is done badly, {following} comes next, "
            "and it counts in the assessment."
        )
        return words.format(following=following)
    return _(
        "Where the work is not finished or answered in time, or is done badly, those responsible "
        "are held to account."
    )
