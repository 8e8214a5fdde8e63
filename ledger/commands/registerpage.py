"""A record of a register as a person reads it: the words of its declaration, texts at the end."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from ledger import language
from ledger.commands.registerwords import Words
from ledger.domain.course import OWN
from ledger.domain.declaration import Declaration, FieldType
from ledger.domain.entered import Entered, entered_of
from ledger.domain.register import register
from ledger.errors import LedgerError
from ledger.ui import page
from ledger.ui.page import Line
from ledger.usecases import registers
from ledger.usecases.looking import Looked
from ledger.usecases.registerlinks import ids_in
from ledger.usecases.sight import Sight


def of_looked(seen: Sight, looked: Looked, width: int) -> Iterator[Line] | None:
    """The page of a record somebody looks at by its id; None for what no register declares."""
    schema = looked.state.schema
    if schema != register(schema.kind):
        return None
    try:
        declaration = registers.one(seen.book, schema.kind)
    except LedgerError:  # nobody declares it any more, or not rightly: it is shown as it stands
        return None
    record = entered_of(looked.state)
    words = Words(declaration, ids_in(seen.book, declaration, [record]))
    return _with_notes(lines(declaration, words, record, width), looked, width)


def _with_notes(shown: Iterator[Line], looked: Looked, width: int) -> Iterator[Line]:
    yield from shown
    for entry in looked.state.courses[OWN].notes:
        yield from (
            (line,) for line in page.paragraph(f"  {entry.on}  ", str(entry.data.get("text", "")), width)
        )


def lines(declaration: Declaration, words: Words, record: Entered, width: int) -> Iterator[Line]:
    """The record: what it is called, its facts, its texts and its evidence."""
    state = (_("void"),) if record.void else ()
    title = str(record.values.get("title") or declaration.label.said(language.current()))
    yield from page.spread(f"{record.id}  {title}", state, width, indent="  ")
    texts = [each.name for each in declaration.fields.values() if each.type is FieldType.TEXT]
    facts = [
        (words.heading(name), str(value))
        for name in declaration.fields
        if name not in (*texts, "title") and (value := words.cell(name, record)) is not None
    ]
    yield from page.facts(facts, width, indent="  ")
    for name in texts:
        if record.values.get(name):
            shown = page.paragraph(f"  {words.heading(name)}  ", str(record.values[name]), width)
            yield from ((text,) for text in shown)
    yield from ((f"  {_('evidence')}  {row.get('name', '')}",) for row in record.evidence)
