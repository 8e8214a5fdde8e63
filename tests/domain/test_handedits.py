"""What a file says otherwise than its history: free to adopt, protected, or unknown."""

from __future__ import annotations

import datetime as dt
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.acts import planning, working
from ledger.domain.course import OWN
from ledger.domain.handedits import PROTECTED, HandEdits, compare, fields_of, fits
from ledger.domain.replay import replay
from ledger.domain.schema import CHRONICLE, ISSUE, Field, Kind
from tests.domain.desk import DUE, FIRST_DAY, TWO, Desk, opened

ROW = {"sha256": "56" * 32, "name": "1.pdf", "kind": "document", "proves": "", "size": 1}


def record() -> Desk:
    desk = opened(TWO, measures=2, due=DUE, unit="综合科", flags=["rebound_prone"], continuing=True)
    desk.do(working.attach, desk.key(1), ROW)
    desk.do(working.attach, OWN, ROW)
    desk.do(working.add_point, desk.key(1), "清点")
    desk.do(planning.claim, "吴某")
    return desk


def edited(desk: Desk, change) -> HandEdits:
    """What is found after `change` was made to the file."""
    document = desk.state.document()
    change(document)
    return compare(document, desk.state)


def test_an_untouched_file_has_no_hand_edits():
    """A file as the program writes it says what its history says."""
    assert edited(record(), lambda document: None) == HandEdits()


def test_a_name_counts_where_it_belongs():
    """Points of the issue, and a format of a measure, are fields nobody knows; they are kept as they are."""
    desk = record()

    def change(document):
        document["points"] = [{"number": 1, "text": "清点"}]
        document["measures"][1]["format"] = 2

    assert edited(desk, change) == HandEdits(
        extra={
            "points": [{"number": 1, "text": "清点"}],
            "measures": {desk.key(2): {"format": 2}},
        }
    )


def test_what_is_no_table_of_measures_touches_none():
    """A history that somebody forged is asked about too."""
    assert list(fields_of({"title": "甲", "measures": ["x"]})) == [(None, "title")]
    assert list(fields_of({"measures": {"A": {"text": "x"}}})) == [("A", "text")]


def test_a_list_that_holds_something_else_too_is_no_list_of_measures():
    """One row that is none, and nothing of the list is taken."""
    found = edited(record(), lambda document: document["measures"].append("x"))
    assert found == HandEdits(protected=((None, "measures"),))


PLAIN = {
    "title": "印章管理混乱",
    "category": "内部管理",
    "unit": "财务科",
    "co_units": ["审计科"],
    "leader": "郑某",
    "owner": "周某",
    "criterion": "登记率100%",
    "deliverable": "登记册",
    "result": "全部登记",
    "term": "longterm",
    "continuing": False,
    "due_text": "六月底",
    "interim_goal": "先清点",
    "review_on": dt.date(2025, 12, 31),
    "flags": ["a", "b"],
    "remark": "一\n二",
    "kind": "theme",
}


@pytest.mark.parametrize("name", PLAIN)
def test_plain_fields_of_an_issue_are_free(name):
    """A changed plain field is an edit to adopt, with the value as it is."""
    assert edited(record(), lambda document: document.update({name: PLAIN[name]})) == HandEdits(
        {name: PLAIN[name]}
    )


@pytest.mark.parametrize(
    ("name", "empty"), [("title", ""), ("unit", ""), ("flags", []), ("continuing", None)]
)
def test_a_field_taken_away(name, empty):
    """A missing key and an empty value both take the field away."""
    assert edited(record(), lambda document: document.pop(name)) == HandEdits({name: None})
    if empty is not None:
        assert edited(record(), lambda document: document.update({name: empty})) == HandEdits({name: None})


@pytest.mark.parametrize(
    "name", ["text", "unit", "criterion", "result", "serves", "remark", "term", "due_text"]
)
def test_plain_fields_of_a_measure_are_free(name):
    """Edits of a measure stand under its uid."""
    desk = record()
    value = {"serves": ["01JXOTHER"], "term": "immediate"}.get(name, "改")
    found = edited(desk, lambda document: document["measures"][1].update({name: value}))
    assert found == HandEdits({"measures": {desk.key(2): {name: value}}})


