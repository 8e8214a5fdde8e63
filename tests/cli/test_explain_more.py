"""`ledger explain`: which rule of the settings lights what, and where records of other kinds stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.store import presets
from tests import town

SETTINGS = Path("ledgers/2025/ledger.toml")


def start(run, lights="monthly", language="en"):
    run.ok("init", "2025", "--lights", lights, lang=language)


def explained(run, name, now=town.JUNE):
    (reason,) = [
        each
        for each in json.loads(run.ok("explain", name, "--json", now=now))["reasons"]
        if each["id"] == name
    ]
    return reason


def line_of(place):
    """The line that is named, without blanks."""
    path, _colon, number = place.rpartition(":")
    return Path(path).read_text(encoding="utf-8").splitlines()[int(number) - 1].replace(" ", "")


def test_each_rule_is_told_with_its_line_and_what_was_measured(run):
    """Late: red by days; sent back: yellow; and what either leads to, as the office wrote it."""
    start(run)
    run.ok("add", "Papers are late", "-m", "Write", "-m", "Read", "--due", "2025-06-20")
    run.ok("extend", "1.2", "--to", "2025-12-31", "--why", "long")
    run.ok("done", "1.2", "--result", "half read")
    run.ok("return", "1.2", "--why", "read the rest")
    late, back = explained(run, "1.1"), explained(run, "1.2")
    assert (late["light"], back["light"]) == ("red", "yellow")
    rule = late["rule"]
    assert [rule[each] for each in ("condition", "limit", "amount", "letter", "assessment")] == [
        "from_days", 1, 10, "interview", "-2",
    ]  # fmt: skip
    assert [back["rule"][each] for each in ("condition", "limit", "amount")] == ["returns", 1, 1]
    assert (line_of(rule["place"]), line_of(back["rule"]["place"])) == ("from_days=1", "returns=1")
    page = run.ok("explain", "1.2", now=town.JUNE, terminal=True)
    assert "yellow: shows once sent back 1 times; it was sent back 1 times" in " ".join(page.split())
    assert "it leads to: letter: Supervision letter, assessment: -1" in " ".join(page.split())


def test_points_behind_and_silence(run):
    """By points: 40 behind on half the time; three months of silence beside; each in its own line."""
    start(run, "progress")
    run.ok("add", "Papers are late", "-m", "Write", "-m", "Read", "--due", "2025-10-29")
    run.ok("point", "1.1", "--add", "one", "--add", "two")
    run.ok("note", "1.2", "-t", "asked", now="2025-06-01T09:00:00+08:00")
    found = explained(run, "1.1")
    assert (found["light"], found["rule"]["condition"], found["rule"]["amount"]) == (
        "red",
        "points_behind",
        50,
    )
    assert explained(run, "1.2")["light"] == "green"
    silent = explained(run, "1.2", now="2025-09-01T09:00:00+08:00")["rule"]
    assert (silent["condition"], silent["amount"], line_of(silent["place"])) == (
        "months_quiet",
        3,
        "months_quiet=3",
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(presets.LIGHTS))
def test_every_preset_is_read_back_as_it_is_meant(run, name, language):
    """Each ships in both languages, with labels, the same rules and codes; the default is what it was."""
    start(run, name, language)
    lights = json.loads(run.ok("config", "--json"))["lights"]
    rules = {each["code"]: each["from_days"] for each in lights}
    assert (
        rules
        == {
            "deadline": {"red": 1, "yellow": -7, "green": -36500},
            "monthly": {"red": 1, "yellow": None, "blue": -36500},
            "reminder": {"red": 1, "yellow": None, "blue": -15},
            "progress": {"red": 31, "yellow": 1, "green": -36500},
            "delay": {"red": 15, "orange": 8, "yellow": 1, "green": -36500},
        }[name]
    )
    assert all(each["label"] for each in lights) or name == "deadline"


@pytest.mark.parametrize(
    ("rows", "line", "words"),
    [
        ('code = "red"', 1, "what makes it show"),
        ('code = "purple"\nfrom_days = 1', 1, "one of red"),
        ('code = "red"\nfrom_days = "late"', 2, "a whole number"),
        ('code = "red"\nfrom_days = 99999', 2, "from -36525 to 36525"),
        ('code = "red"\ntime_used = 0', 2, "from 1 to 1000"),
        ('code = "red"\npoints_behind = 101', 2, "from 1 to 100"),
        ('code = "red"\nfrom_days = 1\nletter = "poem"', 3, "one of reminder"),
        (
            'code = "red"\nfrom_days = 1\nlabel = "a word that goes on and on and on"',
            3,
            "at most 20 characters",
        ),
        ('code = "red"\nfrom_days = 1\ntimes = 2', 3, "belongs to a light"),
        ('code = "red"\nafter = "blue"', 2, "one of"),
        ('code = "red"\nafter = "red"', 2, "one of"),
        ('code = "red"\nfrom_days = 1\n[[lights]]\ncode = "red"\nfrom_days = 9', 4, "of that colour already"),
    ],
)
def test_settings_that_cannot_be_are_named_by_line(run, rows, line, words):
    """Refused as damage of the file, with the line of the key, and nothing is answered."""
    start(run)
    head = SETTINGS.read_text(encoding="utf-8").split("[[lights]]")[0]
    SETTINGS.write_text(f"{head}[[lights]]\n{rows}\n", encoding="utf-8")
    result = run("list")
    assert (result.code, result.out) == (7, "")
    assert f"ledger.toml:{head.count(chr(10)) + 1 + line}:" in result.err
    assert words in result.err


def test_a_clue_says_its_stage_and_what_comes_next(run):
    """Of a record with stages: since when, by whom, and what is possible; of a register that nothing is."""
    start(run)
    run.ok("clue", "add", "Noise at night", "--channel", "phone")
    run.ok("note", "-t", "the team arrived")
    record = json.loads(run.ok("explain", "C1", "--json"))["records"][0]
    assert [record[each] for each in ("id", "kind", "stage", "open")] == ["C1", "clue", "registered", []]
    assert (record["since"]["act"], "route" in record["next"], "void" in record["next"]) == (
        "add",
        True,
        False,
    )
    text = run.ok("explain", "C1", terminal=True)
    assert "possible now: " in text
    assert "it is kept" in run.ok("explain", "chronicle:1", terminal=True)
    assert run("explain", "C9").code == 3


def test_what_was_taken_back_later_lights_nothing(run):
    """A note that was undone in June counts in no view of May: explain and show say what the list says."""
    run.ok("init", "t")
    settings = Path("ledgers/t/ledger.toml")
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("from_days = 1\n", "from_days = 1\nmonths_quiet = 1\n"), encoding="utf-8"
    )
    run.ok("add", "文风不实", "--due", "2025-12-31", now="2025-03-01T09:00:00+08:00")
    run.ok("note", "1", "-t", "已部署", now="2025-04-20T09:00:00+08:00")
    run.ok("undo", "--yes", now="2025-06-10T09:00:00+08:00")
    then = ["--as-of", "2025-05-05", "--json"]
    (row,) = json.loads(run.ok("list", *then))["rows"]
    (shown,) = json.loads(run.ok("show", "1", *then))["issues"]
    (reason,) = json.loads(run.ok("explain", "1", *then))["reasons"]
    assert (row["light"], shown["light"], reason["rule"]["condition"]) == ("red", "red", "months_quiet")
