"""A small town's ledger, made through the front door; each measure is signed off once."""

from __future__ import annotations

from pathlib import Path

#: The day most of it is looked at.
JUNE = "2025-06-30T09:00:00+08:00"


def start(run, language: str = "en") -> Path:
    """Make the ledger in the folder at hand, and give that folder.

    Issue 1 has two closed measures, 2 an overdue and a shared one, 3 is alone and void later, 4 is long-term.
    """
    run.ok("init", "2025", "--title", "Willow Town", "--org", "Willow Town Office", lang=language)
    settings = Path("ledgers/2025/ledger.toml")
    text = settings.read_text(encoding="utf-8").replace('of = "issue"', 'of = "measure"')
    settings.write_text(text, encoding="utf-8")
    run.ok("add", "Papers are late", "--category", "Conduct", "--unit", "Office", "--leader", "Lin", "--due", "2025-06-15",
           "-m", "Rewrite the rules", "-m", "Train the clerks")  # fmt: skip
    run.ok(
        "add",
        "Old debts | unpaid",
        "--category",
        "Money",
        "--unit",
        "Finance",
        "--due",
        "2025-06-10",
        "-m",
        "Check each one",
    )
    run.ok("add", "Entered twice", "--category", "Money", "--unit", "Finance")
    run.ok(
        "add",
        "Pipes leak",
        "--category",
        "Works",
        "--unit",
        "Works",
        "-m",
        "Lay new ones",
        "--due",
        "2025-12-31",
    )
    run.ok("measure", "2", "-t", "Publish the accounts", "--serves", "4", "--due", "2025-07-31")
    run.ok("close", "1.1", "--result", "=in force", "--by", "Gu", now="2025-05-20T09:00:00+08:00")
    run.ok("close", "1.2", "--result", "all trained", now="2025-06-10T09:00:00+08:00")
    run.ok("note", "2.1", "-t", "letter sent", now="2025-06-12T09:00:00+08:00")
    run.ok("void", "3", "--why", "the same as 2", now="2025-06-12T09:00:00+08:00")
    run.ok("longterm", "4.1", "--interim-goal", "a third", "--review-on", "2025-07-15", "--why", "no money this year",
           now="2025-06-20T09:00:00+08:00")  # fmt: skip
    return Path.cwd()
