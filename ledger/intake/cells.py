"""What the cells of a table say: titles, measures, dates, amounts; plain texts are read at once."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ledger.domain.periods import serial_date
from ledger.intake import categories, content, marks
from ledger.intake.heads import titles
from ledger.intake.items import TRAILING, listed
from ledger.intake.labels import add
from ledger.intake.lines import Block
from ledger.intake.proposal import ProposedMeasure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ledger.intake.labels import Said
    from ledger.intake.table import Row

#: What a title holds that must be looked at: a number before it, quotes around it, a second line.
_ODD_TITLE = re.compile(
    r"\A[\s0-9０-９(（第①-⒛㈠-㈩㉑-㉟一二三四五六七八九十•●■◆◇▲○□*+\-关针]|[“\"「『‘\n\t]"
)
#: What a measure holds that must be looked at: a list, several sentences, a label, brackets at its end,
#: or the opening of a sentence on how things stand.
_ODD_MEASURE = re.compile(
    r"\A(?:目前|截|现|下|至此|[经通]|该|已|基本|全部|未|阶段|持续|长期)"
    r"|[\n\t。！？!?;；:：】\]①-⒛㈠-㈩㉑-㉟•●■◆◇▲○□]"
    r"|[0-9０-９一二三四五六七八九十]\s?[.．、)）﹒]|[一二三四五六七八九十]是|第[一二三四五六七八九十]|\A[-*+]|[)）]\Z"
)
#: Fields that name several units or persons, and how such a name ends or looks.
_LISTED = frozenset({"unit", "co_units", "leader", "owner"})
_UNIT_ENDS = frozenset("局部办科室股处站所队司院校会委镇乡村组厅社区县市）)")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}")
#: A number of the table itself before the category it is about: 表一 政治建设方面.
_TABLE_NUMBER = re.compile(
    r"附?表\s?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:[:、.,]|\s|(?=[(]))\s*(?=\S)"
)
_AROUND_TITLE = " 　。.;；,，:：、"
_NUMERIC = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
_MONEY = re.compile(r"[(（]\s*((?:人民币)?[百千]?[万亿]?元)\s*[)）]|[:：/](万?元)")
_DAYS = re.compile(r"[(（]\s*((?:工作)?[天日])\s*[)）]")
_TICKS = frozenset("√✓✔☑√vVyY是对1●■★有TRUE真") | {"TRUE", "True", "1.0"}
_CROSSES = frozenset("×✗✘☒否0-—/无□☐○xXnN") | {"FALSE", "False", "0.0"}
_UNIT_AND_PERSON = re.compile(
    r"(?P<unit>.{1,60}?[局部办科室股处站所队司院校会委心镇乡村组厅社区园支])[\s/、,:;(]{1,3}(?P<owner>[\u4e00-\u9fff·]{2,4})\)?"
)


def title(text: str) -> str:
    """The title a cell holds: without its number, the quotes around it and the stop behind it."""
    if not _ODD_TITLE.search(text):
        return text.strip(_AROUND_TITLE)
    mark = marks.opening(marks.flat(text))
    start = mark.end if mark and mark.style != marks.Style.BULLET else 0
    return next(iter(titles(text[start:])), "")


@lru_cache(maxsize=1024)
def heading(text: str) -> tuple[str, int | None]:
    """The category a cell names, without its number, and how many issues it says it has."""
    line = "".join(part.strip() for part in text.split("\n"))
    table_number = _TABLE_NUMBER.match(marks.flat(line))
    line = line[table_number.end() :] if table_number else line
    mark = marks.opening(marks.flat(line))
    return categories.named(line[mark.end :] if mark and mark.end < len(line) else line)


def measures(row: Row, at: int, sheet: str | None) -> content.Content:
    """The measures a cell holds, and what else it says; of a sheet each stands where its cell does."""
    text = row.texts[at]
    bare = text.rstrip(TRAILING)
    if row.blocks is None and bare and not _ODD_MEASURE.search(bare):
        measure = ProposedMeasure(bare, row.line, at + 1, bare, sheet=sheet)
        return content.Content([measure])
    found = content.read(row.block(at))
    if row.blocks is None:
        found.said.places.clear()
        found.measures = [
            replace(each, line=row.line, column=at + 1, places={}, sheet=sheet) for each in found.measures
        ]
    return found


@lru_cache(maxsize=8192)
def kept(name: str, text: str) -> str:
    """The text of a field as it is kept, without what only separates it from the next."""
    if name in _LISTED and "\n" in text:
        text = _on_one_line(text, persons=name in ("leader", "owner"))
    said: dict[str, str] = {}
    add(said, name, text)
    return said.get(name, "")


def _on_one_line(text: str, *, persons: bool) -> str:
    """Units or persons on lines of their own with 、 between them; one name broken over lines is one name."""
    parts = [part.strip().rstrip("、;；,，") for part in text.split("\n") if part.strip()]
    whole = all(part[-1:] in _UNIT_ENDS or (persons and _PERSON.fullmatch(part)) for part in parts)
    return "、".join(parts) if whole else text


def number(text: str) -> int | None:
    """The number a cell prints: 1, 1.0, １, 一, (1), 第1项; None when it is none."""
    if text.isdecimal() and len(text) <= 4:
        return int(text)
    bare = marks.flat(text).strip(" ()（）.、第项条号").removesuffix(".0")
    return marks.number(bare)


def is_tick(text: str) -> bool:
    """Whether a cell is ticked, with a sign and nothing else."""
    return text in _TICKS


def is_cross(text: str) -> bool:
    """Whether a cell says that it is not ticked."""
    return text in _CROSSES


def turn(name: str, header: str) -> Callable[[str], str] | None:
    """How the cells of a column become what is kept; None when as they are."""
    if name in ("due_text", "done_text", "measure_due", "closed_text"):
        days = _DAYS.search(header)
        return lambda text: _date(text, days[1] if days else "")
    money = _MONEY.search(header) if name == "amount" else None
    if money:
        return lambda text: f"{text}{money[1] or money[2]}" if _NUMERIC.fullmatch(text) else text
    if name == "remark" and "备注" not in header and "说明" not in header:
        printed = "".join(header.split())
        return lambda text: f"{printed}：{text}"
    return None


def _date(text: str, days: str) -> str:
    """A date for the number that a spreadsheet stores for one; days where the header says so."""
    day = serial_date(text)
    if day:
        return day.isoformat()
    return f"{text}{days}" if days and text.isdecimal() else text


def is_serial(text: str) -> bool:
    """Whether a cell holds the number that a spreadsheet stores for a date."""
    return serial_date(text) is not None


def unit_and_person(text: str) -> dict[str, str]:
    """Unit and person of a cell that holds both; all of it is the unit where they cannot be told apart."""
    found = _UNIT_AND_PERSON.fullmatch(marks.flat(text.replace("\n", " ")))
    if not found:
        return {"unit": text}
    return {name: text[found.start(name) : found.end(name)] for name in ("unit", "owner")}


def dealt(measures: list[ProposedMeasure], said: Said, row: Row) -> list[ProposedMeasure]:
    """The measures of one cell, each with its own of the fields that are a list of as many items."""
    if len(measures) < 2 or row.blocks is not None:
        return measures
    for name in [
        name for name, text in said.fields.items() if name in content.OF_A_ROW and len(text) > len(measures)
    ]:
        raw = next(
            (row.texts[at] for at in range(len(row.texts)) if kept(name, row.texts[at]) == said.fields[name]),
            "",
        )
        parts = _items(raw)
        if len(parts) == len(measures):
            del said.fields[name]
            own: Iterator[Mapping[str, Any]] = ({name: part} for part in parts)
            measures = [replace(each, **fields) for each, fields in zip(measures, own, strict=True)]
    return measures


def _items(raw: str) -> list[str]:
    """The items of a numbered list in a cell; empty when it is none."""
    if not any(character.isdigit() or character in "一①㈠⑴" for character in raw[:3]):
        return []
    cut = listed(Block(raw, marks.flat(raw), ((0, 1, 1),)), clauses=False)
    return [item.block.text for item in cut.items] if cut.style is not None and not cut.intro.text else []
