"""The catalogue of a dossier (一案一档): every file in it, with what it is and its digest."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.words import listed
from ledger.reports import basis as base
from ledger.reports.views import Column, Fact, Facts, Kind, Report, Section, Table
from ledger.reports.words import Words

if TYPE_CHECKING:
    from ledger.reports.material import Material


def build(material: Material) -> Report:
    """Which files the dossier has, numbered, in the order they lie in it."""
    basis, say = material.basis, Words()
    columns = (
        Column("number", _("row"), Kind.NUMBER),
        Column("what", _("paper")),
        Column("about", _("belongs to")),
        Column("path", _("file")),
        *say.columns(("size", Kind.NUMBER), "sha256"),
    )
    rows = tuple(
        (number, each.what, each.about, each.path, each.size, each.sha256)
        for number, each in enumerate(material.contents, 1)
    )
    about = listed(f"{each.id} {each.title}" for each in material.issues)
    return Report(
        kind="dossier",
        title=base.title(basis, _("dossier")),
        language=basis.language,
        facts=base.facts(
            basis,
            material.issues,
            Fact("issues", say.field["title"], about),
            Fact("files", _("files"), len(rows), Kind.NUMBER),
        ),
        sections=(
            Section(
                "contents", _("Catalogue"), (Table(columns, rows, _("There is nothing in it.")),), wide=True
            ),
        ),
        footnotes=(),
        signatures=Facts(()),
        stamp=base.stamp(basis, material.issues),
    )
