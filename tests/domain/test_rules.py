"""Rules: which are tried, in which order faults come, and that they look only at what can be trusted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from ledger.domain.acts import planning, working
from ledger.domain.closeout import Chain, Step
from ledger.domain.course import OWN
from ledger.domain.entry import compose, parse
from ledger.domain.handedits import compare
from ledger.domain.ids import short
from ledger.domain.plan import Plan
from ledger.domain.replay import replay
from ledger.domain.rules import (
    RULES,
    Around,
    Checked,
    Fault,
    PlanFile,
    Severity,
    Subject,
    Unreadable,
    brief_of,
    chosen,
    in_order,
    look_across,
    look_at,
)
from ledger.domain.schema import CHRONICLE, ISSUE
from ledger.domain.settings import Settings, Source
from ledger.errors import UsageError
from tests.domain.desk import DUE, FIRST_DAY, TWO, ZONE, Desk, opened

NAMES = [rule.name for rule in RULES]


def looked_at(
    desk: Desk, change=lambda document: None, *, schema=ISSUE, name: str = "", lines=None
) -> Checked:
    """A desk's record as `check` would see it in a file; lines of the file are made up."""
    state = replay(schema, desk.entries)
    document = state.document()
    change(document)
    texts = tuple(lines or (entry.line for entry in desk.entries))
    entries = tuple(parse(line) if line.startswith("{") else None for line in texts)
    state = replay(schema, [entry for entry in entries if entry is not None])
    number = state.fields.get("number", 0)
    return Checked(
        path="ledgers/2025/issues/"
        + (name or f"{number:04d}-{short(str(state.fields.get('uid', '')))}.toml"),
        schema=schema,
        document=document,
        lines=texts,
        entries=entries,
        state=state,
        edits=compare(document, state),
        canonical=True,
        comments=(),
        line_of_entry=lambda index: 100 + index,
        line_of_key=lambda key, part, index: (
            {"title": 4, "status": 9}.get(key, 1) + (10 * (index + 1) if part else 0)
        ),
    )


def check(*records: Checked, only=(), strict: bool = False, unreadable=(), plans=(), **around) -> list[Fault]:
    """What `ledger check` does, without files."""
    heads: dict[str, tuple[str, ...]] = {}
    for file in plans:
        for uid, head in file.plan.heads.items():
            heads[uid] = (*heads.get(uid, ()), head)
    versions = frozenset(file.plan.version for file in plans)
    rules = chosen(only, strict=strict)
    seen = [replace(record, around=Around(plans=versions, heads=heads, **around)) for record in records]
    by_path = {record.path: record for record in seen}
    subject = Subject(
        tuple(brief_of(record) for record in seen), unreadable, plans, lambda brief: by_path[brief.path]
    )
    alone = [fault for record in seen for fault in look_at(record, rules)]
    return in_order([*alone, *look_across(subject, rules)], strict=strict)


def found(*records: Checked, **asked) -> list[tuple[str, str, int, str]]:
    faults = check(*records, **asked)
    return [(fault.rule, str(fault.severity), fault.line, fault.id) for fault in faults]


def busy() -> Desk:
    desk = opened(TWO, measures=2, due=DUE, unit="综合科")
    desk.do(working.note, desk.key(1), "清点")
    desk.do(planning.claim, "吴某")
    return desk


# -- which rules ------------------------------------------------------------------------------------------


def test_names_of_rules_are_distinct():
    """A name stands for one rule, in words people can type."""
    assert len(set(NAMES)) == len(NAMES)
    assert all(name == name.lower().strip() and " " not in name for name in NAMES)


def test_basic_rules_are_tried_by_themselves_and_strict_ones_when_asked():
    """Without names the basic set; with `strict` all; with names those, each once, whatever their set."""
    assert [rule.name for rule in chosen()] == [name for name in NAMES if name not in ("clock", "index")]
    assert [rule.name for rule in chosen(strict=True)] == NAMES
    assert [rule.name for rule in chosen(["head", "clock", "head"])] == ["head", "clock"]
    with pytest.raises(UsageError) as error:
        chosen(["heads"])
    assert error.value.message == "there is no rule heads"
    assert error.value.hint == f"there are: {', '.join(NAMES)}"


def test_a_sound_record_has_no_faults():
    """No rule finds anything in what acts have made."""
    assert found(looked_at(busy()), strict=True) == []


def test_faults_come_by_file_and_line_and_none_hides_another():
    """Every fault of every rule is told, sorted by file, line and rule."""

    def change(document: dict) -> None:
        document.update(title="改", status="closed", number=8)

    second = opened(TWO, number=3)
    records = [looked_at(busy(), change), looked_at(second, lambda document: document.update(title="改"))]
    faults = check(*records)
    assert [(fault.id, fault.line, fault.rule) for fault in faults] == [
        ("3", 4, "hand-edits"),
        ("7", 1, "protected"),
        ("7", 4, "hand-edits"),
        ("7", 9, "status"),
    ]


