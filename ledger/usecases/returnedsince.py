"""What the ledger has done since a returned sheet went out.

The same sheet again changes nothing; and what was taken of it once and changed by somebody since, such as a
report of done that was returned, is not taken a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.domain.course import OWN
from ledger.domain.replay import undone_batches
from ledger.domain.roundtrip import plain
from ledger.domain.schema import ISSUE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.domain.entry import Entry
    from ledger.intake.returned import Returned
    from ledger.store.record import Record


class Since:
    """One measure or issue, since one sheet with it went out.

    Shape: `key` is the measure's uid or `OWN`.
    """

    def __init__(self, sheet: Returned, record: Record, key: str) -> None:
        """Begin; nothing is looked up yet."""
        self.sheet, self.state, self.key = sheet, record.state, key

    def was_noted(self, text: str) -> bool:
        """Whether these words were reported of the month, or somebody wrote them down in it."""
        months = (
            note.data.get("period") or f"{note.on:%Y-%m}"
            for note in self.state.courses[self.key].notes
            if plain(note.data.get("text", "")) == text
        )
        return self.sheet.period in months

    def was_asked(self, due: str) -> bool:
        """Whether a request for this deadline waits for its answer, or came in since."""
        asked = [each for each in self.state.courses[self.key].requests if each.entry.do == "extend"]
        wished = [each for each in asked if each.entry.data["request"].get("due") == due]
        if not wished or any(each.state == "pending" for each in wished):
            return bool(wished)
        entries = self._entries()
        return entries is None or any(each.entry in entries for each in wished)

    def was_taken(self, name: str, value: Any) -> bool:  # noqa: ANN401 - fields hold many kinds
        """Whether a field was given this since, or it was reported done: somebody changed it again."""
        for entry in self._entries() or ():
            if name in ("status", "result"):
                if entry.do == "done" and (entry.target or OWN) == self.key:
                    return True
            elif name in (sets := self._sets(entry)) and plain(sets[name]) == plain(value):
                return True
        return False

    def _sets(self, entry: Entry) -> Mapping[str, Any]:
        if self.key == OWN:
            return entry.set
        found: Mapping[str, Any] = entry.set.get(ISSUE.part or "", {}).get(self.key, {})
        return found

    def _entries(self) -> Sequence[Entry] | None:
        """What was entered since and is in force; None where the sheet does not tell when it went out."""
        entries = self.state.entries
        uid = str(self.state.fields["uid"])
        head = next((sent.head for sent in self.sheet.sent if sent.issue == uid), "")
        at = next((at for at, entry in enumerate(entries) if entry.hash == head), None)
        return None if at is None else list(_in_force(entries, at + 1))


def _in_force(entries: Sequence[Entry], first: int) -> Iterator[Entry]:
    undone = undone_batches(entries)
    return (entry for entry in entries[first:] if entry.batch not in undone)
