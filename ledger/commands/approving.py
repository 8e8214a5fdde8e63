"""The plan: approve it, compare its versions, show one."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from ledger.commands import deeds
from ledger.commands.options import DryRun, Meeting, On
from ledger.domain.issue import Issue, Measure, Target, issue_of
from ledger.domain.words import clauses
from ledger.store.book import Book
from ledger.ui import console, labels
from ledger.usecases import approving

#: The fields that hold codes, which people read as words.
_CODED = frozenset({"term", "kind", "flag", "status"})

Version = Annotated[
    int | None, typer.Argument(metavar="VERSION", help="A version of the plan.", show_default=False)
]


def plan_approve(meeting: Meeting = None, on: On = None, dry_run: DryRun = False) -> None:
    """Approve the plan as it stands.

    Every issue must be claimed. Original deadlines are written now, once; from then on changes need a
    reason and deadlines move by `extend`. Approving again makes the next version.

    Examples:
        ledger plan approve --meeting "Party group meeting 5" --on 2025-03-28
    """
    desk = deeds.desk(on, signing=True, dry_run=dry_run)
    outcome = approving.approve(desk, meeting or "")
    plan = outcome.value
    counts = {"version": plan.version, "issues": plan.issues, "measures": plan.measures}
    if not deeds.told("plan-approve", desk, outcome, **counts):
        console.say(_("plan v{version} approved: {issues} issues, {measures} measures").format(**counts))
        console.next_step(f"ledger plan show {plan.version}", "ledger note ID -t ...")


def plan_diff(first: Version = None, second: Version = None) -> None:
    """Show what changed between two versions of the plan.

    Without versions: from the last version to the ledger as it is.

    Examples:
        ledger plan diff 1 2
        ledger plan diff
    """
    book = deeds.opened()
    changes = approving.plan_diff(book, first, second)
    if console.wants_json():
        base = first if first is not None else max(approving.plan_versions(book))
        rows = [
            {"id": each.id, "field": each.field, "before": each.before, "after": each.after}
            for each in changes
        ]
        console.document(
            "ledger/plan-diff@1", {"ledger": book.name, "from": base, "to": second, "changes": rows}
        )
        return
    columns = [
        console.Column(_("No."), whole=True),
        console.Column(_("Field")),
        console.Column(_("Before")),
        console.Column(_("After")),
    ]
    words = labels.labels("field")
    console.rows(
        columns,
        [
            (
                each.id,
                words.get(each.field, each.field),
                _shown(each.field, each.before),
                _shown(each.field, each.after),
            )
            for each in changes
        ],
    )
    if not changes:
        console.tell(_("nothing has changed"))


def _shown(field: str, value: object) -> str:
    if isinstance(value, (list, tuple)):
        return clauses(_shown(field, each) for each in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    kind = {"flags": "flag"}.get(field, field)
    if kind in _CODED and not console.wants_plain():
        return labels.label(kind, str(value)) if value else ""
    return "" if value is None else str(value)


def plan_show(version: Version = None) -> None:
    """Show the versions of the plan, or what one version holds.

    Examples:
        ledger plan show
        ledger plan show 1
    """
    book = deeds.opened()
    if version is None:
        _show_versions(book)
    else:
        _show_version(book, version)


def _show_versions(book: Book) -> None:
    plans = approving.plan_versions(book)
    if console.wants_json():
        rows = [
            {
                "version": p.version,
                "on": p.on,
                "meeting": p.meeting or None,
                "by": p.by or None,
                "issues": len(p.heads),
            }
            for p in plans.values()
        ]
        console.document("ledger/plan-show@1", {"ledger": book.name, "versions": rows})
        return
    headings = (_("Version"), _("Date"), _("Meeting"), _("By"), _("Issues"))
    columns = [console.Column(heading, whole=True) for heading in headings]
    console.rows(columns, [(f"v{p.version}", p.on, p.meeting, p.by, len(p.heads)) for p in plans.values()])
    if not plans:
        console.tell(_("the plan is a draft; no version is approved yet"))


def _show_version(book: Book, version: int) -> None:
    issues = sorted(
        (issue_of(state) for state in approving.plan_states(book, version).values()), key=lambda i: i.number
    )
    if console.wants_json():
        payload = {
            "ledger": book.name,
            "version": version,
            "issues": [_issue_json(each) for each in issues],
            "measures": [_measure_json(each) for issue in issues for each in issue.live],
        }
        console.document("ledger/plan-show@1", payload)
        return
    columns = [
        console.Column(_("No."), whole=True),
        console.Column(_("Measure")),
        console.Column(_("Unit")),
        console.Column(_("Leader")),
        console.Column(_("Due"), whole=True),
        console.Column(_("Criterion")),
    ]
    rows = [
        (m.id, m.text, m.unit, m.leader, m.due or m.due_text or None, m.criterion)
        for issue in issues
        for m in issue.live
    ]
    console.rows(columns, rows)


def _issue_json(issue: Issue) -> dict[str, object]:
    return {"id": issue.id, "title": issue.title or None, **_by_whom_and_when(issue)}


def _measure_json(measure: Measure) -> dict[str, object]:
    return {
        "id": measure.id,
        "text": measure.text or None,
        **_by_whom_and_when(measure),
        "criterion": measure.criterion or None,
    }


def _by_whom_and_when(target: Target) -> dict[str, object]:
    return {
        "unit": target.unit or None,
        "leader": target.leader or None,
        "due": target.due,
        "due_text": target.due_text or None,
    }
