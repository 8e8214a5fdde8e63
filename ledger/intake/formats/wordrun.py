"""The text inside one paragraph of a Word file, however it was cut into runs.

Kept: insertions, links, results of fields, content controls. Left out and counted: deletions, hidden text,
notes, comments, pictures. Text boxes are set aside for the paragraph's reader.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ledger.intake.formats.symbols import symbol
from ledger.intake.formats.wordstyles import W, below, is_on, said

if TYPE_CHECKING:
    from lxml.etree import _Element

    from ledger.intake.formats.wordstyles import Styles

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_AROUND = frozenset(
    [
        W + name
        for name in (
            "hyperlink",
            "smartTag",
            "customXml",
            "sdtContent",
            "ins",
            "moveTo",
            "dir",
            "bdo",
            "rubyBase",
        )
    ]
    + [
        _MATH + name
        for name in ("oMath", "oMathPara", "r", "e", "num", "den", "sup", "sub", "f", "sSup", "sSub", "d")
    ]
)
_GONE = frozenset((W + "del", W + "moveFrom"))
_NEW = frozenset((W + "ins", W + "moveTo"))
_SIGNS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-",
}  # fmt: skip
#: What stands for something kept elsewhere, and the code of its remark.
_REFERENCES = {
    W + "footnoteReference": "footnotes",
    W + "endnoteReference": "footnotes",
    W + "commentReference": "comments",
}
_DRAWN = frozenset((W + "drawing", W + "pict", W + "object"))
#: What a drawing shows that is no text, by the ends of its tags.
_PICTURES = ("}blip", "}imagedata", "}chart", "}OLEObject", "}relIds")
#: Fields whose result only repeats the document's own headings.
_LISTINGS = ("TOC", "INDEX", "TOA")


@dataclass(slots=True)
class _Field:
    """A field that has begun and not ended.

    Attributes:
        code: What it was told to show, so far.
        shows: What follows is its result.
    """

    code: str = ""
    shows: bool = False

    @property
    def mutes(self) -> bool:
        """Whether what stands in it now is not to be read."""
        return not self.shows or self.code.split(maxsplit=1)[:1] in [[name] for name in _LISTINGS]


@dataclass(slots=True)
class Runs:
    """Reads the text of one paragraph after the other; a field may go on over several.

    Attributes:
        trusts_fields: Whether a field's instruction hides what follows until its result begins.
        left_out: How often something was left out, by the code of its remark.
    """

    styles: Styles
    trusts_fields: bool = True
    left_out: Counter[str] = field(default_factory=Counter)
    _fields: list[_Field] = field(default_factory=list)
    _muted: int = 0
    _boxes: list[_Element] = field(default_factory=list)

    @property
    def in_field(self) -> bool:
        """Whether a field has begun and not ended."""
        return bool(self._fields)

    def text(self, paragraph: _Element, *, hidden: bool = False) -> str:
        """The paragraph's text; `hidden` when its style hides it."""
        parts: list[str] = []
        self._read(paragraph, parts, hidden=hidden)
        return "".join(parts)

    def take_boxes(self) -> list[_Element]:
        """The text boxes met since the last call."""
        boxes, self._boxes = self._boxes, []
        return boxes

    def chosen(self, alternate: _Element) -> _Element:
        """The one of several forms of the same thing that holds something we read."""
        for form in alternate:
            if any(True for _each in form.iter(W + "t", W + "sym", W + "tbl")):
                return form
        return alternate[0] if len(alternate) else alternate

    def _read(self, element: _Element, parts: list[str], *, hidden: bool) -> None:
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child, parts, hidden=hidden)
            elif tag in _AROUND:
                self.left_out["tracked_changes"] += tag in _NEW
                self._read(child, parts, hidden=hidden)
            elif tag in _GONE:
                self.left_out["tracked_changes"] += 1
            elif tag == W + "sdt":
                self._control(child, parts, hidden=hidden)
            elif tag == W + "fldSimple":
                if (said(child, "instr") or "").split(maxsplit=1)[:1] not in [[name] for name in _LISTINGS]:
                    self._read(child, parts, hidden=hidden)
            elif tag == _MC + "AlternateContent":
                self._read(self.chosen(child), parts, hidden=hidden)
            elif tag == _MATH + "t":
                self._add(child.text, parts, hidden=hidden)

    def _control(self, control: _Element, parts: list[str], *, hidden: bool) -> None:
        """What a content control holds, unless it only asks to be filled in."""
        content = below(control, "sdtContent")
        if content is not None and not is_on(below(control, "sdtPr", "showingPlcHdr")):
            self._read(content, parts, hidden=hidden)

    def _run(self, run: _Element, parts: list[str], *, hidden: bool) -> None:
        properties = below(run, "rPr")
        switch = below(properties, "vanish")
        if switch is not None:
            hidden = is_on(switch)
        elif properties is not None and self.styles.hides(said(below(properties, "rStyle"))):
            hidden = True
        if hidden and not self._muted and any(each.text for each in run.iterchildren(W + "t")):
            self.left_out["hidden_text"] += 1
        self._content(run, parts, hidden=hidden)

    def _content(self, run: _Element, parts: list[str], *, hidden: bool) -> None:
        for child in run:
            tag = child.tag
            shown = self._shown(child)
            if shown is not None:
                self._add(shown, parts, hidden=hidden)
            elif tag in _REFERENCES:
                self.left_out[_REFERENCES[tag]] += 1
            elif tag == W + "fldChar":
                self._field(child, parts, hidden=hidden)
            elif tag == W + "instrText":
                self._instruct(child.text or "")
            elif tag == W + "ruby":
                self._read(child, parts, hidden=hidden)
            elif tag == _MC + "AlternateContent":
                self._content(self.chosen(child), parts, hidden=hidden)
            elif tag in _DRAWN:
                self._drawing(child)

    def _shown(self, element: _Element) -> str | None:
        """The characters an element of a run stands for; None where it is no text."""
        if element.tag == W + "t":
            return (element.text or "").replace("\r", "").replace("\n", " ")
        if element.tag == W + "sym":
            shown = symbol(said(element, "font") or "", said(element, "char") or "")
            self.left_out["unknown_symbols"] += shown is None
            return shown or ""
        return _SIGNS.get(element.tag)

    def _add(self, text: str | None, parts: list[str], *, hidden: bool) -> None:
        if text and not hidden and not self._muted:
            parts.append(text)

    def _instruct(self, code: str) -> None:
        if self._fields and not self._fields[-1].shows:
            self._fields[-1].code += code[:80]

    def _field(self, mark: _Element, parts: list[str], *, hidden: bool) -> None:
        if not self.trusts_fields:
            return
        kind = said(mark, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
            box = below(mark, "ffData", "checkBox")
            if box is not None:
                checked = below(box, "checked")
                on = is_on(checked if checked is not None else below(box, "default"))
                self._add("☑" if on else "□", parts, hidden=hidden)
            self._muted += 1
        elif self._fields:
            self._muted -= self._fields[-1].mutes
            if kind == "separate":
                self._fields[-1].shows = True
                self._muted += self._fields[-1].mutes
            else:
                self._fields.pop()

    def _drawing(self, element: _Element) -> None:
        """Set the text boxes of a drawing aside, each once, and count what is no text."""
        for child in element:
            if child.tag == W + "txbxContent":
                if not self._muted:
                    self._boxes.append(child)
            elif child.tag == _MC + "AlternateContent":
                self._drawing(self.chosen(child))
            else:
                self.left_out["pictures"] += isinstance(child.tag, str) and child.tag.endswith(_PICTURES)
                self._drawing(child)
