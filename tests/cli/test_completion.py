"""What a shell is offered after TAB."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from ledger.commands import CommandSpec, tree
from ledger.commands.options import Ids, Signer, Term  # noqa: TC001 - Typer reads the annotations
from ledger.usecases import completing


def close(ids: Ids, signer: Signer = None, term: Term = None) -> None:
    """Sign the next step."""


SPECS = (
    CommandSpec("claim", "认领", "fake", "close", "work", "Accept an issue as its leader."),
    CommandSpec("close", "销号", "fake", "close", "work", "Sign the next step of close-out."),
    CommandSpec("add", "立账", "fake", "close", "work", "Enter an issue."),
    CommandSpec(
        "plan", "方案", "", "", "work", "Approve, compare or show the plan.",
        tuple(
            CommandSpec(name, chinese, "fake", "close", "work", "")
            for name, chinese in (("approve", "批准"), ("diff", "对比"))
        ),
    ),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _ledger(monkeypatch):
    """A few commands, and a ledger with three issues, a unit and a person, whatever is on the disk."""
    fake = ModuleType("ledger.commands.fake")
    fake.close = close
    monkeypatch.setitem(sys.modules, fake.__name__, fake)
    monkeypatch.setattr(tree, "COMMANDS", SPECS)

    def ids(root, ledger, typed):
        yield from (("7", f"文风$(rm -rf)不实 {ledger or '-'}"), ("7.1", "修订'制度'"), ("12", ""))

    def names(root, ledger):
        yield from (("办公室", "张某"), ("王某", ""), ("a b`c", "never"))

    monkeypatch.setattr(completing, "ids", ids)
    monkeypatch.setattr(completing, "names", names)
    monkeypatch.setattr(completing, "ledgers", lambda root: [("巡察2023", "巡察整改台账")])


@pytest.fixture
def bash(run):
    def ask(line: str) -> list[str]:
        words = line.split(" ")
        env = {"_LEDGER_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
        code, out, err = run(env=env)
        assert (code, err) == (0, "")
        return out.split()

    return ask


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("ledger cl", ["claim", "close"]),
        ("ledger 立", ["立账"]),
        ("ledger plan ", ["approve", "diff"]),
        ("ledger --no", ["--no-color", "--no-input", "--no-commit"]),
        ("ledger claim --js", ["--json"]),
        ("ledger claim 7", ["7", "7.1"]),
        ("ledger 认领 1", ["12"]),
        ("ledger claim 9", []),
        ("ledger close 7 --signer ", ["办公室", "王某"]),
        ("ledger close 7 --signer 王", ["王某"]),
        ("ledger add x --term im", ["immediate"]),
        ("ledger -L ", ["巡察2023"]),
        ("ledger claim -L 巡", ["巡察2023"]),
    ],
)
def test_a_shell_is_offered_what_may_follow(bash, line, offered):
    """Names of commands, options, ids, names, codes and ledgers complete; what a shell could run is left out."""
    assert bash(line) == offered


def test_a_chinese_label_completes_in_chinese(run):
    """Labels of codes complete in the language spoken."""
    env = {"_LEDGER_COMPLETE": "complete_bash", "COMP_WORDS": "ledger add x --term 立", "COMP_CWORD": "4"}
    assert run(env=env, lang="zh").out == "立行立改\n"


def test_the_ledger_named_on_the_line_is_asked(run):
    """-L on the line being typed chooses the ledger whose ids are offered, with titles where the shell shows them."""
    env = {"_LEDGER_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args",
           "_TYPER_COMPLETE_ARGS": "ledger -L 乙 claim 7"}  # fmt: skip
    assert run(env=env).out == "7\t文风 rm -rf 不实 乙\n7.1\t修订 制度\n"


def test_zsh_is_given_nothing_to_run(run):
    """Zsh evaluates what it is offered: descriptions hold no quote, dollar, backquote or bracket."""
    env = {"_LEDGER_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "ledger claim 7"}
    out = run(env=env).out
    assert out == '_arguments \'*: :(("7":"文风 rm -rf 不实 -"\n"7.1":"修订 制度"))\'\n'


def test_a_broken_ledger_offers_nothing(bash, monkeypatch):
    """Whatever is wrong with a ledger, a shell that asks is answered with nothing, not with an error."""

    def broken(root, ledger, typed):
        raise RuntimeError

    monkeypatch.setattr(completing, "ids", broken)
    assert bash("ledger claim ") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_is_printed_for_every_shell(run, shell):
    """--show-completion prints the script of the shell named."""
    out = run.ok("--show-completion", shell)
    assert "_LEDGER_COMPLETE" in out


def test_a_wrong_shell_is_named(run):
    """A shell that cannot ask is refused with those that can."""
    code, out, err = run("--show-completion", "csh")
    assert (code, out) == (2, "")
    assert err.startswith(
        "error: --show-completion: 'csh' is not one of 'bash', 'zsh', 'fish', 'powershell', 'pwsh'"
    )
