"""``[lists]`` of ``ledger.toml``: which lists a plan has, their names, columns and signatures."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.domain.lists import PlanList
    from ledger.store.settings.reader import Reader

#: Keys that name no list.
_SIGNATURES: Final = "signatures"
#: More columns do not fit on a page. Units: columns.
_MOST: Final = 16


def plan_lists(top: Reader) -> tuple[PlanList, ...]:
    """The lists, in the order of the file; none where the office says nothing of them.

    Shape: a text is the title of a list that ships; once one of them is a table, the lists are those named.

    Raises:
        DamageError: a value is not what it should be; file and line are named.
    """
    if "lists" not in top.values:
        return ()
    from ledger.domain.lists import USUAL  # only an office with its own needs to know them

    table = top.table("lists")
    given = {key: value for key, value in table.values.items() if key != _SIGNATURES}
    usual = {each.code: each for each in USUAL}
    if not any(isinstance(value, dict) for value in given.values()):
        titles = {key: _title(table, key, usual) for key in given}
        return tuple(each._replace(title=titles.get(each.code, "")) for each in USUAL)
    return tuple(
        _list(table, key, usual)
        if isinstance(value, dict)
        else usual[key]._replace(title=_title(table, key, usual))
        for key, value in given.items()
        if isinstance(value, dict) or _title(table, key, usual)
    )


def signatures(top: Reader) -> tuple[str, ...]:
    """Who signs the lists, in the office's words; none where it says nothing."""
    return top.table("lists").words(_SIGNATURES)


def _title(table: Reader, key: str, usual: Mapping[str, PlanList]) -> str:
    title = table.take(key, str, "").strip()
    if key not in usual:
        known = ", ".join(usual)
        raise table.wrong(
            key,
            _("a table [lists.{key}] is expected; only {known} have columns of their own").format(
                key=key, known=known
            ),
        )
    return title or key


def _list(table: Reader, code: str, usual: Mapping[str, PlanList]) -> PlanList:
    from ledger.domain.lists import COLUMNS, ROWS, PlanList

    row = table.table(code)
    shipped = usual.get(code, PlanList(code, "", ROWS[0], ()))
    columns = row.words("columns") or shipped.columns
    if not columns or len(columns) > _MOST or len(set(columns)) < len(columns):
        reason = _("one to {most} columns, each once, are expected").format(most=_MOST)
        raise row.wrong("columns", reason) if columns else table.wrong(code, reason)
    headings = row.table("headings")
    for where, names in (("columns", columns), ("headings", tuple(headings.values))):
        unknown = [name for name in names if name not in COLUMNS]
        if unknown:
            reason = _("there is no column {name}; there are: {names}")
            raise row.wrong(where, reason.format(name=unknown[0], names=", ".join(COLUMNS)))
    title = row.take("title", str, shipped.title).strip()
    if not title and code not in usual:
        raise table.wrong(code, _("a title is expected"))
    rows = row.one_of("rows", ROWS, shipped.rows)
    return PlanList(code, title, rows, columns, {key: headings.take(key, str, "") for key in headings.values})
