"""Pages in which no field can break out, and which ask nothing of any other place."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import reports
from ledger.errors import LedgerError, RejectedInputError
from ledger.reports import as_html, templates
from ledger.reports.as_html import Page, cell, chart, facts, footnotes, form, read, render, text
from ledger.reports.told import lost, printed
from ledger.reports.views import (
    Chart,
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
    Series,
    Shape,
    Stamp,
    Style,
    Table,
)
from tests.office import basis, material

NASTY = [
    "<script>alert(1)</script>", "</td></tr></table>", "<!--", "-->", "]]>", "</style><style>", "</title>", '" onclick="x',
    "' onload='x", "&lt;", "&amp;copy;", "&#0;", "&#x3c;", "a & b", "<img src=x onerror=y>", "{{ 7*7 }}", "{% raw %}", "{#",
    "\x1b[31m", "\u202eabc", "a\u2028b", "\x00", "\x85", "\ud800", "\ufffe", "javascript:x", "url(//x)", "</svg>", "<a\tb>",
    "`", "=1+1", "整改|台账",
]  # fmt: skip
anything = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=30),
    st.text(alphabet="<>&\"'/=!-;# abw整\n\t", max_size=30),
).filter(lambda words: printed(words).strip())


def saying(words: str) -> Report:
    """A report that says `words` wherever somebody's words may stand."""
    columns = (Column(words, words), Column("n", words, Kind.NUMBER), Column("d", words, Kind.DATE))
    one = Section(
        words,
        words,
        (
            Paragraph(words),
            Paragraph(words, Style.NOTE),
            Facts((Fact(words, words, words),)),
            Table(columns, ((words, 1, None), (words, 2, None)), words, words, (words, 3, None)),
            Table(columns, (), words),
            Form(words, (1, 2), ((FormCell(words, label=True), FormCell(words, lines=3)),)),
            Chart(
                words,
                words,
                words,
                Shape.BARS,
                (words, words),
                (Series(words, (1, 2)), Series(words, (3, 0))),
            ),
        ),
        (Section(words, words, (Table(columns, ((words, 1, None),), words),), wide=True),),
        new_page=True,
    )
    paper = Official(words, words, words, (words,), (words, words), words, dt.date(2025, 6, 30), words)
    return Report(
        kind="status",
        title=words,
        language="zh",
        facts=Facts((Fact("a", words, words),)),
        sections=(one,),
        footnotes=(Footnote("a", words, words),),
        signatures=Facts((Fact("b", words, ""),)),
        stamp=Stamp(dt.date(2025, 6, 30), None, 0, "", "1", words),
        official=paper,
    )


