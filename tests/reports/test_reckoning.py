"""A report looks over its own figures: what does not follow is said before anybody reads it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from ledger import reports
from ledger.reports.reckoning import Doubt, doubts
from ledger.reports.views import Column, Kind, Paragraph, Section, Table
from tests.office import basis, material


def saying(*blocks):
    report = reports.build(material("status", rests=basis("zh")))
    inside = Section("inside", "", blocks)
    return replace(report, sections=(Section("own", "", sections=(inside,)),))


@pytest.mark.parametrize("spoken", ["zh", "en"])
@pytest.mark.parametrize("kind", reports.KINDS)
def test_our_own_figures_agree(kind, spoken):
    """No report of ours contradicts itself, in either language."""
    assert list(doubts(reports.build(material(kind, rests=basis(spoken))))) == []


def test_a_share_in_running_text_is_reckoned_again():
    """412 of 515 are 80.0%: what somebody wrote by hand is said, with what follows."""
    wrong = Paragraph("受理线索515条，办结412条，办结率80.1%。")
    (found,) = doubts(saying(Paragraph("自查问题1786个，整改1503个，整改率84.2%。"), wrong))
    assert "80.1%" in found.text
    assert "80.0" in found.arithmetic


def test_parts_that_are_not_the_whole():
    """6582 and 169 are 6751, not 6752."""
    (found,) = doubts(saying(Paragraph("有效线索共6752条，已经核查6582条，正在核查169条。")))
    assert "6751" in found.arithmetic


def test_a_share_of_a_table_is_reckoned_again():
    """Each share stands beside its two counts, and follows from them."""
    columns = (
        Column("rate", "指标"),
        Column("numerator", "分子", Kind.NUMBER),
        Column("denominator", "分母", Kind.NUMBER),
        Column("percent", "百分比", Kind.PERCENT),
    )
    rows = (
        ("办结率", 412, 515, Decimal("80.1")),
        ("整改率", 1503, 1786, Decimal("84.2")),
        ("无", 0, 0, None),
    )
    assert list(doubts(saying(Table(columns, rows, "")))) == [Doubt("办结率 80.1%", "412 ÷ 515 = 80.0%")]
