"""``ledger.toml`` as typed values; it is the user's file and never rewritten."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.closeout import Chain, Distinct, Need, Step
from ledger.domain.settings import Settings, Source
from ledger.errors import DamageError
from ledger.store import files
from ledger.store.settings.clues import clues
from ledger.store.settings.deadlines import defaults
from ledger.store.settings.letters import letters
from ledger.store.settings.lights import lights
from ledger.store.settings.limits import limit
from ledger.store.settings.lookback import lookback
from ledger.store.settings.milestones import milestones
from ledger.store.settings.notice import notice
from ledger.store.settings.planlists import plan_lists, signatures
from ledger.store.settings.reader import File, Reader
from ledger.store.settings.redaction import redaction
from ledger.store.settings.workdays import FILE as WORKDAYS
from ledger.store.settings.workdays import joined, office_days, shared
from ledger.store.toml import FORMAT, LARGEST_BYTES, read_toml

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from ledger.domain.declaration import Declaration

#: A chain has one to nine steps; real ones have one to five. Source: DECISIONS.md D-22.
_MOST_STEPS = 9


def load(path: Path, root: Path | None = None) -> Settings:
    """The settings of a ledger; `root` is its workspace, whose ``workdays.toml`` holds for all ledgers.

    Raises:
        DamageError: the file is not TOML, or a value is not what it should be; file and line are named.
    """
    data = files.read(path, limit=LARGEST_BYTES)
    top = Reader(read_toml(data, path=path), File(path, data.decode().splitlines()))
    if top.take("format", int, FORMAT) > FORMAT:
        message = _("{path} was written by a newer version").format(path=path.as_posix())
        raise DamageError(message, _("bring this program up to date"))
    own = office_days(top.table("workdays"))
    ladder = letters(top)
    source, window, plan = top.table("source"), top.table("window"), top.table("plan")
    return Settings(
        title=top.take("title", str, ""),
        org=top.take("org", str, ""),
        language=top.one_of("language", ("", "zh", "en"), ""),
        source=Source(
            level=source.take("level", str, ""),
            round=source.take("round", str, ""),
            team=source.take("team", str, ""),
            on_site_from=source.day("on_site_from"),
            on_site_to=source.day("on_site_to"),
            feedback_on=source.day("feedback_on"),
        ),
        window_from=window.day("from"),
        window_to=_last_of(window),
        plan_required=plan.take("required", bool, False),
        plan_submitted_on=plan.day("submitted_on"),
        default_year=plan.whole("year"),
        deadlines=defaults(top.table("deadlines")),
        chain=_chain(top.table("closeout")),
        lights=lights(top, [each.code for each in ladder.rungs]),
        workdays=joined(shared(root / WORKDAYS), own) if root else own,
        milestones=milestones(top),
        lists=plan_lists(top),
        list_signatures=signatures(top),
        registers=_registers(top),
        clues=clues(top),
        letters=ladder,
        lookback=lookback(top),
        frozen_reports=top.table("freeze").words("reports"),
        notice=notice(top),
        ranked_by=_ranked_by(top.table("ranking")),
        redaction=redaction(top),
    )


def _registers(top: Reader) -> Mapping[str, Declaration]:
    """What the office declares; read when it is asked for, by who works with registers."""
    if "registers" not in top.values:
        return {}
    from ledger.store.registers import SHIPPED
    from ledger.store.settings.registers import Declared

    return Declared(top, SHIPPED)


def _ranked_by(table: Reader) -> str:
    if "rate" not in table.values:
        return ""
    from ledger.domain.ranking import BEST_IS_MOST  # only an office with its own needs to know them

    return table.one_of("rate", tuple(BEST_IS_MOST), "")


def _last_of(window: Reader) -> dt.date | None:
    """The last day of the concentrated period."""
    first, last = window.day("from"), window.day("to")
    if first and last and last < first:
        raise window.wrong("to", _("it lies before the first day, {day}").format(day=first))
    return last


def _chain(table: Reader) -> Chain:
    of = table.one_of("of", ("measure", "issue"), "issue")
    distinct = Distinct(table.one_of("distinct", tuple(Distinct), "warn"))
    steps = tuple(_step(row) for row in table.tables("steps")) or (Step("close"),)
    if len(steps) > _MOST_STEPS or len({step.code for step in steps}) < len(steps):
        raise table.wrong(
            "steps", _("one to {most} steps with codes of their own are expected").format(most=_MOST_STEPS)
        )
    return Chain(of, steps, distinct)


def _step(row: Reader) -> Step:
    code = row.take("code", str, "")
    if not code.isascii() or not code.replace("-", "_").isidentifier():
        raise row.wrong("code", _('a short ASCII name such as "unit" is expected'))
    needs = row.words("requires")
    if not set(needs) <= set(Need):
        raise row.wrong("requires", _("only {codes} are understood").format(codes=", ".join(Need)))
    place = row.file.place_of('"' + code + '"')
    return Step(
        code,
        row.take("label", str, ""),
        row.words("signers"),
        tuple(Need(each) for each in needs),
        place,
        limit(row),
    )
