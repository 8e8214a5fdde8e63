"""`status:active,closing unit:办公室 due<2026-03-01 整改` as conditions, and what they mean."""

from __future__ import annotations

import datetime as dt
import operator
import re
from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from ledger.domain.moves import Status
from ledger.domain.schema import KINDS, TERMS
from ledger.domain.text import excerpt, fold, halfwidth, one_line
from ledger.domain.withheld import KINDS as WITHHELD
from ledger.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ledger.domain.workdays import IsWorkday

Kind: TypeAlias = Literal["text", "code", "date", "int", "flag"]
Value: TypeAlias = str | int | bool | dt.date
Op: TypeAlias = Literal["is", "<", "<=", ">", ">=", "has"]

#: What can be asked about a row, and what kind of value each takes.
FIELDS: Mapping[str, Kind] = MappingProxyType(
    {
        "number": "int", "title": "text", "category": "text", "unit": "text", "co_units": "text",
        "leader": "text", "owner": "text", "criterion": "text", "term": "code", "continuing": "flag",
        "status": "code", "due": "date", "review_on": "date", "flags": "code", "light": "code",
        "overdue": "flag", "kind": "code", "claimed_by": "text", "deliverable": "text", "result": "text",
        "interim_goal": "text", "due_text": "text", "remark": "text", "due_original": "date",
        "closed_on": "date", "next_step": "code", "requested": "code", "suspect": "flag", "withheld": "code",
    }
)  # fmt: skip
#: The codes of the fields whose codes are not the office's own.
CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"status": tuple(map(str, Status)), "term": TERMS, "kind": KINDS, "withheld": WITHHELD}
)
#: The name of a condition on every text of a row at once.
ANYWHERE = "text"

#: Most words, or conditions, of one question. Source: SQLite takes 1,000 conditions joined by AND, ours less.
MOST_WORDS = 100

_ALIASES = MappingProxyType({"flag": "flags", "id": "number", "review": "review_on"})
_YES = frozenset({"yes", "true", "1", "y", "是"})
_NO = frozenset({"no", "false", "0", "n", "否"})
_WORD = re.compile(r"(?P<name>[^\W\d]\w*)(?P<op>:|<=|>=|<|>|=)(?P<value>.*)")
_ORDERED: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
)
#: Names of a row that nobody reads.
_UNREAD = frozenset({"uid", "head"})


class Condition(NamedTuple):
    """One thing a row must be.

    Shape: `op` "is" means any one of `values`; the ordered ones have one value, of a date or an
        int field; "has" is free text, with the field `text`. Texts match where they occur, width,
        case and blanks apart; codes match whole.
    """

    field: str
    op: Op
    values: tuple[Value, ...]


#: Every one of which a row must meet.
Filter: TypeAlias = tuple[Condition, ...]


