"""Read and parse every record with the standard library alone: the measure R, and a search by hand.

    python benchmarks/reading.py FOLDER [WORD]

With a word, prints a JSON list: every title and text of a measure that holds it, as [id, field].
"""

from __future__ import annotations

import json
import sys
import tomllib
import unicodedata
from pathlib import Path
from typing import Any


def main() -> None:
    """Read, parse, and print what was asked for."""
    folder, *words = sys.argv[1:]
    found: list[tuple[str, str]] = []
    for path in sorted(Path(folder).iterdir()):
        document = tomllib.loads(path.read_bytes().decode())
        if words:
            found += _places(document, _plain(words[0]))
    if words:
        print(json.dumps(found))


def _places(document: dict[str, Any], word: str) -> list[tuple[str, str]]:
    number = str(document["number"])
    found = [(number, "title")] if word in _plain(document["title"]) else []
    for measure in document["measures"]:
        if word in _plain(measure["text"]):
            found.append((f"{number}.{measure['number']}", "text"))
    return found


def _plain(text: str) -> str:
    """Without what search does not look at: width, case and blanks."""
    narrow = unicodedata.normalize("NFKC", text).casefold()
    return "".join(unicodedata.normalize("NFKC", narrow).split())


if __name__ == "__main__":
    main()
