"""Issues and measures put on the books, given to somebody, and approved as a plan."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from ledger.domain.acts import moving, planning
from ledger.domain.moves import Status
from ledger.domain.plan import Plan, PlanChange, as_document, diff, plan_of
from ledger.domain.replay import replay, up_to
from ledger.domain.schema import ISSUE
from ledger.domain.text import one_line
from ledger.errors import NotFoundError, RefusedError, UsageError
from ledger.store import files, recordfile
from ledger.usecases.change import Actor, Outcome, Work, change
from ledger.usecases.fields import fields_from, unknown_names
from ledger.usecases.targets import Target, issues_only, one, targets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.domain.state import State
    from ledger.store.book import Book

PLAN_FORM = recordfile.Form(fields=("format", "version", "on", "meeting", "by", "heads"))


def add_issue(
    book: Book, actor: Actor, given: Mapping[str, Any], measures: Sequence[str] = (), *, dry_run: bool = False
) -> Outcome[int]:
    """Put an issue on the books; gives its number.

    Shape: `given` holds fields as typed, `title` among them; `measures` are the texts of its measures.
    """

    def deed(work: Work) -> int:
        fields = fields_from(book, given, ISSUE.by_name)
        if not fields.get("title"):
            raise UsageError(_("an issue needs a title"), _("say what was found: ledger add TITLE"))
        number = work.next_number()
        draft = work.new()
        rows = [fields_from(book, {"text": text}, ISSUE.part_by_name) for text in measures]
        planning.add(draft, number, fields, rows)
        draft.warnings.extend(unknown_names(book, fields))
        return number

    return change(book, actor, "add", deed, dry_run=dry_run)


def add_measures(
    book: Book,
    actor: Actor,
    issue: str,
    texts: Sequence[str],
    given: Mapping[str, Any],
    *,
    serves: Sequence[str] = (),
    dry_run: bool = False,
) -> Outcome[list[str]]:
    """Add measures to an issue; gives their ids. `serves` are the ids of further issues they count for."""

    def deed(work: Work) -> list[str]:
        draft = issues_only([one(work, issue)])[0]
        shared = (
            [str(each.state.fields["uid"]) for each in issues_only(targets(work, serves))] if serves else []
        )
        names = []
        for text in texts:
            fields = fields_from(book, {"text": text, **given}, ISSUE.part_by_name)
            if not fields.get("text"):
                raise UsageError(_("a measure needs a text"))
            uid = planning.add_measure(draft, {**fields, "serves": shared})
            names.append(draft.name(uid))
        draft.warnings.extend(unknown_names(book, fields_from(book, given, ISSUE.part_by_name)))
        return names

    return change(book, actor, "measure", deed, dry_run=dry_run)


def assign(
    book: Book,
    actor: Actor,
    ids: Sequence[str],
    given: Mapping[str, Any],
    *,
    down: bool = False,
    dry_run: bool = False,
) -> Outcome[None]:
    """Say who is responsible for issues or measures, and by when."""

    def deed(work: Work) -> None:
        fields = fields_from(book, given, ISSUE.part_by_name)
        for target in targets(work, ids):
            planning.assign(target.draft, target.key, fields, down=down)
        _warn_once(work, unknown_names(book, fields))

    return change(book, actor, "assign", deed, dry_run=dry_run)


def _warn_once(work: Work, sentences: list[str]) -> None:
    for opened in list(work.opened.values())[:1]:
        opened.draft.warnings.extend(sentences)


def claim(
    book: Book, actor: Actor, ids: Sequence[str], leader: str, *, dry_run: bool = False
) -> Outcome[None]:
    """A leader accepts issues; without a name each issue's own leader does."""

    def deed(work: Work) -> None:
        for draft in issues_only(targets(work, ids)):
            name = book.people.full(one_line(leader)) if leader else str(draft.state.fields.get("leader", ""))
            name = name or book.people.leader_of(str(draft.state.fields.get("unit", "")))
            if not name:
                message = _("issue {id} has no leader to claim it").format(id=draft.name())
                raise UsageError(message, _("name the leader with --leader"))
            planning.claim(draft, name)

    return change(book, actor, "claim", deed, dry_run=dry_run)


