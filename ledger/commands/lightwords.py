"""Which light shows and why, what a light leads to: in words."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext, pgettext

from ledger import language
from ledger.domain.lights import Shining
from ledger.domain.settings import Light, Settings
from ledger.domain.words import listed
from ledger.ui import labels

#: A light that shows from so many days before its date on shows at any time. Units: days, ten years.
_ALWAYS = -3650


def rule(settings: Settings, shown: Shining) -> str:
    """A light, the condition that makes it show, and what was measured."""
    words = _condition(settings, shown)
    return _("{light}: {rule}").format(light=named(settings, shown.light.code), rule=words)


def leads(settings: Settings, light: Light) -> str:
    """What a light leads to by the settings; empty where they do not say."""
    spoken = language.current()
    rungs = {each.code: each.label(spoken) for each in settings.letters.rungs}
    more = []
    if light.letter:
        more.append(_("letter: {letter}").format(letter=rungs.get(light.letter, light.letter)))
    if light.assessment:
        more.append(_("assessment: {amount}").format(amount=light.assessment))
    return _("it leads to: {what}").format(what=listed(more)) if more else ""


def named(settings: Settings, code: str) -> str:
    """The office's own word for a light, else its colour as a sentence says it."""
    own = next((each.label for each in settings.lights if each.code == code), "")
    return own or pgettext("light in a sentence", "{colour}").format(colour=labels.label("light", code))


def _condition(settings: Settings, shown: Shining) -> str:
    light, amount = shown.light, shown.amount
    match shown.rule:
        case "time_used":
            words = _("shows once {limit}% of the time is used; {amount}% is")
            return words.format(limit=light.time_used, amount=amount)
        case "points_behind":
            words = _("shows once {limit} percentage points behind the time used; it is {amount} behind")
            return words.format(limit=light.points_behind, amount=amount)
        case "returns":
            words = _("shows once sent back {limit} times; it was sent back {amount} times")
            return words.format(limit=light.returns, amount=amount)
        case "months_quiet":
            words = _("shows after {limit} months without progress or a reason; it is {amount} months")
            return words.format(limit=light.months_quiet, amount=amount)
        case "missed":
            words = _("shows once {limit} periods passed without it; {amount} did")
            return words.format(limit=light.missed, amount=amount)
        case "after":
            words = _("shows once {other} has shown at {limit} ends of months; it has at {amount}")
            return words.format(other=named(settings, light.after), limit=light.times, amount=amount)
        case _:
            return _by_days(light.from_days or 0)


def _by_days(days: int) -> str:
    if days <= _ALWAYS:
        return _("shows while no other light does")
    if days > 0:
        words = ngettext(
            "shows once it is {count} day overdue", "shows once it is {count} days overdue", days
        )
        return words.format(count=days)
    words = ngettext(
        "shows once no more than {count} day is left", "shows once no more than {count} days are left", -days
    )
    return words.format(count=-days)
