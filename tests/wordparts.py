"""Word documents of small reports, and what their XML says."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace

from ledger.reports import as_docx
from ledger.reports.archive import unpacked
from ledger.reports.as_docx.package import DOCUMENT, WORD
from ledger.reports.views import Column, Facts, Form, FormCell, Report, Section, Stamp, Table
from tests.office import AS_OF

STAMP = Stamp(AS_OF, None, 0, "", "0.1.0", "stamp")
W = f"{{{WORD}}}"


def paper(*sections: Section, language: str = "zh", **given) -> Report:
    """A report of these sections."""
    made = Report("status", "整改情况", language, Facts(()), sections, (), Facts(()), STAMP)
    return replace(made, **given)


def part(report: Report, name: str = DOCUMENT) -> ElementTree.Element:
    return ElementTree.fromstring(unpacked(as_docx.render(report))[name])


def said(element: ElementTree.Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def values(element: ElementTree.Element | None) -> dict[str, str]:
    """What an element says of itself."""
    return {} if element is None else {name.removeprefix(W): text for name, text in element.attrib.items()}


def told(report: Report) -> list[tuple[str, str]]:
    """The paragraphs that are in no table: style and text."""
    found = part(report).findall(f"{W}body/{W}p")
    return [(each.find(f"{W}pPr/{W}pStyle").attrib[f"{W}val"], said(each)) for each in found]


def table(columns: int, rows: int = 2, text: str = "内容") -> Table:
    heads = tuple(Column(f"c{n}", f"栏{n}") for n in range(columns))
    return Table(heads, ((text,) * columns,) * rows, "nothing")


def styles(report: Report) -> dict[str, ElementTree.Element]:
    found = part(report, "word/styles.xml").findall(f"{W}style")
    return {each.attrib[f"{W}styleId"]: each for each in found}


def pages(report: Report) -> list[bool]:
    """Whether each part of the document lies."""
    return ["orient" in str(values(each)) for each in part(report).iter(f"{W}pgSz")]


#: A section with a form of one row.
A_FORM = Section("f", "f", (Form("form", (1, 1), ((FormCell("a", label=True), FormCell("b")),)),))
