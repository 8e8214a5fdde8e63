"""`search`: words anywhere in the ledger, with the place where they stand."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.usefixtures("ledger")


def test_a_person_sees_where(run, terminal):
    """Id, field or act in words, and the text around, with the word in brackets."""
    assert (
        run.ok("search", "rules")
        == """\
1.1  measure    Rewrite the [rules]
1.1  criterion  [rules] adopted
1.1  evidence   [rules].txt the [rules] were adopted
3 places in 1 issue
"""
    )


def test_in_chinese(run, terminal, chinese):
    """Fields in Chinese; two Chinese characters are found."""
    assert run.ok("search", "文风", lang="zh") == "1  问题  [文风]不实\n1 处，在 1 个问题中\n"


def test_a_pipe_gets_codes(run):
    """Tab-separated id, code of the field or act, and the text without brackets, in any language."""
    expected = "id\tfield\texcerpt\n1.2\tnote\tspot check of 40 documents: two were signed by nobody\n"
    assert run.ok("search", "spot check") == expected
    assert run.ok("search", "SPOTCHECK", lang="zh") == expected


def test_every_word_has_to_stand_in_the_issue(run):
    """Several words narrow the search down; the places of each are shown."""
    assert run.ok("search", "trainer", "rewrite") == (
        "id\tfield\texcerpt\n1.1\ttext\tRewrite the rules\n1.2\tnote\ttrainer found\n1.2\textend\tthe trainer is ill\n"
    )
    assert run.ok("search", "trainer", "meetings") == "id\tfield\texcerpt\n"


def test_a_hit_as_json(run):
    """A place is given as the begin and the end of the word in the text."""
    document = json.loads(run.ok("search", "documents", "--json"))
    (hit,) = document["hits"]
    uid = hit.pop("issue_uid")
    assert document == {
        "schema": "ledger/search@1",
        "ledger": "2025",
        "as_of": "2025-07-02",
        "known_at": None,
        "words": ["documents"],
        "hits": [hit],
        "total": 1,
    }
    assert hit == {
        "id": "1.2",
        "field": "note",
        "excerpt": "...check of 40 documents: two were signed by nobody",
        "places": [{"start": 15, "end": 24}],
    }
    assert len(uid) == 26


def test_as_it_was(run):
    """What was not said yet is not found."""
    assert run.ok("search", "trainer", "--as-of", "2025-06-01") == "id\tfield\texcerpt\n"


def test_nothing_found_and_nothing_asked(run, terminal):
    """Nothing found is no error; no word at all is."""
    assert run("search", "nowhere") == (0, "", "nothing was found\n")
    assert run("search", "　 ") == (
        2,
        "",
        "error: there is nothing to look for\nhint: write a word of two or more characters\n",
    )


def test_the_number_of_issues_can_be_limited(run):
    """`--limit` counts issues, not places."""
    found = run.ok("search", "rules", "--limit", "1").count("\n")
    assert found == 4
