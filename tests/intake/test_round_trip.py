"""What is written out in any layout and any hand is read back as it was."""

from __future__ import annotations

import dataclasses
import io

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ledger.intake import child
from ledger.intake.reading import receive
from tests.intake import writing
from tests.intake.noticed import read_notice

examples = settings(max_examples=60)


def titles_and_measures(proposal):
    """Issues as (category, title, measures), in one width, for comparison."""
    return [
        (issue.category, issue.title, [(measure.lead, measure.points) for measure in issue.measures])
        for issue in proposal.issues
    ]


def written(listed, hand):
    """The same of the list that was written out."""
    return [
        (
            issue.category,
            hand.width(issue.title),
            [(hand.width(each.text), tuple(map(hand.width, each.points))) for each in issue.measures],
        )
        for issue in listed
    ]


def straight_inside_straight(hand, listed):
    """Straight quotes around a title that holds some cannot be told apart by anybody."""
    return hand.quote == '""' and any('"' in issue.title for issue in listed)


def same_style(hand):
    """Whether a list inside the list would be numbered like the problems themselves."""
    return hand.number.strip() == hand.item


@examples
@given(writing.issues, writing.hands)
def test_quoted_findings_come_back(listed, hand):
    """1.关于“…”的问题 with measures in any style below: titles, measures and points are those written."""
    assume(not straight_inside_straight(hand, listed))
    text = writing.around(writing.quoted(listed, hand), hand)
    proposal = read_notice(text, file="x")
    assert titles_and_measures(proposal) == written(listed, hand)
    assert proposal.title == writing.TITLE
    assert proposal.contact.phone == "0599-3300121"
    assert proposal.disclosure.end.isoformat() == "2025-05-26"


@examples
@given(writing.issues, writing.hands, st.lists(writing.aspects, min_size=1, max_size=4, unique=True))
def test_findings_under_aspects_come_back(listed, hand, names):
    """(一)…方面 above quoted findings: each issue stands under its own aspect."""
    assume(not straight_inside_straight(hand, listed))
    lines, placed = writing.by_aspect(listed, hand, names)
    proposal = read_notice(writing.around(lines, hand), file="x")
    assert titles_and_measures(proposal) == written(placed, hand)
    assert proposal.categories == tuple(dict.fromkeys(issue.category for issue in placed))


FIELDS = {
    "责任领导": "分管副局长",
    "责任单位": "业务科、办公室",
    "责任人": "科长",
    "完成时限": "2025年9月底前",
    "整改结果": "已完成",
}


@examples
@given(
    writing.issues,
    writing.hands,
    st.permutations(["整改措施", *FIELDS]),
    st.sampled_from(["问题{n}:", "问题{c}:", "【问题{c}】", "问题 {n}:", "反馈问题{n}:"]),
)
def test_labelled_fields_come_back(listed, hand, order, word):
    """问题1:… with labelled fields in any order: measures and fields are those written."""
    text = writing.around(writing.labelled(listed, hand, FIELDS, order=order, word=word), hand)
    proposal = read_notice(text, file="x")
    assert titles_and_measures(proposal) == written(listed, hand)
    expected = {
        "leader": "分管副局长", "unit": "业务科、办公室", "owner": "科长", "due_text": "2025年9月底前", "status_text": "已完成",
    }  # fmt: skip
    assert [dict(issue.fields) for issue in proposal.issues] == [expected] * len(listed)


@examples
@given(writing.plain_issues, writing.hands, st.lists(writing.aspects, min_size=1, max_size=4, unique=True))
def test_aspects_with_counts_come_back(listed, hand, names):
    """第一方面:…(4项) above plain numbered findings with (1)(2) below them."""
    hand = dataclasses.replace(hand, lines=True)
    lines, placed = writing.aspects_counted(listed, hand, names)
    text = "\n".join([writing.TITLE, writing.PREAMBLE, *lines, *writing.CLOSING])
    proposal = read_notice(text, file="x")
    assert titles_and_measures(proposal) == written(placed, hand)


theme_lists = st.lists(
    st.builds(writing.Issue, writing.slogans, writing.plain_measures), min_size=2, max_size=10
)


