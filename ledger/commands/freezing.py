"""Frozen periods: write the reports of a period once, list what is frozen, verify it."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Annotated

import typer

from ledger import __version__
from ledger.commands import deeds, looking, options
from ledger.commands.options import DryRun, Why
from ledger.domain.frozen import Frozen
from ledger.errors import DamageError, UsageError
from ledger.store import frozen as folders
from ledger.ui import console
from ledger.usecases import freezing, verifying
from ledger.usecases.change import Outcome

Period = Annotated[
    str | None,
    typer.Argument(metavar="PERIOD", help="2025-06, 2025-Q2, 2025-W23, 2025-H1 or 2025.", show_default=False),
]


def freeze(
    period: Period = None,
    report: Annotated[
        list[str] | None,
        typer.Option(
            "--report",
            metavar="KIND.FORMAT",
            help="A report to freeze, such as lists.md; may be repeated; else those of the settings.",
        ),
    ] = None,
    reissue: Annotated[
        bool, typer.Option("--reissue", help="Write a further issue of what is frozen already.")
    ] = False,
    why: Why = "",
    dry_run: DryRun = False,
) -> None:
    """Freeze the reports of a period as they are sent, once and for all.

    They lie under frozen/ with the settings, people, plans and templates they rest on, with how far every
    history went, and with a manifest of it all, whose digest goes on the books. They are of the last day of
    the period, or of --as-of DATE in it. What is written down later does not change them, which
    `ledger verify` proves; the next monthly table tells what it corrects. Without PERIOD: what is frozen.

    Examples:
        ledger freeze 2025-06 --dry-run
        ledger freeze 2025-06
        ledger freeze 2025-05 --reissue --why "the annex was missing"
        ledger freeze
    """
    if period is None:
        if report or reissue or dry_run:
            message = _("which period is to be frozen is not said")
            raise UsageError(message, _("name it first: ledger freeze 2025-06"))
        _list()
        return
    desk = deeds.desk(None, why, dry_run=dry_run)
    with deeds.telling(desk) as told:
        asked = freezing.Asked(period, tuple(report or ()), __version__, options.session().as_of, reissue)
        outcome = freezing.freeze(told, asked)
    frozen = outcome.value
    if console.wants_json():
        deeds.told("freeze", desk, outcome, frozen=_as_json(frozen))
        return
    deeds.say_committed(outcome.commit, outcome.warnings)
    if dry_run:
        _planned(outcome)
        return
    console.say(
        _("frozen: {name}, as of {day}: {reports}").format(
            name=frozen.name, day=frozen.as_of, reports=" ".join(frozen.reports)
        )
    )
    console.tell(_("written to {folder}").format(folder=folders.shown(desk.book.folder, frozen.name)))
    console.next_step(f"ledger verify {frozen.name}", "ledger checkpoint -o FILE")


def _planned(outcome: Outcome[Frozen]) -> None:
    """What would be written: every file with its size and digest, but for the manifest, which names them."""
    columns = [console.Column(_("File"), whole=True), console.Column(_("Bytes")), console.Column("SHA-256")]
    home = folders.shown(Path(outcome.files[0].path.parts[1]), outcome.value.name)
    console.rows(columns, [(str(home / each.path), each.size, each.sha256) for each in outcome.value.files])
    console.tell(_("nothing was written (--dry-run)"))


def _list() -> None:
    book = deeds.opened()
    found = folders.every(book.folder)
    if console.wants_json():
        payload = {"ledger": book.name, "periods": [_as_json(each) for each in found]}
        console.document("ledger/freeze@1", payload)
        return
    headings = (_("Period"), _("As of"), _("Frozen at"), _("By"), _("Reports"), _("Reason"))
    columns = [console.Column(heading, whole=True) for heading in headings]
    rows = [
        (each.name, each.as_of, _minute(each), each.by, " ".join(each.reports), each.why) for each in found
    ]
    console.rows(columns, rows)
    if not found:
        console.tell(_("nothing is frozen yet"))


def _minute(frozen: Frozen) -> str:
    return looking.recorded(frozen.known_at.isoformat())


def verify(
    periods: Annotated[
        list[str] | None,
        typer.Argument(metavar="PERIOD...", help="Which ones; all when left out.", show_default=False),
    ] = None,
) -> None:
    """Prove that frozen reports are what was sent, and what the records said.

    Every file still has the digest the manifest names, the manifest the one on the books, and the reports are
    made again from the histories as they went then, with the settings, people and templates of then: the same
    bytes, whatever was written down since. Another version of the program compares what the reports say, and
    the digests. It ends with 7 when something is not what it was.

    Examples:
        ledger verify
        ledger verify 2025-06
    """
    book = deeds.opened()
    found = verifying.verify(book, periods or (), __version__)
    slips = [slip for each in found for slip in each.slips]
    if console.wants_json():
        rows = [_verified_json(each) for each in found]
        console.document("ledger/verify@1", {"ledger": book.name, "ok": not slips, "periods": rows})
    else:
        for each in found:
            _tell(each)
    if slips:
        raise typer.Exit(DamageError.exit_code)


def _tell(each: verifying.Verified) -> None:
    for slip in each.slips:
        console.say(f"{slip.file}: {slip.message}")
        console.say("  " + slip.hint)
    if each.frozen is None or not each.holds:
        console.say(console.Toned(_("{name} does not hold").format(name=each.name), "bad"))
        return
    count = len(each.frozen.files)
    files = ngettext("{count} file", "{count} files", count).format(count=count)
    if each.frozen.version == __version__:
        said = _("{name} holds: {files} as written, the reports made again byte for byte")
    else:
        said = _("{name} holds: {files} as written by version {version}, the reports say the same made again")
    console.say(said.format(name=each.name, files=files, version=each.frozen.version))


def _as_json(frozen: Frozen) -> dict[str, object]:
    return {
        "name": frozen.name,
        "period": frozen.period,
        "issue": frozen.issue,
        "as_of": frozen.as_of,
        "known_at": frozen.known_at.isoformat(),
        "by": frozen.by,
        "version": frozen.version,
        "reports": list(frozen.reports),
        "entries": frozen.entries,
        "before": frozen.before or None,
        "replaces": frozen.replaces or None,
        "why": frozen.why or None,
        "files": [{"path": each.path, "bytes": each.size, "sha256": each.sha256} for each in frozen.files],
    }


def _verified_json(each: verifying.Verified) -> dict[str, object]:
    return {
        "name": each.name,
        "ok": each.holds,
        "version": each.frozen.version if each.frozen else None,
        "compared": [{"file": path, "what": what} for path, what in each.compared.items()],
        "faults": [
            {"file": slip.file, "message": slip.message, "hint": slip.hint or None} for slip in each.slips
        ],
    }
