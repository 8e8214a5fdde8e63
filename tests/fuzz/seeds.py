"""What fuzzing starts from: documents of every kind, made from the fixtures of the tests of intake."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.intake import booking, columnsets, dressing, packages

NOTICES = sorted((Path(__file__).parents[1] / "intake" / "notices").glob("*.*"))
#: Notices that are dressed as Word files and pages: short ones, each of another layout.
FEW = 12


def notices(ending):
    """The texts of the fixtures with one ending."""
    return [path.read_text(encoding="utf-8") for path in NOTICES if path.suffix == ending]


def lists():
    """Rows of lists, each with a header of its own."""
    rows = [["序号", "反馈问题", "整改措施", "责任单位", "整改时限", "完成情况"]]
    for number in range(1, 5):
        due = dt.date(2025, 6, number) if number % 2 else "2025年6月底前，并长期坚持"
        rows.append(
            [number, f"台账不全{number}", "1.补齐台账；2.定期核对。", "办公室", due, 45818.0 + number]
        )
    rows.append(["小计", "", "", "", "", "4"])
    return [rows, *(each[1] for each in columnsets.SETS)]


def of(reader):
    """The seeds of one reader, as bytes."""
    if reader == "text":
        texts = notices(".txt")
        odd = [texts[0].encode("gb18030"), texts[1].encode("utf-16"), texts[2].encode("utf-8-sig")]
        return [text.encode() for text in texts] + odd
    if reader == "markdown":
        return [text.encode() for text in notices(".md")]
    short = sorted(notices(".txt"), key=len)[:FEW]
    if reader == "page":
        makers = [*dressing.PAGES.values(), dressing.page_with_tables]
        return [_bytes(make(text)) for text in short for make in makers]
    if reader == "word":
        makers = [*dressing.WORD.values(), dressing.word_with_tables]
        return [packages.word(), *(make(text) for text in short[:6] for make in makers)]
    if reader == "workbook":
        merged = booking.book(
            ("台账", lists()[0]), ("说明", [["填表说明"], ["1"]]), merges=["A2:A4", "D2:D3"]
        )
        return [packages.book(), merged, *(booking.book(("台账", rows)) for rows in lists())]
    return [booking.text(rows, delimiter=mark) for rows in lists() for mark in ",\t;"]


def _bytes(made):
    return made.encode() if isinstance(made, str) else made
