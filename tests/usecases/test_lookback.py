"""Populations as the index has them are those of the histories; what comes round again; what is to be redone."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest

from ledger.domain.population import NOW, Asked, members_of
from ledger.usecases.lookback.coming import due_again, redos, under_way
from ledger.usecases.lookback.population import members
from ledger.usecases.sight import Sight
from tests.cli.books import book

FLAGS = ("rebound_prone", "variant")


@pytest.fixture
def busy(run, tmp_path, monkeypatch):
    """A ledger of which everything was done, back and forth, on several days; both chains."""

    def make(of: str, seed: int) -> None:
        monkeypatch.chdir(tmp_path)
        run.ok("init", "2025", "--preset", "simple", "--lang", "en")
        settings = Path("ledgers/2025/ledger.toml")
        text = settings.read_text(encoding="utf-8").replace('of = "issue"', f'of = "{of}"')
        settings.write_text(text, encoding="utf-8")
        source = random.Random(seed)
        for number in range(1, 13):
            measures = [word for n in range(source.randrange(3)) for word in ("-m", f"做{n}")]
            flag = ("--flag", source.choice((*FLAGS, "key"))) if source.random() < 0.4 else ()
            unit = source.choice(("甲股", "乙股"))
            run.ok("add", f"事{number}", "--unit", unit, *measures, *flag, now="2025-03-01T09:00:00+08:00")
        deeds = (
            ("close", "--result", "done"), ("reopen", "--why", "x"), ("void", "--why", "x"), ("edit", "--flag", "variant"),
            ("longterm", "--interim-goal", "g", "--review-on", "2025-12-31", "--why", "x"), ("interim", "--result", "half"),
            ("close", "--result", "done"), ("edit", "--unit", "丙股"), ("undo", "--yes"), ("close", "--result", "done"), ("note", "-t", "x"),
            ("move", "--to", "3"),
        )  # fmt: skip
        for step in range(80):
            verb, *rest = source.choice(deeds)
            issue = str(source.randrange(1, 13))
            what = f"{issue}.1" if source.random() < 0.5 and verb != "edit" else issue
            day = dt.date(2025, 4, 1) + dt.timedelta(days=step // 3)
            back = (
                ("--on", str(day - dt.timedelta(days=source.randrange(10))))
                if verb != "undo" and source.random() < 0.3
                else ()
            )
            whole = ("--all",) if verb == "close" and what == issue else ()
            named = () if verb == "undo" else (what,)
            run(
                verb, *named, *whole, *rest, *back, now=f"{day}T09:{step % 60:02}:00+08:00"
            )  # some are refused

    return make


@pytest.mark.parametrize("of", ["issue", "measure"])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_index_knows_the_population_of_every_day(busy, of, seed):
    """For many days and statuses, and as known at many commands: the same as by replaying every history."""
    busy(of, seed)
    records = list(book().records())
    batches = sorted({entry.batch for record in records for entry in record.entries})
    sizes = set()
    for ordinal in range(dt.date(2025, 3, 25).toordinal(), dt.date(2025, 5, 5).toordinal(), 3):
        for statuses in (("closed",), ("closed", "interim", "longterm")):
            for known in (NOW, batches[len(batches) // 2], batches[-10]):
                asked = Asked(of, statuses, dt.date.fromordinal(ordinal), flags=FLAGS, known=known)
                expected = sorted(each for record in records for each in members_of(record.entries, asked))
                assert members(book(), asked) == expected, asked
                sizes.add(len(expected))
    assert len(sizes) > 3


@pytest.mark.parametrize("of", ["issue", "measure"])
def test_narrowed_by_what_is_known(busy, of):
    """Unit and heading are those known when it was asked, not those of the day."""
    busy(of, 4)
    asked = Asked(of, ("closed",), dt.date(2025, 5, 30), unit="丙股")
    found = {each.uid for each in members(book(), asked)}
    every = members(book(), asked._replace(unit=""))
    parts = [members(book(), asked._replace(unit=unit)) for unit in ("甲股", "乙股", "丙股")]
    assert sorted(each for part in parts for each in part) == every
    assert found == {each.uid for each in parts[2]}


@pytest.fixture
def rhythm(run, tmp_path, monkeypatch):
    """Four closed issues, looked at again after a year, flagged ones after six months."""
    monkeypatch.chdir(tmp_path)
    run.ok("init", "2025", "--preset", "simple", "--lang", "en")
    with Path("ledgers/2025/ledger.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[lookback]\ninterval_months = 12\nrisk_months = 6\n")
    for number, unit in enumerate(("甲股", "甲股", "乙股", "乙股"), 1):
        run.ok("add", f"事{number}", "--unit", unit, *(("--flag", "variant") if number == 2 else ()))
    for number, day in (("1", "2025-03-31"), ("2", "2025-03-31"), ("3", "2025-06-30"), ("4", "2025-08-31")):
        run.ok("close", number, "--result", "done", now=f"{day}T09:00:00+08:00")


def sight(day: str, as_of: str | None = None) -> Sight:
    asked = dt.date.fromisoformat(as_of) if as_of else None
    return Sight(book(), dt.date.fromisoformat(as_of or day), asked)


def again(day: str, as_of: str | None = None) -> list[tuple[str, str, bool]]:
    return [(each.id, str(each.due), each.risk) for each in due_again(sight(day, as_of))]


@pytest.mark.usefixtures("rhythm")
def test_what_was_closed_comes_round_again():
    """By interval; sooner where it is flagged; the last day of a month where the month is shorter."""
    assert again("2025-09-29") == []
    assert again("2025-09-30") == [("2", "2025-09-30", True)]
    assert again("2026-03-31") == [("2", "2025-09-30", True), ("1", "2026-03-31", False)]
    assert [each.id for each in due_again(sight("2025-10-01"), dt.date(2026, 8, 31))] == ["2", "1", "3", "4"]


@pytest.mark.usefixtures("rhythm")
def test_an_office_that_says_nothing_is_reminded_of_nothing():
    """Without an interval nothing falls due."""
    path = Path("ledgers/2025/ledger.toml")
    path.write_text(path.read_text(encoding="utf-8").split("\n[lookback]")[0], encoding="utf-8")
    assert again("2035-01-01") == []


@pytest.mark.usefixtures("rhythm")
def test_a_look_back_begins_the_time_anew(run):
    """While one is under way its population is not due; finished, the time counts from its end; a void one counts for nothing."""
    late = "2026-04-01T09:00:00+08:00"
    run.ok("lookback", "plan", "--unit", "甲股", now=late)
    assert again("2026-04-01") == []
    assert again("2026-08-31") == [("3", "2026-06-30", False), ("4", "2026-08-31", False)]
    assert [(each.id, each.stage, each.drawn, each.open) for each in under_way(sight("2026-04-01"))] == [
        ("R2026-1", "planned", 0, 0)
    ]
    run.ok("lookback", "sample", "R2026-1", now=late)
    run.ok("lookback", "record", "R2026-1", "2", "--outcome", "held", now=late)
    assert [(each.stage, each.drawn, each.open) for each in under_way(sight("2026-04-01"))] == [
        ("drawn", 2, 1)
    ]
    run.ok("lookback", "record", "R2026-1", "1", "--outcome", "held", now=late)
    run.ok("lookback", "finish", "R2026-1", now="2026-04-10T09:00:00+08:00")
    assert under_way(sight("2026-04-10")) == ()
    assert again("2026-10-09") == [("3", "2026-06-30", False), ("4", "2026-08-31", False)]
    assert again("2026-10-10")[-1] == ("2", "2026-10-10", True)
    run.ok("lookback", "plan", "--unit", "乙股", now="2026-09-01T09:00:00+08:00")
    run.ok("void", "R2026-2", "--why", "x", now="2026-09-01T09:00:00+08:00")
    assert [each[0] for each in again("2026-09-02")] == ["3", "4"]
    assert again("2026-09-02", as_of="2026-04-05") == []


@pytest.mark.usefixtures("rhythm")
def test_what_is_done_again_leaves_the_list(run):
    """A rebound when it is closed again, a variant when its issue is closed, what mostly held when it is looked at again."""
    now = "2025-09-01T09:00:00+08:00"
    run.ok("lookback", "plan", now=now)
    run.ok("lookback", "sample", "R2025-1", "--all", now=now)
    run.ok("lookback", "record", "R2025-1", "1", "--outcome", "rebound", "-t", "x", now=now)
    run.ok("lookback", "record", "R2025-1", "2", "--outcome", "variant", "--title", "新样子", now=now)
    run.ok("lookback", "record", "R2025-1", "3", "--outcome", "partial", now=now)
    run.ok("lookback", "record", "R2025-1", "4", "--outcome", "held", now=now)
    redo = [
        word
        for each in ("1 Gu 2025-10-31", "2 Lin 2025-09-30", "3 Gu 2025-11-30")
        for word in ("--redo", each)
    ]
    run.ok("lookback", "finish", "R2025-1", *redo, now=now)
    assert [(each.review, each.id, each.by, str(each.due)) for each in redos(sight("2025-09-02"))] == [
        ("R2025-1", "2", "Lin", "2025-09-30"), ("R2025-1", "1", "Gu", "2025-10-31"), ("R2025-1", "3", "Gu", "2025-11-30"),
    ]  # fmt: skip
    run.ok("close", "1", "--result", "done", now="2025-09-03T09:00:00+08:00")
    run.ok("close", "5", "--result", "done", now="2025-09-03T09:00:00+08:00")
    assert [each.id for each in redos(sight("2025-09-04"))] == ["3"]
    later = "2025-12-01T09:00:00+08:00"
    run.ok("lookback", "plan", now=later)
    run.ok("lookback", "sample", "R2025-2", "--all", now=later)
    assert [each.id for each in redos(sight("2025-12-01"))] == ["3"]
    run.ok("lookback", "record", "R2025-2", "3", "--outcome", "held", now=later)
    assert redos(sight("2025-12-01")) == ()


def test_what_was_moved_away_since_stood_there(run, tmp_path, monkeypatch):
    """A measure that went to another issue after the day was interim on it, under its old number; later under the new."""
    monkeypatch.chdir(tmp_path)
    run.ok("init", "2025", "--preset", "simple", "--lang", "en")
    settings = Path("ledgers/2025/ledger.toml")
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('of = "issue"', 'of = "measure"'), encoding="utf-8"
    )
    run.ok("add", "甲", "-m", "一", "-m", "二")
    run.ok("add", "乙", "-m", "三")
    run.ok("interim", "1.1", "--result", "half", now="2025-04-10T09:00:00+08:00")
    run.ok("move", "1.1", "--to", "2", now="2025-04-20T09:00:00+08:00")
    asked = Asked("measure", ("interim",), dt.date(2025, 4, 15))
    records = list(book().records())
    for day in (15, 25):
        wanted = asked._replace(day=dt.date(2025, 4, day))
        found = members(book(), wanted)
        assert found == sorted(each for record in records for each in members_of(record.entries, wanted))
        assert [each.about for each in found] == [{15: "1.1", 25: "2.2"}[day]]
