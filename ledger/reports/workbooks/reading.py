"""What the cells of a workbook of ours say, read from its bytes: to be held against what was to be written.

Only what `cells` writes is understood; workbooks of others are read by ledger.intake.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections import Counter
from typing import Final

#: The sheets of a workbook.
_SHEET: Final = re.compile(r"xl/worksheets/sheet[0-9]+\.xml")
_TEXT: Final = re.compile(r"<t(?: xml:space=\"preserve\")?>([^<]*)</t>")
_NUMBER: Final = re.compile(r"<v>([^<]*)</v>")


def values(data: bytes) -> Counter[str | float]:
    """How often each value stands in the cells of all sheets; days are numbers.

    Raises:
        zipfile.BadZipFile: the bytes are no archive, or were damaged.
    """
    found: Counter[str | float] = Counter()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in filter(_SHEET.fullmatch, archive.namelist()):
            sheet = archive.read(name).decode()
            for text, count in Counter(_TEXT.findall(sheet)).items():
                found[_plain(text)] += count
            for number, count in Counter(_NUMBER.findall(sheet)).items():
                found[float(number)] += count
    return found


def _plain(text: str) -> str:
    unescaped = html.unescape(text) if "&" in text else text
    return unescaped.replace("_x005F_", "_") if "_x005F_" in unescaped else unescaped
