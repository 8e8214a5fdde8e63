"""The people of an office, and how its plan is approved."""

from __future__ import annotations

PEOPLE = """\
[[units]]
name = "办公室"
leader = "张某"
aliases = ["局办公室"]

[[persons]]
name = "李某"
"""


def approve(run):
    run.ok("claim", "1-2")
    run.ok("plan", "approve", "--meeting", "党组会")
