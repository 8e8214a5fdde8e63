"""A register out into a file and back, and lists of strangers: all rows or none, nothing twice."""

from __future__ import annotations

import json
import random
from pathlib import Path

import openpyxl
import pytest

from ledger.ui import ask
from tests.cli.registers.conftest import contents

NOW = "2025-07-01T09:00:00+08:00"


def put(name: str, text: str) -> str:
    """A file with this text."""
    Path(name).write_text(text, encoding="utf-8")
    return name


def done(office, kind: str, *words: str) -> dict:
    """What an import did."""
    return json.loads(office.ok("register", kind, "import", *words, "--json", now=NOW))


@pytest.fixture
def filled(office):
    """Registers with values of every type, some of them nasty."""
    chance = random.Random(5)
    for number in range(12):
        words = [f'topic=第{number}期 "法治", 讲座', f"hours={chance.randrange(1, 9)}"]
        words += [f"cost={chance.randrange(1, 10**7) / 100}元", f"open={chance.choice(['是', '否'])}"]
        words += ["teachers=张某、李某"] if number % 2 else []
        office.ok("register", "training", "add", *words, "--on", f"2025-0{1 + number % 2}-10")
    office.ok("register", "training", "add", "topic==1+1", "hours=0")
    office.ok("register", "meetings", "add", "type=推进会", "title=甲", "links=1.2,2", "text=第一行\n第二行")
    return office


