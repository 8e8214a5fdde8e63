"""Histories made for the tests of replay: random lives, a small busy one, entries one after another."""

from __future__ import annotations

import datetime as dt
import functools

from hypothesis import strategies as st

from ledger.domain.acts import closing, moving, planning, ticking, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.acts.undoing import undo
from ledger.domain.acts.withholding import withhold
from ledger.domain.cadence import period_named
from ledger.domain.course import OWN
from ledger.domain.entry import compose
from ledger.domain.moves import Act
from ledger.errors import LedgerError
from tests.domain.desk import DUE, FIRST_DAY, SIMPLE, TWO, TWO_OWN, ZONE, Desk, opened

ROWS = [
    {"sha256": f"{number:064x}", "name": f"{number}.pdf", "kind": "document", "proves": "", "size": number}
    for number in range(3)
]
TEXTS = st.sampled_from(["登记造册", "专人保管", "it's", "一\n二"])
DATES = st.dates(dt.date(2025, 5, 1), dt.date(2025, 9, 1))
NUMBERS = st.sampled_from([1, 0, 1, 2, 0, 3])


def _words(result: str = "", step: str = "", take_all: bool = False) -> SignWords:
    return SignWords(meeting="领导小组第3次会议", step=step, result=result, take_all=take_all)


def _keyed(name: str, *arguments):
    return st.tuples(st.just(name), NUMBERS, *arguments)


NAMES = st.lists(st.sampled_from(["甲镇", "乙镇", "丙镇"]), max_size=2, unique=True)
PERIODS = st.lists(st.sampled_from(["2025-Q1", "2025-Q2", "2025-02", "2025-04"]), max_size=2, unique=True)
BECAME = st.sampled_from(["done", "done", "excused", "open"])
#: What is done to measures alone.
OF_MEASURES = {"tick", "split", "merge", "point", "names", "roster", "every", "occur"}
#: What may happen, and how often.
DEEDS = {
    "note": (3, _keyed("note", TEXTS)),
    "attach": (2, _keyed("attach", st.sampled_from(ROWS))),
    "point": (1, _keyed("point", TEXTS)),
    "tick": (2, _keyed("tick", st.integers(1, 2), st.booleans())),
    "names": (1, _keyed("names", NAMES, NAMES)),
    "roster": (3, _keyed("roster", NAMES, BECAME)),
    "every": (2, _keyed("every", st.sampled_from(["quarterly from 2025-Q1", "monthly from 2025-02", None]))),
    "occur": (4, _keyed("occur", PERIODS, BECAME)),
    "interim": (1, _keyed("interim")),
    "done": (6, _keyed("done", st.sampled_from(["", "已完成", "已办结"]))),
    "sign": (6, _keyed("sign", st.sampled_from(["", "", "check", "approve"]))),
    "close": (9, _keyed("close", st.sampled_from(["已完成", ""]), st.sampled_from([True, True, False]))),
    "return": (3, _keyed("return", st.sampled_from(["", "check"]))),
    "reopen": (5, _keyed("reopen")),
    "confirm": (2, _keyed("confirm")),
    "withhold": (1, _keyed("withhold", st.sampled_from(["secret", "unrest", ""]))),
    "longterm": (1, _keyed("longterm")),
    "void": (1, _keyed("void")),
    "extend": (2, _keyed("extend", DATES)),
    "ask": (1, _keyed("ask", DATES)),
    "refuse": (1, _keyed("refuse")),
    "edit": (3, _keyed("edit", st.sampled_from(["remark", "criterion", "text", "title"]), TEXTS)),
    "erratum": (2, _keyed("erratum", TEXTS)),
    "assign": (2, _keyed("assign", DATES, st.booleans())),
    "measure": (2, _keyed("measure", TEXTS)),
    "split": (1, _keyed("split")),
    "merge": (1, _keyed("merge")),
    "claim": (2, _keyed("claim")),
    "approve": (2, _keyed("approve")),
    "undo": (3, _keyed("undo", st.integers(0, 5))),
}
deeds = st.sampled_from([name for name, (often, _) in DEEDS.items() for _ in range(often)]).flatmap(
    lambda name: DEEDS[name][1]
)
happenings = st.tuples(deeds, st.integers(0, 3), st.sampled_from([0, 0, 0, 0, 1, 4]))
lives = st.tuples(
    st.sampled_from([SIMPLE, TWO, TWO_OWN]),
    st.sampled_from([False, False, True]),
    st.lists(happenings, min_size=15, max_size=40),
)


