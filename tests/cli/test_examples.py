"""Every example the help of a writing command shows can be typed as it stands, in both languages."""

from __future__ import annotations

import importlib
import inspect
import re
import shlex
from gettext import gettext
from pathlib import Path

import click
import openpyxl
import pytest

from ledger import language
from ledger.commands import COMMANDS, tree
from ledger.store.registers import SHIPPED
from ledger.ui import ask
from tests.chinese import chinese  # noqa: F401  a fixture
from tests.cli.books import files, rewrite, typed
from tests.cli.repository import git
from tools import catalogue

#: The modules whose commands write, or look after what was written.
MODULES = {
    "plan", "approving", "work", "ticking", "closing", "data", "upkeep", "start", "resolving",
    "milestones", "clues", "clueimporting", "cluelisting", "cluepage", "letters", "letterlist", "lettershow", "letterstats",
    "registers", "registerfiles", "registercounts", "lookback", "repeats", "withholding", "publishing",
    "freezing", "reporting",
}  # fmt: skip
#: What stands over the examples in a help.
HEADINGS = {"en": "Examples:", "zh": "示例:"}
NOW = "2025-07-01T09:00:00+08:00"
_MADE: dict[str, bytes] = {}

#: What has to have happened before the examples of a command make sense.
BEFORE = {
    "use": "init other",
    "claim": "assign 1-23 --leader 张某",
    "confirm": "done 5.4 --result 成\nclose 5.4\nedit 5.4 -t 改了 --why 会议要求",
    "withhold": "withhold 7 --kind secret --why 涉密 --signer 张某",
    "plan approve": "claim 1-23 --leader 张某",
    "plan diff": "claim 1-23 --leader 张某\nplan approve\nedit 7 --title 改了 --why 会议要求\nplan approve",
    "plan show": "claim 1-23 --leader 张某\nplan approve",
    "point": "point 7.2 --add 起草",
    "occur": "edit 7.2 8.1 --every 'quarter from 2025-Q1'",
    "roster": "roster 8.1 --add 'North Bank,South Bank,Mill Hill,柳河镇,桐岭镇,白沙镇'",
    "note": "longterm 5.1 --interim-goal 三成 --review-on 2025-12-31 --why 资金分三年",
    "freeze": "freeze 2025-05",
    "verify": "freeze 2025-06",
    "milestone done": "milestone done meeting --on 2025-03-20",
    "extend": "extend 7.2 --to 2025-08-31 --request --why 未到货",
    "close": "done 3.1 3.2 5.4 7.2 --result 成 --on 2025-06-01\nclose 7.2 --on 2025-06-02\nclose 7.2 --on 2025-06-02",
    "return": "done 7.2 --result 成\nclose 7.2\nclose 7.2\nclose 7.2",
    "reopen": "done 7.2 --result 成\nclose 7.2\nclose 7.2\nclose 7.2\nclose 7.2\nclose 7.2",
    "undo": "note 7.2 -t 记",
    "register edit": "register meetings add type=领导小组会 title=甲",
    "register show": "register meetings add type=推进会 title=甲",
}
_CLUES = "\n".join(f"clue add 线索{n} --channel 电话" for n in range(1, 14))
_ROUTED = f"{_CLUES}\nclue route C12 --to 督察科"
_VERIFIED = f"{_ROUTED}\nclue verify C12 --outcome 属实"
_TRANSFERRED = f"{_CLUES}\nclue transfer C12 --to 县纪委监委"
BEFORE |= {
    "clue route": _CLUES,
    "clue verify": _ROUTED,
    "clue transfer": _CLUES,
    "clue receipt": _TRANSFERRED,
    "clue result": _TRANSFERRED,
    "clue conclude": _VERIFIED,
    "clue issue": _VERIFIED,
    "clue feedback": _VERIFIED,
    "clue show": _CLUES,
}
_DRAFTED = "\n".join(["letter draft 7.2 --rung 督办函 --to 综合科"] * 3)
_SENT = f"{_DRAFTED}\nletter sign L3"
BEFORE |= {
    "letter draft": "assign 7.2 19.1 --unit 综合科 --due 2025-06-01",
    "letter edit": _DRAFTED,
    "letter show": _DRAFTED,
    "letter sign": _DRAFTED,
    "letter receipt": _SENT,
    "letter reply": f"{_SENT}\nletter reply L3 -t 收悉",
    "letter withdraw": _SENT,
}
BEFORE["report"] = f"claim 1-23 --leader 张某\nplan approve\ndone 7.1 7.2 --result 成\n{_DRAFTED}"
_CLOSING = "\n".join(["close 3.1 4.1 5.1 6.1 7.2 9.1 12.1 --on 2025-06-02"] * 5)
_CLOSED = f"""\
assign 3-6 --unit "General Office"
assign 7-12 --unit 综合科
done 3.1 4.1 5.1 6.1 7.2 9.1 12.1 --result 成 --on 2025-06-01
{_CLOSING}"""
_PLANNED = f"{_CLOSED}\nlookback plan --seed x"
_SAMPLED = f"{_PLANNED}\nlookback sample R2025-1 --all"
BEFORE |= {
    "lookback plan": _CLOSED,
    "lookback sample": _PLANNED,
    "lookback record": _SAMPLED,
    "lookback finish": f"{_SAMPLED}\nlookback record R2025-1 3-7 9 12 --outcome partial",
    "lookback show": _SAMPLED,
}
#: Commands of a ledger whose plan is approved, or still a draft.
PLANNED = {"plan approve", "plan diff", "plan show", "move"}


