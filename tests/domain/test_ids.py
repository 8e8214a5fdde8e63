"""Numbers people write, and uids nobody does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.ids import Id, kept_of, number_in, parse_ids, short, ulid
from ledger.errors import UsageError

#: What is typed, and what it names, as it is shown.
TABLE = {
    "7": "7",
    "007": "7",
    "7.2": "7.2",
    "7.2.1": "7.2.1",
    "3-5": "3 4 5",
    "7-7": "7",
    "7-9": "7 8 9",
    "7-2": "7.2",
    "7-2-1": "7.2.1",
    "7—9": "7 8 9",
    "7.1-7.3": "7.1 7.2 7.3",
    "7.2.1-7.2.2": "7.2.1 7.2.2",
    "L3": "L3",
    "l3": "L3",
    "C12": "C12",
    "R2025-1": "R2025-1",
    "r2025-12": "R2025-12",
    "meetings:5": "meetings:5",
    "Meetings：５": "meetings:5",
    "７．２": "7.2",
    "３－５": "3 4 5",
    "Ｌ３": "L3",
    "7,8、9，10": "7 8 9 10",
    "9 3 9": "9 3",
    "3-5 4 1": "3 4 5 1",
    "7;8；": "7 8",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "expected"), TABLE.items())
def test_a_typed_number_names_what_it_says(typed: str, expected: str) -> None:
    """Ids come in the order typed, each once; 7-2 cannot be a range and is a measure."""
    assert expected == " ".join(map(str, parse_ids(typed.split(" "))))


KINDS = {
    "7": Id("issue", (7,)),
    "7.2": Id("measure", (7, 2)),
    "7.2.1": Id("point", (7, 2, 1)),
    "L3": Id("letter", (3,)),
    "C12": Id("clue", (12,)),
    "R2025-1": Id("review", (2025, 1)),
    "meetings:5": Id("register", (5,), "meetings"),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "expected"), KINDS.items())
def test_the_form_says_the_kind(typed: str, expected: Id) -> None:
    """One form a kind, so that no command has to ask."""
    assert (expected,) == parse_ids([typed])


WRONG = [
    "", " ", ",", "-", "x", "0", "7.0", "7-0", "7.2.1.4", "7.", ".7", "7..2", "-7", "7-", "5-3-", "7.3-7.1",
    "7.1-8.2", "7.1-3", "7-7.3", "7.1.1-7.2", "L3-L5", "L", "L0", "C1.2", "R2025", "R25-1", "R2025-1-2",
    "meetings:", "meetings:1-3", "会议:5", "²", "7²", "٣", "①", "七", "1_000", "1234567890", "7\u202e", "\udc80", "+7",
]  # fmt: skip


@pytest.mark.parametrize("typed", WRONG)
def test_anything_else_is_refused_with_the_forms(typed: str) -> None:
    """A number that cannot be read changes nothing; other scripts' digits are no digits."""
    with pytest.raises(UsageError) as caught:
        parse_ids(["1", typed])
    assert caught.value.hint == "write 7, 7.2, 7.2.1, 3-9, 7.1-7.3, L3, C12, R2025-1 or meetings:5"


def test_the_message_names_the_word() -> None:
    """Of many words the wrong one is named, and its controls are spelt out."""
    with pytest.raises(UsageError) as caught:
        parse_ids(["7,8,x\u202e"])
    assert caught.value.message == '"x\\u202e" is not a number of this ledger'


def test_ranges_have_a_limit() -> None:
    """A slip of the finger must not make a list without end, nor a program one of single numbers."""
    for words in (["1-10000", "20000"], ["1,2", "3-10001"], [str(number) for number in range(1, 10_002)]):
        assert len(parse_ids([*words[:-1], "1"])) <= 10_000
        with pytest.raises(UsageError) as caught:
            parse_ids(words)
        assert caught.value.message == "more than 10,000 things are named at once"
    for words in (["1-10001"], ["1-5000", "5001-10001"], ["1-999999999"], ["7.1-7.10001"]):
        with pytest.raises(UsageError) as caught:
            parse_ids(words)
        assert caught.value.message == "the ranges name more than 10,000 things at once"


def test_no_words_name_nothing() -> None:
    """Whether that is an error is for the command to say."""
    assert parse_ids([]) == ()


_POSITIVE = st.integers(1, 999_999_999)
_IDS = st.one_of(
    st.builds(lambda a: Id("issue", (a,)), _POSITIVE),
    st.builds(lambda a, b: Id("measure", (a, b)), _POSITIVE, _POSITIVE),
    st.builds(lambda a, b, c: Id("point", (a, b, c)), _POSITIVE, _POSITIVE, _POSITIVE),
    st.builds(lambda a: Id("letter", (a,)), _POSITIVE),
    st.builds(lambda a: Id("clue", (a,)), _POSITIVE),
    st.builds(lambda a, b: Id("review", (a, b)), st.integers(0, 9999), _POSITIVE),
    st.builds(
        lambda a, b: Id("register", (a,), b), _POSITIVE, st.from_regex("[a-z][a-z0-9_-]*", fullmatch=True)
    ),
)


@given(st.lists(_IDS, unique=True, max_size=5))
def test_what_is_shown_can_be_typed_again(ids: list[Id]) -> None:
    """Every screen's number works as the next command's argument."""
    assert tuple(ids) == parse_ids([str(each) for each in ids])


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever is typed is either read or refused in one sentence."""
    try:
        ids = parse_ids([text])
    except UsageError as error:
        assert "\n" not in error.message
    else:
        assert ids


def test_a_ulid_is_the_one_of_the_specification() -> None:
    """Other programs read our uids; the first and the last one are fixed points."""
    assert ulid(0, bytes(10)) == "0" * 26
    assert ulid(2**48 - 1, b"\xff" * 10) == "7" + "Z" * 25
    assert ulid(1_469_918_176_385, bytes(10)) == "01ARYZ6S41" + "0" * 16


@given(st.lists(st.tuples(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10)), min_size=2))
def test_uids_sort_as_they_were_made(made: list[tuple[int, bytes]]) -> None:
    """The order of uids is the order of time, then of the random part."""
    assert [ulid(*each) for each in sorted(made)] == sorted(ulid(*each) for each in made)


@pytest.mark.parametrize(("now_ms", "randomness"), [(-1, bytes(10)), (2**48, bytes(10)), (0, bytes(9))])
def test_a_ulid_out_of_bounds_is_our_mistake(now_ms: int, randomness: bytes) -> None:
    """A uid that is too long or too short would be a file nobody finds."""
    with pytest.raises(ValueError, match=r"\d"):
        ulid(now_ms, randomness)


def test_a_file_is_named_by_the_end_of_the_uid() -> None:
    """The end is random; the beginning, the time, is alike for many."""
    assert short("01JX8K2M7Q4Z0T5B1C3F9K2MXA") == "3f9k2mxa"


@pytest.mark.parametrize(
    ("name", "number", "kept"),
    [
        ("0007-3f9k2mxa.toml", 7, "3f9k2mxa.toml"),
        ("12345-3f9k2mxa.toml", 12345, "3f9k2mxa.toml"),
        ("my-own.toml", None, "my-own.toml"),
        ("own.toml", None, "own.toml"),
        ("٣-own.toml", None, "٣-own.toml"),
    ],
)
def test_a_files_name_says_a_number_and_what_stays(name, number, kept):
    """The number may change, the rest says which record it is; a name somebody made up is kept whole."""
    assert (number_in(name), kept_of(name)) == (number, kept)
