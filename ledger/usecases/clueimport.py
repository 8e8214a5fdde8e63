"""A received list of clues entered with what was done about each: all of it or nothing, nothing twice."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.domain.acts import clues as acts
from ledger.domain.clue import CLUE, clue_of
from ledger.domain.declaration import Declaration, DeclaredField, FieldType, Label
from ledger.domain.declaredvalues import read
from ledger.errors import LedgerError
from ledger.usecases.change import change
from ledger.usecases.clues import enter, handling
from ledger.usecases.registerimport import Bad, BadRowsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.domain.acts.clues import Handling
    from ledger.domain.acts.draft import Draft
    from ledger.usecases.change import Desk, Outcome, Work
    from ledger.usecases.registercolumns import Listed, Row

#: What a column of a list of clues may mean, and what offices call it; the first word is that of the program.
_WORDS: Final[Mapping[str, tuple[FieldType, tuple[str, ...]]]] = {
    "title": (FieldType.LINE, ("线索", "问题线索", "反映问题", "反映的问题", "标题", "事由")),
    "channel": (FieldType.CODE, ("渠道", "来源渠道", "线索来源", "来源", "受理方式")),
    "source": (FieldType.LINE, ("提供人", "举报人", "反映人", "投诉人", "来信人")),
    "received_on": (FieldType.DATE, ("收到日期", "受理日期", "接收日期", "登记日期", "受理时间", "收到时间")),
    "unit": (FieldType.LINE, ("涉及单位", "被反映单位", "单位")),
    "text": (FieldType.TEXT, ("内容", "线索内容", "主要内容")),
    "routed_to": (FieldType.LINE, ("核查单位", "承办单位", "办理单位", "责任单位")),
    "routed_on": (FieldType.DATE, ("交办日期", "转办日期", "交办时间")),
    "outcome": (FieldType.CODE, ("核查结论", "是否属实", "结论")),
    "finding": (FieldType.TEXT, ("核查情况", "调查情况")),
    "verified_on": (FieldType.DATE, ("核查日期", "核查时间")),
    "result": (FieldType.TEXT, ("处理结果", "办理结果", "处理情况", "办理情况")),
    "concluded_on": (FieldType.DATE, ("办结日期", "办结时间")),
    "remark": (FieldType.TEXT, ("备注",)),
}
_REQUIRED: Final = ("title", "channel", "received_on")
_OUTCOMES: Final = {
    "founded": Label("属实", "founded"),
    "partly": Label("部分属实", "partly founded"),
    "unfounded": Label("不属实", "unfounded"),
}
#: What a row is registered with; the rest is done about it afterwards.
_REGISTERED: Final = ("title", "channel", "source", "received_on", "unit", "text", "remark")


class Imported(NamedTuple):
    """What an import did: the ids of new clues, and how many rows were there already."""

    added: tuple[str, ...]
    same: int


def declaration(channels: Mapping[str, Label]) -> Declaration:
    """What a list of clues may say, and what its columns are called; `channels` are those there are."""
    codes = {"channel": channels, "outcome": _OUTCOMES}
    fields = {
        name: DeclaredField(name, Label(words[0], name), kind, name in _REQUIRED, codes.get(name, {}))
        for name, (kind, words) in _WORDS.items()
    }
    by_word = {word: name for name, (_kind, words) in _WORDS.items() for word in words}
    return Declaration("clues", Label("线索", "clues"), fields, by_word=by_word)


def import_rows(desk: Desk, listed: Listed, known: Declaration) -> Outcome[Imported]:
    """Enter the rows of a list; each act is dated with the day its row gives.

    Shape: a row with the title, channel, source and day of a clue that is there is that clue, and is left
        alone, whatever else it says.

    Raises:
        RejectedInputError: a row cannot be entered; then none is.
    """

    def deed(work: Work) -> Imported:
        there = Counter(_key(clue_of(record.state)._asdict()) for record in desk.book.records(CLUE))
        how, added, same, bad = handling(desk), [], 0, []
        for row in listed.rows:
            fields, wrong = _read(row, known, desk.actor.on)
            if wrong:
                bad += wrong
                continue
            if there[_key(fields)] > 0:
                there[_key(fields)] -= 1
                same += 1
                continue
            try:
                added.append(_enter(work, fields, how).name())
            except LedgerError as error:
                bad.append(Bad(row.sheet, row.line, "", error.message))
        if bad:
            raise BadRowsError(bad)
        return Imported(tuple(added), same)

    return change(desk, "clue import", deed)


def _key(fields: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(fields.get(name) or "") for name in ("title", "channel", "source", "received_on"))


def _read(row: Row, known: Declaration, today: dt.date) -> tuple[dict[str, Any], list[Bad]]:
    """The fields of a row, and the cells that are not understood."""
    fields: dict[str, Any] = {}
    bad = []
    for name, words in row.given.items():
        try:
            value = read(known.fields[name], words, today=today)
        except LedgerError as error:
            bad.append(Bad(row.sheet, row.line, row.columns[name], error.message))
            continue
        fields[name] = value
        if known.fields[name].type is FieldType.DATE and value is not None:
            fields[name] = dt.date.fromisoformat(str(value))
            if fields[name] > today:
                reason = _("{day} has not come yet; today is {today}").format(day=value, today=today)
                bad.append(Bad(row.sheet, row.line, row.columns[name], reason))
    bad += [
        Bad(row.sheet, row.line, row.columns[name], _("its value is not in the file")) for name in row.unread
    ]
    if not bad:
        bad = [
            Bad(row.sheet, row.line, row.columns.get(name, known.fields[name].known_as), _("it is missing"))
            for name in _missing(fields)
        ]
    return {name: value for name, value in fields.items() if value is not None}, bad


def _missing(fields: Mapping[str, Any]) -> list[str]:
    """What a row has to say for what it says to have been done."""
    needed = list(_REQUIRED)
    concluded = fields.get("concluded_on")
    if fields.get("outcome") or concluded:
        needed += ["routed_to", "outcome"]
    if fields.get("outcome") and not concluded:  # else it was verified by the day it was concluded
        needed.append("verified_on")
    return [name for name in needed if not fields.get(name)]


def _enter(work: Work, fields: Mapping[str, Any], how: Handling) -> Draft:
    """One clue, with what was done about it, each on its day."""
    received = fields["received_on"]
    given = {name: fields[name] for name in _REGISTERED if name in fields}
    draft = enter(work, given, how, on=received)
    concluded = fields.get("concluded_on")
    if fields.get("routed_to"):
        _on(draft, fields.get("routed_on") or received)
        acts.route(draft, work.book.people.full(str(fields["routed_to"])), how)
    if fields.get("outcome"):
        _on(draft, fields["verified_on"] if "verified_on" in fields else fields["concluded_on"])
        acts.verify(draft, str(fields["outcome"]), str(fields.get("finding", "")), how)
    if concluded:
        _on(draft, concluded)
        acts.conclude(draft, str(fields.get("result", "")), how)
    return draft


def _on(draft: Draft, day: dt.date) -> None:
    """What follows is dated with this day."""
    draft.context = draft.context._replace(on=day)
