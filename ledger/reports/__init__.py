"""Reading only: what was gathered to a typed view (`build`), the view to a document (`render`)."""

from __future__ import annotations

from gettext import gettext as _
from importlib import import_module
from typing import TYPE_CHECKING, Final

from ledger import language
from ledger.errors import RefusedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ledger.reports.material import Material, Wanted
    from ledger.reports.views import Report

#: Kinds of report, each with its Chinese name; `build_KIND` builds it. Source: docs/contract.md §3.
KINDS: Final = {
    "status": "月调度表",
    "ranking": "排名通报",
    "book": "台账全本",
    "lists": "三清单",
    "notice": "通报",
    "progress": "整改进展情况报告",
    "closeout": "销号审批表",
    "extension": "延期审批表",
    "letter": "督办函",
    "lookback": "回头看报告",
    "evidence": "佐证材料目录",
    "dossier": "一案一档",
    "register": "登记簿",
    "withheld": "拟不公开事项报告",
}

#: What can be said of a kind besides the day: a field of `Wanted`; a kind that is not here takes nothing.
TAKES: Final[Mapping[str, frozenset[str]]] = {
    "closeout": frozenset({"ids"}),
    "dossier": frozenset({"ids"}),
    "evidence": frozenset({"ids"}),
    "extension": frozenset({"ids"}),
    "letter": frozenset({"ids"}),
    "status": frozenset({"period"}),
    "lists": frozenset({"plan"}),
    "lookback": frozenset({"ids"}),
    "ranking": frozenset({"period", "rate"}),
    "register": frozenset({"register", "period"}),
}

#: Papers for the office, or for one addressee, alone: no profile makes them public.
INNER: Final = frozenset({"dossier", "evidence", "progress", "letter", "lookback", "register", "withheld"})

#: Formats, each with the endings of file names that ask for it.
FORMATS: Final = {
    "md": (".md", ".markdown", ".txt"),
    "html": (".html", ".htm"),
    "docx": (".docx",),
    "xlsx": (".xlsx",),
}

#: The format of a whole dossier, which no other kind has; in the others it has its catalogue alone.
ARCHIVE: Final = "zip"

#: Formats that are text, so that a terminal can show them.
TEXTS: Final = frozenset({"md", "html"})


def build(material: Material) -> Report:
    """The view of the report asked for, in the language of the ledger: `build` of the module of its kind.

    Raises:
        UsageError: there is no such kind.
    """
    kind = material.wanted.kind
    if kind not in KINDS:
        raise no_kind(kind)
    make: Callable[[Material], Report] = import_module(f"{__name__}.build_{kind}").build
    if material.prose:  # what is wrong with the office's own words is told in the language of the user
        from ledger.reports.prosefigures import prepared

        material = prepared(material)
    with language.speaking(material.basis.language):
        return make(material)


def render(report: Report, form: str, folder: Path | None = None) -> bytes:
    """The report as a file of one format; `folder` holds the workspace's own templates.

    Shape: UTF-8 with LF for text.

    Raises:
        UsageError: there is no such format.
        RejectedInputError: the workspace's own template is broken.
        LedgerError: what was written does not say all that the report says.
    """
    match form:
        case "md" | "html":
            from ledger.reports import templates

            if folder is not None and templates.own(templates.named(report.kind, form), folder):
                from ledger.reports import confined

                return confined.fill(report, form, folder)
            return typeset(report, form, folder).encode()
        case "docx":
            from ledger.reports import as_docx

            return as_docx.render(report, folder)
        case "xlsx":
            from ledger.reports import as_xlsx

            return as_xlsx.render(report, folder)
        case _:
            raise no_format(form)


def typeset(report: Report, form: str, folder: Path | None) -> str:
    """The report as text of one format, by its template; `render` says where the workspace's own is filled.

    Raises:
        RejectedInputError: the workspace's own template is broken.
        LedgerError: what was written does not say all that the report says.
    """
    if form == "md":
        from ledger.reports import as_markdown

        return as_markdown.render(report, folder)
    from ledger.reports import as_html

    return as_html.render(report, folder)


def check(wanted: Wanted) -> None:
    """Refuse a kind there is not, and what its kind has no use for.

    Raises:
        RefusedError: it is for the file alone, and is to leave the office.
        UsageError: there is no such kind, or something was said that it does not take.
    """
    if wanted.kind not in KINDS:
        raise no_kind(wanted.kind)
    if wanted.redact and wanted.kind in INNER:
        message = _("the report {kind} is for the office alone, and never published")
        hint = _("leave it out: ledger report {kind}")
        raise RefusedError(message.format(kind=wanted.kind), hint.format(kind=wanted.kind))
    said = {"ids": wanted.ids, "plan": wanted.plan, "period": wanted.period, "rate": wanted.rate}
    for name, value in said.items():
        if value and name not in TAKES.get(wanted.kind, frozenset()):
            what = _("ids") if name == "ids" else f"--{name}"
            message = _("the report {kind} takes no {what}").format(kind=wanted.kind, what=what)
            named = " ".join(filter(None, (wanted.kind, wanted.register)))
            raise UsageError(message, _("leave it out: ledger report {kind}").format(kind=named))


def formats(kind: str) -> Mapping[str, tuple[str, ...]]:
    """The formats a kind has, each with the endings of file names that ask for it."""
    return {**FORMATS, ARCHIVE: (f".{ARCHIVE}",)} if kind == "dossier" else FORMATS


def no_kind(kind: str) -> UsageError:
    """The refusal of a kind there is not, naming those there are."""
    message = _("there is no report {kind}").format(kind=kind)
    kinds = ", ".join(f"{code} {name}" for code, name in KINDS.items())
    return UsageError(message, _("there are: {kinds}").format(kinds=kinds))


def no_format(form: str) -> UsageError:
    """The refusal of a format there is not, naming those there are."""
    message = _("reports cannot be written as {form}").format(form=form)
    return UsageError(message, _("there are: {forms}").format(forms=", ".join(FORMATS)))
