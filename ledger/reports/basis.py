"""What every report rests on: whose ledger, which day, which records; and the parts every report has."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING, Final, Protocol

from ledger.domain.checkpoint import PRINTED, over_heads
from ledger.reports.views import Fact, Facts, Kind, Stamp

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from ledger.domain.settings import Settings
    from ledger.reports.views import Cell

#: The language of a ledger that does not say: documents never follow the locale, so one has to be fixed.
LANGUAGE: Final = "zh"


@dataclass(frozen=True, slots=True)
class Basis:
    """Whose ledger a report is about, and of which day.

    Shape: `ledger` is the name of its folder; `known_at` is None for what is known now; `version` is
        that of the program; `checkpoint` is that of the whole ledger where a report is made from a part.
    """

    ledger: str
    settings: Settings
    as_of: dt.date
    known_at: dt.datetime | None
    version: str
    checkpoint: Checkpoint | None = None

    @property
    def language(self) -> str:
        """The language its documents are written in. Source: docs/contract.md §3, "Language"."""
        return self.settings.language or LANGUAGE

    @property
    def title(self) -> str:
        """What the ledger is called on paper."""
        return self.settings.title or self.ledger


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How many history entries there are, and one hash over the heads of all records.

    Source: docs/contract.md §1, "checkpoint".
    """

    entries: int
    heads: str


class Traced(Protocol):
    """A record as a checkpoint has it: how many entries its history has, and the hash of the last."""

    @property
    def uid(self) -> str:
        """Its identity."""

    @property
    def head(self) -> str:
        """The hash of its last entry."""

    @property
    def entries(self) -> int:
        """How many there are."""


class Recorded(Traced, Protocol):
    """The same of an issue: which version of the plan it stands in, besides."""

    @property
    def plan(self) -> int:
        """The version; 0 for none."""


def checkpoint(records: Sequence[Traced]) -> Checkpoint:
    """The checkpoint of the records given, whatever their order."""
    heads = over_heads((each.uid, each.head) for each in records)
    return Checkpoint(sum(each.entries for each in records), heads)


def title(basis: Basis, report: str) -> str:
    """What a report is called: the ledger's name, then the report's."""
    return _("{ledger}: {report}").format(ledger=basis.title, report=report)


def inspection(settings: Settings) -> str:
    """Where the findings come from: level, round and team of the inspection."""
    source = settings.source
    return " ".join(filter(None, (source.level, source.round, source.team)))


def given(key: str, name: str, value: Cell, kind: Kind = Kind.TEXT) -> tuple[Fact, ...]:
    """The fact, where there is one."""
    return () if value is None or value == "" else (Fact(key, name, value, kind),)


def facts(basis: Basis, issues: Sequence[Recorded], *more: Fact) -> Facts:
    """The head every report has, then what one report adds."""
    plan = max((issue.plan for issue in issues), default=0)
    version = _("version {number}").format(number=plan) if plan else ""
    return Facts(
        (
            *given("org", pgettext("document", "office"), basis.settings.org),
            *given("source", pgettext("document", "inspection"), inspection(basis.settings)),
            *given("plan", pgettext("document", "plan"), version),
            *given("as_of", pgettext("document", "as of"), basis.as_of, Kind.DATE),
            *more,
        )
    )


def stamp(basis: Basis, records: Sequence[Traced]) -> Stamp:
    """What the printed page can be traced by."""
    mark = basis.checkpoint or checkpoint(records)
    said = _("As of {as_of}; checkpoint: {entries} entries, {heads}; ledger {version}.")
    if basis.known_at is not None:
        said = _(
            "As of {as_of}, known at {known_at}; checkpoint: {entries} entries, {heads}; ledger {version}."
        )
    text = said.format(
        as_of=basis.as_of,
        known_at="" if basis.known_at is None else basis.known_at.isoformat(),
        entries=mark.entries,
        heads=mark.heads[:PRINTED],
        version=basis.version,
    )
    return Stamp(basis.as_of, basis.known_at, mark.entries, mark.heads, basis.version, text)


def signatures(*names: tuple[str, str]) -> Facts:
    """Places to be filled in by hand, by key and name."""
    return Facts(tuple(Fact(key, name, "") for key, name in names))
