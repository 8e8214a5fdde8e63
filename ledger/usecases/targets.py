"""From the ids somebody typed to the records and measures they mean."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.course import OWN
from ledger.domain.ids import Id, parse_ids
from ledger.domain.kinds import meant
from ledger.domain.schema import ISSUE
from ledger.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.domain.acts.draft import Draft
    from ledger.usecases.change import Work


class Target(NamedTuple):
    """A measure, or an issue, taken up for a change.

    Shape: `key` is the measure's uid or `OWN`; `point` is the number of a point, or None.
    """

    draft: Draft
    key: str
    point: int | None = None

    @property
    def is_issue(self) -> bool:
        """Whether the whole issue is meant."""
        return self.key == OWN


def targets(work: Work, words: Sequence[str], *, points: bool = False, others: bool = False) -> list[Target]:
    """What the ids mean, in their order; one that is missing stops everything.

    Shape: with `points` a point may be meant, with `others` a letter, clue, review or record of a register;
        else only an issue or a measure.

    Raises:
        NotFoundError: there is no such issue, measure, point or record.
        UsageError: it is not the id of an issue or a measure (or of a point).
    """
    found = [_target(work, each, others=others) for each in parse_ids(words)]
    for each in found:
        if each.point is not None and not points:
            name = each.draft.name(each.key)
            message = _("{id} is a point of measure {measure}").format(
                id=f"{name}.{each.point}", measure=name
            )
            raise UsageError(message, _("name the measure: {id}").format(id=name))
    return found


def one(work: Work, word: str, *, others: bool = False) -> Target:
    """The one thing an id means; `others` as for `targets`.

    Raises:
        NotFoundError: there is no such issue, measure or point.
        UsageError: the id means several things, or something else than an issue or measure.
    """
    found = targets(work, [word], others=others)
    if len(found) != 1:
        raise UsageError(_("{id} means several").format(id=word), _("name one of them"))
    return found[0]


def issues_only(chosen: Sequence[Target]) -> list[Draft]:
    """The issues meant.

    Raises:
        UsageError: a measure is among them.
    """
    for each in chosen:
        if not each.is_issue:
            name = each.draft.name(each.key)
            raise UsageError(
                _("{id} is a measure; an issue is needed").format(id=name),
                _("name the issue: {id}").format(id=each.draft.number),
            )
    return [each.draft for each in chosen]


def _target(work: Work, wanted: Id, *, others: bool) -> Target:
    schema, number = meant(wanted)
    if others and schema is not ISSUE:
        return Target(work.draft(number, schema), OWN)
    if wanted.kind not in ("issue", "measure", "point"):
        message = _("{id} is not an issue, a measure or a point").format(id=wanted)
        raise UsageError(message, _("write 7, 7.2 or 7.2.1"))
    draft = work.draft(wanted.numbers[0])
    if wanted.kind == "issue":
        return Target(draft, OWN)
    key = measure_key(draft, wanted.numbers[1])
    if wanted.kind == "measure":
        return Target(draft, key)
    points = draft.state.parts[key].get("points", ())
    if not any(each["number"] == wanted.numbers[2] for each in points):
        message = _("{id} has no point {number}").format(id=draft.name(key), number=wanted.numbers[2])
        raise NotFoundError(message, _("ledger show {id} shows them").format(id=draft.number))
    return Target(draft, key, wanted.numbers[2])


def measure_key(draft: Draft, number: int) -> str:
    """The uid of an issue's measure by its number.

    Raises:
        NotFoundError: the issue has no such measure.
    """
    for uid, part in draft.state.parts.items():
        if part.get("number") == number:
            return uid
    numbers = [int(part["number"]) for part in draft.state.measures()]
    message = _("issue {id} has no measure {number}").format(id=draft.name(), number=number)
    if not numbers:
        raise NotFoundError(
            message, _("it has none yet: ledger measure {id} --text TEXT").format(id=draft.name())
        )
    raise NotFoundError(message, _("it has {first}-{last}").format(first=numbers[0], last=numbers[-1]))
