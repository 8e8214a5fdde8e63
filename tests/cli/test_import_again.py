"""`import` of a later version: only its changes come, the office's own are kept, nothing is closed or deleted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.domain.text import width
from ledger.ui import ask
from tests.chinese import chinese  # noqa: F401  a fixture
from tests.cli.books import acts, at, field, files, last, record, refused, status, statuses, typed

FIRST = """\
青石镇巡察反馈问题整改清单

一、作风建设方面
1.反馈问题：接待群众态度生硬
整改措施：
（1）开展窗口服务培训。
（2）公布投诉电话，每周汇总。
责任单位：便民中心
责任领导：何某
完成时限：2025年6月底前
进展情况：正在制定方案

2.反馈问题：台账登记不全
整改措施：
（1）补登2023年以来的台账。
责任单位：党政办
完成时限：2025年5月底前
进展情况：正在整理旧台账

3.反馈问题：公车使用登记缺失
整改措施：
（1）修订公车管理办法。
责任单位：党政办
"""


@pytest.fixture(autouse=True)
def _first(run):
    write(FIRST)
    typed(run, "init t\nimport list.txt --yes")


def write(text: str, name: str = "list.txt") -> None:
    Path(name).write_text(text, encoding="utf-8", newline="\n")


def version(*pairs: tuple[str, str]) -> None:
    """A later version: the first with some words changed."""
    text = FIRST
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    write(text)


def again(run, *more: str, **options):
    """Take the document in again; gives what was said, data and talk."""
    result = run("import", "list.txt", "--yes", *more, **options)
    assert result.code == 0, result
    return result


NOTHING = "nothing new: the ledger has all of it\n"


def test_where_an_issue_came_from_is_in_its_history(run):
    """File, digest and place stand in the entry; `history` says them, `check` finds nothing wrong."""
    source = record(1).entries[0].data["source"]
    assert (source["file"], source["n"], source["line"]) == ("list.txt", 1, 4)
    assert [place["line"] for place in source["measures"].values()] == [6, 7]
    (told,) = json.loads(run.ok("history", "1", "--json"))["entries"]
    assert told["data"]["source"] == source
    assert run("check", "--strict").code == 0


def test_only_the_changes_come(run):
    """Changed fields and texts, a new measure, a new issue; what stays is not touched at all."""
    version(
        ("（2）公布投诉电话，每周汇总。", "（2）公布投诉电话，每天汇总。\n（3）设立党员示范岗。"),
        ("责任单位：党政办\n完成", "责任单位：经发办\n完成"),
    )
    write(
        Path("list.txt").read_text(encoding="utf-8")
        + "\n4.反馈问题：村账公开不及时\n整改措施：\n（1）按月公开。\n"
    )
    untouched = Path(record(3).path).read_bytes()
    assert run("import", "list.txt", "--dry-run").out.splitlines()[2:] == [
        "against the ledger: 1 new, 2 changed, 1 as they are",
        "1  接待群众态度生硬",
        "   - 1.2 measure 公布投诉电话，每周汇总",
        "   + 1.2 measure 公布投诉电话，每天汇总",
        "   + measure 设立党员示范岗",
        "2  台账登记不全",
        "   - unit 党政办",
        "   + unit 经发办",
        "+ 4  村账公开不及时   1 measure",
    ]
    assert again(run).out == "1 issues and 1 measures entered: 4-4\nchanged: 1.2 1.3 2\n"
    assert [m.text for m in record(1).issue.measures] == [
        "开展窗口服务培训", "公布投诉电话，每天汇总", "设立党员示范岗",
    ]  # fmt: skip
    assert (field("2", "unit"), acts(2), Path(record(3).path).read_bytes()) == (
        "经发办",
        ["add", "edit"],
        untouched,
    )
    before = files()
    assert again(run).out == NOTHING
    assert files() == before


def test_what_the_office_changed_is_kept(run):
    """Both changed the same: both are shown and ours stays; --prefer theirs takes the document's."""
    run.ok("assign", "1", "--leader", "乔某")
    version(("责任领导：何某", "责任领导：文某"))
    before = files()
    shown = run("import", "list.txt", "--dry-run").out
    assert "   = leader 乔某   changed here too; the document has: 文某 (--prefer theirs takes it)\n" in shown
    result = again(run)
    assert (result.out, files()) == (NOTHING, before)
    assert result.err == "warning: 1 leader stays as it is; the document says otherwise\n"
    assert again(run, "--prefer", "theirs").out == "changed: 1\n"
    assert field("1", "leader") == "文某"


