"""The evidence of issues and measures, held against the files that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ledger.domain import casefile
from ledger.domain.course import OWN
from ledger.reports.material import Case, Filed
from ledger.store import evidence, staging
from ledger.usecases.looking import Chosen, choose, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.domain.issue import Evidence
    from ledger.usecases.sight import Sight


def filed(sight: Sight, ids: Sequence[str]) -> tuple[tuple[Case, ...], tuple[Filed, ...]]:
    """What the ids mean, or everything there is, with every file of evidence.

    Shape: an issue stands for itself and its measures. Files are read and their digests compared where ids
        are named; of a whole ledger only their sizes are.

    Raises:
        NotFoundError: there is no such issue or measure, or there was none yet.
        UsageError: an id is that of something else.
        DamageError: a record cannot be read.
    """
    if ids:
        return _held(sight, choose(sight, ids), read=True)
    state = sight.book.workspace.state
    return staging.at_one_moment(state, lambda: _held(sight, whole(sight), read=False))


def _held(
    sight: Sight, chosen: Iterable[Chosen], *, read: bool
) -> tuple[tuple[Case, ...], tuple[Filed, ...]]:
    cases: list[Case] = []
    found: list[Filed] = []
    for each in (one for given in chosen for one in _with_measures(given)):
        case = Case(each.seen.issue, each.target)
        cases.append(case)
        days = casefile.added_on(each.seen.state, each.seen.undone, each.key)
        found += [
            Filed(case, paper, days.get(paper.sha256), _state(sight, paper, read=read))
            for paper in case.target.evidence
        ]
    return tuple(cases), tuple(found)


def _with_measures(chosen: Chosen) -> Iterator[Chosen]:
    yield chosen
    if chosen.key == OWN:
        yield from (Chosen(chosen.seen, each.uid) for each in chosen.seen.issue.measures)


def _state(sight: Sight, paper: Evidence, *, read: bool) -> Literal["kept", "missing", "changed"]:
    path = evidence.find(sight.book.shelf, paper.sha256)
    if path is None:
        return "missing"
    changed = path.stat().st_size != paper.size or (read and evidence.digest(path) != paper.sha256)
    return "changed" if changed else "kept"
