"""Rules about records of registers: that they fit what is declared now, and what they refer to is there."""

from __future__ import annotations

import datetime as dt
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from ledger.domain.declaration import DATE, FieldType
from ledger.domain.declaredvalues import misfit
from ledger.domain.register import register
from ledger.domain.schema import VOID
from ledger.domain.text import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.domain.declaration import Declaration, DeclaredField
    from ledger.domain.rules.subject import Brief, Checked, Fault, Subject

#: Columns a value may take in a message.
_SHOWN = 30
#: A number in a series: the field, the year, the values it is numbered apart for, and the number.
Serial = tuple[str, ...]


def _declaration(record: Checked) -> Declaration | None:
    """What declares a record; None for what is no record of a register, or of one nobody declares."""
    declared = record.around.registers
    if declared is None or record.schema != register(record.schema.kind):
        return None
    return declared.get(record.schema.kind)


def fits(record: Checked) -> Iterator[Fault]:
    """A record of a register has a date, and what its declaration asks for.

    A declaration may have changed since, so what does not fit it is a warning; a record without a date falls
    into no period, which is an error.
    """
    declaration = _declaration(record)
    if declaration is None or record.state.stage == VOID:
        return
    fields = record.state.fields
    way = _("ledger register {kind} edit {number} {field}=VALUE")
    kind, number = declaration.kind, fields.get("number", 0)
    if fields.get(DATE) is None:
        message = _("{id} has no date, so it is counted in no period").format(id=record.id)
        hint = _("give one: {command}").format(command=way.format(kind=kind, number=number, field=DATE))
        yield record.fault(record.line(None, "uid"), message, hint)
    for field in declaration.fields.values():
        command = way.format(kind=kind, number=number, field=field.name)
        value = fields.get(field.name)
        if misfit(field, value):
            message = _("{field} holds {value}, which is not as it is declared").format(
                field=field.known_as, value=excerpt(str(value), _SHOWN)
            )
            yield _warned(record, field.name, message, _("change it: {command}").format(command=command))
        elif field.required and field.name != DATE and value in (None, "", []):
            message = _("{id} lacks {field}, which is needed").format(id=record.id, field=field.known_as)
            yield _warned(record, "uid", message, _("give it: {command}").format(command=command))


def _warned(record: Checked, name: str, message: str, hint: str) -> Fault:
    return record.fault(record.line(None, name), message, hint, warning=True)


def undeclared(subject: Subject) -> Iterator[Fault]:
    """Every register that has records is declared; each that is not is named once."""
    named: set[str] = set()
    for brief in subject.briefs:
        if not brief.undeclared or brief.kind in named:
            continue
        named.add(brief.kind)
        record = subject.again(brief)
        if record is not None:
            message = _("nobody declares the register {name} any more").format(name=brief.kind)
            hint = _("declare it in ledger.toml: [registers.{name}]").format(name=brief.kind)
            yield record.fault(1, message, hint, warning=True)


def is_undeclared(record: Checked) -> bool:
    """Whether a record is of a register nobody declares."""
    declared = record.around.registers
    known = declared is None or record.schema.kind in declared
    return not known and record.schema == register(record.schema.kind)


def links(record: Checked) -> tuple[str, ...]:
    """The uids a record of a register refers to."""
    return tuple(dict.fromkeys(uid for _name, uid in _linked(record)))


def units(record: Checked) -> tuple[str, ...]:
    """The fields of a record of a register that name units; persons there are often of other offices."""
    declaration = _declaration(record)
    fields = declaration.fields.values() if declaration else ()
    return tuple(each.name for each in fields if each.type is FieldType.UNIT)


def _linked(record: Checked) -> Iterator[tuple[str, str]]:
    declaration = _declaration(record)
    for field in declaration.fields.values() if declaration else ():
        value = record.state.fields.get(field.name)
        if field.type is FieldType.LINK and isinstance(value, list):
            yield from ((field.name, str(uid)) for uid in value)


def linked(subject: Subject) -> Iterator[Fault]:
    """What a record of a register refers to is there."""
    if subject.unreadable:
        return
    known = {uid for brief in subject.briefs for uid in (brief.uid, *brief.parts)}
    for brief in subject.briefs:
        record = None if known.issuperset(brief.links) else subject.again(brief)
        for name, uid in _linked(record) if record else ():
            if record is not None and uid not in known:
                message = _("{id} refers to something that is not there: {uid}").format(id=record.id, uid=uid)
                hint = _("bring its file back from git, or name others: ledger register {kind} edit {number}")
                number = record.state.fields.get("number", 0)
                yield record.fault(
                    record.line(None, name), message, hint.format(kind=brief.kind, number=number)
                )


def serials(record: Checked) -> tuple[Serial, ...]:
    """The numbers a record has in its series, those of void ones too."""
    declaration = _declaration(record)
    fields = record.state.fields
    on = fields.get(DATE)
    found = []
    if declaration is None or not isinstance(on, dt.date):
        return ()
    for field in declaration.fields.values():
        number = fields.get(field.name)
        if field.type is FieldType.SERIAL and isinstance(number, int):
            found.append((field.name, str(on.year), *_apart(field, fields), str(number)))
    return tuple(found)


def _apart(field: DeclaredField, fields: dict[str, Any]) -> Iterator[str]:
    return (str(fields.get(name) or "") for name in field.per)


def series(subject: Subject) -> Iterator[Fault]:
    """No two records have one number in one series, whether void or not."""
    holders: dict[tuple[str, ...], Brief] = {}
    for brief in sorted(subject.briefs, key=lambda each: each.uid):
        for serial in brief.serials:
            first = holders.setdefault((brief.kind, *serial), brief)
            record = None if first is brief else subject.again(brief)
            if record is not None:
                name, *_series, number = serial
                message = _("{field} {number} is that of {id} too").format(
                    field=name, number=number, id=first.id
                )
                hint = _("give it the next one: ledger register {kind} edit {own} {field}=NUMBER").format(
                    kind=brief.kind, own=brief.number, field=name
                )
                yield record.fault(record.line(None, name), message, hint)
