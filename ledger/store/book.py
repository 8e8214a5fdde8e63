"""One ledger: its settings, its people and its records.

What reads them is imported where it is needed: a list asks the index and reads no record.
"""

from __future__ import annotations

import difflib
from functools import cached_property
from gettext import gettext as _
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ledger.domain.ids import number_in
from ledger.domain.schema import ISSUE, Schema
from ledger.errors import ConflictError, DamageError, NotFoundError
from ledger.store import staging

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ledger.domain.frozen import Frozen
    from ledger.domain.settings import Settings
    from ledger.domain.state import State
    from ledger.store.people import People
    from ledger.store.record import Record
    from ledger.store.workspace import Workspace


class Book:
    """One ledger of a workspace."""

    def __init__(self, workspace: Workspace, name: str) -> None:
        """Open the ledger of that name; nothing is read yet."""
        self.workspace = workspace
        self.name = name

    @property
    def folder(self) -> Path:
        """Where the ledger lies."""
        return self.workspace.ledgers / self.name

    @property
    def index_path(self) -> Path:
        """The disposable index."""
        return self.folder / ".index" / "index.db"

    @property
    def templates(self) -> Path:
        """The office's own report templates."""
        return self.workspace.templates

    @property
    def shelf(self) -> Path:
        """The folder in which `evidence/` lies."""
        return self.folder

    @cached_property
    def settings(self) -> Settings:
        """The ledger's own rules."""
        from ledger.store import settings

        return settings.load(self.folder / "ledger.toml", self.workspace.root)

    def settings_on(self, day: dt.date | None, known_at: dt.datetime | None = None) -> Settings:
        """The rules with those who sign on a day, or now: who took over in the place of who handed over.

        Raises:
            DamageError: a handover cannot be read.
        """
        from ledger.domain import handover

        if not any(step.signers for step in self.settings.chain.steps):
            return self.settings
        found = []
        for record in self.records(handover.HANDOVER):
            state = self.replayed(record, as_of=day, known_at=known_at) if day or known_at else record.state
            held = handover.handover_of(state) if state is not None else None
            if held is not None and (day is None or held.on <= day):
                found.append(held)
        return handover.with_successors(self.settings, sorted(found, key=lambda each: each.on))

    @cached_property
    def people(self) -> People:
        """Who may be named."""
        from ledger.store import people

        return people.load(self.folder / "people.toml")

    def frozen_before(self, day: dt.date) -> Frozen | None:
        """The latest frozen period that ended before a day.

        Raises:
            DamageError: a manifest cannot be read.
        """
        from ledger.store import frozen

        return frozen.latest_before(self.folder, day)

    def names(self, schema: Schema = ISSUE) -> list[str]:
        """The record files there are, sorted: in the order of their numbers."""
        from ledger.store import files

        found = files.names(self.folder / schema.folder)
        staged = self._staged()
        if not staged:
            return found
        home = PurePosixPath(self.name, schema.folder)
        changed = {path.name: data for path, data in staged.items() if path.parent == home}
        kept = [name for name in found if name not in changed]
        return sorted([*kept, *(name for name, data in changed.items() if data is not None)])

    def _staged(self) -> dict[PurePosixPath, bytes | None]:
        """What a committed transaction holds that nobody could finish yet; it counts as written."""
        if not staging.pending(self.workspace.state):
            return {}
        from ledger.store import transaction

        return transaction.overlay(self.workspace.state, self.workspace.ledgers)

    def schemas(self) -> tuple[Schema, ...]:
        """Every kind of record that the ledger may hold; of registers those that have a folder."""
        from ledger.domain import kinds, register

        folder = self.folder / register.FOLDER
        found = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
        named = [name for name in found if register.NAME.fullmatch(name) and name not in kinds.FIXED]
        return (*kinds.FIXED.values(), *map(register.register, named))

    def shown(self, name: str, schema: Schema = ISSUE) -> PurePosixPath:
        """How a record's file is called in messages: relative to the workspace."""
        return PurePosixPath("ledgers", self.name, schema.folder, name)

    def read(self, name: str, schema: Schema = ISSUE) -> Record:
        """One record, checked against its own history.

        Raises:
            DamageError: it cannot be read, or its history does not hold; file and line are named.
        """
        from ledger.store import record

        path = self.shown(name, schema)
        return record.read(self._bytes(path), path, schema)

    def raw(self, name: str, schema: Schema = ISSUE) -> bytes:
        """The bytes of a record's file, as they count.

        Raises:
            DamageError: it is no ordinary file, or too large to be a record.
        """
        return self._bytes(self.shown(name, schema))

    def reader(self, schema: Schema = ISSUE) -> Callable[[str], bytes]:
        """What gives the bytes of one record after the other, as `raw` does.

        Shape: what a committed transaction holds is looked for once, now: for some hundreds of records.
        """
        from ledger.store import files, toml

        home, folder = PurePosixPath(self.name, schema.folder), self.folder / schema.folder
        staged = {path.name: data for path, data in self._staged().items() if path.parent == home}

        def read(name: str) -> bytes:
            data = staged.get(name)
            return files.read(folder / name, limit=toml.LARGEST_BYTES) if data is None else data

        return read

    def _bytes(self, path: PurePosixPath) -> bytes:
        staged = self._staged().get(PurePosixPath(*path.parts[1:]))
        if staged is not None:
            return staged
        from ledger.store import files, toml

        return files.read(self.workspace.root / path, limit=toml.LARGEST_BYTES)

    def records(self, schema: Schema = ISSUE) -> Iterator[Record]:
        """Every record, in the order of the numbers."""
        return (self.read(name, schema) for name in self.names(schema))

    def find(self, number: int, schema: Schema = ISSUE) -> Record:
        """The issue of that number, or the record of another kind.

        Raises:
            NotFoundError: there is none; near numbers are named.
            ConflictError: two files have the number.
            DamageError: the file is about another one.
        """
        start = f"{number:04d}-"
        names = [name for name in self.names(schema) if name.startswith(start)]
        if not names:
            raise self._missing(number) if schema is ISSUE else self._none(number, schema)
        if len(names) > 1:
            files_named = ", ".join(str(self.shown(name, schema)) for name in names)
            raise ConflictError(
                _("issue {number} stands in several files: {files}").format(
                    number=schema.id_of(number), files=files_named
                ),
                _("keep the right one, and move the others out of the folder; ledger check says more"),
            )
        record = self.read(names[0], schema)
        held = record.state.fields.get("number")
        if held != number:
            from ledger.store.record import file_name

            message = _("{path}: the file is named for issue {number} but holds issue {held}")
            raise DamageError(
                message.format(path=record.path, number=schema.id_of(number), held=held),
                _("give the file its own name back: {name}").format(
                    name=file_name(int(held or 0), str(record.state.fields.get("uid", "")))
                ),
            )
        return record

    def _none(self, number: int, schema: Schema) -> NotFoundError:
        there = [schema.id_of(each) for each in map(number_in, self.names(schema)) if each is not None]
        message = _("there is no {id}").format(id=schema.id_of(number))
        if not there:
            return NotFoundError(message, _("there is none of its kind yet"))
        return NotFoundError(message, _("there are {first} to {last}").format(first=there[0], last=there[-1]))

    def _missing(self, number: int) -> NotFoundError:
        numbers = self.numbers()
        if not numbers:
            return NotFoundError(
                _("there is no issue {number}: the ledger is empty").format(number=number),
                _("add one with: ledger add TITLE"),
            )
        message = _("there is no issue {number} (there are {first}-{last})").format(
            number=number, first=numbers[0], last=numbers[-1]
        )
        near = difflib.get_close_matches(str(number), [str(each) for each in numbers], n=1, cutoff=0.4)
        hint = _("ledger list shows them all")
        if near:
            hint = _("ledger list shows them all; did you mean {number}?").format(number=near[0])
        return NotFoundError(message, hint)

    def numbers(self) -> list[int]:
        """The numbers of the issues as the file names give them, sorted."""
        return sorted(number for number in map(number_in, self.names()) if number is not None)

    def replayed(
        self, record: Record, *, as_of: dt.date | None, known_at: dt.datetime | None
    ) -> State | None:
        """The record as it was; nothing when it was not there yet."""
        from ledger.store.record import replayed

        return replayed(record, as_of=as_of, known_at=known_at)
