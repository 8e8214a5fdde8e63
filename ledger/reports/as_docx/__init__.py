"""A report as a Word document, set as official documents are; read back before anybody gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from ledger.reports.archive import unpacked
from ledger.reports.as_docx import body, package
from ledger.reports.told import hold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledger.reports.views import Report


def render(report: Report, _folder: Path | None = None) -> bytes:
    """The report as a .docx file; the same report gives the same bytes.

    Raises:
        LedgerError: the document would not say everything the report says.

    Source: GB/T 9704-2012; DECISIONS.md D-98, D-99.
    """
    made = package.file(report, body.written(report))
    hold(report, said(made))
    return made


def said(document: bytes) -> Iterator[str]:
    """What a document of ours says, run by run: each holds one line of one text, or what joins two."""
    tab, run = f"{{{package.WORD}}}tab", f"{{{package.WORD}}}r"
    for each in ElementTree.fromstring(unpacked(document)[package.DOCUMENT]).iter(run):  # noqa: S314 - ours
        yield "".join("\t" if part.tag == tab else part.text or "" for part in each)
