"""What people install is whole, and nothing of the workshop is in it."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names and texts of the built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_templates_and_the_catalogue_are_in_the_wheel(wheel):
    """Report templates and the compiled Chinese catalogue ship inside the package."""
    shipped = {
        path.relative_to(ROOT / "templates").as_posix()
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    }
    assert {
        name.removeprefix("ledger/_templates/") for name in wheel if name.startswith("ledger/_templates/")
    } == shipped
    assert "ledger/locale/zh_CN/LC_MESSAGES/taizhang.mo" in wheel


def test_schemas_are_in_the_wheel(wheel):
    """The schema of every JSON document ships inside the package."""
    shipped = {path.name for path in (ROOT / "ledger" / "schemas").glob("*.json")}
    assert {
        name.removeprefix("ledger/schemas/") for name in wheel if name.startswith("ledger/schemas/")
    } == shipped
    assert "list.json" in shipped


def test_nothing_of_the_workshop_is_in_the_wheel(wheel):
    """Tests, tools, benchmarks, ledgers and unmerged translations stay in the checkout."""
    first = {name.split("/")[0] for name in wheel}
    assert {name for name in first if not name.endswith(".dist-info")} == {"ledger"}
    assert [name for name in wheel if "fragments" in name or name.endswith(".pyc")] == []


def test_both_scripts_lead_to_the_one_door(wheel):
    """`ledger` and `taizhang` are the same program."""
    (points,) = (text.decode() for name, text in wheel.items() if name.endswith("entry_points.txt"))
    assert sorted(line for line in points.splitlines() if "=" in line) == [
        "ledger = ledger.cli:run",
        "taizhang = ledger.cli:run",
    ]


def test_what_the_lock_installs_fits_what_the_project_asks_for():
    """The lock names every direct dependency of the project and of its developers."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = [each.split(">=")[0] for each in wanted]
    assert [name for name in names if f"\n{name}==" not in f"\n{lock}"] == []
