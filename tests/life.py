"""The whole life of a small fictional ledger, as lines typed at a terminal; every kind of answer comes up in it."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ledger.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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

#: A plan, several levels of sign-off, requests, hand edits.
PLANNED = """
# 2025-03-01
(nothing)
init 2025 --preset five-level --inspection inspection --title "Willow Town" --org "Willow Town Office" --lang en
init small --preset simple --lang en
use
use 2025
use
config
config --validate
list
check
(nothing)
import notice.txt --dry-run
import empty.txt --dry-run
import table.md --dry-run
import themes.txt --dry-run
figures notice.txt
figures figures.txt
figures figures.txt --exit-code
figures empty.txt
import empty.txt
import notice.txt --on 2025-02-27 --yes
import later.txt --dry-run
add "Papers are late" -m "Rewrite the rules" -m "Train the clerks" --category Conduct --unit Office --leader Lin --term phased --due 2025-06-15 --flag rebound_prone
add "Old debts" --unit Finance --leader Gu --due 2025年6月底前 --criterion "every debt is settled" --owner Yan
add "Never written" --dry-run
measure 4 -t "Check each debt" -t "Sue" --co-unit Office --continuing
measure 4 -t "Publish the accounts" --serves 3 --due +15wd --dry-run
measure 4 -t "Publish the accounts" --serves 3 --due +15wd
assign 1-2 --unit Planning --leader Shen --due 2025年第三季度 --down
split 3.1 -t "Rewrite the rules" -t "Print them"
split 4 --title "Debts abroad" --measures 4.2
move 5.1 --to 4
merge 4.1 4.4 --why "the same"
void 5 --why "entered twice"
add "Lights left on" --leader Gu --deliverable "a list" --continuing --co-unit Office -m "Count them"
edit 6 --interim-goal half --review-on 2025-12-31 --why "agreed"
edit 6.1 --deliverable "a table"
move 6 --to 30
edit 3.2 --criterion "all were there" --interim-goal "half of them" --remark "in two groups"
claim 1-4 30
plan show
# 2025-03-10
plan approve --meeting "Party group 5" --dry-run
plan approve --meeting "Party group 5"
plan show
plan show 1
milestone list
milestone done plan --on 2025-03-09 --meeting "Party group 5" -t "sent by courier" --dry-run
milestone done plan --on 2025-03-09 --meeting "Party group 5" -t "sent by courier"
# 2025-04-01
note 3.1 -t "A first draft"
note -t "Monthly meeting held"
point 3.2 --add "Invite" --add "Teach"
point 3.2.1
point 3.2.1 --open
point 3.2
edit 4.1 --every "month from 2025-02 to 2025-12" --why "each month from now on"
occur 4.1 --period 2025-03 -t "three of nine settled" --evidence rules.txt
occur 4.1 --missed --excuse --why "the auditors had the books"
roster 4.1 --add "Mill, Weir" --why "both debtors"
roster 4.1 Mill -t "it paid"
roster 4.1 --all --excuse --why "it is bankrupt"
show 4.1
evidence add 3.1 rules.txt --kind rules --proves "they were written"
evidence add papers --yes
interim 4.1 --result "half of it" --review-on 2025-09-30
longterm 1.1 --interim-goal "a third" --review-on 2025-12-31 --request --why "it never ends"
longterm 1.1 --refuse --why "it can be ended"
longterm 1.2 --interim-goal "a third" --review-on 2025-05-31 --approve --meeting "Party group 6" --why "it never ends"
extend 3.2 --due 2025-07-31 --request --why "the hall is closed"
extend 3.2 --approve --meeting "Party group 6" --why "as asked"
extend 3.3 --due 2025-08-31 --approve --signer Lin --why "the printer is late"
done 3.1 --result "The rules are in force"
# 2025-05-01
close 3.1 --meeting "Office meeting 3" --opinion agreed
edit 3.1 --criterion "signed and sealed" --why "the office asked"
show 3 3.1
confirm 3.1 --signer Gu --why "looked at again"
close 3.1 --step leader --signer Gu
return 3.1 --to leader --why "on site again" --signer Gu
close 3.1 --meeting "Office meeting 4"
return 3.1 --why "minutes are missing" --meeting "Office meeting 5"
close 3.1 --result "The rules are in force" --meeting "Office meeting 6"
close 3.1 --signer Lin
close 3.1 --signer Gu
close 3.1 --meeting "Group 2"
close 3.1 --meeting "Party group 8" --dry-run
close 3.1 --meeting "Party group 8"
reopen 3.1 --why "late again"
note 1.2 --review-on 2025-06-30 -t "a tenth so far"
edit 3.1 --text "Write the rules anew" --why "a slip" --erratum
plan diff
plan approve --meeting "Party group 9"
plan diff 1 2
note 3.1 -t "meant for another measure"
undo --dry-run
undo --yes
handover
handover --from Lin --as-of 2025-04-15
handover --from Lin --to Wang --dry-run
handover --from Lin --to Wang --in 2025 --why "another office"
handover --unit --from Office --to Secretariat
handover --past
undo --yes
renumber
resolve
extend 3.2 --due 2025-12-31 --request --why "the hall is closed again"
done 4.3 --result "published every month"
close 4.3 --meeting "Office meeting 7"
edit 4.3 --criterion "on the wall" --why "the office asked"
adopt
clue add "Fines without receipts" --channel phone --source "Mr Wen" --received-on 2025-04-28 --unit Finance --text "none of six" --file rules.txt --remark "called twice"
clue add "Keys lost" --channel letter
clue add "Keys lost" --channel letter --dry-run
letter draft 3.2 3.3 --rung supervise --to Office --dry-run
letter draft 3.2 3.3 --rung supervise --to Office --reason "as agreed" --copy Gu --contact "Lin, 1234" --finish-by 2025-06-30
letter edit L1 --title "On the rules" --signature "Willow Town Office" --demands "Report back" --remark "urgent"
letter show L1
letter sign L1 --signer Lin --number "W (2025) No. 7"
letter receipt L1 --receiver Gu
letter reply L1 -t "half of it" --file rules.txt
letter reply L1 --verdict inadequate --opinion "no dates" --signer Lin
letter draft 3.2 --rung reminder
letter draft 3.2 --rung prompt
letter sign L2 L3
letter withdraw L2 --why "the wrong unit"
history L1
clue add "Road dug up" --channel online
clue route C1,C2 --to Office --within 10 --signer Lin --opinion "at once"
clue verify C1 --outcome founded --finding "14 of 60" --meeting "Office 9"
clue issue C1 -m "Print receipts with numbers" --due 2025-12-31 --category Conduct
clue feedback C1 -t "told by telephone"
clue verify C2 --outcome unfounded
clue conclude C2 --signer Gu
clue transfer C3 --to "Road office" --number 2025-7 --within 30
clue receipt C3 --number R-31
clue result C3 -t "mended"
clue import clues.csv
clue add "Lamp broken" --channel visit --source "a neighbour"
clue route C5 --to Office --within 5
history C1
note C5 -t "looked for it"
check --strict
"""

#: Looking at it, as it is and as it was.
LOOKED = """
# 2025-07-10
(nothing)
list
list --measures --columns id,co_units,points_done
list --columns id,co_units,formerly,notes,review_on
list --status void --limit 1
list --status active
list --as-of 2025-04-15
letter propose
letter propose --unit Office
letter list
letter list --unanswered --rung prompt --period 2025-Q2
letter stats
letter stats --per rung --per month
letter show L1
letter show L1 -o letter.md
show L1
clue list
clue list --late --reveal
clue show C1 C2 C3 C4
clue show C1 --reveal
clue stats --per channel --per week
clue stats --as-of 2025-04-15
show C1
list --known-at 2025-04-15
show 1
show 3.2 4
show 3 --as-of 2025-05-02
search rules
search nothing-like-it
stats
stats --per unit
stats --per term --as-of 2025-05-01
stats --period 2025-Q2
board
board --per unit
due
due --as-of 2025-05-20
milestone list --as-of 2025-03-31
history
history 3
history 3.1
history chronicle:1
show chronicle:1
explain 1
explain 3.1
explain 1.2
explain 4.3
explain L1 C1 chronicle:1
show 3.2
report status
report book
report lists
report status -o status.md
export json
export json -o all.json
export csv -o all.csv
export xlsx -o all.xlsx
export --split unit --period 2025-06 -o june
sql "select number, title, due from issue order by number"
sql "select 1 as a, 2 as a, null, 1.5, 'x'"
reindex
check
checkpoint
checkpoint --short -o kept.txt
check --against kept.txt
compare table.md
compare theirs.csv
compare theirs.csv --on measures --exit-code
compare theirs.csv --fields due,status -o found.xlsx
register meetings add --type committee --title "Party group 10" --links 3.1 --on 2025-07-01
register meetings add type=progress title=Progress
register meetings edit 1 attended=12 chair=Lin
register regulations import regulations.csv --dry-run
register regulations import regulations.csv
register
register meetings
register meetings list type=committee --period 2025-Q3 --limit 1
register meetings show 1
register meetings count --per type,chair
register duty_lists count year=2025 round=end
register meetings export -o meetings.csv
show meetings:1
"""

#: After units have filled in what they were sent.
RETURNED = """
# 2025-07-10
import june --dry-run
import june --yes
import june --yes
import all.xlsx --dry-run
"""

#: After somebody has edited issue 4 with an editor.
EDITED = """
# 2025-07-10
check
check --strict
adopt --dry-run
adopt 4 --why "as agreed"
check --strict --read-data
check --read-data=2/3 evidence --against kept.txt
"""

#: Where an issue closes with one line, and nothing else is asked for.
SMALL = """
# 2025-07-10
-L small add "Files in disorder"
-L small close 1 --result "an archive was set up"
-L small add "Broken lamp" -m "Replace it"
-L small extend 2.1 --due 2025-07-05 --on 2025-07-01 --why "no lamp yet"
-L small close 2 --all --result "replaced"
-L small list
-L small show 1
-L small explain 1
-L small undo --yes
git setup --hooks --commit
-L small note 2 -t "a new lamp is on order" --commit
-L small restore 2 --dry-run
-L small history --diff 2025-07-09..
-L small history 2 --diff HEAD..HEAD
-L small (nothing)
-L small report status
-L small import themes.txt --yes
-L small import themes.txt --yes
-L small history 3
-L small close 2 --all --result replaced
-L small lookback plan --title "Half-year" --seed "by lot: 7" --dry-run
-L small lookback plan --title "Half-year" --seed "by lot: 7" --rate 5% --confidence 95%
-L small lookback show R2025-1 --frame
-L small lookback sample R2025-1
-L small lookback record R2025-1 1 --outcome rebound --method look,访 -t "in disorder again" --reviewer Gu --satisfaction 60% --evidence rules.txt
-L small lookback record R2025-1 2 --outcome variant --title "Broken lamps in the hall" --dry-run
-L small lookback record R2025-1 2 --outcome variant --title "Broken lamps in the hall"
-L small lookback finish R2025-1 --redo "1 Gu 2025-12-31"
-L small lookback show R2025-1
-L small lookback list
-L small repeats
-L small show 1
-L small edit 3 --variant-of 2025/4
demo played
"""


class Said(NamedTuple):
    """What one line was answered with."""

    name: str
    line: str
    code: int
    document: dict


def lines(text: str) -> Iterator[tuple[str, str]]:
    """The lines of a story with the day each is typed on."""
    day = ""
    for line in text.strip("\n").splitlines():
        if line.startswith("# "):
            day = line[2:]
        else:
            yield day, line


def live(run: Callable, text: str) -> list[Said]:
    """Type the lines of a story, each with `--json`; every one of them has an answer on stdout."""
    return [_said(run, day, line) for day, line in lines(text)]


def _said(run: Callable, day: str, line: str) -> Said:
    words = [word for word in shlex.split(line) if word != "(nothing)"]
    result = run(*words, "--json", now=f"{day}T09:00:00+08:00")
    assert result.out, (line, result)
    return Said(name_of(words), line, result.code, json.loads(result.out))


def name_of(words: list[str]) -> str:
    """The name of the command a line asks for, as its schema has it."""
    rest = words[2:] if words[:1] == ["-L"] else words
    if not rest:
        return "overview"
    (spec,) = [each for each in COMMANDS if each.name == rest[0]]
    if spec.name == "register":  # the register stands between the two words
        return "-".join([spec.name, *rest[2:3]]) if len(rest) != 2 else "register-list"
    return f"{rest[0]}-{rest[1]}" if spec.commands else rest[0]


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
