"""A year of following up on the demonstration's ledger: every month's figures against books kept by hand."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import shlex
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.following import story
from tests.cli.following.books import Books
from tests.conftest import Runner, isolated

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Who signs, one after the other.
STEPS = ("责任单位会", "分管领导会", "整改办会", "领导小组会", "党委会")
LEVELS = ("issues", "measures")
HERE = Path("ledgers/2025")


class Month:
    """What the program and the books said at the end of a month.

    Shape: `said` are JSON documents by the line that asked for them.
    """

    def __init__(self, last: dt.date, typed: int, books: Books, said: dict[str, Any]) -> None:
        self.last = last
        self.first = last.replace(day=1)
        self.name = f"{last:%Y-%m}"
        self.typed = typed
        self.counts = {level: books.counts(level) for level in LEVELS}
        self.late = books.late(last)
        self.lights = books.lights(last)
        self.happened = {
            (kind, level): books.happened(kind, level, self.first, last)
            for kind in ("new", "void", "closed", "reopened")
            for level in LEVELS
        }
        self.standing = {letter: books.standing(letter) for letter in "LCR"}
        self.registers = Counter(books.registers)
        self.files = statuses_in_files()
        self.said = said


#: What is asked at the end of every month.
ASKED = (
    "stats", "stats --period {month}", "due", "letter list", "letter stats", "clue list", "clue stats",
    "lookback list", "register meetings count", "register accountability count", "register bulletins count",
    "check",
)  # fmt: skip


def lines() -> Iterator[tuple[dt.date, list[str], str]]:
    """Day, words and effects of every line typed; the five sign-offs of the chain are five lines."""
    day = dt.date.min
    for line in filter(None, story.STORY.splitlines()):
        if line.startswith("# "):
            day = dt.date.fromisoformat(line[2:])
            continue
        typed, _arrow, effects = line.partition(" => ")
        words = shlex.split(typed)
        if words[0] != "close!":
            yield day, words, effects
            continue
        for place, step in enumerate(STEPS, 1):
            done = effects if place == len(STEPS) else f"{' '.join(words[1:])} closing"
            yield day, ["close", *words[1:], "--meeting", f"{step}{day}"], done


def month_end(day: dt.date) -> dt.date:
    """The last day of a day's month."""
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def statuses_in_files() -> dict[str, Counter[str]]:
    """How many records of each kind stand how, read from the files as anybody could read them."""
    found: dict[str, Counter[str]] = {}
    for folder in ("issues", "letters", "clues", "reviews"):
        for path in (HERE / folder).glob("*.toml"):
            record = tomllib.loads(path.read_text(encoding="utf-8"))
            found.setdefault(folder, Counter())[record["status"]] += 1
            for measure in record.get("measures", ()):
                found.setdefault("measures", Counter())[measure["status"]] += 1
    return found


def at(day: dt.date) -> dict[str, str]:
    """Nine o'clock of a day."""
    return {"now": f"{day}T09:00:00+08:00"}


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[Month], Books]]:
    """The year lived through once: the folder, what was said at each month's end, and the books at the end."""
    folder = tmp_path_factory.mktemp("year")
    run = Runner()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in isolated(tmp_path_factory.mktemp("home")).items():
            patch.delenv(name, raising=False) if value is None else patch.setenv(name, value)
        patch.setattr(os, "fsync", lambda _file: None)  # nobody pulls the plug here
        patch.chdir(folder)
        run.ok("demo", "play", now="2025-06-30T09:00:00+08:00")
        patch.chdir(folder / "play")
        for name, more in (("ledger.toml", story.SETTINGS), ("people.toml", story.PEOPLE)):
            path = HERE / name
            path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8", newline="\n")
        books = Books(HERE)
        yield folder / "play", list(months(run, books)), books


def months(run: Runner, books: Books) -> Iterator[Month]:
    """Type the lines of each month, then ask what stands."""
    typed = 0
    for last, group in itertools.groupby(lines(), lambda line: month_end(line[0])):
        for day, words, effects in group:
            result = run(*words, **at(day))
            assert result.code == 0, (day, words, result)
            books.enter(effects, day)
            typed += 1
        asked = {line: line.format(month=f"{last:%Y-%m}") for line in ASKED}
        said = {
            line: json.loads(run.ok(*words.split(), "--json", **at(last))) for line, words in asked.items()
        }
        yield Month(last, typed, books, said)