@pytest.mark.parametrize("name", sorted(PROTECTED))
def test_protected_fields_of_an_issue(name):
    """Identity, deadlines, claims, status and head are not changed by hand, nor taken away."""
    other = {
        "number": 8,
        "formerly": [3],
        "due": FIRST_DAY,
        "due_original": FIRST_DAY,
        "claimed_on": dt.date(2025, 1, 1),
    }.get(name, "closed")
    assert edited(record(), lambda document: document.update({name: other})) == HandEdits(
        protected=((None, name),)
    )
    found = edited(record(), lambda document: document.pop(name, None))
    assert found == HandEdits(protected=() if name == "formerly" else ((None, name),))


@pytest.mark.parametrize("name", ["number", "due", "due_original", "status"])
def test_protected_fields_of_a_measure(name):
    """A measure's number, deadline and status are not changed by hand either."""
    desk = record()
    value = {"number": 9, "status": "done"}.get(name, DUE)
    found = edited(desk, lambda document: document["measures"][0].update({name: value}))
    assert found == HandEdits(protected=((desk.key(1), name),))


def test_measures_and_evidence_come_by_commands_only():
    """A measure or a row of evidence added or taken away by hand is protected."""
    desk = record()
    first = desk.key(1)
    cases = {
        ("01JXNEW", "measures"): lambda document: document["measures"].append(
            {"uid": "01JXNEW", "text": "x"}
        ),
        (None, "measures"): lambda document: document["measures"].append({"text": "x"}),
        (first, "measures"): lambda document: document["measures"].pop(0),
        (first, "evidence"): lambda document: document["measures"][0].pop("evidence"),
        (None, "evidence"): lambda document: document["evidence"].append({**ROW, "sha256": "99"}),
    }
    for protected, change in cases.items():
        assert edited(desk, change) == HandEdits(protected=(protected,))
    twice = edited(desk, lambda document: document["measures"].append(document["measures"][0]))
    assert twice == HandEdits(protected=((first, "measures"),))


@pytest.mark.parametrize("value", ["x", 3, ["x"], [1]])
def test_what_cannot_be_measures(value):
    """Something else in place of the measures is one protected change, for each that is gone too."""
    found = edited(record(), lambda document: document.update(measures=value))
    assert found == HandEdits(protected=((None, "measures"),))


def test_all_measures_gone():
    """Without any measures table each measure is missed."""
    desk = record()
    found = edited(desk, lambda document: document.pop("measures"))
    assert found == HandEdits(protected=((desk.key(1), "measures"), (desk.key(2), "measures")))


def test_two_rows_without_uid_are_one_finding():
    """One sentence says that measures were added; how many does not matter."""
    found = edited(record(), lambda document: document["measures"].extend([{"text": "x"}, {"text": "y"}]))
    assert found.protected == ((None, "measures"),)


def test_unknown_keys_are_kept():
    """What the program does not know stays where it is: a key, a table, in a measure too."""
    desk = record()

    def change(document: dict) -> None:
        document["archive_box"] = 12.5
        document["measures"][1]["colour"] = {"a": 1}

    assert edited(desk, change) == HandEdits(
        extra={"archive_box": 12.5, "measures": {desk.key(2): {"colour": {"a": 1}}}}
    )


def test_points_are_free():
    """Points are adopted as a whole; one written without a number gets the next."""
    desk = record()

    def change(document: dict) -> None:
        document["measures"][0]["points"] = [
            {"text": "登记"},
            {"number": 1, "text": "清点", "done_on": FIRST_DAY},
            {"text": "造册"},
        ]

    assert edited(desk, change).plain == {
        "measures": {
            desk.key(1): {
                "points": [
                    {"number": 2, "text": "登记"},
                    {"number": 1, "text": "清点", "done_on": FIRST_DAY},
                    {"number": 3, "text": "造册"},
                ]
            }
        }
    }
    gone = edited(desk, lambda document: document["measures"][0].pop("points"))
    assert gone.plain == {"measures": {desk.key(1): {"points": None}}}


@pytest.mark.parametrize(
    "points",
    [
        "清点",
        ["清点"],
        [{"number": 1}],
        [{"number": "1", "text": "x"}],
        [{"number": 0, "text": "x"}],
        [{"number": True, "text": "x"}],
        [{"number": 1, "text": "x"}, {"number": 1, "text": "y"}],
        [{"number": 1, "text": "x", "done_on": "2025-03-01"}],
        [{"number": 1, "text": "x", "by": "周某"}],
    ],
)
def test_what_cannot_be_points(points):
    """Points that no command could have made are not adopted."""
    desk = record()
    found = edited(desk, lambda document: document["measures"][0].update(points=points))
    assert found == HandEdits(protected=((desk.key(1), "points"),))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", 7),
        ("title", "一\n二"),
        ("unit", ["综合科"]),
        ("flags", "rebound_prone"),
        ("flags", [1]),
        ("continuing", "yes"),
        ("review_on", "2025-12-31"),
        ("term", "soon"),
        ("kind", 1),
        ("criterion", 1.5),
    ],
)
def test_a_value_of_the_wrong_kind_is_not_adopted(name, value):
    """A field cannot hold what it is not made for."""
    found = edited(record(), lambda document: document.update({name: value}))
    assert found == HandEdits(protected=((None, name),))


