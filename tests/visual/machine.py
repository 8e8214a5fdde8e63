"""The programs that turn papers into pages, and what can be seen of a page: text, size, typefaces, ink."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: A4 in points, one way and the other, as far as a printer is off.
A4 = (595, 842)
#: Units: millimetres at the edge of a page on which nothing is printed; a printer cannot.
EDGE = 5
#: The number of a page, on a line of its own.
NUMBER = re.compile(r"^ *[-–—] *\d+ *[-–—] *$", re.MULTILINE)
#: How much of its height a word may share with one above it, for typefaces are higher than their letters.
SHARED = 0.25
#: Units: dots to the inch, when ink is looked at.
DOTS = 40
#: Units: seconds one run of a program may take.
PATIENCE = 240
#: What the browser asks for on its own account says that no page asked for it. Source: Chromium's net log.
OF_ITS_OWN = "not an origin"


class Page(NamedTuple):
    """One page of a document.

    Shape: `text` without any blank; `lying` is an A4 that lies; `edges` says whether ink stands at its edge.
    """

    text: str
    size: tuple[int, int]
    ink: int
    edges: bool

    @property
    def lying(self) -> bool:
        """Whether it is wider than it is high."""
        return self.size[0] > self.size[1]


class Opened(NamedTuple):
    """What the browser said and asked for while it opened a page and printed it."""

    console: list[str]
    asked: list[str]


def program(*names: str) -> str:
    """The first of several programs that is there."""
    found = next(filter(None, map(shutil.which, names)), None)
    assert found is not None, f"none of {', '.join(names)} is installed: make visual installs what it needs"
    return found


def run(*command: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([str(each) for each in command], capture_output=True, check=True, timeout=PATIENCE)


def to_pdf(papers: Iterable[Path], folder: Path) -> None:
    """Word documents and workbooks as PDF, all in one run of the office."""
    profile = (folder / "profile").as_uri()
    office = program("soffice", "libreoffice")
    run(
        office,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        folder,
        *papers,
    )


def browse(page: Path, printed: Path) -> Opened:
    """Open a page in a browser that reaches no other machine, and print it."""
    log = printed.with_suffix(".net.json")
    done = _browser(
        page, printed.parent, "--enable-logging=stderr", f"--log-net-log={log}", f"--print-to-pdf={printed}"
    )
    console = [each for each in done.stderr.decode(errors="replace").splitlines() if ":CONSOLE:" in each]
    return Opened(console, _asked(json.loads(log.read_bytes()), page.as_uri()))


def _browser(page: Path, folder: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    return run(
        program("chromium", "chromium-browser", "google-chrome"),
        *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *("--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder / 'profile'}"),
        *("--no-pdf-header-footer", *options, page.as_uri()),
    )


def _asked(log: dict, itself: str) -> list[str]:
    """The addresses a page asked for, apart from itself and from what the browser wants for its own purposes."""
    start = log["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    found = [
        each["params"] for each in log["events"] if each["type"] == start and "url" in each.get("params", {})
    ]
    return [each["url"] for each in found if each.get("initiator") != OF_ITS_OWN and each["url"] != itself]


def pages(pdf: Path) -> list[Page]:
    """The pages of a PDF, each as it is seen."""
    texts = run(program("pdftotext"), "-raw", "-enc", "UTF-8", pdf, "-").stdout.decode().split("\f")[:-1]
    info = run(program("pdfinfo"), "-l", "9999", pdf).stdout.decode()
    sizes = re.findall(r"^Page +\d+ size: +([0-9.]+) x ([0-9.]+)", info, flags=re.MULTILINE)
    stem = pdf.with_suffix("")
    run(program("pdftoppm"), "-gray", "-r", str(DOTS), pdf, stem)
    images = sorted(pdf.parent.glob(f"{pdf.stem}-*.pgm"))
    assert len(texts) == len(sizes) == len(images)
    return [
        Page(
            squeezed(NUMBER.sub("", text)),
            (round(float(wide)), round(float(high))),
            *_ink(image.read_bytes()),
        )
        for text, (wide, high), image in zip(texts, sizes, images, strict=True)
    ]


def overlapping(pdf: Path) -> list[tuple[str, str]]:
    """Words of one page that stand on one another: what does not fit into its box runs into the next."""
    told = run(program("pdftotext"), "-bbox", "-enc", "UTF-8", pdf, "-").stdout.decode()
    return [
        (one[4], other[4])
        for page in told.split("<page ")[1:]
        for one, other in combinations(_boxes(page), 2)
        if _deep(one, other)
    ]


def _boxes(page: str) -> list[tuple[float, float, float, float, str]]:
    found = re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', page)
    return [(float(x), float(y), float(right), float(low), text) for x, y, right, low, text in found]


def _deep(one: tuple, other: tuple) -> bool:
    """Whether two words share more than lines do that stand close."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 1 and down > SHARED * min(one[3] - one[1], other[3] - other[1])


def _ink(image: bytes) -> tuple[int, bool]:
    """How many dark dots a grey picture has, and whether any stands at its edge."""
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", image)
    assert head is not None
    wide, high = int(head[1]), int(head[2])
    dots, edge = image[head.end() :], EDGE * DOTS * 10 // 254
    rows = [dots[at : at + wide] for at in range(0, wide * high, wide)]
    border = [*rows[:edge], *rows[-edge:], *(row[:edge] + row[-edge:] for row in rows)]
    return sum(dot < 128 for dot in dots), any(dot < 192 for row in border for dot in row)


def picture(pdf: Path, page: int, to: Path, dots: int) -> None:
    """A picture of one page of a PDF."""
    one = ("-f", str(page), "-l", str(page), "-singlefile")
    run(program("pdftoppm"), "-png", "-r", str(dots), *one, pdf, to.with_suffix(""))


def typefaces(pdf: Path) -> list[str]:
    """The typefaces a PDF is set in, as they are called inside it."""
    lines = run(program("pdffonts"), pdf).stdout.decode().splitlines()[2:]
    return sorted({line.split()[0].split("+")[-1] for line in lines})


def squeezed(text: str) -> str:
    """A text without any blank."""
    return "".join(text.split())
