"""`ledger report notice`: what was achieved goes out, what was only intended does not; a notice comes back as it went."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

JUNE = "2025-06-30T09:00:00+08:00"
#: The list-form notices that lie beside the project, where there are any.
SEEDS = sorted((Path(__file__).parents[3] / "shared/acceptance/seeds").glob("00[01]_*.txt"))
OLD = """中共柳河镇委员会关于县委巡察整改进展情况的通报
根据县委统一部署，现将整改进展情况予以公布。
一、组织领导情况
镇党委专题研究整改工作。
二、反馈问题整改落实情况
（一）作风建设方面
1.关于“会议过多”的问题
整改情况：一是合并例会；二是清理台账。（1）村级减为3类；（2）站所减为5类。
2.关于“推进“一河一策”不力”的问题
整改情况：一是制定巡河计划；二是公布河长名单。
（二）财务管理方面
1.关于“往来款长期挂账”的问题
整改情况：已清理12笔。已建立对账制度。
三、下一步打算
持续抓好整改。
欢迎监督。联系电话：0000-1234567。
中共柳河镇委员会
2025年6月20日
"""


@pytest.fixture
def office(run):
    """A Chinese office without a plan."""
    run.ok("init", "t", "--org", "中共柳河镇委员会", lang="zh")
    return Path("ledgers/t")


def setting(office, text):
    path = office / "ledger.toml"
    path.write_text(path.read_text(encoding="utf-8") + f"\n{text}\n", encoding="utf-8")


def proposed(run, file):
    """What a document proposes: category, title and measures of each issue, in order."""
    found = json.loads(run.ok("import", file, "--dry-run", "--json"))
    return [
        (each["category"], each["title"], [one["text"] for one in each["measures"]])
        for each in found["issues"]
    ]


def noticed(run, *argv):
    """The notice in Markdown, and what was said beside it."""
    result = run("report", "notice", *argv, now=JUNE, lang="en")
    assert result.code == 0, result
    return result.out, result.err


def test_from_plan_to_notice(run):
    """Drafted as a plan, worked and closed: the notice has the results, what is open in a sentence, and no intention."""
    run.ok(
        "init",
        "t",
        "--preset",
        "single-level",
        "--org",
        "中共柳河镇委员会",
        lang="zh",
        now="2025-03-01T09:00:00+08:00",
    )
    for title, intentions in {"会议过多": ("拟合并例会", "拟清理台账"), "公文拖延": ("拟修订办法",)}.items():
        measures = [word for each in intentions for word in ("-m", each)]
        run.ok("add", title, *measures, "--category", "作风建设", "--unit", "党政办", "--leader", "林某", "--due", "2025-06-15",
               now="2025-03-02T09:00:00+08:00")  # fmt: skip
    run.ok("claim", "1-2", now="2025-03-03T09:00:00+08:00")
    run.ok("plan", "approve", "--meeting", "党委会第3次", now="2025-03-04T09:00:00+08:00")
    run.ok("done", "1.1", "--result", "例会由5个并为2个", now="2025-05-01T09:00:00+08:00")
    run.ok("done", "1.2", "--result", "台账减为8本", now="2025-05-02T09:00:00+08:00")
    run.ok("done", "1", "--result", "会议同比减少三成", now="2025-05-03T09:00:00+08:00")
    run.ok("close", "1", "--meeting", "党委会第6次", now="2025-05-10T09:00:00+08:00")
    run.ok("note", "2.1", "-t", "正在征求意见", now="2025-06-01T09:00:00+08:00")
    document, beside = noticed(run)
    assert document.splitlines()[4:20] == [
        "## 一、反馈问题整改落实情况", "", "共涉及问题2个、措施3条；问题中，已完成整改1个、正在推进1个。", "", "### （一）作风建设", "",
        "#### 1.关于“会议过多”的问题", "", "整改情况：一是例会由5个并为2个；二是台账减为8本。", "", "整改成效：会议同比减少三成。", "",
        "#### 2.关于“公文拖延”的问题", "", "目前正在推进整改。", "",
    ]  # fmt: skip
    assert "拟" not in document
    assert "warning: no result is recorded of 2.1" in beside


def test_a_notice_comes_back(run, office):
    """Imported, printed and imported again: the same issues under the same headings with the same measures."""
    Path("old.txt").write_text(OLD, encoding="utf-8")
    before = proposed(run, "old.txt")
    run.ok("import", "old.txt", "--yes", now=JUNE)
    document, beside = noticed(run)
    Path("new.md").write_text(document, encoding="utf-8")
    assert proposed(run, "new.md") == before
    assert [len(measures) for _category, _title, measures in before] == [2, 2, 2]
    assert beside == ""
    lines = document.splitlines()
    assert [line for line in lines if line.startswith("## ")] == [
        "## 一、组织领导情况",
        "## 二、反馈问题整改落实情况",
        "## 三、下一步打算",
    ]
    assert lines[lines.index("欢迎监督。联系电话：0000-1234567。") + 2] == "中共柳河镇委员会<br>2025年6月20日"


def test_the_same_notice_again_changes_nothing(run, office):
    """Its own Markdown, imported into its ledger as the document it came from, brings nothing new."""
    Path("old.txt").write_text(OLD, encoding="utf-8")
    run.ok("import", "old.txt", "--yes", now=JUNE)
    before = {path: path.read_bytes() for path in office.rglob("*.toml")}
    assert "nothing new" in run.ok("import", "old.txt", "--yes", now=JUNE, lang="en")
    assert {path: path.read_bytes() for path in office.rglob("*.toml")} == before


def test_results_the_office_gave_stay(run, office):
    """A measure that has a result of its own keeps it when the notice comes again."""
    Path("old.txt").write_text(OLD, encoding="utf-8")
    run.ok("import", "old.txt", "--yes", now=JUNE)
    run.ok("done", "3.1", "--result", "已清理15笔，金额3.2万元", now=JUNE)
    assert "nothing new" in run.ok("import", "old.txt", "--yes", now=JUNE, lang="en")
    assert "整改情况：一是已清理15笔，金额3.2万元；二是已建立对账制度。" in noticed(run)[0]


@pytest.mark.parametrize("words", ["整改措施：一是拟合并例会；二是拟清理台账。"])
def test_what_is_intended_is_no_result(run, office, words):
    """A plan says 整改措施: its measures have no results, and its notice prints none."""
    text = f"巡察整改方案\n二、整改任务\n1.关于“会议过多”的问题\n{words}\n2.关于“公文拖延”的问题\n{words}\n"
    Path("plan.txt").write_text(text, encoding="utf-8")
    assert json.loads(run.ok("import", "plan.txt", "--dry-run", "--json"))["reported"] is False
    run.ok("import", "plan.txt", "--yes", now=JUNE)
    document, beside = noticed(run)
    assert "拟" not in document
    assert "no result is recorded of 1.1, 1.2, 2.1, 2.2" in beside


def test_a_notice_that_drafts_a_plan_has_no_results(run):
    """Where a plan is to be approved, what a notice brings is what will be done, until somebody says what was achieved."""
    run.ok("init", "t", "--preset", "five-level", lang="zh")
    Path("old.txt").write_text(OLD, encoding="utf-8")
    run.ok("import", "old.txt", "--yes", now=JUNE)
    assert "合并例会" not in noticed(run)[0]


@pytest.mark.parametrize("form", ["docx", "html"])
def test_a_notice_comes_back_in_every_form(run, office, form):
    """As a Word file and as a page it is imported as the same issues and measures, and is what the ledger has already."""
    Path("old.txt").write_text(OLD, encoding="utf-8")
    before = proposed(run, "old.txt")
    run.ok("import", "old.txt", "--yes", now=JUNE)
    run.ok("report", "notice", "-o", f"new.{form}", now=JUNE)
    assert proposed(run, f"new.{form}") == before
    held = json.loads(run.ok("import", f"new.{form}", "--dry-run", "--json", now=JUNE))
    assert (held["unchanged"], held["new"], held["changes"]) == (3, [], [])


@pytest.mark.parametrize(
    ("seed", "form"), [*((seed, "md") for seed in SEEDS), *((seed, "docx") for seed in SEEDS[-1:])]
)
def test_published_notices_come_back(run, office, seed, form):
    """A notice that lies beside the project gives its notice again: the same issues, headings and measures."""
    before = proposed(run, seed)
    run.ok("import", seed, "--yes", now=JUNE)
    assert run("report", "notice", "-o", f"new.{form}", now=JUNE, lang="en").err == f"written: new.{form}\n"
    assert proposed(run, f"new.{form}") == before


def test_paragraphs_of_the_offices_own(run, office):
    """prose/*.md is printed with its figures, from registers too; what is missing is named with its file."""
    run.ok("add", "会议过多", now=JUNE)
    for title in ("部署会", "调度会"):
        run.ok(
            "register", "meetings", "add", "--type", "group", "--title", title, "--on", "2025-05-06", now=JUNE
        )
    (office / "prose" / "organisation.md").write_text(
        '# 主体责任\n\n召开领导小组会{{ count("meetings", type="group") }}次，问题{{ issues.total }}个。\n',
        encoding="utf-8",
    )
    document, beside = noticed(run)
    assert "## 一、主体责任\n\n召开领导小组会2次，问题1个。\n" in document
    assert beside == (
        "warning: nothing stands in ledgers/t/prose/preamble.md, ledgers/t/prose/next_steps.md, ledgers/t/prose/contact.md, "
        "so that part is left out; write it there, in paragraphs\n"
        "warning: no result is recorded of 1, so nothing is printed of them: ledger done, or edit\n"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("第一段。\n\n- 列表\n", "ledgers/t/prose/next_steps.md:3: only headings (# and ##) and paragraphs stand in prose"),
        ("共{{ isues.total }}个。\n", "ledgers/t/prose/next_steps.md:1: the figure cannot be put in: 'isues' is undefined"),
        ('开会{{ count("nothing") }}次。\n', "ledgers/t/prose/next_steps.md:1: there is no register nothing"),
    ],
)  # fmt: skip
def test_prose_that_cannot_be_printed(run, office, text, words):
    """Refused with file and line (9), and no file is written."""
    (office / "prose" / "next_steps.md").write_text(text, encoding="utf-8")
    result = run("report", "notice", "-o", "n.md", lang="en")
    assert (result.code, result.out, Path("n.md").exists()) == (9, "", False)
    assert result.err.startswith(f"error: {words}")


def test_prose_that_is_no_text(run, office):
    """A file in another encoding is refused with its line."""
    (office / "prose" / "preamble.md").write_bytes("第一行\n".encode() + "根据部署".encode("gb18030"))
    result = run("report", "notice", lang="en")
    assert (result.code, result.err.splitlines()[0]) == (
        9,
        "error: ledgers/t/prose/preamble.md:2: it is not UTF-8 text",
    )


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('[notice]\nstyle = "table"', "notice.style: one of , categories, flat is expected"),
        ('[notice]\nmeasures = "letters"', "notice.measures: one of ordinal, numbered is expected"),
        (
            "[notice]\nfrom = 2026-01-28\nto = 2026-01-08",
            "notice.to: it lies before the first day, 2026-01-28",
        ),
    ],
)
def test_settings_that_are_wrong(run, office, table, words):
    """File, line and key, and what is expected there (7)."""
    setting(office, table)
    result = run("report", "notice", lang="en")
    assert result.code == 7
    assert words in result.err


def test_the_window_in_working_days(run, office):
    """From and to are printed with the working days between them, as the calendar knows them; else without."""
    setting(office, '[notice]\nphone = "0000-1234567"\nfrom = 2026-01-08\nto = 2026-01-28')
    assert "公开期限：2026年1月8日至2026年1月28日（15个工作日）；联系电话：0000-1234567。" in noticed(run)[0]
    path = office / "ledger.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("2026-01-", "2126-01-"), encoding="utf-8")
    assert "公开期限：2126年1月8日至2126年1月28日；联系电话" in noticed(run)[0]


def test_the_report_upward(run, office):
    """From the front door: registers, letters, clues and look-backs of the ledger, refused to the public."""
    run.ok("add", "往来款挂账", "-m", "清理往来款", "--unit", "财政所", "--due", "2025-06-10", now=JUNE)
    run.ok("note", "1.1", "-t", "已发函核对", now=JUNE)
    run.ok(
        "register",
        "accountability",
        "add",
        "--form",
        "talk",
        "--person",
        "林某",
        "--on",
        "2025-05-06",
        now=JUNE,
    )
    run.ok("clue", "add", "有人反映收费不公开", "--channel", "letter", "--source", "邵某", now=JUNE)
    document = run.ok("report", "progress", now=JUNE, lang="en")
    assert (
        "| 1.1 | 清理往来款 | 财政所 |  | 正在推进 | 2025-06-10 | 2025-06-10 | 2025-06-30 已发函核对 |  |"
        in document
    )
    assert "| 2025-05-06 | 约谈 | 林某 |" in document
    assert "| 1 | 0 | 1 | 0 | 0 | 0 |" in document
    assert "邵某" not in document
    refused = run("report", "progress", "--redact", "public", lang="en")
    assert (refused.code, refused.out) == (4, "")