def test_equal_is_what_means_the_same():
    """Two spellings of a letter, a moment of the day, and what is said by default are no change."""
    desk = opened(TWO, remark="caf\u00e9", review_on=DUE)

    def change(document: dict) -> None:
        document["remark"] = "cafe\u0301"
        document["review_on"] = dt.datetime(2025, 6, 30, 8, tzinfo=dt.UTC)
        document.update(kind="finding", continuing=False, category="", co_units=[], evidence=[])
        document["measures"][0].update(points=[], evidence=[], serves=[""])

    assert edited(desk, change) == HandEdits()


def test_rows_of_evidence_compare_without_empty_values():
    """An empty word in a row of evidence says as much as none."""
    desk = record()

    def change(document: dict) -> None:
        del document["evidence"][0]["proves"]

    assert edited(desk, change) == HandEdits()
    other = edited(desk, lambda document: document.update(evidence="keine"))
    assert other == HandEdits(protected=((None, "evidence"),))


def test_a_chronicle_is_compared_by_its_own_fields():
    """Records without measures have hand edits like any other."""
    desk = Desk()
    draft = desk.draft()
    draft.state = replay(CHRONICLE, [])
    draft.enter("add", set={"uid": "01JXNOTE", "number": 3, "on": FIRST_DAY, "text": "动员会"})
    document = {**draft.state.document(), "text": "推进会", "number": 4, "measures": []}
    assert compare(document, draft.state) == HandEdits(
        {"text": "推进会"}, ((None, "number"),), {"measures": []}
    )


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Kind.TEXT, "一\n二", 1),
        (Kind.LINE, "一", "一\n二"),
        (Kind.CODE, "immediate", "later"),
        (Kind.DATE, DUE, "2025-06-30"),
        (Kind.NUMBER, 7, 0),
        (Kind.FLAG, False, 0),
        (Kind.LIST, [], ["a", 1]),
    ],
)
def test_what_fits_a_field(kind, good, bad):
    """Each kind of field holds its own values."""
    shape = Field("x", kind, ("immediate",))
    assert (fits(shape, good), fits(shape, bad)) == (True, False)


def test_fields_of_changes():
    """The form of an entry's `set` names every field it touches, of the record and of measures."""
    changes = {"title": "x", "measures": {"A": {"text": "y", "unit": None}}}
    assert list(fields_of(changes)) == [(None, "title"), ("A", "text"), ("A", "unit")]


values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 3),
    st.floats(allow_nan=False),
    st.text("ab\n甲", max_size=3),
    st.dates(FIRST_DAY, DUE),
    st.lists(st.text("ab", max_size=2), max_size=2),
    st.lists(
        st.dictionaries(st.sampled_from(["uid", "number", "text"]), st.text("1a", max_size=2)), max_size=2
    ),
)
names = st.sampled_from(
    [*ISSUE.by_name, *ISSUE.part_by_name, "points", "evidence", "measures", "status", "head", "zz"]
)
KEPT = record()


@given(st.dictionaries(names, values, max_size=5), st.dictionaries(names, values, max_size=5))
def test_adopted_plain_edits_are_no_edits_any_more(own, measure):
    """Whatever is in a file: adopting what is plain leaves exactly what is protected or unknown."""
    document = deepcopy(KEPT.state.document())
    document.update({name: value for name, value in own.items() if value is not None})
    if isinstance(document["measures"], list) and document["measures"] and "uid" in document["measures"][0]:
        document["measures"][0].update({name: value for name, value in measure.items() if value is not None})
    found = compare(document, KEPT.state)
    draft = KEPT.draft()
    if found.plain:
        draft.enter("adopt", set=found.plain)
        document["head"] = (
            draft.state.document()["head"] if document["head"] == KEPT.state.document()["head"] else "x"
        )
    again = compare(document, draft.state)
    assert (again.plain, again.extra) == ({}, found.extra)
    assert set(again.protected) - {(None, "head")} == set(found.protected) - {(None, "head")}
    assert draft.state.problems == []
