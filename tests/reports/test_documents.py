"""Whole documents as they leave the office."""

from __future__ import annotations

import json

import pytest
from markdown_it import MarkdownIt

from ledger import reports
from ledger.reports import as_json
from tests.chinese import chinese  # noqa: F401  a fixture
from tests.office import basis, material

PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


@pytest.mark.parametrize("kind", reports.KINDS)
def test_chinese_documents(kind, chinese, golden):  # noqa: F811
    """Every kind in the language of the ledger, whatever language the screen speaks."""
    report = reports.build(material(kind, rests=basis("zh")))
    golden(f"report-{kind}.zh.md", reports.render(report, "md").decode())


@pytest.mark.parametrize("kind", reports.KINDS)
def test_english_documents(kind, golden):
    """Every kind in English."""
    golden(
        f"report-{kind}.en.md",
        reports.render(reports.build(material(kind, rests=basis("en"))), "md").decode(),
    )


@pytest.mark.parametrize("kind", reports.KINDS)
def test_documents_are_sound_markdown(kind):
    """A document is headings, lists, tables and paragraphs: nothing a parser takes for code, HTML or a link."""
    source = reports.render(reports.build(material(kind, rests=basis("en"))), "md").decode()
    tokens = PARSER.parse(source)
    marks = {child.type for token in tokens for child in token.children or ()}
    assert marks <= {"text", "strong_open", "strong_close", "softbreak"}
    assert {token.type for token in tokens} & {
        "html_block",
        "fence",
        "code_block",
        "blockquote_open",
    } == set()


def test_a_template_cannot_change_what_is_rendered_twice():
    """The same ledger, day and version give the same bytes."""
    one, two = (reports.render(reports.build(material("book", rests=basis("en"))), "md") for _ in "12")
    assert one == two


def test_an_office_changes_the_wording(tmp_path):
    """A workspace's own template shapes the page; sections are found by key."""
    (tmp_path / "status.md").write_text(
        "{{ report.title }}\n{{ report.section('overdue').title }}: {{ report.section('overdue').blocks[0].rows|length }}\n"
        "{{ table(report.section('summary').blocks[1]) }}\n"
    )
    document = reports.render(reports.build(material("status", rests=basis("en"))), "md", tmp_path).decode()
    assert document.splitlines()[:4] == [
        "柳河镇巡察整改台账: monthly status",
        "Overdue: 2",
        "| rate | numerator | denominator | per cent |",
        "| --- | ---: | ---: | ---: |",
    ]


def test_the_view_as_values():
    """As JSON a report is its whole view: cells stay numbers and dates."""
    payload = as_json.payload(reports.build(material("status", rests=basis("en"))))
    assert list(payload) == [
        "as_of", "known_at", "kind", "title", "language", "facts", "sections", "footnotes", "official",
        "checkpoint", "version",
    ]  # fmt: skip
    (overdue,) = (each for each in payload["sections"] if each["key"] == "overdue")
    assert (overdue["key"], overdue["blocks"][0]["table"]["rows"][0][5]) == ("overdue", 20)
    assert json.dumps(payload, default=str)
