"""Whatever is written down after a period was sent: it is made again, and the next one tells what it corrects."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter

import pytest

from ledger import __version__
from ledger.domain.acts.closing import SignWords
from ledger.domain.issue import Issue, issue_of
from ledger.domain.moves import Status
from ledger.errors import LedgerError
from ledger.reports.material import Wanted
from ledger.store import frozen as folders
from ledger.usecases import (
    closing,
    freezing,
    planning,
    reporting,
    restating,
    starting,
    upkeep,
    verifying,
    working,
)
from ledger.usecases.change import Actor, Desk
from ledger.usecases.sight import Sight
from ledger.usecases.starting import Start

ZONE = dt.timezone(dt.timedelta(hours=8))
JUNE = dt.date(2025, 6, 30)
COMMANDS = 1000
ISSUES = 12
UNITS, CATEGORIES = ("党政办", "财政所", "建设办"), ("作风建设", "财务管理")


def ahead(day: dt.date | None) -> dt.date | None:
    """When something falls due that is not late in June."""
    return day if day is not None and day >= JUNE else None


def as_counted(issue: Issue) -> tuple[object, ...]:
    """All that figures take from an issue on the last day of June, reckoned here once more."""
    parts = Counter((each.status, each.overdue_days(JUNE) > 0, ahead(each.late_from)) for each in issue.live)
    return issue.status, issue.category, issue.unit, issue.days_late(JUNE) > 0, parts


class Clerk:
    """Somebody who does anything, much of it late, and knows of each command whether June counts otherwise since."""

    def __init__(self, folder, chance):
        self.book = starting.start(folder, Start("t", "five-level", "某局", "", "zh"))
        self.chance = chance
        self.moment = dt.datetime(2025, 3, 1, 9, tzinfo=ZONE)
        self.done, self.last = 0, ""
        self.seen: dict[str, tuple[bytes, object]] = {}
        for number in range(ISSUES):
            fields = {
                "title": f"问题{number}", "category": chance.choice(CATEGORIES), "unit": chance.choice(UNITS),
                "due": chance.choice(("2025-05-31", "2025-06-30", "2025-12-31")),
            }  # fmt: skip
            planning.add_issue(self.desk(), fields, ["甲", "乙"])

    def desk(self, back: int = 0) -> Desk:
        self.moment += dt.timedelta(minutes=10)
        return Desk(
            self.book, Actor("沈某", self.moment.date() - dt.timedelta(days=back), self.moment, "因为")
        )

    def june(self) -> dict[str, object]:
        """How every issue counts on the last day of June as it is known now, reckoned here once more."""
        for name in self.book.names():
            data = self.book.raw(name)
            if self.seen.get(name, (b"", None))[0] != data:
                state = self.book.replayed(self.book.read(name), as_of=JUNE, known_at=None)
                self.seen[name] = data, None if state is None else as_counted(issue_of(state))
        return {name: counts for name, (_data, counts) in self.seen.items() if counts is not None}

    def act(self) -> bool:
        """Try one command; whether it was possible."""
        chance = self.chance
        desk = self.desk(chance.choice((0, 0, 3, 10, 20, 40)))
        number = chance.randint(1, ISSUES)
        ids = [f"{number}.{chance.randint(1, 2)}"]
        signed = SignWords(signer=chance.choice(("张某", "李某", "整改办")), result="已办结")
        deeds = (
            lambda: working.note(desk, ids, "记"),
            lambda: working.note(desk, ids, "再记"),
            lambda: working.done(desk, ids, "已完成"),
            lambda: closing.close(desk, ids, signed),
            lambda: closing.close(desk, ids, signed),
            lambda: closing.send_back(desk, ids, signed),
            lambda: closing.reopen(desk, ids),
            lambda: working.extend(desk, ids, chance.choice(("2025-07-31", "2025-08-31", "2026-01-31"))),
            lambda: planning.edit(desk, ids, {"due": chance.choice(("2025-06-15", "2025-09-30"))}),
            lambda: working.longterm(desk, ids, "三成", dt.date(2025, 12, 31)),
            lambda: working.interim(desk, ids, "一半", dt.date(2025, 9, 30)),
            lambda: planning.edit(desk, ids, {"criterion": f"标准{self.done}"}),
            lambda: planning.edit(desk, [str(number)], {"category": chance.choice(CATEGORIES)}),
            lambda: planning.edit(desk, [str(number)], {"unit": chance.choice(UNITS)}),
            lambda: planning.add_measures(desk, str(number), ["丙"], {}),
            lambda: planning.add_issue(desk, {"title": "又一件", "category": CATEGORIES[0]}, ["丁"]),
            lambda: upkeep.undo(desk, self.last),
        )
        weights = (9, 9, 9, 9, 9, 6, 9, 5, 3, 3, 5, 5, 3, 3, 1, 1, 3)
        try:
            self.last = chance.choices(deeds, weights)[0]().batch
        except LedgerError:
            return False
        self.done += 1
        return True


@pytest.fixture
def clerk(tmp_path, monkeypatch):
    monkeypatch.setattr("os.fsync", lambda _file: None)  # nobody pulls the plug here
    return Clerk(tmp_path, random.Random(20250630))


def frozen(clerk: Clerk, period: str) -> dict:
    """Freeze a period; what the monthly status in it says."""
    freezing.freeze(clerk.desk(), freezing.Asked(period, ("status.md", "lists.md"), __version__))
    path = clerk.book.folder / folders.FOLDER / period / folders.view_path("status")
    return json.loads(path.read_bytes())


def test_a_thousand_commands_later(clerk):
    """What was sent is made again byte for byte; the next period lists exactly the commands that count for it."""
    while clerk.moment.date() <= JUNE:
        clerk.act()
        clerk.moment += dt.timedelta(hours=chance_of(clerk))
    sent = frozen(clerk, "2025-06")
    known, expected, clerk.done = clerk.june(), set(), 0
    while clerk.done < COMMANDS:
        moment_before = clerk.moment
        if clerk.act():
            now = clerk.june()
            if now != known:
                expected.add(clerk.moment.isoformat())
            known = now
        assert clerk.moment > moment_before
    assert [each.slips for each in verifying.verify(clerk.book, (), __version__)] == [()]
    clerk.moment = dt.datetime(2025, 8, 1, 9, tzinfo=ZONE)
    sight = Sight(clerk.book, dt.date(2025, 7, 31), dt.date(2025, 7, 31), clerk.moment)
    told = restating.restated(sight, Wanted("status"), __version__)
    assert {each.at for each in told.corrections} == expected
    assert len(expected) > COMMANDS // 20
    july = frozen(clerk, "2025-07")
    assert [each.slips for each in verifying.verify(clerk.book, (), __version__)] == [(), ()]
    bridged(july, sent, known)


def chance_of(clerk: Clerk) -> int:
    return clerk.chance.randint(1, 40)


def bridged(july: dict, sent: dict, known: dict) -> None:
    """As sent, the corrections, and what an independent count of June has now: they add up."""
    (section,) = [each for each in july["sections"] if each["key"] == "restated"]
    table = section["blocks"][1]["table"]
    columns = [each["key"] for each in table["columns"]]
    before, between, after = (dict(zip(columns, row, strict=True)) for row in table["rows"][:3])
    summary = next(each for each in sent["sections"] if each["key"] == "summary")["blocks"]
    first = next(block["table"] for block in summary if "table" in block)
    assert list(before.values())[1:] == first["rows"][0][1:]
    live = [status for status, *_rest in known.values() if status is not Status.VOID]
    statuses = Counter(str(status) for status in live)
    counted = {name: statuses[name] for name in columns if name in set(Status)}
    assert {name: after[name] for name in counted} == counted
    assert after["total"] == len(live)
    assert all(before[name] + between[name] == after[name] for name in columns[1:])


def test_known_then_it_says_the_same(clerk):
    """--known-at the moment of freezing gives the report as it was sent, without looking into the folder."""
    clerk.moment = dt.datetime(2025, 6, 29, 9, tzinfo=ZONE)
    while clerk.done < 20:
        clerk.act()
    clerk.moment = dt.datetime(2025, 7, 1, 9, tzinfo=ZONE)
    moment = clerk.moment + dt.timedelta(minutes=10)
    frozen(clerk, "2025-06")
    home = clerk.book.folder / folders.FOLDER / "2025-06"
    while clerk.done < 60:
        clerk.act()
    for kind in ("status", "lists"):
        view = reporting.view(Sight(clerk.book, JUNE, JUNE, moment), Wanted(kind), __version__)
        written = reporting.written(Sight(clerk.book, JUNE), view, "md")
        assert written == (home / f"{kind}.md").read_bytes()
