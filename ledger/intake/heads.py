"""The forms in which a notice prints the heading of an issue.

Seen in published notices: 1.关于“…”的问题 with or without 的问题, with quotes of one style inside
each other, straight quotes or none; 针对“…”问题; 1-3.关于“…”“…”“…”的问题; 问题一：…; 整改任务：…; and plain
numbered headings or sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ledger.intake import marks, quotes
from ledger.intake.labels import labels

if TYPE_CHECKING:
    from ledger.intake.lines import Line
    from ledger.intake.marks import Mark

_CN = "一二三四五六七八九十"
_OPEN = re.escape(quotes.OPENING_QUOTES)
#: Characters a heading is looked through for its end.
LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of an issue, or of several that share what stands under it.

    Attributes:
        mark: Its numbering; None where it has none, or a word in place of one (问题3:).
        first: The number printed; 0 when there is none.
        last: The last number of a group, else `first`.
        titles: The findings, as printed.
        start: Where the first title begins in the line.
        end: Where what stands under the heading begins in the line.
        loose: More text follows in the same sentence, as under 针对“…”问题，修订…
        broken: Quotes that were not closed.
        picked: The number is that of another list (序号七, 第7项), of which this one may leave some out.
    """

    mark: Mark | None
    first: int
    last: int
    titles: tuple[str, ...]
    start: int
    end: int
    loose: bool = False
    broken: bool = False
    picked: bool = False


#: Words that may stand between 关于 and the quote; any others make the quote a part of the title.
_SAID = rf"(?:巡[视察]|督[察查]|审计|反馈|指出|提出|发现|意见|[省市县区]委|第[{_CN}]{{1,2}}|组|中|的)"
_LEAD = re.compile(rf"(?:(?P<about>关于|针对|对于|围绕|就|对)\s?{_SAID}{{0,8}}\s?)?(?P<quote>[{_OPEN}”])")
_BEGINS_ABOUT = re.compile("关于|针对")
_PROBLEM_END = re.compile(r"(?:的?问题)?\s?(?:[。;:]|$)")
_QUOTE_ENDS = re.compile(r"\s*(?:$|[。:;,]|的?整改)|\s")
_BETWEEN = re.compile(rf"\s?(?:[、,和及与]|以及)?\s?(?=[{_OPEN}])")
_SUFFIX = re.compile(
    rf"\s?等?(?:[0-9{_CN}]{{1,3}}[个项类])?(?:方面)?的?(?:突出|具体|主要|共性|个性)?问题(?![^的整改。:;,.!?()\s、一①1\-\[【])"
)
_STRAIGHT = re.compile(r"[“”\"」』’]\s?等?的?问题")
#: What may follow a heading in its line: nothing, a stop, 的整改(情况), brackets, a list.
_TAIL = re.compile(
    r"(?P<about>的?整改(?:落实|进展|工作|完成)?(?:情况)?(?=\s*(?:$|[。;,]|\s)))?(?P<of>的(?=整改))?(?P<stop>[。:;,.、]?)\s*"
)
_LISTS = re.compile(rf"(?:[{_CN}]是|[①-⑳]|\(1\)|\(一\)|1[.、]|整改|$)")


def is_cut(head: Head, line: Line) -> bool:
    """Whether the title may go on behind what was looked through for its end."""
    return head.end < len(line.flat) and head.end in (LONGEST, head.start + LONGEST)


def quoted(line: Line) -> Head | None:
    """关于“…”的问题, 针对“…”问题, “…”问题: the title is what stands inside the outer quotes."""
    flat = line.flat[:LONGEST]
    mark = line.mark
    start = mark.end if mark else 0
    lead = _LEAD.match(flat, start)
    about = _BEGINS_ABOUT.match(flat, start)
    head = _in_quotes(line, mark, lead) if lead else None
    return head or (_without_quotes(line, mark, start) if about else None)


def _in_quotes(line: Line, mark: Mark | None, lead: re.Match[str]) -> Head | None:
    flat, text = line.flat[:LONGEST], line.text
    found = _quotations(flat, lead.start("quote"))
    broken = not found
    if broken:
        closing = _STRAIGHT.search(flat, lead.end()) or _PROBLEM_END.search(flat, lead.end())
        if closing is None or not lead["about"]:
            return None
        found = [(lead.start("quote"), closing.start())]
    end = found[-1][1] + 1
    suffix = _SUFFIX.match(flat, end)
    if suffix:
        end = suffix.end()
    elif not lead["about"] or not (broken or _QUOTE_ENDS.match(flat, end)):
        return None
    titles = tuple(_one_line(text[a + 1 : b]) for a, b in found)
    if len(titles) > 1 and not (mark and mark.last > mark.value):
        titles = (_one_line(text[found[0][0] : found[-1][1] + 1]),)
    return _head(
        line, mark, tuple(filter(None, titles)), (found[0][0] + 1, min(end, len(text))), broken=broken
    )