def examples() -> list[tuple[str, str, str]]:
    """Language, command and example of every help."""
    found = []
    for spec in COMMANDS:
        for each in spec.commands or (spec,):
            if each.module not in MODULES or each.function == "demo":
                continue
            name = f"{spec.name} {each.name}" if spec.commands else spec.name
            function = getattr(importlib.import_module(f"ledger.commands.{each.module}"), each.function)
            for spoken, heading in HEADINGS.items():
                with language.speaking(spoken):
                    text = gettext(inspect.cleandoc(function.__doc__))
                lines = text.partition(f"\n{heading}\n")[2].splitlines()
                found += [(spoken, name, line.strip()) for line in lines if line.strip()]
    return found


def made(run) -> None:
    """A ledger of 23 issues: the first without measures, the others with four; as many files as the examples name."""
    if not _MADE:
        lines = [
            f"{n}.关于“第{n}个问题”的问题\n整改情况:一是甲{n};二是乙{n};三是丙{n};四是丁{n}。"
            for n in range(1, 23)
        ]
        Path("list.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        typed(
            run,
            "init 2025 --preset five-level --inspection inspection\nadd 首个问题\nimport list.txt --yes",
            now=NOW,
        )
        _MADE.update(files())
    for name, data in _MADE.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(data)
    for name in (
        "minutes.pdf",
        "会议纪要.pdf",
        "notice.docx",
        "通报.docx",
        "answer.pdf",
        "回复.pdf",
        "evidence-folder/7.2 a.txt",
        "佐证材料/7.2 a.txt",
    ):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(name, encoding="utf-8")
    for name in ("towns.txt", "名单.txt"):
        Path(name).write_text("河口镇\n石桥镇\n", encoding="utf-8")
    for name in ("clues.csv", "线索清单.csv"):
        Path(name).write_text("线索,渠道,收到日期\n井盖丢失,来访,2025-06-02\n", encoding="utf-8")
    for name, heading in (("clues.xlsx", "Came in by"), ("线索清单.xlsx", "受理途径")):
        book = openpyxl.Workbook()
        for row in (("线索", heading, "收到日期"), ("井盖丢失", "visit", "2025-06-02")):
            book.active.append(row)
        book.save(name)
    for name, text in (
        ("regulations.csv", "issued on,change,title\n2025-06-01,new,Archives\n"),
        ("制度清单.csv", "印发日期,类别,制度名称\n2025-06-01,新建,档案管理\n"),
        ("visits.csv", "on,way,where\n2025-06-01,inspection,Office\n"),
        ("督查.csv", "日期,方式,去向\n2025-06-01,专项督查,办公室\n"),
    ):
        Path(name).write_text(text, encoding="utf-8")
    for name in ("notice.txt", "通报.txt"):
        Path(name).write_text(
            "1.关于“会议过多”的问题\n整改情况:一是合并例会;二是压缩会期。\n", encoding="utf-8"
        )


@pytest.mark.parametrize(("spoken", "name", "example"), examples())
def test_an_example_runs(run, monkeypatch, chinese, spoken, name, example):  # noqa: F811
    """What the help shows ends with 0."""
    if name != "init":
        made(run)
        if name not in PLANNED:
            rewrite(Path("ledgers/2025/ledger.toml"), "required = true", "required = false")
        if "--request" not in example:
            typed(run, BEFORE.get(name, ""), now=NOW, env={"TAIZHANG_LEDGER": "2025"})
    if name == "resolve":
        git("init", "-q")
    monkeypatch.setattr(ask, "possible", lambda: "--edit" in example)
    here = {} if name == "use" else {"TAIZHANG_LEDGER": "2025", "EDITOR": "true"}
    program, *argv = shlex.split(example)
    result = run(*argv, now=NOW, lang=spoken, env=here)
    assert (program, result.code) == ("ledger", 0), result


def test_every_help_has_examples(chinese):  # noqa: F811
    """Every command shows at least one example, in both languages."""
    found = {(spoken, name) for spoken, name, _example in examples()}
    assert {name for spoken, name in found if spoken == "en"} == {
        name for spoken, name in found if spoken == "zh"
    }
    assert len({name for _spoken, name in found}) == 79


def options_of(name: str) -> set[str]:
    """Every option a command takes, by its full name."""
    command, context = tree.root(), click.Context(tree.root())
    for word in name.split():
        command = command.get_command(context, word)
        context = click.Context(command, parent=context, info_name=word)
    return {option for each in command.params for option in (*each.opts, *each.secondary_opts)}


def test_what_a_message_tells_to_type_exists():
    """A command that a message or a help names has the options it names; none is made up."""
    groups = {spec.name for spec in COMMANDS if spec.commands}
    names = {spec.name for spec in COMMANDS}
    wrong, looked = [], 0
    for message in catalogue.in_modules():
        for found in re.finditer(r"\bledger ([a-z]+)(?: ([a-z]+))?([^;\n]*)", message.text):
            if found[1] not in names:
                continue
            name = f"{found[1]} {found[2]}" if found[1] in groups else found[1]
            if found[1] == "register":  # one of the registers stands between the two words
                verbs = {each.name for spec in COMMANDS for each in spec.commands if spec.name == found[1]}
                kind = found[2] if found[2] in SHIPPED else "meetings"
                name = " ".join(["register", kind, *verbs.intersection(found[0].split()[2:4])])
            typed_options = re.findall(r"(?<!\S)--?[a-z][a-z-]*", found[3])
            wrong += [(found[0], each) for each in typed_options if each not in options_of(name) | {"--json"}]
            looked += 1
    assert (wrong, looked > 80) == ([], True)
