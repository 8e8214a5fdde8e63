"""The settings a new ledger starts with: how it is closed, and which lights it has."""

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


#: The lights a ledger can start with, each with its part of the file.
#: Source: red, yellow and blue every month (广元); slips of three colours (宿迁); points behind and months of
#: silence (银川); days late in four steps (a builder's projects in Shenzhen); the default is D-20.
LIGHTS: Mapping[str, str] = {
    "deadline": "lights",
    "monthly": "lights-monthly",
    "reminder": "lights-reminder",
    "progress": "lights-progress",
    "delay": "lights-delay",
}


#: The kinds of inspection whose milestones are known; the first is shown, commented out, where none is named.
#: Source: the limits stand with theirs in the files.
INSPECTIONS = ("inspection", "audit", "supervision")


def settings_text(  # noqa: PLR0913 - what `init` asks for
    preset: str,
    *,
    org: str,
    title: str,
    language: str,
    lights: str = "deadline",
    inspection: str = "",
) -> str:
    """The text of a new ``ledger.toml``; from then on it is the user's own.

    Shape: `preset` is a key of PRESETS, `lights` one of LIGHTS, `inspection` one of INSPECTIONS or empty.
    """
    chosen = PRESETS[preset]
    head = _text("head", language).format(
        about=chosen.about[language],
        title=_quoted(title),
        org=_quoted(org),
        language=language,
        required=str(chosen.plan_required).lower(),
    )
    milestones = _text(f"milestones-{inspection or INSPECTIONS[0]}", language)
    shown = milestones if inspection else _commented(milestones)
    last = (_text(each, language) for each in ("letters", "notice", "registers", "clues"))
    parts = (_text(preset, language), _text(LIGHTS[lights], language), shown, *last)
    return "\n".join((head, *parts))


def _commented(text: str) -> str:
    """The same as a comment; what is one already stays."""
    lines = (line if not line or line.startswith("# ") else f"# {line}" for line in text.splitlines())
    return "\n".join(lines) + "\n"


def people_text(language: str) -> str:
    """The text of a new ``people.toml``."""
    return _text("people", language)


def _text(name: str, language: str) -> str:
    return (files(__name__) / f"{name}.{language}.toml").read_text(encoding="utf-8")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
