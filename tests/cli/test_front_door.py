"""The front door, with a small table of commands behind it: how they are named, called, helped and left."""

from __future__ import annotations

import json
import sys
from types import ModuleType
from typing import Annotated

import pytest
import typer

from ledger import errors
from ledger.commands import COMMANDS, GROUPS, CommandSpec, options, tree
from ledger.commands.options import DryRun, Ids, On, Term  # noqa: TC001 - Typer reads the annotations
from ledger.domain.text import width
from ledger.ui import ask, console

SPECS = (
    CommandSpec("greet", "问候", "fake", "greet", "start", "Start a ledger."),
    CommandSpec("fail", "出错", "fake", "fail", "work", "Enter an issue."),
    CommandSpec(
        "plan", "方案", "", "", "plan", "Keep evidence.",
        (CommandSpec("show", "查看", "fake", "greet", "plan", "Show the plan, or one version of it."),),
    ),
)  # fmt: skip

#: What a failing command raises, by word.
TROUBLE = {
    "refused": errors.RefusedError("measure 7.2 is closed", "reopen it first: ledger reopen 7.2"),
    "plain": errors.NotFoundError("no issue 31"),
    "bug": RuntimeError("two\nlines"),
    "silent": AssertionError(),
    "deep": RecursionError("maximum recursion depth exceeded"),
    "memory": MemoryError(),
    "full": OSError(28, "No space left on device", "ledgers/甲/issues/0007-x.toml"),
    "rights": PermissionError(13, "Permission denied", "ledgers"),
    "odd": OSError(99, "Cannot assign requested address"),
    "ctrl-c": KeyboardInterrupt(),
    "exit": typer.Exit(10),
}


def greet(
    ids: Ids,
    text: Annotated[str, typer.Option("--text", "-t", metavar="TEXT", help="The reason.")] = "",
    on: On = None,
    term: Term = None,
    dry_run: DryRun = False,
) -> int | None:
    """Write down what was done.

    The measure becomes active
    with its first note.

    Examples:
        ledger greet 7.2 -t "spot check of forty documents, two of which nobody had signed"
        ledger greet 7.2    8.1
    """
    console.document("ledger/greet@1", {"ids": ids, "text": text, "on": on, "term": term, "dry_run": dry_run})
    return 7 if text == "seven" else None


def fail(how: str = "refused") -> None:
    """Say why not."""
    if how in TROUBLE:
        raise TROUBLE[how]
    console.say("answer: " + ask.text("What was found?", flag="--title"))


def seen() -> None:
    """Show the session."""
    session = options.session()
    console.say(repr({name: getattr(session, name) for name in session._fields}))


@pytest.fixture(autouse=True)
def _table(monkeypatch):
    fake = ModuleType("ledger.commands.fake")
    fake.greet, fake.fail, fake.seen = greet, fail, seen
    monkeypatch.setitem(sys.modules, fake.__name__, fake)
    monkeypatch.setattr(tree, "COMMANDS", SPECS)
    monkeypatch.setattr(tree, "OVERVIEW", CommandSpec("overview", "今日", "fake", "seen", "start", ""))


def test_a_command_is_called_by_either_name(run):
    """English and Chinese names call the same command, one level down too."""
    expected = (
        '{"schema": "ledger/greet@1", "ids": ["7"], "text": "", "on": null, "term": null, "dry_run": false}\n'
    )
    assert run("greet", "7") == (0, expected, "")
    assert run("问候", "7") == (0, expected, "")
    assert run("方案", "查看", "7") == (0, expected, "")


def test_what_a_command_returns_is_the_exit_code(run):
    """A command answers with its exit code; None is 0; typer.Exit works too."""
    assert run("greet", "7", "-t", "seven").code == 7
    assert run("fail", "--how", "exit") == (10, "", "")


