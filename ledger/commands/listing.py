"""Lists of issues, or of measures, that meet conditions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from gettext import gettext as _
from typing import Annotated, Any

import typer

from ledger import language
from ledger.commands import looking, options, rowcells
from ledger.commands.options import Category, Columns, Flags, Leader, Limit, Owner, Term, Unit
from ledger.domain.filters import FIELDS, Condition, parse_filter
from ledger.domain.moves import Status
from ledger.errors import UsageError
from ledger.store import lists
from ledger.store.calendar import workdays_of
from ledger.store.conditions import Of
from ledger.store.indexfile import Index
from ledger.store.listed import Day, MeasureRow, Row
from ledger.store.lists import Shown
from ledger.ui import console, labels
from ledger.ui.console import Column
from ledger.usecases.naming import by_every_name
from ledger.usecases.sight import Sight, ask

#: Columns of a list when none are named.
ISSUES = ("id", "title", "unit", "leader", "due", "light", "status", "measures")
MEASURES = ("id", "text", "unit", "leader", "due", "light", "status")
#: Columns that are never wrapped on a terminal.
_WHOLE = frozenset(
    {"id", "due", "due_original", "review_on", "light", "measures", "overdue_days", "uid", "signed", "steps"}
)
#: What is open: everything but what is closed or void.
_OPEN = tuple(str(status) for status in Status if status not in (Status.CLOSED, Status.VOID))
_COUNTED = tuple(str(status) for status in Status if status is not Status.VOID)
#: Shorter words for fields than their labels.
_SHORT = {
    "单位": "unit",
    "领导": "leader",
    "类别": "category",
    "类型": "term",
    "期限": "due",
    "逾期": "overdue",
}
#: A word that can stand before a condition's sign.
_TYPED = re.compile(r"\w+")
#: What finds issues or measures, one by one.
_Finder = Callable[[Index, Sequence[Condition], Day, Shown], Iterator[Row | MeasureRow]]
#: Columns that are known by another name in the index.
_STORED = {"id": "number", "overdue_days": "overdue"}


def list_issues(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILTER...", help='Words to find, or conditions: status:active "due<2026-03-01".',
            show_default=False,
        ),
    ] = None,
    status: Annotated[
        list[str] | None,
        typer.Option(
            "--status", metavar="STATUS", click_type=options.code("status"),
            help="Where it stands; may be repeated.",
        ),
    ] = None,
    unit: Unit = None,
    leader: Leader = None,
    owner: Owner = None,
    category: Category = None,
    term: Term = None,
    light: Annotated[
        list[str] | None,
        typer.Option(
            "--light", metavar="LIGHT", click_type=options.LIGHT,
            help="red, yellow, green ...; may be repeated.",
        ),
    ] = None,
    flags: Flags = None,
    late: Annotated[bool, typer.Option("--overdue", help="Only what is overdue.")] = False,
    still_open: Annotated[bool, typer.Option("--open", help="Only what is neither closed nor void.")] = False,
    suspect: Annotated[
        bool, typer.Option("--suspect", help="Only what was changed after somebody signed it.")
    ] = False,
    due_before: Annotated[
        dt.date | None,
        typer.Option("--due-before", metavar="DATE", click_type=options.DAY, help="Due before this day."),
    ] = None,
    due_after: Annotated[
        dt.date | None,
        typer.Option("--due-after", metavar="DATE", click_type=options.DAY, help="Due after this day."),
    ] = None,
    measures: Annotated[bool, typer.Option("--measures", help="List measures, not issues.")] = False,
    sort: Annotated[
        str | None,
        typer.Option("--sort", metavar="FIELD", help="Order by this field; -FIELD for the last first."),
    ] = None,
    limit: Limit = None,
    columns: Columns = None,
) -> None:  # fmt: skip
    """List issues, or measures, that meet all conditions.

    A word finds the issues in which it stands anywhere. A condition is FIELD:VALUE, FIELD<DATE or
    FIELD>=DATE; several values with commas between them mean any of them. Void ones are listed only when
    they are asked for. A terminal shows a table; a pipe gets tab-separated rows whose header and values are
    codes, whatever the language.

    Examples:
        ledger list --unit "General Office" --open
        ledger list status:active "due<2026-03-01"
        ledger list --overdue --sort due --columns id,title,due,overdue_days
        ledger list --measures --status done --status closing
        ledger list --as-of 2025-06-30 --json
    """
    seen = looking.sight()
    meant = [looking.light_code(seen.book.settings, each) for each in light or ()]
    conditions = [
        *parse_filter(
            words or (),
            today=options.today(),
            is_workday=workdays_of(seen.book.settings.workdays),
            names=_names(words),
            labels=_labels(words, seen),
        ),
        *_is("status", status), *_is("unit", [unit]), *_is("leader", [leader]), *_is("owner", [owner]),
        *_is("category", [category]), *_is("term", [term]), *_is("light", meant), *_is("flags", flags),
        *_is("overdue", [late or None]), *_is("suspect", [suspect or None]),
        *_is("status", _OPEN if still_open else ()),
    ]  # fmt: skip
    conditions += [Condition("due", "<", (due_before,))] if due_before else []
    conditions += [Condition("due", ">", (due_after,))] if due_after else []
    if not any(each.field == "status" for each in conditions):
        conditions.append(Condition("status", "is", _COUNTED))
    chosen = _codes(columns) if columns else (MEASURES if measures else ISSUES)
    order = [_stored(each) for each in _codes(sort)] if sort else []
    named = by_every_name(seen.book, conditions)
    _show(seen, _List(measures, tuple(named), chosen, order, limit))


class _List:
    """What is listed, and how."""

    def __init__(
        self,
        measures: bool,
        conditions: tuple[Condition, ...],
        columns: tuple[str, ...],
        order: Sequence[str],
        limit: int | None,
    ) -> None:
        self.measures = measures
        self.conditions = conditions
        self.columns = columns
        self.order = order
        self.limit = limit
        known = MeasureRow._fields if measures else Row._fields
        self.more = [each for each in columns if each not in known]


def _is(field: str, values: Sequence[Any] | None) -> list[Condition]:
    given = tuple(each for each in values or () if each is not None)
    return [Condition(field, "is", given)] if given else []


# --- the words people use for fields and codes ---------------------------------------------------------


def _names(words: Sequence[str] | None) -> dict[str, str]:
    """Every word for a field, in any language, where conditions were typed at all."""
    if not words:
        return {}
    typed = {
        word: code for word, code in _spoken("field").items() if code in FIELDS and _TYPED.fullmatch(word)
    }
    return {**_SHORT, **{word: code for word, code in typed.items() if word != code}}


def _labels(words: Sequence[str] | None, seen: Sight) -> dict[str, dict[str, str]]:
    """Every word for a code, in any language, by field."""
    if not words:
        return {}
    kinds = {each: each for each in ("status", "term", "light", "kind", "withheld")} | {"flags": "flag"}
    spoken = {field: _spoken(kind) for field, kind in kinds.items()}
    steps = {label: code for code, label in looking.steps(seen.book.settings).items()}
    spoken["light"].update({word: code for code, word in looking.lights(seen.book.settings).items()})
    return {**spoken, "next_step": steps}


def _spoken(kind: str) -> dict[str, str]:
    """The words of one kind in every language, each with its code."""
    return {
        language.catalogue(spoken).pgettext(kind, english): code
        for spoken in language.LANGUAGES
        for code, english in labels.WORDS[kind].items()
    }


def _codes(names: str) -> tuple[str, ...]:
    """Fields as somebody named them, as codes; a minus in front stays."""
    found = []
    for each in names.replace("，", ",").replace("、", ",").split(","):
        word = each.strip()
        minus = "-" if word.startswith("-") else ""
        name = word.removeprefix("-")
        if name:
            found.append(minus + (labels.code("field", name) or name))
    if not found:
        raise UsageError(_("no field is named"), _("write for instance id,title,due"))
    return tuple(dict.fromkeys(found))


def _stored(name: str) -> str:
    plain = name.removeprefix("-")
    return name[: len(name) - len(plain)] + _STORED.get(plain, plain)


# --- showing ----------------------------------------------------------------------------------------------


def _show(seen: Sight, wanted: _List) -> None:
    day = Day(seen.day, seen.book.settings.lights)
    part = Shown(tuple(wanted.order), wanted.limit, tuple(wanted.more))

    find: _Finder = lists.each_measure_row if wanted.measures else lists.each_row
    of: Of = "measure" if wanted.measures else "issue"
    shape = _shape(wanted, seen)

    def question(asked: Index) -> tuple[list[Any], int, int]:
        found = [shape(row) for row in find(asked, wanted.conditions, day, part)]
        whole = (Condition("status", "is", _COUNTED),)
        matched = len(found) if wanted.limit is None else lists.total(asked, wanted.conditions, day, of=of)
        return found, matched, lists.total(asked, whole, day, of=of)

    rows, matched, total = ask(seen, question, tell=console.warn)
    if console.wants_json():
        payload = {
            **looking.about(seen),
            "of": "measures" if wanted.measures else "issues",
            "rows": rows,
            "matched": matched,
            "total": total,
        }
        console.document("ledger/list@1", payload)
        return
    if console.wants_plain():
        console.rows([Column(code) for code in wanted.columns], rows)
        return
    words = labels.labels("field")
    right = {"overdue_days", "measures", "number"}
    heads = [
        Column(words.get(code, code), "right" if code in right else "left", code in _WHOLE)
        for code in wanted.columns
    ]
    console.rows(heads, rows)
    said = (
        _("{count} of {total}") if matched == len(rows) else _("{count} of {matched} found, {total} in all")
    )
    console.aside(said.format(count=len(rows), matched=matched, total=total))


def _shape(wanted: _List, seen: Sight) -> Callable[[Row | MeasureRow], Any]:
    """What is kept of each row: what goes to the screen, and nothing else of thousands."""
    if console.wants_json():
        return rowcells.as_json
    if console.wants_plain():
        return rowcells.as_tsv(wanted.columns, wanted.more)
    words = rowcells.Words(seen.book.settings)
    return lambda row: [words.cell(row, code) for code in wanted.columns]
