"""Rules about what is kept beside the records: evidence and approved plans."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from ledger.domain.frozen import CHECKPOINT, slips
from ledger.domain.rules.subject import Fault, Severity
from ledger.domain.text import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.domain.checkpoint import Head
    from ledger.domain.frozen import Kept
    from ledger.domain.rules.subject import Around, Brief, Checked, PlanFile, Subject

#: So many issues are named that stand wrong in the index.
_NAMED = 5
#: Columns of what SQLite says of a damaged file.
_REASON = 80


def unreadable(subject: Subject) -> Iterator[Fault]:
    """Every file of the ledger can be read."""
    for file in subject.unreadable:
        yield Fault("", Severity.ERROR, file.path, file.line, "", file.reason, file.hint)


def deleted(subject: Subject) -> Iterator[Fault]:
    """Every record that the last commit of git has is still there.

    Source: docs/contract.md §2: nothing is deleted.
    """
    for path, name in subject.deleted:
        message = _("{id} is gone from its folder; the last commit of git has it").format(id=name)
        hint = _("records are never deleted: bring it back with: ledger restore {name}")
        yield Fault("", Severity.ERROR, path, 1, name, message, hint.format(name=name))


def evidence(record: Checked) -> Iterator[Fault]:
    """Every file that proves something is kept, whole and unchanged."""
    before = 0
    for key, home in record.homes():
        rows = home.get("evidence", ())
        for index, row in enumerate(rows):
            message = _about_file(record.around, row)
            if message:
                table = f"{record.schema.part}.evidence" if key else "evidence"
                line = record.line_of_key("sha256", table, index + before)
                hint = _("bring the file back from a copy, or attach it again: ledger evidence add")
                yield record.fault(line, message, hint, key=key)
        before += len(rows) if key else 0


def _about_file(around: Around, row: Mapping[str, Any]) -> str:
    digest, size = str(row.get("sha256", "")), row.get("size")
    name = excerpt(str(row.get("name", "")))
    kept = around.evidence.get(digest)
    if kept is None:
        return _("the file {name} is not kept in evidence/ ({digest})").format(name=name, digest=digest[:12])
    if size is not None and kept != size:
        return _("the file {name} has {kept} bytes, {size} were attached").format(
            name=name, kept=kept, size=size
        )
    if digest in around.altered:
        return _("the file {name} was changed after it was attached").format(name=name)
    return ""


def shelf(subject: Subject) -> Iterator[Fault]:
    """Nothing lies among the evidence that no history names, and nothing that is no file."""
    for path in subject.shelf.links:
        hint = _("put the file itself there, or take it out")
        yield Fault("", Severity.ERROR, path, 1, "", _("a link or a device stands among the evidence"), hint)
    for path in subject.shelf.others:
        message = _("this was not attached: its name is not a digest, or not in the folder for it")
        hint = _("attach it with: ledger evidence add ID FILE; then take it out of here")
        yield Fault("", Severity.WARNING, path, 1, "", message, hint)
    if subject.unreadable:
        return
    named = {digest for brief in subject.briefs for digest in brief.files}
    for digest, paths in subject.shelf.files.items():
        for path in paths if digest not in named else ():
            hint = _("attach it with: ledger evidence add ID FILE; or take it out of the folder")
            yield Fault("", Severity.WARNING, path, 1, "", _("no record names this file"), hint)


def plans(subject: Subject) -> Iterator[Fault]:
    """An approved plan names states that are in the histories, and every version has its file.

    Source: docs/contract.md §2, `plans/v1.toml`: the record heads.
    """
    by_uid = {brief.uid: brief for brief in subject.issues}
    for file in subject.plans:
        for uid, head in file.plan.heads.items():
            brief = by_uid.get(uid)
            message = _about_head(subject, file, brief, uid, head)
            if message:
                hint = _("take the plan and the record from git, or from a copy that is whole")
                name = brief.id if brief else ""
                yield Fault("", Severity.ERROR, file.path, file.line_of_head(uid), name, message, hint)
    if not subject.unreadable:
        yield from _missing(subject)


def _about_head(subject: Subject, file: PlanFile, brief: Brief | None, uid: str, head: str) -> str:
    version = file.plan.version
    if brief is None:
        if subject.unreadable:
            return ""
        return _("plan v{version} names an issue that is not there: {uid}").format(version=version, uid=uid)
    if head not in brief.gone:
        return ""
    return _("plan v{version} names a state of issue {id} that is not in its history").format(
        version=version, id=brief.id
    )


def _missing(subject: Subject) -> Iterator[Fault]:
    """Versions that have no file, each told of the first issue that was approved under it."""
    told: set[int] = set()
    for brief in subject.briefs:
        new = [version for version in brief.unplanned if version not in told]
        record = subject.again(brief) if new else None
        if record is None:
            continue
        for version in new:
            told.add(version)
            message = _("plan v{version} was approved, but plans/v{version}.toml is not there").format(
                version=version
            )
            index = next(
                index
                for index, entry in enumerate(record.history)
                if entry.do == "approve" and entry.data.get("plan") == version
            )
            hint = _("bring the file back from git, or from a copy that is whole")
            yield record.fault(record.line_of_entry(index), message, hint)


def frozen(subject: Subject) -> Iterator[Fault]:
    """What was frozen is what it was, and every history it rests on still goes through where it ended then.

    Source: docs/contract.md §2, "Frozen periods".
    """
    by_uid = {brief.uid: brief for brief in subject.briefs}
    told: set[str] = set()
    for each in subject.frozen:
        for slip in slips(each, subject.registered):
            yield Fault("", Severity.ERROR, slip.file, 1, "", slip.message, slip.hint)
        for uid, head in each.heads.items():
            message = "" if uid in told else _about_frozen(subject, each, by_uid.get(uid), head)
            if message:
                told.add(uid)
                hint = _("take the record from git, or from a copy that is whole")
                place = f"{each.path}/{CHECKPOINT}"
                yield Fault("", Severity.ERROR, place, each.places[uid], head.id, message, hint)


def _about_frozen(subject: Subject, frozen: Kept, brief: Brief | None, head: Head) -> str:
    if brief is None:
        if subject.unreadable:
            return ""
        return _("{id} is gone, on which {name} rests").format(id=head.id, name=frozen.name)
    if f"sha256:{head.head}" not in brief.gone:
        return ""
    message = _("{id}: the history was rewritten: what {name} rests on is not in it any more")
    return message.format(id=brief.id, name=frozen.name)


def index(subject: Subject) -> Iterator[Fault]:
    """The index says what the records say.

    Source: RELIABILITY §0, 3: SQLite's own check passes most single flipped bits.
    """
    compared = subject.index
    ids = {brief.uid: brief.id for brief in subject.issues}
    whole = not subject.unreadable and all(brief.holds for brief in subject.issues)
    alone = len(ids) == len(subject.issues)
    damage = compared.damage or (compared.refused if whole and alone else "")
    if damage:
        message = _("the index is damaged: {reason}").format(reason=excerpt(damage, _REASON))
    elif compared.astray:
        names = [ids.get(uid, uid) for uid in compared.astray]
        more = len(names) - _NAMED
        message = _("the index says something else than the records: {ids}").format(
            ids=" ".join(names[:_NAMED])
        )
        if more > 0:
            message += _(" (and {more} more)").format(more=more)
    else:
        return
    hint = _("build it anew from the records with: ledger reindex")
    yield Fault("", Severity.WARNING, compared.file, 1, "", message, hint)
