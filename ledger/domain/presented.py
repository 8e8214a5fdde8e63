"""A checkpoint somebody kept and holds against a ledger: what it says, and what became of a history since."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.checkpoint import FORM, LINE, MARK, NOTHING, PRINTED, Checkpoint, Head, PlanDigest, Short
from ledger.domain.replay import up_to
from ledger.domain.text import excerpt
from ledger.errors import DamageError, RejectedInputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.domain.entry import Entry

_OPENS = re.compile(rf"{MARK}/([0-9]+)(?![0-9])")
_HEADER = re.compile(r"([a-z0-9]+): ?(.*)")
_PLAN = re.compile(r"plan/([1-9][0-9]*) ([0-9a-f]{64})")
_SHORT = re.compile(
    rf"{MARK}/1 (\S+) made=(\S+) records=([0-9]+) entries=([0-9]+) last=(\S+) sha256=([0-9a-f]{{32,64}})"
)
#: What follows a checkpoint in a mail or a signed tag begins so.
_AFTER = "--"


class DamagedCheckpointError(DamageError):
    """A checkpoint was changed after it was made. Units: `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        """Say where and what; the way out is always the same."""
        super().__init__(message, _("take another copy of it: nothing was held against this one"))
        self.line = line


# -- reading one -------------------------------------------------------------------------------------------


def parse(text: str, name: str) -> Checkpoint | Short:
    """The checkpoint in a text that somebody kept; what stands around it, as in a mail, is passed over.

    Shape: `name` is how messages call the text.

    Raises:
        RejectedInputError: there is no checkpoint in it, or one of a newer form.
        DamageError: it was changed since it was made; the line is named.
    """
    lines = [line.rstrip() for line in text.removeprefix("\ufeff").split("\n")]
    start = next((index for index, line in enumerate(lines) if _OPENS.match(line)), None)
    if start is None:
        message = _("{name} is no checkpoint").format(name=name)
        raise RejectedInputError(message, _("give a file made by: ledger checkpoint -o FILE"))
    opens = _OPENS.match(lines[start])
    if opens is None or int(opens[1]) != FORM:
        message = _("{name} was made by another version of the program").format(name=name)
        raise RejectedInputError(message, _("update the program, then run the command again"))
    if lines[start] != opens[0]:
        return _short(lines, start)
    return _whole(lines, start)


def _short(lines: Sequence[str], start: int) -> Short:
    """A short form, which a mail may have broken into several lines."""
    found = _SHORT.match(" ".join(" ".join(lines[start:]).split()))
    if found is None:
        raise DamagedCheckpointError(start + 1, _("this line is not a checkpoint as it was made"))
    ledger, made, records, entries, last, digest = found.groups()
    return Short(ledger, made, int(records), int(entries), last.removeprefix(NOTHING), digest)


def _whole(lines: Sequence[str], start: int) -> Checkpoint:
    said: dict[str, tuple[int, str]] = {}
    heads: list[Head] = []
    plans: list[PlanDigest] = []
    places: dict[str, int] = {}
    for number, line in enumerate(lines[start + 1 :], start + 2):
        if line.startswith(_AFTER):
            break
        if head := LINE.fullmatch(line):
            heads.append(Head(head[1], int(head[2]), head[3], int(head[4]), head[5]))
            places[line] = number
        elif plan := _PLAN.fullmatch(line):
            plans.append(PlanDigest(int(plan[1]), plan[2]))
            places[line] = number
        elif header := _HEADER.fullmatch(line):
            said[header[1]] = (number, header[2])
        elif line:
            raise DamagedCheckpointError(number, _("this line is not one of a checkpoint"))
    values = {name: value for name, (_number, value) in said.items()}
    checkpoint = Checkpoint(
        ledger=values.get("ledger", ""),
        title=values.get("title", ""),
        made=values.get("made", ""),
        program=values.get("program", ""),
        last=values.get("last", "").removeprefix(NOTHING),
        heads=tuple(heads),
        plans=tuple(plans),
        places=places,
    )
    _agrees(checkpoint, said, start + 1)
    return checkpoint


def _agrees(checkpoint: Checkpoint, said: Mapping[str, tuple[int, str]], start: int) -> None:
    """Refuse a checkpoint whose header is not that of its lines."""
    for name, given in checkpoint.header.items():
        line, value = said.get(name, (start, None))
        if value is None:
            raise DamagedCheckpointError(
                line,
                _("the checkpoint was changed after it was made: it does not say {name}").format(name=name),
            )
        if value != given:
            message = _(
                "the checkpoint was changed after it was made: {name} is {said}, its lines give {given}"
            )
            shown = {"said": excerpt(value, PRINTED), "given": excerpt(given, PRINTED)}
            raise DamagedCheckpointError(line, message.format(name=name, **shown))


# -- holding a ledger against it ---------------------------------------------------------------------------


class Lost(NamedTuple):
    """What is left of a history that a checkpoint saw.

    Shape: `reached` is how many entries the head it saw stands for now, 0 when that is not in the history any
        more; `entries` how many there are.
    """

    reached: int
    entries: int


def lost(head: Head, history: Sequence[Entry]) -> Lost | None:
    """What is left of a history that does not go on from what a checkpoint saw; nothing when it does."""
    reached = len(up_to(history, head.head))
    return None if reached == head.entries else Lost(reached, len(history))


@dataclass(frozen=True)
class Presented:
    """A checkpoint that somebody holds against the ledger.

    Shape: `name` is how its file was named, `lines` are those of the file; `found` is what it says, or why
        it says nothing.
    """

    name: str
    lines: tuple[str, ...]
    found: Checkpoint | Short | DamagedCheckpointError

    @cached_property
    def heads(self) -> Mapping[str, Head]:
        """What it says of each record, by uid."""
        return {each.uid: each for each in self.found.heads} if isinstance(self.found, Checkpoint) else {}

    @property
    def made(self) -> str:
        """When it was made, as a person writes it."""
        made = "" if isinstance(self.found, DamagedCheckpointError) else self.found.made
        return made[:16].replace("T", " ")

    @property
    def last(self) -> str | None:
        """The newest entry it knew, where the ledger as it was then is needed to prove it."""
        return self.found.last if isinstance(self.found, Short) else None


def presented(text: str, name: str) -> Presented:
    """A checkpoint as somebody holds it against a ledger; one that was changed says so.

    Raises:
        RejectedInputError: as `parse`.
    """
    try:
        found: Checkpoint | Short | DamagedCheckpointError = parse(text, name)
    except DamagedCheckpointError as error:
        found = error
    return Presented(name, tuple(text.split("\n")), found)
