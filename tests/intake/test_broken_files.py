"""Web pages and Word files no program would write: a document or a refusal, never a failure."""

from __future__ import annotations

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.errors import RejectedInputError
from ledger.intake.formats import page, word
from ledger.intake.notice import read_document
from tests.intake import dressing
from tests.intake.test_word import file_of, levels, num

TEXTS = [
    "1.关于“甲不实”的问题",
    "整改情况：一是乙；二是丙。",
    "序号",
    "反馈问题",
    "整改措施",
    "责任单位",
    "1",
    "一、",
    "\u200b",
    "",
]
TAGS = [
    "p",
    "div",
    "table",
    "tr",
    "td",
    "th",
    "ul",
    "ol",
    "li",
    "br",
    "span",
    "b",
    "a",
    "pre",
    "section",
    "del",
    "q",
    "font",
    "h1",
    "nav",
    "script",
    "style",
    "caption",
    "thead",
    "tbody",
]
LOOKS = ["", " colspan=3", " rowspan=0", " colspan=-1", " rowspan=99999", " start=x", " value=99999999999", " style='display:none'", " style='display:block'", " href=x", " class=nav", " hidden"]  # fmt: skip
opening = st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(LOOKS))
closing = st.builds("</{}>".format, st.sampled_from(TAGS))
odd = st.sampled_from(
    ["<!--", "-->", "&#0;", "&#x202e;", "&nbsp;", "<![CDATA[", "<?xml?>", "&bogus;", "<", "\n"]
)
markup = st.lists(
    st.one_of(opening, closing, odd, st.sampled_from(TEXTS), st.text(max_size=5)), max_size=60
).map("".join)


@settings(max_examples=200, deadline=None)
@given(markup, st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_any_markup_is_a_page_or_refused(body, encoding):
    """Whatever tags, in whatever order, closed or not: lines and tables the engine can read, each on a line of its own."""
    with contextlib.suppress(RejectedInputError):
        found = page.read(body.encode(encoding, "ignore"))
        numbers = [getattr(part, "number", None) or part.line for part in found.parts]
        assert numbers == sorted(set(numbers))
        read_document(found, file="x")


ELEMENTS = [
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "tcPr",
    "pPr",
    "numPr",
    "ilvl",
    "numId",
    "vMerge",
    "hMerge",
    "gridSpan",
    "gridBefore",
    "trPr",
    "sdt",
    "sdtContent",
    "ins",
    "del",
    "fldChar",
    "instrText",
    "sym",
    "br",
    "txbxContent",
    "drawing",
    "rPr",
    "vanish",
    "pStyle",
    "hyperlink",
    "ruby",
    "altChunk",
]
ATTRIBUTES = ["", *(f' w:val="{each}"' for each in ("1", "0", "9", "-3", "99999999", "restart", "x")), *(f' w:fldCharType="{each}"' for each in ("begin", "separate", "end")), ' w:font="Wingdings" w:char="F0FC"']  # fmt: skip
runs = st.builds("<w:r><w:t>{}</w:t></w:r>".format, st.sampled_from(TEXTS[:-2]))
inside = st.recursive(
    runs,
    lambda inner: st.builds(
        lambda name, said, held: f"<w:{name}{said}>{''.join(held)}</w:{name}>",
        st.sampled_from(ELEMENTS),
        st.sampled_from(ATTRIBUTES),
        st.lists(inner, max_size=5),
    ),
    max_leaves=40,
)


@settings(max_examples=200, deadline=None)
@given(inside, inside)
def test_any_nesting_is_a_word_file_or_refused(body, extra):
    """Whatever elements stand in whatever others: lines and tables the engine can read."""
    numbering = levels(("decimal", "%1.")) + num(1) + extra
    with contextlib.suppress(RejectedInputError):
        read_document(word.read(file_of(body, numbering=numbering, styles=extra)), file="x")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8))
def test_flipped_bytes_are_a_word_file_or_refused(flips):
    """A file damaged on its way is read or refused with a message."""
    data = bytearray(GOOD)
    for at, value in flips:
        data[at % len(data)] = value
    with contextlib.suppress(RejectedInputError):
        read_document(word.read(bytes(data)), file="x")


GOOD = dressing.numbered("一、整改情况\n1.关于“甲不实”的问题\n整改情况：一是乙；二是丙。\n")
