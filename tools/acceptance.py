"""Score the importer on the acceptance documents beside this checkout, where they are.

    python tools/acceptance.py

The documents are not part of the project, and its own tests do not need them: without `../shared/acceptance`
this says so and succeeds.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MATERIAL = ROOT.parent / "shared" / "acceptance"
#: Folders of documents with their labels; every document in them is scored.
FOLDERS = ("seeds", "examples")


def main() -> None:
    """Run the scorer over every folder; exit 1 when one column is below 100."""
    scorer = MATERIAL / "import_score.py"
    if not scorer.exists():
        print("no acceptance documents beside this checkout: nothing to score")
        return
    failed = False
    for folder in FOLDERS:
        command = [sys.executable, str(scorer), "--ledger", shlex.join([sys.executable, "-m", "ledger"])]
        command += ["--min", "100", str(MATERIAL / folder)]
        print(f"import_score.py --min 100 {folder}", flush=True)
        failed |= subprocess.run(command, check=False).returncode != 0
    sys.exit(failed)


if __name__ == "__main__":
    main()
