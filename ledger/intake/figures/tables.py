"""Tables that add up: rows of totals, columns of totals, and rates of two columns.

Which columns belong together is learnt from the rows themselves: what holds in most rows is what the table
means, and a row in which it does not hold is an alarm.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from ledger.intake.claim import Claim, Verdict
from ledger.intake.figures import arithmetic
from ledger.intake.figures.tablebody import body_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.intake.claim import Kind
    from ledger.intake.document import Grid
    from ledger.intake.figures.arithmetic import Judged
    from ledger.intake.figures.numbers import Number
    from ledger.intake.figures.tablebody import Body

_TOTAL_COLUMN = re.compile(r"(?:合\s*计|小\s*计|总\s*计|总\s*数|共\s*计)\s*(?:[((][^()()]{1,8}[))])?$")
_STEM = re.compile(r"([一-龥]{2})率")
_NOT_DONE = re.compile(r"未|应|需|待|正在|总")
_WHOLE = re.compile(r"总数|问题数|应|反馈|受理|任务数|发现|交办")
#: Rows that say that rows are left out, or that are a part of the row above them.
_LEFT_OUT = re.compile(r"…|\.\.\.|略$|其\s*中|#")
#: Rows the meaning of columns is learnt from, and columns that are tried for it.
_LEARNT, _TRIED = 200, 12
#: Of the rows that must bear out what the columns mean.
_MOST_ROWS = Fraction(3, 5)


def in_grid(grid: Grid) -> Iterator[Claim]:
    """What a table says of its own figures."""
    body = body_of(grid)
    if body is not None:
        yield from _total_rows(body)
        yield from _total_columns(body)
        yield from _rate_columns(body)


class _Place(NamedTuple):
    """A cell: the index of its row and of its column."""

    row: int
    column: int


def _total_rows(body: Body) -> Iterator[Claim]:
    """Each total below a column, against the rows above it.

    Shape: an alarm only where the total of another column of the same row holds, or no other has one.
    """
    if any(_LEFT_OUT.match(body.name(index)) for index in range(len(body.grid.rows))):
        return
    since = 0
    for total in body.totals:
        rows = body.rows[since : total.before] if total.kind == "小计" else body.rows[: total.before]
        since = total.before if total.kind == "小计" else since
        columns = [at for at in body.numeric if at in total.numbers]
        if len(rows) < 2:
            continue
        judged = {
            at: arithmetic.addition(
                [numbers[at] for _index, numbers in rows if at in numbers], total.numbers[at]
            )
            for at in columns
        }
        holding = sum(each.verdict is Verdict.OK and each.expected != "0" for each in judged.values())
        alone = len(columns) == 1 and all(columns[0] in numbers for _index, numbers in rows)
        for at, each in judged.items():
            if each.verdict is Verdict.OK or holding or alone:
                yield _claim(body, _Place(total.row, at), "sum", each)


def _total_columns(body: Body) -> Iterator[Claim]:
    """Each total at the end or the beginning of a row, against the columns that make it up in most rows."""
    for at in body.numeric:
        if not _TOTAL_COLUMN.search(body.headers[at]):
            continue
        others = [other for other in body.numeric if not _TOTAL_COLUMN.search(body.headers[other])]
        for terms in ([each for each in others if each < at], [each for each in others if each > at]):
            if len(terms) >= 2 and _make_up(body, terms, at):
                for index, numbers in body.every:
                    given = [numbers[each] for each in terms if each in numbers]
                    if at in numbers and len(given) >= 2:
                        judged = arithmetic.addition(given, numbers[at])
                        yield _claim(body, _Place(index, at), "sum", judged)
                break


def _make_up(body: Body, terms: Sequence[int], total: int) -> bool:
    held = [
        arithmetic.addition([numbers[at] for at in terms if at in numbers], numbers[total]).verdict
        is Verdict.OK
        for _index, numbers in body.rows[:_LEARNT]
        if total in numbers
    ]
    return sum(held) >= 2 and sum(held) >= len(held) * _MOST_ROWS


def _rate_columns(body: Body) -> Iterator[Claim]:
    """Each rate against the two columns it comes from in most rows."""
    for at in body.rates:
        pair = _columns_of(body, at)
        if pair is None:
            continue
        part, whole = pair
        for index, numbers in body.every:
            if at in numbers and part in numbers and whole in numbers and numbers[whole].value:
                judged = arithmetic.rate(numbers[part], numbers[whole], numbers[at])
                yield _claim(body, _Place(index, at), "ratio", judged, unit="%")


def _columns_of(body: Body, at: int) -> tuple[int, int] | None:
    """The columns a rate comes from in most rows, or by their headers where too few rows tell."""
    rows = [numbers for _index, numbers in body.rows[:_LEARNT] if at in numbers]
    best: list[tuple[int, int, int]] = []
    for part, whole in permutations(body.numeric[:_TRIED], 2):
        usable = [each for each in rows if part in each and whole in each and each[whole].value]
        held = [each for each in usable if _bears_out(each, part, whole, at)]
        telling = any(0 < each[at].value < 100 for each in held)
        if len(held) >= 2 and telling and len(held) >= len(usable) * _MOST_ROWS:
            best.append((len(held), part, whole))
    best.sort(reverse=True)
    if best and (len(best) == 1 or best[0][0] > best[1][0]):
        return best[0][1], best[0][2]
    return None if best else _by_headers(body, at)


def _bears_out(numbers: Mapping[int, Number], part: int, whole: int, at: int) -> bool:
    return arithmetic.rate(numbers[part], numbers[whole], numbers[at]).verdict is Verdict.OK


def _by_headers(body: Body, at: int) -> tuple[int, int] | None:
    """The columns a rate names: 整改率 comes from 已整改 and 问题总数."""
    stem = _STEM.search(body.headers[at])
    if not stem:
        return None
    part = re.compile(rf"(?:已|完成|实际)?{stem[1]}(?:完成)?(?:问题)?(?:数|个数|件数)?$")
    parts = [
        each
        for each in body.numeric
        if part.search(body.headers[each]) and not _NOT_DONE.search(body.headers[each])
    ]
    wholes = [each for each in body.numeric if _WHOLE.search(body.headers[each]) and each not in parts]
    return (parts[0], wholes[0]) if len(parts) == len(wholes) == 1 else None


def _claim(body: Body, place: _Place, kind: Kind, judged: Judged, *, unit: str = "") -> Claim:
    words = f"{body.name(place.row)} {body.headers[place.column]} {judged.printed}{unit}".strip()
    return Claim(
        line=body.grid.line + place.row,
        column=place.column + 1,
        text=words,
        kind=kind,
        verdict=judged.verdict,
        expected=judged.expected,
        printed=judged.printed,
        arithmetic=judged.words,
        unit=unit,
        sheet=body.grid.name,
    )
