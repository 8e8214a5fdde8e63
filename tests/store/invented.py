"""Issues of every kind made up by a seed, and an index asked about them."""

from __future__ import annotations

import datetime as dt
import random

from ledger.domain.moves import Status
from ledger.domain.settings import LIGHTS
from ledger.store import index
from ledger.store.query import Day
from tests.issues import issue, measure

TODAY = dt.date(2025, 9, 1)
DAY = Day(TODAY, LIGHTS)
UNITS = ("综合股", "财务股", "Ａ股", "工程 股", "")
LEADERS = ("顾某", "沈某", "Lin", "")
CATEGORIES = ("作风建设", "财务管理", "")
WORDS = (
    "台账",
    "整改",
    "公文",
    "责任",
    "ＡＢ",
    "Abc",
    "二〇二五",
    "①",
    "’引",
    "％",
    "a_b",
    "\x01",
    '"',
    "x",
    " ",
)


def made_up(seed: int, count: int = 40):
    """Issues of every status, with and without measures, shared ones among them."""
    source = random.Random(seed)

    def fields() -> dict:
        return {
            "unit": source.choice(UNITS),
            "leader": source.choice(LEADERS),
            "owner": source.choice(LEADERS),
            "co_units": tuple(source.sample(UNITS[:4], source.randrange(3))),
            "criterion": "".join(source.choices(WORDS, k=3)),
            "term": source.choice(("immediate", "phased", "longterm", "")),
            "continuing": source.random() < 0.3,
            "due": source.choice((None, TODAY + dt.timedelta(days=source.randrange(-40, 40)))),
            "review_on": source.choice((None, TODAY + dt.timedelta(days=source.randrange(-20, 20)))),
            "due_text": source.choice(("", "2025年9月底前")),
            "since": source.choice((None, TODAY - dt.timedelta(days=source.randrange(30)))),
            "suspect": source.random() < 0.1,
        }

    def part(number: int):
        serves = tuple(
            f"i{source.randrange(1, count + 3)}" for _each in range(source.choice((0, 0, 0, 1, 2)))
        )
        text = "".join(source.choices(WORDS, k=6))
        return measure(number, str(source.choice(list(Status))), text=text, serves=serves, **fields())

    def one(number: int):
        parts = [part(each) for each in range(1, source.randrange(5))]
        alone = str(source.choice(list(Status)))
        status = alone if not parts or source.random() < 0.15 else None
        steps = {"steps": 2, "signed": 1} if status in ("done", "closing") and source.random() < 0.5 else {}
        return issue(
            number,
            *parts,
            status=status,
            title="".join(source.choices(WORDS, k=4)),
            category=source.choice(CATEGORIES),
            kind=source.choice(("finding", "theme")),
            flags=tuple(source.sample(("rebound_prone", "key"), source.randrange(3))),
            claimed_by=source.choice(LEADERS),
            **steps,
            **fields(),
        )

    return tuple(one(number) for number in range(1, count + 1))


def asked(issues):
    """An index of issues, to be asked."""
    return index.memory((each, ()) for each in issues)
