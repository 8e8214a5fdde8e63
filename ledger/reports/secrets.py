"""From the records of a ledger to what a public paper may not say of them."""

from __future__ import annotations

import dataclasses
import re
from gettext import pgettext
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.occurrences import Finder, plain
from ledger.domain.text import sentences
from ledger.reports.guard import Guard, Protected, Secret, numbers

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from ledger.domain.clue import Clue
    from ledger.domain.issue import Issue, Target
    from ledger.domain.people import Office, People
    from ledger.domain.redaction import Profile
    from ledger.domain.settings import Settings

#: Shorter texts say nothing that could be told from ordinary words. Units: characters of the plain form.
_SHORTEST: Final = 6
#: Of what is withheld single sentences, results and criteria count from here on: shorter ones read alike
#: everywhere (加强组织领导). Units: characters of the plain form.
_TELLING: Final = 12
#: A post that somebody wrote in place of a name: words of bodies, then of posts.
_POST: Final = re.compile(
    r"(?:党委|党组|党支部|党总支|支部|纪委|纪检组|各|分管|包联|主要|第一|常务|专职|校|院|局|处|科|镇|乡|村|区|县|市|厅|部|股|所|站|办公室|单位|部门)*"
    r"(?:副?(?:书记|主任|局长|处长|科长|部长|院长|校长|厅长|组长|所长|站长|镇长|乡长|县长|区长|市长|股长|经理|主席|委员)|负责人|负责同志|领导|责任人)"
)
#: What parts several names in one field.
_BETWEEN: Final = re.compile(r"[、,，;；/]+|(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f]{2})")  # noqa: RUF001
_CLUE_TEXTS: Final = ("title", "text", "finding", "result", "feedback", "remark")


class Sources(NamedTuple):
    """What protected texts are taken from: all of the ledger, as it is known.

    Shape: `persons` are names that stand elsewhere than in issues and people.toml: who recorded and signed,
        who is named in a register. `declared` are the texts an office means to publish as its contact.
    """

    settings: Settings
    people: People
    day: dt.date
    issues: tuple[Issue, ...]
    clues: tuple[Clue, ...] = ()
    persons: frozenset[str] = frozenset()
    declared: tuple[str, ...] = ()


def guard(sources: Sources, profile: Profile) -> Guard:
    """What the profile keeps from leaving the office, in the language in force."""
    settings, issues = sources.settings, sources.issues
    units = _units(sources)
    withheld = frozenset(each.uid for issue in issues for each in _parts(issue) if each.withheld)
    shown = [text for issue in issues for text in _shown(issue)]
    secrets = [
        *(_inner(sources, shown) if profile.inner else ()),
        *(each for issue in issues for each in _withheld(issue) if profile.withheld),
        *(Secret(plain(word), "word") for word in settings.redaction.words),
        *(_numbers(sources) if profile.numbers else ()),
    ]
    lines = (line for text in sources.declared for line in text.split("\n"))
    protected = Protected(
        names=_names(sources, units),
        secrets=secrets,
        allowed=(*settings.redaction.allow, *units, settings.org, settings.title, *lines),
        declared=sources.declared,
        withheld=withheld if profile.withheld else frozenset(),
    )
    return Guard(profile, protected)


def _parts(issue: Issue) -> tuple[Target, ...]:
    return (issue, *issue.measures)


# --- persons ------------------------------------------------------------------------------------------------


def _units(sources: Sources) -> frozenset[str]:
    named = {
        name for issue in sources.issues for each in _parts(issue) for name in (each.unit, *each.co_units)
    }
    listed = {name for unit in sources.people.units for name in (unit.name, *unit.aliases)}
    return frozenset((named | listed) - {""})


def _names(sources: Sources, units: frozenset[str]) -> dict[str, str]:
    """Every name of a person, with the post that stands in its place."""
    people = sources.people
    listed = [
        *(name for person in people.persons for name in (person.name, *person.aliases)),
        *(office.person for office in people.offices),
        *(unit.leader for unit in people.units),
    ]
    held = [
        name
        for issue in sources.issues
        for each in _parts(issue)
        for name in (each.leader, each.owner, *(note.by for note in each.notes), *_signers(each))
    ]
    held += [*(issue.claimed_by for issue in sources.issues), *(clue.source for clue in sources.clues)]
    pieces = (piece.strip() for name in (*held, *sources.persons) for piece in _BETWEEN.split(name))
    posts = {office.post for office in people.offices}
    doubtful = (
        each for each in pieces if each not in units and each not in posts and not _POST.fullmatch(each)
    )
    return {
        name: _post(sources, name)
        for name in dict.fromkeys((*listed, *doubtful))
        if name and not name.isdigit() and name not in units
    }


