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


#: The published layouts seen (R1-R22 of the catalogue of layouts), each with its own fixtures and how many
#: issues and measures they state.
SEEN = {
    "R1": {"r01_leads.txt": (6, 11), "themes.txt": (4, 8)},
    "R2": {"r02_no_title.txt": (3, 9), "quoted_mixed.txt": (9, 22), "r02_long.txt": (12, 33)},
    "R3": {"r03_third_level.txt": (4, 9), "three_levels.txt": (5, 11)},
    "R4": {"r04_single_quotes.txt": (4, 9)},
    "R5": {"r05_finding_then_account.txt": (4, 9), "audit_plain.txt": (4, 8)},
    "R6": {
        "r06_task_sections.txt": (1, 3),
        "r06_task_goals.txt": (2, 0),
        "r06_numbered_tasks.txt": (4, 4),
        "task.txt": (1, 3),
    },
    "R7": {"r07_sections_one.txt": (1, 2), "r07_sections_parallel.txt": (3, 7)},
    "R8": {"r08_quoted_in_the_lead.txt": (0, 0)},
    "R9": {"r09_not_done.txt": (3, 7), "described.txt": (2, 4)},
    "R10": {"r10_prose.txt": (3, 5), "r10_prose_below.txt": (3, 5)},
    "R11": {"r11_audit_addressed.txt": (4, 5)},
    "R12": {"r12_audit_speaker.txt": (2, 3), "r12_state_first.txt": (14, 19)},
    "R13": {"r13_mechanisms.txt": (0, 0)},
    "R14": {"r14_digits_lost.txt": (4, 5), "r14_audit_announced.txt": (7, 9)},
    "R15": {"r15_roll_up.txt": (0, 0)},
    "R16": {"r16_lost_table.txt": (0, 0), "lost_table.txt": (0, 0)},
    "R17": {"r17_batches.txt": (0, 0)},
    "R18": {"r18_see_attachment.txt": (0, 0)},
    "R19": {"r19_self_examination.txt": (5, 0), "r19_with_last_year.txt": (5, 0)},
    "R20": {
        "r20_feedback.txt": (9, 0),
        "r20_feedback_evidence.txt": (9, 0),
        "r20_list_of_units.txt": (7, 0),
        "r20_plan_table.md": (3, 7),
    },
    "R21": {"r21_red_and_black.txt": (0, 0)},
    "R22": {"r22_six_steps.txt": (0, 0)},
}


@pytest.mark.parametrize("layout", SEEN)
def test_every_layout_seen_is_read(layout):
    """Each of the layouts published texts came in gives all its issues and measures, or none where it has none."""
    for name, expected in SEEN[layout].items():
        issues = read(FOLDER / name, stdin=io.BytesIO()).issues
        assert (len(issues), sum(len(issue.measures) for issue in issues)) == expected, name


@pytest.mark.parametrize("layout", ["R8", "R16", "R17", "R18"])
def test_a_lost_table_is_named(layout):
    """What only an attachment would say is not invented, and the remark names the attachment."""
    for name in SEEN[layout]:
        (remark,) = read(FOLDER / name, stdin=io.BytesIO()).warnings
        assert remark.code == "no_issues"
        assert remark.message.partition("not in it: ")[2]
