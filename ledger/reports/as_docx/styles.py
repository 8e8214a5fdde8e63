"""How each part of a Word document is set: typefaces, sizes, indents, the levels of headings.

Source: GB/T 9704-2012 §5.2.2 and §7.3; sizes of Chinese type (三号 16, 二号 22, 四号 14 points).
"""

from __future__ import annotations

from typing import Final

from ledger.reports.as_docx.page import LINE

#: Every Chinese typeface by its name, with those that stand in for it. Nothing is embedded.
#: Source: GB/T 9704-2012 §5.2.2 (仿宋, 小标宋, 黑体, 楷体); the names of Windows, WPS, macOS, Debian.
FACES: Final = {
    "方正小标宋简体": "方正小标宋_GBK,华文中宋,STZhongsong,宋体,SimSun",
    "仿宋_GB2312": "仿宋,FangSong,华文仿宋,STFangsong",
    "楷体_GB2312": "楷体,KaiTi,华文楷体,STKaiti",
    "黑体": "SimHei,华文黑体,STHeiti,Noto Sans CJK SC",
    "宋体": "SimSun,华文宋体,STSong,Noto Serif CJK SC",
}
TITLE_FACE, BODY_FACE, SECOND_FACE, FIRST_FACE, SONG = FACES
LATIN: Final = "Times New Roman"
#: The text: 三号. Units: half points.
TEXT: Final = 32
#: The text is set this much closer: 156 mm hold 27 characters of 16 points, and 28 of 15.75. The grid of the
#: page could say it too, but LibreOffice gives a character that is wider than a place of it two.
#: Units: twentieths of a point. Source: GB/T 9704-2012 §5.2.3; measured with LibreOffice 7.4.
_CLOSER: Final = -5
#: Pages and lines are filled: Word would take a line to the next page lest one stands alone, and end lines
#: where the grid has its last whole place, one character short.
#: Source: ECMA-376 part 1, §17.3.1.44 (widowControl), §17.3.1.1 (adjustRightInd).
_FULL: Final = '<w:widowControl w:val="0"/><w:adjustRightInd w:val="0"/>'
#: Text of tables, the largest that fits. Units: half points (五号, 小五, 六号).
TABLE_SIZES: Final = (21, 18, 15)
#: Text of forms, the largest in which a form fits its page (小四, 五号, 小五), and of lines of facts.
#: Units: half points.
FORM_SIZES: Final = (24, 21, 18)
#: The deepest level of heading there is a style for.
DEEPEST: Final = 6

#: Single lines as high as the type wants, not on the grid of the page.
_FREE: Final = (
    '<w:snapToGrid w:val="0"/><w:spacing w:before="{0}" w:after="{1}" w:line="240" w:lineRule="auto"/>'
)


def sheet(language: str) -> str:
    """All styles of a document in one language, as the children of `w:styles`."""
    latin = language != "zh"
    return "".join(
        (
            "<w:docDefaults><w:rPrDefault><w:rPr>"
            f'<w:rFonts w:ascii="{LATIN}" w:eastAsia="{BODY_FACE}" w:hAnsi="{LATIN}" w:cs="{LATIN}"/>'
            f'<w:sz w:val="{TEXT}"/><w:szCs w:val="{TEXT}"/>'
            '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
            "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>",
            '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
            f'<w:name w:val="Normal"/><w:qFormat/><w:pPr>{_FULL}'
            f'<w:spacing w:line="{LINE}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>'
            f'<w:rPr><w:spacing w:val="{_CLOSER}"/></w:rPr></w:style>',
            '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
            '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
            '<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
            *_headings(latin=latin),
            *_paragraphs(),
            *_small(latin=latin),
        )
    )


def _headings(*, latin: bool) -> list[str]:
    """The title and the levels under it: 小标宋; 黑体, 楷体, then the face of the text."""
    made = [
        _style(
            "Title",
            "Title",
            f'<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:after="{LINE}"/><w:jc w:val="center"/>',
            _face(TITLE_FACE, 44, bold=latin),
        )
    ]
    faces = (FIRST_FACE, SECOND_FACE, *(BODY_FACE,) * (DEEPEST - 2))
    for level, face in enumerate(faces, 1):
        made.append(
            _style(
                f"Heading{level}",
                f"heading {level}",
                f'<w:keepNext/>{_INDENT}<w:outlineLvl w:val="{level - 1}"/>',
                _face(face, bold=level == 3 or (latin and level < 3)),
                follow="BodyText",
            )
        )
    return made


#: Two characters in; what knows no characters takes their width. Units: hundredths of a character, twips.
_INDENT: Final = '<w:ind w:firstLineChars="200" w:firstLine="632"/>'


