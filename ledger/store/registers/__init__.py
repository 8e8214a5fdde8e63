"""The registers that ship, each declared in a file of its own; and those a ledger has besides."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.domain.declaration import Declaration
    from ledger.domain.settings import Settings

#: Their names, in the order in which they are listed.
SHIPPED: Final = (
    "meetings",
    "visits",
    "reports",
    "cases",
    "regulations",
    "accountability",
    "tolerance",
    "duty_lists",
    "duty_reports",
    "bulletins",
    "publications",
)


@lru_cache(maxsize=32)
def shipped(kind: str) -> Declaration:
    """The declaration of a register that ships."""
    from ledger.store.settings.reader import File, Reader
    from ledger.store.settings.registers import declaration
    from ledger.store.toml import read_toml

    data = (files(__name__) / f"{kind}.toml").read_bytes()
    path = Path(f"{kind}.toml")
    top = Reader(read_toml(data, path=path), File(path, data.decode().splitlines()))
    return declaration(kind, top)


def declared(settings: Settings) -> Mapping[str, Declaration]:
    """Every register of a ledger by its name: those that ship, then its own.

    Raises:
        DamageError: a declaration of its own is not right; file and line are named.
    """
    own = dict(settings.registers)
    return {**{kind: own[kind] if kind in own else shipped(kind) for kind in SHIPPED}, **own}
