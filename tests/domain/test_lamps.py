"""Lights by more than days: every condition at its threshold, on issues and measures, today and before."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.acts import closing, planning, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.course import OWN
from ledger.domain.lights import Lamps, light, month_ends
from ledger.domain.schema import ISSUE
from ledger.domain.settings import LIGHTS, Light
from ledger.domain.spells import scene, spells
from tests.domain.desk import TWO, TWO_OWN, Desk
from tests.properties.test_spells import happened

#: A hundred days from the day of entry, so that days are percents.
BEGAN = dt.date(2025, 3, 1)
DUE = dt.date(2025, 6, 9)
BACK = SignWords(signer="整改办")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2025-{text}")


def entered(*texts: str, due: dt.date | None = DUE) -> tuple[Desk, list[str]]:
    """An issue with measures, entered on the first day; and their keys."""
    desk = Desk(TWO)
    desk.do(
        planning.add,
        1,
        {"title": "文风不实", "due": due} if due else {"title": "文风"},
        [{"text": t} for t in texts],
    )
    return desk, [str(each["uid"]) for each in desk.state.measures()]


def shown(desk: Desk, key: str, when: str, *lights: Light) -> tuple[str, str, int] | None:
    """The light on a day, the rule that makes it show, and what was measured."""
    found = Lamps(spells(ISSUE, desk.entries), lights).shining(key, day(when))
    return None if found is None else (found.light.code, found.rule, found.amount)


def test_the_share_of_time_used():
    """On the 80th of a hundred days, not on the 79th; beyond its date it goes on."""
    desk, (one,) = entered("甲")
    lamp = Light("yellow", time_used=80)
    assert [shown(desk, one, when, lamp) for when in ("05-19", "05-20", "06-10")] == [
        None, ("yellow", "time_used", 80), ("yellow", "time_used", 101),
    ]  # fmt: skip


def test_points_behind_the_time_used():
    """Half the time is gone and one of four points is ticked: 25 behind; without points nobody can say."""
    desk, (one, two) = entered("甲", "乙")
    for text in "子丑寅卯":
        desk.do(working.add_point, one, text)
    desk.do(working.tick_point, one, 1, on=day("03-10"))
    lights = (Light("red", points_behind=26), Light("yellow", points_behind=25))
    assert [shown(desk, one, when, *lights) for when in ("04-19", "04-20", "04-21")] == [
        None, ("yellow", "points_behind", 25), ("red", "points_behind", 26),
    ]  # fmt: skip
    assert shown(desk, two, "06-30", *lights) is None
    assert shown(desk, OWN, "04-21", *lights) == ("red", "points_behind", 26)


def test_what_is_sent_back():
    """Once for yellow, twice for red, and none while it lies with those who sign."""
    desk, (one,) = entered("甲")
    lights = (Light("red", returns=2), Light("yellow", returns=1))
    for when in ("03-10", "03-20"):
        desk.do(working.report_done, one, "已办", on=day(when))
        desk.do(closing.send_back, one, BACK, on=day(when), why="补充")
    desk.do(working.report_done, one, "已办", on=day("03-30"))
    assert [shown(desk, one, when, *lights) for when in ("03-09", "03-10", "03-20", "03-30")] == [
        None, ("yellow", "returns", 1), ("red", "returns", 2), None,
    ]  # fmt: skip


def test_months_without_progress_or_a_reason():
    """Three whole months after the last note; a reason told on the issue counts for its measures' issue."""
    desk, (one,) = entered("甲", due=None)
    desk.do(working.note, one, "开会", on=day("03-31"))
    lamp = Light("red", months_quiet=3)
    assert [shown(desk, one, when, lamp) for when in ("06-29", "06-30")] == [None, ("red", "months_quiet", 3)]
    desk.do(working.note, one, "说明原因", on=day("06-15"))
    desk.do(planning.edit, one, {"criterion": "制度"}, on=day("07-01"))
    assert [shown(desk, one, when, lamp) for when in ("06-30", "09-15")] == [None, ("red", "months_quiet", 3)]


def test_twice_yellow_at_the_ends_of_months():
    """Yellow on 30 April and 31 May: red from the second on; a month that ends otherwise does not count."""
    desk, (one,) = entered("甲", due=day("04-20"))
    lights = (Light("red", after="yellow", times=2), Light("yellow", 1), Light("green", -99))
    assert [shown(desk, one, when, *lights) for when in ("04-21", "04-30", "05-30", "05-31")] == [
        ("yellow", "from_days", 1), ("yellow", "from_days", 10), ("yellow", "from_days", 40), ("red", "after", 2),
    ]  # fmt: skip
    assert shown(desk, OWN, "05-31", *lights) == ("red", "after", 2)
    desk.do(working.extend, one, day("08-31"), on=day("04-25"), why="因为")
    assert shown(desk, one, "05-31", *lights) == ("green", "from_days", -92)


