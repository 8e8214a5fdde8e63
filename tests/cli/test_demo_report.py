"""`ledger demo`: what it tells of its last page is what stands there."""

from __future__ import annotations

from pathlib import Path


def test_the_story_counts_what_its_report_counts(run):
    """The overdue measures it names are those of the status it wrote."""
    story = run.ok("demo", "practice")
    assert "the status of June; overdue measures: 1\n" in story
    page = Path("practice/reports/2025-06.md").read_text(encoding="utf-8")
    (measures,) = (line for line in page.splitlines() if line.startswith("| 措施 | 64 |"))
    assert measures.split("|")[-2].strip() == "1"
