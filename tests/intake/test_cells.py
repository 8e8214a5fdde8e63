"""What a cell holds: dates, money, errors, formulas, and what is no text at all."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from ledger.errors import RejectedInputError
from tests.intake.booking import book, codes, proposed, saved, text, told
from tests.intake.listing import BOTH, HEADER, ONE, TWO, sheet


def test_dates_are_iso_and_phrases_stay():
    """True dates, and the numbers that stand for them, become ISO dates; phrases are kept as printed."""
    dues = [
        dt.date(2025, 6, 30),
        dt.datetime.combine(dt.date(2025, 7, 31), dt.time()),
        45838,
        "45838",
        "2025.6.30",
        "6.30前",
        "长期坚持",
        "２０２５年底前",
    ]
    rows = [[n, f"问题{n}不实", "子", "办公室", "顾某", due, None] for n, due in enumerate(dues, 1)]
    proposal = sheet(HEADER, *rows)
    assert [issue.fields["due_text"] for issue in proposal.issues] == [
        "2025-06-30", "2025-07-31", "2025-06-30", "2025-06-30", "2025.6.30", "6.30前", "长期坚持", "２０２５年底前",
    ]  # fmt: skip
    assert codes(proposal) == ["date_numbers"]


def test_a_cell_says_what_its_format_shows():
    """A month without a day and a percentage are kept as a person sees them; so are the dates of Chinese Excel."""
    made = openpyxl.Workbook()
    page = made.active
    page.append(["序号", "反馈问题", "整改措施", "完成时限", "整改进度"])
    page.append([1, "甲不实", "子", dt.date(2025, 6, 1), 0.85])
    page["D2"].number_format, page["E2"].number_format = 'yyyy"年"m"月"', "0%"
    (issue,) = proposed(saved(made)).issues
    assert dict(issue.fields) == {"due_text": "2025年6月", "status_text": "85%"}


def test_money_keeps_the_unit_of_its_header():
    """A bare number under 问题金额(万元) is so many 万元; an amount with a unit is as printed."""
    rows = [
        ["序号", "问题", "整改措施", "问题金额（万元）"],
        [1, "甲不实", "子", 12.5],
        [2, "乙不严", "丑", "3,200"],
        [3, "丙不全", "寅", "5万元"],
    ]
    assert [issue.fields["amount"] for issue in sheet(*rows).issues] == ["12.5万元", "3,200万元", "5万元"]


def test_hidden_sheets_are_left_out_and_said_hidden_rows_are_read():
    """A hidden sheet counts only when it is named; a filter hides no row from us."""
    made = openpyxl.Workbook()
    page = made.active
    page.title = "台账"
    for row in (HEADER, ONE, TWO):
        page.append(row)
    page.row_dimensions[3].hidden = True
    secret = made.create_sheet("旧稿")
    for row in (HEADER, [9, "丙不全", *ONE[2:]]):
        secret.append(row)
    secret.sheet_state = "hidden"
    proposal = proposed(saved(made))
    assert told(proposal) == BOTH
    assert sorted(codes(proposal)) == ["hidden_rows", "sheet_hidden"]
    assert [issue.title for issue in proposed(saved(made), "旧稿!").issues] == ["丙不全"]


def test_errors_formulas_and_colours_are_said():
    """A cell that shows an error or has no result is empty; colours say nothing, and that is said."""
    made = openpyxl.Workbook()
    page = made.active
    for row in (HEADER, ONE, TWO, [3, "丙不全", "寅", "#REF!", "=1+1", "8月底", None]):
        page.append(row)
    for at, colour in enumerate(("FF0000", "FFFF00", "00FF00", "0000FF"), start=1):
        page.cell(2, at).fill = PatternFill("solid", fgColor=colour)
    proposal = proposed(saved(made))
    assert dict(proposal.issues[2].fields) == {"due_text": "8月底"}
    assert {"error_cells", "formulas", "colours"} <= set(codes(proposal))


def test_a_far_cell_costs_nothing():
    """A cell in the last row and column of a sheet is left out and said; the ledger is read."""
    made = openpyxl.Workbook()
    page = made.active
    for row in (HEADER, ONE, TWO):
        page.append(row)
    page["XFD2"], page["A1048576"] = "远", "远"
    proposal = proposed(saved(made))
    assert told(proposal) == BOTH
    assert codes(proposal) == ["far_cells", "far_cells"]


def test_what_is_no_workbook_is_refused():
    """A damaged workbook is refused with a sentence, not with a traceback."""
    from ledger.intake.formats import workbook

    data = book(("台账", [HEADER, ONE]))
    for broken in (
        b"PK\x03\x04",
        data[: len(data) // 2],
        data.replace(b"xl/workbook.xml", b"xl/workbonk.xml"),
    ):
        with pytest.raises(RejectedInputError):
            workbook.read(broken)


def test_text_in_cells_is_clean():
    """Controls and invisible characters do not come in, as themselves or as a workbook writes them."""
    proposal = sheet(
        HEADER, [1, "甲\u200b不\u202e实", "子_x000D_", "办公室\u2060", "顾某", "6月底", "已完成"]
    )
    assert told(proposal) == BOTH[:1]


def test_a_guarded_cell_of_ours_is_as_it_was():
    """The quote that our own export puts before what a spreadsheet would calculate is taken off; others stay."""
    rows = [HEADER, [1, "'=甲不实", "'-子", "'办公室", "顾某", "6月底", "已完成"]]
    ((title, _category, fields, measures),) = told(proposed(text(rows)))
    assert (title, fields["unit"], [text for text, _own in measures]) == ("=甲不实", "'办公室", ["-子"])


def test_an_unclosed_quote_of_a_csv_file_is_said():
    """Cells that may have run together are not passed over in silence."""
    data = ('序号,反馈问题,整改措施,责任单位\n1,甲不实,子,办公室\n2,"乙不严,丑,财务科\n').encode()
    assert "unclosed_quote" in codes(proposed(data))


def test_true_and_false_are_yes_and_no():
    """A ticked box of a spreadsheet says 是, an empty one 否."""
    proposal = sheet(
        ["序号", "反馈问题", "整改措施", "是否完成", "是否销号"], [1, "甲不实", "子", True, False]
    )
    assert dict(proposal.issues[0].fields) == {"status_text": "是", "closed_text": "否"}
