"""A workbook that went out from a ledger, read as anybody's list."""

from __future__ import annotations

import pytest

from ledger.intake.returned import Returned, ReturnedRow
from ledger.usecases.sentlist import as_list


@pytest.mark.parametrize(("printed", "number"), [("7", 7), ("９", 9), ("9" * 5_000, 1), ("", 1), ("甲", 1)])
def test_an_issue_has_the_number_printed_or_that_of_its_place(printed, number):
    """A number somebody typed counts where it can be one; what is none, or far too long, is no trouble."""
    row = ReturnedRow("", 4, printed, "", {"title": "公章外借没有登记", "text": "建立登记簿"})
    returned = Returned("x.xlsx", "demo", "office", "", "2025-06", "2025-06-30", rows=(row,))
    assert [each.n for each in as_list(returned).issues] == [number]
