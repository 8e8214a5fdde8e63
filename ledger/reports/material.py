"""What a report is made from: whose ledger, what was asked for, and the records that takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ledger.domain.issue import Issue
    from ledger.reports.basis import Basis


class Wanted(NamedTuple):
    """Which report somebody asks for.

    Shape: `kind` is one of ledger.reports.KINDS; `ids` are those of the records it is about (``7``, ``7.2``,
        ``L3``, ``R2025-1``), none for all; `register` the name of a register; `plan` the version of a plan,
        None for the one in force; `period` the words for a period and `by` what is ranked by, empty for the
        usual ones.
    """

    kind: str
    ids: tuple[str, ...] = ()
    register: str = ""
    plan: int | None = None
    period: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything a report may say: nothing is read while it is put together.

    Shape: `issues` are all there were on the day, void ones included; what only some reports need is there
        for those alone.
    """

    wanted: Wanted
    basis: Basis
    issues: tuple[Issue, ...] = ()
