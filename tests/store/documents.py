"""Documents of every shape, and the one text of the sample."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from hypothesis import strategies as st

from ledger.store.recordfile import checked
from tests.store.conftest import DOCUMENT, FORM, LINES

PATH = PurePosixPath("ledgers/demo/issues/0007-3f9k2mxa.toml")
SAMPLE = checked(DOCUMENT, LINES, FORM, path=PATH)

EXPECTED = """\
format = 1
uid = "01JX8K2M7Q4Z0T5B1C3F9K2MXA"
number = 7
title = "仓库钥匙无人登记"
unit = "后勤科"
criterion = \"""\\
钥匙出入登记率100%。\\
抽查无漏项。\"""
due = 2025-08-17
flags = ["rebound_prone", "two words"]
status = "active"
head = "sha256:41ab"

[[evidence]]
sha256 = "ab12"
name = "登记簿.pdf"
size = 512

[[measures]]
uid = "m1"
number = 1
text = \"""\\
设立登记簿。\\
每周核对一次；\"""
status = "active"

[[measures.points]]
number = 1
text = "买登记簿"
done_on = 2025-03-02

[[measures.points]]
number = 2
text = "定保管人"

[[measures.evidence]]
sha256 = "cd34"
name = "照片.jpg"

[[measures]]
uid = "m2"
number = 2
text = \"""\\
换锁
  东门先换\"""
due = 2025-06-30
status = "pending"

[history]
entries = [
  '{"by":"林某","do":"add","id":"1","note":"it\\u0027s"}',
  '{"by":"林某","do":"note","id":"2"}',
  '{"by":"周某","do":"edit","id":"3","why":"# no comment"}',
]
"""

#: Pieces that have broken writers of TOML before.
AWKWARD = st.lists(
    st.sampled_from(
        [
            *"甲。！？；!?; \t\n\r\\\"'#=“”《》（）　\x00\x0b\x7f\x85\u2028",
            '"""', "'''", "<<<<<<<", "=======", ">>>>>>>", "|||||||", "\n[history]\nentries = [\n", "  '", "',\n]\n",
            "𠀀", "e\u0301", "\\u0041", "\ufeff",
        ]
    ),
    max_size=12,
).map("".join)  # fmt: skip
TEXTS = AWKWARD | st.text(max_size=40)
KEYS = st.sampled_from(["title", "remark", "zeta", "alpha", "a b", "文", "x.y", '"', ""]) | st.text(
    max_size=5
)
SCALARS = (
    TEXTS
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.dates()
    | st.datetimes()
    | st.times()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
TABLES = st.dictionaries(KEYS.filter(lambda key: key not in ("history", "format")), VALUES, max_size=5)
ROWS = st.lists(st.dictionaries(KEYS, SCALARS, max_size=3), max_size=2)
ENTRIES = st.lists(
    st.text(st.characters(exclude_characters="'\x7f", exclude_categories=["Cs", "Cc"]), max_size=20),
    max_size=4,
)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Any document at all, in the shape of a record or out of it."""
    made: dict[str, Any] = {"format": 1, **draw(TABLES)}
    made["measures"] = [
        {**draw(TABLES), "points": draw(ROWS), "evidence": draw(ROWS)} for _ in range(draw(st.integers(0, 2)))
    ]
    made["evidence"] = draw(ROWS)
    return made


def replaced(old: str, new: str) -> bytes:
    """The text of the sample with something else in one place."""
    return EXPECTED.replace(old, new, 1).encode()