@pytest.mark.parametrize("kind", ["training", "meetings"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_went_out_comes_back_unchanged(filled, kind, ending, lang):
    """Every record is known again by its uid; not a byte changes, whatever language is spoken."""
    filled.ok("register", kind, "export", "-o", f"out.{ending}", lang=lang)
    before = contents()
    answer = json.loads(filled.ok("register", kind, "import", f"out.{ending}", "--json", lang=lang))
    count = len(json.loads(filled.ok("register", kind, "list", "--json"))["rows"])
    assert (answer["added"], answer["edited"], answer["same"]) == ([], [], count)
    assert contents() == before


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_it_makes_the_same_register_elsewhere(filled, ending):
    """In another ledger the rows are new, and say the same."""
    filled.ok("register", "training", "export", "-o", f"out.{ending}")
    values = [
        each["values"] for each in json.loads(filled.ok("register", "training", "list", "--json"))["rows"]
    ]
    filled.ok("init", "other", "--lang", "zh")
    settings = Path("ledgers/2025/ledger.toml").read_text(encoding="utf-8")
    Path("ledgers/other/ledger.toml").write_text(settings, encoding="utf-8")
    filled.ok("-L", "other", "register", "training", "import", f"out.{ending}")
    again = json.loads(filled.ok("-L", "other", "register", "training", "list", "--json"))["rows"]
    assert [each["values"] for each in again] == values


def test_a_cell_that_was_changed_changes_its_record(filled):
    """And nothing else; what was added to the sheet is new."""
    filled.ok("register", "training", "export", "-o", "out.xlsx")
    book = openpyxl.load_workbook("out.xlsx")
    page = book.worksheets[0]
    heads = [cell.value for cell in page[3]]
    page.cell(4, heads.index("学时") + 1).value = 40
    page.append([None, "2025-05-05", "新的一期", 2])
    page.append(["合计", None, None, 99])
    book.save("out.xlsx")
    answer = done(filled, "training", "out.xlsx")
    assert (len(answer["added"]), answer["edited"], answer["same"]) == (1, ["training:1"], 12)
    rows = json.loads(filled.ok("register", "training", "show", "1", "14", "--json", now=NOW))["records"]
    assert [each["values"]["hours"] for each in rows] == [40, 2]


def test_a_strangers_list_is_read_by_its_headings(office, rows):
    """Title rows above, a unit in brackets, merged cells, another order, a column that means nothing."""
    book = openpyxl.Workbook()
    page = book.active
    page.append(["某某局2025年培训台账"])
    page.append([])
    page.append(["序号", "经费（元）", "培训主题*", "日期", "学时", "地点"])
    page.append([1, 12345.67, "公文写作", "2025年1月6日", 4, "二楼"])
    page.append([2, 0.1 + 0.2, "公文写作", None, 2, "三楼"])
    page.merge_cells("D4:D5")
    page.append(["合计", 12345.97, None, None, 6, None])
    book.save("list.xlsx")
    answer = done(office, "training", "list.xlsx")
    assert answer["left_out"] == ["地点"]
    assert [(each["topic"], each["cost"], each["hours"], each["on"]) for each in rows("training", "--today", "2025-07-01")] == [
        ("公文写作", "12345.67", 4, "2025-01-06"), ("公文写作", "0.3", 2, "2025-01-06"),
    ]  # fmt: skip
    assert done(office, "training", "list.xlsx")["same"] == 2


def test_two_rows_alike_are_two_records_and_stay_two(office):
    """Two visits on one day are no mistake; the third import still adds nothing, a third row adds one."""
    text = "日期,培训主题,学时\n2025-01-06,甲,1\n2025-01-06,甲,1\n"
    assert len(done(office, "training", put("a.csv", text))["added"]) == 2
    assert done(office, "training", "a.csv")["same"] == 2
    assert len(done(office, "training", put("b.csv", text + "2025-01-06,甲,1\n"))["added"]) == 1


def test_a_heading_can_be_explained(office, rows):
    """`--map` says what a column means, or that it means nothing."""
    put("a.csv", "何时,讲了什么,学时\n2025-01-06,甲,1\n")
    assert office("register", "training", "import", "a.csv").code == 9
    answer = done(
        office, "training", "a.csv", "--map", "何时=日期", "--map", "讲了什么=topic", "--map", "学时=-"
    )
    assert ([each["field"] for each in answer["columns"]], answer["left_out"]) == (["on", "topic"], [])
    assert office("register", "training", "import", "a.csv", "--map", "何时=frob").code == 2


BAD = """日期,培训主题,学时,经费
2025-01-06,甲,1,5
2025-02-30,乙,1,5
2025-01-06,,x,一些
2025-01-06,丙,1,5
2026-01-06,丁,1,5
"""


def test_bad_cells_are_all_named_and_nothing_is_entered(office):
    """By row and column, in one go; mended, the file goes in."""
    put("bad.csv", BAD)
    before = contents()
    result = office("register", "training", "import", "bad.csv", now=NOW)
    assert result.code == 9
    for words in ("第 3 行“日期”列", "第 4 行“学时”列", "第 4 行“经费”列", "第 6 行“日期”列"):
        assert words in office("register", "training", "import", "bad.csv", now=NOW, lang="zh").err
    assert contents() == before
    put("bad.csv", BAD.replace("02-30", "02-28").replace(",x,一些", "乙,1,5").replace("2026", "2025"))
    assert len(done(office, "training", "bad.csv")["added"]) == 5


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b""),
        ("a.csv", "只有一行文字\n".encode()),
        ("a.csv", "日期,培训主题\n".encode()),
        ("a.txt", "没有表格\n".encode()),
        ("a.xlsx", b"PK\x03\x04broken"),
        ("a.pdf", b"%PDF-1.4"),
        ("a.csv", b"\xff\xfe\x00"),
    ],
)
def test_a_file_that_is_no_list_is_refused_or_empty(office, name, data):
    """Never a traceback, and nothing is entered."""
    Path(name).write_bytes(data)
    before = contents()
    result = office("register", "training", "import", name)
    assert result.code in (0, 9)
    assert "Traceback" not in result.err
    assert contents() == before


def test_a_formula_without_its_value_is_named(office):
    """What nobody has calculated is not known."""
    book = openpyxl.Workbook()
    book.active.append(["日期", "培训主题", "学时"])
    book.active.append(["2025-01-06", "甲", "=1+1"])
    book.save("list.xlsx")
    result = office("register", "training", "import", "list.xlsx", lang="zh")
    assert (result.code, "学时" in result.err) == (9, True)


def test_a_person_sees_what_will_be_entered_first(office, monkeypatch, rows):
    """And may say no."""
    put("a.csv", "日期,培训主题\n2025-01-06,甲\n")
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "confirm", lambda *_words, **_more: False)
    before = contents()
    assert "2025-01-06" in office.ok("register", "training", "import", "a.csv")
    assert contents() == before
    monkeypatch.setattr(ask, "confirm", lambda *_words, **_more: True)
    office.ok("register", "training", "import", "a.csv")
    monkeypatch.setattr(ask, "possible", lambda: False)
    assert len(rows("training")) == 1


