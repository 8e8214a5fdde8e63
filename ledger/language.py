"""Which language is spoken, and how it is switched on; standard library only."""

from __future__ import annotations

import gettext
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: The name of our catalogue. Source: DECISIONS.md D-09.
DOMAIN: Final = "taizhang"

#: Where the catalogues lie: `<language>/LC_MESSAGES/taizhang.mo`.
CATALOGUES: Final = Path(__file__).resolve().parent / "locale"

#: Languages spoken, each with the catalogue that speaks it; English is the source and needs none.
LANGUAGES: Final[Mapping[str, str]] = {"zh": "zh_CN", "en": "en"}

#: The variables that name a system's locale, the strongest first. Source: POSIX, locale(7).
LOCALE_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def choose(
    flag: str | None,
    ledger_language: Callable[[], str | None],
    environment: Mapping[str, str] | None = None,
) -> str:
    """The language to speak: `--lang`, else TAIZHANG_LANG, else the ledger's, else the system's.

    Shape: a key of LANGUAGES. `ledger_language` is asked only when the two before it are silent.

    Source: docs/contract.md §3, "Language".
    """
    environment = os.environ if environment is None else environment
    return (
        spoken(flag)
        or spoken(environment.get("TAIZHANG_LANG"))
        or spoken(ledger_language())
        or of_system(environment)
        or "en"
    )


def spoken(wish: str | None) -> str | None:
    """The language of LANGUAGES that `wish` names; nothing for any other word.

    Shape: `wish` is a locale's name (`zh_CN.UTF-8`, `zh-Hans`, `English_United States.1252`) or None.
    """
    if not wish:
        return None
    first = wish.replace("-", "_").split(".")[0].split("@")[0].split("_")[0].strip().lower()
    return {"chinese": "zh", "english": "en"}.get(first, first if first in LANGUAGES else None)


def of_system(environment: Mapping[str, str]) -> str | None:
    """The first language of the system that we speak; nothing when it names none (C, POSIX, unset).

    Source: gettext(1): LANGUAGE goes before the locale, unless the locale is C.
    """
    locale_name = next((environment[name] for name in LOCALE_VARIABLES if environment.get(name)), "")
    if locale_name.split(".")[0] in ("C", "POSIX"):
        return None
    wishes = [*environment.get("LANGUAGE", "").split(":"), locale_name]
    if os.name == "nt" and not any(wishes):
        import locale

        wishes = [locale.getlocale()[0] or ""]
    return next(filter(None, map(spoken, wishes)), None)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language` inside, and leave the environment as it was found.

    Every `gettext` call reads LANGUAGE anew, so this also switches in a running process.
    """
    before = os.environ.get("LANGUAGE")
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = LANGUAGES[language]
    try:
        yield
    finally:
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def current() -> str:
    """The language spoken now.

    Shape: a key of LANGUAGES; English when nothing was switched on.
    """
    return spoken(os.environ.get("LANGUAGE", "").split(":")[0]) or "en"


def words() -> gettext.NullTranslations:
    """The words of the language spoken now: for many look-ups at once, of which `gettext` does each anew."""
    return catalogue(current())


def catalogue(language: str) -> gettext.NullTranslations:
    """The words of one language, whatever is spoken now; the source words where it has no catalogue."""
    return gettext.translation(DOMAIN, CATALOGUES, [LANGUAGES[language]], fallback=True)
