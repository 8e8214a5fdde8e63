"""Which light shows on what, where an office's lights go by more than the days late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledger.domain.course import OWN
from ledger.domain.lights import UNLIT, Lamps, only_days

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Mapping, Sequence

    from ledger.domain.settings import Light
    from ledger.domain.spells import Spell

#: What a clause asks for the place of a light among the lights: its one argument is a uid.
FUNCTION: Final = "lit"


class Lit:
    """The lights of a ledger on a day, each issue looked at when it is first asked for."""

    def __init__(self, connection: sqlite3.Connection, today: dt.date, lights: Sequence[Light]) -> None:
        """Ask the index; nothing is read yet."""
        self.asked_for = (today, tuple(lights))
        self._connection = connection
        self._codes: dict[str, str | None] = {}
        self._places = {each.code: place for place, each in enumerate(lights)}
        self._whole = False

    def code(self, uid: str, issue_uid: str, status: str) -> str | None:
        """The code of the light on an issue or a measure, None where none shows."""
        if status in UNLIT:
            return None
        if uid not in self._codes and not self._whole:
            self._read((issue_uid,))
        return self._codes.get(uid)

    def place(self, uid: str) -> int | None:
        """The place of its light, 0 the strictest; None where none shows."""
        return self._places.get(self._codes.get(uid) or "")

    def whole(self) -> None:
        """Look at every issue: a statement that asks for lights can ask for nothing else meanwhile."""
        if not self._whole:
            self._read(None)
        self._whole = True

    def _read(self, issues: Sequence[str] | None) -> None:
        from ledger.store import spellbook  # most lights go by the days alone, and need no more

        for uid, found in spellbook.each(self._connection, issues):
            self._take(uid, found)

    def _take(self, issue_uid: str, found: Mapping[str, Sequence[Spell]]) -> None:
        today, lights = self.asked_for
        lamps = Lamps(found, lights)
        for key in found:
            shown = lamps.shining(key, today, now=True)
            self._codes[key if key != OWN else issue_uid] = shown.light.code if shown else None


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