def test_what_only_the_office_changed_stays(run):
    """The document says what it said before: the office's words are nobody's business."""
    run.ok("edit", "1.1", "--text", "分两批开展窗口服务培训。")
    run.ok("edit", "2", "--title", "台账登记不全、不准")
    version(("责任领导：何某", "责任领导：文某"))
    assert again(run).out == "changed: 1\n"
    assert (field("1.1", "text"), field("2", "title")) == ("分两批开展窗口服务培训。", "台账登记不全、不准")


def test_both_changed_other_sentences_of_a_text(run):
    """Ours and theirs are put together, and the same version again changes nothing."""
    long = "（1）补登2023年以来的台账。每月抽查。年底归档。"
    version(("（1）补登2023年以来的台账。", long))
    again(run)
    run.ok("edit", "2.1", "--text", "补登2022年以来的台账。每月抽查。年底归档")
    version(("（1）补登2023年以来的台账。", long.replace("年底归档", "半年归档一次")))
    again(run)
    assert field("2.1", "text") == "补登2022年以来的台账。每月抽查。半年归档一次"
    before = files()
    assert again(run).out == NOTHING
    assert files() == before


def test_retitled_reordered_and_recategorised(run):
    """A title told otherwise, another order, another heading: the same issues, with their numbers."""
    write("""\
二、内部管理方面
1.反馈问题：公车使用登记有缺失
整改措施：
（1）修订公车管理办法。
责任单位：党政办

2.反馈问题：台账登记不全
整改措施：
（1）补登2023年以来的台账。
责任单位：党政办
完成时限：2025年5月底前
进展情况：正在整理旧台账
""")
    result = again(run)
    assert result.out == "changed: 2 3\n"
    assert result.err.splitlines()[0] == "warning: not in the document any more, left as they are: 1"
    assert (field("3", "title"), field("3", "category"), status("1")) == (
        "公车使用登记有缺失", "内部管理方面", "pending",
    )  # fmt: skip
    before = files()
    assert again(run).out == NOTHING
    assert files() == before


def test_what_is_missing_is_named_and_stays(run):
    """An issue and a measure the later version does not have are left on the books."""
    text = FIRST.replace("（2）公布投诉电话，每周汇总。\n", "")
    write(text[: text.index("3.反馈问题")])
    before = files()
    result = again(run)
    assert (result.out, files()) == (NOTHING, before)
    assert result.err == "warning: not in the document any more, left as they are: 3 1.2\n"


def test_what_is_closed_or_void_stays(run):
    """A later version neither reopens what is closed nor brings back what is void."""
    typed(run, "close 3 --result 已修订 --all\nvoid 2 --why 重复")
    version(
        ("（1）修订公车管理办法。", "（1）修订公车管理办法并公示。"),
        ("（1）补登2023年以来的台账。", "（1）补登2020年以来的台账。\n（2）抽查。"),
    )
    before = files()
    result = again(run)
    assert (result.out, files(), statuses("2", "3")) == (NOTHING, before, ["void", "closed"])
    assert result.err == (
        "warning: 2: 2 measures of the document were not entered\n"
        "warning: 3.1 measure stays as it is; the document says otherwise\n"
    )


def test_a_fixed_deadline_is_not_moved(run):
    """A later deadline in the document is told with the command that moves it; the rest comes in."""
    version(("完成时限：2025年6月底前", "完成时限：2025年9月底前"), ("责任领导：何某", "责任领导：文某"))
    shown = run("import", "list.txt", "--dry-run").out
    assert (
        "   = due as printed 2025年6月底前   the deadline is fixed; the document has: 2025年9月底前"
        " (ledger extend 1 --due DATE)\n"
    ) in shown
    assert again(run).out == "changed: 1\n"
    assert (str(field("1", "due")), field("1", "leader")) == ("2025-06-30", "文某")


