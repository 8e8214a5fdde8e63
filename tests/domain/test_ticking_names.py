"""Names of a roster, ticked off one by one."""

from __future__ import annotations

import pytest

from ledger.domain.acts import planning, ticking, working
from ledger.domain.course import OWN
from ledger.domain.moves import Status
from tests.domain.desk import opened
from tests.domain.ticks import TOWNS, day, measure, refused, rostered


def test_names_are_ticked_off_several_at_once():
    """Each name is done on a day; the roster keeps its order."""
    desk = rostered()
    desk.do(ticking.tick_names, desk.key(1), ["白沙镇", "柳河镇"], "done", "已验收", on=day(3, 9))
    assert [(each.name, each.done_on, each.text) for each in measure(desk).roster] == [
        ("柳河镇", day(3, 9), "已验收"),
        ("桐岭镇", None, ""),
        ("白沙镇", day(3, 9), "已验收"),
    ]
    assert measure(desk).status is Status.ACTIVE


def test_an_unknown_name_is_refused_with_near_ones():
    """Nothing is ticked off when one of the names is not there."""
    desk = rostered()
    assert refused(desk.do, ticking.tick_names, desk.key(1), ["柳河镇", "桐岭乡"], "done") == (
        "the roster of 7.1 has no 桐岭乡",
        "near: 桐岭镇",
    )
    assert all(each.is_open for each in measure(desk).roster)
    assert (
        refused(desk.do, ticking.tick_names, desk.key(1), ["xyz"], "done")[1] == "ledger show 7.1 shows them"
    )


def test_a_name_counts_once():
    """What is done or excused is not done again; open again, it can be."""
    desk = rostered()
    key = desk.key(1)
    desk.do(ticking.tick_names, key, TOWNS[:1], "done")
    desk.do(ticking.tick_names, key, TOWNS[1:2], "excused", why="已撤并")
    for name in TOWNS[:2]:
        assert (
            refused(desk.do, ticking.tick_names, key, [name], "done")[0]
            == f"{name} of 7.1 is recorded already"
        )
    desk.do(ticking.tick_names, key, TOWNS[:2], "open")
    assert all(each.is_open and not each.text for each in measure(desk).roster)


def test_done_needs_every_name():
    """Open names are named and counted; an excused one is not open."""
    desk = rostered()
    key = desk.key(1)
    desk.do(ticking.tick_names, key, TOWNS[:1], "done")
    assert refused(desk.do, working.report_done, key, "已完成") == (
        "7.1: 1 of 3 are done; open: 桐岭镇, 白沙镇",
        "tick them off with: ledger roster 7.1 NAME; or excuse them with --excuse --why REASON",
    )
    desk.do(ticking.tick_names, key, TOWNS[1:], "excused", why="已撤并")
    desk.do(working.report_done, key, "已完成")
    assert desk.status(1) is Status.DONE


def test_many_open_names_are_told_in_short():
    """A message names the first twelve."""
    desk = opened()
    desk.do(ticking.set_names, desk.key(1), [f"{number}村" for number in range(1, 96)])
    message, _hint = refused(desk.do, working.report_done, desk.key(1), "已完成")
    assert message.startswith("7.1: 0 of 95 are done; open: 1村, 2村")
    assert message.endswith("12村 and 83 more")


def test_names_come_and_go_by_a_change_of_the_plan():
    """Adding keeps what is done; a name that is done, or not there, is not taken off, and none stands twice."""
    desk = rostered()
    key = desk.key(1)
    desk.do(ticking.tick_names, key, TOWNS[:1], "done")
    desk.do(ticking.set_names, key, ["河口镇"], ["桐岭镇"])
    assert [(each.name, each.is_open) for each in measure(desk).roster] == [
        ("柳河镇", False),
        ("白沙镇", True),
        ("河口镇", True),
    ]
    assert refused(desk.do, ticking.set_names, key, (), ["柳河镇"])[0] == "柳河镇 of 7.1 is recorded already"
    assert refused(desk.do, ticking.set_names, key, ["白沙镇"])[0] == "7.1 has 白沙镇 already"
    assert refused(desk.do, ticking.set_names, key, (), ["桐岭镇"])[0] == "the roster of 7.1 has no 桐岭镇"
    desk.do(ticking.tick_names, key, ["柳河镇"], "open")
    desk.do(ticking.set_names, key, (), ["柳河镇", "白沙镇", "河口镇"])
    assert desk.field("roster", 1) is None


def test_under_an_approved_plan_a_name_needs_a_reason():
    """Whom a measure has to reach is part of the plan; ticking off is work."""
    desk = opened(plan=True)
    desk.do(planning.claim, "吴某")
    desk.do(ticking.set_names, desk.key(1), TOWNS)
    desk.do(planning.approve, 1, "党组会")
    assert "needs a reason" in refused(desk.do, ticking.set_names, desk.key(1), ["河口镇"])[0]
    desk.do(ticking.set_names, desk.key(1), ["河口镇"], why="新设")
    desk.do(ticking.tick_names, desk.key(1), ["河口镇"], "done")


@pytest.mark.parametrize("act", ["tick", "set"])
def test_an_issue_has_no_roster(act):
    """Names belong to a measure."""
    desk = opened()
    if act == "tick":
        message, hint = refused(desk.do, ticking.tick_names, OWN, TOWNS, "done")
        assert (message, hint) == ("7 has no roster", "give it names with: ledger roster 7.1 --add NAMES")
    else:
        assert refused(desk.do, ticking.set_names, OWN, TOWNS)[0] == "names belong to a measure"


def test_a_roster_has_a_limit():
    """2,000 names are taken, one more is not."""
    desk = opened()
    desk.do(ticking.set_names, desk.key(1), [f"{number}村" for number in range(2000)])
    message, _hint = refused(desk.do, ticking.set_names, desk.key(1), ["又一村"])
    assert message == "7.1 takes at most 2000 names"
