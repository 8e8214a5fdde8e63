"""The demonstration: a fictional office, told command by command."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import Annotated

import typer

from ledger.commands import options, start
from ledger.errors import ConflictError
from ledger.ui import console
from ledger.ui.console import Toned


def demo(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER",
            help="A folder that is not there yet; ledger-demo when left out.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Make a ledger to play with, and walk through its life.

    A fictional office takes in a notice, approves a plan, works, closes out, follows up and reports. Every
    step is told with the command that does it. Nothing outside the folder is touched.

    Examples:
        ledger demo
        ledger demo practice
    """
    home = folder or _free(options.session().root or Path.cwd())
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        message = _("{path} is not empty").format(path=home.as_posix())
        raise ConflictError(message, _("name another folder: ledger demo FOLDER"))
    home.mkdir(parents=True, exist_ok=True)
    steps = _walk(home)
    if console.wants_json():
        payload = {"ledger": "2025", "folder": home, "today": _end(), "steps": steps}
        console.document("ledger/demo@1", payload)
        return
    _where(home)


def _free(place: Path) -> Path:
    """A folder for the demonstration that is not there yet."""
    names = ("ledger-demo", *(f"ledger-demo-{number}" for number in range(2, 100)))
    return next((place / name for name in names if not (place / name).exists()), place / "ledger-demo")


def _end() -> str:
    from ledger.commands.demo import script

    return script.END.isoformat()


def _walk(home: Path) -> list[dict[str, str]]:
    from ledger.commands.demo import following, report, script

    steps: list[dict[str, str]] = []

    def tell(command: str, words: str) -> None:
        steps.append({"command": command, "message": words})
        if not console.wants_json():
            console.say(Toned(f"$ {command}", "strong"))
            console.say(f"  {words}")

    story = script.begin(home, tell)
    script.plan(story)
    script.work(story)
    script.close(story)
    following.follow(story)
    report.write(story)
    return steps


def _where(home: Path) -> None:
    place = start.near(home).rstrip("/")
    console.say("")
    console.say(_("the records: {path}").format(path=f"{place}/ledgers/2025/issues/"))
    console.say(_("the report: {path}").format(path=f"{place}/reports/2025-06.md"))
    console.say(_("to put it under git: {command}").format(command=f"cd {place}; git init; git add ."))
    today = f"-C {place} --today {_end()}"
    console.next_step(f"ledger {today} list --overdue", f"ledger {today} show 6")
