"""The lists of a plan (三清单): which there are, what makes a row, and which columns each has."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What can make a row: an issue; a measure; or work, which is a measure, or an issue that has none.
ROWS: Final = ("issue", "measure", "work")
#: Every column a list can have: fields of issues and measures. Source: docs/contract.md §1.
COLUMNS: Final = (
    "id", "title", "kind", "category", "text", "measures", "unit", "co_units", "leader", "owner",
    "criterion", "deliverable", "result", "term", "due", "due_original", "due_text", "interim_goal",
    "review_on", "claimed_by", "claimed_on", "flags", "remark", "status", "evidence", "rebounds",
)  # fmt: skip


class PlanList(NamedTuple):
    """One list of a plan.

    Shape: `title` empty for the usual one; `rows` is one of ROWS; `columns` are of COLUMNS, and `headings`
        are the office's own words for some of them.
    """

    code: str
    title: str
    rows: str
    columns: tuple[str, ...]
    headings: Mapping[str, str] = MappingProxyType({})


#: The lists there are where an office says nothing. Source: 一方案三清单, 问题、任务、责任.
USUAL: Final = (
    PlanList(
        "problems", "", "issue", ("id", "category", "title", "flags", "leader", "claimed_by", "claimed_on")
    ),
    PlanList(
        "measures",
        "",
        "measure",
        ("id", "title", "text", "deliverable", "criterion", "term", "due_text", "due"),
    ),
    PlanList("responsibility", "", "work", ("id", "title", "leader", "unit", "co_units", "owner", "due")),
)
