"""Word files: numbers Word prints, changes, hidden text, boxes, fields, tables; damaged files and other programs'."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from ledger.errors import RejectedInputError
from ledger.intake.formats import word
from tests.intake.dressing import W, saved
from tests.intake.wordfile import RELS, file_of, item, levels, num, p, read, remarks, tbl, tc, zipped

NOTICE = (
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimalEnclosedCircle", "%4"),
)


def test_every_level_counts_and_begins_again_under_the_next():
    """一、（一）1.① as a list of four levels: each begins again when one further out was used."""
    body = "".join(
        item(text, 1, at) for text, at in zip("甲乙丙丁戊己庚辛", (0, 1, 2, 3, 3, 1, 2, 0), strict=True)
    )
    assert read(body, numbering=levels(*NOTICE) + num(1)) == [
        "一、甲", "（一）乙", "1.丙", "① 丁", "② 戊", "（二）己", "1.庚", "二、辛",
    ]  # fmt: skip


def test_levels_that_name_others_print_them_and_legal_ones_in_digits():
    """%1.%2 prints both counts; with isLgl a Chinese outer count is printed in digits; an outer level never used counts from its start."""
    numbering = levels(("chineseCounting", "%1"), ("decimal", "%1.%2"), extra="<w:isLgl/>") + num(1)
    assert read(item("丙", 1, 1) + item("甲", 1) + item("乙", 1, 1), numbering=numbering) == [
        "1.1 丙",
        "1 甲",
        "1.1 乙",
    ]


def test_lists_of_one_abstract_list_count_on_unless_they_have_a_start():
    """A second list of the same abstract list counts on; with a start of its own it begins there, once."""
    own = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = item("甲", 1) + item("乙", 2) + item("丙", 3) + item("丁", 3) + item("戊", 1)
    numbering = levels(("decimal", "%1.")) + num(1) + num(2) + num(3, inner=own)
    assert read(body, numbering=numbering) == ["1.甲", "2.乙", "5.丙", "6.丁", "7.戊"]


def test_a_level_of_its_own_replaces_that_of_the_list():
    """A list may print one level its own way."""
    own = '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="问题%1："/></w:lvl></w:lvlOverride>'
    assert read(item("甲", 1), numbering=levels(("decimal", "%1.")) + num(1, inner=own)) == ["问题3：甲"]


def test_a_level_that_never_restarts_counts_through():
    """Problems numbered through under every aspect: lvlRestart 0."""
    numbering = levels(
        ("chineseCounting", "（%1）"), ("decimal", "%2."), extra='<w:lvlRestart w:val="0"/>'
    ) + num(1)
    body = item("甲", 1) + item("乙", 1, 1) + item("丙", 1) + item("丁", 1, 1)
    assert read(body, numbering=numbering) == ["（一）甲", "1.乙", "（二）丙", "2.丁"]


def test_styles_number_their_paragraphs_and_a_paragraph_can_refuse():
    """A style, or the one it is based on, puts its paragraphs into a list; numId 0 takes one out."""
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="H1"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="H2"/><w:lvlText w:val="（%2）"/></w:lvl>'
        "</w:abstractNum>" + num(1)
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2x"><w:basedOn w:val="H2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    body = "".join(
        p(text, f'<w:pStyle w:val="{style}"/>')
        for text, style in (("甲", "H1"), ("乙", "H2"), ("丙", "H2x"), ("丁", "Loop"), ("戊", "none"))
    )
    body += p("己", '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert read(body, numbering=numbering, styles=styles) == [
        "一、甲",
        "（一）乙",
        "（二）丙",
        "丁",
        "戊",
        "己",
    ]


def test_bullets_and_lists_nobody_defined():
    """Any bullet is a bullet, whatever its font; a list that is not there numbers nothing."""
    numbering = levels(("bullet", "\uf0b7")) + num(1)
    assert read(item("甲", 1) + item("乙", 7) + item("丙", 1, 8), numbering=numbering) == ["• 甲", "乙", "丙"]


def test_a_number_and_digits_do_not_run_together():
    """1. before 5家 keeps apart from it, or it would read 1.5家."""
    numbering = levels(("decimal", "%1.")) + num(1)
    assert read(item("5家企业未整改", 1), numbering=numbering) == ["1. 5家企业未整改"]


def test_tracked_changes_are_read_as_accepted():
    """What was inserted is kept, what was deleted or moved away is not, and a paragraph whose end was deleted goes on."""
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = p(
        run.format("甲")
        + f"<w:ins>{run.format('乙')}</w:ins><w:del><w:r><w:delText>丙</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run.format('丁')}</w:moveFrom><w:moveTo>{run.format('戊')}</w:moveTo>",
        "<w:rPr><w:del/></w:rPr>",
    ) + p("己")
    assert read(body) == ["甲乙戊己"]
    assert remarks(body) == ["tracked_changes"]


def test_hidden_text_is_left_out_and_said():
    """Hidden by a run, by a style, or not after all."""
    styles = '<w:style w:type="character" w:styleId="S"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish w:val="1"/></w:rPr></w:style>'
    body = p(
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r><w:r><w:rPr><w:rStyle w:val='S'/></w:rPr><w:t>乙</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>丙</w:t></w:r>"
    ) + p("丁", '<w:pStyle w:val="P"/>')
    assert read(body, styles=styles) == ["丙"]
    assert remarks(body, styles=styles) == ["hidden_text"]


def test_breaks_tabs_hyphens_and_signs():
    """A line break begins a line; a tab is a tab; ticks from fonts of pictures are ticks; unknown ones are said."""
    body = p(
        "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t><w:tab/><w:t>027</w:t><w:noBreakHyphen/><w:t>1</w:t>"
        '<w:softHyphen/><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Wingdings" w:char="F081"/></w:r>'
    )
    assert read(body) == ["甲", "乙", "丙\t027-1√①"]
    assert remarks(
        p('<w:r><w:sym w:font="Wingdings" w:char="F001"/><w:sym w:font="x" w:char="zz"/></w:r>')
    ) == ["unknown_symbols"]


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def field(code, result):
    """A field with its instruction and its result."""
    return (
        FIELD.format("begin") + f"<w:r><w:instrText>{code}</w:instrText></w:r>" + FIELD.format("separate")
        + f"<w:r><w:t>{result}</w:t></w:r>" + FIELD.format("end")
    )  # fmt: skip


def test_fields_show_their_results_and_lists_of_contents_nothing():
    """A reference shows what it refers to, never its instruction; a table of contents repeats the document and is left out."""
    body = p("<w:r><w:t>见</w:t></w:r>" + field(" REF a \\h ", "附件1"))
    body += p(
        FIELD.format("begin")
        + "<w:r><w:instrText>TOC \\o</w:instrText></w:r>"
        + FIELD.format("separate")
        + field(" PAGEREF ", "一、总体")
    )
    body += p("<w:r><w:t>二、问题</w:t></w:r>" + FIELD.format("end")) + p(
        '<w:fldSimple w:instr=" DATE "><w:r><w:t>2025年</w:t></w:r></w:fldSimple>'
    )
    assert read(body) == ["见附件1", "2025年"]


def test_a_field_nobody_ended_hides_nothing():
    """A damaged field does not swallow the rest of the document."""
    assert read(p(FIELD.format("begin") + "<w:r><w:instrText>X</w:instrText></w:r>") + p("甲")) == ["甲"]


def test_text_boxes_are_read_once_after_their_paragraph():
    """Word stores a box twice for older programs; its text comes once. A picture is said not to be read."""
    box = "<w:txbxContent>" + p("盒") + "</w:txbxContent>"
    body = p(
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent><w:t>甲</w:t></w:r>"
    )
    body += p("<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>")
    assert read(body) == ["甲", "盒"]
    assert remarks(body) == ["pictures"]


def test_controls_and_wrappers_are_looked_into():
    """Content controls, smart tags, links and ruby hold text; a control that only asks to be filled in holds none."""
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = p(
        f"<w:sdt><w:sdtContent>{run.format('甲')}</w:sdtContent></w:sdt><w:smartTag>{run.format('乙')}</w:smartTag>"
        f"<w:hyperlink>{run.format('丙')}</w:hyperlink>"
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run.format('单击此处')}</w:sdtContent></w:sdt>"
        f"<w:r><w:ruby><w:rt>{run.format('jia')}</w:rt><w:rubyBase>{run.format('字')}</w:rubyBase></w:ruby></w:r>"
    )
    body += f"<w:sdt><w:sdtContent>{p('丁')}<w:sdt><w:sdtContent>{p('戊')}</w:sdtContent></w:sdt></w:sdtContent></w:sdt><w:sdt/>"
    assert read(body) == ["甲乙丙字", "丁", "戊"]


def test_notes_comments_and_linked_parts_are_left_out_and_said():
    """Notes and comments are no part of a sentence; a part in another file is never opened."""
    body = (
        p('<w:r><w:t>甲</w:t><w:footnoteReference w:id="1"/></w:r><w:r><w:commentReference w:id="1"/></w:r>')
        + "<w:altChunk/>"
    )
    assert read(body) == ["甲"]
    assert remarks(body) == ["footnotes", "comments", "linked_parts"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 no more",
        zipped({"a": "b"}),
        zipped({"_rels/.rels": RELS, "word/document.xml": "<w:document"}),
        zipped({"_rels/.rels": RELS, "word/document.xml": "<html/>"}),
        zipped({"_rels/.rels": RELS, "word/document.xml": f"<w:document {W}/>"}),
        zipped({"_rels/.rels": RELS, "word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><w:document/>'}),
        file_of("<w:sdt><w:sdtContent>" * 300 + "</w:sdtContent></w:sdt>" * 300),
        file_of(tbl(*[tc("甲") * 300])),
        file_of(p("甲"))[:-400],
    ],
)
def test_damaged_files_are_refused(data):
    """Cut off, empty, of other kinds, with entities, nested or wide beyond measure: refused with a message."""
    with pytest.raises(RejectedInputError):
        word.read(data)


def test_the_strict_form_is_read():
    """Files in the strict form of the standard say the same."""
    plain = zipfile.ZipFile(
        io.BytesIO(
            file_of(
                item("甲", 1) + tbl(tc("子") + tc("丑"), tc("寅") + tc("卯")),
                numbering=levels(*NOTICE) + num(1),
            )
        )
    )
    parts = {
        name: plain.read(name).decode()
        .replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")
        .replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name in plain.namelist()
    }  # fmt: skip
    found = word.read(zipped(parts)).parts
    assert (found[0].raw, found[1].rows) == ("一、甲", (("子", "丑"), ("寅", "卯")))


def test_nested_as_deep_as_the_parser_allows_is_read():
    """Two hundred and fifty levels are no trouble, of controls, tables or boxes."""
    controls = "<w:sdt><w:sdtContent>" * 100 + p("甲") + "</w:sdtContent></w:sdt>" * 100
    tables = "<w:tbl><w:tr><w:tc>" * 80 + p("乙") + "</w:tc></w:tr></w:tbl>" * 80
    assert read(controls + tables) == ["甲", "乙"]


def test_invisible_characters_are_taken_out_and_counted():
    """Zero-width and direction marks go, once said with the first line that had some."""
    (found,) = word.read(file_of(p("甲") + p("乙\u200b丙\u202e") + p("\ufeff丁"))).remarks
    assert (found.code, found.message[-1], found.line) == ("control_characters", "3", 2)


def test_what_python_docx_writes_is_read():
    """Headings, lists and merged cells of the library that writes our own reports."""
    file = docx.Document()
    file.add_heading("整改情况", 1)
    file.add_paragraph("甲", style="List Number")
    file.add_paragraph("乙", style="List Number")
    table = file.add_table(3, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "子"
    for at in range(3):
        table.cell(at, 1).text = str(at)
    parts = word.read(saved(file)).parts
    assert [part.raw for part in parts[:3]] == ["整改情况", "1.甲", "2.乙"]
    assert (parts[3].rows, parts[3].merges) == ((("子", "0"), (None, "1"), (None, "2")), ((0, 0, 1, 0),))
