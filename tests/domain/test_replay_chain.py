"""The chain of hashes: whatever is changed, left out, doubled or moved is found."""

from __future__ import annotations

from ledger.domain.entry import parse
from ledger.domain.replay import link_problems
from ledger.errors import DamageError
from tests.domain.desk import TWO, opened
from tests.domain.histories import busy


def holds(lines: list[str], head: str) -> bool:
    """Whether readers would take these lines: every one an entry, linked, ending in the head."""
    try:
        entries = [parse(line) for line in lines]
    except DamageError:
        return False
    return not link_problems(entries) and entries[-1].hash == head


def test_every_flipped_bit_is_found():
    """Any bit of any byte of any line that is flipped breaks a line, a link or the head."""
    desk = busy()
    lines, head = [entry.line for entry in desk.entries], desk.entries[-1].hash
    assert holds(lines, head)
    for index, line in enumerate(lines):
        data = line.encode()
        for at in range(len(data)):
            changed = bytearray(data)
            changed[at] ^= 1 << (at % 8)
            try:
                other = changed.decode()
            except UnicodeDecodeError:
                continue
            assert not holds([*lines[:index], other, *lines[index + 1 :]], head), (index, at)


def test_no_line_can_be_left_out_doubled_or_moved():
    """Cutting, doubling, swapping or inserting lines is found, wherever it happens."""
    desk = busy()
    lines, head = [entry.line for entry in desk.entries], desk.entries[-1].hash
    other = opened(TWO).entries[0].line
    for index in range(len(lines)):
        assert not holds(lines[:index] + lines[index + 1 :], head)
        assert not holds(lines[: index + 1] + lines[index:], head)
        assert not holds([*lines[:index], other, *lines[index:]], head)
        if index:
            swapped = [*lines[: index - 1], lines[index], lines[index - 1], *lines[index + 1 :]]
            assert not holds(swapped, head)
    for count in range(1, len(lines)):
        assert not holds(lines[:count], head)


def test_each_broken_link_says_what_it_is():
    """A doubled entry, a second beginning and a missing parent are told apart, by their place in the file."""
    entries = busy().entries
    stranger = opened(TWO).entries[0]
    found = link_problems([entries[0], entries[0], entries[1], stranger, entries[3]])
    assert [(each.rule, each.place, each.message) for each in found] == [
        ("history-links", 1, "the entry stands twice"),
        ("history-links", 3, "the entry is linked to nothing before it"),
        ("history-links", 4, "the entry before it is missing or was changed"),
    ]
