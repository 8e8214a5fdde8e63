"""Tables and forms in Word documents: as wide as the page, readable, with room to sign."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger.reports.views import Column, Fact, Facts, Form, FormCell, Kind, Section, Table
from tests.office import AS_OF
from tests.wordparts import A_FORM, W, pages, paper, part, said, table, told, values


def test_a_table_goes_over_several_pages():
    """The heading is repeated; a row stays on one page, unless no page could hold it."""
    given = replace(table(2), rows=(("短", "短"), ("长" * 20000, "短")))
    rows = part(paper(Section("a", "", (given,)))).findall(f".//{W}tr")
    marks = [[each.tag.removeprefix(W) for each in row.findall(f"{W}trPr/*")] for row in rows]
    assert marks == [["cantSplit", "tblHeader"], ["cantSplit"], []]


@pytest.mark.parametrize("columns", [1, 2, 7, 12, 30])
def test_a_table_is_as_wide_as_its_page(columns):
    """Whatever stands in it: the columns together are as wide as the text, and every cell as its column."""
    document = part(paper(Section("a", "", (table(columns, text="一二三四五六七八九十" * 3),))))
    wide = (
        8844
        if pages(paper(Section("a", "", (table(columns, text="一二三四五六七八九十" * 3),)))) == [False]
        else 12756
    )
    columns_of = [int(values(each)["w"]) for each in document.iter(f"{W}gridCol")]
    assert sum(columns_of) == wide
    for row in document.iter(f"{W}tr"):
        assert [int(values(each)["w"]) for each in row.iter(f"{W}tcW")] == columns_of


def test_a_table_with_total_and_sparse_columns():
    """The total is the last row, set like the heading; an empty sparse column is not there; figures are centred."""
    given = Table(
        (Column("a", "A"), Column("b", "B", sparse=True), Column("n", "N", Kind.NUMBER), Column("p", "P", Kind.PERCENT)),
        (("x", "", 3, None),), "", "T", ("sum", "", 3, None),
    )  # fmt: skip
    rows = [
        [(each.find(f"{W}p/{W}pPr/{W}pStyle").attrib[f"{W}val"], said(each)) for each in row.iter(f"{W}tc")]
        for row in part(paper(Section("a", "", (given,)))).iter(f"{W}tr")
    ]
    assert rows == [
        [("TableHead21", "A"), ("TableHead21", "N"), ("TableHead21", "P")],
        [("TableText21", "x"), ("TableFigure21", "3"), ("TableFigure21", "-")],
        [("TableHead21", "sum"), ("TableHead21", "3"), ("TableHead21", "-")],
    ]


def test_a_table_without_rows_is_a_sentence():
    """No frame without anything in it."""
    report = paper(Section("a", "", (replace(table(2), rows=(), title="T"),)))
    assert told(report)[1:3] == [("TableTitle", "T"), ("BodyText", "nothing")]
    assert part(report).find(f".//{W}tbl") is None


def test_a_form_has_merged_boxes_and_room_to_sign():
    """Boxes span columns; a box is at least as high as its lines; labels stand in the middle."""
    rows = (
        (FormCell("name", label=True), FormCell("Lin"), FormCell("due", label=True), FormCell(AS_OF, kind=Kind.DATE)),
        (FormCell("opinion", label=True), FormCell("", span=3, lines=6)),
    )  # fmt: skip
    document = part(paper(Section("a", "", (Form("Form", (1, 2, 1, 2), rows),))))
    spans = [[values(each.find(f"{W}tcPr/{W}gridSpan")).get("val", "1") for each in row.iter(f"{W}tc")] for row in document.iter(f"{W}tr")]  # fmt: skip
    assert spans == [["1", "1", "1", "1"], ["1", "3"]]
    heights = [int(values(each)["val"]) for each in document.iter(f"{W}trHeight")]
    assert heights[1] > 5 * heights[0] - 5 * 90
    assert [int(values(each)["w"]) for each in document.iter(f"{W}tcW")] == [
        1474,
        2948,
        1474,
        2948,
        1474,
        7370,
    ]


@pytest.mark.parametrize(("lines", "size"), [(6, "24"), (7, "21"), (8, "18"), (60, "21")])
def test_a_form_is_as_large_as_its_page_allows(lines, size):
    """The largest type in which it stays on one page; where none does, that of tables."""
    rows = tuple((FormCell("a", label=True), FormCell("", lines=lines)) for _ in range(5))
    document = part(paper(Section("a", "", (Form("Form", (1, 2), rows),))))
    styles_of = {values(each)["val"] for row in document.iter(f"{W}tr") for each in row.iter(f"{W}pStyle")}
    assert styles_of == {f"FormLabel{size}", f"FormText{size}"}


def test_rows_that_belong_together_stay_together():
    """The heading stays with the first row, the total with the last, the facts of a section with one another."""
    facts = Facts(tuple(Fact(name, name, "长" * 20) for name in "abc"))
    given = replace(table(2, rows=3), total=("sum", ""))
    document = part(paper(Section("a", "", (facts, given))))
    kept = [
        {each.find(f"{W}pPr/{W}keepNext") is not None for each in row.iter(f"{W}p")}
        for row in document.iter(f"{W}tr")
    ]
    assert kept == [{True}, {True}, {False}, {True}, {False}, {False}, {True}, {False}]


def test_over_a_form_the_title_is_small():
    """A form has a title of its own; that of the report takes little of its page."""
    assert [style for style, _text in told(paper(replace(A_FORM, title="")))] == [
        "FormsTitle",
        "FormTitle",
        "Stamp",
    ]


def test_facts_of_a_section_are_boxes():
    """Two short ones beside one another; a long one, or the last that is left alone, as wide as the page."""
    facts = Facts(tuple(Fact(name, name, value) for name, value in (("a", "1"), ("b", "2"), ("c", "3"), ("d", "长" * 20), ("e", ""))))  # fmt: skip
    rows = part(paper(Section("a", "", (facts,)))).iter(f"{W}tr")
    assert [[said(each) for each in row.iter(f"{W}tc")] for row in rows] == [
        ["a", "1", "b", "2"],
        ["c", "3"],
        ["d", "长" * 20],
        ["e", ""],
    ]
