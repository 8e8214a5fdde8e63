"""Reading ``people.toml``: what it says, and where it is wrong."""

from __future__ import annotations

import pickle

import pytest

from ledger.errors import DamageError
from ledger.store import people


@pytest.fixture
def file(tmp_path):
    """Write a people file."""

    def write(text: str):
        (tmp_path / "people.toml").write_text(text, encoding="utf-8")
        return tmp_path / "people.toml"

    return write


def test_a_missing_file_lists_nobody(tmp_path):
    """Any name is fine then."""
    assert not people.load(tmp_path / "people.toml")


def test_rows_are_typed_and_know_their_lines(file):
    """A comment, an alias, a term of office; lines count from 1."""
    text = '# who\n[[units]]\nname = "办公室" # the office\naliases = ["局办"]\nto = 2025-06-30\n\n[[persons]]\nname = "张某"\n'
    found = people.load(file(text + '\n[[offices]]\nunit = "局办"\nperson = "张某"\nfrom = 2025-01-01\n'))
    found = pickle.loads(pickle.dumps(found))  # check gives it to other processes
    (unit,), (office,) = found.units, found.offices
    assert (unit.name, unit.aliases, unit.ends.isoformat()) == ("办公室", ("局办",), "2025-06-30")
    assert unit.lines == {"": 2, "name": 3, "aliases": 4, "to": 5}
    assert (office.person, office.leads, office.begins.isoformat()) == ("张某", True, "2025-01-01")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[[units]]\nleader = "张某"\n',
            'people.toml:1: units[1].name: a name is needed, such as name = "..."',
        ),
        ('[[units]]\nname = "a"\n[[units]]\nname = " "\n', "people.toml:4: units[2].name: a name is needed"),
        (
            '[[units]]\nname = "a"\n[[units]]\nname = "b"\nto = "2025"\n',
            "people.toml:5: units[2].to: a date such as",
        ),
        (
            '[[persons]]\nname = "a"\naliases = "b"\n',
            "people.toml:3: persons[1].aliases: a list of words is expected",
        ),
        (
            '[[offices]]\nunit = "a"\nperson = 7\n',
            "people.toml:3: offices[1].person: text in quotes is expected",
        ),
        ('[[offices]]\nunit = "a"\n', "people.toml:1: offices[1].person: a name is needed"),
        ("units = [1]\n", "people.toml:1: units: a list of tables is expected: [[units]]"),
        ("units = 1\n", "people.toml:1: units: a list is expected"),
        ('units = [{name = "a", to = 1}]\n', "people.toml:1: units[1].to: a date such as"),
        ('[[persons]]\nname = "a"\n[[persons]]\nname = "a"\n', "people.toml:4: a is listed twice"),
    ],
)
def test_what_is_wrong_is_named_by_file_and_line(file, text, said):
    """And nothing of it counts (7)."""
    with pytest.raises(DamageError, match="people") as caught:
        people.load(file(text))
    assert said in caught.value.message
    assert caught.value.hint
