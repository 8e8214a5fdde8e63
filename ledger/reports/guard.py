"""What a public paper may not say, worked out once: names with what stands in their place, texts with why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain import personalnumbers
from ledger.domain.confidence import VEIL
from ledger.domain.occurrences import Finder, Span, plain, replaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ledger.domain.redaction import Profile

#: From so many characters on a text is looked for in the whole paper at once, across cells and paragraphs; a
#: shorter one, a name most of all, where it stands in one piece.
_LONG: Final = 6


class Secret(NamedTuple):
    """A text that must not leave the office.

    Shape: `text` as `occurrences.plain` has it; `kind` is `name`, `number`, `inner`, `source`, `withheld` or
        `word`; `where` the id of the record it stands in, empty where it stands in none.
    """

    text: str
    kind: str
    where: str = ""


class Protected(NamedTuple):
    """What a ledger has that must not leave the office.

    Shape: `names` of persons, each with what stands in its place; `allowed` are words in which any of this
        may stand; `declared` are texts whose numbers are meant to be public: the contact of a notice;
        `withheld` are the uids of issues and measures.
    """

    names: Mapping[str, str]
    secrets: Sequence[Secret]
    allowed: Sequence[str] = ()
    declared: Sequence[str] = ()
    withheld: frozenset[str] = frozenset()


class Guard:
    """Takes out of texts what must not leave the office, and finds it where it still stands.

    Attributes:
        profile: What is taken out.
        withheld: The uids of issues and measures that are left out.
    """

    def __init__(self, profile: Profile, protected: Protected) -> None:
        """Take what there is to protect, and how much of it a profile does."""
        names, secrets = protected.names, protected.secrets
        self.profile = profile
        self.withheld = protected.withheld
        self._names = {plain(name): post for name, post in names.items()} if profile.names else {}
        self._named = Finder(name for name in self._names if len(name) > 1)
        found = [each for each in secrets if each.kind != "number"]
        found += [Secret(name, "name") for name in self._names if len(name) > 1]
        self._secrets = {each.text: each for each in reversed(found)}
        self._finder = Finder(self._secrets)
        self._allowed = Finder(protected.allowed)
        self._declared = frozenset(numbers(protected.declared))
        told = {personalnumbers.bare(each.text): each for each in secrets if each.kind == "number"}
        self._numbers = {number: each for number, each in told.items() if number not in self._declared}

    def post(self, name: str) -> str:
        """What stands in place of a person's name in a field of its own; whatever else is there stays."""
        return self._names.get(plain(name)) or self.masked(name)

    def masked(self, text: str) -> str:
        """The text with posts in place of names, and blotted out numbers."""
        if self.profile.names:
            text = replaced(text, self._named_in, lambda name: self._names[name])
        return replaced(text, self._numbered_in, lambda _number: VEIL) if self.profile.numbers else text

    def _named_in(self, text: str) -> Iterator[Span]:
        return self._kept_from(text, self._named.spans(text))

    def _numbered_in(self, text: str) -> Iterator[Span]:
        found = personalnumbers.spans(text)
        return (each for each in found if personalnumbers.bare(each.text) not in self._declared)

    def _kept_from(self, text: str, spans: Iterable[Span]) -> Iterator[Span]:
        """Those of the spans that do not lie within an allowed word."""
        found = list(spans)
        free = list(self._allowed.spans(text)) if found else []
        for each in found:
            if not any(word.start <= each.start and each.end <= word.end for word in free):
                yield each

    def leaks(self, text: str, *, long: bool = False) -> Iterator[tuple[Secret, str]]:
        """What of all this stands in a text, each with what stands around it.

        Shape: with `long` only what is long enough to be told from what stands together by chance.
        """
        words = plain(text)
        for each in self._kept_from(words, self._finder.spans(words)):
            if not long or len(each.text) >= _LONG:
                yield self._secrets[each.text], _around(words, each)
        for each in personalnumbers.spans(words) if self._numbers else ():
            secret = self._numbers.get(personalnumbers.bare(each.text))
            if secret is not None:
                yield secret, _around(words, each)


#: So much of the text on either side is shown. Units: characters.
_BESIDE: Final = 12


def _around(text: str, span: Span) -> str:
    return text[max(span.start - _BESIDE, 0) : span.end + _BESIDE]


def numbers(texts: Iterable[str]) -> Iterator[str]:
    """The numbers that lead to a person in some texts, bare."""
    for text in texts:
        if personalnumbers.may_hold(text):
            yield from (personalnumbers.bare(each.text) for each in personalnumbers.spans(plain(text)))
