"""Tables of Word files."""

from __future__ import annotations

from ledger.intake.document import Grid
from ledger.intake.formats import word
from tests.intake.wordfile import file_of, levels, num, p, remarks, tbl, tc

DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def grid(body, **parts):
    (found,) = word.read(file_of(body, **parts)).parts
    return found


def test_merged_cells_keep_their_place():
    """Cells merged across and down stand where they are seen, rows begin where they are told to, wrapped rows count."""
    body = tbl(
        tc("序号") + tc("问题", '<w:gridSpan w:val="2"/>') + tc("措施"),
        tc("1", DOWN) + tc("甲") + tc("乙") + tc("丙"),
        tc("", ON) + tc("丁") + tc("戊", '<w:hMerge w:val="restart"/>') + tc("", "<w:hMerge/>"),
        '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + tc("己") + tc("庚") + tc("辛"),
    )
    found = grid(body)
    assert found.rows == (
        ("序号", "问题", None, "措施"), ("1", "甲", "乙", "丙"), (None, "丁", "戊"), (None, "己", "庚", "辛"),
    )  # fmt: skip
    assert found.merges == ((0, 1, 0, 2), (1, 0, 2, 0), (2, 2, 2, 3))


def test_rows_and_cells_in_controls_and_deleted_rows():
    """Rows and cells wrapped in content controls are read; a row deleted by a tracked change is not."""
    wrapped = f"<w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>{tc('1')}</w:sdtContent></w:sdt>{tc('甲')}{tc('乙')}</w:tr></w:sdtContent></w:sdt>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('2')}{tc('删')}{tc('删')}</w:tr>"
    body = f"<w:tbl><w:tr>{tc('序号')}{tc('问题')}{tc('措施')}</w:tr>{wrapped}{gone}</w:tbl>"
    assert grid(body).rows == (("序号", "问题", "措施"), ("1", "甲", "乙"))
    assert remarks(body) == ["tracked_changes"]


def test_a_column_of_automatic_numbers_holds_them():
    """序号 numbered by Word: the cells hold the numbers though their paragraphs are empty."""
    cell = '<w:tc><w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p></w:tc>'
    body = tbl(tc("序号") + tc("问题") + tc("措施"), cell + tc("甲") + tc("乙"), cell + tc("丙") + tc("丁"))
    assert [row[0] for row in grid(body, numbering=levels(("decimal", "%1.")) + num(1)).rows] == [
        "序号",
        "1",
        "2",
    ]


def test_a_cell_of_several_paragraphs_and_a_table_inside():
    """Paragraphs of a cell are lines of it; a small table inside is lines too, row by row."""
    inner = tbl(tc("子") + tc("丑"))
    body = tbl(
        tc("序号") + tc("问题") + tc("措施"),
        tc("1") + tc("甲") + f"<w:tc>{p('一是乙')}{p('')}{p('二是丙')}{inner}{p('')}</w:tc>",
    )
    assert grid(body).rows[1] == ("1", "甲", "一是乙\n二是丙\n子 丑")


def test_a_table_inside_a_cell_of_a_ledger_does_not_undo_the_ledger():
    """A small table in one cell of many is text of that cell, row by row."""
    inner = tbl(tc("子") + tc("丑"), tc("寅") + tc("卯"))
    rows = [tc(str(n)) + tc("甲") + tc("乙") + tc("丙") for n in (1, 2)]
    body = tbl(
        tc("序号") + tc("问题") + tc("措施") + tc("单位"),
        *rows,
        tc("3") + tc("丁") + f"<w:tc>{inner}{p('')}</w:tc>" + tc("戊"),
    )
    assert grid(body).rows[3] == ("3", "丁", "子 丑\n寅 卯", "戊")


def test_tables_that_place_text_become_lines():
    """A box of one cell, a signature in two cells, a table around a table: lines, in order."""
    boxed = tbl(
        f"<w:tc>{p('区委文件')}{tbl(tc('序号') + tc('甲'), tc('1') + tc('乙'))}{p('')}</w:tc>" + tc("右")
    )
    parts = word.read(file_of(boxed + tbl(tc("联系人：某") + tc("2025年")))).parts
    assert [part.rows if isinstance(part, Grid) else part.raw for part in parts] == [
        "区委文件", (("序号", "甲"), ("1", "乙")), "右", "联系人：某", "2025年",
    ]  # fmt: skip
    assert [part.line if isinstance(part, Grid) else part.number for part in parts] == [1, 2, 5, 6, 7]
