"""Documents changed a little: bytes turned, cut, doubled, words of their format put in; packages part by part."""

from __future__ import annotations

import copy
import io
import zipfile

from lxml import etree

#: Words that the rules look for.
TEXT = [
    "一、", "（一）", "1.", "1、", "(1)", "①", "一是", "第一方面:", "1-3.", "关于“", "”的问题", "针对", "【问题一】", "整改情况:", "整改措施:",
    "责任单位:", "完成时限:", "2025年13月45日", "99999999999999999999", "。", "；", "\n", "\n\n", "\t", "　", "|", "序号\t反馈问题\t整改措施\n", "小计\t",
    "---\n", "# ", "| a | b |\n|---|---|\n", "\x00", "\x1b[31m", "\u202e", "\ufeff", "\U000e0041", "《", "‘", "84.2%", "共10个", "1/0", "零", "百",
    "6751 = 6582 + 169", "第一季度", "每月", "长期坚持", "0", "-1", "1e309", "½", "²", "١", "𠀀",
]  # fmt: skip
PAGE = [
    "<table>", "</table>", "<tr>", "<td rowspan=99999 colspan=99999>", "<td rowspan=-1>", "<th>", "<ol start=99999999999999>", "<ol type=i>", "<li value=-9>",
    "<p>", "<br>", "<div>", "<!--", "-->", "<script>", "</html>", "<![CDATA[", "&#0;", "&#xD800;", "&#x110000;", "&nbsp;", "&#99999999999;", "<meta charset=utf-7>",
    "<meta charset=gb2312>", "<style>", "<pre>", "<textarea>", "<title>", "<svg>", "<math>", "<frameset>", "<base href=http://x>", "<?xml?>", "<span style='display:none'>",
]  # fmt: skip
WORD = [
    "<w:p>", "</w:p>", "<w:r><w:t>一是</w:t></w:r>", "<w:tbl>", "</w:tbl>", "<w:tr>", "<w:tc>", '<w:gridSpan w:val="99999999"/>', '<w:vMerge/>', '<w:vMerge w:val="restart"/>',
    '<w:numId w:val="-1"/>', '<w:ilvl w:val="99"/>', '<w:numId w:val="x"/>', '<w:start w:val="99999999999999"/>', '<w:numFmt w:val="chineseCounting"/>', '<w:lvlText w:val="%1%2%9%0"/>',
    "<w:ins>", "<w:del>", '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>', "<w:instrText>", "<w:tab/>", "<w:br/>", '<w:sym w:font="x" w:char="F0FE"/>',
    '<w:pStyle w:val="a"/>', '<w:basedOn w:val="a"/>', "<w:sdt>", "<w:sdtContent>", "<mc:AlternateContent>", "<w:txbxContent>", "&#0;", "&#x1F;", "&amp;", "<![CDATA[", "]]>", "<!--",
    'w:val=""', '"', "<", ">", "xmlns:w=''",
]  # fmt: skip
WORKBOOK = [
    '<row r="1048576">', '<row r="-1">', '<row r="99999999999">', '<row r="x">', '<c r="XFD1048576" t="inlineStr"><is><t>远</t></is></c>', '<c r="A0"/>', '<c r="1"/>', '<c r="ZZZZ1"/>',
    "<v>99999999999</v>", "<v>-1</v>", "<v>NaN</v>", "<v>1e309</v>", "<v></v>", 't="s"', 't="b"', 't="d"', 't="e"', 't="str"', 't="x"', 's="999"', 's="-1"', 's="x"',
    '<mergeCell ref="A1:XFD1048576"/>', '<mergeCell ref="B2:A1"/>', '<mergeCell ref="x"/>', '<dimension ref="A1:XFD1048576"/>', "<f>1+1</f>", "<is><t>一</t></is>", "<si><t>问题</t></si>",
    '<sheet name="" sheetId="1" r:id="r9"/>', 'state="hidden"', 'count="999999999"', 'uniqueCount="-1"', 'date1904="1"', '<numFmt numFmtId="14" formatCode="yyyy"/>', 'numFmtId="999999"',
    '<xf numFmtId="14"/>', "&#0;", "_x0000_", "_x005F_", "<![CDATA[", "<!--", '"', "<", "xmlns=''",
]  # fmt: skip
TABLE = [
    '"',
    '""',
    ",",
    "\t",
    ";",
    "\n",
    "\r",
    "\r\n",
    "\x00",
    "=1+1",
    "@SUM(1)",
    "'",
    "序号",
    "问题",
    "整改措施",
    "45818",
    "2025/6/31",
    "sep=;\n",
    "，",
]
WORDS = {
    "text": TEXT,
    "markdown": TEXT,
    "page": PAGE + TEXT[:20],
    "word": WORD + TEXT[:20],
    "workbook": WORKBOOK + TEXT[:10],
    "table": TABLE + TEXT[:20],
}
PACKAGES = ("word", "workbook")
#: Values an attribute is given.
VALUES = [
    "",
    "0",
    "-1",
    "1",
    "99999999999",
    "x",
    "true",
    "A1:XFD1048576",
    "XFD1048576",
    "restart",
    "continue",
    "none",
    "bullet",
    "%1.",
    "1e309",
    "一",
]
#: Bytes a mutated document, or a part, may grow to.
MOST = 200_000