def edit(
    book: Book,
    actor: Actor,
    ids: Sequence[str],
    given: Mapping[str, Any],
    *,
    erratum: bool = False,
    serves: Sequence[str] | None = None,
    dry_run: bool = False,
) -> Outcome[None]:
    """Change what issues or measures say."""

    def deed(work: Work) -> None:
        for target in targets(work, ids):
            fields = _editable(book, target, given)
            if serves is not None:
                uids = [str(each.state.fields["uid"]) for each in issues_only(targets(work, serves))]
                fields["serves"] = uids or None
            planning.edit(target.draft, target.key, fields, erratum=erratum)

    return change(book, actor, "edit", deed, dry_run=dry_run)


def _editable(book: Book, target: Target, given: Mapping[str, Any]) -> dict[str, Any]:
    known = ISSUE.by_name if target.is_issue else ISSUE.part_by_name
    for name, value in given.items():
        if value is not None and name not in known:
            what = _("an issue") if target.is_issue else _("a measure")
            message = _("{what} has no {field}").format(what=what, field=name)
            raise UsageError(message, _("{id} was given").format(id=target.draft.name(target.key)))
    fields = fields_from(book, given, known)
    required = "title" if target.is_issue else "text"
    if required in fields and not fields[required]:
        raise UsageError(_("{field} cannot be empty").format(field=required))
    return fields


def split(
    book: Book,
    actor: Actor,
    word: str,
    texts: Sequence[str],
    *,
    title: str = "",
    measures: Sequence[str] = (),
    dry_run: bool = False,
) -> Outcome[list[str]]:
    """Make several measures of one by `texts`, or a new issue `title` of some `measures` of an issue; gives the new ids."""

    def deed(work: Work) -> list[str]:
        target = one(work, word)
        if target.is_issue:
            return _split_issue(work, target, title, measures)
        before = set(target.draft.state.parts)
        planning_texts = [
            str(fields_from(book, {"text": text}, ISSUE.part_by_name)["text"]) for text in texts
        ]
        moving.split_measure(target.draft, target.key, planning_texts)
        return [target.draft.name(uid) for uid in target.draft.state.parts if uid not in before]

    return change(book, actor, "split", deed, dry_run=dry_run)


def _split_issue(work: Work, target: Target, title: str, measures: Sequence[str]) -> list[str]:
    chosen = targets(work, measures) if measures else []
    if not title or not chosen:
        message = _("splitting issue {id} needs a title and the measures that go").format(
            id=target.draft.name()
        )
        raise UsageError(
            message, _("give --title TEXT and --measures {id}.3,{id}.4").format(id=target.draft.name())
        )
    old = target.draft.state.fields
    kept: dict[str, Any] = {
        name: old[name] for name in ("category", "unit", "co_units", "leader", "owner", "term") if name in old
    }
    new = work.new()
    planning.add(new, work.next_number(), {**kept, "title": one_line(title)})
    for each in chosen:
        if each.draft is not target.draft or each.is_issue:
            raise UsageError(_("only measures of issue {id} can go").format(id=target.draft.name()))
        moving.move_measure(each.draft, each.key, new)
    return [new.name()]


def merge(book: Book, actor: Actor, ids: Sequence[str], *, dry_run: bool = False) -> Outcome[str]:
    """Make one of several: the first id stays; gives it."""

    def deed(work: Work) -> str:
        chosen = targets(work, ids)
        first, others = chosen[0], chosen[1:]
        if not others or len({each.is_issue for each in chosen}) != 1:
            raise UsageError(_("merging needs two or more issues, or two or more measures of one issue"))
        if first.is_issue:
            for each in others:
                moving.merge_issue(first.draft, each.draft)
        else:
            if any(each.draft is not first.draft for each in others):
                raise UsageError(
                    _("the measures stand in different issues"), _("move them together first: ledger move")
                )
            moving.merge_measures(first.draft, first.key, [each.key for each in others])
        return first.draft.name(first.key)

    return change(book, actor, "merge", deed, dry_run=dry_run)


def move(
    book: Book, actor: Actor, ids: Sequence[str], to: str, *, dry_run: bool = False
) -> Outcome[list[str]]:
    """Take measures to another issue, or give an issue of a draft plan another number; gives the new ids."""

    def deed(work: Work) -> list[str]:
        chosen = targets(work, ids)
        if all(not each.is_issue for each in chosen):
            goal = issues_only([one(work, to)])[0]
            return [goal.name(moving.move_measure(each.draft, each.key, goal)) for each in chosen]
        if len(chosen) != 1 or not to.isdecimal():
            raise UsageError(_("one issue at a time gets another number"))
        number = int(to)
        if number < 1 or number in _numbers_used(book):
            raise RefusedError(_("number {number} is taken or was used before").format(number=number))
        planning.renumber(chosen[0].draft, number)
        return [to]

    return change(book, actor, "move", deed, dry_run=dry_run)


