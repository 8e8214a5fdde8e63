"""Web pages: what a reader of the page sees, without what the site put around it.

Seen in published pages: articles laid out in tables inside tables, pages Word saved (numbers of lists in
spans, conditional comments), a `<div>` or `<section>` for every line, GB2312 named in the page and UTF-8 in
the bytes, articles that stay invisible until a script shows them. Nothing is fetched and nothing is run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.errors import RejectedInputError
from ledger.intake import marks
from ledger.intake.formats.pieces import Paragraph, document
from ledger.intake.formats.tablerows import Rows
from ledger.intake.formats.webstyle import is_block, is_hidden, label_form, names_furniture, shows_label
from ledger.intake.proposal import Remark
from ledger.intake.reading import decode

if TYPE_CHECKING:
    from lxml.etree import _Element

    from ledger.intake.document import Document
    from ledger.intake.formats.pieces import Piece

_CHARSET = re.compile(
    rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})|<\?xml\s[^>]{0,80}?encoding\s*=\s*[\"']([\w:.-]{2,40})",
    re.IGNORECASE,
)
#: Bytes of a page in which it may name its encoding. Source: the HTML standard says 1,024; pages need more.
_CHARSET_WITHIN = 8_192
_UNSEEN_TAGS = (
    "script style noscript template head title iframe object embed applet svg canvas audio video select"
    " textarea button input xml datalist dialog map noframes rt rp"
)
_UNSEEN = frozenset(_UNSEEN_TAGS.split())
#: Line break, blank and tab that are to be kept, while others are collapsed.
_BREAK, _BLANK, _TAB = "\x02", "\x03", "\x04"
_KEPT = str.maketrans({"\n": _BREAK, " ": _BLANK, "\t": _TAB, "\r": None})
_SHOWN = str.maketrans({_BREAK: "\n", _BLANK: " ", _TAB: "\t"})
_FONTS = re.compile(r"</?(?:font|span|b|strong|i|em|u|big|small)(?:\s[^<>]*)?>", re.IGNORECASE)
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f①-⒛“”‘’—…·]"
#: Attributes an element may have, and the characters a tag has from which on they are counted: the parser
#: compares each with all before it. A picture kept in its own tag is longer and has few.
_MOST_ATTRIBUTES, _LONG_TAG = 50_000, re.compile(r"<[A-Za-z][^<>]{200000,}")
#: Where a line of the source ends between two wide characters there is no blank. Source: CSS Text 3 §4.1.3.
_SOURCE_BREAK = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n[ \t\r\n\f]*(?={_WIDE})")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_AT_BREAK = re.compile(f" ?{_BREAK} ?")
#: A block with so many links, and that part of its text inside them, is a menu or a list of other pages.
_LINKS, _LINKED = 3, 0.8
#: A part that is named as furniture is left out up to this length; a longer one may hold the article.
_FURNITURE_LENGTH = 200


def read(data: bytes) -> Document:
    """The paragraphs and tables of a web page, in order.

    Raises:
        RejectedInputError: no encoding fits, or the page is nested too deep or a table too wide to be read.
    """
    text, remarks = decode(data, declared=_declared(data))
    reader = _Reader()
    reader.walk(_parsed(text))
    found = [Remark(each.code, each.message) for each in remarks]
    if reader.deleted:
        message = _("passages the page marks as deleted were left out: {count}")
        found.append(Remark("deleted_text", message.format(count=reader.deleted)))
    return document(reader.top, found)


def _declared(data: bytes) -> str | None:
    named = _CHARSET.search(data[:_CHARSET_WITHIN])
    return (named[1] or named[2]).decode("ascii", "ignore") if named else None


def _parsed(text: str) -> _Element:
    """The page as a tree.

    Raises:
        RejectedInputError: it is nested so deep that the parser gives up half-way, or an element has so many
            attributes that it takes minutes.
    """
    if any(len(tag[0].split()) > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        message = _("an element of the web page has more than {count} attributes")
        hint = _("copy what the page shows into a .txt file and import that")
        raise RejectedInputError(message.format(count=_MOST_ATTRIBUTES), hint=hint)
    root, whole = _tree(text)
    if not whole:  # fonts that were never closed stand one inside the other, and say nothing
        root, whole = _tree(_FONTS.sub("", text))
    if not whole:
        message = _("the web page is nested too deep to be read")
        raise RejectedInputError(message, hint=_("copy what the page shows into a .txt file and import that"))
    return root


def _tree(text: str) -> tuple[_Element, bool]:
    """The page as a tree, and whether all of it is there."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_pis=True, remove_comments=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "ignore"), parser)
    except etree.LxmlError:
        root = None
    whole = not any("depth" in entry.message for entry in parser.error_log)
    return root if root is not None else etree.Element("html"), whole


@dataclass(slots=True)
class _Open:
    """An element that was entered and not left yet.

    Attributes:
        flow: Where its pieces go.
        at: How many pieces stood there before it.
        seen: Characters, characters inside links, and links before it.
    """

    flow: list[Piece]
    at: int
    seen: tuple[int, int, int]
    named: bool


@dataclass(slots=True)
class _List:
    """A list that was entered, and the number of its next item."""

    form: str
    next: int
    step: int = 1


