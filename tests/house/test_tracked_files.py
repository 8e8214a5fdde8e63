"""What may stand in the files of the repository."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: Folders of one machine, which say nothing on another: put together here so that this file has none.
FOLDERS = ("root", "home", "work", "Users", "opt", "tmp/b")
MACHINE_PATH = re.compile(rf"(?<![\w.}}>)*-])/(?:{'|'.join(FOLDERS)})/\w")


def tracked() -> list[Path]:
    run = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if run.returncode:
        pytest.skip("not a git checkout: this is an unpacked release")
    return [ROOT / name for name in run.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


def test_no_file_names_a_folder_of_one_machine():
    """Nothing tracked holds a path of the machine it was written on."""
    found = [(path.name, hit[0]) for path in tracked() for hit in MACHINE_PATH.finditer(text(path))]
    assert found == []


def test_the_rule_about_paths_can_fail():
    """The pattern sees a path of a machine, and leaves web addresses and relative paths alone."""
    assert MACHINE_PATH.search("see /" + "home/lin/ledger")
    assert not MACHINE_PATH.search("https://example.org/" + "home/page or ./" + "work/it")


def test_no_file_names_where_packages_come_from():
    """The lock file and the settings name packages and hashes, never a host."""
    for name in ("requirements.lock", "pyproject.toml", "Makefile"):
        assert (
            re.findall(r"^\s*--(?:index|extra-index|find-links).*$|https?://\S+", text(ROOT / name), re.M)
            == []
        )


def test_text_ends_its_lines_in_one_way():
    """No tracked text file has a carriage return; evidence and binary files aside."""
    binary = {".mo", ".docx", ".xlsx", ".png"}
    files = [path for path in tracked() if path.suffix not in binary and "evidence" not in path.parts]
    assert [path.name for path in files if b"\r" in path.read_bytes() and path.parent.name != "hostile"] == []


def test_every_locked_package_has_a_hash_and_a_reason():
    """Every package of the lock has a hash, and every dependency in pyproject.toml a comment above it."""
    lock = text(ROOT / "requirements.lock")
    packages = re.findall(r"^[a-z0-9].*$(?:\n    .*)*", lock, re.MULTILINE)
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []
    project = text(ROOT / "pyproject.toml")
    block = project[project.index("dependencies = [") : project.index("[project.scripts]")].splitlines()[1:-2]
    for above, line in zip(block, block[1:], strict=False):
        if line.strip().startswith('"'):
            assert above.strip().startswith("#"), f"no reason above {line.strip()}"
            assert {">", "<"} <= set(line), f"no bounds: {line.strip()}"
