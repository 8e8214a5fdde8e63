"""Documents taken in again and again: the same twice is once, a later version brings its changes, ours are never lost."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.acts import planning
from ledger.domain.course import OWN
from ledger.intake.proposal import Proposal, ProposedIssue, ProposedMeasure
from ledger.usecases import checking, importing, starting
from ledger.usecases.change import Actor, Desk, Work, change
from ledger.usecases.importing import Choices
from ledger.usecases.starting import Start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.store.book import Book

DAY = dt.date(2025, 3, 3)
#: Titles and texts that are like none of the others, so that which is which is never in doubt.
TITLES = (
    "会议多而短会少", "公车登记缺失", "食堂账目不清", "档案无人保管", "窗口态度生硬", "村务公开迟缓", "林木采伐失管",
    "预付款久拖未结", "培训走过场",
)  # fmt: skip
TEXTS = (
    "合并例会", "修订派车单", "清点往来票据", "腾出库房并上锁", "公布投诉电话", "每旬张贴榜单", "巡山并记台账", "逐笔函证欠款",
    "改为现场教学", "设立值班长", "聘请会计", "安装监控",
)  # fmt: skip
NAMES = ("党政办", "财政所", "便民中心", "林业站", None)
FIELDS = ("unit", "leader", "criterion", "category")

words = st.sampled_from(NAMES)
said = st.fixed_dictionaries(dict.fromkeys(FIELDS, words))


class Issue(NamedTuple):
    """An issue of a document: its title, fields, and the texts and units of its measures."""

    title: str
    fields: dict[str, str | None]
    measures: tuple[tuple[str, str | None], ...]


def issues(titles: tuple[str, ...], texts: tuple[str, ...]) -> st.SearchStrategy[list[Issue]]:
    """Issues with titles and measures of their own."""

    @st.composite
    def drawn(draw: st.DrawFn) -> list[Issue]:
        chosen = draw(st.lists(st.sampled_from(titles), min_size=1, max_size=5, unique=True))
        left = draw(st.permutations(texts))
        found = []
        for title in chosen:
            count = draw(st.integers(0, 2))
            mine, left = left[:count], left[count:]
            found.append(Issue(title, draw(said), tuple((text, draw(words)) for text in mine)))
        return found

    return drawn()


def proposal(document: list[Issue]) -> Proposal:
    """What the intake makes of a document."""
    proposed = [
        ProposedIssue(
            n=n,
            category=each.fields["category"],
            title=each.title,
            kind="finding",
            measures=tuple(ProposedMeasure(text, n, 1, lead=text, unit=unit) for text, unit in each.measures),
            fields={name: text for name, text in each.fields.items() if text and name != "category"},
            line=n,
            column=1,
        )
        for n, each in enumerate(document, 1)
    ]
    return Proposal("notice.txt", "sheet", None, issues=tuple(proposed))


@contextmanager
def started() -> Iterator[Book]:
    """A ledger in a folder of its own."""
    folder = Path(tempfile.mkdtemp())
    try:
        yield starting.start(folder, Start("t"), here=True)
    finally:
        shutil.rmtree(folder)


def desk(book: Book) -> Desk:
    moment = dt.datetime.combine(DAY, dt.time(9), dt.UTC)
    return Desk(book, Actor("Lin", DAY, moment))


def take(book: Book, document: list[Issue], choices: Choices = Choices()) -> importing.Comparison:  # noqa: B008
    """Take a document in; gives what it was held to change."""
    comparison = importing.compare(book, proposal(document), DAY, choices)
    importing.take_in(desk(book), comparison)
    return comparison


def contents(book: Book) -> dict[str, bytes]:
    found = (path for path in book.folder.rglob("*") if path.is_file() and ".index" not in path.parts)
    return {str(path): path.read_bytes() for path in found}


def fields_of(book: Book) -> dict[tuple[int, str, str], object]:
    """Every field that documents print, by number, measure and name."""
    found = {}
    for record in book.records():
        number, state = record.state.fields["number"], record.state
        for name in ("title", *FIELDS):
            found[number, OWN, name] = state.fields.get(name)
        for uid, part in state.parts.items():
            for name in ("text", "unit"):
                found[number, uid, name] = part.get(name)
    return found


def edit(book: Book, chosen: list[tuple[int, str]]) -> dict[tuple[int, str, str], str]:
    """The office writes something of its own into some fields."""
    edited = {}

    def deed(work: Work) -> None:
        numbers = book.numbers()
        for at, name in chosen:
            number = numbers[at % len(numbers)]
            value = f"本办{name}"
            draft = work.draft(number)
            if draft.state.fields.get(name) != value:
                planning.edit(draft, OWN, {name: value})
            edited[number, OWN, name] = value

    if chosen:
        change(desk(book), "edit", deed)
    return edited


edits = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(("title", *FIELDS))), max_size=4)


@settings(max_examples=40, deadline=None)
@given(issues(TITLES, TEXTS), edits)
def test_the_same_document_twice_is_once(document, chosen):
    """Whatever the office edited meanwhile, the same document changes no byte."""
    with started() as book:
        take(book, document)
        edit(book, chosen)
        before = contents(book)
        again = take(book, document)
        assert again.is_empty
        assert again.unchanged == len(document)
        assert contents(book) == before


@st.composite
def later(draw: st.DrawFn) -> tuple[list[Issue], list[Issue]]:
    """A document and a later version: issues come, go and change places; fields and measures change."""
    first = draw(issues(TITLES[:6], TEXTS[:8]))
    kept = [each for each in first if draw(st.integers(0, 5))]
    changed = [
        each._replace(
            fields={name: draw(st.one_of(st.just(text), words)) for name, text in each.fields.items()},
            measures=tuple((text, draw(st.one_of(st.just(unit), words))) for text, unit in each.measures),
        )
        for each in kept
    ]
    more = draw(issues(TITLES[6:], TEXTS[8:])) if draw(st.booleans()) else []
    return first, draw(st.permutations([*changed, *more]))


@settings(max_examples=80, deadline=None)
@given(later(), edits, st.sampled_from(["ours", "theirs"]))
def test_a_later_version_is_three_ways(versions, chosen, prefer):
    """A field is the document's where it alone changed it, ours where we did; what it lacks stays; then nothing is left."""
    first, second = versions
    with started() as book:
        take(book, first)
        was = fields_of(book)
        titles = {was[number, OWN, "title"]: number for number in book.numbers()}
        uids = {value: key for key, value in was.items() if key[2] == "text"}
        edited = edit(book, chosen)
        comparison = take(book, second, Choices(prefer=prefer))
        now = fields_of(book)
        assert [each.proposed.title for each in comparison.new] == [
            each.title for each in second if each.title not in titles
        ]
        expected = {**was, **edited}
        for issue in second:
            if issue.title not in titles:
                continue
            number = titles[issue.title]
            for name, text in issue.fields.items():
                key = (number, OWN, name)
                if text and text != was[key] and (key not in edited or prefer == "theirs"):
                    expected[key] = text
            for text, unit in issue.measures:
                _number, uid, _name = uids[text]
                if unit:
                    expected[number, uid, "unit"] = unit
        assert {key: now[key] for key in expected} == expected
        left = [number for title, number in titles.items() if title not in {each.title for each in second}]
        if len(left) < len(titles):
            assert [each for each in comparison.missing if "." not in each] == [
                str(each) for each in sorted(left)
            ]
        before = contents(book)
        assert take(book, second, Choices(prefer=prefer)).is_empty
        assert contents(book) == before
        assert checking.faults(book) == []
