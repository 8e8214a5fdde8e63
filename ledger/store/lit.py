"""Which light shows on what, where an office's lights go by more than the days late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledger.domain.course import OWN
from ledger.domain.lights import UNLIT, Lamps, only_days

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Sequence

    from ledger.domain.settings import Light

#: What a clause asks for the place of a light among the lights: its one argument is a uid.
FUNCTION: Final = "lit"


class Lit:
    """The lights of a ledger on a day, each issue looked at when it is first asked for."""

    def __init__(self, connection: sqlite3.Connection, today: dt.date, lights: Sequence[Light]) -> None:
        """Ask the index; nothing is read yet."""
        self.asked_for = (today, tuple(lights))
        self._connection = connection
        self._past = any(each.after for each in lights)
        self._places = {each.code: place for place, each in enumerate(lights)}
        self._codes: dict[str, str | None] = {}
        self._last: tuple[str, Lamps] | None = None
        self._whole = False

    def code(self, uid: str, issue_uid: str, status: str) -> str | None:
        """The code of the light on an issue or a measure, None where none shows."""
        if status in UNLIT:
            return None
        if uid not in self._codes:
            self._codes[uid] = self._code(uid, issue_uid)
        return self._codes[uid]

    def place(self, uid: str) -> int | None:
        """The place of its light, 0 the strictest; None where none shows. Ask for the `whole` first."""
        return self._places.get(self._codes.get(uid) or "")

    def whole(self) -> None:
        """Look at every issue: a statement that asks for lights can ask for nothing else meanwhile."""
        from ledger.store import spellbook  # most lights go by the days alone, and need no more

        if self._whole:
            return
        today, lights = self.asked_for
        for issue_uid, found in spellbook.every(self._connection, past=self._past):
            lamps = Lamps(found, lights)
            for key in found:
                self._codes[issue_uid if key == OWN else key] = _code(lamps, key, today)
        self._whole = True

    def _code(self, uid: str, issue_uid: str) -> str | None:
        from ledger.store import spellbook

        today, lights = self.asked_for
        if self._last is None or self._last[0] != issue_uid:
            found = spellbook.one(self._connection, issue_uid, past=self._past)
            self._last = (issue_uid, Lamps(found, lights))
        return _code(self._last[1], OWN if uid == issue_uid else uid, today)


def _code(lamps: Lamps, key: str, today: dt.date) -> str | None:
    shown = lamps.shining(key, today, now=True)
    return shown.light.code if shown else None


def lit(connection: sqlite3.Connection, today: dt.date, lights: Sequence[Light]) -> Lit | None:
    """The lights that the index knows; None where the days late say everything, and a list asks no more."""
    if only_days(lights):
        return None
    kept = getattr(connection, "lit", None)
    if not isinstance(kept, Lit) or kept.asked_for != (today, tuple(lights)):
        kept = Lit(connection, today, lights)
        if hasattr(connection, "lit"):
            connection.lit = kept
    return kept