def test_strict_makes_warnings_errors():
    """With `strict` whatever is found counts."""
    record = looked_at(busy(), lambda document: document.update(title="改"))
    assert found(record) == [("hand-edits", "warning", 4, "7")]
    assert found(record, strict=True) == [("hand-edits", "error", 4, "7")]


def test_what_cannot_be_read_is_a_fault_of_its_own():
    """An unreadable file comes with its line, its reason and the way out."""
    file = Unreadable(
        "ledgers/2025/issues/0001-x.toml", 7, "an unresolved merge conflict of git", "ledger resolve"
    )
    assert check(unreadable=(file,)) == [
        Fault("unreadable", Severity.ERROR, file.path, 7, "", file.reason, file.hint)
    ]


# -- one cause, one fault ------------------------------------------------------------------------------------


def test_a_touched_history_is_one_fault():
    """When links or head do not hold nothing is said about fields, which then mean nothing."""
    desk = busy()
    lines = [entry.line for entry in desk.entries]
    broken = looked_at(desk, lines=[lines[0], lines[1].replace("清点", "清单"), lines[2]])
    assert found(broken) == [("links", "error", 102, "7")]
    cut = looked_at(desk, lines=lines[:2])
    assert [rule for rule, _severity, _line, _id in found(cut)] == ["head"]
    mangled = looked_at(desk, lines=[lines[0], "mangled", lines[2]])
    assert found(mangled) == [("entries", "error", 101, "7")]


def test_comments_stand_for_the_form_they_spoil():
    """A comment is told as such, not again as another form."""
    spoilt = replace(looked_at(busy()), canonical=False)
    assert found(spoilt) == [("form", "warning", 1, "7")]
    commented = replace(spoilt, comments=((5, "待核"),))
    assert found(commented) == [("comments", "warning", 5, "7")]


def test_a_copy_is_one_fault():
    """A copied file is told once, not again for each of its measures, and the copy is the one that is misnamed."""
    desk = busy()
    copy = looked_at(desk, name="copy.toml")
    faults = check(copy, looked_at(desk), only=["uids"])
    assert [fault.file for fault in faults] == ["ledgers/2025/issues/copy.toml"]


# -- single rules where a file does not show it all --------------------------------------------------------------


def test_a_status_nobody_set_is_that_of_the_beginning():
    """Where no entry made a status, the one that added the record did."""
    desk = opened(TWO, measures=1)
    desk.do(planning.edit, OWN, {"remark": "说明"})
    [fault] = check(looked_at(desk, lambda document: document.update(status="done")))
    assert fault.message == "status does not fit the history, which makes it pending (entry 1, 2025-03-01)"


def test_undone_entries_make_no_status():
    """The entry named is one in force."""
    from ledger.domain.acts.undoing import undo

    desk = opened(TWO, measures=1)
    key = desk.key(1)
    desk.do(working.note, key, "清点")
    desk.do(working.report_done, key, "已完成")
    desk.do(undo, desk.batch)
    [fault] = check(looked_at(desk, lambda document: document["measures"][0].update(status="done")))
    assert (fault.id, fault.line) == ("7.1", 19)
    assert fault.message == "status does not fit the history, which makes it active (entry 2, 2025-03-01)"


class Known:
    """A people file that knows one unit."""

    def known(self, name: str) -> bool:
        return name == "综合科"

    def near(self, name: str) -> tuple[str, ...]:
        return ("综合科",) if "综合" in name else ()


def test_people_are_asked_only_where_there_is_a_list():
    """Without a list any name is fine; with one each unknown name is told once, void targets aside."""
    first = opened(TWO, number=1, measures=2, unit="综合处", leader="吴某")
    first.do(planning.edit, first.key(2), {"unit": "某科"})
    first.do(working.void, first.key(2), why="重复")
    second = opened(TWO, number=2, unit="综合处", co_units=["综合科", "财务科"])
    records = (looked_at(first), looked_at(second))
    assert found(*records) == []
    faults = check(*records, names=Known())
    assert [(fault.id, fault.message, fault.hint) for fault in faults] == [
        ("1", "吴某 is not in people.toml", "add it there, or correct it"),
        ("1", "综合处 is not in people.toml (in 2 places)", "did you mean 综合科?"),
        ("2", "财务科 is not in people.toml", "add it there, or correct it"),
    ]


def test_deadlines_are_held_against_the_feedback_where_it_is_known():
    """Before the day of feedback no deadline makes sense; without that day nothing is said."""
    record = looked_at(busy())
    early = Settings(source=Source(feedback_on=DUE))
    late = Settings(source=Source(feedback_on=DUE + dt.timedelta(days=1)))
    assert found(record, settings=early) == []
    assert found(record, settings=late) == [("feedback", "warning", 1, "7")]


def test_an_original_deadline_is_missed_only_once_plans_are_fixed():
    """In a draft there is none yet; where settings cannot be read nobody knows."""
    desk = opened(TWO, plan=True, due=DUE)
    record = looked_at(desk)
    chain = Chain("measure", (Step("close"),))
    assert found(record) == []
    assert found(record, settings=Settings(chain=chain, plan_required=True)) == []
    assert found(record, settings=Settings(chain=chain)) == [("original-deadline", "warning", 1, "7")]