def mutated(reader, data, random):
    """A document of the reader's kind, changed in one to four places."""
    if reader in PACKAGES and random.random() < 0.95:
        return _package(data, random, WORDS[reader])
    return _several(data, random, WORDS[reader])


def _package(data, random, words):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001 - a broken package is changed as bytes
        return _several(data, random, words)
    names = sorted(parts)
    heavy = [
        name
        for name in names
        if any(word in name for word in ("document.xml", "sheet", "numbering", "styles", "Strings"))
    ]
    for _time in range(random.randint(1, 2)):
        name = random.choice(heavy if heavy and random.random() < 0.9 else names)
        if random.random() < 0.02:
            parts.pop(name, None)
        elif random.random() < 0.8:
            parts[name] = _tree(parts.get(name, b""), random, words)
        else:
            parts[name] = _several(parts.get(name, b""), random, words)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def _tree(data, random, words):
    """A part that stays well formed: elements doubled, moved, emptied, renamed, attributes and texts changed."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return _several(data, random, words)
    for _time in range(random.randint(1, 6)):
        every = [each for each in root.iter() if isinstance(each.tag, str)]
        random.choice(CHANGES)(random.choice(every), random.choice(every), random, words)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")[: 10 * MOST]


def _removed(one, _other, _random, _words):
    if one.getparent() is not None:
        one.getparent().remove(one)


def _doubled(one, other, random, _words):
    if sum(1 for _each in one.iter()) < 200:
        twin = copy.deepcopy(one)  # not of what grows meanwhile
        for _copy in range(random.choice((1, 1, 2, 30))):
            other.insert(random.randint(0, len(other)), copy.deepcopy(twin))


def _valued(one, _other, random, _words):
    if one.attrib:
        one.set(random.choice(sorted(one.attrib)), random.choice(VALUES))


def _worded(one, _other, random, words):
    one.text = random.choice([word for word in words if word.isprintable()])


def _stripped(one, _other, random, _words):
    if one.attrib:
        del one.attrib[random.choice(sorted(one.attrib))]


def _renamed(one, other, _random, _words):
    one.tag = other.tag


def _dressed(one, other, _random, _words):
    for name, value in other.attrib.items():
        one.set(name, value)


CHANGES = (_removed, _doubled, _valued, _worded, _stripped, _renamed, _dressed)


def _several(data, random, words):
    for _time in range(random.randint(1, 4)):
        if random.random() < 0.05:
            data = _turned(data, random)
            continue
        try:
            text = data.decode()
        except UnicodeDecodeError:
            data = _turned(data, random)
        else:
            data = _changed(text, random, words)[:MOST].encode("utf-8", "surrogatepass")
    return data


def _changed(text, random, words):
    at = random.randint(0, len(text))
    end = min(len(text), at + random.choice((1, 1, 3, 10, 50, 500)))
    how = random.randint(0, 6)
    if how <= 2:
        return text[:at] + random.choice(words) + text[at:]
    if how == 3:
        return text[:at] + text[end:]
    if how == 4:
        return text[:at] + text[at:end] * random.choice((2, 3, 40, 400)) + text[end:]
    if how == 5:
        other = random.randint(0, len(text))
        return text[:other] + text[at:end] + text[other:]
    return (
        text[:at]
        + chr(
            random.choice(
                (random.randint(0, 0x7F), random.randint(0x4E00, 0x9FFF), random.randint(0, 0x10FFFF))
            )
        )
        + text[at:]
    )


def _turned(data, random):
    at = random.randint(0, max(0, len(data) - 1))
    changed = bytes([data[at] ^ (1 << random.randint(0, 7))]) if data else b"x"
    return data[:at] + changed + data[at + 1 :]