def test_progress_becomes_a_note(run):
    """What the document says of the progress is a dated note once work has begun, and never moves a status."""
    run.ok("note", "1.1", "--text", "已联系讲师")
    version(("进展情况：正在制定方案", "进展情况：已完成"), ("进展情况：正在整理旧台账", "进展情况：已完成"))
    assert again(run, "--on", "2025-04-30", **at("2025-05-01")).out == "changed: 1 2\n"
    assert (last(1).do, last(1).data["text"], str(last(1).on)) == ("note", "进展情况：已完成", "2025-04-30")
    assert statuses("1", "1.2", "2", "2.1") == ["active", "pending", "pending", "pending"]
    assert field("2", "remark") == "进展情况：已完成"
    before = files()
    assert again(run).out == NOTHING
    assert files() == before


def test_a_split_issue(run):
    """One issue becomes two: the measure that went along is told, not entered twice."""
    version(
        ("（2）公布投诉电话，每周汇总。\n", ""),
        (
            "2.反馈问题",
            "2.反馈问题：群众投诉渠道不畅\n整改措施：\n（1）公布投诉电话，每周汇总。\n（2）答复投诉人。\n\n3.反馈问题",
        ),
        ("\n3.反馈问题：公车", "\n4.反馈问题：公车"),
    )
    shown = run("import", "list.txt", "--dry-run").out
    assert "= 1.2 stands under 2 in the document now; to move it here too: ledger move 1.2\n" in shown
    again(run)
    assert [m.text for m in record(4).issue.measures] == ["答复投诉人"]
    run.ok("move", "1.2", "--to", "4")
    before = files()
    result = again(run)
    assert (result.out, result.err, files()) == (NOTHING, "", before)


def test_another_name_is_the_same_document(run):
    """A later version sent under another name is known by the issues it shares."""
    version(("2.反馈问题：台账登记不全", "2.反馈问题：台账登记不够全"))
    Path("list.txt").rename("list-v2.txt")
    assert run.ok("import", "list-v2.txt", "--yes") == "changed: 2\n"
    assert (field("2", "title"), last(2).data["source"]["file"]) == ("台账登记不够全", "list-v2.txt")


def test_a_near_duplicate_is_pointed_out(run):
    """An issue of another document that looks like one here: told, and the person decides."""
    write("1.反馈问题：公车使用的登记缺失\n整改措施：\n（1）安装定位。\n", "other.txt")
    shown = run("import", "other.txt", "--dry-run").out
    assert "+ 1  公车使用的登记缺失   1 measure\n   ? looks like 3 公车使用登记缺失 (" in shown
    assert shown.endswith("); if it is: --match 1=3\n")
    document = json.loads(run.ok("import", "other.txt", "--dry-run", "--json"))
    assert (document["new"], document["near"][0]["id"], document["ledger"]) == ([1], "3", "t")
    result = run("import", "other.txt", "--yes")
    assert result.err.startswith("warning: 1 公车使用的登记缺失 looks like 3 公车使用登记缺失\n")
    run.ok("undo", "--yes")
    assert run.ok("import", "other.txt", "--yes", "--match", "1=3") == "changed: 3.2\n"
    assert field("3.2", "text") == "安装定位"


def test_issues_are_chosen(run):
    """--only, --skip and --match take numbers of the document; what was left out may come later."""
    write(FIRST.replace("反馈问题：", "反馈问题：本级"), "other.txt")
    before = files()
    assert run.ok("import", "other.txt", "--yes", "--skip", "1-3") == NOTHING
    assert files() == before
    run.ok("import", "other.txt", "--yes", "--only", "1,3", "--skip", "3", "--match", "1=new")
    assert (field("4", "title"), len(files())) == ("本级接待群众态度生硬", len(before) + 1)
    refused(
        run,
        "import other.txt --yes --only 9",
        3,
        "the document has no issue 9",
        "it has 3; --dry-run shows them",
    )
    refused(
        run, "import other.txt --yes --match 1=9", 3, "there is no issue 9 (there are 1-4)",
        "ledger list shows them all",
    )  # fmt: skip
    for words in ("1", "1=", "=3", "1-2=3", "1=3.1"):
        assert run("import", "other.txt", "--yes", "--match", words).code == 2
    assert run("import", "other.txt", "--yes", "--match", "1=3", "--match", "2=3").code == 2


