"""What a Word document says: every text of its report, character by character, and nothing of the machine."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import reports
from ledger.errors import LedgerError
from ledger.reports import as_docx
from ledger.reports.archive import unpacked
from ledger.reports.as_docx import body
from ledger.reports.told import printed, texts
from ledger.reports.views import (
    Column,
    Fact,
    Facts,
    Footnote,
    Form,
    FormCell,
    Official,
    Paragraph,
    Report,
    Section,
    Stamp,
    Table,
)  # fmt: skip
from tests.office import AS_OF, basis, material

NASTY = [
    "<w:r><w:t>x</w:t></w:r>", "</w:p>", "&amp;", "&", "<", ">", "]]>", "<!--", "<?x?>", '"', "'", "=1+1", "@SUM(A1)",
    "{{ x }}", "{% raw %}", "一\n二", "a\r\nb\rc", "a\tb", "\t", "  two  blanks  ", "\x00\x1b[31m", "\u202eabc", "a\u2028b",
    "\ufffe\uffff", "\ud800", "\U0001f600", "\x0c", "\x85", "w:br", "________", "：", "长" * 2000, "%s", "\\", "",
]  # fmt: skip
anything = st.one_of(st.sampled_from(NASTY), st.text(max_size=30), st.text("<>&\t\n \x00整:1", max_size=20))


@st.composite
def papers(draw) -> Report:
    """A report with anything in every field."""
    said = lambda: draw(anything)  # noqa: E731
    form = Form(said(), (1, 2), ((FormCell(said(), label=True), FormCell(said(), lines=2)),))
    grid = Table(
        (Column("a", said()), Column("b", said(), sparse=True)),
        ((said(), said()), (said(), None)),
        said(),
        said(),
    )
    facts = Facts((Fact("a", said(), said()), Fact("b", said(), said())))
    inside = Section("in", said(), (facts, form, replace(grid, rows=())), wide=draw(st.booleans()))
    return Report(
        kind="status",
        title=said(),
        language=draw(st.sampled_from(["zh", "en"])),
        facts=facts,
        sections=(
            Section("one", said(), (Paragraph(said()), grid, grid), (inside,), new_page=True),
            Section("two", said(), (grid,), new_page=draw(st.booleans())),
        ),
        footnotes=(Footnote("f", said(), said()),),
        signatures=facts,
        stamp=Stamp(AS_OF, None, 0, "", "1", said()),
        official=draw(st.sampled_from([None, Official(said(), said(), said(), (said(),), (said(),), said(), AS_OF, said())])),
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(papers())
def test_every_text_is_there_as_it_is(report):
    """Whatever the fields hold: Word's own library finds every line of every text, blanks and tabs included."""
    document = docx.Document(io.BytesIO(as_docx.render(report)))
    found = iter([run.text.replace("\n", "") for run in document.element.body.iter("{*}r")])
    lines = [line for text in texts(report) for line in text.split("\n") if line]
    assert [line for line in lines if line not in found] == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", reports.KINDS)
def test_every_kind_can_be_opened(kind, language):
    """Every kind in both languages is a document Word's own library opens, with its title and its day."""
    report = reports.build(material(kind, rests=basis(language)))
    document = docx.Document(io.BytesIO(as_docx.render(report)))
    told = document.core_properties
    assert (told.title, told.author, told.created.date()) == (report.title, "ledger", AS_OF)
    assert {"Title", "Forms Title"} & {each.style.name for each in document.paragraphs}


def test_the_same_report_gives_the_same_bytes(monkeypatch):
    """Neither hour nor zone nor language of the screen shows in a document."""
    report = reports.build(material("book", rests=basis("zh")))
    first = as_docx.render(report)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    assert as_docx.render(report) == first


def test_marks_of_both_scripts_are_chinese_in_a_chinese_document():
    """Quotes and dashes are set in the Chinese typeface there, and in the Latin one in an English document."""
    for language, hinted in (("zh", True), ("en", False)):
        document = unpacked(as_docx.render(reports.build(material("status", rests=basis(language)))))
        runs = list(ElementTree.fromstring(document["word/document.xml"]).iter("{*}r"))
        hints = [
            each
            for each in runs
            if each.find("{*}rPr/{*}rFonts") is not None and each.find("{*}t") is not None
        ]
        assert len(hints) == (len([each for each in runs if each.find("{*}t") is not None]) if hinted else 0)


def test_a_document_that_lost_a_text_is_not_written(monkeypatch):
    """What was written is read back: a text that is not there is an error, and there is no document."""
    report = reports.build(material("status", rests=basis("en")))
    whole = body.written(report)
    monkeypatch.setattr(body, "written", lambda _report: whole.replace("Overview", ""))
    with pytest.raises(LedgerError):
        as_docx.render(report)


def test_a_long_title_is_there_and_the_properties_hold_its_beginning():
    """2,000 characters: all of them on paper, as many as programs show in the properties."""
    title = "整" * 2000
    report = replace(reports.build(material("lists", rests=basis("zh"))), title=title)
    document = docx.Document(io.BytesIO(as_docx.render(report)))
    assert document.paragraphs[0].text == title
    assert document.core_properties.title == title[:255]


def test_what_nobody_would_see_is_spelt_out():
    """A control or direction mark cannot hide in a document."""
    report = replace(reports.build(material("lists", rests=basis("zh"))), title="a\u202eb\x1b[0m\ufffe")
    title = docx.Document(io.BytesIO(as_docx.render(report))).paragraphs[0].text
    assert title == printed(report.title) == "a\\u202eb\\x1b[0m\\ufffe"