def _quotations(flat: str, at: int) -> list[tuple[int, int]]:
    """The quotes one after the other from `at` on; none when the first is not closed as it should."""
    partners = dict(quotes.spans(flat, quotes_only=True))
    found: list[tuple[int, int]] = []
    while True:
        end = partners.get(at) if flat[at] not in '"”' else None
        if end is None or not (_SUFFIX.match(flat, end + 1) or _closes_well(flat, end + 1)):
            end = _far_end(flat, at) if flat[at] in '"”' or end is None else end
        if end is None:
            return []
        found.append((at, end))
        following = _BETWEEN.match(flat, end + 1)
        if not following or following.end() <= end:
            return found
        at = following.end()


def _closes_well(flat: str, at: int) -> bool:
    return bool(_BETWEEN.match(flat, at) or _QUOTE_ENDS.match(flat, at))


def _far_end(flat: str, at: int) -> int | None:
    """The closing quote before 的问题 where quotes are straight or do not pair."""
    if flat[at] == '"':
        closers = (each for each, character in enumerate(flat) if character == '"' and each > at)
        fits = (each for each in closers if _SUFFIX.match(flat, each + 1) or _closes_well(flat, each + 1))
        first = next(fits, None)
        if first is not None:
            return first
    before = _STRAIGHT.search(flat, at + 1)
    return before.start() if before else None


_ABOUT = re.compile(
    r"(?:关于|针对)[^。;:!?]{2,150}?问题"
    r"(?=\s*(?:$|[。:;,(]|的?整改(?:落实|进展|工作|完成)?(?:情况)?\s*(?:$|[。:;,\s])|\s))"
)


def _without_quotes(line: Line, mark: Mark | None, start: int) -> Head | None:
    """关于…的问题 without quotes around the whole: the title is the heading as printed."""
    found = _ABOUT.match(line.flat[:LONGEST], start)
    if not found:
        return None
    return _head(line, mark, (_one_line(line.text[start : found.end()]),), (start, found.end()))


def _head(
    line: Line, mark: Mark | None, titles: tuple[str, ...], span: tuple[int, int], *, broken: bool = False
) -> Head | None:
    """The heading with its tail read; None where the sentence goes on as one."""
    tail = _TAIL.match(line.flat, span[1])
    end = tail.end() if tail else span[1]
    rest = line.flat[end : end + 6]
    stop = tail["stop"] if tail else ""
    loose = stop in (",", "、") and not _LISTS.match(rest)
    if not titles or (
        not stop and rest and end == span[1] and not _LISTS.match(rest) and not rest.startswith("(")
    ):
        return None
    first, last = (mark.value, mark.last) if mark else (0, 0)
    return Head(mark, first, last, titles, span[0], end, loose, broken)


_NUMBER = rf"[0-9]{{1,3}}|[{_CN}百零]{{1,5}}"
#: The number behind the word, bare or in brackets, or before it.
_BEHIND = rf"\s?\(?(?:序号\s?:?\s?|第)?(?P<first>{_NUMBER})?(?:号|[项个条])?\)?"
_BEFORE = rf"(?:第\s?(?P<before>{_NUMBER})\s?[项个条])?\s?"
#: What safety inspections call a problem.
_HAZARD = "(?:重大|一般|较大)?(?:事故|安全)?隐患"
_PROBLEM = re.compile(
    rf"[\[【]?\s?{_BEFORE}(?:反馈|存在|具体|整改|巡[视察]反馈|督察反馈|审计)?的?(?:问题|{_HAZARD}){_BEHIND}"
    rf"(?:\s?[-~至、]\s?(?:问题)?(?P<last>{_NUMBER}))?(?:描述|内容|表述)?\s?(?P<close>[\]】])?\s?(?P<colon>[:.、])?\s*"
)
_TASK = re.compile(rf"[\[【]?\s?{_BEFORE}(?P<asked>整改)?任务{_BEHIND}\s?[\]】]?\s?(?P<colon>[:.、])\s*")
_OTHER_LIST = re.compile(r"序号|第\s?[^ ]{1,5}[项个条号]")
_IN_LIST = re.compile(rf"\(?序号\s?:?\s?(?P<first>{_NUMBER})\)?[:.、]?\s*")


