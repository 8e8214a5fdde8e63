"""Every report in every format: whatever stands in a ledger comes out whole, and means nothing else there."""

from __future__ import annotations

import html.parser
import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from ledger import reports
from tests import renditions
from tests.edges.hostile import CLASSES, MARKUP, leaks
from tests.edges.test_outlets import _module_alone, hostile, poisoned  # noqa: F401  fixtures

#: What a kind is asked for, where it needs saying; a dossier is an archive of reports.
ASKED = {"register": ["meetings"], "dossier": ["1"]}
#: Kinds that print what the ledger of these tests has none of: a letter, a look-back.
ABSENT = {"letter", "lookback"}
MADE = [
    (kind, form)
    for kind in reports.KINDS
    for form in reports.FORMATS
    if kind not in ABSENT and form != "zip" and kind != "dossier"
]
EVERYTHING = "甲".join((*CLASSES, *MARKUP))
#: What cannot be told apart in a document any more: blanks, and how a hidden character is spelt out.
_BLANK = re.compile(r"\s+")


def said(form: str, data: bytes) -> str:
    """What a reader of the file sees, read by something that is not ours."""
    if form == "docx":
        return renditions.document(data)
    if form == "xlsx":
        return renditions.workbook(data)
    source = data.decode()
    if form == "html":
        page = _Page()
        page.feed(source)
        return "".join(page.said)
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(source)
    return "".join(child.content for token in tokens for child in token.children or ())


class _Page(html.parser.HTMLParser):
    """What a page says; style sheets are not said."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.still = 0

    def handle_starttag(self, tag, attrs):
        assert tag != "script"
        assert not any(name.startswith("on") for name, _value in attrs)
        self.still += tag == "style"

    def handle_endtag(self, tag):
        self.still -= tag == "style"

    def handle_data(self, data):
        if not self.still:
            self.said.append(data)


def made(run, kind, form, folder) -> bytes:
    output = folder / f"out.{form}"
    result = run("report", kind, *ASKED.get(kind, []), "-o", output, cwd=folder)
    assert result.code == 0, result.err
    assert leaks(result.err) == []
    return output.read_bytes()


@pytest.mark.parametrize("form", [form for form in reports.FORMATS if form != "zip"])
@pytest.mark.parametrize(
    "text", ["".join(MARKUP).replace("\t", " "), EVERYTHING], ids=["markup", "everything"]
)
def test_a_hostile_ledger_is_only_text(run, hostile, tmp_path, form, text):  # noqa: F811
    """Markup, formulas, escapes and hidden characters in every field: each document says them and obeys none."""
    poisoned(hostile, tmp_path / "w", text)
    for kind in (kind for kind, each in MADE if each == form):
        shown = said(form, made(run, kind, form, tmp_path / "w"))
        assert (kind, leaks(shown.replace("\n", ""))) == (kind, [])
        if text is not EVERYTHING and kind in ("book", "lists", "closeout"):
            assert _BLANK.sub("", text) in _BLANK.sub("", shown), kind


@pytest.mark.parametrize(("kind", "form"), MADE)
def test_an_empty_ledger(run, tmp_path, kind, form):
    """A ledger without issues has its reports: they say that there is nothing, or that there is nothing to report."""
    run.ok("init", "t", "--title", "空台账", "--org", "柳河镇", cwd=tmp_path)
    output = tmp_path / f"out.{form}"
    result = run("report", kind, *ASKED.get(kind, []), "-o", output, cwd=tmp_path)
    assert result.code in (0, 3, 4), result
    assert (result.code == 0) == output.exists()
    if result.code == 0:
        assert "空台账" in said(form, output.read_bytes()) or "柳河镇" in said(form, output.read_bytes())
    else:
        assert "hint: " in result.err


@pytest.fixture(scope="module")
def large(tmp_path_factory, _module_alone):  # noqa: F811
    """An issue with a title of 2,000 characters and 200 measures, each reported done."""
    from tests.conftest import Runner

    folder, run = tmp_path_factory.mktemp("large"), Runner()
    run.ok("init", "t", "--preset", "five-level", "--title", "台账", cwd=folder)
    title = "".join(f"第{number}处不实" for number in range(1, 401))[:2000]
    measures = [word for number in range(1, 201) for word in ("-m", f"第{number:03}条措施")]
    run.ok("add", title, *measures, "--unit", "办公室", "--leader", "张某", "--due", "2025-06-30", cwd=folder)
    run.ok("claim", "1", "--leader", "张某", cwd=folder)
    run.ok("plan", "approve", "--meeting", "党委会", cwd=folder)
    run.ok("done", "1.1-1.200", "--result", "全部落实", cwd=folder)
    return folder, title


@pytest.mark.parametrize(("kind", "form"), MADE)
def test_one_issue_with_200_measures(run, large, tmp_path, kind, form):
    """A long title and many measures: every one of them is there where a report names measures at all."""
    folder, title = large
    output = tmp_path / f"out.{form}"
    run.ok("report", kind, *ASKED.get(kind, []), "-o", output, cwd=folder)
    shown = _BLANK.sub("", said(form, output.read_bytes()))
    if kind in ("book", "lists"):
        assert title in shown
        assert [number for number in range(1, 201) if f"第{number:03}条措施" not in shown] == []


@pytest.mark.parametrize("form", reports.FORMATS)
def test_a_folder_that_is_not_there(run, tmp_path, form):
    """No folder for the file: said so, and nothing is made."""
    run.ok("init", "t", cwd=tmp_path)
    kind = "dossier" if form == "zip" else "status"
    result = run("report", kind, *ASKED.get(kind, []), "-o", Path("nope") / f"out.{form}", cwd=tmp_path)
    assert result.code == 3
    assert not (tmp_path / "nope").exists()