def parse_filter(
    words: Sequence[str],
    *,
    today: dt.date | None = None,
    is_workday: IsWorkday | None = None,
    names: Mapping[str, str] = MappingProxyType({}),
    labels: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> Filter:
    """What somebody asked for, one condition a word, in their order.

    Shape: dates count from `today`, working days as `is_workday` has them; `names` are other words for fields
        (状态 for status), `labels` by field other words for codes (已销号 for closed). A word that begins
        with no field's name is free text.

    Raises:
        UsageError: no such field or code, a value of the wrong kind, or more words than anybody asks for.
        RejectedInputError: a value holds what no stored text holds.
    """
    few(words)

    def day(typed: str) -> dt.date:
        from ledger.domain.dates import parse_date

        return parse_date(typed, today=today, is_workday=is_workday)

    return tuple(_condition(one_line(word), day, names, labels) for word in words if word.strip())


def few(words: Sequence[str]) -> None:
    """Refuse more words than anybody looks for at once.

    Raises:
        UsageError: there are more.
    """
    if len(words) > MOST_WORDS:
        message = _("{count} words are looked for at once; {most} may be")
        raise UsageError(message.format(count=len(words), most=MOST_WORDS), hint=_("look for fewer of them"))


def _condition(
    word: str,
    day: Callable[[str], dt.date],
    names: Mapping[str, str],
    labels: Mapping[str, Mapping[str, str]],
) -> Condition:
    found = _WORD.match(halfwidth(word))
    if not found:
        return Condition(ANYWHERE, "has", (word,))
    typed = found["name"]
    name = names.get(typed) or _ALIASES.get(typed.lower(), typed.lower())
    if name not in FIELDS:
        if not typed.isascii():  # 关于：… is text to look for, not a field
            return Condition(ANYWHERE, "has", (word,))
        raise _unknown(_("there is no field {name}").format(name=excerpt(typed)), name, (*FIELDS, *names))
    values = word[found.start("value") :]
    parts = [part.strip() for part in re.split("[,，、]", values) if part.strip()]
    if not parts:
        message = _("nothing stands after {name}").format(name=excerpt(word[: found.start("value")]))
        raise UsageError(message, hint=_("write for instance status:active or due<2026-03-01"))
    read = [_value(name, part, day, labels.get(name, {})) for part in parts]
    return Condition(name, _op(name, found["op"], read), tuple(dict.fromkeys(read)))


def _op(name: str, mark: str, values: Sequence[Value]) -> Op:
    if mark in {":", "="}:
        return "is"
    if FIELDS[name] not in {"date", "int"}:
        message = _("{name} has no order, so {mark} says nothing about it").format(name=name, mark=mark)
        raise UsageError(message, hint=_("write {name}:VALUE").format(name=name))
    if len(values) > 1:
        message = _("{name}{mark} takes one value").format(name=name, mark=mark)
        raise UsageError(message, hint=_("give two conditions, for instance due>=2026-01-01 due<2026-03-01"))
    ordered: dict[str, Op] = {"<": "<", "<=": "<=", ">": ">", ">=": ">="}
    return ordered[mark]


def _value(name: str, part: str, day: Callable[[str], dt.date], labels: Mapping[str, str]) -> Value:
    match FIELDS[name]:
        case "date":
            return day(part)
        case "int":
            return _int(name, halfwidth(part))
        case "flag":
            return _flag(name, part)
        case "code":
            return _code(name, part, labels)
        case _:
            return part


def _int(name: str, part: str) -> int:
    if re.fullmatch("[0-9]{1,9}", part):
        return int(part)
    message = _("{name} takes a number, not {word}").format(name=name, word=excerpt(part))
    raise UsageError(message, hint=_("write for instance number:7 or number<=20"))


def _flag(name: str, part: str) -> bool:
    typed = fold(part)
    if typed in _YES or typed in _NO:
        return typed in _YES
    message = _("{name} takes yes or no, not {word}").format(name=name, word=excerpt(part))
    raise UsageError(message, hint=_("write {name}:yes or {name}:no").format(name=name))


def _code(name: str, part: str, labels: Mapping[str, str]) -> str:
    by_label = {fold(label): code for label, code in labels.items()}
    typed = halfwidth(part).lower()
    code = by_label.get(fold(part), typed)
    if name in CODES and code not in CODES[name]:
        message = _("there is no {name} {word}").format(name=name, word=excerpt(part))
        raise _unknown(message, typed, CODES[name])
    return code


def _unknown(message: str, typed: str, known: Iterable[str]) -> UsageError:
    from difflib import get_close_matches

    choices = tuple(known)
    near = get_close_matches(typed, choices, n=3)
    hint = _("did you mean {names}?") if near else _("there are: {names}")
    return UsageError(message, hint=hint.format(names=", ".join(near or choices)))


def matches(conditions: Filter, row: Mapping[str, Any]) -> bool:
    """Whether a row meets every condition.

    Shape: `row` holds values by field name, lists for `co_units` and `flags`; what is absent or
        None meets no condition but a flag's "no". Free text looks into every text of the
        row and every list of texts, codes apart.
    """
    return all(_meets(condition, row) for condition in conditions)


def _meets(condition: Condition, row: Mapping[str, Any]) -> bool:
    if condition.op == "has":
        readable = (row[name] for name in row if FIELDS.get(name, "text") == "text" and name not in _UNREAD)
        return any(_occurs(condition.values, value) for value in readable)
    kind = FIELDS[condition.field]
    value = row.get(condition.field)
    if kind == "flag":
        return bool(value) in condition.values
    if value is None:
        return False
    if kind == "text":
        return _occurs(condition.values, value)
    if condition.op == "is":
        return any(each in condition.values for each in _each(value))
    return _ORDERED[condition.op](value, condition.values[0])


def _occurs(wanted: Iterable[Value], value: object) -> bool:
    texts = [fold(each) for each in _each(value) if isinstance(each, str)]
    return any(fold(str(word)) in text for word in wanted for text in texts)


def _each(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else (value,)
