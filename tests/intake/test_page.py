"""Web pages: what is seen, what is left out, encodings, lists, tables, and pages made to do harm."""

from __future__ import annotations

import contextlib
import time

import pytest

from ledger.errors import RejectedInputError
from ledger.intake.document import Grid
from ledger.intake.formats import page


def read(body, encoding="utf-8"):
    """Lines and tables of a page, as text and as rows."""
    return [
        part.rows if isinstance(part, Grid) else part.raw for part in page.read(body.encode(encoding)).parts
    ]


def remarks(body):
    return [each.code for each in page.read(body.encode()).remarks]


ENCODINGS = [
    ('<meta charset="gb2312">', "gb18030", []),
    ('<META http-equiv=Content-Type content="text/html; charset=GBK">', "gb18030", []),
    ('<meta charset="gb2312">', "utf-8", []),
    ("", "utf-8-sig", []),
    ("", "utf-16", []),
    ("", "gb18030", ["encoding"]),
    ('<meta charset="nonsense">', "gb18030", ["encoding"]),
    ("<meta charset=big5>", "big5", []),
]


@pytest.mark.parametrize(("meta", "encoding", "said"), ENCODINGS)
def test_the_encoding_is_found(meta, encoding, said):
    """Named in the page, shown by the bytes, or guessed and said; bytes that are UTF-8 win over a wrong name."""
    found = page.read(f"<html><head>{meta}</head><body><p>整改情況</p></body></html>".encode(encoding))
    assert [part.raw for part in found.parts] == ["整改情況"]
    assert [each.code for each in found.remarks] == said


def test_blocks_breaks_and_blanks():
    """Blocks and breaks are lines; blanks of the source are one blank or, between Chinese, none; entities are characters."""
    assert read(
        "<p>　　甲\n  乙</p>丙<div>丁<br>  戊<br/>\n己</div><p>A\nB  C</p><p>&ldquo;庚&rdquo;&amp;&#36763;&nbsp;壬</p><p> &nbsp; </p>"
        "<h2>癸</h2><span style='display:block'>子</span>丑"
    ) == ["　　甲乙", "丙", "丁", "戊", "己", "A B C", "“庚”&辛\xa0壬", "癸", "子", "丑"]


def test_text_between_elements_is_one_sentence():
    """Fonts, links and spans cut no sentence, whatever the source's lines."""
    assert read("<p>关于<b>“甲”</b>\n<font>的</font><a name=x>问题</a><o:p></o:p></p>") == ["关于“甲”的问题"]


def test_preformatted_text_keeps_its_lines():
    """A text pasted into <pre> has its own lines, blanks and tabs."""
    assert read("<pre>一、甲\n  乙  丙\n\n丁\t戊</pre>") == ["一、甲", "  乙  丙", "丁\t戊"]


def test_what_nobody_sees_is_left_out():
    """Scripts, styles, comments, hidden parts, forms; but not an article that waits for a script to show it."""
    assert read(
        "<head><title>甲</title></head><script>乙</script><style>丙</style><!-- 丁 --><noscript>戊</noscript>"
        "<p style='color:red; display : none'>己</p><p hidden>庚</p><select><option>辛</option></select>"
        "<div style='visibility:hidden'>壬</div><span style='mso-hide:all'>癸</span>子<textarea>丑</textarea>"
    ) == ["壬", "子"]


def test_deletions_are_left_out_and_said():
    """What a page marks as deleted is no part of it; what it marks as inserted is."""
    assert read("<p>甲<del>乙</del><ins>丙</ins></p>") == ["甲丙"]
    assert remarks("<p>甲<del>乙</del></p>") == ["deleted_text"]


