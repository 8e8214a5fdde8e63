"""What others send: read with limits, turned into proposals, nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from ledger.intake.proposal import Proposal


def read(name: str | Path, *, stdin: BinaryIO) -> Proposal:
    """What a received file proposes; "-" stands for standard input.

    Raises:
        NotFoundError: there is no such file.
        UsageError: it is a folder.
        RejectedInputError: too large, not text, or in no encoding that is read.
        StorageError: the disk does not give it.
    """
    from ledger.intake.notice import read_notice
    from ledger.intake.reading import receive

    received = receive(name, stdin=stdin)
    return read_notice(received.text, file=received.name, remarks=received.remarks)
