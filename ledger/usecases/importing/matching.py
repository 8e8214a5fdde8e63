"""Which proposed issue is which issue on the books, and which measure which."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.likeness import Shelf, gist, likeness, matched
from ledger.domain.moves import Status
from ledger.usecases.importing.printed import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from ledger.intake.proposal import ProposedIssue, ProposedMeasure
    from ledger.usecases.importing.known import Glance, Known

    #: Gives what issues on the books say together with their measures.
    Whole = Callable[[Sequence[Glance]], list[str]]

#: What standard input is called, which says nothing of where a document comes from.
STDIN = "-"
#: From here on two titles are the same issue in two versions of one document, told otherwise.
#: Higher than for what is only pointed out: a title would be replaced. Source: domain.likeness.ALIKE.
RETITLED = 0.6
#: The same where the printed place is the same too.
RETITLED_IN_PLACE = 0.45
#: From here on an issue of another source is pointed out as perhaps the same.
NEAR = 0.6
#: From here on two texts are one measure reworded, within one issue.
REWORDED = 0.5
#: The same where both stand at the same place: short texts share little.
IN_PLACE = 0.3
#: The same where a text tells what was done and the other what was to be done.
TOLD = 0.35


class Near(NamedTuple):
    """An issue on the books that a new one looks like. Units: `percent`, 100 for the same words."""

    number: int
    title: str
    percent: int


class Matches(NamedTuple):
    """Which proposed issue is which.

    Shape: `known` by the proposed issue's n; `continued` are the documents this is a later version of, by
        the names their files had, and `whole` those it should have all of.
    """

    known: dict[int, Glance]
    continued: frozenset[str]
    whole: frozenset[str]


def issues(
    proposed: Sequence[ProposedIssue],
    books: Sequence[Glance],
    file: str,
    wanted: Mapping[int, int | None],
    whole: Whole,
) -> Matches:
    """Pair proposed issues with those on the books, each with one at most.

    Shape: `wanted` are pairs somebody named: n to a number, or to None for an issue of its own. Else the
        same title is the same issue; and in a later version of a document one that was retitled is, for
        which `whole` may be asked.
    """
    by_number = {each.number: each for each in books}
    pairs = {n: by_number[number] for n, number in wanted.items() if number is not None}
    settled = {each.number for each in pairs.values()}
    left = [each for each in proposed if each.n not in wanted]
    free = [each for each in books if each.number not in settled]
    pairs.update(_same_title(left, free))
    continued = _continued([each for each in proposed if each.n not in wanted], books, file, pairs)
    taken = {each.number for each in pairs.values()}
    left = [each for each in left if each.n not in pairs]
    free = [each for each in free if each.number not in taken and each.file in continued and not each.is_void]
    pairs.update(_retitled(left, free, whole))
    return Matches(pairs, continued, _whole(books, file, pairs))


def _same_title(left: Sequence[ProposedIssue], free: Sequence[Glance]) -> dict[int, Glance]:
    """Those of one title; of several, the one at the same place, under the same heading, or the first.

    A void issue that somebody had entered is none: only one that a document gave says what became of it.
    """
    known = [each for each in free if each.file or not each.is_void]
    titles = [set(map(_said, each.titles)) for each in known]
    wanted = {each.n: _said(each.title) for each in left}
    pairs: dict[int, Glance] = {}
    taken: set[int] = set()
    # The places are settled first, so that one of two equals does not take what the other stood at.
    for place, its_place, void in _ROUNDS:
        offered: defaultdict[Hashable, deque[Glance]] = defaultdict(deque)
        for each, said in zip(known, titles, strict=True):
            if each.number not in taken and each.is_void is void:
                for title in said:
                    offered[title, its_place(each)].append(each)
        for issue in left:
            queue = offered.get((wanted[issue.n], place(issue)))
            while queue and queue[0].number in taken:
                queue.popleft()
            if queue and issue.n not in pairs:
                pairs[issue.n] = queue.popleft()
                taken.add(pairs[issue.n].number)
    return pairs


#: What two issues of one title are told apart by, as proposed and on the books; the last for void ones.
_ROUNDS: tuple[tuple[Callable[[ProposedIssue], Hashable], Callable[[Glance], Hashable], bool], ...] = (
    (lambda issue: issue.n, lambda known: known.n, False),
    (lambda issue: issue.category, lambda known: known.category, False),
    (lambda _issue: None, lambda _known: None, False),
    (lambda _issue: None, lambda _known: None, True),
)


def _said(text: str) -> Hashable:
    """What a title says; the signs between figures count, 1-2 is not 12."""
    return gist(text), tuple(re.findall(r"\d+", text))


def _continued(
    proposed: Sequence[ProposedIssue], books: Iterable[Glance], file: str, pairs: Mapping[int, Glance]
) -> frozenset[str]:
    """The documents this one is a later version of: by its name, or by half of the issues of either."""
    sizes = Counter(each.file for each in books if each.file)
    own = {each.n for each in proposed}
    shared = Counter(each.file for n, each in pairs.items() if each.file and n in own)
    return frozenset(
        name
        for name, size in sizes.items()
        if (name == file != STDIN) or 2 * shared[name] >= min(size, len(proposed)) > 0
    )


def _whole(books: Iterable[Glance], file: str, pairs: Mapping[int, Glance]) -> frozenset[str]:
    """The documents this one should have all of: one of its name, or that it shares half the issues of."""
    sizes = Counter(each.file for each in books if each.file)
    shared = Counter(each.file for each in pairs.values() if each.file)
    return frozenset(
        name for name, count in shared.items() if (name == file != STDIN) or 2 * count >= sizes[name]
    )


def _retitled(left: Sequence[ProposedIssue], free: Sequence[Glance], whole: Whole) -> dict[int, Glance]:
    """Issues told otherwise in a later version: at their old place, by their titles, or by their measures."""
    if not left or not free:
        return {}
    pairs: dict[int, Glance] = {}
    by_place = {each.n: each for each in free}
    in_place = [(issue, by_place[issue.n]) for issue in left if issue.n in by_place]
    for issue, known in in_place:
        if matched([known.title], [issue.title], least=RETITLED_IN_PLACE):
            pairs[issue.n] = known
    for ours_say, theirs_say, least in ((_titles, _title, RETITLED), (whole, _with_measures, REWORDED)):
        taken = {each.number for each in pairs.values()}
        ours = [each for each in free if each.number not in taken]
        theirs = [each for each in left if each.n not in pairs]
        if not ours or not theirs:
            break
        for pair in matched(ours_say(ours), list(map(theirs_say, theirs)), least=least):
            pairs[theirs[pair.theirs].n] = ours[pair.ours]
    return pairs


def _titles(ours: Sequence[Glance]) -> list[str]:
    return [each.title for each in ours]


def _title(issue: ProposedIssue) -> str:
    return issue.title


def _with_measures(issue: ProposedIssue) -> str:
    return "\n".join([issue.title, *map(wording, issue.measures)])


def near(new: Sequence[ProposedIssue], books: Sequence[Glance]) -> dict[int, Near]:
    """Issues on the books that new ones look like, by n; the most alike alone."""
    live = [each for each in books if not each.is_void]
    if not new or not live:
        return {}
    shelf = Shelf([each.title for each in live])
    found = {}
    for issue in new:
        for likely in shelf.like(issue.title, least=NEAR, most=1):
            known = live[likely.at]
            found[issue.n] = Near(known.number, known.title, int(likely.score * 100))
    return found


def measures(proposed: Sequence[ProposedMeasure], known: Known, *, told: bool = False) -> dict[int, str]:
    """Which proposed measure is which: its place among `proposed` to the uid on the books.

    Shape: with `told` the texts tell what was done, and need to be less alike.
    """
    courses = known.state.courses
    parts = [part["uid"] for part in known.state.measures() if not courses[part["uid"]].unmade]
    live = [uid for uid in parts if known.state.status(uid) is not Status.VOID]
    order = [*live, *(uid for uid in parts if uid not in set(live))]
    pairs: dict[int, str] = {}
    for said in (_base_text, _base_result, _text):
        _equal(pairs, proposed, order, lambda uid, said=said: said(known, uid))  # type: ignore[misc]
    left = [at for at in range(len(proposed)) if at not in pairs]
    free = [uid for uid in live if uid not in set(pairs.values())]
    ours = [_base_text(known, uid) or _text(known, uid) for uid in free]
    theirs = [wording(proposed[at]) for at in left]
    for pair in matched(ours, theirs, least=TOLD if told else REWORDED):
        pairs[left[pair.theirs]] = free[pair.ours]
    _in_place(pairs, proposed, parts, dict(zip(free, ours, strict=True)))
    return pairs


def _in_place(
    pairs: dict[int, str],
    proposed: Sequence[ProposedMeasure],
    uids: Sequence[str],
    texts: Mapping[str, str],
) -> None:
    """Pair what is left at one place and somewhat alike; `texts` are those that may still be paired."""
    taken = set(pairs.values())
    for at, uid in enumerate(uids[: len(proposed)]):
        if at in pairs or uid in taken or uid not in texts:
            continue
        if likeness(texts[uid], wording(proposed[at])) >= IN_PLACE:
            pairs[at] = uid


def _equal(
    pairs: dict[int, str],
    proposed: Sequence[ProposedMeasure],
    uids: Sequence[str],
    said: Callable[[str], str],
) -> None:
    """Pair what says the same, the first with the first."""
    taken = set(pairs.values())
    places: defaultdict[str, list[str]] = defaultdict(list)
    for uid in reversed(uids):
        if uid not in taken and said(uid):
            places[said(uid)].append(uid)
    for at, measure in enumerate(proposed):
        if at not in pairs and places.get(wording(measure)):
            pairs[at] = places[wording(measure)].pop()


def _base_text(known: Known, uid: str) -> str:
    return str(known.base(uid).get("text", ""))


def _base_result(known: Known, uid: str) -> str:
    return str(known.base(uid).get("result", ""))


def _text(known: Known, uid: str) -> str:
    return str(known.ours(uid).get("text", ""))
