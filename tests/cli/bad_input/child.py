"""The program as a process of its own, and where a test makes sense."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager

import pytest

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="rights and limits of Linux")
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="a thing of Unix")
PROGRAM = [sys.executable, "-m", "ledger"]


def environment(**changes: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1", **changes}


def child(*argv: str, **options) -> subprocess.CompletedProcess:
    """The program as a process of its own."""
    options = {"capture_output": True, "check": False, "timeout": 60, "env": environment(), **options}
    return subprocess.run([*PROGRAM, *argv], **options)


HOLDER = """
import sys
from pathlib import Path
from ledger.store.lock import locked
with locked(Path("ledgers/.state"), by="王某", command="import"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_writer():
    """Another process that is writing, until the block ends; gives its number."""
    options = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "env": environment()}
    with subprocess.Popen([sys.executable, "-c", HOLDER], **options) as process:
        assert process.stdout.readline() == b"held\n"
        try:
            yield process.pid
        finally:
            process.stdin.close()
