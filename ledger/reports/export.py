"""The whole ledger for other programs: JSON with everything, CSV with a row a measure."""

from __future__ import annotations

import csv
import io
import json
from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING, Any, Final

from ledger import language
from ledger.domain.spreadsheet import guarded
from ledger.domain.text import harmless_json, visible
from ledger.domain.ticked import progress
from ledger.reports.basis import checkpoint
from ledger.reports.headway import headway_told, missed_names, upcoming_period
from ledger.reports.words import Words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from ledger.domain.issue import CloseOut, Issue, Measure, Target
    from ledger.domain.ticked import Ticked
    from ledger.reports.basis import Basis

#: The name and version of the shape. Source: docs/contract.md §4.
SCHEMA: Final = "ledger/export@1"
#: What tells a spreadsheet program that a CSV file is UTF-8.
MARK: Final = "\ufeff"


def as_json(issues: Sequence[Issue], basis: Basis) -> dict[str, Any]:
    """Every field of every issue and measure, with sign-offs, notes and evidence.

    Shape: codes, not labels; a text that is not there is null, a list empty; what a measure takes from
        its issue is filled in. Void ones are there too.
    """
    mark = checkpoint(issues)
    return {
        "schema": SCHEMA,
        "ledger": basis.ledger,
        "as_of": basis.as_of,
        "known_at": basis.known_at,
        "title": basis.settings.title or None,
        "org": basis.settings.org or None,
        "version": basis.version,
        "checkpoint": {"entries": mark.entries, "heads": mark.heads},
        "issues": [issue_fields(issue, basis.as_of) for issue in issues],
    }


def json_text(payload: Mapping[str, Any]) -> str:
    """The document as it is kept in a file.

    Shape: UTF-8 with LF, two blanks of indent; what is not seen, or what a terminal would obey, is escaped.
    """
    text = json.dumps(payload, ensure_ascii=False, indent=2, default=_plain)
    return harmless_json(text) + "\n"


def _plain(value: dt.date) -> str:
    return value.isoformat()


def issue_fields(issue: Issue, day: dt.date) -> dict[str, Any]:
    """Every field of an issue and of its measures, as codes."""
    return {
        "id": issue.id,
        "uid": issue.uid,
        "number": issue.number,
        "formerly": list(issue.formerly),
        "kind": issue.kind,
        "title": issue.title or None,
        "category": issue.category or None,
        **_shared(issue),
        "claimed_by": issue.claimed_by or None,
        "claimed_on": issue.claimed_on,
        "flags": list(issue.flags),
        "variant_of": issue.variant_of or None,
        "plan": issue.plan or None,
        "overdue_days": issue.days_late(day),
        "head": issue.head or None,
        "entries": issue.entries,
        "measures": [measure_fields(each, day) for each in issue.measures],
    }


def measure_fields(measure: Measure, day: dt.date) -> dict[str, Any]:
    """Every field of a measure, as codes; what it takes from its issue is filled in."""
    return {
        "id": measure.id,
        "uid": measure.uid,
        "number": measure.number,
        "text": measure.text or None,
        **_shared(measure),
        "serves": list(measure.serves),
        "overdue_days": measure.overdue_days(day),
        "points": [
            {"number": each.number, "text": each.text, "done_on": each.done_on} for each in measure.points
        ],
        "roster": _roster(measure),
        "recurrence": _recurrence(measure, day),
        "occurrences": [_ticked("period", each) for each in measure.occurrences],
    }


def _roster(measure: Measure) -> dict[str, Any] | None:
    """The names a measure has to reach, and how many are done; null where it has none."""
    if not measure.roster:
        return None
    done, total = progress(measure.roster)
    return {"done": done, "total": total, "names": [_ticked("name", each) for each in measure.roster]}


def _recurrence(measure: Measure, day: dt.date) -> dict[str, Any] | None:
    """How often a measure is done, what was missed and what comes next; null where it does not come round."""
    if measure.recurrence is None:
        return None
    last, coming = measure.recurrence.last, upcoming_period(measure, day)
    return {
        "every": str(measure.recurrence.cadence),
        "from": measure.recurrence.first.name,
        "to": last.name if last else None,
        "next": {"period": coming.name, "by": coming.last} if coming else None,
        "missed": missed_names(measure, day),
    }


def _ticked(key: str, row: Ticked) -> dict[str, Any]:
    on = row.done_on or row.excused_on
    return {key: row.name, "outcome": row.outcome, "on": on, "text": row.text or None}


