"""`ledger report`: documents on stdout or in a file, always the same for the same ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger import reports
from tests import town
from tests.chinese import chinese  # noqa: F401  a fixture


@pytest.fixture
def ledger(run):
    return town.start(run)


def test_status_agrees_with_a_count_by_hand(run, ledger):
    """The monthly table says what stats says, for two dates."""
    june = run.ok("report", "status", now=town.JUNE)
    assert "| issues | 3 | 1 | 0 | 0 | 0 | 1 | 0 | 1 | 1 |" in june
    assert "| measures | 5 | 2 | 0 | 0 | 0 | 1 | 1 | 1 | 1 |" in june
    assert "| closed rate of measures | 2 | 5 | 40.0% |" in june
    assert (
        "| 2.1 | Check each one | Finance |  | 2025-06-10 | 20 | red |  | 2025-06-12 letter sent |  |" in june
    )
    assert "| 1.2 | Train the clerks | Office | Lin | 2025-06-10 | all trained |" in june
    may = run.ok("report", "status", "--as-of", "2025-05-31", now=town.JUNE)
    assert "| issues | 4 | 0 | 0 | 0 | 0 | 1 | 3 | 0 | 0 |" in may
    assert "| 1.1 | Rewrite the rules | Office | Lin | 2025-05-20 | \\=in force |" in may
    assert "Nothing is overdue." in may


def test_the_same_ledger_gives_the_same_bytes(run, ledger):
    """Neither the moment nor the locale nor the language of the screen changes a document."""
    one = run.ok("report", "book", "--as-of", "2025-06-30", now=town.JUNE)
    other = {"LANG": "zh_CN.UTF-8", "TZ": "America/New_York"}
    assert (
        run.ok("report", "book", "--as-of", "2025-06-30", now="2026-01-01T00:00:00Z", lang="zh", env=other)
        == one
    )


def test_a_file_is_written_whole(run, ledger):
    """-o writes the file, names it on stderr, and leaves stdout empty; again, the bytes are the same."""
    result = run("report", "lists", "-o", "lists.md", now=town.JUNE)
    assert result == (0, "", "written: lists.md\n")
    first = Path("lists.md").read_bytes()
    assert first.decode() == run.ok("report", "lists", "-o", "-", now=town.JUNE)
    assert run("report", "lists", "-o", "lists.md", now=town.JUNE).code == 0
    assert Path("lists.md").read_bytes() == first
    assert [path.name for path in Path().iterdir() if path.name.startswith(".lists")] == []


def test_a_page_by_name_or_by_ending(run, ledger):
    """--format html and the ending .html give the same page; to stdout it is text."""
    page = run.ok("report", "status", "--format", "html", now=town.JUNE)
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">\n')
    assert "<h1>Willow Town: monthly status</h1>" in page
    for name in ("june.html", "june.HTM"):
        assert run("report", "status", "-o", name, now=town.JUNE) == (0, "", f"written: {name}\n")
        assert Path(name).read_bytes().decode() == page


def test_json_is_the_view(run, ledger):
    """--json gives the whole view, or says what was written."""
    view = json.loads(run.ok("report", "status", "--json", now=town.JUNE))
    assert (view["schema"], view["ledger"], view["kind"], view["as_of"]) == (
        "ledger/report@1",
        "2025",
        "status",
        "2025-06-30",
    )
    assert view["sections"][0]["blocks"][0]["table"]["rows"][0][:3] == ["issues", 3, 1]
    written = json.loads(run.ok("report", "status", "-o", "june.md", "--json", now=town.JUNE))
    assert (written["file"], written["format"], written["bytes"]) == (
        "june.md",
        "md",
        Path("june.md").stat().st_size,
    )


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (("novel",), 2, "there is no report novel"),
        (("status", "7"), 2, "the report status takes no ids"),
        (("status", "--format", "pdf"), 2, "reports cannot be written as pdf"),
        (("status", "-o", "june.pdf"), 2, "reports cannot be written as pdf"),
        (("status", "-o", "nowhere/june.md"), 3, "there is no folder nowhere"),
        (("status", "-o", "ledgers"), 2, "ledgers is not a file"),
        ((), 2, "KIND"),
    ],
)
def test_bad_requests(run, ledger, argv, code, words):
    """A request that cannot be met is one message, and no file."""
    before = sorted(Path().iterdir())
    result = run("report", *argv, now=town.JUNE)
    assert (result.code, result.out) == (code, "")
    assert words in result.err
    assert "Traceback" not in result.err
    assert sorted(Path().iterdir()) == before


def test_the_hint_names_the_kinds_there_are(run, ledger):
    """An unknown kind is answered with those there are."""
    hint = run("report", "novel").err.splitlines()[1]
    assert hint.startswith(
        "hint: there are: status 月调度表, ranking 排名通报, book 台账全本, lists 三清单, "
    )
    assert hint.count(", ") == len(reports.KINDS) - 1


def test_the_offices_own_template(run, ledger):
    """templates/status.md of the workspace is used; a broken one is named with its line, and nothing is written."""
    Path("templates").mkdir(exist_ok=True)
    own = Path("templates/status.md")
    own.write_text("{{ report.title }}\n{{ report.section('overdue').blocks[0].rows|length }} late\n")
    assert run.ok("report", "status", now=town.JUNE) == "Willow Town: monthly status\n1 late\n"
    own.write_text("# x\n{{ report.nope }}\n")
    result = run("report", "status", "-o", "june.md", now=town.JUNE)
    assert (result.code, result.out, Path("june.md").exists()) == (9, "", False)
    assert result.err.startswith("error: templates/status.md:2: the template cannot be filled: ")


def test_the_document_follows_the_ledger(run, chinese):  # noqa: F811
    """A Chinese ledger has Chinese documents, on an English screen too; the kind may be named in Chinese."""
    run.ok("init", "2025", "--org", "柳河镇党委", lang="zh")
    document = run.ok("report", "月调度表", now=town.JUNE, lang="en")
    assert "统计截止日：2025-06-30" in document
    assert run.ok("报表", "status", now=town.JUNE, lang="zh") == document


def test_a_link_is_followed(run, ledger):
    """-o on a link writes the file it leads to, and leaves the link."""
    try:
        Path("link.md").symlink_to("real.md")
    except OSError:
        pytest.skip("no links here")
    assert run("report", "lists", "-o", "link.md", now=town.JUNE).code == 0
    assert (Path("link.md").is_symlink(), Path("real.md").is_file()) == (True, True)


def test_a_folder_that_cannot_be_written(run, ledger):
    """No right to write there: one message, exit 8, no half file."""
    folder = Path("closed")
    folder.mkdir()
    folder.chmod(0o500)
    try:
        try:
            (folder / "probe").touch()
        except PermissionError:
            assert run("report", "status", "-o", "closed/june.md").code == 8
        else:
            pytest.skip("this user may write anywhere")
    finally:
        folder.chmod(0o700)
    assert list(folder.iterdir()) == []
