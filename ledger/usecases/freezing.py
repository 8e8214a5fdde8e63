"""Freezing a period (定稿): its reports as they are sent, with all they rest on, written once."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger import reports
from ledger.domain.cadence import Period, period_named
from ledger.domain.frozen import CHECKPOINT, FREEZE, MANIFEST, Frozen, FrozenFile, issue_named, name_of
from ledger.domain.rules import Severity
from ledger.errors import RefusedError, UsageError
from ledger.reports import as_json
from ledger.reports.basis import LANGUAGE
from ledger.store import files
from ledger.store import frozen as folders
from ledger.store.settings import workdays
from ledger.usecases import checking, checkpointing, reporting, restating
from ledger.usecases.change import change, new_id
from ledger.usecases.sight import Sight

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from ledger.store.book import Book
    from ledger.usecases.change import Desk, Outcome, Work

#: The report that is frozen where nobody names any, and whose view is kept in any case: the next period's
#: corrections are told from its figures.
STATUS: Final = "status"
#: What of a ledger is copied beside its settings and its people, a file each: what reports are made from.
_FOLDERS: Final = {"prose": ".md", "plans": ".toml"}
#: Rules of `check` that only warn, but of things that stand in a file and in no report of a day.
_NOT_IN_REPORTS: Final = frozenset({"hand-edits"})


class Sheet(NamedTuple):
    """One report of a frozen period: which kind, in which format."""

    kind: str
    form: str

    @property
    def name(self) -> str:
        """What its file is called."""
        return f"{self.kind}.{self.form}"


def sheets(typed: Sequence[str]) -> tuple[Sheet, ...]:
    """The reports somebody named as KIND.FORMAT; without any, the monthly status in every format there is.

    Raises:
        UsageError: there is no such kind or format.
    """
    if not typed:
        return tuple(Sheet(STATUS, form) for form in reports.FORMATS)
    found = []
    for each in dict.fromkeys(typed):
        kind, _dot, form = each.partition(".")
        if kind not in reports.KINDS:
            raise reports.no_kind(kind)
        if form not in reports.formats(kind):
            raise reports.no_format(form)
        found.append(Sheet(kind, form))
    return tuple(found)


class Asked(NamedTuple):
    """What is to be frozen.

    Shape: `period` and `reports` as typed, the latter as KIND.FORMAT, none for those of the settings;
        `version` is the program's; `day` is the day the reports are of, None for the last of the period;
        `reissue` asks for a further issue of what is frozen already.
    """

    period: str
    reports: tuple[str, ...]
    version: str
    day: dt.date | None = None
    reissue: bool = False


class _Issue(NamedTuple):
    """Which issue of a period is written, of which day, with which reports."""

    period: Period
    number: int
    as_of: dt.date
    sheets: tuple[Sheet, ...]
    version: str


def freeze(desk: Desk, asked: Asked) -> Outcome[Frozen]:
    """Freeze a period: its reports, with all they rest on.

    Raises:
        UsageError: it is no period, or there is no such report.
        RefusedError: the period is not over, is frozen already, or the ledger has faults.
        DamageError: a record cannot be read.
    """
    period = period_named(asked.period, today=desk.actor.on)
    as_of = _day(period, asked.day, desk.actor.on)
    wanted = sheets(asked.reports or desk.book.settings.frozen_reports)

    def deed(work: Work) -> Frozen:
        number = _next_issue(work.book, period, reissue=asked.reissue, why=desk.actor.why)
        _sound(work.book)
        frozen, written = _made(desk, _Issue(period, number, as_of, wanted, asked.version))
        manifest = folders.manifest(frozen)
        home = PurePosixPath(folders.FOLDER, frozen.name)
        for path, data in {**written, MANIFEST: manifest}.items():
            work.put(home / path, data)
        _enter(work, frozen, files.digest(manifest))
        return frozen

    return change(desk, "freeze", deed)


def _day(period: Period, day: dt.date | None, today: dt.date) -> dt.date:
    """The day the reports are of."""
    if day is None:
        if period.last >= today:
            message = _("{period} is not over: its last day is {day}").format(
                period=period.name, day=period.last
            )
            hint = _("freeze it afterwards, or as of a day that has come with --as-of DATE")
            raise RefusedError(message, hint)
        return period.last
    if not period.first <= day <= period.last:
        message = _("{day} does not lie in {period}").format(day=day, period=period.name)
        raise UsageError(message, _("give --as-of a day of the period, or leave it out"))
    if day > today:
        message = _("{day} has not come yet; today is {today}").format(day=day, today=today)
        raise RefusedError(message, _("freeze it when the day has come"))
    return day


def last_issue(book: Book, words: str) -> str | None:
    """The last frozen issue of the period somebody names; nothing where it is not frozen.

    Raises:
        UsageError: it is no period.
    """
    period = period_named(words)
    last = _last(book, period)
    return name_of(period.name, last) if last else None


def _last(book: Book, period: Period) -> int:
    """The last issue of a period, 0 where none is frozen."""
    known = (meant for name in folders.names(book.folder) if (meant := issue_named(name)))
    return max((issue for frozen, issue in known if frozen == period), default=0)


def _next_issue(book: Book, period: Period, *, reissue: bool, why: str) -> int:
    """Which issue of the period this will be."""
    last = _last(book, period)
    if last and not reissue:
        message = _("{period} is frozen already, as {name}").format(
            period=period.name, name=name_of(period.name, last)
        )
        raise RefusedError(message, _("what is frozen stays; a further issue: --reissue --why REASON"))
    if reissue and not last:
        message = _("{period} is not frozen yet, so there is nothing to reissue").format(period=period.name)
        raise RefusedError(message, _("freeze it without --reissue"))
    if reissue and not why:
        message = _("a reissue needs a reason")
        raise RefusedError(message, _("say it with --why REASON: it stands in the manifest"))
    return last + 1


def _sound(book: Book) -> None:
    """Whether everything that reports rest on holds.

    Raises:
        RefusedError: it does not; the first fault is named.
    """
    found = [
        fault
        for fault in checking.inspect(book).faults
        if fault.severity is Severity.ERROR or fault.rule in _NOT_IN_REPORTS
    ]
    if found:
        first = found[0]
        message = _("{path}:{line}: {reason}").format(path=first.file, line=first.line, reason=first.message)
        hint = _("nothing is frozen while the ledger has faults ({count}): ledger check names them")
        raise RefusedError(message, hint.format(count=len(found)))


def _made(desk: Desk, issue: _Issue) -> tuple[Frozen, dict[str, bytes]]:
    """The manifest, and every other file by its path."""
    book, actor, period, as_of = desk.book, desk.actor, issue.period, issue.as_of
    sight = Sight(book, as_of, as_of, actor.at)
    seen = checkpointing.checkpoint(book, actor.at, issue.version)
    written = {
        CHECKPOINT: seen.text.encode(),
        **documents(sight, issue.sheets, issue.version, period.name),
        **_basis(book),
    }
    before = restating.before(sight, restating.asked(STATUS, period.name))
    listed = [FrozenFile(path, len(data), files.digest(data)) for path, data in sorted(written.items())]
    frozen = Frozen(
        period=period.name,
        issue=issue.number,
        as_of=as_of,
        known_at=actor.at,
        by=actor.by,
        version=issue.version,
        language=book.settings.language or LANGUAGE,
        reports=tuple(each.name for each in issue.sheets),
        entries=seen.entries,
        checkpoint=seen.digest,
        files=tuple(listed),
        before="" if before is None else before.name,
        replaces="" if issue.number == 1 else name_of(period.name, issue.number - 1),
        why=actor.why if issue.number > 1 else "",
    )
    return frozen, written


def documents(sight: Sight, wanted: Sequence[Sheet], version: str, period: str) -> dict[str, bytes]:
    """Every report, and the view of every kind, by their paths in the folder of a frozen period."""
    written = {}
    for kind in dict.fromkeys((STATUS, *(each.kind for each in wanted))):
        view = reporting.view(sight, restating.asked(kind, period), version)
        written[folders.view_path(kind)] = as_json.canonical(as_json.payload(view))
        for each in wanted:
            if each.kind == kind:
                written[each.name] = reporting.written(sight, view, each.form)
    return written


def _basis(book: Book) -> dict[str, bytes]:
    """What the reports rest on besides the records, by its place in the folder."""
    found = ((name, path) for name, path in sorted(_sources(book)) if path.is_file())
    return {f"{folders.BASIS}/{name}": files.read(path) for name, path in found}


def _sources(book: Book) -> Iterator[tuple[str, Path]]:
    for name in ("ledger.toml", "people.toml"):
        yield name, book.folder / name
    yield workdays.FILE, book.workspace.root / workdays.FILE
    for folder, suffix in _FOLDERS.items():
        for name in files.names(book.folder / folder, suffix=suffix):
            yield f"{folder}/{name}", book.folder / folder / name
    for name in files.names(book.templates, suffix=""):
        yield f"{folders.TEMPLATES}/{name}", book.templates / name


def _enter(work: Work, frozen: Frozen, digest: str) -> None:
    """Put the digest of the manifest on the books, where no history can lose it unseen."""
    draft = work.new(FREEZE)
    fields = {
        "uid": new_id(),
        "number": work.next_number(FREEZE),
        "on": work.actor.on,
        "title": frozen.name,
        "sha256": digest,
    }
    draft.enter("add", set=fields)
