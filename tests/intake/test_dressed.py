"""A notice says the same as a text, as a Word file and as a web page."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.intake.formats import page, word
from ledger.intake.notice import read_document
from ledger.intake.reading import decode
from tests.intake import dressing, writing
from tests.intake.noticed import read_notice
from tests.intake.test_notices import NOTICES

#: Texts whose tables were pasted with tabs or bars, which no Word file and no page has, or in Markdown.
PROSE = [
    path
    for path in NOTICES
    if path.suffix == ".txt" and "\t" not in path.read_text(encoding="utf-8", errors="ignore")
]
DRESSES = [
    *((word.read, dress) for dress in dressing.WORD.values()),
    *((page.read, dress) for dress in dressing.PAGES.values()),
]
NAMES = [*(f"word-{name}" for name in dressing.WORD), *(f"page-{name}" for name in dressing.PAGES)]


def said(proposal):
    """What a proposal says, wherever it stood in the document and in one kind of blanks."""
    return {
        "title": proposal.title,
        "categories": proposal.categories,
        "issues": [
            (
                each.category,
                _one(each.title),
                each.kind,
                _fields(each),
                [_measure(one) for one in each.measures],
            )
            for each in proposal.issues
        ],
        "contact": proposal.contact,
        "disclosure": proposal.disclosure,
    }


def _one(text):
    """Text in one kind of blanks: a page's no-break blanks are blanks."""
    return text.replace("\xa0", " ").replace("\u2003", "　")


def _fields(issue):
    return {name: _one(text) for name, text in issue.fields.items()}


def _measure(measure):
    shape = dataclasses.asdict(measure)
    left_out = ("line", "column", "shared", "places", "sheet")
    return {
        name: _one(each)
        if isinstance(each, str)
        else tuple(map(_one, each))
        if each and name == "points"
        else each
        for name, each in shape.items()
        if name not in left_out
    }


@pytest.mark.parametrize(("read", "dress"), DRESSES, ids=NAMES)
@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.stem)
def test_a_notice_says_the_same_in_every_format(path, read, dress):
    """Titles, categories, measures, fields, contact and window are those of the text."""
    text = decode(path.read_bytes(), name=path.name)[0]
    assert said(read_document(read(dress(text)), file="x")) == said(read_notice(text, file="x"))


@settings(max_examples=40)
@given(
    writing.issues,
    writing.hands,
    st.lists(writing.aspects, min_size=1, max_size=4, unique=True),
    st.sampled_from(range(len(DRESSES))),
    st.booleans(),
)
def test_any_notice_says_the_same_in_every_format(listed, hand, names, dress, under_aspects):
    """Whatever the hand it is written in: what comes back is what the text says."""
    lines = writing.by_aspect(listed, hand, names)[0] if under_aspects else writing.quoted(listed, hand)
    text = writing.around(lines, hand)
    read, dressed = DRESSES[dress]
    assert said(read_document(read(dressed(text)), file="x")) == said(read_notice(text, file="x"))
