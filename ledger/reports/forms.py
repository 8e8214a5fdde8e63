"""What forms to be signed (审批表) have in common: how rows are laid out, what a signed box says."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING, Final, TypeAlias

from ledger.domain.words import dated, listed
from ledger.reports.basis import inspection
from ledger.reports.views import FormCell, Paragraph, Section

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from ledger.domain.casefile import Said
    from ledger.domain.issue import Signature
    from ledger.domain.settings import Settings
    from ledger.reports.material import Case
    from ledger.reports.views import Cell, Form

#: A row of a form.
Row: TypeAlias = tuple[FormCell, ...]

#: How wide the columns of a form are: a label and a value, twice.
WIDTHS: Final = (3, 5, 3, 5)
#: How high a box is in which somebody writes and signs. Units: lines.
SIGNED: Final = 3
#: What stands between who signs and when: room to write a name.
_GAP: Final = "\u3000" * 6


def pair(*values: tuple[str, Cell]) -> Row:
    """A row of labels, each with its value."""
    return tuple(cell for name, value in values for cell in (FormCell(name, label=True), _box(value)))


def whole(name: str, value: Cell, lines: int = 1) -> Row:
    """A label with a value as wide as the rest of the form."""
    box = _box(value)
    return (FormCell(name, label=True), FormCell(box.value, span=len(WIDTHS) - 1, lines=lines, kind=box.kind))


def _box(value: Cell) -> FormCell:
    """A value; a day is written as documents write it, so that an empty box is a place to write."""
    import datetime as dt

    return FormCell(dated(value) if isinstance(value, dt.date) else value)


def headed(case: Case, settings: Settings, field: Mapping[str, str]) -> Iterator[Row]:
    """What every form begins with: the number, the inspection it comes from, the issue."""
    yield pair((field["id"], case.target.id), (pgettext("document", "inspection"), inspection(settings)))
    yield whole(field["title"], f"{case.issue.id} {case.issue.title}")


def level(name: str, signature: Signature | None) -> Row:
    """The box of one level: the opinion, who signed and when; room to write it by hand where nobody has."""
    if signature is None:
        return whole(name, signed("", "", None), SIGNED)
    who = listed(filter(None, (signature.signer, signature.meeting)))
    text = signed(signature.opinion, who, signature.on)
    if signature.suspect:
        text = f"{text}\n{_('suspect: changed since it was signed')}"
    return whole(name, text, SIGNED)


def decided(name: str, said: Said | None, opinion: str = "") -> Row:
    """The box of a decision, likewise."""
    if said is None:
        return whole(name, signed("", "", None), SIGNED)
    who = listed(filter(None, (said.signer, said.meeting))) or said.by
    return whole(name, signed(opinion or said.why, who, said.on), SIGNED)


def signed(opinion: str, who: str, on: dt.date | None) -> str:
    """An opinion, and below it the line it is signed on."""
    pairs = ((_("signed"), who), (pgettext("document", "date"), dated(on) if on else ""))
    form = pgettext("document", "{name}: {value}")
    line = _GAP.join(form.format(name=name, value=value).rstrip() for name, value in pairs)
    return f"{opinion}\n{line}"


def sheets(forms: Iterable[Form], empty: str) -> tuple[Section, ...]:
    """Forms, each on a page of its own; the sentence that stands in their place when there are none."""
    found = tuple(
        Section(f"form-{number}", "", (form,), new_page=number > 1) for number, form in enumerate(forms, 1)
    )
    return found or (Section("none", "", (Paragraph(empty),)),)
