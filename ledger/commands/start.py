"""Start: a ledger, the one in use, its settings, a demonstration; and the view of the day."""

from __future__ import annotations

import os
from gettext import gettext as _
from pathlib import Path
from typing import Annotated

import typer

from ledger.commands import deeds, options
from ledger.commands.options import DryRun
from ledger.domain.limits import Limit
from ledger.domain.settings import Light
from ledger.errors import NotFoundError, StorageError, UsageError
from ledger.store.workspace import find
from ledger.ui import ask, console
from ledger.usecases import starting
from ledger.usecases.starting import Start
from ledger.usecases.versioning import Committed


def init(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The ledger's name, such as 2025.", show_default=False)
    ] = "",
    preset: Annotated[
        str | None, typer.Option("--preset", metavar="PRESET", help="simple, five-level or single-level.")
    ] = None,
    lights: Annotated[
        str, typer.Option("--lights", metavar="NAME", help="deadline, monthly, reminder, progress or delay.")
    ] = "deadline",
    inspection: Annotated[
        str,
        typer.Option(
            "--inspection", metavar="KIND", help="Its milestones: inspection, audit or supervision."
        ),
    ] = "",
    org: Annotated[str, typer.Option("--org", metavar="NAME", help="The office the ledger belongs to.")] = "",
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="What stands over reports.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Start a ledger in this folder.

    simple: no plan, one sign-off an issue. five-level: a plan to approve, five sign-offs a measure.
    single-level: a plan to approve, one sign-off an issue. All of it can be changed in ledger.toml later.

    Lights. deadline: green, yellow in the last week, red once late. monthly: blue on time, yellow behind or
    sent back, red late. reminder: blue when the day is near, yellow behind or sent back, red late. progress:
    by points behind schedule and months of silence. delay: yellow, orange from 8 and red from 15 days late.

    Examples:
        ledger init 2025
        ledger init 2025 --preset five-level --org "County Justice Bureau"
        ledger init 2025 --lights monthly
    """
    folder = options.session().root or Path.cwd()
    _open_folder(folder)
    if not name and ask.possible():
        org = org or ask.text(_("The office the ledger belongs to"), flag="--org", required=False)
        preset = preset or ask.choose(
            _("How are issues closed?"), presets(), flag="--preset", default="simple"
        )
    name = name or str(options.today().year)
    language = options.session().lang
    here = options.session().root is not None
    wanted = Start(name, preset or "simple", org, title, language, lights, inspection)
    book, made = starting.planned(folder, wanted, here=here)
    done = Committed()
    if not dry_run:
        starting.start(folder, wanted, here=here)
        if deeds.commits(book.workspace):
            done = starting.commit(book, made)
    if console.wants_json():
        payload = {"ledger": book.name, "folder": book.folder, "preset": wanted.preset, "lights": lights}
        warnings = [{"message": warning} for warning in done.warnings]
        rest = {
            "dry_run": dry_run,
            "files": [each.path for each in made],
            "commit": done.commit,
            "warnings": warnings,
        }
        console.document("ledger/init@1", {**payload, **rest})
        return
    if dry_run:
        deeds.show_planned(made)
        return
    deeds.say_committed(done.commit, done.warnings)
    console.say(_("ledger {name} is ready in {folder}").format(name=book.name, folder=near(book.folder)))
    console.next_step("ledger add ...", "ledger import ...", "ledger config")


def presets() -> dict[str, str]:
    """The settings a ledger can start with, each with what it is for."""
    return {
        "simple": _("no plan, one sign-off an issue"),
        "five-level": _("a plan to approve, five sign-offs a measure"),
        "single-level": _("a plan to approve, one sign-off an issue"),
    }


def _open_folder(folder: Path) -> None:
    if not folder.is_dir():
        message = _("there is no folder {path}").format(path=folder.as_posix())
        raise NotFoundError(message, _("make it first, or leave -C out"))


def near(folder: Path) -> str:
    """A folder as seen from where one stands, when it lies below."""
    try:
        return folder.resolve().relative_to(Path.cwd()).as_posix() + "/"
    except (ValueError, OSError):
        return folder.as_posix() + "/"


def use(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A ledger.", show_default=False)] = "",
) -> None:
    """Choose the ledger to work on; without a name, show them.

    Examples:
        ledger use 2025
        ledger use
    """
    workspace = find(options.session().root)
    if name:
        workspace.use(name)
    names = workspace.names()
    current = name or (workspace.choose(None) if len(names) == 1 else workspace.current() or None)
    if console.wants_json():
        console.document("ledger/use@1", {"ledger": current, "ledgers": names})
        return
    for each in names:
        console.say(f"* {each}" if each == current else f"  {each}")


def config(
    validate: Annotated[
        bool, typer.Option("--validate", help="Only say whether the settings are right.")
    ] = False,
    edit: Annotated[bool, typer.Option("--edit", help="Open the settings in your editor.")] = False,
) -> None:
    """Show, validate or edit the settings of a ledger.

    The editor is the one of VISUAL or EDITOR. After editing the settings are read and checked.

    Examples:
        ledger config
        ledger config --validate
        ledger config --edit
    """
    book = deeds.opened()
    path = book.folder / "ledger.toml"
    if edit:
        _open_editor(path)
    settings, people = book.settings, book.people
    registers = dict(settings.registers)  # read now, whoever asks for them or not
    if console.wants_json():
        payload = {
            "ledger": book.name,
            "file": path,
            "title": settings.title,
            "org": settings.org,
            "language": settings.language,
            "plan_required": settings.plan_required,
            "closeout": {
                "of": settings.chain.of,
                "distinct": str(settings.chain.distinct),
                "steps": [
                    {
                        "code": s.code,
                        "label": s.label,
                        "signers": s.signers,
                        "requires": [str(n) for n in s.requires],
                        "within": _limit(s.limit),
                    }
                    for s in settings.chain.steps
                ],
            },
            "deadlines": {name: _limit(each) for name, each in settings.deadlines._asdict().items()},
            "milestones": [
                {
                    "code": each.code,
                    "label": each.label or None,
                    "after": each.after,
                    "within": _limit(each.limit),
                }
                for each in settings.milestones
            ],
            "lights": [_light(each) for each in settings.lights],
            "registers": list(registers),
            "units": [each.name for each in people.units],
            "persons": [each.name for each in people.persons],
        }
        console.document("ledger/config@1", payload)
    elif validate or edit:
        console.tell(_("{path}: the settings are right").format(path=near(book.folder) + path.name))
    else:
        console.say(f"# {near(book.folder)}{path.name}")
        console.say(path.read_text(encoding="utf-8").rstrip("\n"))


def _limit(limit: Limit | None) -> dict[str, object] | None:
    return None if limit is None else {"number": limit.number, "unit": limit.unit}


def _light(each: Light) -> dict[str, object]:
    """A light as the settings have it: what it says nothing of is null."""
    values = {
        name: value or None for name, value in each._asdict().items() if name not in ("place", "places")
    }
    return {**values, "from_days": each.from_days}


def _open_editor(path: Path) -> None:
    import shlex
    import subprocess

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        message = _("no editor is set")
        raise UsageError(message, _("set EDITOR, or open {path} yourself").format(path=path.as_posix()))
    if not ask.possible():
        raise UsageError(
            _("an editor needs a terminal"), _("open {path} yourself").format(path=path.as_posix())
        )
    try:
        subprocess.run([*shlex.split(editor), str(path)], check=False)
    except OSError as error:
        message = _("the editor {editor} cannot be started").format(editor=editor)
        raise StorageError(message, _("set EDITOR to a program there is")) from error
