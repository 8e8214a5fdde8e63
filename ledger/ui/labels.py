"""Stored codes as the words a person reads; the codes themselves never change."""

from __future__ import annotations

import errno
from gettext import gettext as _
from gettext import pgettext
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ledger import language
from ledger.domain.codewords import CODE_WORDS
from ledger.domain.headings import HEADINGS
from ledger.ui.table import Toned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.ui.table import Tone

#: English word of every code and heading, by kind; the kind is the context (msgctxt) of its translation.
WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({**CODE_WORDS, **HEADINGS})

#: Colours of what is good, slow or late; everything else has none.
TONES: Final[Mapping[tuple[str, str], Tone]] = MappingProxyType(
    {
        ("status", "pending"): "quiet",
        ("status", "done"): "warn",
        ("status", "closing"): "warn",
        ("status", "closed"): "good",
        ("status", "longterm"): "good",
        ("status", "void"): "quiet",
        ("lookback", "held"): "good",
        ("lookback", "partial"): "warn",
        ("lookback", "rebound"): "bad",
        ("lookback", "variant"): "bad",
        ("stage", "concluded"): "good",
        ("stage", "issue"): "good",
        ("light", "red"): "bad",
        ("light", "orange"): "warn",
        ("light", "yellow"): "warn",
        ("light", "green"): "good",
        ("step_result", "signed"): "good",
        ("step_result", "returned"): "bad",
        ("step_result", "suspect"): "bad",
        ("step_result", "lapsed"): "quiet",
        ("verdict", "ok"): "good",
        ("verdict", "wrong"): "bad",
        ("verdict", "truncated"): "warn",
        ("verdict", "unclear"): "quiet",
        ("severity", "error"): "bad",
        ("severity", "warning"): "warn",
    }
)


def label(kind: str, code: str) -> str:
    """The word for one code; a code we do not know is its own word."""
    word = WORDS[kind].get(code)
    return code if word is None else pgettext(kind, word)


def labels(kind: str) -> Mapping[str, str]:
    """Every word of one kind, looked up once: for loops."""
    spoken = language.words()
    return {code: spoken.pgettext(kind, word) for code, word in WORDS[kind].items()}


def own(kind: str) -> Mapping[str, str]:
    """What the fields of a kind of record are called where it has words of its own for them."""
    return labels(f"{kind}_field") if f"{kind}_field" in WORDS else {}


def code(kind: str, word: str) -> str | None:
    """The code a person means by `word`: the code itself, or its word in any language we speak.

    Shape: None when it is neither.
    """
    wish = word.strip().casefold()
    for each in WORDS[kind]:
        if wish == each:
            return each
    for spoken in language.LANGUAGES:
        catalogue = language.catalogue(spoken)
        for each, english in WORDS[kind].items():
            if wish == catalogue.pgettext(kind, english).casefold():
                return each
    return None


def tone(kind: str, code: str) -> Tone | None:
    """The colour that repeats the word of a code."""
    return TONES.get((kind, code))


def toned(kind: str, code: str) -> str | Toned:
    """The word for one code, in its colour where it has one."""
    colour = tone(kind, code)
    return label(kind, code) if colour is None else Toned(label(kind, code), colour)


def reason(error: OSError) -> str:
    """Why the system refused, in plain words."""
    known = {
        errno.ENOSPC: _("the disk is full"),
        errno.EDQUOT: _("the disk quota is used up"),
        errno.EROFS: _("the disk is read-only"),
        errno.EACCES: _("permission denied"),
        errno.EPERM: _("permission denied"),
        errno.EIO: _("the disk reports an error"),
        errno.ENOENT: _("there is no such file or folder"),
        errno.EEXIST: _("it is already there"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOTDIR: _("a part of the path is not a folder"),
        errno.ENAMETOOLONG: _("the name is too long"),
        errno.ELOOP: _("its links lead in a circle"),
        errno.EMFILE: _("too many files are open"),
        errno.ENFILE: _("too many files are open"),
    }
    return known.get(error.errno or 0) or error.strerror or str(error)


def messages() -> Iterator[tuple[str, str]]:
    """Every word of every kind with its context, for the catalogue."""
    for kind, words in WORDS.items():
        for word in words.values():
            yield kind, word
