"""What protected text a written file still has: its bytes are searched as a stranger could, in every corner.

Every part of an archive and its name, attributes, comments, properties and what is hidden count.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from gettext import gettext as _
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

from ledger.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledger.reports.guard import Guard, Secret


class Piece(NamedTuple):
    """A piece of a file that is read in one go: a paragraph, a cell, a line, an attribute.

    Shape: `place` is the part of an archive, and `line` the line, where it stands. `markup` is the file as it
        is written, in which short words mean something else (a person called Root, and `:root`).
    """

    text: str
    place: str = ""
    line: int = 0
    markup: bool = False


def refuse(found: Iterable[Piece], guard: Guard) -> None:
    """Refuse what has anything protected in it.

    Raises:
        RefusedError: it does; what, why it is protected, and where it was found are named.
    """
    for secret, place, around in leaks(found, guard):
        said = _('"{words}" would have been published ({why}), {place}: {around}').format(
            words=_("who gave clue {id}").format(id=secret.where) if secret.kind == "source" else secret.text,
            why=_why(secret),
            place=place,
            around="…" if secret.kind == "source" else around,
        )
        hint = _("change the words, or withhold them; a harmless word: allow = [...] under [redact]")
        raise RefusedError(said, hint)


def _why(secret: Secret) -> str:
    kinds = {
        "name": _("a person's name"),
        "number": _("a personal number, of {id}"),
        "inner": _("for the office alone, of {id}"),
        "source": _("confidential"),
        "withheld": _("{id} is withheld"),
        "word": _("listed under [redact]"),
    }
    return kinds[secret.kind].format(id=secret.where)


def leaks(found: Iterable[Piece], guard: Guard) -> Iterator[tuple[Secret, str, str]]:
    """What is protected and stands there all the same, with where in words and what stands around it."""
    searched = tuple(found)
    for each in searched:
        for secret, around in guard.leaks(each.text, long=each.markup):
            if not each.markup or _telling(secret.text):
                yield secret, _where(each), around
    together = "\n".join(each.text for each in searched if not each.markup)
    for secret, around in guard.leaks(together, long=True):
        yield secret, _("in the text"), around


def _where(piece: Piece) -> str:
    line = _("line {number}").format(number=piece.line) if piece.line else ""
    return " ".join(filter(None, (piece.place, line))) or _("in the text")


def _telling(text: str) -> bool:
    """Whether a text cannot be a word of a markup language."""
    return not text.isascii() or " " in text or text.isdigit()


def pieces(data: bytes, place: str = "") -> Iterator[Piece]:
    """The pieces of a file, whatever format it has, those of the parts of an archive among them."""
    if data.startswith(b"PK\x03\x04"):
        yield from _archived(data, place)
        return
    text = _decoded(data)
    if re.match(r"\s*<(?:!DOCTYPE html|html)", text, re.IGNORECASE):
        yield from _of_page(text, place)
    elif text.lstrip().startswith("<"):
        yield from _of_xml(text, place)
    else:
        yield from _of_lines(text, place)
    yield Piece(html.unescape(text), place, markup=True)


def _archived(data: bytes, place: str) -> Iterator[Piece]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield Piece(_decoded(archive.comment), place)
        for entry in archive.infolist():
            inside = f"{place}/{entry.filename}".lstrip("/")
            yield Piece(entry.filename, inside)
            yield Piece(_decoded(entry.comment), inside)
            yield from pieces(archive.read(entry), inside)


def _decoded(data: bytes) -> str:
    """A file as text; of one that is none, whatever could be read in the encodings of this trade."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return "\n".join(data.decode(each, errors="ignore") for each in ("utf-8", "utf-16-le", "gb18030"))


def _of_lines(text: str, place: str) -> Iterator[Piece]:
    """Lines, and cells of Markdown tables, without what escapes signs there."""
    for number, line in enumerate(text.splitlines(), 1):
        for cell in re.split(r"(?<!\\)\|", line):
            words = html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", cell.replace("<br>", "\n")))
            yield Piece(words, place, number)


class _Page(HTMLParser):
    """Gathers the pieces of a web page."""

    #: What stands within a line, so that a word goes on behind it.
    _INLINE = frozenset(
        {"a", "b", "br", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "u", "wbr"}
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[list[str]] = [[]]
        self.loose: list[str] = []
        self._markup = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._pass(tag)
        self._markup = tag in ("style", "script")
        self.loose += [value for _name, value in attrs if value]

    def handle_endtag(self, tag: str) -> None:
        self._pass(tag)
        self._markup = False

    def handle_data(self, data: str) -> None:
        if not self._markup:
            self.parts[-1].append(data)

    def handle_comment(self, data: str) -> None:
        self.loose.append(html.unescape(data))

    def _pass(self, tag: str) -> None:
        if tag == "br":
            self.parts[-1].append("\n")
        elif tag not in self._INLINE:
            self.parts.append([])


def _of_page(text: str, place: str) -> Iterator[Piece]:
    page = _Page()
    page.feed(text)
    page.close()
    yield from (Piece(words, place) for words in _said("".join(part) for part in page.parts))
    yield from (Piece(words, place) for words in _said(page.loose))


#: Parts of Word files and workbooks in which a text goes on from one run to the next.
_WHOLE = frozenset({"p", "si", "is", "text"})
#: Where such a text has a blank or a new line.
_BREAKS = frozenset({"br", "tab", "cr"})


def _of_xml(text: str, place: str) -> Iterator[Piece]:
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - what was written here
    except ElementTree.ParseError:
        yield from _of_lines(text, place)
        return
    for words in _said(_texts(root)):
        yield Piece(words, place)


def _texts(element: ElementTree.Element) -> Iterator[str]:
    yield from element.attrib.values()
    if _tag(element) in _WHOLE:
        yield "".join(_run(element))
        for each in element.iter():
            yield from each.attrib.values()
        return
    yield element.text or ""
    for each in element:
        yield from _texts(each)
        yield each.tail or ""


def _run(element: ElementTree.Element) -> Iterator[str]:
    yield element.text or ""
    for each in element:
        if _tag(each) in _BREAKS:
            yield "\n"
        yield from _run(each)
        yield each.tail or ""


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _said(texts: Iterable[str]) -> Iterator[str]:
    return (each for each in texts if each.strip())