def test_menus_and_lists_of_other_pages_are_left_out():
    """A block whose text is nearly all links, or that is named as navigation or footer, is the site's; an article named so is not."""
    links = "".join(f'<li><a href="/{n}">关于第{n}项整改情况的通报</a></li>' for n in range(3))
    long = "甲" * 250
    assert read(f"<ul>{links}</ul><div class='top-nav'>您好</div><footer>某某网</footer><p>乙</p>") == ["乙"]
    assert read(f"<div id='printNav'>{long}</div>") == [long]
    assert read(
        "<p>详见<a href=x>附件1</a>、<a href=y>附件2</a>和<a href=z>附件3</a>所列全部问题清单及其整改措施</p>"
    ) == ["详见附件1、附件2和附件3所列全部问题清单及其整改措施"]
    contents = "".join(f'<a href="#a{n}">第{n}部分</a>' for n in range(4))
    assert read(f"<p>{contents}</p>") == ["第0部分第1部分第2部分第3部分"]


def test_lists_print_their_numbers():
    """Numbers in the list's own form and from its own start; none where the text has one or the list shows none."""
    assert read("<ol start=3><li>甲<li value=7>乙</ol>") == ["3. 甲", "7. 乙"]
    assert read(
        "<ol style='list-style-type:cjk-ideographic'><li>甲<ul><li>乙</ul><li><p>丙</p><p>丁</p></ol>"
    ) == ["一、甲", "• 乙", "二、丙", "丁"]
    assert read("<ol type=A reversed><li>甲<li>乙</ol>") == ["B. 甲", "A. 乙"]
    assert read("<ol><li>1.甲<li>（二）乙</ol><ul style='list-style:none'><li>丙</ul><li>丁") == [
        "1.甲",
        "（二）乙",
        "丙",
        "丁",
    ]


def test_a_number_in_a_block_of_its_own_belongs_to_the_next():
    """Designers put 一、 in a box beside or above its heading; before another number or at a cell's end it stands alone."""
    assert read(
        "<div>一、</div><div>总体情况</div><p><span style='display:block;float:left'>（一）</span>甲</p>"
    ) == ["一、总体情况", "（一）甲"]
    assert read("<p>1.</p><p>2.乙</p><p>①") == ["1.", "2.乙", "①"]
    assert read("<p>一、</p><table><tr><td>1.<td>甲<td>乙<tr><td>2.<td>丙<td>丁</table>") == [
        "一、",
        (("1.", "甲", "乙"), ("2.", "丙", "丁")),
    ]


def test_pages_that_word_saved():
    """Numbers in spans of their own stay, conditional comments and notes do not."""
    assert read(
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span\n"
        "style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>关于<span lang=EN-US>“</span>甲”的问题<o:p>&nbsp;</o:p></p>"
        "<!--[if gte mso 9]><xml><w:WordDocument>乙</w:WordDocument></xml><![endif]-->"
        "<div style='mso-element:footnote-list'>丙</div><?xml:namespace prefix = o /><st1:place>丁</st1:place>"
    ) == ["1.\xa0\xa0 关于“甲”的问题\xa0", "丁"]


def grid(body):
    (found,) = page.read(body.encode()).parts
    return found


def test_merged_cells_keep_their_place():
    """Rows and columns of merged cells, missing cells and spans beyond the table."""
    found = grid(
        "<table><caption></caption><thead><tr><th>序号<th colspan=2>问题<th>措施</thead><tr><td rowspan=2>1<td>甲<td>乙<td rowspan=0>丙"
        "<tr><td colspan=2>丁<tr><td>2<td>戊<td>己<br>庚</table>"
    )
    assert found.rows == (
        ("序号", "问题", None, "措施"), ("1", "甲", "乙", "丙"), (None, "丁"), ("2", "戊", "己\n庚"),
    )  # fmt: skip
    assert found.merges == ((0, 1, 0, 2), (1, 0, 2, 0), (1, 3, 3, 3), (2, 1, 2, 2))


def test_layout_tables_become_lines_and_tables_of_data_stay():
    """The article in tables inside tables, with a real table in it and a signature at its end."""
    data = "<table><tr><td>序号<td>问题<tr><td>1<td>甲</table>"
    article = f"<p>{'一、整改情况说明。' * 60}</p>{data}<p>乙</p>"
    assert read(
        f"<table><tr><td>某某局</td></tr><tr><td>{article}</td><td>右栏</td></tr><tr><td>来源：某局</td><td>打印</td></tr></table>"
    ) == [
        "某某局",
        "一、整改情况说明。" * 60,
        (("序号", "问题"), ("1", "甲")),
        "乙",
        "右栏",
        "来源：某局",
        "打印",
    ]


