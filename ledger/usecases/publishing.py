"""Writing down that a paper was published: who agreed, where, for how long, whom to turn to (公开)."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.checkpoint import PRINTED
from ledger.domain.course import OWN
from ledger.domain.declaration import DATE
from ledger.domain.redaction import PUBLIC
from ledger.domain.register import PUBLICATIONS
from ledger.domain.text import one_line
from ledger.domain.workdays import count_workdays, window_end
from ledger.errors import RefusedError, UsageError
from ledger.reports import basis, leaks
from ledger.store import evidence, files, registers
from ledger.store.calendar import workdays_of
from ledger.usecases import reading, redacting, registering
from ledger.usecases.change import Desk, Outcome, Work, change
from ledger.usecases.sight import Sight
from ledger.usecases.targets import Target
from ledger.usecases.working import keep_file

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path


class Window(NamedTuple):
    """How long something is on public view: its first and last day, or its first day and how long.

    Units: `workdays` working days, the first day counted where it is one.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    workdays: int | None = None


class Published(NamedTuple):
    """What was written down. Units: `workdays` working days, None where there is no window."""

    id: str
    sha256: str
    opened: dt.date | None
    closed: dt.date | None
    workdays: int | None


def publish(desk: Desk, path: Path, given: Mapping[str, Any], window: Window) -> Outcome[Published]:
    """Write down that a file was published, and keep the file as it was.

    Shape: `given` has `audience` (`public` or `party`), `title`, `channels`, `signer`, `meeting` and the
        contact (`phone` …); what of the contact is not given comes from the settings of the notice.

    Raises:
        RefusedError: something protected stands in what is for everybody, nobody agreed, a public paper has
            no window, or the working days of a year are not known.
        RejectedInputError: it is no plain file, or too large.
        UsageError: the window ends before it begins, or is said twice.
    """
    public = given["audience"] == PUBLIC
    if not given["signer"] and not given["meeting"]:
        message = _("nobody is said to have agreed to the publication")
        raise RefusedError(message, _("name who agreed with --signer or --meeting"))
    file = evidence.look_at(path)
    searched = _search(desk, path) if public else True
    opened, closed, workdays = _counted(desk, window, public=public)
    notice = desk.book.settings.notice
    contact = {
        name: given.get(name) or getattr(notice, name)
        for name in ("phone", "hours", "address", "postcode", "email")
    }
    agreed = {
        "signer": desk.book.people.full(one_line(given["signer"])) if given["signer"] else "",
        "meeting": one_line(given["meeting"]) if given["meeting"] else "",
    }
    mark = basis.checkpoint(reading.issues_of(desk.book))
    fields: dict[str, Any] = {
        DATE: desk.actor.on,
        "audience": given["audience"],
        "title": one_line(given["title"] or path.name),
        "channels": [one_line(each) for each in given["channels"]],
        "approved_by": agreed["meeting"] or agreed["signer"],
        "opened": opened and opened.isoformat(),
        "closed": closed and closed.isoformat(),
        "workdays": workdays,
        **{name: one_line(text) for name, text in contact.items() if text},
        "sha256": file.sha256,
        "checkpoint": f"{mark.entries} {mark.heads[:PRINTED]}",
        "frozen": _frozen(desk, path),
    }

    def deed(work: Work) -> Published:
        book = registering.opened(desk, registers.declared(desk.book.settings)[PUBLICATIONS])
        decided = {name: words for name, words in agreed.items() if words}
        draft = registering.enter(work, book, fields, decided=decided)
        keep_file(work, Target(draft, OWN), path)
        if not searched:
            message = _("{file} is no text, page, Word file or workbook, and was not searched")
            draft.warnings.append(message.format(file=path.name))
        return Published(draft.name(), file.sha256, opened, closed, workdays)

    return change(desk, "publish", deed)


def _search(desk: Desk, path: Path) -> bool:
    """Look through a file for what must not leave the office; false where it is of a kind nobody can read.

    Raises:
        RefusedError: something protected stands in it.
    """
    data = files.read(path)
    guard = redacting.guard(Sight(desk.book, desk.actor.on), PUBLIC)
    leaks.refuse(leaks.pieces(data), guard)
    return data.startswith(b"PK") or b"\0" not in data and not data.startswith(b"%PDF")


def _counted(
    desk: Desk, window: Window, *, public: bool
) -> tuple[dt.date | None, dt.date | None, int | None]:
    """The first and the last day, and how many working days there are in between."""
    notice = desk.book.settings.notice
    is_workday = workdays_of(desk.book.settings.workdays)
    if window.last is not None and window.workdays is not None:
        message = _("the window is said twice")
        raise UsageError(message, _("give --to or --workdays"))
    first = window.first or notice.opened or desk.actor.on
    if window.workdays is not None:
        return first, window_end(first, window.workdays, is_workday), window.workdays
    last = window.last or notice.closed
    if last is None:
        if not public:
            return None, None, None
        message = _("nobody says how long it is on public view")
        raise RefusedError(message, _("give --to, or --workdays 15; or closed under [notice] of ledger.toml"))
    if last < first:
        message = _("it would be on view from {first} to {last}").format(first=first, last=last)
        raise UsageError(message, _("--from and --to are the first and the last day"))
    return first, last, count_workdays(first, last, is_workday)


def _frozen(desk: Desk, path: Path) -> str:
    """The name of the frozen period the file lies in; empty where it lies in none."""
    folder = (desk.book.folder / "frozen").resolve()
    place = path.resolve()
    return place.relative_to(folder).parts[0] if place.is_relative_to(folder) else ""
