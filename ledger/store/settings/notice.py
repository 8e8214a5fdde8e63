"""The public notice in the settings: the table ``[notice]`` with its wording, its contact and its window."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.settings import Notice

if TYPE_CHECKING:
    from ledger.store.settings.reader import Reader


def notice(top: Reader) -> Notice:
    """How the office words its notice, and whom the public may turn to; the usual where it does not say.

    Raises:
        DamageError: a value is not what it should be, or the window ends before it begins.
    """
    table, usual = top.table("notice"), Notice()
    opened, closed = table.day("from"), table.day("to")
    if opened and closed and closed < opened:
        raise table.wrong("to", _("it lies before the first day, {day}").format(day=opened))
    return Notice(
        title=table.take("title", str, ""),
        report_to=table.take("report_to", str, ""),
        style=table.one_of("style", ("", "categories", "flat"), ""),
        measures=table.one_of("measures", ("ordinal", "numbered"), usual.measures),
        unfinished=table.one_of("unfinished", ("told", "left_out"), usual.unfinished),
        signature=table.take("signature", str, ""),
        date=table.day("date"),
        phone=table.take("phone", str, ""),
        hours=table.take("hours", str, ""),
        address=table.take("address", str, ""),
        postcode=table.take("postcode", str, ""),
        email=table.take("email", str, ""),
        opened=opened,
        closed=closed,
    )
