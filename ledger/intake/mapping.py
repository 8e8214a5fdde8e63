"""What a person said the columns of a sheet mean: 责任站办=unit, C=unit, 任务清单!C=unit, 审核人=-."""

from __future__ import annotations

import re
from dataclasses import dataclass
from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING

from ledger.domain.spreadsheet import letter
from ledger.domain.text import excerpt
from ledger.domain.words import listed
from ledger.errors import UsageError
from ledger.intake import marks, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ledger.intake.grids import Answers
    from ledger.intake.proposal import Column

#: What a column may mean, in the order of a ledger.
FIELDS = (
    "number", "category", "group", "issue", "detail", "target", "measure_number", "measure", "unit",
    "co_units", "unit_owner", "leader", "owner", "due_text", "done_text", "criterion", "deliverable",
    "result", "status_text", "closed_text", "amount", "reason", "remark",
)  # fmt: skip
#: What stands for leaving a column or a sheet alone.
IGNORED = "-"
_LETTER = re.compile(r"[A-Z]{1,3}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing a person said.

    Attributes:
        spec: As typed.
        sheet: The sheet it is about; None for every sheet.
        column: The column's header without blanks, or its letter; empty where it is about the whole sheet.
        field: What the column means; None to leave the column, or the sheet, alone.
    """

    spec: str
    sheet: str | None
    column: str
    field: str | None


def parse(specs: Iterable[str], spoken: Mapping[str, str] = MappingProxyType({})) -> tuple[Rule, ...]:
    """The rules of `--map`.

    Shape: HEADER=FIELD, LETTER=FIELD, SHEET!HEADER=FIELD; - for FIELD leaves the column alone; SHEET! reads
        only that sheet, SHEET!=- all but that sheet. FIELD is a name of `FIELDS` or what offices call it.
        `spoken` are words for the fields, to be shown to whoever mistyped one.

    Raises:
        UsageError: a spec is none of these.
    """
    return tuple(_rule(each, spoken) for each in specs)


def _rule(spec: str, spoken: Mapping[str, str]) -> Rule:
    text = spec.strip().replace("＝", "=").replace("！", "!")
    sheet, bang, rest = text.rpartition("!")
    column, equals, name = rest.rpartition("=")
    if bang and sheet and not column and name.strip() in ("", IGNORED):
        return Rule(spec, sheet, "", None if name.strip() else "sheet")
    if not equals or not column.strip() or not name.strip():
        message = _("--map takes HEADER=FIELD, not {spec}").format(spec=excerpt(spec))
        raise UsageError(message, hint=_("as: --map 责任站办=unit, --map C=unit, --map 图片=-"))
    return Rule(spec, sheet or None, marks.bare(column), _field(name.strip(), spec, spoken))


def _field(name: str, spec: str, spoken: Mapping[str, str]) -> str | None:
    if name == IGNORED:
        return None
    known = name if name in FIELDS else words.column(name, exactly=True)
    if known not in FIELDS:
        message = _("{name} in --map {spec} is no field").format(name=excerpt(name), spec=excerpt(spec))
        names = [f"{each} {spoken.get(each, '')}".rstrip() for each in (*FIELDS, IGNORED)]
        raise UsageError(message, hint=_("fields are: {names}").format(names=listed(names)))
    return known


def spelled(column: Column, field: str | None) -> str:
    """What to type, or to keep, so that a column means this next time: by its header where that is plain."""
    header = marks.bare(column.header)
    place = header
    if not header or _LETTER.fullmatch(header) or set(header) & set("=!＝！"):
        place = f"{column.sheet}!{column.letter}" if column.sheet else column.letter
    return f"{place}={field or IGNORED}"


def wanted(rules: Sequence[Rule], sheet: str) -> bool | None:
    """Whether a sheet is to be read; None where nobody said."""
    said = [rule for rule in rules if not rule.column]
    mine = [rule for rule in said if rule.sheet == sheet]
    if mine:
        return mine[-1].field is not None
    return False if any(rule.field is not None for rule in said) else None


def answers(rules: Sequence[Rule], sheet: str, used: set[Rule]) -> Answers:
    """What the rules say about the columns of a sheet; those that say something are added to `used`."""
    mine = [rule for rule in rules if rule.column and rule.sheet in (None, sheet)]

    def answer(at: int, header: str) -> tuple[str | None] | None:
        names = {marks.bare(header), marks.bare(header.rpartition("\n")[2])} - {""}
        found = [rule for rule in mine if rule.column in names] or [
            rule for rule in mine if rule.column == letter(at)
        ]
        if not found:
            return None
        chosen = max(found, key=lambda rule: (rule.sheet is not None, mine.index(rule)))
        used.add(chosen)
        return (chosen.field,)

    return answer
