"""`ledger publish`: what was published, who agreed, for how long, and whom people may turn to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import town

JANUARY = "2026-01-08T09:00:00+08:00"
NOTICE = '\n[notice]\nphone = "0551-62345678"\nhours = "9:00-17:00"\nemail = "zg@example.gov.cn"\n'


@pytest.fixture
def ledger(run):
    folder = town.start(run)
    settings = Path("ledgers/2025/ledger.toml")
    settings.write_text(settings.read_text(encoding="utf-8") + NOTICE, encoding="utf-8")
    run.ok("report", "lists", "--redact", "public", "-o", "lists.md", now=JANUARY)
    return folder


def rows(run) -> list[dict[str, object]]:
    return json.loads(run.ok("register", "publications", "list", "--json", now=JANUARY))["rows"]


def test_a_window_of_working_days(run, ledger):
    """15 working days from 2026-01-08 end on 2026-01-28; contact and the file as it was are kept."""
    line = (
        "publish",
        "lists.md",
        "--channel",
        "county site",
        "--workdays",
        "15",
        "--meeting",
        "Party group 9",
    )
    assert run.ok(*line, now=JANUARY) == (
        "published: publications:1\non view from 2026-01-08 to 2026-01-28: 15 working days\n"
    )
    (row,) = rows(run)
    said = row["values"]
    assert {
        name: said[name] for name in ("audience", "title", "channels", "approved_by", "opened", "closed")
    } == {
        "audience": "public",
        "title": "lists.md",
        "channels": ["county site"],
        "approved_by": "Party group 9",
        "opened": "2026-01-08",
        "closed": "2026-01-28",
    }
    assert (said["workdays"], said["phone"], said["email"]) == (15, "0551-62345678", "zg@example.gov.cn")
    (kept,) = Path("ledgers/2025/evidence").rglob("*.md")
    assert (kept.read_bytes(), kept.stem) == (Path("lists.md").read_bytes(), said["sha256"])
    assert f"checkpoint: {said['checkpoint'].replace(' ', ' entries, ')};" in kept.read_text(encoding="utf-8")


def test_what_is_for_the_office_is_not_published(run, ledger):
    """A paper that was not made for the public is refused, within the Party it is not searched."""
    run.ok("report", "lists", "-o", "own.md", now=JANUARY)
    line = ("publish", "own.md", "--channel", "site", "--to", "2026-01-28", "--signer", "Lin")
    result = run(*line, now=JANUARY)
    assert (result.code, result.out, rows(run)) == (4, "", [])
    assert '"Lin" would have been published (a person\'s name)' in result.err
    assert run(*line, "--audience", "party", now=JANUARY).code == 0
    assert [each["values"]["workdays"] for each in rows(run)] == [15]


def test_what_was_frozen_is_named(run, ledger):
    """A file out of a frozen period says of which."""
    folder = Path("ledgers/2025/frozen/2025-12")
    folder.mkdir(parents=True)
    (folder / "lists.md").write_bytes(Path("lists.md").read_bytes())
    run.ok(
        "publish", folder / "lists.md", "--channel", "site", "--workdays", "5", "--signer", "Gu", now=JANUARY
    )
    assert [each["values"]["frozen"] for each in rows(run)] == ["2025-12"]


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("--workdays 15", 4, "nobody is said to have agreed"),
        ("--signer Gu", 4, "nobody says how long it is on public view"),
        ("--signer Gu --workdays 300", 4, "the working days of 2027 are not known"),
        ("--signer Gu --workdays 5 --to 2026-01-28", 2, "the window is said twice"),
        (
            "--signer Gu --from 2026-01-08 --to 2026-01-07",
            2,
            "it would be on view from 2026-01-08 to 2026-01-07",
        ),
    ],
)
def test_bad_requests(run, ledger, line, code, words):
    """Without consent or window, or with one that cannot be counted, nothing is written down."""
    result = run("publish", "lists.md", "--channel", "site", *line.split(), now=JANUARY)
    assert (result.code, result.out, rows(run)) == (code, "", [])
    assert words in result.err


def test_a_file_there_is_not(run, ledger):
    """A missing file is named, and nothing is written down."""
    result = run("publish", "none.md", "--channel", "site", "--workdays", "5", "--signer", "Gu", now=JANUARY)
    assert (result.code != 0, "none.md" in result.err, rows(run)) == (True, True, [])


def test_a_comment_becomes_a_clue(run, ledger):
    """What people say about a publication is a clue that names it; one about something else is refused."""
    line = ("publish", "lists.md", "--channel", "site", "--workdays", "15", "--signer", "Gu")
    run.ok(*line, now=JANUARY)
    run.ok("clue", "add", "The debts are not paid", "--publication", "publications:1", now=JANUARY)
    (clue,) = json.loads(run.ok("clue", "show", "C1", "--json", now=JANUARY))["clues"]
    assert (clue["channel"], clue["publication"]) == ("publication", "publications:1")
    result = run("clue", "add", "x", "--publication", "2", now=JANUARY)
    assert (result.code, result.out) == (3, "")
    assert run("clue", "add", "x", "--publication", "meetings:1", now=JANUARY).code == 2
