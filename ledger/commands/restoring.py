"""Records taken back from git."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from typing import Annotated

import typer

from ledger.commands import deeds, looking, options
from ledger.commands.options import DryRun
from ledger.domain.entry import Entry
from ledger.domain.text import excerpt
from ledger.ui import ask, console, labels
from ledger.usecases import restoring
from ledger.usecases.restoring import Plan, Restored
from ledger.usecases.versioning import Committed

#: So much of a commit's hash is shown. Units: characters. Source: git's own `--abbrev-commit`.
_HASH = 7


def restore(
    ids: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...", help="Issues (7), ranges (3-9), or names of files that cannot be read."
        ),
    ],
    commit: Annotated[
        str | None,
        typer.Option("--from", metavar="COMMIT", help="Take this commit's version.", show_default=False),
    ] = None,
    yes: options.Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Take records back from git: the newest version that is whole.

    For a record that cannot be read, whose history was cut or changed, or whose file is gone. Entries that
    can still be read in a broken file are taken along when they follow on what git has, and named when they
    do not; the file itself is kept under ledgers/.state/kept/. A whole file that git does not have all of is
    left alone.

    Examples:
        ledger restore 7 --dry-run
        ledger restore 0007-3f9k2mxa.toml --from HEAD~2 --yes
    """
    desk = deeds.desk(dry_run=dry_run)
    words = deeds.ids(ids)
    plan = restoring.planned(desk, words, commit)
    if not (yes or dry_run) and plan.restored:
        _show(plan)
        if not ask.agreed(_("Put these versions in place?")):
            return
    plan, done = restoring.restore(desk, words, commit)
    if console.wants_json():
        console.document("ledger/restore@1", _json(desk.book.name, plan, done, dry_run=dry_run))
        return
    if yes or dry_run:
        _show(plan)
    deeds.say_committed(done.commit, done.warnings)
    if dry_run and plan.restored:
        deeds.show_planned([each.changed for each in plan.restored])
    elif plan.restored:
        for each in plan.restored:
            if each.kept is not None:
                console.tell(_("the file that was there is kept: {path}").format(path=each.kept))
        deeds.say_done(_("restored"), [each.id for each in plan.restored])
        console.next_step("ledger check")


def _show(plan: Plan) -> None:
    for path in plan.same:
        console.tell(_("{path} is as git has it").format(path=path))
    for each in plan.restored:
        console.tell(each.trouble or _trouble(each))
        version = each.version
        count = len(version.record.entries)
        console.tell(
            ngettext(
                "  from commit {commit} of {at}: {count} entry, {missing} of them not in the file",
                "  from commit {commit} of {at}: {count} entries, {missing} of them not in the file",
                count,
            ).format(
                commit=version.commit[:_HASH],
                at=version.made_at.isoformat(" ", "minutes"),
                count=count,
                missing=len(each.missing),
            )
        )
        if each.joined:
            console.tell(
                ngettext(
                    "{count} entry that only the file has follows on that, and is taken along:",
                    "{count} entries that only the file has follow on that, and are taken along:",
                    len(each.joined),
                ).format(count=len(each.joined))
            )
        if each.left:
            console.warn(
                ngettext(
                    "{count} entry stands only in the file that is there, and does not follow on that:",
                    "{count} entries stand only in the file that is there, and do not follow on that:",
                    len(each.left),
                ).format(count=len(each.left))
            )
        for entry in (*each.joined, *each.left):
            console.tell(f"  {looking.recorded(entry.at)}  {entry.by}  {_act(entry)}")


def _trouble(each: Restored) -> str:
    text = _("{path} is gone") if each.before is None else _("{path} was edited")
    return text.format(path=each.changed.path)


def _act(entry: Entry) -> str:
    text = entry.data.get("text")
    return labels.label("act", entry.do) + (f": {excerpt(str(text))}" if text else "")


def _json(ledger: str, plan: Plan, done: Committed, *, dry_run: bool) -> dict[str, object]:
    return {
        "ledger": ledger,
        "dry_run": dry_run,
        "restored": [_row(each) for each in plan.restored],
        "same": plan.same,
        "commit": done.commit,
        "warnings": [{"message": warning} for warning in done.warnings],
    }


def _row(each: Restored) -> dict[str, object]:
    return {
        "id": each.id,
        "file": each.changed.path,
        "from": {"commit": each.version.commit, "made_at": each.version.made_at.isoformat()},
        "trouble": each.trouble or None,
        "entries": len(each.version.record.entries),
        "missing": [_entry(entry) for entry in each.missing],
        "joined": [_entry(entry) for entry in each.joined],
        "left": [_entry(entry) for entry in each.left],
        "kept": each.kept,
    }


def _entry(entry: Entry) -> dict[str, object]:
    return {"id": entry.id, "at": entry.at, "by": entry.by, "do": entry.do, "hash": entry.hash}
