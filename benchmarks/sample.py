"""Made-up records in the form of docs/contract.md §2, for measuring readers without the program.

Everything comes from one seed; no office, person or finding in it exists.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

#: The letters of Crockford's base 32, as a ULID uses them.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
UNITS = ("办公室", "组织科", "财务科", "项目科", "信访科", "后勤中心", "法规科", "培训科")
PERSONS = ("林某", "顾某", "沈某", "陆某", "严某", "邵某")
CATEGORIES = ("作风建设", "财务管理", "项目管理", "队伍建设", "制度执行")
WORDS = (
    "台账", "责任", "流程", "公文", "签批", "会议", "抽查", "整改", "制度", "合同",
    "报销", "采购", "培训", "谈话", "通报", "清单", "验收", "归档", "走访", "复核",
)  # fmt: skip


def uid(source: random.Random) -> str:
    """A ULID that only looks like one.

    Shape: 26 characters.
    """
    return "01" + "".join(source.choices(ALPHABET, k=24))


def sentence(source: random.Random, *, words: int) -> str:
    """A line of Chinese of about twice as many characters as `words`."""
    return "，".join("".join(source.choices(WORDS, k=4)) for _ in range(max(1, words // 4))) + "。"


def record(source: random.Random, number: int) -> str:
    """One issue with its measures and history, as the file holds it.

    Shape: TOML, 3 to 6 kB of UTF-8, LF.
    """
    issue = uid(source)
    measures = [uid(source) for _ in range(source.randint(2, 4))]
    lines = [
        "format = 1",
        f'uid = "{issue}"',
        f"number = {number}",
        f'title = "{sentence(source, words=8)}"',
        f'category = "{source.choice(CATEGORIES)}"',
        f'unit = "{source.choice(UNITS)}"',
        f'leader = "{source.choice(PERSONS)}"',
        f'criterion = "{sentence(source, words=8)}"',
        'term = "phased"',
        f"due = {dt.date(2025, 6, 30) + dt.timedelta(days=source.randrange(200))}",
        'due_text = "2025年底前"',
        'status = "active"',
    ]
    history = _history(source, measures)
    lines.append(f'head = "sha256:{hashlib.sha256(history[-1].encode()).hexdigest()}"')
    for position, measure in enumerate(measures, start=1):
        first, second = sentence(source, words=12), sentence(source, words=12)
        lines += ["", "[[measures]]", f'uid = "{measure}"', f"number = {position}"]
        lines += ['text = """\\', f"{first}\\", f'{second}"""', 'status = "active"']
    lines += ["", "[history]", "entries = [", *(f"  '{line}'," for line in history), "]", ""]
    return "\n".join(lines)


def _history(source: random.Random, measures: list[str]) -> list[str]:
    lines: list[str] = []
    previous: list[str] = []
    for step in range(source.randint(6, 11)):
        entry = {
            "id": uid(source),
            "batch": uid(source),
            "on": f"2025-03-{step + 1:02d}",
            "at": f"2025-03-{step + 1:02d}T09:02:11+08:00",
            "by": source.choice(PERSONS),
            "do": "note",
            "target": source.choice(measures),
            "prev": previous,
            "data": {"text": sentence(source, words=8)},
        }
        lines.append(json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
        previous = [hashlib.sha256(b"ledger-entry/1\0" + lines[-1].encode()).hexdigest()]
    return lines
