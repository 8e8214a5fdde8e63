"""What a register is: its fields, its vocabulary and how it is counted, as data and without code.

An office says all of it in TOML; records are kept without it, so that a declaration may change or be lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The field that says when it happened: every record of every register has it.
DATE: Final = "on"
#: Names that mean something else in files, ids, commands or JSON.
RESERVED: Final = frozenset(
    {
        "uid", "number", "formerly", "id", "due", "due_original", "claimed_by", "claimed_on", "items",
        "format", "status", "head", "history", "evidence", "points", "measures", "by", "today", "json",
        "plain", "quiet", "commit", "lang", "root", "ledger", "help", "version", "why", "no_color",
        "no_input", "as_of", "known_at", "dry_run", "period", "columns", "limit", "sort",
    }
)  # fmt: skip
#: Behind the name of a field of units: the group people.toml puts the unit in.
GROUP: Final = ".group"


class Label(NamedTuple):
    """What something is called in both languages; where one is missing, the other stands for it."""

    zh: str = ""
    en: str = ""

    def said(self, language: str) -> str:
        """The words in a language, a key of ledger.language.LANGUAGES."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)

    @property
    def words(self) -> tuple[str, ...]:
        """Every word it is called by."""
        return tuple(dict.fromkeys(word for word in self if word))


class FieldType(StrEnum):
    """What a declared field holds."""

    TEXT = "text"
    LINE = "line"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"
    FLAG = "flag"
    LIST = "list"
    CODE = "code"
    UNIT = "unit"
    PERSON = "person"
    LINK = "link"
    SERIAL = "serial"


class DeclaredField(NamedTuple):
    """One field of a register.

    Shape: `codes` are the vocabulary of a code, each with its words. A serial is numbered by itself in each
        year, and apart for every value of the fields in `per`. `default` is what is written where nothing is
        said, typed as a person would.

    Attributes:
        unit: In which unit money is shown, a key of amounts.UNITS.
    """

    name: str
    label: Label
    type: FieldType = FieldType.LINE
    required: bool = False
    codes: Mapping[str, Label] = MappingProxyType({})
    unit: str = "yuan"
    per: tuple[str, ...] = ()
    default: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """What a column or a condition may call it."""
        return (self.name, *self.label.words)

    @property
    def known_as(self) -> str:
        """What a message calls it: its name, and the word of the trade."""
        return self.name if self.label.zh in ("", self.name) else f"{self.name} {self.label.zh}"


Of: TypeAlias = Literal["records", "sum", "distinct", "coverage"]


class Figure(NamedTuple):
    """One thing that is counted, and how (口径).

    Shape: `of` says what is counted: records; the sum of a number or of money (one field); how many different
        values the `fields` have together; or which of the expected units occur in a field. `by` are fields
        whose values are counted apart; `where` leads from a field to the values that count. `date` is the
        field by which a record falls into a period. `expected` are the units of each group, of coverage
        alone; where it is empty, people.toml says them.
    """

    name: str
    label: Label
    definition: Label
    of: Of = "records"
    fields: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    date: str = DATE
    unit: Label = Label()
    expected: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Declaration:
    """A register as it is declared.

    Shape: `fields` has `on` first. `columns` are the fields a list shows on a screen.

    Attributes:
        place: Where an office declares it, as file:line; empty for one that ships.
    """

    kind: str
    label: Label
    fields: Mapping[str, DeclaredField]
    figures: tuple[Figure, ...] = ()
    columns: tuple[str, ...] = ()
    about: Label = Label()
    place: str = ""
    by_word: Mapping[str, str] = field(default_factory=dict)

    def named(self, word: str) -> DeclaredField | None:
        """The field somebody means by its name or its label; None when there is none."""
        name = word if word in self.fields else self.by_word.get(word.strip().casefold(), "")
        return self.fields.get(name)

    def figure(self, word: str) -> Figure | None:
        """The figure somebody means by its name or its label."""
        for each in self.figures:
            if word in (each.name, *each.label.words):
                return each
        return None


def words_of(fields: Mapping[str, DeclaredField]) -> dict[str, str]:
    """Every word for a field, folded, with its name; a word two fields share means the first."""
    words: dict[str, str] = {}
    for each in fields.values():
        for word in each.words:
            words.setdefault(word.casefold(), each.name)
    return words