def test_an_article_beside_a_column_is_lines():
    """One cell with the article and few short ones around it place text; a name beside a long value does not."""
    article = "".join(f"<p>{n}.做好第{n}项工作。</p>" for n in range(9))
    assert len(read(f"<table><tr><td>标题<td><tr><td>来源<td>某局<tr><td colspan=2>{article}</table>")) == 12
    form = f"<table><tr><td>问题<td>甲不实<tr><td>措施<td>{article}</table>"
    assert [type(part) for part in page.read(form.encode()).parts] == [Grid]


def test_cells_outside_tables_and_rows_without_any():
    """Broken markup loses no text."""
    assert read("<td>甲</td><tr><td>乙</table><table>丙<tr></tr>丁</table>") == ["甲", "乙", "丙", "丁"]


def test_invisible_characters_are_taken_out_and_counted():
    """Whether they stand in the bytes or as entities."""
    found = page.read("<p>甲&#8203;乙&shy;丙&#x202e;</p>".encode())
    assert [part.raw for part in found.parts] == ["甲乙丙"]
    assert [(each.code, each.line) for each in found.remarks] == [("control_characters", 1)]


def test_fonts_nobody_closed_hide_nothing():
    """A thousand paragraphs that each open a font and never close it are read to the end."""
    assert read("<p><font size=3><span>甲" * 3_000)[-1] == "甲"


@pytest.mark.parametrize("unit", ["<div>", "<table><tr><td>", "<ol><li>", "<section><div>甲"])
def test_what_is_nested_without_end_is_refused(unit):
    """The parser gives up half-way; half a page is no page."""
    with pytest.raises(RejectedInputError):
        page.read((unit * 5_000).encode())


def test_a_table_of_a_thousand_columns_is_refused():
    """Wider than any office's."""
    with pytest.raises(RejectedInputError):
        page.read(("<table><tr>" + "<td>甲" * 1_000).encode())


HEAVY = [
    "<p>甲", "<td>甲", "<tr><td rowspan=99 colspan=9>甲", "<a href=x>甲</a>", "<br>", "</div>", "&nbsp;", "<table></table>",
    "<table><tr><td><table><tr><td>甲</table></table>", "<ul><li>甲</ul>", "<!--", "<", "&#", "<p style='display:none'>",
]  # fmt: skip


@pytest.mark.parametrize("unit", HEAVY)
def test_time_grows_with_the_page_and_no_faster(unit):
    """Four times the page takes about four times as long (quadratic: sixteen times)."""

    def seconds(size):
        data = ("<html><body>" + unit * (size // len(unit))).encode()
        start = time.process_time()
        with contextlib.suppress(RejectedInputError):
            page.read(data)
        return time.process_time() - start

    short = min(seconds(50_000) for _ in range(3))
    assert seconds(200_000) < 9 * short + 0.3


@pytest.mark.parametrize(
    "data", [b"", b" ", b"<", b"<html>", b"<!--", b"&", "\ufeff".encode(), b"<?xml version='1.0'?>", b"</p>"]
)
def test_next_to_nothing_is_an_empty_page(data):
    """No text, no failure."""
    assert [
        part for part in page.read(data).parts if not isinstance(part, Grid) and part.text not in "<&"
    ] == []


def test_an_element_of_countless_attributes_is_refused_at_once():
    """The parser takes a minute over 500,000 attributes of one element; a picture in a tag is no trouble."""
    start = time.process_time()
    with pytest.raises(RejectedInputError, match="more than 50000 attributes"):
        read("<p " + " ".join(f"a{number}=1" for number in range(500_000)) + ">x</p>")
    assert time.process_time() - start < 3
    assert read(f'<p>甲<img src="data:image/png;base64,{"A" * 3_000_000}">乙</p>') == ["甲乙"]
