"""A ledger as a frozen period saw it: its settings, people, plans and templates, histories cut there."""

from __future__ import annotations

from functools import cached_property
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.entry import parse as parsed
from ledger.domain.kinds import FIXED, kept_in, schema_of
from ledger.domain.presented import lost
from ledger.domain.replay import replay, up_to
from ledger.domain.schema import ISSUE, Schema
from ledger.errors import DamageError
from ledger.store import frozen as folders
from ledger.store import recordfile, settings
from ledger.store.book import Book
from ledger.store.record import file_name, form_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping
    from pathlib import Path, PurePosixPath

    from ledger.domain.checkpoint import Head
    from ledger.domain.frozen import Frozen
    from ledger.domain.settings import Settings


class FrozenBook(Book):
    """The ledger under the rules of a frozen period.

    Shape: with `cut` every record ends where it ended then, whatever came in since and whatever its number
        is now; without, the records are those there are, and only the rules are those of then. It is always
        looked at as of a day, so that no index is made of it.
    """

    def __init__(self, book: Book, frozen: Frozen, *, cut: bool) -> None:
        """Open it; nothing is read yet."""
        super().__init__(book.workspace, book.name)
        self.now = book
        self.frozen = frozen
        self.cut = cut
        self._kept: dict[str, Callable[[str], bytes]] = {}

    @property
    def home(self) -> Path:
        """The folder of the frozen period."""
        return self.workspace.ledgers / self.name / folders.FOLDER / self.frozen.name

    @property
    def folder(self) -> Path:
        """Where the rules lie: copies of the settings, the people, the plans, the prose."""
        return self.home / folders.BASIS

    @property
    def templates(self) -> Path:
        """The templates of the office that there were then."""
        return self.folder / folders.TEMPLATES

    @property
    def shelf(self) -> Path:
        """The folder in which `evidence/` lies: a file of evidence is its digest, then as now."""
        return self.now.shelf

    @cached_property
    def settings(self) -> Settings:
        """The ledger's own rules, as they were."""
        return settings.load(self.folder / "ledger.toml", self.folder)

    def frozen_before(self, day: dt.date) -> Frozen | None:
        """The frozen period whose figures the reports corrected; none where records are not cut."""
        if not self.cut or not self.frozen.before:
            return None
        return folders.read(self.home.parents[1], self.frozen.before)[0]

    def schemas(self) -> tuple[Schema, ...]:
        """Every kind of record that there was."""
        if not self.cut:
            return self.now.schemas()
        return (*FIXED.values(), *(schema_of(kind) for kind in sorted(self._heads) if kind not in FIXED))

    def names(self, schema: Schema = ISSUE) -> list[str]:
        """The record files there were, under the numbers they had, sorted."""
        return sorted(self._heads.get(schema.kind, ())) if self.cut else self.now.names(schema)

    def reader(self, schema: Schema = ISSUE) -> Callable[[str], bytes]:
        """What gives the bytes of one record after the other, as they would have been."""
        given = self.now.reader(schema)
        if not self.cut:
            return given
        heads = self._heads.get(schema.kind, {})
        there = {name.rpartition("-")[2]: name for name in self.now.names(schema)}

        def read(name: str) -> bytes:
            head, now = heads[name], there.get(name.rpartition("-")[2])
            if now is None:
                raise _gone(self.frozen, head)
            return _cut(given(now), head, self.now.shown(now, schema), self.frozen)

        return read

    def _bytes(self, path: PurePosixPath) -> bytes:
        schema = kept_in("/".join(path.parts[2:-1]))
        return self._readers(schema or ISSUE)(path.name)

    def _readers(self, schema: Schema) -> Callable[[str], bytes]:
        if schema.kind not in self._kept:
            self._kept[schema.kind] = self.reader(schema)
        return self._kept[schema.kind]

    @cached_property
    def _heads(self) -> Mapping[str, Mapping[str, Head]]:
        """Where every history ended, by kind and the name its file had."""
        found: dict[str, dict[str, Head]] = {}
        for head in folders.checkpoint(self.home.parents[1], self.frozen.name).heads:
            found.setdefault(head.kind, {})[file_name(head.number, head.uid)] = head
        return found


def _cut(data: bytes, head: Head, path: PurePosixPath, frozen: Frozen) -> bytes:
    """The record as it was when its history ended in `head`."""
    if f'\nhead = "sha256:{head.head}"\n'.encode() in data:
        return data
    schema = schema_of(head.kind)
    history = [parsed(line) for line in recordfile.parse(data, path=path).lines]
    if lost(head, history) is not None:
        message = _("{id}: the history was rewritten: what {name} rests on is not in it any more")
        raise DamageError(message.format(id=head.id, name=frozen.name), _way_back(head))
    kept = up_to(history, head.head)
    document = replay(schema, kept).document()
    return recordfile.render(document, [entry.line for entry in kept], form_of(head.kind)).encode()


def _gone(frozen: Frozen, head: Head) -> DamageError:
    message = _("{id} is gone, on which {name} rests").format(id=head.id, name=frozen.name)
    return DamageError(message, _way_back(head))


def _way_back(head: Head) -> str:
    schema, name = schema_of(head.kind), file_name(head.number, head.uid)
    hint = _("bring it back from git or from a copy: ledger restore {name}")
    return hint.format(name=name if schema is ISSUE else f"{schema.folder}/{name}")
