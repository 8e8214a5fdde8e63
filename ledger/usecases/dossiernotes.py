"""What a dossier says of itself, for whoever opens it without this program."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.words import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.reports.material import Material

#: The file of the digests. Source: the format of `sha256sum`, GNU coreutils.
SUMS: Final = "SHA256SUMS"


class Names(NamedTuple):
    """What files and folders of a dossier are called, and what they are, in the language of the ledger."""

    catalogue: str
    checkpoint: str
    closeout: str
    entries: str
    evidence: str
    extensions: str
    history: str
    record: str
    issue: str
    what: Mapping[str, str]


def names() -> Names:
    """The names in the language spoken now."""
    return Names(
        catalogue=pgettext("file", "catalogue"),
        checkpoint=pgettext("file", "checkpoint"),
        closeout=pgettext("file", "close-out"),
        entries=pgettext("file", "entries"),
        evidence=pgettext("file", "evidence"),
        extensions=pgettext("file", "extensions"),
        history=pgettext("file", "history"),
        record=pgettext("file", "record"),
        issue=pgettext("file", "issue {id}"),
        what={
            "checkpoint": _("checkpoint"),
            "closeout": _("close-out forms"),
            "extensions": _("extension forms"),
            "history": _("history, meetings, registers and look-backs"),
            "original": _("original"),
            "entries": _("history as it is hashed, an entry a line"),
            "record": _("record as the ledger keeps it"),
        },
    )


def readme(material: Material) -> str:
    """What is what in the archive, and how it is verified, as plain text."""
    basis = material.basis
    about = [f"{each.id} {each.title}" for each in material.issues]
    called = names()
    known = "" if basis.known_at is None else basis.known_at.isoformat()
    lines = (
        _("Dossier of: {issues}").format(issues=listed(about)),
        _("Ledger: {title}").format(title=basis.title),
        _("As of: {day}").format(day=basis.as_of),
        *([_("As known at: {moment}").format(moment=known)] if known else []),
        "",
        _("{name}.html and {name}.xlsx list every file, with what it is and its SHA-256.").format(
            name=called.catalogue
        ),
        _(
            "Each issue has a folder: forms and letters (docx to file, html to read), its history, and the "
            "originals of its evidence under their own names, beside what they belong to."
        ),
        _(
            "{name}.jsonl is the history as it is hashed, an entry a line; the TOML file, where there is "
            "one, the whole record as the ledger keeps it."
        ).format(name=called.entries),
        _("The checkpoint says how many entries each history has, and the hash of the last."),
        "",
        _("To see that no file was changed, in this folder:"),
        f"    sha256sum -c {SUMS}",
        _("or, on Windows, file by file: certutil -hashfile FILE SHA256"),
        "",
        _("To see that an entry has the hash its successor names under prev:"),
        "    printf 'ledger-entry/1\\0%s' 'LINE' | sha256sum",
        "",
    )
    return "\n".join(lines)
