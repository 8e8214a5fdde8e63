"""Checkpoints (校验点): how many entries each history has and where it ends, for somebody else to keep.

A history proves itself only from the inside: whoever can rewrite all of it, or cut its end, leaves one that
holds. A checkpoint kept elsewhere shows both.
"""

from __future__ import annotations

import hashlib
import re
from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.replay import up_to
from ledger.domain.schema import SCHEMAS
from ledger.domain.text import excerpt, visible
from ledger.errors import DamageError, RejectedInputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ledger.domain.entry import Entry

#: What a checkpoint begins with, before a slash and the number of its form.
MARK: Final = "ledger-checkpoint"
FORM: Final = 1
#: How much of a hash is printed. Units: hexadecimal digits; 128 bits cannot be met by trying.
PRINTED: Final = 32
#: Put before the bytes of what reports print, so that the hash can never be that of something else.
TAG: Final = b"ledger-checkpoint/1\0"

_OPENS = re.compile(rf"{MARK}/([0-9]+)(?![0-9])")
_HEADER = re.compile(r"([a-z0-9]+): ?(.*)")
_HEAD = re.compile(r"([a-z][a-z0-9-]*)/([1-9][0-9]*) ([0-9A-Z]{26}) ([1-9][0-9]*) ([0-9a-f]{64})")
_PLAN = re.compile(r"plan/([1-9][0-9]*) ([0-9a-f]{64})")
_SHORT = re.compile(
    rf"{MARK}/1 (\S+) made=(\S+) records=([0-9]+) entries=([0-9]+) last=(\S+) sha256=([0-9a-f]{{32,64}})"
)
#: What follows a checkpoint in a mail or a signed tag begins so.
_AFTER = "--"
_NOTHING = "-"


class Head(NamedTuple):
    """The history of one record: how many entries it has, and the hash of the last.

    Shape: `head` in hexadecimal.
    """

    kind: str
    number: int
    uid: str
    entries: int
    head: str

    @property
    def id(self) -> str:
        """The number people use."""
        schema = SCHEMAS.get(self.kind)
        return schema.id_of(self.number) if schema else f"{self.kind}:{self.number}"

    @property
    def line(self) -> str:
        """The line it has in a checkpoint."""
        return f"{self.kind}/{self.number} {self.uid} {self.entries} {self.head}"

    @property
    def is_whole(self) -> bool:
        """Whether its line can be read back."""
        return _HEAD.fullmatch(self.line) is not None


class PlanDigest(NamedTuple):
    """The file of an approved plan, which no history holds: its version and its digest."""

    version: int
    digest: str

    @property
    def line(self) -> str:
        """The line it has in a checkpoint."""
        return f"plan/{self.version} {self.digest}"


class Short(NamedTuple):
    """A checkpoint in one line: it proves a ledger, or a whole checkpoint, but cannot say what differs.

    Shape: `last` is the id of the newest entry, empty when there is none; `digest` may be cut short.
    """

    ledger: str
    made: str
    records: int
    entries: int
    last: str
    digest: str

    @property
    def text(self) -> str:
        """The line itself."""
        return (
            f"{MARK}/{FORM} {self.ledger} made={self.made} records={self.records} entries={self.entries} "
            f"last={self.last or _NOTHING} sha256={self.digest}\n"
        )


