"""Dresses a notice given as text as a Word file or a web page, in the ways offices' programs make them."""

from __future__ import annotations

import html
import io
import re

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

W = nsdecls("w")


def rows_of(lines):
    """The lines of a text; a table pasted with tabs as a list of rows of cells, a heading inside as a row of one."""
    parts = []
    for at, line in enumerate(lines):
        cells = [cell.strip() for cell in line.split("\t")]
        inside = bool(parts) and isinstance(parts[-1], list)
        goes_on = at + 1 < len(lines) and "\t" in lines[at + 1]
        if len(cells) > 1 and not inside:
            parts.append([cells])
        elif inside and (len(cells) == len(parts[-1][0]) or (len(cells) == 1 and goes_on)):
            parts[-1].append(cells)
        else:
            parts.append(line)
    return parts


def word(text):
    """A plain Word file: every line a paragraph."""
    file = docx.Document()
    for line in text.split("\n"):
        file.add_paragraph(line)
    return saved(file)


def word_in_runs(text, *, size=3):
    """A Word file whose text was cut into runs of a few characters, some inserted, with deletions between."""
    file = docx.Document()
    for number, line in enumerate(text.split("\n")):
        paragraph = file.add_paragraph()
        for at in range(0, len(line), size):
            run = paragraph.add_run(line[at : at + size])
            run.bold = bool(at % 2)
            if (number + at) % 5 == 4:
                wrapper = parse_xml(f'<w:ins {W} w:id="{at}" w:author="x"/>')
                run._r.addprevious(wrapper)
                wrapper.append(run._r)
                wrapper.addnext(
                    parse_xml(
                        f'<w:del {W} w:id="9{at}" w:author="x"><w:r><w:delText>删</w:delText></w:r></w:del>'
                    )
                )
    return saved(file)


def word_in_box(text):
    """A Word file whose whole text stands in a table of one cell."""
    file = docx.Document()
    cell = file.add_table(1, 1).cell(0, 0)
    first, *others = text.split("\n")
    cell.paragraphs[0].text = first
    for line in others:
        cell.add_paragraph(line)
    return saved(file)


def word_with_breaks(text):
    """A Word file with line breaks in place of paragraphs."""
    file = docx.Document()
    file.add_paragraph(text)
    return saved(file)


#: Marks at the start of a line that Word would print itself: pattern, format, text of the level.
MARKS = (
    (re.compile(r"([一二三四五六七八九十]{1,3})、\s*"), "chineseCounting", "%1、"),
    (re.compile(r"（([一二三四五六七八九十]{1,3})）\s*"), "chineseCountingThousand", "（%1）"),
    (re.compile(r"\(([一二三四五六七八九十]{1,3})\)\s*"), "japaneseCounting", "(%1)"),
    (re.compile(r"([0-9]{1,2})\.(?![0-9])\s*"), "decimal", "%1."),
    (re.compile(r"([0-9]{1,2})、\s*"), "decimal", "%1、"),
    (re.compile(r"（([0-9]{1,2})）\s*"), "decimal", "（%1）"),
    (re.compile(r"([①②③④⑤⑥⑦⑧⑨⑩])\s*"), "decimalEnclosedCircle", "%1"),
)
_CN = "一二三四五六七八九十"


def value(word):
    """The number a mark prints."""
    if word.isascii():
        return int(word)
    if word in "①②③④⑤⑥⑦⑧⑨⑩":
        return "①②③④⑤⑥⑦⑧⑨⑩".index(word) + 1
    tens, ten, ones = word.partition("十")
    if not ten:
        return _CN.index(word) + 1
    return (_CN.index(tens) + 1 if tens else 1) * 10 + (_CN.index(ones) + 1 if ones else 0)


def numbered(text):
    """A Word file whose marks were taken out of the text and are printed by automatic numbering."""
    file = docx.Document()
    lists = file.part.numbering_part.element
    lists[:] = []
    abstract, nums = [], []
    last = {}
    for line in text.split("\n"):
        bare = line.lstrip(" 　")
        found = next(
            ((at, found) for at, (mark, _f, _t) in enumerate(MARKS) if (found := mark.match(bare))), None
        )
        if found is None or found[1].end() == len(bare):
            file.add_paragraph(line)
            continue
        at, mark = found
        number = value(mark[1])
        if last.get(at, (-1, 0))[0] + 1 != number:
            last[at] = (number, len(nums) + 1)
            abstract.append(level(len(abstract), MARKS[at][1], MARKS[at][2]))
            start = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{number}"/></w:lvlOverride>'
            nums.append(
                f'<w:num {W} w:numId="{len(nums) + 1}"><w:abstractNumId w:val="{len(abstract) - 1}"/>{start}</w:num>'
            )
        last[at] = (number, last[at][1])
        paragraph = file.add_paragraph(bare[mark.end() :])
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="{last[at][1]}"/></w:numPr>')
        )
    for each in (*abstract, *nums):
        lists.append(parse_xml(each))
    return saved(file)


def level(name, form, text):
    """An abstract list of one level."""
    return (
        f'<w:abstractNum {W} w:abstractNumId="{name}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
    )


