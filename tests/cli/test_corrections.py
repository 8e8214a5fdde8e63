"""Corrections (上期更正): what was written down after a period was sent, told in the report of the next."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import town
from tests.cli.repository import git, somebody

JULY = "2025-07-01T09:00:00+08:00"
LATER = "2025-07-20T09:00:00+08:00"


@pytest.fixture
def frozen(run):
    """June of the town is frozen."""
    town.start(run)
    run.ok("freeze", "2025-06", now=JULY)
    return Path("ledgers/2025/frozen/2025-06")


def restated(run, *argv: str) -> list:
    """The blocks of the section that tells corrections."""
    view = json.loads(run.ok("report", "status", "--json", *argv, now="2025-08-01T09:00:00+08:00"))
    return [each["blocks"] for each in view["sections"] if each["key"] == "restated"]


def test_the_next_report_tells_what_was_corrected(run, frozen):
    """What was back-dated into June and counts otherwise stands in July with both values; what does not, does not."""
    june, july = ("--as-of", "2025-06-30"), ("--as-of", "2025-07-31")
    (same,) = restated(run, *july)
    assert [block["text"] for block in same] == [
        "The figures of 2025-06, as of 2025-06-30, are still those that were sent."
    ]
    run.ok("note", "2.2", "-t", "begun", "--on", "2025-06-20", now=LATER)
    run.ok("note", "2.2", "-t", "no figure", "--on", "2025-06-21", now=LATER)
    run.ok("note", "2.2", "-t", "of July", now=LATER)
    run.ok("close", "2.1", "--result", "paid", "--on", "2025-06-28", now=LATER, by="Gu")
    (told,) = restated(run, *july)
    assert [row[:3] for row in told[-1]["table"]["rows"]] == [
        ["2.2", "note", "2025-06-20"],
        ["2.1", "done", "2025-06-28"],
        ["2.1", "sign", "2025-06-28"],
    ]
    assert {row[4] for row in told[-1]["table"]["rows"]} == {"Gu", "林某"}
    bridge = {row[0]: row[1:3] for row in told[1]["table"]["rows"]}
    assert [bridge[f"measures, {what}"] for what in ("as sent", "corrections", "as known now")] == [
        [5, 2],
        [0, 1],
        [5, 3],
    ]
    assert ["Overview", "measures", "closed", 2, 1, 3] in told[2]["table"]["rows"]
    assert restated(run, *june) == []
    assert restated(run, *july, "--known-at", JULY) == [same]


def test_a_correction_is_told_once(run, frozen):
    """Frozen in July, what was corrected in June is not told again in August, and settings correct nothing."""
    run.ok("note", "2.2", "-t", "begun", "--on", "2025-06-20", now=LATER)
    run.ok("freeze", "2025-07", "--as-of", "2025-07-20", now=LATER)
    settings = Path("ledgers/2025/ledger.toml")
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('of = "measure"', 'of = "issue"'), encoding="utf-8"
    )
    (august,) = restated(run)
    assert august[0]["text"].startswith("The figures of 2025-07, as of 2025-07-20, are still")
    run.ok("verify", now=LATER)


def test_corrections_rest_on_what_was_sent(run, frozen):
    """A view that was changed is not told against: the report is refused until the folder is whole."""
    with (frozen / "views/status.json").open("ab") as file:
        file.write(b" ")
    result = run("report", "status", now=LATER)
    assert (result.code, result.out) == (7, "")
    assert "2025-06/views/status.json is not what was frozen" in result.err
    run.ok("report", "lists", now=LATER)


def test_what_another_copy_wrote_before_the_freeze(run):
    """A merge brings entries that carry an earlier time than the freeze: what was sent holds, and they are told."""
    folder = town.start(run)
    somebody()
    run.ok("git", "setup", "--init")
    for words in (("add", "."), ("commit", "-qm", "begun"), ("checkout", "-qb", "theirs")):
        git(*words, cwd=folder)
    run.ok(
        "note",
        "2.2",
        "-t",
        "from the other desk",
        "--on",
        "2025-06-20",
        by="Gu",
        now="2025-06-21T09:00:00+08:00",
    )
    git("commit", "-qam", "theirs", cwd=folder)
    git("checkout", "-qb", "mine", "theirs~1", cwd=folder)
    run.ok("note", "2.1", "-t", "asked again", "--on", "2025-06-22", now="2025-06-22T09:00:00+08:00")
    run.ok("freeze", "2025-06", now=JULY)
    git("add", ".", cwd=folder)
    git("commit", "-qm", "mine", cwd=folder)
    git("merge", "theirs", cwd=folder, fine=True)
    run.ok("resolve", now=LATER)
    assert run.ok("verify", now=LATER).startswith("2025-06 holds: ")
    (told,) = restated(run, "--as-of", "2025-07-31")
    assert told[-1]["table"]["rows"] == [["2.2", "note", "2025-06-20", "2025-06-21 09:00", "Gu"]]
    assert run.ok("check", now=LATER) == ""


def test_what_was_taken_back_again_corrects_nothing(run, frozen):
    """A back-dated close-out that was undone later never happened, at any date: no figure of June differs."""
    run.ok("close", "2.1", "--result", "paid", "--on", "2025-06-28", now=LATER)
    (told,) = restated(run, "--as-of", "2025-07-31")
    assert len(told) > 1
    run.ok("undo", "--yes", now=LATER)
    (told,) = restated(run, "--as-of", "2025-07-31")
    assert [block["text"] for block in told] == [
        "The figures of 2025-06, as of 2025-06-30, are still those that were sent."
    ]


def test_the_latest_that_ended_before(run, frozen):
    """Of months, weeks and reissues that were over the latest counts, of one day the one frozen last."""
    for words in (("2025-05",), ("2025-W26",), ("2025-06", "--reissue", "--why", "an annex")):
        run.ok("freeze", *words, now=LATER)

    def corrected(day: str) -> list[str]:
        view = json.loads(run.ok("report", "status", "--json", "--as-of", day, now=LATER))
        return [each["title"] for each in view["sections"] if each["key"] == "restated"]

    assert corrected("2025-07-05") == ["Corrections to 2025-06-r2"]
    assert corrected("2025-06-30") == ["Corrections to 2025-05"]
    assert corrected("2025-05-31") == []
    run.ok("freeze", "2025-Q2", now="2025-07-21T09:00:00+08:00")
    assert corrected("2025-07-05") == ["Corrections to 2025-Q2"]


def test_an_older_manifest_is_not_read(run, frozen):
    """A folder that nothing is told against does not stand in the way; one that is, does."""
    run.ok("freeze", "2025-05", now=LATER)
    (frozen.parent / "2025-05/manifest.toml").unlink()
    run.ok("report", "status", "--as-of", "2025-07-31", now=LATER)
    refused = run("report", "status", "--as-of", "2025-06-30", now=LATER)
    assert (refused.code, "2025-05/manifest.toml: the file is gone" in refused.err) == (7, True)