def _shared(target: Target) -> dict[str, Any]:
    """What issues and measures have in common, in the order of the record."""
    return {
        "unit": target.unit or None,
        "co_units": list(target.co_units),
        "leader": target.leader or None,
        "owner": target.owner or None,
        "criterion": target.criterion or None,
        "deliverable": target.deliverable or None,
        "result": target.result or None,
        "term": target.term or None,
        "continuing": target.continuing,
        "due": target.due,
        "due_original": target.due_original,
        "due_text": target.due_text or None,
        "interim_goal": target.interim_goal or None,
        "review_on": target.review_on,
        "remark": target.remark or None,
        "status": str(target.status),
        "void_why": target.void_why or None,
        "withheld": target.withheld._asdict() if target.withheld else None,
        "signed": target.signed,
        "steps": target.steps,
        "next_step": target.next_step,
        "closed_on": target.closed_on,
        "suspect": target.suspect,
        "reopened": target.reopened,
        "rebounds": target.rebounds,
        "returned": target.rejected,
        "requested": target.requested or None,
        "closeouts": [_closeout(each) for each in target.closeouts],
        "notes": [{"on": each.on, "by": each.by, "text": each.text} for each in target.notes],
        "evidence": [
            {
                "sha256": each.sha256,
                "name": each.name,
                "kind": each.kind or None,
                "proves": each.proves or None,
                "size": each.size,
            }
            for each in target.evidence
        ],
    }


def _closeout(run: CloseOut) -> dict[str, Any]:
    return {
        "outcome": str(run.outcome),
        "steps": list(run.steps),
        "ended_on": run.ended_on,
        "why": run.why or None,
        "signatures": [
            {
                "step": each.step,
                "on": each.on,
                "signer": each.signer or None,
                "meeting": each.meeting or None,
                "by": each.by,
                "opinion": each.opinion or None,
                "suspect": each.suspect,
            }
            for each in run.signatures
        ],
    }


# --- CSV -------------------------------------------------------------------------------------------


def as_csv(issues: Sequence[Issue], basis: Basis, *, raw: bool = False) -> str:
    """A row for each measure, and for each issue that has none; void ones are there too.

    Shape: begins with a byte order mark; one heading row in the language of the ledger; lines end with
        CR LF. Text a spreadsheet program would calculate gets a quote before it, unless `raw`.

    Source: RFC 4180; OWASP "CSV Injection".
    """
    with language.speaking(basis.language):
        say = Words()
        rows = [_headings(say)]
        rows += [
            _row(issue, each, basis.as_of, say) for issue in issues for each in issue.measures or (None,)
        ]
    return csv_text(rows, raw=raw)


def csv_text(rows: Iterable[Sequence[object]], *, raw: bool = False) -> str:
    """Rows as a file of values with commas between them; see `as_csv`."""
    written = io.StringIO()
    safe = str if raw else guarded
    csv.writer(written).writerows(
        [safe(visible("" if value is None else str(value))) for value in row] for row in rows
    )
    return MARK + written.getvalue()


def _headings(say: Words) -> Sequence[object]:
    field = say.field
    return [
        pgettext("document", "issue no."),
        field["title"],
        field["category"],
        _("status of the issue"),
        pgettext("document", "measure no."),
        field["text"],
        field["unit"],
        field["co_units"],
        field["leader"],
        field["owner"],
        field["criterion"],
        field["deliverable"],
        field["term"],
        field["due_text"],
        field["due_original"],
        field["due"],
        field["status"],
        pgettext("document", "closed on"),
        field["overdue_days"],
        field["result"],
        field["interim_goal"],
        field["review_on"],
        field["headway"],
        pgettext("document", "notes"),
        field["evidence"],
        field["remark"],
    ]


def _row(issue: Issue, measure: Measure | None, day: dt.date, say: Words) -> Sequence[object]:
    target: Target = measure or issue
    return (
        issue.id,
        issue.title,
        issue.category,
        say.standing(issue),
        measure.id if measure else None,
        measure.text if measure else None,
        target.unit,
        say.together(target.co_units),
        target.leader,
        target.owner,
        target.criterion,
        target.deliverable,
        say.term(target),
        target.due_text,
        target.due_original,
        target.due,
        say.standing(target),
        target.closed_on,
        target.overdue_days(day) or None,
        target.result,
        target.interim_goal,
        target.review_on,
        headway_told(target, day),
        len(target.notes),
        len(target.evidence),
        target.remark,
    )