def labelled(line: Line) -> Head | None:
    """问题3：…, 【问题三】…, 问题描述：…: the title is what follows, up to the next label."""
    mark = line.mark
    found = _PROBLEM.match(line.flat, mark.end if mark else 0)
    if not found:
        return None
    first, last = _printed(found), marks.number(found["last"] or "")
    colon, closed = found["colon"] == ":", found["close"]
    if not colon and not closed and (first is None or not (found["colon"] or found[0].endswith(" "))):
        return None
    return _worded(line, found, mark, first or 0, last or first or 0)


def _printed(found: re.Match[str]) -> int | None:
    return marks.number(found["before"] or found["first"] or "")


def task(line: Line) -> Head | None:
    """整改任务：… of environmental notices, where the task is the finding."""
    mark = line.mark
    found = _TASK.match(line.flat, mark.end if mark else 0)
    named = found and (found["first"] or found["before"])
    if not found or not ((found["asked"] and found["colon"] == ":") or named):
        return None
    numbered = _IN_LIST.match(line.flat, found.end())
    number = _printed(found) or (marks.number(numbered["first"]) if numbered else None) or 0
    return _worded(line, numbered or found, mark, number, number)


def _worded(line: Line, found: re.Match[str], mark: Mark | None, first: int, last: int) -> Head:
    start = found.end()
    inner = marks.opening(line.flat, start)
    start = inner.end if inner and inner.style != marks.Style.ORDINAL else start
    end = start + _until_label(line.flat[start : start + LONGEST])
    group = last - first + 1 if last > first else 1
    picked = bool(_OTHER_LIST.search(found[0]))
    return Head(mark, first, max(first, last), titles(line.text[start:end], group), start, end, picked=picked)


def _until_label(flat: str) -> int:
    label = next(labels(flat), None)
    return label.start if label else len(flat)


def plain(line: Line) -> Head | None:
    """1.… or （一）…: the title is the first sentence, up to the first label."""
    flat = line.flat[:LONGEST]
    mark = line.mark
    if not mark or mark.end >= len(flat):
        return None
    end = mark.end + _until_label(flat[mark.end :])
    stop = _sentence_end(flat[mark.end : end])
    group = mark.last - mark.value + 1
    found = titles(line.text[mark.end : mark.end + stop], group)
    return Head(mark, mark.value, mark.last, found, mark.end, mark.end + stop) if found else None


_COLON = re.compile(r"[^。;!?,:]{4,40}:(?=\S)")


def stated(line: Line) -> Head | None:
    """A finding with its evidence in the same line: up to the first stop, or the colon behind a short one."""
    head = quoted(line) or labelled(line)
    if head and not head.loose and head.titles and (head.mark or head.first):
        return head
    head = plain(line)
    if head is None or head.mark is None or head.mark.style == marks.Style.BULLET:
        return None
    short = _COLON.match(line.flat[: head.end], head.mark.end)
    if not short:
        return head
    return replace(head, titles=titles(line.text[head.mark.end : short.end()]), end=short.end())


def _sentence_end(flat: str) -> int:
    """Where the first sentence ends; a colon before a list ends one too."""
    inside = quotes.outermost(quotes.spans(flat))
    for found in re.finditer(r"[。!?]|[:;](?=\s*(?:[一1]|\([一1]\)|①))", flat):
        if not any(a < found.start() < b for a, b in inside):
            return found.end()
    return len(flat)


def _one_line(text: str) -> str:
    return " ".join("".join(part.strip() for part in text.split("\n")).split("\t")).strip()


def titles(text: str, group: int = 1) -> tuple[str, ...]:
    """The findings a heading's text names, without the quotes and stops around them.

    Shape: `group` titles where the text lists exactly so many, else one; none for an empty text.
    """
    bare = _one_line(text).strip(" 　。.;；,，:：、")
    if group > 1:
        inner = quotes.outermost(quotes.spans(bare, quotes_only=True))
        parts = [bare[a + 1 : b] for a, b in inner] if len(inner) == group else re.split("[;；]", bare)
        if len(parts) == group:
            return tuple(part.strip(" 。;；、") for part in parts)
    return (_unquoted(bare),) if bare else ()


def _unquoted(bare: str) -> str:
    return inside(bare) or quotes.strip_pair(bare)


def inside(bare: str) -> str | None:
    """The text inside the outer quotes of 关于“…”的问题, 关于“…”问题的整改; None where it is not that."""
    flat = marks.flat(bare)
    lead = _LEAD.match(flat[:LONGEST])
    found = _quotations(flat, lead.start("quote")) if lead else []
    if len(found) != 1:
        return None
    suffix = _SUFFIX.match(flat, found[0][1] + 1)
    end = suffix.end() if suffix else found[0][1] + 1
    tail = _TAIL.match(flat, end)
    if (tail.end() if tail else end) != len(flat):
        return None
    return bare[found[0][0] + 1 : found[0][1]].strip()