def _paragraphs() -> list[str]:
    """What an official document has beside its title and headings."""
    return [
        _style("BodyText", "Body Text", _INDENT),
        _style("Flush", "Flush"),
        _style("State", "State", "", _face(FIRST_FACE)),
        _style("DocumentNumber", "Document Number", f'<w:spacing w:after="{LINE}"/><w:jc w:val="center"/>'),
        _style("Signature", "Signature", '<w:ind w:rightChars="400" w:right="1264"/><w:jc w:val="right"/>'),
        _style("Copies", "Copies", _COPIES, _face(BODY_FACE, 28)),
        _style("OddNumber", "Odd Page Number", _RIGHT, _face(SONG, 28, latin=SONG)),
        _style("EvenNumber", "Even Page Number", _LEFT, _face(SONG, 28, latin=SONG)),
    ]


#: 版记 between two rules, one character in from both sides. Source: GB/T 9704-2012 §7.4.1, §7.4.2.
_COPIES: Final = (
    '<w:pBdr><w:top w:val="single" w:sz="8" w:space="1" w:color="auto"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="1" w:color="auto"/></w:pBdr>'
    f'<w:spacing w:before="{LINE}"/><w:ind w:leftChars="100" w:left="280" w:rightChars="100" w:right="280"/>'
)
#: One character in from the right of odd pages, from the left of even ones. Source: GB/T 9704-2012 §7.5.
_RIGHT: Final = _FREE.format(0, 0) + '<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>'
_LEFT: Final = _FREE.format(0, 0) + '<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>'


def _small(*, latin: bool) -> list[str]:
    """What is smaller than the text, and off its grid: facts, notes, tables, forms."""
    heading = "<w:keepNext/>" + _FREE
    looks: list[tuple[str, str, str, int]] = [
        ("Facts", _FREE.format(0, 60), BODY_FACE, FORM_SIZES[0]),
        ("Note", _FREE.format(40, 40), BODY_FACE, 21),
        ("Note Heading", heading.format(120, 40), FIRST_FACE, 21),
        ("Stamp", _RULED + _FREE.format(160, 0), BODY_FACE, 18),
        ("Table Title", heading.format(120, 60) + _CENTRED, FIRST_FACE, FORM_SIZES[0]),
        ("Forms Title", heading.format(0, 120) + _CENTRED, TITLE_FACE, FORM_SIZES[0]),
        ("Form Title", heading.format(0, 120) + _CENTRED, TITLE_FACE, 36),
        ("Gap", '<w:snapToGrid w:val="0"/><w:spacing w:line="20" w:lineRule="exact"/>', BODY_FACE, 2),
    ]
    for size in TABLE_SIZES:
        looks += [
            (f"Table Text {size}", _FREE.format(20, 20) + _TO_THE_LEFT, BODY_FACE, size),
            (f"Table Figure {size}", _FREE.format(20, 20) + _CENTRED, BODY_FACE, size),
            (f"Table Head {size}", _FREE.format(20, 20) + _CENTRED, FIRST_FACE, size),
        ]
    for size in FORM_SIZES:
        looks += [
            (f"Form Label {size}", _FREE.format(20, 20) + _CENTRED, FIRST_FACE, size),
            (f"Form Text {size}", _FREE.format(20, 20) + _TO_THE_LEFT, BODY_FACE, size),
        ]
    return [
        _style(
            name.replace(" ", ""),
            name,
            paragraph,
            _face(face, size, bold=latin and face != BODY_FACE),
        )
        for name, paragraph, face, size in looks
    ]


_CENTRED: Final = '<w:jc w:val="center"/>'
_TO_THE_LEFT: Final = '<w:jc w:val="left"/>'
_RULED: Final = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="auto"/></w:pBdr>'


def _face(face: str, size: int = TEXT, *, bold: bool = False, latin: str = LATIN) -> str:
    """The typeface of a style; only the text itself stands on the grid. Units: `size` in half points."""
    on_grid = "" if size == TEXT else '<w:snapToGrid w:val="0"/><w:spacing w:val="0"/>'
    return (
        f'<w:rFonts w:ascii="{latin}" w:eastAsia="{face}" w:hAnsi="{latin}"/>'
        f'{"<w:b/>" if bold else ""}{on_grid}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )


def _style(code: str, name: str, paragraph: str = "", run: str = "", *, follow: str = "") -> str:
    after = f'<w:next w:val="{follow}"/>' if follow else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{code}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"{after}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def faces() -> str:
    """The typefaces with those that stand in for them, as the children of `w:fonts`."""
    named = (
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others in FACES.items()
    )
    latin = (
        f'<w:font w:name="{LATIN}"><w:altName w:val="Liberation Serif"/><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    )
    return "".join((latin, *named))
