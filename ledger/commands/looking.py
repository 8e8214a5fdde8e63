"""What reading commands share: which ledger as of when, and how a status or a deadline is put in words."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _
from gettext import ngettext

from ledger.commands import options
from ledger.domain.settings import Settings
from ledger.domain.text import fold
from ledger.errors import UsageError
from ledger.ui import labels
from ledger.ui.console import Part, Toned
from ledger.usecases import reading
from ledger.usecases.sight import Sight

#: The sign in a cell where there is nothing, on a screen.
NOTHING = "-"


def sight() -> Sight:
    """Which ledger the command line means, and as of when.

    Raises:
        NotFoundError: no workspace, no ledger of that name, or a commit git does not know.
        UsageError: several ledgers and none named, or `--known-at` is no time.
    """
    asked = options.session()
    book = reading.open_book(asked.root, asked.ledger)
    known_at = None
    if asked.known_at is not None:
        known_at = reading.moment(asked.known_at, book.workspace.root, options.now())
    return Sight(book, options.as_of(), asked.as_of, known_at)


def about(seen: Sight) -> dict[str, object]:
    """What every JSON document of a reading command begins with."""
    return {"ledger": seen.book.name, "as_of": seen.day, "known_at": seen.known_at}


def when(seen: Sight) -> str:
    """As of when, in words."""
    if seen.known_at is None:
        return _("as of {day}").format(day=seen.day)
    return _("as of {day}, known at {known_at}").format(day=seen.day, known_at=seen.known_at.isoformat(" "))


def standing(status: str, signed: int, steps: int) -> Part:
    """A status in words, with how many sign-offs stand while it is being closed out."""
    word = labels.label("status", status)
    if status == "closing":
        word = f"{word} {signed}/{steps}"
    colour = labels.tone("status", status)
    return word if colour is None else Toned(word, colour)


def lateness(days: int | None) -> str:
    """How late something is, or how many days are left; empty when it cannot be late.

    Units: whole days late, negative when days are left.
    """
    if days is None:
        return ""
    if days == 0:
        return _("due today")
    if days > 0:
        return ngettext("{count} day overdue", "{count} days overdue", days).format(count=days)
    return ngettext("{count} day left", "{count} days left", -days).format(count=-days)


def steps(settings: Settings) -> dict[str, str]:
    """The labels of the close-out steps, by code."""
    return {step.code: step.label or step.code for step in settings.chain.steps}


def lights(settings: Settings) -> dict[str, str]:
    """The words for the lights, by code: the office's own, else those of the language."""
    return {each.code: each.label or labels.label("light", each.code) for each in settings.lights}


def own_lights(settings: Settings) -> dict[str, str]:
    """The words for the lights where the office has any of its own; elsewhere lateness says enough."""
    return lights(settings) if any(each.label for each in settings.lights) else {}


def light(words: Mapping[str, str], code: str | None) -> Part:
    """A light in words, in its colour where it has one; `words` as `lights` gives them."""
    if code is None:
        return ""
    word, colour = words.get(code, code), labels.tone("light", code)
    return word if colour is None else Toned(word, colour)


def light_code(settings: Settings, typed: str) -> str:
    """The light somebody means by its code, by the office's word, or by that of a language.

    Raises:
        UsageError: there is none of that name.
    """
    words = lights(settings)
    own = (code for code, word in words.items() if fold(word) == fold(typed))
    code = next(own, None) or labels.code("light", typed)
    if code is None:
        offered = ", ".join(each if each == word else f"{each} {word}" for each, word in words.items())
        raise UsageError(
            _("there is no light {word}").format(word=typed), _("there are: {names}").format(names=offered)
        )
    return code


def recorded(moment: str) -> str:
    """When something was recorded, to the minute, as it stands in the entry."""
    return moment[:16].replace("T", " ")
