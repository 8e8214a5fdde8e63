"""Registers: books of dated records whose fields an office declares (登记簿).

What a field means is said by the declaration in the settings; a record keeps texts, whole numbers, yes or no,
and lists, with dates as ISO text, so that it is read and replayed without any declaration.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ledger.domain.schema import DATED, Field, Kind, OpenFields, Schema

#: Where the registers lie, one folder each.
FOLDER: Final = "registers"
#: What a register may be called: it begins ids (meetings:5) and is the name of a folder.
NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}")

#: The register of what was published, which `publish` writes and comments refer to.
PUBLICATIONS: Final = "publications"


@lru_cache(maxsize=256)
def register(kind: str) -> Schema:
    """The shape of the records of a register, whatever it declares; other fields follow, sorted by name."""
    return Schema(
        kind=kind,
        folder=f"{FOLDER}/{kind}",
        by_name=OpenFields(
            Field("uid", Kind.LINE, kept=True),
            Field("number", Kind.NUMBER, kept=True),
            Field("formerly", Kind.LIST, kept=True),
            Field("on", Kind.DATE),
            Field("title", Kind.LINE),
            Field("unit", Kind.LINE),
            Field("text", Kind.TEXT),
            Field("remark", Kind.TEXT),
        ),
        lifecycle=DATED,
    )
