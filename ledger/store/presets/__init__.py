"""The settings a new ledger starts with: simple, a plan with five levels, a plan with one."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Preset:
    """A way to start: whether a plan is needed, and in which words the file says what it is for."""

    plan_required: bool
    about: Mapping[str, str]


#: Source: docs/contract.md §2-§3; the five levels and the single one are those of published notices.
PRESETS: Mapping[str, Preset] = {
    "simple": Preset(
        False,
        {
            "zh": "小单位: 不要求方案, 每个问题销号一次",
            "en": "A small office: no plan, one sign-off an issue",
        },
    ),
    "five-level": Preset(
        True,
        {"zh": "方案须经批准, 每条措施五级审签", "en": "A plan to approve, five sign-offs a measure"},
    ),
    "single-level": Preset(
        True,
        {"zh": "方案须经批准, 每个问题一级审定", "en": "A plan to approve, one sign-off an issue"},
    ),
}


def settings_text(preset: str, *, org: str, title: str, language: str) -> str:
    """The text of a new ``ledger.toml``; from then on it is the user's own."""
    chosen = PRESETS[preset]
    head = _text("head", language).format(
        about=chosen.about[language],
        title=_quoted(title),
        org=_quoted(org),
        language=language,
        required=str(chosen.plan_required).lower(),
    )
    return "\n".join((head, _text(preset, language), _text("lights", language)))


def people_text(language: str) -> str:
    """The text of a new ``people.toml``."""
    return _text("people", language)


def _text(name: str, language: str) -> str:
    return (files(__name__) / f"{name}.{language}.toml").read_text(encoding="utf-8")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
