"""The title a notice prints, wherever the page put it.

Seen in published notices: broken over several lines, with the site's name behind it, only in the block
of index numbers (名称:…), or not at all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledger.intake import marks
from ledger.intake.marks import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.intake.lines import Line

_TITLE_END = re.compile(
    r"(?:通报|公示|公告|报告|情况|通知|说明|公开|一览表|清单|台账|(?:审批|申请|登记|明细|推进|汇总|公开|公示|情况|进展|统计|任务|分解|问题)表|(?:情况|意见|问题)反馈|(?:任务|通知|申请|交办)单|方案|意见|函|汇报|材料|综述)(?:\([^()]{1,20}\))?$"
)
_TITLE_WORDS = re.compile(r"关于|整改|巡[视察]|督[查察]|审计|反馈|问题|销号|回头看|对照检查|检视|剖析")
_TITLE_SITE = re.compile(r"\s?[-_|]\s?[^-_|]{2,30}(?:网|政府|局|门户|委员会|平台|频道)\s*$")
_NAMED_TITLE = re.compile(r"[\[【]?\s*(?:标题|文件名称|信息名称|名称)\s*[\]】]?\s*:\s*")
_SENTENCE = re.compile(r"[。;!?]|^(?:根据|按照|为(?!.{0,40}的(?:通报|公示|公告|报告)$)|[0-9]{4}年.{0,60},)")
_NOT_TITLE = re.compile(r"[>»→]|\t|^(?:时间|日期)\s*:")
#: What may be left of a title that was broken behind a word that ends titles.
_REST = re.compile(r"的(?:通报|公示|公告|报告|通知|情况说明|说明|函|汇报|方案)(?:\([^()]{1,20}\))?$")
#: Lines a printed title may be broken into, its longest form, and how far down it may begin.
_TITLE_LINES, _TITLE_LENGTH, _TITLE_DEPTH = 4, 150, 25
#: A longer line is text.
_LINE_LENGTH = 240


#: How the names of those end who issue a notice.
ORGAN = re.compile(
    r"(?:党组|党委|党总支|党支部|委员会|[局厅部委院所站处室]|政府|办公室|公司|集团|学校|大学|学院|医院|[镇乡县区市]|街道|中心|办事处)$"
)


def title_of(lines: Sequence[Line]) -> tuple[str | None, int]:
    """The notice's own title and how many lines from the top it ends; (None, 0) where it prints none."""
    head = _head(lines)
    for count in range(1, _TITLE_LINES + 1):
        for start in range(len(head) - count + 1):
            title = _TITLE_SITE.sub("", "".join(line.text for line in head[start : start + count]))
            if is_title(marks.flat(title)):
                behind = [
                    line.text for line in head[start + count : start + count + 1] if _REST.match(line.flat)
                ]
                title = _with_beginning(title, head[:start]) + "".join(behind)
                return title.replace("\t", " "), start + count + len(behind)
    for line in head:
        named = _NAMED_TITLE.match(line.flat)
        if named:
            size = len(re.split(r"\s{2,}", line.flat[named.end() :])[0].rstrip("] "))
            if is_title(line.flat[named.end() : named.end() + size]):
                return line.text[named.end() : named.end() + size], 0
    return None, 0


def _with_beginning(title: str, above: Sequence[Line]) -> str:
    """The title with the lines above that begin it: the issuing body, or all up to where it was broken."""
    for line in reversed(above[-_TITLE_LINES:]):
        flat = line.flat
        if _NOT_TITLE.search(flat) or _NAMED_TITLE.match(flat) or is_title(flat) or len(flat) > 60:
            break
        issued = title.startswith("关于") and ORGAN.search(flat)
        if not issued and not ("关于" in flat and "关于" not in title):
            break
        title = line.text + title
    return title


def _head(lines: Sequence[Line]) -> list[Line]:
    """The lines above the first sentence and the first main heading."""
    head = []
    for line in lines[:_TITLE_DEPTH]:
        mark = line.mark
        if (
            len(line.flat) > _LINE_LENGTH
            or _SENTENCE.search(line.flat)
            or (mark and mark.style <= Style.ARABIC)
        ):
            break
        head.append(line)
    return head


def is_title(flat_title: str) -> bool:
    """Whether the words are those of a notice's title."""
    return (
        8 <= len(flat_title) <= _TITLE_LENGTH
        and bool(_TITLE_END.search(flat_title))
        and bool(_TITLE_WORDS.search(flat_title))
        and not _NOT_TITLE.search(flat_title)
        and not _NAMED_TITLE.match(flat_title)
    )
