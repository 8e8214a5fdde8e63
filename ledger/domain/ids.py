"""Hidden uids, and the numbers people write: 7, 7.2, 7.2.1, 3-9, L3, C12, R2025-1, meetings:5."""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from ledger.domain.text import excerpt, halfwidth
from ledger.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Crockford's base 32: no I, L, O, U. Source: the ULID specification.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: Most things one command may name.
RANGE_LIMIT = 10_000

Kind: TypeAlias = Literal["issue", "measure", "point", "letter", "clue", "review", "register"]

_DEPTHS: dict[int, Kind] = {1: "issue", 2: "measure", 3: "point"}
#: Patterns are made when an id is read: most commands that make ids read none.
_NUMBER = r"0*[1-9][0-9]{0,8}"
_PATH = rf"{_NUMBER}(?:\.{_NUMBER}){{0,2}}"
_DASHED = rf"({_NUMBER})-({_NUMBER})(?:-({_NUMBER}))?"
_LETTERED = rf"([LClc])({_NUMBER})"
_REVIEW = rf"[Rr]([0-9]{{4}})-({_NUMBER})"
_REGISTER = rf"([A-Za-z][A-Za-z0-9_-]*):({_NUMBER})"
#: Hyphens and dashes as keyboards and word processors write them.
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


class NoNumberError(UsageError):
    """A word that is no number of a ledger; `word` is the one that is none."""

    def __init__(self, word: str) -> None:
        """Say which forms there are."""
        message = _('"{word}" is not a number of this ledger').format(word=excerpt(word))
        hint = _("write 7, 7.2, 7.2.1, 3-9, 7.1-7.3, L3, C12, R2025-1 or meetings:5")
        super().__init__(message, hint)
        self.word = word


class Id(NamedTuple):
    """A number somebody wrote, and what it is a number of.

    Shape: `numbers` are the issue, measure and point; of a letter or a clue its own; of a
        review the year and its own; `register` is empty but for a register's record.
    """

    kind: Kind
    numbers: tuple[int, ...]
    register: str = ""

    def __str__(self) -> str:
        """The number as it is shown and may be typed again."""
        own = ".".join(map(str, self.numbers))
        match self.kind:
            case "letter":
                return f"L{own}"
            case "clue":
                return f"C{own}"
            case "review":
                return f"R{self.numbers[0]:04}-{self.numbers[1]}"
            case "register":
                return f"{self.register}:{own}"
            case _:
                return own


def ulid(now_ms: int, randomness: bytes) -> str:
    """A uid that sorts by the time it was made.

    Shape: 26 characters of Crockford's base 32.
    Units: `now_ms` milliseconds since 1970, below 2**48; `randomness` 10 bytes.

    Source: the ULID specification.
    """
    if not 0 <= now_ms < 1 << 48 or len(randomness) != 10:
        raise ValueError(now_ms, len(randomness))
    value = now_ms << 80 | int.from_bytes(randomness, "big")
    return "".join(_ALPHABET[value >> shift & 31] for shift in range(125, -1, -5))


def derived(uid: str, what: str) -> str:
    """The uid that follows from another and from what it is given for: the same wherever it is worked out.

    Shape: the moment of `uid`, and 80 bits of a hash of both.
    """
    import hashlib

    chance = hashlib.sha256(f"{uid} {what}".encode()).digest()[:10]
    return uid[:10] + ulid(0, chance)[10:]


def short(uid: str) -> str:
    """The part of a uid that stands in a file's name: its last eight characters."""
    return uid[-8:].lower()


def number_in(name: str) -> int | None:
    """The number a record's file is named by; nothing where its name begins with none."""
    head = name.partition("-")[0]
    return int(head) if head.isascii() and head.isdecimal() else None


def kept_of(name: str) -> str:
    """The part of a file's name that stays when its record gets another number; all of a name without one."""
    return name if number_in(name) is None else name.partition("-")[2]


def parse_ids(words: Sequence[str]) -> tuple[Id, ...]:
    """The things somebody named, in the order named, each once.

    Shape: words may be lists (`7,8、9`) and ranges (`3-9`, `7.1-7.3`). `7-9` is a range;
        `7-2` cannot be one and is measure 7.2; `7-2-1` is point 7.2.1.

    Raises:
        UsageError: a word is no number of the ledger, or they name more than 10,000 things.
    """
    found: dict[Id, None] = {}
    room = RANGE_LIMIT
    for word in words:
        parts = [part for part in re.split(r"[,、;\s]+", halfwidth(word).translate(_DASHES)) if part]
        if not parts:
            raise NoNumberError(word)
        for part in parts:
            ids = _parse(part, room)
            room -= len(ids) if len(ids) > 1 else 0
            found.update(dict.fromkeys(ids))
    if len(found) > RANGE_LIMIT:
        message = _("more than {limit} things are named at once").format(limit=f"{RANGE_LIMIT:,}")
        raise UsageError(message, hint=_("name fewer, one command after another"))
    return tuple(found)


def _parse(part: str, room: int) -> tuple[Id, ...]:
    if re.fullmatch(_PATH, part):
        return (_plain(_numbers(part)),)
    if found := re.fullmatch(_DASHED, part):
        numbers = tuple(int(each) for each in found.groups() if each)
        if len(numbers) == 3 or numbers[1] < numbers[0]:
            return (_plain(numbers),)
        return _range((), *numbers, room=room)
    if found := re.fullmatch(_LETTERED, part):
        return (Id("letter" if found[1] in "Ll" else "clue", (int(found[2]),)),)
    if found := re.fullmatch(_REVIEW, part):
        return (Id("review", (int(found[1]), int(found[2]))),)
    if found := re.fullmatch(_REGISTER, part):
        return (Id("register", (int(found[2]),), found[1].lower()),)
    return _deep_range(part, room)


def _deep_range(part: str, room: int) -> tuple[Id, ...]:
    """`7.1-7.3`: both ends under the same head, the second not before the first."""
    ends = part.split("-")
    if len(ends) == 2 and all(re.fullmatch(_PATH, end) for end in ends):
        first, last = map(_numbers, ends)
        if len(first) == len(last) > 1 and first[:-1] == last[:-1] and first <= last:
            return _range(first[:-1], first[-1], last[-1], room=room)
    raise NoNumberError(part)


def _range(head: tuple[int, ...], first: int, last: int, *, room: int) -> tuple[Id, ...]:
    if last - first + 1 > room:
        message = _("the ranges name more than {limit} things at once").format(limit=f"{RANGE_LIMIT:,}")
        raise UsageError(message, hint=_("give smaller ranges, one command after another"))
    return tuple(_plain((*head, number)) for number in range(first, last + 1))


def _numbers(path: str) -> tuple[int, ...]:
    return tuple(map(int, path.split(".")))


def _plain(numbers: tuple[int, ...]) -> Id:
    return Id(_DEPTHS[len(numbers)], numbers)
