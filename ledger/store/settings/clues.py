"""``[clues]`` of ``ledger.toml``: further channels, and how long each step may take."""

from __future__ import annotations

import re
from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING

from ledger.domain.clue import CHANNELS, STEPS, ClueRules
from ledger.store.settings.limits import limit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.store.settings.reader import Reader

#: What a channel of an office's own may be called in files; its label says it to people.
_CODE = re.compile("[a-z][a-z0-9_-]{0,39}")


def clues(top: Reader) -> ClueRules:
    """The rules about clues; without any no step has a limit.

    Shape: `[clues.channels]` leads from codes to labels; `[clues.verify]` and the other steps hold
        within_days, within_workdays or within_months.

    Raises:
        DamageError: a step or a limit is not known, or a channel is one that every office has.
    """
    table = top.table("clues")
    for key in table.values:
        if key not in ("channels", *STEPS):
            raise table.wrong(key, _("one of {codes} is expected").format(codes=", ".join(STEPS)))
    limits = {step: limit(table.table(step)) for step in STEPS if step in table.values}
    return ClueRules(
        _channels(table.table("channels")),
        MappingProxyType({step: each for step, each in limits.items() if each is not None}),
    )


def _channels(table: Reader) -> Mapping[str, str]:
    for code in table.values:
        if code in CHANNELS:
            raise table.wrong(code, _("this channel is there already"))
        if not _CODE.fullmatch(code):
            raise table.wrong(code, _('a short ASCII name such as "unit" is expected'))
        if not table.take(code, str, "").strip():
            raise table.wrong(code, _("{kind} is expected").format(kind=_("text in quotes")))
    return MappingProxyType({code: str(label) for code, label in table.values.items()})
