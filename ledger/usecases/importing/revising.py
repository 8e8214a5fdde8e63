"""What a later version changes: base what it said before, ours what is on the books, theirs the new one."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ledger.domain import threeway
from ledger.domain.course import OWN
from ledger.domain.issue import due_home
from ledger.domain.likeness import matched
from ledger.domain.moves import MOVES, Act, Status
from ledger.domain.schema import ISSUE, Kind
from ledger.domain.text import fold
from ledger.usecases.importing.matching import REWORDED
from ledger.usecases.importing.printed import PROGRESS, blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.store.people import People
    from ledger.usecases.importing.known import Known

#: What becomes of a difference: `taken` as the document has it; `merged` holds the changes of both;
#: `kept` as it is, because the office changed it too; `fixed` a deadline that only `extend` moves;
#: `settled` on what is closed or void; `noted` a note is written.
Fate = Literal["taken", "merged", "kept", "fixed", "settled", "noted"]
#: Whose word counts where both changed the same.
Prefer = Literal["ours", "theirs"]

#: What a printed deadline says besides its words; the four go together.
_DEADLINE = ("due_text", "due", "term", "continuing")
#: An issue in one of these takes nothing in, its measures neither.
_SETTLED = (Status.CLOSED, Status.VOID)
_NAMES = ("unit", "leader", "owner", "co_units")


class Change(NamedTuple):
    """One difference between a later version and the books.

    Shape: `key` is `OWN` or the uid of a measure; `base` is what the document said before; `sets` are the
        fields that are set, none where ours is kept; `printed` what is told as printed where it is not what
        is set.
    """

    key: str
    field: str
    base: Any
    ours: Any
    theirs: Any
    fate: Fate
    sets: Mapping[str, Any] = MappingProxyType({})
    printed: Mapping[str, Any] = MappingProxyType({})

    @property
    def is_applied(self) -> bool:
        """Whether something is written."""
        return self.fate in ("taken", "merged", "noted")


def differences(
    known: Known, key: str, theirs: Mapping[str, Any], people: People, prefer: Prefer
) -> Iterator[Change]:
    """What a document says otherwise than before, of an issue or one of its measures.

    What it does not say is no difference: nothing is taken away.
    """
    settled = (known.state.status_before(key), Act.EDIT) not in MOVES or known.state.status() in _SETTLED
    for change in _each(known, key, theirs, people, prefer):
        if settled and change.is_applied and change.fate != "noted":
            yield change._replace(fate="settled", sets={}, printed={})
        else:
            yield change


def _each(
    known: Known, key: str, theirs: Mapping[str, Any], people: People, prefer: Prefer
) -> Iterator[Change]:
    base, ours = dict(known.base(key)), known.ours(key)
    for name in _NAMES:
        if name in base:
            base[name] = _in_full(people, base[name])
    fields = ISSUE.by_name if key == OWN else ISSUE.part_by_name
    for name, value in theirs.items():
        if name in _DEADLINE or name == "remark" or value in (None, "", []):
            continue
        if name == "recurrence":
            yield from _recurrence(key, base.get(name), ours.get(name), value, prefer)
            continue
        if name == "points":
            yield from _points(key, base.get(name), ours.get(name), value)
            continue
        merge = threeway.members if name == "co_units" else threeway.value
        if name in fields and fields[name].kind is Kind.TEXT:
            merge = threeway.text
        after = merge(base.get(name), ours.get(name), value)
        if value in (base.get(name), ours.get(name)) or after == ours.get(name):
            continue
        if after is threeway.DISPUTED and _reads_alike(ours.get(name), value):
            continue
        yield _settled(Change(key, name, base.get(name), ours.get(name), value, "taken"), after, prefer)
    yield from _deadline(known, key, base, theirs, prefer)
    yield from _remark(known, key, base, theirs, prefer)


def _reads_alike(ours: object, theirs: object) -> bool:
    """Whether two texts differ in blanks and widths alone, which is nothing to ask anybody about."""
    return isinstance(ours, str) and isinstance(theirs, str) and fold(ours) == fold(theirs)


def _in_full(people: People, name: Any) -> Any:  # noqa: ANN401 - one name, or a list of them
    """Names as they are called today; what a document said before had an alias that was made since."""
    return [people.full(each) for each in name] if isinstance(name, list) else people.full(name)


def _settled(change: Change, after: object, prefer: Prefer) -> Change:
    """What becomes of a difference whose three-way answer is `after`."""
    name = change.field
    if after is threeway.DISPUTED:
        if prefer == "ours":
            return change._replace(fate="kept")
        after = change.theirs
    if after == change.theirs:
        return change._replace(fate="taken", sets={name: after})
    return change._replace(fate="merged", sets={name: after}, printed={name: change.theirs})


def _deadline(
    known: Known, key: str, base: Mapping[str, Any], theirs: Mapping[str, Any], prefer: Prefer
) -> Iterator[Change]:
    """A deadline, told by its words: once fixed it is moved by nothing but `extend`."""
    ours = known.ours(key)
    words = theirs.get("due_text")
    if not words or words in (base.get("due_text"), ours.get("due_text")):
        return
    now = ours.get("due_text") or ours.get("due")
    change = Change(key, "due_text", base.get("due_text"), now, words, "taken")
    dates = due_home(known.state, key)
    if dates.get("due_original") is not None and theirs.get("due") != dates.get("due"):
        yield change._replace(fate="fixed", ours=now or dates.get("due_text") or dates.get("due"))
        return
    if prefer == "ours" and any(ours.get(name) != base.get(name) for name in ("due", "due_text")):
        yield change._replace(fate="kept")
        return
    sets = {"due_text": words, "due": theirs.get("due")}
    for name in ("term", "continuing"):
        if prefer == "theirs" or ours.get(name) == base.get(name):
            sets[name] = theirs.get(name)
    yield change._replace(sets={name: each for name, each in sets.items() if each != ours.get(name)})


def _recurrence(key: str, base: object, ours: object, theirs: str, prefer: Prefer) -> Iterator[Change]:
    """How often something is done; from when on was settled when it was entered."""
    often = theirs.partition(" ")[0]
    if often in (str(each).partition(" ")[0] for each in (base, ours)):
        return
    change = Change(key, "recurrence", base, ours, theirs, "taken")
    if prefer == "ours" and ours != base:
        yield change._replace(fate="kept")
    else:
        yield change._replace(sets={"recurrence": theirs})


def _remark(
    known: Known, key: str, base: Mapping[str, Any], theirs: Mapping[str, Any], prefer: Prefer
) -> Iterator[Change]:
    """The remark by its labels; what is said of the progress becomes a note once the work has begun."""
    before, new = blocks(base.get("remark")), blocks(theirs.get("remark"))
    progress = new.get(PROGRESS, "").removeprefix(f"{PROGRESS}：")
    last = known.before.progress.get(key, "")
    before.pop(PROGRESS, None)
    if last:
        before[PROGRESS] = f"{PROGRESS}：{last}"
    status = known.state.status(key)
    if status is not Status.PENDING:
        new.pop(PROGRESS, None)
        if progress and progress != last and status is not Status.VOID:
            said = f"{PROGRESS}：{progress}"
            yield Change(key, "note", last or None, None, said, "noted")
    text, disputed = str(known.ours(key).get("remark") or ""), False
    for label, words in new.items():
        text, settled = _with_block(text, label, before.get(label), words, prefer)
        disputed = disputed or not settled
    ours, printed = known.ours(key).get("remark"), "\n".join(new.values())
    change = Change(key, "remark", base.get("remark"), ours, printed, "taken")
    if text != (ours or ""):
        shown = {} if text == printed else {"remark": printed}
        yield change._replace(
            fate="merged" if shown else "taken", sets={"remark": text}, printed=shown, theirs=text
        )
    elif disputed:
        yield change._replace(fate="kept")


def _with_block(remark: str, label: str, before: str | None, new: str, prefer: Prefer) -> tuple[str, bool]:
    """A remark with one of its blocks as the document has it now, and whether nothing is left to settle.

    Shape: what the office wrote around it stays where it is.
    """
    lined = f"\n{remark}\n"
    if new == before or f"\n{new}\n" in lined:
        return remark, True
    own = blocks(remark).get(label) if label else None
    there = before if before and f"\n{before}\n" in lined else own if prefer == "theirs" else None
    if there:
        return lined.replace(f"\n{there}\n", f"\n{new}\n", 1)[1:-1], True
    if before is None and own is None or prefer == "theirs":
        return f"{remark}\n{new}".strip("\n"), True
    return remark, False


def _points(key: str, base: object, ours: object, theirs: list[dict[str, Any]]) -> Iterator[Change]:
    """The points of a measure by their words: none is taken out, and a tick stays where it is."""
    before = [str(each["text"]) for each in base or ()] if isinstance(base, list) else []
    rows = [dict(each) for each in ours] if isinstance(ours, list) else []
    texts = [str(each["text"]) for each in theirs]
    if [fold(each) for each in texts] == [fold(each) for each in before]:
        return
    here = {fold(str(each["text"])) for each in rows}
    new = [text for text in texts if fold(text) not in here and text not in before]
    gone = [each for each in rows if each["text"] in before and each["text"] not in texts]
    free = [each for each in gone if "done_on" not in each]
    reworded = matched([str(each["text"]) for each in free], new, least=REWORDED)
    for pair in reworded:
        free[pair.ours]["text"] = new[pair.theirs]
    added = [text for at, text in enumerate(new) if at not in {pair.theirs for pair in reworded}]
    following = max((int(each["number"]) for each in rows), default=0)
    after = [*rows, *({"number": following + step, "text": text} for step, text in enumerate(added, 1))]
    if after == (ours or []):
        return
    same = [each["text"] for each in after] == texts
    yield Change(
        key, "points", base, ours, theirs, "taken" if same else "merged",
        {"points": after}, {} if same else {"points": theirs},
    )  # fmt: skip