@pytest.mark.parametrize(
    ("argv", "lang", "err"),
    [
        (("gret",), "en", "error: there is no command gret\nhint: did you mean greet? all commands: ledger --help\n"),
        (("问号",), "zh", "错误: 没有命令 问号\n提示: 全部命令：ledger --help\n"),
        (("plan", "shw"), "en", "error: there is no command shw\nhint: did you mean show? all commands: ledger plan --help\n"),
        (("plan",), "en", "error: missing command\nhint: see ledger plan --help\n"),
        (("plan",), "zh", "错误: 缺少命令\n提示: 见 ledger plan --help\n"),
        (("greet",), "en", "error: ID... is missing\nhint: see ledger greet --help\n"),
        (("greet",), "zh", "错误: 缺少 编号...\n提示: 见 ledger greet --help\n"),
        (("greet", "7", "--txt"), "en", "error: there is no option --txt\nhint: did you mean --text? see ledger greet --help\n"),
        (("greet", "7", "--txt"), "zh", "错误: 没有选项 --txt\n提示: 您是不是要用 --text？见 ledger greet --help\n"),
        (("greet", "7", "--text"), "en", "error: option '--text' requires an argument\nhint: see ledger greet --help\n"),
        (("greet", "7", "--text"), "zh", "错误: 选项 '--text' 后面缺少值\n提示: 见 ledger greet --help\n"),
        (("greet", "7", "--term", "soon"), "en",
         "error: --term: soon is none of: immediate, phased, longterm long-term\nhint: see ledger greet --help\n"),
        (("greet", "7", "--term", "soon"), "zh",
         "错误: --term：soon 不在可选值之中：immediate 立行立改, phased 限期整改, longterm 长期推进\n提示: 见 ledger greet --help\n"),
        (("--lang", "fr"), "en", "error: --lang: 'fr' is not one of 'zh', 'en'\nhint: see ledger --help\n"),
    ],
)  # fmt: skip
def test_a_wrong_command_line_is_named(run, argv, lang, err):
    """What is wrong with a command line is one message and the way to its help; exit 2."""
    assert run(*argv, lang=lang) == (2, "", err)


def test_a_date_that_does_not_exist_is_named(run):
    """A date that is not in the calendar is refused with the days there are; exit 2."""
    result = run("greet", "7", "--on", "2025-02-30")
    assert result == (2, "", "error: the date 2025-02-30 does not exist\nhint: 2025-02 has the days 1-28\n")


def test_dates_and_terms_are_taken_as_people_write_them(run):
    """A date in Chinese form and a term by its Chinese label arrive as the date and the code."""
    out = run.ok("greet", "7", "--on", "6月30日", "--term", "立行立改", "--today", "2024-01-05")
    assert (json.loads(out)["on"], json.loads(out)["term"]) == ("2024-06-30", "immediate")


@pytest.mark.parametrize(
    ("how", "code", "err"),
    [
        ("refused", 4, "error: measure 7.2 is closed\nhint: reopen it first: ledger reopen 7.2\n"),
        ("plain", 3, "error: no issue 31\n"),
        ("bug", 1, "error: unexpected RuntimeError: two lines\nhint: run it again with TAIZHANG_DEBUG=1 to see where\n"),
        ("silent", 1, "error: unexpected AssertionError\nhint: run it again with TAIZHANG_DEBUG=1 to see where\n"),
        ("deep", 1, "error: unexpected RecursionError: maximum recursion depth exceeded\n"
                    "hint: run it again with TAIZHANG_DEBUG=1 to see where\n"),
        ("memory", 1, "error: unexpected MemoryError\nhint: run it again with TAIZHANG_DEBUG=1 to see where\n"),
        ("full", 8, "error: cannot use ledgers/甲/issues/0007-x.toml: the disk is full\n"
                    "hint: make room, then run the command again; what was committed is kept\n"),
        ("rights", 8, "error: cannot use ledgers: permission denied\nhint: ask for the right to read and write there\n"),
        ("odd", 8, "error: the system refuses: Cannot assign requested address\n"
                   "hint: look at the disk and the folder, then run the command again\n"),
        ("ctrl-c", 130, "error: interrupted\n"),
    ],
)  # fmt: skip
def test_every_trouble_leaves_by_one_door(run, how, code, err):
    """Whatever happens ends as one message, one next step and its exit code, never as a traceback."""
    assert run("fail", "--how", how) == (code, "", err)


def test_errors_speak_chinese(run):
    """Where Chinese is spoken the words around a message are Chinese too."""
    assert run("fail", "--how", "bug", lang="zh").err == (
        "错误: 意外错误 RuntimeError：two lines\n提示: 设 TAIZHANG_DEBUG=1 重新执行，可看到出错位置\n"
    )
    assert run("fail", "--how", "full", lang="zh").err == (
        "错误: 无法读写 ledgers/甲/issues/0007-x.toml：磁盘已满\n提示: 请腾出空间后重新执行；已提交的内容都在\n"
    )
    assert run("fail", "--how", "ctrl-c", lang="zh").err == "错误: 已中断\n"


