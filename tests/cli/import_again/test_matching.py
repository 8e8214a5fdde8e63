"""`import` of a later version: which of its issues and measures are which of ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.books import field, files, last, record, refused, statuses
from tests.cli.import_again.versions import FIRST, NOTHING, again, version, write


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
