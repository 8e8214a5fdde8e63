"""A record in another spelling: line ends, a byte order mark, what is read and is not canonical."""

from __future__ import annotations

import pytest

from ledger.store.recordfile import checked, is_canonical, parse
from tests.store.conftest import DOCUMENT, FORM, LINES
from tests.store.documents import EXPECTED, PATH, SAMPLE


def test_history_inside_a_text_is_text() -> None:
    """The words that open a history may stand in a field without being taken for one."""
    text = "甲\n[history]\nentries = [\n  'x',\n]\n"
    data = checked({"format": 1, "remark": text, "head": "h"}, ("e",), FORM)
    record = parse(data, path=PATH)
    assert (record.document["remark"], record.lines) == (text, ("e",))


def test_history_in_another_spelling_is_read() -> None:
    """A history that another program laid out differently says the same."""
    other = 'format = 1\nhead = "h"\nhistory.entries = ["a", """b"""]\n'
    record = parse(other.encode(), path=PATH)
    assert (record.document, record.lines) == ({"format": 1, "head": "h"}, ("a", "b"))
    assert not is_canonical(other.encode(), record, FORM)


def test_line_ends_of_a_checkout() -> None:
    """A checkout with CRLF holds the same record, in the one form."""
    data = SAMPLE.replace(b"\n", b"\r\n")
    record = parse(data, path=PATH)
    assert (record.document, record.lines, record.crlf) == (DOCUMENT, LINES, True)
    assert is_canonical(data, record, FORM)


def test_byte_order_mark() -> None:
    """A mark that an editor put in front is read over, but it is not the one form."""
    data = b"\xef\xbb\xbf" + SAMPLE
    record = parse(data, path=PATH)
    assert record.document == DOCUMENT
    assert not is_canonical(data, record, FORM)


@pytest.mark.parametrize(
    ("old", "new"),
    [("number = 7", "number = 0x7"), ('unit = "后勤科"\n', ""), ("\n[[evidence]]", "[[evidence]]")],
)
def test_is_canonical_sees_another_spelling(old: str, new: str) -> None:
    """The one form is one: another spelling of the same, or keys out of order, are not it."""
    assert is_canonical(SAMPLE, parse(SAMPLE, path=PATH), FORM)
    data = EXPECTED.replace(old, new).encode()
    if not new:
        data = data.replace(b"format = 1\n", 'format = 1\nunit = "后勤科"\n'.encode())
    assert not is_canonical(data, parse(data, path=PATH), FORM)
