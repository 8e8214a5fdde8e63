"""What a paper that leaves the office may not say: profiles, as an office has them in its settings."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Profile(NamedTuple):
    """What is taken out of a paper.

    Attributes:
        names: Persons are named by their posts.
        numbers: Telephone, identity and account numbers and e-mail addresses are blotted out.
        inner: Remarks, notes, sign-offs, evidence, clues and what else is for the office alone is left out.
        withheld: What is withheld is left out, and counts nowhere.
    """

    names: bool = True
    numbers: bool = True
    inner: bool = True
    withheld: bool = True


#: The profile that ships: everything is taken out. An office has others beside it, never in its place.
PUBLIC: Final = "public"


class Redaction(NamedTuple):
    """What an office says of papers that leave it.

    Shape: `allow` are words in which a protected text may stand (高峰期 where somebody is called 高峰);
        `words` are further texts that no such paper may say.
    """

    allow: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    profiles: Mapping[str, Profile] = MappingProxyType({PUBLIC: Profile()})
