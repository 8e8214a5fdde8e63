"""Codes and the words for them."""

from __future__ import annotations

import errno

import pytest

from ledger import language
from ledger.domain.moves import Act, Status
from ledger.domain.schema import ISSUE, KINDS, TERMS
from ledger.intake import layouts, mapping, sheets, words
from ledger.ui import labels
from ledger.ui.table import Toned


def test_every_code_has_a_word():
    """Every status, act, term, kind and field of the domain has a word."""
    assert set(labels.WORDS["status"]) == set(Status)
    assert {str(act) for act in Act} <= set(labels.WORDS["act"])
    assert set(labels.WORDS["term"]) == set(TERMS)
    assert set(labels.WORDS["kind"]) == set(KINDS)
    fields = {field.name for field in (*ISSUE.fields, *ISSUE.part_fields)}
    assert fields <= set(labels.WORDS["field"])


def test_whatever_import_says_of_a_document_has_a_word():
    """Every layout a document can have, and everything a column can mean, is called by a word."""
    named = {each.name for group in layouts.LAYOUTS for each in group}
    named |= {layouts.SECTIONS.name, layouts.STATED.name, sheets.LAYOUT, "pasted_table", "narrative"}
    assert named == set(labels.WORDS["layout"])
    meant = {field for words in (words.WORDS, words._HEADERS, mapping.FIELDS) for field in words}
    assert meant == set(labels.WORDS["column"])


@pytest.mark.parametrize("field", sorted(set(mapping.FIELDS) - {"group"}))
def test_what_a_column_is_called_on_the_screen_can_be_typed(field):
    """`--map C=责任单位` takes the word the screen shows for a field, as it takes its code."""
    with language.speaking("zh"):
        assert mapping.parse([f"C={labels.label('column', field)}"])[0].field == field


@pytest.mark.parametrize(
    ("kind", "code", "english", "chinese"),
    [
        ("status", "done", "done, awaiting close-out", "已完成待销号"),
        ("act", "done", "reported done", "报完成"),
        ("status", "closed", "closed", "已销号"),
        ("term", "longterm", "long-term", "长期推进"),
        ("status", "unheard-of", "unheard-of", "unheard-of"),
    ],
)
def test_a_word_depends_on_kind_and_language(kind, code, english, chinese):
    """The same code means different words as a status and as an act; an unknown code is its own word."""
    with language.speaking("en"):
        assert (labels.label(kind, code), labels.labels(kind).get(code, code)) == (english, english)
    with language.speaking("zh"):
        assert (labels.label(kind, code), labels.labels(kind).get(code, code)) == (chinese, chinese)


@pytest.mark.parametrize("spoken", ["zh", "en"])
@pytest.mark.parametrize(
    ("kind", "word", "code"),
    [
        ("term", "immediate", "immediate"), ("term", "立行立改", "immediate"), ("term", " Long-Term ", "longterm"),
        ("status", "已销号", "closed"), ("status", "in progress", "active"), ("status", "逾期", None), ("term", "", None),
    ],
)  # fmt: skip
def test_a_code_is_found_by_its_word_in_either_language(spoken, kind, word, code):
    """A person may type the code or its word, Chinese or English, whatever is spoken now."""
    with language.speaking(spoken):
        assert labels.code(kind, word) == code


@pytest.mark.parametrize("kind", ["status", "term", "light", "kind"])
@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_words_lead_back_to_their_codes(kind, spoken):
    """No two codes of a kind that is typed share a word."""
    with language.speaking(spoken):
        assert {code: labels.code(kind, word) for code, word in labels.labels(kind).items()} == {
            code: code for code in labels.WORDS[kind]
        }


def test_colour_repeats_the_word():
    """A coloured label is the word with its colour; a code without one is the word."""
    with language.speaking("zh"):
        assert labels.toned("light", "red") == Toned("红", "bad")
        assert labels.toned("status", "active") == "正在推进"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (OSError(errno.EROFS, "Read-only file system"), "the disk is read-only"),
        (PermissionError(errno.EACCES, "Permission denied"), "permission denied"),
        (OSError(errno.EXDEV, "Invalid cross-device link"), "Invalid cross-device link"),
        (OSError("strange"), "strange"),
    ],
)
def test_what_the_system_refuses_is_said_plainly(error, words):
    """Common refusals have plain words; others keep the system's."""
    assert labels.reason(error) == words