def test_a_plan_that_is_approved_wants_a_reason(run):
    """Changes to an approved plan are refused without a reason, whole; with one they come in."""
    typed(
        run, "init p --preset five-level\nuse p\nimport list.txt --yes\nclaim 1-3 --leader 何某\nplan approve"
    )
    version(
        ("（1）修订公车管理办法。", "（1）修订公车管理办法并公示。"), ("责任领导：何某", "责任领导：文某")
    )
    refused(
        run, "import list.txt --yes", 4, "the plan is approved, so a change to issue 1 needs a reason",
        "give it with --why",
    )  # fmt: skip
    said = run("import", "list.txt", "--dry-run").err
    assert said == "warning: the plan is approved, so these changes need a reason: --why\n"
    assert run("import", "list.txt", "--dry-run", "--why", "县委要求").err == ""
    assert again(run, "--why", "县委要求").out == "changed: 1 3.1\n"
    assert (last(3).why, field("3.1", "text")) == ("县委要求", "修订公车管理办法并公示")


def test_results_find_their_measures(run):
    """--as result: what a notice tells of what was done is the result of the measure it is like."""
    write(
        """\
1.关于“接待群众态度生硬”的问题
整改情况：一是开展了窗口服务培训，共3期60人；二是公布投诉电话，每周汇总，共受理12件；三是更换了桌椅。
2.关于“会风不正”的问题
整改情况：一是压减会议。
""",
        "notice.txt",
    )
    result = run("import", "notice.txt", "--as", "result", "--yes")
    assert (result.code, result.out) == (0, "1 issues and 1 measures entered: 4-4\nchanged: 1.1 1.2\n")
    assert result.err.startswith("warning: 1: 1 measure of the document was not entered\n")
    assert [field(each, "result") for each in ("1.1", "1.2")] == [
        "开展了窗口服务培训，共3期60人", "公布投诉电话，每周汇总，共受理12件",
    ]  # fmt: skip
    assert (field("4.1", "text"), field("4.1", "result")) == ("压减会议", "压减会议")
    assert (field("1.1", "text"), statuses("1.1", "4.1")) == ("开展窗口服务培训", ["pending", "pending"])
    before = files()
    assert run("import", "notice.txt", "--as", "result", "--yes").out == NOTHING
    assert files() == before


def test_the_diff_is_shown_before_anybody_is_asked(run, monkeypatch):
    """On a terminal the diff comes first; a no changes nothing."""
    version(("责任领导：何某", "责任领导：文某"))
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "confirm", lambda _message: False)
    before = files()
    result = run("import", "list.txt")
    assert (result.code, result.err, files()) == (0, "nothing was changed\n", before)
    assert result.out.endswith("   - leader 何某\n   + leader 文某\n")


def test_on_a_terminal_in_chinese(run, chinese, terminal, monkeypatch):  # noqa: F811
    """The whole preview as a clerk sees it, and in colour that repeats the signs."""
    run.ok("assign", "2", "--unit", "财政所")
    version(
        ("责任领导：何某", "责任领导：文某"),
        ("责任单位：党政办\n完成", "责任单位：经发办\n完成"),
        ("3.反馈问题：公车使用登记缺失", "3.反馈问题：公车使用登记有缺失"),
    )
    write(Path("list.txt").read_text(encoding="utf-8") + "联系电话：0000-1234567\n")
    shown = run("import", "list.txt", "--dry-run", lang="zh", env={"NO_COLOR": "1"})
    assert (shown.code, shown.out.splitlines()) == (0, [
        "list.txt   版式：问题、措施分栏列写   青石镇巡察反馈问题整改清单",
        "3 个问题，4 条措施   联系电话 0000-1234567",
        "与台账对照：有变化 3",
        "1  接待群众态度生硬",
        "   - 责任领导 何某",
        "   + 责任领导 文某",
        "2  台账登记不全",
        "   = 责任单位 财政所   台账也改过；文件为：经发办（--prefer theirs 以文件为准）",
        "3  公车使用登记缺失",
        "   - 问题 公车使用登记缺失",
        "   + 问题 公车使用登记有缺失",
                "+ prose/contact.md",
        "写入：ledger import list.txt",
    ])  # fmt: skip
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert (
        "\x1b[32m   + 责任领导 文某\x1b[0m"
        in run("import", "list.txt", "-n", lang="zh", env={"TERM": "xterm"}).out
    )


