"""Pictures of papers for the documentation: `python -m tests.visual.pictures` writes docs/pictures.

They are looked at before they are committed. What they show is the demonstration, so they may be made anew at
any time; other releases of the programs give other bytes.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.visual import demonstration, machine

FOLDER = demonstration.ROOT / "docs" / "pictures"
#: What is shown: kind and form of a paper and which of its pages, by the name of the picture.
PAPERS = {
    "status": ("status", "docx", 1),
    "closeout": ("closeout", "docx", 2),
    "lists": ("lists", "docx", 1),
    "notice": ("notice", "docx", 1),
    "letter": ("letter", "docx", 1),
    "lookback": ("lookback", "docx", 1),
}
#: The kind whose page is shown as it is printed, and which of its pages: one with charts.
PRINTED = ("status", 4)
#: Units: dots to the inch, of a paper and of the page.
DOTS, FINER = 66, 84
#: The most a picture may weigh. Units: bytes.
MOST = 150_000


def main() -> None:
    """Make the demonstration, its papers, and their pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        sight = demonstration.ledger(folder / "demo")
        papers = {
            name: demonstration.paper(sight, kind, form, folder) for name, (kind, form, _) in PAPERS.items()
        }
        machine.to_pdf([paper.path for paper in papers.values()], folder)
        for name, paper in papers.items():
            machine.picture(paper.pdf, PAPERS[name][2], FOLDER / f"{name}.png", DOTS)
        page = demonstration.paper(sight, PRINTED[0], "html", folder)
        machine.browse(page.path, page.pdf)
        machine.picture(page.pdf, PRINTED[1], FOLDER / "page.png", FINER)
    heavy = [path.name for path in FOLDER.iterdir() if path.stat().st_size > MOST]
    assert heavy == [], heavy


if __name__ == "__main__":
    main()