def _signers(target: Target) -> Iterator[str]:
    for run in target.closeouts:
        for each in run.signatures:
            yield from (each.signer, each.by)


def _post(sources: Sources, name: str) -> str:
    """The post somebody holds on the day; that of a responsible person where the file says none."""
    people, full = sources.people, sources.people.full(name)
    held = [each for each in people.offices if people.full(each.person) == full and each.held(sources.day)]
    posts = [_said(each) for each in sorted(held, key=lambda each: not each.leads) if each.post]
    return posts[0] if posts else pgettext("document", "a responsible person")


def _said(office: Office) -> str:
    if office.post.startswith(office.unit):
        return office.post
    return pgettext("document", "{post} of {unit}").format(post=office.post, unit=office.unit)


# --- texts --------------------------------------------------------------------------------------------------


def _shown(issue: Issue) -> Iterator[str]:
    """What of an issue may be printed for everybody."""
    for each in _parts(issue):
        if not each.withheld:
            yield from filter(None, (*_of_either(each), *_own(each)))


def _of_either(target: Target) -> tuple[str, ...]:
    return (target.criterion, target.deliverable, target.result, target.interim_goal, target.due_text)


def _own(target: Target) -> tuple[str, ...]:
    from ledger.domain.issue import Issue, Measure

    if isinstance(target, Issue):
        return target.title, target.category
    assert isinstance(target, Measure)
    return target.text, *(point.text for point in target.points)


def _inner(sources: Sources, shown: Iterable[str]) -> Iterator[Secret]:
    """Sentences for the office alone, but those that stand in what everybody may read as well."""
    found = [
        Secret(part, "inner", each.id)
        for issue in sources.issues
        for each in _parts(issue)
        for text in _remarks(each)
        for part in _pieces(text, _SHORTEST)
    ]
    found += [
        Secret(part, "inner", clue.id)
        for clue in sources.clues
        for name in _CLUE_TEXTS
        for part in _pieces(getattr(clue, name), _SHORTEST)
    ]
    finder = Finder(each.text for each in found)
    public = {span.text for text in shown for span in finder.spans(plain(text))}
    yield from (each for each in found if each.text not in public)
    for clue in sources.clues:
        if len(plain(clue.source)) > 1:
            yield Secret(plain(clue.source), "source", clue.id)


def _remarks(target: Target) -> Iterator[str]:
    yield from (target.remark, target.void_why, *(note.text for note in target.notes))
    for each in target.evidence:
        yield from (each.name, each.proves, each.sha256)
    for run in target.closeouts:
        yield from (run.why, *(each.opinion for each in run.signatures))
    if target.withheld:
        yield target.withheld.why
    from ledger.domain.issue import Measure

    if isinstance(target, Measure):
        yield from (row.text for row in (*target.roster, *target.occurrences))


def _withheld(issue: Issue) -> Iterator[Secret]:
    """The texts of what is withheld; of a measure what it says of its own."""
    for each in _parts(issue):
        if not each.withheld:
            continue
        own = {text for text in _of_either(each) if issue.withheld or text not in _of_either(issue)}
        for text, shortest in (
            *((own_text, _SHORTEST) for own_text in _own(each)),
            *((text, _TELLING) for text in sorted(own)),
        ):
            if text != issue.category and len(plain(text)) >= shortest:
                yield Secret(plain(text), "withheld", each.id)
            yield from (Secret(part, "withheld", each.id) for part in _pieces(text, _TELLING))


def _pieces(text: str, shortest: int) -> Iterator[str]:
    """The sentences of a text that are long enough to tell, without the mark at their end."""
    for sentence in sentences(text):
        piece = plain(sentence).strip("。！？；!?;.，, ")  # noqa: RUF001
        if len(piece) >= shortest:
            yield piece


def _numbers(sources: Sources) -> Iterator[Secret]:
    for issue in sources.issues:
        for each in numbers(_strings(issue)):
            yield Secret(each, "number", issue.id)
    for clue in sources.clues:
        for each in numbers(_strings(clue)):
            yield Secret(each, "number", clue.id)


def _strings(value: object) -> Iterator[str]:
    """Every text in a record, however deep it lies."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _strings(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _strings(getattr(value, field.name))
