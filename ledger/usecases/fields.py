"""Typed words to the fields of a record: cleaned, names in full, deadlines understood."""

from __future__ import annotations

from functools import lru_cache
from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ledger.domain.schema import Field, Kind
from ledger.domain.text import clean, one_line
from ledger.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from ledger.domain.deadlines import Basis, Deadline
    from ledger.store.book import Book

_NAMES = frozenset({"unit", "leader", "owner", "claimed_by"})


def fields_from(
    book: Book, given: Mapping[str, Any], known: Mapping[str, Field], *, today: dt.date
) -> dict[str, Any]:
    """Fields of a record from what was given; what is None was not given, what is empty is taken away.

    Shape: a deadline phrase under ``due`` becomes due, due_text, and term, continuing and how often where
        the phrase says so and nothing else does; a list given as one text is taken apart.

    Raises:
        UsageError: a deadline is not understood or a code is not known.
        RejectedInputError: a text holds what no text may hold.
    """
    fields: dict[str, Any] = {}
    for name, value in given.items():
        if value is None:
            continue
        if name == "due" and isinstance(value, str):
            _add_deadline(book, value, fields, given, today)
            if given.get("recurrence") is None and value:
                fields.update(recurring(book, value, known, today))
        elif name in known and known[name].kind is Kind.RECURRENCE and value:
            from ledger.domain.recurrence import typed_recurrence  # few measures come round

            fields[name] = str(typed_recurrence(value, since=today))
        elif name in known:
            fields[name] = _value(book, known[name], value)
    return fields


def _value(book: Book, field: Field, value: Any) -> object:  # noqa: ANN401 - fields hold many kinds
    if field.kind is Kind.LIST and isinstance(value, str):
        from ledger.intake.words import names  # only what was received has them in one text

        value = list(names(value))
    if value == "" or value == []:
        return None
    if field.kind is Kind.LINE:
        line = one_line(value)
        return book.people.full(line) if field.name in _NAMES else line
    if field.kind is Kind.TEXT:
        return clean(value)
    if field.kind is Kind.LIST:
        lines = [one_line(each) for each in value]
        return [book.people.full(each) for each in lines] if field.name == "co_units" else lines
    if field.kind is Kind.CODE and value not in field.codes:
        message = _("{field} {value} is not known").format(field=field.name, value=value)
        raise UsageError(message, _("there are: {codes}").format(codes=", ".join(field.codes)))
    return value


def measure_text(words: str) -> str:
    """What a measure says, cleaned.

    Raises:
        UsageError: it says nothing.
    """
    text = clean(words)
    if not text:
        raise UsageError(_("a measure needs a text"), _("give it with --text"))
    return text


def _add_deadline(
    book: Book, phrase: str, fields: dict[str, Any], given: Mapping[str, Any], today: dt.date
) -> None:
    if not phrase.strip():
        fields.update(due=None, due_text=None)
        return
    fields.update(deadline_fields(typed(book, phrase, today=today), given))


def recurring(book: Book, phrase: str, known: Mapping[str, Field], today: dt.date) -> dict[str, Any]:
    """How often a deadline phrase says something is done, as a field; nothing where it does not say.

    Shape: it begins with the period of the plan, else of the feedback, else of `today`.
    """
    if "recurrence" not in known:
        return {}
    from ledger.domain.cadence import period_of
    from ledger.domain.recurrence import Recurrence, cadence_in

    cadence = cadence_in(phrase)
    if cadence is None:
        return {}
    settings = book.settings
    since = settings.plan_submitted_on or settings.source.feedback_on or today
    return {"recurrence": str(Recurrence(period_of(cadence, since)))}


def typed(book: Book, words: str, *, today: dt.date) -> Deadline:
    """What somebody typed as a deadline, under the ledger's settings.

    Raises:
        UsageError: it is not understood, or the date does not exist.
        RefusedError: a year without a calendar of working days.
    """
    from ledger.domain.deadlines import typed_deadline

    return typed_deadline(words, _basis(book), today=today)


@lru_cache(maxsize=1)
def _basis(book: Book) -> Basis:
    """What the ledger knows that deadline phrases count on; the settings of an open book do not change."""
    from ledger.domain.deadlines import Basis
    from ledger.store.calendar import first_day, workdays_of

    settings = book.settings
    feedback = settings.source.feedback_on
    return Basis(
        feedback=feedback,
        submitted=settings.plan_submitted_on,
        window_end=settings.window_to,
        on_site_end=settings.source.on_site_to,
        year=settings.default_year or (feedback.year if feedback else None),
        immediate=settings.deadlines.immediate,
        is_workday=workdays_of(settings.workdays),
        holidays=first_day,
    )


def deadline_fields(deadline: Deadline, given: Mapping[str, Any]) -> dict[str, Any]:
    """What a deadline phrase says, as fields; term and continuing only where `given` says nothing of them."""
    fields: dict[str, Any] = {"due": deadline.due}
    if deadline.text:
        fields["due_text"] = one_line(deadline.text)
    if deadline.term and given.get("term") is None:
        fields["term"] = deadline.term
    if deadline.continuing and given.get("continuing") is None:
        fields["continuing"] = True
    return fields


def printed(book: Book, phrase: str) -> Deadline:
    """What a deadline printed in a document means; it is never refused, what is unclear is remarked on."""
    return _printed(phrase, _basis(book))


@lru_cache(maxsize=4096)
def _printed(phrase: str, basis: Basis) -> Deadline:
    """The same; long lists have few phrases, and reading one takes 0.2 ms."""
    from ledger.domain.deadlines import parse_deadline

    return parse_deadline(phrase, basis)


def with_leader(
    book: Book, fields: dict[str, Any], on: dt.date, held: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    """The same with the leader whom a unit supplies on a day, where nobody says who leads.

    Shape: `held` is what was in force so far: a leader there stays, unless it came with the unit there was.
    """
    people, unit = book.people, fields.get("unit")
    if not unit or "leader" in fields:
        return fields
    supplied, now, before = people.leader_of(unit, on), held.get("leader"), held.get("unit")
    stays = now and not (before and people.ever_led(before, now))
    return fields if stays or supplied in ("", now) else {**fields, "leader": supplied}


def unknown_names(book: Book, fields: Mapping[str, Any], on: dt.date | None = None) -> list[str]:
    """A sentence for every name that is not in people.toml, with near ones, or not in office on a day."""
    given = [str(fields[name]) for name in sorted(_NAMES) if fields.get(name)]
    return book.people.remarks([*given, *(fields.get("co_units") or ())], on)