def test_a_traceback_is_shown_to_whoever_asks_for_it(run):
    """TAIZHANG_DEBUG=1 puts the traceback before the message, and changes nothing else."""
    result = run("fail", "--how", "bug", env={"TAIZHANG_DEBUG": "1"})
    assert (result.code, result.err.splitlines()[0]) == (1, "Traceback (most recent call last):")
    assert result.err.splitlines()[-2] == "error: unexpected RuntimeError: two lines"


@pytest.mark.parametrize(
    ("argv", "error"),
    [
        (("fail", "--json"),
         {"code": "refused", "message": "measure 7.2 is closed", "hint": "reopen it first: ledger reopen 7.2", "exit": 4}),
        (("--json", "fail", "--how", "full"),
         {"code": "storage", "message": "cannot use ledgers/甲/issues/0007-x.toml: the disk is full",
          "hint": "make room, then run the command again; what was committed is kept", "exit": 8}),
        (("--json", "nothing"), {"code": "usage", "message": "there is no command nothing", "hint": "all commands: ledger --help", "exit": 2}),
        (("greet", "--json"), {"code": "usage", "message": "ID... is missing", "hint": "see ledger greet --help", "exit": 2}),
        (("fail", "--how", "ctrl-c", "--json"), {"code": "interrupted", "message": "interrupted", "hint": "", "exit": 130}),
    ],
)  # fmt: skip
def test_errors_are_json_where_json_was_asked_for(run, argv, error):
    """Under --json, wherever it stands, an error is one JSON object on stderr and stdout is empty."""
    code, out, err = run(*argv)
    assert (code, out, json.loads(err)) == (error["exit"], "", {"error": error})


GLOBALS = ("-C", "somewhere", "-L", "甲", "--as-of", "2025-05-01", "--known-at", "abc1", "--today", "2025-06-01",
           "--by", "王某", "--json", "--plain", "--no-color", "--no-input", "-q")  # fmt: skip


def test_global_options_work_before_and_after_the_name(run, monkeypatch):
    """Every global option means the same before and after the command's name, and between two names."""
    monkeypatch.setattr(tree, "COMMANDS", (CommandSpec("seen", "看", "fake", "seen", "see", ""),))
    before, after = run.ok(*GLOBALS, "seen"), run.ok("seen", *GLOBALS)
    split = run.ok(*GLOBALS[:6], "seen", *GLOBALS[6:])
    assert (
        before
        == after
        == split
        == (
            "{'root': PosixPath('somewhere'), 'ledger': '甲', 'as_of': datetime.date(2025, 5, 1), 'known_at': 'abc1', "
            "'today': datetime.date(2025, 6, 1), 'by': '王某', 'json': True, 'plain': True, 'color': False, "
            "'interactive': False, 'quiet': True, 'commit': None, 'lang': 'en'}\n"
        ).replace("PosixPath", type(options.Path()).__name__)
    )


def test_the_later_of_two_counts(run, monkeypatch):
    """A global option given twice counts as given last."""
    monkeypatch.setattr(tree, "COMMANDS", (CommandSpec("seen", "看", "fake", "seen", "see", ""),))
    assert "'ledger': '乙'" in run.ok("-L", "甲", "seen", "-L", "乙")
    assert "'ledger': '丙'" in run.ok("-L", "甲", "seen", "--ledger=丙")


def test_the_environment_speaks_where_no_option_does(run):
    """TAIZHANG_LEDGER and TAIZHANG_ACTOR stand in for -L and --by; bare `ledger` runs the overview."""
    out = run.ok(by="赵某", env={"TAIZHANG_LEDGER": "丁"})
    assert "'ledger': '丁'" in out
    assert "'by': '赵某'" in out
    assert "'by': '钱某'" in run.ok("--by", "钱某", by="赵某")


def test_nothing_is_kept_from_one_run_to_the_next(run):
    """What one command was asked for is forgotten by the next in the same process."""
    run.ok(*GLOBALS, "--lang", "zh")
    assert (
        "'json': False, 'plain': False, 'color': True, 'interactive': True, 'quiet': False, 'commit': None, 'lang': 'en'"
        in run.ok()
    )


def test_a_question_nobody_can_answer_names_its_flag(run):
    """Without a terminal nothing is asked: the flag that answers is named, exit 2."""
    hint = "give --title; questions are asked only on a terminal and without --no-input"
    assert run("fail", "--how", "ask") == (2, "", f"error: --title is missing\nhint: {hint}\n")
    hint = "请给出 --title；只有在终端上、未用 --no-input 时才会询问"
    assert run("fail", "--how", "ask", lang="zh") == (2, "", f"错误: 缺少 --title\n提示: {hint}\n")