def test_references_are_not_judged_while_files_cannot_be_read():
    """An issue in an unreadable file may be the one referred to."""
    desk = opened(TWO)
    desk.do(planning.edit, desk.key(1), {"serves": ["01JXGONE", desk.field("uid")]})
    record = looked_at(desk)
    unreadable = (Unreadable("ledgers/2025/issues/0009-x.toml", 1, "cut", ""),)
    assert found(record, only=["references"]) == [("references", "error", 11, "7.1")]
    assert found(record, only=["references"], unreadable=unreadable) == []


def test_plans_are_held_against_histories_that_can_be_read():
    """An issue the plan names may be in an unreadable file, and so may the plan that is missed."""
    desk = opened(TWO, plan=True, due=DUE)
    desk.do(planning.claim, "吴某")
    desk.do(planning.approve, 1, "党组会")
    record = looked_at(desk)
    heads = {record.uid: "sha256:" + desk.entries[-1].hash, "01JXGONE": "sha256:00"}
    plan = PlanFile("ledgers/2025/plans/v1.toml", Plan(1, FIRST_DAY, "", "", heads), lambda uid: 7)
    unreadable = (Unreadable("ledgers/2025/issues/0009-x.toml", 1, "cut", ""),)
    assert found(record, only=["plans"], plans=(plan,)) == [("plans", "error", 7, "")]
    assert found(record, only=["plans"], plans=(plan,), unreadable=unreadable) == []
    assert found(record, only=["plans"]) == [("plans", "error", 102, "7")]
    assert found(record, only=["plans"], unreadable=unreadable) == []


def test_a_missing_plan_is_told_once():
    """Every issue was approved under it; one of them is enough."""
    records = []
    for number in (1, 2):
        desk = opened(TWO, number=number, plan=True)
        desk.do(planning.claim, "吴某")
        desk.do(planning.approve, 1, "")
        records.append(looked_at(desk))
    assert found(*records, only=["plans"]) == [("plans", "error", 102, "1")]


def test_renumbered_issues_of_two_clones_are_no_fault():
    """After `renumber` the other issue keeps the number; after a draft's move nobody else may have it."""
    kept = looked_at(opened(TWO, number=4))
    for act, faults in (("renumber", []), ("move", [("numbers", "error", 1, "4")])):
        desk = opened(TWO, number=4)
        desk.do(lambda draft, act=act: draft.enter(act, changes={"number": 5, "formerly": [4]}))
        assert found(kept, looked_at(desk), only=["numbers"]) == faults


def test_a_chronicle_is_checked_like_any_record():
    """Records of another register have ids of their own, and no measures."""
    desk = Desk()
    draft = desk.draft()
    draft.state = replay(CHRONICLE, [])
    draft.enter(
        "add", set={"uid": "01JX0000000000000000000042", "number": 3, "on": FIRST_DAY, "text": "动员会"}
    )
    desk.entries = draft.state.entries
    record = looked_at(desk, lambda document: document.update(text="推进会"), schema=CHRONICLE)
    assert found(record) == [("hand-edits", "warning", 1, "chronicle:3")]
    assert found(looked_at(desk, schema=CHRONICLE), strict=True) == []


def test_a_clock_set_back_shows_between_an_entry_and_what_it_follows():
    """Only a later entry with an earlier time is told, on a branch too."""
    desk = opened(TWO, measures=0)
    root = desk.entries[0]

    def after(parents, number: int, minute: int):
        return compose(
            {
                "id": f"{number}",
                "batch": f"B{number}",
                "do": "note",
                "on": FIRST_DAY,
                "at": dt.datetime(2025, 3, 1, 10, minute, tzinfo=ZONE),
                "by": "林某",
                "prev": [each.hash for each in parents],
            }
        )

    left, right = after([root], 1, 30), after([root], 2, 10)
    join = after([left, right], 3, 20)
    desk.entries = [root, left, right, join]
    assert found(looked_at(desk), only=["clock"]) == [("clock", "warning", 103, "7")]


def test_what_stands_in_place_of_measures_is_no_crash():
    """A file may hold anything where its measures should be."""
    for value in (7, "x", [1], [{"text": "x"}]):
        record = looked_at(busy(), lambda document, value=value: document.update(measures=value))
        assert ("protected", "error", 1, "7") in found(record)


def test_an_entry_gives_a_measure_one_uid():
    """A measure that says another uid than it stands under is told."""
    desk = opened(TWO)
    desk.do(lambda draft: draft.enter("measure", set={"measures": {"01JY": {"uid": "01JZ", "text": "x"}}}))
    assert found(looked_at(desk), only=["entries"]) == [("entries", "error", 101, "7")]


def test_a_number_given_up_and_taken_by_nobody_is_no_fault():
    """In a draft an issue may take another number; the old one stays unused."""
    desk = opened(TWO, number=4, plan=True)
    desk.do(planning.renumber, 5)
    assert found(looked_at(desk), only=["numbers"]) == []