def test_the_year_is_long_enough(year):
    """Twelve months, and more than eighty lines that write something."""
    _folder, found, _books = year
    assert [month.name for month in found][:: len(found) - 1] == ["2025-07", "2026-06"]
    assert (len(found), found[-1].typed > 80) == (12, True)


def test_what_stands_how_is_what_the_books_say(year):
    """Issues and measures by status, at every month's end: the program, the files, and the books by hand."""
    for month in year[1]:
        for level in LEVELS:
            told = month.said["stats"][level]
            by_status = {status: count for status, count in told["by_status"].items() if count}
            assert by_status == dict(month.counts[level]), (month.name, level)
            assert told["total"] == month.counts[level].total(), (month.name, level)
            in_files = {status: n for status, n in month.files[level].items() if status != "void"}
            assert by_status == in_files, (month.name, level)


def test_what_is_late_is_what_the_books_say(year):
    """Past its date, past its review, or a month missed; and how many of them."""
    for month in year[1]:
        told = {each["id"] for each in month.said["due"]["overdue"]}
        assert told == month.late, month.name
        assert month.said["stats"]["overdue"] == len(month.late), month.name


def test_the_lights_are_those_of_the_books(year):
    """How many measures are red, yellow and green."""
    for month in year[1]:
        told = {each["code"]: each["measures"] for each in month.said["stats"]["lights"]}
        assert told == {code: month.lights[code] for code in ("red", "yellow", "green")}, month.name


def test_what_changed_in_a_month_is_what_the_books_say(year):
    """New, closed, opened again, void; and what was before, with what changed, is what is now."""
    for before, month in itertools.pairwise([None, *year[1]]):
        period = month.said["stats --period {month}"]["period"]
        assert (period["from"], period["to"]) == (str(month.first), str(month.last))
        for (kind, level), ids in month.happened.items():
            told = sorted(each["id"] for each in period["changes"][level][kind]["events"])
            assert told == ids, (month.name, level, kind)
            assert period["changes"][level][kind]["count"] == len(ids)
        for level in LEVELS:
            changed = {
                kind: len(month.happened[kind, level]) for kind in ("new", "void", "closed", "reopened")
            }
            was, now = period["before"][level], month.said["stats"][level]
            assert was["total"] + changed["new"] - changed["void"] == now["total"], (month.name, level)
            assert (
                was["by_status"]["closed"] + changed["closed"] - changed["reopened"]
                == now["by_status"]["closed"]
            ), (month.name, level)
            if before is not None:
                assert was == {name: before.said["stats"][level][name] for name in was}, (month.name, level)


def test_what_became_late_and_what_is_late_no_more_balance(year):
    """Late before, with what became late, without what was put right, is what the books have as late now."""
    for before, month in itertools.pairwise(year[1]):
        changes = month.said["stats --period {month}"]["period"]["changes"]["measures"]
        came = Counter(each["id"] for each in changes["late"]["events"])
        left = Counter(each["id"] for each in changes["late_left"]["events"])
        assert set(came - left) == month.late - before.late, month.name
        assert set(left - came) == before.late - month.late, month.name
        assert len(before.late) + changes["late"]["count"] - changes["late_left"]["count"] == len(month.late)
        for status in ("interim", "longterm"):
            grown = changes[status]["count"] - changes[f"{status}_left"]["count"]
            assert before.counts["measures"][status] + grown == month.counts["measures"][status], month.name


def test_letters_clues_and_look_backs_stand_as_the_books_say(year):
    """Each by its stage, from the lists of the program and from the files."""
    places = {"L": ("letter list", "rows", "letters"), "C": ("clue list", "rows", "clues"),
              "R": ("lookback list", "reviews", "reviews")}  # fmt: skip
    for month in year[1]:
        for letter, (line, key, folder) in places.items():
            expected = month.standing[letter]
            told = Counter(each["stage"] for each in month.said[line][key])
            shown = Counter({stage: n for stage, n in expected.items() if stage != "void"})
            assert told == shown, (month.name, letter)
            assert month.files.get(folder, Counter()) == expected, (month.name, letter)


