"""Every report in every format: the same bytes wherever it is made, known then as it was then, frozen and verified.

What there is is asked of the program, so that a new kind or format is tried too.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ledger import reports
from tests.conftest import Runner, isolated

ROOT = Path(__file__).parents[2]
#: What kinds are about that are not about everything, in the ledger of the demonstration.
IDS = {"letter": ("L1",), "lookback": ("R2025-1",), "dossier": ("1",), "register": ("meetings",)}
DAY = ("--as-of", "2025-06-30")
MOMENT = "2025-07-01T09:00:00+08:00"
LATER = "2025-07-20T09:00:00+08:00"

#: A child that makes every report, and tells the digest of each, or what it was refused with.
CHILD = """
import contextlib, hashlib, io, json, sys
from pathlib import Path
from ledger import cli
root, asked, told = sys.argv[1], json.loads(sys.argv[2]), {}
for name, argv in asked.items():
    path = Path(f"made-{name}")
    out, err = io.TextIOWrapper(io.BytesIO()), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.main(["-C", root, *argv, "-o", str(path), "-q"])
    told[name] = [code, hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else err.getvalue()]
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The ledger of the demonstration: letters, a look-back, clues, registers, evidence, prose."""
    home = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in isolated(home / "home").items():
            patch.delenv(name, raising=False) if value is None else patch.setenv(name, value)
        patch.setattr("os.fsync", lambda _file: None)  # nobody pulls the plug here
        Runner().ok("demo", "work", cwd=home, now=MOMENT)
    return home / "work"


def kinds() -> list[tuple[str, tuple[str, ...]]]:
    return [(kind, IDS.get(kind, ())) for kind in reports.KINDS]


def made(root: Path, folder: Path, **variables: str) -> dict[str, list]:
    """What a process elsewhere makes of every report."""
    asked = {
        f"{kind}.{form}": ["report", kind, *ids, *DAY, "--format", form]
        for kind, ids in kinds()
        for form in reports.FORMATS
    }
    folder.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    result = subprocess.run(
        [sys.executable, "-c", CHILD, str(root), json.dumps(asked)],
        cwd=folder, env={**environment, "PYTHONPATH": str(ROOT), **variables}, capture_output=True, check=True,
    )  # fmt: skip
    return json.loads(result.stdout)


def test_two_processes_write_the_same_bytes(demo, tmp_path, run):
    """Time zone, locale, hash seed, folder, moment, language of the screen: none of them is in a document."""
    one = made(
        demo, tmp_path / "here", TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="1",
        TAIZHANG_NOW="2025-07-01T00:00:00+14:00",
    )  # fmt: skip
    other = made(
        demo, tmp_path / "there", TZ="America/New_York", LANG="zh_CN.UTF-8", LC_TIME="de_DE.UTF-8", PYTHONHASHSEED="2",
        TAIZHANG_LANG="en", TAIZHANG_NOW="2026-02-28T23:59:59-05:00",
    )  # fmt: skip
    assert {name for name, (code, _digest) in one.items() if code} == set()
    assert one == other


def everything_later(run: Runner, root: Path) -> None:
    """Much is written down, some of it of days before the reports."""
    lines = (
        ("note", "1-4", "-t", "补记", "--on", "2025-06-28"), ("note", "3", "-t", "七月"),
        ("edit", "1", "--remark", "另记", "--why", "补"), ("add", "新问题", "--category", "作风建设", "--on", "2025-06-02"),
        ("register", "meetings", "add", "--type", "推进会", "--title", "补登", "--on", "2025-06-20"),
        ("letter", "reply", "L1", "-t", "已办", "--on", "2025-06-29"), ("clue", "add", "补登线索", "--channel", "letter"),
        ("void", "5", "--why", "重复"), ("close", "1-9", "--result", "已办结", "--all", "--meeting", "第9次会议"),
        ("withhold", "2", "--kind", "secret", "--why", "涉密", "--signer", "张某"),
    )  # fmt: skip
    codes = [run("-C", root, *words, now=LATER).code for words in lines]
    assert codes.count(0) >= len(lines) // 2


def views(run: Runner, root: Path, *clock: str) -> dict[str, dict]:
    found = {
        kind: json.loads(run.ok("-C", root, "report", kind, *ids, "--json", *clock, now=LATER))
        for kind, ids in kinds()
    }
    return {kind: {**view, "known_at": None} for kind, view in found.items()}


def test_both_clocks_reach_every_kind(demo, tmp_path, run):
    """Known then, a report says what it said then; what was frozen holds, whatever was written down since."""
    root = tmp_path / "copy"
    shutil.copytree(demo, root)
    then = views(run, root, *DAY, "--known-at", MOMENT)
    whole = [f"{kind}.{form}" for kind, ids in kinds() if not ids for form in reports.FORMATS]
    asked = [word for name in whole for word in ("--report", name)]
    run.ok("-C", root, "freeze", "2025-06", *asked, now=MOMENT)
    everything_later(run, root)
    assert views(run, root, *DAY, "--known-at", MOMENT) == then
    now = views(run, root, *DAY)
    assert {"status", "book", "lists"} <= {kind for kind in now if now[kind] != then[kind]}
    document = json.loads(run.ok("-C", root, "verify", "--json", now=LATER))
    assert {each["file"] for each in document["periods"][0]["compared"] if each["what"] == "bytes"} == set(
        whole
    )