def test_the_first_light_that_any_rule_lights_shows():
    """One condition is enough, and the strictest light wins, whichever condition it is."""
    desk, (one,) = entered("甲")
    lights = (Light("red", 1, time_used=90), Light("yellow", -30, returns=1))
    assert [shown(desk, one, when, *lights) for when in ("05-09", "05-10", "05-30", "06-10")] == [
        None, ("yellow", "from_days", -30), ("red", "time_used", 90), ("red", "from_days", 1),
    ]  # fmt: skip


def test_closed_and_void_show_none_of_it():
    """Nothing is awaited any more, and what does not count shows nothing."""
    desk, (one, two) = entered("甲", "乙")
    desk.do(working.void, two, on=day("03-10"), why="重复")
    desk.do(working.report_done, one, "已办", on=day("03-10"))
    for _step in TWO.steps:
        desk.do(closing.close, one, SignWords(signer="整改办"), on=day("03-11"))
    lamp = Light("red", time_used=1, months_quiet=1)
    assert [shown(desk, key, "12-31", lamp) for key in (one, two, OWN)] == [None, None, None]


def test_periods_passed_without_what_comes_round():
    """Two months have gone by on 1 May, one on 1 April; recorded ones are not missed, closed ones show none."""
    desk = Desk(TWO)
    desk.do(planning.add, 1, {"title": "文风"}, [{"text": "甲", "recurrence": "monthly from 2025-03"}])
    (one,) = [str(each["uid"]) for each in desk.state.measures()]
    lights = (Light("red", missed=2), Light("yellow", missed=1))
    assert [shown(desk, one, when, *lights) for when in ("03-31", "04-01", "04-30", "05-01")] == [
        None, ("yellow", "missed", 1), ("yellow", "missed", 1), ("red", "missed", 2),
    ]  # fmt: skip
    assert shown(desk, OWN, "05-01", *lights) == ("red", "missed", 2)
    desk.do(working.make_longterm, one, "三成", day("12-31"), on=day("05-02"), why="需长期坚持")
    assert shown(desk, one, "06-01", *lights) == ("red", "missed", 3)
    desk.do(working.void, one, on=day("06-02"), why="重复")
    assert shown(desk, one, "06-03", *lights) is None


def test_an_issue_without_measures_shows_by_its_own_rules():
    """What was sent back, and the time used, are its own; a deadline before its entry is used up at once."""
    desk = Desk(TWO_OWN)
    desk.do(planning.add, 1, {"title": "文风", "due": day("02-20")}, [])
    lights = (Light("red", returns=1), Light("yellow", time_used=100))
    assert shown(desk, OWN, "03-01", *lights) == ("yellow", "time_used", 100)
    desk.do(working.report_done, OWN, "已办", on=day("03-10"))
    desk.do(closing.send_back, OWN, BACK, on=day("03-11"), why="补充")
    assert shown(desk, OWN, "03-12", *lights) == ("red", "returns", 1)
    desk.do(working.report_done, OWN, "已办", on=day("03-13"))
    for _step in TWO_OWN.steps:
        desk.do(closing.close, OWN, SignWords(signer="整改办"), on=day("03-14"))
    assert shown(desk, OWN, "03-15", *lights, Light("green", -999)) is None


def test_without_a_deadline_nobody_is_behind():
    """Time used and points behind say nothing then."""
    desk, (one,) = entered("甲", due=None)
    desk.do(working.add_point, one, "子")
    assert shown(desk, one, "12-31", Light("red", time_used=1, points_behind=1)) is None


@pytest.mark.parametrize("first", [0, 50])
def test_days_alone_mean_what_they_always_meant(first):
    """Of any history on any day: an issue shows what its own lateness says, a measure what its own does."""
    for seed in range(first, first + 50):
        found = spells(ISSUE, happened(seed)[0].entries)
        lamps = Lamps(found, LIGHTS)
        for when in (day("03-20"), day("04-15"), day("05-01"), day("07-15"), dt.date(2026, 1, 1)):
            stood = scene(found, when)
            late = {OWN: stood.late_since, **{key: stood.late_from(key) for key in stood.measures}}
            for key, since in late.items():
                status = stood.own.status if key == OWN else stood.measures[key].status
                expected = light((when - since).days if since else None, status, LIGHTS)
                lit = lamps.shining(key, when)
                assert (lit.light.code if lit else None) == expected


def test_ends_of_months():
    """Each last day from one day to another, both included; leap years, and years that begin between."""
    assert [str(each) for each in month_ends(dt.date(2023, 12, 31), dt.date(2024, 2, 29))] == [
        "2023-12-31", "2024-01-31", "2024-02-29",
    ]  # fmt: skip
    assert list(month_ends(dt.date(2025, 3, 1), dt.date(2025, 3, 30))) == []
