"""`import` of a later version: only its changes come, the office's own are kept, nothing is closed or deleted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.domain.text import width
from ledger.ui import ask
from tests.cli.books import acts, at, field, files, last, record, refused, status, statuses, typed
from tests.cli.import_again.versions import FIRST, NOTHING, again, version, write


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


def test_the_diff_is_shown_before_anybody_is_asked(run, monkeypatch):
    """On a terminal the diff comes first; a no changes nothing."""
    version(("责任领导：何某", "责任领导：文某"))
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "confirm", lambda _message: False)
    before = files()
    result = run("import", "list.txt")
    assert (result.code, result.err, files()) == (0, "nothing was changed\n", before)
    assert result.out.endswith("   - leader 何某\n   + leader 文某\n")


def test_on_a_terminal_in_chinese(run, chinese, terminal, monkeypatch):
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
