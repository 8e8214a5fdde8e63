"""Approved plans: their file, and what changed between two."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.acts import planning, working
from ledger.domain.course import OWN
from ledger.domain.plan import Plan, as_document, diff, plan_of
from ledger.errors import DamageError
from tests.domain.desk import DUE, TWO, Desk, opened

LATER = dt.date(2025, 9, 30)
PLAN = Plan(2, dt.date(2025, 4, 1), "党组会", "林某", {"01JXB": "sha256:22", "01JXA": "sha256:11"})


def test_a_plan_as_its_file_shows_it():
    """Version, date, meeting, who recorded it, and the heads by uid; what is empty is left out."""
    document = as_document(PLAN)
    assert list(document.items()) == [
        ("format", 1),
        ("version", 2),
        ("on", dt.date(2025, 4, 1)),
        ("meeting", "党组会"),
        ("by", "林某"),
        ("heads", {"01JXA": "sha256:11", "01JXB": "sha256:22"}),
    ]
    assert list(as_document(Plan(1, PLAN.on, "", ""))) == ["format", "version", "on", "heads"]


@pytest.mark.parametrize("plan", [PLAN, Plan(1, PLAN.on, "", "")])
def test_a_plan_reads_back(plan):
    """The file's document gives the plan again."""
    assert plan_of(as_document(plan)) == plan


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("version", None),
        ("version", 0),
        ("version", True),
        ("version", "2"),
        ("on", None),
        ("on", "2025-04-01"),
        ("heads", ["a"]),
        ("heads", {"a": 1}),
        ("meeting", 7),
        ("by", ["林某"]),
    ],
)
def test_what_is_no_plan_is_named(name, value):
    """A value that cannot be is damage, with the way out."""
    document = {**as_document(PLAN), name: value}
    if value is None:
        del document[name]
    with pytest.raises(DamageError) as error:
        plan_of(document)
    assert error.value.message == f"the plan's {name} is missing or is not what it should be"
    assert error.value.hint


def book(*desks: Desk) -> dict:
    return {desk.field("uid"): desk.state for desk in desks}


def changes(before: dict, after: dict) -> list[tuple]:
    return [(each.id, each.field, each.before, each.after) for each in diff(before, after)]


def test_nothing_changed():
    """Work, results, claims and remarks are no change of the plan."""
    desk = opened(TWO, measures=1, due=DUE)
    before = book(desk)
    desk.do(planning.claim, "吴某")
    desk.do(planning.edit, OWN, {"leader": None, "remark": "说明"})
    desk.do(working.add_point, desk.key(1), "清点")
    before = book(desk)
    desk.do(working.tick_point, desk.key(1), 1)
    desk.do(working.report_done, desk.key(1), "已完成")
    desk.do(planning.edit, OWN, {"remark": "再说明", "continuing": False, "flags": ["rebound_prone"]})
    assert diff(before, book(desk)) == []


def test_empty_is_as_good_as_not_there():
    """An empty text, an empty list and no are no change from nothing said."""
    desk = opened(TWO)
    before = book(desk)
    desk.do(
        lambda draft: draft.enter("adopt", changes={"criterion": "", "co_units": [], "continuing": False})
    )
    assert diff(before, book(desk)) == []


def test_every_field_of_the_plan_counts():
    """Texts, criteria, who is responsible, terms and deadlines are told field by field, by number."""
    desk = opened(TWO, measures=2, due=DUE, unit="综合科")
    before = book(desk)
    desk.do(planning.edit, desk.key(2), {"text": "全面登记", "owner": "周某", "serves": ["01JXOTHER"]})
    desk.do(working.add_point, desk.key(2), "造册")
    desk.do(working.extend, OWN, LATER, "9月底前", why="推迟")
    desk.do(
        planning.edit, OWN, {"unit": None, "co_units": ["财务科"], "criterion": "100%", "continuing": True}
    )
    assert changes(before, book(desk)) == [
        ("7", "unit", "综合科", None),
        ("7", "co_units", None, ("财务科",)),
        ("7", "criterion", None, "100%"),
        ("7", "continuing", None, True),
        ("7", "due", DUE, LATER),
        ("7", "due_text", None, "9月底前"),
        ("7.2", "text", "第2项措施", "全面登记"),
        ("7.2", "points", None, ("造册",)),
        ("7.2", "owner", None, "周某"),
        ("7.2", "serves", None, ("01JXOTHER",)),
    ]


def test_what_came_and_went():
    """Issues and measures that are new, void, or not there any more are told whole, in order of number."""
    kept, gone, voided = (
        opened(TWO, number=number, measures=count) for number, count in ((7, 3), (8, 1), (9, 2))
    )
    kept.do(working.void, kept.key(3), why="重复")
    before = book(voided, gone, kept)
    kept.do(planning.add_measure, {"text": "补充"})
    kept.do(working.void, kept.key(1), why="重复")
    voided.do(working.void, OWN, why="不属实")
    new = Desk(TWO)
    new.do(planning.add, 12, {"title": "台账缺页"}, [{"text": "补页"}])
    assert changes(before, book(new, kept, voided)) == [
        ("7.1", "removed", "第1项措施", None),
        ("7.4", "added", None, "补充"),
        ("8", "removed", "印章管理不规范", None),
        ("9", "removed", "印章管理不规范", None),
        ("12", "added", None, "台账缺页"),
        ("12.1", "added", None, "补页"),
    ]


def test_what_is_void_on_both_sides_is_no_change():
    """A void issue that stays void, and one that was never in the plan, are not told."""
    desk = opened(TWO)
    desk.do(working.void, OWN, why="不属实")
    assert diff(book(desk), book(desk)) == []
    assert diff({}, book(desk)) == []
    assert diff(book(desk), {}) == []


def test_a_measure_only_the_old_plan_has():
    """Should a measure be gone from its issue altogether, it is told as removed."""
    old, new = opened(TWO, measures=2), opened(TWO, measures=1)
    before, after = {"01JXA": old.state}, {"01JXA": new.state}
    assert ("7.2", "removed", "第2项措施", None) in changes(before, after)


def test_a_new_number_is_a_change_of_its_own():
    """In a draft an issue may take another number: it is the same issue."""
    desk = opened(TWO, plan=True)
    before = book(desk)
    desk.do(planning.renumber, 9)
    assert changes(before, book(desk)) == [("9", "number", 7, 9)]
