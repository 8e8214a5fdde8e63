from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

SUITE = """
    import pytest

    def test_one(golden):
        golden("one.txt", "一\\n")
"""


def pytest_in(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run a small suite that has our conftest; give its code and output."""
    tests = folder / "tests"
    tests.mkdir(exist_ok=True)
    (folder / "pytest.ini").write_text("[pytest]\ntestpaths = tests\n")
    (tests / "conftest.py").write_bytes((ROOT / "tests/conftest.py").read_bytes())
    (tests / "test_small.py").write_text(textwrap.dedent(SUITE), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    run = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return run.returncode, run.stdout + run.stderr


def test_a_failing_run_writes_no_golden_file(tmp_path):
    """A golden file is never rewritten by a failing run."""
    kept = tmp_path / "tests/golden/one.txt"
    kept.parent.mkdir(parents=True)
    kept.write_bytes("二\n".encode())
    assert pytest_in(tmp_path)[0] == 1
    assert kept.read_bytes() == "二\n".encode()
    assert pytest_in(tmp_path, "--update-golden")[0] == 0
    assert kept.read_bytes() == "一\n".encode()


@pytest.mark.parametrize("arguments", [(), ("-n", "2")])
def test_an_unused_golden_file_fails_a_full_run(tmp_path, arguments):
    """Unused golden files fail the full run, and only the full run, with and without workers."""
    golden = tmp_path / "tests/golden"
    golden.mkdir(parents=True)
    (golden / "one.txt").write_bytes("一\n".encode())
    assert pytest_in(tmp_path, *arguments)[0] == 0
    (golden / "old.txt").write_bytes(b"x\n")
    code, printed = pytest_in(tmp_path, *arguments)
    assert (code, "tests/golden/old.txt" in printed) == (1, True)
    assert pytest_in(tmp_path, *arguments, "-k", "one")[0] == 0


def test_every_test_is_alone(tmp_path):
    """A test sees one fixed day and person, an empty folder, and no setting of this machine."""
    assert os.environ["TAIZHANG_NOW"] == "2025-03-01T09:00:00+08:00"
    assert Path.cwd() == tmp_path
    assert list(tmp_path.iterdir()) == []
    assert list(Path(os.environ["HOME"]).iterdir()) == []
