"""What others send: read with limits, turned into proposals, nothing written."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import BinaryIO

    from ledger.intake.document import Tell
    from ledger.intake.figured import Figures
    from ledger.intake.plainrows import PlainSheets
    from ledger.intake.proposal import Proposal
    from ledger.intake.returned import Returned


def read(
    name: str | Path,
    *,
    stdin: BinaryIO,
    mapping: Sequence[str] = (),
    on_progress: Tell | None = None,
) -> Proposal:
    """What a received file proposes; see `answer`.

    Raises:
        RejectedInputError: it is a workbook of ours that came back.
    """
    from ledger.errors import RejectedInputError
    from ledger.intake.proposal import Proposal

    found = answer(name, stdin=stdin, mapping=mapping, on_progress=on_progress)
    if not isinstance(found, Proposal):
        message = _("{file} is a workbook that went out from a ledger").format(file=found.file)
        raise RejectedInputError(message, _("take it back with: ledger import FILE"))
    return found


def answer(
    name: str | Path,
    *,
    stdin: BinaryIO,
    mapping: Sequence[str] = (),
    on_progress: Tell | None = None,
) -> Proposal | Returned:
    """What a received file proposes, or a workbook of ours that came back; "-" stands for standard input.

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
    from ledger.intake.returned import Returned

    received = receive(name, stdin=stdin)
    arguments = {"mapping": list(mapping)}
    found: object = guarded.ask(
        "import", received, answers=(Proposal, Returned), arguments=arguments, on_progress=on_progress
    )
    if isinstance(found, Returned):
        return found
    assert isinstance(found, Proposal)
    return replace(found, sha256=hashlib.sha256(received.data).hexdigest())


def plain_rows(
    name: str | Path, *, stdin: BinaryIO, on_progress: Tell | None = None
) -> tuple[PlainSheets, str]:
    """The rows of a received list as texts, and the digest of its bytes; "-" stands for standard input.

    Raises:
        NotFoundError: there is no such file.
        UsageError: it is a folder.
        RejectedInputError: too large, of a kind or in an encoding that is not read, damaged, or hostile.
        StorageError: the disk does not give it.
    """
    import hashlib

    from ledger.intake import guarded
    from ledger.intake.plainrows import PlainSheets
    from ledger.intake.reading import receive

    received = receive(name, stdin=stdin)
    found = guarded.ask("rows", received, answers=(PlainSheets,), arguments={}, on_progress=on_progress)
    return found, hashlib.sha256(received.data).hexdigest()


def claims(
    name: str | Path,
    *,
    stdin: BinaryIO,
    on_progress: Tell | None = None,
) -> Figures:
    """What a received file says of its own figures; "-" stands for standard input.

    Shape: working days are not counted yet (`figured.with_workdays`).

    Raises:
        NotFoundError: there is no such file.
        UsageError: it is a folder.
        RejectedInputError: too large, of a kind or in an encoding that is not read, damaged, or hostile.
        StorageError: the disk does not give it.
    """
    from ledger.intake import guarded
    from ledger.intake.figured import Figures
    from ledger.intake.reading import receive

    received = receive(name, stdin=stdin)
    return guarded.ask("figures", received, answers=(Figures,), arguments={}, on_progress=on_progress)
