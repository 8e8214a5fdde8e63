"""The sentences of a notice that follow from the ledger and its settings: basis, counts, contact, window."""

from __future__ import annotations

from gettext import pgettext
from typing import TYPE_CHECKING, Final

from ledger import language
from ledger.domain.moves import Status
from ledger.domain.words import clauses, dated, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.domain.settings import Notice, Source
    from ledger.reports.basis import Basis
    from ledger.reports.wordedissues import Matter

#: What an inspection is called, as the words of its round or team say; the first that is found.
_CALLED: Final = ("巡视", "巡察", "督察", "督查", "审计")


def title(basis: Basis, report: str) -> str:
    """What the document is called where nobody says: who, after which inspection, and `report`."""
    office = basis.settings.org or basis.title
    return (
        pgettext("notice", "{office}: {report} after {inspection}")
        .format(office=office, report=report, inspection=_inspection(basis.settings.source))
        .replace("  ", " ")
        .strip()
    )


def _inspection(source: Source) -> str:
    """The inspection by its level and round; its kind follows where they do not say it."""
    named = pgettext("notice", "{level} {round}").format(level=source.level, round=source.round).strip()
    kind = _kind(source)
    return named if not kind or kind in named else f"{named}{kind}"


def _kind(source: Source) -> str:
    said = source.level + source.round + source.team
    return next((each for each in _CALLED if each in said), "")


def opening(basis: Basis, leading: str) -> str:
    """The first paragraph: who was there from when until when, when the findings came, and what leads on."""
    office, source = basis.settings.org or basis.title, basis.settings.source
    team = f"{source.level}{source.team}" if source.team else ""
    parts = []
    if source.on_site_from and source.on_site_to:
        said = (
            pgettext("notice", "From {first} to {last} {team} was at {office}.")
            if team
            else pgettext("notice", "From {first} to {last} {office} was inspected.")
        )
        days = {"first": dated(source.on_site_from), "last": dated(source.on_site_to)}
        parts.append(said.format(team=team, office=office, **days))
    if source.feedback_on:
        parts.append(
            pgettext("notice", "Its findings were handed over on {day}.").format(
                day=dated(source.feedback_on)
            )
        )
    return together([*parts, leading])


def together(sentences: Iterable[str]) -> str:
    """Sentences one behind the other, as the language in force has them: Chinese leaves no blank between."""
    return ("" if language.current() == "zh" else " ").join(filter(None, sentences))


def counts(matters: Sequence[Matter], shown: int) -> str:
    """How many issues there are and how they stand; empty as long as nobody has worked on any here.

    Shape: `shown` of them are printed below.
    """
    statuses = [each.issue.status for each in matters]
    if all(each is Status.PENDING for each in statuses):
        return ""
    over = sum(each in (Status.DONE, Status.CLOSING, Status.CLOSED) for each in statuses)
    parts = [
        (pgettext("notice", "rectified {count}"), over),
        (pgettext("notice", "done for the present stage {count}"), statuses.count(Status.INTERIM)),
        (pgettext("notice", "long-term {count}"), statuses.count(Status.LONGTERM)),
        (pgettext("notice", "under way {count}"), statuses.count(Status.ACTIVE)),
        (pgettext("notice", "not begun {count}"), statuses.count(Status.PENDING)),
    ]
    told = listed(words.format(count=count) for words, count in parts if count)
    measures = {measure.uid for each in matters for measure in each.measures}
    said = pgettext("notice", "Issues {issues}, measures {measures}: {told}.").format(
        issues=len(matters), measures=len(measures), told=told
    )
    rest = pgettext("notice", "Those that are rectified, {shown}, follow.").format(shown=shown)
    return together([said, rest if shown < len(matters) else ""])


def contact(notice: Notice, workdays: int | None) -> tuple[str, ...]:
    """Until when and how the public may say something; empty where nothing of it is known.

    Units: `workdays` working days in the window, None where they are not known.
    """
    said = [*_window(notice, workdays), *_ways(notice)]
    if not said:
        return ()
    return (
        pgettext("notice", "Whoever has something to say may do so as follows. {ways}.").format(
            ways=clauses(said)
        ),
    )


def _window(notice: Notice, workdays: int | None) -> Iterator[str]:
    if notice.opened is None or notice.closed is None:
        return
    days = {"first": dated(notice.opened), "last": dated(notice.closed)}
    if workdays is None:
        yield pgettext("notice", "On public view: {first} to {last}").format(**days)
    else:
        yield pgettext("notice", "On public view: {first} to {last} ({count} working days)").format(
            **days, count=workdays
        )


def _ways(notice: Notice) -> Iterator[str]:
    if notice.phone:
        phone = pgettext("notice", "Telephone: {phone}").format(phone=notice.phone)
        yield phone + (pgettext("notice", " ({hours})").format(hours=notice.hours) if notice.hours else "")
    if notice.address:
        address = pgettext("notice", "Address: {address}").format(address=notice.address)
        code = pgettext("notice", " (postcode {code})").format(code=notice.postcode)
        yield address + (code if notice.postcode else "")
    if notice.email:
        yield pgettext("notice", "E-mail: {email}").format(email=notice.email)