class Checkpoint(NamedTuple):
    """A whole checkpoint.

    Shape: `heads` by kind, number and uid, `plans` by version; `last` as in `Short`; `places` leads from a
        line to where it stands in the file it was read from.
    """

    ledger: str
    title: str
    made: str
    program: str
    last: str
    heads: tuple[Head, ...]
    plans: tuple[PlanDigest, ...] = ()
    places: Mapping[str, int] = MappingProxyType({})

    @property
    def body(self) -> str:
        """What the digest is taken of: the same for the same histories, whenever and wherever it is made."""
        lines = [*(each.line for each in self.heads), *(each.line for each in self.plans)]
        return "".join(f"{line}\n" for line in lines)

    @property
    def digest(self) -> str:
        """The SHA-256 of the body as any program computes it."""
        return hashlib.sha256(self.body.encode()).hexdigest()

    @property
    def entries(self) -> int:
        """How many entries there are in all."""
        return sum(each.entries for each in self.heads)

    @property
    def header(self) -> dict[str, str]:
        """What stands above the body, by name."""
        issues = [each for each in self.heads if each.kind == "issue"]
        printed = over_heads((each.uid, each.head) for each in issues)[:PRINTED]
        return {
            "ledger": _flat(self.ledger),
            "title": _flat(self.title),
            "made": self.made,
            "program": self.program,
            "records": str(len(self.heads)),
            "plans": str(len(self.plans)),
            "entries": str(self.entries),
            "last": self.last or _NOTHING,
            "printed": f"{sum(each.entries for each in issues)} {printed}",
            "sha256": self.digest,
        }

    @property
    def text(self) -> str:
        """The checkpoint as it is kept: plain text to print, to mail or to put into a tag."""
        above = "".join(f"{name}: {value}".rstrip() + "\n" for name, value in self.header.items())
        return f"{MARK}/{FORM}\n{above}\n{self.body}"

    @property
    def short(self) -> Short:
        """The checkpoint in one line."""
        name = re.sub(r"\s+", "_", _flat(self.ledger))
        digest = self.digest[:PRINTED]
        return Short(name, self.made, len(self.heads), self.entries, self.last, digest)


class DamagedCheckpointError(DamageError):
    """A checkpoint was changed after it was made. Units: `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        """Say where and what; the way out is always the same."""
        super().__init__(message, _("take another copy of it: nothing was held against this one"))
        self.line = line


def over_heads(heads: Iterable[tuple[str, str]]) -> str:
    """One hash over the uids and heads of records, whatever their order, as reports print it."""
    lines = sorted(f"{uid} {head}\n" for uid, head in heads)
    return hashlib.sha256(TAG + "".join(lines).encode()).hexdigest()


def in_order(heads: Iterable[Head]) -> tuple[Head, ...]:
    """Heads as a checkpoint has them: by kind in the order of the schemas, then number and uid."""
    kinds = list(SCHEMAS)
    return tuple(sorted(heads, key=lambda each: (kinds.index(each.kind), each.number, each.uid)))


def _flat(text: str) -> str:
    return visible(" ".join(text.split()))


# -- reading one -------------------------------------------------------------------------------------------


def parse(text: str, name: str) -> Checkpoint | Short:
    """The checkpoint in a text that somebody kept; what stands around it, as in a mail, is passed over.

    Shape: `name` is how messages call the text.

    Raises:
        RejectedInputError: there is no checkpoint in it, or one of a newer form.
        DamagedCheckpointError: it was changed since it was made; the line is named.
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
    return Short(ledger, made, int(records), int(entries), last.removeprefix(_NOTHING), digest)


def _whole(lines: Sequence[str], start: int) -> Checkpoint:
    said: dict[str, tuple[int, str]] = {}
    heads: list[Head] = []
    plans: list[PlanDigest] = []
    places: dict[str, int] = {}
    for number, line in enumerate(lines[start + 1 :], start + 2):
        if line.startswith(_AFTER):
            break
        if head := _HEAD.fullmatch(line):
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
        last=values.get("last", "").removeprefix(_NOTHING),
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


# -- holding a history against it --------------------------------------------------------------------------


class Kept(NamedTuple):
    """How a history stands to the head a checkpoint saw.

    Shape: `reached` is how many entries that head stands for now, 0 when it is not in the history any more;
        `entries` how many there are.
    """

    reached: int
    entries: int


def held(head: Head, history: Sequence[Entry]) -> Kept | None:
    """What became of a history since the checkpoint; nothing when all it saw is still there."""
    reached = len(up_to(history, head.head))
    return None if reached == head.entries else Kept(reached, len(history))
