"""Reports made by a machine at night: no terminal, no questions, quiet, and a code that says how it went."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ledger import reports
from tests.conftest import isolated

ROOT = Path(__file__).resolve().parents[2]


def night(*argv: str, cwd: Path, **more: str) -> tuple[int, str, str]:
    """A command as cron starts it: hardly any variables, nothing to read, nobody to ask."""
    home = cwd / "home"
    home.mkdir(exist_ok=True)
    kept = {name: value for name, value in isolated(home).items() if value is not None}
    bare = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(ROOT), **more}
    bare |= {name: kept[name] for name in ("TAIZHANG_NOW", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM")}
    done = subprocess.run(
        [sys.executable, "-m", "ledger", *argv],
        cwd=cwd, env=bare, stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def office(run, tmp_path) -> Path:
    """A small Chinese ledger."""
    run.ok("init", "t", "--title", "台账", "--org", "柳河镇", "--lang", "zh", cwd=tmp_path)
    run.ok("add", "文风不实", "-m", "修订办法", "--unit", "办公室", "--due", "2025-05-31", cwd=tmp_path)
    return tmp_path


@pytest.mark.parametrize("form", [form for form in reports.FORMATS if form != "zip"])
def test_a_monthly_export_is_quiet(office, form):
    """With -q a report that was written says nothing at all, whatever the format."""
    name = f"2025-06.{form}"
    assert night("report", "status", "--as-of", "2025-06-30", "-q", "-o", name, cwd=office) == (0, "", "")
    assert (office / name).stat().st_size > 500


def test_a_report_goes_down_a_pipe(office):
    """Without -o the document is on stdout, in the language of the ledger, and nothing else."""
    code, out, err = night("report", "status", "--as-of", "2025-06-30", cwd=office)
    assert (code, err) == (0, "")
    assert out.startswith("# 台账 整改月调度表\n")


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (["report", "nope"], 2, "nope"),
        (["report", "status", "-o", "nope/a.md"], 3, "nope"),
        (["report", "status", "-o", "a.pdf"], 2, "pdf"),
        (["report", "status", "--known-at", "yesterdayish"], 3, "yesterdayish"),
        (["report", "status", "-L", "nope"], 3, "nope"),
    ],
)
def test_what_goes_wrong_has_its_code(office, argv, code, said):
    """A script sees the code, a person one message with the next step; no file is left."""
    before = sorted(path.name for path in office.iterdir())
    found, out, err = night(*argv, cwd=office)
    assert (found, out) == (code, "")
    assert said in err
    assert "Traceback" not in err
    assert len(err.splitlines()) == 2
    assert sorted(path.name for path in office.iterdir()) == sorted({*before, "home"})


def test_figures_that_do_not_agree_are_said(office):
    """A wrong share in the office's own words is a warning; with --strict nothing is written."""
    (office / "ledgers/t/prose").mkdir(exist_ok=True)
    own = office / "ledgers/t/prose/organisation.md"
    own.write_text("受理线索515条，办结412条，办结率80.1%。\n", encoding="utf-8")
    code, _out, err = night("report", "notice", "-o", "a.md", cwd=office)
    assert (code, (office / "a.md").exists()) == (0, True)
    assert "报表中的数字对不上：" in err
    code, out, err = night("report", "notice", "--strict", "-o", "b.md", cwd=office)
    assert (code, out, (office / "b.md").exists()) == (4, "", False)
    assert "报表中的数字对不上，没有写出：" in err
