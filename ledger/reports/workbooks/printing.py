"""What every sheet that is printed has: A4, as wide as the page, page numbers."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any


def print_on(sheet: Any, *, landscape: bool, foot: str) -> None:  # noqa: ANN401 - openpyxl ships no types
    """A4, as wide as the page, with page numbers."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = "9"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.2, 0.25
    sheet.oddFooter.left.text = foot.replace("&", "&&")
    sheet.oddFooter.left.size = 8
    sheet.oddFooter.right.text = _("page {page} of {pages}").format(page="&P", pages="&N")
    sheet.oddFooter.right.size = 8