def _numbers_used(book: Book) -> set[int]:
    used = set(book.numbers())
    for record in book.records():
        used.update(int(each) for each in record.state.fields.get("formerly", ()))
    return used


# -- the plan ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Approved:
    """A plan that was approved: its version and how many issues and measures it holds."""

    version: int
    issues: int
    measures: int


def approve(book: Book, actor: Actor, meeting: str, *, dry_run: bool = False) -> Outcome[Approved]:
    """Approve the plan as it stands: every issue must be claimed; deadlines are fixed."""

    def deed(work: Work) -> Approved:
        versions = plan_versions(book)
        version = max(versions, default=0) + 1
        drafts = [work.take(record) for record in book.records()]
        live = [draft for draft in drafts if draft.status() is not Status.VOID]
        if not live:
            raise RefusedError(_("there is no issue to approve"), _("take the notice in: ledger import FILE"))
        _all_claimed([draft for draft in live if not draft.state.fields.get("claimed_by")])
        if version > 1 and not _differs(book, versions[max(versions)], drafts):
            raise RefusedError(_("nothing has changed since plan v{version}").format(version=version - 1))
        for draft in live:
            planning.approve(draft, version, one_line(meeting) if meeting else "")
        heads = {str(draft.state.fields["uid"]): "sha256:" + draft.state.tips[0] for draft in live}
        plan = Plan(version, actor.on, meeting, actor.by, heads)
        path = PurePosixPath("plans", f"v{version}.toml")
        work.put(path, recordfile.checked(as_document(plan), None, PLAN_FORM, path=path))
        measures = sum(
            1 for draft in live for uid in draft.state.parts if draft.status(uid) is not Status.VOID
        )
        return Approved(version, len(live), measures)

    return change(book, actor, "plan approve", deed, dry_run=dry_run)


def _all_claimed(unclaimed: list[Any]) -> None:
    if unclaimed:
        names = ", ".join(draft.name() for draft in unclaimed)
        message = _("these issues are not claimed yet: {names}").format(names=names)
        raise RefusedError(
            message,
            _("claim them with: ledger claim {ids} --leader NAME").format(ids=names.replace(", ", " ")),
        )


def _differs(book: Book, last: Plan, drafts: Sequence[Any]) -> bool:
    now = {str(draft.state.fields["uid"]): draft.state for draft in drafts}
    return bool(diff(_states(book, last), now))


def plan_versions(book: Book) -> dict[int, Plan]:
    """The approved plans by version."""
    folder = book.folder / "plans"
    plans = {}
    for name in files.scan(folder):
        path = folder / name
        plan = plan_of(recordfile.read_toml(files.read(path), path=path))
        plans[plan.version] = plan
    return dict(sorted(plans.items()))


def plan_diff(book: Book, first: int | None, second: int | None) -> list[PlanChange]:
    """What changed between two versions; without a second one, up to the ledger as it is.

    Raises:
        NotFoundError: there is no such version.
    """
    versions = plan_versions(book)
    before = first if first is not None else max(versions, default=0)
    for version in (before, second):
        if version is not None and version not in versions:
            raise NotFoundError(
                _("there is no plan v{version}").format(version=version),
                _("there are: {versions}").format(versions=", ".join(f"v{each}" for each in versions) or "-"),
            )
    if second is not None:
        after = _states(book, versions[second])
    else:
        after = {str(record.state.fields["uid"]): record.state for record in book.records()}
    return diff(_states(book, versions[before]), after)


def plan_states(book: Book, version: int) -> dict[str, State]:
    """Every issue as it stood in an approved plan, by uid.

    Raises:
        NotFoundError: there is no such version.
    """
    versions = plan_versions(book)
    if version not in versions:
        raise NotFoundError(_("there is no plan v{version}").format(version=version))
    return _states(book, versions[version])


def _states(book: Book, plan: Plan) -> dict[str, State]:
    states = {}
    for record in book.records():
        uid = str(record.state.fields["uid"])
        if uid in plan.heads:
            states[uid] = replay(ISSUE, up_to(record.entries, plan.heads[uid]))
    return states
