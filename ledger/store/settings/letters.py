"""The ladder of letters as ``ledger.toml`` has it: the tables ``[letters]`` and ``[[letters.rungs]]``."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Final, cast

from ledger.domain.docnumber import PLACES, is_form
from ledger.domain.ladder import FAILINGS, RUNGS, Failing, Ladder, Rung

if TYPE_CHECKING:
    from ledger.store.settings.reader import Reader

#: Ladders have six rungs; no office has needed twice as many.
_MOST_RUNGS: Final = 12
#: Days beyond this are a slip of the pen. Units: days, ten years.
_MOST_DAYS: Final = 3650


def letters(top: Reader) -> Ladder:
    """How the office writes letters; the ladder that ships where it does not say.

    Raises:
        DamageError: a value is not what it should be; file and line are named.
    """
    table = top.table("letters")
    number = table.take("number", str, "")
    if number and not is_form(number):
        places = " ".join(f"{{{place}}}" for place in PLACES)
        raise table.wrong(
            "number", _("a form with {{n}} once, of {places}, is expected").format(places=places)
        )
    rungs = tuple(_rung(row, place) for place, row in enumerate(table.tables("rungs"), 1)) or RUNGS
    if len(rungs) > _MOST_RUNGS or len({each.code for each in rungs}) < len(rungs):
        reason = _("one to {most} rungs with codes of their own are expected").format(most=_MOST_RUNGS)
        raise table.wrong("rungs", reason)
    return Ladder(
        rungs=rungs,
        prefix=table.take("prefix", str, ""),
        number=number,
        contact=table.take("contact", str, ""),
        copies=table.words("copies"),
    )


def _rung(row: Reader, place: int) -> Rung:
    code = row.take("code", str, "")
    if not code.isascii() or not code.replace("-", "_").isidentifier():
        raise row.wrong("code", _('a short ASCII name such as "unit" is expected'))
    label = row.take("label", str, "") or code
    after = row.words("after")
    if not set(after) <= set(FAILINGS):
        raise row.wrong("after", _("only {codes} are understood").format(codes=", ".join(FAILINGS)))
    if after and place == 1:
        raise row.wrong("after", _("there is no rung below the first"))
    return Rung(
        code=code,
        zh=label,
        en=label,
        series=row.take("series", str, ""),
        before=_days(row, "before"),
        late=_days(row, "late"),
        month_ends=_month_ends(row.table("month_ends")),
        after=cast("tuple[Failing, ...]", after),
        reply_workdays=_days(row, "reply_workdays", least=1),
        finish_workdays=_days(row, "finish_workdays", least=1),
        consequence=row.take("consequence", bool, True),
        place=row.file.place_of('"' + code + '"'),
    )


def _days(row: Reader, key: str, *, least: int = 0) -> int | None:
    days = row.whole(key)
    if days is not None and not least <= days <= _MOST_DAYS:
        reason = _("a whole number from {least} to {most} is expected").format(least=least, most=_MOST_DAYS)
        raise row.wrong(key, reason)
    return days


def _month_ends(table: Reader) -> dict[str, int]:
    return {light: _days(table, light, least=1) or 1 for light in map(str, table.values)}
