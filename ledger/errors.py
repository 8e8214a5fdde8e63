"""Everything that can end a command, and the code it ends with.

    LedgerError             1  anything else we know about
    ├── UsageError          2  the request makes no sense
    ├── NotFoundError       3  nothing of that name
    ├── RefusedError        4  a rule says no
    │   ├── NoResultError   4  … because nobody said what was achieved
    │   └── NoSignerError   4  … because nobody said who signed
    ├── LockedError         5  another command is writing
    ├── ConflictError       6  the file was changed outside meanwhile
    ├── DamageError         7  a record cannot be read, or its history does not hold
    ├── StorageError        8  the disk refuses: full, read-only, gone
    └── RejectedInputError  9  a received file or text is refused

Source: docs/contract.md §4. A `Fault` (domain/rules.py) is not an error: it is what `check` finds.
"""

from __future__ import annotations

from typing import Any, ClassVar


class LedgerError(Exception):
    """Something a command could not do, said in one sentence, with the next step.

    Attributes:
        message: What is wrong, naming the thing; no final full stop.
        hint: What to do next; empty when there is nothing to say.
        code: A stable ASCII name for scripts.
    """

    exit_code: ClassVar[int] = 1
    code: ClassVar[str] = "error"

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep both sentences."""
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        """Reach another process as it is, whatever the sentences were made from."""
        return _again, (type(self), self.args, vars(self))


def _again(kind: type[LedgerError], args: tuple[Any, ...], values: dict[str, Any]) -> LedgerError:
    error = kind.__new__(kind, *args)
    vars(error).update(values)
    return error


class UsageError(LedgerError):
    """The request makes no sense."""

    exit_code = 2
    code = "usage"


class NotFoundError(LedgerError):
    """There is nothing of that name."""

    exit_code = 3
    code = "not_found"


class RefusedError(LedgerError):
    """A rule of the ledger says no."""

    exit_code = 4
    code = "refused"


class NoResultError(RefusedError):
    """Something is to be reported done without a result."""

    code = "no_result"


class NoSignerError(RefusedError):
    """A step names who signs, and nobody was named."""

    code = "no_signer"


class LockedError(LedgerError):
    """Another command is writing."""

    exit_code = 5
    code = "locked"


class ConflictError(LedgerError):
    """The file was changed outside, or clashes with this change."""

    exit_code = 6
    code = "conflict"


class DamageError(LedgerError):
    """A record cannot be read, or its history does not hold."""

    exit_code = 7
    code = "damage"


class StorageError(LedgerError):
    """The disk refuses: full, read-only, or gone."""

    exit_code = 8
    code = "storage"


class RejectedInputError(LedgerError):
    """A received file or text is refused."""

    exit_code = 9
    code = "rejected"
