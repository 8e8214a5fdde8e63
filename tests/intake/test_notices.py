"""Whole notices in our own words, one for each layout and habit, against what was checked by hand.

`pytest tests/intake/test_notices.py --update-golden` rewrites tests/golden/intake; read the difference.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from ledger.intake import read

FOLDER = Path(__file__).parent / "notices"
NOTICES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".md"))


def told(path):
    """What a notice proposes, short enough to be read."""
    proposal = read(path, stdin=io.BytesIO())
    return {
        "layout": proposal.layout,
        "title": proposal.title,
        "categories": list(proposal.categories),
        "issues": [
            {
                "at": f"{issue.line}:{issue.column}",
                "category": issue.category,
                "title": issue.title,
                "kind": issue.kind,
                "fields": dict(issue.fields),
                "measures": [measure(each) for each in issue.measures],
            }
            for issue in proposal.issues
        ],
        "contact": {
            name: getattr(proposal.contact, name)
            for name in ("phone", "email", "hours", "address", "postcode")
        },
        "disclosure": [
            day and day.isoformat() for day in (proposal.disclosure.start, proposal.disclosure.end)
        ],
        "warnings": [f"{remark.code} {remark.line or 0}" for remark in proposal.warnings],
        "prose": [f"{passage.name} {passage.line}: {len(passage.text)}" for passage in proposal.prose],
    }


def measure(each):
    """A measure: its text alone where it has nothing else."""
    own = (
        "due_text",
        "unit",
        "co_units",
        "leader",
        "owner",
        "criterion",
        "deliverable",
        "result",
        "status_text",
    )
    more = {name: getattr(each, name) for name in ("shared", *own) if getattr(each, name)}
    if each.points:
        more |= {"lead": each.lead, "points": list(each.points)}
    return {"text": each.text, **more} if more else each.text


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_the_notice_is_read_as_somebody_would(path, golden):
    """Titles, measures, fields, categories, contact, window and remarks are those checked by hand."""
    golden(f"intake/{path.stem}.json", json.dumps(told(path), ensure_ascii=False, indent=1) + "\n")
