"""A letter about measures that are late, as its history makes it (提示函, 督办函, 约谈通知)."""

from __future__ import annotations

from types import MappingProxyType

from ledger.domain.schema import VOID, Field, Kind, Lifecycle, Schema, named

LETTER = Schema(
    kind="letter",
    folder="letters",
    letter="L",
    by_name=named(
        Field("uid", Kind.LINE, kept=True),
        Field("number", Kind.NUMBER, kept=True),
        Field("formerly", Kind.LIST, kept=True),
        Field("title", Kind.LINE),
        Field("remark", Kind.TEXT),
    ),
    lifecycle=Lifecycle(
        "draft",
        MappingProxyType({("draft", "sign"): "signed", ("draft", "void"): VOID}),
    ),
)
