"""Parse, one call, show; and the table of all commands, so that naming them imports none of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


# Named tuples, here and wherever every run passes: a dataclass takes ten times as long to set up.
class CommandSpec(NamedTuple):
    """Where a command is found, without looking there.

    Shape: either `module` (under `ledger.commands`) and `function`, or `commands` of its own; with both the
        function makes the group of them.

    Attributes:
        name: The word typed.
        chinese: The other word typed for it.
        group: The key of GROUPS it is listed under.
        summary: One English sentence, translated when shown.
    """

    name: str
    chinese: str
    module: str
    function: str
    group: str
    summary: str
    commands: tuple[CommandSpec, ...] = ()


#: Headings of the help, in order.
GROUPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "start": "Start",
        "plan": "Plan",
        "work": "Work",
        "close": "Close out",
        "follow": "Follow up",
        "see": "See",
        "documents": "Documents",
        "data": "Data",
        "upkeep": "Upkeep",
    }
)

#: What `ledger` alone does.
OVERVIEW: Final = CommandSpec(
    "overview", "今日", "overview", "overview", "start", "Show what is overdue and waiting."
)

_PLAN = (
    CommandSpec(
        "approve",
        "批准",
        "approving",
        "plan_approve",
        "plan",
        "Approve the plan; later changes need a reason.",
    ),
    CommandSpec(
        "diff",
        "对比",
        "approving",
        "plan_diff",
        "plan",
        "Show what changed between two versions of the plan.",
    ),
    CommandSpec("show", "查看", "approving", "plan_show", "plan", "Show the plan, or one version of it."),
)
_EVIDENCE = (
    CommandSpec(
        "add", "添加", "work", "evidence_add", "work", "Keep files as evidence of a measure or an issue."
    ),
)
_CLUE = (
    CommandSpec("add", "登记", "clues", "add", "follow", "Register a clue."),
    CommandSpec("route", "归口", "clues", "route", "follow", "Hand a clue to whoever is to verify it."),
    CommandSpec("verify", "核查", "clues", "verify", "follow", "Say what the verification came to."),
    CommandSpec("transfer", "移送", "clues", "transfer", "follow", "Hand a clue to another body."),
    CommandSpec("receipt", "回执", "clues", "receipt", "follow", "Write down that the other body has it."),
    CommandSpec("result", "移送结果", "clues", "result", "follow", "Write down what came of it there."),
    CommandSpec("conclude", "办结", "clues", "conclude", "follow", "Bring a verified clue to an end."),
    CommandSpec("issue", "立账", "clues", "issue", "follow", "Make an issue of a clue."),
    CommandSpec("feedback", "反馈", "clues", "feedback", "follow", "Say what whoever gave it was told."),
    CommandSpec("import", "导入", "clueimporting", "import_clues", "follow", "Enter a list of clues."),
    CommandSpec("list", "列表", "cluelisting", "list_clues", "follow", "List clues."),
    CommandSpec("show", "查看", "cluepage", "show", "follow", "Show clues in full."),
    CommandSpec("stats", "统计", "cluelisting", "stats", "follow", "Count clues, with the share concluded."),
)
_LOOKBACK = (
    CommandSpec("plan", "计划", "lookback", "plan", "follow", "Write down what will be looked at, and how."),
    CommandSpec("sample", "抽样", "lookback", "sample", "follow", "Draw what is looked at, once."),
    CommandSpec("record", "记录", "lookback", "record", "follow", "Record what was found."),
    CommandSpec("finish", "结束", "lookback", "finish", "follow", "Finish it, and say who does what again."),
    CommandSpec("show", "查看", "lookback", "show", "follow", "Show a look-back, or its population."),
    CommandSpec("list", "列表", "lookback", "list_reviews", "follow", "List the look-backs."),
)
_REGISTER = (
    CommandSpec("add", "添加", "registers", "add", "follow", "Enter a record."),
    CommandSpec("list", "列表", "registers", "list_records", "follow", "List records."),
    CommandSpec("show", "查看", "registers", "show", "follow", "Show records in full."),
    CommandSpec("edit", "修改", "registers", "edit", "follow", "Change what records say."),
    CommandSpec("count", "统计", "registercounts", "count", "follow", "Count, each figure as defined."),
    CommandSpec("import", "导入", "registerfiles", "import_rows", "follow", "Enter a received list."),
    CommandSpec("export", "导出", "registerfiles", "export", "follow", "Write it as CSV or a workbook."),
)
_GIT = (CommandSpec("setup", "准备", "gitting", "git_setup", "upkeep", "Tell git how to treat ledgers."),)

_LETTER = (
    CommandSpec(
        "propose", "提请", "letterlist", "propose", "follow", "List the letters that the rules call for."
    ),
    CommandSpec("draft", "起草", "letters", "draft", "follow", "Draft letters about what is late."),
    CommandSpec("edit", "修改", "letters", "edit", "follow", "Change what a draft says."),
    CommandSpec("show", "查看", "lettershow", "show", "follow", "Show a letter as it goes on paper."),
    CommandSpec("sign", "签发", "letters", "sign", "follow", "Sign letters; each gets its number."),
    CommandSpec("receipt", "签收", "letters", "receipt", "follow", "Write down that letters arrived."),
    CommandSpec(
        "reply", "回复", "letters", "reply", "follow", "Write down the answer to a letter, and judge it."
    ),
    CommandSpec("withdraw", "撤回", "letters", "withdraw", "follow", "Take letters back, with the reason."),
    CommandSpec(
        "list", "列表", "letterlist", "list_letters", "follow", "List letters, with how each stands."
    ),
    CommandSpec("stats", "统计", "letterstats", "stats", "follow", "Count letters and answers in time."),
)

_MILESTONE = (
    CommandSpec("list", "列表", "milestones", "milestone_list", "follow", "Show what is owed by when."),
    CommandSpec(
        "done", "完成", "milestones", "milestone_done", "follow", "Say that a milestone was reached."
    ),
)

#: Every command there is, in the order of the help. Source: docs/contract.md §3.
COMMANDS: Final[tuple[CommandSpec, ...]] = (
    CommandSpec("init", "建册", "start", "init", "start", "Start a ledger."),
    CommandSpec("use", "选用", "start", "use", "start", "Choose the ledger to work on."),
    CommandSpec(
        "config", "设置", "start", "config", "start", "Show, validate or edit the settings of a ledger."
    ),
    CommandSpec(
        "demo", "演示", "demo", "demo", "start", "Make a ledger to play with, and walk through its life."
    ),
    CommandSpec("add", "立账", "plan", "add", "plan", "Enter an issue."),
    CommandSpec("measure", "定措施", "plan", "measure", "plan", "Enter what will be done about an issue."),
    CommandSpec("assign", "分办", "plan", "assign", "plan", "Say who is responsible, and by when."),
    CommandSpec("claim", "认领", "plan", "claim", "plan", "Accept an issue as its leader."),
    CommandSpec("split", "拆分", "plan", "split", "plan", "Make several measures or issues of one."),
    CommandSpec("merge", "合并", "plan", "merge", "plan", "Make one measure or issue of several."),
    CommandSpec("move", "移动", "plan", "move", "plan", "Put a measure under another issue."),
    CommandSpec("edit", "修改", "plan", "edit", "plan", "Change what a record says."),
    CommandSpec(
        "confirm", "确认", "closing", "confirm", "plan", "Confirm sign-offs that later changes put in doubt."
    ),
    CommandSpec("plan", "方案", "", "", "plan", "Approve, compare or show the plan.", _PLAN),
    CommandSpec("note", "记事", "work", "note", "work", "Write down what was done."),
    CommandSpec("evidence", "佐证", "", "", "work", "Keep evidence.", _EVIDENCE),
    CommandSpec("point", "要点", "work", "point", "work", "Tick off a point of a measure."),
    CommandSpec(
        "occur", "期次", "ticking", "occur", "work", "Record what comes round again, period by period."
    ),
    CommandSpec("roster", "对象", "ticking", "roster", "work", "Tick off names that a measure has to reach."),
    CommandSpec("interim", "阶段完成", "work", "interim", "work", "Report the interim goal as reached."),
    CommandSpec("done", "报完成", "work", "done", "work", "Report a measure as done, with its result."),
    CommandSpec("extend", "延期", "work", "extend", "work", "Ask for, approve or refuse a later due date."),
    CommandSpec(
        "longterm", "转长期", "work", "longterm", "work", "Carry on with a measure beyond its due date."
    ),
    CommandSpec("void", "作废", "work", "void", "work", "Take a measure or an issue out of the count."),
    CommandSpec("close", "销号", "closing", "close", "close", "Sign the next step of close-out."),
    CommandSpec("return", "退回", "closing", "send_back", "close", "Send a measure back from close-out."),
    CommandSpec("reopen", "重启", "closing", "reopen", "close", "Open again what was closed."),
    CommandSpec(
        "letter", "督办", "", "", "follow", "Write to who is late, and follow it to an answer.", _LETTER
    ),
    CommandSpec("clue", "线索", "", "", "follow", "Register clues and follow them to an answer.", _CLUE),
    CommandSpec(
        "handover",
        "交接",
        "handing",
        "handover",
        "follow",
        "Show who holds what, or hand it over to somebody.",
    ),
    CommandSpec("lookback", "回头看", "", "", "follow", "Look again at what was closed.", _LOOKBACK),
    CommandSpec("repeats", "屡改屡犯", "repeats", "repeats", "follow", "Show what keeps coming back."),
    CommandSpec(
        "register",
        "登记",
        "registertree",
        "group",
        "follow",
        "Keep meetings, visits, regulations and other books.",
        _REGISTER,
    ),
    CommandSpec("list", "列表", "listing", "list_issues", "see", "List issues."),
    CommandSpec("show", "查看", "showing", "show", "see", "Show an issue with its measures."),
    CommandSpec("search", "搜索", "searching", "search", "see", "Find words anywhere in the ledger."),
    CommandSpec("stats", "统计", "statistics", "stats", "see", "Count, with the definition of every rate."),
    CommandSpec("board", "看板", "board", "board", "see", "Show at a glance where the ledger stands."),
    CommandSpec("due", "到期", "agenda", "due", "see", "Show what is overdue or falls due soon."),
    CommandSpec("milestone", "节点", "", "", "follow", "What the office itself owes by when.", _MILESTONE),
    CommandSpec(
        "compare", "对账", "reconciling", "compare", "see", "Hold another body's list against the ledger."
    ),
    CommandSpec("history", "历史", "telling", "history", "see", "Show every change of a record."),
    CommandSpec("explain", "说明", "explaining", "explain", "see", "Say why something counts as it does."),
    CommandSpec(
        "withhold",
        "不公开",
        "withholding",
        "withhold",
        "documents",
        "Keep issues or measures out of the public edition.",
    ),
    CommandSpec("publish", "公开", "publishing", "publish", "documents", "Write down what was published."),
    CommandSpec("report", "报表", "reporting", "report", "documents", "Write a report."),
    CommandSpec(
        "freeze", "定稿", "freezing", "freeze", "documents", "Keep the reports of a period as they are sent."
    ),
    CommandSpec(
        "verify", "验证", "freezing", "verify", "documents", "Prove that frozen reports are what was sent."
    ),
    CommandSpec(
        "figures",
        "核数",
        "figuring",
        "figures",
        "documents",
        "Hold the figures of a document against each other.",
    ),
    CommandSpec(
        "import",
        "导入",
        "data",
        "import_notice",
        "data",
        "Take in a notice or a list, or sheets that came back.",
    ),
    CommandSpec(
        "export", "导出", "documents", "export", "data", "Write the ledger as JSON, CSV or a workbook."
    ),
    CommandSpec("check", "检查", "checking", "check", "upkeep", "Find what does not hold in the ledger."),
    CommandSpec(
        "checkpoint",
        "校验点",
        "checkpointing",
        "checkpoint",
        "upkeep",
        "Write down how far every history goes, for somebody else to keep.",
    ),
    CommandSpec("adopt", "采纳", "upkeep", "adopt", "upkeep", "Record edits made by hand."),
    CommandSpec(
        "resolve", "合并冲突", "resolving", "resolve", "upkeep", "Put together what two copies changed."
    ),
    CommandSpec(
        "renumber", "改号", "resolving", "renumber", "upkeep", "Settle numbers that two copies gave."
    ),
    CommandSpec("restore", "恢复", "restoring", "restore", "upkeep", "Take records back from git."),
    CommandSpec("git", "版本库", "", "", "upkeep", "Keep ledgers in git.", _GIT),
    CommandSpec("reindex", "重建", "upkeep", "reindex", "upkeep", "Build the index anew."),
    CommandSpec("undo", "撤销", "upkeep", "undo", "upkeep", "Take back what one command did."),
    CommandSpec("sql", "查询", "upkeep", "sql", "upkeep", "Ask the index in SQL."),
)
