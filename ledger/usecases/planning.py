"""Issues and measures put on the books, given to somebody, and changed."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from ledger.domain.acts import planning
from ledger.domain.course import OWN
from ledger.domain.moves import Act
from ledger.domain.schema import ISSUE
from ledger.domain.text import one_line
from ledger.domain.words import said
from ledger.errors import UsageError
from ledger.usecases import variants
from ledger.usecases.change import Desk, Outcome, Work, change
from ledger.usecases.deriving import in_force, ruled
from ledger.usecases.fields import fields_from, measure_text, unknown_names, with_leader
from ledger.usecases.rosters import roster_names
from ledger.usecases.targets import Target, issues_only, one, targets

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from ledger.domain.acts.draft import Draft
    from ledger.store.book import Book


def add_issue(desk: Desk, given: Mapping[str, Any], measures: Sequence[str] = ()) -> Outcome[int]:
    """Put an issue on the books; gives its number.

    Shape: `given` holds fields as typed, `title` among them; `measures` are the texts of its measures.
    """

    def deed(work: Work) -> int:
        fields = fields_from(desk.book, given, ISSUE.by_name, today=desk.actor.on)
        fields = with_leader(desk.book, fields, desk.actor.on)
        if not fields.get("title"):
            raise UsageError(_("an issue needs a title"), _("say what was found: ledger add TITLE"))
        number = work.next_number()
        draft = work.new()
        rule = ruled(desk.book, fields, desk.actor.on)
        texts = [{"text": measure_text(text)} for text in measures]
        planning.add(draft, number, rule.fields, texts, said={"derived": rule.stored})
        draft.warnings.extend(rule.remarks(draft.name()))
        draft.warnings.extend(unknown_names(desk.book, fields, desk.actor.on))
        return number

    return change(desk, "add", deed)


def add_measures(
    desk: Desk, issue: str, texts: Sequence[str], given: Mapping[str, Any], *, serves: Sequence[str] = ()
) -> Outcome[list[str]]:
    """Add measures to an issue; gives their ids.

    Shape: `serves` are the ids of further issues they count for; under ``roster`` are the names they have to
        reach, as `rosters.roster_names` takes them.
    """

    def deed(work: Work) -> list[str]:
        draft = issues_only([one(work, issue)])[0]
        shared = _served(work, draft, serves)
        names = []
        fields = fields_from(desk.book, given, ISSUE.part_by_name, today=desk.actor.on)
        fields = with_leader(desk.book, fields, desk.actor.on, draft.state.fields)
        rule = ruled(desk.book, fields, desk.actor.on, in_force(Target(draft, OWN)))
        rows = [{"name": name} for name in roster_names(desk.book, given.get("roster") or ())]
        for text in texts:
            measure = {**rule.fields, "text": measure_text(text), "serves": shared, "roster": rows}
            uid = planning.add_measure(draft, measure, said={"derived": rule.stored})
            names.append(draft.name(uid))
            draft.warnings.extend(rule.remarks(names[-1]))
        draft.warnings.extend(unknown_names(desk.book, fields, desk.actor.on))
        return names

    return change(desk, "measure", deed)


def assign(desk: Desk, ids: Sequence[str], given: Mapping[str, Any], *, down: bool = False) -> Outcome[None]:
    """Say who is responsible for issues or measures, and by when."""

    def deed(work: Work) -> None:
        fields: dict[str, Any] = {}
        for target in targets(work, ids):
            fields = _editable(desk.book, target, given, desk.actor.on, None)
            led = with_leader(desk.book, fields, desk.actor.on, _responsible(target))
            planning.assign(target.draft, target.key, led, down=down)
        _warn_once(work, unknown_names(desk.book, fields, desk.actor.on))

    return change(desk, "assign", deed)


def _responsible(target: Target) -> dict[str, Any]:
    """The unit and the leader of an issue or a measure so far, its own or its issue's."""
    return {name: target.draft.state.effective(target.key, name) for name in ("unit", "leader")}


def _warn_once(work: Work, sentences: list[str]) -> None:
    for opened in list(work.opened.values())[:1]:
        opened.draft.warnings.extend(sentences)


def claim(desk: Desk, ids: Sequence[str], leader: str) -> Outcome[None]:
    """A leader accepts issues; without a name each issue's own leader does."""

    def deed(work: Work) -> None:
        for draft in issues_only(targets(work, ids)):
            name = (
                desk.book.people.full(one_line(leader))
                if leader
                else str(draft.state.fields.get("leader", ""))
            )
            name = name or desk.book.people.leader_of(str(draft.state.fields.get("unit", "")), desk.actor.on)
            if not name:
                message = _("issue {id} has no leader to claim it").format(id=draft.name())
                raise UsageError(message, _("name the leader with --leader"))
            planning.claim(draft, name)
        _warn_once(work, unknown_names(desk.book, {"leader": leader}, desk.actor.on) if leader else [])

    return change(desk, "claim", deed)


def edit(
    desk: Desk,
    ids: Sequence[str],
    given: Mapping[str, Any],
    *,
    erratum: bool = False,
    serves: Sequence[str] | None = None,
) -> Outcome[None]:
    """Change what issues or measures say."""

    def deed(work: Work) -> None:
        unknown: list[str] = []
        for target in targets(work, ids):
            fields = _editable(desk.book, target, given, desk.actor.on, serves)
            fields = with_leader(desk.book, fields, desk.actor.on, _responsible(target))
            if given.get("variant_of") is not None:
                fields |= variants.fields(work, target, given["variant_of"], fields.get("flags"))
            if serves is not None:
                fields["serves"] = _served(work, target.draft, serves) or None
            rule = ruled(desk.book, fields, desk.actor.on, in_force(target))
            planning.edit(
                target.draft, target.key, rule.fields, erratum=erratum, said={"derived": rule.stored}
            )
            target.draft.warnings.extend(rule.remarks(target.draft.name(target.key)))
            unknown = unknown_names(desk.book, fields, desk.actor.on)
        _warn_once(work, unknown)

    return change(desk, "edit", deed)


def _served(work: Work, home: Draft, words: Sequence[str]) -> list[str]:
    """The uids of the further issues a measure counts for; empty words stand for none."""
    uids = []
    for draft in issues_only(targets(work, [each for each in words if each])):
        if draft is home:
            message = _("a measure of issue {id} counts for it anyway").format(id=home.name())
            raise UsageError(message, _("name further issues with --serves"))
        draft.require(Act.MEASURE)
        uids.append(str(draft.state.fields["uid"]))
    return uids


def _editable(
    book: Book, target: Target, given: Mapping[str, Any], today: dt.date, serves: Sequence[str] | None
) -> dict[str, Any]:
    known = ISSUE.by_name if target.is_issue else ISSUE.part_by_name
    for name, value in {**given, "serves": serves}.items():
        if value is not None and name not in known:
            what = _("an issue") if target.is_issue else _("a measure")
            message = _("{what} has no {field}").format(what=what, field=said("field", name))
            raise UsageError(message, _("{id} was given").format(id=target.draft.name(target.key)))
    fields = fields_from(book, given, known, today=today)
    required = "title" if target.is_issue else "text"
    if required in fields and not fields[required]:
        raise UsageError(
            _("{field} cannot be empty").format(field=said("field", required)), _("give it some text")
        )
    return fields
