"""The plan: approved, compared with another version, shown as it stood."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from ledger.domain.acts import planning
from ledger.domain.moves import Status
from ledger.domain.plan import Plan, PlanChange, as_document, diff, plan_of
from ledger.domain.replay import replay, up_to
from ledger.domain.schema import ISSUE
from ledger.domain.text import one_line
from ledger.errors import NotFoundError, RefusedError
from ledger.store import files, recordfile
from ledger.usecases.change import Desk, Outcome, Work, change

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ledger.domain.state import State
    from ledger.store.book import Book

PLAN_FORM = recordfile.Form(fields=("format", "version", "on", "meeting", "by", "heads"))


@dataclass(frozen=True, slots=True)
class Approved:
    """A plan that was approved: its version and how many issues and measures it holds."""

    version: int
    issues: int
    measures: int


def approve(desk: Desk, meeting: str) -> Outcome[Approved]:
    """Approve the plan as it stands: every issue must be claimed; deadlines are fixed.

    Raises:
        RefusedError: nothing to approve, an issue is not claimed, or nothing has changed since.
    """
    body = one_line(meeting) if meeting else ""

    def deed(work: Work) -> Approved:
        versions = plan_versions(desk.book)
        version = max(versions, default=0) + 1
        drafts = [work.take(record) for record in desk.book.records()]
        live = [draft for draft in drafts if draft.status() is not Status.VOID]
        if not live:
            raise RefusedError(_("there is no issue to approve"), _("take the notice in: ledger import FILE"))
        _all_claimed([draft for draft in live if not draft.state.fields.get("claimed_by")])
        if version > 1 and not _differs(desk.book, versions[max(versions)], drafts):
            raise RefusedError(
                _("nothing has changed since plan v{version}").format(version=version - 1),
                _("a version is made of what differs; see: ledger plan diff"),
            )
        for draft in live:
            planning.approve(draft, version, body)
        heads = {str(draft.state.fields["uid"]): "sha256:" + draft.state.tips[0] for draft in live}
        plan = Plan(version, desk.actor.on, body, desk.actor.by, heads)
        path = PurePosixPath("plans", f"v{version}.toml")
        work.put(path, recordfile.checked(as_document(plan), None, PLAN_FORM, path=path))
        measures = sum(
            1 for draft in live for uid in draft.state.parts if draft.status(uid) is not Status.VOID
        )
        return Approved(version, len(live), measures)

    return change(desk, "plan approve", deed)


def _all_claimed(unclaimed: list[Any]) -> None:
    if unclaimed:
        names = ", ".join(draft.name() for draft in unclaimed)
        message = _("these issues are not claimed yet: {names}").format(names=names)
        raise RefusedError(
            message,
            _("claim them with: ledger claim {ids} --leader NAME").format(ids=names.replace(", ", " ")),
        )


def _differs(book: Book, last: Plan, drafts: Sequence[Any]) -> bool:
    now = {str(draft.state.fields["uid"]): draft.state for draft in drafts}
    return bool(diff(_states(book, last), now))


def plan_versions(book: Book) -> dict[int, Plan]:
    """The approved plans by version."""
    folder = book.folder / "plans"
    plans = {}
    for name in files.names(folder):
        path = folder / name
        plan = plan_of(recordfile.read_toml(files.read(path), path=path))
        plans[plan.version] = plan
    return dict(sorted(plans.items()))


def plan_diff(book: Book, first: int | None, second: int | None) -> list[PlanChange]:
    """What changed between two versions; without a second one, up to the ledger as it is.

    Raises:
        NotFoundError: there is no such version.
    """
    versions = plan_versions(book)
    before = first if first is not None else max(versions, default=1)
    for version in (before, second):
        if version is not None:
            _there(version, versions)
    if second is not None:
        after = _states(book, versions[second])
    else:
        after = {str(record.state.fields["uid"]): record.state for record in book.records()}
    return diff(_states(book, versions[before]), after)


def plan_states(book: Book, version: int) -> dict[str, State]:
    """Every issue as it stood in an approved plan, by uid.

    Raises:
        NotFoundError: there is no such version.
    """
    versions = plan_versions(book)
    _there(version, versions)
    return _states(book, versions[version])


def _there(version: int, versions: Collection[int]) -> None:
    if not versions:
        raise NotFoundError(
            _("no plan is approved yet"), _("approve it with: ledger plan approve --meeting NAME")
        )
    if version not in versions:
        raise NotFoundError(
            _("there is no plan v{version}").format(version=version),
            _("there are: {versions}").format(versions=", ".join(f"v{each}" for each in versions)),
        )


def _states(book: Book, plan: Plan) -> dict[str, State]:
    states = {}
    for record in book.records():
        uid = str(record.state.fields["uid"])
        if uid in plan.heads:
            states[uid] = replay(ISSUE, up_to(record.entries, plan.heads[uid]))
    return states
