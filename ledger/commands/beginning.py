"""The first time: three questions, and a ledger."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

from ledger import language
from ledger.commands import options, start
from ledger.domain.text import one_line
from ledger.store import person
from ledger.store.workspace import LEDGERS
from ledger.ui import ask, console
from ledger.usecases import starting
from ledger.usecases.starting import Start


def begin(folder: Path) -> None:
    """Ask who records, for which office, and how issues are closed; make a ledger, and keep the name."""
    known = person.recorder(options.session().by) or ""
    name = one_line(ask.text(_("Your name, as it should stand in the record"), flag="--by", default=known))
    org = ask.text(_("The office the ledger belongs to"), flag="--org", required=False)
    preset = ask.choose(_("How are issues closed?"), start.presets(), flag="--preset", default="simple")
    names = {"zh": "中文", "en": "English"}
    spoken = ask.choose(_("The language of the ledger"), names, flag="--lang", default=language.current())
    wanted = Start(str(options.today().year), preset, org, "", spoken)
    book = starting.start(folder, wanted, here=options.session().root is not None)
    person.remember(name)
    words = _("ledger {name} is ready in {folder}")
    console.say(words.format(name=book.name, folder=f"{LEDGERS}/{book.name}/"))
    console.next_step("ledger add ...", "ledger import ...", "ledger config")
