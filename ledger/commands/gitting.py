"""Git and the folder of ledgers."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from ledger.commands import deeds, options
from ledger.commands.options import DryRun
from ledger.store.workspace import find
from ledger.ui import console
from ledger.usecases import gitsetup
from ledger.usecases.gitsetup import Setup, Wishes


def git_setup(
    init: Annotated[bool, typer.Option("--init", help="Start a repository where there is none.")] = False,
    hooks: Annotated[bool, typer.Option("--hooks", help="Let git run ledger check before a commit.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Tell git how to treat ledgers: which bytes to leave alone, and what to leave out.

    Adds what is missing to .gitattributes and .gitignore, keeps what stands there, and names what would do
    harm. Nothing is committed unless --commit is given.

    Examples:
        ledger git setup --dry-run
        ledger git setup --init --commit
    """
    workspace = find(options.session().root)
    wishes = Wishes(init, hooks, deeds.commits(workspace), dry_run)
    by = options.session().by or ""
    done = gitsetup.set_up(workspace, wishes, by=by, on_wait=deeds.say_who_writes)
    if console.wants_json():
        console.document("ledger/git-setup@1", _json(done, dry_run=dry_run))
        return
    for each in done.findings:
        place = str(each.file) if each.line is None else f"{each.file}:{each.line}"
        console.warn(f"{place}: {each.message}")
    files = [*done.changed, *([done.hook] if done.hook else [])]
    if dry_run:
        deeds.show_planned(files)
    else:
        deeds.say_committed(done.committed.commit, done.committed.warnings)
        if done.started:
            console.say(_("a repository was started: {path}").format(path=done.repository))
        for file in files:
            console.say(_("written: {path}").format(path=file.path))
        if not files and not done.started:
            console.tell(_("git knows all of it already"))
    if done.repository is None and not done.started:
        console.next_step("ledger git setup --init")


def _json(done: Setup, *, dry_run: bool) -> dict[str, object]:
    return {
        "repository": done.repository,
        "started": done.started,
        "dry_run": dry_run,
        "files": [each.path for each in done.changed],
        "hook": done.hook and done.hook.path,
        "findings": [each._asdict() for each in done.findings],
        "commit": done.committed.commit,
        "warnings": [{"message": warning} for warning in done.committed.warnings],
    }
