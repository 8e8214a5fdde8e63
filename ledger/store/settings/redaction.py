"""``[redact]`` of ``ledger.toml``: what papers that leave the office may not say, and further profiles."""

from __future__ import annotations

import re
from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING

from ledger.domain.redaction import PUBLIC, Profile, Redaction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.store.settings.reader import Reader

#: What a profile may be called: it is typed behind --redact.
_NAME = re.compile("[a-z][a-z0-9_-]{0,39}")


def redaction(top: Reader) -> Redaction:
    """What an office says; without anything there is the profile that ships.

    Shape: `[redact]` has `allow` and `words`, every table below it is a profile: `names`, `numbers`, `inner`,
        `withheld`, each true unless it says false.

    Raises:
        DamageError: a key is not known, or a profile takes the name of the one that ships.
    """
    table = top.table("redact")
    if not table.values:
        return Redaction()
    return Redaction(table.words("allow"), table.words("words"), MappingProxyType(dict(_profiles(table))))


def _profiles(table: Reader) -> Mapping[str, Profile]:
    found = {PUBLIC: Profile()}
    for name in table.values:
        if name in ("allow", "words"):
            continue
        if name == PUBLIC:
            raise table.wrong(name, _("this profile ships, and stays as it is; give yours another name"))
        if not _NAME.fullmatch(name):
            raise table.wrong(name, _('a short ASCII name such as "unit" is expected'))
        found[name] = _profile(table.table(name))
    return found


def _profile(row: Reader) -> Profile:
    for key in row.values:
        if key not in Profile._fields:
            raise row.wrong(key, _("one of {codes} is expected").format(codes=", ".join(Profile._fields)))
    return Profile(**{key: row.take(key, bool, True) for key in Profile._fields})
