"""What an office keeps out of the public edition of its papers, and who agreed to that (不公开事项)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from ledger.domain.entry import Entry

#: The kinds of content that may be withheld: 党和国家秘密, 正在初核或已立案未公布的案件,
#: 可能引起重大负面炒作, 可能引发大规模上访或群体性事件, 重大敏感事项.
#: Source: guidance on publishing rectification, which lists these five.
KINDS: Final = ("secret", "open_case", "publicity", "unrest", "sensitive")


class Withheld(NamedTuple):
    """That an issue or a measure is kept out of the public edition.

    Shape: `kind` is one of KINDS; `why`, `by` (the person or meeting that agreed) and `on` are empty, or
        None, where a field was written by hand and nobody said.
    """

    kind: str
    why: str = ""
    by: str = ""
    on: dt.date | None = None


def withheld_of(kind: str, target: str | None, entries: Iterable[Entry]) -> Withheld | None:
    """What is said of something withheld; None where it is not.

    Shape: `kind` is what the field holds, `target` the uid of the measure, None for the issue; `entries` from
        the oldest on.
    """
    if not kind:
        return None
    said = [each for each in entries if each.do == "withhold" and _set(each, target) == kind]
    if not said:
        return Withheld(kind)
    last = said[-1]
    return Withheld(kind, last.why or "", last.meeting or last.signer or "", last.on)


def _set(entry: Entry, target: str | None) -> object:
    home = entry.set if target is None else entry.set.get("measures", {}).get(target, {})
    return home.get("withheld")
