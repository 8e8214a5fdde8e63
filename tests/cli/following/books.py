"""The books somebody keeps by hand beside the program: what stands how, what fell due, what was written."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

#: Where work on a measure has begun, from the least to the most advanced.
STARTED = ("active", "interim", "done", "closing")
#: What says something about its measures by itself.
OPEN = ("pending", *STARTED)


class Event(NamedTuple):
    """Something that happened to an issue or a measure: closed, opened again, new or void."""

    on: dt.date
    kind: str
    id: str


class Books:
    """Everything as whoever keeps the books by hand has it on a day.

    Attributes:
        measures: Where each measure stands, by number.
        alone: Issues without measures, the same.
        due: When each measure is due.
        review: When interim and long-term work is looked at again.
        events: What happened, the first first.
        papers: How each letter, clue and look-back stands.
        registers: How many records each register has, and what they count.
        recurring: Which measures come round every month: from, to, and the months that were done.
    """

    def __init__(self, folder: Path) -> None:
        """Take over what stands in the files, read as text that anybody could read."""
        self.measures: dict[str, str] = {}
        self.alone: dict[str, str] = {}
        self.due: dict[str, dt.date] = {}
        self.review: dict[str, dt.date] = {}
        self.events: list[Event] = []
        self.papers: dict[str, str] = {}
        self.registers: Counter[str] = Counter()
        self.recurring: dict[str, tuple[str, str, set[str]]] = {}
        for kind, letter in (("letters", "L"), ("clues", "C"), ("reviews", "R")):
            for path in (folder / kind).glob("*.toml"):
                record = tomllib.loads(path.read_text(encoding="utf-8"))
                self.papers[f"{letter}{record['number']}"] = record["status"]
        for place in (folder / "registers").iterdir():
            self.registers[place.name] = len(list(place.glob("*.toml")))
        for path in sorted((folder / "issues").glob("*.toml")):
            record = tomllib.loads(path.read_text(encoding="utf-8"))
            for measure in record.get("measures", ()):
                name = f"{record['number']}.{measure['number']}"
                self.measures[name] = measure["status"]
                self.due[name] = measure.get("due") or record.get("due")
                if measure.get("review_on"):
                    self.review[name] = measure["review_on"]

    # -- what a line brings about -------------------------------------------------------------------------

    def enter(self, effects: str, on: dt.date) -> None:
        """Write down what a line brought about: `6.3 done; L1 signed; meetings +1`."""
        before = self.issues()
        for effect in filter(None, (each.strip() for each in effects.split(";"))):
            *names, last = effect.split()
            self._one(names, last, on)
        for number, status in self.issues().items():
            was = before.get(number)
            if status != was:
                self._note(number, was, status, on)

    def _one(self, names: list[str], last: str, on: dt.date) -> None:
        if "due" in names:
            self.due[names[0]] = dt.date.fromisoformat(last)
        elif "review" in names:
            self.review[names[0]] = dt.date.fromisoformat(last)
        elif "new" in names:
            self._new(names[0], last, on)
        elif "every" in names:
            self.recurring[names[0]] = (names[-1], last, set())
        elif "occurred" in names:
            self.recurring[names[0]][2].add(last)
            self.measures[names[0]] = "active"
        elif last.startswith("+"):
            self.registers[" ".join(names)] += int(last)
        else:
            for name in names:
                self._stand(name, last, on)

    def _new(self, name: str, due: str, on: dt.date) -> None:
        if "." in name:
            self.alone.pop(name.partition(".")[0], None)
            self.measures[name] = "pending"
            self.due[name] = dt.date.fromisoformat(due)
            self.events.append(Event(on, "new", name))
        else:
            self.alone[name] = "pending"

    def _stand(self, name: str, status: str, on: dt.date) -> None:
        if name[0].isalpha():
            self.papers[name.replace("-", "00")] = status  # R2025-1 is kept as 2025001
            return
        was = self.measures[name]
        self.measures[name] = "active" if status in ("back", "open") else status
        self._note(name, was, status, on)

    def _note(self, name: str, was: str | None, status: str, on: dt.date) -> None:
        if was is None:
            self.events.append(Event(on, "new", name))
        if status in ("closed", "void"):
            self.events.append(Event(on, status, name))
        elif was == "closed":
            self.events.append(Event(on, "reopened", name))

    # -- what follows from it -----------------------------------------------------------------------------

    def issues(self) -> dict[str, str]:
        """Where each issue stands, by its measures."""
        groups: dict[str, list[str]] = {}
        for name, status in self.measures.items():
            groups.setdefault(name.partition(".")[0], []).append(status)
        return {**{number: _together(group) for number, group in groups.items()}, **self.alone}

    def counts(self, level: str) -> Counter[str]:
        """How many issues, or measures, stand how; void ones are not counted."""
        stands = self.issues() if level == "issues" else self.measures
        return Counter(status for status in stands.values() if status != "void")

    def late(self, day: dt.date) -> set[str]:
        """The measures that are late on a day, by their dates or by a month that was missed."""
        return {name for name in self.measures if self._is_late(name, day)}

    def _is_late(self, name: str, day: dt.date) -> bool:
        status = self.measures[name]
        if status in ("pending", "active"):
            return self.due[name] < day or bool(self.missed(name, day))
        return status in ("interim", "longterm") and self.review[name] < day

    def lights(self, day: dt.date) -> Counter[str]:
        """Red what is late, yellow what falls due within a week, green what has time; long-term work only red."""
        found: Counter[str] = Counter()
        for name, status in self.measures.items():
            if status not in ("pending", "active", "interim", "longterm"):
                continue
            on = self.review[name] if status in ("interim", "longterm") else self._next(name)
            days = (on - day).days
            if status != "longterm" or days < 0:
                found["red" if days < 0 else "yellow" if days <= 7 else "green"] += 1
        return found

    def _next(self, name: str) -> dt.date:
        """When a measure is due: by its date, or by the end of the first month in which nothing was done."""
        if name not in self.recurring:
            return self.due[name]
        first, last, done = self.recurring[name]
        waiting = [each for each in _months(first, last) if each not in done]
        return min([self.due[name], *map(_month_end, waiting)])

    def missed(self, name: str, day: dt.date) -> set[str]:
        """The months that are over, and in which nothing was done."""
        if name not in self.recurring:
            return set()
        first, last, done = self.recurring[name]
        return {each for each in _months(first, min(last, f"{day:%Y-%m}")) if each < f"{day:%Y-%m}"} - done

    def happened(self, kind: str, level: str, first: dt.date, last: dt.date) -> list[str]:
        """What of a kind happened from one day to another."""
        return sorted(
            each.id
            for each in self.events
            if each.kind == kind and first <= each.on <= last and ("." in each.id) == (level == "measures")
        )

    def standing(self, letter: str) -> Counter[str]:
        """How many letters, clues or look-backs stand how, by the letter their ids begin with."""
        return Counter(status for name, status in self.papers.items() if name[0] == letter)


def _together(statuses: list[str]) -> str:
    """Where an issue stands whose measures stand so. Source: docs/contract.md §1, "Issue status"."""
    live = [each for each in statuses if each != "void"]
    rest = [each for each in live if each not in ("closed", "longterm")]
    if not live:
        return "void"
    if not rest:
        return "closed" if set(live) == {"closed"} else "longterm"
    least = min(rest, key=OPEN.index)
    return "active" if least == "pending" and set(live) != {"pending"} else least


def _month_end(name: str) -> dt.date:
    year, month = map(int, name.split("-"))
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def _months(first: str, last: str) -> list[str]:
    year, month = map(int, first.split("-"))
    found = []
    while f"{year}-{month:02}" <= last:
        found.append(f"{year}-{month:02}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found
