"""`ledger compare`: another body's list held against the ledger."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from ledger.domain.text import width
from tests.cli.compare.lists import HEADER, THEIRS, compared, differences

# --- what is compared -----------------------------------------------------------------------------------


def test_deadlines_are_compared_as_dates(run, book) -> None:
    """A phrase for another day differs, and a moved deadline shows the original one beside it."""
    assert differences(compared(run, "--on", "measures", "--fields", "due")) == {}
    run.ok("extend", "1.1", "--to", "2025-08-31", "--why", "未到货")
    moved = compared(run, "--on", "measures", "--fields", "due")
    assert differences(moved) == {("1.1", "due"): ("2025-08-31 (2025-06-30)", "2025年第二季度")}


def test_names_are_compared_with_their_aliases(run, book) -> None:
    """A short name of people.toml is the full one; blanks inside do not count."""
    people = '[[units]]\nname = "党建办"\naliases = ["综合办"]\n\n[[persons]]\nname = "林某"\naliases = ["林主任"]\n'
    (book / "people.toml").write_text(people, encoding="utf-8")
    text = THEIRS.replace("党政办,林某", "党政办,林 主任")
    Path("theirs.csv").write_text(text, encoding="utf-8")
    assert differences(compared(run, "--fields", "unit,leader")) == {}


@pytest.mark.parametrize(
    "cell", ["党政办", "党政办（牵头）、财务所（配合）", "牵头：党政办；配合：财务所", "财务所 党政办"]
)
def test_units_are_the_same_whatever_part_is_written_beside_them(run, book, cell) -> None:
    """A unit alone or with those that help it, in any order, with or without what part each has."""
    run.ok("assign", "1", "--co-unit", "财务所", "--why", "分工")
    Path("theirs.csv").write_text(THEIRS.replace("党政办", cell), encoding="utf-8")
    assert ("1", "unit") not in differences(compared(run))


def test_another_unit_beside_ours_is_a_difference(run, book) -> None:
    """One more name is not nobody."""
    Path("theirs.csv").write_text(THEIRS.replace("党政办", "党政办、财务所"), encoding="utf-8")
    assert differences(compared(run))["1", "unit"] == ("党政办", "党政办、财务所")


@pytest.mark.parametrize("columns", ["20", "40", "80", "200"])
def test_it_fits_any_terminal(run, book, chinese, columns) -> None:
    """No line is wider than the terminal."""
    Path("theirs.csv").write_text(THEIRS.replace("较多", "较多" * 40), encoding="utf-8")
    shown = run("compare", "theirs.csv", terminal=True, lang="zh", env={"COLUMNS": columns}).out
    assert max(width(line) for line in shown.splitlines()) <= int(columns)


def test_rectified_is_what_a_list_without_close_out_says_of_what_is_closed(run, book) -> None:
    """已完成整改 agrees with closed; 未销号 does not."""
    run.ok("close", "2", "--all", "--result", "已补齐")
    assert ("2", "status") not in differences(compared(run))
    Path("theirs.csv").write_text(THEIRS.replace("已完成整改", "未销号"), encoding="utf-8")
    assert differences(compared(run))["2", "status"] == ("closed", "未销号")


def test_only_the_fields_named_are_compared(run, book, chinese) -> None:
    """By code or by the word people see."""
    assert set(differences(compared(run, "--fields", "unit"))) == {("2", "unit")}
    assert set(differences(compared(run, "--fields", "责任单位，状态"))) == {("2", "unit"), ("2", "status")}


def test_measure_by_measure(run, book) -> None:
    """Measures are compared within the issues both have; the issue's own fields hold for them."""
    document = compared(run, "--on", "measures")
    assert document["totals"] == {"equal": 1, "different": 1, "only_ours": 1, "only_theirs": 1}
    assert differences(document) == {
        ("2.1", "unit"): ("党建办", "综合办"),
        ("2.1", "status"): ("pending", "已完成整改"),
    }
    assert [each["text"] for each in document["only_ours"]] == ["逐车核算"]
    assert [each["text"] for each in document["only_theirs"]] == ["公开价格"]


@pytest.mark.parametrize(("by", "same"), [("number", {"1", "2", "3"}), ("title", {"1", "2"})])
def test_matched_by_number_or_by_title_alone(run, book, by, same) -> None:
    """By number even a wholly other title is the same issue; by title it is not."""
    document = compared(run, "--match-by", by)
    pairs = {each["ours"]["id"] for each in [*document["different"], *document["reworded"]]}
    assert pairs == same


def test_a_part_of_a_list_keeps_its_numbers(run, book) -> None:
    """A list that holds only some of the findings is matched by the numbers it prints."""
    Path("theirs.csv").write_text(f"{HEADER}\n3,油耗管理失控,逐车核算,财务所,,,\n", encoding="utf-8")
    document = compared(run, "--match-by", "number")
    assert differences(document) == {("3", "title"): ("车辆油耗超标", "油耗管理失控")}
    assert [each["theirs"]["id"] for each in document["different"]] == ["3"]
    assert [each["id"] for each in compared(run)["only_ours"]] == ["1", "2"]


