"""Turn every paper into pages and look at them, after putting in place what that takes.

    python tools/visual.py

Needs LibreOffice, Chromium, poppler and a Chinese typeface. What is missing is installed where this may be
done (Debian and its like, as root); elsewhere it is named, and nothing is run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
#: Debian's package of each thing that is needed, with the programs of which any one will do.
PROGRAMS: Final = {
    "libreoffice-writer": ("lowriter",),
    "libreoffice-calc": ("localc",),
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "poppler-utils": ("pdftoppm",),
    "fontconfig": ("fc-list",),
}
#: The typefaces, which are no program.
TYPEFACES: Final = "fonts-noto-cjk"


def main() -> None:
    """Install what is missing, then run the tests of tests/visual."""
    if wanted := list(missing()):
        install(wanted)
    if wanted := list(missing()):
        names = " ".join(wanted)
        sys.exit(f"error: not installed: {names}\nhint: install these packages of Debian, then try again")
    spread = ["-n", "2", "--dist", "loadfile"]  # a file's papers are printed once, by who runs its tests
    command = [sys.executable, "-m", "pytest", "-q", *spread, "tests/visual", *sys.argv[1:]]
    sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)


def missing() -> Iterator[str]:
    """The packages of what is not there."""
    for package, programs in PROGRAMS.items():
        if not any(map(shutil.which, programs)):
            yield package
    if not chinese():
        yield TYPEFACES


def chinese() -> bool:
    """Whether there is a typeface with Chinese characters."""
    if shutil.which("fc-list") is None:
        return False
    found = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, check=False)
    return bool(found.stdout.strip())


def install(packages: list[str]) -> None:
    """Install packages where there is apt and the right to use it."""
    if shutil.which("apt-get") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    print(f"installing {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        # What fails is named afterwards by what is still missing; the last lines of apt say why.
        done = subprocess.run(
            ["apt-get", "-q", "-q", *arguments], check=False, env=environment, capture_output=True, text=True
        )
        if done.returncode:
            print(*done.stderr.splitlines()[-5:], sep="\n", flush=True)


if __name__ == "__main__":
    main()
