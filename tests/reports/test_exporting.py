"""The ledger for other programs: everything in JSON, a row a measure in CSV."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.issue import CloseOut, Evidence, Issue, Measure, Note, Point, Signature
from ledger.domain.spreadsheet import unguarded
from ledger.domain.text import visible
from ledger.reports import export
from tests.chinese import chinese  # noqa: F401  a fixture
from tests.issues import issue, measure
from tests.office import basis, office

#: Names the export gives a field, where they are not the field's own.
RENAMED = {"rejected": "returned"}
#: What says nothing of its own: the issue stands around a measure; when a status began stands in the history.
LEFT_OUT = {"issue_uid", "since"}


def fields(kind):
    return {RENAMED.get(name, name) for name in _names(kind)} - LEFT_OUT


def _names(kind):
    return kind._fields if issubclass(kind, tuple) else kind.__dataclass_fields__


def rows(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_json_has_every_field():
    """No field of an issue, measure, point, note, sign-off or file is left out."""
    found = export.as_json(office(), basis())["issues"]
    first = found[0]
    assert fields(Issue) - set(first) == set()
    assert fields(Measure) - set(first["measures"][0]) == set()
    second = first["measures"][1]
    assert set(second["points"][0]) == fields(Point)
    assert set(second["evidence"][0]) == fields(Evidence)
    assert set(second["closeouts"][0]) == fields(CloseOut)
    assert set(second["closeouts"][0]["signatures"][0]) == fields(Signature)
    assert set(found[1]["measures"][0]["notes"][0]) == fields(Note)
    assert [each["id"] for each in found] == ["1", "2", "3", "4", "5", "6"]


def test_json_keeps_values():
    """Codes stay codes, dates ISO, what is absent null; figures are those of the day."""
    document = json.loads(export.json_text(export.as_json(office(), basis())))
    assert document["schema"] == "ledger/export@1"
    late = document["issues"][1]["measures"][0]
    assert (late["status"], late["due"], late["overdue_days"], late["result"]) == (
        "active",
        "2025-06-10",
        20,
        None,
    )
    assert document["checkpoint"]["entries"] == 35


def test_json_hides_nothing_that_drives_a_terminal():
    """What is not seen is escaped, and reads back as it was."""
    hidden = "a\u202eb\x85\u2028\ud800\x1b"
    text = export.json_text({"issues": [{"title": hidden}]})
    assert text.encode().isascii()
    assert json.loads(text)["issues"][0]["title"] == hidden


def test_csv_has_a_row_a_measure():
    """One heading row, a row each measure, and one for an issue without measures."""
    text = export.as_csv(office(), basis())
    assert text.startswith("\ufeff")
    heading, *found = rows(text)
    assert heading[:6] == ["issue no.", "issue", "category", "status of the issue", "measure no.", "measure"]
    assert [row[4] for row in found] == ["1.1", "1.2", "2.1", "2.2", "2.3", "3.1", "", "5.1", "6.1"]
    assert {len(row) for row in found} == {len(heading)}
    assert found[2][:6] == [
        "2",
        "往来款|长期挂账",
        "财务管理",
        "in progress",
        "2.1",
        "清理往来款。\n逐笔核对。",
    ]


def test_csv_never_calculates():
    """A result that begins like a formula has a quote before it, unless raw cells are asked for."""
    heading = rows(export.as_csv(office(), basis()))[0]
    place = heading.index("result")
    safe, raw = (rows(export.as_csv(office(), basis(), raw=raw))[2][place] for raw in (False, True))
    assert (safe, raw) == ("'=全员参训", "=全员参训")


@given(
    st.lists(
        st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
        min_size=5,
        max_size=5,
    )
)
def test_csv_comes_back(words):
    """Whatever stands in a field can be read back from the file; what nobody would see is spelt out."""
    given_issue = issue(
        1, measure(1, text=words[0], unit=words[1], result=words[2]), title=words[3], category=words[4]
    )
    heading, row = rows(export.as_csv((given_issue,), basis()))
    read = dict(zip(heading, map(unguarded, row), strict=True))
    assert [read[name] for name in ("measure", "unit", "result", "issue", "category")] == list(
        map(visible, words)
    )


def test_csv_follows_the_ledger(chinese):  # noqa: F811
    """Headings and labels are in the language of the ledger."""
    heading, first, *_rest = rows(export.as_csv(office(), basis("zh")))
    assert heading[:6] == ["问题序号", "问题", "方面", "问题状态", "措施序号", "措施"]
    assert (first[3], first[12]) == ("已销号", "限期整改")
