"""The guards of a source, and what stands there when one of them is flipped.

A guard is what decides: the condition of an if, a while, an assert, a filter; each operand of and/or; a
comparison (at its boundary, equal or not, in or not in); a not; any/all; `return True`; a case; a raise under
an except. A call whose answer nobody takes may be one: it is there to refuse, or to make sure.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

#: What a comparison becomes.
OTHER: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip
#: Comparisons that are flipped even where their condition as a whole is.
BOUNDARIES = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


class Flip(NamedTuple):
    """One guard and what is written in its place.

    Shape: `where` is the function, `lines` those the guard stands on; `start` and `end` count bytes.
    """

    where: str
    guard: str
    flip: str
    lines: range
    start: int
    end: int

    def in_place(self, source: bytes) -> bytes:
        """The source with this guard flipped."""
        return source[: self.start] + self.flip.encode() + source[self.end :]


def flips_of(source: str, *, calls: bool = False) -> list[Flip]:
    """Every guard of a module, with each of its flips; with `calls` only calls whose answer nobody takes."""
    finder = _Calls(source) if calls else _Finder(source)
    finder.visit(ast.parse(source))
    return finder.flips


class _Finder(ast.NodeVisitor):
    """Gathers the flips of one source."""

    def __init__(self, source: str) -> None:
        self.source = source.encode()
        self.begins = [0]
        for line in self.source.splitlines(keepends=True):
            self.begins.append(self.begins[-1] + len(line))
        self.names: list[str] = []
        self.decided: set[ast.expr] = set()
        self.flips: list[Flip] = []

    def generic_visit(self, node: ast.AST) -> None:
        """Flip what decides here, then look inside."""
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                return
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                self.names.append(name)
                super().generic_visit(node)
                self.names.pop()
                return
            case ast.expr():
                self._flip_expression(node)
            case ast.stmt():
                self._flip_statement(node)
            case _:
                self._flip_clause(node)
        super().generic_visit(node)

    def _flip_expression(self, node: ast.expr) -> None:
        match node:
            case ast.IfExp(test=test):
                self._decides(test)
            case ast.BoolOp(op=operator, values=values):
                word = " and " if isinstance(operator, ast.And) else " or "
                for dropped in values:
                    if not _names_something(dropped):
                        rest = word.join(self._text(each) for each in values if each is not dropped)
                        self._flip(node, f"({rest})")
            case ast.Compare(left=left, ops=[operator], comparators=[right]):
                if node not in self.decided or isinstance(operator, BOUNDARIES):
                    self._flip(node, f"({self._text(left)} {OTHER[type(operator)]} {self._text(right)})")
            case ast.UnaryOp(op=ast.Not(), operand=operand) if node not in self.decided:
                self._flip(node, f"({self._text(operand)})")
            case ast.Name(id="any" | "all" as name):
                self._flip(node, "all" if name == "any" else "any")

    def _flip_statement(self, node: ast.stmt) -> None:
        match node:
            case ast.If(test=test):
                self._decides(test)
            case ast.While(test=test):
                self._decides(test, ["False"])
            case ast.Assert(test=test):
                self._flip(test, f"not ({self._text(test)})")
            case ast.Return(value=ast.Constant(value=bool() as value)):
                self._flip(node, f"return {not value}")

    def _flip_clause(self, node: ast.AST) -> None:
        match node:
            case ast.comprehension(ifs=filters):
                for each in filters:
                    self._decides(each)
            case ast.ExceptHandler(body=[ast.Raise() as only]):
                self._flip(only, "pass")
            case ast.match_case(pattern=pattern, guard=guard):
                if isinstance(pattern, ast.MatchValue):
                    self._flip(pattern, '"never"')
                if guard is not None:
                    self._decides(guard)

    def _decides(self, test: ast.expr, values: Sequence[str] = ("True", "False")) -> None:
        """A condition that is as if it always held, or never did; a name it gives is still given."""
        self.decided.add(test)
        for value in values:
            word = "or" if value == "True" else "and"
            self._flip(test, f"(({self._text(test)}) {word} {value})" if _names_something(test) else value)

    def _flip(self, node: ast.expr | ast.stmt | ast.pattern, new: str) -> None:
        start, end = self._span(node)
        lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        where, guard = ".".join(self.names), " ".join(self._text(node).split())
        self.flips.append(Flip(where, guard, " ".join(new.split()), lines, start, end))

    def _text(self, node: ast.expr | ast.stmt | ast.pattern) -> str:
        start, end = self._span(node)
        return self.source[start:end].decode()

    def _span(self, node: ast.expr | ast.stmt | ast.pattern) -> tuple[int, int]:
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or 0
        return self.begins[node.lineno - 1] + node.col_offset, self.begins[end_line - 1] + end_column


class _Calls(_Finder):
    """Gathers the calls whose answer nobody takes."""

    def _flip_expression(self, node: ast.expr) -> None:
        pass

    def _flip_clause(self, node: ast.AST) -> None:
        pass

    def _flip_statement(self, node: ast.stmt) -> None:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            self._flip(node, "pass")


def _names_something(test: ast.expr) -> bool:
    """Whether a condition also gives a name, which its flip must still give."""
    return any(isinstance(each, ast.NamedExpr) for each in ast.walk(test))
