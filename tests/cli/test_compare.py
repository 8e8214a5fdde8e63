"""`ledger compare`: another body's list held against the ledger."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path

import pytest

from ledger.domain.text import width
from tests.chinese import chinese  # noqa: F401  a fixture
from tests.cli.books import files, refused

HEADER = "序号,反馈问题,整改措施,责任单位,责任领导,完成时限,完成情况"
#: As the supervising body has it: one finding reworded and given to another unit, one we do not have.
THEIRS = f"""{HEADER}
1,关于“公章外借没有登记”的问题,建立登记簿,党政办,林某,2025年第二季度,正在整改
2,会议记录缺页较多,补齐记录,综合办,林某,2025年9月底前,已完成整改
3,食堂采购不公开,公开价格,后勤办,王某,长期坚持,未完成
"""


@pytest.fixture
def book(run) -> Path:
    """Three issues; work on the first has begun."""
    run.ok("init", "2025", "--no-input", "--title", "柳林镇整改台账", "--lang", "zh")
    run.ok(
        "add",
        "公章外借没有登记",
        "--unit",
        "党政办",
        "--leader",
        "林某",
        "--due",
        "2025年6月底前",
        "-m",
        "建立登记簿",
    )
    run.ok(
        "add", "会议记录缺页", "--unit", "党建办", "--leader", "林某", "--due", "2025-09-30", "-m", "补齐记录"
    )
    run.ok("add", "车辆油耗超标", "--unit", "财务所", "-m", "逐车核算")
    run.ok("note", "1.1", "-t", "登记簿已印好")
    Path("theirs.csv").write_text(THEIRS, encoding="utf-8")
    return Path("ledgers/2025")


def compared(run, *more: str, file: str = "theirs.csv") -> dict:
    return json.loads(run.ok("compare", file, "--json", *more))


def differences(document: dict) -> dict[tuple[str, str], tuple[str | None, str]]:
    return {
        (pair["ours"]["id"], each["field"]): (each["ours"], each["theirs"])
        for pair in document["different"]
        for each in pair["differences"]
    }


# --- what is printed ------------------------------------------------------------------------------------


def test_a_person_sees_where_they_differ(run, book) -> None:
    """Differences field by field with both values, then what only one has; the counts beside it."""
    result = run("compare", "theirs.csv", terminal=True, lang="en")
    assert result.code == 0
    assert result.out.splitlines() == [
        "different 1",
        "  2  会议记录缺页" + " " * 77 + "line 3",
        "      issue  ledger: 会议记录缺页",
        "             list: 会议记录缺页较多",
        "      unit  ledger: 党建办",
        "            list: 综合办",
        "      status  ledger: not started",
        "              list: 已完成整改",
        "only in the ledger 1",
        "  3  车辆油耗超标",
        "only in the list 1",
        "  3  食堂采购不公开" + " " * 75 + "line 4",
    ]
    assert result.err.splitlines() == [
        "theirs.csv: 1 equal, 1 different, 1 only in the ledger, 1 only in the list",
        "2 deadlines are worded otherwise and mean the same day",
        "not in the list, so not compared: owner",
    ]


def test_in_chinese(run, book, chinese) -> None:  # noqa: F811
    """The same, as offices read it; the Chinese name of the command does the same."""
    result = run("对账", "theirs.csv", terminal=True, lang="zh")
    assert result.out.splitlines() == [
        "不一致 1",
        "  2  会议记录缺页" + " " * 76 + "第 3 行",
        "      问题  台账：会议记录缺页",
        "            清单：会议记录缺页较多",
        "      责任单位  台账：党建办",
        "                清单：综合办",
        "      状态  台账：未启动",
        "            清单：已完成整改",
        "仅台账有 1",
        "  3  车辆油耗超标",
        "仅清单有 1",
        "  3  食堂采购不公开" + " " * 74 + "第 4 行",
    ]
    assert result.err.splitlines() == [
        "theirs.csv：一致 1，不一致 1，仅台账有 1，仅清单有 1",
        "2 处时限写法不同，指的是同一天",
        "清单没有写、因而没有核对：责任人",
    ]


def test_a_pipe_gets_codes(run, book) -> None:
    """One line a difference, codes of fields and statuses; what only one has without a field."""
    assert run.ok("compare", "theirs.csv").splitlines() == [
        "found\tid\tn\tfield\tours\ttheirs\ttitle\tline",
        "different\t2\t2\ttitle\t会议记录缺页\t会议记录缺页较多\t会议记录缺页\t3",
        "different\t2\t2\tunit\t党建办\t综合办\t会议记录缺页\t3",
        "different\t2\t2\tstatus\tpending\t已完成整改\t会议记录缺页\t3",
        "only_ours\t3\t\t\t\t\t车辆油耗超标\t",
        "only_theirs\t\t3\t\t\t\t食堂采购不公开\t4",
    ]


def test_programs_get_what_means_the_same_too(run, book) -> None:
    """JSON has counts, pairs with how alike they are, and what is only worded otherwise."""
    document = compared(run)
    assert document["totals"] == {"equal": 1, "different": 1, "only_ours": 1, "only_theirs": 1}
    assert (document["agrees"], document["on"], document["by"]) == (False, "issues", None)
    assert document["fields"] == ["title", "unit", "leader", "due", "status"]
    assert document["unsaid"] == ["owner"]
    [same] = document["reworded"]
    assert same["reworded"] == [{"field": "due", "ours": "2025-06-30", "theirs": "2025年第二季度"}]
    assert same["alike"] == 1
    [pair] = document["different"]
    assert 0.5 < pair["alike"] < 1


def test_nothing_is_written(run, book) -> None:
    """It is a question, whatever the answer."""
    before = files()
    run.ok("compare", "theirs.csv")
    run.ok("compare", "theirs.csv", "--on", "measures", "--json")
    assert files() == before


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
def test_it_fits_any_terminal(run, book, chinese, columns) -> None:  # noqa: F811
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


def test_only_the_fields_named_are_compared(run, book, chinese) -> None:  # noqa: F811
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


# --- files ----------------------------------------------------------------------------------------------


def test_as_a_workbook(run, book) -> None:
    """A sheet with what differs, one with what only one has, one with what is equal; the same bytes each time."""
    import openpyxl

    run.ok("compare", "theirs.csv", "-o", "found.xlsx")
    first = Path("found.xlsx").read_bytes()
    run.ok("compare", "theirs.csv", "-o", "found.xlsx")
    assert Path("found.xlsx").read_bytes() == first
    sheets = openpyxl.load_workbook("found.xlsx").worksheets
    assert [sheet.title for sheet in sheets] == ["不一致", "仅一方有", "一致"]
    rows = [[cell.value for cell in row] for row in sheets[0].iter_rows(min_row=3)]
    assert rows[0] == ["台账序号", "清单序号", "问题", "内容", "台账", "清单", "清单中的行", "核对意见"]
    assert rows[1:] == [
        ["2", "2", "会议记录缺页", "问题", "会议记录缺页", "会议记录缺页较多", "3", None],
        ["2", "2", "会议记录缺页", "责任单位", "党建办", "综合办", "3", None],
        ["2", "2", "会议记录缺页", "状态", "未启动", "已完成整改", "3", None],
    ]
    only = [[cell.value for cell in row][:4] for row in sheets[1].iter_rows(min_row=4)]
    assert only == [["仅台账有", "3", None, "车辆油耗超标"], ["仅清单有", None, "3", "食堂采购不公开"]]


def test_as_csv(run, book) -> None:
    """The same as one table; what a spreadsheet program would calculate is guarded."""
    Path("theirs.csv").write_text(THEIRS.replace("综合办", "=cmd|' /C calc'!A0"), encoding="utf-8")
    run.ok("compare", "theirs.csv", "-o", "found.csv")
    text = Path("found.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["对账结果", "台账序号", "清单序号", "问题", "内容", "台账", "清单", "清单中的行"]
    assert rows[2][6] == "'=cmd|' /C calc'!A0"
    assert [row[0] for row in rows[1:]] == ["不一致"] * 3 + ["仅台账有", "仅清单有"]


def test_json_says_what_was_written(run, book) -> None:
    """A script learns where it is and whether there is anything to settle."""
    document = json.loads(run.ok("compare", "theirs.csv", "-o", "found.csv", "--json"))
    assert (document["file"], document["compared"], document["agrees"]) == ("found.csv", "theirs.csv", False)


def test_the_exit_code_says_whether_there_is_anything_to_settle(run, book) -> None:
    """10 only when asked for and something differs."""
    assert run("compare", "theirs.csv", "--exit-code").code == 10
    assert run("compare", "theirs.csv", "--exit-code", "-o", "found.csv").code == 10
    assert run("compare", "theirs.csv").code == 0
    run.ok("export", "xlsx", "-o", "own.xlsx")
    assert run("compare", "own.xlsx", "--exit-code").code == 0


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
