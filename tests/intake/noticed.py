"""Reads a notice given as clean text, as the program reads one that came as a file."""

from __future__ import annotations

from ledger.intake.document import Document
from ledger.intake.lines import split
from ledger.intake.notice import read_document


def read_notice(text, *, file):
    """What the text proposes."""
    return read_document(Document(tuple(split(text))), file=file)
