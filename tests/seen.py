"""A ledger to look at, made once by the front door and copied for each test; and a terminal to look at it on."""

from __future__ import annotations

import itertools
import os
import shlex
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ledger.ui import console
from ledger.usecases import change
from tests.conftest import Runner, isolated

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The day the ledger is looked at, a Wednesday.
DAY = "2025-07-02"
NOW = f"{DAY}T09:00:00+08:00"

#: A plan, three sign-offs a measure, and lights of its own.
SETTINGS = """\
format = 1
title = "Round 5"
org = "Willow Town"
language = "en"

[plan]
required = true

[closeout]
of = "measure"
distinct = "off"

[[closeout.steps]]
code = "unit"
label = "Unit"
requires = ["result"]

[[closeout.steps]]
code = "office"
label = "Office check"
signers = ["Rectification office"]
requires = ["evidence"]

[[closeout.steps]]
code = "committee"
label = "Committee"
requires = ["meeting"]

[[lights]]
code = "red"
from_days = 1

[[lights]]
code = "yellow"
from_days = -7

[[lights]]
code = "green"
from_days = -36500
"""

#: What was typed, under the day on which it was.
STORY = """
# 2025-03-01
add "文风不实" -m "Rewrite the rules" -m "Train the clerks" --category Conduct --unit Office --co-unit Archive --leader Lin --owner Gu --term phased --due 2025年6月底前 --flag rebound_prone
add "Files in disorder" -m "Set up an archive" --category Records --unit Archive --leader Shen --due 2025-07-04
add "Too many meetings" -m "Merge meetings" -m "Halve the rest" --category Conduct --unit Office --leader Lin --due 2025-07-31
add "Entered twice" --category Records --unit Archive --leader Shen
edit 1.1 --criterion "rules adopted"
point 1.2 --add "notices drafted" --add "all trained"
# 2025-03-28
void 4 --why "the same as 2"
claim 1-3
plan approve --meeting "Party group 5"
# 2025-05-06
note 1.1 -t "draft sent round"
evidence add 1.1 rules.txt --kind rules --proves "the rules were adopted"
done 1.1 --result "in force since May"
# 2025-05-20
close 1.1 --meeting "Office meeting 3"
close 1.1 --signer "Rectification office" --opinion "checked on site"
close 1.1 --meeting "Party group 9"
# 2025-06-10
note 1.2 -t "spot check of 40 documents: two were signed by nobody"
note 1.2 -t "clerks named"
note 1.2 -t "trainer found"
point 1.2.1
extend 1.2 --to 2025-08-31 --request --why "the trainer is ill"
done 3.1 --result "one meeting a month"
close 3.1 --signer Lin
# 2025-06-20
edit 3.1 --criterion "no more than one a month" --why "asked for by the inspectors"
interim 3.2 --result "ten of twenty" --review-on 2025-09-30
# 2025-06-25
done 2.1 --result "archive set up"
return 2.1 --why "the room is damp" --signer "Rectification office"
"""  # noqa: E501  typed on one line


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the story was told, once; what is drawn by chance is the same each time."""
    folder = tmp_path_factory.mktemp("seen")
    run = Runner()
    moments, draws = itertools.count(1_740_790_800_000_000_000, 1_000_000), itertools.count(1)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in isolated(tmp_path_factory.mktemp("home")).items():
            patch.delenv(name, raising=False) if value is None else patch.setenv(name, value)
        patch.chdir(folder)
        patch.setattr(os, "urandom", lambda size: next(draws).to_bytes(size, "big"))
        patch.setattr(time, "time_ns", lambda: next(moments))
        patch.setattr(change, "_last_id", (0, 0))
        run.ok("init", "2025", "--preset", "five-level", "--no-input")
        Path("ledgers/2025/ledger.toml").write_text(SETTINGS, encoding="utf-8", newline="\n")
        Path("rules.txt").write_text("the rules\n", encoding="utf-8", newline="\n")
        for day, line in _lines(STORY):
            run.ok(*shlex.split(line), now=f"{day}T09:00:00+08:00")
    return folder


def _lines(story: str) -> Iterator[tuple[str, str]]:
    day = ""
    for line in filter(None, story.splitlines()):
        if line.startswith("# "):
            day = line[2:]
        else:
            yield day, line


@pytest.fixture
def ledger(told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder at hand, with a copy of the ledger, on the day it is looked at."""
    shutil.copytree(told, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("TAIZHANG_NOW", NOW)
    return tmp_path


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both streams are a terminal without colours, 100 columns wide, where nothing is asked."""
    monkeypatch.setattr(console, "is_terminal", lambda _stream: True)
