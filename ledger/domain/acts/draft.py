"""A record being changed: every act becomes an entry and is applied at once."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ledger.domain import words
from ledger.domain.course import OWN
from ledger.domain.entry import Entry, compose
from ledger.domain.moves import Act, Status, step
from ledger.domain.schema import VOID
from ledger.domain.text import sound
from ledger.errors import RefusedError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from ledger.domain.settings import Settings
    from ledger.domain.state import State


#: Acts on an issue that give it a status of its own under a chain for issues. Under one for measures they
#: say so, because replay never reads settings. Source: docs/contract.md §1, "Issue status".
_OWN_ACTS = frozenset({"note", "evidence", "interim", "done", "sign", "return", "reopen", "longterm"})

#: What can be done to a record of a kind with stages whatever its stage, unless it is void.
_AT_ANY_STAGE = frozenset({"note", "evidence", "edit"})

#: What brings texts along that stand in histories already.
_CARRIED = frozenset({"resolve"})


class Context(NamedTuple):
    """Who does something, when, and under which rules.

    Shape: `new_id` gives a fresh ULID at each call; all entries of a command share `batch`.
    """

    by: str
    on: dt.date
    at: dt.datetime
    batch: str
    new_id: Callable[[], str]
    settings: Settings
    why: str = ""


class Draft:
    """A record and the entries a command has added to it so far.

    Attributes:
        state: The record with the new entries applied.
        context: Who, when, under which rules.
        added: The new entries, oldest first.
        warnings: Sentences the person should read though nothing was refused.
    """

    def __init__(self, state: State, context: Context) -> None:
        """Begin with nothing added."""
        self.state = state
        self.context = context
        self.added: list[Entry] = []
        self.warnings: list[str] = []

    @property
    def number(self) -> int:
        """The record's number."""
        return int(self.state.fields.get("number", 0))

    @property
    def approved(self) -> bool:
        """Whether the record stands in an approved plan."""
        return bool(self.state.plan_versions)

    def name(self, key: str = OWN) -> str:
        """The id people use for the record or one of its measures: 7, 7.2, chronicle:3."""
        if key != OWN and self.state.schema.lifecycle is None:
            return f"{self.number}.{self.state.parts[key].get('number')}"
        return self.state.schema.id_of(self.number)

    def status(self, key: str = OWN) -> Status:
        """Where the issue or one of its measures stands."""
        return self.state.status(key)

    def require(self, act: Act | str, key: str = OWN) -> None:
        """Refuse when `act` is not possible now.

        Raises:
            RefusedError: the table of moves, or the lifecycle of the kind, does not list it.
        """
        if self.state.schema.lifecycle is not None:
            self._require_stage(act)
            return
        step(self.state.status_before(key), Act(act), self.name(key))

    def _require_stage(self, act: str) -> None:
        lifecycle, stage = self.state.schema.lifecycle, self.state.stage
        moves = lifecycle is not None and (stage, act) in lifecycle.moves
        if moves or (stage != VOID and act in _AT_ANY_STAGE):
            return
        message = _("{id} is {status}, so {act} is not possible").format(
            id=self.name(), status=words.said("stage", stage), act=words.said("act", act)
        )
        allowed = lifecycle.allowed(stage) if lifecycle else ()
        listed = ", ".join(words.said("act", each) for each in allowed) or _("nothing")
        raise RefusedError(message, _("possible now: {acts}").format(acts=listed))

    def enter(
        self,
        do: str,
        key: str = OWN,
        *,
        changes: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        **parts: object,
    ) -> Entry:
        """Add one entry and apply it.

        Shape: `changes` are fields of `key` itself; `parts` are further keys of an entry
            (signer, meeting, sees, why, and `set` for changes to several measures).

        Raises:
            RefusedError: a status would be dated before the last one.
            RejectedInputError: a text is too long, or holds what is not seen, wherever it came from.
        """
        said = dict(data or {})
        if do not in _CARRIED:
            sound([changes, said, parts, self.context.by, self.context.why])
        governs = key == OWN and do in _OWN_ACTS and self.state.schema.lifecycle is None
        if governs and self.context.settings.chain.of == "measure":
            said["of"] = "measure"
        self._not_before(do, key, said)
        given = dict(cast("Mapping[str, Any]", parts.pop("set", {}))) or self._relative(key, changes)
        entry = compose(
            {
                "id": self.context.new_id(),
                "batch": self.context.batch,
                "on": self.context.on,
                "at": self.context.at,
                "by": self.context.by,
                "prev": list(self.state.tips),
                "do": do,
                "target": key,
                "set": given,
                "was": self._before(given),
                "data": said,
                "why": self.context.why,
                **parts,
            }
        )
        self.state.apply(entry)
        self.added.append(entry)
        return entry

    def _not_before(self, do: str, key: str, said: Mapping[str, Any]) -> None:
        if not self.state.moves(do) or "request" in said or "refuse" in said:
            return
        last = self.state.courses[key].last_on
        if last is not None and self.context.on < last:
            message = _("{id} was last changed on {last}; {act} cannot be dated {on}").format(
                id=self.name(key), last=last, act=words.said("act", do), on=self.context.on
            )
            raise RefusedError(message, _("give a date from {last} on with --on").format(last=last))

    def _relative(self, key: str, changes: Mapping[str, Any] | None) -> dict[str, Any]:
        if not changes:
            return {}
        part = self.state.schema.part or ""
        return dict(changes) if key == OWN else {part: {key: dict(changes)}}

    def _before(self, given: Mapping[str, Any]) -> dict[str, Any]:
        part = self.state.schema.part
        was = {name: self.state.fields[name] for name in given if name in self.state.fields}
        parts: dict[str, dict[str, Any]] = {}
        for uid, changes in given.get(part, {}).items() if part else ():
            home = self.state.parts.get(uid, {})
            old = {name: home[name] for name in changes if name in home}
            if old:
                parts[uid] = old
        return {**was, **({part: parts} if part and parts else {})}
