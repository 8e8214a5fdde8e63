"""The papers somebody has at hand in the life of a ledger, and what becomes of them by hand."""

from __future__ import annotations

import subprocess
from pathlib import Path

NOTICES = Path(__file__).parent / "intake" / "notices"

#: A notice as an inspection hands it over, with what a reader may stumble over.
NOTICE = """\
关于巡察整改情况的公示

一、作风建设方面
1.关于“会议过多”问题。整改措施：一是合并例会，每月不超过四次。完成时限：2025年6月底前。责任单位：综合股。
二是压缩会议时间。完成时限：长期坚持。
2.关于“下乡调研不够”问题。整改措施：一是制定调研计划。责任单位：业务股。
联系电话：0000-1234567；邮政信箱：柳河路1号；电子邮箱：office@example.org。
公示时间：2025年7月1日至2025年7月15日。
"""

#: Figures of every kind, some of which do not hold.
FIGURES = """\
本月排查隐患268处，整改247处，整改率92.2%。受理信访515件，办结412件，办结率80.1%。调解纠纷4577件，成功4418件，成功率96%。
群众满意率97%。共交办任务83项，已完成58项，尚有24项未完成。反馈问题23个：党建类8个、财务类9个、作风类6个。
指标由118项压减到49项，减少69项。共有问题61个，已销号49个，正在整改12个。反馈问题38个。针对反馈的36个问题逐项研究。
公示期：2025年9月1日至9月12日（10个工作日）。公示期：2035年9月3日至9月14日（10个工作日）。公开期限：2025年9月1日至9月7日。

| 单位 | 问题数 | 已整改 | 整改率 |
|---|---|---|---|
| 甲镇 | 40 | 38 | 95.0% |
| 乙镇 | 25 | 20 | 80.0% |
| 合计 | 65 | 58 | 88.2% |
"""

#: The same notice a month later: a unit and a measure changed, an issue told otherwise, one that looks like another.
LATER_NOTICE = NOTICE.replace("综合股", "办公室").replace("合并例会，", "精简例会，").replace(
    "联系电话", "3.关于“下乡的调研不太够”问题。整改措施：一是带题调研。\n联系电话"
)  # fmt: skip

#: A table with a column for everything that can be said of an issue.
TABLE = """\
# 问题整改台账

| 序号 | 反馈问题 | 具体表现 | 整改措施 | 整改目标 | 检验标准 | 工作成果 | 责任领导 | 责任单位 | 配合单位 | 责任人 | \
完成时限 | 整改结果 | 是否销号 | 整改成效 | 涉及金额 | 未完成原因 | 备注 |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
| 1 | 往来款未清理 | 3笔款项挂账多年 | 逐笔核对 | 年底清零 | 账实相符 | 清理报告 | 林某 | 财务股 | 综合股 | 顾某 | \
2025年9月底前 | 清理2笔 | 否 | 收回4万元 | 6万元 | 对方注销 | 按月调度 |
"""

#: The list another body keeps of the same findings: something is missing, something differs, a status is a story.
THEIRS = """\
序号,反馈问题,整改措施,责任单位,责任领导,责任人,完成时限,完成情况
1,会议过多,合并例会，每月不超过四次,办公室,林某,顾某,2025年第二季度,已完成整改
2,下乡调研不足,制定调研计划,业务股,,,待定,召开专题会议研究部署
3,食堂采购不公开,公开价格,后勤办,王某,赵某,长期坚持,未完成
"""

#: What the office has written, in the words of its register; a column means nothing to it.
REGULATIONS = """\
序号,印发日期,类别,制度名称,文号,页数
1,2025-06-03,新建,公文办理规定,柳办发〔2025〕3号,12
2,2025年6月20日,修订,档案管理办法,柳办发〔2025〕4号,8
"""


def furnish(folder: Path) -> None:
    """The files somebody would have at hand, in a repository, and who commits to it."""
    for words in (
        ("init", "-q"),
        ("config", "user.name", "Lin"),
        ("config", "user.email", "lin@example.org"),
    ):
        subprocess.run(["git", *words], cwd=folder, check=True)
    (folder / "papers").mkdir()
    for name, text in (
        ("notice.txt", NOTICE),
        ("later.txt", LATER_NOTICE),
        ("table.md", TABLE),
        ("theirs.csv", THEIRS),
        ("regulations.csv", REGULATIONS),
        ("themes.txt", (NOTICES / "themes.txt").read_text(encoding="utf-8")),
        ("figures.txt", FIGURES),
        ("empty.txt", "通知\n\n下周一开会。\n"),
        ("rules.txt", "§1\n"),
        ("clues.csv", "线索,渠道,收到日期,电话\n井盖丢失,来访,2025-04-02,0\n"),
        ("papers/3.2 list.txt", "Lin, Gu\n"),
        ("papers/other.txt", "\n"),
    ):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def fill_in(folder: Path) -> None:
    """Units return what they were sent: progress, a remark, words nobody asked for; one returns nothing."""
    import openpyxl

    first, *_others, last = sorted((folder / "june").iterdir())
    last.unlink()
    (folder / "june/notes.xlsx").write_bytes(b"PK\x03\x04broken")
    book = openpyxl.load_workbook(first)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[3]]
    for heading, value in (
        ("remark", "soon"),
        ("progress in 2025-06", "a letter"),
        ("measure", "Other words"),
    ):
        sheet.cell(4, heads.index(heading) + 1).value = value
    sheet.delete_rows(5)
    book.save(first)


def edit_by_hand(folder: Path, number: int, old: str, new: str) -> None:
    """Change a record of the planned ledger with an editor."""
    (path,) = (folder / "ledgers/2025/issues").glob(f"{number:04}-*.toml")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
