"""Start-up is a promise: what a run may load, exactly, where a time would flicker."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

#: Libraries that no everyday command may load.
HEAVY = (
    "pydantic", "rich", "sqlite_utils", "questionary", "prompt_toolkit", "jinja2", "openpyxl", "docx", "lxml",
    "chinese_calendar", "importlib.metadata", "asyncio",
)  # fmt: skip

PROGRAM = """
import json, sys
from ledger import cli
code = cli.main(json.loads(sys.argv[1])) if len(sys.argv) > 1 else 0
sys.stdout.flush()
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


def loaded(*argv: str) -> set[str]:
    """Modules loaded when the program ran `argv` in a pipe; when nothing was run, by importing its door."""
    command = [sys.executable, "-c", PROGRAM, *([json.dumps(argv)] if argv else [])]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=dict(os.environ))
    assert run.returncode == 0, run.stderr
    code, modules = json.loads(run.stderr.splitlines()[-1])
    assert code == 0, run.stderr
    return set(modules)


def test_the_door_loads_no_library_but_typer():
    """Importing ledger.cli loads none of the heavy libraries."""
    assert loaded() & set(HEAVY) == set()


@pytest.mark.parametrize(
    "argv",
    [
        ("--help",),
        ("list", "--help"),
        ("list",),
        ("list", "--json"),
        ("show", "1"),
        ("stats",),
        ("due",),
        ("check",),
    ],
    ids=" ".join,
)
def test_an_everyday_command_loads_no_heavy_library(run, argv):
    """Help, lists, counts and check load none of the heavy libraries when they print into a pipe."""
    run.ok("init", "demo", "--no-input")
    run.ok("add", "文风不实", "--no-input")
    run.ok("list")  # the index is made once, and may take what it needs
    assert loaded(*argv) & set(HEAVY) == set()


def test_a_write_loads_no_library_for_documents(run):
    """`add` loads neither the libraries for documents nor those for terminals."""
    run.ok("init", "demo", "--no-input")
    run.ok("add", "文风不实", "--no-input")
    documents = {"openpyxl", "docx", "lxml", "jinja2", "rich", "questionary", "prompt_toolkit", "pydantic"}
    assert loaded("add", "作风不严", "--no-input") & documents == set()


#: Modules of ours that a command has no use for, and that would make it slow to start.
NEEDLESS = {
    ("stats",): (
        "ledger.domain.issue",
        "ledger.store.record",
        "ledger.store.filling",
        "ledger.reports",
    ),
    ("list",): (
        "ledger.intake",
        "ledger.domain.issue",
        "ledger.store.record",
        "ledger.store.filling",
        "ledger.domain.rates",
        "msgspec",
    ),
    ("add", "作风不严", "--no-input"): (
        "ledger.domain.deadlines",
        "ledger.domain.dates",
        "ledger.store.evidence",
        "ledger.store.recordreader",
        "msgspec",
    ),
    ("note", "1", "-t", "抽查"): ("ledger.domain.deadlines", "ledger.domain.dates", "ledger.store.evidence"),
}


@pytest.mark.parametrize("argv", NEEDLESS, ids=" ".join)
def test_a_command_loads_nothing_it_has_no_use_for(run, argv):
    """What only asks the index reads no record; what sets no deadline knows nothing of deadlines."""
    run.ok("init", "demo", "--no-input")
    run.ok("add", "文风不实", "--no-input")
    run.ok("list")
    assert loaded(*argv) & set(NEEDLESS[argv]) == set()


#: What takes strangers' files apart; only the process that reads one needs it.
READERS = frozenset(
    f"ledger.intake.{name}"
    for name in ("figures", "formats", "notice", "sheets", "opening", "survey", "content", "table")
)


@pytest.mark.parametrize(
    "argv", [("figures", "n.txt"), ("import", "n.txt", "--dry-run"), ("compare", "l.csv")], ids=" ".join
)
def test_what_others_send_is_taken_apart_by_another_process(run, argv):
    """The command that shows what is in a file loads no library for documents and none of our own readers."""
    run.ok("init", "demo", "--no-input")
    run.ok("add", "文风不实", "--no-input")
    Path("n.txt").write_text(
        "一、关于“文风不实”的问题\n整改措施：1.开展培训。\n公示期：2025年1月8日至1月28日\n", "utf-8"
    )
    Path("l.csv").write_text("序号,问题,整改措施,责任单位\n1,文风不实,开展培训,甲局\n", "utf-8")
    needless = READERS.union(HEAVY) - {"chinese_calendar"}  # working days are counted here
    assert loaded(*argv) & needless == set()
