"""Word documents: set as official documents are, the same bytes every time, and no text lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from ledger.reports import as_docx
from ledger.reports.archive import unpacked
from ledger.reports.views import (
    Chart,
    Fact,
    Facts,
    Footnote,
    Kind,
    Official,
    Paragraph,
    Section,
    Series,
    Shape,
    Style,
)  # fmt: skip
from tests.office import AS_OF
from tests.wordparts import A_FORM, W, pages, paper, part, said, styles, table, told, values

# --- the page --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wide", "size", "margins"),
    [
        (False, {"w": "11906", "h": "16838"}, {"top": "2098", "right": "1474", "bottom": "1984", "left": "1588"}),
        (True, {"w": "16838", "h": "11906", "orient": "landscape"}, {"top": "1588", "right": "2098", "bottom": "1474", "left": "1984"}),
    ],
)  # fmt: skip
def test_the_page(wide, size, margins):
    """A4; 37, 35, 28 and 26 mm, turned with the page; a grid of 22 lines. Source: GB/T 9704-2012 §5."""
    last = part(paper(Section("a", "一", (Paragraph("x"),), wide=wide))).find(f"{W}body/{W}sectPr")
    assert values(last.find(f"{W}pgSz")) == size
    edges = values(last.find(f"{W}pgMar"))
    assert {name: edges[name] for name in margins} == margins
    assert values(last.find(f"{W}docGrid")) == {"type": "linesAndChars", "linePitch": "579"}
    assert (16838 - 2098 - 1984) // 579 == 22


def test_page_numbers():
    """Between dashes, 宋体 of 14 points, to the right on odd pages and to the left on even ones."""
    report = paper(Section("a", "一"))
    assert part(report, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    feet = {}
    for each in part(report).iter(f"{W}footerReference"):
        kind, target = each.attrib[f"{W}type"], list(each.attrib.values())[-1]
        feet[kind] = {"odd": "word/footer1.xml", "even": "word/footer2.xml"}[target]
    for kind, side, jc in (("default", "rightChars", "right"), ("even", "leftChars", "left")):
        foot = part(report, feet[kind])
        assert said(foot) == "— 1 —"
        assert [each.text for each in foot.iter(f"{W}instrText")] == [" PAGE "]
        style = styles(report)[foot.find(f"{W}p/{W}pPr/{W}pStyle").attrib[f"{W}val"]]
        assert values(style.find(f"{W}pPr/{W}jc")) == {"val": jc}
        assert values(style.find(f"{W}pPr/{W}ind"))[side] == "100"
        assert values(style.find(f"{W}rPr/{W}sz")) == {"val": "28"}
        assert set(values(style.find(f"{W}rPr/{W}rFonts")).values()) == {"宋体"}


@pytest.mark.parametrize(
    ("style", "face", "size", "place", "indent", "level"),
    [
        ("Title", "方正小标宋简体", "44", "center", None, None),
        ("Heading1", "黑体", "32", None, "200", "0"),
        ("Heading2", "楷体_GB2312", "32", None, "200", "1"),
        ("Heading3", "仿宋_GB2312", "32", None, "200", "2"),
        ("Heading4", "仿宋_GB2312", "32", None, "200", "3"),
        ("BodyText", None, None, None, "200", None),
        ("Flush", None, None, None, None, None),
        ("State", "黑体", "32", None, None, None),
        ("DocumentNumber", None, None, "center", None, None),
        ("Signature", None, None, "right", None, None),
        ("Copies", "仿宋_GB2312", "28", None, None, None),
        ("TableHead21", "黑体", "21", "center", None, None),
        ("TableText21", "仿宋_GB2312", "21", "left", None, None),
        ("FormText24", "仿宋_GB2312", "24", "left", None, None),
    ],
)
def test_typefaces_and_sizes(style, face, size, place, indent, level):
    """What each part is set in; what says nothing of it is set as the text. Source: GB/T 9704-2012 §5, §7."""
    found = styles(paper())[style]
    faces = values(found.find(f"{W}rPr/{W}rFonts"))
    assert (faces.get("eastAsia"), faces.get("ascii")) == (face, face and "Times New Roman")
    assert values(found.find(f"{W}rPr/{W}sz")).get("val") == size
    assert values(found.find(f"{W}pPr/{W}jc")).get("val") == place
    assert values(found.find(f"{W}pPr/{W}ind")).get("firstLineChars") == indent
    assert values(found.find(f"{W}pPr/{W}outlineLvl")).get("val") == level


def test_the_text_itself():
    """三号仿宋, lines of 28.95 points, Chinese; 28 characters of it are no wider than the 156 mm there are."""
    sheet = part(paper(), "word/styles.xml")
    usual = sheet.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    assert values(usual.find(f"{W}rFonts"))["eastAsia"] == "仿宋_GB2312"
    assert values(usual.find(f"{W}sz")) == {"val": "32"}
    assert values(usual.find(f"{W}lang"))["eastAsia"] == "zh-CN"
    normal = styles(paper())["Normal"]
    assert values(normal.find(f"{W}pPr/{W}spacing")) == {"line": "579", "lineRule": "exact"}
    filled = [values(normal.find(f"{W}pPr/{W}{name}")) for name in ("widowControl", "adjustRightInd")]
    assert filled == [{"val": "0"}, {"val": "0"}]
    closer = int(values(normal.find(f"{W}rPr/{W}spacing"))["val"])
    assert (11906 - 1588 - 1474) // (16 * 20 + closer) == 28


def test_typefaces_have_others_that_stand_in():
    """Every typeface that is named is in the list, with names other systems know it by; none is embedded."""
    report = paper()
    fonts = part(report, "word/fontTable.xml").findall(f"{W}font")
    names = {each.attrib[f"{W}name"] for each in fonts}
    used = {
        each.attrib[f"{W}{kind}"]
        for each in part(report, "word/styles.xml").iter(f"{W}rFonts")
        for kind in ("ascii", "eastAsia", "hAnsi")
    }
    assert used <= names
    assert all(0 < len(values(each.find(f"{W}altName"))["val"]) < 64 for each in fonts)
    assert [name for name in unpacked(as_docx.render(report)) if "font" in name.lower()] == [
        "word/fontTable.xml"
    ]


# --- the parts of a document -----------------------------------------------------------------------------


def test_an_official_document():
    """State and number, title, addressee; annexes, contact, signature over the date, copies."""
    official = Official(
        "草稿", "柳发〔2025〕3号", "各村：", ("附件：清单",), ("联系人：林某",), "柳河镇党委", dt.date(2025, 6, 30), "抄送：县委。"
    )  # fmt: skip
    section = Section("a", "一、要求", (Paragraph("限期整改。"),), (Section("b", "（一）时限"),))
    assert told(paper(section, official=official)) == [
        ("State", "草稿"),
        ("DocumentNumber", "柳发〔2025〕3号"),
        ("Title", "整改情况"),
        ("Flush", "各村："),
        ("Heading1", "一、要求"),
        ("BodyText", "限期整改。"),
        ("Heading2", "（一）时限"),
        ("BodyText", "附件：清单"),
        ("BodyText", "联系人：林某"),
        ("Signature", "柳河镇党委"),
        ("Signature", "2025年6月30日"),
        ("Copies", "抄送：县委。"),
        ("Stamp", "stamp"),
    ]


@pytest.mark.parametrize(
    ("name", "right"), [("柳河镇党委", 475), ("2025年6月30日", 400), ("中共柳河镇委员会巡察整改工作领导小组办公室", 0)]
)  # fmt: skip
def test_a_signature_stands_over_the_middle_of_the_date(name, right):
    """The date ends four characters before the edge, the name is centred over it as far as the page goes."""
    report = paper(official=Official(signature=name, date=dt.date(2025, 6, 30)))
    (signed,) = (
        each
        for each in part(report).iter(f"{W}p")
        if said(each) == name and each.find(f"{W}pPr/{W}ind") is not None
    )
    assert values(signed.find(f"{W}pPr/{W}ind"))["rightChars"] == str(right)


def test_a_report_has_facts_notes_and_places_to_sign():
    """Facts beside one another, a line to write on, definitions numbered; a chart is in its table."""
    chart = Chart("c", "drawn", "described", Shape.BARS, ("a",), (Series("s", (1,)),))
    report = paper(
        Section("a", "", (Paragraph("from the edge", Style.FLUSH), Paragraph("small", Style.NOTE), chart)),
        facts=Facts((Fact("org", "office", "Willow"), Fact("on", "as of", AS_OF, Kind.DATE))),
        footnotes=(Footnote("rate", "rate", "closed of all"),),
        signatures=Facts((Fact("by", "signed by", ""),)),
        language="en",
    )
    assert told(report) == [
        ("Title", "整改情况"),
        ("Facts", "office: Willow\u3000\u3000as of: 2025-06-30"),
        ("Flush", "from the edge"),
        ("Note", "small"),
        ("NoteHeading", "How it is counted"),
        ("Note", "1. rate: closed of all"),
        ("Facts", "signed by: ________"),
        ("Stamp", "stamp"),
    ]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("整改情况", ["整改情况"]),
        (
            "云屏县交通运输局关于县委第五轮巡察整改进展情况的通报",
            ["云屏县交通运输局", "关于县委第五轮巡察整改进展情况的通报"],
        ),
        ("县委第五轮巡察整改台账 延期、转长期审批表", ["县委第五轮巡察整改台账 ", "延期、转长期审批表"]),
        ("the whole ledger of the office of transport", ["the whole ledger of ", "the office of transport"]),
        ("长" * 50, ["长" * 50]),
    ],
)
def test_a_title_is_broken_where_it_makes_sense(title, lines):
    """Only where one line is not enough and both halves fit; a title is one text all the same."""
    (run,) = part(paper(title=title)).findall(f"{W}body/{W}p")[0].findall(f"{W}r")
    assert [each.text for each in run.findall(f"{W}t")] == lines


def test_headings_go_as_deep_as_sections():
    """A section inside a section is one level deeper; beyond the sixth there is no deeper style."""
    section = Section("8", "8")
    for depth in range(7, 0, -1):
        section = Section(str(depth), str(depth), sections=(section,))
    headings = [style for style, _text in told(paper(section)) if style.startswith("Heading")]
    assert headings == [f"Heading{level}" for level in (1, 2, 3, 4, 5, 6, 6, 6)]


# --- pages that lie, new pages ------------------------------------------------------------------------------


UPRIGHT, LYING = Section("u", "u", (table(3),)), Section("w", "w", (table(18),))


@pytest.mark.parametrize(
    ("sections", "official", "expected"),
    [
        ((UPRIGHT,), None, [False]),
        ((UPRIGHT, LYING, UPRIGHT), None, [True]),
        ((A_FORM, LYING), None, [False, True]),
        ((UPRIGHT, LYING), Official(), [False, True, False]),
        ((replace(UPRIGHT, wide=True),), None, [True]),
        (
            (UPRIGHT, replace(LYING, new_page=True), LYING, replace(UPRIGHT, new_page=True)),
            None,
            [False, True, False],
        ),
        ((UPRIGHT, replace(UPRIGHT, wide=True)), None, [True]),
        ((), None, [False]),
        ((replace(LYING, title=""),), Official(), [False, True, False]),
    ],
)
def test_which_pages_lie(sections, official, expected):
    """What is wide makes all lie that stand on its pages; in an official document, or beside forms, it lies alone."""
    assert pages(paper(*sections, official=official)) == expected


def test_an_official_document_without_a_head():
    """Where nothing stands above it, what is wide is the first page."""
    assert pages(paper(LYING, title="", official=Official())) == [True, False]


def test_new_pages():
    """A section that wants a page begins one, but for the first and for one a turned page has begun."""
    sections = [replace(each, new_page=True) for each in (A_FORM, A_FORM, LYING, replace(LYING, title=""))]
    begun = [each for each in part(paper(*sections)).iter(f"{W}p") if each.find(f"{W}pPr/{W}pageBreakBefore") is not None]  # fmt: skip
    assert [said(each) for each in begun] == ["f", ""]


def test_tables_are_kept_apart():
    """Between two tables there is a paragraph, or Word would make one of them; and one before the end."""
    tags = [each.tag.removeprefix(W) for each in part(paper(Section("a", "", (table(2), table(2))), official=None)).find(f"{W}body")]  # fmt: skip
    assert tags == ["p", "tbl", "p", "tbl", "p", "sectPr"]
