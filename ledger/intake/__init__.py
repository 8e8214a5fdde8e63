"""What others send: read with limits, turned into proposals, nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from ledger.intake.proposal import Proposal


def read(
    name: str | Path,
    *,
    stdin: BinaryIO,
    mapping: Sequence[str] = (),
    on_progress: Callable[[int, int | None, str], None] | None = None,
) -> Proposal:
    """What a received file proposes; "-" stands for standard input.

    Args:
        name: A text, a web page, a Word document, a workbook, or rows with commas or tabs.
        stdin: Where "-" is read from.
        mapping: What columns of a workbook mean, and which sheet to read, as `--map` takes it.
        on_progress: Told now and then how much is done, of how much (None where nobody knows), and of what.

    Raises:
        NotFoundError: there is no such file.
        UsageError: it is a folder.
        RejectedInputError: too large, of a kind or in an encoding that is not read, damaged, or hostile.
        StorageError: the disk does not give it.
    """
    import hashlib
    from dataclasses import replace

    from ledger.intake import guarded
    from ledger.intake.proposal import Proposal
    from ledger.intake.reading import receive

    received = receive(name, stdin=stdin)
    arguments = {"mapping": list(mapping)}
    proposal = guarded.ask(
        "import", received, answers=(Proposal,), arguments=arguments, on_progress=on_progress
    )
    return replace(proposal, sha256=hashlib.sha256(received.data).hexdigest())
