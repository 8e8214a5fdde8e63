"""Every page opened by a browser that reaches no other machine, and printed."""

from __future__ import annotations

import pytest

from ledger import reports
from ledger.reports.told import texts
from tests.visual import judging, machine

pytestmark = pytest.mark.timeout(machine.PATIENCE)


@pytest.mark.parametrize("kind", reports.KINDS)
def test_a_page_opens_alone_and_prints_whole(kind, pages):
    """No word on the console, no request; printed it is whole, on A4, lying where it has to."""
    paper = pages[kind]
    assert machine.browse(paper.path, paper.pdf) == ([], [])
    seen = machine.pages(paper.pdf)
    judging.sound(seen)
    judging.sane(paper.report, seen)
    assert judging.missing(texts(paper.report), seen) == []
    assert any(page.lying for page in seen) >= judging.wide(paper.report)


def test_characters_are_drawn(tmp_path, pages):
    """The typefaces a page names lead to one that has Chinese characters: two of them do not look the same."""
    head = pages["status"].path.read_text(encoding="utf-8").partition("<body")[0]
    seen = []
    for word in ("整整整整整整", "改改改改改改"):
        page = tmp_path / f"{word[0]}.html"
        page.write_text(f"{head}<body><h1>{word}</h1><p>{word}</p>", encoding="utf-8")
        machine.browse(page, page.with_suffix(".pdf"))
        seen += machine.pages(page.with_suffix(".pdf"))
    assert [page.text for page in seen] == ["整整整整整整" * 2, "改改改改改改" * 2]
    assert seen[0].ink != seen[1].ink


def test_what_a_page_asks_for_is_noticed(tmp_path):
    """A page with a script and a picture from elsewhere does not pass: the test above can fail."""
    page = tmp_path / "bad.html"
    page.write_text(
        '<p>x</p><img src="http://picture.invalid/a.png"><script>nothing()</script>', encoding="utf-8"
    )
    console, asked = machine.browse(page, tmp_path / "bad.pdf")
    assert "nothing is not defined" in console[0]
    assert asked == ["http://picture.invalid/a.png"]


def test_the_policy_of_a_page_holds(tmp_path, pages):
    """Even if markup got into a page, its policy would stop it: nothing is fetched, nothing runs."""
    source = pages["status"].path.read_text(encoding="utf-8")
    page = tmp_path / "planted.html"
    bad = '<img src="http://picture.invalid/a.png"><script>document.title = "run"</script></main>'
    page.write_text(source.replace("</main>", bad), encoding="utf-8")
    console, asked = machine.browse(page, tmp_path / "planted.pdf")
    assert asked == []
    assert len([line for line in console if "Content Security Policy" in line]) == 2


def test_what_a_printed_page_lacks_is_noticed(tmp_path):
    """An empty page, text at the edge, and a page of another size do not pass: the judgement can fail."""
    page = tmp_path / "empty.html"
    page.write_text(
        "<style>@page{size:A5;margin:0}</style>out<p style='break-before:page'>", encoding="utf-8"
    )
    machine.browse(page, tmp_path / "empty.pdf")
    first, second = machine.pages(tmp_path / "empty.pdf")
    assert (first.edges, second.text, second.ink) == (True, "", 0)
    with pytest.raises(AssertionError):
        judging.sound([first])