class Tags(HTMLParser):
    """The tags of a page with their attributes; of what depends on somebody's words only the names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.drawing = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.drawing = self.drawing or tag == "svg"
        if tag != "br":
            hidden = (
                {"aria-label", "style", "class"}
                if not self.drawing
                else {name for name, _ in attrs} - {"role"}
            )
            self.found.append((tag, [(name, "" if name in hidden else value) for name, value in attrs]))

    def handle_endtag(self, tag):
        self.drawing = self.drawing and tag != "svg"
        self.found.append(tag)

    def handle_comment(self, data):
        self.found.append(("comment", data))

    def handle_pi(self, data):
        self.found.append(("instruction", data))

    def unknown_decl(self, data):
        self.found.append(("declaration", data))


PLAIN = Tags(render(saying("x"))).found


@settings(max_examples=60)
@given(anything)
def test_no_text_becomes_markup(words):
    """Whatever stands in whatever field, the page has the tags it has anyway, and says the words."""
    report = saying(words)
    page = render(report)
    assert Tags(page).found == PLAIN
    assert lost(report, read(page)) == ""


@pytest.mark.parametrize("words", NASTY)
def test_what_does_harm_elsewhere_is_text_here(words):
    """Every string that means something to a browser reads as itself."""
    assert Tags(render(saying(words))).found == PLAIN
    assert " ".join("".join(read(text(words))).split()) == " ".join(printed(words).split())


@pytest.mark.parametrize("kind", reports.KINDS)
@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_every_kind_asks_for_nothing_from_outside(kind, spoken):
    """No address, source, script, handler or reference is in a page; its policy forbids them all."""
    page = render(reports.build(material(kind, rests=basis(spoken))))
    forbidden = r"://|\bsrc\s*=|\bhref\s*=|\bon[a-z]+\s*=|<script|<iframe|<object|<link|url\(|@import|xmlns"
    assert re.findall(forbidden, page, flags=re.IGNORECASE) == []
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    metas = [dict(tag[1]) for tag in Tags(page).found if isinstance(tag, tuple) and tag[0] == "meta"]
    assert metas[:2] == [
        {"charset": "utf-8"},
        {"http-equiv": "Content-Security-Policy", "content": policy},
    ]


@pytest.mark.parametrize("kind", reports.KINDS)
def test_every_kind_is_sound(kind):
    """Tags are closed in order, ids are not used, headings go down one level at a time, every text is there."""
    report = reports.build(material(kind, rests=basis("zh")))
    page = render(report)
    opened: list[str] = []
    levels = [0]
    for each in Tags(page).found:
        if isinstance(each, str):
            assert opened.pop() == each
            continue
        tag, attributes = each
        assert "id" not in dict(attributes)
        if tag not in ("meta", "col"):
            opened.append(tag)
        if re.fullmatch("h[1-6]", tag):
            assert int(tag[1]) <= levels[-1] + 1
            levels.append(int(tag[1]))
    assert (opened, levels.count(1)) == ([], 1)
    assert lost(report, read(page)) == ""


def test_the_same_report_gives_the_same_page():
    """Nothing of the moment or the machine is in a page."""
    one, two = (reports.render(reports.build(material("status")), "html") for _ in "12")
    assert one == two


@pytest.mark.parametrize(("spoken", "named"), [("zh", "zh-CN"), ("en", "en")])
def test_a_page_says_its_language(spoken, named):
    """The language of the ledger stands on the page, for reading aloud and for typefaces."""
    page = render(reports.build(material("status", rests=basis(spoken))))
    assert page.startswith(f'<!DOCTYPE html>\n<html lang="{named}">\n')


# --- blocks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (None, Kind.TEXT, ""),
        (None, Kind.PERCENT, "-"),
        (None, Kind.DATE, "-"),
        (0, Kind.NUMBER, "0"),
        (Decimal("60.9"), Kind.PERCENT, "60.9%"),
        (dt.date(2025, 6, 30), Kind.DATE, "2025-06-30"),
        ("关于“文风”的问题。", Kind.TEXT, "关于“文风”的问题。"),
        ("a\r\nb", Kind.TEXT, "a<br>b"),
        ("<b> & 'c' \"d\"", Kind.TEXT, "&lt;b&gt; &amp; &#x27;c&#x27; &quot;d&quot;"),
        ("\x1b[31m", Kind.TEXT, "\\x1b[31m"),
    ],
)
def test_values_by_kind(value, kind, expected):
    """Each kind of value has its one form."""
    assert cell(value, kind) == expected


COLUMNS = (Column("a", "A"), Column("b", "B", Kind.NUMBER), Column("c", "C", Kind.DATE, sparse=True))
PAGE = Page(saying("x"))


def test_a_table_has_its_heads_and_its_total():
    """Columns and rows have header cells, each its width, the total is marked, a title is the caption."""
    day = dt.date(2025, 6, 30)
    assert PAGE.table(Table(COLUMNS, (("x", 1, day),), "", "T", ("sum", 1, None))) == (
        '<div class="grid"><table style="min-width: 13.5em"><caption>T</caption>\n'
        '<colgroup><col style="width: 29.7%"><col style="width: 29.7%"><col style="width: 40.5%"></colgroup>\n'
        '<thead><tr><th scope="col">A</th>'
        '<th scope="col" class="figure">B</th><th scope="col" class="date">C</th></tr></thead>\n<tbody>\n'
        '<tr><th scope="row">x</th><td class="figure">1</td><td class="date">2025-06-30</td></tr>\n'
        '<tr class="total"><th scope="row">sum</th><td class="figure">1</td><td class="date">-</td></tr>\n'
        "</tbody></table></div>"
    )


def test_an_untitled_table_is_named_by_its_heading():
    """Who hears a page knows which table this is; a sparse column in which nothing stands is left out."""
    section = PAGE.body(Section("s", "Late & open", (Table(COLUMNS, (("x", 1, None),), ""),)))
    assert 'aria-label="Late &amp; open"' in section
    assert "C</th>" not in section


def of_columns(count: int, words: str) -> Table:
    return Table(tuple(Column(str(at), str(at)) for at in range(count)), ((words,) * count,), "")


def test_what_is_too_wide_lies():
    """A wide table makes the whole page lie; beside a form or in an official document its section alone."""
    narrow, wide = (
        Section("n", "N", (of_columns(3, "x"),)),
        Section("w", "W", (of_columns(9, "很长的文字" * 9),)),
    )
    report = replace(saying("x"), official=None, sections=(narrow, wide))
    assert (Page(report).wide, Page(replace(report, sections=(narrow,))).wide) == (True, False)
    assert '<body class="status report wide">' in render(report)
    assert '<body class="status report upright">' in render(replace(report, sections=(narrow,)))
    assert Page(report).body(wide).startswith("<section><h2>W</h2>")
    blank = Section("f", "F", (Form("F", (1,), ((FormCell(""),),)),))
    for upright in (replace(report, official=Official()), replace(report, sections=(narrow, wide, blank))):
        assert Page(upright).wide is False
        assert Page(upright).body(wide).startswith('<section class="wide"><h2>W</h2>')
        assert Page(upright).body(narrow).startswith("<section><h2>N</h2>")


def test_a_table_that_even_lying_is_too_wide_is_set_smaller():
    """Where words would be broken on paper the type is smaller."""
    assert 'class="small"' in PAGE.table(of_columns(20, "2025-06-30"))
    assert 'class="small"' not in PAGE.table(of_columns(12, "2025-06-30"))


def test_an_empty_table_is_a_sentence():
    """A table without rows says so."""
    assert PAGE.table(Table(COLUMNS, (), "Nothing was closed.")) == "<p>Nothing was closed.</p>"


def test_a_form_has_its_boxes():
    """Labels name the boxes of their row, widths and heights are as asked for, what is not there is left blank."""
    label, wide = FormCell("name", label=True), FormCell("opinion", label=True, span=3)
    boxes = ((label, FormCell(3, span=2, kind=Kind.NUMBER)), (wide,), (FormCell("", span=3, lines=4),))
    assert form(Form("F", (1, 1, 1), boxes)) == (
        '<table class="form"><caption>F</caption>\n<colgroup><col style="width: 33.3%"><col style="width: 33.3%">'
        '<col style="width: 33.3%"></colgroup>\n<tbody>\n'
        '<tr><th scope="row">name</th><td colspan="2" class="figure">3</td></tr>\n'
        '<tr><th colspan="3">opinion</th></tr>\n<tr><td colspan="3" style="height: 6.0em"></td></tr>\n</tbody></table>'
    )


def test_a_place_to_write_is_a_line():
    """A fact without a value is a line to write on; a nought is a value."""
    assert facts(Facts((Fact("a", "by", ""), Fact("b", "late", 0, Kind.NUMBER)))) == (
        '<dl><div><dt>by</dt><dd class="blank"></dd></div>\n<div><dt>late</dt><dd>0</dd></div></dl>'
    )
    assert facts(Facts(())) == ""


def test_sections_go_down_with_their_headings():
    """A section inside another is one level deeper, never below six; pages begin and lie as asked for."""
    deep = Section("d", "D", new_page=True, wide=True)
    for _level in range(6):
        deep = Section("s", "S", (), (deep,))
    found = re.findall(r"<h([1-6])>", PAGE.body(deep))
    assert found == ["2", "3", "4", "5", "6", "6", "6"]
    assert '<section class="new-page wide"><h6>D</h6></section>' in PAGE.body(deep)
    assert PAGE.body(Section("s", "")) == "<section></section>"


def test_a_chart_without_figures_is_left_out():
    """Where there is nothing to draw there is no empty frame either."""
    assert chart(Chart("c", "C", "", Shape.BARS, (), ())) == ""


def test_an_official_document_in_its_order():
    """State, number, title, addressee; after the text annexes, contact, signature with its date, copies."""
    report = saying("w")
    paper = Official(
        "draft",
        "〔2025〕3号",
        "各单位：",
        ("附件：1",),
        ("联系人：林某",),
        "柳河镇党委",
        dt.date(2025, 6, 30),
        "抄送：县委",
    )
    said = read(render(replace(report, official=paper, title="关于整改的通报")))
    assert said[:4] == ["draft", "〔2025〕3号", "关于整改的通报", "各单位："]
    start = said.index("附件：1")
    assert said[start : start + 5] == ["附件：1", "联系人：林某", "柳河镇党委", "2025年6月30日", "抄送：县委"]


def test_terms_are_explained_at_the_end():
    """Definitions are a numbered list under their heading; where there are none there is no heading."""
    report = saying("w")
    assert footnotes(replace(report, footnotes=())) == ""
    noted = footnotes(replace(report, language="en"))
    assert "<h2>How it is counted</h2>\n<ol><li><b>w</b><p>w</p></li></ol>" in noted


# --- templates and reading back --------------------------------------------------------------------


def test_an_office_changes_the_page(tmp_path):
    """Its own template goes first and may leave things out; its own style sheet goes into ours."""
    report = saying("w & w")
    (tmp_path / "report.css").write_text("body { color: #123456; }")
    assert "#123456" in render(report, tmp_path)
    (tmp_path / "status.html").write_text("<p>{{ report.title }}</p>{{ form(report.sections[0].blocks[5]) }}")
    assert render(report, tmp_path).startswith("<p>w &amp; w</p><table class")


def test_a_broken_template_is_named(tmp_path):
    """A template of the office that cannot be filled is refused with its file and line."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "report.html").write_text("<p>\n{{ report.nope }}</p>")
    with pytest.raises(RejectedInputError) as error:
        render(saying("w"), folder)
    assert error.value.message.startswith("templates/report.html:2: ")


def test_a_page_that_lost_a_text_is_not_written(monkeypatch):
    """What was written is read again and held against the report; what is missing is named."""
    monkeypatch.setattr(as_html, "closing", lambda report: templates.Marked(""))
    report = replace(saying("w"), official=Official(copies="抄送：县委"))
    with pytest.raises(LedgerError) as error:
        render(report)
    assert "抄送：县委" in error.value.message


def test_reading_back_leaves_out_what_is_not_seen():
    """Style sheets, the title of the window and drawings are no text of the report; entities are characters again."""
    page = f"<title>t</title><style>s</style><p>a &amp; {html.escape('<b>')}</p><svg><text>d</text></svg><p>e<br>f</p>"
    assert read(page) == ["a & <b>", "e", "f"]