def test_as_it_was(run, book) -> None:
    """--as-of holds the list against the ledger of that day."""
    run.ok("close", "2", "--all", "--result", "已补齐", "--on", "2025-03-20", now="2025-03-20T09:00:00+08:00")
    later = {"now": "2025-04-01T09:00:00+08:00"}
    document = json.loads(run.ok("compare", "theirs.csv", "--json", **later))
    assert ("2", "status") not in differences(document)
    document = json.loads(run.ok("compare", "theirs.csv", "--json", "--as-of", "2025-03-10", **later))
    assert ("2", "status") in differences(document)


def test_a_void_issue_is_not_missing_in_their_list(run, book) -> None:
    """What we took off the books they need not have."""
    run.ok("void", "3", "--why", "重复登记")
    assert compared(run)["only_ours"] == []


@pytest.mark.parametrize("name", ["list.txt", "-"])
def test_any_file_that_import_reads(run, book, name) -> None:
    """A notice will do as well, from a file or through the standard input."""
    notice = "关于整改情况的通报\n\n1.关于“公章外借没有登记”的问题。\n责任单位：党政办。\n一是建立登记簿。\n"
    Path("list.txt").write_text(notice, encoding="utf-8")
    document = json.loads(run.ok("compare", name, "--json", stdin=notice))
    assert [each["id"] for each in document["only_ours"]] == ["2", "3"]
    assert document["only_theirs"] == []
    assert differences(document) == {}


# --- our own lists ----------------------------------------------------------------------------------------


def test_our_own_workbook_differs_in_nothing(run, book) -> None:
    """What went out agrees with the ledger, issue by issue and measure by measure."""
    run.ok("close", "2", "--all", "--result", "已补齐")
    run.ok("add", "没有措施的事", "--unit", "党政办")
    run.ok("export", "xlsx", "-o", "own.xlsx")
    for on in ("issues", "measures"):
        document = compared(run, "--on", on, file="own.xlsx")
        assert document["agrees"], document
        assert document["totals"]["equal"] == {"issues": 4, "measures": 3}[on]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_list_of_a_ledger_in_the_middle_of_its_life_differs_in_nothing(run, form) -> None:
    """Every status, points, units that help, moved deadlines: what we print of ourselves is what we have."""
    run.ok("demo", "town", lang="zh")
    run.ok("export", form, "-o", f"own.{form}", cwd=Path("town"))
    for on in ("issues", "measures"):
        document = json.loads(run.ok("compare", f"own.{form}", "--json", "--on", on, cwd=Path("town")))
        assert document["totals"]["equal"] > 20
        assert document["unread"] == []
        assert differences(document) == {}
        assert (document["only_ours"], document["only_theirs"]) == ([], [])


def test_an_edited_workbook_of_ours_differs_where_it_was_edited(run, book) -> None:
    """A workbook that went out is anybody's list here: it is compared, not taken back."""
    import openpyxl

    run.ok("export", "xlsx", "-o", "own.xlsx")
    made = openpyxl.load_workbook("own.xlsx")
    sheet = made.worksheets[0]
    heads = [cell.value for cell in sheet[3]]
    sheet.cell(5, heads.index("责任单位") + 1).value = "综合办"
    made.save("own.xlsx")
    assert differences(compared(run, file="own.xlsx")) == {("2", "unit"): ("党建办", "综合办")}


@pytest.mark.parametrize("seed", range(2))
def test_so_many_edited_cells_are_so_many_differences(run, seed) -> None:
    """A list as the ledger has it agrees; of k cells edited each is found, and nothing else."""
    chance = random.Random(seed)
    rows = [
        [str(n), f"{chance.choice('东西南北')}岸第{n}号堤段巡查记录缺失", f"补记第{n}号堤段", f"第{n % 7}水利站", "林某",
         f"2025年{chance.randint(1, 12)}月底前", "正在整改"]
        for n in range(1, 16)
    ]  # fmt: skip
    written(rows, "list.csv")
    run.ok("init", "t", "--no-input")
    run.ok("import", "list.csv", "--yes")
    for n in range(1, 16):
        run.ok("note", f"{n}.1", "-t", "已动手")
    assert compared(run, file="list.csv")["agrees"]
    edits = set()
    for row in rows:
        for at, field, value in (
            (3, "unit", "外部单位"),
            (4, "leader", "别人"),
            (5, "due", "2026年5月底前"),
            (6, "status", "已销号"),
        ):
            if chance.random() < 0.15:
                row[at] = value
                edits.add((row[0], field))
    chance.shuffle(rows)
    written(rows, "list.csv")
    assert set(differences(compared(run, file="list.csv"))) == edits


def written(rows: list[list[str]], name: str) -> None:
    text = "\n".join([HEADER, *(",".join(row) for row in rows)]) + "\n"
    Path(name).write_text(text, encoding="utf-8")
