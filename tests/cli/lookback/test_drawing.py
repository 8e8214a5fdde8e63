"""A look-back drawn: by a seed written down first, the same on every machine."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

from tests.cli.lookback.looks import files, review, uid


def test_the_draw_can_be_repeated_by_hand(closed, data, later):
    """The lines of --frame hash to the digest; sorted by SHA-256 of seed and uid the first are those drawn."""
    told = data("lookback", "plan", "--seed", "by lot", "--rate", "40%", "--confidence", "80%")["review"]
    frame = later("lookback", "show", "R2025-1", "--frame").out
    assert hashlib.sha256(frame.encode()).hexdigest() == told["frame"]
    assert sorted(line.split()[0] for line in frame.splitlines()) == sorted(map(uid, range(1, 9)))
    rest = [line for line in frame.splitlines() if " " not in line]
    ranked = sorted(rest, key=lambda each: hashlib.sha256(f"by lot{each}".encode()).hexdigest())
    items = data("lookback", "sample", "R2025-1")["review"]["items"]
    assert {each["uid"] for each in items if each["stratum"] == "random"} == set(ranked[: told["size"]])
    assert 0 < told["size"] < len(rest)


def test_the_documents_recipe_draws_the_same(closed, data):
    """What docs/lookback.md tells people to type gives the list that `sample` drew."""
    data("lookback", "plan", "--seed", "by lot", "--rate", "40%", "--confidence", "80%")
    items = data("lookback", "sample", "R2025-1")["review"]["items"]
    Path("frame.txt").write_text(subprocess_out("lookback", "show", "R2025-1", "--frame"), encoding="utf-8")
    text = (Path(__file__).parents[3] / "docs/lookback.md").read_text(encoding="utf-8")
    recipe = (
        text.split("```sh\n")[1].split("```")[0].replace("SEED", "by lot").replace("SIZE", str(review().size))
    )
    recipe = "\n".join(line for line in recipe.splitlines() if not line.startswith("ledger"))
    done = subprocess.run(["bash", "-ec", recipe], capture_output=True, text=True, check=True)
    drawn = {line.split()[-1] for line in done.stdout.splitlines() if len(line.split()[-1]) == 26}
    assert drawn == {each["uid"] for each in items if each["stratum"] == "random"}


def subprocess_out(*words: str) -> str:
    from tests.conftest import Runner

    return Runner().ok(*words)


def test_another_machine_draws_the_same(closed, run, later, data):
    """A copy made after planning draws the same list, on another day and by somebody else."""
    data("lookback", "plan", "--seed", "x", "--rate", "40%", "--confidence", "80%")
    shutil.copytree(closed, closed / "copy", ignore=shutil.ignore_patterns("copy", ".index"))
    here = data("lookback", "sample", "R2025-1")["review"]["items"]
    there = data(
        "-C", "copy", "lookback", "sample", "R2025-1", "--by", "顾某", now="2025-09-09T09:00:00+08:00"
    )
    assert there["review"]["items"] == here


def test_a_second_draw_is_refused(closed, later, data):
    """Who was drawn stays drawn (4)."""
    data("lookback", "plan")
    data("lookback", "sample", "R2025-1")
    before = files(closed)
    for words in (("R2025-1",), ("R2025-1", "--all")):
        result = later("lookback", "sample", *words)
        assert (result.code, result.err.startswith("error: R2025-1 is drawn, so sample is not possible")) == (
            4,
            True,
        )
    assert files(closed) == before


def test_all_means_everything_item_by_item(closed, data):
    """With --all nothing is left to chance: the others stand under their own heading."""
    data("lookback", "plan", "--rate", "40%", "--confidence", "80%")
    told = data("lookback", "sample", "R2025-1", "--all")["review"]
    assert (told["whole"], [each["id"] for each in told["items"]]) == (
        True,
        ["2", "5", "1", "3", "4", "6", "7", "8"],
    )
    assert [each["stratum"] for each in told["items"]].count("rest") == 6


def test_nobody_escapes_a_draw_that_was_planned(closed, data, later):
    """Reopened, unmarked, renamed or back-dated after the plan: the list is the one the plan had, and it is said."""
    plan = data("lookback", "plan", "--seed", "x", "--rate", "40%", "--confidence", "80%")["review"]
    shutil.copytree(closed, closed / "copy", ignore=shutil.ignore_patterns("copy", ".index"))
    expected = data("-C", "copy", "lookback", "sample", "R2025-1")["review"]["items"]
    for each in expected[:2]:
        assert each["stratum"] == "flagged"
    data("reopen", "2", "--why", "out of the way", "--on", "2025-06-01")
    data("edit", "2", "--flag", "key", "--unit", "别处")
    data("reopen", "5", "--why", "out of the way")
    data("close", "9", "--all", "--result", "done", "--on", "2025-06-30")
    found = data("lookback", "sample", "R2025-1")
    assert found["review"]["items"] == expected
    assert found["review"]["population"] == plan["population"]
    said = [each["message"] for each in found["warnings"]]
    assert said == [
        "2 of the population have been moved on since it was planned",
        "1 was recorded for 2025-07-01 only after it was planned, and is not in it",
    ]


def test_what_was_recorded_late_is_told_and_not_drawn(closed, data):
    """A close-out recorded for that day only after the plan is not in the population, and that is said."""
    data("lookback", "plan", "--as-of", "2025-06-30", "--seed", "x")
    data("close", "9", "--all", "--result", "done", "--on", "2025-06-20")
    found = data("lookback", "sample", "R2025-1")
    assert "9" not in [each["id"] for each in found["review"]["items"]]
    said = [each["message"] for each in found["warnings"]]
    assert said == ["1 was recorded for 2025-06-30 only after it was planned, and is not in it"]


def test_a_population_from_elsewhere_is_not_drawn_from(closed, run, data, later):
    """Records that came in with earlier times are no part of what was written down: refused (6), nothing written."""
    shutil.copytree(closed, closed / "copy", ignore=shutil.ignore_patterns("copy", ".index"))
    run.ok("-C", "copy", "close", "9", "--all", "--result", "done", now="2025-06-01T09:00:00+08:00")
    data("lookback", "plan")
    (name,) = (closed / "copy/ledgers/2025/issues").glob("0009-*")
    shutil.copy(name, closed / "ledgers/2025/issues" / name.name)
    before = files(closed / "ledgers")
    result = later("lookback", "sample", "R2025-1")
    assert (result.code, result.err.splitlines()[0]) == (
        6,
        "error: the population of R2025-1 is not the one that was written down",
    )
    assert later("lookback", "show", "R2025-1", "--frame").code == 6
    assert files(closed / "ledgers") == before


def test_a_draw_that_was_taken_back_draws_the_same_again(closed, data, later):
    """Undo and draw again: the same things, items of their own; the history keeps both, the file shows one."""
    data("lookback", "plan", "--seed", "x", "--rate", "40%", "--confidence", "80%")
    first = data("lookback", "sample", "R2025-1")
    data("undo", first["batch"], "--yes")
    assert data("lookback", "show", "R2025-1")["review"]["items"] == []
    second = data("lookback", "sample", "R2025-1")
    assert second["review"]["items"] == first["review"]["items"]
    assert not {each.uid for each in review().items} & set(items_of(first))
    assert data("check")["ok"]
    data("lookback", "record", "R2025-1", "2", "--outcome", "held")
    assert [each.outcome for each in review().items if each.about == "2"] == ["held"]


def items_of(told) -> list[str]:
    (entry,) = [each for changed in told["changed"] for each in changed["entries"] if each["do"] == "sample"]
    return list(entry["set"]["items"])


def test_a_dry_run_writes_nothing(closed, later, data):
    """Plan and draw are shown whole and leave no byte."""
    before = files(closed)
    assert later("lookback", "plan", "--dry-run", "--seed", "x").code == 0
    assert files(closed) == before
    data("lookback", "plan", "--seed", "x")
    before = files(closed)
    assert '"do":"sample"' in later("lookback", "sample", "R2025-1", "--dry-run").out
    assert files(closed) == before


def test_more_than_anybody_looks_at_is_refused(closed, later, data, monkeypatch):
    """Where more would be drawn than a review has room for, the way out is named (4): when planned, and with --all."""
    monkeypatch.setattr("ledger.domain.acts.lookingback.MOST_ITEMS", 7)
    said = [
        "error: 8 would have to be looked at; one review has room for 7",
        "hint: plan several, with --unit or --category",
    ]
    result = later("lookback", "plan")
    assert (result.code, result.err.splitlines()) == (4, said)
    data("lookback", "plan", "--rate", "40%", "--confidence", "80%")
    result = later("lookback", "sample", "R2025-1", "--all")
    assert (result.code, result.err.splitlines()) == (4, said)
    data("lookback", "sample", "R2025-1")
