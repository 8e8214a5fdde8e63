"""A look-back as its history makes it: planned, drawn, recorded item by item, finished (回头看)."""

from __future__ import annotations

from types import MappingProxyType

from ledger.domain.schema import VOID, Field, Kind, Lifecycle, Schema, named

REVIEW = Schema(
    kind="review",
    folder="reviews",
    letter="R",
    by_name=named(
        Field("uid", Kind.LINE, kept=True),
        Field("number", Kind.NUMBER, kept=True),
        Field("formerly", Kind.LIST, kept=True),
        Field("title", Kind.LINE),
        Field("remark", Kind.TEXT),
    ),
    part="items",
    part_by_name=named(
        Field("uid", Kind.LINE, kept=True),
        Field("number", Kind.NUMBER, kept=True),
        Field("remark", Kind.TEXT),
    ),
    lifecycle=Lifecycle("planned", MappingProxyType({("planned", "void"): VOID})),
)
