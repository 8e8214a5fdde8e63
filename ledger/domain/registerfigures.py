"""How the figures of a register are counted, each as its declaration says (口径)."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain import amounts
from ledger.domain.declaration import GROUP, FieldType, Figure, Label
from ledger.domain.rates import percent
from ledger.domain.registerfilters import meets
from ledger.domain.stretch import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from decimal import Decimal

    from ledger.domain.declaration import Declaration
    from ledger.domain.entered import Entered
    from ledger.domain.registerfilters import Asked
    from ledger.domain.stretch import Stretch

#: What is counted where nothing is declared.
RECORDS = Figure(
    "records",
    Label("登记", "records"),
    Label("登记的条数，不含作废", "Records that are not void"),
    unit=Label("条", ""),
)


class Units(NamedTuple):
    """What people.toml says of units: the group of each, and the units of each group."""

    group_of: Callable[[str], str]
    groups: Mapping[str, Sequence[str]]


class Part(NamedTuple):
    """One row of a figure: what it is of, and how much.

    Shape: `keys` are the values of the fields it is counted by, empty where a record says nothing; `value`
        is a whole number, or for money an amount as it is kept. Of a coverage `expected` says of how many,
        `missing` which are not there.
    """

    keys: tuple[str, ...]
    value: int | str
    expected: int | None = None
    missing: tuple[str, ...] = ()

    @property
    def percent(self) -> Decimal | None:
        """How many of a hundred that were expected are there; None where nothing was expected."""
        return None if self.expected is None else percent(int(self.value), self.expected)


class Counted(NamedTuple):
    """A figure as it was counted.

    Shape: `by` are the names of what the parts are of; of a coverage the group stands last. `total` is None
        where parts cannot be put together. `beyond` are values that a coverage met and nobody expected.
    """

    figure: Figure
    by: tuple[str, ...]
    parts: tuple[Part, ...]
    total: Part | None
    records: int
    money: str = ""
    beyond: tuple[str, ...] = ()


class Question(NamedTuple):
    """What is asked of the figures: which records count, in which stretch of time, by which fields."""

    conditions: tuple[Asked, ...] = ()
    stretch: Stretch = ALWAYS
    by: tuple[str, ...] = ()


def counted(
    declaration: Declaration, figure: Figure, records: Iterable[Entered], question: Question, units: Units
) -> Counted:
    """One figure over the records of its register; void ones count nowhere.

    Source: docs/contract.md §6.
    """
    chosen = [each for each in records if _counts(each, figure, question, units)]
    if figure.of == "coverage":
        return _covered(figure, chosen, question, units)
    by = question.by or figure.by
    value = _value_of(declaration, figure)
    groups: dict[tuple[str, ...], list[Entered]] = {}
    for each in chosen:
        for key in _keys(each, by, units):
            groups.setdefault(key, []).append(each)
    order = [_order(declaration, name) for name in by]
    keys = sorted(groups, key=lambda found: tuple(rank(key) for rank, key in zip(order, found, strict=True)))
    money = declaration.fields[figure.fields[0]] if figure.of == "sum" else None
    return Counted(
        figure=figure,
        by=by,
        parts=tuple(Part(key, value(groups[key])) for key in keys) if by else (),
        total=Part((), value(chosen)),
        records=len(chosen),
        money=money.unit if money is not None and money.type is FieldType.MONEY else "",
    )


def _counts(record: Entered, figure: Figure, question: Question, units: Units) -> bool:
    if record.void:
        return False
    if any(_said(record, name, units) not in values for name, values in figure.where.items()):
        return False
    day = record.day(figure.date)
    dated = question.stretch.holds(day) if question.stretch is not ALWAYS else True
    needed = figure.date == "on" or day is not None
    return dated and needed and meets(record, question.conditions, units.group_of)


def _said(record: Entered, name: str, units: Units) -> str:
    """What a record says in a field, as the text it is grouped by."""
    value = record.values.get(name.removesuffix(GROUP))
    if name.endswith(GROUP):
        return units.group_of(str(value or ""))
    if name == "on":
        return record.on.isoformat() if record.on else ""
    return _text(value)


def _text(value: Any) -> str:  # noqa: ANN401 - whatever a record keeps
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(value) if isinstance(value, list) else str(value)


def _keys(record: Entered, by: Sequence[str], units: Units) -> Iterable[tuple[str, ...]]:
    """What a record is counted under: of a list, or of links, under each member."""
    lists = (record.values.get(name) for name in by)
    said = (_said(record, name, units) for name in by)
    members = [each if isinstance(each, list) else [one] for each, one in zip(lists, said, strict=True)]
    return product(*(each or [""] for each in members))


def _order(declaration: Declaration, name: str) -> Callable[[str], tuple[int, str]]:
    """How the values of a field follow each other: as its vocabulary has them, by size, or by letter."""
    codes = list(declaration.fields[name.removesuffix(GROUP)].codes)

    def rank(key: str) -> tuple[int, str]:
        if key in codes:
            return codes.index(key), ""
        if key.isdecimal() and len(key) <= len("999999999999"):
            return int(key), ""
        return (len(codes) if key else len(codes) + 1), key

    return rank


def _value_of(declaration: Declaration, figure: Figure) -> Callable[[Sequence[Entered]], int | str]:
    if figure.of == "records":
        return len
    if figure.of == "distinct":
        return lambda some: len({tuple(_text(each.values.get(n)) for n in figure.fields) for each in some})
    field = declaration.fields[figure.fields[0]]
    if field.type is FieldType.MONEY:
        return lambda some: amounts.total(
            [each.values[field.name] for each in some if _is_money(each, field.name)]
        )
    return lambda some: sum(v for each in some if type(v := each.values.get(field.name)) is int)


def _is_money(record: Entered, name: str) -> bool:
    return amounts.is_kept(record.values.get(name))


def _covered(figure: Figure, chosen: Sequence[Entered], question: Question, units: Units) -> Counted:
    """Which of the expected units occur, for every combination of the values it is counted by."""
    expected = figure.expected or units.groups
    there: dict[tuple[str, ...], set[str]] = {}
    for each in chosen:
        for keys in _keys(each, figure.by, units):
            there.setdefault(keys, set()).add(_text(each.values.get(figure.fields[0])))
    for keys in _asked_for(figure, question):
        there.setdefault(keys, set())
    groups = _groups_asked(figure, question, tuple(expected))
    parts = []
    for keys in sorted(there):
        for group in groups:
            names = expected[group]
            missing = tuple(name for name in names if name not in there[keys])
            parts.append(Part((*keys, group), len(names) - len(missing), len(names), missing))
    known = {name for names in expected.values() for name in names}
    beyond = sorted(set().union(*there.values()) - known - {""}) if there else []
    return Counted(
        figure=figure,
        by=(*figure.by, figure.fields[0] + GROUP),
        parts=tuple(parts),
        total=_together(parts) if len(there) == 1 else None,
        records=len(chosen),
        beyond=tuple(beyond),
    )


def _together(parts: Sequence[Part]) -> Part:
    covered, wanted = sum(int(each.value) for each in parts), sum(each.expected or 0 for each in parts)
    return Part((), covered, wanted, tuple(name for each in parts for name in each.missing))


def _asked_for(figure: Figure, question: Question) -> Iterable[tuple[str, ...]]:
    """The combinations that were asked for by name, so that one nobody answered is told as such."""
    fixed = {
        each.field: [_text(value) for value in each.values]
        for each in question.conditions
        if each.op == "=" and not each.group
    }
    return product(*(fixed[name] for name in figure.by)) if set(figure.by) <= set(fixed) else ()


def _groups_asked(figure: Figure, question: Question, groups: tuple[str, ...]) -> tuple[str, ...]:
    wanted = [each.values for each in question.conditions if each.group and each.field == figure.fields[0]]
    return tuple(group for group in groups if all(group in values for values in wanted))
