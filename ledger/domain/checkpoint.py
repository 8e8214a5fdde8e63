"""Checkpoints (校验点): how many entries each history has and where it ends, for somebody else to keep.

A history proves itself only from the inside: whoever can rewrite all of it, or cut its end, leaves one that
holds. A checkpoint kept elsewhere shows both.
"""

from __future__ import annotations

import hashlib
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.kinds import FIXED, schema_of
from ledger.domain.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


#: What a checkpoint begins with, before a slash and the number of its form.
MARK: Final = "ledger-checkpoint"
FORM: Final = 1
#: How much of a hash is printed. Units: hexadecimal digits; 128 bits cannot be met by trying.
PRINTED: Final = 32
#: Put before the bytes of what reports print, so that the hash can never be that of something else.
TAG: Final = b"ledger-checkpoint/1\0"

#: What every line of a record is like.
LINE: Final = re.compile(r"([a-z][a-z0-9-]*)/([1-9][0-9]*) ([0-9A-Z]{26}) ([1-9][0-9]*) ([0-9a-f]{64})")
#: What stands for an entry where there is none.
NOTHING: Final = "-"


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
        return schema_of(self.kind).id_of(self.number)

    @property
    def line(self) -> str:
        """The line it has in a checkpoint."""
        return f"{self.kind}/{self.number} {self.uid} {self.entries} {self.head}"

    @property
    def is_whole(self) -> bool:
        """Whether its line can be read back."""
        return LINE.fullmatch(self.line) is not None


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
            f"last={self.last or NOTHING} sha256={self.digest}\n"
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
            "last": self.last or NOTHING,
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


def over_heads(heads: Iterable[tuple[str, str]]) -> str:
    """One hash over the uids and heads of records, whatever their order, as reports print it."""
    lines = sorted(f"{uid} {head}\n" for uid, head in heads)
    return hashlib.sha256(TAG + "".join(lines).encode()).hexdigest()


def in_order(heads: Iterable[Head]) -> tuple[Head, ...]:
    """Heads as a checkpoint has them: by kind (those of `FIXED` first), then number and uid."""
    places = {kind: place for place, kind in enumerate(FIXED)}
    return tuple(
        sorted(heads, key=lambda each: (places.get(each.kind, len(places)), each.kind, each.number, each.uid))
    )


def _flat(text: str) -> str:
    return visible(" ".join(text.split()))