def run(desk: Desk, deed, key: str, on: dt.date, why: str = "因故") -> None:
    """One random command."""
    name, _number, *rest = deed
    acts = {
        "note": lambda text: (working.note, key, text),
        "attach": lambda row: (working.attach, key, row),
        "point": lambda text: (working.add_point, key, text),
        "tick": lambda number, done: (functools.partial(working.tick_point, done=done), key, number),
        "names": lambda add, drop: (ticking.set_names, key, add, drop),
        "roster": lambda names, became: (ticking.tick_names, key, names, became),
        "every": lambda kept: (planning.edit, key, {"recurrence": kept}),
        "occur": lambda periods, became: (ticking.occur, key, list(map(period_named, periods)), became),
        "interim": lambda: (working.interim, key),
        "done": lambda result: (working.report_done, key, result),
        "sign": lambda step: (closing.sign, key, _words(step=step)),
        "close": lambda result, whole: (closing.close, key, _words(result, take_all=whole)),
        "return": lambda to: (functools.partial(closing.send_back, to=to), key, _words()),
        "reopen": lambda: (closing.reopen, key),
        "confirm": lambda: (closing.confirm, key, _words()),
        "withhold": lambda kind: (functools.partial(withhold, meeting="会"), key, kind),
        "longterm": lambda: (working.make_longterm, key, "目标", dt.date(2026, 1, 1)),
        "void": lambda: (working.void, key),
        "extend": lambda due: (working.extend, key, due),
        "ask": lambda due: (working.ask_for, Act.EXTEND, key, {"due": due}),
        "refuse": lambda: (working.refuse_request, Act.EXTEND, key),
        "edit": lambda field, text: (planning.edit, key, {field: text}),
        "erratum": lambda text: (functools.partial(planning.edit, erratum=True), key, {"criterion": text}),
        "assign": lambda due, down: (functools.partial(planning.assign, down=down), key, {"due": due}),
        "measure": lambda text: (planning.add_measure, {"text": text}),
        "split": lambda: (moving.split_measure, key, ["甲", "乙"]),
        "merge": lambda: (moving.merge_measures, key, [list(desk.state.parts)[-1]]),
        "claim": lambda: (planning.claim, "吴某"),
        "approve": lambda: (planning.approve, len(desk.state.plan_versions) + 1, "党组会"),
        "undo": lambda back: (undo, desk.entries[max(len(desk.entries) - 1 - back, 0)].batch),
    }
    desk.do(*acts[name](*rest), on=on, why=why)


def live(life) -> tuple[Desk, list[tuple[dt.datetime, dict]]]:
    """Run a random life; what is refused is left out. Gives what was seen after each command."""
    chain, plan, happenings = life
    desk = opened(chain, measures=2, plan=plan, due=DUE)
    seen = [(desk.clock, desk.state.document())]
    for deed, later, back in happenings:
        desk.today += dt.timedelta(days=later)
        parts = list(desk.state.parts)
        number = deed[1]
        if deed[0] in OF_MEASURES and not number:
            number = 1
        key = parts[number - 1] if 0 < number <= len(parts) else OWN
        if key == OWN and deed[0] in OF_MEASURES - {"point"}:
            continue
        count = len(desk.entries)
        try:
            run(desk, deed, key, desk.today - dt.timedelta(days=back))
        except LedgerError:
            continue
        if len(desk.entries) > count:
            seen.append((desk.clock, desk.state.document()))
    return desk, seen


def busy() -> Desk:
    """A small history with most kinds of entry."""
    desk = opened(TWO, measures=2, due=DUE, leader="吴某")
    first = desk.key(1)
    desk.do(working.note, first, "it's begun")
    desk.do(working.attach, first, ROWS[1])
    desk.do(working.extend, first, dt.date(2025, 8, 31), why="会议推迟")
    desk.do(working.report_done, first, "已完成")
    desk.do(closing.sign, first, _words())
    desk.do(planning.edit, OWN, {"remark": "说明"})
    return desk


def entry_after(parents, number: int, minute: int, **parts):
    """A note behind some entries, or what its parts make of it."""
    return compose(
        {
            "id": f"{number:026d}",
            "batch": f"B{number}",
            "do": "note",
            "on": FIRST_DAY,
            "at": dt.datetime(2025, 3, 1, 10, minute, tzinfo=ZONE),
            "by": "林某",
            "prev": [each.hash for each in parents],
            **parts,
        }
    )