def test_a_narrow_terminal(run, terminal):
    """No line is wider than the screen, and nothing is lost."""
    version(("（2）公布投诉电话，每周汇总。", "（2）公布投诉电话，" + "每天汇总并答复投诉人，" * 12))
    shown = run("import", "list.txt", "--dry-run", env={"COLUMNS": "40", "NO_COLOR": "1"}).out
    assert max(width(line) for line in shown.splitlines()) <= 40
    assert "".join(line.strip() for line in shown.splitlines()).count("每天汇总并答复投诉人") == 12


def test_it_was_looked_at_meanwhile(run, monkeypatch):
    """Somebody enters an issue, or changes this one, between the look and the yes: nothing is written."""
    version(("责任领导：何某", "责任领导：文某"))
    for line in ("add 夜间巡查缺位", "assign 1 --leader 乔某"):
        monkeypatch.setattr(ask, "possible", lambda: True)
        monkeypatch.setattr(ask, "confirm", lambda _message, line=line: bool(run.ok(*line.split())) or True)
        result = run("import", "list.txt")
        assert (result.code, field("1", "leader")) == (6, "何某" if "add" in line else "乔某")


def test_points_keep_their_ticks(run):
    """A sub-list that grows in the document: new points are added, a ticked one stays ticked, none is taken out."""
    first = "1.反馈问题：夜间巡查缺位\n整改措施：\n一是完善制度：1.排定班次；2.配齐手电；3.登记日志。\n"
    write(first, "night.txt")
    run.ok("import", "night.txt", "--yes")
    run.ok("point", "4.1.2", "--done")
    write(
        first.replace("2.配齐手电；", "2.每周抽查；3.配齐手电；").replace("3.登记日志", "4.登记日志"),
        "night.txt",
    )
    run.ok("import", "night.txt", "--yes")
    assert [(each["text"], "done_on" in each) for each in field("4.1", "points")] == [
        ("排定班次", False), ("配齐手电", True), ("登记日志", False), ("每周抽查", False),
    ]  # fmt: skip
    before = files()
    assert run.ok("import", "night.txt", "--yes") == NOTHING
    assert files() == before


def test_prose_the_office_wrote_is_kept(run):
    """A paragraph that reads otherwise here is not written over, unless the document is preferred."""
    write(
        "一、总体情况\n本镇高度重视整改工作，成立领导小组。\n\n"
        + FIRST[FIRST.index("一、作风") :].replace("一、作风", "二、作风")
    )
    again(run)
    (path,) = Path("ledgers/t/prose").glob("*.md")
    path.write_text("本办另写。\n", encoding="utf-8")
    assert (again(run).out, path.read_text(encoding="utf-8")) == (NOTHING, "本办另写。\n")
    assert f"prose/{path.name} reads otherwise here and is kept" in run("import", "list.txt", "-n").out
    again(run, "--prefer", "theirs")
    assert "成立领导小组" in path.read_text(encoding="utf-8")


def test_a_later_version_is_taken_back(run):
    """`undo` takes a later version back whole; then it may come once more."""
    version(
        ("责任领导：何某", "责任领导：文某"),
        ("（2）公布投诉电话，每周汇总。", "（2）公布投诉电话，每周汇总。\n（3）设立示范岗。"),
    )
    again(run)
    run.ok("undo", "--yes")
    assert (field("1", "leader"), status("1.3")) == ("何某", "void")
    assert again(run).out == "changed: 1 1.4\n"
    assert (field("1", "leader"), field("1.4", "text")) == ("文某", "设立示范岗")


def test_hand_edits_are_the_offices(run):
    """What somebody edited in the file counts as ours; the document that wins over it is refused until it is adopted."""
    path = Path(record(1).path)
    path.write_text(
        path.read_text(encoding="utf-8").replace('leader = "何某"', 'leader = "乔某"', 1), encoding="utf-8"
    )
    before = files()
    assert again(run).out == NOTHING
    version(("责任领导：何某", "责任领导：文某"))
    assert (again(run).out, {**files(), "list.txt": b""}) == (NOTHING, {**before, "list.txt": b""})
    result = run("import", "list.txt", "--yes", "--prefer", "theirs")
    assert (result.code, result.err.splitlines()[0]) == (
        6, f"error: {path.as_posix()}: leader was changed by hand and by this command",
    )  # fmt: skip


