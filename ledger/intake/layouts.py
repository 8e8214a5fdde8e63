"""The layouts notices come in, declared: what is the heading of an issue, where, and with what under it.

A new layout is an entry in LAYOUTS and, where headings look new, a form in `heads`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ledger.intake import heads
from ledger.intake.marks import Style
from ledger.intake.structure import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger.intake.heads import Head
    from ledger.intake.lines import Line
    from ledger.intake.proposal import Kind


class Cue(StrEnum):
    """What must stand under a heading before it counts as the heading of an issue."""

    NOTHING = "nothing"
    LABEL = "label"  # a labelled field
    LABEL_OR_LIST = "label_or_list"  # or, where the heading has a number, a list
    MEASURE = "measure"  # at least one measure
    STATE = "state"  # at least one measure, and how things stand
    CATEGORY = "category"  # at least one measure, and an aspect above the heading
    COUNTED = "counted"  # at least one measure, and a heading above that says how many stand under it


@dataclass(frozen=True, slots=True)
class Layout:
    """One way of printing issues.

    Attributes:
        form: Reads a line as the heading of an issue.
        styles: Numbering styles to try one after the other; none: `form` decides alone.
        roles: The regions it is looked for in.
        least: Headings it takes to be this layout.
        share: The least part of them under which the cue stands.
        deficient: The least part of titles that name something wrong.
        clauses: Whether a single sentence is cut at its semicolons.
        prose: Whether sentences without numbers are measures.
    """

    name: str
    form: Callable[[Line], Head | None]
    kind: Kind = "finding"
    styles: tuple[Style, ...] = ()
    roles: frozenset[Role] = frozenset(set(Role) - {Role.NEXT_STEPS, Role.ADVICE, Role.CONTACT})
    cue: Cue = Cue.NOTHING
    least: int = 1
    share: float = 0.6
    deficient: float = 0.0
    clauses: bool = True
    prose: bool = True


_NUMBERED = (Style.SECTION, Style.CN_PAREN, Style.ARABIC, Style.PAREN)

#: In the order in which they are asked; the first group that fits a region and finds most there is taken.
#: Source: layouts of published notices.
LAYOUTS: tuple[tuple[Layout, ...], ...] = (
    (
        Layout("labelled_fields", heads.labelled, cue=Cue.LABEL_OR_LIST, prose=False),
        Layout("labelled_tasks", heads.task, cue=Cue.LABEL, prose=False),
        Layout("quoted_findings", heads.quoted),
    ),
    (Layout("plain_labelled", heads.plain, styles=_NUMBERED, cue=Cue.LABEL, least=2, prose=False),),
    (
        Layout(
            "plain_findings",
            heads.plain,
            styles=_NUMBERED,
            roles=frozenset({Role.FINDINGS}),
            cue=Cue.MEASURE,
            least=2,
            deficient=0.6,
        ),
    ),
    (Layout("plain_findings", heads.plain, styles=_NUMBERED, cue=Cue.STATE, least=2, deficient=0.6),),
    (Layout("counted_aspects", heads.plain, styles=_NUMBERED, cue=Cue.COUNTED, least=2),),
    (
        Layout(
            "narrative_themes",
            heads.plain,
            kind="theme",
            styles=(Style.ORDINAL, Style.FIRSTLY, Style.ARABIC, Style.PAREN),
            roles=frozenset({Role.FINDINGS}),
            cue=Cue.CATEGORY,
            least=2,
            clauses=False,
        ),
    ),
)

#: Problems stated by sections that are their fields; read by `sections`, in any region.
SECTIONS = Layout("labelled_sections", heads.plain)

#: Findings of a document that tells nothing that was done; read by `stated`.
STATED = Layout("stated_findings", heads.stated)

#: Words of titles that name something wrong, as against slogans of what was improved.
_DEFICIENT = re.compile(
    r"不|未|没|缺|欠|弱|差[距异错]?|滞后|问题|短板|薄弱|违[规反法纪]|超[标期范额]|虚[假报化]?|乱|松[散懈]?|低|少|漏|空白|闲置|沉淀|流于|形式|隐患"
    r"|反弹|偏|仍[有存]|时有|屡|拖[延沓欠]|挪用|截留|套取|浪费|随意|单一|粗放|淡薄|脱节|失[管察责]|过[高多大]|[难慢窄]$|一[转发]了之|走过场|打折扣|宽松软|“.{1,8}”(?:现象|倾向)"
)


def is_deficient(title: str) -> bool:
    """Whether a title names something wrong."""
    return bool(_DEFICIENT.search(title))
