"""Make the environment `make` works in: `.venv`, from the lock file alone, compiled.

    python3 tools/environment.py

Needs Python 3.11 or newer with its own `venv`, and nothing else. Done once for each state of the lock file:
the stamp `.venv/ready` holds the lock's hash.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = HOME / "ready"
#: Where a virtual environment keeps its programs: the one difference between systems that matters here.
PYTHON = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def main() -> None:
    """Bring `.venv` up to the lock, or say that it is."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the Python that starts this is whichever the machine has
        found = sys.version.split()[0]
        sys.exit(f"error: Python 3.11 or newer is needed, this is {found}\nhint: make PYTHON=python3.12 ...")
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="ascii") == wanted and _works():
        return
    if not _works():
        print("making .venv", flush=True)
        shutil.rmtree(HOME, ignore_errors=True)
        venv.create(HOME, with_pip=True)
    print("installing what requirements.lock names (a minute or two, once)", flush=True)
    # The lock is complete, so nothing is resolved, and nothing it does not name is downloaded.
    _pip("install", "--quiet", "--require-hashes", "--no-deps", "-r", str(LOCK))
    _pip("install", "--quiet", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    # Start-up is measured and promised; without compiled files every run costs four times as much.
    subprocess.run([PYTHON, "-m", "compileall", "-q", "-j", "0", _libraries()], check=False, env=_plain())
    STAMP.write_text(wanted, encoding="ascii")


def _plain() -> dict[str, str]:
    """The environment without what would keep Python from writing compiled files."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _works() -> bool:
    """Whether `.venv` has a Python of ours with pip: a moved or half-made one has not."""
    if not PYTHON.exists():
        return False
    probe = f"import pip, sys; sys.exit(sys.version_info < (3, 11) or sys.prefix != {str(HOME)!r})"
    return subprocess.run([PYTHON, "-c", probe], capture_output=True, check=False).returncode == 0


def _pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", *arguments]
    if subprocess.run(command, check=False, env=_plain()).returncode:
        sys.exit(
            f"error: pip {arguments[0]} failed\nhint: its own message is above; make again goes on from there"
        )


def _libraries() -> str:
    return sysconfig.get_path("purelib", vars={"base": str(HOME), "platbase": str(HOME)})


if __name__ == "__main__":
    main()
