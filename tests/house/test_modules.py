"""The rules of the house that are about single modules, read from their text."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ledger import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "ledger").rglob("*.py"))
#: The longest module, and the longest first line of a docstring.
LINES, COLUMNS = 400, 110
#: Who may look at the clock: the commands' one place; and those whose times date no entry (since when a lock is
#: held, the order of half-done transactions, the part of a uid that orders what was made in one second).
CLOCKS = {
    "ledger/commands/options.py",
    "ledger/store/index.py",
    "ledger/store/lock.py",
    "ledger/store/transaction.py",
    "ledger/usecases/change.py",
}

Public = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


every_module = pytest.mark.parametrize("path", MODULES, ids=named)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def public(module: ast.Module) -> Iterator[tuple[str, Public]]:
    """Public functions and classes of a module, and the public methods of its public classes."""
    for node in module.body:
        if not isinstance(node, Public) or node.name.startswith("_"):
            continue
        yield node.name, node
        for inner in node.body if isinstance(node, ast.ClassDef) else ():
            if isinstance(inner, Public) and not inner.name.startswith("_"):
                yield f"{node.name}.{inner.name}", inner


@every_module
def test_no_module_is_long(path):
    """A module is at most 400 lines."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES


@every_module
def test_every_module_says_what_lives_in_it(path):
    """A module has a docstring."""
    assert ast.get_docstring(tree(path))


@every_module
def test_every_public_name_says_what_it_is_for(path):
    """A public name has a docstring; its first line is a sentence of at most 110 characters."""
    wrong = []
    for name, node in public(tree(path)):
        first = (ast.get_docstring(node) or "").split("\n")[0]
        if not first.endswith((".", "?", "。")) or len(first) > COLUMNS:
            wrong.append((name, first))
    assert wrong == []


@every_module
def test_every_error_a_docstring_promises_exists(path):
    """`Raises:` names only errors of ledger.errors."""
    wrong = []
    for name, node in public(tree(path)):
        section = re.search(r"^Raises:\n((?: .*\n?)+)", ast.get_docstring(node) or "", flags=re.MULTILINE)
        for error in re.findall(r"^ {4}(\w+):", section[1], flags=re.MULTILINE) if section else ():
            if not hasattr(errors, error):
                wrong.append((name, error))
    assert wrong == []


@every_module
def test_only_the_screen_prints(path):
    """`print` and writing to sys.stdout or sys.stderr happen in ledger/ui alone."""
    if path.parent.name == "ui":
        return
    calls = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id == "print")
            or ast.unparse(node.func).startswith(
                ("sys.stdout.write", "sys.stderr.write", "typer.echo", "click.echo")
            )
        )
    ]
    assert calls == []


def test_every_error_has_its_own_exit_code():
    """No two errors end a command with the same code; the codes are those of the contract."""
    kinds = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.LedgerError)
    ]
    families = [kind for kind in kinds if kind.__base__ in (Exception, errors.LedgerError)]
    assert sorted(kind.exit_code for kind in families) == list(range(1, 10))
    assert len({kind.code for kind in kinds}) == len(kinds)


def test_the_clock_is_looked_at_in_one_place():
    """Only ledger/commands/options.py asks what time it is; the store may, where no entry is dated by it."""
    pattern = re.compile(r"\b(?:datetime|date)\.(?:now|today|utcnow)\(|\btime\.time(?:_ns)?\(")
    found = [named(path) for path in MODULES if pattern.search(path.read_text(encoding="utf-8"))]
    assert set(found) <= CLOCKS


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("test_*.py")), ids=named)
def test_every_test_states_its_rule(path):
    """A test's docstring says which rule it guards."""
    silent = [
        node.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_every_decision_that_is_cited_was_taken():
    """A decision named in the code stands in DECISIONS.md, and each number there once, in order."""
    taken = re.findall(
        r"^\*\*(D-[0-9]+) ", (ROOT / "DECISIONS.md").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert taken == [f"D-{number:02}" for number in sorted({int(each[2:]) for each in taken})]
    cited = {
        hit for path in MODULES for hit in re.findall(r"\bD-[0-9]{2,3}\b", path.read_text(encoding="utf-8"))
    }
    assert sorted(cited - set(taken)) == []
