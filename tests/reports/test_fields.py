"""The names of a report's values: what forms and templates ask for stays where it is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from ledger import reports
from ledger.reports.fields import Field, Rows, fields, label
from ledger.reports.views import (
    Column,
    Fact,
    Facts,
    Footnote,
    Form,
    FormCell,
    Kind,
    Official,
    Paragraph,
    Report,
    Section,
    Stamp,
    Table,
)
from tests.office import material

DAY = dt.date(2025, 6, 30)
COUNTS = Table(
    (Column("what", "what"), Column("total", "total", Kind.NUMBER), Column("rate", "rate", Kind.PERCENT)),
    (("问 题：", 3, Decimal("33.3")), ("closed rate", 1, None), ("", 7, None)),
    "",
    total=("all", 4, Decimal("25.0")),
)
LATE = Table((Column("id", "no."), Column("title", "issue")), ((1, "a"), (2, "b")), "none")
FORM = Form(
    "form",
    (1, 2),
    (
        (FormCell("责任 单位", label=True), FormCell("财政所")),
        (FormCell("期限：", label=True), FormCell(DAY, kind=Kind.DATE)),
    ),
)


def view() -> Report:
    """A report with everything that has a name."""
    inner = Section("late", "Late", (LATE, Paragraph("First."), COUNTS, Paragraph("Second.")))
    return Report(
        kind="status",
        title="T",
        language="en",
        facts=Facts((Fact("org", "office", "镇"), Fact("as_of", "as of", DAY, Kind.DATE))),
        sections=(Section("summary", "S", (COUNTS, Facts((Fact("n", "n", 7, Kind.NUMBER),))), (inner,)), Section("forms", "F", (FORM, FORM))),
        footnotes=(Footnote("percent", "per cent", "rounded"),),
        signatures=Facts((Fact("by", "by", ""),)),
        stamp=Stamp(DAY, None, 1, "ab", "1", "As of that day."),
        official=Official(number="1号", contact=("a", "b"), date=DAY),
    )  # fmt: skip


def test_everything_has_a_name():
    """Facts, tables, their cells, boxes, paragraphs and footnotes, wherever they stand; of two alike the first."""
    found = {each.name: each[1:] for each in fields(view())}
    assert found == {
        "title": ("T", Kind.TEXT),
        "as_of": (DAY, Kind.DATE),
        "stamp": ("As of that day.", Kind.TEXT),
        "facts.org": ("镇", Kind.TEXT),
        "facts.as_of": (DAY, Kind.DATE),
        "summary": (COUNTS,),
        "summary.问题.total": (3, Kind.NUMBER),
        "summary.问题.rate": (Decimal("33.3"), Kind.PERCENT),
        "summary.closed rate.total": (1, Kind.NUMBER),
        "summary.closed rate.rate": (None, Kind.PERCENT),
        "summary.total.total": (4, Kind.NUMBER),
        "summary.total.rate": (Decimal("25.0"), Kind.PERCENT),
        "summary.n": (7, Kind.NUMBER),
        "late.text": ("First.\nSecond.", Kind.TEXT),
        "late": (LATE,),
        "late.2": (COUNTS,),
        "late.2.问题.total": (3, Kind.NUMBER),
        "late.2.问题.rate": (Decimal("33.3"), Kind.PERCENT),
        "late.2.closed rate.total": (1, Kind.NUMBER),
        "late.2.closed rate.rate": (None, Kind.PERCENT),
        "late.2.total.total": (4, Kind.NUMBER),
        "late.2.total.rate": (Decimal("25.0"), Kind.PERCENT),
        "forms.责任单位": ("财政所", Kind.TEXT),
        "forms.期限": (DAY, Kind.DATE),
        "form.责任单位": ("财政所", Kind.TEXT),
        "form.期限": (DAY, Kind.DATE),
        "official.state": ("", Kind.TEXT),
        "official.number": ("1号", Kind.TEXT),
        "official.addressee": ("", Kind.TEXT),
        "official.annexes": ("", Kind.TEXT),
        "official.contact": ("a\nb", Kind.TEXT),
        "official.signature": ("", Kind.TEXT),
        "official.date": (DAY, Kind.DATE),
        "official.copies": ("", Kind.TEXT),
        "footnotes.percent": ("rounded", Kind.TEXT),
    }


def test_names_of_labels():
    """Blanks that place Chinese go, those between words stay."""
    cases = {
        "责 任 单 位：": "责任单位",
        "责任\n单位": "责任单位",
        "closed  rate": "closed rate",
        "A类 问题": "A类问题",
    }
    assert {text: label(text) for text in cases} == cases


def test_every_kind_has_named_values():
    """Of every report there is, names are there once, and the title is among them."""
    for kind in reports.KINDS:
        found = list(fields(reports.build(material(kind))))
        names = [each.name for each in found]
        assert len(names) == len(set(names))
        assert isinstance(found[0], Field)
        assert any(isinstance(each, Rows) or each.name.startswith(("form.", "official.")) for each in found)