@dataclass(slots=True)
class _Reader:
    """Turns the tree into pieces, in one walk."""

    top: list[Piece] = field(default_factory=list)
    flows: list[list[Piece]] = field(default_factory=list)
    tables: list[Rows] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    opened: list[_Open | None] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    label: str = ""
    held: str = ""
    characters: int = 0
    linked: int = 0
    links: int = 0
    inside_links: int = 0
    inside_pre: int = 0
    deleted: int = 0

    def walk(self, root: _Element) -> None:
        """Read everything below `root`."""
        from lxml import etree

        self.flows.append(self.top)
        walker = etree.iterwalk(root, events=("start", "end"))
        skipping = False
        for event, element in walker:
            if event == "start":
                if self._is_unseen(element):
                    walker.skip_subtree()
                    skipping = True
                else:
                    self._enter(element)
            elif skipping:  # the walk goes on with the end of what was skipped
                skipping = False
                self._text(element.tail)
            else:
                self._leave(element)
        self._flush()
        self._release()

    def _is_unseen(self, element: _Element) -> bool:
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNSEEN or is_hidden(element):
            return True
        if tag == "del":
            self.deleted += 1
        return tag == "del"

    def _enter(self, element: _Element) -> None:
        tag = element.tag
        if tag == "br":
            self.buffer.append(_BREAK)
        elif tag == "a" and not (element.get("href") or "#").startswith("#"):
            self.inside_links += 1
            self.links += 1
        elif tag == "q":
            self.buffer.append("“")
        if is_block(element):
            self._enter_block(element)
        else:
            self.opened.append(None)
        self._text(element.text)

    def _enter_block(self, element: _Element) -> None:
        self._flush()
        tag = element.tag
        if tag == "pre":
            self.inside_pre += 1
        elif tag in ("ol", "ul", "menu", "dir"):
            self.lists.append(_list(element))
        elif tag == "li":
            self.label = self._item(element)
        elif tag == "table":
            self._release()
            self.tables.append(Rows(nested=len(self.tables)))
        elif tag == "tr" and self.tables:
            self.tables[-1].begin_row()
        elif tag in ("td", "th") and self.tables and self.tables[-1].cell is None:
            width, height = _number(element.get("colspan"), 1), _number(element.get("rowspan"), 1)
            self.flows.append(self.tables[-1].begin_cell(width, height))
        seen = (self.characters, self.linked, self.links)
        self.opened.append(_Open(self.flows[-1], len(self.flows[-1]), seen, names_furniture(element)))

    def _leave(self, element: _Element) -> None:
        tag = element.tag
        opened = self.opened.pop()
        if tag == "a" and not (element.get("href") or "#").startswith("#"):
            self.inside_links -= 1
        elif tag == "q":
            self.buffer.append("”")
        if opened is not None:
            self._leave_block(tag, opened)
        self._text(element.tail)

    def _leave_block(self, tag: str, opened: _Open) -> None:
        self._flush()
        if tag == "pre":
            self.inside_pre -= 1
        elif tag in ("ol", "ul", "menu", "dir"):
            self.lists.pop()
        elif tag == "li":
            self.label = ""
        elif tag == "table":
            self.flows[-1].extend(self.tables.pop().pieces())
        if self._is_around_article(opened):
            del opened.flow[opened.at :]
            self.characters, self.linked, self.links = opened.seen
        if tag in ("td", "th") and self.tables and self.flows[-1] is self.tables[-1].cell:
            self._release()
            self.flows.pop()
            self.tables[-1].end_cell()

    def _is_around_article(self, opened: _Open) -> bool:
        """Whether what was read since is a menu, a list of other pages, or named as the site's own."""
        before, linked_before, links_before = opened.seen
        characters, linked = self.characters - before, self.linked - linked_before
        if self.links - links_before >= _LINKS and linked >= _LINKED * characters:
            return True
        return opened.named and characters - linked <= _FURNITURE_LENGTH

    def _item(self, element: _Element) -> str:
        """What the page prints before an item of a list."""
        if not self.lists:
            return ""
        current = self.lists[-1]
        number = _number(element.get("value"), current.next)
        current.next = number + current.step
        return shows_label(label_form(element) or current.form, number)

    def _text(self, text: str | None) -> None:
        if not text:
            return
        self.buffer.append(text.translate(_KEPT) if self.inside_pre else text)
        if self.inside_links:
            self.linked += len(text.strip())

    def _flush(self) -> None:
        """End the paragraph."""
        if not self.buffer:
            return
        text = _AT_BREAK.sub(_BREAK, _BLANKS.sub(" ", _SOURCE_BREAK.sub("", "".join(self.buffer))))
        self.buffer.clear()
        text = text.translate(_SHOWN).strip(" \n")
        if not text.strip():
            return
        self.characters += len(text.strip())
        mark = marks.opening(marks.flat(text))
        if self.held and not mark:
            text, self.held = self.held + text.lstrip(), ""
        elif self.label and not mark:
            text = self.label + text.lstrip()
        self.label = ""
        self._release()
        if mark and mark.end == len(text):
            self.held = text  # a number in a block of its own belongs to the block behind it
        else:
            self.flows[-1].append(Paragraph(text))

    def _release(self) -> None:
        """Let a number that waits for its text stand alone."""
        if self.held:
            self.flows[-1].append(Paragraph(self.held))
            self.held = ""


def _list(element: _Element) -> _List:
    size = sum(1 for _each in element.iterchildren("li")) if element.get("reversed") is not None else 0
    first = _number(element.get("start"), size or 1)
    default = "decimal" if element.tag == "ol" else "disc"
    return _List(label_form(element) or default, first, -1 if size else 1)


def _number(said: str | None, default: int) -> int:
    """A number the page gives, as browsers read it."""
    digits = re.match(r"\s*(-?[0-9]{1,6})", said or "", re.ASCII)
    return int(digits[1]) if digits else default