ENGLISH = """\
Usage: ledger greet [OPTIONS] ID...

Write down what was done.

The measure becomes active with its first note.

Examples:
  ledger greet 7.2 -t "spot check of forty documents, two of which nobody had signed"
  ledger greet 7.2    8.1

Arguments:
  ID...  Issues (7), measures (7.2), ranges (3-9, 7.1-7.3);
         - reads them from stdin.  [required]

Options:
  -t, --text TEXT  The reason.
  --on DATE        The day it happened; today when left out.
  --term TERM      immediate, phased or longterm.
  -n, --dry-run    Show what would be written, and write
                   nothing.
  -h, --help       Show this message and exit.

Options of every command, such as -L, --as-of and --json:
ledger --help
"""
CHINESE = """\
用法: ledger greet [选项] 编号...

Write down what was done.

The measure becomes active with its first note.

示例:
  ledger greet 7.2 -t "spot check of forty documents, two of which nobody had signed"
  ledger greet 7.2    8.1

参数:
  编号...  问题（7）、措施（7.2）、区间（3-9、7.1-7.3）；-
           表示从标准输入读取。  [必填]

选项:
  -t, --text 文字  理由。
  --on 日期        发生的日期；不写即今天。
  --term 类型      整改类型：立行立改、限期整改或长期推进。
  -n, --dry-run    只显示将要写入的内容，不写入。
  -h, --help       显示本帮助并退出。

各命令通用的选项（如 -L、--as-of、--json）：ledger --help
"""


@pytest.mark.parametrize(("lang", "page"), [("en", ENGLISH), ("zh", CHINESE)])
def test_help_lines_up_in_both_languages(run, lang, page):
    """Help is filled to the terminal's width, columns line up, examples are kept line by line."""
    assert run("greet", "--help", lang=lang, env={"COLUMNS": "60"}) == (0, page, "")
    assert run("greet", "-h", lang=lang, env={"COLUMNS": "60"}).out == page


ROOT = """\
开始:
  greet  问候  新建一本台账。

落实:
  fail   出错  登记一个问题。

方案:
  plan   方案  保存佐证材料。
"""


def test_help_names_commands_under_their_headings(run):
    """The program's help lists commands by heading, with Chinese names where Chinese is spoken."""
    chinese = run.ok("--help", lang="zh")
    assert chinese[chinese.index("开始:") : chinese.index("\n选项:")] == ROOT
    english = run.ok("--help")
    assert "\nStart:\n  greet  Start a ledger.\n\nWork:\n  fail   Enter an issue.\n" in english
    assert "问候" not in english


def test_the_language_of_help_does_not_depend_on_order(run):
    """--lang counts for help wherever it stands; it wins over TAIZHANG_LANG."""
    first = run.ok("--lang", "zh", "greet", "--help")
    assert first.startswith("用法: ")
    assert run.ok("greet", "--help", "--lang=zh", lang="en") == first


def test_the_version_is_shown(run):
    """--version prints the program's name and version."""
    from ledger import __version__

    assert run("--version") == (0, f"ledger {__version__}\n", "")


def test_every_row_of_the_real_table_is_in_order():
    """Names are unique on their level, Chinese names are Chinese, groups exist, rows lead somewhere."""

    def look(specs):
        names = [name for spec in specs for name in (spec.name, spec.chinese)]
        assert sorted(names) == sorted(set(names))
        for spec in specs:
            assert spec.group in GROUPS
            assert spec.name.isascii()
            assert all("一" <= character <= "鿿" for character in spec.chinese)
            assert bool(spec.module) == bool(spec.function)
            assert spec.commands or spec.module
            look(spec.commands)

    look(COMMANDS)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [20, 33, 60, 200])
def test_no_line_of_help_is_wider_than_the_terminal(run, monkeypatch, columns, lang):
    """However narrow the terminal, no line of help is wider, but for examples; never wider than 100."""
    monkeypatch.setattr(tree, "COMMANDS", COMMANDS)
    page = run.ok("--help", lang=lang, env={"COLUMNS": str(columns)})
    lines = [line for line in page.splitlines() if not line.startswith("  ledger ")]
    assert [line for line in lines if width(line) > min(columns, 100)] == []
    words = "".join(page.split())
    assert all(spec.name in words for spec in COMMANDS)