@examples
@given(theme_lists, writing.hands, st.lists(writing.aspects, min_size=1, max_size=4, unique=True))
def test_narrative_leads_come_back_as_themes(listed, hand, names):
    """一是 <lead>。<sentence>。 under an aspect: themes, their sentences as measures, and a remark that says so."""
    lines, placed = writing.themes(listed, hand, names)
    proposal = read_notice(writing.around(lines, hand), file="x")
    assert titles_and_measures(proposal) == written(placed, hand)
    assert {issue.kind for issue in proposal.issues} == {"theme"}
    assert [remark.code for remark in proposal.warnings] == ["themes"]


@examples
@given(
    writing.plain_issues,
    writing.hands,
    st.integers(1, 5),
    st.booleans(),
    st.permutations(writing.COLUMNS[1:]),
    st.lists(writing.aspects, min_size=1, max_size=4, unique=True),
)
def test_pasted_tables_come_back(listed, hand, every, quoted_cells, order, names):
    """A pasted table in any order of columns: titles, measures, categories and fields are those written."""
    hand = dataclasses.replace(hand, end=";")
    columns = ["序号", *order]
    lines, placed = writing.table(
        listed, hand, every=every, quoted_cells=quoted_cells, columns=columns, names=names
    )
    text = "\n".join([writing.TITLE, writing.PREAMBLE, *lines, *writing.CLOSING])
    proposal = read_notice(text, file="x")
    expected = [
        (issue.category, issue.title, [(hand.width(each.text), ()) for each in issue.measures])
        for issue in placed
    ]
    assert titles_and_measures(proposal) == expected
    assert {issue.fields["due_text"] for issue in proposal.issues} == {"2025年6月底前"}
    assert proposal.warnings == ()


def laid_out(kind, listed, hand, names):
    """The list in one of the layouts, and the list as it should come back."""
    if kind == "quoted":
        return writing.quoted(listed, hand), listed
    if kind == "aspects":
        return writing.by_aspect(listed, hand, names)
    order = ["整改措施", *FIELDS]
    return writing.labelled(listed, hand, FIELDS, order=order, word="问题{n}:"), listed


names_of_aspects = st.lists(writing.aspects, min_size=1, max_size=4, unique=True)


@examples
@given(
    writing.issues,
    writing.hands,
    names_of_aspects,
    st.sampled_from(["quoted", "aspects", "labelled"]),
    st.integers(28, 44),
    st.sampled_from(["　　", "    "]),
    st.sampled_from([None, 22, 35]),
)
def test_wrapped_lines_come_back(listed, hand, names, kind, characters, indent, page):
    """Paragraphs broken at a fixed width, with page numbers between: as if they never had been."""
    assume(not straight_inside_straight(hand, listed) and len(listed) > 2)
    hand = dataclasses.replace(hand, lines=False, noise=False, indent="")
    lines, placed = laid_out(kind, listed, hand, names)
    text = writing.around(lines, hand)
    proposal = read_notice(writing.wrapped(text, 2 * characters, indent=indent, page=page), file="x")
    assert titles_and_measures(proposal) == written(placed, hand)
    assert proposal.contact.email == "cjda@example.org"


@examples
@given(writing.issues, writing.hands, st.sampled_from([" ", "　", ""]))
def test_one_long_line_comes_back(listed, hand, glue):
    """A notice pasted into a single line is cut at its headings."""
    assume(not straight_inside_straight(hand, listed))
    hand = dataclasses.replace(hand, lines=False, noise=False, indent="", suffix="的问题。", about="关于")
    text = writing.around(writing.quoted(listed, hand), hand).replace("\n", glue or " ")
    assert titles_and_measures(read_notice(text, file="x")) == written(listed, hand)


@examples
@given(writing.issues, writing.hands, names_of_aspects, st.sampled_from(["utf-8-sig", "utf-16", "gb18030"]))
def test_every_encoding_comes_back(tmp_path_factory, listed, hand, names, encoding):
    """UTF-8 with its mark, UTF-16 and GB18030 files say what the same file in UTF-8 says."""
    lines, _placed = writing.by_aspect(listed, hand, names)
    text = writing.around(lines, hand)
    path = tmp_path_factory.mktemp("encodings") / "notice.txt"
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    proposal = child.work("import", receive(path, stdin=io.BytesIO()), {}, lambda *_: None)
    plain = read_notice(text, file=str(path))
    assert proposal.issues == plain.issues
    assert (proposal.title, proposal.contact, proposal.prose) == (plain.title, plain.contact, plain.prose)
