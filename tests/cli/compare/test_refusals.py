"""`ledger compare`: what is refused, and what is named and not compared."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.books import refused
from tests.cli.compare.lists import THEIRS, compared, differences

# --- what is refused --------------------------------------------------------------------------------------


def test_a_field_that_is_not_compared(run, book) -> None:
    """The fields there are, are named."""
    hint = "there are: title issue, unit unit, leader leader, owner owner, due due, status status"
    refused(run, "compare theirs.csv --fields unit,remark", 2, "remark is not compared", hint)


def test_another_form(run, book) -> None:
    """Only a workbook or a table is written."""
    refused(
        run, "compare theirs.csv -o found.pdf", 2, "a comparison is not written as .pdf", "there are: .xlsx, .csv"
    )  # fmt: skip


def test_a_file_without_a_list(run, book) -> None:
    """Running text lists nothing; the ledger is not said to have everything the other lacks."""
    Path("story.txt").write_text("今年以来，我镇扎实推进各项工作。\n", encoding="utf-8")
    result = run("compare", "story.txt")
    assert (result.code, result.out) == (9, "")
    assert result.err.startswith("error: story.txt: there is no list to compare: ")
    assert result.err.endswith("hint: see what is understood: ledger import FILE --dry-run\n")


def test_no_such_file(run, book) -> None:
    """Named as everywhere."""
    result = run("compare", "none.csv")
    assert (result.code, result.out) == (3, "")


def test_a_folder(run, book) -> None:
    """One list at a time."""
    Path("lists").mkdir()
    refused(run, "compare lists", 2, "lists is a folder", "name a file inside it")


def test_a_map_that_is_none(run, book) -> None:
    """Said before anything is read."""
    result = run("compare", "theirs.csv", "--map", "责任单位=colour")
    assert (result.code, result.out) == (2, "")


def test_columns_are_what_they_are_said_to_be(run, book) -> None:
    """--map for a column nobody could know; a map that an import kept is found again."""
    odd = THEIRS.replace("责任单位", "站办甲")
    Path("theirs.csv").write_text(odd, encoding="utf-8")
    assert differences(compared(run, "--map", "站办甲=unit"))["2", "unit"] == ("党建办", "综合办")
    run.ok("import", "theirs.csv", "--map", "站办甲=unit", "--yes", "--only", "3")
    assert differences(compared(run))["2", "unit"] == ("党建办", "综合办")


def test_a_status_that_is_a_story_is_named_and_not_compared(run, book) -> None:
    """What was not understood is neither equal nor different."""
    Path("theirs.csv").write_text(THEIRS.replace("正在整改", "召开两次会议研究"), encoding="utf-8")
    result = run("compare", "theirs.csv", "--json")
    document = json.loads(result.out)
    assert [(each["id"], each["field"], each["words"]) for each in document["unread"]] == [
        ("1", "status", "召开两次会议研究")
    ]
    assert ("1", "status") not in differences(document)
    assert "warning: 1 entry under status was not understood and not compared: 召开两次会议研究" in (
        run("compare", "theirs.csv").err
    )


def test_the_list_is_not_written_over(run, book) -> None:
    """However its name is spelt."""
    message = "theirs.csv is the list itself and would be written over"
    refused(run, "compare theirs.csv -o ./theirs.csv", 2, message, "choose another place with -o")