def test_a_short_measure_told_otherwise(run):
    """At its old place a measure that shares little with what it was is the same measure."""
    version(
        ("（1）补登2023年以来的台账。", "（1）补齐2021年起台账。"),
        ("（1）修订公车管理办法。", "（1）修订用车制度。"),
    )
    assert again(run).out == "changed: 2.1 3.1\n"


def test_a_document_through_standard_input(run):
    """What comes through a pipe is known by its issues, and its history says where from."""
    text = FIRST.replace("责任领导：何某", "责任领导：文某")
    assert run.ok("import", "-", "--yes", stdin=text) == "changed: 1\n"
    assert last(1).data["source"]["file"] == "-"
    before = files()
    assert run.ok("import", "-", "--yes", stdin=text) == NOTHING
    assert files() == before


def test_two_documents_do_not_swing(run):
    """Two documents that say the same issue otherwise are each held against what they said themselves."""
    write(FIRST.replace("责任单位：便民中心", "责任单位：综合股"), "other.txt")
    assert run.ok("import", "other.txt", "--yes") == "changed: 1\n"
    before = files()
    assert again(run).out == NOTHING
    assert run.ok("import", "other.txt", "--yes") == NOTHING
    assert (files(), field("1", "unit")) == (before, "综合股")


def test_the_shared_measure_of_a_group(run):
    """A measure of several issues stands once; an issue that joins the group is served by it too."""
    group = "1-2.关于“文件过长”“简报过多”的问题\n整改情况：一是精简文件简报；二是定期通报。\n"
    write(group, "group.txt")
    run.ok("import", "group.txt", "--yes")
    write(group.replace("1-2.", "1-3.").replace("“简报过多”", "“简报过多”“留痕过度”"), "group.txt")
    assert run.ok("import", "group.txt", "--yes").startswith("1 issues and 0 measures entered: 6-6\n")
    uids = [record(number).state.fields["uid"] for number in (5, 6)]
    assert (field("4.1", "serves"), record(6).state.parts) == (uids, {})
    before = files()
    assert run.ok("import", "group.txt", "--yes") == NOTHING
    assert files() == before


@pytest.mark.parametrize("then", [("--only", "1"), ("--only", "1-2"), ()])
def test_a_shared_measure_is_entered_once(run, then):
    """Of a group its second issue first, then another or all of it: the measure stands where it stood."""
    write(
        "1-3.关于“文件过长”“简报过多”“留痕过度”的问题\n整改情况：一是精简文件简报；二是定期通报。\n",
        "group.txt",
    )
    run.ok("import", "group.txt", "--only", "2", "--yes")
    data, talk = run("import", "group.txt", *then, "--yes")[1:]
    assert " issues and 0 measures entered" in data
    assert "not in the document" not in talk
    served = [record(number).state.fields["uid"] for number in ((5,) if then else (5, 6))]
    assert (field("4.1", "serves"), record(5).state.parts) == (served, {})
    run.ok("import", "group.txt", "--yes")
    assert len(field("4.1", "serves")) == 2
    before = files()
    assert run.ok("import", "group.txt", "--yes") == NOTHING
    assert files() == before


@pytest.mark.parametrize(("old", "long"), [("补登2023年以来的台账", "补" * 24_000), ("何某", "何" * 2_001)])
def test_what_is_too_long_is_named(run, old, long):
    """Which issue of the document and where; nothing is written, and it may be left out."""
    write(FIRST.replace(old, long).replace("修订公车管理办法", "修订车辆管理办法"))
    before = files()
    result = run("import", "list.txt", "--yes")
    n, line = (2, 13) if "补" in long else (1, 4)
    assert (result.code, result.out, files()) == (9, "", before)
    assert f"issue {n} of the document, line {line}: " in result.err
    assert run.ok("import", "list.txt", "--skip", str(n), "--yes") == "changed: 3.1\n"