def test_a_dry_run_of_an_import_writes_nothing(office):
    """It shows the entries, with the file and row each comes from."""
    put("a.csv", "日期,培训主题\n2025-01-06,甲\n")
    before = contents()
    shown = office.ok("register", "training", "import", "a.csv", "--dry-run")
    assert '"file":"a.csv"' in shown and '"line":2' in shown
    assert contents() == before


def test_links_series_and_defaults_go_in_too(office, rows):
    """An id in a cell is an issue; a series goes on by itself; what is left empty has its default."""
    put("v.csv", "日期,方式,被督查单位,次数,涉及问题\n2025-01-06,专项督查,甲局,,1.1、2\n")
    done(office, "visits", "v.csv")
    assert [(each["times"], each["links"]) for each in rows("visits", "--today", "2025-07-01")] == [
        (1, ["1.1", "2"])
    ]
    put("b.csv", "印发日期,系列,标题\n2025-01-06,简报,甲\n2025-01-07,简报,乙\n2025-01-07,月报,丙\n")
    done(office, "bulletins", "b.csv")
    assert [each["issue_no"] for each in rows("bulletins", "--today", "2025-07-01")] == [1, 2, 1]
    put("c.csv", "印发日期,系列,期次\n2025-02-06,简报,第3期\n2025-02-07,简报,3\n")
    assert office("register", "bulletins", "import", "c.csv", now=NOW).code == 9


def test_text_a_spreadsheet_would_calculate_comes_back_as_it_is(filled):
    """It gets a quote on the way out, which is taken away on the way in."""
    assert "'=1+1" in filled.ok("register", "training", "export")
    assert ",=1+1" in filled.ok("register", "training", "export", "--raw")


def test_an_encoding_that_was_guessed_is_said(office, rows):
    """A sheet saved by an old program is read, and its reader is told."""
    Path("old.csv").write_bytes("日期,培训主题\n2025-01-06,公文写作\n".encode("gb18030"))
    assert "GB18030" in office("register", "training", "import", "old.csv").err
    assert [each["topic"] for each in rows("training")] == ["公文写作"]
    assert [each["code"] for each in done(office, "training", "old.csv")["remarks"]] == ["encoding"]


def test_under_json_an_error_stands_alone(office):
    """Programs read one object on stderr."""
    put("bad.csv", BAD)
    result = office("register", "training", "import", "bad.csv", "--json", now=NOW)
    assert (result.code, json.loads(result.err)["error"]["code"]) == (9, "rejected")


NASTY = (
    "001", "1e5", "TRUE", "2025-01-06", "=1+1", "@sum", "+1", "-1", "a,b", 'say "so"', "、", "；", "甲\n乙", "\t x",
    "ｆｕｌｌ", "𠮷野家", "e\u0301", "_x0041_", "100%", "#N/A", "null", "-", "'quoted", "合 计", "12345678901234567890",
)  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_any_text_goes_out_and_comes_back(office, ending):
    """Nothing is taken for a number, a date or a formula, cut, trimmed inside or put together."""
    chance = random.Random(11)
    for number in range(30):
        text = chance.choice(NASTY) + chance.choice(NASTY)
        line = (chance.choice(NASTY) + chance.choice(NASTY)).replace("\n", " ").replace("\t", " ")
        office.ok("register", "meetings", "add", "type=推进会", f"title=第{number}次{line}", f"text={text}x")
        office.ok("register", "training", "add", f"topic={line}", "hours=0")
    for kind in ("meetings", "training"):
        office.ok("register", kind, "export", "-o", f"{kind}.{ending}")
        before = contents()
        assert done(office, kind, f"{kind}.{ending}")["same"] == 30
        assert contents() == before
        values = json.loads(office.ok("register", kind, "list", "--json"))["rows"]
        ledger = f"{kind}-{ending}"
        office.ok("init", ledger, "--lang", "zh")
        settings = Path("ledgers/2025/ledger.toml").read_text(encoding="utf-8")
        Path(f"ledgers/{ledger}/ledger.toml").write_text(settings, encoding="utf-8")
        office.ok("-L", ledger, "register", kind, "import", f"{kind}.{ending}")
        again = json.loads(office.ok("-L", ledger, "register", kind, "list", "--json"))["rows"]
        assert [each["values"] for each in again] == [each["values"] for each in values]
        office.ok("use", "2025")
