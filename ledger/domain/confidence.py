"""What a record holds that is told only to whoever asks for it: the source of a clue.

The file has it, as it has everything; what is told of files and histories has a veil in its place.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.domain.schema import Schema

#: What stands in its place.
VEIL: Final = "***"
#: A string of TOML in any of its four forms. Source: TOML 1.0, "String".
_STRING = (
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
)


def confidential(schema: Schema, name: str) -> bool:
    """Whether a field of a record is told only to whoever asks for it."""
    field = schema.by_name.get(name)
    return field is not None and field.confidential


def veiled(schema: Schema, values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields by name, with the veil over those that are confidential and say something."""
    return {
        name: VEIL if value is not None and confidential(schema, name) else value
        for name, value in values.items()
    }


def veiled_line(schema: Schema, line: str) -> str:
    """A line of history as it may be told; any but one about something confidential stays as it is."""
    if not any(f'"{name}":' in line for name in _names(schema)):
        return line
    raw = json.loads(line)
    for table in ("set", "was"):
        if table in raw:
            raw[table] = veiled(schema, raw[table])
    return json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def veiled_file(schema: Schema, text: str) -> str:
    """The text of a record's file as it may be told: the fields at its head, and its history."""
    for name in _names(schema):
        key = rf"""^[ \t]*["']?{name}["']?[ \t]*=[ \t]*"""
        text = re.sub(f"{key}(?:{_STRING})", f'{name} = "{VEIL}"', text, flags=re.MULTILINE | re.DOTALL)
        text = re.sub(rf'"{name}":"(?:[^"\\]|\\.)*"', f'"{name}":"{VEIL}"', text)
    return text


def _names(schema: Schema) -> Iterator[str]:
    return (field.name for field in schema.fields if field.confidential)