def test_letters_and_clues_are_counted_as_the_books_say(year):
    """Letters sent and answered; clues received = concluded + open."""
    for month in year[1]:
        letters, told = month.standing["L"], month.said["letter stats"]["letters"]
        assert told["sent"] == letters["signed"] + letters["answered"], month.name
        assert (told["answered"], told["withdrawn"], told["drafts"]) == (
            letters["answered"], letters["withdrawn"], letters["draft"],
        ), month.name  # fmt: skip
        clues, said = month.standing["C"], month.said["clue stats"]["clues"]
        concluded = clues["concluded"] + clues["issue"]
        received = clues.total() - clues["void"]
        assert (said["received"], said["concluded"], said["open"]) == (
            received, concluded, received - concluded,
        ), month.name  # fmt: skip


def test_registers_count_what_was_entered(year):
    """Meetings, bulletins, and how many persons were held to account."""
    for month in year[1]:
        for name, figure in (
            ("meetings", "meetings"),
            ("accountability", "persons"),
            ("bulletins", "bulletins"),
        ):
            first = month.said[f"register {name} count"]["figures"][0]
            assert first["total"]["value"] == month.registers[figure], (month.name, name)


def test_nothing_is_broken_at_any_months_end(year):
    """Every check passes without a fault."""
    assert [(m.name, m.said["check"]["faults"]) for m in year[1] if not m.said["check"]["ok"]] == []


def test_every_month_looks_the_same_from_the_end_of_the_year(year, run, monkeypatch):
    """As of a month's end the program says a year later what it said then, letters and clues too."""
    folder, found, _books = year
    monkeypatch.chdir(folder)
    for month in found:
        for line in ("stats", "stats --period {month}", "clue stats", "letter stats"):
            words = line.format(month=month.name).split()
            told = json.loads(
                run.ok(*words, "--as-of", str(month.last), "--json", now="2026-06-30T09:00:00+08:00")
            )
            assert told == month.said[line], (month.name, line)


def test_the_look_backs_found_what_was_written_down(year):
    """Of everything closed on the day: how many held, came back, or changed their form."""
    reviews = {each["id"]: each for each in year[1][-1].said["lookback list"]["reviews"]}
    registers = year[1][-1].registers
    for name, drawn in (("R2025-2", 11), ("R2025-3", 27)):
        strata = reviews[name]["strata"]
        expected = {kind: registers[f"{name} {kind}"] for kind in ("held", "rebound", "variant")}
        assert {kind: sum(each[kind] for each in strata) for kind in expected} == expected
        assert sum(each["drawn"] for each in strata) == sum(expected.values()) == drawn


def test_who_came_back_keeps_every_close_out(year, run, monkeypatch):
    """6.1 came back in August and was closed again in October: two close-outs of five sign-offs."""
    monkeypatch.chdir(year[0])
    measure = json.loads(run.ok("show", "6.1", "--json", now="2026-06-30T09:00:00+08:00"))["measures"][0]
    assert [len(each["signatures"]) for each in measure["closeouts"]] == [5, 5]
    assert (measure["rebounds"], measure["status"]) == (1, "closed")
    ten, variant = json.loads(run.ok("show", "10", "24", "--json", now="2026-06-30T09:00:00+08:00"))["issues"]
    assert variant["variant_of"] == ten["uid"]
    made = json.loads(run.ok("show", "23", "--json", now="2026-06-30T09:00:00+08:00"))["issues"][0]
    assert made["clue"] == "C2"


def test_the_handover_moved_what_was_open_and_nothing_else(year, run, monkeypatch):
    """From September 陆河清 leads what 林若川 led and was not closed; before, and as of then, nothing changed."""
    monkeypatch.chdir(year[0])

    def led(name: str, day: str) -> set[str]:
        words = ["list", "--measures", "--leader", name, "--as-of", day, "--json"]
        rows = json.loads(run.ok(*words, now="2026-06-30T09:00:00+08:00"))["rows"]
        return {each["id"] for each in rows}

    before, old, new = led("林若川", "2025-08-31"), led("林若川", "2025-09-01"), led("陆河清", "2025-09-01")
    closed = {"6.1", "6.2", "6.3", "6.4", "10.1", "10.2", "4.1", "4.2", "5.2"} - {"6.1"}
    assert (led("陆河清", "2025-08-31"), old, old | new) == (set(), closed, before)
