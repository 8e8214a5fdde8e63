"""Records of registers: fields that only a declaration knows stand in the file and are read without it."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.entry import compose
from ledger.domain.handedits import compare
from ledger.domain.kinds import schema_of
from ledger.domain.schema import Kind
from ledger.domain.state import State
from ledger.store import recordfile
from ledger.store.record import form_of
from ledger.store.recordreader import Reader

UID = "01JX8K2M7Q4Z0T5B1C3F9K2MXA"
SCHEMA = schema_of("training")
FORM = form_of("training")


def state_of(**fields) -> State:
    """A record with these fields."""
    state = State(SCHEMA)
    state.apply(
        compose(
            {
                "id": UID,
                "batch": UID,
                "on": dt.date(2025, 1, 2),
                "at": dt.datetime(2025, 1, 2, 9, tzinfo=dt.UTC),
                "by": "Lin",
                "prev": [],
                "do": "add",
                "set": {"uid": UID, "number": 1, "on": "2025-01-02", **fields},
            }
        )
    )
    return state


FIELDS = {
    "zeal": "last by its letters",
    "amount": "1015100000",
    "people": ["Lin", "Gu"],
    "closed": False,
    "hours": 0,
    "held_on": "2025-01-02",
    "topic": "One. Two.",
    "remark": "kept first",
}


def text_of(state: State) -> str:
    """The file of a record."""
    return recordfile.render(state.document(), [entry.line for entry in state.entries], FORM)


def test_declared_fields_stand_sorted_between_the_known_ones_and_the_head():
    """The order of a file depends on nothing but the names."""
    keys = list(state_of(**FIELDS).document())
    assert keys == [
        *("format", "uid", "number", "on", "remark"),
        *("amount", "closed", "held_on", "hours", "people", "topic", "zeal"),
        "head",
    ]


def test_what_is_written_is_read_back_by_both_readers():
    """The quick reader and the TOML reader say the same of a record, and its form is the one form."""
    state = state_of(**FIELDS)
    text = text_of(state)
    data = text.encode()
    parsed = recordfile.parse(data, path=None)
    assert parsed.document == state.document()
    assert Reader(FORM).read(text.partition("\n[history]")[0]) == state.document()
    assert recordfile.is_canonical(data, parsed, FORM)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("hours", "zeal"),
        ("amount", "zzz"),
        ("closed = false", "Closed = false"),
    ],
)
def test_the_quick_reader_leaves_another_order_to_the_other(before, after):
    """Keys out of their order are not in the one form."""
    text = text_of(state_of(**FIELDS)).partition("\n[history]")[0]
    assert before in text
    assert Reader(FORM).read(text.replace(before, after, 1)) is None


def test_a_declared_field_edited_by_hand_is_a_plain_edit():
    """Whatever a declaration names may be edited with an editor, like any other field."""
    state = state_of(**FIELDS)
    document = {**state.document(), "amount": "5", "hours": 3, "added": "new", "people": ["Lin"]}
    del document["zeal"]
    edits = compare(document, state)
    assert edits.plain == {"amount": "5", "hours": 3, "added": "new", "people": ["Lin"], "zeal": None}
    assert (edits.protected, edits.extra) == ((), {})


def test_a_date_written_as_toml_writes_it_is_no_edit():
    """A declared date is kept as text; the same day without quotes says the same."""
    state = state_of(**FIELDS)
    assert compare({**state.document(), "held_on": dt.date(2025, 1, 2)}, state).plain == {}
    edited = compare({**state.document(), "held_on": dt.date(2025, 1, 3)}, state).plain
    assert edited == {"held_on": dt.date(2025, 1, 3)}


@pytest.mark.parametrize("value", [1.5, {"a": 1}, [1], [["a"]]])
def test_a_declared_field_holds_nothing_else(value):
    """Decimals, tables and lists of anything but text are no values of a field."""
    assert compare({**state_of().document(), "amount": value}, state_of()).protected == ((None, "amount"),)


def test_a_table_in_the_place_of_a_field_is_a_problem_of_the_history():
    """An entry that sets a field to what none can hold is damage, not a crash."""
    assert [each.rule for each in state_of(amount={"a": "b"}).problems] == ["history-entry"]


def test_any_name_a_field_may_have_is_a_field():
    """Files' own keys and names no option can have are none."""
    assert SCHEMA.by_name["amount"].kind is Kind.DECLARED
    assert [name in SCHEMA.by_name for name in ("on", "a1_b", "head", "evidence", "Amount", "1a")] == [
        *(True, True),
        *(False, False, False, False),
    ]