def word_with_tables(text):
    """A Word file with real tables where the text has tabs."""
    file = docx.Document()
    for part in rows_of(text.split("\n")):
        if isinstance(part, str):
            file.add_paragraph(part)
            continue
        table = file.add_table(len(part), len(part[0]))
        for cells, row in zip(part, table.rows, strict=True):
            if len(cells) == 1:
                row.cells[0].merge(row.cells[-1]).text = cells[0]
                continue
            for cell, said in zip(row._tr.iter(qn("w:tc")), cells, strict=True):
                cell.p_lst[0].add_r().text = said
    return saved(file)


def saved(file):
    """The bytes of a Word file."""
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _escaped(line):
    """A line of text as a page writes it: blanks at the front as entities."""
    bare = line.lstrip(" 　")
    front = "".join("&emsp;" if each == "　" else "&nbsp;" for each in line[: len(line) - len(bare)])
    return front + re.sub(" {2,}", lambda found: "&nbsp;" * len(found[0]), html.escape(bare))


def page(text):
    """A clean page of today: an article of paragraphs between navigation and footer."""
    inner = "\n".join(f"<p>{_escaped(line)}</p>" for line in text.split("\n"))
    return (
        '<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>公示公告</title><style>p{margin:0}</style></head>'
        '<body><nav><a href="/">首页</a><a href="/zw">政务</a></nav><ul class="side-menu"><li><a href="/1">通知</a></li>'
        '<li><a href="/2">关于某项整改情况的报告</a></li><li><a href="/3">招考</a></li></ul>'
        f'<article class="article-content">{inner}</article><footer>网站标识码 000</footer></body></html>'
    ).encode()


def old_page(text):
    """A page of twenty years ago: tables in tables, line breaks, fonts nobody closed, GB2312."""
    inner = "<BR>\r\n".join(_escaped(line) for line in text.split("\n"))
    return (
        '<HTML><HEAD><META http-equiv="Content-Type" content="text/html; charset=gb2312"></HEAD><BODY>'
        '<TABLE width="980" align=center><TR><TD colspan=2><IMG src=top.gif></TD></TR><TR><TD width=180><TABLE>'
        "<TR><TD><A href=a.asp>机构设置</A></TD></TR><TR><TD><A href=b.asp>政策文件</A></TD></TR>"
        "<TR><TD><A href=c.asp>信访举报</A></TD></TR></TABLE></TD><TD><TABLE width='100%'>"
        f"<TR><TD class=content><FONT size=3>{inner}</TD></TR><TR><TD align=right>【打印】【关闭】</TD></TR>"
        "</TABLE></TD></TR></TABLE></BODY></HTML>"
    ).encode("gb18030")


def page_of_word(text):
    """A page Word saved: hard-wrapped source, spans with mso styles, numbers of lists in spans of their own."""
    paragraphs = []
    for line in text.split("\n"):
        written = _escaped(line)
        mark = re.match(r"([一二三四五六七八九十]{1,2}、|[0-9]{1,2}\.(?![0-9]))", line)
        if mark:
            number = f"<![if !supportLists]><span style='mso-list:Ignore'>{mark[0]}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;</span></span><![endif]>"
            written = number + _escaped(line[mark.end() :])
        wrapped = re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff]{9})", "\n", written)
        paragraphs.append(
            f"<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span lang=EN-US\nstyle='font-size:16.0pt'>{wrapped}<o:p></o:p></span></p>"
        )
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv=Content-Type content="text/html; charset=utf-8">'
        "<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>某</o:Author></o:DocumentProperties></xml><![endif]-->"
        f"<style><!-- p.MsoNormal {{margin:0}} --></style></head><body lang=ZH-CN><div class=WordSection1>{''.join(paragraphs)}</div></body></html>"
    ).encode()


def soup(text):
    """A page of a messaging platform: a section in a section for every line, hidden until a script shows it."""
    lines = "".join(
        f'<section style="box-sizing:border-box"><section><span style="letter-spacing:1px"><span>{_escaped(line)}</span>'
        "</span><span leaf></span></section></section>"
        for line in text.split("\n")
    )
    return (
        '<html><head><meta charset="utf-8"><script>var a="1.关于“假”的问题";</script></head><body>'
        '<div id="js_content" style="visibility: hidden; opacity: 0;">'
        f'{lines}<section style="display:none">关于“隐”的问题</section></div></body></html>'
    ).encode()


def page_with_tables(text):
    """A page with real tables where the text has tabs."""
    parts = []
    for part in rows_of(text.split("\n")):
        if isinstance(part, str):
            parts.append(f"<p>{_escaped(part)}</p>")
        else:
            rows = "".join(
                "<tr>"
                + "".join(
                    f"<td colspan={len(part[0]) - len(row) + 1}><p>{html.escape(cell)}</p></td>"
                    for cell in row
                )
                + "</tr>"
                for row in part
            )
            parts.append(f"<table border=1><tbody>{rows}</tbody></table>")
    return f"<html><head><meta charset=utf-8></head><body>{''.join(parts)}</body></html>".encode()


WORD = {
    "plain": word,
    "runs": word_in_runs,
    "box": word_in_box,
    "breaks": word_with_breaks,
    "numbered": numbered,
}
PAGES = {"clean": page, "old": old_page, "word": page_of_word, "soup": soup}
