"""The catalogue of evidence (佐证材料目录): numbered, with what is missing, changed, or used twice."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING, Final

from ledger.domain.issue import Measure
from ledger.domain.moves import Status
from ledger.domain.words import listed
from ledger.reports import basis as base
from ledger.reports.views import Column, Fact, Facts, Footnote, Kind, Paragraph, Report, Section, Style, Table
from ledger.reports.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.reports.material import Case, Filed, Material
    from ledger.reports.views import Cell

#: How much of a digest stands in the catalogue; the annex has all of it. Units: hexadecimal digits.
DIGITS: Final = 12
#: What should have evidence.
_SHOWN: Final = frozenset({Status.DONE, Status.CLOSING, Status.CLOSED})


def build(material: Material) -> Report:
    """Every file of the issues and measures gathered, in their order, then what is wrong with them."""
    basis, filed = material.basis, material.filed
    make = _Catalogue(material)
    return Report(
        kind="evidence",
        title=base.title(basis, _("catalogue of evidence")),
        language=basis.language,
        facts=base.facts(basis, material.issues, *_counts(filed)),
        sections=(
            Section("catalogue", _("Catalogue"), (make.catalogue(),), wide=True),
            Section("gaps", _("Without evidence"), (make.gaps(),)),
            Section("shared", _("Used for several issues"), (make.shared(),)),
            Section("unsound", _("Missing or changed"), (make.unsound(), make.checked())),
            Section("digests", _("Annex: digests"), (make.digests(),), new_page=True),
        ),
        footnotes=(
            Footnote(
                "gap",
                _("Without evidence"),
                _("Done, in close-out or closed, and neither it nor its issue has a file."),
            ),
        ),
        signatures=Facts(()),
        stamp=base.stamp(basis, material.issues),
    )


def _counts(filed: Sequence[Filed]) -> Iterator[Fact]:
    yield Fact("entries", _("entries of evidence"), len(filed), Kind.NUMBER)
    yield Fact("files", _("different files"), len({each.evidence.sha256 for each in filed}), Kind.NUMBER)
    sizes = {each.evidence.sha256: each.evidence.size for each in filed}
    yield Fact("bytes", _("bytes in all"), sum(sizes.values()), Kind.NUMBER)


class _Catalogue:
    """The tables of the catalogue, and the words they share."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.filed = material.filed
        self.say = Words()
        self.states = {
            "kept": pgettext("evidence", "kept"),
            "missing": pgettext("evidence", "missing"),
            "changed": pgettext("evidence", "changed"),
        }

    def catalogue(self) -> Table:
        """A row for each file, numbered through."""
        columns = (
            Column("number", _("row"), Kind.NUMBER),
            *self.say.columns("id", "name", "kind", "proves"),
            Column("added_on", _("added on"), Kind.DATE),
            *self.say.columns(("size", Kind.NUMBER), "sha256"),
            Column("state", _("file"), sparse=True),
        )
        rows = tuple(self._row(number, each) for number, each in enumerate(self.filed, 1))
        return Table(columns, rows, _("There is no evidence."))

    def _row(self, number: int, each: Filed) -> tuple[Cell, ...]:
        paper = each.evidence
        state = "" if each.state == "kept" else self.states[each.state]
        named = (paper.name, paper.kind, paper.proves, each.added_on, paper.size, paper.sha256[:DIGITS])
        return (number, each.case.target.id, *named, state)

    def gaps(self) -> Table:
        """What is done or closed without a file of its own or of its issue."""
        columns = self.say.columns("id", "text", "unit", "status")
        rows = tuple(
            (each.target.id, _text(each), each.target.unit, self.say.standing(each.target))
            for each in self.material.cases
            if _lacks(each)
        )
        return Table(columns, rows, _("Everything that is done has evidence."))

    def shared(self) -> Table:
        """Files that stand beside more than one issue."""
        uses: dict[str, list[Filed]] = {}
        for each in self.filed:
            uses.setdefault(each.evidence.sha256, []).append(each)
        columns = (*self.say.columns("sha256", "name"), Column("used", _("used for")))
        rows = tuple(
            (
                digest[:DIGITS],
                listed(dict.fromkeys(each.evidence.name for each in found)),
                listed(dict.fromkeys(each.case.target.id for each in found)),
            )
            for digest, found in uses.items()
            if len({each.case.issue.uid for each in found}) > 1
        )
        return Table(columns, rows, _("No file is used for several issues."))

    def unsound(self) -> Table:
        """Files that are not there, or not as they were taken in."""
        columns = (
            Column("number", _("row"), Kind.NUMBER),
            *self.say.columns("id", "name", "sha256"),
            Column("state", _("file")),
        )
        rows = tuple(
            (number, each.case.target.id, each.evidence.name, each.evidence.sha256, self.states[each.state])
            for number, each in enumerate(self.filed, 1)
            if each.state != "kept"
        )
        return Table(columns, rows, _("Every file is there."))

    def checked(self) -> Paragraph:
        """How far the files were looked at."""
        if self.material.wanted.ids:
            return Paragraph(_("Every file was read, and its SHA-256 compared."), Style.NOTE)
        said = _(
            "Only the sizes of the files were compared; ledger check --read-data compares what is in them."
        )
        return Paragraph(said, Style.NOTE)

    def digests(self) -> Table:
        """The whole digest of each row."""
        columns = (Column("number", _("row"), Kind.NUMBER), *self.say.columns("sha256"))
        rows = tuple((number, each.evidence.sha256) for number, each in enumerate(self.filed, 1))
        return Table(columns, rows, _("There is no evidence."))


def _lacks(case: Case) -> bool:
    """Whether something that is done has neither a file of its own nor one of its issue."""
    target, issue = case.target, case.issue
    if target.status not in _SHOWN or target.evidence or issue.evidence:
        return False
    return target is not issue or not issue.live


def _text(case: Case) -> str:
    return case.target.text if isinstance(case.target, Measure) else case.issue.title
