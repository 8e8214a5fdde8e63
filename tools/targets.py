"""Print the targets of a Makefile with what their comments say: `python tools/targets.py Makefile`."""

from __future__ import annotations

import re
import sys
from pathlib import Path


def main() -> None:
    """One line a target, in the file's order."""
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    for name, words in re.findall(r"^([a-z]+):.*?##\s*(.+)$", text, flags=re.MULTILINE):
        print(f"make {name:10} {words}")


if __name__ == "__main__":
    main()
