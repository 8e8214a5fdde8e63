"""``[clues]`` of ``ledger.toml``: further channels, and how long each step may take."""

from __future__ import annotations

import re
from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING

from ledger.domain.clue import CHANNELS, STEPS, ClueRules
from ledger.domain.limits import Limit, parse_limit
from ledger.errors import UsageError

if TYPE_CHECKING:
    from ledger.store.settings.reader import Reader

#: What a channel of an office's own may be called in files; its label says it in any language.
_CODE = re.compile("[a-z][a-z0-9_-]{0,39}")


def clues(top: Reader) -> ClueRules:
    """The rules about clues; without any no step has a limit.

    Raises:
        DamageError: a step or a limit is not known, or a channel is one that every office has.
    """
    table = top.table("clues")
    return ClueRules(_channels(table.table("channels")), _within(table.table("within")))


def _channels(table: Reader) -> MappingProxyType[str, str]:
    for code in table.values:
        if code in CHANNELS:
            raise table.wrong(code, _("this channel is there already"))
        if not _CODE.fullmatch(code):
            raise table.wrong(code, _('a short ASCII name such as "unit" is expected'))
        if not table.take(code, str, "").strip():
            raise table.wrong(code, _("text in quotes is expected"))
    return MappingProxyType({code: str(label) for code, label in table.values.items()})


def _within(table: Reader) -> MappingProxyType[str, Limit]:
    limits = {}
    for step in table.values:
        if step not in STEPS:
            raise table.wrong(step, _("one of {codes} is expected").format(codes=", ".join(STEPS)))
        limits[step] = _limit(table, step)
    return MappingProxyType(limits)


def _limit(table: Reader, step: str) -> Limit:
    value = table.values[step]
    try:
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            return parse_limit(str(value))
    except UsageError:
        pass
    raise table.wrong(step, _('a number of days is expected, or of working days such as "7wd"'))
